"""What follows what: transitions with their gaps, whole paths, and the tree of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.measure.events_estimates import (
    ESTIMATE_COLUMNS,
    estimate,
    estimate_table,
    share,
)
from journeykit.measure.events_table import as_events
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.events_source import Events, Paths

__all__ = [
    "PATH_TREE_COLUMNS",
    "TRANSITION_COLUMNS",
    "VARIANT_COLUMNS",
    "path_tree",
    "transitions",
    "variants",
]

TRANSITION_COLUMNS = (
    *("source", "target", "n_times", "n_customers", "median_gap_seconds"),
    *ESTIMATE_COLUMNS,
)
"""Columns of :func:`transitions`, in order."""

VARIANT_COLUMNS = ("path", "n_steps", "n_paths", *ESTIMATE_COLUMNS)
"""Columns of :func:`variants`, in order."""

PATH_TREE_COLUMNS = (
    *("path", "depth", "activity", "n_reached", "n_ended", "share_of_all"),
    *ESTIMATE_COLUMNS,
)
"""Columns of :func:`path_tree`, in order."""


def transitions(
    events: pd.DataFrame | Events,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return which activity follows which directly, how often and after how long.

    Parameters
    ----------
    events
        A table (see :func:`journeykit.measure.events.read_events`) or what was read.
    minimum
        Fewest transitions of which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each pair, the most frequent first: ``source``, ``target``,
        ``n_times``, ``n_customers`` (who did so), ``median_gap_seconds`` (NaN below the
        minimum), ``value`` (share of all transitions from the source, 0 to 1), ``low``,
        ``high`` (Wilson), ``n`` (transitions from the source), ``n_left_out``,
        ``reliability``, ``left_out``. The last event of a path has no transition.

    Raises
    ------
    InputError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"customer": list("aaa"), "activity": ["x", "y", "x"]})
    >>> table["time"] = pd.to_datetime(["2026-03-01", "2026-03-02", "2026-03-03"])
    >>> transitions(table)[["source", "target", "n_times"]].to_dict("list")
    {'source': ['x', 'y'], 'target': ['y', 'x'], 'n_times': [1, 1]}
    """
    check_options(minimum, level)
    sums = as_events(events).follow_sums()
    sums = sums.sort_values(["n", "source", "target"], ascending=[False, True, True])
    leaving = sums.groupby("source")["n"].sum().to_dict()
    names = ("source", "target", "n", "n_customers", "median_us")
    rows = []
    for source, target, n, n_customers, median in zip(
        *(sums[name].tolist() for name in names), strict=True
    ):
        result = share("", n, int(leaving[source]), minimum=minimum, level=level)
        row = {"source": source, "target": target, "n_times": n}
        row |= {"n_customers": n_customers, **estimate(result)}
        rows.append(
            {**row, "median_gap_seconds": median / 1e6 if n >= minimum else None}
        )
    types = {"source": "str", "target": "str", "n_times": "int64"}
    return estimate_table(
        rows, {**types, "n_customers": "int64", "median_gap_seconds": "float64"}
    )


def variants(
    events: pd.DataFrame | Events,
    *,
    most: int = 20,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the most frequent whole paths.

    Parameters
    ----------
    events
        A table or what was read; a path is a person's, or a session's if it was read by
        session.
    most
        How many to return, 1 or more.
    minimum
        Fewest paths of which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each path, the most frequent first, equal ones in the order of their
        names: ``path`` (tuple of activities), ``n_steps``, ``n_paths`` (who took it),
        ``value`` (share of all paths, 0 to 1), ``low``, ``high`` (Wilson), ``n`` (all
        paths), ``n_left_out``, ``reliability``, ``left_out``.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    check_options(minimum, level)
    _check_count("paths", most)
    log = as_events(events)
    paths, n = log.paths(most=most), log.totals.n_units
    rows = []
    for place, count in enumerate(paths.counts.tolist()):
        path = paths.path(place)
        result = share("", count, n, minimum=minimum, level=level)
        row = {"path": path, "n_steps": len(path), "n_paths": count}
        rows.append({**row, **estimate(result)})
    types = {"path": "object", "n_steps": "int64", "n_paths": "int64"}
    return estimate_table(rows, types)


def path_tree(
    events: pd.DataFrame | Events,
    *,
    depth: int = 5,
    most: int = 100,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how paths begin and branch: each beginning with those who took it.

    Parameters
    ----------
    events
        A table or what was read.
    depth
        How many activities of a path are looked at, 1 or more.
    most
        How many beginnings to return, 1 or more: the most frequent, so that whoever
        stands in the table has the beginning before there too.
    minimum
        Fewest paths of which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each beginning, in the order of a tree (a branch below what it grows
        from, the most frequent first): ``path`` (tuple of activities), ``depth``,
        ``activity`` (the last of them), ``n_reached`` (paths that begin so),
        ``n_ended`` (paths that end there), ``share_of_all`` (of all paths), ``value``
        (share of those who got to the beginning before, 0 to 1), ``low``, ``high``
        (Wilson), ``n`` (those who got to the beginning before), ``n_left_out``,
        ``reliability``, ``left_out``.

    Raises
    ------
    InputError
        If an option is out of range.
    """
    check_options(minimum, level)
    _check_count("beginnings", most)
    _check_count("activities", depth)
    log = as_events(events)
    n = log.totals.n_units
    # One activity more tells paths that end at the depth from those that go on.
    paths = log.paths(depth=depth + 1)
    reached, ended = _beginnings(paths, depth)
    chosen = sorted(reached, key=lambda path: (-reached[path], path))[:most]
    rows = []
    for path in _as_tree(chosen, reached):
        before = reached[path[:-1]] if path[:-1] else n
        result = share("", reached[path], before, minimum=minimum, level=level)
        row = {"path": path, "depth": len(path), "activity": path[-1]}
        row |= {"n_reached": reached[path], "n_ended": ended.get(path, 0)}
        rows.append({**row, "share_of_all": reached[path] / n, **estimate(result)})
    types = {"path": "object", "depth": "int64", "activity": "str"}
    types |= {"n_reached": "int64", "n_ended": "int64", "share_of_all": "float64"}
    return estimate_table(rows, types)


_Path = tuple[str, ...]


def _beginnings(paths: Paths, depth: int) -> tuple[dict[_Path, int], dict[_Path, int]]:
    """Return how many paths begin with each beginning, and how many end there."""
    reached: dict[_Path, int] = {}
    ended: dict[_Path, int] = {}
    for place, count in enumerate(paths.counts.tolist()):
        path = paths.path(place)
        for length in range(1, min(len(path), depth) + 1):
            beginning = path[:length]
            reached[beginning] = reached.get(beginning, 0) + count
        if len(path) <= depth:
            ended[path] = ended.get(path, 0) + count
    return reached, ended


def _as_tree(chosen: list[_Path], reached: dict[_Path, int]) -> list[_Path]:
    """Return beginnings so that each stands below the one that it grows from."""

    def place(path: _Path) -> tuple[tuple[int, str], ...]:
        return tuple(
            (-reached[path[:length]], path[length - 1])
            for length in range(1, len(path) + 1)
        )

    return sorted(chosen, key=place)


def _check_count(what: str, number: int) -> None:
    if number < 1:
        raise InputError(f"1 or more {what} were expected, not {number}")
