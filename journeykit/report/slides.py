"""A report as slides: one idea each, native tables and charts that can be edited."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt

from journeykit.language import say
from journeykit.report.part_tables import left_out_table
from journeykit.report.parts import Part
from journeykit.report.shown import (
    Drawing,
    Prose,
    Shown,
    Typed,
    alt_of,
    opened,
    shown_in,
    spoken,
)
from journeykit.report.slide_charts import add_chart, chart_rows
from journeykit.report.slide_feet import add_feet
from journeykit.report.slide_map import add_curve, add_stage, curve_parts, stage_tables
from journeykit.report.slide_master import Master, opened_master
from journeykit.report.slide_one_page import one_page_slides
from journeykit.report.slide_pictures import slide_pictures, slide_png
from journeykit.report.slide_tables import add_table, table_pages, table_widths
from journeykit.report.slide_texts import colour, plain
from journeykit.report.slide_worksheet import add_worksheet

__all__ = ["slides"]

_LEFT, _TOP, _BOTTOM = Inches(0.6), Inches(1.95), Inches(6.85)
_MAX_PROPERTY = 250
_LONG = 150
"""Letters of a text below a heading that is worth a slide."""
_ROOM = Emu(Inches(6.5) - _TOP)
_PICTURE = Emu(Inches(6.55) - _TOP)
"""Height for a picture or a chart."""
_MAX_SENTENCES = 7
_MAX_TWIN = 40
"""Rows that follow a picture whose type is too small to read."""
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def slides(
    notebook: Mapping[str, Any], *, title: str = "", master: Path | None = None
) -> bytes:
    """Return an executed report notebook as PPTX.

    Parameters
    ----------
    notebook
        The executed notebook.
    title
        Title of the document; that of its band if empty.
    master
        A company's own master; ours if None.

    Returns
    -------
    bytes
        The file; the same notebook gives the same bytes.

    Raises
    ------
    InputError
        If the master is no presentation, or a picture holds more than shapes and text.
    """
    opening = opened(notebook)[1]
    with spoken(notebook):
        title = title or opening.get("title") or say("Report")
        deck = _Deck(opened_master(master), title)
        if opening.get("is_one_page"):
            one_page_slides(deck._slide, deck.master.width, shown_in(notebook))
        else:
            for one in shown_in(notebook):
                deck.add(one)
    properties = deck.master.presentation.core_properties
    properties.title = plain(deck.title, _MAX_PROPERTY)
    properties.author = plain(opening.get("owner", ""), _MAX_PROPERTY)
    properties.subject = plain(opening.get("kind", ""), _MAX_PROPERTY)
    properties.last_modified_by = ""
    properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001
    kept = io.BytesIO()
    deck.master.presentation.save(kept)
    return _without_times(kept.getvalue())


def _without_times(raw: bytes) -> bytes:
    """Return a package whose files carry no time of their writing."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".xlsx"):
                content = _without_times(content)
            elif name == "docProps/core.xml":
                content = re.sub(
                    rb"\d{4}-\d\d-\d\dT[\d:.]+Z", b"2000-01-01T00:00:00Z", content
                )
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


