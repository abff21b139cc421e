"""The emotion curve: felt as one smooth line, measured as a thinner one with its band.

Lines are drawn through every touchpoint of the journey, also those of other bands, and
seen through the window of this band: so they run on where a map is split. A value that
nobody gave ends the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from journeykit.language import say
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.show.drawing import circle, cut_out, group, line, path, rect, text
from journeykit.show.map_labels import draw_labels
from journeykit.show.map_plot import (
    PLOT_HEIGHT,
    CurveSheet,
    Plot,
    curve_role,
    felt_of,
    measured_of,
    runs,
)
from journeykit.show.monotone import Smooth, smooth
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import EMOTION_ROLES, SIZES_PX
from journeykit.vocabulary import EMOTIONS

__all__ = ["draw_curve"]

_MEASURED = "accent"
_SMALL = SIZES_PX["small"]


def draw_curve(picture: ET.Element, plot: Plot, sheet: CurveSheet) -> None:
    """Draw the plot of one band.

    Parameters
    ----------
    picture
        The whole picture.
    plot
        Where it stands.
    sheet
        What is drawn.
    """
    band, layout = plot.band, sheet.layout
    every = [row for rows in layout.curves for row in rows]
    if all(row.felt is None and row.measured is None for row in every):
        _draw_missing(picture, plot)
        return
    clip = f"{sheet.prefix}-plot"
    box = (band.head, plot.top, band.right - 8 - band.head, PLOT_HEIGHT)
    cut_out(picture, clip, [box])
    hero = layout.curves[0] if layout.curves else ()
    below = group(picture, clip_path=f"url(#{clip})")
    _draw_gap(below, plot, hero)
    _draw_grid(picture, plot)
    window = group(picture, clip_path=f"url(#{clip})")
    _draw_measured(window, plot, hero, f"{sheet.prefix}-hatch")
    for rows in layout.curves[1:]:
        for felt in plot.lines(rows, felt_of):
            path(window, felt.path(), stroke=curve_role(layout, rows), width=1.75)
    for felt in plot.lines(hero, felt_of):
        path(window, felt.path(), stroke=curve_role(layout, hero), width=3.5)
    if band.is_narrow:
        _name_grid(picture, plot)
    draw_labels(picture, plot, sheet)


def _draw_missing(parent: ET.Element, plot: Plot) -> None:
    """Say that nothing is known yet: gridlines without a curve would look like one."""
    band = plot.band
    words = say("No emotion was placed on the map yet: that is step 6.")
    room = band.right - 8 - band.head
    y = plot.top + 24
    for said in wrapped(words, room, _SMALL):
        text(parent, band.head, y, said, role="ink-quiet", has_halo=True)
        y += 18


def _draw_grid(parent: ET.Element, plot: Plot) -> None:
    band = plot.band
    ends = (band.head, band.right - 8)
    for emotion, name in EMOTIONS.items():
        y, words = plot.y(emotion), say(name)
        line(parent, (ends[0], y, ends[1], y), "rule", 1.5 if emotion == 0 else 1)
        if not band.is_narrow:
            colour = EMOTION_ROLES[emotion]
            edge = "mark-quiet" if emotion == 0 else colour
            circle(parent, band.head - 10, y, 4, fill=colour, stroke=edge)
            place = (band.head - 20, y + 4)
            text(parent, *place, words, role="ink-quiet", anchor="end")


def _name_grid(parent: ET.Element, plot: Plot) -> None:
    """Name the gridlines in the plot, over the curves that would strike them out."""
    for emotion, name in EMOTIONS.items():
        place = (0, plot.y(emotion) - 4)
        text(parent, *place, say(name), role="ink-quiet", has_halo=True)


def _draw_gap(parent: ET.Element, plot: Plot, rows: Sequence[EmotionRow]) -> None:
    """Shade between felt and measured, wherever both lines run."""
    felt_slopes, measured_slopes = (
        {
            point[0]: (point, slope)
            for one in plot.lines(rows, value)
            for point, slope in zip(one.points, one.slopes, strict=True)
        }
        for value in (felt_of, measured_of)
    )
    for run in runs(rows, lambda row: row.gap):
        xs = [plot.band.centre(row.column) for row in run]
        sides = [
            Smooth(tuple(knots[x][0] for x in xs), tuple(knots[x][1] for x in xs))
            for knots in (felt_slopes, measured_slopes)
        ]
        back = sides[1].path(is_reversed=True, is_joined=True)
        path(parent, f"{sides[0].path()}{back}Z", fill="gap")


def _draw_measured(
    parent: ET.Element, plot: Plot, rows: Sequence[EmotionRow], hatch: str
) -> None:
    for run in runs(rows, measured_of):
        known = [row for row in run if row.low is not None and row.high is not None]
        if len(known) == len(run) > 1:
            lows, highs = (
                smooth([plot.point(row, end or 0.0) for row, end in ends])
                for ends in (
                    [(row, row.low) for row in run],
                    [(row, row.high) for row in run],
                )
            )
            back = lows.path(is_reversed=True, is_joined=True)
            path(parent, f"{highs.path()}{back}Z", fill="accent-tint")
    for one in plot.lines(rows, measured_of):
        path(parent, one.path(), stroke=_MEASURED, width=1.5)
    for row in rows:
        if row.measured is None:
            continue
        x, y = plot.point(row, row.measured)
        if row.low is not None and row.high is not None:
            ends = (plot.y(row.high), plot.y(row.low))
            if row.reliability == "few answers":
                box = (x - 6, ends[0], 12, ends[1] - ends[0])
                rect(parent, box, fill="hatch", stroke=_MEASURED, pattern=hatch)
            else:
                line(parent, (x, ends[0], x, ends[1]), _MEASURED, 1.5)
        circle(parent, x, y, 3, fill=_MEASURED)
