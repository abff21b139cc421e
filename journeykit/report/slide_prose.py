"""Sentences on slides: as large as fits, on as few slides as hold them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.util import Pt

from journeykit.report.slide_letters import n_lines
from journeykit.show.paper import fair_pages

__all__ = ["add_lines", "line_pages"]

_SIZES = (24, 20, 18, 16, 14)
_LINE, _AFTER = 1.2, 10
_MOST_INCHES = 10.5
"""Width of a line that is still read with ease."""


def line_pages(
    texts: Sequence[str], room: tuple[float, float], most: int = 24
) -> Iterator[tuple[int, list[str]]]:
    """Yield size of type and sentences of each slide.

    Parameters
    ----------
    texts
        The sentences.
    room
        Width and height, in inches.
    most
        Largest size of type.
    """
    if not texts:
        return
    width = min(room[0], _MOST_INCHES)
    sizes = [size for size in _SIZES if size <= most]
    for size in sizes:
        heights = [
            (n_lines(text, width, size) * size * _LINE + _AFTER) / 72 for text in texts
        ]
        if sum(heights) <= room[1] or size == sizes[-1]:
            for page in fair_pages(heights, room[1]):
                yield size, list(texts[page.start : page.stop])
            return


def add_lines(
    shapes: Any, texts: Sequence[str], size: int, box: tuple[int, ...]
) -> None:
    """Add sentences to a slide; *box* is left, top, width and height."""
    left, top, width, height = box
    wide = min(width, int(_MOST_INCHES * 914400))
    frame = shapes.add_textbox(left, top, wide, height).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    for place, text in enumerate(texts):
        line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        line.text, line.font.size, line.space_after = text, Pt(size), Pt(_AFTER)
