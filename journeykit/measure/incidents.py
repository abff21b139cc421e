"""Pain points proposed from events: what was worse for a while, where, for whom, when.

A proposal is never taken without a person's yes. Each activity is watched for bad
ratings, for people who leave and for long waits, for all and for each persona; a
stretch of days that stands out is tested against shuffled days, and the p values are
raised for how much was watched. What holds for all is proposed once, what holds for one
persona only is proposed for that persona.

The stretch was chosen because it stands out, so the difference is on the average a
little smaller than it looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.events_log import EventLog
from journeykit.measure.events_table import as_events
from journeykit.measure.incident_choice import Candidate, candidates_of, chosen_of
from journeykit.measure.incident_series import Kind, Series, watched
from journeykit.measure.incident_words import sentence_parts
from journeykit.measure.intervals import Estimate, mean_interval, wilson
from journeykit.measure.medians import median_interval
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.events_source import Events
    from journeykit.model.survey import Scale

__all__ = [
    "INCIDENT_COLUMNS",
    "INCIDENT_KINDS",
    "WATCHED_COLUMNS",
    "Incidents",
    "find_incidents",
]

INCIDENT_KINDS: tuple[Kind, ...] = ("dissatisfaction", "drop-off", "long wait")
"""What is watched."""

INCIDENT_COLUMNS = (
    *("kind", "activity", "persona", "start", "end", "n_days"),
    *("value", "low", "high", "n", "outside", "n_outside", "p", "q"),
    *("what", "when", "measured"),
)
"""Columns of the table of incidents, in order."""

WATCHED_COLUMNS = (
    *("kind", "activity", "persona", "n", "p", "q", "is_tested", "why_not"),
    "patience_days",
)
"""Columns of the table of what was watched, in order."""


class Incidents(NamedTuple):
    """What was found, and what was watched.

    Parameters
    ----------
    found
        A row for each incident: columns :data:`INCIDENT_COLUMNS`.
    watched
        A row for each series: columns :data:`WATCHED_COLUMNS`.
    """

    found: pd.DataFrame
    watched: pd.DataFrame


def find_incidents(
    events: pd.DataFrame | Events,
    *,
    scale: Scale | None = None,
    kinds: Sequence[Kind] = INCIDENT_KINDS,
    limit: float = 0.05,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
    seed: int = 1,
) -> Incidents:
    """Return the stretches of days in which something was significantly worse.

    Parameters
    ----------
    events
        A table of events, or what was read of one (also by DuckDB).
    scale
        The scale of the ratings; None: the highest is the best.
    kinds
        What to watch for, of :data:`INCIDENT_KINDS`.
    limit
        The share of false alarms among the alarms that is put up with, 0 to 1.
    minimum
        Fewest events inside and outside of which numbers are shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.
    seed
        What the shuffling starts from, 0 or more; the same gives the same p values.

    Returns
    -------
    Incidents
        ``found``: a row for each incident, the surest first: ``kind``, ``activity``,
        ``persona`` (None: it holds for all), ``start`` and ``end`` (days, UTC, both
        inclusive), ``n_days``; ``value`` inside the stretch with ``low``, ``high`` and
        ``n`` (events), and ``outside`` with ``n_outside``: mean rating (Student's t);
        share of those who left (Wilson); median seconds until the next step (order
        statistics); ``p``, ``q`` (raised for all that was watched); ``what``, ``when``
        and ``measured``: parts of a sentence in English.

        ``watched``: a row for each series, those of all before those of personas:
        ``kind``, ``activity``, ``persona``, ``n`` (events), ``p`` of its most
        outstanding stretch, ``q``, ``is_tested``, ``why_not``, ``patience_days``
        (somebody for whom nothing follows within so many days has left; NaN where the
        end of the session says it).

    Raises
    ------
    InputError
        If an option is out of range, or the events are in a warehouse.
    UnknownNameError
        If a kind is not known.

    Notes
    -----
    Days are those of UTC. Somebody has left if nothing follows within ten times the
    third quartile of what usually follows the activity; the last days of a log, in
    which that cannot be seen yet, are not looked at.
    """
    check_options(minimum, level)
    if not 0 < limit < 1:
        raise InputError(f"a limit between 0 and 1 was expected, not {limit!r}")
    if seed < 0:
        raise InputError(f"a seed of 0 or more was expected, not {seed!r}")
    for kind in kinds:
        if kind not in INCIDENT_KINDS:
            raise UnknownNameError("kind of incident", kind, INCIDENT_KINDS)
    log = as_events(events)
    if not isinstance(log, EventLog):
        raise InputError(
            "incidents need the events themselves, not their sums in a warehouse",
            mend="Export the events of the period as Parquet and open that",
        )
    low_is_good = scale is not None and scale.best == "lowest"
    every = list(watched(log, tuple(kinds), low_is_good=low_is_good))
    tested = [series for series in every if not series.why_not]
    candidates = candidates_of(tested, limit=limit, seed=seed)
    chosen = chosen_of(candidates, limit=limit, low_is_good=low_is_good)
    rows = [_row(one, minimum, level) for one in sorted(chosen, key=_order)]
    return Incidents(_found_table(rows), _watched_table(every, candidates))


def _order(candidate: Candidate) -> tuple[float, float, int, str, str, str]:
    """Sort by how sure it is, then by what and where."""
    series = candidate.series
    where = (series.kind, series.activity, series.persona or "")
    return (candidate.q, candidate.found.p, candidate.found.first, *where)


def _row(candidate: Candidate, minimum: int, level: float) -> dict[str, object]:
    series, (first, last) = candidate.series, candidate.days
    inside = (series.day >= first) & (series.day <= last)
    start, end = (
        pd.Timestamp(series.first_day + day, unit="D") for day in (first, last)
    )
    values, others = series.value[inside], series.value[~inside]
    value, outside = (
        _estimate(series.kind, part, level) if len(part) >= minimum else None
        for part in (values, others)
    )
    nothing = (None, None, None)
    ends = dict(zip(("value", "low", "high"), value or nothing, strict=True))
    return {
        "kind": series.kind,
        "activity": series.activity,
        "persona": series.persona,
        "start": start,
        "end": end,
        "n_days": last - first + 1,
        **ends,
        "n": len(values),
        "outside": None if outside is None else outside.value,
        "n_outside": len(others),
        "p": candidate.found.p,
        "q": candidate.q,
        **sentence_parts(series, start, end, value, outside),
    }


def _estimate(kind: Kind, values: NDArray[np.float64], level: float) -> Estimate:
    if kind == "dissatisfaction":
        return mean_interval(values, level=level)
    if kind == "drop-off":
        n, count = len(values), int(values.sum())
        return Estimate(count / n, *wilson(count, n, level))
    return median_interval(values.tolist(), level)


def _found_table(rows: list[dict[str, object]]) -> pd.DataFrame:
    types = dict.fromkeys(INCIDENT_COLUMNS, "float64")
    types |= dict.fromkeys(("kind", "activity", "what", "when", "measured"), "str")
    types |= dict.fromkeys(("start", "end"), "datetime64[us]")
    types |= dict.fromkeys(("n_days", "n", "n_outside"), "int64")
    return _table(rows, types | {"persona": "object"})


def _watched_table(every: list[Series], candidates: list[Candidate]) -> pd.DataFrame:
    first: dict[int, Candidate] = {}
    for candidate in candidates:
        first.setdefault(id(candidate.series), candidate)
    rows = []
    for series in every:
        found = first.get(id(series))
        row: dict[str, object] = {"kind": series.kind, "activity": series.activity}
        row |= {"persona": series.persona, "n": len(series.day)}
        row |= {"p": found and found.found.p, "q": found and found.q}
        row |= {"is_tested": not series.why_not, "why_not": series.why_not}
        rows.append({**row, "patience_days": series.patience_days})
    types = dict.fromkeys(("p", "q", "patience_days"), "float64")
    types |= dict.fromkeys(("kind", "activity", "why_not"), "str")
    types |= {"persona": "object", "n": "int64", "is_tested": "bool"}
    return _table(rows, {name: types[name] for name in WATCHED_COLUMNS})


def _table(rows: list[dict[str, object]], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=kind)
            for name, kind in types.items()
        }
    )
