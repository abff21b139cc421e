"""Read a table of events: check its columns, give names numbers, leave out what lacks.

A table of events has the columns ``customer``, ``activity`` and ``time``, and may have
``session``, ``persona``, ``rating``, ``touchpoint`` and ``row`` (which decides among
equal times; without it the order of the table does).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.events_log import CodedEvents, EventLog
from journeykit.measure.events_source import Events
from journeykit.measure.groups import survey_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.events_source import Unit

__all__ = [
    "MOST_ACTIVITIES",
    "MOST_RATINGS",
    "EventColumns",
    "Of",
    "as_events",
    "check_columns",
    "check_number_of",
    "code_type",
    "ordered_log",
    "read_events",
    "reasons_left_out",
    "steps_column",
]

Of: TypeAlias = Literal["activity", "touchpoint"]
"""What is measured: activities by their names, or touchpoints by their ids."""

MOST_ACTIVITIES = 2_000
"""More different names are addresses of pages or the like, not steps of a journey."""

MOST_RATINGS = 1_000
"""More different numbers are no ratings on a scale."""


@dataclass(slots=True)
class EventColumns:
    """The columns of a log as a reader hands them on, in the order of their source.

    Parameters
    ----------
    customer, no_customer
        Number or hash of each customer, and where there is none.
    step, steps
        Place of the activity (or touchpoint) among the names, -1 for none.
    time, no_time
        Microseconds since 1970, UTC, and where there is none.
    session, no_session
        Number or hash of each session, and where there is none.
    persona, personas
        Place of the persona among the names, -1 for none.
    rating, rating_values
        Place of the rating among the values, which rise and end with NaN for none.
    row
        What decides among equal times; None if the order of the source does.
    """

    customer: NDArray[np.integer]
    step: NDArray[np.integer]
    steps: tuple[str, ...]
    time: NDArray[np.int64]
    no_customer: NDArray[np.bool_] | None = None
    no_time: NDArray[np.bool_] | None = None
    session: NDArray[np.integer] | None = None
    no_session: NDArray[np.bool_] | None = None
    persona: NDArray[np.integer] | None = None
    personas: tuple[str, ...] = ()
    rating: NDArray[np.integer] | None = None
    rating_values: tuple[float, ...] = (np.nan,)
    row: NDArray[np.int64] | None = None

    def only(self, keep: NDArray[np.bool_]) -> None:
        """Leave out the other rows."""
        for name in ("customer", "step", "time", "session", "persona", "rating", "row"):
            column = getattr(self, name)
            setattr(self, name, None if column is None else column[keep])


def read_events(
    events: pd.DataFrame,
    *,
    unit: Unit = "customer",
    of: Of = "activity",
    matches: Mapping[str, str] | None = None,
) -> EventLog:
    """Return a table of events put in order, ready for every measure of events.

    Parameters
    ----------
    events
        ``customer``, ``activity``, ``time`` (without zone: UTC), and optional
        ``session``, ``persona``, ``rating`` (a number, empty for none), ``touchpoint``
        and ``row`` (a whole number). Need not be sorted, and is not changed.
    unit
        Whether a person or each session of a person walks a path.
    of
        ``"touchpoint"`` measures touchpoints (their ids) instead of activities; events
        of no touchpoint are left out and counted.
    matches
        Activity to touchpoint, in place of the column ``touchpoint``.

    Returns
    -------
    EventLog
        Events by path and time; equal times in the order of ``row``, else of the table.
        Its ``totals`` say what was left out and put in order.

    Raises
    ------
    UnknownNameError
        If a needed column is not there.
    TableError
        If a rating is no number.
    InputError
        If ``time`` holds no times, or there are too many different activities.

    Examples
    --------
    >>> table = pd.DataFrame({"customer": ["a", None], "activity": ["cart", "pay"]})
    >>> table["time"] = pd.to_datetime(["2026-03-02", "2026-03-01"])
    >>> read_events(table).totals.notes[0]
    'Left out, no customer: 1.'
    """
    steps = steps_column(of, matches)
    there = [str(name) for name in events.columns]
    check_columns(there, unit=unit, of=of, steps=steps)
    time, no_time = _times(survey_column(events, "time"))
    customer, no_customer = _numbered(survey_column(events, "customer"))
    step, names = _named(survey_column(events, steps))
    columns = EventColumns(customer, step, names, time, no_customer, no_time)
    if unit == "session":
        session = survey_column(events, "session")
        columns.session, columns.no_session = _numbered(session)
    if "persona" in there:
        columns.persona, columns.personas = _named(survey_column(events, "persona"))
    if "rating" in there:
        column = survey_column(events, "rating")
        columns.rating, columns.rating_values = _rated(column)
    if "row" in there:
        columns.row = _whole(survey_column(events, "row"))
    return ordered_log(columns, unit=unit, of=of, matches=matches)


def ordered_log(
    columns: EventColumns, *, unit: Unit, of: Of, matches: Mapping[str, str] | None
) -> EventLog:
    """Return a log of columns; *columns* is used up.

    Raises
    ------
    InputError
        If there are too many different activities.
    """
    n_rows = len(columns.customer)
    if of == "touchpoint" and matches is not None:
        columns.step, columns.steps = _matched(columns.step, columns.steps, matches)
    left_out = _leave_out(columns, reasons_left_out(unit=unit, of=of))
    step, of_these = _dense(columns.step, len(columns.steps))
    check_number_of(len(of_these), "activities")
    units, customers = columns.customer, None
    if columns.session is not None:
        customers, _ = pd.factorize(columns.customer)
        session, found = pd.factorize(columns.session)
        pairs = customers * len(found) + session
        _, units = np.unique(pairs, return_inverse=True)
    coded = CodedEvents(
        units=units,
        customers=customers,
        activity=step,
        activities=tuple(columns.steps[code] for code in of_these),
        time=columns.time,
        place=columns.row,
        persona=columns.persona,
        personas=columns.personas,
        rating=columns.rating,
        rating_values=columns.rating_values,
    )
    order = "the order of the table" if columns.row is None else "the column row"
    return EventLog(coded, unit=unit, n_rows=n_rows, left_out=left_out, order=order)


def as_events(events: pd.DataFrame | Events) -> Events:
    """Return events as they can be summed up; a table is read by customer."""
    return events if isinstance(events, Events) else read_events(events)


def steps_column(of: Of, matches: Mapping[str, str] | None) -> str:
    """Return the column that says which step an event is."""
    return "touchpoint" if of == "touchpoint" and matches is None else "activity"


def check_columns(
    there: Sequence[str], *, unit: str, of: str, steps: str, where: str = ""
) -> None:
    """Refuse a table that lacks a column, or options that nobody knows."""
    for name, given, known in (
        ("unit", unit, ("customer", "session")),
        ("kind of step", of, ("activity", "touchpoint")),
    ):
        if given not in known:
            raise UnknownNameError(name, given, known)
    wanted = ["customer", steps, "time"] + (["session"] if unit == "session" else [])
    for name in wanted:
        if name not in there:
            raise UnknownNameError("column", name, there, where)


def check_number_of(n: int, what: Literal["activities", "ratings"]) -> None:
    """Refuse so many different activities or ratings that they are none."""
    if what == "activities" and n > MOST_ACTIVITIES:
        raise InputError(
            f"at most {MOST_ACTIVITIES:,} different activities were expected, there "
            f"are {n:,}",
            "column activity",
            "Match them to touchpoints first, and measure touchpoints",
        )
    if what == "ratings" and n > MOST_RATINGS:
        raise InputError(
            f"ratings on a scale were expected, there are {n:,} different numbers",
            "column rating",
            "Name the column of the ratings in the mapping",
        )


def reasons_left_out(*, unit: str, of: str) -> list[str]:
    """Return why rows are left out, in the order in which they are asked."""
    words = ["no customer", f"no {of}", "no time"]
    return [*words, "no session"] if unit == "session" else words


def code_type(n_names: int) -> np.dtype[Any]:
    """Return the smallest type for the places of names, -1 for none and one more."""
    return np.min_scalar_type(-n_names - 1)


def _times(column: pd.Series) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return microseconds since 1970 in UTC, and where there is no time."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_convert("UTC").dt.tz_localize(None)
    if not pd.api.types.is_datetime64_dtype(column.dtype):
        raise InputError(
            f"times were expected, not {column.dtype}",
            f"column {column.name}",
            "Read the file with a mapping that names its column of times",
        )
    times = column.to_numpy().astype("datetime64[us]", copy=False)
    return times.view(np.int64), np.isnat(times)


def _numbered(column: pd.Series) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return a number for each cell, and which cells are empty."""
    long_codes, found = pd.factorize(column)
    codes = long_codes.astype(np.int32)
    is_empty = codes < 0
    blank = np.flatnonzero(np.asarray(found == "", dtype=bool))
    if len(blank):
        is_empty |= codes == blank[0]
    return codes, is_empty


