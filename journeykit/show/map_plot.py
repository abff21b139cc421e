"""The field of the emotion curve: where a value stands, lines through values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from journeykit.layout.emotion_curve import EmotionRow
from journeykit.layout.journey_map import MapLayout
from journeykit.show.map_bands import Band
from journeykit.show.monotone import Smooth, smooth
from journeykit.show.tokens import PERSONA_ROLES
from journeykit.vocabulary import Basis

__all__ = [
    "PLOT_HEIGHT",
    "CurveSheet",
    "Plot",
    "ValueOf",
    "curve_role",
    "felt_of",
    "measured_of",
    "runs",
]

_STEP, _PAD = 44.0, 50.0
PLOT_HEIGHT = 4 * _STEP + 2 * _PAD

ValueOf = Callable[[EmotionRow], float | None]
"""What of a row a line is drawn through."""


@dataclass(frozen=True, slots=True)
class CurveSheet:
    """What is drawn of the curve.

    Parameters
    ----------
    emotions
        Evidence of each touchpoint's emotion.
    prefix
        Begins every id of its band.
    """

    layout: MapLayout
    emotions: Mapping[str, Basis]
    prefix: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The field of one band, its top at *top*."""

    band: Band
    top: float

    def y(self, emotion: float) -> float:
        """Return the height of an emotion."""
        return self.top + _PAD + (2 - emotion) * _STEP

    def point(self, row: EmotionRow, emotion: float) -> tuple[float, float]:
        """Return the point of an emotion at the touchpoint of *row*."""
        return self.band.centre(row.column), self.y(emotion)

    def is_here(self, row: EmotionRow) -> bool:
        """Return whether the touchpoint of *row* stands in this band."""
        return self.band.first <= row.column < self.band.last

    def lines(self, rows: Sequence[EmotionRow], value: ValueOf) -> list[Smooth]:
        """Return one line for each stretch of neighbours that have a value."""
        return [
            smooth([self.point(row, value(row) or 0.0) for row in run])
            for run in runs(rows, value)
        ]


def felt_of(row: EmotionRow) -> float | None:
    """Return what is felt."""
    return row.felt


def measured_of(row: EmotionRow) -> float | None:
    """Return what was measured."""
    return row.measured


def runs(rows: Sequence[EmotionRow], value: ValueOf) -> Iterator[list[EmotionRow]]:
    """Yield stretches of neighbouring columns that have a value."""
    run: list[EmotionRow] = []
    for row in rows:
        if value(row) is None:
            continue
        if run and row.column != run[-1].column + 1:
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def curve_role(layout: MapLayout, rows: Sequence[EmotionRow]) -> str:
    """Return the colour of a curve: ink for the team, the hue of a persona's letter."""
    letters = {persona: letter for persona, letter, _ in layout.personas}
    letter = letters.get(rows[0].persona, "") if rows else ""
    return PERSONA_ROLES.get(letter, "ink")
