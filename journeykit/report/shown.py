"""What an executed report notebook shows, in order, whatever format it becomes.

Nothing but parts (plain data), prose (Markdown as text), PNG pictures and plain text is
taken from a notebook, as :mod:`journeykit.report.page` does; markup and scripts stay
behind.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from journeykit.report.parts import PART_TYPE, Part

__all__ = ["Drawing", "Prose", "Shown", "Typed", "opening_of", "shown_in"]


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


def shown_in(notebook: Mapping[str, Any]) -> Iterator[Shown]:
    """Yield what an executed notebook shows, from its band on.

    Parameters
    ----------
    notebook
        The executed notebook. What stands before its band (title, purpose, parameters)
        is for who opens the notebook; without a band all of it is shown.

    Examples
    --------
    >>> cell = {"cell_type": "markdown", "source": "Made by *hand*."}
    >>> list(shown_in({"cells": [cell]}))
    [Prose(source='Made by *hand*.')]
    """
    cells = notebook["cells"]
    begin = next((i for i, cell in enumerate(cells) if _is_opening(cell)), 0)
    for cell in cells[begin:]:
        if cell["cell_type"] == "markdown":
            yield Prose(cell["source"])
        for output in cell.get("outputs", ()):
            one = _shown(output)
            if one is not None:
                yield one


def opening_of(notebook: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data of the band that opens a report; empty without one."""
    first = next(shown_in(notebook), None)
    is_band = isinstance(first, Part) and first.name == "band"
    return first.data if is_band and isinstance(first, Part) else {}


def _is_opening(cell: Mapping[str, Any]) -> bool:
    bundles = (
        one.get("data", {}).get(PART_TYPE, {}) for one in cell.get("outputs", ())
    )
    return any(one.get("part") == "band" for one in bundles)


def _shown(output: Mapping[str, Any]) -> Shown | None:
    if output["output_type"] == "stream":
        return Typed(output["text"]) if output["name"] == "stdout" else None
    data = output.get("data", {})
    if PART_TYPE in data:
        return Part(data[PART_TYPE]["part"], data[PART_TYPE]["data"])
    text = data.get("text/plain", "")
    if "image/png" in data:
        try:
            png = base64.b64decode("".join(data["image/png"].split()), validate=True)
        except (binascii.Error, ValueError):
            return Typed(text)
        return Drawing(png, text)
    return Typed(text) if text else None
