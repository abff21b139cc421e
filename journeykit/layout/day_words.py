"""Days as people write them, with plain spaces: a card and a board may break them.

In a report they follow its language, elsewhere that of the workshop; ``strftime`` would
follow the machine that happens to run it.
"""

from __future__ import annotations

from datetime import date

from journeykit.language import NBSP, day

__all__ = ["day_text"]


def day_text(when: date | None, language: str = "") -> str:
    """Return a day as people write it; empty if there is none.

    Parameters
    ----------
    when
        The day.
    language
        Of the workshop, as ``de`` or ``pt-BR``; English where it is not known. The
        language that was chosen for a report goes before it.

    Examples
    --------
    >>> from journeykit.language import speaking
    >>> with speaking(""):
    ...     day_text(date(2026, 11, 26)), day_text(date(2026, 11, 26), "de")
    ('26 Nov 2026', '26.11.2026')
    >>> with speaking(""):
    ...     day_text(date(2026, 3, 1), "ja")
    '2026/03/01'
    """
    return day(when, language).replace(NBSP, " ")
