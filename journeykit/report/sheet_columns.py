"""How wide the columns of a sheet are, and how high its rows: one measure for both.

Measured as :mod:`journeykit.report.slide_letters` does, less the room by which its face
is wider than that of sheets. Excel finds the heights of rows by itself;
other programs, and merged cells, do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.report.slide_letters import ems, n_lines

__all__ = ["MOST_WIDTH", "column_widths", "lines_of", "row_height"]

MOST_WIDTH = 60
"""Letters of the widest column."""
_LEAST_WIDTH, _LEAST_TEXT = 9, 22
_MOST_ACROSS = 220
"""Letters of a table: as wide as a small screen, and readable on a page."""
_LETTER_PX, _EDGE_PX, _INDENT_PX = 7, 5, 14
"""A column is so many pixels a letter, and its edges."""
_EM_PX = 10 * 96 / 72
_PADDING_PX, _BUTTON_PX = 7, 20
"""Of a cell, on both sides; the button of a filter beside the last line of a head."""
_BOLD, _NARROW = 1.12, 0.9
"""How much wider bold type is; how much of the measure Arial takes, and some room."""
_FIRST_WIDE = "\N{CJK RADICAL REPEAT}"
"""From here on signs are as wide as they are high, in every face."""
_LINE, _MOST_HIGH = 1.4, 409.0
"""Height of a line, in those of its type; the highest row, in points."""
_MOST_READ, _MOST_TEXTS = 500, 0.85
"""Rows that are looked at; texts that have a line where not all can."""


def lines_of(
    text: str,
    width: float,
    *,
    size: float = 10.0,
    is_bold: bool = False,
    is_indented: bool = False,
) -> int:
    """Return how many lines a text takes in a column.

    Parameters
    ----------
    text
        The text.
    width
        Of the column, in letters.
    size
        Of its type, in points.
    is_bold, is_indented
        How it is written.

    Examples
    --------
    >>> lines_of("Waits long at security", 30), lines_of("Waits long at security", 12)
    (1, 2)
    """
    room = _px(width) - _PADDING_PX - (_INDENT_PX if is_indented else 0)
    size *= _BOLD if is_bold else 1
    return sum(n_lines(one, room / 96, size * _face(one)) for one in text.split("\n"))


def row_height(lines: int, size: float = 10.0) -> float:
    """Return the height of a row in points.

    Examples
    --------
    >>> row_height(2), row_height(100)
    (28.0, 409.0)
    """
    return min(_LINE * size * lines, _MOST_HIGH)


def column_widths(table: Mapping[str, Any]) -> list[int]:
    """Return how wide the columns of a table are, in letters.

    Each is as wide as its words, or as its head on two lines; where all together would
    be wider than a screen, and too small on paper, the widest give way.

    Parameters
    ----------
    table
        As :func:`journeykit.report.part_tables.table_data` makes it.

    Examples
    --------
    >>> labels = ["Open pain points", "Owner"]
    >>> rows = [["2", "Ann"], ["13", "Bo"]]
    >>> column_widths({"labels": labels, "types": ["whole", "text"], "rows": rows})
    [14, 12]
    """
    widths = _wanted(table)
    if sum(widths) > _MOST_ACROSS:  # a few long texts may take more lines
        enough = _wanted(table, kept=_MOST_TEXTS)
        widths = [
            min(one, max(few, _LEAST_TEXT))
            for one, few in zip(widths, enough, strict=True)
        ]
    most = MOST_WIDTH
    while most > _LEAST_TEXT and sum(min(one, most) for one in widths) > _MOST_ACROSS:
        most -= 1
    return [min(one, most) for one in widths]


def _wanted(table: Mapping[str, Any], kept: float = 1.0) -> list[int]:
    """Return the widths for that share of the texts of each column, the shortest."""
    rows = table["rows"][:_MOST_READ]
    kinds = zip(table["labels"], table["types"], strict=True)
    return [
        _width(label, [row[column] for row in rows], kind, kept)
        for column, (label, kind) in enumerate(kinds)
    ]


def _width(label: str, texts: Sequence[str], kind: str, kept: float) -> int:
    said = (text for text in texts if len(text) > 1)  # no ditto mark
    lines = sorted(_ems(line) for text in said for line in text.split("\n"))
    longest = lines[int((len(lines) - 1) * kept)] if lines else 0.0
    # At the right of a number stands as much as the button of its head takes.
    before, after = (0, _BUTTON_PX) if kind in {"number", "whole"} else (_INDENT_PX, 0)
    widest = longest * _EM_PX + before + after
    head = _head_ems(label) * _EM_PX * _BOLD + before + _BUTTON_PX
    needed = max(widest, head) + _PADDING_PX + 1
    letters = -(-(needed - _EDGE_PX) // _LETTER_PX)
    return int(max(min(letters, MOST_WIDTH), _LEAST_WIDTH))


def _head_ems(label: str) -> float:
    """Return how wide a head is where it is broken best, once at most."""
    words = label.split()
    broken = (
        max(_ems(" ".join(words[:at])), _ems(" ".join(words[at:])))
        for at in range(1, len(words))
    )
    return min([_ems(label), *broken])


def _ems(text: str) -> float:
    return ems(text) * _face(text)


def _face(text: str) -> float:
    return 1.0 if max(text, default="") >= _FIRST_WIDE else _NARROW


def _px(width: float) -> float:
    return width * _LETTER_PX + _EDGE_PX
