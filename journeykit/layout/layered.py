"""Layers of names joined by lines: an order of few crossings, and places near to it.

Order comes from sweeps by the mean place of the neighbours (Sugiyama, Tagawa and Toda
1981), the best of them kept; places from the same means, overlaps pooled. Both are the
same on every machine. A force layout was turned down: it moves everything when one
name is added.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

__all__ = ["Segment", "least_crossings", "near_places"]

_SWEEPS = 12
_RELAXED = 6
Segment = tuple[int, str, str]
"""A line from a layer, by its place, to the next: what it joins."""


def least_crossings(
    layers: Sequence[Sequence[str]],
    segments: Sequence[Segment],
    alone: Collection[str] = (),
) -> list[list[str]]:
    """Return the layers in an order of few crossings.

    Parameters
    ----------
    layers
        Names in layers from left to right, no name in two.
    segments
        Lines between neighbouring layers.
    alone
        What goes to the end of its layer, in the order given: names without a line.

    Examples
    --------
    >>> least_crossings([["a", "b"], ["c", "d"]], [(0, "a", "d"), (0, "b", "c")])
    [['a', 'b'], ['d', 'c']]
    """
    gone = set(alone)
    last = [[one for one in layer if one in gone] for layer in layers]
    order = [[one for one in layer if one not in gone] for layer in layers]
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for _, left, right in segments:
        after.setdefault(left, []).append(right)
        before.setdefault(right, []).append(left)
    best, fewest = [list(one) for one in order], _crossings(order, segments)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        is_forward = sweep % 2 == 0
        near = before if is_forward else after
        columns = range(1, len(order))
        for column in columns if is_forward else reversed(range(len(order) - 1)):
            fixed = order[column - 1 if is_forward else column + 1]
            order[column] = _by_means(order[column], fixed, near)
        n = _crossings(order, segments)
        if n < fewest:
            best, fewest = [list(one) for one in order], n
    return [[*one, *rest] for one, rest in zip(best, last, strict=True)]


def _by_means(
    layer: Sequence[str], fixed: Sequence[str], near: Mapping[str, Sequence[str]]
) -> list[str]:
    places = {name: at for at, name in enumerate(fixed)}
    stretch = len(fixed) / max(1, len(layer))
    keys: dict[str, float] = {}
    for at, name in enumerate(layer):
        known = [places[one] for one in near.get(name, ()) if one in places]
        keys[name] = sum(known) / len(known) if known else at * stretch
    return sorted(layer, key=keys.__getitem__)


def _crossings(order: Sequence[Sequence[str]], segments: Sequence[Segment]) -> int:
    place = {name: at for layer in order for at, name in enumerate(layer)}
    by_column: dict[int, list[tuple[int, int]]] = {}
    for column, left, right in segments:
        by_column.setdefault(column, []).append((place[left], place[right]))
    return sum(_inversions(sorted(pairs)) for pairs in by_column.values())


def _inversions(pairs: Sequence[tuple[int, int]]) -> int:
    """Count pairs that cross, by a tree of counts (Barth, Mutzel and Jünger 2004)."""
    size = 1 + max((right for _, right in pairs), default=0)
    counts = [0] * (size + 1)
    found = 0
    for seen, (_, right) in enumerate(pairs):
        at, n_before = right + 1, 0
        while at > 0:
            n_before += counts[at]
            at -= at & -at
        found += seen - n_before
        at = right + 1
        while at <= size:
            counts[at] += 1
            at += at & -at
    return found


def near_places(
    columns: Sequence[Sequence[str]],
    segments: Sequence[Segment],
    heights: Mapping[str, float],
    gap: float,
) -> tuple[dict[str, float], float]:
    """Return the top of each name, and the height of the tallest column.

    Each stands as near to the mean of its neighbours as its order allows.

    Parameters
    ----------
    columns
        What stands in each column, from top to bottom.
    segments
        Lines between neighbouring columns; those to names that are not here are left
        out.
    heights
        How tall each is.
    gap
        What is free between two of a column.

    Examples
    --------
    >>> tall = {"a": 10, "b": 10, "c": 10}
    >>> near_places([["a", "b"], ["c"]], [(0, "b", "c")], tall, 2)[0]["c"]
    12.0
    """
    known = {name for column in columns for name in column}
    near: dict[str, list[str]] = {}
    for _, left, right in segments:
        if left in known and right in known:
            near.setdefault(left, []).append(right)
            near.setdefault(right, []).append(left)
    total = max((_stacked(one, heights, gap) for one in columns), default=0.0)
    tops: dict[str, float] = {}
    for column in columns:
        y = 0.0
        for name in column:
            tops[name] = y
            y += heights[name] + gap
    for turn in range(_RELAXED):
        for column in columns if turn % 2 == 0 else reversed(columns):
            _relax(column, heights, near, (tops, gap, total))
    return tops, total


def _stacked(column: Sequence[str], heights: Mapping[str, float], gap: float) -> float:
    return sum(heights[name] for name in column) + gap * max(0, len(column) - 1)


def _relax(
    column: Sequence[str],
    heights: Mapping[str, float],
    near: Mapping[str, Sequence[str]],
    room: tuple[dict[str, float], float, float],
) -> None:
    """Move what stands in a column to the mean of its neighbours, in its order.

    Wishes that would overlap are pooled (the pool-adjacent-violators rule), so that the
    sum of squared distances from them is least.
    """
    tops, gap, total = room
    offset = 0.0
    pools: list[tuple[float, int]] = []  # mean wish of a block, its size
    offsets = []
    for name in column:
        others = near.get(name, ())
        middle = [tops[one] + heights[one] / 2 for one in others]
        half = heights[name] / 2
        wish = sum(middle) / len(middle) - half if middle else tops[name]
        offsets.append(offset)
        pools.append((wish - offset, 1))
        offset += heights[name] + gap
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (one, n), (other, m) = pools[-2], pools[-1]
            pools[-2:] = [((one * n + other * m) / (n + m), n + m)]
    free = max(0.0, total - _stacked(column, heights, gap))
    starts = [min(max(0.0, wish), free) for wish, n in pools for _ in range(n)]
    for name, start, before in zip(column, starts, offsets, strict=True):
        tops[name] = start + before
