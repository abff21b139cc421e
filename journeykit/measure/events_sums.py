"""Sums over ordered events, with numpy: what follows what, who reached what.

Each function walks over parts of whole paths, so that memory beside the events stays
flat whatever their number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journeykit.measure.events_order import EventArrays

__all__ = [
    "Follows",
    "activity_sums",
    "follow_sums",
    "rating_sums",
    "reached_at",
    "stage_sums",
]

_MOST_KEY = 1 << 62


class Follows(NamedTuple):
    """Pairs of activities that follow each other directly; gaps in microseconds."""

    source: NDArray[np.int64]
    target: NDArray[np.int64]
    n: NDArray[np.int64]
    n_customers: NDArray[np.int64]
    median: NDArray[np.float64]


def activity_sums(
    log: EventArrays, n_activities: int, groups: NDArray[np.int64], n_groups: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return events and customers by group (row) and activity (column).

    *groups* gives each customer a group, *n_groups* for none.
    """
    shape = (n_groups + 1, n_activities)
    events = np.zeros(shape[0] * shape[1], dtype=np.int64)
    people = np.zeros_like(events)
    for part in log.parts():
        who = log.customers_of(part).astype(np.int64)
        what = log.activity[part.first : part.last]
        events += np.bincount(groups[who] * n_activities + what, minlength=events.size)
        met = _distinct(who * n_activities + what)
        who, what = np.divmod(met, n_activities)
        people += np.bincount(groups[who] * n_activities + what, minlength=people.size)
    return events.reshape(shape)[:-1], people.reshape(shape)[:-1]


def stage_sums(
    log: EventArrays,
    in_stage: NDArray[np.bool_],
    groups: NDArray[np.int64],
    n_groups: int,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return events and customers of one stage by group.

    *in_stage* says of each activity whether it belongs to the stage.
    """
    events = np.zeros(n_groups + 1, dtype=np.int64)
    people = np.zeros_like(events)
    for part in log.parts():
        inside = in_stage[log.activity[part.first : part.last]]
        who = log.customers_of(part)[inside]
        events += np.bincount(groups[who], minlength=events.size)
        first = np.ones(len(who), dtype=bool)
        np.not_equal(who[1:], who[:-1], out=first[1:])
        people += np.bincount(groups[who[first]], minlength=people.size)
    return events[:-1], people[:-1]


def rating_sums(
    log: EventArrays, n_activities: int, groups: NDArray[np.int64], n_groups: int
) -> NDArray[np.int64]:
    """Return how often each rating was given, by group, activity and rating."""
    n_values = len(log.rating_values)
    shape = (n_groups + 1, n_activities, n_values)
    counts = np.zeros(shape[0] * shape[1] * shape[2], dtype=np.int64)
    assert log.rating is not None
    for part in log.parts():
        key = log.activity[part.first : part.last].astype(np.int64)
        if n_groups > 1 or groups.max(initial=0) > 0:
            key += groups[log.customers_of(part)] * n_activities
        key *= n_values
        key += log.rating[part.first : part.last]
        counts += np.bincount(key, minlength=counts.size)
    return counts.reshape(shape)[:-1]


def follow_sums(log: EventArrays, n_activities: int) -> Follows:
    """Return the pairs that follow each other directly within a path."""
    n_pairs = n_activities * n_activities
    n = np.zeros(n_pairs, dtype=np.int64)
    people = np.zeros(n_pairs, dtype=np.int64)
    most = max(len(log.time) - log.n_units, 0)
    pairs = np.empty(most, dtype=np.int64)
    gaps = np.empty(most, dtype=np.int64)
    filled = 0
    for part in log.parts():
        who = log.customers_of(part)
        units = who if log.customers is None else log.units_of(part)
        follows = units[1:] == units[:-1]
        what = log.activity[part.first : part.last].astype(np.int64)
        pair = (what[:-1] * n_activities + what[1:])[follows]
        time = log.time[part.first : part.last]
        end = filled + len(pair)
        pairs[filled:end] = pair
        gaps[filled:end] = (time[1:] - time[:-1])[follows]
        filled = end
        n += np.bincount(pair, minlength=n_pairs)
        met = _distinct(who[1:][follows].astype(np.int64) * n_pairs + pair)
        met %= n_pairs
        people += np.bincount(met, minlength=n_pairs)
    there = np.flatnonzero(n)
    median = _medians(pairs, gaps, n[there])
    source, target = np.divmod(there, n_activities)
    return Follows(source, target, n[there], people[there], median)


def _medians(
    pairs: NDArray[np.int64], gaps: NDArray[np.int64], n: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return the median gap of each pair; *n* counts the gaps of each, by pair."""
    if not len(n):
        return np.empty(0)
    span = int(gaps.max()) + 1
    if (int(pairs.max()) + 1) * span < _MOST_KEY:
        pairs *= span  # packed and sorted as values: places are not needed
        pairs += gaps
        pairs.sort()
        gaps = pairs
    else:
        span = 0
        gaps = gaps[np.lexsort((gaps, pairs))]
    first = np.cumsum(n) - n
    low, high = gaps[first + (n - 1) // 2], gaps[first + n // 2]
    if span:
        low, high = low % span, high % span
    median: NDArray[np.float64] = (low + high) / 2
    return median


def reached_at(
    log: EventArrays, steps: Sequence[NDArray[np.bool_]]
) -> list[NDArray[np.int64]]:
    """Return where each path reached each step in order; -1 where it did not.

    A step is reached by the first of its events after the step before was reached; what
    lies between does not matter, so that who leaves and comes back goes on.
    """
    ends = log.starts[1:]
    at = log.starts[:-1] - 1
    alive = np.ones(log.n_units, dtype=bool)
    found = []
    for in_step in steps:
        events = np.flatnonzero(in_step[log.activity])
        events = np.append(events, len(log.activity))
        place = events[np.searchsorted(events, at + 1)]
        alive = alive & (place < ends)
        at = np.where(alive, place, at)
        found.append(np.where(alive, at, -1))
    return found


def _distinct(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each key once, in order; *keys* is sorted in place."""
    keys.sort()
    first = np.ones(len(keys), dtype=bool)
    np.not_equal(keys[1:], keys[:-1], out=first[1:])
    return keys[first]
