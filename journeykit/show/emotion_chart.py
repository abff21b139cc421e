"""The emotion curve as a chart: felt as a smooth line, measured thinner with its band.

The map draws it above its columns; here it stands alone, so only stages are written
below, and touchpoints where the curve turns. Lines are monotone between points: none
rises above what somebody felt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import say
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.show.chart_table import plain_rows
from journeykit.show.emotion_words import MOST_TOUCHPOINTS, emotion_words
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    as_altair,
    dot,
    dressed,
    layer,
    line,
    px,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import NBSP
from journeykit.show.plane import Plane, area, bars, haloed, path
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import light
from journeykit.vocabulary import EMOTIONS

if TYPE_CHECKING:
    import altair as alt

__all__ = ["emotion_curve", "emotion_curve_data", "emotion_curve_spec"]

_HEIGHT = 320
_REACH = 2.8
_UNIT_PX = _HEIGHT / (2 * _REACH)
_LINE_PX = 16
_LABEL_PX = 120.0
_COLUMNS = [
    *("persona", "who", "column", "touchpoint", "name", "stage"),
    *("felt", "word", "measured", "low", "high", "n", "reliability", "turn", "gap"),
]
_FIRST = {"lowest": 0, "highest": 1, "valley": 2, "peak": 3}


@number_twin
def emotion_curve_data(rows: Sequence[EmotionRow]) -> pd.DataFrame:
    """Return the numbers behind :func:`emotion_curve`, its rows as a table.

    Parameters
    ----------
    rows
        What :func:`journeykit.layout.emotion_curve.emotion_curve_data` returns.

    Returns
    -------
    DataFrame
        One row a touchpoint and curve, in their order: ``persona``, ``who``,
        ``column``, ``touchpoint``, ``name``, ``stage``, ``felt``, ``word``,
        ``measured``, ``low``, ``high`` (-2 to +2; NaN where nobody said), ``n``,
        ``reliability``, ``turn`` (``highest``, ``peak``, ``valley``, ``lowest`` or
        empty), ``gap`` (felt less measured).
    """
    cells = [[getattr(row, column) for column in _COLUMNS] for row in rows]
    twin = pd.DataFrame(cells, columns=_COLUMNS)
    for column in ("felt", "measured", "low", "high", "gap"):
        twin[column] = twin[column].astype(float)
    is_few = twin["reliability"] == "fewer than minimum"
    twin["n"] = twin["n"].astype("Int64").mask(is_few)
    twin["turn"] = twin["turn"].fillna("").astype(str)
    return twin


def emotion_curve(
    rows: Sequence[EmotionRow],
    *,
    stages: Mapping[str, str] | None = None,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw what was felt along the journey beside what was measured.

    Parameters
    ----------
    rows
        As its twin, :func:`emotion_curve_data`, takes them. The first curve is the
        hero; others are thin lines, drawn from 500 px on.
    stages
        Name of each stage by its id, in order; None writes none.
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
    """
    return as_altair(
        emotion_curve_spec(
            rows, stages=stages, source=source, width=width, has_words=has_words
        )
    )


