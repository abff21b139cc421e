"""Priorities by several methods: a column a method, a line an entry.

Agreement is shown and not averaged: a line that stays above the line of the top three
is a priority whichever way it is reckoned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import percent, say
from journeykit.show.canvas import boxes, dots, filled, said_lines, strokes, words
from journeykit.show.frame import (
    WIDE,
    Spec,
    as_altair,
    dressed,
)
from journeykit.show.slope_data import (
    MOST,
    method_said,
    methods_of,
    priority_slope_data,
    priority_slope_words,
)

if TYPE_CHECKING:
    import altair as alt

__all__ = ["priority_slope", "priority_slope_spec"]

_ROW = 34.0


def priority_slope(
    table: pd.DataFrame,
    stability: pd.DataFrame | None = None,
    *,
    names: Mapping[str, str] | None = None,
    top: int = 3,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw the rank of each entry by each method.

    Parameters
    ----------
    table, stability, names, top
        As its twin, :func:`priority_slope_data`, takes them.
    period, source
        When it was; where it is from, and what was left out.
    width
        In px; below 500 methods have numbers.
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
        priority_slope_spec(
            table,
            stability,
            names=names,
            top=top,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def priority_slope_spec(
    table: pd.DataFrame,
    stability: pd.DataFrame | None = None,
    *,
    names: Mapping[str, str] | None = None,
    top: int = 3,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`priority_slope` as plain Vega-Lite."""
    twin = priority_slope_data(table, stability, names=names, top=top)
    methods = methods_of(table)
    said = priority_slope_words(twin, methods, top, (period, source))
    ranked = twin[twin["n_methods"] > 0]
    best = ranked[methods].min(axis=1).sort_values(kind="stable").index[:MOST]
    rows = ranked.loc[ranked.index.isin(best)].to_dict("records")
    if not rows:
        nothing = words([{"x": 0, "y": 20, "t": said.title}], role="ink-quiet")
        return dressed([nothing], said, width=width, height=40, has_words=has_words)
    is_wide = width >= 500
    has_shares = bool(twin["top_share"].notna().any())
    share_px = (96.0 if is_wide else 44.0) if has_shares else 0.0
    name_px = 140.0
    if is_wide:  # few methods leave room for the names
        name_px = 300.0 if len(methods) <= 3 else 220.0
    left = 20.0
    right = max(width - share_px - name_px - 24.0, left + 1)
    gap = (right - left) / max(len(methods) - 1, 1)
    xs = {method: left + at * gap for at, method in enumerate(methods)}
    slots = _slots(rows, methods)
    parts: dict[str, list[dict[str, Any]]] = {}
    last = _at_right(rows, methods, slots)
    for row, end in last:
        _line_of(row, methods, (xs, slots), end, parts)
    for row, y in last:
        face = _face(row)
        room = name_px - (16 if is_wide else 4)
        lines = said_lines(row["name"], right + 24, y, room, is_bold=face == "lead")
        parts.setdefault(f"name {face}", []).extend(lines)
        if not pd.isna(row["top_share"]):
            text = {"x": width, "y": y, "t": percent(row["top_share"])}
            parts.setdefault(f"share {face}", []).append(text)
            if is_wide:
                start, end = width - share_px, width - 48.0
                full = {"x": start, "y": y - 5, "y2": y + 5}
                to = start + row["top_share"] * (end - start)
                parts.setdefault("track", []).append({**full, "x2": end})
                parts.setdefault(f"bar {face}", []).append({**full, "x2": to})
    height = len(last) * _ROW
    layers = _drawn(parts)
    heads = _heads(methods, xs, gap, is_wide=is_wide)
    if has_shares:
        head = say("first")
        if top > 1:
            head = say("in the top") if is_wide else say("in top")
        heads.append({"x": width, "y": -16, "t": head, "end": True})
    centred = [row for row in heads if "end" not in row]
    layers += [
        words(centred, align="center", role="ink-soft"),
        words([r for r in heads if "end" in r], align="right", role="ink-quiet"),
    ]
    return dressed(
        filled(layers), said, width=width, height=height, has_words=has_words
    )


