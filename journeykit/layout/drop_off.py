"""Customers lost between two steps of the map, as events were measured.

A number that must not be shown, since too few people were counted, is no row at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journeykit.language import NBSP, decimals, percent, say
from journeykit.model.document import Document
from journeykit.model.findings import Measurement
from journeykit.model.journey import Stage, Touchpoint
from journeykit.model.reliability import MIN_ANSWERS, Reliability

__all__ = ["DropOff", "drop_offs", "leave_words"]

_RATE = "drop_off_rate"
_SHOWN = ("few answers", "enough")


@dataclass(frozen=True, slots=True)
class DropOff:
    """The share of those at one touchpoint who never reach the next.

    Parameters
    ----------
    column, touchpoint, name
        Before which column of the map they are lost, and which touchpoint it is.
    before_column, before
        The nearest touchpoint to the left at which events saw anybody; None and empty
        if there is none on the map.
    value, low, high
        Share, 0 to 1, with its interval.
    n
        How many reached the touchpoint before.
    """

    column: int
    touchpoint: str
    name: str
    before_column: int | None
    before: str
    value: float
    low: float | None
    high: float | None
    n: int
    reliability: Reliability

    @property
    def is_few(self) -> bool:
        """Whether few people were counted."""
        return self.reliability == "few answers"

    @property
    def is_between_neighbours(self) -> bool:
        """Whether the touchpoint before stands in the very next column."""
        return self.before_column == self.column - 1


def leave_words(drop: DropOff) -> str:
    """Return what is lost before a touchpoint, in the words of its card.

    Examples
    --------
    >>> found = DropOff(1, "t", "Pay", 0, "Choose", 0.32, 0.28, 0.36, 540, "enough")
    >>> leave_words(found).replace(chr(160), " ")
    '32 % leave before (28 to 36), n 540'
    """
    text = say("{share} leave before", share=percent(drop.value))
    if drop.low is not None and drop.high is not None:
        low, high = decimals(100 * drop.low, 0), decimals(100 * drop.high, 0)
        ends = say("{low} to {high}", low=low, high=high)
        text = say("{value} ({interval})", value=text, interval=ends)
    n = f"n{NBSP}{decimals(drop.n, 0)}"
    if drop.is_few:
        return say("{value}, {n}, few answers", value=text, n=n)
    return say("{value}, {n}", value=text, n=n)


def drop_offs(
    document: Document,
    columns: Sequence[tuple[Stage, Touchpoint | None]],
    persona: str | None = None,
) -> tuple[DropOff, ...]:
    """Return where customers are lost, in the order of the map.

    Parameters
    ----------
    document
        The workshop; its case says of how many people a number may be told.
    columns
        Columns of the map, as
        :func:`journeykit.layout.emotion_curve.columns_in_order` gives them.
    persona
        Id of the persona whose numbers are meant; None for those of all customers.

    Returns
    -------
    tuple of DropOff
        The newest number of each touchpoint, without those that are not to be shown.
    """
    case = document.case
    minimum = case.min_group if case else MIN_ANSWERS
    newest: dict[str, Measurement] = {}
    seen: set[str] = set()
    for one in document.of(Measurement):
        if one.subject is None or one.persona != persona or one.is_weighted:
            continue
        if one.definition == _RATE or (one.definition == "reach_rate" and one.value):
            seen.add(one.subject)
        if one.definition == _RATE:
            known = newest.get(one.subject)
            if known is None or (one.day or date.min) > (known.day or date.min):
                newest[one.subject] = one
    found: list[DropOff] = []
    before: tuple[int | None, str] = (None, "")
    for place, (_, touchpoint) in enumerate(columns):
        if touchpoint is None:
            continue
        last = newest.get(touchpoint.id)
        if last is not None and last.value is not None:
            reliability = last.reliability(minimum)
            if reliability in _SHOWN:
                found.append(
                    DropOff(
                        place,
                        touchpoint.id,
                        touchpoint.name,
                        *before,
                        value=last.value,
                        low=last.low,
                        high=last.high,
                        n=last.n,
                        reliability=reliability,
                    )
                )
        if touchpoint.id in seen:
            before = place, touchpoint.name
    return tuple(found)
