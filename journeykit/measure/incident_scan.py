"""When something was different: the scan statistic of a series of days.

Every stretch of days is compared with all other days, and the one that stands out most
is kept. That the most outstanding of thousands stands out is no news, so the p value is
the share of shuffled series whose most outstanding stretch stands out as much: it
accounts for having looked everywhere. Daily noise beyond chance (and slow swings) is
measured in the series itself, robustly, and divided out, in the shuffled ones as well.

A control chart was turned down here: it asks each day by itself, and misses two weeks
that are each a little worse; CUSUM finds when something began, but gives no p value
that accounts for the search. Shuffling stops early where the answer is clear (Besag and
Clifford 1991, Biometrika 78, 301-304), which makes series without incidents cheap.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.incident_series import Series

__all__ = ["Found", "scan"]

_FEWEST = 10  # events in a stretch
_MOST_SHARE = 0.5  # of the events: the longer part is the usual
_ENOUGH = 20  # shuffled series that stand out as much: no more are needed
_FIRST_BATCH = 40
_NORMAL = 100  # events a day from which sums of days are normal
_BLOCK_EVENTS = 20
_FEWEST_BLOCKS = 12


class Found(NamedTuple):
    """The stretch of days that stands out most.

    Parameters
    ----------
    p
        Share of shuffled series with a stretch that stands out as much.
    first, last
        Days from the first of the log, both inclusive.
    """

    p: float
    first: int
    last: int


def scan(series: Series, *, seed: int | Sequence[int], most_shuffles: int) -> Found:
    """Return the stretch of days in which a series was worst.

    Parameters
    ----------
    series
        At least :data:`journeykit.measure.incident_series.FEWEST_EVENTS` events.
    seed
        What the shuffling starts from.
    most_shuffles
        How often to shuffle at most; the p value is no less than one of that.

    Returns
    -------
    Found
        Its p value and days.
    """
    days = _Days(series)
    observed = float(days.statistic(days.sums(series.score[None, :]))[0])
    rng = np.random.default_rng(seed)
    done, as_much, batch = 0, 0, _FIRST_BATCH
    while done < most_shuffles and as_much < _ENOUGH:
        batch = min(batch, most_shuffles - done, days.batch)
        shuffled = days.shuffled(series.score, batch, rng)
        exceeding = days.statistic(shuffled) >= observed - 1e-9
        needed = _ENOUGH - as_much
        reached = np.flatnonzero(np.cumsum(exceeding) >= needed)
        if len(reached):
            done += int(reached[0]) + 1
            as_much = _ENOUGH
            break
        done, as_much = done + batch, as_much + int(exceeding.sum())
        batch *= 2
    p = as_much / done if as_much >= _ENOUGH else (as_much + 1) / (done + 1)
    first, last = days.worst(days.sums(series.score[None, :])[0])
    return Found(p, first, last)


class _Days:
    """A series summed up by day, and all stretches of its days."""

    def __init__(self, series: Series) -> None:
        self.counts = np.bincount(series.day, minlength=series.n_days)
        self.n = len(series.day)
        self.n_days = series.n_days
        self.spread = float(series.score.std())
        self.begins = np.flatnonzero(np.diff(series.day, prepend=-1))
        self.there = series.day[self.begins]
        self.is_normal = self.n > _NORMAL * len(self.there)
        self.batch = max(_FIRST_BATCH, 4_000_000 // self.n)
        self.cumulated = np.concatenate([[0], np.cumsum(self.counts)])
        lengths = {1}
        while max(lengths) <= self.n_days // 2:
            lengths.add(max(max(lengths) + 1, round(max(lengths) * 1.25)))
        self.lengths = sorted(lengths)[:-1]

    def sums(self, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the sums of the days; a row for each shuffled series."""
        found = np.zeros((len(scores), self.n_days))
        found[:, self.there] = np.add.reduceat(scores, self.begins, axis=1)
        return found

    def shuffled(
        self, scores: NDArray[np.float64], n: int, rng: np.random.Generator
    ) -> NDArray[np.float64]:
        """Return the sums of the days of *n* shuffled series."""
        if self.is_normal:  # what the sums of shuffled large days come to
            root = np.sqrt(self.counts)
            drawn = rng.standard_normal((n, self.n_days)) * root
            drawn -= drawn.sum(axis=1, keepdims=True) * (self.counts / self.n)
            return drawn * self.spread
        rows = np.broadcast_to(scores, (n, self.n))
        return self.sums(rng.permuted(rows, axis=1))

    def statistic(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how much the most outstanding stretch of each row stands out."""
        cumulated = np.zeros((len(sums), self.n_days + 1))
        np.cumsum(sums, axis=1, out=cumulated[:, 1:])
        best = np.full(len(sums), -np.inf)
        for length in self.lengths:
            n = self.cumulated[length:] - self.cumulated[:-length]
            starts = np.flatnonzero((n >= _FEWEST) & (n <= _MOST_SHARE * self.n))
            if len(starts):
                inside = cumulated[:, starts + length] - cumulated[:, starts]
                stands_out = (inside / self._error(n[starts])).max(axis=1)
                np.maximum(best, stands_out, out=best)
        best /= self._noise(sums)
        return best

    def worst(self, sums: NDArray[np.float64]) -> tuple[int, int]:
        """Return the first and the last day of the most outstanding stretch."""
        cumulated = np.concatenate([[0.0], np.cumsum(sums)])
        best, found = -np.inf, (0, self.n_days - 1)
        for length in range(1, self.n_days // 2 + 1):
            n = self.cumulated[length:] - self.cumulated[:-length]
            starts = np.flatnonzero((n >= _FEWEST) & (n <= _MOST_SHARE * self.n))
            if not len(starts):
                continue
            inside = cumulated[starts + length] - cumulated[starts]
            stands_out = inside / self._error(n[starts])
            at = int(stands_out.argmax())
            if stands_out[at] > best + 1e-12:
                best, first = float(stands_out[at]), int(starts[at])
                found = (first, first + length - 1)
        first, last = found
        there = self.there[(self.there >= first) & (self.there <= last)]
        return int(there[0]), int(there[-1])  # empty days at the ends say nothing

    def _error(self, n: NDArray[np.int64]) -> NDArray[np.float64]:
        error: NDArray[np.float64] = self.spread * np.sqrt(n * (1 - n / self.n))
        return error

    def _noise(self, sums: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return by how much blocks of days vary beyond chance, 1 or more."""
        noise = np.ones(len(sums))
        for size in sorted({self._block(), max(7, self._block())}):
            n_blocks = self.n_days // size
            if n_blocks < _FEWEST_BLOCKS:
                continue
            whole = n_blocks * size
            n = self.counts[:whole].reshape(n_blocks, size).sum(axis=1)
            blocks = sums[:, :whole].reshape(len(sums), n_blocks, size).sum(axis=2)
            kept = n >= _BLOCK_EVENTS // 2
            if kept.sum() < _FEWEST_BLOCKS:
                continue
            parts = blocks[:, kept] / self._error(n[kept])
            low, high = np.quantile(parts, (0.25, 0.75), axis=1)
            np.maximum(noise, (high - low) / 1.349, out=noise)
        return noise

    def _block(self) -> int:
        """Return how many days hold enough events to be compared."""
        return math.ceil(_BLOCK_EVENTS * self.n_days / self.n)
