"""Every chart and its number twin, and pictures of them for pages.

``scores_by_touchpoint(...)`` draws, ``scores_by_touchpoint_data(...)`` gives the table
that it was drawn from. A chart is one more module and one line in :data:`CHARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd
from markupsafe import Markup

from journeykit.definitions import MEASURES
from journeykit.errors import UnknownNameError
from journeykit.show.change_chart import (
    before_and_after,
    before_and_after_data,
    before_and_after_spec,
)
from journeykit.show.concentration_chart import (
    clv_concentration,
    clv_concentration_data,
    clv_concentration_spec,
)
from journeykit.show.control_chart import (
    control_chart,
    control_chart_data,
    control_chart_spec,
)
from journeykit.show.drivers_chart import (
    driver_shares,
    driver_shares_data,
    driver_shares_spec,
)
from journeykit.show.emotion_chart import (
    emotion_curve,
    emotion_curve_data,
    emotion_curve_spec,
)
from journeykit.show.frame import NARROW, WIDE, Spec, Words, words_of
from journeykit.show.funnel_chart import (
    funnel_steps,
    funnel_steps_data,
    funnel_steps_spec,
)
from journeykit.show.gap_chart import (
    felt_against_measured,
    felt_against_measured_data,
    felt_against_measured_spec,
)
from journeykit.show.groups_chart import (
    group_scores,
    group_scores_parts,
    group_scores_spec,
)
from journeykit.show.groups_data import group_scores_data
from journeykit.show.league_chart import league, league_data, league_spec
from journeykit.show.multiples_chart import (
    small_multiples,
    small_multiples_data,
    small_multiples_spec,
)
from journeykit.show.number_twin import one_picture
from journeykit.show.paper import sheet_size
from journeykit.show.path_tree_chart import (
    path_tree,
    path_tree_spec,
)
from journeykit.show.path_tree_data import path_tree_data
from journeykit.show.promoter_chart import (
    promoter_bar,
    promoter_bar_data,
    promoter_bar_spec,
)
from journeykit.show.promoter_stack_chart import (
    promoter_stack,
    promoter_stack_data,
    promoter_stack_spec,
)
from journeykit.show.quadrant_chart import (
    importance_performance,
    importance_performance_data,
    importance_performance_spec,
)
from journeykit.show.retention_chart import (
    retention_curves,
    retention_curves_data,
    retention_curves_spec,
)
from journeykit.show.scores_chart import (
    scores_by_touchpoint,
    scores_by_touchpoint_spec,
)
from journeykit.show.scores_data import scores_by_touchpoint_data
from journeykit.show.slope_chart import (
    priority_slope,
    priority_slope_spec,
)
from journeykit.show.slope_data import priority_slope_data
from journeykit.show.surfaces import drawn
from journeykit.show.survival_chart import (
    survival_curve,
    survival_curve_data,
    survival_curve_spec,
)
from journeykit.show.svg import spec_svg
from journeykit.show.transition_chart import (
    transition_matrix,
    transition_matrix_data,
    transition_matrix_spec,
)
from journeykit.show.trend_chart import (
    trend_chart,
    trend_chart_data,
    trend_chart_spec,
)
from journeykit.show.value_chart import (
    value_at_stake,
    value_at_stake_data,
    value_at_stake_spec,
)

__all__ = [
    "CHARTS",
    "Picture",
    "Words",
    "before_and_after",
    "before_and_after_data",
    "clv_concentration",
    "clv_concentration_data",
    "control_chart",
    "control_chart_data",
    "driver_shares",
    "driver_shares_data",
    "emotion_curve",
    "emotion_curve_data",
    "felt_against_measured",
    "felt_against_measured_data",
    "funnel_steps",
    "funnel_steps_data",
    "group_scores",
    "group_scores_data",
    "importance_performance",
    "importance_performance_data",
    "league",
    "league_data",
    "path_tree",
    "path_tree_data",
    "picture",
    "priority_slope",
    "priority_slope_data",
    "promoter_bar",
    "promoter_bar_data",
    "promoter_stack",
    "promoter_stack_data",
    "retention_curves",
    "retention_curves_data",
    "scores_by_touchpoint",
    "scores_by_touchpoint_data",
    "small_multiples",
    "small_multiples_data",
    "survival_curve",
    "survival_curve_data",
    "transition_matrix",
    "transition_matrix_data",
    "trend_chart",
    "trend_chart_data",
    "value_at_stake",
    "value_at_stake_data",
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
        "clv_concentration": _Chart(
            clv_concentration_spec, clv_concentration_data, ("table",)
        ),
        "control_chart": _Chart(
            control_chart_spec, control_chart_data, ("limits", "definition")
        ),
        "driver_shares": _Chart(driver_shares_spec, driver_shares_data, ("shares",)),
        "emotion_curve": _Chart(emotion_curve_spec, emotion_curve_data, ("rows",)),
        "promoter_stack": _Chart(
            promoter_stack_spec, promoter_stack_data, ("counts", "order", "minimum")
        ),
        "retention_curves": _Chart(
            retention_curves_spec, retention_curves_data, ("table",)
        ),
        "survival_curve": _Chart(survival_curve_spec, survival_curve_data, ("curve",)),
        "trend_chart": _Chart(
            trend_chart_spec,
            trend_chart_data,
            ("values", "definition", "target", "direction"),
        ),
        "funnel_steps": _Chart(
            funnel_steps_spec, funnel_steps_data, ("table", "group")
        ),
        "path_tree": _Chart(path_tree_spec, path_tree_data, ("table", "smallest")),
        "importance_performance": _Chart(
            importance_performance_spec, importance_performance_data, ("table", "names")
        ),
        "priority_slope": _Chart(
            priority_slope_spec,
            priority_slope_data,
            ("table", "stability", "names", "top"),
        ),
        "transition_matrix": _Chart(
            transition_matrix_spec, transition_matrix_data, ("table", "most", "minimum")
        ),
        "before_and_after": _Chart(
            before_and_after_spec, before_and_after_data, ("changes", "definition")
        ),
        "group_scores": _Chart(
            group_scores_spec,
            group_scores_data,
            ("scores", "differences", "definition", "minimum"),
        ),
        "league": _Chart(league_spec, league_data, ("table", "definition")),
        "small_multiples": _Chart(
            small_multiples_spec, small_multiples_data, ("rows",)
        ),
        "value_at_stake": _Chart(
            value_at_stake_spec, value_at_stake_data, ("table", "names")
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
    slides: tuple[Markup, ...] = ()
    """The same for slides of 16:9; *printed* or *wide* if there are none."""
    poster: Markup | None = None
    """The same for a wall; *wide* if there is none."""
    chart: str = ""
    """Name of the chart, so that a slide can draw it anew from the twin."""
    sheets: Sequence[Mapping[str, Any]] = ()
    """A map by stages, as :func:`journeykit.show.stage_sheets.stage_sheets` says."""
    unit: str = ""
    """Unit of the measure in the twin, as its definition says; empty if of none."""


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
    with one_picture():
        return _picture(chart, options)


def _picture(chart: str, options: Mapping[str, Any]) -> Picture:
    kind = CHARTS[chart]
    wide = kind.spec(**options, width=WIDE, has_words=False)
    words = words_of(wide)

    def svg_of(spec: Spec) -> Markup:
        return spec_svg(spec, title=words.title, desc=words.alt)

    def narrow() -> Markup | None:
        return svg_of(kind.spec(**options, width=NARROW, has_words=False))

    def slides() -> tuple[Markup, ...]:
        sheets = _on_slides(chart, options)
        return tuple(svg_of(kind.spec(**one, has_words=False)) for one in sheets)

    given = {key: options[key] for key in kind.data_parameters if key in options}
    measure = MEASURES.get(options.get("definition", ""))
    return Picture(
        words,
        svg_of(wide),
        drawn("narrow", narrow, None),
        kind.data(**given),
        slides=drawn("slides", slides, ()),
        chart=chart,
        unit=measure.unit if measure else "",
    )


def _on_slides(chart: str, options: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return options of the sheets of a chart that is too tall for one slide."""
    width = round(sheet_size("slide")[0])
    if chart == "small_multiples":
        return [{**options, "width": width}]
    if chart == "group_scores":
        parts = group_scores_parts(**options, height=sheet_size("slide")[1])
        return [{**one, "width": width} for one in parts]
    return []
