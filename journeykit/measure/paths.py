"""The map against the paths that customers really take.

Five kinds of differences: steps that nobody takes (missing), that customers pass by
(skipped), that the map lacks (extra), that come in another order (out of order) and
that they return to (loop). Each with the customers it concerns and their share.

Customers who walk the map several times, such as buyers who come back, loop at every
step; read their events by session, or one purchase at a time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.activity_names import (
    MATCH_COLUMNS,
    check_touchpoints,
    propose_matches,
)
from journeykit.measure.events_estimates import (
    ESTIMATE_COLUMNS,
    estimate,
    estimate_table,
    share,
)
from journeykit.measure.events_source import Events
from journeykit.measure.events_table import as_events
from journeykit.measure.groups import survey_column
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.events_source import Paths

__all__ = [
    "DIFFERENCE_COLUMNS",
    "MATCH_COLUMNS",
    "Difference",
    "map_against_paths",
    "propose_matches",
]

Difference = Literal["missing", "skipped", "extra", "out of order", "loop"]

DIFFERENCE_COLUMNS = (
    *("difference", "touchpoint", "name", "other", "other_name", "activity"),
    *("n_customers", "n_times"),
    *ESTIMATE_COLUMNS,
)
"""Columns of :func:`map_against_paths`, in order."""

_PART_PATHS = 100_000
_UNMATCHED = "no activity is matched to it"


def map_against_paths(
    events: pd.DataFrame | Events,
    touchpoints: pd.DataFrame,
    matches: Mapping[str, str] | None = None,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return where the map and the paths of customers differ.

    Parameters
    ----------
    events
        A table of events, or what was read. Paths are customers' (sessions' if the
        events were read by session).
    touchpoints
        ``touchpoint`` (id) and ``name`` in the order of the map; an optional whole
        number ``place`` says that touchpoints with the same number stand side by side,
        so that their order does not matter.
    matches
        Activity to touchpoint, as people confirmed it; None takes it from the column
        ``touchpoint`` of the table (of opened events, the activities then are ids),
        where touchpoints of other maps are extra.
    minimum
        Fewest customers of which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each difference, the most frequent of its kind first:
        ``difference``; ``touchpoint`` and ``name``; ``other`` and ``other_name`` (out
        of order: what stands *later* on the map and came first); ``activity`` (extra:
        what the map lacks); ``n_customers`` (whom it concerns), ``n_times`` (loops:
        returns; extra: events; else equal to ``n_customers``); ``value`` (share, 0 to
        1), ``low``, ``high`` (Wilson), ``n``, ``n_left_out``, ``reliability``,
        ``left_out``. The share is

        - ``missing``: customers at the touchpoint / all, so 0; not measured if no
          activity is matched to it;
        - ``skipped``: customers who were at a later touchpoint of the map, but never at
          this / customers at a later touchpoint;
        - ``extra``: customers with the activity / all;
        - ``out of order``: customers whose first visit of *other* came before their
          first of *touchpoint* / customers who visited both;
        - ``loop``: customers who came back after another touchpoint / customers at it.

    Raises
    ------
    UnknownNameError
        If a column is not there, or a match names no touchpoint.
    InputError
        If a touchpoint stands twice, an activity has two, or an option is out of range.

    Examples
    --------
    >>> did = ["pay", "cart", "x"]
    >>> table = pd.DataFrame({"customer": list("aab"), "activity": did})
    >>> table["time"] = pd.to_datetime(["2026-03-01", "2026-03-02", "2026-03-01"])
    >>> steps = pd.DataFrame({"touchpoint": ["t1", "t2"], "name": ["Cart", "Payment"]})
    >>> found = map_against_paths(table, steps, {"cart": "t1", "pay": "t2"})
    >>> found[["difference", "n_customers"]].to_dict("list")
    {'difference': ['extra', 'out of order'], 'n_customers': [1, 1]}
    """
    check_options(minimum, level)
    check_touchpoints(touchpoints, matches)
    places = _places(touchpoints)
    if matches is None:
        told = _from_table(events)
        matches = {name: one for name, one in told.items() if one in places}
    log = as_events(events)
    walked = _Walked(log.paths(), places, matches)
    return _Differences(walked, touchpoints, minimum, level).table()


