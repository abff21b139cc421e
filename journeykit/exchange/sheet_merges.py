"""Merged cells of a sheet: titles, headings over several columns, blocks of rows.

Only the first cell of a merged block has a value. Over headings that tells how many
heading rows there are; below them, people mean the value for every row of the block.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from journeykit.exchange.rows import counted

__all__ = ["Merges"]

_Corner = tuple[int, int]
_MAX_HEADER_ROWS = 4


class Merges:
    """Knows the merged blocks of a sheet while its rows go by.

    Parameters
    ----------
    blocks
        First and last cell of each block, row and column counted from 0.
    first_column
        The sheet's first used column.

    Examples
    --------
    >>> merges = Merges([((1, 0), (2, 0))], first_column=0)
    >>> merges.filled(1, ["North", "5"]), merges.filled(2, ["", "4"])
    (['North', '5'], ['North', '4'])
    """

    def __init__(
        self, blocks: Sequence[tuple[_Corner, _Corner]], first_column: int
    ) -> None:
        self._blocks: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for (top, left), (bottom, right) in blocks:
            place = (left - first_column, bottom, right - first_column)
            self._blocks[top].append(place)
        self._open: dict[int, tuple[str, int]] = {}
        self._filled: list[int] = []
        self._titles: list[str] = []
        self.first_row: int | None = None
        """Row of the first heading, once it went by."""

    def is_title(self, number: int, row: list[str]) -> bool:
        """Say whether a row holds a title merged over several columns, and keep it."""
        if self.first_row is not None or number not in self._blocks:
            return False
        if [place for place, cell in enumerate(row) if cell.strip()] != [0]:
            return False
        is_title = any(
            left == 0 and right > 0 for left, _, right in self._blocks[number]
        )
        if is_title:
            self._titles.append(row[0].strip())
        return is_title

    def filled(self, number: int, row: list[str]) -> list[str]:
        """Return a row with the values of the blocks that reach down to it."""
        starting = self._blocks.get(number, ())
        if not (starting or self._open):
            return row
        cells = list(row)
        for place, (value, bottom) in list(self._open.items()):
            if number > bottom:
                del self._open[place]
            elif not cells[place]:
                cells[place] = value
                self._filled.append(number)
        for left, bottom, _ in starting:
            if bottom > number and 0 <= left < len(cells) and cells[left]:
                self._open[left] = (cells[left], bottom)
        return cells

    def header_rows(self) -> tuple[int, str] | None:
        """Return the number of heading rows that the merged headings show, if any."""
        if self.first_row is None:
            return None
        n_rows = 1
        for number in range(self.first_row, self.first_row + _MAX_HEADER_ROWS - 1):
            blocks = self._blocks.get(number, ())
            if number >= self.first_row + n_rows or not blocks:
                break
            is_wide = any(right > left for left, _, right in blocks)
            depth = max(bottom for _, bottom, _ in blocks) - self.first_row + 1
            n_rows = max(n_rows, depth, number - self.first_row + 1 + is_wide)
        n_rows = min(n_rows, _MAX_HEADER_ROWS)
        return (n_rows, "the headings are merged") if n_rows > 1 else None

    def notes(self) -> Iterator[str]:
        """Yield what was made of the merged cells, in sentences."""
        for title in self._titles:
            yield f"A title over merged cells was left out: {title[:60]!r}."
        header = self.header_rows()
        below = (self.first_row or 0) + (header[0] if header else 1)
        n_filled = sum(number >= below for number in self._filled)
        if n_filled:
            cells = counted(n_filled, "cell")
            yield f"{cells} of merged blocks got the value of the block."
