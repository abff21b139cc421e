"""Tables of a part: as texts for a page, and as values for a spreadsheet."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from journeykit.language import day, decimals, say
from journeykit.report.column_words import cell_words, column_words
from journeykit.show.numbers import count

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NO_VALUE", "CellType", "left_out_table", "most_digits", "table_data"]

NO_VALUE = "\N{EM DASH}"
"""What stands where a table has no value."""

_NUMBER = re.compile(
    "[-+\N{MINUS SIGN}]?(?:\\d{1,3}(?:[.,\\s]\\d{3})+|\\d+)(?:[.,]\\d+)?\\s?%?"
)

CellType = Literal["number", "whole", "yes_no", "day", "text"]
"""What the values of a column are."""


def table_data(
    table: pd.DataFrame, labels: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return a table as plain data.

    Parameters
    ----------
    table
        The table.
    labels
        The columns to show, in order, with their labels; all if None.

    Returns
    -------
    dict
        ``columns`` and their ``labels``; ``numeric``, which of them are numbers;
        ``rows``, the texts; ``types``, a :data:`CellType` a column; ``values``, the
        rows as what they are (None where there is no value, days as ISO texts).
    """
    is_twin = not labels
    labels = labels or {str(one): column_words(str(one)) for one in table.columns}
    numeric, texts, values, types = [], [], [], []
    for place, column in enumerate(labels):
        cells = _cells(table[column])
        digits = most_digits(cells)
        said = [_text(value, digits) for value in cells]
        texts.append([cell_words(column, one) for one in said] if is_twin else said)
        kind = _type(cells)
        types.append(kind)
        values.append([_value(value, kind) for value in cells])
        # pandas' nullable whole numbers say kind "i" too.
        is_number = table[column].dtype.kind in "iuf" or kind in ("number", "whole")
        numeric.append(is_number or (place > 0 and _are_numbers(texts[-1])))
    return {
        "columns": [str(column) for column in labels],
        "labels": list(labels.values()),
        "numeric": numeric,
        "rows": [list(row) for row in zip(*texts, strict=True)],
        "types": types,
        "values": [list(row) for row in zip(*values, strict=True)],
    }


def _are_numbers(texts: Sequence[str]) -> bool:
    r"""Return whether all these texts are numbers, perhaps with a sign or percent.

    Examples
    --------
    >>> _are_numbers(["+1", "\N{MINUS SIGN}2.5", NO_VALUE, "12 %"])
    True
    >>> _are_numbers(["2", "2 of 3"])
    False
    """
    said = [text for text in texts if text not in ("", NO_VALUE)]
    return bool(said) and all(map(_NUMBER.fullmatch, said))


def _cells(column: pd.Series) -> list[object]:
    # Cell by cell: a table of a report is small, and pandas has a price for each step.
    pairs = zip(column.tolist(), column.isna().tolist(), strict=True)
    return [None if is_gone else value for value, is_gone in pairs]


def left_out_table(rows: Sequence[tuple[str, str, int]]) -> dict[str, Any]:
    """Return what was left out as a table, as :func:`table_data` does.

    Parameters
    ----------
    rows
        From where, why, and how many answers.
    """
    return {
        "columns": ["where", "why", "answers"],
        "labels": [say("Where"), say("Why"), say("Answers")],
        "numeric": [False, False, True],
        "rows": [[where, why, count(n)] for where, why, n in rows],
        "types": ["text", "text", "whole"],
        "values": [list(row) for row in rows],
    }


def _text(value: object, digits: int) -> str:
    if value is None:
        return NO_VALUE
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, float):
        if not math.isfinite(value):
            return NO_VALUE
        return decimals(value, digits).replace("-", "\N{MINUS SIGN}")
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    return count(value) if isinstance(value, int) else str(value)


def most_digits(values: Iterable[object]) -> int:
    """Return how many digits a column of numbers needs, three at most."""
    texts = [f"{value:.3f}".rstrip("0") for value in values if isinstance(value, float)]
    return max((len(text.partition(".")[2]) for text in texts), default=0)


def _type(values: Sequence[object]) -> CellType:
    found: set[CellType] = set()
    for value in values:
        match value:
            case None:
                continue
            case bool():
                found.add("yes_no")
            case int():
                found.add("whole")
            case float():
                found.add("number")
            case datetime():
                found.add("text")
            case date():
                found.add("day")
            case _:
                found.add("text")
    if found == {"whole", "number"}:
        return "number"
    return found.pop() if len(found) == 1 else "text"


def _value(value: object, kind: CellType) -> str | float | int | bool | None:
    if value is None or kind == "text":
        return None if value is None else str(value)
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, bool | int | float)
    return value if math.isfinite(value) else None
