"""The first slides of a deck: what it is, what was found, how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt

from journeykit.language import commas, say
from journeykit.report.slide_frame import LEFT, Page, add_block, add_rule, say_on
from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_master import Master
from journeykit.report.slide_texts import plain

__all__ = ["add_evidence", "add_found", "add_opening"]

_MAX_FACTS, _MAX_FACT = 9, 140
_TEXTS = {PP_PLACEHOLDER.SUBTITLE, PP_PLACEHOLDER.BODY}
_TITLES = (40, 34, 28)
_GIVEN = (32, 28, 24, 20, 18, 16, 14, 12)
"""Sizes of what stands below a title on a company's master; the first is its own."""
_FOUND = (24, 22, 20, 18, 16)
_NUMBER = 54
_ROLES = {"measured": "ink", "observed": "mark-quiet", "assumed": "paper"}
_MOST_TITLE_LINES = 2


def add_opening(master: Master, data: Mapping[str, Any]) -> None:
    """Add the slide that opens a deck, from the data of a band."""
    slide = master.presentation.slides.add_slide(master.opening)
    title = slide.shapes.title
    title.text = plain(data["title"], 200)
    holder = next(
        (one for one in slide.placeholders if one.placeholder_format.type in _TEXTS),
        None,
    )
    kind, scope = plain(data["kind"]), plain(data["scope"])
    facts = [(plain(name), plain(said)) for name, said in data["facts"][:_MAX_FACTS]]
    if not master.is_ours:
        said = " \N{MIDDLE DOT} ".join(f"{name}: {text}" for name, text in facts)
        if holder is not None:
            _fitted(holder, [one for one in (kind, scope, said) if one])
        return
    wide = Emu(master.width - 2 * LEFT)
    say_on(slide, kind, (LEFT, Inches(1.6), wide, Inches(0.35)), 18, "accent")
    room = wide.inches / 1.17
    lines = {one: n_lines(title.text, room, one) for one in _TITLES}
    size = next(
        (one for one in _TITLES if lines[one] <= _MOST_TITLE_LINES), _TITLES[-1]
    )
    if size != _TITLES[0]:
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    if holder is not None and scope:
        holder.text_frame.text = scope
        below = Emu(title.top + Inches(lines[size] * size * 1.2 / 72 + 0.2))
        place = (holder.left, below, holder.width, holder.height)
        holder.left, holder.top, holder.width, holder.height = place
    elif holder is not None:
        holder._element.getparent().remove(holder._element)
    _facts(slide, facts, wide)


def _fitted(holder: Any, texts: Sequence[str]) -> None:
    """Write lines into a place of a company's master, no larger than has room."""
    frame = holder.text_frame
    frame.text = "\n".join(texts)
    wide, high = Emu(holder.width).inches - 0.2, Emu(holder.height).inches

    def taken(size: float) -> float:
        return sum(n_lines(text, wide, size) * size * 1.3 / 72 for text in texts)

    size = next((one for one in _GIVEN if taken(one) <= high), _GIVEN[-1])
    if size == _GIVEN[0]:
        return
    for line in frame.paragraphs:
        for run in line.runs:
            run.font.size = Pt(size)


def _facts(slide: Any, facts: Sequence[tuple[str, str]], wide: int) -> None:
    if not facts:
        return
    top, gap = Inches(4.95), Inches(0.4)
    width = Emu((wide - 2 * gap) // 3)
    add_rule(slide.shapes, LEFT, top, wide, "ink")
    at, high = int(top + Inches(0.15)), 0.0
    for place, (name, said) in enumerate(facts):
        left = Emu(LEFT + place % 3 * (width + gap))
        if place and place % 3 == 0:
            at, high = int(at + Inches(high + 0.12)), 0.0
        frame = say_on(slide, name, (left, at, width, Inches(0.5)), 11, "ink-quiet")
        more = frame.add_paragraph()
        text = plain(said, _MAX_FACT)
        more.text, more.font.size, more.font.bold = text, Pt(14), True
        high = max(high, 0.19 + 0.235 * n_lines(text, width.inches / 1.17, 14))


def add_found(page: Page, sentences: Sequence[Sequence[str]], wide: int) -> None:
    """Add what was found beside each other, each below its number."""
    count = max(1, len(sentences))
    gap = Inches(0.4)
    width = Emu((wide - gap * (count - 1)) // count)
    room = page.room.inches - 1.2
    texts = [plain(said, 320) for _, said in sentences]

    def high(size: int) -> float:
        most = max((n_lines(text, width.inches, size) for text in texts), default=1)
        return most * size * 1.2 / 72

    size = next((one for one in _FOUND if high(one) <= room), _FOUND[-1])
    top = Emu(page.top + Inches(0.15))
    for place, (number, _) in enumerate(sentences):
        left = Emu(LEFT + place * (width + gap))
        add_rule(page.slide.shapes, left, top, width, "accent")
        box = (left, Emu(top + Inches(0.1)), width, Inches(4))
        if not any(one for one, _ in sentences):
            say_on(page.slide, texts[place], box, size, "ink")
            continue
        frame = say_on(page.slide, plain(number or " ", 20), box, _NUMBER, "accent")
        frame.paragraphs[0].font.bold = True
        more = frame.add_paragraph()
        more.text, more.font.size = texts[place], Pt(size)


def add_evidence(page: Page, data: Mapping[str, Any], wide: int) -> None:
    """Add how much is measured, observed and assumed, and what has no data."""
    slide, top = page.slide, Emu(page.top + Inches(0.15))
    left = int(LEFT)
    for one in data["pieces"]:
        width = int(wide * one["share"] / 100)
        if width:
            box = (left, top, width, Inches(0.7))
            add_block(slide.shapes, box, _ROLES[one["basis"]], "ink")
        left += width
    gap = Inches(0.4)
    width = Emu((wide - 2 * gap) // 3)
    for place, one in enumerate(data["pieces"]):
        at = Emu(LEFT + place * (width + gap))
        below = Emu(top + Inches(1.0 if data["total"] else 0))
        box = (at, below, width, Inches(1.6))
        head = f"{one['percent']} {one['label']}"
        frame = say_on(slide, head, box, 28, "ink")
        frame.paragraphs[0].font.bold = True
        more = frame.add_paragraph()
        more.text = say(
            "{of_all}: {meaning}", of_all=one["of_all"], meaning=one["meaning"]
        )
        more.font.size = Pt(18)
    if data["without_data"]:
        names = commas(data["without_data"])
        said = plain(say("Not measured: {names}.", names=names), 500)
        foot = (LEFT, Emu(top + Inches(3.0)), wide, Inches(1.5))
        say_on(slide, said, foot, 18, "ink-soft")