def _heads(
    methods: Sequence[str], xs: Mapping[str, float], gap: float, *, is_wide: bool
) -> list[dict[str, Any]]:
    """Return the names of the columns, or their numbers where there is no room."""
    room = gap - 10 if len(methods) > 1 else 140.0
    found: list[dict[str, Any]] = []
    for at, method in enumerate(methods):
        name = method_said(method)
        if not is_wide or room < 60:
            found.append({"x": xs[method], "y": -16, "t": str(at + 1)})
            continue
        lines = said_lines(name, max(xs[method], 30), 0, min(room, 130), max_lines=3)
        lift = lines[-1]["y"] + 16
        found += [{**row, "y": row["y"] - lift} for row in lines]
    return found


def _slots(
    rows: list[dict[Any, Any]], methods: Sequence[str]
) -> dict[tuple[str, str], int]:
    """Return where each entry stands in each column; equals stand one below other."""
    slots: dict[tuple[str, str], int] = {}
    for method in methods:
        there = [row for row in rows if not pd.isna(row[method])]
        there.sort(key=lambda row: int(row[method]))
        slots |= {(row["entry"], method): at for at, row in enumerate(there)}
    return slots


def _at_right(
    rows: list[dict[Any, Any]],
    methods: Sequence[str],
    slots: Mapping[tuple[str, str], int],
) -> list[tuple[dict[Any, Any], float]]:
    """Return entries with the height of their names, those without a rank last."""
    last = methods[-1]
    order = sorted(rows, key=lambda row: slots.get((row["entry"], last), len(rows)))
    return [(row, at * _ROW + _ROW / 2) for at, row in enumerate(order)]


def _face(row: Mapping[Any, Any]) -> str:
    return {"top": "lead", "unclear": "quiet"}.get(row["standing"], "plain")


def _line_of(
    row: Mapping[Any, Any],
    methods: Sequence[str],
    places: tuple[Mapping[str, float], Mapping[tuple[str, str], int]],
    end: float,
    parts: dict[str, list[dict[str, Any]]],
) -> None:
    """Add the dots of an entry and the lines between them, dotted across a gap."""
    xs, slots = places
    before: dict[str, float] | None = None
    is_gap = False
    for method in methods:
        if pd.isna(row[method]):
            is_gap = True
            continue
        y = slots[row["entry"], method] * _ROW + _ROW / 2
        here = {"x": xs[method], "y": y}
        face = _face(row)
        if before is not None:
            line = {**before, "x2": here["x"], "y2": y}
            parts.setdefault("gap" if is_gap else f"line {face}", []).append(line)
        parts.setdefault(f"dot {face}", []).append(here)
        text = {**here, "t": str(int(row[method]))}
        parts.setdefault(f"rank {face}", []).append(text)
        before, is_gap = here, False
    if before is not None and is_gap:
        line = {**before, "x2": xs[methods[-1]], "y2": end}
        parts.setdefault("gap", []).append(line)


def _drawn(parts: Mapping[str, list[dict[str, Any]]]) -> list[Spec]:
    faces = {
        "quiet": ("mark-quiet", "ink-quiet", 1.5),
        "plain": ("ink-soft", "ink", 1.0),
        "lead": ("accent", "accent", 3.0),
    }
    layers = [
        boxes(parts.get("track", []), "panel"),
        strokes(parts.get("gap", []), "mark-quiet", 1.2, dash=(1, 5)),
    ]
    for face, (role, _, width) in faces.items():
        dash = (4, 4) if face == "quiet" else ()
        layers.append(strokes(parts.get(f"line {face}", []), role, width, dash=dash))
    for face, (role, text, _) in faces.items():
        is_lead = face == "lead"
        fill = "accent" if is_lead else "paper"
        weight = 600 if is_lead else 400
        ranks = parts.get(f"rank {face}", [])
        layers += [
            dots(parts.get(f"dot {face}", []), fill=fill, stroke=role, size=440),
            words(
                ranks, align="center", role="paper" if is_lead else text, weight=weight
            ),
            words(parts.get(f"name {face}", []), role=text, weight=weight),
            boxes(parts.get(f"bar {face}", []), role),
            words(
                parts.get(f"share {face}", []), align="right", role=text, weight=weight
            ),
        ]
    return layers
