"""How a number is written for people: one place, so that page and picture agree."""

from __future__ import annotations

import re

from journeykit.definitions import MEASURES
from journeykit.language import NBSP, decimals, listed, percent, say

__all__ = [
    "NBSP",
    "count",
    "interval",
    "joined",
    "n_text",
    "signed",
    "trimmed",
    "typeset",
    "value_text",
    "with_interval",
]

_MINUS = "\N{MINUS SIGN}"


def _plain(number: float, digits: int) -> str:
    if float(f"{number:.{digits}f}") == 0:
        number = 0.0  # no minus before a nought
    return decimals(number, digits).replace("-", _MINUS)


def count(n: int) -> str:
    """Return a count with its thousands set apart.

    Examples
    --------
    >>> count(2746)
    '2,746'
    """
    return _plain(n, 0)


def n_text(n: int) -> str:
    """Return how many answers a number rests on; n is a sign that all languages know.

    Examples
    --------
    >>> n_text(2746).replace(NBSP, " ")
    'n 2,746'
    """
    return f"n{NBSP}{count(n)}"


def signed(number: float, digits: int = 1) -> str:
    """Return a difference with its sign, a true minus.

    Examples
    --------
    >>> signed(1.42), signed(-0.5), signed(-0.01)
    ('+1.4', '−0.5', '0.0')
    """
    text = _plain(number, digits)
    is_above = float(f"{number:.{digits}f}") > 0
    return f"+{text}" if is_above else text


def _digits(definition: str) -> tuple[float, int]:
    unit = MEASURES[definition].unit
    return {
        "share": (100.0, 0),
        "points": (1.0, 1),
        "mean": (1.0, 2),
        "money": (1.0, 0),
        "number": (1.0, 2),
    }[unit]


def value_text(value: float, definition: str) -> str:
    """Return *value* in the unit of its definition.

    Parameters
    ----------
    value
        In the definition's own unit; a share is 0 to 1.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.

    Examples
    --------
    >>> value_text(0.7099, "customer_satisfaction_score").replace(NBSP, " ")
    '71 %'
    >>> value_text(39.84, "net_promoter_score")
    '39.8'
    """
    factor, digits = _digits(definition)
    return percent(value) if factor == 100 else _plain(value * factor, digits)


def interval(low: float, high: float, definition: str) -> str:
    """Return the ends of an interval, without the unit.

    Examples
    --------
    >>> interval(0.69, 0.73, "customer_satisfaction_score")
    '69 to 73'
    """
    factor, digits = _digits(definition)
    return say(
        "{low} to {high}",
        low=_plain(low * factor, digits),
        high=_plain(high * factor, digits),
    )


def with_interval(value: float, low: float, high: float, definition: str) -> str:
    """Return a value with its interval in brackets.

    Examples
    --------
    >>> with_interval(39.84, 37.18, 42.41, "net_promoter_score")
    '39.8 (37.2 to 42.4)'
    """
    return say(
        "{value} ({interval})",
        value=value_text(value, definition),
        interval=interval(low, high, definition),
    )


def trimmed(number: float, digits: int) -> str:
    """Return a number with as many digits as it needs, at most *digits*.

    Examples
    --------
    >>> trimmed(1.5, 2), trimmed(20, 2), trimmed(-0.25, 1)
    ('1.5', '20', '−0.2')
    """
    text = _plain(number, digits)
    return text.rstrip("0").rstrip(".,") if digits else text


def typeset(text: str) -> str:
    """Return a definition with true signs for times and minus.

    Examples
    --------
    >>> typeset("100 x (promoters - detractors) / answers, -2 to +2")
    '100 × (promoters − detractors) / answers, −2 to +2'
    """
    signs = text.replace(" x ", " \N{MULTIPLICATION SIGN} ").replace(
        " - ", f" {_MINUS} "
    )
    return re.sub(r"(?<![\w)])-(?=\d)", _MINUS, signs)


def joined(names: list[str]) -> str:
    """Return names as a sentence lists them.

    Examples
    --------
    >>> joined(["Roads", "Signs", "Wi-Fi"])
    'Roads, Signs and Wi-Fi'
    """
    return listed(names)
