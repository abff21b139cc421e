"""Which touchpoints go with the overall answer: dots with intervals, largest first.

The rank is written as the words of its interval, because the order of two drivers
whose intervals overlap is mostly chance. Beside it stands the plain correlation: a
driver that shares its part with others has a high one and a small share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.language import decimals, percent, say, say_count, word
from journeykit.measure.drivers import DRIVERS_NOTE
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import (
    BASE,
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dot,
    dressed,
    gridlines,
    hairlines,
    layer,
    line,
    number,
    percent_expr,
    shortened,
    text_mark,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import NBSP, n_text, signed
from journeykit.show.plane import nice_ticks
from journeykit.show.text_width import text_width

if TYPE_CHECKING:
    import altair as alt

__all__ = ["driver_shares", "driver_shares_data", "driver_shares_spec"]

_NEEDED = (
    *("driver", "value", "low", "high", "rank", "rank_low", "rank_high"),
    *("zero_order_r", "r_squared", "method", "n", "reliability", "note"),
)
_SMALL_SHARE = 0.095
_OUTCOME = word("the overall answer")
_ROLES = {"first": "accent", "may be chance": "mark-quiet", "clear": "ink"}


@number_twin
def driver_shares_data(shares: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`driver_shares`, largest share first.

    Parameters
    ----------
    shares
        What :func:`journeykit.measure.drivers.driver_shares` returns.

    Returns
    -------
    DataFrame
        Its columns of shares, ranks and correlations, and: ``standing`` (``first``;
        ``may be chance``: it may be first as well; ``clear``; ``not shown``) and
        ``rank_said``, the rank in words. What is not shown stands last, by name.

    Raises
    ------
    InputError
        If a column is missing.
    """
    found = chart_table(shares, _NEEDED)
    for column in ("value", "low", "high", "zero_order_r", "r_squared"):
        found[column] = pd.to_numeric(found[column]).astype(float)
    is_few = found["reliability"] == "fewer than minimum"
    found["n"] = found["n"].astype("Int64").mask(is_few)
    twin = found.sort_values(
        ["value", "driver"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)
    twin["standing"] = "clear"
    if len(twin):
        # With no draws there are no ranks: only the order is known.
        may_lead = (twin["rank_low"] == 1).fillna(False).astype(bool)
        twin.loc[may_lead, "standing"] = "may be chance"
        twin.loc[0, "standing"] = "first"
    twin.loc[twin["value"].isna(), "standing"] = "not shown"
    twin["rank_said"] = [_rank(row) for row in twin.to_dict("records")]
    return twin


def _rank(row: dict[Any, Any]) -> str:
    if row["standing"] == "not shown" or pd.isna(row["rank"]):
        return ""
    if pd.isna(row["rank_low"]) or pd.isna(row["rank_high"]):
        return say("rank {rank}", rank=row["rank"])
    low, high = int(row["rank_low"]), int(row["rank_high"])
    if low == high:
        return say("rank {rank}", rank=low)
    return say("rank {low} to {high}", low=low, high=high)


def _digits(twin: pd.DataFrame) -> int:
    """Return how many decimals tell the shares apart: many drivers have small ones."""
    return 1 if twin["value"].max() < _SMALL_SHARE else 0


def _ends(row: dict[Any, Any], digits: int) -> str:
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return ""
    low, high = (decimals(row[end] * 100, digits) for end in ("low", "high"))
    return say("{low} to {high}", low=low, high=high)


def _missing(row: dict[Any, Any]) -> str:
    if row["standing"] != "not shown":
        return ""
    if row["reliability"] == "fewer than minimum":
        return say("too few answers")
    return str(row["note"] or say("not measured"))


def _row_said(row: dict[Any, Any], digits: int) -> str:
    if row["standing"] == "not shown":
        return _missing(row)
    return f"{_share(row, digits)}, {row['rank_said']}, {_r(row)}"


def _share(row: dict[Any, Any], digits: int) -> str:
    ends = _ends(row, digits)
    share = percent(row["value"], digits)
    return say("{value} ({interval})", value=share, interval=ends) if ends else share


def _r(row: dict[Any, Any]) -> str:
    return f"r{NBSP}{signed(row['zero_order_r'], 2)}"


def _title(first: dict[Any, Any], shown: list[dict[Any, Any]], outcome: str) -> str:
    """Return the finding: bare shares with their interval after the words."""
    digits = 1 if max(row["value"] for row in shown) < _SMALL_SHARE else 0
    ends = _ends(first, digits)
    share = say("{share} of its variance", share=percent(first["value"], digits))
    numbers = {
        "name": first["driver"],
        "outcome": outcome,
        "share": say("{value} ({interval})", value=share, interval=ends)
        if ends
        else share,
        "n_answers": n_text(first["n"]),
    }
    rivals = sum(row["standing"] == "may be chance" for row in shown)
    if not rivals:
        return say(
            "{name} goes furthest with {outcome}: {share}, {n_answers}", **numbers
        )
    return say_count(
        "{name} goes furthest with {outcome}, but {n} other may be first: {share}, "
        "{n_answers}",
        "{name} goes furthest with {outcome}, but {n} others may be first: {share}, "
        "{n_answers}",
        rivals,
        **numbers,
    )


def _words(twin: pd.DataFrame, outcome: str, source: str) -> Words:
    shown = twin[twin["standing"] != "not shown"].to_dict("records")
    digits = _digits(twin)
    outcome = say(outcome)
    about = say(
        "Shares of the variance of {outcome} (method {method}), with {level} "
        "intervals.",
        method=twin["method"].iloc[0] if len(twin) else "LMG",
        outcome=outcome,
        level=percent(0.95),
    )
    if shown:
        first = shown[0]
        title = _title(first, shown, outcome)
        together = say(
            "Together {share}. r: correlation of the two alone.",
            share=percent(first["r_squared"]),
        )
        about = f"{about} {together}"
    else:
        title = say("What goes with {outcome} was not measured", outcome=outcome)
    notes = [say(DRIVERS_NOTE)]
    if any(row["standing"] == "may be chance" for row in shown):
        notes.insert(0, say("Grey: may be first as well."))
    if any(row["reliability"] == "few answers" for row in shown):
        notes.append(say("Hatched: fewer than 30 complete answers."))
    rows = "; ".join(
        f"{row['driver']}: {_row_said(row, digits)}" for row in twin.to_dict("records")
    )
    alt = say(
        "{title}. Largest share first. {rows}. {note}",
        title=title,
        rows=rows or say("No driver"),
        note=say(DRIVERS_NOTE),
    )
    return Words(title, about, " ".join([*notes, source]).strip(), alt)


def driver_shares(
    shares: pd.DataFrame,
    *,
    outcome: str = _OUTCOME,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw which touchpoints go with the overall answer, and how sure that is.

    Parameters
    ----------
    shares
        As its twin, :func:`driver_shares_data`, takes it; for drivers with names
        instead of column names, replace ``driver`` before.
    outcome
        What the overall answer is, such as "the wish to recommend".
    source
        Where it is from, and what was left out.
    width
        In px; below 500 the names stand above their dots.
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
        driver_shares_spec(
            shares, outcome=outcome, source=source, width=width, has_words=has_words
        )
    )


def _records(twin: pd.DataFrame, room: float) -> list[dict[str, Any]]:
    digits = _digits(twin)
    rows = []
    for i, row in enumerate(twin.to_dict("records")):
        is_shown = row["standing"] != "not shown"
        share = percent(row["value"], digits) if is_shown else ""
        r = signed(row["zero_order_r"], 2) if is_shown else ""
        texts = {
            "name": shortened(str(row["driver"]), room),
            "shown": share,
            "ends": _ends(row, digits),
            "rank": row["rank_said"],
            "r": r,
            "below": f"{row['rank_said']}, {_r(row)}" if is_shown else "",
            "missing": _missing(row),
        }
        numbers = {
            key: None if pd.isna(row[key]) else row[key]
            for key in ("value", "low", "high")
        }
        plain = {key: row[key] for key in ("standing", "reliability")}
        rows.append({**texts, **numbers, **plain, "y": i + 0.5, "edge": i + 1})
    return rows


def driver_shares_spec(
    shares: pd.DataFrame,
    *,
    outcome: str = _OUTCOME,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`driver_shares` as plain Vega-Lite."""
    twin = driver_shares_data(shares)
    words = _words(twin, outcome, source)
    is_wide = width >= 500
    step = 34.0 if is_wide else 58.0
    wide = [text_width(str(one), BASE, is_bold=True) for one in twin["driver"]]
    names_px = min(max([228.0, *(one + 8 for one in wide)]), 340.0)
    ends = (names_px + 20, width - 304) if is_wide else (8, width - 116)
    rows = _records(twin, names_px if is_wide else width - 64)
    n_rows = max(len(rows), 1)
    shown = [row for row in rows if row["standing"] != "not shown"]
    most = max((max(row["value"], row["high"] or 0) for row in shown), default=1.0)
    ticks = nice_ticks(0, max(most, 0.01), 4)
    # Long names leave a narrow plot, where the labels would meet: every other one goes.
    is_tight = ends[1] - ends[0] < 56 * (len(ticks) - 1)
    axis = {
        "orient": "top",
        "values": list(ticks[:: 2 if is_tight else 1]),
        "grid": False,
        "labelOverlap": False,
        "labelFlush": False,
        "labelExpr": percent_expr(".3~g"),
    }
    scale = {"domain": [0, ticks[-1]], "range": list(ends), "nice": False}
    x = number("value", scale=scale, axis=axis)
    down = {"domain": [0, n_rows], "range": [0, n_rows * step], "nice": False}
    y = number("y", scale=down, axis=None)
    lift = 0.0 if is_wide else 0.21
    named = [{**row, "y": row["y"] - lift} for row in rows]
    dotted = [{**row, "y": row["y"] + lift} for row in rows]
    n_shown = len(shown)
    spans = (
        [(0.0, float(n_shown))]
        if is_wide
        else [(i + 0.5, i + 0.9) for i in range(n_shown)]
    )
    layers = [
        hairlines([row["edge"] for row in rows], width, y),
        gridlines(ticks, spans if n_shown else [], x, y),
        *_dots(dotted, x, y),
        *_texts(named, dotted, width, ends[0], is_wide=is_wide),
    ]
    height = step * n_rows
    return dressed(layers, words, width=width, height=height, has_words=has_words)


def _dots(rows: list[dict[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    layers = []
    for standing, role in _ROLES.items():
        here = [row for row in rows if row["standing"] == standing]
        known = [row for row in here if row["low"] is not None]
        bar = line(role, 2.5, "round")
        layers.append(layer(known, bar, x=number("low"), x2={"field": "high"}, y=y))
        for reliability, fill in (("enough", role), ("few answers", "hatch")):
            some = [row for row in here if row["reliability"] == reliability]
            layers.append(layer(some, dot(fill=fill, stroke=role), x=x, y=y))
    return [part for part in layers if part["data"]["values"]]


def _texts(
    named: list[dict[str, Any]],
    dotted: list[dict[str, Any]],
    width: int,
    left: float,
    *,
    is_wide: bool,
) -> list[Spec]:
    quiet: dict[str, Any] = {"role": "ink-quiet", "size": SMALL}
    right = {**quiet, "align": "right"}
    layers = []
    for standing, role, weight in (
        ("first", "accent", 600),
        ("clear", "ink", 400),
        ("may be chance", "ink-quiet", 400),
        ("not shown", "ink-quiet", 400),
    ):
        here = [row for row in named if row["standing"] == standing]
        at = width - 236 if is_wide else width
        bold: dict[str, Any] = {"role": role, "align": "right", "weight": 600}
        layers += [
            text_mark(here, "name", 0, role=role, weight=weight),
            text_mark(here, "shown", at, **bold),
        ]
    missing = [row for row in dotted if row["missing"]]
    room = width - left
    cut = [
        {**row, "missing": shortened(row["missing"], room, SMALL)} for row in missing
    ]
    layers.append(text_mark(cut, "missing", left if is_wide else 0, **quiet))
    if is_wide:
        for field, head, at in (
            ("shown", say("share"), width - 236),
            ("ends", say("interval"), width - 148),
            ("rank", "", width - 56),
            ("r", "r", width),
        ):
            heads = [{"y": 0, "head": head}] if head else []
            layers.append(text_mark(heads, "head", at, dy=-14, **right))
            if field != "shown":
                some = [row for row in named if row[field]]
                layers.append(text_mark(some, field, at, **right))
    else:
        some = [row for row in dotted if row["below"]]
        layers.append(text_mark(some, "below", width, **right))
    return [part for part in layers if part["data"]["values"]]
