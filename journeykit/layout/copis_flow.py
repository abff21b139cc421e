"""COPIS as a flow: elements in columns, ordered so that few of their lines cross.

What depends on what is a layered graph (:mod:`journeykit.layout.layered`). A line that
passes a column takes a slot of its own between the boxes there, so it never runs behind
one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeykit.errors import UnknownNameError
from journeykit.language import say
from journeykit.layout.layered import Segment, least_crossings
from journeykit.layout.prompts import ROLE_PROMPTS
from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.journey import Link
from journeykit.model.plan import CopisElement
from journeykit.vocabulary import COPIS, CopisDefinition, CopisRole

__all__ = ["CopisFlow", "FlowBox", "FlowLine", "copis_flow"]


@dataclass(frozen=True, slots=True)
class FlowBox:
    """An element of COPIS.

    Parameters
    ----------
    element
        The entry.
    column
        Place of its column from the left, from 0; -1 in the tray.
    touchpoints
        Ids of the touchpoints that it affects.
    pain_points
        Ids of the pain points that come from it and are not resolved.
    """

    element: CopisElement
    column: int
    touchpoints: tuple[str, ...]
    pain_points: tuple[str, ...]

    @property
    def id(self) -> str:
        """Id of the element."""
        return self.element.id

    @property
    def n_pains(self) -> int:
        """How many pain points come from it."""
        return len(self.pain_points)


@dataclass(frozen=True, slots=True)
class FlowLine:
    """A link between two elements.

    Parameters
    ----------
    id
        Of the link.
    source, target
        Ids of the elements: the source needs the target.
    left, right
        The same two, in the order of their columns.
    weight
        How many touchpoints it bears on: those that both ends affect; if there are
        none, those of the end that affects more.
    hurts
        Whether pain points come from what is needed.
    is_proposed
        Whether no person has taken it yet.
    """

    id: str
    source: str
    target: str
    left: str
    right: str
    weight: int
    hurts: bool
    is_proposed: bool


@dataclass(frozen=True)
class CopisFlow:
    """COPIS under one definition, in the order in which it is drawn.

    Parameters
    ----------
    definition
        One of the four.
    columns
        For each column its role and its ids from top to bottom: elements, and slots of
        lines that pass, called ``LINK@COLUMN``.
    boxes
        Elements by id, the tray's too.
    lines
        Links between elements in columns.
    tray
        Ids of what has no column under this definition.
    segments
        The parts of lines between two neighbouring columns.
    """

    definition: CopisDefinition
    columns: tuple[tuple[CopisRole, tuple[str, ...]], ...]
    boxes: Mapping[str, FlowBox]
    lines: tuple[FlowLine, ...]
    tray: tuple[str, ...]
    segments: tuple[Segment, ...] = ()

    @property
    def label(self) -> str:
        """The name of the definition."""
        return say(COPIS[self.definition].label)

    @property
    def glossary(self) -> str:
        """What the columns of the definition mean, in one line."""
        return say(COPIS[self.definition].glossary)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(say(one) for one in COPIS[self.definition].columns.values())

    @property
    def most_hit(self) -> tuple[FlowBox, ...]:
        """The elements that most pain points come from; more than one if equal."""
        most = max((one.n_pains for one in self.boxes.values()), default=0)
        return tuple(one for one in self.boxes.values() if most and one.n_pains == most)

    def way(self, line: FlowLine) -> tuple[str, ...]:
        """Return what a line goes through from left to right: box, slots, box."""
        first, last = self.boxes[line.left].column, self.boxes[line.right].column
        slots = (_slot_of(line, column) for column in range(first + 1, last))
        return (line.left, *slots, line.right)


def _slot_of(line: FlowLine, column: int) -> str:
    """Return what the slot of a line in a column is called."""
    return f"{line.id}@{column}"


def copis_flow(
    document: Document, *, definition: CopisDefinition | None = None
) -> CopisFlow:
    """Return COPIS as a flow.

    Parameters
    ----------
    document
        The workshop.
    definition
        One of the four meanings; None for that of the case.

    Raises
    ------
    UnknownNameError
        If there is no such definition.

    Examples
    --------
    >>> cook = CopisElement(id="c", role="process", text="Cook")
    >>> copis_flow(Document([cook])).columns[2]
    ('process', ('c',))
    """
    case = document.case
    chosen = definition or (case.copis if case else "classic")
    if chosen not in COPIS:
        raise UnknownNameError("definition of COPIS", chosen, COPIS)
    order = {role: place for place, role in enumerate(COPIS[chosen].columns)}
    boxes = _boxes(document, order)
    lines = _lines(document, boxes)
    layers = _layers(boxes, lines, len(order))
    joined = {name for line in lines for name in (line.left, line.right)}
    alone = [name for name in boxes if name not in joined]
    segments = _segments(boxes, lines)
    ordered = least_crossings(layers, segments, alone)
    waits = {role: place for place, role in enumerate(ROLE_PROMPTS)}
    tray = sorted(
        (one for one in boxes.values() if one.column < 0),
        key=lambda one: waits[one.element.role],
    )
    return CopisFlow(
        chosen,
        tuple(zip(order, map(tuple, ordered), strict=True)),
        boxes,
        lines,
        tuple(one.id for one in tray),
        tuple(segments),
    )


def _boxes(document: Document, order: Mapping[CopisRole, int]) -> dict[str, FlowBox]:
    touched: dict[str, dict[str, None]] = {}
    pains: dict[str, dict[str, None]] = {}
    for link in document.of(Link):
        if link.relation == "affects":
            touched.setdefault(link.source, {})[link.target] = None
        elif link.relation == "causes" and not link.is_proposed:
            pain = document[link.target]
            if isinstance(pain, PainPoint) and pain.status != "resolved":
                pains.setdefault(link.source, {})[link.target] = None
    return {
        one.id: FlowBox(
            one,
            order.get(one.role, -1),
            tuple(touched.get(one.id, ())),
            tuple(pains.get(one.id, ())),
        )
        for one in document.of(CopisElement)
    }


def _lines(document: Document, boxes: Mapping[str, FlowBox]) -> tuple[FlowLine, ...]:
    found: dict[frozenset[str], FlowLine] = {}
    for link in document.of(Link):
        source, target = boxes.get(link.source), boxes.get(link.target)
        if link.relation not in ("depends_on", "relates_to"):
            continue
        if source is None or target is None or source == target:
            continue
        if min(source.column, target.column) < 0:
            continue
        pair = frozenset((source.id, target.id))
        if pair in found and not found[pair].is_proposed:
            continue
        left, right = sorted((source, target), key=lambda one: one.column)
        found[pair] = FlowLine(
            link.id,
            source.id,
            target.id,
            left.id,
            right.id,
            _weight(source, target),
            bool(target.pain_points),
            link.is_proposed,
        )
    return tuple(found.values())


def _weight(one: FlowBox, other: FlowBox) -> int:
    both = set(one.touchpoints) & set(other.touchpoints)
    return len(both) or max(len(one.touchpoints), len(other.touchpoints))


def _layers(
    boxes: Mapping[str, FlowBox], lines: Sequence[FlowLine], n_columns: int
) -> list[list[str]]:
    layers: list[list[str]] = [[] for _ in range(n_columns)]
    for box in boxes.values():
        if box.column >= 0:
            layers[box.column].append(box.id)
    for line in lines:
        for column in range(boxes[line.left].column + 1, boxes[line.right].column):
            layers[column].append(_slot_of(line, column))
    return layers


def _segments(boxes: Mapping[str, FlowBox], lines: Sequence[FlowLine]) -> list[Segment]:
    """Return the parts of lines between two neighbouring columns: column, from, to."""
    found = []
    for line in lines:
        first, last = boxes[line.left].column, boxes[line.right].column
        before = line.left
        for column in range(first, last):
            after = line.right if column + 1 == last else _slot_of(line, column + 1)
            found.append((column, before, after))
            before = after
    return found
