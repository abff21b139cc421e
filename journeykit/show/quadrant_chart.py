"""Importance against satisfaction: four quadrants with words, and a name at each dot.

The crosshair is declared under the title, as moving it moves the result. A name that
finds no place beside its dot becomes a number with its name in a list below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import say, sentences, word
from journeykit.show.canvas import boxes, dots, filled, said_lines, strokes, words
from journeykit.show.chart_table import chart_table
from journeykit.show.dot_labels import Box, around_dot, name_spot, number_spot
from journeykit.show.frame import WIDE, Spec, Words, as_altair, dressed
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import joined, trimmed
from journeykit.show.plane import nice_ticks

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "importance_performance",
    "importance_performance_data",
    "importance_performance_spec",
]

_NEEDED = [
    *("entry", "importance", "satisfaction", "importance_line"),
    *("satisfaction_line", "crosshair", "quadrant", "is_clear", "note"),
]
_FIRST = word("Concentrate here")
_CORNERS = {
    _FIRST: (0, 0),
    word("Keep up the good work"): (1, 0),
    word("Low priority"): (0, 1),
    word("Perhaps too much"): (1, 1),
}
"""Words of each quadrant, and whether it lies right and below."""
_HEIGHT = 420.0
_MOST = 60
"""Most dots that are drawn; the twin has all."""


@number_twin
def importance_performance_data(
    table: pd.DataFrame, *, names: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the numbers behind :func:`importance_performance`, most urgent first.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.priority_quadrants.importance_performance`
        returns.
    names
        Id of an entry to its name; without one the id is written.

    Returns
    -------
    DataFrame
        ``entry``, ``name``, ``importance``, ``satisfaction``, ``importance_line``,
        ``satisfaction_line``, ``crosshair`` (in words), ``quadrant`` (empty: not
        measured), ``is_clear`` (NA: without intervals), ``note``.

    Raises
    ------
    InputError
        If a column is missing.
    """
    twin = chart_table(table, _NEEDED)
    called = [(names or {}).get(str(entry), str(entry)) for entry in twin["entry"]]
    twin.insert(1, "name", called)
    for column in ("importance", "satisfaction", "importance_line"):
        twin[column] = pd.to_numeric(twin[column]).astype(float)
    twin["is_clear"] = twin["is_clear"].astype("boolean")
    return twin


def _plain(value: float) -> str:
    return trimmed(value, 2)


def _numbers(row: Mapping[Any, Any]) -> str:
    return say(
        "importance {importance}, satisfaction {satisfaction}",
        importance=_plain(row["importance"]),
        satisfaction=_plain(row["satisfaction"]),
    )


def _title(twin: pd.DataFrame) -> str:
    placed = twin[twin["quadrant"] != ""]
    if placed.empty:
        return say("Importance and satisfaction were measured nowhere")
    urgent = placed[placed["quadrant"] == _FIRST]
    if urgent.empty:
        return say(
            "None of {n} is important and below its line of satisfaction", n=len(placed)
        )
    row = urgent.to_dict("records")[0]
    is_clear = pd.isna(row["is_clear"]) or row["is_clear"]
    if len(urgent) == 1:
        one = word("Concentrate on “{name}”: {numbers}")
        if not is_clear:
            one = word("Concentrate on “{name}”, not clearly: {numbers}")
        return say(one, name=row["name"], numbers=_numbers(row))
    some = word("{n} of {total} to concentrate on, first “{name}”: {numbers}")
    if not is_clear:
        some = word(
            "{n} of {total} to concentrate on, first “{name}”, not clearly: {numbers}"
        )
    return say(
        some,
        n=len(urgent),
        total=len(placed),
        name=row["name"],
        numbers=_numbers(row),
    )


def _words(twin: pd.DataFrame, period: str, source: str) -> Words:
    placed = twin[twin["quadrant"] != ""]
    crosshair = str(twin["crosshair"].iloc[0]) if len(twin) else say("none")
    about = say(
        "Importance upwards, satisfaction to the right. Lines: {lines}.",
        lines=crosshair,
    )
    notes = [note for note in placed["note"].unique() if note]
    notes = [f"{note[:1].upper()}{note[1:]}." for note in notes]
    if (~placed["is_clear"].fillna(True)).any():
        notes.append(
            say("Grey: an interval crosses a line, so the quadrant may be chance.")
        )
    if len(placed) and placed["is_clear"].isna().all():
        notes.append(say("Without intervals: how firm a quadrant is cannot be said."))
    missing = list(twin.loc[twin["quadrant"] == "", "name"])
    if missing:
        more = [say("{n} more", n=len(missing) - 5)] if missing[5:] else []
        names = joined([*missing[:5], *more])
        notes.append(say("Not measured: {names}.", names=names))
    if len(placed) > _MOST:
        notes.append(
            say("Drawn: the {n} most urgent of {total}.", n=_MOST, total=len(placed))
        )
    rows = "; ".join(
        f"{row['name']}: {say(row['quadrant'])}, {_numbers(row)}"
        if row["quadrant"]
        else say("{name}: not measured", name=row["name"])
        for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin),
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Importance against satisfaction, most urgent first. {rows}.",
            rows=rows or say("None"),
        ),
    )


