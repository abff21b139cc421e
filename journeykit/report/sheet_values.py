"""The columns of a table as values of a sheet, and how each is written.

A page writes a count, a percentage or a day as words where a column needs them. A sheet
has the number or the day again if every cell of the column is written exactly as we
write one: what people typed ("007", "2017") is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from journeykit.language import NBSP, current_language, day, decimals, percent
from journeykit.report.part_tables import NO_VALUE, most_digits

__all__ = ["SheetColumn", "sheet_values"]

_MINUS = "\N{MINUS SIGN}"
_MOST_DIGITS = 3
_UNIT_DIGITS = {"share": 1, "points": 1, "mean": 2, "money": 0, "number": 2}
_IN_UNIT = frozenset(
    {"value", "low", "high", "apart", "apart_low", "apart_high", "before", "after"}
    | {"change", "centre", "lower_limit", "upper_limit"}
)
"""Columns of a chart's numbers that are in the unit of its measure."""
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a sheet: what its values are, how they look, and the values."""

    kind: str
    look: str
    values: Sequence[Any]

    @property
    def is_number(self) -> bool:
        """Whether it stands at the right, as its head does."""
        return self.kind in {"number", "whole"}


def sheet_values(table: Mapping[str, Any]) -> list[SheetColumn]:
    """Return the columns of a table, each value as what it is.

    Parameters
    ----------
    table
        As :func:`journeykit.report.part_tables.table_data` makes it; ``unit``, that of
        the measure behind it, if there is one.

    Examples
    --------
    >>> table = {"columns": ["share"], "types": ["text"], "numeric": [True]}
    >>> table |= {"rows": [["28\N{NO-BREAK SPACE}%"]], "values": [["28 %"]]}
    >>> sheet_values(table)
    [SheetColumn(kind='number', look='share', values=(0.28,))]
    """
    columns = zip(*table["values"], strict=True)
    texts = zip(*table["rows"], strict=True)
    return [
        _column(table, place, values, said)
        for place, (values, said) in enumerate(zip(columns, texts, strict=True))
    ]


def _column(
    table: Mapping[str, Any], place: int, values: Sequence[Any], said: Sequence[str]
) -> SheetColumn:
    kind = str(table["types"][place])
    if kind == "number":
        unit = table.get("unit") or ""
        if unit in _UNIT_DIGITS and table["columns"][place] in _IN_UNIT:
            look = "share" if unit == "share" else "number"
            return SheetColumn(kind, f"{look}{_UNIT_DIGITS[unit] or ''}", values)
        return SheetColumn(kind, f"number{most_digits(values) or ''}", values)
    if kind != "text":
        return SheetColumn(kind, kind, values)
    found = _numbers(said) if table["numeric"][place] else None
    found = found or (_days(said) if place else None)
    look = "cell" if place else "text"
    # A column without any value is empty for programs, too.
    words = [
        None if value is None else one for value, one in zip(values, said, strict=True)
    ]
    return found or SheetColumn("text", look, words)


def _numbers(said: Sequence[str]) -> SheetColumn | None:
    """Return a column of texts as numbers, if each is written as we write one."""
    read = [_number(text) if text not in {"", NO_VALUE} else None for text in said]
    found = [one for one in read if one is not None]
    if not found or len(found) < sum(text not in {"", NO_VALUE} for text in said):
        return None
    shapes = {(form, digits) for _, form, digits in found}
    forms = {form for form, _ in shapes}
    if forms == {"number", "signed"}:  # a nought, or what is below it, has no plus
        forms = {"signed"}
    if len(forms) > 1:
        return None
    (form,) = forms
    digits = max(digits for _, digits in shapes)
    values = tuple(one and one[0] for one in read)
    return SheetColumn("number", f"{form}{digits or ''}", values)


def _number(text: str) -> tuple[float, str, int] | None:
    """Return a number that we wrote, its form and its digits; None if we did not."""
    group, point = decimals(1000, 0)[1:-3], decimals(0.5, 1)[1:-1]
    plain = text.replace(_MINUS, "-").replace(group, "").replace(point, ".")
    is_share = plain.endswith("%")
    try:
        value = float(plain.rstrip("%").strip())
    except ValueError:
        return None
    digits = len(plain.rstrip("%").strip().partition(".")[2])
    if digits > _MOST_DIGITS:
        return None
    if is_share:
        value = round(value / 100, digits + 2)
    written = percent(value, digits) if is_share else decimals(value, digits)
    is_signed = text.startswith("+")
    if f"{'+' * is_signed}{written}".replace("-", _MINUS) != text.replace("-", _MINUS):
        return None
    return value, "share" if is_share else "signed" if is_signed else "number", digits


def _days(said: Sequence[str]) -> SheetColumn | None:
    """Return a column of texts as days, if each is written as we write one."""
    values: list[str | None] = []
    for text in said:
        year = _YEAR.search(text)
        days = _days_of(int(year[0]), current_language()) if year else {}
        found = days.get(text.replace(" ", NBSP))
        if found is None and text not in {"", NO_VALUE}:
            return None
        values.append(found)
    return SheetColumn("day", "day", values) if any(values) else None


@lru_cache(maxsize=32)
def _days_of(year: int, language: str) -> Mapping[str, str]:  # noqa: ARG001 - of the words
    """Return the days of a year by how they are written."""
    if not 1900 < year < 9999:  # a spreadsheet knows no others
        return {}
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return {day(one): one.isoformat() for one in days if one.year == year}
