"""How sure a map is: what each of its cells rests on.

A cell is a touchpoint with one of emotion, goal, action, thought, pain point. It is as
sure as the best of what supports it. Links that the machine proposed and no person took
do not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from journeykit.model.document import Document
from journeykit.model.findings import Evidence, Measurement, PainPoint
from journeykit.model.journey import Journey, LaneNote, Link, Stage, Touchpoint
from journeykit.model.reliability import MIN_ANSWERS
from journeykit.vocabulary import Basis

__all__ = [
    "Aspect",
    "Cell",
    "EvidenceShares",
    "StageCoverage",
    "coverage_by_stage",
    "entry_bases",
    "evidence_of_cells",
    "evidence_shares",
    "uncovered_touchpoints",
]

Aspect = Literal["emotion", "goal", "action", "thought", "pain_point"]

_ASPECTS: tuple[Aspect, ...] = ("emotion", "goal", "action", "thought", "pain_point")
_ORDER: tuple[Basis, ...] = ("assumed", "observed", "measured")


@dataclass(frozen=True, slots=True)
class Cell:
    """A touchpoint with one aspect, and what stands behind it.

    Parameters
    ----------
    touchpoint, stage
        Their ids.
    entries
        Ids of what stands in the cell; the touchpoint itself for its own emotion.
    basis
        The best that supports any of them.
    """

    touchpoint: str
    stage: str
    aspect: Aspect
    entries: tuple[str, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class EvidenceShares:
    """How many cells are assumed, observed and measured."""

    n_assumed: int = 0
    n_observed: int = 0
    n_measured: int = 0

    @property
    def n_cells(self) -> int:
        """All cells."""
        return self.n_assumed + self.n_observed + self.n_measured

    def _share(self, n: int) -> float | None:
        return n / self.n_cells if self.n_cells else None

    @property
    def assumed(self) -> float | None:
        """Share of all cells, 0 to 1; None if there is no cell."""
        return self._share(self.n_assumed)

    @property
    def observed(self) -> float | None:
        """Share of all cells, 0 to 1; None if there is no cell."""
        return self._share(self.n_observed)

    @property
    def measured(self) -> float | None:
        """Share of all cells, 0 to 1; None if there is no cell."""
        return self._share(self.n_measured)


@dataclass(frozen=True, slots=True)
class StageCoverage:
    """How sure one stage is.

    Parameters
    ----------
    stage, name
        Id and name.
    n_touchpoints
        Its touchpoints.
    n_with_data
        Those of them with a measurement, or with observed or measured evidence.
    shares
        Its cells.
    """

    stage: str
    name: str
    n_touchpoints: int
    n_with_data: int
    shares: EvidenceShares


def entry_bases(document: Document) -> Mapping[str, Basis]:
    """Return the best evidence of each entry that evidence supports.

    Returns
    -------
    Mapping
        Basis by id; an entry that is not in it is assumed.
    """
    best: dict[str, Basis] = {}
    for link in document.of(Link):
        source = document[link.source]
        is_taken = link.relation == "supports" and not link.is_proposed
        if is_taken and isinstance(source, Evidence):
            best[link.target] = _best((source.basis, best.get(link.target, "assumed")))
    return best


def _best(bases: Iterable[Basis]) -> Basis:
    return max(bases, key=_ORDER.index, default="assumed")


def _measured_touchpoints(document: Document) -> frozenset[str]:
    """Return the subjects of numbers that may be shown."""
    case = document.case
    fewest = case.min_group if case else MIN_ANSWERS
    return frozenset(
        entry.subject
        for entry in document.of(Measurement)
        if entry.subject is not None and entry.value is not None and entry.n >= fewest
    )


def _entries_by_cell(document: Document) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for touchpoint in document.of(Touchpoint):
        if touchpoint.emotion is not None:
            found[touchpoint.id, "emotion"] = [touchpoint.id]
    for note in document.of(LaneNote):
        aspect = "emotion" if note.emotion is not None else note.lane
        if note.touchpoint is not None and aspect in _ASPECTS:
            found.setdefault((note.touchpoint, aspect), []).append(note.id)
    more: dict[str, list[str]] = {}
    for link in document.of(Link):
        if link.relation == "pain_at":
            more.setdefault(link.source, []).append(link.target)
    for pain in document.of(PainPoint):
        places = [pain.touchpoint] if pain.touchpoint else []
        places += more.get(pain.id, [])
        for place in dict.fromkeys(places):
            found.setdefault((place, "pain_point"), []).append(pain.id)
    return found


def _touchpoints(document: Document, journey: str | None) -> list[Touchpoint]:
    """Return the touchpoints of a journey (None: of all), in the order of the map."""
    by_stage: dict[str, list[Touchpoint]] = {}
    for touchpoint in document.of(Touchpoint):
        by_stage.setdefault(touchpoint.stage, []).append(touchpoint)
    return [
        touchpoint
        for stage in _stages(document, journey)
        for touchpoint in by_stage.get(stage.id, ())
    ]


def _stages(document: Document, journey: str | None) -> list[Stage]:
    maps = [one.id for one in document.of(Journey) if journey in (None, one.id)]
    return [
        stage for one in maps for stage in document.of(Stage) if stage.journey == one
    ]


def evidence_of_cells(
    document: Document, journey: str | None = None
) -> tuple[Cell, ...]:
    """Return every cell of the map with its evidence.

    Parameters
    ----------
    document
        The workshop.
    journey
        Id of one journey; None for all.

    Returns
    -------
    tuple of Cell
        By stage, touchpoint, and aspect. An emotion with a measured number beside it
        (at least the case's *min_group* answers) is measured; otherwise a cell has the
        best basis of the evidence that is linked to what stands in it.

    Examples
    --------
    >>> from journeykit.model import Document, Journey, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking", emotion=-1),
    ... ])
    >>> [(cell.aspect, cell.basis) for cell in evidence_of_cells(document)]
    [('emotion', 'assumed')]
    """
    bases, numbers = entry_bases(document), _measured_touchpoints(document)
    by_cell = _entries_by_cell(document)
    cells = []
    for touchpoint in _touchpoints(document, journey):
        for aspect in _ASPECTS:
            entries = tuple(by_cell.get((touchpoint.id, aspect), ()))
            if not entries:
                continue
            basis = _best(bases.get(entry, "assumed") for entry in entries)
            if aspect == "emotion" and touchpoint.id in numbers:
                basis = "measured"
            cells.append(Cell(touchpoint.id, touchpoint.stage, aspect, entries, basis))
    return tuple(cells)


def _shares(cells: Iterable[Cell]) -> EvidenceShares:
    bases = [cell.basis for cell in cells]
    return EvidenceShares(*(bases.count(basis) for basis in _ORDER))


def evidence_shares(document: Document, journey: str | None = None) -> EvidenceShares:
    """Return how many cells of the map are assumed, observed and measured.

    Parameters
    ----------
    document, journey
        As for :func:`evidence_of_cells`.
    """
    return _shares(evidence_of_cells(document, journey))


def uncovered_touchpoints(
    document: Document, journey: str | None = None
) -> tuple[Touchpoint, ...]:
    """Return the touchpoints of which nothing is observed or measured.

    Parameters
    ----------
    document, journey
        As for :func:`evidence_of_cells`.
    """
    bases = entry_bases(document)
    known = set(_measured_touchpoints(document))
    known |= {name for name, basis in bases.items() if basis != "assumed"}
    for cell in evidence_of_cells(document, journey):
        if cell.basis != "assumed":
            known.add(cell.touchpoint)
    return tuple(
        touchpoint
        for touchpoint in _touchpoints(document, journey)
        if touchpoint.id not in known
    )


def coverage_by_stage(
    document: Document, journey: str | None = None
) -> tuple[StageCoverage, ...]:
    """Return how sure each stage is, in their order.

    Parameters
    ----------
    document, journey
        As for :func:`evidence_of_cells`.
    """
    cells = evidence_of_cells(document, journey)
    bare = uncovered_touchpoints(document, journey)
    every = _touchpoints(document, journey)
    rows = []
    for stage in _stages(document, journey):
        n = sum(one.stage == stage.id for one in every)
        n_bare = sum(one.stage == stage.id for one in bare)
        shares = _shares(cell for cell in cells if cell.stage == stage.id)
        rows.append(StageCoverage(stage.id, stage.name, n, n - n_bare, shares))
    return tuple(rows)
