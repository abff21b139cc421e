"""The master of slides: ours, or a company's own.

Ours is python-pptx's own start, made wide, with our face, colours and places; whoever
wants another gives a file, and its layouts are used by what they hold.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

from journeykit.errors import InputError
from journeykit.report.company import Company
from journeykit.report.company_colours import light_of, worn
from journeykit.report.master_file import checked_master
from journeykit.report.slide_feet import add_bar, add_logo

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
_TITLE = (Inches(0.45), Inches(1.05))
"""From where and how high the title of a slide is."""
_HIGH, _LEAST_WIDE = Inches(7.5), Inches(9.5)
_LOGO = Inches(1.9)
_EAST_ASIAN = "Microsoft YaHei"
_LENGTHS = {
    "off": ("x", "y"),
    "ext": ("cx", "cy"),
    "chOff": ("x", "y"),
    "chExt": ("cx", "cy"),
    "rPr": ("sz",),
    "defRPr": ("sz",),
    "endParaRPr": ("sz",),
    "bodyPr": ("lIns", "tIns", "rIns", "bIns"),
    "ln": ("w",),
    **{f"lvl{level}pPr": ("marL", "indent") for level in range(1, 10)},
}
"""What is a length, by element: a master is scaled as PowerPoint does it."""


@dataclass(frozen=True, slots=True)
class Master:
    """A presentation without slides, and which of its layouts are for what."""

    presentation: Any  # published without types
    opening: Any
    content: Any
    footer: str = ""
    is_ours: bool = True

    @property
    def width(self) -> Emu:
        """Width of a slide."""
        return Emu(self.presentation.slide_width)

    @property
    def height(self) -> Emu:
        """Height of a slide."""
        return Emu(self.presentation.slide_height)

    @property
    def title_width(self) -> Emu:
        """Width of the titles of slides."""
        kinds = {one.placeholder_format.type: one for one in self.content.placeholders}
        return Emu(next(kinds[kind].width for kind in _TITLES if kind in kinds))

    def fit_title(self, slide: Any) -> None:
        """Put the title of a slide above what stands below it, whatever its master."""
        title = slide.shapes.title
        if self.is_ours:
            return
        top, height = _TITLE
        if title.top + title.height <= top + height and title.left >= Inches(0.2):
            return
        title.left, title.width = _LEFT, Emu(self.width - 2 * _LEFT)
        title.top, title.height = top, height


def opened_master(path: Path | None = None) -> Master:
    """Return a master to make slides with.

    Parameters
    ----------
    path
        A company's own ``.pptx`` or ``.potx``; if None, that of the company in whose
        look reports are written now, else ours. Its slides are left out.

    Raises
    ------
    InputError
        If it is no presentation, holds what could run or load, or has no layout with a
        title.
    """
    company = worn()
    if path is not None:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError("a presentation was expected", str(path)) from error
        master = _given(checked_master(content, str(path)), str(path))
    elif company is not None and company.master is not None:
        master = _given(company.master, f"master of {company.name}")
    else:
        master = _ours(company)
    return replace(master, footer=company.footer) if company else master


def _given(content: bytes, where: str) -> Master:
    """Return a company's own master, as large as ours."""
    try:
        presentation = Presentation(io.BytesIO(content))
    except (PackageNotFoundError, ValueError, KeyError, OSError) as error:
        raise InputError("a presentation was expected, this is none", where) from error
    _without_slides(presentation)
    layouts = [(one, _types(one)) for one in presentation.slide_layouts]
    titled = [(one, types) for one, types in layouts if types & _TITLES]
    if not titled:
        raise InputError("a layout with a title was expected, there is none", where)
    opening = next(
        (one for one, types in titled if PP_PLACEHOLDER.SUBTITLE in types), titled[0][0]
    )
    only = [
        one for one, types in titled if not types & _CONTENTS and one is not opening
    ]
    _enlarged(presentation, where)
    content_layout = only[0] if only else titled[-1][0]
    return Master(presentation, opening, content_layout, is_ours=False)


def _enlarged(presentation: Any, where: str) -> None:
    """Make slides as high as ours, and all that is on their masters with them."""
    scale = int(_HIGH) / int(presentation.slide_height)
    width = int(presentation.slide_width * scale)
    if width < _LEAST_WIDE:
        raise InputError("a master in landscape was expected", where)
    if scale == 1:
        return
    presentation.slide_width, presentation.slide_height = width, _HIGH
    for master in presentation.slide_masters:
        for holder in (master, *master.slide_layouts):
            for element in holder._element.iter():
                _scaled(element, scale)


def _scaled(element: Any, scale: float) -> None:
    name = re.sub(r".*\}", "", str(element.tag))
    for key in _LENGTHS.get(name, ()):
        value = element.get(key, "")
        if re.fullmatch(r"-?\d+", value):
            element.set(key, str(round(int(value) * scale)))


def _types(layout: Any) -> set[Any]:
    return {one.placeholder_format.type for one in layout.placeholders}


def _without_slides(presentation: Any) -> None:
    ids = presentation.slides._sldIdLst
    for one in list(ids):
        presentation.part.drop_rel(one.rId)
        ids.remove(one)


