"""What an executed report notebook shows, in order, whatever format it becomes.

Nothing but parts (plain data), prose (Markdown as text), PNG pictures and plain text is
taken from a notebook, as :mod:`journeykit.report.page` does; markup and scripts stay
behind.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from journeykit.language import LANGUAGES, speaking
from journeykit.report.part import PART_TYPE, Part
from journeykit.text import clean_text

__all__ = [
    "Drawing",
    "Prose",
    "Shown",
    "Typed",
    "alt_of",
    "opened",
    "printed",
    "shown_in",
    "spoken",
]

_MOST_PRINTED = 100_000
_DESCRIBED = re.compile(r"<desc[^>]*>([^<]*)</desc>")


@dataclass(frozen=True, slots=True)
class Prose:
    """A cell of Markdown, as it was written."""

    source: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that a cell printed."""

    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is no part, such as one of Matplotlib's."""

    png: bytes
    alt: str


Shown = Part | Prose | Typed | Drawing
"""One thing that a reader sees."""


def opened(
    notebook: Mapping[str, Any],
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return a notebook from its band on, and the band's data.

    What stands before the band (title, purpose, parameters) is for who opens the
    notebook; without a band it is returned whole, with no data.
    """
    for place, cell in enumerate(notebook["cells"]):
        for output in cell.get("outputs", ()):
            bundle = output.get("data", {}).get(PART_TYPE, {})
            if bundle.get("part") == "band":
                band = Part.unpacked(bundle)
                return {**notebook, "cells": notebook["cells"][place:]}, band.data
    return notebook, {}


def spoken(notebook: Mapping[str, Any]) -> AbstractContextManager[None]:
    """Speak the language of a notebook's band for a while; English if we lack it."""
    language = opened(notebook)[1].get("language", "en")
    return speaking(language if language in LANGUAGES else "en")


def shown_in(notebook: Mapping[str, Any]) -> Iterator[Shown]:
    """Yield what an executed notebook shows, from its band on.

    Parameters
    ----------
    notebook
        The executed notebook.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "source": "Made by *hand*."}
    >>> list(shown_in({"cells": [cell]}))
    [Prose(source='Made by *hand*.')]
    """
    for cell in opened(notebook)[0]["cells"]:
        if cell["cell_type"] == "markdown":
            yield Prose(cell["source"])
        for output in cell.get("outputs", ()):
            one = _shown(output)
            if isinstance(one, Part):
                yield from _each(one)
            elif one is not None:
                yield one


def _each(one: Part) -> Iterator[Part]:
    """Yield a part, or the parts that it holds together."""
    if one.name != "together":
        yield one
        return
    for held in one.data["parts"]:
        yield from _each(Part(held["part"], held["data"]))


def alt_of(figure: Mapping[str, Any]) -> str:
    """Return what a figure shows in words, for those who do not see it.

    Parameters
    ----------
    figure
        Data of the part.

    Examples
    --------
    >>> alt_of({"wide": "<svg><desc>Ann &amp; Bo</desc></svg>", "title": "Two"})
    'Ann & Bo'
    """
    found = _DESCRIBED.search(figure["wide"])
    said = html.unescape(found[1]).strip() if found else ""
    return said or str(figure["title"])


def printed(text: str) -> str:
    r"""Return what a cell printed as readers see it: no control signs, and no flood.

    Examples
    --------
    >>> printed("Ready\x1b\n")
    'Ready\n'
    """
    return clean_text(text, max_length=_MOST_PRINTED, is_cut=True).text


def _shown(output: Mapping[str, Any]) -> Shown | None:
    if output["output_type"] == "stream":
        is_shown = output["name"] == "stdout"
        return Typed(printed(output["text"])) if is_shown else None
    data = output.get("data", {})
    if PART_TYPE in data:
        return Part.unpacked(data[PART_TYPE])
    text = printed(data.get("text/plain", ""))
    if "image/png" in data:
        try:
            png = base64.b64decode("".join(data["image/png"].split()), validate=True)
        except (binascii.Error, ValueError):
            return Typed(text)
        return Drawing(png, text)
    return Typed(text) if text else None
