"""Where the entries of the traceability picture stand: columns, ties, heights.

The tallest column is packed; in the others each entry stands as near as it can to what
it is tied to, so that lines run flat and a chain is read like a line of text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from journeykit.check.traceability import COLUMNS, Break, TraceRow

__all__ = [
    "Box",
    "TracePlan",
    "break_sides",
    "in_order",
    "pages_of",
    "placed",
    "trace_plan",
]

Box = tuple[str, str]
"""A box of the picture: its column and the id of its entry."""

_ORDER: Mapping[str, int] = {name: place for place, name in enumerate(COLUMNS)}
_SWEEPS = 4
_LEFT = ("objective", "persona", "touchpoint")
"""What an entry lacks at its left; everything else it lacks at its right."""


@dataclass(frozen=True, slots=True)
class TracePlan:
    """What stands in each column, and what is tied to what.

    Parameters
    ----------
    columns
        Ids by column, in their order from above.
    ties
        Pairs of boxes, the left one first.
    """

    columns: Mapping[str, tuple[str, ...]]
    ties: tuple[tuple[Box, Box], ...]

    @property
    def boxes(self) -> Iterator[Box]:
        """Every box, column by column."""
        for column, names in self.columns.items():
            for name in names:
                yield column, name


def trace_plan(rows: Iterable[TraceRow]) -> TracePlan:
    """Return columns and ties of a table of traceability, with few crossings.

    Parameters
    ----------
    rows
        As :func:`journeykit.check.traceability.traceability` returns them.

    Examples
    --------
    >>> plan = trace_plan([TraceRow(objective="o", kpi="k"), TraceRow(kpi="l")])
    >>> plan.columns["kpi"], plan.ties
    (('k', 'l'), ((('objective', 'o'), ('kpi', 'k')),))
    """
    columns: dict[str, dict[str, None]] = {name: {} for name in COLUMNS}
    ties: dict[tuple[Box, Box], None] = {}
    for row in rows:
        boxes = [
            (column, name)
            for column in COLUMNS
            if (name := getattr(row, column)) is not None
        ]
        for column, name in boxes:
            columns[column][name] = None
        for left, right in pairwise(boxes):
            # A KPI leads to whom it is about; a jump over all of them says nothing.
            if left[0] != "kpi" or right[0] in ("persona", "touchpoint"):
                ties[left, right] = None
    ties = dict.fromkeys(_told_once(tuple(ties)))
    found = {name: list(those) for name, those in columns.items()}
    _untangle(found, tuple(ties))
    return TracePlan({name: tuple(ids) for name, ids in found.items()}, tuple(ties))


def _told_once(ties: Sequence[tuple[Box, Box]]) -> Iterator[tuple[Box, Box]]:
    """Yield the ties but those that two others tell, such as past an opportunity."""
    after: dict[Box, set[Box]] = {}
    for left, right in ties:
        after.setdefault(left, set()).add(right)
    for left, right in ties:
        is_jump = _ORDER[right[0]] - _ORDER[left[0]] > 1
        if not is_jump or not any(right in after.get(one, ()) for one in after[left]):
            yield left, right


def _neighbours(ties: Iterable[tuple[Box, Box]]) -> dict[Box, list[Box]]:
    beside: dict[Box, list[Box]] = {}
    for left, right in ties:
        beside.setdefault(left, []).append(right)
        beside.setdefault(right, []).append(left)
    return beside


def _untangle(columns: dict[str, list[str]], ties: Sequence[tuple[Box, Box]]) -> None:
    """Order each column by the middle of what its entries are tied to, some times."""
    beside = _neighbours(ties)
    for sweep in range(_SWEEPS):
        names = list(columns)[:: -1 if sweep % 2 else 1]
        for column in names:
            place = {
                (name, one): at / max(len(those) - 1, 1)
                for name, those in columns.items()
                for at, one in enumerate(those)
            }

            def middle(
                one: str, column: str = column, place: Mapping[Box, float] = place
            ) -> float:
                near = [place[box] for box in beside.get((column, one), ())]
                return sum(near) / len(near) if near else place[column, one]

            columns[column].sort(key=middle)


def placed(
    plan: TracePlan, height_of: Callable[[Box], float], gap: float
) -> tuple[Mapping[Box, float], float]:
    """Return the top of each box from 0, and the height of the whole.

    Parameters
    ----------
    plan
        What is to be placed.
    height_of
        Height of a box.
    gap
        Room between two boxes of a column.
    """
    totals = {
        column: sum(height_of((column, one)) + gap for one in names)
        for column, names in plan.columns.items()
    }
    whole = max(totals.values(), default=0.0)
    tallest = max(totals, key=lambda name: totals[name])
    beside = _neighbours(plan.ties)
    tops: dict[Box, float] = {}
    by_distance = sorted(
        plan.columns, key=lambda name: abs(_ORDER[name] - _ORDER[tallest])
    )
    for column in by_distance:
        boxes = [(column, one) for one in plan.columns[column]]
        wanted = {box: _wanted(box, beside, tops, height_of) for box in boxes}
        if column != tallest:  # those that nothing holds come last
            boxes.sort(key=lambda box: wanted[box])
        _stack([(box, height_of(box) + gap, wanted[box]) for box in boxes], tops, whole)
    return tops, whole


def _wanted(
    box: Box,
    beside: Mapping[Box, Sequence[Box]],
    tops: Mapping[Box, float],
    height_of: Callable[[Box], float],
) -> float:
    """Return where the top of a box should be; endless if nothing beside it stands."""
    near = [
        tops[other] + height_of(other) / 2
        for other in beside.get(box, ())
        if other in tops
    ]
    return sum(near) / len(near) - height_of(box) / 2 if near else inf


def _stack(
    boxes: Sequence[tuple[Box, float, float]], tops: dict[Box, float], whole: float
) -> None:
    """Put boxes one below the other, each near where it should be, within the whole.

    Each comes with the room that it takes and the top that it should have.
    """
    low = 0.0
    for box, room, wanted in boxes:
        tops[box] = max(low, wanted) if wanted < inf else low
        low = tops[box] + room
    high = whole
    for box, room, _ in reversed(boxes):
        tops[box] = min(tops[box], high - room)
        high = tops[box]


def in_order(rows: Sequence[TraceRow]) -> tuple[TraceRow, ...]:
    """Return rows so that those that share much stand together; the rest comes last.

    Parameters
    ----------
    rows
        The whole table.
    """
    columns = trace_plan(rows).columns
    places = {
        name: {one: at for at, one in enumerate(columns[name])}
        for name in ("pain_point", "opportunity", "action", "objective")
    }

    def place(row: TraceRow) -> tuple[float, ...]:
        return tuple(
            those[one] if (one := getattr(row, name)) is not None else inf
            for name, those in places.items()
        )

    return tuple(sorted(rows, key=place))


def pages_of(
    rows: Sequence[TraceRow],
    height_of: Callable[[Box], float],
    gap: float,
    tallest: float,
) -> tuple[tuple[TraceRow, ...], ...]:
    """Return the rows in groups, the columns of each no higher than a page.

    Parameters
    ----------
    rows
        The whole table.
    height_of, gap
        As for :func:`placed`.
    tallest
        Height of a page; what alone is higher stands on a page of its own.
    """
    pages: list[list[TraceRow]] = [[]]
    seen: set[Box] = set()
    sums = dict.fromkeys(COLUMNS, 0.0)
    for row in rows:
        new = {(c, one) for c in COLUMNS if (one := getattr(row, c)) is not None} - seen
        more = {box[0]: height_of(box) + gap for box in new}
        if pages[-1] and any(sums[name] + more[name] > tallest for name in more):
            pages.append([])
            new = {(c, one) for c in COLUMNS if (one := getattr(row, c)) is not None}
            seen, sums = set(), dict.fromkeys(COLUMNS, 0.0)
            more = {box[0]: height_of(box) + gap for box in new}
        pages[-1].append(row)
        seen |= new
        for name, height in more.items():
            sums[name] += height
    return tuple(tuple(page) for page in pages if page)


def break_sides(found: Sequence[Break]) -> Mapping[str, tuple[list[int], list[int]]]:
    """Return the numbers of the breaks of each entry, from 1: at its left, its right.

    Parameters
    ----------
    found
        As :func:`journeykit.check.traceability.breaks` returns them.
    """
    sides: dict[str, tuple[list[int], list[int]]] = {}
    for number, one in enumerate(found, start=1):
        is_left = one.lacks in _LEFT or one.lacks.startswith("pain point")
        left, right = sides.setdefault(one.entry, ([], []))
        (left if is_left else right).append(number)
    return sides
