"""How often each activity happens, to how many, and how satisfied they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError
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
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.measure.satisfaction import (
    customer_satisfaction_score,
    mean_satisfaction,
)

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.events_source import Events
    from journeykit.model.survey import Scale

__all__ = [
    "COUNT_COLUMNS",
    "ENGAGEMENT_COLUMNS",
    "SATISFACTION_COLUMNS",
    "engagement",
    "engagement_rate",
    "event_counts",
    "event_satisfaction",
]

COUNT_COLUMNS = ("group", "activity", "n_events", "n_customers", *ESTIMATE_COLUMNS)
"""Columns of :func:`event_counts`, in order."""

ENGAGEMENT_COLUMNS = ("group", "stage", "n_events", "n_customers", *ESTIMATE_COLUMNS)
"""Columns of :func:`engagement`, in order."""

SATISFACTION_COLUMNS = ("definition", "activity", "group", *ESTIMATE_COLUMNS)
"""Columns of :func:`event_satisfaction`, in order."""

_SCORES = {
    "customer_satisfaction_score": customer_satisfaction_score,
    "mean_satisfaction": mean_satisfaction,
}


def event_counts(
    events: pd.DataFrame | Events,
    *,
    by_persona: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how often each activity happens, and to which share of the customers.

    Parameters
    ----------
    events
        A table (see :func:`journeykit.measure.events.read_events`) or what was read.
    by_persona
        Whether each persona has rows of its own below those of all.
    minimum
        Fewest customers for which a share is shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row for each group and activity, the most frequent first: ``group`` (None:
        all), ``activity``, ``n_events``, ``n_customers`` (who had it), ``value``
        (``engagement_rate``: share of the customers of the group, 0 to 1), ``low``,
        ``high`` (Wilson), ``n`` (customers of the group), ``n_left_out``,
        ``reliability``, ``left_out``.

    Raises
    ------
    InputError
        If an option is out of range.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"customer": list("aab"), "activity": ["x", "x", "y"]})
    >>> table["time"] = pd.to_datetime("2026-03-01")
    >>> event_counts(table)[["activity", "n_events", "n_customers"]].to_dict("list")
    {'activity': ['x', 'y'], 'n_events': [2, 1], 'n_customers': [1, 1]}
    """
    check_options(minimum, level)
    log = as_events(events)
    both = [False, True] if by_persona else [False]
    tables = [log.activity_sums(by_persona=each) for each in both]
    sizes = _sizes(log, both)
    people = summed(tables, "activity", "n_customers")
    happened = summed(tables, "activity", "n_events")
    place = {group: at for at, group in enumerate(groups_of(log, by_persona=True))}
    order = sorted(happened, key=lambda key: (place[key[0]], -happened[key], key[1]))
    rows = []
    for key in order:
        group, activity = key
        result = share(
            "engagement_rate", people[key], sizes[group], minimum=minimum, level=level
        )
        row = {"group": group, "activity": activity, "n_events": happened[key]}
        rows.append({**row, "n_customers": people[key], **estimate(result)})
    return estimate_table(rows, _types("activity"))