def _ours(company: Company | None) -> Master:
    presentation: Any = Presentation(io.BytesIO(_saved(company)))
    opening, content = presentation.slide_layouts
    return Master(presentation, opening, content)


@lru_cache(maxsize=4)
def _saved(company: Company | None) -> bytes:
    """Return our master in a company's look, made once and read by each deck."""
    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    layouts = {one.name: one for one in presentation.slide_layouts}
    opening, content = layouts["Title Slide"], layouts["Title Only"]
    for one in list(presentation.slide_layouts):
        if one not in (opening, content):
            presentation.slide_layouts.remove(one)
    opening.name, content.name = "Opening", "Finding"
    _themed(presentation.slide_master, company)
    logo = company.logo if company else None
    for holder in (presentation.slide_master, opening, content):
        for shape in holder.placeholders:
            _placed(shape, is_opening=holder is opening)
            if logo and holder is content and shape.placeholder_format.type in _TITLES:
                shape.width = Emu(_WIDE - _LOGO - Inches(0.3))
    if company is not None:
        _dressed(opening, content, company)
    saved = io.BytesIO()
    presentation.save(saved)
    return saved.getvalue()


def _dressed(opening: Any, content: Any, company: Company) -> None:
    """Put a company's bar and logo on the layouts."""
    bar = company.second or company.accent
    wide = Inches(13.333)
    if bar:
        add_bar(opening, (0, 0, wide, Inches(0.16)), bar)
        add_bar(content, (0, 0, wide, Inches(0.08)), bar)
    if company.logo is not None:
        png, name = company.logo.png, company.name
        large = (_LEFT, Inches(0.6), Inches(4.2), Inches(0.9))
        add_logo(opening, png, name, large, is_right=False)
        small = (Emu(_LEFT + _WIDE - _LOGO), Inches(0.28), _LOGO, Inches(0.5))
        add_logo(content, png, name, small, is_right=True)


def _placed(shape: Any, *, is_opening: bool) -> None:
    kind = shape.placeholder_format.type
    places = {
        PP_PLACEHOLDER.TITLE: (Inches(0.37), Inches(0.9), Pt(24), "t"),
        PP_PLACEHOLDER.CENTER_TITLE: (Inches(2.0), Inches(1.6), Pt(40), "t"),
        PP_PLACEHOLDER.SUBTITLE: (Inches(3.7), Inches(1.0), Pt(20), "t"),
        PP_PLACEHOLDER.BODY: (Inches(1.7), Inches(4.9), Pt(18), "t"),
    }
    small = {PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER}
    if kind in small:
        shape.top, shape.height = Inches(7.0), Inches(0.3)
        is_number = kind == PP_PLACEHOLDER.SLIDE_NUMBER
        shape.left = Inches(11.73) if is_number else _LEFT
        shape.width = Inches(1.0) if is_number else Inches(9)
        _text(shape, Pt(10), "r" if is_number else "l", "ctr", role="ink-quiet")
    elif kind in places:
        top, height, size, anchor = places[kind]
        shape.left, shape.top, shape.width, shape.height = _LEFT, top, _WIDE, height
        is_title = kind in _TITLES
        _text(shape, size, "l", anchor, is_bold=is_title)
        if is_opening and kind == PP_PLACEHOLDER.SUBTITLE:
            shape.width = Inches(10)


def _text(
    shape: Any,
    size: Pt,
    align: str,
    anchor: str,
    *,
    is_bold: bool = False,
    role: str = "ink",
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
    fill = style.makeelement(re.sub(r"\}.*", "}solidFill", style.tag), {})
    value = {"val": light_of(role).lstrip("#").upper()}
    fill.append(style.makeelement(re.sub(r"\}.*", "}srgbClr", style.tag), value))
    run.append(fill)
    level.append(none)
    level.append(run)
    style.append(level)


def _themed(master: Any, company: Company | None) -> None:
    """Give the theme our colours and face, or a company's."""
    face = escape(company.family, {'"': "&quot;"}) if company else ""
    second = {"accent2": company.second} if company and company.second else {}
    theme = next(
        rel.target_part for rel in master.part.rels.values() if "theme" in rel.reltype
    )
    xml = theme.blob.decode("utf-8")
    colours = {name: light_of(role) for name, role in _SCHEME.items()} | second
    colours = {name: one.lstrip("#").upper() for name, one in colours.items()}
    for name in _SCHEME:
        xml = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colours[name]}"/>\g<2>',
            xml,
            flags=re.DOTALL,
        )
    for kind, named in (("latin", face or _FACE), ("ea", _EAST_ASIAN)):
        pattern = rf'(<a:{kind} typeface=")[^"]*(")'
        safe = named.replace("\\", r"\\")
        xml = re.sub(pattern, rf"\g<1>{safe}\g<2>", xml)
    xml = re.sub(
        r'(<a:(?:theme|clrScheme|fontScheme)\b[^>]*name=")[^"]*', r"\1journeykit", xml
    )
    theme._blob = xml.encode("utf-8")