def _named(column: pd.Series) -> tuple[NDArray[np.integer], tuple[str, ...]]:
    """Return a number for each cell, -1 for empty ones, and the names in order."""
    codes, found = pd.factorize(column)
    written = [str(name) for name in found]
    names = tuple(sorted(set(written) - {""}))
    places = {name: place for place, name in enumerate(names)}
    numbers = [*(places.get(name, -1) for name in written), -1]
    return np.array(numbers, dtype=code_type(len(names)))[codes], names


def _rated(column: pd.Series) -> tuple[NDArray[np.integer], tuple[float, ...]]:
    """Return a number for each rating, and the ratings; the last is NaN for none."""
    if not pd.api.types.is_numeric_dtype(column.dtype) or column.dtype == bool:
        there = column.dropna()
        faulty = pd.to_numeric(there, errors="coerce").isna().to_numpy()
        cells = there[faulty] if faulty.any() else there
        raise TableError(
            "ratings were expected as numbers",
            [
                (2 + int(row), str(cell))
                for row, cell in zip(_places(column, cells), cells.head(), strict=False)
            ],
            len(cells),
            f"column {column.name}",
        )
    codes, found = pd.factorize(column)
    given = np.asarray(found, dtype=float)
    order = np.argsort(given)
    check_number_of(len(order), "ratings")
    numbers = np.empty(len(order) + 1, dtype=code_type(len(order)))
    numbers[order] = np.arange(len(order))
    numbers[-1] = len(order)
    return numbers[codes], (*given[order].tolist(), np.nan)


