"""Open events for measuring, wherever they are: a table, Parquet files, a warehouse.

A table of up to two million rows is measured with pandas and numpy. Above, and for
Parquet files, DuckDB reads (extra ``duckdb``): less than half of the memory and two
thirds of the CPU. Tables of a warehouse are summed up there, by Ibis (extra
``warehouse``). All give the same numbers, row for row.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd
import pyarrow as pa

from journeykit.errors import InputError, MissingExtraError, UnknownNameError, warn
from journeykit.exchange.event_sql import EVENT_COLUMNS, duckdb_events, named_columns
from journeykit.measure.events_source import Events
from journeykit.measure.events_table import read_events

if TYPE_CHECKING:
    from journeykit.measure.events_source import Unit
    from journeykit.measure.events_table import Of

__all__ = ["EVENT_COLUMNS", "MOST_PANDAS_ROWS", "Engine", "event_measures"]

MOST_PANDAS_ROWS = 2_000_000
"""Tables with more rows are read by DuckDB."""

Engine = Literal["pandas", "duckdb", "warehouse"]


def event_measures(
    source: Any,  # Ibis publishes no type that can be named without installing it
    *,
    unit: Unit = "customer",
    of: Of = "activity",
    columns: Mapping[str, str] | None = None,
    matches: Mapping[str, str] | None = None,
    engine: Engine | None = None,
) -> Events:
    """Open events, ready for every measure of :mod:`journeykit.measure.events`.

    Parameters
    ----------
    source
        A table of pandas, the path of a Parquet file or of a folder of them, or a table
        of Ibis.
    unit
        Whether a person or each session of a person walks a path.
    of
        ``"touchpoint"`` measures touchpoints (their ids) instead of activities.
    columns
        The source's name for ``customer``, ``activity``, ``time``, ``session``,
        ``persona``, ``rating``, ``touchpoint`` and ``row``, where it calls them
        otherwise.
    matches
        Activity to touchpoint, in place of the column ``touchpoint``.
    engine
        What reads and sums up; None chooses as the module says.

    Returns
    -------
    Events
        Hand it to the measures in place of a table.

    Raises
    ------
    UnknownNameError
        If a column is not there, or there is no such engine.
    MissingExtraError
        If the engine is not installed.
    FileProblemError
        If there is no such file, or it is no Parquet.
    InputError
        If the source is none of these, or the engine cannot read it.
    TableError
        If a rating is no number.

    Examples
    --------
    >>> table = pd.DataFrame({"user_id": ["a", "a"], "event": ["cart", "pay"]})
    >>> table["timestamp"] = pd.to_datetime(["2026-03-01", "2026-03-02"])
    >>> names = {"customer": "user_id", "activity": "event", "time": "timestamp"}
    >>> event_measures(table, columns=names).activities
    ('cart', 'pay')
    """
    if isinstance(source, Events):
        return source
    named = dict(columns or {})
    chosen = _engine(source, engine)
    if chosen == "warehouse":
        from journeykit.exchange.event_ibis import WarehouseEvents

        return WarehouseEvents(source, unit=unit, of=of, columns=named, matches=matches)
    if chosen == "pandas":
        return read_events(_renamed(source, named), unit=unit, of=of, matches=matches)
    if isinstance(source, (str, Path)):
        place = Path(source)
        return duckdb_events(place, unit=unit, of=of, columns=named, matches=matches)
    table = _renamed(source, named)
    try:
        arrow = pa.Table.from_pandas(table, preserve_index=False)
        return duckdb_events(arrow, unit=unit, of=of, columns={}, matches=matches)
    except pa.ArrowException:  # numbers and text in one column
        pass
    except MissingExtraError:
        if engine is not None:
            raise
        warn(
            "DuckDB is not installed, so this large table is measured with pandas; "
            "pip install 'journeykit[duckdb]' needs less memory and time"
        )
    return read_events(table, unit=unit, of=of, matches=matches)


def _engine(source: object, engine: Engine | None) -> Engine:
    is_table = isinstance(source, pd.DataFrame)
    is_file = isinstance(source, (str, Path))
    is_warehouse = type(source).__module__.split(".", 1)[0] == "ibis"
    fitting: tuple[Engine, ...] = ()
    if is_table:
        fitting = ("pandas", "duckdb")
        if len(source) > MOST_PANDAS_ROWS:  # type: ignore[arg-type]
            fitting = ("duckdb", "pandas")
    elif is_file:
        fitting = ("duckdb",)
    elif is_warehouse:
        fitting = ("warehouse",)
    else:
        raise InputError(
            "a table, the path of Parquet files or a table of Ibis was expected, not "
            f"{type(source).__name__}"
        )
    if engine is None:
        return fitting[0]
    if engine not in fitting:
        raise UnknownNameError("engine for these events", engine, fitting)
    return engine


def _renamed(table: pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return the columns of events, called as measures expect them."""
    names = named_columns([str(name) for name in table.columns], columns)
    kept = {called: name for name, called in names.items() if name in EVENT_COLUMNS}
    return table[list(kept)].rename(columns=kept)
