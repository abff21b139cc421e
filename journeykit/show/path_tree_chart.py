"""How paths begin and branch: a tree from left to right, its height by customers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import percent, say
from journeykit.show.canvas import boxes, filled, words
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    as_altair,
    dressed,
    shortened,
)
from journeykit.show.numbers import count
from journeykit.show.path_tree_data import OTHER, path_tree_data, path_tree_words
from journeykit.show.text_width import text_width, wrapped

if TYPE_CHECKING:
    import altair as alt

__all__ = ["path_tree", "path_tree_spec"]

_HEIGHT = 620.0
_ROW = 36.0
_LINE = 16.0
_LEAST_PX = 17.0
"""Lowest box that has room for a word."""
_NARROW_SMALLEST = 0.05
_Parts = dict[str, list[dict[str, Any]]]


def path_tree(
    table: pd.DataFrame,
    *,
    smallest: float = 0.03,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw how paths begin and branch.

    Parameters
    ----------
    table, smallest
        As its twin, :func:`path_tree_data`, takes them.
    period, source
        When it was; where it is from, and what was left out.
    width
        In px; below 500 the tree is an indented list with bars.
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
        path_tree_spec(
            table,
            smallest=smallest,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def path_tree_spec(
    table: pd.DataFrame,
    *,
    smallest: float = 0.03,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`path_tree` as plain Vega-Lite."""
    is_wide = width >= 500
    smallest = smallest if is_wide else max(smallest, _NARROW_SMALLEST)
    twin = path_tree_data(table, smallest=smallest)
    said = path_tree_words(twin, smallest, period, source)
    rows = twin.dropna(subset=["share"]).to_dict("records")
    if not rows:
        nothing = words([{"x": 0, "y": 20, "t": said.title}], role="ink-quiet")
        return dressed([nothing], said, width=width, height=40, has_words=has_words)
    if is_wide:
        layers, height = _icicle(rows, width), _HEIGHT
    else:
        rows = [row for row in rows if row["activity"] != OTHER or row["depth"] < 3]
        layers, height = _listed(rows, width), len(rows) * _ROW
    return dressed(
        filled(layers), said, width=width, height=height, has_words=has_words
    )


def _percent(row: dict[Any, Any]) -> str:
    share = row["share"]
    return f"<{percent(0.01)}" if share < 0.005 else percent(share)


def _step(at: int) -> str:
    return say("step {n}", n=at + 1) if at else say("first")


def _name(row: dict[Any, Any]) -> str:
    return say(OTHER) if row["activity"] == OTHER else str(row["activity"])


def _kind(row: dict[Any, Any]) -> str:
    return (
        "other" if row["activity"] == OTHER else "main" if row["is_main"] else "plain"
    )


def _icicle(rows: list[dict[Any, Any]], width: int) -> list[Spec]:
    """Return boxes whose height is the share, a step to the right for each activity."""
    column = width / max(row["depth"] for row in rows)
    tops: dict[tuple[Any, ...], float] = {(): 0.0}
    keys = ("main", "plain", "other", "slight", "name", "part", "on")
    parts: _Parts = {key: [] for key in keys}
    for row in rows:
        stem = row["path"][:-1]
        top, high = tops[stem], row["share"] * _HEIGHT
        tops[stem] = top + high
        tops[row["path"]] = top
        left = (row["depth"] - 1) * column
        gap = 1.0 if high > 4 else 0.0
        kind = _kind(row)
        kind = "slight" if kind == "other" and high < _LEAST_PX else kind
        parts[kind].append(
            {"x": left + 1, "x2": left + column - 2, "y": top + gap, "y2": top + high}
        )
        _label(row, (left, top, column, high), parts)
    heads = [
        {"x": at * column + 2, "y": -14, "t": _step(at)}
        for at in range(round(width / column))
    ]
    return [
        boxes(parts["slight"], "panel"),
        boxes(parts["other"], "panel", edge="rule"),
        boxes(parts["plain"], "accent-tint"),
        boxes(parts["main"], "accent"),
        words(parts["name"]),
        words(parts["on"], role="paper", weight=600),
        words(parts["part"], role="ink-quiet"),
        words(heads, role="ink-quiet"),
    ]


def _label(
    row: dict[Any, Any], place: tuple[float, float, float, float], parts: _Parts
) -> None:
    left, top, column, high = place
    if high < _LEAST_PX:
        return
    kind, percent, room = _kind(row), _percent(row), column - 18
    name_part = "on" if kind == "main" else "part" if kind == "other" else "name"
    is_bold = kind == "main"
    name = _name(row)
    lines = list(wrapped(name, room, SMALL, max_lines=3, is_bold=is_bold))
    fits = int((high - 6) // _LINE)
    if fits > len(lines):
        lines.append(percent)
    else:
        beside = room - text_width(f"  {percent}", SMALL, is_bold=is_bold)
        if fits < 2:
            lines = [f"{shortened(name, beside, SMALL)}  {percent}"]
        else:
            lines = list(wrapped(name, beside, SMALL, max_lines=fits))
            lines[-1] = f"{lines[-1]}  {percent}"
    height = len(lines) * _LINE
    first = top + (high - height) / 2 if high < height + 12 else top + 6
    for at, line in enumerate(lines):
        y = first + _LINE * (at + 0.5)
        is_part = at == len(lines) - 1 and line == percent and kind != "main"
        parts["part" if is_part else name_part].append(
            {"x": left + 9, "y": y, "t": line}
        )


def _listed(rows: list[dict[Any, Any]], width: int) -> list[Spec]:
    """Return the tree as a list, a bar from zero below each name."""
    parts: _Parts = {
        key: [] for key in ("main", "plain", "other", "name", "part", "on")
    }
    for at, row in enumerate(rows):
        top, left = at * _ROW, (row["depth"] - 1) * 12.0
        kind, full = _kind(row), width - 48.0
        name = shortened(_name(row), width - left - 100, SMALL)
        key = "on" if kind == "main" else "part" if kind == "other" else "name"
        parts[key].append({"x": left, "y": top + 10, "t": name})
        end = left + row["share"] * full
        parts[kind].append({"x": left, "x2": end, "y": top + 21, "y2": top + 29})
    numbers = [
        {"x": width - at, "y": i * _ROW + 10, "t": text}
        for i, row in enumerate(rows)
        for at, text in ((0, _percent(row)), (46, count(row["n_reached"])))
    ]
    return [
        boxes(parts["other"], "panel", edge="mark-quiet"),
        boxes(parts["plain"], "accent", opacity=0.4),
        boxes(parts["main"], "accent"),
        words(parts["name"]),
        words(parts["on"], role="accent", weight=600),
        words(parts["part"], role="ink-quiet"),
        words(numbers, align="right", role="ink-soft"),
    ]