def _places(column: pd.Series, cells: pd.Series) -> NDArray[np.int64]:
    return np.flatnonzero(column.index.isin(cells.index))


def _whole(column: pd.Series) -> NDArray[np.int64]:
    if not pd.api.types.is_integer_dtype(column.dtype) or column.isna().any():
        raise InputError("whole numbers were expected", f"column {column.name}")
    return column.to_numpy(dtype=np.int64)


def _matched(
    step: NDArray[np.integer], names: tuple[str, ...], matches: Mapping[str, str]
) -> tuple[NDArray[np.integer], tuple[str, ...]]:
    """Return the touchpoint of each activity instead of the activity."""
    touchpoints = tuple(sorted({matches[name] for name in names if name in matches}))
    places = {name: place for place, name in enumerate(touchpoints)}
    numbers = [*(places.get(matches.get(name, ""), -1) for name in names), -1]
    return np.array(numbers, dtype=code_type(len(names)))[step], touchpoints


def _leave_out(columns: EventColumns, reasons: list[str]) -> dict[str, int]:
    """Leave out rows that lack what they need; return how many for which reason."""
    lacks = [columns.no_customer, columns.step < 0, columns.no_time]
    if columns.session is not None:
        lacks.append(columns.no_session)
    keep = np.ones(len(columns.customer), dtype=bool)
    left_out = {}
    for reason, lacking in zip(reasons, lacks, strict=True):
        n = 0 if lacking is None else int((keep & lacking).sum())
        if lacking is not None and n:
            left_out[reason] = n
            keep &= ~lacking
    if left_out:
        columns.only(keep)
    return left_out


def _dense(
    codes: NDArray[np.integer], n_codes: int
) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
    """Return codes without gaps, and the earlier codes in their place."""
    used = np.zeros(n_codes, dtype=bool)
    used[codes] = True
    if used.all():
        return codes, np.arange(n_codes)
    return (np.cumsum(used, dtype=np.int32) - 1)[codes], np.flatnonzero(used)
