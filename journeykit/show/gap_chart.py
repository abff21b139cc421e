"""What the team felt against what customers said, touchpoint by touchpoint.

A ring for what is assumed, a filled dot for what was measured, the gap between them
shaded: the shapes of the evidence scale, so that the picture needs no legend.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, semicolons, sentences, word
from journeykit.show.frame import (
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
    shortened,
    text_mark,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, signed
from journeykit.show.text_width import text_width
from journeykit.vocabulary import EMOTIONS

if TYPE_CHECKING:
    import altair as alt

__all__ = [
    "felt_against_measured",
    "felt_against_measured_data",
    "felt_against_measured_spec",
]

_APART_PX = 6.0
_NEEDED = ["name", "felt", "measured", "low", "high", "n"]
_MISSING = {"not asked": word("not asked"), "not measured": word("not measured")}


@number_twin
def felt_against_measured_data(scores: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`felt_against_measured`, widest gap first.

    Parameters
    ----------
    scores
        One row a touchpoint: ``name``; ``felt``, the team's mean emotion, -2 to +2;
        ``measured``, mean satisfaction on 1 to 5 less 3, with ``low`` and ``high``;
        ``n`` answers. Rows with either missing are kept and named.

    Returns
    -------
    DataFrame
        ``touchpoint``, ``felt``, ``measured``, ``low``, ``high``, ``n``, ``gap`` (felt
        less measured, -4 to 4) and ``standing``: ``above`` (the team thinks better of
        it than customers do), ``below``, ``may be chance`` (felt lies inside the
        interval), ``not measured``, ``not asked``.

    Raises
    ------
    InputError
        If a column is missing.
    """
    missing = [column for column in _NEEDED if column not in scores.columns]
    if missing:
        raise InputError(
            f"a table with {', '.join(_NEEDED)} was expected, "
            f"without {', '.join(missing)} it cannot be drawn"
        )
    table = (
        scores[_NEEDED].rename(columns={"name": "touchpoint"}).reset_index(drop=True)
    )
    for column in ("felt", "measured", "low", "high"):
        table[column] = pd.to_numeric(table[column]).astype(float)
    table["gap"] = table["felt"] - table["measured"]
    inside = (table["felt"] >= table["low"]) & (table["felt"] <= table["high"])
    table["standing"] = "below"
    table.loc[table["gap"] > 0, "standing"] = "above"
    table.loc[inside, "standing"] = "may be chance"
    table.loc[table["felt"].isna(), "standing"] = "not asked"
    table.loc[table["measured"].isna(), "standing"] = "not measured"
    ordered = table.assign(size=table["gap"].abs().fillna(-1.0)).sort_values(
        ["size", "touchpoint"], ascending=[False, True], kind="stable"
    )
    return ordered.drop(columns="size").reset_index(drop=True)


def _row_said(row: dict[Any, Any]) -> str:
    if row["standing"] in {"not asked", "not measured"}:
        return say(_MISSING[row["standing"]])
    return say(
        "felt {felt}, measured {measured} ({low} to {high}), n {n}",
        felt=signed(row["felt"]),
        measured=signed(row["measured"], 2),
        low=signed(row["low"], 2),
        high=signed(row["high"], 2),
        n=count(int(row["n"])),
    )


def _title(twin: pd.DataFrame) -> str:
    clear = twin[twin["standing"].isin(["above", "below"])]
    if clear.empty:
        return say("No touchpoint where the team and customers clearly differ")
    row = clear.to_dict("records")[0]
    name, said = row["touchpoint"], _row_said(row)
    if row["standing"] == "above":
        return say(
            "The team thinks better of {name} than customers do: {numbers}",
            name=name,
            numbers=said,
        )
    return say(
        "The team thinks worse of {name} than customers do: {numbers}",
        name=name,
        numbers=said,
    )


def _words(twin: pd.DataFrame, period: str, source: str) -> Words:
    about = say(
        "Ring: the team's mean emotion. Dot: mean satisfaction on 1 to 5 less 3, "
        "with its {level} interval (Student's t). Both from {low} to +2.",
        level=percent(0.95),
        low=signed(-2, 0),
    )
    notes = []
    if (twin["standing"] == "may be chance").any():
        grey = say("Grey: the ring lies inside the interval, so it may be chance.")
        notes.append(grey)
    rows = semicolons(
        f"{row['touchpoint']}: {_row_said(row)}" for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin),
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Felt by the team against measured, widest gap first. {rows}.", rows=rows
        ),
    )


