"""Clean what people type or import, once, at the door.

One vertical tab pasted from a slide ends a kernel without an exception when a chart is
exported, makes spreadsheet writers raise and prints ``_x000B_`` on slides. Unicode is
not normalised: a name stays as its owner writes it (ids are ASCII anyway).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from journeykit.errors import InputError

__all__ = ["MAX_TEXT", "Cleaned", "clean_fields", "clean_text"]

MAX_TEXT = 20_000
"""Longest text of one field, in characters."""

# Cc but tab and newline, lone surrogates, and the two noncharacters XML forbids.
_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Cleaned(NamedTuple):
    """A clean text, and what was done to it."""

    text: str
    n_removed: int
    n_cut: int

    @property
    def said(self) -> str:
        """What was done in words; empty if nothing was."""
        parts = []
        if self.n_removed:
            signs = "sign" if self.n_removed == 1 else "signs"
            parts.append(f"{self.n_removed} control {signs} removed")
        if self.n_cut:
            characters = "character" if self.n_cut == 1 else "characters"
            parts.append(f"{self.n_cut:,} {characters} cut off at the end")
        return ", ".join(parts)


def clean_text(
    text: str, *, max_length: int = MAX_TEXT, is_cut: bool = False
) -> Cleaned:
    r"""Return *text* without signs that break what comes after, and a count of them.

    Parameters
    ----------
    text
        Anything typed or imported.
    max_length
        Longest text to keep, in characters.
    is_cut
        Whether a longer text is cut (and the cut counted) or refused.

    Returns
    -------
    Cleaned
        The text with CR LF and CR as LF; how many control characters (all of category
        Cc but tab and newline), lone surrogates, U+FFFE and U+FFFF were removed; how
        many characters were cut.

    Raises
    ------
    InputError
        If the text is longer than *max_length* and *is_cut* is false.

    Examples
    --------
    >>> clean_text("Queue\x0bat the gate\r\n")
    Cleaned(text='Queueat the gate\n', n_removed=1, n_cut=0)
    >>> clean_text("Queue\x0b").said
    '1 control sign removed'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, n_removed = _REFUSED.subn("", lines)
    n_cut = max(0, len(clean) - max_length)
    if n_cut and not is_cut:
        raise InputError(
            f"a text of at most {max_length:,} characters was expected, "
            f"this one has {len(clean):,}",
            mend="Shorten it, or attach it as a file",
        )
    return Cleaned(clean[:max_length], n_removed, n_cut)


def clean_fields(fields: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    r"""Return fields with every text in them clean, and in words what was taken out.

    Parameters
    ----------
    fields
        Values by name; texts within lists, tuples and dicts are cleaned too.

    Raises
    ------
    InputError
        If a text is longer than :data:`MAX_TEXT`.

    Examples
    --------
    >>> clean_fields({"name": "Queue\x0b", "tags": ["a", "b"]})
    ({'name': 'Queue', 'tags': ('a', 'b')}, 'name: 1 control sign removed')
    """
    said: list[str] = []

    def clean(value: Any, name: str) -> Any:
        if isinstance(value, str):
            found = clean_text(value)
            if found.said:
                said.append(f"{name}: {found.said}")
            return found.text
        if isinstance(value, list | tuple):
            return tuple(clean(one, name) for one in value)
        if isinstance(value, dict):
            return {key: clean(one, name) for key, one in value.items()}
        return value

    return {name: clean(value, name) for name, value in fields.items()}, "; ".join(said)
