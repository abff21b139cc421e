"""What pain points may cost: ranges on one scale of money that holds zero.

A number alone was turned down: the range is the finding. What cannot be said is named
with its reason and has no mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import say, say_count, semicolons, sentences
from journeykit.show.canvas import boxes, dots, filled, said_lines, strokes, words
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import BASE, SMALL, WIDE, Spec, Words, as_altair, dressed
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import NBSP, signed
from journeykit.show.plane import nice_ticks

if TYPE_CHECKING:
    import altair as alt

__all__ = ["value_at_stake", "value_at_stake_data", "value_at_stake_spec"]

_NEEDED = ["entry", "touched", "value", "low", "high", "note"]
_MOST = 40
"""Most rows that are drawn; the twin has all."""


@number_twin
def value_at_stake_data(
    table: pd.DataFrame, *, names: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the numbers behind :func:`value_at_stake`, the largest first.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.value_at_stake.values_at_stake` returns.
    names
        Id of an entry to its name; without one the id is written.

    Returns
    -------
    DataFrame
        ``entry``, ``name``, ``touched`` (customers), ``value``, ``low``, ``high``
        (money; NaN if refused), ``standing`` (``largest``; ``clear``: the range lies on
        one side of zero; ``may be none``; ``refused``) and ``note`` (why it is refused,
        or what to think of with it). What is refused stands last.

    Raises
    ------
    InputError
        If a column is missing.
    """
    twin = chart_table(table, _NEEDED)
    twin.insert(1, "name", [(names or {}).get(str(e), str(e)) for e in twin["entry"]])
    for column in ("touched", "value", "low", "high"):
        twin[column] = pd.to_numeric(twin[column]).astype(float)
    is_refused = twin["value"].isna()
    twin["standing"] = "clear"
    twin.loc[(twin["low"] <= 0) & (twin["high"] >= 0), "standing"] = "may be none"
    twin.loc[is_refused, "standing"] = "refused"
    twin = pd.concat(
        [
            twin[~is_refused].sort_values("value", ascending=False, kind="stable"),
            twin[is_refused],
        ]
    ).reset_index(drop=True)
    is_cost = (twin["standing"] == "clear") & (twin["value"] > 0)
    if is_cost.any():
        twin.loc[is_cost.idxmax(), "standing"] = "largest"
    columns = ["entry", "name", "touched", "value", "low", "high", "standing", "note"]
    return twin[columns]


def _money(value: float, currency: str = "") -> str:
    """Return money to about three figures: a range that wide has no more."""
    after = f"{NBSP}{currency}" if currency else ""
    if abs(value) >= 1e6:
        text = signed(value / 1e6, 1 if abs(value) >= 1e7 else 2).removeprefix("+")
        return say("{n} million", n=text).replace(" ", NBSP) + after
    digits = max(len(str(int(abs(value)))) - 3, 0)
    return f"{signed(round(value, -digits), 0).removeprefix('+')}{after}"


def _range(row: dict[Any, Any], currency: str) -> str:
    value = _money(row["value"], currency)
    return say("{value} ({interval})", value=value, interval=_ends(row))


def _ends(row: dict[Any, Any]) -> str:
    return say("{low} to {high}", low=_money(row["low"]), high=_money(row["high"]))


def _touched(row: dict[Any, Any]) -> str:
    if pd.isna(row["touched"]):
        return say("customers touched not known")
    return say_count(
        "{n} customer touched", "{n} customers touched", int(row["touched"])
    )


def _title(twin: pd.DataFrame, currency: str) -> str:
    shown = twin[twin["standing"] != "refused"]
    if shown.empty:
        if len(twin):
            return say("Value at stake cannot be said for any of {n}", n=len(twin))
        return say("Value at stake cannot be said")
    largest = shown[shown["standing"] == "largest"]
    if largest.empty:
        row = shown.to_dict("records")[0]
        return say(
            "No pain point clearly costs anything: largest is “{name}”, {range}",
            name=row["name"],
            range=_range(row, currency),
        )
    row = largest.to_dict("records")[0]
    rest = shown.drop(index=largest.index)
    is_apart = bool((rest["high"] < row["low"]).all())
    said = {"name": row["name"], "range": _range(row, currency)}
    if len(shown) == 1:
        return say("“{name}” may cost customers worth {range}", **said)
    if is_apart:
        return say("Most is at stake with “{name}”: {range}", **said)
    return say("“{name}” may cost most, not clearly: {range}", **said)


def _words(twin: pd.DataFrame, currency: str, period: str, source: str) -> Words:
    about = say(
        "Customers touched × difference in churn against customers not touched × "
        "lifetime value of a customer. Bar from zero, dot: best guess, line: range. "
        "An upper guess: the groups may differ in other ways too."
    )
    notes = []
    if (twin["standing"] == "may be none").any():
        notes.append(
            say("Grey: the range holds zero, so there may be nothing at stake.")
        )
    if len(twin) > _MOST:
        notes.append(say("Drawn: the first {n} of {total}.", n=_MOST, total=len(twin)))
    may_be_none = say("may be none")
    rows = semicolons(
        f"{row['name']}: "
        + (
            say("not said, {reason}", reason=row["note"])
            if row["standing"] == "refused"
            else f"{_range(row, currency)}, {_touched(row)}"
            + (f", {may_be_none}" if row["standing"] == "may be none" else "")
        )
        for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin, currency),
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Ranges of the value at stake, largest first. {rows}.",
            rows=rows or say("No entry"),
        ),
    )


