"""How far a number may be trusted, by how many people answered."""

from __future__ import annotations

from typing import Literal

__all__ = ["MIN_ANSWERS", "MIN_STABLE", "Reliability", "reliability_of"]

MIN_ANSWERS = 5
"""Below this many answers nothing is shown but "fewer than 5" (privacy minimum)."""

MIN_STABLE = 30
"""Below this many answers a number is shown with "few answers"."""

Reliability = Literal["not measured", "fewer than minimum", "few answers", "enough"]


def reliability_of(n: int, minimum: int = MIN_ANSWERS) -> Reliability:
    """Return how far a number from *n* answers may be trusted.

    Examples
    --------
    >>> [reliability_of(n) for n in (0, 4, 5, 29, 30)]
    ['not measured', 'fewer than minimum', 'few answers', 'few answers', 'enough']
    """
    if n == 0:
        return "not measured"
    if n < minimum:
        return "fewer than minimum"
    return "few answers" if n < MIN_STABLE else "enough"
