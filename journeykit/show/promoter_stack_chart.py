"""Promoters, passives and detractors, row by row: of groups, or of waves in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import percent, say, sentences, word
from journeykit.measure.intervals import adjusted_wald
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import (
    BASE,
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dressed,
    hairlines,
    layer,
    number,
    shortened,
    text_mark,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import (
    count,
    interval,
    n_text,
    typeset,
    value_text,
    with_interval,
)
from journeykit.show.text_width import text_width
from journeykit.show.tokens import light

if TYPE_CHECKING:
    import altair as alt

__all__ = ["promoter_stack", "promoter_stack_data", "promoter_stack_spec"]

_DEFINITION, _FEWEST = "net_promoter_score", "fewer than minimum"
_COUNTS, _ENDS = ("promoters", "passives", "detractors"), ("low", "high")
_PIECES = (
    ("promoters", word("Promoters, 9 to 10"), "emotion-very-good", "paper"),
    ("passives", word("Passives, 7 to 8"), "emotion-neutral", "ink"),
    ("detractors", word("Detractors, 0 to 6"), "emotion-very-bad", "paper"),
)


@number_twin
def promoter_stack_data(
    counts: pd.DataFrame,
    *,
    order: Literal["given", "score"] = "given",
    minimum: int = MIN_ANSWERS,
) -> pd.DataFrame:
    """Return the numbers behind :func:`promoter_stack`.

    Parameters
    ----------
    counts
        One row a group or wave: ``name``, ``promoters``, ``passives``, ``detractors``,
        numbers of valid answers, as
        :func:`journeykit.measure.net_promoter.promoter_counts` gives them. With ``low``
        and ``high`` (points) these are the ends of the score, such as of weighted
        answers; otherwise adjusted Wald's.
    order
        ``"given"`` (waves), or ``"score"``: lowest first.
    minimum
        Fewest answers that may be shown; smaller counts are not given either.

    Returns
    -------
    DataFrame
        ``name``, ``promoters``, ``passives``, ``detractors`` (shares, 0 to 1),
        ``value``, ``low``, ``high`` (points), ``n``, ``reliability`` and ``said``, the
        row in words. Rows without a score are kept; by score they stand last.

    Raises
    ------
    InputError
        If a column is missing, a count is below 0, or *order* is none of these.
    """
    if order not in ("given", "score"):
        raise InputError(f'"given" or "score" was expected as order, not {order!r}')
    ends = _ENDS if set(_ENDS) <= set(counts.columns) else ()
    found = chart_table(counts, ("name", *_COUNTS, *ends))
    found["name"] = found["name"].astype(str)
    numbers = found[list(_COUNTS)].astype(float).fillna(0)
    if (numbers < 0).any(axis=None):
        lowest = float(numbers.to_numpy().min())
        raise InputError(f"counts of 0 or more were expected, found {lowest:g}")
    rows = []
    for name, row in zip(found["name"], numbers.to_numpy(), strict=True):
        high, passive, low = (float(one) for one in row)
        n = round(high + passive + low)
        cells: dict[str, Any] = dict.fromkeys((*_COUNTS, "value", *_ENDS), np.nan)
        cells |= {"name": name, "n": n, "reliability": reliability_of(n, minimum)}
        if n >= minimum:
            cells |= dict(zip(_COUNTS, (high / n, passive / n, low / n), strict=True))
            cells["value"] = 100 * (high - low) / n
            cells |= dict(zip(_ENDS, adjusted_wald(high, low, n), strict=True))
        rows.append(cells)
    columns = ["name", *_COUNTS, "value", *_ENDS, "n", "reliability"]
    twin = pd.DataFrame(rows, columns=columns)
    for end in ends:
        given = pd.to_numeric(found[end]).astype(float)
        twin[end] = given.where(twin["value"].notna(), np.nan)
    if order == "score":
        twin = twin.sort_values("value", kind="stable", na_position="last")
    twin = twin.reset_index(drop=True)
    twin["said"] = [_row_said(row, minimum) for row in twin.to_dict("records")]
    twin["n"] = twin["n"].astype("Int64").mask(twin["reliability"] == _FEWEST)
    return twin


def _score(row: dict[Any, Any]) -> str:
    value = value_text(row["value"], _DEFINITION)
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return value
    return with_interval(row["value"], row["low"], row["high"], _DEFINITION)


def _row_said(row: dict[Any, Any], minimum: int) -> str:
    if row["reliability"] == "not measured":
        return say("not measured")
    if row["reliability"] == _FEWEST:
        return say("fewer than {minimum} answers", minimum=minimum)
    values = {"value": _score(row), "n": n_text(row["n"])}
    if row["reliability"] == "few answers":
        return say("{value}, {n}, few answers", **values)
    return say("{value}, {n}", **values)


def _title(shown: list[dict[Any, Any]], order: str) -> str:
    if not shown:
        return say("NPS was not measured")
    if len(shown) == 1:
        one = shown[0]
        return say("{name}: NPS {score}", name=one["name"], score=one["said"])
    enough = [row for row in shown if row["reliability"] == "enough"]
    solid = enough if len(enough) > 1 else shown  # few answers make no headline
    if order == "score":
        first = solid[0]
        is_clear = all(row["low"] > first["high"] for row in solid[1:])
        lowest = {"name": first["name"], "score": first["said"]}
        if is_clear:
            return say("Lowest NPS: {name}, {score}", **lowest)
        return say("Lowest NPS, not clearly: {name}, {score}", **lowest)
    first, last = solid[0], solid[-1]
    # Two intervals that do not touch: a test would call still smaller steps clear.
    moved = word(
        "NPS moved within chance from {start} in {first} to {end} in {last}, {n}"
    )
    if last["low"] > first["high"]:
        moved = word("NPS rose from {start} in {first} to {end} in {last}, {n}")
    elif last["high"] < first["low"]:
        moved = word("NPS fell from {start} in {first} to {end} in {last}, {n}")
    return say(
        moved,
        start=value_text(first["value"], _DEFINITION),
        first=first["name"],
        end=_score(last),
        last=last["name"],
        n=n_text(last["n"]),
    )


def _words(twin: pd.DataFrame, order: str, period: str, source: str) -> Words:
    measure = MEASURES[_DEFINITION]
    shown = twin.dropna(subset=["value"]).to_dict("records")
    title = _title(shown, order)
    about = say(
        "{measure} with {level} intervals ({method}).",
        measure=say(measure.label),
        level=percent(0.95),
        method=say(measure.interval),
    )
    rows = []
    for row in twin.to_dict("records"):
        shares = ""
        if not pd.isna(row["value"]):
            shares = say(
                "promoters {high}; passives {middle}; detractors {low}",
                high=percent(row["promoters"]),
                middle=percent(row["passives"]),
                low=percent(row["detractors"]),
            )
            shares = f" ({shares})"
        rows.append(f"{row['name']}: {row['said']}{shares}")
    alt = say(
        "{title}. Bars from zero to all answers. {rows}.",
        title=title,
        rows="; ".join(rows) or say("No row"),
    )
    about = sentences(about, typeset(say(measure.text)), period)
    return Words(title, about, source, alt)


def promoter_stack(
    counts: pd.DataFrame,
    *,
    order: Literal["given", "score"] = "given",
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw promoters, passives and detractors of groups or waves, one bar each.

    Parameters
    ----------
    counts, order, minimum
        As its twin, :func:`promoter_stack_data`, takes them.
    period, source
        When it was asked; where it is from, and what was left out.
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
        promoter_stack_spec(
            counts,
            order=order,
            minimum=minimum,
            period=period,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def promoter_stack_spec(
    counts: pd.DataFrame,
    *,
    order: Literal["given", "score"] = "given",
    minimum: int = MIN_ANSWERS,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`promoter_stack` as plain Vega-Lite."""
    twin = promoter_stack_data(counts, order=order, minimum=minimum)
    words = _words(twin, order, period, source)
    is_wide = width >= 500
    step = 40.0 if is_wide else 64.0
    named = _names(twin)
    widest = max((text_width(name, BASE) for name in named), default=0.0)
    left = min(max(widest + 24, 96), 224) if is_wide else 0.0
    ends = (left, width - 224.0 if is_wide else float(width))
    n_rows = max(len(twin), 1)
    scale = {"domain": [0, 1], "range": list(ends), "nice": False}
    x = number("start", scale=scale, axis=None)
    down = {"domain": [0, n_rows], "range": [0, n_rows * step], "nice": False}
    y = number("top", scale=down, axis=None)
    inset = (0.15, 0.85) if is_wide else (0.46, 0.9)
    layers: list[Spec] = []
    for key, _, role, ink in _PIECES:
        rows, labels = _piece(twin, key, ends, inset)
        edge = "mark-quiet" if role == "emotion-neutral" else role
        mark = {"type": "rect", "color": light(role), "stroke": light(edge)}
        to = {"x2": {"field": "end"}, "y2": {"field": "low"}}
        layers.append(layer(rows, mark, x=x, y=y, **to))
        text = {"type": "text", "baseline": "middle", "limit": 0, "fontSize": SMALL}
        face = {**text, "align": "center", "color": light(ink)}
        said = {"field": "t", "type": "nominal"}
        middle, at = number("middle", scale=scale, axis=None), number("y")
        layers.append(layer(labels, face, x=middle, y=at, text=said))
    layers += _texts(twin, width, left, is_wide=is_wide)
    layers += _heads(twin, ends)
    if not is_wide:
        layers.append(hairlines([float(i + 1) for i in range(len(twin))], width, y))
    parts = [part for part in layers if part["data"]["values"]]
    if not parts:
        parts = [text_mark([{"y": 0, "t": say("No rows.")}], "t", 0, role="ink-quiet")]
    height = step * n_rows
    return dressed(parts, words, width=width, height=height, has_words=has_words)


