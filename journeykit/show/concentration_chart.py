"""How much of the value few customers hold: shares added up, highest value first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.language import percent, say, semicolons, word
from journeykit.show.chart_table import chart_table, plain_rows
from journeykit.show.frame import (
    WIDE,
    Spec,
    Words,
    as_altair,
    dot,
    dressed,
    layer,
    line,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import interval, n_text, value_text, with_interval
from journeykit.show.plane import Plane, area, bars, nice_ticks, path

if TYPE_CHECKING:
    import altair as alt

__all__ = ["clv_concentration", "clv_concentration_data", "clv_concentration_spec"]

_NEEDED = ("top", "n_top", "value", "low", "high", "n", "reliability")
_HEIGHT = 300
_DEFINITION = "revenue_concentration"
_MARKED = 0.1
_HELD = word("revenue")
_TENTHS = {
    0.01: word("hundredth"),
    0.05: word("twentieth"),
    0.1: word("tenth"),
    0.2: word("fifth"),
    0.25: word("quarter"),
    0.5: word("half"),
}


@number_twin
def clv_concentration_data(table: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`clv_concentration`.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.clv_concentration.concentration_table` returns.

    Returns
    -------
    DataFrame
        ``top`` (share of the customers), ``n_top``, ``value``, ``low``, ``high`` (share
        of the value that they hold, 0 to 1; NaN if not shown), ``n``, ``reliability``
        and ``is_marked``: the row in the title, a tenth or what is nearest to it.

    Raises
    ------
    InputError
        If a column is missing.
    """
    twin = chart_table(table, _NEEDED).sort_values("top", ignore_index=True)
    is_few = twin["reliability"] == "fewer than minimum"
    for column in ("n_top", "n"):
        twin[column] = twin[column].astype("Int64").mask(is_few)
    shown = twin.dropna(subset=["value"])
    nearest = (shown["top"] - _MARKED).abs()
    twin["is_marked"] = False
    if len(shown):
        twin.loc[nearest.idxmin(), "is_marked"] = True
    return twin


def _top(share: float) -> str:
    for known, name in _TENTHS.items():
        if abs(share - known) < 1e-9:
            return say(name)
    return _percent(share)


def _percent(share: float) -> str:
    return percent(share, 0 if round(share, 4) == round(share, 2) else 1)


def _words(twin: pd.DataFrame, held: str, source: str) -> Words:
    measure = MEASURES[_DEFINITION]
    shown = twin.dropna(subset=["value"])
    held = say(held)
    if shown.empty:
        title = say("How much of {held} the top tenth holds: not measured", held=held)
        if (twin["reliability"] == "fewer than minimum").any():
            title = say(
                "How much of {held} the top tenth holds: too few customers to show",
                held=held,
            )
    else:
        row = shown[shown["is_marked"]].to_dict("records")[0]
        title = say(
            "The top {part} of customers holds {value} of {held} ({interval}), {n}",
            part=_top(row["top"]),
            value=value_text(row["value"], _DEFINITION),
            held=held,
            interval=interval(row["low"], row["high"], _DEFINITION),
            n=n_text(row["n"]),
        )
    notes = []
    if (shown["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 customers."))
    about = say(
        "Share of {held} held by the customers with the highest value, added up. "
        "Band: {level} interval ({method}). Dashed: if all brought the same.",
        held=held,
        level=percent(0.95),
        method=say(measure.interval),
    )
    rows = semicolons(
        say(
            "top {share}: {value}",
            share=_percent(row["top"]),
            value=with_interval(row["value"], row["low"], row["high"], _DEFINITION),
        )
        for row in shown.to_dict("records")
    )
    rows = rows or say("No number")
    alt = f"{title}. {rows}."
    return Words(title, about, " ".join([*notes, source]).strip(), alt)


def clv_concentration(
    table: pd.DataFrame,
    *,
    held: str = _HELD,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw how much of the value the customers with the highest value hold.

    Parameters
    ----------
    table
        As its twin, :func:`clv_concentration_data`, takes it.
    held
        What the value is, such as revenue or predicted value.
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
        clv_concentration_spec(
            table, held=held, source=source, width=width, has_words=has_words
        )
    )


def clv_concentration_spec(
    table: pd.DataFrame,
    *,
    held: str = _HELD,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`clv_concentration` as plain Vega-Lite."""
    twin = clv_concentration_data(table)
    words = _words(twin, held, source)
    shown = twin.dropna(subset=["value"])
    # Where some customers cost money, the others together hold more than all.
    most = max(1.0, float(shown["high"].max())) if len(shown) else 1.0
    y_ticks = nice_ticks(0, most, 5 if most > 1 else 6)
    is_wide = width >= 500
    x_ticks = (0.1, 0.25, 0.5, 0.75, 1.0) if is_wide else (0.1, 0.5, 1.0)
    plane = Plane(
        left=56,
        right=width - (24 if is_wide else 28),
        height=_HEIGHT,
        x_ends=(0, 1),
        y_ends=(0, y_ticks[-1]),
        x_ticks=[
            (
                tick,
                say("top {share}", share=percent(tick))
                if tick == 0.1
                else percent(tick),
            )
            for tick in x_ticks
        ],
        y_ticks=[(tick, value_text(tick, _DEFINITION)) for tick in y_ticks],
    )
    fields = {"x": "top", "y": "value", "low": "low", "high": "high"}
    nobody = {"x": 0.0, "y": 0.0, "low": 0.0, "high": 0.0}
    rows = [nobody, *plain_rows(shown, **fields)] if len(shown) else []
    trust = set(shown["reliability"])
    is_few = trust != {"enough"}
    band = ("hatch", 0.3) if is_few else ("accent-tint", 1.0)
    layers = [area(rows, plane, band[0], opacity=band[1])] if rows else []
    layers += plane.ground()
    if rows:
        same = [{"x": 0, "y": 0}, {"x": 1, "y": 1}]
        layers.append(path(same, plane, "mark-quiet", width=1, dash=(4, 4)))
        layers.append(path(rows, plane, "accent"))
    for row in plain_rows(shown[shown["is_marked"]], **fields):
        down = {**line("ink", 1), "strokeDash": [2, 4]}
        foot = [{**row, "foot": 0}]
        value = value_text(row["y"], _DEFINITION)
        if is_wide:
            value = say("{value} of {held}", value=value, held=say(held))
        said = [{**row, "t": value}]
        y = {"y": plane.y(), "y2": {"field": "foot"}}
        bold: dict[str, Any] = {"role": "accent", "weight": 600}
        layers += [
            layer(foot, down, x=plane.x(), **y),
            bars([row], plane, "accent"),
            layer([row], dot(fill="accent", stroke="accent"), x=plane.x(), y=plane.y()),
            plane.words_at(said, **bold, dx=14, dy=12),
        ]
    return dressed(layers, words, width=width, height=_HEIGHT + 28, has_words=has_words)
