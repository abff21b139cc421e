"""Say in words what was worse, when, and by how much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journeykit.language import days_between, decimals, percent, say, word

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.incident_series import Series
    from journeykit.measure.intervals import Estimate

__all__ = ["days_in_words", "seconds_in_words", "sentence_parts"]

_UNITS = (
    (86_400, word("{n} days")),
    (3_600, word("{n} hours")),
    (60, word("{n} minutes")),
    (1, word("{n} seconds")),
)
_WHAT = {
    "dissatisfaction": word("customers were less satisfied with {activity}"),
    "drop-off": word("more customers left after {activity}"),
    "long wait": word("customers waited longer after {activity}"),
}
_WHAT_OF_A_PERSONA = {
    "dissatisfaction": word("{who} customers were less satisfied with {activity}"),
    "drop-off": word("more {who} customers left after {activity}"),
    "long wait": word("{who} customers waited longer after {activity}"),
}


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
    names = {"activity": series.activity, "who": series.persona}
    words = _WHAT if series.persona is None else _WHAT_OF_A_PERSONA
    measured = say("too few to be shown")
    if value is not None and outside is not None:
        inside, usual = (_number(series, part.value) for part in (value, outside))
        measured = say("{value}, otherwise {usual}", value=inside, usual=usual)
    return {
        "what": say(words[series.kind], **names),
        "when": days_in_words(start, end),
        "measured": measured,
    }


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
    return days_between(start.date(), end.date())


def seconds_in_words(seconds: float) -> str:
    """Return a length of time in its largest fitting unit.

    Examples
    --------
    >>> seconds_in_words(220_000), seconds_in_words(90), seconds_in_words(0.4)
    ('2.5 days', '1.5 minutes', '0.4 seconds')
    """
    size, words = next(
        ((size, words) for size, words in _UNITS if seconds >= size), _UNITS[-1]
    )
    return say(words, n=decimals(seconds / size, 1))


def _number(series: Series, value: float) -> str:
    if series.kind == "drop-off":
        return say("{share} left", share=percent(value))
    if series.kind == "long wait":
        return seconds_in_words(value)
    return say("rated {value}", value=decimals(value, 1))
