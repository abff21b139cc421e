"""Times of a table: read by looking at the whole column, and turned into UTC.

One cell seldom tells what it means: 3/4/2026 is a day in March or in April, 1606780800
a second since 1970. The column does, mostly. Where it does not, nobody guesses: that is
said, and whoever reads it has to state the order. Times before 1980 or after 2099 are
stand-ins (1900-01-01, 9999-12-31) rather than times, and count as missing. ``dateutil``
was turned down: it decides cell by cell, and swaps day and month within a column.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, TypeAlias
from zoneinfo import ZoneInfo, available_timezones

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.exchange.rows import counted
from journeykit.exchange.time_texts import ISO, ZONED, Written, order_of, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["NO_VALUE", "Times", "read_times", "zone_named"]

NO_VALUE = frozenset(
    {
        *("", "-", "--", "---", ".", "?", "na", "n/a", "#n/a", "n.a.", "nan", "nat"),
        *("null", "none", "\\n", "(null)", "(none)", "#value!", "#ref!", "k.a."),
    }
)
"""What stands in a cell where there is nothing, in small letters."""

_Mask: TypeAlias = "NDArray[np.bool_]"
_Moments: TypeAlias = "NDArray[np.datetime64]"

_NUMBER = r"\d{1,19}(?:\.\d{1,9})?"
_FIRST, _AFTER_LAST = pd.Timestamp(1980, 1, 1), pd.Timestamp(2100, 1, 1)
_N_SHOWN = 5
_EXCEL_START = pd.Timestamp(1899, 12, 30)  # a day later before March 1900: no matter
_UNITS: tuple[tuple[int, int, str, float], ...] = (
    (8, 10, "seconds", 1_000_000),
    (11, 13, "milliseconds", 1_000),
    (14, 16, "microseconds", 1),
    (17, 19, "nanoseconds", 0.001),
)
_LAST_MICROS = 2.5e17  # beyond the year 9000
_MOST = 0.9


@dataclass(frozen=True, eq=False)
class Times:
    """A column of times as it was read.

    Parameters
    ----------
    values
        UTC without a zone, ``datetime64[us]``; NaT where there is none.
    dates
        Which came first in dates such as 3/4/2026; empty if there are none.
    is_ambiguous
        Whether every such date can be read both ways, and nobody said how.
    unreadable, outside
        Up to five pairs of row and cell: no time at all, or before 1980 or after 2099.
    n_missing, n_unreadable, n_outside
        All of them.
    notes
        What was decided, in sentences without the column's name.
    """

    values: pd.Series
    dates: Literal["", "d/m", "m/d"]
    is_ambiguous: bool
    unreadable: tuple[tuple[int, str], ...]
    outside: tuple[tuple[int, str], ...]
    n_missing: int
    n_unreadable: int
    n_outside: int
    notes: tuple[str, ...]


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone; UTC for an empty name.

    Raises
    ------
    InputError
        If there is no such zone; the nearest is offered.

    Examples
    --------
    >>> zone_named("Europe/Berlin").key
    'Europe/Berlin'
    """
    try:
        return ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError):
        close = get_close_matches(name, sorted(available_timezones()), n=1, cutoff=0.5)
        guess = f"Did you mean {close[0]!r}?" if close else ""
        raise InputError(
            f"a time zone such as Europe/Berlin was expected, found {name!r}",
            mend=guess or "UTC is always right for times in UTC",
        ) from None


