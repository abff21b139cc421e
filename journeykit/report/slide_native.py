"""Which charts slides draw natively, and what of their number twins these show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from journeykit.report.slide_dot_charts import group_pages
from journeykit.report.slide_quadrants import quadrant_rows

__all__ = ["NATIVE", "Native", "chart_pages", "chart_rows"]

_MAX_ROWS, _FEW = 24, "few answers"


@dataclass(frozen=True, slots=True)
class Native:
    """How a chart is drawn natively: its kind, and the columns of the twin it uses.

    A twin with the column *of_several* says more than one such chart can show.
    """

    kind: Literal[
        "bars",
        "cohorts",
        "curves",
        "dots",
        "groups",
        "line",
        "pairs",
        "quadrants",
        "shares",
        "stack",
        "steps",
    ]
    category: str
    values: tuple[str, ...]
    low: str = ""
    high: str = ""
    levels: tuple[str, ...] = ()
    has_mean: bool = False
    of_several: str = ""


NATIVE: Mapping[str, Native] = MappingProxyType(
    {
        "scores_by_touchpoint": Native("bars", "touchpoint", ("value",), "low", "high"),
        "driver_shares": Native("bars", "driver", ("value",), "low", "high"),
        "funnel_steps": Native("bars", "step", ("share",)),
        "felt_against_measured": Native("pairs", "touchpoint", ("felt", "measured")),
        "trend_chart": Native(
            "line", "period", ("value",), "low", "high", levels=("target",)
        ),
        "control_chart": Native(
            "line",
            "period",
            ("value",),
            levels=("centre", "lower_limit", "upper_limit"),
        ),
        "survival_curve": Native("steps", "time", ("value",), "low", "high"),
        "retention_curves": Native("cohorts", "age", ("value",), "low", "high"),
        "league": Native("dots", "workshop", ("value",), "low", "high", has_mean=True),
        "emotion_curve": Native(
            "curves", "name", ("felt", "measured"), "low", "high", of_several="who"
        ),
        "before_and_after": Native("pairs", "touchpoint", ("before", "after")),
        "promoter_bar": Native("stack", "group", ("share",)),
        "promoter_stack": Native(
            "shares", "name", ("promoters", "passives", "detractors")
        ),
        "group_scores": Native("groups", "touchpoint", ("value",), "low", "high"),
        "importance_performance": Native(
            "quadrants", "name", ("importance", "satisfaction")
        ),
    }
)
"""The charts that slides draw natively; others stand there as pictures."""


def chart_rows(chart: str, twin: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the rows that a native chart shows; empty if it must be a picture.

    Parameters
    ----------
    chart
        Name of the chart.
    twin
        Its number twin, as a part keeps it.
    """
    native = NATIVE.get(chart)
    columns = twin.get("columns", [])
    if native is None or not {native.category, *native.values} <= set(columns):
        return []
    if native.of_several in columns:
        return []
    rows = [dict(zip(columns, values, strict=True)) for values in twin["values"]]
    shown = [row for row in rows if any(row[one] is not None for one in native.values)]
    if native.kind == "cohorts":
        shown = [row for row in shown if row["is_drawn"] or row["cohort"] == "all"]
    if native.kind == "steps" and any(row["reliability"] == _FEW for row in shown):
        return []  # its picture hatches where few are left
    if native.kind in {"cohorts", "groups", "steps"}:
        return shown
    if native.kind == "quadrants":
        return [dict(row) for row in quadrant_rows(shown)]
    if native.kind == "shares" and shown:
        shown = rows
    return shown if 0 < len(shown) <= _MAX_ROWS else []


def chart_pages(chart: str, rows: Sequence[dict[str, Any]]) -> list[list[Any]]:
    """Return the rows of a native chart, slide by slide."""
    if rows and NATIVE[chart].kind == "groups":
        return list(group_pages(rows))
    return [list(rows)] if rows else []
