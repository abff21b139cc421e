"""A score before and after, touchpoint by touchpoint: a ring, a dot, and what moved.

What moved beyond its interval stands first and is drawn strong; what may be chance is
grey, and the words say so. Arrows were turned down: an arrow says that it moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import say, say_count
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import (
    SMALL,
    WIDE,
    Spec,
    Words,
    as_altair,
    dressed,
    shortened,
)
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, signed, typeset, value_text
from journeykit.show.pixels import Pixels, ScoreAxis, score_axis

if TYPE_CHECKING:
    import altair as alt

__all__ = ["before_and_after", "before_and_after_data", "before_and_after_spec"]

_NEEDED = (
    *("name", "before", "after", "change", "low", "high"),
    *("is_change", "n", "reliability"),
)
_ROLES = {
    "better": ("ink", 600),
    "worse": ("ink", 600),
    "may be chance": ("mark-quiet", 400),
    "not compared": ("mark-quiet", 400),
}
_HEAD = 24.0


@number_twin
def before_and_after_data(changes: pd.DataFrame, *, definition: str) -> pd.DataFrame:
    """Return the numbers behind :func:`before_and_after`, in the order drawn.

    Parameters
    ----------
    changes
        One row a touchpoint: ``name``, ``before``, ``after`` (scores), ``change``,
        ``low``, ``high`` (after less before with its interval), ``is_change`` (whether
        it is beyond chance; NA if not tested), ``n`` (the smaller of both),
        ``reliability``.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.

    Returns
    -------
    DataFrame
        ``touchpoint``, ``before``, ``after``, ``change``, ``low``, ``high``, ``n``,
        ``standing`` (``better``, ``worse``, ``may be chance``, ``not compared``) and
        ``said``, the row in words. What moved most stands first.

    Raises
    ------
    InputError
        If a column is missing, or the definition is not known.
    """
    if definition not in MEASURES:
        raise InputError(f"{definition!r} is no measure that can be drawn")
    twin = chart_table(changes, _NEEDED).rename(columns={"name": "touchpoint"})
    for column in ("before", "after", "change", "low", "high"):
        twin[column] = pd.to_numeric(twin[column]).astype(float)
    is_hidden = twin["reliability"].isin(("not measured", "fewer than minimum"))
    twin.loc[is_hidden, ["before", "after", "change", "low", "high"]] = float("nan")
    is_up = MEASURES[definition].direction == "higher is better"
    is_better = (twin["change"] > 0) == is_up
    is_clear = twin["is_change"].fillna(value=False).astype(bool)
    twin["standing"] = "may be chance"
    twin.loc[is_clear & is_better, "standing"] = "better"
    twin.loc[is_clear & ~is_better, "standing"] = "worse"
    twin.loc[twin["change"].isna(), "standing"] = "not compared"
    known = twin["n"].astype("Int64")
    twin["n"] = known.mask(twin["reliability"] == "fewer than minimum")
    place = twin["standing"].map(
        {"better": 0, "worse": 0, "may be chance": 1, "not compared": 2}
    )
    ordered = twin.assign(place=place, size=twin["change"].abs().fillna(-1.0))
    ordered = ordered.sort_values(
        ["place", "size", "touchpoint"], ascending=[True, False, True], kind="stable"
    )
    ordered["said"] = [_row_said(row, definition) for row in ordered.to_dict("records")]
    columns = ["touchpoint", "before", "after", "change", "low", "high", "n"]
    return ordered[[*columns, "standing", "said"]].reset_index(drop=True)


def _change(row: dict[Any, Any], definition: str) -> tuple[str, str]:
    """Return a change with its sign, and the ends of its interval."""
    factor, digits = {"share": (100.0, 0), "points": (1.0, 1)}.get(
        MEASURES[definition].unit, (1.0, 2)
    )
    ends = say(
        "{low} to {high}",
        low=signed(row["low"] * factor, digits),
        high=signed(row["high"] * factor, digits),
    )
    return signed(row["change"] * factor, digits), ends


def _row_said(row: dict[Any, Any], definition: str) -> str:
    if pd.isna(row["change"]):
        return say("not compared")
    change, ends = _change(row, definition)
    said = {
        "before": value_text(row["before"], definition),
        "after": value_text(row["after"], definition),
        "change": change,
        "ends": ends,
        "n": count(int(row["n"])),
    }
    if MEASURES[definition].unit in ("share", "points"):
        return say(
            "{before} before, {after} after: {change} points ({ends}), n {n}", **said
        )
    return say("{before} before, {after} after: {change} ({ends}), n {n}", **said)


def _title(twin: pd.DataFrame, definition: str) -> str:
    compared = twin[twin["standing"] != "not compared"]
    if compared.empty:
        return say("Nothing could be compared")
    clear = compared[compared["standing"] != "may be chance"]
    if clear.empty:
        return say_count(
            "The one score that was compared may have moved by chance",
            "None of the {n} scores moved beyond chance",
            len(compared),
        )
    first = clear.to_dict("records")[0]
    better = int((clear["standing"] == "better").sum())
    return say(
        "{n_better} better and {n_worse} worse of {n_all}; most: {name}, {said}",
        n_better=count(better),
        n_worse=count(len(clear) - better),
        n_all=count(len(compared)),
        name=first["touchpoint"],
        said=_row_said(first, definition),
    )


def _words(
    twin: pd.DataFrame, definition: str, names: tuple[str, str], source: str
) -> Words:
    measure = MEASURES[definition]
    about = say(
        "Ring: {before}. Dot: {after}. {label} ({short}); the change with its 95 % "
        "interval, tests corrected for their number (Benjamini and Hochberg).",
        before=names[0] or say("before"),
        after=names[1] or say("after"),
        label=say(measure.label),
        short=say(measure.short),
    )
    notes = []
    if (twin["standing"] == "may be chance").any():
        notes.append(say("Grey: may be chance."))
    rows = "; ".join(
        f"{row['touchpoint']}: {row['said']}" for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin, definition),
        subtitle=f"{about} {typeset(say(measure.text))}",
        source=" ".join([*notes, source]).strip(),
        alt=say("Before and after, what moved most first. {rows}.", rows=rows),
    )


def before_and_after(
    changes: pd.DataFrame,
    *,
    definition: str,
    before: str = "",
    after: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw a score before and after, touchpoint by touchpoint.

    Parameters
    ----------
    changes, definition
        As its twin, :func:`before_and_after_data`, takes them.
    before, after
        Names of the two waves.
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
    """
    return as_altair(
        before_and_after_spec(
            changes,
            definition=definition,
            before=before,
            after=after,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def before_and_after_spec(
    changes: pd.DataFrame,
    *,
    definition: str,
    before: str = "",
    after: str = "",
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`before_and_after` as plain Vega-Lite."""
    twin = before_and_after_data(changes, definition=definition)
    words = _words(twin, definition, (before, after), source)
    is_wide = width >= 500
    step = 34.0 if is_wide else 58.0
    n_rows = max(len(twin), 1)
    ground = Pixels(width, _HEAD + step * n_rows)
    values = twin[["before", "after"]].to_numpy(float)
    shown = values[~pd.isna(values)]
    lowest, highest = (
        (float(shown.min()), float(shown.max()))
        if shown.size
        else (float("nan"), float("nan"))
    )
    ends = (250.0, width - 284.0) if is_wide else (14.0, width - 20.0)
    axis = score_axis(lowest, highest, definition, ends)
    rows = [
        _placed(row, i, definition, axis, step, is_wide=is_wide)
        for i, row in enumerate(twin.to_dict("records"))
    ]
    spans = [(_HEAD, _HEAD + step * len(rows))]
    if not is_wide:
        known = [row for row in rows if row["is_known"]]
        spans = [(row["dot_y"] - 11, row["dot_y"] + 11) for row in known]
    edges = [
        {"x": 0, "x2": width, "y": _HEAD + step * (i + 1), "y2": _HEAD + step * (i + 1)}
        for i in range(len(rows))
    ]
    layers = [
        ground.rules(edges, "rule"),
        ground.rules(axis.grid(spans), "rule"),
        ground.small(axis.heads(definition, 8), align="center"),
        *_marks(rows, ground),
        *_texts(rows, ground, width, is_wide=is_wide),
    ]
    drawn = [part for part in layers if part["data"]["values"]]
    return dressed(drawn, words, width=width, height=ground.height, has_words=has_words)


def _placed(
    row: dict[Any, Any],
    place: int,
    definition: str,
    axis: ScoreAxis,
    step: float,
    *,
    is_wide: bool,
) -> dict[str, Any]:
    """Return a row with everything that is drawn of it, and where."""
    top = _HEAD + step * place
    is_known = not pd.isna(row["change"])
    change, interval = _change(row, definition) if is_known else ("", "")
    return {
        "standing": row["standing"],
        "name": shortened(str(row["touchpoint"]), 236 if is_wide else axis.right - 60),
        "change": change or say("not compared"),
        "ends": interval,
        "is_known": is_known,
        "before": axis.at(row["before"]) if is_known else 0.0,
        "after": axis.at(row["after"]) if is_known else 0.0,
        "before_text": value_text(row["before"], definition) if is_known else "",
        "after_text": value_text(row["after"], definition) if is_known else "",
        "name_y": top + (step / 2 if is_wide else 17),
        "dot_y": top + (step / 2 if is_wide else 41),
    }


def _marks(rows: list[dict[str, Any]], ground: Pixels) -> list[Spec]:
    layers = []
    for is_strong in (False, True):
        here = [
            row
            for row in rows
            if row["is_known"] and (row["standing"] != "may be chance") is is_strong
        ]
        role = "accent" if is_strong else "mark-quiet"
        bars = [
            {"x": row["before"], "x2": row["after"], "y": row["dot_y"]} for row in here
        ]
        bars = [{**row, "y2": row["y"]} for row in bars]
        rings = [{"x": row["before"], "y": row["dot_y"]} for row in here]
        dots = [{"x": row["after"], "y": row["dot_y"]} for row in here]
        layers += [
            ground.rules(bars, role, 3, cap="round"),
            ground.dots(rings, fill="paper", stroke=role),
            ground.dots(dots, fill=role, stroke=role),
        ]
    return layers


def _texts(
    rows: list[dict[str, Any]], ground: Pixels, width: int, *, is_wide: bool
) -> list[Spec]:
    layers = []
    for role, weight in (("ink", 600), ("mark-quiet", 400)):
        here = [row for row in rows if _ROLES[row["standing"]] == (role, weight)]
        face = "ink" if weight == 600 else "ink-quiet"
        names = [{"x": 0, "y": row["name_y"], "t": row["name"]} for row in here]
        change_x = width - 104 if is_wide else width
        changes = [
            {"x": change_x, "y": row["name_y"], "t": row["change"]}
            for row in here
            if row["is_known"]
        ]
        layers += [
            ground.texts(names, role=face),
            ground.texts(changes, role=face, weight=weight, align="right"),
        ]
    missing = [
        {"x": width, "y": row["name_y"], "t": row["change"]}
        for row in rows
        if not row["is_known"]
    ]
    layers.append(ground.small(missing, align="right"))
    if is_wide:
        known = [row for row in rows if row["is_known"]]
        for key, x in (
            ("before_text", width - 206),
            ("after_text", width - 158),
            ("ends", float(width)),
        ):
            cells = [{"x": x, "y": row["name_y"], "t": row[key]} for row in known]
            layers.append(ground.small(cells, align="right"))
        heads = [
            {"x": width - 206, "y": 8, "t": say("before")},
            {"x": width - 158, "y": 8, "t": say("after")},
            {"x": width - 104, "y": 8, "t": say("change")},
            {"x": width, "y": 8, "t": say("95 % interval")},
        ]
        layers.append(ground.small(heads, align="right", size=SMALL))
    return layers
