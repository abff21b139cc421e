"""Pain points proposed from events: what was worse for a while, where, for whom, when.

A proposal is never taken without a person's yes. Each activity is watched for bad
ratings, for people who leave and for long waits, for all and for each persona; a
stretch of days that stands out is tested against shuffled days, and the p values are
raised for how much was watched. What holds for all is proposed once, what holds for one
persona only is proposed for that persona.

All and the personas are one question ("was there anything?"), which Simes' p answers;
Benjamini and Hochberg's way is applied to these questions, and then within those that
it picks out (Benjamini and Bogomolov 2014, Journal of the Royal Statistical Society B
76, 297-318). Applied to all series at once, one real incident would count four times
and let as many false alarms through.

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
from journeykit.measure.incident_scan import Found, scan
from journeykit.measure.incident_series import Kind, Series, watched
from journeykit.measure.incident_words import sentence_parts
from journeykit.measure.intervals import Estimate, mean_interval, wilson
from journeykit.measure.medians import median_interval
from journeykit.measure.multiple import benjamini_hochberg
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

_MOST_IN_SERIES = 5
_SAME = 0.5  # of the shorter stretch: the incident of all and of a persona are one
_AS_MUCH = 0.5  # of what the personas had: the others had it too
_TOLD = 5  # events of the others inside, or nothing is known of them


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


class _Candidate(NamedTuple):
    """A stretch of days of a series, and how surely it was worse.

    *again* counts the stretches that were found in the series before.
    """

    series: Series
    found: Found
    again: int
    q: float = 1.0

    @property
    def question(self) -> tuple[str, str, int]:
        """What it answers together with the other personas."""
        return self.series.kind, self.series.activity, self.again

    @property
    def days(self) -> tuple[int, int]:
        """First and last day."""
        return self.found.first, self.found.last


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
        What the shuffling starts from: the same seed gives the same p values.

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
    candidates = _with_q(_candidates(tested, limit, seed), limit)
    sure = [candidate for candidate in candidates if candidate.q <= limit]
    chosen = sorted(_distinct(sure), key=_order)
    rows = [_row(candidate, minimum, level) for candidate in chosen]
    return Incidents(_found_table(rows), _watched_table(every, candidates))


def _candidates(tested: list[Series], limit: float, seed: int) -> list[_Candidate]:
    """Return the worst stretch of each series, and more of those that had one."""
    most = max(999, int(np.ceil(2 * len(tested) / limit)))
    found = []
    for number, series in enumerate(tested):
        rest = series
        for again in range(_MOST_IN_SERIES):
            start = seed * 1_000_003 + number * _MOST_IN_SERIES + again
            here = scan(rest, seed=start, most_shuffles=most)
            found.append(_Candidate(series, here, again))
            if here.p > limit:
                break
            rest = rest.without(here.first, here.last)
            if rest.score.size < 2 or rest.score.std() == 0:
                break
    return found


def _with_q(candidates: list[_Candidate], limit: float) -> list[_Candidate]:
    """Return candidates with p raised for all questions, and for all within theirs."""
    questions: dict[tuple[str, str, int], list[_Candidate]] = {}
    for candidate in candidates:
        questions.setdefault(candidate.question, []).append(candidate)
    within = [
        benjamini_hochberg([candidate.found.p for candidate in asked])
        for asked in questions.values()
    ]
    # The least of p values raised by Benjamini and Hochberg is Simes' p.
    over_all = benjamini_hochberg([float(raised.min()) for raised in within])
    # What else holds in a question that was picked out must be surer, the fewer were.
    picked = max(int((over_all <= limit).sum()), 1)
    found = []
    for asked, raised, q in zip(questions.values(), within, over_all, strict=True):
        best = int(np.argmin([candidate.found.p for candidate in asked]))
        for place, (candidate, own) in enumerate(zip(asked, raised, strict=True)):
            own_q = min(float(own) * len(questions) / picked, 1.0)
            own_q = float(q) if place == best else max(float(q), own_q)
            found.append(candidate._replace(q=own_q))
    return found


def _distinct(sure: list[_Candidate]) -> list[_Candidate]:
    """Return each incident once: for all, or for the personas that it holds for."""
    kept: list[_Candidate] = []
    told: set[int] = set()
    for candidate in sure:
        if candidate.series.persona is not None:
            continue
        same = [
            place
            for place, other in enumerate(sure)
            if other.series.persona is not None and _is_same(candidate, other)
        ]
        told |= set(same)
        if same and not _others_too(candidate, [sure[place].series for place in same]):
            kept += [sure[place] for place in same]
        else:
            kept.append(candidate)
    kept += [
        candidate
        for place, candidate in enumerate(sure)
        if candidate.series.persona is not None and place not in told
    ]
    return kept


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """Whether two stretches are of the same kind and activity, and mostly the same."""
    a, b = one.series, other.series
    if (a.kind, a.activity) != (b.kind, b.activity):
        return False
    first = max(one.found.first, other.found.first)
    last = min(one.found.last, other.found.last)
    shorter = min(days[1] - days[0] + 1 for days in (one.days, other.days))
    return last - first + 1 >= _SAME * shorter


def _others_too(candidate: _Candidate, personas: list[Series]) -> bool:
    """Whether it was much the same for those beside these personas."""
    series, (first, last) = candidate.series, candidate.days
    inside = (series.day >= first) & (series.day <= last)
    theirs = np.isin(series.group, np.unique([one.group[0] for one in personas]))
    if (inside & ~theirs).sum() < _TOLD:
        return True
    others, own = (
        float(series.score[inside & who].mean() - series.score[~inside & who].mean())
        for who in (~theirs, theirs)
    )
    return others >= _AS_MUCH * own


def _order(candidate: _Candidate) -> tuple[float, float, int, str, str, str]:
    """Sort by how sure it is, then by what and where."""
    series = candidate.series
    where = (series.kind, series.activity, series.persona or "")
    return (candidate.q, candidate.found.p, candidate.found.first, *where)


def _row(candidate: _Candidate, minimum: int, level: float) -> dict[str, object]:
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


def _watched_table(every: list[Series], candidates: list[_Candidate]) -> pd.DataFrame:
    first: dict[int, _Candidate] = {}
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
