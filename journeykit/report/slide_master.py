"""The master of slides: ours, or a company's own.

Ours is python-pptx's own start, made wide, with our face, colours and places; whoever
wants another gives a file, and its layouts are used by what they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

from journeykit.errors import InputError
from journeykit.show.tokens import light

__all__ = ["Master", "opened_master"]

_TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
_CONTENTS = {PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY}
_FACE = "Arial"
_SCHEME = {
    "dk1": "ink",
    "lt1": "paper",
    "dk2": "ink-soft",
    "lt2": "panel",
    "accent1": "accent",
    "accent2": "emotion-bad",
    "accent3": "emotion-good",
    "accent4": "opportunity",
    "accent5": "persona-c",
    "accent6": "persona-e",
    "hlink": "accent",
    "folHlink": "ink-soft",
}
_LEFT, _WIDE = Inches(0.6), Inches(12.13)


@dataclass(frozen=True, slots=True)
class Master:
    """A presentation without slides, and which of its layouts are for what."""

    presentation: Any  # published without types
    opening: Any
    content: Any

    @property
    def width(self) -> Emu:
        """Width of a slide."""
        return Emu(self.presentation.slide_width)

    @property
    def height(self) -> Emu:
        """Height of a slide."""
        return Emu(self.presentation.slide_height)


def opened_master(path: Path | None = None) -> Master:
    """Return a master to make slides with.

    Parameters
    ----------
    path
        A company's own ``.pptx`` or ``.potx``; ours if None. Its slides are left out.

    Raises
    ------
    InputError
        If it is no presentation, or has no layout with a title.
    """
    if path is None:
        return _ours()
    try:
        presentation = Presentation(str(path))
    except (PackageNotFoundError, ValueError, KeyError, OSError) as error:
        raise InputError("a presentation was expected, this is none", str(path)) from (
            error
        )
    _without_slides(presentation)
    layouts = [(one, _types(one)) for one in presentation.slide_layouts]
    titled = [(one, types) for one, types in layouts if types & _TITLES]
    if not titled:
        raise InputError("a layout with a title was expected, there is none", str(path))
    opening = next(
        (one for one, types in titled if PP_PLACEHOLDER.SUBTITLE in types), titled[0][0]
    )
    only = [
        one for one, types in titled if not types & _CONTENTS and one is not opening
    ]
    return Master(presentation, opening, only[0] if only else titled[-1][0])


def _types(layout: Any) -> set[Any]:
    return {one.placeholder_format.type for one in layout.placeholders}


def _without_slides(presentation: Any) -> None:
    ids = presentation.slides._sldIdLst
    for one in list(ids):
        presentation.part.drop_rel(one.rId)
        ids.remove(one)


def _ours() -> Master:
    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    layouts = {one.name: one for one in presentation.slide_layouts}
    opening, content = layouts["Title Slide"], layouts["Title Only"]
    for one in list(presentation.slide_layouts):
        if one not in (opening, content):
            presentation.slide_layouts.remove(one)
    opening.name, content.name = "Opening", "Finding"
    _themed(presentation.slide_master)
    for holder in (presentation.slide_master, opening, content):
        for shape in holder.placeholders:
            _placed(shape, is_opening=holder is opening)
    return Master(presentation, opening, content)


def _placed(shape: Any, *, is_opening: bool) -> None:
    kind = shape.placeholder_format.type
    places = {
        PP_PLACEHOLDER.TITLE: (Inches(0.45), Inches(1.05), Pt(26), "b"),
        PP_PLACEHOLDER.CENTER_TITLE: (Inches(1.6), Inches(2.0), Pt(40), "b"),
        PP_PLACEHOLDER.SUBTITLE: (Inches(3.8), Inches(1.6), Pt(18), "t"),
        PP_PLACEHOLDER.BODY: (Inches(1.7), Inches(4.9), Pt(18), "t"),
    }
    small = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    if kind in small:
        shape.top, shape.height = Inches(7.0), Inches(0.3)
        is_number = kind == PP_PLACEHOLDER.SLIDE_NUMBER
        shape.left = Inches(11.73) if is_number else _LEFT
        shape.width = Inches(1.0) if is_number else Inches(9)
        _text(shape, Pt(10), "r" if is_number else "l", "ctr")
    elif kind in places:
        top, height, size, anchor = places[kind]
        shape.left, shape.top, shape.width, shape.height = _LEFT, top, _WIDE, height
        is_title = kind in _TITLES
        _text(shape, size, "l", anchor, is_bold=is_title)
        if is_opening and kind == PP_PLACEHOLDER.SUBTITLE:
            shape.width = Inches(10)


def _text(
    shape: Any, size: Pt, align: str, anchor: str, *, is_bold: bool = False
) -> None:
    frame = shape.text_frame
    body = frame._txBody
    body.bodyPr.set("anchor", anchor)
    for name in ("lIns", "rIns"):
        body.bodyPr.set(name, "0")
    style = body.find("{*}lstStyle")
    for old in list(style):
        style.remove(old)
    level = style.makeelement(
        re.sub(r"\}.*", "}lvl1pPr", style.tag),
        {"algn": align, "marL": "0", "indent": "0"},
    )
    none = style.makeelement(re.sub(r"\}.*", "}buNone", style.tag), {})
    run = style.makeelement(
        re.sub(r"\}.*", "}defRPr", style.tag),
        {"sz": str(int(size.pt * 100)), "b": "1" if is_bold else "0"},
    )
    level.append(none)
    level.append(run)
    style.append(level)


def _themed(master: Any) -> None:
    """Give the theme our colours and face."""
    theme = next(
        rel.target_part for rel in master.part.rels.values() if "theme" in rel.reltype
    )
    xml = theme.blob.decode("utf-8")
    for name, role in _SCHEME.items():
        xml = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{light(role).lstrip("#").upper()}"/>\g<2>',
            xml,
            flags=re.DOTALL,
        )
    xml = re.sub(r'(<a:latin typeface=")[^"]*(")', rf"\g<1>{_FACE}\g<2>", xml)
    xml = re.sub(
        r'(<a:(?:theme|clrScheme|fontScheme)\b[^>]*name=")[^"]*', r"\1journeykit", xml
    )
    theme._blob = xml.encode("utf-8")