def read_times(
    column: pd.Series,
    *,
    timezone: str = "",
    dates: Literal["", "d/m", "m/d"] = "",
    first_row: int = 2,
) -> Times:
    """Return the times of a column in UTC.

    Parameters
    ----------
    column
        Texts, numbers, or times; its index counts the rows from 0.
    timezone
        Where the clocks stood if a time has no zone; UTC if empty.
    dates
        Which comes first in 3/4/2026; if empty the column has to tell.
    first_row
        Number of row 0, as a spreadsheet counts.

    Raises
    ------
    InputError
        If there is no such time zone.

    Examples
    --------
    >>> found = read_times(pd.Series(["31/01/2026 9:00 PM", "01/02/2026 8:15 AM"]))
    >>> found.dates, found.values.astype("str").tolist()
    ('d/m', ['2026-01-31 21:00:00', '2026-02-01 08:15:00'])
    """
    zone = zone_named(timezone)
    told = timezone or "UTC"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        parts = _Parts.of_times(column, zone)
        is_missing, texts = column.isna(), column
        found = parts.values
    else:
        texts = column.astype("str").str.strip()
        is_missing = texts.isna() | texts.str.lower().isin(NO_VALUE)
        unique = pd.Series(texts[~is_missing].unique(), dtype="str")
        parts = _Parts.of_texts(unique, zone, dates)
        place = pd.Index(unique).get_indexer(pd.Index(texts))
        found = np.append(parts.values, np.datetime64("NaT", "us"))[place]
    values = pd.Series(found, index=column.index)
    is_outside = values.notna() & ~((values >= _FIRST) & (values < _AFTER_LAST))
    is_unreadable = values.isna() & ~is_missing
    values = values.mask(is_outside)

    def shown(hit: pd.Series) -> tuple[tuple[int, str], ...]:
        places = np.flatnonzero(hit.to_numpy())[:_N_SHOWN]
        rows = [int(texts.index[i]) for i in places]
        return tuple((first_row + row, str(texts.loc[row])[:60]) for row in rows)

    notes = list(parts.notes)
    if parts.has_local and values.notna().any():
        tail = "" if timezone else "; say where the clocks stood, if elsewhere"
        notes.append(f"times without a zone were taken as {told}{tail}.")
    return Times(
        values,
        parts.dates,
        parts.is_ambiguous,
        shown(is_unreadable),
        shown(is_outside),
        int(is_missing.sum()),
        int(is_unreadable.sum()),
        int(is_outside.sum()),
        tuple(notes),
    )


