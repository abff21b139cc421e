"""Bytes of delimited text, taken apart into columns."""

from __future__ import annotations

import re
from contextlib import closing

from journeykit.exchange.arrival import Limits, refuse_foreign_text
from journeykit.exchange.dialects import DELIMITERS, Records, delimiter_of, newline_of
from journeykit.exchange.encodings import decoded
from journeykit.exchange.quick_rows import quick_columns
from journeykit.exchange.readings import Parsed, Source, Told, understood
from journeykit.exchange.rows import Cleaner, Walk

__all__ = ["parsed_text"]

_SEP_LINE = re.compile(r'"?sep=(.)"?\n', re.IGNORECASE)
_N_LOOKED_AT = 1_000
_LONG = 100_000


def parsed_text(data: bytes, name: str, told: Told, limits: Limits) -> Parsed:
    """Take the bytes apart: text, records, headings, columns, and what must be said."""
    found = decoded(data, name, told.encoding)
    refuse_foreign_text(found.text, name)
    newline = newline_of(found.text)
    text = found.text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    declared = _SEP_LINE.match(text)
    if declared:
        text = text[declared.end() :]
    delimiter = told.delimiter or (declared[1] if declared else delimiter_of(text))
    cleaner = Cleaner(text)
    walk = Walk(name, limits, told.skip_rows)
    records = Records(text, delimiter, name)
    is_quick = cleaner.is_idle
    with closing(iter(records)) as rows:
        for row in rows:
            walk.take(row, cleaner)
            if is_quick and walk.n_records >= _N_LOOKED_AT:
                is_quick = False  # once
                if _rest_is_taken(text, records.n_read, delimiter, walk):
                    break
    source = Source(
        said=f"as {found.encoding}, separated by "
        f"{DELIMITERS.get(delimiter, repr(delimiter))}",
        encoding=found.encoding,
        bom=found.bom,
        is_guess=found.is_guess,
        newline=newline,
        delimiter=delimiter,
        notes=found.notes,
    )
    return understood(source, walk, cleaner.done, told, name)


def _rest_is_taken(text: str, n_read: int, delimiter: str, walk: Walk) -> bool:
    """Take the rest at once if it is long, and as plain as the rows above."""
    if len(text) - n_read < _LONG or len(walk.widths) > 1:
        return False
    columns = quick_columns(text[n_read:], delimiter, max(walk.widths))
    if columns is None:
        return False
    walk.take_columns(len(columns[0]), columns)
    return True
