"""The table that a chart is given: only the columns that it needs, or a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from journeykit.errors import InputError

__all__ = ["chart_table", "plain_rows"]


def chart_table(table: pd.DataFrame, needed: Sequence[str]) -> pd.DataFrame:
    """Return the *needed* columns of a table, its rows counted from 0.

    Raises
    ------
    InputError
        If a column is missing.
    """
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise InputError(
            f"a table with {', '.join(needed)} was expected, "
            f"without {', '.join(missing)} it cannot be drawn"
        )
    return table[list(needed)].reset_index(drop=True)


def plain_rows(table: pd.DataFrame, **fields: str) -> list[dict[str, Any]]:
    """Return rows with *fields* renamed (new=old), what is missing as None.

    Examples
    --------
    >>> import pandas as pd
    >>> plain_rows(pd.DataFrame({"age": [1], "value": [float("nan")]}), x="age")
    [{'x': 1}]
    """
    parts = (_plain(table[old].tolist()) for old in fields.values())
    return [dict(zip(fields, cells, strict=True)) for cells in zip(*parts, strict=True)]


def _plain(cells: Iterable[Any]) -> list[Any]:
    return [None if pd.isna(cell) else cell for cell in cells]
