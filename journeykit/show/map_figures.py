"""Under the curve: its figures in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.show.drawing import rect, text
from journeykit.show.map_bands import Band
from journeykit.show.numbers import n_text, signed
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["FigureLines", "felt_text", "figure_lines", "measured_text"]

_SMALL = SIZES_PX["small"]
_LINE = 16.0


def measured_text(row: EmotionRow, fewest: int) -> str:
    """Return what was measured, in words; never a zero for what was not.

    Parameters
    ----------
    fewest
        Fewest answers of which a number is shown.
    """
    if row.reliability == "not measured":
        return say("not measured")
    if row.measured is None:
        return say("fewer than {minimum} answers", minimum=fewest)
    said = {"measured": signed(row.measured), "n": n_text(row.n)}
    if row.reliability == "few answers":
        return say("measured {measured}, few answers, {n}", **said)
    return say("measured {measured}, {n}", **said)


def felt_text(row: EmotionRow) -> str:
    """Return what is felt, in words."""
    if row.felt is None:
        return say("not asked")
    digits = 0 if row.felt == round(row.felt) else 1
    felt = say("felt {value}", value=signed(row.felt, digits))
    return f"{felt}, {row.word}" if row.word else felt


@dataclass(frozen=True, slots=True)
class FigureLines:
    """Figures of one band: column, role and lines of each text, and whether few."""

    texts: tuple[tuple[int, bool, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    height: float

    def draw(self, parent: ET.Element, band: Band, top: float, hatch: str) -> None:
        """Write the figures with their top at *top*."""
        for column, is_few, parts in self.texts:
            x, y = band.left(column), top + 12
            for role, lines in parts:
                if is_few and role == "accent":
                    box = (x, y - 10, 12, 12)
                    rect(parent, box, fill="hatch", stroke=role, pattern=hatch)
                for i, words in enumerate(lines):
                    indent = 18 if is_few and role == "accent" and i == 0 else 0
                    text(parent, x + indent, y, words, role=role)
                    y += _LINE


def figure_lines(rows: Sequence[EmotionRow], band: Band, fewest: int) -> FigureLines:
    """Return the figures under the curve of a band."""
    texts = []
    for row in rows:
        if not band.first <= row.column < band.last:
            continue
        is_few = row.reliability == "few answers"
        room = band.column - 12
        felt = wrapped(felt_text(row), room, _SMALL, max_lines=3)
        said = wrapped(measured_text(row, fewest), room - 18 * is_few, _SMALL)
        roles = (
            "ink-quiet" if row.felt is None else "ink-soft",
            "ink-quiet" if row.measured is None else "accent",
        )
        texts.append((row.column, is_few, tuple(zip(roles, (felt, said), strict=True))))
    most = max((sum(len(one) for _, one in parts) for *_, parts in texts), default=0)
    return FigureLines(tuple(texts), most * _LINE)
