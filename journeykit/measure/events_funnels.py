"""Who goes on from step to step, who does not, and how long it takes.

A step is reached in order: by one of its events after the step before was reached.
What lies between does not matter. Who leaves and comes back goes on where they were
(re-entry), and each path counts once, with the furthest step; read the events with
``unit="session"`` if every visit is to count by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from journeykit.measure.events_estimates import (
    ESTIMATE_COLUMNS,
    estimate,
    estimate_table,
    groups_of,
    share,
    summed,
)
from journeykit.measure.events_source import named_steps
from journeykit.measure.events_table import as_events
from journeykit.measure.medians import median_ranks, quantile, quantile_places
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.events_source import Events, Steps

__all__ = [
    "FUNNEL_COLUMNS",
    "TIME_COLUMNS",
    "conversion_rate",
    "drop_off_rate",
    "funnel",
    "times_between",
]

FUNNEL_COLUMNS = (
    *("group", "place", "step", "n_reached", "definition"),
    *ESTIMATE_COLUMNS,
)
"""Columns of :func:`funnel`, in order."""

TIME_COLUMNS = (
    *("source", "target", "first_quartile", "third_quartile"),
    *ESTIMATE_COLUMNS,
)
"""Columns of :func:`times_between`, in order."""

_QUARTILES = (0.25, 0.5, 0.75)
_NOT_FIRST = "did not reach the first step"
_NOT_BEFORE = "did not reach the step before"
_NOT_ON = "did not go on"


def funnel(
    events: pd.DataFrame | Events,
    steps: Steps,
    *,
    by_persona: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how many reach each step in order, and how many drop off before it.

    Parameters
    ----------
    events
        A table or what was read; people walk the funnel, or sessions if it was read by
        session.
    steps
        Activities in order. Several in one place count as one step:
        ``["cart", ("card", "invoice")]``; or name to activities.
    by_persona
        Whether each persona has rows of its own below those of all.
    minimum
        Fewest people (sessions) of which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        For each group and step a row of ``conversion_rate`` (those who reached it in
        order / those who reached the *first* step) and, from the second step on, one of
        ``drop_off_rate`` (1 - those who reached it / those who reached the step
        *before*): ``group`` (None: all), ``place`` (of the step, from 1), ``step``
        (name), ``n_reached``, ``definition``, ``value`` (0 to 1), ``low``, ``high``
        (Wilson), ``n`` (the denominator), ``n_left_out``, ``reliability``,
        ``left_out``.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log; the nearest is offered.
    InputError
        If there are fewer than two steps, or an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> people, did = list("aabbccddee"), ["x", "y"] * 5
    >>> table = pd.DataFrame({"customer": people, "activity": did})
    >>> table["time"] = pd.to_datetime("2026-03-01")
    >>> found = funnel(table, ["x", "y"])
    >>> found[["step", "definition", "value"]].to_dict("records")[2]
    {'step': 'y', 'definition': 'drop_off_rate', 'value': 0.0}
    """
    check_options(minimum, level)
    log = as_events(events)
    named = named_steps(steps, log.activities, fewest=2)
    both = [False, True] if by_persona else [False]
    tables = [log.step_sums(list(named.values()), by_persona=each) for each in both]
    reached = summed(tables, "step", "n")
    sizes: dict[str | None, int] = {}
    for each in both:
        table = log.group_sums(by_persona=each)
        sizes |= dict(zip(table["persona"], table["n_units"].tolist(), strict=True))
    rows = []
    for group in groups_of(log, by_persona=by_persona):
        counts = [reached.get((group, place), 0) for place in range(len(named))]
        for place, name in enumerate(named):
            row = {"group": group, "place": place + 1, "step": name}
            row["n_reached"] = counts[place]
            for result in _step_results(
                counts[: place + 1], sizes[group], minimum, level
            ):
                row["definition"] = result.definition
                rows.append({**row, **estimate(result)})
    types = {"group": "object", "place": "int64", "step": "str", "n_reached": "int64"}
    return estimate_table(rows, {**types, "definition": "str"})