def _axes(ends: tuple[int, int], rows_px: tuple[int, float]) -> tuple[Spec, Spec]:
    names = {level: say(name) for level, name in EMOTIONS.items()}
    wide = [text_width(names[level], SMALL) for level in sorted(names)]
    step = (ends[1] - ends[0]) / (len(wide) - 1)
    # Where words of a language have no room, the ends and the middle are named.
    is_tight = any(sum(pair) / 2 + _APART_PX > step for pair in pairwise(wide))
    if is_tight:
        names = {level: "" if level % 2 else name for level, name in names.items()}
    words = ", ".join(f"'{level}': {json.dumps(name)}" for level, name in names.items())
    axis = {
        "orient": "top",
        "values": list(EMOTIONS),
        "grid": False,
        "labelOverlap": False,
        "labelFlush": is_tight,
        "labelExpr": f"{{{words}}}[datum.value]",
    }
    scale = {"domain": [-2, 2], "range": list(ends), "nice": False, "clamp": True}
    n_rows, row_px = rows_px
    rows = {"domain": [0, n_rows], "range": [0, n_rows * row_px], "nice": False}
    x = number("measured", scale=scale, axis=axis)
    return x, number("y", scale=rows, axis=None)


def _dumbbells(rows: list[dict[str, Any]], x: Spec, y: Spec) -> list[Spec]:
    both = [
        row for row in rows if row["felt"] is not None and row["measured"] is not None
    ]
    layers = [layer(both, line("gap", 12), x=x, x2={"field": "felt"}, y=y)]
    for is_quiet, role in ((False, "ink"), (True, "mark-quiet")):
        here = [row for row in rows if row["is_quiet"] is is_quiet]
        known = [row for row in here if row["measured"] is not None]
        felt = [row for row in here if row["felt"] is not None]
        bar = line(role, 2.5, "round")
        ring = dot(fill="paper", stroke=role)
        layers += [
            layer(known, bar, x=number("low"), x2={"field": "high"}, y=y),
            layer(known, dot(fill=role, stroke=role), x=x, y=y),
            layer(felt, ring, x=number("felt"), y=y),
        ]
    return [part for part in layers if part["data"]["values"]]


def _records(twin: pd.DataFrame, room: float) -> list[dict[str, Any]]:
    rows = []
    for i, row in enumerate(twin.to_dict("records")):
        values = {
            key: None if pd.isna(row[key]) else float(row[key])
            for key in ("felt", "measured", "low", "high", "gap")
        }
        texts = {
            f"{key}_text": "" if value is None else signed(value)
            for key, value in values.items()
        }
        is_missing = row["standing"] in {"not asked", "not measured"}
        more = {
            "name": shortened(str(row["touchpoint"]), room),
            "missing": say(_MISSING[row["standing"]]) if is_missing else "",
            "is_quiet": is_missing or row["standing"] == "may be chance",
            "y": i + 0.5,
        }
        rows.append({**values, **texts, **more})
    return rows


def felt_against_measured(
    scores: pd.DataFrame,
    *,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw the team's emotion against measured satisfaction, widest gap first.

    Parameters
    ----------
    scores
        As :func:`felt_against_measured_data` takes it.
    period, source
        When it was asked; where it is from, and what was left out.
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
        If a column is missing.
    """
    return as_altair(
        felt_against_measured_spec(
            scores, period=period, source=source, width=width, has_words=has_words
        )
    )


def felt_against_measured_spec(
    scores: pd.DataFrame,
    *,
    period: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`felt_against_measured` as plain Vega-Lite."""
    twin = felt_against_measured_data(scores)
    words = _words(twin, period, source)
    is_wide = width >= 500
    step = 34.0 if is_wide else 58.0
    ends = (280, width - 212) if is_wide else (30, width - 36)
    rows = _records(twin, 236 if is_wide else width - 60)
    x, y = _axes(ends, (max(len(rows), 1), step))
    dotted = rows if is_wide else [{**row, "y": row["y"] + 0.2} for row in rows]
    named = rows if is_wide else [{**row, "y": row["y"] - 0.2} for row in rows]
    n_rows = len(rows)
    spans = (
        [(0.0, float(n_rows))]
        if is_wide
        else [(i + 0.5, i + 0.9) for i in range(n_rows)]
    )
    layers = [
        hairlines([float(i + 1) for i in range(n_rows)], width, y),
        gridlines(list(EMOTIONS), spans, x, y),
        *_dumbbells(dotted, x, y),
    ]
    for is_quiet, role, weight in ((False, "ink", 600), (True, "ink-quiet", 400)):
        here = [row for row in named if row["is_quiet"] is is_quiet]
        layers += [
            text_mark(here, "name", 0, role=role),
            text_mark(here, "gap_text", width, role=role, align="right", weight=weight),
        ]
    missing = [row for row in named if row["missing"]]
    layers.append(
        text_mark(
            missing, "missing", width, role="ink-quiet", align="right", size=SMALL
        )
    )
    if is_wide:
        for field, head, at in (
            ("felt_text", say("felt"), width - 140),
            ("measured_text", say("measured"), width - 60),
            ("gap_text", say("gap"), width),
        ):
            head_row = [{"y": 0, "head": head}]
            quiet: dict[str, Any] = {
                "role": "ink-quiet",
                "align": "right",
                "size": SMALL,
            }
            layers.append(text_mark(head_row, "head", at, dy=-14, **quiet))
            if field != "gap_text":
                some = [row for row in rows if not row["missing"]]
                layers.append(text_mark(some, field, at, **quiet))
    height = step * max(n_rows, 1)
    return dressed(layers, words, width=width, height=height, has_words=has_words)
