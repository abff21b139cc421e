"""What the COPIS picture says in words: its finding, its key, what waits, its alt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

from journeykit.language import commas, say, say_count, word
from journeykit.layout.copis_flow import CopisFlow
from journeykit.layout.day_words import day_text
from journeykit.model.document import Document
from journeykit.show.copis_boxes import MARKS, draw_mark, draw_pain, line_style
from journeykit.show.drawing import circle, path, text
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import COPIS

__all__ = [
    "CopisKey",
    "copis_alt",
    "copis_finding",
    "copis_foot",
    "read_as",
    "tray_words",
]

_SMALL = SIZES_PX["small"]
_LINE = 22.0
_N_NAMED = 2
_BETWEEN = 24.0


def copis_finding(flow: CopisFlow) -> str:
    """Return what the picture shows, with its number."""
    hit = flow.most_hit
    if not flow.boxes:
        return say("COPIS has no elements yet")
    if not hit:
        return say("No pain point is traced to a part of COPIS yet")
    n = hit[0].n_pains
    names = [one.element.text for one in hit]
    if len(hit) == 1:
        return say_count(
            "“{name}” is hit most: {n} pain point comes from it",
            "“{name}” is hit most: {n} pain points come from it",
            n,
            name=names[0],
        )
    if len(hit) == _N_NAMED:
        return say_count(
            "“{name}” and “{other}” are hit most: {n} pain point each",
            "“{name}” and “{other}” are hit most: {n} pain points each",
            n,
            name=names[0],
            other=names[1],
        )
    return say_count(
        "{parts} parts are hit alike, with {n} pain point each: “{name}” is one",
        "{parts} parts are hit alike, with {n} pain points each: “{name}” is one",
        n,
        parts=len(hit),
        name=names[0],
    )


def read_as(flow: CopisFlow) -> str:
    """Return the definition under which COPIS is read, and what it means."""
    return say(
        "COPIS read as {definition}. {meaning}",
        definition=flow.label,
        meaning=flow.glossary,
    )


def tray_words(flow: CopisFlow) -> tuple[str, ...]:
    """Return what waits in the tray, a line for each role."""
    titles = {
        role: title for one in COPIS.values() for role, title in one.columns.items()
    }
    waiting: dict[str, list[str]] = {}
    for name in flow.tray:
        element = flow.boxes[name].element
        waiting.setdefault(say(titles[element.role]), []).append(element.text)
    return tuple(f"{title}: {', '.join(names)}" for title, names in waiting.items())


def copis_alt(document: Document, flow: CopisFlow) -> str:
    """Return the picture in words, for those who do not see it.

    Parameters
    ----------
    document
        The workshop.
    flow
        What is drawn.
    """
    said = [read_as(flow)]
    for column, title in enumerate(flow.titles):
        names = [one for one in flow.boxes.values() if one.column == column]
        hit = [
            say("{name} ({n} pain points)", name=one.element.text, n=one.n_pains)
            for one in sorted(names, key=lambda one: -one.n_pains)
            if one.n_pains
        ][:3]
        words = word("{column}: {n}.")
        if hit:
            words = word("{column}: {n}, most hit: {names}.")
        said.append(say(words, column=title, n=len(names), names=commas(hit)))
    n_red = sum(one.hurts for one in flow.lines)
    said.append(
        say(
            "{n} lines, {red} to something that causes pain.",
            n=len(flow.lines),
            red=n_red,
        )
    )
    if flow.tray:
        said.append(say("{n} wait without a column.", n=len(flow.tray)))
    case = document.case
    return " ".join([f"{case.title}.", *said] if case else said)


def copis_foot(document: Document, part: str = "") -> str:
    """Return the last line: which part it is, whose diagram, and when it is looked at.

    Parameters
    ----------
    document
        The workshop.
    part
        Such as "Part 1 of 3"; empty if it is in one piece.
    """
    case = document.case
    goes_on = say("+1: a line that goes on to another part")
    said = [part, goes_on] if part else []
    if case is not None:
        said.append(case.title)
        if case.review_date:
            day = day_text(case.review_date, case.language)
            said.append(say("looked at again with the map on {day}", day=day))
    return " · ".join(said)


@dataclass(frozen=True)
class CopisKey:
    """The key below the picture: what occurs in it, and no more."""

    flow: CopisFlow
    width: float

    @cached_property
    def items(self) -> tuple[tuple[float, str, Callable[..., None]], ...]:
        """Width of each sign, its words, and what draws it."""
        flow, found = self.flow, []
        boxes = [one for one in flow.boxes.values() if one.column >= 0]
        if flow.lines:
            words = say("Left needs right; thicker: more touchpoints")
            found.append((40.0, words, _line_sign(hurts=False)))
        if any(one.target == one.left for one in flow.lines):
            found.append((16.0, say("Right needs left"), _arrow_sign))
        if any(one.hurts for one in flow.lines):
            found.append((40.0, say("Needs what causes pain"), _line_sign(hurts=True)))
        if any(one.n_pains for one in boxes):
            found.append((24.0, say("Pain points that come from it"), _pain_sign))
        if any(one.touchpoints for one in boxes):
            found.append((24.0, say("Touchpoints it affects"), _dots_sign))
        for name, (_, words) in MARKS.items():
            if any(getattr(one.element, name) for one in boxes):
                found.append((14.0, say(words), _mark_sign(name)))
        if any(one.element.is_proposed for one in boxes):
            found.append((22.0, say("Proposed, not taken yet"), _proposed_sign))
        return tuple(found)

    @cached_property
    def _rows(self) -> list[list[tuple[float, str, Callable[..., None]]]]:
        rows: list[list[tuple[float, str, Callable[..., None]]]] = [[]]
        x = 0.0
        for item in self.items:
            wide = item[0] + 6 + text_width(item[1], _SMALL)
            if rows[-1] and x + wide > self.width:
                rows.append([])
                x = 0.0
            rows[-1].append(item)
            x += wide + _BETWEEN
        return rows

    @property
    def height(self) -> float:
        """How tall the key is; a line for the foot is in it."""
        return (len(self._rows) + 1) * _LINE

    def draw(self, picture: ET.Element, y: float, foot: str = "") -> None:
        """Draw the key from *y* downwards, and below it what stands at the foot."""
        for row in self._rows:
            x = 0.0
            for wide, words, sign in row:
                sign(picture, x, y + _LINE / 2)
                text(picture, x + wide + 6, y + 15, words, role="ink-soft")
                x += wide + 6 + text_width(words, _SMALL) + _BETWEEN
            y += _LINE
        for words in wrapped(foot, self.width, _SMALL, max_lines=1):
            text(picture, 0, y + 14, words, role="ink-quiet")


def _line_sign(*, hurts: bool) -> Callable[..., None]:
    def draw(picture: ET.Element, x: float, y: float) -> None:
        for at, weight in enumerate((0, 3, 7)):
            role, width, opacity = line_style(weight, hurts=hurts)
            left = x + at * 14
            path(
                picture,
                f"M{left:g},{y:g}h10",
                stroke=role,
                width=width,
                stroke_opacity=opacity,
            )

    return draw


def _arrow_sign(picture: ET.Element, x: float, y: float) -> None:
    path(picture, f"M{x:g},{y:g}h14", stroke="mark-quiet", width=1.5)
    path(picture, f"M{x:g},{y:g}l8,-4v8Z", fill="mark-quiet")


def _pain_sign(picture: ET.Element, x: float, y: float) -> None:
    draw_pain(picture, x + 11, y, 2)


def _dots_sign(picture: ET.Element, x: float, y: float) -> None:
    for at in range(3):
        circle(picture, x + 4 + at * 8, y, 2.5, fill="ink-quiet")


def _mark_sign(name: str) -> Callable[..., None]:
    def draw(picture: ET.Element, x: float, y: float) -> None:
        draw_mark(picture, name, x + 6, y)

    return draw


def _proposed_sign(picture: ET.Element, x: float, y: float) -> None:
    path(
        picture,
        f"M{x + 1:g},{y - 6:g}h20v12h-20Z",
        stroke="mark-quiet",
        stroke_dasharray="4 3",
    )