class _Parts:
    """The different cells of a column, read one kind of writing after the other."""

    def __init__(self, n: int) -> None:
        self.values = np.full(n, "NaT", dtype="datetime64[us]")
        self.dates: Literal["", "d/m", "m/d"] = ""
        self.is_ambiguous = False
        self.has_local = False
        self.notes: list[str] = []

    @classmethod
    def of_times(cls, column: pd.Series, zone: ZoneInfo) -> _Parts:
        made = cls(len(column))
        if getattr(column.dtype, "tz", None) is not None:
            made.values = _plain(column.dt.tz_convert(None))
        else:
            made._put_local(np.ones(len(column), bool), _plain(column), zone)
        return made

    @classmethod
    def of_texts(
        cls, unique: pd.Series, zone: ZoneInfo, dates: Literal["", "d/m", "m/d"]
    ) -> _Parts:
        made = cls(len(unique))
        is_iso = unique.str.fullmatch(ISO).to_numpy(dtype=bool)
        is_number = unique.str.fullmatch(_NUMBER).to_numpy(dtype=bool)
        if is_iso.any():
            made._put_iso(unique, is_iso, zone)
        if is_number.any():
            made._put_numbers(unique[is_number], is_number, zone)
        rest = ~(is_iso | is_number)
        if rest.any():
            made._put_written(unique[rest], rest, zone, dates)
        return made

    def _put_iso(self, unique: pd.Series, is_iso: _Mask, zone: ZoneInfo) -> None:
        plain = unique.where(is_iso, "").str.replace(r" ?(UTC|GMT)$", "Z", regex=True)
        plain = plain.str.replace("/", "-").str.replace(",", ".")
        is_zoned = is_iso & plain.str.contains(ZONED).to_numpy(dtype=bool)
        if is_zoned.any():
            there = pd.to_datetime(
                plain[is_zoned], format="ISO8601", utc=True, errors="coerce"
            )
            self.values[is_zoned] = _plain(there.dt.tz_convert(None))
            self.notes.append("times with a zone were turned into UTC.")
        is_local = is_iso & ~is_zoned
        if is_local.any():
            here = pd.to_datetime(plain[is_local], format="ISO8601", errors="coerce")
            self._put_local(is_local, _plain(here), zone)

    def _put_local(self, where: _Mask, wall: _Moments, zone: ZoneInfo) -> None:
        """Put times of a clock on the wall; note the hours that come twice or never."""
        self.has_local = True
        local = pd.Series(wall)
        twice = np.ones(len(local), bool)
        first, second = (
            local.dt.tz_localize(zone, ambiguous=is_summer, nonexistent="shift_forward")
            for is_summer in (twice, ~twice)
        )
        self.values[where] = _plain(first.dt.tz_convert(None))
        is_time = local.notna()
        n_twice = int((is_time & (first != second)).sum())
        n_never = int((is_time & (first.dt.tz_localize(None) != local)).sum())
        if n_twice:
            said = counted(n_twice, "different time")
            self.notes.append(
                f"{said} in the hour that comes twice in autumn: taken as summer time."
            )
        if n_never:
            said = counted(n_never, "different time")
            self.notes.append(
                f"{said} in the hour that spring leaves out: moved to its end."
            )

    def _put_numbers(self, cells: pd.Series, where: _Mask, zone: ZoneInfo) -> None:
        """Put counts since 1970, days of a spreadsheet, and 20260131 for a date."""
        texts = cells.str.replace(r"\.0$", "", regex=True)
        n_digits = int(texts.str.split(".").str[0].str.len().median())
        for length, form in ((8, "%Y%m%d"), (12, "%Y%m%d%H%M"), (14, "%Y%m%d%H%M%S")):
            if n_digits == length:
                days = pd.to_datetime(texts, format=form, errors="coerce")
                if days.notna().mean() >= _MOST:
                    self._put_local(where, _plain(days), zone)
                    self.notes.append("numbers were read as year, month, day.")
                    return
        numbers = pd.to_numeric(texts).astype(float)
        if n_digits == 5 and numbers.between(20_000, 80_000).mean() >= _MOST:
            spans = pd.to_timedelta(numbers.where(numbers < 80_000), unit="D")
            self._put_local(where, _plain((_EXCEL_START + spans).dt.round("s")), zone)
            self.notes.append("numbers were read as a spreadsheet's days since 1900.")
            return
        for least, most, unit, factor in _UNITS:
            if least <= n_digits <= most:
                micros = (numbers * factor).round()
                micros = micros.where(micros < _LAST_MICROS)
                self.values[where] = _plain(pd.to_datetime(micros, unit="us"))
                self.notes.append(f"numbers were read as {unit} since 1970, in UTC.")
                return

    def _put_written(
        self,
        cells: pd.Series,
        where: _Mask,
        zone: ZoneInfo,
        dates: Literal["", "d/m", "m/d"],
    ) -> None:
        """Put times as people write them: 31.01.2026, Jan 31, 2026 9 pm EST."""
        found = [written(text) for text in cells]
        order = order_of([one for one in found if one is not None], dates)
        self.dates, self.is_ambiguous = order.dates, order.is_ambiguous
        self.notes += order.notes
        is_local = np.zeros(len(where), bool)
        local: list[datetime] = []
        signs: Counter[str] = Counter()
        for place, one in zip(np.flatnonzero(where), found, strict=True):
            moment = None if one is None else one.moment(order.dates)
            if one is None or moment is None:
                continue
            signs.update(one.signs)
            if one.offset is None:
                is_local[place] = True
                local.append(moment)
            else:
                self.values[place] = np.datetime64(moment - one.offset, "us")
        if local:
            self._put_local(is_local, np.array(local, dtype="datetime64[us]"), zone)
        self.notes += Written.said(signs)


def _plain(times: pd.Series) -> _Moments:
    return times.to_numpy(dtype="datetime64[us]")
