"""Heads of the map: stages with number and name, touchpoints with their channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.journey_map import Column, MapLayout, StageHead
from journeykit.show.channel_icons import channel_icon
from journeykit.show.drawing import path, rect, text
from journeykit.show.map_bands import Band
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["StageHeads", "TouchpointHeads", "stage_heads", "touchpoint_heads"]

_SMALL, _BASE, _LARGE = SIZES_PX["small"], SIZES_PX["base"], SIZES_PX["large"]
_LINE = 16.0
_INDENT = 20.0


@dataclass(frozen=True, slots=True)
class StageHeads:
    """The stage heads of one band, measured: left, width, number and lines of each."""

    heads: tuple[tuple[float, float, str, tuple[str, ...]], ...]
    size: float
    height: float

    def draw(self, parent: ET.Element, top: float) -> None:
        """Draw them with their rules at *top*."""
        step = self.size * 1.2
        for left, width, number, lines in self.heads:
            rect(parent, (left, top, width, 2), fill="ink")
            base = top + 8 + self.size
            text(parent, left, base, number, role="ink-quiet", size=self.size)
            indent = text_width(number, self.size) + 6
            for i, words in enumerate(lines):
                place = (left + indent, base + i * step)
                text(parent, *place, words, size=self.size, is_bold=True)


def stage_heads(layout: MapLayout, band: Band) -> StageHeads:
    """Return the stage heads of a band, as large as all of them fit."""
    shown = [
        (head, span)
        for head in layout.stages
        if (span := band.span(head.first_column, head.n_columns))
    ]
    size = _LARGE if all(_fits(head, span[1]) for head, span in shown) else _BASE
    heads = []
    for head, (left, width) in shown:
        number = str(head.number)
        room = width - text_width(number, size) - 6
        is_cut = head.first_column < band.first
        name = say("{name} (continued)", name=head.name) if is_cut else head.name
        lines = wrapped(name, room, size, max_lines=3, is_bold=True)
        heads.append((left, width, number, lines))
    n_lines = max((len(lines) for *_, lines in heads), default=0)
    return StageHeads(tuple(heads), size, 8 + size + (n_lines - 1) * size * 1.2 + 10)


def _fits(head: StageHead, width: float) -> bool:
    words = head.name.split()
    room = width - text_width(str(head.number), _LARGE) - 6
    widest = max((text_width(word, _LARGE, is_bold=True) for word in words), default=0)
    return widest <= room


@dataclass(frozen=True, slots=True)
class _Fact:
    """What is said under the name: its mark and its lines."""

    mark: Literal["channel", "truth", "excels"]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TouchpointHeads:
    """The touchpoint heads of one band, measured: left, column, name, facts."""

    heads: tuple[tuple[float, Column, tuple[str, ...], tuple[_Fact, ...]], ...]
    size: float
    n_name_lines: int
    height: float

    def draw(self, parent: ET.Element, top: float) -> None:
        """Draw names, then channels on one line, then what stands out."""
        step = self.size * 1.2
        for left, column, name, facts in self.heads:
            role = "ink" if column.touchpoint else "ink-quiet"
            for i, words in enumerate(name):
                place = (left, top + 14 + i * step)
                is_bold = column.touchpoint is not None
                text(parent, *place, words, role=role, size=self.size, is_bold=is_bold)
            y = top + self.n_name_lines * step + 16
            for fact in facts:
                _draw_mark(parent, fact, column, left, y)
                for words in fact.lines:
                    text(parent, left + _INDENT, y, words, role="ink-soft")
                    y += _LINE


def _draw_mark(
    parent: ET.Element, fact: _Fact, column: Column, x: float, y: float
) -> None:
    match fact.mark:
        case "channel":
            channel_icon(parent, x, y - 12, column.catalogue)
        case "truth":
            diamond = f"M{x + 8:.1f},{y - 10:.1f}l6,6l-6,6l-6,-6Z"
            path(parent, diamond, stroke="ink", width=1.5)
        case "excels":
            plus = f"M{x + 3:.1f},{y - 4:.1f}h10m-5,-5v10"
            path(parent, plus, stroke="ink", width=1.5)


def touchpoint_heads(layout: MapLayout, band: Band) -> TouchpointHeads:
    """Return the touchpoint heads of a band, as large as all of their words fit."""
    room = band.column - 8
    columns = layout.columns[band.first : band.last]
    words = [word for column in columns for word in column.name.split()]
    widest = max((text_width(word, _BASE, is_bold=True) for word in words), default=0)
    size = _BASE if widest <= room else _SMALL
    heads = []
    for i, column in enumerate(columns, start=band.first):
        shown = column.name or say("No touchpoint yet")
        name = wrapped(shown, room, size, max_lines=4, is_bold=True)
        heads.append((band.left(i), column, name, tuple(_facts(column, room))))
    n_name = max((len(name) for _, _, name, _ in heads), default=0)
    n_below = max(
        (sum(len(fact.lines) for fact in facts) for *_, facts in heads), default=0
    )
    height = n_name * size * 1.2 + 4 + n_below * _LINE + 2
    return TouchpointHeads(tuple(heads), size, n_name, height)


def _facts(column: Column, room: float) -> Iterator[_Fact]:
    if column.channel:
        lines = wrapped(column.channel, room - _INDENT, _SMALL, max_lines=3)
        yield _Fact("channel", lines)
    if column.moment_of_truth:
        yield _Fact("truth", wrapped(say("moment of truth"), room - _INDENT, _SMALL))
    if column.excels:
        yield _Fact("excels", wrapped(say("we excel here"), room - _INDENT, _SMALL))
