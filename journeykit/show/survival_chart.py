"""How long customers stay: the curve in its steps, with its band and median."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.language import decimals, percent, say, semicolons, word
from journeykit.show.chart_table import chart_table, plain_rows
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dot,
    dressed,
    layer,
    line,
    px,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, n_text, trimmed, value_text, with_interval
from journeykit.show.plane import Plane, area, haloed, nice_ticks, path
from journeykit.show.tokens import light

if TYPE_CHECKING:
    import altair as alt

__all__ = ["survival_curve", "survival_curve_data", "survival_curve_spec"]

_NEEDED = ("time", "at_risk", "value", "low", "high", "n", "reliability")
_HEIGHT = 280
_MOST_POINTS = 500
_DEFINITION = "survival"
_DAYS = word("days")
_HALF = 0.5 + 1e-12
_Y_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@number_twin
def survival_curve_data(curve: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`survival_curve`, at most 500 steps.

    Parameters
    ----------
    curve
        What :func:`journeykit.measure.survival.survival` returns.

    Returns
    -------
    DataFrame
        ``time``, ``at_risk`` (still seen), ``value``, ``low``, ``high`` (0 to 1; NaN
        if not shown), ``n``, ``reliability`` and ``crossed``: ``median`` where the
        curve first is at one half or below, ``low`` and ``high`` where the ends of its
        interval are (of several at once the median is said), else empty. Of more than
        500 steps every second, third and so on is kept, and these with the last.

    Raises
    ------
    InputError
        If a column is missing.
    """
    found = chart_table(curve, _NEEDED)
    crossed = pd.Series([""] * len(found), dtype="str")
    is_kept = np.zeros(len(found), dtype=bool)
    is_kept[:: max(1, -(-len(found) // (_MOST_POINTS - 4)))] = True
    is_kept[-1:] = True
    for column, name in (("low", "low"), ("high", "high"), ("value", "median")):
        below = np.flatnonzero(found[column].to_numpy(dtype=float) <= _HALF)
        if len(below):
            crossed.iloc[below[0]], is_kept[below[0]] = name, True
    is_few = found["reliability"] == "fewer than minimum"
    for column in ("at_risk", "n"):
        found[column] = found[column].astype("Int64").mask(is_few)
    twin = found.assign(crossed=crossed)
    return twin[is_kept].reset_index(drop=True)


def _time(value: float) -> str:
    return decimals(value, 0 if value == round(value) else 1)


def _first_below(twin: pd.DataFrame, column: str) -> float | None:
    times = twin.loc[twin[column] <= _HALF, "time"]
    return float(times.iloc[0]) if len(times) else None


def _last_firm(twin: pd.DataFrame) -> dict[Any, Any]:
    firm = twin[twin["reliability"] == "enough"]
    return (firm if len(firm) else twin).to_dict("records")[-1]


def _title(twin: pd.DataFrame, unit: str) -> str:
    if twin["value"].isna().all():
        is_few = (twin["reliability"] == "fewer than minimum").any()
        if is_few:
            return say("How long customers stay: too few customers to show")
        return say("Survival was not measured")
    n, unit = n_text(twin["n"].iloc[0]), say(unit)
    median = _first_below(twin, "value")
    if median is None:
        row = _last_firm(twin)
        return say(
            "More than half stay: {share} are still customers after {time} {unit}, {n}",
            share=with_interval(row["value"], row["low"], row["high"], _DEFINITION),
            time=_time(row["time"]),
            unit=unit,
            n=n,
        )
    low, high = _first_below(twin, "low"), _first_below(twin, "high")
    return say(
        "Half of the customers are gone after {time} {unit} ({low} to {high}), {n}",
        time=_time(median),
        unit=unit,
        low=_time(median if low is None else low),
        high=say("beyond the last seen") if high is None else _time(high),
        n=n,
    )


def _words(
    twin: pd.DataFrame, ticks: list[tuple[float, str]], unit: str, source: str
) -> Words:
    measure = MEASURES[_DEFINITION]
    title = _title(twin, unit)
    notes = []
    shown = twin.dropna(subset=["value"])
    if (shown["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 customers are still seen."))
    if len(shown) and _first_below(shown, "value") is None:
        notes.append(say("The median is not reached."))
    band = say(
        "Band: {level} interval ({method}).",
        level=percent(0.95),
        method=say(measure.interval),
    )
    about = f"{say(measure.text)} {band}"
    said = []
    for at, words in ticks:
        before = shown[shown["time"] <= at]
        if len(before) and at > 0:
            row = before.to_dict("records")[-1]
            said.append(
                say(
                    "after {time} {unit} {share}",
                    time=words,
                    unit=say(unit),
                    share=with_interval(
                        row["value"], row["low"], row["high"], _DEFINITION
                    ),
                )
            )
    still = semicolons(said) or say("no number")
    return Words(
        title,
        about,
        " ".join([*notes, source]).strip(),
        say("{title}. Share still customers: {shares}.", title=title, shares=still),
    )


def survival_curve(
    curve: pd.DataFrame,
    *,
    unit: str = _DAYS,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw which share of the customers stays longer than each time.

    Parameters
    ----------
    curve
        As its twin, :func:`survival_curve_data`, takes it.
    unit
        Unit of the times, in the plural.
    source
        Where it is from, and what was left out.
    width
        In px.
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
        survival_curve_spec(
            curve, unit=unit, source=source, width=width, has_words=has_words
        )
    )


def survival_curve_spec(
    curve: pd.DataFrame,
    *,
    unit: str = _DAYS,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`survival_curve` as plain Vega-Lite."""
    twin = survival_curve_data(curve)
    shown = twin.dropna(subset=["value"])
    last = float(shown["time"].max()) if len(shown) else 0.0
    last = last if last > 0 else 1.0
    every = nice_ticks(0, last, 7 if width >= 500 else 5)
    ticks = [(tick, trimmed(tick, 2)) for tick in every if tick <= last]
    words = _words(twin, ticks, unit, source)
    plane = Plane(
        left=56,
        right=width - 24,
        height=_HEIGHT,
        x_ends=(0, last),
        y_ends=(0, 1),
        x_ticks=[(at, f"{t} {say(unit)}" if not at else t) for at, t in ticks],
        y_ticks=[(tick, value_text(tick, _DEFINITION)) for tick in _Y_TICKS],
    )
    rows = plain_rows(
        shown, x="time", y="value", low="low", high="high", trust="reliability"
    )
    n_firm = sum(row["trust"] == "enough" for row in rows)
    firm, few = rows[: n_firm + 1] if n_firm else [], rows[n_firm:]
    layers = [
        area(some, plane, role, opacity=opacity, is_stepped=True)
        for some, role, opacity in ((firm, "accent-tint", 1), (few, "hatch", 0.3))
        if len(some) > 1
    ]
    layers += plane.ground()
    if rows:
        layers.append(path(rows, plane, "accent", is_stepped=True))
    layers += _median(twin, plane, unit) + _still_seen(shown, plane, ticks)
    height = _HEIGHT + 28 + 40 * bool(rows)
    return dressed(layers, words, width=width, height=height, has_words=has_words)


def _median(twin: pd.DataFrame, plane: Plane, unit: str) -> list[Spec]:
    """Return the median with its interval, at one half and down to its time."""
    median = _first_below(twin, "value")
    if median is None:
        return []
    low, high = _first_below(twin, "low"), _first_below(twin, "high")
    ends = [
        {
            "x": median if low is None else low,
            "x2": plane.x_ends[1] if high is None else high,
            "y": 0.5,
        }
    ]
    said = say("median {time} {unit}", time=_time(median), unit=say(unit))
    at = [{"x": median, "y": 0.5, "foot": 0, "t": said}]
    drop = {**line("ink", 1), "strokeDash": [2, 4]}
    foot = {"y2": {"field": "foot"}}
    across = {"x2": {"field": "x2"}}
    mark = dot(fill="ink", stroke="ink")
    is_late = median > 0.6 * plane.x_ends[1]
    side: dict[str, Any] = {"align": "right" if is_late else "left"}
    side["dx"] = -12 if is_late else 12
    return [
        layer(at, drop, x=plane.x(), y=plane.y(), **foot),
        layer(ends, line("ink", 2.5, "round"), x=plane.x(), y=plane.y(), **across),
        layer(at, mark, x=plane.x(), y=plane.y()),
        *haloed(plane.words_at(at, weight=600, dy=18 if is_late else -18, **side)),
    ]


def _still_seen(
    shown: pd.DataFrame, plane: Plane, ticks: list[tuple[float, str]]
) -> list[Spec]:
    """Return how many are still seen, below the axis: what the curve rests on."""
    rows = []
    for at, _ in ticks:
        after = shown[shown["time"] >= at]
        if len(after):
            rows.append({"x": at, "t": count(after["at_risk"].iloc[0])})
    mark: dict[str, Any] = {"type": "text", "baseline": "middle", "limit": 0}
    mark |= {"fontSize": SMALL, "color": light("ink-quiet")}
    text = {"field": "t", "type": "nominal"}
    counts = {**mark, "align": "center"}
    head = [{"t": say("still seen")}] if rows else []
    y, head_y = px(plane.height + 60), px(plane.height + 42)
    left = px(0)
    parts = [
        layer(rows, counts, x=plane.x(), y=y, text=text),
        layer(head, {**mark, "align": "left"}, x=left, y=head_y, text=text),
    ]
    return [part for part in parts if part["data"]["values"]]
