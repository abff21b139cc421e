"""Rows of texts on their way into columns: cleaned where needed, then packed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

import pyarrow as pa

from journeykit.errors import InputError
from journeykit.exchange.arrival import Limits
from journeykit.exchange.guards import GUARDED, unguarded
from journeykit.text import MAX_TEXT, clean_text

__all__ = ["Cleaner", "Cleaning", "Columns", "Walk", "counted"]

_CHUNK_CELLS = 1_000_000
_N_HEAD = 1_000
_N_SHOWN = 5
_MAX_HEADER_ROWS = 4


def counted(n: int, noun: str) -> str:
    """Return a number of things in words.

    Examples
    --------
    >>> counted(1, "row"), counted(2_000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What was taken out of the cells.

    Parameters
    ----------
    n_cells
        Cells that were changed for any of the reasons below.
    n_removed
        Control characters and half characters removed.
    n_cut
        Characters cut off at the end of texts that are too long.
    n_unguarded
        Apostrophes in front of formulas taken off.
    """

    n_cells: int = 0
    n_removed: int = 0
    n_cut: int = 0
    n_unguarded: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What was done, in sentences; empty if nothing was."""
        said = []
        if self.n_removed:
            signs = counted(self.n_removed, "control sign")
            said.append(f"Removed from the texts: {signs}.")
        if self.n_cut:
            signs = counted(self.n_cut, "character")
            said.append(f"Cut off texts longer than {MAX_TEXT:,} characters: {signs}.")
        if self.n_unguarded:
            signs = counted(self.n_unguarded, "apostrophe")
            said.append(f"Taken off in front of formulas: {signs}.")
        return tuple(said)


class Cleaner:
    r"""Cleans the rows that need it: most files are clean, and cost one look.

    Parameters
    ----------
    text
        The whole text of the file; None if it is not known: then each row is looked at.

    Examples
    --------
    >>> cleaner = Cleaner("Queue\x0b,'=1")
    >>> cleaner.row(["Queue\x0b", "'=1"]), cleaner.done.n_cells
    (['Queue', '=1'], 2)
    """

    def __init__(self, text: str | None) -> None:
        self._has_signs = self._has_guards = True
        if text is not None:
            self._has_signs = clean_text(text, max_length=len(text)).n_removed > 0
            self._has_guards = GUARDED.search(text) is not None
        self.is_idle = not (self._has_signs or self._has_guards)
        """Whether nothing but the length of the cells is to be looked at."""
        self.done = Cleaning()
        """What was taken out so far."""

    def row(self, row: list[str]) -> list[str]:
        """Return the row with clean cells."""
        whole = "".join(row)
        if (
            len(whole) > MAX_TEXT
            or (self._has_guards and "'" in whole)
            or (self._has_signs and clean_text(whole, max_length=len(whole)).n_removed)
        ):
            return [self._cell(cell) for cell in row]
        return row

    def _cell(self, cell: str) -> str:
        clean = clean_text(cell, is_cut=True)
        bare = unguarded(clean.text)
        if bare != cell:
            self.done = Cleaning(
                self.done.n_cells + 1,
                self.done.n_removed + clean.n_removed,
                self.done.n_cut + clean.n_cut,
                self.done.n_unguarded + (bare != clean.text),
            )
        return bare


class Columns:
    """Gathers rows into columns, chunk by chunk, so that few Python texts live at once.

    Examples
    --------
    >>> columns = Columns()
    >>> columns.add(["1", "fine"])
    >>> columns.add(["2"])
    >>> columns.arrays(2)[1].to_pylist()
    ['fine', '']
    """

    def __init__(self) -> None:
        self._rows: list[list[str]] = []
        self._n_cells = 0
        self._chunks: list[tuple[int, list[pa.Array]]] = []

    def add(self, row: list[str]) -> None:
        """Put one row below the others; rows may be of different length."""
        self._rows.append(row)
        self._n_cells += len(row)
        if self._n_cells > _CHUNK_CELLS:
            self._pack()

    def extend(self, n_rows: int, arrays: list[pa.Array]) -> None:
        """Put rows that are columns already below the others."""
        self._pack()
        self._chunks.append((n_rows, arrays))

    def lead(self, rows: Sequence[Sequence[str]]) -> None:
        """Put rows above all others."""
        self._chunks.insert(0, self._packed(rows))

    @staticmethod
    def _packed(rows: Sequence[Sequence[str]]) -> tuple[int, list[pa.Array]]:
        columns = zip_longest(*rows, fillvalue="")
        return len(rows), [pa.array(column, pa.large_string()) for column in columns]

    def _pack(self) -> None:
        if self._rows:
            self._chunks.append(self._packed(self._rows))
            self._rows, self._n_cells = [], 0

    def arrays(self, n_columns: int) -> list[pa.ChunkedArray]:
        """Return the columns of texts; what a short row does not have is empty."""
        self._pack()
        return [self._column(place) for place in range(n_columns)]

    def _column(self, place: int) -> pa.ChunkedArray:
        parts: list[pa.Array] = []
        for n_rows, arrays in self._chunks:
            if place < len(arrays):
                column = arrays[place]
                parts += column.chunks if hasattr(column, "chunks") else [column]
            else:
                parts.append(pa.array([""] * n_rows, pa.large_string()))
        return pa.chunked_array(parts, pa.large_string())


class Walk:
    """Takes the records of one file in turn: counts, cleans and gathers them.

    Parameters
    ----------
    name
        The file, for messages.
    limits
        The budget; the walk stops where it is passed.
    skip_rows
        Records above the headings that are not looked at.
    """

    def __init__(self, name: str, limits: Limits, skip_rows: int) -> None:
        self._name, self._limits, self._skip_rows = name, limits, skip_rows
        self.head: list[list[str]] = []
        """The first records, headings among them."""
        self.widths: Counter[int] = Counter()
        """How many records have how many cells."""
        self.n_records = 0
        """Records with any content, headings among them."""
        self._n_rows = 0
        self._n_blank = 0
        self._firsts: list[int] = []
        self._places: defaultdict[int, list[int]] = defaultdict(list)
        self._rest = Columns()

    def take(self, row: list[str], cleaner: Cleaner) -> None:
        """Take the next record.

        Raises
        ------
        InputError
            If the table is larger than the budget.
        """
        self._n_rows += 1
        if self._n_rows <= self._skip_rows:
            return
        clean = cleaner.row(row)
        if not any(map(str.strip, clean)):
            self._n_blank += bool(row)
            return
        width = len(row)
        if width > self._limits.n_columns:
            raise InputError(
                f"a table of at most {self._limits.n_columns:,} columns was expected, "
                f"row {self._n_rows:,} has {width:,}",
                self._name,
                "Leave out columns that are not needed, or raise the limits",
            )
        self.n_records += 1
        if self.n_records > self._limits.n_rows + _MAX_HEADER_ROWS:
            raise self._too_long()
        self.widths[width] += 1
        if self.n_records <= _MAX_HEADER_ROWS:
            self._firsts.append(self._n_rows)
        if len(self._places[width]) < _N_SHOWN + _MAX_HEADER_ROWS:
            self._places[width].append(self._n_rows)
        if len(self.head) < _N_HEAD:
            self.head.append(clean)
        else:
            self._rest.add(clean)

    def take_columns(self, n_rows: int, arrays: list[pa.Array]) -> None:
        """Take the rest of the records at once: as columns, clean and none empty.

        Raises
        ------
        InputError
            If the table is larger than the budget.
        """
        self._n_rows += n_rows
        self.n_records += n_rows
        self.widths[len(arrays)] += n_rows
        if self.n_records > self._limits.n_rows + _MAX_HEADER_ROWS:
            raise self._too_long()
        self._rest.extend(n_rows, arrays)

    def _too_long(self) -> InputError:
        return InputError(
            f"a table of at most {self._limits.n_rows:,} rows was expected, this one "
            "has more",
            self._name,
            "Cut it into parts, or raise the limits",
        )

    def columns(self, header_rows: int) -> Columns:
        """Return everything below the headings, once.

        Raises
        ------
        InputError
            If there are more rows than the budget allows.
        """
        if self.n_records - header_rows > self._limits.n_rows:
            raise self._too_long()
        self._rest.lead(self.head[header_rows:])
        return self._rest

    def notes(self, header_rows: int, *, has_delimiter: bool = True) -> list[str]:
        """Return what must be said about the shape of the rows, in sentences."""
        said = []
        header = self.head[:header_rows]
        expected = max(map(len, header))
        n_ragged = sum(n for width, n in self.widths.items() if width != expected)
        n_ragged -= sum(len(row) != expected for row in header)
        if n_ragged:
            places = sorted(
                place
                for width, places in self._places.items()
                if width != expected
                for place in places
            )
            above = self._firsts[:header_rows]
            shown = [str(place) for place in places if place not in above][:_N_SHOWN]
            if n_ragged > len(shown):
                shown.append("...")
            said.append(
                f"{counted(n_ragged, 'row')} with more or fewer cells than the "
                f"{counted(expected, 'heading')}, all kept (row {', '.join(shown)})."
            )
        if self._n_blank:
            said.append(f"{counted(self._n_blank, 'row')} without content left out.")
        n_title = self._n_title()
        if n_title:
            n_skip = self._skip_rows + n_title
            said.append(
                f"The first {n_title} of the rows hold one cell only: if that is a "
                f"title or a legend, read again with skip_rows={n_skip}."
            )
        if max(self.widths) == 1 and has_delimiter:
            said.append(
                "Only one column was found: if there are more, name the sign between "
                "them with delimiter=."
            )
        return said

    def _n_title(self) -> int:
        usual = self.widths.most_common(1)[0][0]
        n_title = 0
        for row in self.head:
            if usual < 3 or sum(map(bool, row)) > 1:
                break
            n_title += 1
        return n_title if n_title < len(self.head) else 0
