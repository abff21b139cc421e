"""Sizes of pictures on paper at which the smallest type prints at nine points."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.errors import UnknownNameError

__all__ = ["SHEETS", "sheet_size"]

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
