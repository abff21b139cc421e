"""Times as people and programs write them, taken apart without deciding anything.

What is day and what is month in 3/4/2026 is left open here: :func:`order_of` looks at
all of them together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from journeykit.exchange.rows import counted

__all__ = ["ISO", "ZONED", "Order", "Written", "order_of", "written"]

_OFFSET = r"Z|UTC|GMT|[+-]\d\d(?::?\d\d)?"
ISO = (
    r"\d{4}(?:-\d\d-\d\d|/\d\d/\d\d)"
    rf"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{{1,9}})?)? ?(?:{_OFFSET})?)?"
)
"""The international form, with or without a clock and a zone."""

ZONED = r":\d.*(?:Z|[+-]\d\d(?::?\d\d)?)$"
"""Found in the international form if it has a zone."""

_CLOCK = (
    r"(?:,?\s*(?:T|at|um|à)?\s*(?P<hour>\d{1,2})"
    r"(?:[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,](?P<part>\d{1,9}))?)?"
    r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?|\s*(?P<only>[ap])\.?\s?m\.?)"
    r"(?:\s*Uhr)?\s*(?P<zone>Z|[+-]\d\d:?\d\d|[+-]\d\d|[A-Za-z]{2,4}[+-]\d{1,2}:?\d{0,2}"
    r"|[A-Z]{2,5})?(?:\s*\([^)]*\))?)?"
)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sign>[/.-])(?P<b>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d\d)"
    rf"{_CLOCK}",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[/.-](?P<b>\d{{1,2}})[/.-](?P<a>\d{{1,2}}){_CLOCK}",
    re.IGNORECASE,
)
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,?\s+)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<a>\d{{1,2}})(?:st|nd|rd|th|\.)?[\s-]*(?:de\s+|of\s+)?"
    rf"(?P<month>[^\W\d_]{{3,10}})\.?,?[\s-]*(?:de\s+)?(?P<year>\d{{4}}|\d\d){_CLOCK}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[^\W\d_]{{3,10}})\.?\s+(?P<a>\d{{1,2}})(?:st|nd|rd|th)?,?\s+"
    rf"(?P<year>\d{{4}}){_CLOCK}",
    re.IGNORECASE,
)
_MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jän jänner janvier janv ene enero gennaio januari",
            "feb february februar février févr fevr febrero febbraio februari",
            "mar march mär märz mrz mars marzo maart mrt",
            "apr april avril avr abr abril aprile",
            "may mai mayo maggio mei",
            "jun june juni juin junio giugno",
            "jul july juli juillet juil julio luglio",
            "aug august août aout ago agosto augustus",
            "sep sept september septembre septiembre settembre",
            "oct october okt oktober octobre octubre ottobre",
            "nov november novembre noviembre",
            "dec december dez dezember décembre déc dic diciembre dicembre",
        ),
        start=1,
    )
    for name in names.split()
}
# Only those that mean one thing: IST is India, Ireland and Israel, CST also China.
_ZONES: Mapping[str, int] = {
    **{"UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 60, "BST": 60},
    **{"CET": 60, "MEZ": 60, "CEST": 120, "MESZ": 120, "EET": 120, "EEST": 180},
    **{"MSK": 180, "EST": -300, "EDT": -240, "CDT": -300, "MST": -420, "MDT": -360},
    **{"PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600},
    **{"JST": 540, "KST": 540, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780},
}
_OFFSET_PARTS = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_CENTURY = 70  # 00 to 69 are 2000 to 2069


class Order(NamedTuple):
    """Which comes first in dates of numbers, whether nothing tells, and what to say."""

    dates: Literal["", "d/m", "m/d"]
    is_ambiguous: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A time taken apart.

    Parameters
    ----------
    year, first, second
        The year, and the two numbers beside it: day and month, in which order is open
        unless *is_open* is False.
    is_open
        Whether the order has to be found out.
    sign
        What stands between the numbers.
    clock
        Hour, minute, second, microsecond.
    offset
        What its clock is ahead of UTC; None if it does not say.
    signs
        What has to be said of it: ``short year``, ``half days``, a name of a zone.
    """

    year: int
    first: int
    second: int
    is_open: bool
    sign: str
    clock: tuple[int, int, int, int]
    offset: timedelta | None
    signs: tuple[str, ...]

    def moment(self, dates: str) -> datetime | None:
        """Return the time on its own clock; None if there is no such day."""
        day, month = self.first, self.second
        if self.is_open and dates == "m/d":
            day, month = month, day
        try:
            return datetime(self.year, month, day, *self.clock)  # noqa: DTZ001 - a wall clock
        except ValueError:
            return None

    @staticmethod
    def said(signs: Mapping[str, int]) -> list[str]:
        """Return what was found in *signs*, a count of each, as sentences."""
        notes = []
        if signs.get("short year"):
            notes.append("years of two digits were read as 1970 to 2069.")
        if signs.get("half days"):
            notes.append("the clock has twelve hours, with a.m. and p.m.")
        zones = sorted(name for name in signs if name in _ZONES or name == "offset")
        if zones:
            named = [name for name in zones if name != "offset"]
            tail = f" ({', '.join(named)})" if named else ""
            notes.append(f"times with a zone{tail} were turned into UTC.")
        return notes