def value_at_stake(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    currency: str = "",
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw the range of what each pain point may cost.

    Parameters
    ----------
    table, names
        As its twin, :func:`value_at_stake_data`, takes them.
    currency
        Unit of the money, as "EUR".
    period, source
        When it was; where it is from, and what was left out.
    width
        In px; below 500 the names stand above their ranges.
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
        value_at_stake_spec(
            table,
            names=names,
            currency=currency,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def value_at_stake_spec(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    currency: str = "",
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`value_at_stake` as plain Vega-Lite."""
    twin = value_at_stake_data(table, names=names)
    said = _words(twin, currency, period, source)
    is_wide = width >= 500
    rows = twin.head(_MOST).to_dict("records")
    shown = [row for row in rows if row["standing"] != "refused"]
    ends = [end for row in shown for end in (row["low"], row["high"])]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    ticks = nice_ticks(low, high, 5 if is_wide else 3) if shown else (0.0, 1.0)
    left, right = (256.0, width - 176.0) if is_wide else (26.0, width - 34.0)
    step = 52.0 if is_wide else 68.0

    def x(value: float) -> float:
        return left + (value - ticks[0]) / (ticks[-1] - ticks[0]) * (right - left)

    keys = (
        "grid",
        "tick",
        "hair",
        "name",
        "lead",
        "quiet",
        "text",
        "strong",
        "pale",
        "small",
    )
    parts: dict[str, list[dict[str, Any]]] = {key: [] for key in keys}
    marks: dict[str, list[dict[str, Any]]] = {
        key: [] for key in ("largest", "clear", "may be none")
    }
    for at, row in enumerate(rows):
        top = at * step
        middle = top + step / 2 if is_wide else top + 46
        line = middle if is_wide else top + 16
        standing = row["standing"]
        face = {"largest": "lead", "clear": "name"}.get(standing, "quiet")
        room = 240.0 if is_wide else width - 104.0
        name_at = middle - 1 if is_wide else line
        size = BASE if is_wide else SMALL
        parts[face] += said_lines(
            row["name"],
            0,
            name_at,
            room,
            size=size,
            max_lines=2 if is_wide else 1,
            is_bold=face == "lead",
        )
        parts["hair"].append({"x": 0, "x2": width, "y": top + step, "y2": top + step})
        if standing == "refused":
            at_x = left if is_wide else 0
            reason = say("Not said: {reason}", reason=row["note"])
            parts["small"] += said_lines(reason, at_x, middle, width - at_x)
            continue
        mark = {"x": x(0), "x2": x(row["value"]), "v": x(row["value"])}
        marks[standing].append(
            {**mark, "y": middle, "a": x(row["low"]), "b": x(row["high"])}
        )
        values = {"largest": "strong", "clear": "text"}.get(standing, "pale")
        parts[values].append(
            {
                "x": width,
                "y": line - (9 if is_wide else 0),
                "t": _money(row["value"], currency),
            }
        )
        if is_wide:
            span = _ends(row)
            parts["small"].append({"x": width, "y": line + 9, "t": span, "align": "r"})
    n_rows = len(shown)
    spans = (
        [(0.0, n_rows * step)]
        if is_wide
        else [(i * step + 30, i * step + 62) for i in range(n_rows)]
    )
    parts["grid"] = [
        {"x": x(tick), "x2": x(tick), "y": top, "y2": end}
        for tick in ticks
        for top, end in spans
        if shown and tick
    ]
    zero = [{"x": x(0), "x2": x(0), "y": top, "y2": end} for top, end in spans if shown]
    parts["tick"] = [
        {"x": x(tick), "y": -14, "t": _money(tick)} for tick in ticks if shown
    ]
    right_said = [row for row in parts["small"] if "align" in row]
    left_said = [row for row in parts["small"] if "align" not in row]
    bar = 10.0
    layers = [
        *(_marks(marks, bar)),
        words(parts["tick"], align="center", role="ink-quiet"),
    ]
    nothing = [] if rows else [{"x": 0, "y": 20, "t": said.title}]
    size = BASE if is_wide else SMALL
    layers = filled(
        [
            strokes(parts["hair"], "rule"),
            strokes(parts["grid"], "rule"),
            *layers,
            strokes(zero, "ink-soft", 1.5),
            words(parts["name"], size=size),
            words(parts["lead"], size=size, role="accent", weight=600),
            words(parts["quiet"], size=size, role="ink-quiet"),
            words(parts["text"], size=size, align="right", role="ink"),
            words(parts["strong"], size=size, align="right", role="accent", weight=600),
            words(parts["pale"], size=size, align="right", role="ink-quiet"),
            words(right_said, align="right", role="ink-quiet"),
            words(left_said, role="ink-quiet"),
            words(nothing, role="ink-quiet", size=BASE),
        ]
    )
    height = max(len(rows) * step, 40.0)
    return dressed(layers, said, width=width, height=height, has_words=has_words)


def _marks(marks: Mapping[str, list[dict[str, Any]]], bar: float) -> list[Spec]:
    faces = {
        "clear": ("ink", "rule"),
        "may be none": ("mark-quiet", "panel"),
        "largest": ("accent", "accent-tint"),
    }
    layers = []
    for standing, (role, pale) in faces.items():
        rows = marks[standing]
        ends = [{"x": r["a"], "x2": r["b"], "y": r["y"], "y2": r["y"]} for r in rows]
        body = [
            {"x": r["x"], "x2": r["x2"], "y": r["y"] - bar, "y2": r["y"] + bar}
            for r in rows
        ]
        layers += [
            boxes(body, pale),
            strokes(ends, role, 2.5),
            dots([{"x": r["v"], "y": r["y"]} for r in rows], fill=role, stroke=role),
        ]
    return layers
