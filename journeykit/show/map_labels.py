"""Marks and words on the emotion curve, each where nothing else stands.

What must stand on the curve is set first: evidence marks, persona letters, red dots.
Words then take the first place that is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from journeykit.language import say, word
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.show.drawing import circle, evidence_mark, rect, text
from journeykit.show.map_plot import (
    PLOT_HEIGHT,
    CurveSheet,
    Plot,
    ValueOf,
    curve_role,
    felt_of,
    measured_of,
    runs,
)
from journeykit.show.monotone import Smooth
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import EMOTIONS

__all__ = ["draw_labels", "pain_dot"]

_SMALL = SIZES_PX["small"]
_LINE = 15.0
_MARK, _TRUTH, _DOT, _LETTER = 6.0, 8.5, 9.0, 8.5
_TURNS = {
    "highest": word("Highest point"),
    "peak": word("Peak"),
    "valley": word("Valley"),
    "lowest": word("Lowest point"),
}
_MEASURED = "accent"

_Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class _Ground:
    """What of the plot is taken already.

    Parameters
    ----------
    plot
        The plot; words stay inside it.
    lines
        Lines that words had better not cover.
    """

    def __init__(self, plot: Plot, lines: Iterable[Smooth]) -> None:
        band = plot.band
        self._edge = (band.head, plot.top, band.width, plot.top + PLOT_HEIGHT)
        self._taken: list[_Box] = []
        if band.is_narrow:  # the words of the gridlines stand in the plot
            self._taken += [
                (0, plot.y(emotion) - 16, 64, plot.y(emotion)) for emotion in EMOTIONS
            ]
        self._lines = tuple(lines)

    def take(self, box: _Box) -> None:
        """Mark a box as taken."""
        self._taken.append(box)

    def is_free(self, box: _Box) -> bool:
        """Return whether a box lies inside and meets nothing that is taken."""
        left, top, right, bottom = self._edge
        is_inside = (
            left <= box[0] and top <= box[1] and box[2] <= right and box[3] <= bottom
        )
        return is_inside and not any(
            box[0] < other[2]
            and other[0] < box[2]
            and box[1] < other[3]
            and other[1] < box[3]
            for other in self._taken
        )

    def n_crossed(self, box: _Box) -> int:
        """Return how many lines run through a box."""
        xs = [box[0] + (box[2] - box[0]) * i / 4 for i in range(5)]
        heights = ([one.y_at(x) for x in xs] for one in self._lines)
        return sum(
            any(y is not None and box[1] - 2 < y < box[3] + 2 for y in ys)
            for ys in heights
        )

    def best(self, boxes: Iterable[_Box]) -> _Box | None:
        """Return the first free box that no line crosses, else that the fewest do."""
        free = [box for box in boxes if self.is_free(box)]
        return min(free, key=self.n_crossed, default=None)


def draw_labels(picture: ET.Element, plot: Plot, sheet: CurveSheet) -> None:
    """Set marks, letters, red dots and words on the curves of one band."""
    layout = sheet.layout
    hero = layout.curves[0] if layout.curves else ()
    felt_lines = plot.lines(hero, felt_of)
    others = [one for rows in layout.curves[1:] for one in plot.lines(rows, felt_of)]
    ground = _Ground(plot, [*felt_lines, *others, *plot.lines(hero, measured_of)])
    _draw_letters(picture, plot, sheet, ground)
    _draw_marks(picture, plot, sheet)
    _draw_pain(picture, plot, sheet, felt_lines, ground)
    for row in hero:
        if row.measured is not None and plot.is_here(row):
            x, y = plot.point(row, row.measured)
            ground.take((x - 6, y - 6, x + 6, y + 6))
    _draw_turns(picture, plot, hero, ground)
    role = curve_role(layout, hero)
    room = plot.band.column * 0.9
    for value, who, colour in (
        (felt_of, hero[0].who if hero else "", role),
        (measured_of, say("Measured"), _MEASURED),
    ):
        name = wrapped(who, room, _SMALL, max_lines=1, is_bold=True)
        points = _points(plot, hero, value)
        if name and points:
            _draw_name(picture, ground, points, name[0], colour)


def _points(
    plot: Plot, rows: Sequence[EmotionRow], value: ValueOf
) -> list[tuple[float, float]]:
    """Return the points of this band, those that stand alone last."""
    every = sorted(runs(rows, value), key=lambda run: len(run) == 1)
    return [
        plot.point(row, value(row) or 0.0)
        for run in every
        for row in run
        if plot.is_here(row)
    ]


def _draw_letters(
    parent: ET.Element, plot: Plot, sheet: CurveSheet, ground: _Ground
) -> None:
    """Set the persona's letter where it has feelings of its own.

    Where it feels as the others do, the letter moves aside to the left.
    """
    layout = sheet.layout
    letters = {persona: letter for persona, letter, _ in layout.personas}
    for row in layout.curves[0] if layout.curves else ():
        if row.felt is not None and plot.is_here(row):
            x, y = plot.point(row, row.felt)
            r = _TRUTH + 2
            ground.take((x - r, y - r, x + r, y + r))
    for rows in layout.curves[1:]:
        role = curve_role(layout, rows)
        for row in rows:
            if not row.is_own or row.felt is None or not plot.is_here(row):
                continue
            x, y = plot.point(row, row.felt)
            r = _LETTER + 1
            places = ((x - i * 2 * r, y) for i in range(4))
            boxes = [(a - r, b - r, a + r, b + r) for a, b in places]
            box = next((one for one in boxes if ground.is_free(one)), boxes[0])
            ground.take(box)
            x = box[0] + r
            circle(parent, x, y, _LETTER, fill="paper", stroke=role, width=1.75)
            letter = letters[row.persona]
            text(parent, x, y + 4.5, letter, role=role, is_bold=True, anchor="middle")


def _draw_marks(parent: ET.Element, plot: Plot, sheet: CurveSheet) -> None:
    layout = sheet.layout
    rows = layout.curves[0] if layout.curves else ()
    role = curve_role(layout, rows)
    for row in rows:
        if row.felt is not None and plot.is_here(row):
            place = plot.point(row, row.felt)
            is_truth = layout.columns[row.column].moment_of_truth
            size = _TRUTH if is_truth else _MARK
            basis = sheet.emotions.get(row.touchpoint, "assumed")
            evidence_mark(parent, *place, size, basis, role=role, is_diamond=is_truth)


def _draw_pain(
    parent: ET.Element,
    plot: Plot,
    sheet: CurveSheet,
    felt_lines: Sequence[Smooth],
    ground: _Ground,
) -> None:
    """Set a red dot with its count on the curve, beside the touchpoint's mark."""
    columns = sheet.layout.columns
    for i in range(plot.band.first, plot.band.last):
        n = columns[i].n_pain_points
        places = list(_dot_places(plot.band.centre(i), felt_lines)) if n else []
        boxes = [(x - 12, y - 11, x + 12, y + 11) for x, y in places]
        free = [box for box in boxes if ground.is_free(box)] or boxes
        for box in free[:1]:
            ground.take(box)
            pain_dot(parent, box[0] + 12, box[1] + 11, n)


