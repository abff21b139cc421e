"""What an event log says: how often, how satisfied, which way, where people leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from journeykit.measure.events_counts import (
    engagement,
    event_counts,
    event_satisfaction,
)
from journeykit.measure.events_estimates import estimate, estimate_table, share
from journeykit.measure.events_funnels import conversion_rate, funnel, times_between
from journeykit.measure.events_table import read_events
from journeykit.measure.events_variants import path_tree, transitions, variants
from journeykit.measure.incidents import find_incidents
from journeykit.measure.paths import map_against_paths
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.measure.summary import Summary
from journeykit.model.survey import Scale

__all__ = ["event_summary"]

_MOST_TABLE = 500


def event_summary(
    events: pd.DataFrame,
    touchpoints: Mapping[str, str] | None = None,
    *,
    stages: Mapping[str, Sequence[str]] | None = None,
    scale: Scale | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Summary:
    """Return counts, satisfaction, ways, funnel and times between touchpoints.

    Parameters
    ----------
    events
        As :func:`journeykit.exchange.events.read_events` gives them; ``touchpoint``
        says which activities are touchpoints of the map.
    touchpoints
        Id to name of the map's touchpoints in their order: the steps of the funnel.
    stages
        Stage to its touchpoints, for the share of customers who were there at all.
    scale
        The declared scale of the ratings; None: they are not scored.
    minimum
        Fewest customers or ratings that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    Summary
        Result ``conversion_rate`` (last touchpoint of the map in order, of the first);
        tables ``counts``, ``transitions``, ``variants``, ``path_tree``,
        ``satisfaction`` and, for what is matched to the map, ``reach``, ``funnel``,
        ``times_between``, ``engagement``, ``touchpoint_satisfaction``,
        ``map_against_paths``; ``incidents`` (stretches of days in which something was
        significantly worse).

    Raises
    ------
    UnknownNameError, TableError, InputError
        As :func:`journeykit.measure.events_table.read_events`.
    """
    # Any: the keywords that every measure below takes
    shown: dict[str, Any] = {"minimum": minimum, "level": level}
    log = read_events(events)
    by_persona = "persona" in events.columns
    tables = {
        "counts": event_counts(log, by_persona=by_persona, **shown),
        "transitions": transitions(log, **shown).head(_MOST_TABLE),
        "variants": variants(log, **shown),
        "path_tree": path_tree(log, **shown),
    }
    incidents = find_incidents(log, scale=scale, **shown)
    tables["incidents"] = incidents.found
    results: dict[str, Result] = {}
    notes = list(log.totals.notes)
    is_rated = scale is not None and log.has_ratings
    if scale is not None and is_rated:
        tables["satisfaction"] = event_satisfaction(log, scale, **shown)
    if "touchpoint" not in events.columns or events["touchpoint"].isna().all():
        notes.append("No activity is matched to a touchpoint of the map yet.")
        return Summary(results, tables, tuple(notes))
    placed = read_events(events, of="touchpoint")
    names = touchpoints or {}
    on_map = [one for one in names if one in set(placed.activities)]
    tables["reach"] = _reach(events, list(names), minimum, level)
    steps = pd.DataFrame({"touchpoint": list(names), "name": list(names.values())})
    tables["map_against_paths"] = map_against_paths(events, steps, **shown)
    if scale is not None and is_rated:
        rated = event_satisfaction(placed, scale, by_persona=by_persona, **shown)
        tables["touchpoint_satisfaction"] = rated
    if len(on_map) >= 2:
        results["conversion_rate"] = conversion_rate(placed, on_map, **shown)
        tables["funnel"] = funnel(placed, on_map, by_persona=by_persona, **shown)
        tables["times_between"] = times_between(placed, on_map, **shown)
    known = {
        stage: [one for one in there if one in on_map]
        for stage, there in (stages or {}).items()
    }
    known = {stage: there for stage, there in known.items() if there}
    if known:
        tables["engagement"] = engagement(placed, known, **shown)
    return Summary(results, tables, tuple(notes))


def _reach(
    events: pd.DataFrame, touchpoints: Sequence[str], minimum: int, level: float
) -> pd.DataFrame:
    """Return the share of customers seen at each touchpoint, and at what the map lacks.

    Columns ``touchpoint`` (None for an activity that the map lacks), ``activity`` and
    the estimate.
    """
    seen = events.dropna(subset=["customer"])
    n = int(seen["customer"].nunique())
    there = seen.groupby("touchpoint")["customer"].nunique().to_dict()
    lacking = seen[seen["touchpoint"].isna()]
    elsewhere = lacking.groupby("activity")["customer"].nunique().to_dict()
    rows: list[dict[str, object]] = []
    places: list[tuple[str | None, str | None, int]] = [
        (one, None, int(there.get(one, 0))) for one in touchpoints
    ]
    places += [(None, str(name), int(count)) for name, count in elsewhere.items()]
    for touchpoint, activity, count in places:
        found = share("reach_rate", count, n, left_out={}, minimum=minimum, level=level)
        row = {"touchpoint": touchpoint, "activity": activity}
        rows.append({**row, **estimate(found)})
    return estimate_table(rows, {"touchpoint": "object", "activity": "object"})
