"""Texts and colours of slides."""

from __future__ import annotations

import re
from typing import Any

from pptx.dml.color import RGBColor

from journeykit.report.company_colours import light_of
from journeykit.text import clean_text

__all__ = ["colour", "colour_of", "plain"]

_MAX_TEXT = 600
_SPACES = re.compile(r"[^\S\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+")


def plain(text: str, length: int = _MAX_TEXT) -> str:
    r"""Return a text in one line that a slide can hold, cut with an ellipsis.

    What may not part, such as a number and its sign, stays together.

    Examples
    --------
    >>> plain("Waits\n too long", 8)
    'Waits t…'
    """
    cleaned = clean_text(text, max_length=10 * _MAX_TEXT, is_cut=True).text
    line = _SPACES.sub(" ", cleaned).strip()
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


def colour(role: str) -> Any:  # Any: python-pptx types its makers as nothing
    """Return the colour of a role on light ground."""
    return colour_of(light_of(role))


def colour_of(value: str) -> Any:  # Any: python-pptx types its makers as nothing
    """Return a colour written ``#rrggbb``."""
    return RGBColor.from_string(value.lstrip("#").upper())  # type: ignore[no-untyped-call]
