"""What is watched day by day: ratings, who leaves, and how long the next step takes.

A *series* holds the events of one activity, for all or one persona, of one kind: how
they were rated, whether anything followed, or how long it took until something did.
Differences between personas, weekdays and what follows are taken out first, so that a
change of the mix is not taken for an incident.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.events_log import EventLog

__all__ = ["FEWEST_DAYS", "FEWEST_EVENTS", "Kind", "Series", "watched"]

Kind = Literal["dissatisfaction", "drop-off", "long wait"]

FEWEST_EVENTS = 50
"""Series with fewer events are not tested."""

FEWEST_DAYS = 14
"""Series over fewer days are not tested."""

_DAY = 86_400_000_000
_WEEKS_FOR_WEEKDAYS = 8
_PATIENCE = 10  # times the third quartile of the gaps
_LONGEST_PATIENCE = 0.25  # of the period
_FEWEST_GAPS = 20
_FEWEST_OTHERS = 20
_MOST_LEAVE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """The events of one activity, of all or one persona, of one kind, by day.

    Parameters
    ----------
    kind, activity, persona
        What is watched; *persona* is None for all.
    first_day, n_days
        First day of the log (days since 1970), and how many there are.
    day
        Day of each event, from 0, rising.
    value
        Rating, 1 if nothing followed (else 0), or seconds until something did.
    score
        The value without what persona, weekday and next step explain; higher is worse.
    group
        Place of the persona of each event among the names of the log.
    why_not
        Why it is not tested; empty if it is.
    patience_days
        After how many days without an event somebody has left; None if the path says.
    """

    kind: Kind
    activity: str
    persona: str | None
    first_day: int
    n_days: int
    day: NDArray[np.int64]
    value: NDArray[np.float64]
    score: NDArray[np.float64]
    group: NDArray[np.int64]
    why_not: str = ""
    patience_days: float | None = None

    def without(self, first: int, last: int) -> Series:
        """Return the series without some days, to look for a second incident."""
        return self.only((self.day < first) | (self.day > last))

    def only(self, kept: NDArray[np.bool_]) -> Series:
        """Return the series of some of its events."""
        score = self.score[kept]
        if len(score):
            score = score - score.mean()
        place = (self.kind, self.activity, self.persona, self.first_day, self.n_days)
        parts = (self.day[kept], self.value[kept], score, self.group[kept])
        return Series(*place, *parts, self.why_not, self.patience_days)


def watched(
    log: EventLog, kinds: tuple[Kind, ...], *, low_is_good: bool
) -> Iterator[Series]:
    """Yield every series of a log: all first, then each persona.

    Parameters
    ----------
    log
        The events.
    kinds
        What to watch.
    low_is_good
        Whether the lowest rating is the best.
    """
    if not len(log.arrays.time):
        return
    watch = _Watch(log, low_is_good=low_is_good)
    for code, activity in enumerate(log.activities):
        rows = np.flatnonzero(log.arrays.activity == code)
        for kind in kinds:
            yield from watch.series(kind, activity, rows)


class _Watch:
    """What all series of a log share."""

    def __init__(self, log: EventLog, *, low_is_good: bool) -> None:
        arrays = log.arrays
        self.log, self.arrays = log, arrays
        self.worse = 1.0 if low_is_good else -1.0
        self.last = int(arrays.time.max())
        day = arrays.time // _DAY
        self.first_day = int(day.min())
        self.n_days = int(day.max()) - self.first_day + 1
        self.day = day - self.first_day
        units = np.repeat(np.arange(arrays.n_units), np.diff(arrays.starts))
        self.persona = log.customer_personas[arrays.unit_customers()[units]]
        self.gap = np.full(len(arrays.time), -1)
        follows = units[1:] == units[:-1]
        gaps = arrays.time[1:] - arrays.time[:-1]
        self.gap[:-1][follows] = gaps[follows]

    def series(
        self, kind: Kind, activity: str, rows: NDArray[np.int64]
    ) -> Iterator[Series]:
        """Yield the series of one activity and kind."""
        why_not, patience = "", None
        if kind == "dissatisfaction":
            rows, value, strata = self._rated(rows)
        else:
            patience, why_not = self._patience(rows)
            if patience is not None:
                rows = rows[self.arrays.time[rows] <= self.last - patience]
            left = self._left(rows, patience)
            if kind == "drop-off":
                value, strata = left.astype(float), np.zeros(len(rows), dtype=np.int64)
                if not why_not and left.size and left.mean() > _MOST_LEAVE:
                    why_not = "most paths end here"
            else:
                rows = rows[~left]
                value = self.gap[rows] / 1e6
                after = np.minimum(rows + 1, self.last_row)
                strata = self.arrays.activity[after].astype(np.int64)
        score = self._score(kind, rows, value, strata)
        order = np.argsort(self.day[rows], kind="stable")
        rows, value, score = rows[order], value[order], score[order]
        days = None if patience is None else patience / _DAY
        groups: list[tuple[str | None, NDArray[np.bool_]]] = [
            (None, np.ones(len(rows), dtype=bool))
        ]
        if len(self.log.personas) > 1:
            groups += [
                (name, self.persona[rows] == place)
                for place, name in enumerate(self.log.personas)
            ]
        for persona, chosen in groups:
            own = score[chosen]
            if len(own):
                own = own - own.mean()
            yield Series(
                kind,
                activity,
                persona,
                self.first_day,
                self.n_days,
                self.day[rows[chosen]],
                value[chosen],
                own,
                self.persona[rows[chosen]],
                why_not or self._too_little(value[chosen]),
                days,
            )

    @property
    def last_row(self) -> int:
        """Place of the last event."""
        return len(self.arrays.time) - 1

    def _too_little(self, value: NDArray[np.float64]) -> str:
        if self.n_days < FEWEST_DAYS:
            return f"fewer than {FEWEST_DAYS} days"
        if len(value) < FEWEST_EVENTS:
            return f"fewer than {FEWEST_EVENTS} events"
        _, counts = np.unique(value, return_counts=True)
        if len(counts) == 1:
            return "all are alike"
        if len(value) - counts.max() < _FEWEST_OTHERS:
            return f"all but fewer than {_FEWEST_OTHERS} are alike"
        return ""

    def _rated(
        self, rows: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.int64]]:
        if self.arrays.rating is None:
            rows = rows[:0]
            value = np.empty(0)
        else:
            value = self.arrays.rating_values[self.arrays.rating[rows]]
            rows, value = rows[~np.isnan(value)], value[~np.isnan(value)]
        return rows, value, np.zeros(len(rows), dtype=np.int64)

    def _patience(self, rows: NDArray[np.int64]) -> tuple[int | None, str]:
        """Return after how long somebody has left, and why that cannot be said."""
        gaps = self.gap[rows]
        gaps = gaps[gaps >= 0]
        if len(gaps) < _FEWEST_GAPS:
            return None, "nothing follows it"
        if self.log.unit == "session":
            return None, ""
        patience = int(_PATIENCE * np.quantile(gaps, 0.75)) + 1
        if patience > _LONGEST_PATIENCE * self.n_days * _DAY:
            return None, "what follows takes too long for this period"
        return patience, ""

    def _left(self, rows: NDArray[np.int64], patience: int | None) -> NDArray[np.bool_]:
        gaps = self.gap[rows]
        left: NDArray[np.bool_] = gaps < 0
        return left if patience is None else left | (gaps > patience)

    def _score(
        self,
        kind: Kind,
        rows: NDArray[np.int64],
        value: NDArray[np.float64],
        strata: NDArray[np.int64],
    ) -> NDArray[np.float64]:
        """Return how bad each value is beside its like, 0 on the average."""
        score = value
        if kind == "dissatisfaction":
            score = self.worse * value
        elif kind == "long wait":
            score = _ranks_within(value, strata)
        score = _centred(score, self.persona[rows])
        if self.n_days >= 7 * _WEEKS_FOR_WEEKDAYS:
            weekday = (self.day[rows] + self.first_day) % 7
            score = _centred(score, weekday)
        return score


def _centred(
    values: NDArray[np.float64], strata: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Return values less the mean of their stratum."""
    if not len(values):
        return values
    counts = np.bincount(strata)
    sums = np.bincount(strata, weights=values)
    means = sums / np.maximum(counts, 1)
    centred: NDArray[np.float64] = values - means[strata]
    return centred


def _ranks_within(
    values: NDArray[np.float64], strata: NDArray[np.integer]
) -> NDArray[np.float64]:
    """Return where each value stands in its stratum, 0 to 1; equal ones share a place.

    Waits are so skewed that a few of them would outweigh all others.
    """
    order = np.lexsort((values, strata))
    ordered, group = values[order], strata[order]
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (ordered[1:] != ordered[:-1]) | (group[1:] != group[:-1])
    run = np.cumsum(begins) - 1
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(order)) - 1
    middle = (first + last) / 2
    begin_of_group = np.searchsorted(group, group)
    size = np.searchsorted(group, group, side="right") - begin_of_group
    ranks = np.empty(len(order))
    ranks[order] = (middle[run] - begin_of_group + 0.5) / size
    return ranks
