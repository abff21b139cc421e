"""Numbers with a decimal comma, where an export has them: 0,8 for 0.8.

Only columns that a mapping uses as numbers are touched, and never people's texts. Where
a comma may part thousands (1,000 and nothing else), or parts the cells, it stays: the
quality report then names the cells. Reading a locale's numbers everywhere was turned
down: ids, versions and dates have commas too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

__all__ = ["with_decimal_points"]

_COMMA = re.compile(r"\s*[+-]?\d+,(\d+)\s*")


def with_decimal_points(
    frame: pd.DataFrame, columns: Iterable[str], delimiter: str
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the table with points in these columns, and what was done in sentences.

    Parameters
    ----------
    frame
        One row a respondent, every column text. It stays as it is.
    columns
        Columns of numbers.
    delimiter
        The sign between the cells of the file.

    Examples
    --------
    >>> table = pd.DataFrame({"weight": ["0,8", "1", ""]})
    >>> with_decimal_points(table, ["weight"], ";")[1]
    ("weight: 1 decimal comma was read as a point, '0,8' as 0.8.",)
    """
    if delimiter == ",":
        return frame, ()
    mended: dict[str, pd.Series[str]] = {}
    notes: list[str] = []
    for name in dict.fromkeys(columns):
        column = frame[name]
        cells = [cell for cell in column.dropna().unique() if "," in cell]
        found = [_COMMA.fullmatch(cell) for cell in cells]
        if not all(found) or all(match and len(match[1]) == 3 for match in found):
            continue
        n = int(column.isin(cells).sum())
        mended[name] = column.str.replace(",", ".", regex=False)
        what = "1 decimal comma was read as a point"
        if n > 1:
            what = f"{n:,} decimal commas were read as points"
        first = cells[0].strip()
        notes.append(f"{name}: {what}, {first!r} as {first.replace(',', '.')}.")
    return (frame.assign(**mended) if mended else frame), tuple(notes)