def _from_table(events: pd.DataFrame | Events) -> dict[str, str]:
    """Return the touchpoint of each activity as the events themselves say."""
    if isinstance(events, Events):
        return {name: name for name in events.activities}
    pairs = pd.DataFrame(
        {name: survey_column(events, name) for name in ("activity", "touchpoint")}
    )
    pairs = pairs.dropna().drop_duplicates().astype("str")
    twice = pairs[pairs["activity"].duplicated()]
    if len(twice):
        raise InputError(
            f"one touchpoint for each activity was expected, {twice.iloc[0, 0]!r} has "
            "several",
            "column touchpoint",
        )
    return dict(zip(pairs["activity"], pairs["touchpoint"], strict=True))


def _places(touchpoints: pd.DataFrame) -> dict[str, int]:
    """Return the place of each touchpoint on the map; equal ones stand side by side."""
    ids = [str(one) for one in touchpoints["touchpoint"]]
    if "place" not in touchpoints.columns:
        return {one: place for place, one in enumerate(ids)}
    places = survey_column(touchpoints, "place")
    if not pd.api.types.is_integer_dtype(places.dtype) or places.isna().any():
        raise InputError("whole numbers were expected", "column place")
    return dict(zip(ids, places.tolist(), strict=True))


class _Walked:
    """What was counted along the paths.

    Parameters
    ----------
    paths
        Different paths and how many took each.
    places
        Place of each touchpoint on the map, in the order of the table.
    matches
        Activity to touchpoint.
    """

    def __init__(
        self, paths: Paths, places: Mapping[str, int], matches: Mapping[str, str]
    ) -> None:
        ids = list(places)
        self.place = np.array(list(places.values()), dtype=np.int64)
        self.n = int(paths.counts.sum())
        self.names = paths.names
        self.matched = np.zeros(len(ids), dtype=bool)
        which = np.full(len(paths.names) + 1, -1)
        for code, name in enumerate(paths.names):
            if name in matches:
                which[code] = ids.index(matches[name])
        self.matched[[ids.index(one) for one in matches.values()]] = True
        size = len(ids)
        self.at = np.zeros(size, dtype=np.int64)
        self.later = np.zeros(size, dtype=np.int64)
        self.skipped = np.zeros(size, dtype=np.int64)
        self.loops = np.zeros(size, dtype=np.int64)
        self.returns = np.zeros(size, dtype=np.int64)
        self.both = np.zeros((size, size), dtype=np.int64)
        self.before = np.zeros((size, size), dtype=np.int64)
        self.extra = np.zeros(len(paths.names), dtype=np.int64)
        self.extra_times = np.zeros(len(paths.names), dtype=np.int64)
        for first in range(0, len(paths), _PART_PATHS):
            last = min(first + _PART_PATHS, len(paths))
            self._add(paths, slice(first, last), which)

    def _add(self, paths: Paths, part: slice, which: NDArray[np.int64]) -> None:
        """Count some of the paths."""
        starts = paths.starts[part.start : part.stop + 1]
        codes = paths.codes[starts[0] : starts[-1]]
        counts = paths.counts[part]
        path = np.repeat(np.arange(len(counts)), np.diff(starts))
        step = which[codes]
        self._add_extra(path[step < 0], codes[step < 0], counts)
        path, step = path[step >= 0], step[step >= 0]
        size = len(self.place)
        first = np.full((len(counts), size), np.iinfo(np.int64).max)
        np.minimum.at(first, (path, step), np.arange(len(step)))
        there = first < np.iinfo(np.int64).max
        self.at += counts @ there
        for one in range(size):
            later = there[:, self.place > self.place[one]].any(axis=1)
            self.later[one] += counts @ later
            self.skipped[one] += counts @ (later & ~there[:, one])
            both = there & there[:, [one]]
            self.both[one] += counts @ both
            self.before[one] += counts @ (both & (first < first[:, [one]]))
        begins = np.ones(len(step), dtype=bool)
        begins[1:] = (step[1:] != step[:-1]) | (path[1:] != path[:-1])
        runs = np.bincount(path[begins] * size + step[begins], minlength=there.size)
        again = np.maximum(runs.reshape(there.shape) - 1, 0)
        self.loops += counts @ (again > 0)
        self.returns += counts @ again

    def _add_extra(
        self,
        path: NDArray[np.int64],
        codes: NDArray[np.int64],
        counts: NDArray[np.int64],
    ) -> None:
        np.add.at(self.extra_times, codes, counts[path])
        pairs = np.unique(path * len(self.names) + codes)
        path, codes = np.divmod(pairs, max(len(self.names), 1))
        np.add.at(self.extra, codes, counts[path])


