"""A sheet to write on as a slide: the question, an example, ruled lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pptx.util import Emu, Inches, Pt

from journeykit.report.slide_frame import add_block
from journeykit.report.slide_texts import colour, plain

__all__ = ["add_worksheet"]

_APART, _RULE = Inches(0.5), Pt(0.75)
_LETTERS, _LINE = 8.0, Inches(0.36)
"""Letters in an inch of type of 20 points, in a wide face; the height of its line."""


def add_worksheet(shapes: Any, data: Mapping[str, Any], box: tuple[int, ...]) -> None:
    """Add the words and lines of a sheet to a slide.

    Parameters
    ----------
    shapes
        The shapes of the slide.
    data
        Of the part: ``text``, ``example`` and how many ``lines``.
    box
        Left, top, width and height.
    """
    left, top, width, height = box
    letters = Emu(width).inches * _LETTERS
    frame = shapes.add_textbox(left, top, width, _LINE).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = 0
    n_lines = 0
    said = ((data["text"], 20, "ink"), (data["example"], 16, "ink-quiet"))
    for text, size, role in said:
        if not text:
            continue
        line = frame.add_paragraph() if n_lines else frame.paragraphs[0]
        line.text, line.font.size = plain(text), Pt(size)
        line.font.color.rgb = colour(role)
        line.space_after = Pt(4)
        n_lines += int(len(plain(text)) * size / 20 // letters) + 1
    first = int(top + n_lines * _LINE + _APART)
    fits = max(0, int((top + height - first) // _APART) + 1)
    for place in range(min(data["lines"], fits)):
        y = Emu(first + place * _APART)
        add_block(shapes, (left, y, width, _RULE), "mark-quiet")
