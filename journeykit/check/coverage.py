"""What has no data: stages, touchpoints, channels and personas left unmeasured."""

from __future__ import annotations

from dataclasses import dataclass

from journeykit.check.as_it_is import as_it_is
from journeykit.check.evidence import coverage_by_stage, uncovered_touchpoints
from journeykit.model import (
    Channel,
    Document,
    Entry,
    Measurement,
    Persona,
    Segment,
    Stage,
    Touchpoint,
)

__all__ = ["Coverage", "coverage"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of one kind there is, and which of it has no data.

    Parameters
    ----------
    kind
        ``stage``, ``touchpoint``, ``persona``, ``segment`` or ``channel``.
    n
        How many there are.
    without
        Ids of those of which nothing is observed or measured.
    """

    kind: str
    n: int
    without: tuple[str, ...]

    @property
    def n_with(self) -> int:
        """How many have data."""
        return self.n - len(self.without)


def coverage(document: Document) -> tuple[Coverage, ...]:
    """Return what has data and what has none, for each kind that the map has.

    A stage or channel has data if one of its touchpoints has; a persona or segment if
    a number is measured of it.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Examples
    --------
    >>> amy = Persona(id="amy", name="Amy")
    >>> [(one.kind, one.n, one.without) for one in coverage(Document([amy]))]
    [('persona', 1, ('amy',))]
    """
    today = as_it_is(document)
    bare = {one.id for one in uncovered_touchpoints(today)}
    touchpoints = today.of(Touchpoint)
    used = {one.channel for one in touchpoints}
    known = {one.channel for one in touchpoints if one.id not in bare}
    measured = {one.persona for one in today.of(Measurement) if one.value is not None}
    stages = {one.stage for one in coverage_by_stage(today) if one.n_with_data}
    channels = [one for one in today.of(Channel) if one.id in used]
    rows: list[tuple[str, list[Entry], set[str] | set[str | None]]] = [
        ("stage", [*today.of(Stage)], stages),
        ("touchpoint", [*touchpoints], {one.id for one in touchpoints} - bare),
        ("channel", [*channels], known),
        ("persona", [*today.of(Persona)], measured),
        ("segment", [*today.of(Segment)], measured),
    ]
    return tuple(
        Coverage(kind, len(all_), tuple(one.id for one in all_ if one.id not in there))
        for kind, all_, there in rows
        if all_
    )