def _piece(
    twin: pd.DataFrame,
    key: str,
    ends: tuple[float, float],
    inset: tuple[float, float],
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the pieces of one kind, and the labels that have room in theirs."""
    rows, labels = [], []
    for i, row in enumerate(twin.to_dict("records")):
        if pd.isna(row["value"]):
            continue
        before = {"promoters": (), "passives": _COUNTS[:1], "detractors": _COUNTS[:2]}
        start = sum(row[one] for one in before[key])
        end = start + row[key]
        place = {"start": start, "end": end, "top": i + inset[0], "low": i + inset[1]}
        if row[key]:
            rows.append(place)
        text = percent(row[key])
        if (end - start) * (ends[1] - ends[0]) > text_width(text, SMALL) + 4:
            middle = {"middle": (start + end) / 2, "y": i + sum(inset) / 2}
            labels.append({**middle, "t": text})
    return rows, labels


def _heads(twin: pd.DataFrame, ends: tuple[float, float]) -> list[Spec]:
    """Name the pieces once above the first bar: ends and middle never collide."""
    if twin["value"].isna().all():
        return []
    names = [say(name) for _, name, _, _ in _PIECES]
    room = ends[1] - ends[0] - 32
    is_wide = sum(text_width(name, SMALL, is_bold=True) for name in names) < room
    places = (ends[0], sum(ends) / 2, ends[1])
    aligns = ("left", "center", "right")
    layers = []
    for (key, name, role, _), at, align in zip(_PIECES, places, aligns, strict=True):
        said = [{"y": 0, "t": say(name if is_wide else key.capitalize())}]
        ink = "ink-quiet" if role == "emotion-neutral" else role
        face: dict[str, Any] = {"role": ink, "align": align, "size": SMALL}
        layers.append(text_mark(said, "t", at, dy=-12, weight=600, **face))
    return layers


def _names(twin: pd.DataFrame) -> list[str]:
    """Return the names, with a word where few answered."""
    is_few = twin["reliability"] == "few answers"
    return [
        say("{name} (few answers)", name=name) if few else str(name)
        for name, few in zip(twin["name"], is_few, strict=True)
    ]


def _both(ends: str, n: int) -> str:
    return say("{value}, {n}", value=ends, n=n_text(n)) if ends else n_text(n)


def _texts(twin: pd.DataFrame, width: int, left: float, *, is_wide: bool) -> list[Spec]:
    room = left - 16 if is_wide else width - 176
    rows: list[dict[str, Any]] = []
    for i, (name, row) in enumerate(
        zip(_names(twin), twin.to_dict("records"), strict=True)
    ):
        is_shown = not pd.isna(row["value"])
        has_ends = is_shown and not pd.isna(row["low"])
        ends = interval(row["low"], row["high"], _DEFINITION) if has_ends else ""
        n = count(row["n"]) if is_shown else ""
        texts = {
            "name": shortened(name, room if is_shown else room if is_wide else width),
            "score": value_text(row["value"], _DEFINITION) if is_shown else "",
            "ends": ends,
            "n": n,
            "both": _both(ends, row["n"]) if is_shown else "",
            "missing": "" if is_shown else row["said"],
        }
        rows.append({**texts, "y": i + (0.5 if is_wide else 0.26)})
    shown, missing = ([row for row in rows if row[one]] for one in ("score", "missing"))
    quiet: dict[str, Any] = {"role": "ink-quiet", "size": SMALL}
    right: dict[str, Any] = {**quiet, "align": "right"}
    bold: dict[str, Any] = {"weight": 600, "align": "right"}
    layers = [text_mark(rows, "name", 0)]
    if not is_wide:
        below = [{**row, "y": row["y"] + 0.42} for row in missing]
        return [
            *layers,
            text_mark(shown, "score", width - 128, **bold),
            text_mark(shown, "both", width, **right),
            text_mark(below, "missing", 0, **quiet),
        ]
    for field, head, at in (
        ("score", say("NPS"), width - 160),
        ("ends", say("{level} interval", level=percent(0.95)), width - 60),
        ("n", "n", width),
    ):
        heads = [{"y": 0, "head": head}] if shown else []
        face = bold if field == "score" else right
        layers += [
            text_mark(heads, "head", at, dy=-12, **right),
            text_mark(shown, field, at, **face),
        ]
    return [*layers, text_mark(missing, "missing", left, **quiet)]
