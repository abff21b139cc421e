"""Which paths were taken, and by how many: paths of ordered events, grouped.

Paths are grouped by a 64-bit number made of all their activities, which takes a
twentieth of the time of joining texts. Equal numbers are not taken on trust: each path
is compared with the one that stands for its group, and if two differ (once in millions
of logs), paths are grouped by what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journeykit.measure.events_source import Paths

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.events_order import EventArrays

__all__ = ["grouped_paths", "ranked_paths"]

_FACTOR = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_PACKED = 4  # activities that are compared at once when paths are put in order
_BITS = 15


def grouped_paths(
    log: EventArrays, names: tuple[str, ...], *, most: int | None, depth: int | None
) -> Paths:
    """Return the different paths of a log, the most frequent first.

    Parameters
    ----------
    log
        Events in order.
    names
        Names of the activities.
    most
        How many paths to return; None for all.
    depth
        After how many activities a path is cut; None for whole paths.
    """
    lengths = np.diff(log.starts)
    if depth is not None:
        lengths = np.minimum(lengths, depth)
    if not len(lengths):
        empty = np.empty(0, dtype=np.int64)
        return Paths(names, empty, np.zeros(1, dtype=np.int64), empty)
    numbers = _numbers(log, lengths)
    stands_for, group, counts = _first_of_each(numbers)
    if not _are_equal(log, lengths, stands_for[group]):
        stands_for, counts = _by_content(log, lengths)
    starts, sizes = log.starts[stands_for], lengths[stands_for]
    return ranked_paths(names, log.activity, starts, sizes, counts, most=most)


def ranked_paths(
    names: tuple[str, ...],
    activity: NDArray[np.integer],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    counts: NDArray[np.int64],
    *,
    most: int | None,
) -> Paths:
    """Return different paths by count, equal counts by the names along the path.

    *starts* and *sizes* say where in *activity* each path stands.
    """
    places = np.arange(len(counts))
    if most is not None and most < len(counts):
        least = np.partition(counts, len(counts) - most)[len(counts) - most]
        places = np.flatnonzero(counts >= least)
    order = _by_count_and_names(
        activity, starts[places], sizes[places], counts[places], most
    )
    places = places[order]
    starts, sizes = starts[places], sizes[places]
    ends = np.concatenate([[0], np.cumsum(sizes)])
    inside = np.arange(ends[-1]) - np.repeat(ends[:-1], sizes)
    codes = activity[np.repeat(starts, sizes) + inside].astype(np.int64)
    return Paths(names, codes, ends, counts[places])


def _numbers(log: EventArrays, lengths: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a number for each path, equal for equal paths."""
    longest = int(lengths.max())
    powers = np.full(longest, _FACTOR, dtype=np.uint64)
    powers[:1] = 1
    np.multiply.accumulate(powers, out=powers)
    n_activities = int(log.activity.max(initial=0)) + 1
    values = np.arange(1, n_activities + 1, dtype=np.uint64) * _MIX
    values ^= values >> np.uint64(29)
    values *= _FACTOR
    numbers = np.empty(log.n_units, dtype=np.uint64)
    for part in log.parts():
        starts = log.starts[part.first_unit : part.last_unit]
        place = np.arange(part.first, part.last) - np.repeat(
            starts, np.diff(log.starts[part.first_unit : part.last_unit + 1])
        )
        terms = values[log.activity[part.first : part.last]]
        if int(place.max()) >= longest:  # paths are cut
            terms[place >= longest] = 0
            np.minimum(place, longest - 1, out=place)
        terms *= powers[place]
        numbers[part.first_unit : part.last_unit] = np.add.reduceat(
            terms, starts - part.first
        )
    return numbers


def _first_of_each(
    numbers: NDArray[np.uint64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the first place of each number, the group of each place, the counts."""
    _, first, group, counts = np.unique(
        numbers, return_index=True, return_inverse=True, return_counts=True
    )
    return first, group, counts


def _are_equal(
    log: EventArrays, lengths: NDArray[np.int64], like: NDArray[np.int64]
) -> bool:
    """Whether each path is the same as the path *like* it."""
    others = np.flatnonzero(like != np.arange(len(like)))
    if not np.array_equal(lengths[others], lengths[like[others]]):
        return False
    for at in range(0, len(others), 100_000):
        chosen = others[at : at + 100_000]
        sizes = lengths[chosen]
        ends = np.cumsum(sizes)
        inside = np.arange(int(ends[-1])) - np.repeat(ends - sizes, sizes)
        mine = log.activity[np.repeat(log.starts[chosen], sizes) + inside]
        theirs = log.activity[np.repeat(log.starts[like[chosen]], sizes) + inside]
        if not np.array_equal(mine, theirs):
            return False
    return True


def _by_content(
    log: EventArrays, lengths: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the first of each different path, and the counts, by what they hold."""
    counts: dict[bytes, int] = {}
    first: dict[bytes, int] = {}
    for unit, (start, size) in enumerate(
        zip(log.starts[:-1].tolist(), lengths.tolist(), strict=True)
    ):
        held = log.activity[start : start + size].tobytes()
        first.setdefault(held, unit)
        counts[held] = counts.get(held, 0) + 1
    return np.array(list(first.values())), np.array(list(counts.values()))


def _by_count_and_names(
    activity: NDArray[np.integer],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    counts: NDArray[np.int64],
    most: int | None,
) -> NDArray[np.int64]:
    """Return the order of paths: frequent first, then as a dictionary would.

    Paths that stand equal so far are compared by their next few activities, and only
    those that still matter for the first *most*.
    """
    order = np.argsort(-counts, kind="stable")
    # Paths whose place is open stand together in groups with one number each.
    group = -counts[order]
    size = int(sizes.max(initial=0))
    for depth in range(0, size + 1, _PACKED):
        opens = _open(group, most)
        if not opens.any():
            break
        at = np.flatnonzero(opens)
        chosen = order[at]
        key = _packed(activity, starts[chosen], sizes[chosen], depth)
        inner = np.lexsort((key, group[at]))
        order[at] = chosen[inner]
        changes = np.ones(len(at), dtype=bool)
        key, before = key[inner], group[at][inner]
        changes[1:] = (key[1:] != key[:-1]) | (before[1:] != before[:-1])
        fresh = np.cumsum(changes)
        # New numbers keep groups apart from those that are settled.
        numbers = np.cumsum(np.concatenate([[True], group[1:] != group[:-1]])) * len(
            group
        )
        numbers[at] = numbers[at] + fresh
        group = numbers
    return order if most is None else order[:most]


def _open(group: NDArray[np.int64], most: int | None) -> NDArray[np.bool_]:
    """Whether the place of each path is still open."""
    same = group[1:] == group[:-1]
    opens = np.zeros(len(group), dtype=bool)
    opens[1:] |= same
    opens[:-1] |= same
    if most is not None and most < len(group):
        opens &= group <= group[most - 1]
    return opens


def _packed(
    activity: NDArray[np.integer],
    starts: NDArray[np.int64],
    sizes: NDArray[np.int64],
    depth: int,
) -> NDArray[np.int64]:
    """Return the next activities of each path as one number; 0 beyond its end."""
    key = np.zeros(len(starts), dtype=np.int64)
    for step in range(depth, depth + _PACKED):
        key <<= _BITS
        inside = sizes > step
        key[inside] += activity[starts[inside] + step].astype(np.int64) + 1
    return key
