"""When people answered, where a survey tool wrote it down."""

from __future__ import annotations

from datetime import date

import pandas as pd

from journeykit.exchange.record_times import read_times

__all__ = ["period_of"]

# Headings of the survey tools' own columns, letters and digits only.
_ANSWERED = (
    *("recordeddate", "enddate", "submitdateutc", "datesubmitted", "submitdate"),
    *("timestamp", "zeitstempel", "horodateur", "marcatemporal", "submittedat"),
    *("completedat", "responsedate", "interviewdate", "startdate", "timestarted"),
)


def period_of(frame: pd.DataFrame) -> tuple[date, date] | None:
    """Return the first and the last day of the answers; None if nothing tells.

    A column whose dates can be read both ways tells nothing.

    Examples
    --------
    >>> period_of(pd.DataFrame({"EndDate": ["2026-01-31 09:00", "2026-02-01 10:00"]}))
    (datetime.date(2026, 1, 31), datetime.date(2026, 2, 1))
    """
    by_key: dict[str, str] = {}
    for name in map(str, frame.columns):
        key = "".join(sign for sign in name.casefold() if sign.isalnum())
        by_key.setdefault(key, name)
    for key in _ANSWERED:
        if key not in by_key:
            continue
        times = read_times(frame[by_key[key]].reset_index(drop=True))
        known = times.values.dropna()
        if len(known) and not times.is_ambiguous and not times.n_unreadable:
            return known.min().date(), known.max().date()
    return None
