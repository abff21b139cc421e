"""Cells that a spreadsheet would run as a formula, made harmless and back again.

The signs are OWASP's: ``= + - @``, tab and line break, and their full-width forms. A
plain number stays a number. ``defusedcsv`` was turned down: it rewrites ``|``, so a
pain point comes back different. Here one apostrophe goes on, and comes off again.
"""

from __future__ import annotations

import re

__all__ = ["GUARDED", "guarded", "unguarded"]

_SIGNS = "=+\\-@\t\r\n＝＋－＠"
GUARDED = re.compile(f"'[{_SIGNS}]")
"""Found in every text that may hold a guarded cell; a quick first look."""

_LIVE = re.compile(f"'*[{_SIGNS}]")
_STARTS_GUARDED = re.compile(f"'+[{_SIGNS}]")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*(?:[eE][+-]?[0-9]+)?%?")


def guarded(cell: str) -> str:
    """Return *cell* so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> guarded("=1+1"), guarded("-5"), guarded("fine")
    ("'=1+1", '-5', 'fine')
    """
    if _LIVE.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def unguarded(cell: str) -> str:
    """Return *cell* as it was before :func:`guarded`.

    Examples
    --------
    >>> unguarded("'=1+1"), unguarded("'tis fine")
    ('=1+1', "'tis fine")
    """
    return cell[1:] if _STARTS_GUARDED.match(cell) else cell
