"""What every source of events answers, whatever computes it.

A table in memory, a Parquet file read by DuckDB and a company's warehouse give the
same sums: events and customers by activity, pairs that follow each other, who reached a
step, whole paths. From these sums the measures make shares, intervals and orders in one
place, so that no engine has rules of its own.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from journeykit.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "EventTotals",
    "Events",
    "Gaps",
    "Paths",
    "Steps",
    "Unit",
    "named_steps",
]

Unit = Literal["customer", "session"]
"""What walks a path: a person with all events, or each session by itself."""

Steps: TypeAlias = "Sequence[str | Sequence[str]] | Mapping[str, str | Sequence[str]]"
"""Steps in order: an activity, several that count as one, or name to activities."""


@dataclass(frozen=True, slots=True)
class EventTotals:
    """What was read, what was left out, and what a reader must know about the times.

    Parameters
    ----------
    n_rows, n_events
        Rows of the source, and those that count.
    n_customers, n_units
        Different customers, and paths: customers again, or their sessions.
    first, last
        Times of the first and the last event, UTC; None without events.
    left_out
        Why rows were left out, and how many.
    n_equal_times
        Events at the very time of the one before in the same path.
    n_unsorted
        Events that stood before an earlier one of the same path; None if the source
        has no order of its own.
    order
        What decided among equal times.
    """

    n_rows: int
    n_events: int
    n_customers: int
    n_units: int
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    left_out: Mapping[str, int] = field(default_factory=dict)
    n_equal_times: int = 0
    n_unsorted: int | None = 0
    order: str = "the order of the table"

    @property
    def notes(self) -> tuple[str, ...]:
        """What was left out or put in order, a sentence each."""
        said = [f"Left out, {why}: {n:,}." for why, n in self.left_out.items()]
        if self.n_unsorted:
            said.append(
                f"{self.n_unsorted:,} events stood out of order and were put in order "
                "by their times."
            )
        if self.n_equal_times:
            said.append(
                f"{self.n_equal_times:,} events have the time of the one before; among "
                f"these {self.order} decided."
            )
        return tuple(said)


@dataclass(frozen=True, slots=True, eq=False)
class Paths:
    """Different paths and how many took them, the most frequent first.

    Parameters
    ----------
    names
        Names of the activities, in alphabetical order.
    codes
        Places in *names*, one path after the other.
    starts
        Where each path begins in *codes*, and the end of the last.
    counts
        How many took each path.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    counts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.counts)

    def path(self, place: int) -> tuple[str, ...]:
        """Return the names along one path."""
        steps = self.codes[self.starts[place] : self.starts[place + 1]]
        return tuple(self.names[code] for code in steps.tolist())


class Gaps(NamedTuple):
    """Some of the times between two steps, in order of size.

    Parameters
    ----------
    n
        How many times there are.
    at
        Place in the order, from 0, to the time in microseconds.
    """

    n: int
    at: Mapping[int, int]


class Events(ABC):
    """Events that can be summed up; see the module for who answers.

    A table of sums has the column ``persona``: None where everybody is meant. A
    customer's persona is that of the first event that states one.
    """

    unit: Unit
    activities: tuple[str, ...]
    has_ratings: bool

    @property
    @abstractmethod
    def personas(self) -> tuple[str, ...]:
        """Personas of at least one customer, in alphabetical order."""

    @property
    @abstractmethod
    def totals(self) -> EventTotals:
        """What was read and what was left out."""

    @abstractmethod
    def group_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``n_customers``, ``n_units``."""

    @abstractmethod
    def activity_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``n_events``, ``n_customers``."""

    @abstractmethod
    def rating_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``rating`` (NaN: none), ``n``."""

    @abstractmethod
    def follow_sums(self) -> pd.DataFrame:
        """Return ``source``, ``target``, ``n``, ``n_customers``, ``median_us``."""

    @abstractmethod
    def stage_sums(
        self, stages: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``stage`` (its place), ``n_events``, ``n_customers``."""

    @abstractmethod
    def step_sums(
        self, steps: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``step`` (its place), ``n``: paths that reached it."""

    @abstractmethod
    def gaps(
        self, steps: Sequence[Sequence[str]], wanted: Callable[[int], Sequence[int]]
    ) -> list[Gaps]:
        """Return the times from each step to the next, at the wanted places.

        *wanted* is given how many there are, and says which places it needs.
        """

    @abstractmethod
    def paths(self, *, most: int | None = None, depth: int | None = None) -> Paths:
        """Return the *most* frequent paths, cut after *depth* activities."""


def named_steps(
    steps: Steps, known: Sequence[str], *, what: str = "step", fewest: int = 1
) -> dict[str, tuple[str, ...]]:
    """Return steps as name to activities.

    Parameters
    ----------
    steps
        As people write them.
    known
        The activities of the log.
    what
        What one of them is called in messages.
    fewest
        How many there must be.

    Raises
    ------
    UnknownNameError
        If an activity is not in the log; the nearest is offered.
    InputError
        If there are too few, or one has no activity.

    Examples
    --------
    >>> named_steps(["cart", ("card", "invoice")], ["card", "cart", "invoice"])
    {'cart': ('cart',), 'card or invoice': ('card', 'invoice')}
    """
    if isinstance(steps, str):
        raise InputError(
            f"a list of {what}s was expected, not the text {steps!r}",
            mend=f"Write [{steps!r}, ...]",
        )
    pairs: list[tuple[str, tuple[str, ...]]] = []
    if isinstance(steps, Mapping):
        pairs = [(name, _several(given)) for name, given in steps.items()]
    else:
        seen: Counter[str] = Counter()
        for given in steps:
            several = _several(given)
            name = " or ".join(several)
            seen[name] += 1
            pairs.append(
                (f"{name} ({seen[name]})" if seen[name] > 1 else name, several)
            )
    if len(pairs) < fewest:
        raise InputError(f"{fewest} {what}s or more were expected, not {len(pairs)}")
    there = set(known)
    for name, several in pairs:
        if not several:
            raise InputError(f"the {what} {name!r} has no activity")
        for activity in several:
            if activity not in there:
                raise UnknownNameError("activity", activity, known)
    return dict(pairs)


def _several(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
