"""Events of a company's warehouse, summed up there: one expression for every database.

Nothing but sums leaves the warehouse. Each sum is an Ibis expression, which becomes the
SQL of DuckDB, PostgreSQL, BigQuery, Snowflake and others; tests run on the first two.
Activities are written as numbers of four digits where paths are put together, because
databases put words in different orders, but never digits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError, needed
from journeykit.exchange.event_sql import EVENT_COLUMNS, named_columns
from journeykit.measure.events_source import Events, EventTotals, Gaps, Paths, Unit
from journeykit.measure.events_table import (
    check_columns,
    check_number_of,
    reasons_left_out,
    steps_column,
)

if TYPE_CHECKING:
    from journeykit.measure.events_table import Of

__all__ = ["WarehouseEvents"]

_DIGITS = 4


class WarehouseEvents(Events):
    """Events of an Ibis table.

    Parameters
    ----------
    table
        A table or any other expression of Ibis.
    unit, of, matches
        As in :func:`journeykit.measure.events.read_events`. Equal times stand in the
        order of ``row`` if there is such a column, else of the activity's name.
    columns
        The table's name for each of the columns of a table of events that it calls
        otherwise.

    Raises
    ------
    MissingExtraError
        If Ibis is not installed.
    UnknownNameError
        If a needed column is not there.
    InputError
        If a column is of the wrong type, or there are too many activities.
    """

    # Ibis builds its expressions at run time, so mypy knows nothing of their types.
    def __init__(
        self,
        table: Any,
        *,
        unit: Unit,
        of: Of,
        columns: Mapping[str, str],
        matches: Mapping[str, str] | None,
    ) -> None:
        self._ibis = needed("ibis", "a warehouse", "warehouse")
        steps = steps_column(of, matches)
        there = named_columns(list(table.columns), columns)
        check_columns(list(there), unit=unit, of=of, steps=steps)
        self.unit = unit
        self._of = of
        self._keys = ["customer", "session"] if unit == "session" else ["customer"]
        self.has_ratings = "rating" in there
        self._order = "row" if "row" in there else "activity"
        named = {
            name: _typed(table[called], name)
            for name, called in there.items()
            if name in EVENT_COLUMNS
        }
        step = named[steps]
        if of == "touchpoint" and matches is not None:
            pairs = [(name, touchpoint) for name, touchpoint in matches.items()]
            step = step.cases(*pairs) if pairs else self._ibis.null("string")
        wanted = {name: named[name] for name in (*self._keys, "time")}
        optional = ("persona", "rating", "row")
        wanted |= {name: named[name] for name in optional if name in named}
        self._rows = table.select(activity=step, **wanted)
        needs = [*self._keys[:1], "activity", "time", *self._keys[1:]]
        self._needs = [self._rows[name].notnull() for name in needs]
        #: The events that count, as an expression of Ibis.
        self.table = self._rows.filter(self._needs)
        found = self.table.select("activity").distinct().to_pandas()["activity"]
        self.activities = tuple(sorted(found))
        check_number_of(len(self.activities), "activities")

    @cached_property
    def personas(self) -> tuple[str, ...]:
        """Personas of at least one customer, in alphabetical order."""
        if "persona" not in self.table.columns:
            return ()
        return tuple(sorted(set(self._people().to_pandas()["persona"])))

    @cached_property
    def totals(self) -> EventTotals:
        """What was read and what was left out."""
        rows, events = self._rows, self.table
        asked = {"n_rows": rows.count()}
        before = self._ibis.literal(value=True)
        for place, is_there in enumerate(self._needs):
            asked[f"lack_{place}"] = (before & ~is_there).sum()
            before = before & is_there
        counted = _first_row(rows.aggregate(**asked))
        ordered = self._in_order()
        same = ordered.time == ordered.time.lag().over(self._window(ordered))
        equal = ordered.mutate(same=same)
        ends = _first_row(
            events.aggregate(
                n=events.count(),
                n_customers=events.customer.nunique(),
                first=events.time.min(),
                last=events.time.max(),
            )
        )
        n_units = events.select(*self._keys).distinct().count().to_pandas()
        reasons = reasons_left_out(unit=self.unit, of=self._of)
        left_out = {
            reason: number
            for place, reason in enumerate(reasons)
            if (number := _whole(counted[f"lack_{place}"]))
        }
        by_row = self._order == "row"
        return EventTotals(
            _whole(counted["n_rows"]),
            _whole(ends["n"]),
            _whole(ends["n_customers"]),
            _whole(n_units),
            _stamp(ends["first"]),
            _stamp(ends["last"]),
            left_out,
            _whole(equal.filter(equal.same).count().to_pandas()),
            None,
            "the column row" if by_row else "the name of the activity",
        )

    def group_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``n_customers``, ``n_units``."""
        units = self._grouped(by_persona=by_persona)
        units = units.select("persona", *self._keys).distinct()
        found = units.group_by("persona").aggregate(
            n_customers=units.customer.nunique(), n_units=units.count()
        )
        table = _fetched(found, ["n_customers", "n_units"])
        if not by_persona and table.empty:
            table = pd.DataFrame({"persona": [None], "n_customers": 0, "n_units": 0})
        return table

    def activity_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``n_events``, ``n_customers``."""
        events = self._grouped(by_persona=by_persona)
        found = events.group_by("persona", "activity").aggregate(
            n_events=events.count(), n_customers=events.customer.nunique()
        )
        return _fetched(found, ["n_events", "n_customers"])

    def rating_sums(self, *, by_persona: bool) -> pd.DataFrame:
        """Return ``persona``, ``activity``, ``rating`` (NaN: none), ``n``."""
        events = self._grouped(by_persona=by_persona)
        if not self.has_ratings:
            events = events.mutate(rating=self._ibis.null("float64"))
        found = events.group_by("persona", "activity", "rating").aggregate(
            n=events.count()
        )
        table = _fetched(found, ["n"])
        return table.astype({"rating": "float64"})

    def follow_sums(self) -> pd.DataFrame:
        """Return ``source``, ``target``, ``n``, ``n_customers``, ``median_us``."""
        events = self._in_order()
        window = self._window(events)
        pairs = events.mutate(
            source=events.activity,
            target=events.activity.lead().over(window),
            until=events.time.lead().over(window),
        )
        pairs = pairs.filter(pairs.target.notnull())
        gap = _microseconds(pairs.until) - _microseconds(pairs.time)
        pairs = pairs.mutate(gap=gap)
        found = pairs.group_by("source", "target").aggregate(
            n=pairs.count(),
            n_customers=pairs.customer.nunique(),
            median_us=pairs.gap.median(),
        )
        table = _fetched(found, ["n", "n_customers"])
        return table.astype({"median_us": "float64"})

    def stage_sums(
        self, stages: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``stage`` (its place), ``n_events``, ``n_customers``."""
        events = self._grouped(by_persona=by_persona)
        asked = {}
        for place, stage in enumerate(stages):
            inside = events.activity.isin(list(stage))
            asked[f"events_{place}"] = inside.sum()
            asked[f"people_{place}"] = events.customer.nunique(where=inside)
        found = events.group_by("persona").aggregate(**asked).to_pandas()
        return _stacked(found, len(stages), "stage", ("n_events", "n_customers"))

    def step_sums(
        self, steps: Sequence[Sequence[str]], *, by_persona: bool
    ) -> pd.DataFrame:
        """Return ``persona``, ``step`` (its place), ``n``: paths that reached it."""
        units = self._reached(steps)
        if by_persona:
            units = units.inner_join(self._people(), "customer")
        else:
            units = units.mutate(persona=self._ibis.null("string"))
        asked = {
            f"events_{place}": units[f"at_{place}"].count()
            for place in range(len(steps))
        }
        found = units.group_by("persona").aggregate(**asked).to_pandas()
        return _stacked(found, len(steps), "step", ("n",))

    def gaps(
        self, steps: Sequence[Sequence[str]], wanted: Callable[[int], Sequence[int]]
    ) -> list[Gaps]:
        """Return the times from each step to the next, at the wanted places."""
        units = self._reached(steps)
        found = []
        for place in range(1, len(steps)):
            before, after = units[f"time_{place - 1}"], units[f"time_{place}"]
            gaps = units.select(gap=_microseconds(after) - _microseconds(before))
            gaps = gaps.filter(gaps.gap.notnull())
            n = _whole(gaps.count().to_pandas())
            ranked = gaps.mutate(place=self._ibis.row_number().over(order_by=gaps.gap))
            places = wanted(n)
            chosen = ranked.filter(ranked.place.isin(list(places))).to_pandas()
            pairs = zip(chosen["place"].tolist(), chosen["gap"].tolist(), strict=True)
            found.append(Gaps(n, {int(at): int(gap) for at, gap in pairs}))
        return found

    def paths(self, *, most: int | None = None, depth: int | None = None) -> Paths:
        """Return the *most* frequent paths, cut after *depth* activities."""
        events = self._in_order()
        if depth is not None:
            events = events.filter(events.at < depth)
        codes = [
            (name, f"{code:0{_DIGITS}}") for code, name in enumerate(self.activities)
        ]
        if not codes:
            empty = np.empty(0, dtype=np.int64)
            return Paths(self.activities, empty, np.zeros(1, dtype=np.int64), empty)
        events = events.mutate(code=events.activity.cases(*codes))
        whole = events.group_by(self._keys).aggregate(
            path=events.code.group_concat("", order_by=events.at)
        )
        counted = whole.group_by("path").aggregate(n=whole.count())
        counted = counted.order_by([self._ibis.desc("n"), "path"])
        found = (counted if most is None else counted.limit(most)).to_pandas()
        texts = found["path"].tolist()
        sizes = np.array([len(text) // _DIGITS for text in texts], dtype=np.int64)
        joined = "".join(texts)
        steps = range(0, len(joined), _DIGITS)
        return Paths(
            self.activities,
            np.array([int(joined[at : at + _DIGITS]) for at in steps], dtype=np.int64),
            np.concatenate([[0], np.cumsum(sizes)]),
            found["n"].to_numpy(dtype=np.int64),
        )

    def _window(self, events: Any) -> Any:
        keys = [events[name] for name in self._keys]
        order = [events.time, events[self._order]]
        return self._ibis.window(group_by=keys, order_by=order)

    def _in_order(self) -> Any:
        """Return the events with their place ``at`` in the path, from 0."""
        events = self.table
        return events.mutate(at=self._ibis.row_number().over(self._window(events)))

    def _people(self) -> Any:
        """Return the persona that each customer's first event with one states."""
        events = self.table.filter(self.table.persona.notnull())
        order = [events.time, events[self._order], events.persona]
        window = self._ibis.window(group_by=events.customer, order_by=order)
        first = events.mutate(rank=self._ibis.row_number().over(window))
        return first.filter(first.rank == 0).select("customer", "persona")

    def _grouped(self, *, by_persona: bool) -> Any:
        """Return the events with the customer's persona, or none for everybody."""
        kept = [name for name in self.table.columns if name != "persona"]
        events = self.table.select(*kept)
        if by_persona and self.personas:
            return events.inner_join(self._people(), "customer")
        events = events.mutate(persona=self._ibis.null("string"))
        return events.filter(self._ibis.literal(value=not by_persona))

    def _reached(self, steps: Sequence[Sequence[str]]) -> Any:
        """Return where (``at_0`` ...) and when each path reached each step in order."""
        events = self._in_order()
        for place, step in enumerate(steps):
            is_it = events.activity.isin(list(step))
            if place:
                is_it &= events.at > events[f"at_{place - 1}"]
            at = self._ibis.ifelse(is_it, events.at, self._ibis.null("int64"))
            over = self._ibis.window(group_by=[events[key] for key in self._keys])
            events = events.mutate(**{f"at_{place}": at.min().over(over)})
        asked = {}
        for place in range(len(steps)):
            at = events[f"at_{place}"]
            asked[f"at_{place}"] = at.max()
            asked[f"time_{place}"] = events.time.max(where=events.at == at)
        return events.group_by(self._keys).aggregate(**asked)


def _typed(column: Any, name: str) -> Any:
    """Return a column as it is measured: text, time or number; empty text is none."""
    kind = column.type()
    if name == "time":
        if kind.is_date():
            return column.cast("timestamp")
        if not kind.is_timestamp():
            raise InputError(f"times were expected, not {kind}", "column time")
        return column
    if name == "rating":
        if not kind.is_numeric():
            raise InputError(f"ratings were expected as numbers, not {kind}", "rating")
        column = column.cast("float64")
        return column.isnan().ifelse(None, column)
    if name == "row":
        if not kind.is_integer():
            raise InputError("whole numbers were expected", "column row")
        return column
    return column.cast("string").nullif("")


def _microseconds(time: Any) -> Any:
    """Return microseconds since 1970; whole seconds first, as databases round."""
    return time.truncate("s").epoch_seconds().cast("int64") * 1_000_000 + (
        time.microsecond().cast("int64")
    )


def _fetched(expression: Any, whole: Sequence[str]) -> pd.DataFrame:
    """Return a small table of sums."""
    table: pd.DataFrame = expression.to_pandas()
    table = table.astype(dict.fromkeys(whole, "int64"))
    if "persona" in table:
        persona = table["persona"].astype("object")
        table["persona"] = persona.where(persona.notna(), None)
    return table


def _stacked(
    table: pd.DataFrame, n_places: int, what: str, names: Sequence[str]
) -> pd.DataFrame:
    """Return sums that stand side by side below each other, without those of 0."""
    personas = table["persona"].astype("object")
    personas = personas.where(personas.notna(), None)
    parts = []
    for place in range(n_places):
        part = {"persona": personas, what: place}
        for name, column in zip(names, ("events", "people"), strict=False):
            part[name] = table[f"{column}_{place}"].fillna(0).astype("int64")
        parts.append(pd.DataFrame(part))
    stacked = pd.concat(parts, ignore_index=True)
    return stacked[stacked[names[0]] > 0].reset_index(drop=True)


def _first_row(expression: Any) -> dict[str, Any]:
    found: dict[str, Any] = expression.to_pandas().iloc[0].to_dict()
    return found


def _whole(number: object) -> int:
    return 0 if pd.isna(number) else int(number)  # type: ignore[call-overload]


def _stamp(time: Any) -> pd.Timestamp | None:
    if pd.isna(time):
        return None
    stamp = pd.Timestamp(time)
    return stamp if stamp.tz is None else stamp.tz_convert("UTC").tz_localize(None)
