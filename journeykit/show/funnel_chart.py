"""Who goes on from step to step: bars from zero, and what is lost between them.

A funnel's tapering sides were turned down: they show area where a count is meant. What
is lost stands as an empty end on the next bar, its share with its interval above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, sentences
from journeykit.show.canvas import boxes, filled, said_lines, strokes, words
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import BASE, SMALL, WIDE, Spec, Words, as_altair, dressed
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, with_interval

if TYPE_CHECKING:
    import altair as alt

__all__ = ["funnel_steps", "funnel_steps_data", "funnel_steps_spec"]

_NEEDED = [
    *("group", "place", "step", "n_reached", "definition"),
    *("value", "low", "high", "n", "reliability"),
]
_RATE = "drop_off_rate"
_SHARE = "conversion_rate"
_MOST = 60
"""Most steps that are drawn; the twin has all."""


@number_twin
def funnel_steps_data(table: pd.DataFrame, *, group: str | None = None) -> pd.DataFrame:
    """Return the numbers behind :func:`funnel_steps`, in the order of the steps.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.events_funnels.funnel` returns.
    group
        Persona whose rows are drawn; None draws all.

    Returns
    -------
    DataFrame
        ``place``, ``step``, ``n_reached``, ``share`` (of those at the first step, 0 to
        1), ``n_before`` (at the step before), ``n_lost``, ``drop_off`` (0 to 1) with
        ``low`` and ``high``, ``reliability`` (of the drop-off), ``standing``
        (``first``; ``largest`` drop; ``may be chance``: its interval overlaps that of
        the largest; ``clear``; ``too few``) and ``said``, the row in words.

    Raises
    ------
    InputError
        If a column is missing, or there is no such group.
    """
    rows = chart_table(table, _NEEDED)
    is_group = rows["group"].isna() if group is None else rows["group"] == group
    if len(rows) and not is_group.any():
        known = ", ".join(sorted(str(one) for one in rows["group"].dropna().unique()))
        raise InputError(f"a group of the funnel was expected ({known}), not {group}")
    rows = rows[is_group].sort_values("place", kind="stable")
    shares = rows[rows["definition"] == _SHARE].reset_index(drop=True)
    drops = rows[rows["definition"] == _RATE].set_index("place")
    at = shares["place"]
    twin = shares[["place", "step", "n_reached"]].assign(share=shares["value"])
    twin["n_before"] = at.map(drops["n"]).astype("Int64")
    twin["n_lost"] = twin["n_before"] - twin["n_reached"]
    for column, source in (("drop_off", "value"), ("low", "low"), ("high", "high")):
        twin[column] = at.map(drops[source]).astype(float)
    twin["reliability"] = at.map(drops["reliability"]).fillna("").astype(str)
    twin["standing"] = "clear"
    twin.loc[twin["drop_off"].isna(), "standing"] = "too few"
    twin.loc[twin.index[:1], "standing"] = "first"
    if twin["drop_off"].notna().any():
        largest = _largest(twin)
        first = twin.loc[largest]
        overlaps = (twin["low"] <= first["high"]) & (twin["high"] >= first["low"])
        twin.loc[overlaps, "standing"] = "may be chance"
        twin.loc[largest, "standing"] = "largest"
    twin["said"] = [_said(row) for row in twin.to_dict("records")]
    return twin


def _largest(twin: pd.DataFrame) -> int:
    """Return the row of the largest drop, of those with enough people if there are."""
    enough = twin[twin["reliability"] == "enough"]
    some = enough if enough["drop_off"].notna().any() else twin
    return int(some.index[int(np.nanargmax(some["drop_off"].to_numpy(dtype=float)))])


def _drop(row: dict[Any, Any]) -> str:
    return with_interval(row["drop_off"], row["low"], row["high"], _RATE)


def _said(row: dict[Any, Any]) -> str:
    reached = count(row["n_reached"])
    if row["standing"] == "first":
        return say("{n} reached it", n=reached)
    if row["standing"] == "too few":
        return say("{n} reached it; too few before it for a share", n=reached)
    numbers = {"n": reached, "drop": _drop(row), "before": count(row["n_before"])}
    if row["reliability"] == "few answers":
        return say("{n} reached it; {drop} of {before} lost before it, few", **numbers)
    return say("{n} reached it; {drop} of {before} lost before it", **numbers)


def _lost(row: dict[Any, Any]) -> str:
    n, drop = count(int(row["n_lost"])), _drop(row)
    if row["reliability"] == "few answers":
        return say("{n} lost, {drop}, few", n=n, drop=drop)
    return say("{n} lost, {drop}", n=n, drop=drop)


def _title(twin: pd.DataFrame) -> str:
    if twin.empty:
        return say("No step of the funnel was measured")
    dropping = twin[twin["standing"] == "largest"]
    if dropping.empty:
        return say("Too few reached the first step to say where people leave")
    row = dropping.to_dict("records")[0]
    if not row["n_lost"]:
        n = count(row["n_before"])
        return say("Nobody of {n} is lost between the steps", n=n)
    numbers = {
        "step": twin.loc[twin["place"] < row["place"], "step"].iloc[-1],
        "drop": _drop(row),
        "n": count(row["n_before"]),
    }
    if (twin["standing"] == "may be chance").any():
        return say(
            "“{step}” loses most, not clearly: {drop} of {n} go no further", **numbers
        )
    if len(twin) == 2:
        return say(
            "From “{step}” to “{next}”: {drop} of {n} go no further",
            **numbers,
            next=row["step"],
        )
    return say("Most leave after “{step}”: {drop} of {n} go no further", **numbers)


def _words(twin: pd.DataFrame, group: str | None, period: str, source: str) -> Words:
    who = f"{group}. " if group else ""
    about = who + say(
        "Bars: how many reached each step in order. Beyond: lost since the step "
        "before, as a share of those there, with its {level} interval (Wilson). At the "
        "right: reached, and its share of the first step.",
        level=percent(0.95),
    )
    notes = []
    if (twin["standing"] == "may be chance").any():
        notes.append(
            say(
                "Grey: the interval overlaps that of the largest drop, so which is "
                "larger may be chance."
            )
        )
    if (twin["reliability"] == "few answers").any():
        notes.append(say("Few: fewer than 30 at the step before."))
    if len(twin) > _MOST:
        drawn = say("Drawn: the first {n} of {total} steps.", n=_MOST, total=len(twin))
        notes.append(drawn)
    rows = "; ".join(f"{row['step']}: {row['said']}" for row in twin.to_dict("records"))
    return Words(
        title=_title(twin),
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Bars of the steps of a funnel, first to last. {rows}.",
            rows=rows or say("No step"),
        ),
    )


def funnel_steps(
    table: pd.DataFrame,
    *,
    group: str | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw how many reach each step, and where most are lost.

    Parameters
    ----------
    table, group
        As its twin, :func:`funnel_steps_data`, takes them.
    period, source
        When it was; where it is from, and what was left out.
    width
        In px; below 500 the names stand above their bars.
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
        funnel_steps_spec(
            table,
            group=group,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def funnel_steps_spec(
    table: pd.DataFrame,
    *,
    group: str | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`funnel_steps` as plain Vega-Lite."""
    twin = funnel_steps_data(table, group=group)
    said = _words(twin, group, period, source)
    is_wide = width >= 500
    left, right = (216.0, width - 148.0) if is_wide else (0.0, float(width))
    bar = 28.0 if is_wide else 20.0
    step = 64.0 if is_wide else 76.0
    above = 0.0 if is_wide else 24.0
    drawn = twin.head(_MOST)
    most = max([int(n) for n in twin["n_reached"]], default=0) or 1
    parts: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "bar",
            "pale",
            "lost",
            "name",
            "n",
            "share",
            "quiet",
            "plain",
            "strong",
        )
    }
    for at, row in enumerate(drawn.to_dict("records")):
        top = at * step + above
        middle, end = top + bar / 2, left + row["n_reached"] / most * (right - left)
        box = {"x": left, "x2": end, "y": top, "y2": top + bar}
        parts["bar"].append(box)
        reached = count(row["n_reached"])
        share = "" if pd.isna(row["share"]) else percent(row["share"])
        if is_wide:
            parts["name"] += said_lines(str(row["step"]), 0, middle, 196, size=BASE)
            parts["n"].append({"x": width - 64, "y": middle, "t": reached})
            parts["share"].append({"x": width, "y": middle, "t": share})
        else:
            name = said_lines(str(row["step"]), 0, top - 14, width - 110, max_lines=1)
            parts["name"] += name
            parts["n"].append({"x": width - 50, "y": top - 14, "t": reached})
            parts["share"].append({"x": width, "y": top - 14, "t": share})
        if row["standing"] in {"first", "too few"}:
            continue
        is_largest = row["standing"] == "largest"
        before = left + row["n_before"] / most * (right - left)
        gone = {"x": end, "x2": before, "y": top, "y2": top + bar}
        parts["lost" if is_largest else "pale"].append(gone)
        lost = _lost(row)
        y = top - (step - bar) / 2 if is_wide else top - 40
        face = {"largest": "strong", "clear": "plain"}.get(row["standing"], "quiet")
        indent = 8 if is_wide else 0
        parts[face].append({"x": left + indent, "y": y, "t": lost})
    heads = (
        [
            {"x": width - 64, "y": -16, "t": say("reached")},
            {"x": width, "y": -16, "t": say("of first")},
        ]
        if is_wide and len(twin)
        else []
    )
    size = BASE if is_wide else SMALL
    height = max(len(drawn) * step - (step - bar) + above, 40)
    zero = [{"x": left, "x2": left, "y": 0, "y2": height}] if len(twin) else []
    nothing = [] if len(twin) else [{"x": 0, "y": 20, "t": said.title}]
    layers = filled(
        [
            boxes(parts["pale"], "panel", edge="rule"),
            boxes(parts["lost"], "accent-tint", edge="accent"),
            boxes(parts["bar"], "ink-soft"),
            strokes(zero, "mark-quiet") if is_wide else strokes([], "rule"),
            words(parts["name"], size=size),
            words(parts["n"], align="right", size=size, weight=600),
            words(parts["share"], align="right", role="ink-quiet", size=size),
            words(parts["quiet"], role="ink-quiet"),
            words(parts["plain"], role="ink-soft"),
            words(parts["strong"], role="accent", weight=600),
            words(heads, align="right", role="ink-quiet"),
            words(nothing, role="ink-quiet", size=BASE),
        ]
    )
    return dressed(layers, said, width=width, height=height, has_words=has_words)
