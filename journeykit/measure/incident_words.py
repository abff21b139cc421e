"""Say in words what was worse, when, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.incident_series import Series
    from journeykit.measure.intervals import Estimate

__all__ = ["days_in_words", "seconds_in_words", "sentence_parts"]

_UNITS = ((86_400, "days"), (3_600, "hours"), (60, "minutes"), (1, "seconds"))


def sentence_parts(
    series: Series,
    start: pd.Timestamp,
    end: pd.Timestamp,
    value: Estimate | None,
    outside: Estimate | None,
) -> dict[str, str]:
    """Return ``what`` was worse, ``when``, and what was ``measured``.

    Parameters
    ----------
    series
        What was watched.
    start, end
        First and last day.
    value, outside
        Inside and outside of these days; None below the minimum.
    """
    who = "customers" if series.persona is None else f"{series.persona!s} customers"
    what = {
        "dissatisfaction": f"{who} were less satisfied with {series.activity}",
        "drop-off": f"more {who} left after {series.activity}",
        "long wait": f"{who} waited longer after {series.activity}",
    }[series.kind]
    measured = "too few to be shown"
    if value is not None and outside is not None:
        inside, usual = (_number(series, part.value) for part in (value, outside))
        measured = f"{inside}, otherwise {usual}"
    return {"what": what, "when": days_in_words(start, end), "measured": measured}


def days_in_words(start: pd.Timestamp, end: pd.Timestamp) -> str:
    """Return a stretch of days in words.

    Examples
    --------
    >>> import pandas as pd
    >>> days_in_words(pd.Timestamp("2026-03-09"), pd.Timestamp("2026-03-15"))
    '9 to 15 March 2026'
    >>> days_in_words(pd.Timestamp("2026-03-30"), pd.Timestamp("2026-04-02"))
    '30 March to 2 April 2026'
    >>> days_in_words(pd.Timestamp("2026-03-09"), pd.Timestamp("2026-03-09"))
    '9 March 2026'
    """
    last = f"{end.day} {end.month_name()} {end.year}"
    if start == end:
        return last
    if start.year != end.year:
        return f"{start.day} {start.month_name()} {start.year} to {last}"
    if start.month != end.month:
        return f"{start.day} {start.month_name()} to {last}"
    return f"{start.day} to {last}"


def seconds_in_words(seconds: float) -> str:
    """Return a length of time in its largest fitting unit.

    Examples
    --------
    >>> seconds_in_words(220_000), seconds_in_words(90), seconds_in_words(0.4)
    ('2.5 days', '1.5 minutes', '0.4 seconds')
    """
    size, unit = next(
        ((size, unit) for size, unit in _UNITS if seconds >= size), _UNITS[-1]
    )
    return f"{seconds / size:.1f} {unit}"


def _number(series: Series, value: float) -> str:
    if series.kind == "drop-off":
        return f"{100 * value:.0f} % left"
    if series.kind == "long wait":
        return seconds_in_words(value)
    return f"rated {value:.1f}"