def importance_performance(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw entries by importance and satisfaction.

    Parameters
    ----------
    table, names
        As its twin, :func:`importance_performance_data`, takes them.
    period, source
        When it was asked; where it is from, and what was left out.
    width
        In px; below 500 dots have numbers and their names stand below.
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
        importance_performance_spec(
            table,
            names=names,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def importance_performance_spec(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`importance_performance` as plain Vega-Lite."""
    twin = importance_performance_data(table, names=names)
    said = _words(twin, period, source)
    rows = twin[twin["quadrant"] != ""].head(_MOST).to_dict("records")
    if not rows:
        nothing = words([{"x": 0, "y": 20, "t": said.title}], role="ink-quiet")
        return dressed([nothing], said, width=width, height=40, has_words=has_words)
    is_wide = width >= 500
    field = (40.0, 0.0, float(width), _HEIGHT if is_wide else 320.0)
    layers, line = _ground(rows, field)
    across, up = line["across"], line["up"]
    for row in rows:
        row["x"] = _at(row["satisfaction"], across, (field[0], field[2]))
        row["y"] = _at(row["importance"], up, (field[3], 0.0))
    taken: list[Box] = [around_dot(row["x"], row["y"]) for row in rows]
    parts: dict[str, list[dict[str, Any]]] = {"lead line": []}
    listed: list[tuple[str, str]] = []
    for row in rows:
        face = _face(row)
        parts.setdefault(f"dot {face}", []).append({"x": row["x"], "y": row["y"]})
        spot = (
            name_spot(
                row["name"], row, (taken, line["lines"]), field, is_bold=face == "lead"
            )
            if is_wide
            else None
        )
        if spot is None:
            listed.append((row["name"], face))
            spot = number_spot(str(len(listed)), row, (taken, line["lines"]), field)
        taken.append(spot["box"])
        parts.setdefault(f"name {face} {spot['align']}", []).append(spot)
        if "x2" in spot:
            here = {"x": row["x"], "y": row["y"], "x2": spot["x2"], "y2": spot["y2"]}
            parts["lead line"].append(here)
    height = field[3] + 56
    columns = 2 if is_wide else 1
    deep = -(-len(listed) // columns)
    for i, (name, face) in enumerate(listed):
        column, at = divmod(i, deep)
        x, y = column * width / columns, field[3] + 76 + at * 22
        height = max(height, y + 12)
        parts.setdefault(f"n {face}", []).append({"x": x + 20, "y": y, "t": str(i + 1)})
        room = width / columns - 44
        parts.setdefault(f"list {face}", []).extend(
            said_lines(name, x + 30, y, room, max_lines=1)
        )
    layers.append(strokes(parts["lead line"], "mark-quiet"))
    for face, role in (("quiet", "mark-quiet"), ("plain", "ink"), ("lead", "accent")):
        text_role = "ink-quiet" if face == "quiet" else role
        weight = 600 if face == "lead" else 400
        layers += [
            dots(parts.get(f"dot {face}", []), fill=role, stroke=role),
            *(
                words(
                    [
                        {key: spot[key] for key in ("x", "y", "t")}
                        for spot in parts.get(f"name {face} {align}", [])
                    ],
                    role=text_role,
                    weight=weight,
                    align=align,
                )
                for align in ("left", "right", "center")
            ),
            words(
                parts.get(f"n {face}", []), role=text_role, align="right", weight=600
            ),
            words(parts.get(f"list {face}", []), role=text_role),
        ]
    return dressed(
        filled(layers), said, width=width, height=height, has_words=has_words
    )


def _face(row: Mapping[Any, Any]) -> str:
    if pd.notna(row["is_clear"]) and not row["is_clear"]:
        return "quiet"
    return "lead" if row["quadrant"] == _FIRST else "plain"


def _at(value: float, ends: tuple[float, float], px: tuple[float, float]) -> float:
    return px[0] + (value - ends[0]) / (ends[1] - ends[0]) * (px[1] - px[0])


def _ground(
    rows: list[dict[Any, Any]], field: Box
) -> tuple[list[Spec], dict[str, Any]]:
    """Return the quadrants with their words, the crosshair and the labels."""
    left, _, right, bottom = field
    found: dict[str, Any] = {}
    ticks = {}
    for axis, key in (("satisfaction", "across"), ("importance", "up")):
        values = [row[axis] for row in rows] + [rows[0][f"{axis}_line"]]
        pad = (max(values) - min(values) or 1) * 0.06
        ends = (min(values) - pad, max(values) + pad)
        found[key] = ends
        ticks[key] = [at for at in nice_ticks(*ends) if ends[0] <= at <= ends[1]]
    x = _at(rows[0]["satisfaction_line"], found["across"], (left, right))
    y = _at(rows[0]["importance_line"], found["up"], (bottom, 0.0))
    box = {"x": left, "x2": x, "y": 0, "y2": y}
    cross = [
        {"x": x, "x2": x, "y": 0, "y2": bottom},
        {"x": left, "x2": right, "y": y, "y2": y},
    ]
    found["lines"] = [
        (x - 1, 0.0, x + 1, bottom),
        (left, y - 1, right, y + 1),
    ]
    x_labels = [
        {
            "x": _at(at, found["across"], (left, right)),
            "y": bottom + 16,
            "t": _plain(at),
        }
        for at in ticks["across"]
    ]
    y_labels = [
        {"x": left - 10, "y": _at(at, found["up"], (bottom, 0.0)), "t": _plain(at)}
        for at in ticks["up"]
    ]
    frame = {"x": left, "x2": right, "y": 0, "y2": bottom}
    layers = [
        boxes([frame], "panel", opacity=0, edge="rule"),
        boxes([box], "accent-tint", opacity=0.45),
        strokes(cross, "mark-quiet", 1.5),
        words(x_labels, align="center", role="ink-quiet"),
        words(y_labels, align="right", role="ink-quiet"),
    ]
    for quadrant, (is_right, is_below) in _CORNERS.items():
        role, weight = ("accent", 600) if quadrant == _FIRST else ("ink-quiet", 400)
        spot = {"x": right if is_right else left, "t": say(quadrant)}
        spot["y"] = bottom + 38 if is_below else -14
        side = "right" if is_right else "left"
        layers.append(words([spot], role=role, weight=weight, align=side))
    return layers, found