def engagement(
    events: pd.DataFrame | Events,
    stages: Mapping[str, str | Sequence[str]],
    *,
    by_persona: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return which share of the customers has any event in each stage.

    Parameters
    ----------
    events
        A table or what was read.
    stages
        Name of a stage to its activities, in order.
    by_persona, minimum, level
        As in :func:`event_counts`.

    Returns
    -------
    pandas.DataFrame
        A row for each group and stage in the order given: ``group``, ``stage``,
        ``n_events``, ``n_customers``, ``value`` (``engagement_rate``: customers with an
        event in the stage / customers of the group with any event), ``low``, ``high``,
        ``n``, ``n_left_out``, ``reliability``, ``left_out``.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log; the nearest is offered.
    InputError
        If an option is out of range.
    """
    check_options(minimum, level)
    log = as_events(events)
    named = named_steps(stages, log.activities, what="stage")
    both = [False, True] if by_persona else [False]
    tables = [log.stage_sums(list(named.values()), by_persona=each) for each in both]
    sizes = _sizes(log, both)
    happened = summed(tables, "stage", "n_events")
    people = summed(tables, "stage", "n_customers")
    rows = []
    for group in groups_of(log, by_persona=by_persona):
        for place, name in enumerate(named):
            n_customers = people.get((group, place), 0)
            result = share(
                "engagement_rate",
                n_customers,
                sizes[group],
                minimum=minimum,
                level=level,
            )
            row = {"group": group, "stage": name, "n_customers": n_customers}
            row["n_events"] = happened.get((group, place), 0)
            rows.append({**row, **estimate(result)})
    return estimate_table(rows, _types("stage"))


def engagement_rate(
    events: pd.DataFrame | Events,
    activities: Sequence[str],
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of the customers who had any of these activities.

    Parameters
    ----------
    events
        A table or what was read.
    activities
        Those of a stage.
    minimum, level
        As in :func:`event_counts`.

    Returns
    -------
    Result
        Customers with an event of *activities* / customers with any event, 0 to 1.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log.
    InputError
        If an option is out of range.
    """
    check_options(minimum, level)
    log = as_events(events)
    named = named_steps({"stage": activities}, log.activities, what="stage")
    sums = log.stage_sums(list(named.values()), by_persona=False)
    count = int(sums["n_customers"].sum())
    n = log.totals.n_customers
    return share("engagement_rate", count, n, minimum=minimum, level=level)


def event_satisfaction(
    events: pd.DataFrame | Events,
    scale: Scale,
    *,
    by_persona: bool = False,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how satisfied customers are with each activity.

    Parameters
    ----------
    events
        A table with ``rating``, or what was read of one.
    scale
        The declared scale of the ratings.
    by_persona, minimum, level
        As in :func:`event_counts`; *minimum* counts ratings.

    Returns
    -------
    pandas.DataFrame
        For each group and activity a row of ``customer_satisfaction_score`` and one of
        ``mean_satisfaction`` (on 1 to 5): ``definition``, ``activity``, ``group``,
        ``value``, ``low``, ``high``, ``n`` (ratings), ``n_left_out`` (events without
        one), ``reliability``, ``left_out``. An activity that nobody rated is "not
        measured". Ratings are taken as independent; where few customers gave many, the
        intervals are too narrow.

    Raises
    ------
    InputError
        If the log has no ratings, or an option is out of range.
    """
    check_options(minimum, level)
    log = as_events(events)
    if not log.has_ratings:
        raise InputError(
            "a column of ratings was expected, and these events have none",
            mend="Name the column of the ratings in the mapping",
        )
    both = [False, True] if by_persona else [False]
    tables = [log.rating_sums(by_persona=each) for each in both]
    answers: dict[tuple[object, object], dict[object, int]] = {}
    for table in tables:
        for group, activity, rating, n in zip(
            *(table[name] for name in ("persona", "activity", "rating", "n")),
            strict=True,
        ):
            cell: object = "" if np.isnan(rating) else float(rating)
            answers.setdefault((group, activity), {})[cell] = int(n)
    rows = []
    for group in groups_of(log, by_persona=by_persona):
        for activity in log.activities:
            if (group, activity) not in answers:
                continue
            counts = answers[group, activity]
            for key, score in _SCORES.items():
                result = score(counts, scale, minimum=minimum, level=level)
                row = {"definition": key, "activity": activity, "group": group}
                rows.append({**row, **estimate(_worded(result))})
    types = {"definition": "str", "activity": "str", "group": "object"}
    return estimate_table(rows, types)


def _worded(result: Result) -> Result:
    """Return the result with "no rating" for events that were not rated."""
    left_out = {
        "no rating" if why == "empty" else why: n for why, n in result.left_out.items()
    }
    parts = (result.value, result.low, result.high, result.n, left_out)
    rest = (None, result.level, result.minimum, result.note)
    return Result(result.definition, *parts, *rest)


def _sizes(log: Events, both: Sequence[bool]) -> dict[str | None, int]:
    """Return how many customers each group has."""
    sizes: dict[str | None, int] = {}
    for each in both:
        table = log.group_sums(by_persona=each)
        sizes |= dict(zip(table["persona"], table["n_customers"].tolist(), strict=True))
    return sizes


def _types(what: str) -> dict[str, str]:
    return {"group": "object", what: "str", "n_events": "int64", "n_customers": "int64"}
