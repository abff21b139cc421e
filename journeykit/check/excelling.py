"""Where the organisation excels: what the team marked, and what the curve says of it.

A peak alone is no proof: it has to feel good and be measured good, or rated so where
nobody measured. What stands out is proposed; the mark is the team's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.check.done_check import named
from journeykit.layout.emotion_curve import EmotionRow, emotion_curve_data
from journeykit.model.document import Document
from journeykit.model.journey import Journey, Touchpoint

__all__ = ["Excelling", "Standing", "excelling", "excelling_sentence"]

_GOOD_FELT = 1.0
_GOOD_MEASURED = 1.0
_GOOD_RATED = 4

Standing = Literal["borne out", "not borne out", "not known", "stands out"]


@dataclass(frozen=True, slots=True)
class Excelling:
    """A touchpoint that is marked, or that could be.

    Parameters
    ----------
    row
        Its emotion and what was measured; None if it stands on no map.
    standing
        ``borne out`` and ``not borne out`` by emotion and measure; ``not known`` where
        nobody measured or rated; ``stands out``: good by both and not marked yet.
    """

    touchpoint: Touchpoint
    row: EmotionRow | None
    standing: Standing


def excelling(document: Document) -> tuple[Excelling, ...]:
    """Return what is marked as excelling and what stands out, best felt first.

    Examples
    --------
    >>> from journeykit.model import Stage
    >>> good = {"emotion": 2, "satisfaction": 5}
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Welcome", **good),
    ... ])
    >>> [(one.touchpoint.name, one.standing) for one in excelling(document)]
    [('Welcome', 'stands out')]
    """
    today = as_it_is(document)
    rows = {
        row.touchpoint: row
        for journey in today.of(Journey)
        for row in emotion_curve_data(today, journey=journey.id)
        if not row.persona
    }
    found = []
    for one in today.of(Touchpoint):
        row = rows.get(one.id)
        is_good = _is_good(one, row)
        if one.excels:
            words: dict[bool | None, Standing] = {
                True: "borne out",
                False: "not borne out",
                None: "not known",
            }
            found.append(Excelling(one, row, words[is_good]))
        elif is_good:
            found.append(Excelling(one, row, "stands out"))
    return tuple(sorted(found, key=_best_first))


def _is_good(one: Touchpoint, row: EmotionRow | None) -> bool | None:
    """Return whether it feels good and is measured or rated so; None if not known."""
    felt = one.emotion if row is None else row.felt
    if felt is None:
        return None
    if row is not None and row.measured is not None:
        is_measured = round(row.measured, 1) >= _GOOD_MEASURED  # as it is shown
        return felt >= _GOOD_FELT and is_measured
    if one.satisfaction is None:
        return None if felt >= _GOOD_FELT else False
    return felt >= _GOOD_FELT and one.satisfaction >= _GOOD_RATED


def _best_first(one: Excelling) -> tuple[bool, float, float]:
    felt = (one.row.felt if one.row else one.touchpoint.emotion) or 0
    measured = (one.row.measured if one.row else None) or 0
    return one.standing == "stands out", -felt, -measured


def excelling_sentence(found: Sequence[Excelling]) -> str:
    """Return where the organisation excels, in one or two sentences."""
    marked = [one for one in found if one.standing != "stands out"]
    sure = [one.touchpoint.name for one in marked if one.standing == "borne out"]
    unsure = [one.touchpoint.name for one in marked if one.standing == "not borne out"]
    fresh = [one.touchpoint.name for one in found if one.standing == "stands out"]
    said = []
    if not marked:
        said.append("Nothing is marked yet: where do you do better than others?")
    elif sure:
        said.append(f"You excel, felt and measured, at {named(sure)}.")
    if unsure:
        said.append(f"Marked, but emotion or numbers say less: {named(unsure)}.")
    if fresh:
        said.append(f"Good by both and not marked: {named(fresh)}.")
    return (
        " ".join(said)
        or f"You excel at {named(one.touchpoint.name for one in marked)}."
    )
