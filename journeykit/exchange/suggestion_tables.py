"""Tables of suggestions: which column says who suggests what, about which touchpoint.

The headings are those of a table that goes round, or the questions of a form; a known
name goes before a word within a question. What nobody knows is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any, NamedTuple

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.arrival import UPLOAD, Limits

__all__ = ["COLUMNS", "Suggestion", "columns_of", "one_line", "read_suggestions"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "who": ("who", "name", "yourname", "from", "person", "employee", "fullname"),
    "department": ("department", "dept", "team", "yourdepartment", "yourteam"),
    "suggestion": ("suggestion", "suggestions", "yoursuggestion", "idea", "proposal"),
    "touchpoint": ("touchpoint", "touchpoints", "where", "place", "stage"),
}
"""Headings by what stands below them, letters only; longer ones are told by a word."""

_WORDS: Mapping[str, re.Pattern[str]] = {
    "suggestion": re.compile(r"\b(suggest\w*|ideas?|proposals?|improve\w*)\b"),
    "touchpoint": re.compile(r"\b(touch ?points?|where)\b"),
    "department": re.compile(r"\b(departments?|teams?)\b"),
    "who": re.compile(r"\b(names?|who)\b"),
}
_MAX_LINE = 200  # as long as the name of an author may be


class Suggestion(NamedTuple):
    """One suggestion of a table.

    Parameters
    ----------
    row
        Its row, as a spreadsheet counts.
    who, department
        Whose it is; empty if it does not say.
    text
        What is suggested.
    place
        The touchpoint or stage that it names; empty for the map as a whole.
    """

    row: int
    who: str
    department: str
    text: str
    place: str


def read_suggestions(
    path: str | PathLike[str] | bytes,
    *,
    columns: Mapping[str, str] | None = None,
    limits: Limits = UPLOAD,
    **options: Any,  # Any: what the reader of tables is told
) -> tuple[tuple[Suggestion, ...], tuple[str, ...]]:
    r"""Read a table of suggestions; return them, and how the file was read.

    Parameters
    ----------
    path, columns, limits, **options
        As for :func:`journeykit.exchange.suggestions.merge_suggestions`.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        If it is no such table.

    Examples
    --------
    >>> found, _ = read_suggestions(b"Name,Suggestion\nAnn,More signs\n")
    >>> found[0].who, found[0].text
    ('Ann', 'More signs')
    """
    from journeykit.exchange.tables import read_table

    table = read_table(path, keep_personal=True, limits=limits, **options)
    name = "the file" if isinstance(path, bytes) else Path(fspath(path)).name
    chosen = columns_of(tuple(table.labels), table.labels, columns, where=name)
    empty = [""] * table.reading.n_records
    cells = {
        role: table.frame[chosen[role]].tolist() if role in chosen else empty
        for role in COLUMNS
    }
    above = table.reading.header_rows + int(options.get("skip_rows", 0)) + 1
    found = tuple(
        Suggestion(
            row, one_line(who), one_line(department), text.strip(), one_line(place)
        )
        for row, (who, department, text, place) in enumerate(
            zip(*cells.values(), strict=True), start=above
        )
    )
    unused = [one for one in table.labels if one not in chosen.values()]
    notes = [one for one in table.notes if not one.startswith("Columns about a person")]
    if unused:
        notes.append(f"Not used: {', '.join(unused)}.")
    return found, tuple(notes)


def columns_of(
    names: Sequence[str],
    labels: Mapping[str, str],
    told: Mapping[str, str] | None = None,
    *,
    where: str = "",
) -> dict[str, str]:
    """Return which column holds what.

    Parameters
    ----------
    names
        The columns.
    labels
        Column to the question in full.
    told
        What somebody says about them.
    where
        Name of the file, for messages.

    Raises
    ------
    InputError
        If no column holds suggestions, or several may hold the same.
    UnknownNameError
        If *told* names no such column, or nothing that a suggestion has.

    Examples
    --------
    >>> columns_of(["Q1", "Your name"], {"Q1": "What would you suggest?"})
    {'suggestion': 'Q1', 'who': 'Your name'}
    """
    chosen: dict[str, str] = {}
    for role, column in (told or {}).items():
        if role not in COLUMNS:
            raise UnknownNameError("column of suggestions", role, COLUMNS, where)
        if column not in names:
            raise UnknownNameError("column", column, names, where)
        chosen[role] = column
    for role, word in _WORDS.items():
        free = [one for one in names if one not in chosen.values()]
        if role not in chosen:
            found = _columns_for(free, labels, COLUMNS[role], word)
            if len(found) > 1:
                raise InputError(
                    f"one column with the {role} was expected, found {len(found)}: "
                    f"{', '.join(found)}",
                    where,
                    f'Say which: columns={{"{role}": "{found[0]}"}}',
                )
            chosen.update((role, one) for one in found)
    if "suggestion" not in chosen:
        raise InputError(
            f"a column “suggestion” was expected, found {', '.join(names)}",
            where,
            "Write suggestion above that column; name, department and touchpoint "
            "above the others",
        )
    return chosen


def _columns_for(
    free: Sequence[str],
    labels: Mapping[str, str],
    known: tuple[str, ...],
    word: re.Pattern[str],
) -> list[str]:
    """Return the columns of that name; if there is none, those with such a word."""
    called = [one for one in free if re.sub(r"[\W_\d]", "", one.casefold()) in known]
    if called:
        return called
    return [
        one for one in free if word.search(f"{one} {labels.get(one, '')}".casefold())
    ]


def one_line(cell: str) -> str:
    """Return a cell as one line, no longer than a name may be."""
    return " ".join(cell.split())[:_MAX_LINE]
