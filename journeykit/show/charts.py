"""Every chart and its number twin, and pictures of them for pages.

``scores_by_touchpoint(...)`` draws, ``scores_by_touchpoint_data(...)`` gives the table
that it was drawn from. A chart is one more module and one line in :data:`CHARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
from markupsafe import Markup

from journeykit.errors import UnknownNameError
from journeykit.show.frame import NARROW, WIDE, Spec, Words, words_of
from journeykit.show.gap_chart import (
    felt_against_measured,
    felt_against_measured_data,
    felt_against_measured_spec,
)
from journeykit.show.promoter_chart import (
    promoter_bar,
    promoter_bar_data,
    promoter_bar_spec,
)
from journeykit.show.scores_chart import (
    scores_by_touchpoint,
    scores_by_touchpoint_spec,
)
from journeykit.show.scores_data import scores_by_touchpoint_data
from journeykit.show.svg import spec_svg

__all__ = [
    "CHARTS",
    "Picture",
    "Words",
    "felt_against_measured",
    "felt_against_measured_data",
    "picture",
    "promoter_bar",
    "promoter_bar_data",
    "scores_by_touchpoint",
    "scores_by_touchpoint_data",
]


@dataclass(frozen=True, slots=True)
class _Chart:
    """One chart: its specification, its twin, and what the twin takes."""

    spec: Callable[..., Spec]
    data: Callable[..., pd.DataFrame]
    data_parameters: tuple[str, ...]


CHARTS: Mapping[str, _Chart] = MappingProxyType(
    {
        "scores_by_touchpoint": _Chart(
            scores_by_touchpoint_spec,
            scores_by_touchpoint_data,
            ("scores", "definition", "minimum"),
        ),
        "felt_against_measured": _Chart(
            felt_against_measured_spec, felt_against_measured_data, ("scores",)
        ),
        "promoter_bar": _Chart(
            promoter_bar_spec,
            promoter_bar_data,
            ("promoters", "passives", "detractors"),
        ),
    }
)
"""Every chart by its name."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready for a page: for a column and a phone, its words, its numbers.

    What is too large for one sheet of paper comes once more, cut into *printed* ones.
    """

    words: Words
    wide: Markup
    narrow: Markup | None
    twin: pd.DataFrame
    printed: tuple[Markup, ...] = ()


def picture(chart: str, **options: Any) -> Picture:
    """Return a chart ready for a page, in the widths of a column and of a phone.

    Parameters
    ----------
    chart
        Name of the chart, as in :data:`CHARTS`.
    **options
        What the chart takes, by name.

    Returns
    -------
    Picture
        Both pictures without words (the page writes them), the words and the twin.

    Raises
    ------
    UnknownNameError
        If there is no such chart.
    InputError
        As the chart does.
    """
    if chart not in CHARTS:
        raise UnknownNameError("chart", chart, CHARTS)
    kind = CHARTS[chart]
    wide = kind.spec(**options, width=WIDE, has_words=False)
    narrow = kind.spec(**options, width=NARROW, has_words=False)
    given = {key: options[key] for key in kind.data_parameters if key in options}
    words = words_of(wide)
    pictures = [
        spec_svg(spec, title=words.title, desc=words.alt) for spec in (wide, narrow)
    ]
    return Picture(words, pictures[0], pictures[1], kind.data(**given))
