"""Bands of a wide map: which columns stand in which row of it, and how wide they are.

A map with more touchpoints than fit is split between stages, so that its type never
falls below what can be read on paper; all bands share one width of column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from journeykit.layout.journey_map import MapLayout

__all__ = ["GAP", "HEAD", "Band", "bands_of"]

GAP = 8.0
HEAD = 116.0
"""Width of the column of lane heads, the gap to the first column included, in px."""

_NARROW = 720.0
_WIDEST = 240.0
_LEAST, _LEAST_NARROW = 124.0, 150.0


@dataclass(frozen=True, slots=True)
class Band:
    """One row of the map.

    Parameters
    ----------
    first, last
        First column, and the one after the last.
    number, n_bands
        Which band of how many, from 1.
    width
        Of the whole picture, in px.
    head
        Width of the column of lane heads; 0 where they stand above their lane.
    column
        Width of a column, the gap to the next one included.
    """

    first: int
    last: int
    number: int
    n_bands: int
    width: float
    head: float
    column: float

    @property
    def is_narrow(self) -> bool:
        """Whether lane heads stand above their lane."""
        return self.head == 0

    @property
    def right(self) -> float:
        """Where the last column ends."""
        return self.left(self.last)

    def left(self, column: int) -> float:
        """Return where a column begins, those of other bands too."""
        return self.head + (column - self.first) * self.column

    def centre(self, column: int) -> float:
        """Return the middle of the cards of a column."""
        return self.left(column) + (self.column - GAP) / 2

    def span(self, first: int, n_columns: int) -> tuple[float, float] | None:
        """Return left end and width of those of some columns that stand here."""
        start, end = max(first, self.first), min(first + n_columns, self.last)
        if start >= end:
            return None
        return self.left(start), (end - start) * self.column - GAP


def bands_of(
    layout: MapLayout, width_px: float, *, column_px: float | None = None
) -> tuple[Band, ...]:
    """Return the bands that hold all columns of a map.

    Parameters
    ----------
    layout
        The map.
    width_px
        Width of the picture.
    column_px
        Least width of a column; None for the width at which cards can be read.

    Returns
    -------
    tuple of Band
        One for an empty map too.
    """
    head = HEAD if width_px >= _NARROW else 0.0
    least = column_px or (_LEAST if head else _LEAST_NARROW)
    room = max(1, int((width_px - head + GAP) / least))
    sizes = _balanced(_chunks([head.n_columns for head in layout.stages], room), room)
    column = (width_px - head + GAP) / max(sizes, default=1)
    column = min(column, _WIDEST) if head else column
    bands, first = [], 0
    for number, size in enumerate(sizes or [0], start=1):
        place = (first, first + size, number, max(1, len(sizes)))
        bands.append(Band(*place, width_px, head, column))
        first += size
    return tuple(bands)


def _chunks(stages: Sequence[int], room: int) -> list[int]:
    """Return stages as pieces that fit; a longer one is cut into even parts."""
    pieces: list[int] = []
    for n in stages:
        n_parts = ceil(n / room)
        parts = [n // n_parts + (i < n % n_parts) for i in range(n_parts)]
        pieces += parts
    return pieces


def _balanced(pieces: Sequence[int], room: int) -> list[int]:
    """Join pieces to as few bands as fit, the widest of them as narrow as can be."""
    every = [
        _joined(pieces, tighter)
        for tighter in range(max(pieces, default=room), room + 1)
    ]
    return min(every, key=lambda sizes: (len(sizes), max(sizes, default=0)))


def _joined(pieces: Sequence[int], room: int) -> list[int]:
    sizes: list[int] = []
    for piece in pieces:
        if sizes and sizes[-1] + piece <= room:
            sizes[-1] += piece
        else:
            sizes.append(piece)
    return sizes
