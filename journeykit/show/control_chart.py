"""A number over time with the limits within which it moves by chance.

Grey is noise; only a signal has the accent and its words. The centre and its limits are
drawn thinner than the line, so that nobody reads them as data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import UnknownNameError
from journeykit.language import say, word
from journeykit.show.chart_table import chart_table, plain_rows
from journeykit.show.frame import (
    WIDE,
    Spec,
    Words,
    as_altair,
    dot,
    dressed,
    layer,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import value_text
from journeykit.show.period_plane import MOST_PERIODS, period_plane, undrawn
from journeykit.show.plane import area, path

if TYPE_CHECKING:
    import altair as alt

__all__ = ["control_chart", "control_chart_data", "control_chart_spec"]

_NEEDED = ("period", "value", "centre", "lower_limit", "upper_limit", "signal")
_HEIGHT = 240
_SAID = {
    "above the limit": word("{measure} in {period}: {value}, above its limit"),
    "below the limit": word("{measure} in {period}: {value}, below its limit"),
    "8 on one side": word(
        "{measure} in {period}: {value}, the eighth in a row on one side"
    ),
    "jump": word("{measure} in {period}: {value}, a jump from the period before"),
}
_SIGNALS = {
    "above the limit": word("above the limit"),
    "below the limit": word("below the limit"),
    "8 on one side": word("8 on one side"),
    "jump": word("jump"),
}


@number_twin
def control_chart_data(limits: pd.DataFrame, *, definition: str) -> pd.DataFrame:
    """Return the numbers behind :func:`control_chart`.

    Parameters
    ----------
    limits
        What :func:`journeykit.measure.control_limits.p_chart` or ``xmr_chart`` returns.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.

    Returns
    -------
    DataFrame
        ``period``, ``value``, ``centre``, ``lower_limit``, ``upper_limit`` in the unit
        of the definition, ``signal`` (empty: may be chance).

    Raises
    ------
    UnknownNameError
        If there is no such measure.
    InputError
        If a column is missing.
    """
    if definition not in MEASURES:
        raise UnknownNameError("measure", definition, MEASURES)
    twin = chart_table(limits, _NEEDED)
    return twin.assign(period=twin["period"].astype(str))


def _words(twin: pd.DataFrame, definition: str, source: str) -> Words:
    measure = MEASURES[definition]
    shown = twin.dropna(subset=["value"])
    signals = shown[shown["signal"] != ""].to_dict("records")
    short = say(measure.short)
    if shown.empty:
        title = say("{measure} was measured in no period", measure=short)
    elif signals:
        one = signals[-1]
        title = say(
            _SAID[one["signal"]],
            measure=short,
            period=one["period"],
            value=value_text(one["value"], definition),
        )
    else:
        last = value_text(shown["value"].iloc[-1], definition)
        title = say(
            "{measure} moves by chance only; last {value}", measure=short, value=last
        )
    about = say(
        "{measure}, {unit}. Band: where it moves by chance (control limits at three "
        "standard errors). Line: the centre.",
        measure=say(measure.label),
        unit=say(measure.unit),
    )
    rows = "; ".join(
        f"{row['period']}: {value_text(row['value'], definition)}"
        + (f", {say(_SIGNALS[row['signal']])}" if row["signal"] else "")
        for row in shown.tail(60).to_dict("records")
    )
    rows = rows or say("No number")
    source = f"{undrawn(len(twin))} {source}".strip()
    return Words(title, about, source, f"{title}. {rows}.")


def control_chart(
    limits: pd.DataFrame,
    *,
    definition: str,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw a number over time with its control limits.

    Parameters
    ----------
    limits, definition
        As its twin, :func:`control_chart_data`, takes them.
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
        control_chart_spec(
            limits,
            definition=definition,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def control_chart_spec(
    limits: pd.DataFrame,
    *,
    definition: str,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`control_chart` as plain Vega-Lite."""
    twin = control_chart_data(limits, definition=definition)
    words = _words(twin, definition, source)
    twin = twin.tail(MOST_PERIODS)
    rows = plain_rows(
        twin,
        y="value",
        low="lower_limit",
        high="upper_limit",
        centre="centre",
        signal="signal",
    )
    rows = [{**row, "x": at} for at, row in enumerate(rows)]
    drawn = twin[["value", "lower_limit", "upper_limit"]].to_numpy(dtype=float).ravel()
    plane = period_plane(
        list(twin["period"]),
        drawn,
        lambda tick: value_text(tick, definition),
        width=width,
        height=_HEIGHT,
    )
    signals = [row for row in rows if row["signal"] and row["y"] is not None]
    noise = [row for row in rows if not row["signal"] and row["y"] is not None]
    banded = [row for row in rows if row["low"] is not None]
    centred = [{"x": row["x"], "y": row["centre"]} for row in banded]
    layers = [
        *([area(banded, plane, "panel")] if banded else []),
        *plane.ground(),
        *([path(centred, plane, "mark-quiet", width=1)] if centred else []),
        *([path(rows, plane, "mark-quiet", width=1.5)] if noise or signals else []),
    ]
    for some, role in ((noise, "mark-quiet"), (signals, "accent")):
        if some:
            mark = dot(fill=role, stroke=role)
            layers.append(layer(some, mark, x=plane.x(), y=plane.y()))
    said = [{**row, "t": value_text(row["y"], definition)} for row in signals]
    below = [row for row in said if row["centre"] and row["y"] < row["centre"]]
    above = [row for row in said if row not in below]
    for some, dy in ((above, -16), (below, 18)):
        face: dict[str, Any] = {"role": "accent", "weight": 600, "align": "center"}
        layers += [plane.words_at(some, **face, dy=dy)] if some else []
    return dressed(layers, words, width=width, height=_HEIGHT + 28, has_words=has_words)
