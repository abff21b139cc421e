"""Cells of a sheet as texts: numbers without noise, dates as ISO 8601 has them.

A spreadsheet keeps numbers as floats of fifteen digits. An id must come out as ``7``,
not ``7.0``, and a price as ``0.3``, not ``0.30000000000000004``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from pyarrow import compute as pc
from python_calamine import CalamineSheet

from journeykit.exchange.readings import Parsed
from journeykit.exchange.rows import counted

__all__ = ["CellTexts"]

_EXACT = 2**53
_N_DIGITS = 15
_MAX_KNOWN = 100_000
_DAY = r"^(\d{4}-\d{2}-\d{2})$"
_TIME = r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"


def _number(value: float) -> str:
    if value.is_integer() and abs(value) <= _EXACT:
        return str(int(value))
    text = f"{value:.15g}"
    # Tiny numbers keep plain digits: other readers take no exponents.
    is_plain = "e" not in text or not 1e-9 < abs(value) < 1e21
    return text if is_plain else format(Decimal(text), "f")


def _moment(value: datetime) -> str:
    # Days are stored as fractions: what is off by less than a millisecond is noise.
    rounded = value + timedelta(microseconds=500)
    kept = rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
    return kept.isoformat(" ", "milliseconds" if kept.microsecond else "seconds")


def _length(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{sign}{hours}:{minute:02}:{second:02}"


class CellTexts:
    """Makes texts of the cells of a sheet, and remembers what must be said of them."""

    def __init__(self) -> None:
        self._n_rounded = 0
        self._numbers: dict[float, str] = {}
        self._has_days = self._has_moments = False
        self._texts: dict[type, Callable[[Any], str]] = {
            float: self._float,
            int: self._float,
            bool: lambda value: "TRUE" if value else "FALSE",
            datetime: self._datetime,
            date: self._date,
            time: lambda value: value.replace(microsecond=0).isoformat(),
            timedelta: _length,
            str: str,
        }

    def _float(self, value: float) -> str:
        text = self._numbers.get(value)  # answers are few numbers, many times
        if text is None:
            text = _number(float(value))
            if len(self._numbers) < _MAX_KNOWN:
                self._numbers[value] = text
        if len(text) > _N_DIGITS or "e" in text:
            self._n_rounded += abs(value) > _EXACT
        return text

    def _datetime(self, value: datetime) -> str:
        self._has_moments = True
        return _moment(value)

    def _date(self, value: date) -> str:
        self._has_days = True
        return value.isoformat()

    def rows(self, sheet: CalamineSheet) -> Iterator[list[str]]:
        """Yield the rows from the sheet's first, cells from its first used column."""
        texts = self._texts
        for row in sheet.iter_rows():
            yield [
                cell if type(cell) is str else texts[type(cell)](cell) for cell in row
            ]

    def notes(self) -> Iterator[str]:
        """Yield what must be said of the cells so far, in sentences."""
        if self._n_rounded:
            yield (
                f"{counted(self._n_rounded, 'number')} of more than 15 digits: "
                "spreadsheets round these, so ids belong in cells of text."
            )

    def with_whole_times(self, found: Parsed) -> Parsed:
        """Return the table with midnight written out among days with a time."""
        if not (self._has_days and self._has_moments):
            return found
        content = [
            pc.replace_substring_regex(column, _DAY, r"\1 00:00:00")
            if pc.any(pc.match_substring_regex(column, _TIME)).as_py()
            else column
            for column in found.content
        ]
        return replace(found, content=content)
