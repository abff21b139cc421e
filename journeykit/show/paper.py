"""Sizes of pictures on paper at which the smallest type prints at nine points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from journeykit.errors import UnknownNameError

__all__ = ["SHEETS", "fair_pages", "sheet_size"]

SHEETS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A4 portrait": (684.0, 880.0),
        "A4 landscape": (1036.0, 680.0),
        "A3 landscape": (1532.0, 1030.0),
        "slide": (1176.0, 446.0),
    }
)
"""Width and greatest height in px, with margins of 20 mm and room for a caption; what
fits on A3 is a poster on A1 and A0. On a slide of 16:9, below its title, it is nine
points too."""


def sheet_size(paper: str) -> tuple[float, float]:
    """Return width and greatest height of a picture on a paper.

    Raises
    ------
    UnknownNameError
        If there is no such paper.

    Examples
    --------
    >>> sheet_size("A4 landscape")
    (1036.0, 680.0)
    """
    if paper not in SHEETS:
        raise UnknownNameError("paper", paper, SHEETS)
    return SHEETS[paper]


def fair_pages(heights: Sequence[float], room: float) -> Iterator[range]:
    """Yield which rows stand on each sheet: on as few as can be, about as many each.

    Parameters
    ----------
    heights
        Of the rows.
    room
        Height for rows on a sheet.

    Examples
    --------
    >>> list(fair_pages([1.0] * 6, 5.0))
    [range(0, 3), range(3, 6)]
    """
    n_least = len(_ends(heights, room))
    fair = next(
        share * room / 20
        for share in range(1, 21)
        if share == 20 or len(_ends(heights, share * room / 20)) == n_least
    )
    for first, last in pairwise([0, *_ends(heights, fair)]):
        yield range(first, last)


def _ends(heights: Sequence[float], room: float) -> list[int]:
    """Return before which row each sheet ends, the last with the last."""
    ends, used = [], 0.0
    for place, height in enumerate(heights):
        if used and used + height > room + 1e-9:
            ends.append(place)
            used = 0.0
        used += height
    return [*ends, len(heights)]
