"""How to read the map: one line of marks with their words, under each band."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.journey_map import MapLayout
from journeykit.show.drawing import circle, evidence_mark, line, path, rect, text
from journeykit.show.map_drops import draw_drop_mark
from journeykit.show.map_labels import pain_dot
from journeykit.show.map_plot import curve_role
from journeykit.show.map_ways import WayContext, context_of, draw_way_line
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import Basis

__all__ = ["KeyLines", "key_lines"]

_SMALL = SIZES_PX["small"]
_STEP, _SPACE = 24.0, 20.0

_Mark = Literal[
    "evidence",
    "truth",
    "pain",
    "opportunity",
    "felt",
    "persona",
    "measured",
    "gap",
    "few",
    "drop",
    "way",
]


@dataclass(frozen=True, slots=True)
class _Item:
    mark: _Mark
    words: str
    detail: str = ""
    basis: Basis = "assumed"
    context: WayContext = ""

    @property
    def indent(self) -> float:
        if self.mark in {"felt", "persona", "measured", "gap", "drop"}:
            return 32.0
        if self.mark == "way":
            return 38.0
        return 24.0 if self.mark == "pain" else 20.0

    @property
    def width(self) -> float:
        return self.indent + text_width(self.words, _SMALL)


@dataclass(frozen=True, slots=True)
class KeyLines:
    """The key, measured: items with their places."""

    items: tuple[tuple[float, float, _Item], ...]
    height: float

    def draw(self, parent: ET.Element, left: float, top: float, hatch: str) -> None:
        """Draw the key with its left top corner at *left*, *top*."""
        for x, y, item in self.items:
            place = (left + x, top + y + 12)
            _draw_mark(parent, item, *place, hatch)
            text(parent, place[0] + item.indent, place[1], item.words, role="ink-soft")


def _draw_mark(parent: ET.Element, item: _Item, x: float, y: float, hatch: str) -> None:
    middle = y - 4
    match item.mark:
        case "evidence":
            evidence_mark(parent, x + 7, middle, 5, item.basis)
        case "truth":
            evidence_mark(parent, x + 7, middle, 7, "assumed", is_diamond=True)
        case "pain":
            pain_dot(parent, x + 8, middle, 2)
        case "opportunity":
            path(parent, f"M{x + 3:.1f},{y:.1f}l4,-7.5l4,7.5Z", fill="opportunity")
        case "felt":
            line(parent, (x, middle, x + 24, middle), item.detail, 3.5)
        case "persona":
            line(parent, (x, middle, x + 24, middle), item.detail, 1.75)
            circle(parent, x + 12, middle, 8.5, fill="paper", stroke=item.detail)
            place = (x + 12, middle + 4.5)
            letter, colour = item.words[0], item.detail
            text(parent, *place, letter, role=colour, is_bold=True, anchor="middle")
        case "measured":
            rect(parent, (x, middle - 5, 24, 10), fill="accent-tint")
            line(parent, (x, middle, x + 24, middle), "accent", 1.5)
        case "gap":
            rect(parent, (x, middle - 6, 24, 12), fill="gap")
        case "way":
            draw_way_line(parent, (x, x + 30), middle, item.context)
        case "drop":
            draw_drop_mark(parent, x + 14, middle - 7)
        case "few":
            box = (x + 1, middle - 6, 12, 12)
            rect(parent, box, fill="hatch", stroke="accent", pattern=hatch)


def _items(layout: MapLayout, lanes: Collection[str]) -> list[_Item]:
    items = [
        _Item("evidence", say("assumed"), basis="assumed"),
        _Item("evidence", say("observed"), basis="observed"),
        _Item("evidence", say("measured in data"), basis="measured"),
    ]
    if any(column.moment_of_truth for column in layout.columns):
        items.append(_Item("truth", say("moment of truth")))
    if layout.drops:
        items.append(_Item("drop", say("leave between two steps, with interval")))
    has_few = any(one.is_few for one in layout.drops)
    few = [_Item("few", say("few answers"))]
    if "emotion" not in lanes:
        return items + _of_opportunities(lanes) + few * has_few
    if any(column.n_pain_points for column in layout.columns):
        items.append(_Item("pain", say("pain points, counted")))
    items += _of_opportunities(lanes)
    rows = [row for curve in layout.curves[:1] for row in curve]
    if any(row.felt is not None for row in rows):
        words = say("felt, as the team believes")
        if layout.persona:
            words = say("felt: {who}", who=_who(layout, layout.persona, rows[0].who))
        items.append(_Item("felt", words, curve_role(layout, rows)))
    letters = {persona: letter for persona, letter, _ in layout.personas}
    for curve in layout.curves[1:]:
        letter = letters[curve[0].persona]
        words = f"{letter}: {_who(layout, curve[0].persona, curve[0].who)}"
        items.append(_Item("persona", words, curve_role(layout, curve)))
    if any(row.measured is not None for row in rows):
        items.append(_Item("measured", say("measured, with interval")))
    if any(row.gap is not None for row in rows):
        items.append(_Item("gap", say("gap between the two")))
    items += _of_ways(layout)
    has_few = has_few or any(row.reliability == "few answers" for row in rows)
    return items + few * has_few


def _who(layout: MapLayout, persona: str | None, name: str) -> str:
    """Return a name, marked if it is worth more than others, as on the boards."""
    if persona in layout.high_value:
        return say("{name}, high value", name=name)
    return name


def _of_opportunities(lanes: Collection[str]) -> list[_Item]:
    has_any = "opportunities" in lanes
    return [_Item("opportunity", say("opportunity"))] if has_any else []


def _of_ways(layout: MapLayout) -> list[_Item]:
    """Return how the lines of ways say what becomes of the context."""
    there = {context_of(way) for way in layout.ways}
    if not there & {"lost", "unknown"}:
        return []
    words: tuple[tuple[WayContext, str], ...] = (
        ("kept", say("context kept")),
        ("lost", say("context lost")),
        ("unknown", say("nobody asked")),
    )
    return [_Item("way", said, context=one) for one, said in words if one in there]


def key_lines(layout: MapLayout, width: float, lanes: Collection[str]) -> KeyLines:
    """Return the key of some lanes of a map, broken into lines of *width*."""
    placed: list[tuple[float, float, _Item]] = []
    x = y = 0.0
    for item in _items(layout, lanes):
        if x and x + item.width > width:
            x, y = 0.0, y + _STEP
        placed.append((x, y, item))
        x += item.width + _SPACE
    return KeyLines(tuple(placed), y + _STEP if placed else 0.0)