class _Deck:
    """Slides as they are made; a section's heading becomes the line above its ideas."""

    def __init__(self, master: Master, title: str) -> None:
        self.master, self.title = master, title
        self._heading = ""

    def add(self, one: Shown) -> None:
        """Add what one part says."""
        if not isinstance(one, Part):
            self._loose(one)
            return
        shows: Mapping[str, Callable[[Mapping[str, Any]], None]] = {
            "band": self._opening,
            "section": self._section,
            "found": self._found,
            "evidence": self._evidence,
            "figure": self._figure,
            "ranked_table": self._ranked,
            "sentences": self._sentences,
            "definitions": self._definitions,
            "left_out": self._left_out,
            "worksheet": self._worksheet,
            "credits": self._credits,
        }
        shows[one.name](one.data)

    def _ranked(self, data: Mapping[str, Any]) -> None:
        self._table(data["title"], data["subtitle"], data, data["source"])

    def _sentences(self, data: Mapping[str, Any]) -> None:
        self._lines(data["heading"], [*data["texts"], *data["folded"]])

    def _definitions(self, data: Mapping[str, Any]) -> None:
        labels = data.get("labels", (say("Measure"), say("What it means")))
        table = {"labels": labels, "rows": data["terms"], "numeric": (False, False)}
        self._table(data["heading"], "", table, "")

    def _left_out(self, data: Mapping[str, Any]) -> None:
        self._table(data["heading"], "", left_out_table(data["rows"]), "")

    def _worksheet(self, data: Mapping[str, Any]) -> None:
        slide = self._slide(data["heading"], "")
        add_worksheet(slide.shapes, data, (_LEFT, _TOP, self._wide(), _ROOM))

    def _credits(self, data: Mapping[str, Any]) -> None:
        self._lines(say("Sources and how this was made"), data["lines"], size=12)

    def _loose(self, one: Shown) -> None:
        title = self._heading or self.title
        match one:
            case Prose(source=source):
                self._lines(title, re.split(r"\n\s*\n", source))
            case Typed(text=text):
                self._lines(title, text.splitlines())
            case Drawing(png=png, alt=alt):
                self._picture(self._slide(title, ""), png, alt or title)

    # --- slides -----------------------------------------------------------------------

    def _opening(self, data: Mapping[str, Any]) -> None:
        slide = self.master.presentation.slides.add_slide(self.master.opening)
        slide.shapes.title.text = plain(data["title"])
        facts = " · ".join(f"{name}: {said}" for name, said in data["facts"][:6])
        said = [plain(data["scope"]), plain(facts)]
        for shape in slide.placeholders:
            if shape.placeholder_format.type in {
                PP_PLACEHOLDER.SUBTITLE,
                PP_PLACEHOLDER.BODY,
            }:
                shape.text_frame.text = "\n".join(filter(None, said))
                break

    def _slide(self, title: str, subtitle: str) -> Any:
        slide = self.master.presentation.slides.add_slide(self.master.content)
        said = plain(title, 180) or self._heading or self.title
        slide.shapes.title.text = said
        if len(said) > 90:
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(22)
        for shape in list(slide.placeholders):
            kind = shape.placeholder_format.type
            if kind not in {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}:
                shape._element.getparent().remove(shape._element)
        if subtitle:
            self._say(slide, subtitle, Inches(1.5), Inches(0.4), 13, "ink-soft")
        self.master.fit_title(slide)
        foot = self.master.footer or self.title
        if not add_feet(slide, foot):
            number = len(self.master.presentation.slides)
            said = f"{foot}   {number}"
            self._say(slide, said, Inches(7.02), Inches(0.3), 10, "ink-quiet")
        return slide

    def _wide(self) -> Emu:
        return Emu(self.master.width - 2 * _LEFT)

    def _say(  # noqa: PLR0917
        self, slide: Any, text: str, top: int, height: int, size: float, role: str
    ) -> Any:
        box = slide.shapes.add_textbox(_LEFT, top, self._wide(), height)
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        frame.text = plain(text, 260)
        font = frame.paragraphs[0].font
        font.size, font.color.rgb = Pt(size), colour(role)
        return box

    def _section(self, data: Mapping[str, Any]) -> None:
        if data["heading"]:
            self._heading = data["heading"]
        if data["text"] and len(data["text"]) > _LONG:
            self._lines(self._heading or self.title, data["text"].split("\n"))

    def _found(self, data: Mapping[str, Any]) -> None:
        slide = self._slide(data["heading"] or say("What we found"), "")
        count = max(1, len(data["sentences"]))
        gap = Inches(0.4)
        width = Emu((self._wide() - gap * (count - 1)) // count)
        for place, (number, said) in enumerate(data["sentences"]):
            left = Emu(_LEFT + place * (width + gap))
            line = slide.shapes.add_connector(1, left, _TOP, Emu(left + width), _TOP)
            line.line.color.rgb, line.line.width = colour("accent"), Pt(2)
            box = slide.shapes.add_textbox(
                left, Emu(_TOP + Inches(0.1)), width, Inches(4)
            )
            frame = box.text_frame
            frame.word_wrap = True
            frame.margin_left = frame.margin_right = 0
            frame.text = plain(number or " ", 20)
            frame.paragraphs[0].font.size = Pt(48)
            frame.paragraphs[0].font.bold = True
            frame.paragraphs[0].font.color.rgb = colour("accent")
            more = frame.add_paragraph()
            more.text, more.font.size = plain(said, 320), Pt(18)

    def _evidence(self, data: Mapping[str, Any]) -> None:
        slide = self._slide(data["heading"] or say("How sure we are"), "")
        roles = {"measured": "ink", "observed": "mark-quiet", "assumed": "paper"}
        left = int(_LEFT)
        for one in data["pieces"]:
            width = int(self._wide() * one["share"] / 100)
            if width:
                bar = slide.shapes.add_shape(1, left, _TOP, width, Inches(0.5))
                bar.fill.solid()
                bar.fill.fore_color.rgb = colour(roles[one["basis"]])
                bar.line.color.rgb = colour("ink")
                bar.shadow.inherit = False
            left += width
        width = Emu(self._wide() // len(data["pieces"]))
        for place, one in enumerate(data["pieces"]):
            at = Emu(_LEFT + place * width)
            box = slide.shapes.add_textbox(at, Inches(2.7), width, Inches(1.4))
            frame = box.text_frame
            frame.word_wrap = True
            frame.margin_left = 0
            frame.text = f"{one['percent']} {one['label']}"
            frame.paragraphs[0].font.size = Pt(24)
            frame.paragraphs[0].font.bold = True
            more = frame.add_paragraph()
            more.text = say(
                "{of_all}: {meaning}", of_all=one["of_all"], meaning=one["meaning"]
            )
            more.font.size = Pt(14)
        if data["without_data"]:
            names = ", ".join(data["without_data"])
            said = say("Not measured: {names}.", names=names)
            self._say(slide, said, Inches(4.3), Inches(1.5), 16, "ink-soft")

    def _lines(self, heading: str, texts: Sequence[str], *, size: int = 18) -> None:
        kept = [plain(text) for text in texts if plain(text)]
        for start in range(0, len(kept), _MAX_SENTENCES):
            slide = self._slide(heading, "")
            box = slide.shapes.add_textbox(
                _LEFT, _TOP, self._wide(), Emu(_BOTTOM - _TOP)
            )
            frame = box.text_frame
            frame.word_wrap = True
            frame.margin_left = 0
            part = kept[start : start + _MAX_SENTENCES]
            for place, text in enumerate(part):
                line = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
                line.text, line.font.size, line.space_after = text, Pt(size), Pt(8)
                if sum(map(len, part)) > 900:
                    line.font.size = Pt(min(size, 14))

    def _figure(self, data: Mapping[str, Any]) -> None:
        rows = chart_rows(data.get("chart", ""), data["twin"])
        if data.get("sheets"):
            self._map(data)
            return
        if rows:
            slide = self._slide(data["title"], data["subtitle"])
            box = (_LEFT, _TOP, self._wide(), _PICTURE)
            shape = add_chart(slide.shapes, data["chart"], rows, box)
            _describe(shape, alt_of(data))
            self._source(slide, data["source"])
            return
        room = (self._wide().pt, _PICTURE.pt)
        pictures, is_readable = slide_pictures(data, room)
        for drawn in pictures:
            slide = self._slide(data["title"], data["subtitle"])
            self._picture(slide, slide_png(drawn), alt_of(data))
            self._source(slide, data["source"])
        if not is_readable and 0 < len(data["twin"]["rows"]) <= _MAX_TWIN:
            self._table(data["title"], data["subtitle"], data["twin"], data["source"])

    def _map(self, data: Mapping[str, Any]) -> None:
        """Add the curve of the whole journey, then its stages one by one."""
        for points in curve_parts(data["sheets"]):
            slide = self._slide(data["title"], data["subtitle"])
            add_curve(slide.shapes, points, (_LEFT, _TOP, self._wide(), _PICTURE))
            self._source(slide, say("Each stage stands on the slides that follow."))
        width = self._wide()
        for table in stage_tables(data["sheets"], width.inches, _PICTURE.inches):
            slide = self._slide(table.title, table.subtitle)
            add_stage(slide.shapes, table, (_LEFT, _TOP, width))
            self._source(slide, table.foot)

    def _source(self, slide: Any, source: str) -> None:
        if source:
            self._say(slide, source, Inches(6.6), Inches(0.4), 10, "ink-quiet")

    def _picture(self, slide: Any, png: bytes, alt: str) -> None:
        shape = slide.shapes.add_picture(io.BytesIO(png), _LEFT, _TOP)
        _describe(shape, alt)
        scale = min(self._wide() / shape.width, _PICTURE / shape.height)
        shape.width, shape.height = (
            Emu(int(shape.width * scale)),
            Emu(int(shape.height * scale)),
        )
        shape.left = Emu(int(_LEFT + (self._wide() - shape.width) / 2))

    def _table(
        self, title: str, subtitle: str, data: Mapping[str, Any], source: str
    ) -> None:
        labels, width = data["labels"], self._wide()
        widths = table_widths(data, width.inches)
        room = (width.inches, _ROOM.inches)
        for rows in table_pages(labels, data["rows"], widths, room):
            slide = self._slide(title, subtitle)
            box = (_LEFT, _TOP, width)
            add_table(slide.shapes, [labels, *rows], data["numeric"], widths, box)
            self._source(slide, source)


def _describe(shape: Any, alt: str) -> None:
    """Say what a picture or chart shows, for those who do not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", plain(alt))
