"""What the team chose to take up first, in its own order, with its reasons.

Numbers advise and people decide: a choice is a decision with a place, kept beside the
ranking that it follows or goes against.
"""

from __future__ import annotations

from dataclasses import dataclass

from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.plan import Decision

__all__ = ["TeamPick", "by_ratings", "open_pain_points", "team_order"]


@dataclass(frozen=True, slots=True)
class TeamPick:
    """One choice of the team.

    Parameters
    ----------
    place
        Its place now, from 1; gaps that a withdrawn choice left are closed.
    pain_point
        The pain point.
    decision
        The decision that says so, and why.
    """

    place: int
    pain_point: PainPoint
    decision: Decision

    @property
    def reason(self) -> str:
        """Why it was chosen; empty if nobody said."""
        return self.decision.reason.strip()


def team_order(document: Document) -> tuple[TeamPick, ...]:
    """Return what the team chose, in its order; what is resolved has left it.

    Examples
    --------
    >>> queue = PainPoint(id="queue", text="The queue")
    >>> first = Decision(id="d", text="Queue", subject="queue", place=1, reason="Many")
    >>> [(one.place, one.reason) for one in team_order(Document([queue, first]))]
    [(1, 'Many')]
    """
    placed = sorted(
        (one for one in document.of(Decision) if one.place is not None),
        key=lambda one: (one.place or 0, one.rank, one.id),
    )
    found: dict[str, TeamPick] = {}
    for one in placed:
        entry = document.get(one.subject)
        if isinstance(entry, PainPoint) and _is_open(entry) and entry.id not in found:
            found[entry.id] = TeamPick(len(found) + 1, entry, one)
    return tuple(found.values())


def open_pain_points(document: Document) -> tuple[PainPoint, ...]:
    """Return the pain points that are not resolved, as they stand."""
    return tuple(one for one in document.of(PainPoint) if _is_open(one))


def by_ratings(document: Document) -> tuple[PainPoint, ...]:
    """Return open pain points by severity x frequency, severity first on ties.

    Those that were not rated are not among them.
    """
    rated = [one for one in open_pain_points(document) if one.priority is not None]
    rated.sort(key=lambda one: (-(one.priority or 0), -(one.severity or 0)))
    return tuple(rated)


def _is_open(entry: PainPoint) -> bool:
    return entry.status != "resolved"