class _Differences:
    """The rows of the table of differences."""

    def __init__(
        self, walked: _Walked, touchpoints: pd.DataFrame, minimum: int, level: float
    ) -> None:
        self.walked, self.minimum, self.level = walked, minimum, level
        self.ids = [str(one) for one in touchpoints["touchpoint"]]
        self.names = [str(one) for one in touchpoints["name"]]

    def table(self) -> pd.DataFrame:
        """Return all of them."""
        kinds = (self._missing, self._skipped, self._extra, self._pairs, self._loops)
        rows = [row for kind in kinds for row in kind()]
        types = dict.fromkeys(DIFFERENCE_COLUMNS[:6], "object")
        types |= {"difference": "str", "n_customers": "int64", "n_times": "int64"}
        return estimate_table(rows, types)

    def _row(
        self,
        difference: Difference,
        count: int,
        n: int,
        *,
        one: int | None = None,
        other: int | None = None,
        activity: str | None = None,
        n_times: int | None = None,
        left_out: Mapping[str, int] | None = None,
    ) -> dict[str, object]:
        found = share(
            "", count, n, left_out=left_out, minimum=self.minimum, level=self.level
        )
        return {
            "difference": difference,
            "touchpoint": None if one is None else self.ids[one],
            "name": None if one is None else self.names[one],
            "other": None if other is None else self.ids[other],
            "other_name": None if other is None else self.names[other],
            "activity": activity,
            "n_customers": count,
            "n_times": count if n_times is None else n_times,
            **estimate(found),
        }

    def _missing(self) -> list[dict[str, object]]:
        rows = []
        for one in np.flatnonzero(self.walked.at == 0).tolist():
            if self.walked.matched[one]:
                rows.append(self._row("missing", 0, self.walked.n, one=one))
            else:
                left_out = {_UNMATCHED: self.walked.n}
                rows.append(self._row("missing", 0, 0, one=one, left_out=left_out))
        return rows

    def _skipped(self) -> list[dict[str, object]]:
        counts = np.where(self.walked.at > 0, self.walked.skipped, 0)
        return [
            self._row(
                "skipped", counts[one].item(), int(self.walked.later[one]), one=one
            )
            for one in _frequent(counts)
        ]

    def _extra(self) -> list[dict[str, object]]:
        counts, times = self.walked.extra, self.walked.extra_times
        return [
            self._row(
                "extra",
                counts[code].item(),
                self.walked.n,
                activity=self.walked.names[code],
                n_times=times[code].item(),
            )
            for code in _frequent(counts)
        ]

    def _pairs(self) -> list[dict[str, object]]:
        place = self.walked.place
        # Row: the earlier on the map. Column: what came before it.
        counts = np.where(place[None, :] > place[:, None], self.walked.before, 0)
        rows = []
        for flat in _frequent(counts.ravel()):
            one, other = divmod(flat, len(place))
            n = int(self.walked.both[one, other])
            count = counts[one, other].item()
            rows.append(self._row("out of order", count, n, one=one, other=other))
        return rows

    def _loops(self) -> list[dict[str, object]]:
        counts, times = self.walked.loops, self.walked.returns
        return [
            self._row(
                "loop",
                counts[one].item(),
                int(self.walked.at[one]),
                one=one,
                n_times=times[one].item(),
            )
            for one in _frequent(counts)
        ]


def _frequent(counts: NDArray[np.int64]) -> list[int]:
    """Return the places with a count, the highest first."""
    order = np.argsort(-counts, kind="stable")
    found: list[int] = order[counts[order] > 0].tolist()
    return found
