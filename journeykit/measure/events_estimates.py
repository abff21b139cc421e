"""Rows of tables that are estimates: a share, its interval, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.measure.intervals import wilson
from journeykit.measure.result import MIN_ANSWERS, Result

if TYPE_CHECKING:
    from journeykit.measure.events_source import Events

__all__ = [
    "ESTIMATE_COLUMNS",
    "estimate",
    "estimate_table",
    "groups_of",
    "share",
    "summed",
]

ESTIMATE_COLUMNS = (
    "value",
    "low",
    "high",
    "n",
    "n_left_out",
    "reliability",
    "left_out",
)
"""What every estimate says, as in the table of scores."""

_TYPES = {
    **dict.fromkeys(("value", "low", "high"), "float64"),
    **dict.fromkeys(("n", "n_left_out"), "int64"),
    "reliability": "str",
    "left_out": "object",
}


def share(
    definition: str,
    count: int,
    n: int,
    *,
    left_out: Mapping[str, int] | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
    note: str = "",
) -> Result:
    """Return *count* of *n* with its Wilson interval.

    Nothing but n is said where *n* is below *minimum*.

    Examples
    --------
    >>> share("conversion_rate", 5, 20).value
    0.25
    """
    left_out = {why: number for why, number in (left_out or {}).items() if number}
    if n < max(minimum, 1):
        nothing = (None, None, None)
        return Result(definition, *nothing, n, left_out, None, level, minimum, note)
    ends = wilson(count, n, level)
    found = (count / n, ends.low, ends.high)
    return Result(definition, *found, n, left_out, None, level, minimum, note)


def estimate(result: Result) -> dict[str, object]:
    """Return what a row of a table says of a result.

    Examples
    --------
    >>> row = estimate(share("conversion_rate", 5, 20, left_out={"no time": 2}))
    >>> row["n"], row["n_left_out"], row["reliability"], row["left_out"]
    (20, 2, 'few answers', {'no time': 2})
    """
    row = {name: getattr(result, name) for name in ESTIMATE_COLUMNS}
    return {**row, "left_out": dict(result.left_out)}


def estimate_table(
    rows: Sequence[Mapping[str, object]], types: Mapping[str, str]
) -> pd.DataFrame:
    """Return rows as a table whose types do not depend on what is in it.

    Parameters
    ----------
    rows
        Cells by column; those of :func:`estimate` among them.
    types
        Type of each column before those of an estimate, in order.
    """
    every = {**types, **_TYPES}
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=kind)
            for name, kind in every.items()
        }
    )


def groups_of(events: Events, *, by_persona: bool) -> list[str | None]:
    """Return the groups of a table: None for all, and each persona."""
    return [None, *events.personas] if by_persona else [None]


def summed(
    tables: Iterable[pd.DataFrame], key: str, value: str
) -> dict[tuple[str | None, Any], int]:
    """Return sums of several tables by persona and *key*, which is text or a place.

    Examples
    --------
    >>> sums = pd.DataFrame({"persona": [None], "step": [0], "n": [7]})
    >>> summed([sums], "step", "n")
    {(None, 0): 7}
    """
    found: dict[tuple[str | None, Any], int] = {}
    for table in tables:
        columns = (table[name].tolist() for name in ("persona", key, value))
        for persona, place, number in zip(*columns, strict=True):
            found[persona, place] = int(number)
    return found
