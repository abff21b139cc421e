"""NPS, CSAT or CES by touchpoint: dots with intervals, weakest first.

Bars were turned down: they must start at zero, and shares of satisfied customers crowd
at the far end. A row that cannot be told from the weakest is grey, and the words say
so.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.language import percent, say
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    as_altair,
    dot,
    dressed,
    gridlines,
    hairlines,
    layer,
    line,
    number,
    percent_expr,
    shortened,
    text_mark,
)
from journeykit.show.numbers import count, interval, value_text
from journeykit.show.scores_data import scores_by_touchpoint_data, scores_words

if TYPE_CHECKING:
    import altair as alt

__all__ = ["scores_by_touchpoint", "scores_by_touchpoint_spec"]

_MARKS = {
    "weakest": "accent",
    "may be chance": "mark-quiet",
    "clear": "ink",
}


def _domain(twin: pd.DataFrame, definition: str) -> tuple[float, float, float]:
    """Return the ends of the axis and the distance of its gridlines."""
    measure = MEASURES[definition]
    step = (measure.highest - measure.lowest) / 10
    if twin["value"].isna().all():
        return measure.lowest, measure.highest, 2 * step
    # In steps from the lowest possible value: whole numbers do not drift.
    first = math.floor((twin["low"].min() - measure.lowest) / step + 1e-9)
    last = math.ceil((twin["high"].max() - measure.lowest) / step - 1e-9)
    last = min(10, max(last, first + 4))
    first = max(0, min(first, last - 4))
    width = 2 if last - first > 6 else 1
    first -= first % width
    last += (last - first) % width
    return (
        round(measure.lowest + first * step, 9),
        round(measure.lowest + last * step, 9),
        width * step,
    )


def _field(
    twin: pd.DataFrame,
    definition: str,
    ends: tuple[int, int],
    rows_px: tuple[int, float],
) -> tuple[Spec, Spec, list[float]]:
    low, high, step = _domain(twin, definition)
    ticks = [round(low + i * step, 9) for i in range(round((high - low) / step) + 1)]
    is_share = MEASURES[definition].unit == "share"
    plain = "replace(format(datum.value, '.3~g'), '-', '\\u2212')"
    axis = {
        "orient": "top",
        "values": ticks,
        "grid": False,
        "labelOverlap": False,
        "labelExpr": percent_expr(".0f") if is_share else plain,
        "labelFlush": False,
    }
    scale = {"domain": [low, high], "range": list(ends), "nice": False, "zero": False}
    n_rows, step_px = rows_px
    rows = {"domain": [0, n_rows], "range": [0, n_rows * step_px], "nice": False}
    x = number("value", scale=scale, axis=axis)
    return x, number("y", scale=rows, axis=None), ticks


def _dots(rows: list[dict[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    layers = []
    for standing, role in _MARKS.items():
        here = [row for row in rows if row["standing"] == standing]
        bar = line(role, 2.5, "round")
        layers.append(layer(here, bar, x=number("low"), x2={"field": "high"}, y=y))
        for reliability, fill in (("enough", role), ("few answers", "hatch")):
            some = [row for row in here if row["reliability"] == reliability]
            layers.append(layer(some, dot(fill=fill, stroke=role), x=x, y=y))
    return [part for part in layers if part["data"]["values"]]


def _records(
    twin: pd.DataFrame, definition: str, name_px: float, lift: float
) -> list[dict[str, Any]]:
    rows, few_answers = [], say("few answers")
    for i, row in enumerate(twin.to_dict("records")):
        is_shown = row["standing"] != "not shown"
        is_few = row["reliability"] == "few answers"
        few = f" ({few_answers})" if is_few else ""
        texts = {
            "name": shortened(str(row["touchpoint"]), name_px - 8 * len(few)) + few,
            "shown": value_text(row["value"], definition) if is_shown else "",
            "ends": interval(row["low"], row["high"], definition) if is_shown else "",
            "count": count(row["n"]) if is_shown else "",
            "missing": "" if is_shown else row["said"],
        }
        numbers = {
            key: (row[key] if is_shown else None) for key in ("value", "low", "high")
        }
        plain = {key: row[key] for key in ("standing", "reliability")}
        places = {"y": i + 0.5, "top": i + lift, "edge": i + 1}
        rows.append({**texts, **numbers, **plain, **places})
    return rows


def _at(rows: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{**row, "y": row[key]} for row in rows]


def scores_by_touchpoint(
    scores: pd.DataFrame,
    *,
    definition: str,
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw a score by touchpoint: dots with intervals, weakest first.

    Parameters
    ----------
    scores, definition, minimum
        As its twin, :func:`scores_by_touchpoint_data`, takes them.
    period, source
        When it was asked; where it is from, and what was left out.
    width
        In px; below 500 the names stand above their dots.
    has_words
        Whether title, measure and source are drawn too (a page writes them itself).

    Returns
    -------
    altair.LayerChart
        Made from the twin; its words are in ``usermeta``.

    Raises
    ------
    InputError
        As the twin does.
    """
    return as_altair(
        scores_by_touchpoint_spec(
            scores,
            definition=definition,
            minimum=minimum,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def scores_by_touchpoint_spec(
    scores: pd.DataFrame,
    *,
    definition: str,
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`scores_by_touchpoint` as plain Vega-Lite."""
    twin = scores_by_touchpoint_data(scores, definition=definition, minimum=minimum)
    words = scores_words(twin, definition, period, source)
    is_wide = width >= 500
    step = 34.0 if is_wide else 58.0
    ends = (256, width - 236) if is_wide else (22, width - 96)
    room = 236 if is_wide else width - 96
    rows = _records(twin, definition, room, 0.5 if is_wide else 0.28)
    x, y, ticks = _field(twin, definition, ends, (max(len(rows), 1), step))
    dotted = rows if is_wide else [{**row, "y": row["edge"] - 0.3} for row in rows]
    named = _at(rows, "top")
    n_shown = sum(row["standing"] != "not shown" for row in rows)
    spans = (
        [(0.0, float(n_shown))]
        if is_wide
        else [(i + 0.5, i + 0.9) for i in range(n_shown)]
    )
    layers = [
        hairlines([row["edge"] for row in rows], width, y),
        gridlines(ticks, spans, x, y),
        *_dots(dotted, x, y),
    ]
    for standing, weight, role in (
        ("weakest", 600, "accent"),
        ("clear", 400, "ink"),
        ("may be chance", 400, "ink-quiet"),
        ("not shown", 400, "ink-quiet"),
    ):
        here = [row for row in named if row["standing"] == standing]
        if here:
            layers.append(text_mark(here, "name", 0, role=role, weight=weight))
            at = (width - 170) if is_wide else width
            strong = 600 if standing != "may be chance" else 400
            value: dict[str, Any] = {"role": role, "align": "right", "weight": strong}
            layers.append(text_mark(here, "shown", at, **value))
    missing = [row for row in dotted if row["missing"]]
    quiet: dict[str, Any] = {"role": "ink-quiet", "size": SMALL}
    layers.append(text_mark(missing, "missing", ends[0] - 6 if is_wide else 0, **quiet))
    right = {**quiet, "align": "right"}
    if is_wide:
        heads = [{"y": 0, "head": say(MEASURES[definition].short)}]
        interval_words = say("{level} interval", level=percent(0.95))
        ends_head, n_head = [{"y": 0, "head": interval_words}], [{"y": 0, "head": "n"}]
        layers += [
            text_mark(rows, "ends", width - 64, **right),
            text_mark(rows, "count", width, **right),
            text_mark(heads, "head", width - 170, dy=-14, **right),
            text_mark(ends_head, "head", width - 64, dy=-14, **right),
            text_mark(n_head, "head", width, dy=-14, **right),
        ]
    else:
        counted = [
            {**row, "said": f"n {row['count']}"} for row in dotted if row["count"]
        ]
        layers.append(text_mark(counted, "said", width, **right))
    height = step * max(len(rows), 1)
    return dressed(layers, words, width=width, height=height, has_words=has_words)
