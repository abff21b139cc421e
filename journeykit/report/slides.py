"""A report as slides: one idea each, native tables and charts that can be edited."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pptx.util import Emu

from journeykit.language import say
from journeykit.report.part import Part
from journeykit.report.part_tables import left_out_table
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
from journeykit.report.slide_charts import add_chart
from journeykit.report.slide_frame import LEFT, Page, head_of, new_page, say_source
from journeykit.report.slide_map import add_curve, add_stage, curve_parts, stage_tables
from journeykit.report.slide_master import Master, opened_master
from journeykit.report.slide_native import chart_pages, chart_rows
from journeykit.report.slide_one_page import one_page_slides
from journeykit.report.slide_openings import add_evidence, add_found, add_opening
from journeykit.report.slide_pictures import slide_pictures, slide_png
from journeykit.report.slide_prose import add_lines, line_pages
from journeykit.report.slide_stack import Small, add_small, small_table, stacks
from journeykit.report.slide_tables import add_table, fitted_table, numbered
from journeykit.report.slide_texts import plain
from journeykit.report.slide_worksheet import add_worksheet

__all__ = ["slides"]

_MAX_PROPERTY = 250
_LONG = 150
"""Letters of a text below a heading that is worth a slide."""
_LAST = frozenset({"definitions", "left_out", "credits"})
"""What a deck ends with, after all that it shows."""
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
            deck.end()
            deck.say_instead()
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
                content = _TIME.sub(b"2000-01-01T00:00:00Z", content)
            # A picture is as small as it gets.
            is_packed = name.endswith((".png", ".jpeg"))
            kind = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, kind)
    return made.getvalue()


class _Deck:
    """Slides as they are made; a section's heading becomes the line above its ideas."""

    def __init__(self, master: Master, title: str) -> None:
        self.master, self.title = master, title
        self._heading = ""
        self._small: list[Small] = []
        self._instead: list[str] = []

    def end(self) -> None:
        """Add what still waits for others to share its slide."""
        room = head_of(self.master, self._heading, "").room
        waiting, self._small = self._small, []
        for some in stacks(waiting, room.inches):
            if len(some) == 1:
                self._own_table(some[0].data)
            else:
                page = self._slide(self._heading or self.title, "")
                add_small(page, some, self._wide())

    def add(self, one: Shown) -> None:
        """Add what one part says."""
        if not (isinstance(one, Part) and one.name == "ranked_table"):
            self.end()
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
        if one.name in _LAST:
            self.say_instead()
        shows[one.name](one.data)

    def _ranked(self, given: Mapping[str, Any]) -> None:
        room, data = head_of(self.master, self._heading, "").room, numbered(given)
        small = small_table(data, (self._wide().inches, room.inches))
        if small is not None:
            self._small.append(small)
            return
        self.end()
        self._own_table(data)

    def _own_table(self, data: Mapping[str, Any]) -> None:
        self._table(data["title"], data["subtitle"], data, data["source"])

    def _sentences(self, data: Mapping[str, Any]) -> None:
        self._lines(data["heading"], [*data["texts"], *data["folded"]])

    def _definitions(self, data: Mapping[str, Any]) -> None:
        labels = data.get("labels", (say("Measure"), say("What it means")))
        table = {"labels": labels, "rows": data["terms"], "numeric": (False, False)}
        self._table(data["heading"], "", table, "")

    def _left_out(self, data: Mapping[str, Any]) -> None:
        if data["rows"]:
            self._table(data["heading"], "", left_out_table(data["rows"]), "")
        else:
            self._lines(data["heading"], [say("Nothing was left out.")])

    def _worksheet(self, data: Mapping[str, Any]) -> None:
        page = self._slide(data["heading"], "")
        box = (LEFT, page.top, self._wide(), page.room)
        add_worksheet(page.slide.shapes, data, box)

    def _credits(self, data: Mapping[str, Any]) -> None:
        self._lines(say("Sources and how this was made"), data["lines"], most=14)

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
        add_opening(self.master, data)

    def _slide(self, title: str, subtitle: str) -> Page:
        said = plain(title, 180) or self._heading or self.title
        foot = self.master.footer or self.title
        return new_page(self.master, said, subtitle, foot)

    def _wide(self) -> Emu:
        return Emu(self.master.width - 2 * LEFT)

    def _section(self, data: Mapping[str, Any]) -> None:
        if data["heading"]:
            self._heading = data["heading"]
        if data["text"] and len(data["text"]) > _LONG:
            self._lines(self._heading or self.title, data["text"].split("\n"))
        elif data["text"] and not data["heading"]:
            about, said = self._heading or self.title, data["text"]
            if not about.endswith(("?", "\N{FULLWIDTH QUESTION MARK}")):
                about, said = (
                    "",
                    say("{heading}: {sentence}", heading=about, sentence=said),
                )
            self._instead.append(f"{about} {said}".strip())

    def say_instead(self) -> None:
        """Add what stands in place of tables and pictures, each a sentence."""
        said, self._instead = self._instead, []
        if said:
            self._lines(say("Where there is nothing to show"), said)

    def _found(self, data: Mapping[str, Any]) -> None:
        page = self._slide(data["heading"] or say("What we found"), "")
        add_found(page, data["sentences"], self._wide())

    def _evidence(self, data: Mapping[str, Any]) -> None:
        page = self._slide(data["heading"] or say("How sure we are"), "")
        add_evidence(page, data, self._wide())

    def _lines(self, heading: str, texts: Sequence[str], *, most: int = 24) -> None:
        kept = [plain(text) for text in texts if plain(text)]
        room = head_of(self.master, heading, "").room
        for size, part in line_pages(kept, (self._wide().inches, room.inches), most):
            page = self._slide(heading, "")
            box = (LEFT, page.top, self._wide(), page.room)
            add_lines(page.slide.shapes, part, size, box)

    def _figure(self, data: Mapping[str, Any]) -> None:
        rows = chart_rows(data.get("chart", ""), data["twin"])
        title, subtitle = data["title"], data["subtitle"]
        source = _on_slides(data["source"])
        if data.get("sheets"):
            self._map(data)
            return
        pages = chart_pages(data.get("chart", ""), rows)
        if pages:
            subtitle, source = _on_charts(subtitle), _on_charts(source)
        for number, part in enumerate(pages, start=1):
            page = self._slide(title, _numbered(subtitle, number, len(pages)))
            box = (LEFT, page.top, self._wide(), page.room)
            shape = add_chart(page.slide.shapes, data["chart"], part, box, rows)
            _describe(shape, alt_of(data))
            say_source(page, self.master, source)
        if pages:
            return
        room = (self._wide().pt, head_of(self.master, title, subtitle).room.pt)
        pictures, is_readable = slide_pictures(data, room)
        for number, drawn in enumerate(pictures, start=1):
            page = self._slide(title, _numbered(subtitle, number, len(pictures)))
            self._picture(page, slide_png(drawn), alt_of(data))
            say_source(page, self.master, source)
        if not is_readable and 0 < len(data["twin"]["rows"]) <= _MAX_TWIN:
            self._table(title, subtitle, data["twin"], source)

    def _map(self, data: Mapping[str, Any]) -> None:
        """Add the curve of the whole journey, then its stages one by one."""
        for points in curve_parts(data["sheets"]):
            page = self._slide(data["title"], data["subtitle"])
            box = (LEFT, page.top, self._wide(), page.room)
            add_curve(page.slide.shapes, points, box)
            more = say("Each stage stands on the slides that follow.")
            say_source(page, self.master, more)
        width = self._wide()
        empty: dict[str, list[str]] = {}
        for sheet in data["sheets"]:
            # One line below the title says which stage it is.
            room = head_of(self.master, sheet["title"], sheet["stage"]).room
            for table in stage_tables([sheet], width.inches, room.inches):
                if not table.rows:
                    empty.setdefault(table.heads[0][0], []).append(table.subtitle)
                    continue
                page = self._slide(table.title, table.subtitle)
                add_stage(page.slide.shapes, table, (LEFT, page.top, width))
                say_source(page, self.master, table.foot)
        for title, stages in empty.items():
            self._lines(title, stages)

    def _picture(self, page: Page, png: bytes, alt: str) -> None:
        shape = page.slide.shapes.add_picture(io.BytesIO(png), LEFT, page.top)
        _describe(shape, alt)
        scale = min(self._wide() / shape.width, page.room / shape.height)
        shape.width, shape.height = (
            Emu(int(shape.width * scale)),
            Emu(int(shape.height * scale)),
        )
        shape.left = Emu(int(LEFT + (self._wide() - shape.width) / 2))

    def _table(
        self, title: str, subtitle: str, data: Mapping[str, Any], source: str
    ) -> None:
        width = self._wide()
        room = head_of(self.master, title, subtitle).room
        fitted = fitted_table(data, (width.inches, room.inches))
        if len(fitted.pages) > 1:
            room = head_of(self.master, title, _numbered(subtitle, 9, 9)).room
            fitted = fitted_table(data, (width.inches, room.inches))
        for number, rows in enumerate(fitted.pages, start=1):
            said = _numbered(subtitle, number, len(fitted.pages))
            page = self._slide(title, said)
            box = (LEFT, page.top, width)
            add_table(page.slide.shapes, data, rows, fitted, box)
            say_source(page, self.master, source)


def _numbered(subtitle: str, number: int, n: int) -> str:
    """Return the line below a title, with which of several slides this is."""
    part = say("{n} of {total}", n=number, total=n) if n > 1 else ""
    whole = part.replace(" ", "\N{NO-BREAK SPACE}")
    return " \N{MIDDLE DOT} ".join(filter(None, [subtitle, whole]))


def _on_slides(source: str) -> str:
    """Return a source without a word about a table that slides have elsewhere."""
    said = {
        say("All words and dates stand in the table below."),
        say("Each day stands in the table below."),
    }
    return "" if source in said else source


def _on_charts(text: str) -> str:
    """Return words without those about what a native chart draws in another way.

    It has no shade between two lines, and says in its names where few answered.
    """
    said = (
        say("Shaded: the gap."),
        say("Hatched: fewer than 30 answers."),
        say("Hatched: fewer than 30 complete answers."),
    )
    for one in said:
        text = text.replace(one, "")
    return plain(text)


def _describe(shape: Any, alt: str) -> None:
    """Say what a picture or chart shows, for those who do not see it."""
    shape._element._nvXxPr.cNvPr.set("descr", plain(alt))