def emotion_curve_spec(
    rows: Sequence[EmotionRow],
    *,
    stages: Mapping[str, str] | None = None,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`emotion_curve` as plain Vega-Lite."""
    twin = emotion_curve_data(rows)
    curves = [part for _, part in twin.groupby("persona", sort=False)]
    hero = curves[0].head(MOST_TOUCHPOINTS) if curves else twin
    is_wide = width >= 500
    others = curves[1:7] if is_wide else []
    ends = [
        (str(part["who"].iloc[0]), f"persona-{letter}", part.head(MOST_TOUCHPOINTS))
        for part, letter in zip(others, "abcdef", strict=False)
    ]
    widths = [text_width(who, SMALL, is_bold=True) for who, _, _ in ends]
    widest = min(max(widths, default=0.0), _LABEL_PX + 24)
    last = int(hero["column"].max()) if len(hero) else 0
    # Other languages have longer words for it.
    named = [text_width(say(name), SMALL) + 10 for name in EMOTIONS.values()]
    plane = Plane(
        left=max(76.0 if is_wide else 66.0, *named),
        right=width - (widest + 24 if ends else 8),
        height=_HEIGHT,
        x_ends=(-0.5, last + 0.5),
        y_ends=(-_REACH, _REACH),
        y_ticks=[(level, say(name)) for level, name in EMOTIONS.items()],
    )
    heads, said = _stages(hero, stages or {}, plane)
    n_left = max(len(curves) - 1 - len(ends), 0)
    words = emotion_words(twin, hero, n_left, (said, source))
    points = plain_rows(
        hero,
        **{"x": "column", "felt": "felt", "measured": "measured", "turn": "turn"},
        **{"low": "low", "high": "high", "trust": "reliability", "name": "name"},
    )
    layers = [
        *heads,
        *_shade(points, plane),
        *plane.ground(),
        *_measured_layers(points, plane),
        *_others(ends, plane),
        *_felt(points, "felt", plane, "ink", 3.5),
        *_turns(points, plane),
    ]
    shown = [part for part in layers if part["data"]["values"]]
    height = _HEIGHT + 28 * bool(heads)
    return dressed(shown, words, width=width, height=height, has_words=has_words)


def _runs(
    points: Sequence[Mapping[str, Any]], *needed: str
) -> Iterator[list[Mapping[str, Any]]]:
    """Yield stretches of neighbouring columns that have all that is needed."""
    run: list[Mapping[str, Any]] = []
    for point in points:
        if any(point[key] is None for key in needed):
            continue
        if run and point["x"] != run[-1]["x"] + 1:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _felt(
    points: Sequence[Mapping[str, Any]], key: str, plane: Plane, role: str, wide: float
) -> list[Spec]:
    """Return one line a stretch; a touchpoint alone is a dot of the same colour."""
    layers, alone = [], []
    for run in _runs(points, key):
        rows = [{"x": point["x"], "y": point[key]} for point in run]
        layers.append(path(rows, plane, role, width=wide, is_smooth=True))
        alone += rows if len(rows) == 1 else []
    mark = {**dot(fill=role, stroke=role), "size": 24 + wide * 12}
    return [*layers, layer(alone, mark, x=plane.x(), y=plane.y())]


def _shade(points: Sequence[Mapping[str, Any]], plane: Plane) -> list[Spec]:
    gaps = []
    for run in _runs(points, "felt", "measured"):
        rows = [
            {"x": point["x"], "low": point["felt"], "high": point["measured"]}
            for point in run
        ]
        gaps.append(area(rows, plane, "gap", is_smooth=True))
    return gaps


def _measured_layers(points: list[dict[str, Any]], plane: Plane) -> list[Spec]:
    known = [point for point in points if point["measured"] is not None]
    bands = [
        area(run, plane, "accent-tint", is_smooth=True)
        for run in _runs(points, "measured", "low", "high")
        if len(run) > 1
    ]
    barred = [point for point in known if None not in (point["low"], point["high"])]
    few = [point for point in barred if point["trust"] == "few answers"]
    firm = [point for point in barred if point not in few]
    half = 6 * (plane.x_ends[1] - plane.x_ends[0]) / (plane.right - plane.left)
    boxes = [
        {**point, "x": point["x"] - half, "x2": point["x"] + half} for point in few
    ]
    box = {"type": "rect", "color": light("hatch"), "stroke": light("accent")}
    box_ends = {"x2": {"field": "x2"}, "y2": {"field": "high"}}
    dots = [{"x": point["x"], "y": point["measured"]} for point in known]
    mark = {**dot(fill="accent", stroke="accent"), "size": 28}
    return [
        *bands,
        bars(firm, plane, "accent", 1.5),
        layer(boxes, box, x=plane.x(), y=plane.y("low"), **box_ends),
        *_felt(points, "measured", plane, "accent", 1.5),
        layer(dots, mark, x=plane.x(), y=plane.y()),
    ]


def _others(ends: list[tuple[str, str, pd.DataFrame]], plane: Plane) -> list[Spec]:
    """Return the other curves, each named at its end; names keep their distance."""
    layers, names = [], []
    for who, role, part in ends:
        points = plain_rows(part, x="column", felt="felt")
        layers += _felt(points, "felt", plane, role, 1.75)
        known = [point for point in points if point["felt"] is not None]
        if known:
            names.append((known[-1]["felt"], who, role))
    lowest = _REACH
    for y, who, role in sorted(names, reverse=True):
        lowest = min(y, lowest)
        said = []
        for text in wrapped(who, _LABEL_PX + 24, SMALL, max_lines=2, is_bold=True):
            said.append({"x": plane.x_ends[1], "y": lowest, "t": text})
            lowest -= _LINE_PX / _UNIT_PX
        layers.append(plane.words_at(said, role=role, weight=600, dx=8))
    return layers


def _turns(points: Sequence[Mapping[str, Any]], plane: Plane) -> list[Spec]:
    """Name where the curve turns; of two names that would collide one gives way."""
    step = (plane.right - plane.left) / (plane.x_ends[1] - plane.x_ends[0])
    turning = [point for point in points if point["turn"] and point["felt"] is not None]
    ordered = sorted(turning, key=lambda point: _FIRST.get(point["turn"], 9))
    taken: list[tuple[float, float, float, float]] = []
    rows: list[dict[str, Any]] = []
    for point in ordered:
        lines = wrapped(str(point["name"]), _LABEL_PX, SMALL, max_lines=2, is_bold=True)
        wide = max(text_width(text, SMALL, is_bold=True) for text in lines) + 8
        middle = plane.left + (point["x"] - plane.x_ends[0]) * step
        middle = min(max(middle, plane.left + wide / 2), plane.right - wide / 2)
        is_up = point["turn"] in ("highest", "peak")
        at = (_REACH - point["felt"]) * _UNIT_PX
        tall = _LINE_PX * len(lines)
        top = at - 12 - tall if is_up else at + 12
        box = (middle - wide / 2, top, middle + wide / 2, top + tall)
        if any(_collide(box, other) for other in taken):
            continue
        taken.append(box)
        x = (middle - plane.left) / step + plane.x_ends[0]
        for i, text in enumerate(lines):
            y = _REACH - (top + (i + 0.5) * _LINE_PX) / _UNIT_PX
            rows.append({"x": x, "y": y, "t": text})
    face: dict[str, Any] = {"weight": 600, "align": "center"}
    mark = dot(fill="ink", stroke="paper")
    dots = [{"x": point["x"], "y": point["felt"]} for point in turning]
    return [
        layer(dots, mark, x=plane.x(), y=plane.y()),
        *haloed(plane.words_at(rows, **face)),
    ]


def _collide(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    return (
        one[0] < other[2]
        and other[0] < one[2]
        and one[1] < other[3]
        and other[1] < one[3]
    )


def _stages(
    hero: pd.DataFrame, names: Mapping[str, str], plane: Plane
) -> tuple[list[Spec], str]:
    """Return stage heads below the field, and the names where only numbers fit."""
    if hero.empty or not names:
        return [], ""
    spans = hero.groupby("stage", sort=False)["column"].agg(["min", "max"])
    step = (plane.right - plane.left) / (plane.x_ends[1] - plane.x_ends[0])
    numbers = {stage: i for i, stage in enumerate(names, 1)}
    rows, is_short = [], False
    for stage, low, high in spans.itertuples():
        room = (high - low + 1) * step - 8
        name = names.get(stage, "")
        is_short |= text_width(name, SMALL) > max(room, 1)
        rows.append(
            {"x": (low + high) / 2, "t": name, "n": str(numbers.get(stage, ""))}
        )
    if is_short:
        rows = [{**row, "t": row["n"]} for row in rows]
    text = {"type": "text", "baseline": "middle", "limit": 0, "align": "center"}
    face = {**text, "fontSize": SMALL, "color": light("ink-soft")}
    said = {"field": "t", "type": "nominal"}
    edges = [{"x": low - 0.5} for low in list(spans["min"])[1:]]
    ends = {"y": px(0), "y2": px(plane.height + 26)}
    listed = [f"{numbers[key]}{NBSP}{name}" for key, name in names.items()]
    return [
        layer(edges, line("rule"), x=plane.x(), **ends),
        layer(rows, face, x=plane.x(), y=px(plane.height + 18), text=said),
    ], (say("Stages: {names}.", names=", ".join(listed)) if is_short else "")
