"""Events of a table in memory, put in order once and summed up with numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.measure.events_order import EventArrays, in_order
from journeykit.measure.events_paths import grouped_paths
from journeykit.measure.events_source import Events, EventTotals, Gaps, Paths, Unit
from journeykit.measure.events_sums import (
    activity_sums,
    follow_sums,
    rating_sums,
    reached_at,
    stage_sums,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CodedEvents", "EventLog"]


@dataclass(frozen=True, slots=True, eq=False)
class CodedEvents:
    """Events as a reader hands them on, in the order of their source.

    Parameters
    ----------
    units, customers
        Path and customer of each event; paths of a customer have numbers that follow
        each other. *customers* is None if each path is a customer's; then *units* may
        be hashes. Else customers are numbered without gaps.
    activity, activities
        Place of the activity among the names, which are in alphabetical order.
    time
        Microseconds since 1970, UTC.
    place
        What decides among equal times; None if the order of the events does.
    persona, personas
        Place of the persona among the names, -1 for none; None without personas.
    rating, rating_values
        Place of the rating among the values, which rise and end with NaN for none;
        None without ratings.
    """

    units: NDArray[np.integer]
    customers: NDArray[np.integer] | None
    activity: NDArray[np.integer]
    activities: tuple[str, ...]
    time: NDArray[np.int64]
    place: NDArray[np.integer] | None = None
    persona: NDArray[np.integer] | None = None
    personas: tuple[str, ...] = ()
    rating: NDArray[np.integer] | None = None
    rating_values: tuple[float, ...] = (np.nan,)


class EventLog(Events):
    """Ordered events in memory.

    Parameters
    ----------
    events
        The events.
    unit
        What walks a path.
    n_rows, left_out
        Rows of the source, and why some are not among *events*.
    order
        What decided among equal times, in words.
    """

    def __init__(
        self,
        events: CodedEvents,
        *,
        unit: Unit,
        n_rows: int,
        left_out: dict[str, int],
        order: str = "the order of the table",
    ) -> None:
        self.unit = unit
        self.activities = events.activities
        self.has_ratings = events.rating is not None
        rows = in_order(events.units, events.time, events.place)
        units = events.units[rows]
        begins = np.ones(len(units), dtype=bool)
        np.not_equal(units[1:], units[:-1], out=begins[1:])
        starts = np.append(np.flatnonzero(begins), len(units)).astype(np.int64)
        customers, n_customers = None, len(starts) - 1
        if events.customers is not None:
            customers = events.customers[rows[starts[:-1]]].astype(np.int32)
            n_customers = len(np.unique(customers))
        del units
        self._names_of_personas = events.personas
        self._stated: tuple[NDArray[np.integer], NDArray[np.integer] | None] | None
        self._stated = None
        if events.persona is not None:
            self._stated = (events.persona[rows], None)
            if events.customers is not None:  # a customer's sessions may overlap
                by_customer = in_order(events.customers, events.time, events.place)
                who = events.customers[by_customer]
                self._stated = (events.persona[by_customer], who)
        time = events.time[rows]
        inside = ~begins[1:]
        n_unsorted = int(((rows[1:] < rows[:-1]) & inside).sum())
        n_equal = int(((time[1:] == time[:-1]) & inside).sum())
        first = pd.Timestamp(int(time.min()), unit="us") if len(time) else None
        last = pd.Timestamp(int(time.max()), unit="us") if len(time) else None
        self._totals = EventTotals(
            n_rows,
            len(rows),
            n_customers,
            len(starts) - 1,
            first,
            last,
            left_out,
            n_equal,
            n_unsorted,
            order,
        )
        self.arrays = EventArrays(
            starts,
            customers,
            n_customers,
            events.activity[rows],
            time,
            None if events.rating is None else events.rating[rows],
            np.array(events.rating_values, dtype=float),
        )

    @property
    def totals(self) -> EventTotals:
        """What was read and what was left out."""
        return self._totals

    @property
    def personas(self) -> tuple[str, ...]:
        """Personas of at least one customer, in alphabetical order."""
        return self._personas[1]

    @property
    def customer_personas(self) -> NDArray[np.int64]:
        """Place of each customer's persona among the names; one more for none."""
        return self._personas[0]

    def group_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``n_customers``, ``n_units``."""
        groups, names = self._groups(by_persona)
        people = np.bincount(groups, minlength=len(names) + 1)[:-1]
        units = self._per_group(groups[self.arrays.unit_customers()], len(names))
        table = {"persona": names, "n_customers": people, "n_units": units}
        return _typed(pd.DataFrame(table))

    def activity_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``n_events``, ``n_customers``."""
        groups, names = self._groups(by_persona)
        n = len(self.activities)
        events, people = activity_sums(self.arrays, n, groups, len(names))
        row, column = np.nonzero(events)
        return self._frame(
            names,
            row,
            activity=[self.activities[code] for code in column],
            n_events=events[row, column],
            n_customers=people[row, column],
        )

    def rating_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``rating`` (NaN: none), ``n``."""
        groups, names = self._groups(by_persona)
        n = len(self.activities)
        if self.arrays.rating is None:
            events, _ = activity_sums(self.arrays, n, groups, len(names))
            counts = events[:, :, None]
        else:
            counts = rating_sums(self.arrays, n, groups, len(names))
        row, column, value = np.nonzero(counts)
        return self._frame(
            names,
            row,
            activity=[self.activities[code] for code in column],
            rating=self.arrays.rating_values[value],
            n=counts[row, column, value],
        )

    def follow_sums(self) -> pd.DataFrame:
        """Return ``source``, ``target``, ``n``, ``n_customers``, ``median_us``."""
        found = follow_sums(self.arrays, len(self.activities))
        return _typed(
            pd.DataFrame(
                {
                    "source": [self.activities[code] for code in found.source],
                    "target": [self.activities[code] for code in found.target],
                    "n": found.n,
                    "n_customers": found.n_customers,
                    "median_us": found.median,
                }
            )
        )

    def stage_sums(
        self, stages: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``stage`` (its place), ``n_events``, ``n_customers``."""
        groups, names = self._groups(by_persona)
        found = [
            stage_sums(self.arrays, self.among(stage), groups, len(names))
            for stage in stages
        ]
        events = np.array([pair[0] for pair in found]).reshape(len(stages), -1)
        people = np.array([pair[1] for pair in found]).reshape(len(stages), -1)
        stage, row = np.nonzero(events)
        return self._frame(
            names,
            row,
            stage=stage,
            n_events=events[stage, row],
            n_customers=people[stage, row],
        )

    def step_sums(
        self, steps: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``step`` (its place), ``n``: paths that reached it."""
        groups, names = self._groups(by_persona)
        of_unit = groups[self.arrays.unit_customers()]
        reached = reached_at(self.arrays, [self.among(step) for step in steps])
        counts = np.array(
            [self._per_group(of_unit[at >= 0], len(names)) for at in reached]
        ).reshape(len(steps), -1)
        step, row = np.nonzero(counts)
        return self._frame(names, row, step=step, n=counts[step, row])

    def gaps(
        self, steps: Sequence[Sequence[str]], wanted: Callable[[int], Sequence[int]]
    ) -> list[Gaps]:
        """Return the times from each step to the next, at the wanted places."""
        reached = reached_at(self.arrays, [self.among(step) for step in steps])
        found = []
        for before, after in pairwise(reached):
            there = after >= 0
            time = self.arrays.time
            gaps = np.sort(time[after[there]] - time[before[there]])
            places = wanted(len(gaps))
            found.append(Gaps(len(gaps), {at: int(gaps[at]) for at in places}))
        return found

    def paths(self, *, most: int | None = None, depth: int | None = None) -> Paths:
        """Return the *most* frequent paths, cut after *depth* activities."""
        return grouped_paths(self.arrays, self.activities, most=most, depth=depth)

    def among(self, activities: Sequence[str]) -> NDArray[np.bool_]:
        """Return for each activity whether it is one of these."""
        chosen = np.zeros(len(self.activities), dtype=bool)
        chosen[[self._places[name] for name in activities]] = True
        return chosen

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.activities)}

    def _groups(
        self, by_persona: bool
    ) -> tuple[NDArray[np.int64], list[str] | list[None]]:
        """Return the group of each customer, and the names of the groups."""
        if not by_persona:
            return np.zeros(self.arrays.n_customers, dtype=np.int64), [None]
        return self.customer_personas, list(self.personas)

    @cached_property
    def _personas(self) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """Return the persona that each customer's first event with one states, and all.

        Customers who never state one have the number after the last.
        """
        if self._stated is None:
            return np.zeros(self.arrays.n_customers, dtype=np.int64), ()
        persona, who = self._stated
        if who is None:
            lengths = np.diff(self.arrays.starts)
            who = np.repeat(np.arange(self.arrays.n_customers), lengths)
        at = np.flatnonzero(persona >= 0)
        people = who[at]
        first = np.ones(len(at), dtype=bool)
        np.not_equal(people[1:], people[:-1], out=first[1:])
        used, places = np.unique(persona[at[first]], return_inverse=True)
        found = np.full(self.arrays.n_customers, len(used))
        found[people[first]] = places
        return found, tuple(self._names_of_personas[code] for code in used)

    @staticmethod
    def _per_group(groups: NDArray[np.int64], n_groups: int) -> NDArray[np.int64]:
        return np.bincount(groups, minlength=n_groups + 1)[:-1]

    @staticmethod
    def _frame(
        names: list[str] | list[None], rows: NDArray[np.int64], **columns: object
    ) -> pd.DataFrame:
        persona = pd.Series([names[row] for row in rows], dtype="object")
        return _typed(pd.DataFrame({"persona": persona, **columns}))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of sums whose types do not depend on what is in it."""
    types = dict.fromkeys(("activity", "source", "target"), "str")
    types |= dict.fromkeys(("n", "n_events", "n_customers", "n_units"), "int64")
    types |= {"persona": "object", "stage": "int64", "step": "int64"}
    types |= {"rating": "float64", "median_us": "float64"}
    return table.astype({name: types[name] for name in table.columns})
