"""A KPI over time against its target: values with intervals, and in words where it is.

Whether a target is met is said only where the interval lies wholly on one side of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import UnknownNameError
from journeykit.language import percent, say, word
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
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import NBSP, interval, n_text, trimmed, typeset, value_text
from journeykit.show.period_plane import MOST_PERIODS, period_plane, undrawn
from journeykit.show.plane import bars, path
from journeykit.show.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Callable

    import altair as alt

__all__ = ["trend_chart", "trend_chart_data", "trend_chart_spec"]

_NEEDED = ("period", "value")
_MORE = ("low", "high", "n", "reliability")
_HEIGHT = 240
_HIDDEN = ("not measured", "fewer than minimum")
_STATUSES = {
    "on target": word("on target"),
    "below target": word("below target"),
    "above target": word("above target"),
    "too close to call": word("too close to call"),
    "no target": word("no target"),
    "not measured": word("not measured"),
    "fewer than minimum": word("fewer than minimum"),
}
_STATES = {
    "on target": word("on target ({goal} or better)"),
    "below target": word("below the target of {goal}"),
    "above target": word("above the target of {goal}"),
    "too close to call": word("too close to the target of {goal} to call"),
    "no target": word("no target is set"),
}


class _Kpi(NamedTuple):
    """What is measured, and how its numbers are written."""

    name: str
    about: str
    how: str
    said: Callable[[float], str]
    short: Callable[[float], str]
    ends: Callable[[float, float], str]


@number_twin
def trend_chart_data(
    values: pd.DataFrame,
    *,
    definition: str = "",
    target: float | None = None,
    direction: str = "",
) -> pd.DataFrame:
    """Return the numbers behind :func:`trend_chart`.

    Parameters
    ----------
    values
        One row a period, in the order of time: ``period`` (as it is shown) and
        ``value``; where known ``low``, ``high``, ``n`` and ``reliability``. The
        observations of a KPI, or one line of
        :func:`journeykit.measure.kpi_lines.kpi_lines` with ``wave`` as period.
    definition
        Key of :data:`journeykit.definitions.MEASURES`; empty for an own measure.
    target
        In the unit of the measure; None if there is none.
    direction
        ``higher is better`` or ``lower is better``; empty: that of the definition.

    Returns
    -------
    DataFrame
        ``period``, ``value``, ``low``, ``high``, ``n``, ``reliability``, and
        ``status``: ``on target``, ``below target`` or ``above target`` (whichever is
        the wrong side), ``too close to call`` (the interval holds the target), ``no
        target``, ``not measured`` or ``fewer than minimum``.

    Raises
    ------
    UnknownNameError
        If there is no such measure.
    InputError
        If a column is missing.
    """
    if definition and definition not in MEASURES:
        raise UnknownNameError("measure", definition, MEASURES)
    given = [column for column in _MORE if column in values.columns]
    twin = chart_table(values, (*_NEEDED, *given))
    for column in ("value", "low", "high"):
        numbers = twin[column] if column in twin else pd.Series(np.nan, twin.index)
        twin[column] = pd.to_numeric(numbers).astype(float)
    if "reliability" not in twin:
        known = twin["value"].notna()
        twin["reliability"] = np.where(known, "", "not measured")
    is_hidden = twin["reliability"].isin(_HIDDEN)
    twin.loc[is_hidden, ["value", "low", "high"]] = np.nan
    n = twin["n"] if "n" in twin else pd.Series(pd.NA, twin.index)
    twin["n"] = pd.to_numeric(n).round().astype("Int64").mask(is_hidden)
    twin["period"] = twin["period"].astype(str)
    is_up = _is_up(definition, direction)
    twin["status"] = [
        _status(row, target, is_up=is_up) for row in twin.to_dict("records")
    ]
    return twin[["period", "value", "low", "high", "n", "reliability", "status"]]


def _is_up(definition: str, direction: str) -> bool:
    known = MEASURES[definition].direction if definition else "higher is better"
    return (direction or known) == "higher is better"


def _status(row: dict[Any, Any], target: float | None, *, is_up: bool) -> str:
    if pd.isna(row["value"]):
        few = row["reliability"] == "fewer than minimum"
        return "fewer than minimum" if few else "not measured"
    if target is None:
        return "no target"
    has_ends = not (pd.isna(row["low"]) or pd.isna(row["high"]))
    low = row["low"] if has_ends else row["value"]
    high = row["high"] if has_ends else row["value"]
    if (low if is_up else -high) >= (target if is_up else -target):
        return "on target"
    if (high if is_up else -low) < (target if is_up else -target):
        return "below target" if is_up else "above target"
    return "too close to call"


def _kpi(definition: str, name: str, unit: str) -> _Kpi:
    if definition:
        measure = MEASURES[definition]
        about = f"{say(measure.label)}. {typeset(say(measure.text))}"
        return _Kpi(
            name or say(measure.short),
            about,
            say(measure.interval),
            lambda value: value_text(value, definition),
            lambda value: value_text(value, definition),
            lambda low, high: interval(low, high, definition),
        )
    more = f"{NBSP}{unit}" if unit else ""
    name = name or say("The KPI")
    return _Kpi(
        name,
        say("{name}, in {unit}.", name=name, unit=unit) if unit else f"{name}.",
        "",
        lambda value: _plain(value) + more,
        _plain,
        lambda low, high: say("{low} to {high}", low=_plain(low), high=_plain(high)),
    )


def _plain(value: float) -> str:
    digits = 0 if abs(value) >= 1000 else 2 if abs(value) < 10 else 1
    return trimmed(value, digits)


def _goal(target: float, kpi: _Kpi) -> str:
    # A target has no measured digits: noughts after its point say nothing.
    return re.sub(r"[.,]00?(?=\D*$)", "", kpi.said(target))


def _row_said(row: dict[Any, Any], kpi: _Kpi) -> str:
    if pd.isna(row["value"]):
        return say(_STATUSES[row["status"]])
    text = kpi.said(row["value"])
    if not (pd.isna(row["low"]) or pd.isna(row["high"])):
        ends = kpi.ends(row["low"], row["high"])
        text = say("{value} ({interval})", value=text, interval=ends)
    if not pd.isna(row["n"]):
        text = say("{value}, {n}", value=text, n=n_text(row["n"]))
    return text


def _words(twin: pd.DataFrame, kpi: _Kpi, target: float | None, source: str) -> Words:
    shown = twin.dropna(subset=["value"]).to_dict("records")
    goal = "" if target is None else _goal(target, kpi)
    if not shown:
        title = say("{measure} was measured in no period", measure=kpi.name)
    else:
        last = shown[-1]
        where = word("{measure} in {period}: {value}, {target}")
        if re.fullmatch(r"\d{4}-\d\d-\d\d", last["period"]):
            where = word("{measure} on {period}: {value}, {target}")
        title = say(
            where,
            measure=kpi.name,
            period=last["period"],
            value=_row_said(last, kpi),
            target=say(_STATES[last["status"]], goal=goal),
        )
    missing = [row for row in twin.to_dict("records") if pd.isna(row["value"])]
    notes = [undrawn(len(twin))] if undrawn(len(twin)) else []
    notes += [
        f"{row['period']}: {say(_STATUSES[row['status']])}." for row in missing[:4]
    ]
    if len(missing) > 4:
        notes.append(say("{n} more periods without a number.", n=len(missing) - 4))
    if (twin["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 answers."))
    rows = "; ".join(
        f"{row['period']}: {_row_said(row, kpi)}"
        + (
            f", {say(_STATUSES[row['status']])}"
            if row["status"] != "no target" and row in shown
            else ""
        )
        for row in twin.to_dict("records")[-60:]
    )
    rows = rows or say("No period")
    alt = f"{title}. {rows}."
    about = kpi.about
    if twin["low"].notna().any():
        bars = say("Bars: {level} intervals.", level=percent(0.95))
        if kpi.how:
            bars = say(
                "Bars: {level} intervals ({method}).",
                level=percent(0.95),
                method=kpi.how,
            )
        about = f"{about} {bars}"
    return Words(title, about, " ".join([*notes, source]).strip(), alt)


def trend_chart(
    values: pd.DataFrame,
    *,
    definition: str = "",
    target: float | None = None,
    direction: str = "",
    name: str = "",
    unit: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw a KPI over time with its target.

    Parameters
    ----------
    values, definition, target, direction
        As its twin, :func:`trend_chart_data`, takes them.
    name
        Of the KPI; that of the measure if empty.
    unit
        Of an own measure.
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
    UnknownNameError, InputError
        As the twin does.
    """
    return as_altair(
        trend_chart_spec(
            values,
            definition=definition,
            target=target,
            direction=direction,
            name=name,
            unit=unit,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def _widest(values: pd.Series[float], kpi: _Kpi) -> float:
    """Return the room that the last value needs beside its dot, in px."""
    known = values.dropna()
    if known.empty:
        return 0.0
    return text_width(kpi.short(float(known.iloc[-1])), SMALL, is_bold=True)


def trend_chart_spec(
    values: pd.DataFrame,
    *,
    definition: str = "",
    target: float | None = None,
    direction: str = "",
    name: str = "",
    unit: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`trend_chart` as plain Vega-Lite."""
    twin = trend_chart_data(
        values, definition=definition, target=target, direction=direction
    )
    kpi = _kpi(definition, name, unit)
    words = _words(twin, kpi, target, source)
    fields = {"y": "value", "low": "low", "high": "high", "trust": "reliability"}
    late = twin.tail(MOST_PERIODS)
    rows = [{**row, "x": at} for at, row in enumerate(plain_rows(late, **fields))]
    numbers = late[["value", "low", "high"]].to_numpy(dtype=float).ravel()
    goal = [] if target is None else [target]
    plane = period_plane(
        list(late["period"]),
        [*numbers, *goal],
        kpi.short,
        width=width,
        height=_HEIGHT,
        right=24 + _widest(late["value"], kpi),
    )
    known = [row for row in rows if row["y"] is not None]
    banded = [
        row for row in known if row["low"] is not None and row["high"] is not None
    ]
    layers = [*plane.ground()]
    if target is not None and rows:
        ends = [{"x": end, "y": target} for end in plane.x_ends]
        layers.append(path(ends, plane, "opportunity", width=1.5, dash=(6, 4)))
        is_above = bool(known) and known[0]["y"] > target
        goal_said = say("target {goal}", goal=_goal(target, kpi))
        said = [{"x": 0, "y": target, "t": goal_said}]
        face: dict[str, Any] = {"role": "opportunity", "weight": 600}
        layers.append(plane.words_at(said, **face, dy=12 if is_above else -12, dx=8))
    if known:
        layers.append(path(rows, plane, "mark-quiet", width=1.5))
    if banded:
        layers.append(bars(banded, plane, "ink"))
    few = [row for row in known if row["trust"] == "few answers"]
    firm = [row for row in known[:-1] if row not in few]
    last = [row for row in known[-1:] if row not in few]
    for some, fill, edge in (
        (firm, "ink", "ink"),
        (few, "hatch", "ink"),
        (last, "accent", "accent"),
    ):
        if some and (some is not firm or len(known) <= width / 24):
            mark = dot(fill=fill, stroke=edge)
            layers.append(layer(some, mark, x=plane.x(), y=plane.y()))
    if known:
        end = [{**known[-1], "t": kpi.short(known[-1]["y"])}]
        layers.append(plane.words_at(end, role="accent", weight=600, dx=12))
    return dressed(layers, words, width=width, height=_HEIGHT + 28, has_words=has_words)
