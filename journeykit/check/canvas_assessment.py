"""Each block of the canvas held against the journey: what helps it, what hurts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.layout.canvas import shown_blocks
from journeykit.model import CanvasEntry, Document, Link, PainPoint, Touchpoint
from journeykit.vocabulary import CanvasBlock

__all__ = ["BlockAssessment", "EntryAssessment", "canvas_assessment"]

_GOOD = 1
"""From this emotion on a touchpoint helps what it is tied to."""


@dataclass(frozen=True, slots=True)
class EntryAssessment:
    """An entry of the canvas, and what the journey does to it.

    Parameters
    ----------
    entry
        The entry, with what the team wrote: helps, hurts, improve, strength.
    helping
        Touchpoints tied to it, by themselves, their channel or their stage, that feel
        good (+1 or more), the best first.
    hurting
        Pain points that are not resolved, tied to it or at a touchpoint tied to it.
    """

    entry: CanvasEntry
    helping: tuple[Touchpoint, ...]
    hurting: tuple[PainPoint, ...]

    @property
    def is_assessed(self) -> bool:
        """Whether anybody rated it or wrote what helps, hurts or improves it."""
        one = self.entry
        return bool(one.strength or one.helps or one.hurts or one.improve)


@dataclass(frozen=True, slots=True)
class BlockAssessment:
    """A block and its entries; proposals that nobody took are left out."""

    block: CanvasBlock
    entries: tuple[EntryAssessment, ...]

    @property
    def is_assessed(self) -> bool:
        """Whether it has entries, and each of them was assessed."""
        return bool(self.entries) and all(one.is_assessed for one in self.entries)

    @property
    def n_assessed(self) -> int:
        """How many of its entries were assessed."""
        return sum(one.is_assessed for one in self.entries)

    @property
    def strength(self) -> float | None:
        """Mean of the strengths that were rated, 1 to 5; None if none was."""
        rated = [one.entry.strength for one in self.entries if one.entry.strength]
        return sum(rated) / len(rated) if rated else None


def canvas_assessment(
    document: Document, state: Literal["before", "after"] = "before"
) -> tuple[BlockAssessment, ...]:
    """Return each block that is not hidden, held against the journey.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.
    state
        Which canvas: as it is, or after the change.

    Examples
    --------
    >>> [one.block for one in canvas_assessment(Document())][:2]
    ['customer_segments', 'value_propositions']
    """
    today = as_it_is(document)
    tied = _tied(today)
    entries = [
        _assessed(today, one, tied.get(one.id, ()))
        for one in today.of(CanvasEntry)
        if one.state in (state, "both") and not one.is_proposed
    ]
    return tuple(
        BlockAssessment(
            block, tuple(one for one in entries if one.entry.block == block)
        )
        for block in shown_blocks(today)
    )


def _tied(document: Document) -> dict[str, dict[str, None]]:
    """Return what links join to each canvas entry, at either end."""
    found: dict[str, dict[str, None]] = {}
    for link in document.of(Link):
        if link.is_proposed:
            continue
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if isinstance(document[one], CanvasEntry):
                found.setdefault(one, {})[other] = None
    return found


def _assessed(
    document: Document, entry: CanvasEntry, tied: Iterable[str]
) -> EntryAssessment:
    names = set(tied)
    touchpoints = [
        one
        for one in document.of(Touchpoint)
        if names & {one.id, one.stage, one.channel}
    ]
    places = {one.id for one in touchpoints}
    good = [one for one in touchpoints if (one.emotion or 0) >= _GOOD]
    hurting = (
        one
        for one in document.of(PainPoint)
        if one.status != "resolved" and (one.id in names or one.touchpoint in places)
    )
    return EntryAssessment(
        entry,
        tuple(sorted(good, key=lambda one: -(one.emotion or 0))),
        tuple(hurting),
    )