def _step_results(
    counts: Sequence[int], n_paths: int, minimum: int, level: float
) -> list[Result]:
    """Return the rates of the last step of these; *counts* reached each."""
    asked = {"conversion_rate": (counts[-1], counts[0], _NOT_FIRST)}
    if len(counts) > 1:
        before = counts[-2]
        asked["drop_off_rate"] = (before - counts[-1], before, _NOT_BEFORE)
    return [
        share(key, n, of, left_out={why: n_paths - of}, minimum=minimum, level=level)
        for key, (n, of, why) in asked.items()
    ]


def conversion_rate(
    events: pd.DataFrame | Events,
    steps: Steps,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of those at the first step who reach the last in order.

    Parameters
    ----------
    events, steps, minimum, level
        As in :func:`funnel`.

    Returns
    -------
    Result
        Reached the last step in order / reached the first step, 0 to 1.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log.
    InputError
        If there are fewer than two steps, or an option is out of range.
    """
    return _last_rates(events, steps, minimum, level)[0]


def drop_off_rate(
    events: pd.DataFrame | Events,
    steps: Steps,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of those at the last step but one who do not reach the last.

    Parameters
    ----------
    events, steps, minimum, level
        As in :func:`funnel`; of two steps, it is who drops off between them.

    Returns
    -------
    Result
        1 - reached the last step in order / reached the step before, 0 to 1.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log.
    InputError
        If there are fewer than two steps, or an option is out of range.
    """
    return _last_rates(events, steps, minimum, level)[1]


def _last_rates(
    events: pd.DataFrame | Events, steps: Steps, minimum: int, level: float
) -> list[Result]:
    check_options(minimum, level)
    log = as_events(events)
    named = named_steps(steps, log.activities, fewest=2)
    sums = log.step_sums(list(named.values()), by_persona=False)
    reached = dict(zip(sums["step"].tolist(), sums["n"].tolist(), strict=True))
    counts = [reached.get(place, 0) for place in range(len(named))]
    return _step_results(counts, log.totals.n_units, minimum, level)


def times_between(
    events: pd.DataFrame | Events,
    steps: Steps,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how long it takes from each step to the next, in seconds.

    Parameters
    ----------
    events, steps, minimum, level
        As in :func:`funnel`. The time runs from where a step was reached in order to
        where the next was.

    Returns
    -------
    pandas.DataFrame
        A row for each pair of steps: ``source``, ``target``, ``first_quartile``,
        ``third_quartile``, ``value`` (the median), ``low``, ``high`` (interval of the
        median by order statistics), all in seconds; ``n`` (those who reached both),
        ``n_left_out``, ``reliability``, ``left_out`` (those who reached the first
        only).

    Raises
    ------
    UnknownNameError
        If an activity is not in the log.
    InputError
        If there are fewer than two steps, or an option is out of range.

    Notes
    -----
    Quartiles lie between neighbours in a straight line, as in numpy. From five times
    the interval runs from the least to the greatest and covers 94 %.
    """
    check_options(minimum, level)
    log = as_events(events)
    named = named_steps(steps, log.activities, fewest=2)

    def wanted(n: int) -> list[int]:
        if not n:
            return []
        places = {at for part in _QUARTILES for at in quantile_places(n, part)}
        return sorted(places | set(median_ranks(n, level)))

    chosen = list(named.values())
    found = log.gaps(chosen, wanted)
    sums = log.step_sums(chosen, by_persona=False)
    reached = dict(zip(sums["step"].tolist(), sums["n"].tolist(), strict=True))
    rows = []
    for place, ((source, target), gaps) in enumerate(
        zip(pairwise(named), found, strict=True)
    ):
        left_out = {_NOT_ON: reached.get(place, 0) - gaps.n}
        left_out = {why: n for why, n in left_out.items() if n}
        low_quartile, middle, high_quartile, low, high = (None,) * 5
        if gaps.n >= minimum:
            low_quartile, middle, high_quartile = (
                quantile(gaps.n, gaps.at, part) / 1e6 for part in _QUARTILES
            )
            low, high = (gaps.at[at] / 1e6 for at in median_ranks(gaps.n, level))
        result = Result("", middle, low, high, gaps.n, left_out, None, level, minimum)
        row = {"source": source, "target": target, "first_quartile": low_quartile}
        rows.append({**row, "third_quartile": high_quartile, **estimate(result)})
    types = {"source": "str", "target": "str"}
    types |= {"first_quartile": "float64", "third_quartile": "float64"}
    return estimate_table(rows, types)
