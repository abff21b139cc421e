"""The map, COPIS and the canvas of a report as posters: SVG, and PNG of the same.

A poster is the picture that the report holds, with its finding above and its source and
the workshop below, on a sheet of an A size. It is a drawing all through, so a printer
sets it sharp on A1 and A0; nothing that the report does not hold gets onto it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

from journeykit.report.company_colours import in_company_colours
from journeykit.report.drawn_png import drawn_png
from journeykit.report.part import Part
from journeykit.report.shown import opened, shown_in
from journeykit.show.drawing import line, number_text, rect, root, text, written
from journeykit.show.svg import checked_svg
from journeykit.show.text_width import wrapped
from journeykit.text import clean_text

__all__ = ["POSTERS", "poster_png", "posters"]

POSTERS: Mapping[str, str] = MappingProxyType(
    {
        "journey_map": "map",
        "copis_flow": "copis",
        "canvas": "canvas",
        "canvas_after": "canvas-after",
    }
)
"""What becomes a poster, by the name of its picture, and what its file is called."""

_SOURCED = frozenset({"copis_flow"})
"""Whose source stands below: the map's speaks of a page, canvases have their own."""
_SVG = "http://www.w3.org/2000/svg"
_ROOT2 = 2**0.5
_MARGIN = 1 / 28
"""Of the longer side of the sheet."""
_PNG_PX, _MOST_PX, _MAX_TEXT = 4800, 7000, 600
_SIDES = re.compile(r'\bwidth="([\d.]+)" height="([\d.]+)"')


def posters(notebook: Mapping[str, Any], *, title: str = "") -> dict[str, str]:
    """Return the posters of an executed report by name: SVG, on A1.

    Parameters
    ----------
    notebook
        The executed notebook.
    title
        Title of the document; that of its band if empty.

    Returns
    -------
    dict
        By name, such as ``map``; empty if the report holds none of them.

    Raises
    ------
    InputError
        If a picture holds more than shapes and text.
    """
    opening = opened(notebook)[1]
    facts = [said for _, said in opening.get("facts", ())]
    foot = " · ".join(filter(None, [title or opening.get("title", ""), *facts[:6]]))
    found: dict[str, str] = {}
    for name, data in _figures(notebook):
        known, number = name, 1
        while known in found:
            number += 1
            known = f"{name}-{number}"
        found[known] = _sheet(data, foot, f"poster-{known}")
    return found


def _figures(notebook: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for one in shown_in(notebook):
        if isinstance(one, Part) and one.name == "figure":
            name = POSTERS.get(one.data.get("chart", ""))
            if name is not None:
                yield name, one.data


def _sheet(data: Mapping[str, Any], foot: str, prefix: str) -> str:
    drawn = ET.fromstring(checked_svg(data.get("poster") or data["wide"]))  # noqa: S314 - checked
    inner = (float(drawn.attrib["width"]), float(drawn.attrib["height"]))
    # Type grows with the picture, so that a finding is read from across the room.
    unit = max(inner[0], inner[1] * 1.2) / 62
    title, subtitle = _plain(data["title"]), _plain(data["subtitle"])
    lines = wrapped(title, inner[0], 1.6 * unit, is_bold=True)
    below = wrapped(subtitle, inner[0], 0.8 * unit)
    head = (1.9 * len(lines) + 1.05 * len(below) + 1.5) * unit
    source = data["source"] if data["chart"] in _SOURCED else ""
    said = [_plain(one) for one in (source, foot) if one]
    feet = [part for one in said for part in wrapped(one, inner[0], 0.6 * unit)]
    tail = (0.8 * len(feet) + 1.6) * unit
    page, margin = _page(inner[0], head + inner[1] + tail)
    alt = drawn.findtext(f"{{{_SVG}}}desc") or ""
    for element in drawn.iter():  # its namespace is that of the sheet
        element.tag = str(element.tag).removeprefix(f"{{{_SVG}}}")
    picture = root(*page, prefix=prefix, title=title, desc=alt)
    picture.attrib.update(zip(("width", "height"), _paper(page), strict=True))
    rect(picture, (0, 0, *page), fill="paper")
    left = max(margin, (page[0] - inner[0]) / 2)
    y = margin
    for words in lines:
        y += 1.9 * unit
        text(picture, left, y, words, size=1.6 * unit, is_bold=True)
    y += 0.3 * unit
    for words in below:
        y += 1.05 * unit
        text(picture, left, y, words, size=0.8 * unit, role="ink-soft")
    y += 1.2 * unit
    drawn.attrib.update({"x": number_text(left), "y": number_text(y)})
    for name in ("role", "aria-labelledby"):
        drawn.attrib.pop(name, None)
    picture.append(drawn)
    end = page[1] - margin - 0.8 * unit * len(feet)
    line(picture, (left, end, left + inner[0], end), "rule", unit / 20)
    for number, words in enumerate(feet, start=1):
        place = end + 0.8 * unit * number + 0.2 * unit
        text(picture, left, place, words, size=0.6 * unit, role="ink-quiet")
    return in_company_colours(str(checked_svg(written(picture))))


def _plain(text: str) -> str:
    """Return a text without what no picture can hold."""
    return clean_text(text, max_length=_MAX_TEXT, is_cut=True).text


def _page(width: float, height: float) -> tuple[tuple[float, float], float]:
    """Return an upright or lying sheet of an A size that holds a box, its margin."""
    is_lying = width >= height
    long, short = (width, height) if is_lying else (height, width)
    # The long side less its margins holds the box, and so does the short one.
    side = max(long / (1 - 2 * _MARGIN), short / (1 / _ROOT2 - 2 * _MARGIN))
    page = (side, side / _ROOT2) if is_lying else (side / _ROOT2, side)
    return page, side * _MARGIN


def _paper(page: tuple[float, float]) -> tuple[str, str]:
    return ("841mm", "594mm") if page[0] >= page[1] else ("594mm", "841mm")


def poster_png(svg: str) -> bytes:
    """Return a poster as PNG, 4,800 px wide, and no more than 7,000 high."""
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert box is not None
    width, height = float(box[1]), float(box[2])
    sized = re.sub(
        r'width="\d+mm" height="\d+mm"',
        f'width="{box[1]}" height="{box[2]}"',
        svg,
        count=1,
    )
    scale = min(_PNG_PX / width, _MOST_PX / height)
    return drawn_png(sized, scale)
