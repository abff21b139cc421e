"""The journey map in a report, for a page, a phone, paper and slides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any, TypedDict

from markupsafe import Markup

from journeykit.language import say
from journeykit.layout.journey_map import journey_map
from journeykit.model import Document
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.charts import Picture, Words
from journeykit.show.map_bands import GAP, HEAD
from journeykit.show.map_picture import (
    WIDE,
    journey_map_picture,
    journey_map_pictures,
)
from journeykit.show.map_tables import map_table
from journeykit.show.map_words import map_finding
from journeykit.show.numbers import typeset
from journeykit.show.stage_sheets import stage_sheets
from journeykit.show.surfaces import drawn
from journeykit.vocabulary import Lane

__all__ = ["map_figure"]

_PHONE = 358
_PAPER = "A4 portrait"
_COLUMN, _WIDE_COLUMN, _FEW_COLUMNS, _COLUMNS_ON_POSTER = 200.0, 240.0, 12, 16
_CAPTION_PX = 200.0  # heading, finding and measure of the map, on that paper


class _Chosen(TypedDict):
    journey: str | None
    persona: str | None
    lanes: tuple[Lane, ...] | None


def map_figure(
    document: Document,
    *,
    journey: str | None = None,
    persona: str | None = None,
    lanes: Iterable[Lane] | None = None,
) -> Part:
    """Return the journey map as a figure.

    Parameters
    ----------
    document, journey, persona, lanes
        As for :func:`journeykit.layout.journey_map.journey_map`.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona or lane.
    """
    chosen: _Chosen = {
        "journey": journey,
        "persona": persona,
        "lanes": None if lanes is None else tuple(lanes),
    }
    layout = journey_map(document, **chosen)
    words = Words(
        title=map_finding(layout),
        subtitle=typeset(
            say(
                "Emotion as the team felt it, from -2 (very bad) to +2 (very good); "
                "measured satisfaction on the same scale, with its interval."
            )
        ),
        source=say(
            "All that stands on the map, also what it has no room for, is in the table "
            "below it."
        ),
        alt="",
    )
    case = document.case

    def narrow() -> Markup | None:
        return journey_map_picture(document, **chosen, width_px=_PHONE)

    def printed() -> tuple[Markup, ...]:
        return journey_map_pictures(
            document, **chosen, paper=_PAPER, caption_px=_CAPTION_PX
        )

    def poster() -> Markup | None:
        width = _poster_px(len(layout.columns))
        return journey_map_picture(document, **chosen, width_px=width, key="poster")

    def sheets() -> Sequence[Mapping[str, Any]]:
        return stage_sheets(layout, case.min_group if case else 5)

    picture = Picture(
        words,
        journey_map_picture(document, **chosen),
        drawn("narrow", narrow, None),
        map_table(layout),
        drawn("printed", printed, ()),
        poster=drawn("poster", poster, None),
        chart="journey_map",
        sheets=drawn("sheets", sheets, ()),
    )
    heads = HEAD - GAP / 2 if layout.columns else 0.0
    return parts.figure(picture, is_wide=True, heads_px=heads)


def _poster_px(n_columns: int) -> float:
    """Return a width at which a map on a wall is about as high as paper is.

    Examples
    --------
    >>> _poster_px(15), _poster_px(60)
    (3116.0, 6116.0)
    """
    n_bands = max(1, round((n_columns / _COLUMNS_ON_POSTER) ** 0.5))
    n = ceil(n_columns / n_bands)
    wide: float = HEAD + n * (_WIDE_COLUMN if n < _FEW_COLUMNS else _COLUMN)
    return max(WIDE, wide)
