"""What follows what: a matrix of transitions with a number in each cell.

Activities stand in the order in which most people go through them, so that the way
ahead lies above the diagonal and going back below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, say_count, semicolons, sentences, word
from journeykit.measure.intervals import wilson
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.canvas import boxes, filled, said_lines, words
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import (
    BASE,
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dressed,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, with_interval
from journeykit.show.text_width import text_width

if TYPE_CHECKING:
    import altair as alt

__all__ = ["transition_matrix", "transition_matrix_data", "transition_matrix_spec"]

_NEEDED = ["source", "target", "n_times"]
_MOST = 20
_NARROW_MOST = 6
_OTHERS = word("others")
_SHADES = (0.06, 0.14, 0.23, 0.33, 0.45)
"""Opacity of the accent in a cell; text stays readable on the darkest."""
_UPPER = (0.05, 0.15, 0.3, 0.5)
"""Where the next shade begins, as a share of the source or of the largest cell."""

_DIGIT = 7.2
"""Width of a digit of small text, in px."""

_Show = Literal["share", "count"]


@number_twin
def transition_matrix_data(
    table: pd.DataFrame, *, most: int = _MOST, minimum: int = MIN_ANSWERS
) -> pd.DataFrame:
    """Return the numbers behind :func:`transition_matrix`, row by row of the matrix.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.events_variants.transitions` returns.
    most
        How many activities have a row of their own, 1 to 20; the rest are "others".
    minimum
        Fewest transitions from an activity of which a share is shown.

    Returns
    -------
    DataFrame
        ``source``, ``target`` (``others (12)`` for the 12 least busy together),
        ``n_times``, ``n`` (transitions from the source), ``share`` (of those, 0 to 1)
        with ``low`` and ``high`` (Wilson), NaN below the minimum, and ``is_loop`` (the
        same activity again; never for others). What never follows has no row.

    Raises
    ------
    InputError
        If a column is missing or *most* is out of range.
    """
    if not 1 <= most <= _MOST:
        raise InputError(f"1 to {_MOST} activities were expected, not {most}")
    rows = chart_table(table, _NEEDED)
    rows["source"], rows["target"] = rows["source"].map(str), rows["target"].map(str)
    busy = (
        rows.groupby("source")["n_times"]
        .sum()
        .add(rows.groupby("target")["n_times"].sum(), fill_value=0)
    )
    names = sorted(busy.index, key=lambda name: (-busy[name], name))
    # One alone is named: "others" would say less.
    kept = names if len(names) <= most + 1 and most == _MOST else names[:most]
    kept = kept[:_MOST]
    rest = len(names) - len(kept)
    others = f"{_OTHERS} ({rest})"
    grouped = {name: name if name in kept else others for name in names}
    sums = (
        rows.assign(
            source=rows["source"].map(grouped), target=rows["target"].map(grouped)
        )
        .groupby(["source", "target"], as_index=False)["n_times"]
        .sum()
    )
    pairs = {
        (source, target): int(n)
        for source, target, n in sums.itertuples(index=False, name=None)
    }
    order = [*_in_order(kept, pairs), *([others] if rest else [])]
    leaving = sums.groupby("source")["n_times"].sum().to_dict()
    cells = []
    for source in order:
        for target in order:
            n_times = pairs.get((source, target), 0)
            if n_times:
                n = int(leaving[source])
                found = wilson(n_times, n) if n >= minimum else None
                ends = (n_times / n, found.low, found.high) if found else (None,) * 3
                is_loop = source == target and source != others
                cells.append((source, target, n_times, n, *ends, is_loop))
    columns = ["source", "target", "n_times", "n", "share", "low", "high", "is_loop"]
    types = {"share": float, "low": float, "high": float, "is_loop": bool}
    return pd.DataFrame(cells, columns=columns).astype(types)


def _in_order(names: list[str], pairs: dict[tuple[str, str], int]) -> list[str]:
    """Return names so that few go back (Eades, Lin and Smyth 1993)."""
    left, first, last = list(names), list[str](), list[str]()

    def flow(name: str) -> tuple[int, int]:
        others = [other for other in left if other != name]
        out = sum(pairs.get((name, other), 0) for other in others)
        return out, sum(pairs.get((other, name), 0) for other in others)

    while left:
        flows = {name: flow(name) for name in left}
        end = next((name for name in left if not flows[name][0]), None)
        if end is not None:
            last.insert(0, end)
            left.remove(end)
            continue
        begin = max(left, key=lambda name: flows[name][0] - flows[name][1])
        first.append(begin)
        left.remove(begin)
    return first + last


def _named(activity: str) -> str:
    """Return an activity, the words for the rest said."""
    if not activity.startswith(f"{_OTHERS} ("):
        return activity
    return activity.replace(_OTHERS, say(_OTHERS), 1)


def _share_said(row: dict[Any, Any]) -> str:
    if pd.isna(row["share"]):
        return say_count("{n} time", "{n} times", row["n_times"])
    said = with_interval(row["share"], row["low"], row["high"], "conversion_rate")
    return say("{share} of {n}", share=said, n=count(row["n"]))


def _words(twin: pd.DataFrame, show: _Show, period: str, source: str) -> Words:
    total = int(twin["n_times"].sum())
    loops = int(twin.loc[twin["is_loop"], "n_times"].sum())
    is_named = ~twin["source"].str.startswith(f"{_OTHERS} (") & ~twin[
        "target"
    ].str.startswith(f"{_OTHERS} (")
    named = twin[is_named & ~twin["is_loop"]]
    if named.empty:
        title = say("No move from one activity to another was recorded")
    else:
        row = named.sort_values("n_times", ascending=False, kind="stable").to_dict(
            "records"
        )[0]
        of_source = twin.loc[twin["source"] == row["source"], "n_times"]
        is_first = row["n_times"] == of_source.max() and not pd.isna(row["share"])
        pair = word("“{source}” to “{target}” is the commonest move: {share}")
        if is_first:
            pair = word("After “{source}” most often comes “{target}”: {share}")
        pairs = {"source": row["source"], "target": row["target"]}
        title = say(pair, **pairs, share=_share_said(row))
    what = word(
        "How often the activity of the column follows that of the row; {n} moves."
    )
    if show == "share":
        what = word(
            "Of all moves from the activity of the row, how many in 100 go to that of "
            "the column; {n} moves."
        )
    about = say(what, n=count(total))
    if total:
        again = say(
            "Outlined: the same again, {n} moves ({share}).",
            n=count(loops),
            share=percent(loops / total),
        )
        about = f"{about} {again}"
    notes = []
    if show == "share" and twin["share"].isna().any():
        notes.append(say("A dash: too few from there for a share."))
    said = semicolons(
        say(
            "{source} to {target}: {share}",
            source=_named(row["source"]),
            target=_named(row["target"]),
            share=_share_said(row),
        )
        for row in twin.sort_values("n_times", ascending=False, kind="stable")
        .head(10)
        .to_dict("records")
    )
    return Words(
        title=title,
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Matrix of {n} transitions, the most frequent: {rows}.",
            n=len(twin),
            rows=said or say("none"),
        ),
    )


def transition_matrix(
    table: pd.DataFrame,
    *,
    show: _Show = "share",
    most: int = _MOST,
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw which activity follows which.

    Parameters
    ----------
    table, most, minimum
        As its twin, :func:`transition_matrix_data`, takes them.
    show
        Whether cells hold the share of the row or a count.
    period, source
        When it was; where it is from, and what was left out.
    width
        In px; below 500 the 6 busiest have a row of their own.
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
        transition_matrix_spec(
            table,
            show=show,
            most=most,
            minimum=minimum,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def transition_matrix_spec(
    table: pd.DataFrame,
    *,
    show: _Show = "share",
    most: int = _MOST,
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`transition_matrix` as plain Vega-Lite."""
    if show not in ("share", "count"):
        raise InputError(f'"share" or "count" was expected, not {show!r}')
    is_wide = width >= 500
    twin = transition_matrix_data(table, most=most, minimum=minimum)
    said = _words(twin, show, period, source)
    if not is_wide:
        twin = transition_matrix_data(
            table, most=min(most, _NARROW_MOST), minimum=minimum
        )
    order = _drawn_order(twin)
    n = max(len(order), 1)
    longest = max((text_width(_named(one), BASE) for one in order), default=0.0)
    left = min(250.0, longest + 48) if is_wide else 150.0
    cell = min((width - left) / n, 84.0)
    high = 28.0 if is_wide else 36.0
    is_headed = cell >= 66  # else columns have the number of their row
    parts: dict[str, list[dict[str, Any]]] = {"name": [], "head": [], "n": []}
    for at, name in enumerate(_named(one) for one in order):
        y, x = at * high + high / 2, left + at * cell + cell / 2
        size = BASE if is_wide and n <= 12 else SMALL
        place = "" if is_headed else f"{at + 1}"
        indent = 0.0 if is_headed else 26.0 if is_wide else 20.0
        room, n_lines = left - indent - 12, 1 if is_wide else 2
        parts["name"] += said_lines(name, indent, y, room, size=size, max_lines=n_lines)
        if is_headed:
            lines = said_lines(name, x, 0, cell - 8, max_lines=3)
            lift = lines[-1]["y"] + 14
            parts["head"] += [{**row, "y": row["y"] - lift} for row in lines]
        else:
            parts["n"].append({"x": indent - 8, "y": y, "t": place})
            parts["head"].append({"x": x, "y": -14, "t": place})
    layers = [
        words(parts["name"], size=BASE if is_wide and n <= 12 else SMALL),
        words(parts["n"], align="right", role="ink-quiet"),
        words(parts["head"], align="center", role="ink-quiet"),
        *_cells(twin, order, show, (left, cell, high)),
    ]
    if twin.empty:
        nothing = [{"x": 0, "y": 14, "t": said.title}]
        layers.append(words(nothing, role="ink-quiet", size=BASE))
    height = n * high
    return dressed(
        filled(layers), said, width=width, height=height, has_words=has_words
    )


def _drawn_order(twin: pd.DataFrame) -> list[str]:
    """Return activities as rows stand; what never leaves comes last, others at all."""
    sources = list(dict.fromkeys(twin["source"]))
    targets = [name for name in dict.fromkeys(twin["target"]) if name not in sources]
    every = sources + targets
    return sorted(every, key=lambda name: name.startswith(f"{_OTHERS} ("))


def _cells(
    twin: pd.DataFrame,
    order: Sequence[str],
    show: _Show,
    places: tuple[float, float, float],
) -> list[Spec]:
    left, cell, high = places
    at = {name: i for i, name in enumerate(order)}

    def box(row: int, column: int) -> dict[str, Any]:
        x, y = left + column * cell, row * high
        return {"x": x + 1, "x2": x + cell - 1, "y": y + 1, "y2": y + high - 1}

    largest = int(twin["n_times"].max()) if len(twin) else 1
    shaded: dict[float, list[dict[str, Any]]] = {shade: [] for shade in _SHADES}
    loops: list[dict[str, Any]] = []
    plain: list[dict[str, Any]] = []
    quiet: list[dict[str, Any]] = []
    for row in twin.to_dict("records"):
        place = box(at[row["source"]], at[row["target"]])
        is_unknown = show == "share" and pd.isna(row["share"])
        part = row["share"] if show == "share" else row["n_times"] / largest
        shade = _SHADES[0 if is_unknown else sum(part >= edge for edge in _UPPER)]
        shaded[shade].append(place)
        if row["is_loop"]:
            loops.append(place)
        text = _cell_text(row, show, is_unknown=is_unknown, room=cell - 2)
        middle = {
            "x": (place["x"] + place["x2"]) / 2,
            "y": (place["y"] + place["y2"]) / 2,
            "t": text,
        }
        (quiet if is_unknown or text.startswith("<") else plain).append(middle)
    diagonal = [box(i, i) for i in range(len(order) if len(twin) else 0)]
    return [
        boxes(diagonal, "panel"),
        *(boxes(rows, "accent", opacity=shade) for shade, rows in shaded.items()),
        boxes(loops, "paper", opacity=0, edge="ink", edge_px=1.5),
        words(plain, align="center"),
        words(quiet, align="center", role="ink-quiet"),
    ]


def _cell_text(
    row: dict[Any, Any], show: _Show, *, is_unknown: bool, room: float
) -> str:
    if is_unknown:
        return "\N{EN DASH}"
    if show == "share":
        return "<1" if row["share"] < 0.005 else f"{row['share'] * 100:.0f}"
    text = count(row["n_times"])
    if len(text) * _DIGIT <= room:
        return text
    return "<1k" if row["n_times"] < 500 else f"{row['n_times'] / 1000:.0f}k"