def written(text: str) -> Written | None:
    """Take a time apart; None if it is none.

    Examples
    --------
    >>> found = written("1/20/23 9:05 pm")
    >>> found.year, found.first, found.second, found.clock[:2]
    (2023, 1, 20, (21, 5))
    >>> written("soon") is None
    True
    """
    for form in (_NUMBERS, _YEAR_FIRST, _DAY_FIRST, _MONTH_FIRST):
        found = form.fullmatch(text)
        if found is not None:
            return _taken_apart(found, is_open=form is _NUMBERS)
    return None


def _taken_apart(found: re.Match[str], *, is_open: bool) -> Written | None:
    parts = found.groupdict()
    signs: list[str] = []
    if "month" in parts:
        second = _MONTHS.get(parts["month"].lower(), 0)
        if not second:
            return None
    else:
        second = int(parts["b"])
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 1900 if year >= _CENTURY else 2000
        signs.append("short year")
    clock = _clock(parts)
    offset: timedelta | None = None
    if parts["zone"]:
        minutes = _minutes(parts["zone"])
        if minutes is None:
            return None
        offset = timedelta(minutes=minutes)
        name = parts["zone"].upper()
        signs.append(name if name in _ZONES else "offset")
    if clock is None:
        return None
    if parts["half"] or parts["only"]:
        signs.append("half days")
    sign = parts.get("sign") or ""
    return Written(
        year, int(parts["a"]), second, is_open, sign, clock, offset, tuple(signs)
    )


def _clock(parts: Mapping[str, str | None]) -> tuple[int, int, int, int] | None:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or parts["only"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return hour, minute, second, int((parts["part"] or "0").ljust(6, "0")[:6])


def _minutes(zone: str) -> int | None:
    """Return what a zone is ahead of UTC; None for a name that may mean several."""
    if zone.upper() in _ZONES:
        return _ZONES[zone.upper()]
    found = _OFFSET_PARTS.fullmatch(zone)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    if minutes > 14 * 60:
        return None
    return -minutes if found[1] == "-" else minutes


def order_of(cells: Sequence[Written], told: Literal["", "d/m", "m/d"]) -> Order:
    """Return which comes first in dates of numbers, from all of them together.

    Parameters
    ----------
    cells
        The different times of a column.
    told
        What a person said; empty if nobody did.

    Examples
    --------
    >>> cells = [written("3/4/2026"), written("3/14/2026")]
    >>> order_of(cells, "").dates
    'm/d'
    """
    pairs = [cell for cell in cells if cell.is_open]
    if not pairs:
        return Order("", is_ambiguous=False, notes=())
    n_day_first = _n(cell.first > 12 for cell in pairs)
    n_month_first = _n(cell.second > 12 for cell in pairs)
    if told:
        n_other = n_month_first if told == "d/m" else n_day_first
        notes = [f"dates were read as {_NAMES[told]}, as asked."]
        if n_other:
            said = counted(n_other, "different date")
            notes.append(f"{said} cannot be read so: look at the order again.")
        return Order(told, is_ambiguous=False, notes=tuple(notes))
    if n_day_first or n_month_first:
        dates: Literal["d/m", "m/d"] = "d/m" if n_day_first >= n_month_first else "m/d"
        n_other = min(n_day_first, n_month_first)
        number = "first" if dates == "d/m" else "second"
        notes = [f"dates are {_NAMES[dates]}: the {number} number goes beyond 12."]
        if n_other:
            said = counted(n_other, "different date")
            notes.append(f"{said} can only be the other way round, and was not read.")
        return Order(dates, is_ambiguous=False, notes=tuple(notes))
    signs = Counter(cell.sign for cell in pairs)
    if set(signs) == {"."}:
        note = f"dates are {_NAMES['d/m']}, as is usual with dots."
        return Order("d/m", is_ambiguous=False, notes=(note,))
    if all(cell.first == cell.second for cell in pairs):
        return Order("d/m", is_ambiguous=False, notes=())
    note = "every date can be read day first and month first: say which (d/m or m/d)."
    return Order("d/m", is_ambiguous=True, notes=(note,))


_NAMES = {"d/m": "day before month (d/m)", "m/d": "month before day (m/d)"}


def _n(tests: Iterable[bool]) -> int:
    return sum(tests)