def _dot_places(
    centre: float, felt_lines: Sequence[Smooth]
) -> Iterator[tuple[float, float]]:
    for felt in felt_lines:
        for side in (26, -26, 34, -34):
            y = felt.y_at(centre + side)
            if y is not None:
                yield centre + side, y
    for felt in felt_lines:
        if len(felt.points) == 1 and felt.points[0][0] == centre:
            yield centre + 26, felt.points[0][1]


def pain_dot(parent: ET.Element, x: float, y: float, n: int) -> None:
    """Draw the red dot with the number of pain points."""
    count = str(n)
    half = max(_DOT, text_width(count, _SMALL, is_bold=True) / 2 + 4)
    box = (x - half - 1.5, y - _DOT - 1.5, 2 * half + 3, 2 * _DOT + 3)
    rect(parent, box, fill="paper", radius=_DOT + 1.5)
    rect(parent, (x - half, y - _DOT, 2 * half, 2 * _DOT), fill="pain", radius=_DOT)
    text(parent, x, y + 4.5, count, role="paper", is_bold=True, anchor="middle")


def _draw_turns(
    parent: ET.Element, plot: Plot, rows: Sequence[EmotionRow], ground: _Ground
) -> None:
    """Name peaks above the curve and valleys below it."""
    room = plot.band.column - 4
    order = {"highest": 0, "lowest": 0, "peak": 1, "valley": 1}
    turns = [row for row in rows if row.turn and plot.is_here(row)]
    for row in sorted(turns, key=lambda row: order[row.turn or "peak"]):
        x, y = plot.point(row, row.felt or 0.0)
        words = row.word or say(EMOTIONS[round(row.felt or 0.0)])
        feeling = wrapped(words, room, _SMALL, max_lines=1)[0]
        name = say(_TURNS[row.turn or "peak"])
        wide = text_width(name, _SMALL, is_bold=True), text_width(feeling, _SMALL)
        half = max(wide) / 2
        is_above = row.turn in {"highest", "peak"}
        height = 2 * _LINE
        tops = [y - 12 - height - more for more in (0, 6, 16, 28)]
        if not is_above:
            tops = [y + 13 + more for more in (0, 6, 16, 28)]
        boxes = [
            (x + shift - half, top, x + shift + half, top + height)
            for top in tops
            for shift in (0, half / 2, -half / 2)
        ]
        box = ground.best(boxes)
        if box is not None:
            ground.take(box)
            middle = (box[0] + box[2]) / 2
            for i, line in enumerate((name, feeling)):
                place = (middle, box[1] + 12 + i * _LINE)
                text(
                    parent,
                    *place,
                    line,
                    is_bold=i == 0,
                    anchor="middle",
                    has_halo=True,
                )


def _draw_name(
    parent: ET.Element,
    ground: _Ground,
    points: Sequence[tuple[float, float]],
    name: str,
    role: str,
) -> None:
    """Name a line once, as near to its beginning as there is room."""
    wide = text_width(name, _SMALL, is_bold=True)
    boxes = [
        (left, top, left + wide, top + 15)
        for x, y in points
        for left, top in (
            (x - 12 - wide, y - 8),
            (x + 10, y - 22),
            (x + 10, y + 8),
            (x - wide / 2, y - 26),
            (x - wide / 2, y + 11),
            (x - 10 - wide, y - 22),
            (x - 10 - wide, y + 8),
        )
    ]
    box = ground.best(boxes)
    if box is not None:
        ground.take(box)
        place = (box[0], box[1] + 12)
        text(parent, *place, name, role=role, is_bold=True, has_halo=True)
