"""The journey map as one static picture: stages, touchpoints, lanes, the emotion curve.

Everything is measured before it is drawn, with widths from a table, so that no text is
cut and none lies on another whatever it says. The picture is drawn element by element
as SVG. HTML columns with an SVG curve among them were turned down: a slide, a
spreadsheet and an e-mail take a picture, and print would cut the grid between pages.

Wide maps are split into bands. On paper a band that is taller than a page goes on, with
its heads repeated, on the next: :data:`PAPER` has the sizes at which the smallest type
prints above 6.5 points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.check.evidence import entry_bases, evidence_of_cells
from journeykit.errors import UnknownNameError
from journeykit.language import say, word
from journeykit.layout.journey_map import MapLayout, journey_map
from journeykit.model.document import Document
from journeykit.show.drawing import hatch_pattern, line, root, text, written
from journeykit.show.map_bands import Band, bands_of
from journeykit.show.map_cards import LaneCards
from journeykit.show.map_curve import draw_curve
from journeykit.show.map_plan import SPACE, BandPlan, Sheet, band_plan, pages_of
from journeykit.show.map_plot import PLOT_HEIGHT, CurveSheet, Plot
from journeykit.show.map_words import map_alt, map_finding
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX
from journeykit.vocabulary import Lane

__all__ = ["PAPER", "WIDE", "journey_map_picture", "journey_map_pictures"]

WIDE = 1160.0
"""Width of the picture in a page, in px."""

PAPER: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "A4 portrait": (930.0, 1330.0),
        "A4 landscape": (1160.0, 920.0),
        "A3 landscape": (1600.0, 1290.0),
    }
)
"""Width and greatest height of a picture on a page with margins of 20 mm, in px."""

_SMALL, _BASE = SIZES_PX["small"], SIZES_PX["base"]
_BETWEEN_BANDS = 48.0
_HINT = word(
    "Nothing stands here yet. Begin with the stages that your customers go through."
)


def _draw(
    picture: ET.Element, sheet: Sheet, plan: BandPlan, top: float, ids: str
) -> None:
    band = plan.band
    hatch_pattern(picture, f"{ids}-hatch", "accent")
    first_rule = top + plan.stages.height
    y = first_rule
    ends = (0 if band.is_narrow else band.head, band.width)
    bottom = y + sum(plan.height_of(lane) for lane in plan.lanes)
    for head in sheet.layout.stages:
        if band.first < head.first_column < band.last:
            x = band.left(head.first_column) - 4
            line(picture, (x, first_rule, x, bottom), "rule")
    for lane in plan.lanes:
        line(picture, (0, y, band.width, y), "rule")
        _draw_lane(picture, sheet, plan, lane, (y, ids))
        y += plan.height_of(lane)
    line(picture, (0, y, band.width, y), "rule")
    plan.stages.draw(picture, top)
    if plan.key.items:
        plan.key.draw(picture, ends[0], y + 12, f"{ids}-hatch")


def _draw_part(
    picture: ET.Element, band: Band, top: float, part: tuple[int, int]
) -> None:
    number, n_parts = part
    if n_parts > 1 and not band.is_narrow:
        words = say("Part {number} of {n}", number=number, n=n_parts)
        for i, said in enumerate(wrapped(words, band.head - 12, _SMALL)):
            text(picture, 0, top + 24 + 16 * i, said, role="ink-quiet")


def _draw_lane(
    picture: ET.Element,
    sheet: Sheet,
    plan: BandPlan,
    lane: LaneCards,
    place: tuple[float, str],
) -> None:
    """Draw one lane at its top; the second part of *place* begins its ids."""
    band = plan.band
    top, ids = place
    y = top + SPACE
    for words in wrapped(lane.row.label, plan.head_room, _SMALL, is_bold=True):
        text(picture, 0, y + 12, words, role="ink-soft", is_bold=True)
        y += 16
    y = y + 6 if band.is_narrow else top + SPACE
    if lane.row.lane == "touchpoints":
        plan.touchpoints.draw(picture, y)
        plan.drops.draw(picture, y + plan.touchpoints.height, f"{ids}-hatch")
    elif lane.row.lane == "emotion":
        curve = CurveSheet(sheet.layout, sheet.emotions, ids)
        draw_curve(picture, Plot(band, y), curve)
        y += PLOT_HEIGHT + 4
        plan.figures.draw(picture, band, y, f"{ids}-hatch")
        plan.ways.draw(picture, y + plan.figures.height + 8)
    else:
        lane.draw(picture, y, sheet.bases)


def _sheet(document: Document, layout: MapLayout) -> Sheet:
    case = document.case
    emotions = {
        cell.touchpoint: cell.basis
        for cell in evidence_of_cells(document, layout.journey)
        if cell.aspect == "emotion"
    }
    return Sheet(layout, entry_bases(document), emotions, case.min_group if case else 5)


def _prefix(layout: MapLayout, key: str) -> str:
    """Return what makes the ids of a picture differ from those of others in a page."""
    return "m" + sha256(f"{key}\n{layout!r}".encode()).hexdigest()[:10]


def _empty(prefix: str, width: float) -> ET.Element:
    hint = say(_HINT)
    lines = wrapped(hint, width - 16, _BASE)
    picture = root(width, 24 + 24 * len(lines), prefix=prefix, title=hint, desc=hint)
    for i, words in enumerate(lines):
        text(picture, 0, 24 + i * 24, words, role="ink-soft", size=_BASE)
    return picture


def journey_map_pictures(
    document: Document,
    *,
    journey: str | None = None,
    persona: str | None = None,
    lanes: Iterable[Lane] | None = None,
    paper: str = "A4 portrait",
    caption_px: float = 0.0,
    key: str = "",
) -> tuple[Markup, ...]:
    """Return the journey map as pictures, one for each page.

    Parameters
    ----------
    document, journey, persona, lanes
        As for :func:`journeykit.layout.journey_map.journey_map`.
    paper
        One of :data:`PAPER`.
    caption_px
        Height that is left free above the first picture, for a heading.
    key
        Makes the ids differ where the same map stands twice in a page.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona, lane or paper.
    """
    if paper not in PAPER:
        raise UnknownNameError("paper", paper, PAPER)
    width, tallest = PAPER[paper]
    layout = journey_map(document, journey, persona, lanes=lanes)
    prefix = _prefix(layout, f"{key} {paper}")
    if not layout.columns:
        return (written(_empty(prefix, width)),)
    sheet = _sheet(document, layout)
    plans = [
        page
        for band in bands_of(layout, width)
        for page in pages_of(
            band_plan(sheet, band),
            tallest,
            caption=0.0 if band.first else caption_px,
        )
    ]
    pictures = []
    for number, plan in enumerate(plans, start=1):
        alt = map_alt(layout, sheet.fewest, plan.band.first, plan.band.last)
        ids = f"{prefix}-p{number}"
        title = map_finding(layout)
        if len(plans) > 1:
            title = say(
                "{title} (part {number} of {n})",
                title=title,
                number=number,
                n=len(plans),
            )
        picture = root(width, plan.height, prefix=ids, title=title, desc=alt)
        _draw(picture, sheet, plan, 0, ids)
        _draw_part(picture, plan.band, 0, (number, len(plans)))
        pictures.append(written(picture))
    return tuple(pictures)


def journey_map_picture(
    document: Document,
    *,
    journey: str | None = None,
    persona: str | None = None,
    lanes: Iterable[Lane] | None = None,
    width_px: float = WIDE,
    column_px: float | None = None,
    key: str = "",
) -> Markup:
    """Return the journey map as one picture, its bands below one another.

    Parameters
    ----------
    document, journey, persona, lanes
        As for :func:`journeykit.layout.journey_map.journey_map`.
    width_px
        Width of the picture; below 720 lane heads stand above their lanes.
    column_px
        Least width of a column; None for the width at which cards can be read.
    key
        Makes the ids differ where the same map stands twice in a page.

    Returns
    -------
    Markup
        One ``<svg role="img">`` with its title and description.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona or lane.

    Examples
    --------
    >>> from journeykit.model import Document, Journey, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Park & walk", emotion=-1),
    ... ])
    >>> "Park &amp; walk" in journey_map_picture(document)
    True
    """
    layout = journey_map(document, journey, persona, lanes=lanes)
    prefix = _prefix(layout, f"{key} {width_px} {column_px}")
    if not layout.columns:
        return written(_empty(prefix, width_px))
    sheet = _sheet(document, layout)
    bands = bands_of(layout, width_px, column_px=column_px)
    plans = [
        replace(band_plan(sheet, band), has_key=band.number == band.n_bands)
        for band in bands
    ]
    height = sum(plan.height for plan in plans) + _BETWEEN_BANDS * (len(plans) - 1)
    alt = map_alt(layout, sheet.fewest)
    picture = root(width_px, height, prefix=prefix, title=map_finding(layout), desc=alt)
    top = 0.0
    for number, plan in enumerate(plans, start=1):
        _draw(picture, sheet, plan, top, f"{prefix}-{number}")
        _draw_part(picture, plan.band, top, (number, len(plans)))
        top += plan.height + _BETWEEN_BANDS
    return written(picture)
