"""Many journeys side by side: a small field each, all on the same scale.

One field with many lines was turned down: from five lines on nobody follows one. Each
field is a workshop: what was felt as a line, what was measured as a thinner one. More
fields than one looks at are not drawn; which, the words say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

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
from journeykit.show.numbers import count, joined, signed
from journeykit.show.pixels import Pixels

if TYPE_CHECKING:
    import altair as alt

__all__ = ["small_multiples", "small_multiples_data", "small_multiples_spec"]

_SLIDE = 1000
"""Width from which up to six stand beside each other."""

_NEEDED = ("workshop", "column", "touchpoint", "felt", "measured")
_MOST = 24
_FIELD, _HEAD, _GAP = 84.0, 24.0, 18.0
_MOST_POINTS = 60


@number_twin
def small_multiples_data(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers behind :func:`small_multiples`, workshop by workshop.

    Parameters
    ----------
    rows
        One row a touchpoint of a workshop, workshops in the order in which they are to
        stand: ``workshop``, ``column`` (its place on the map, from 0), ``touchpoint``,
        ``felt`` (what the team felt, -2 to +2; NaN if nobody said), ``measured`` (mean
        satisfaction on 1 to 5 less 3; NaN if not measured or too few answered).

    Returns
    -------
    DataFrame
        The same columns, and ``lowest``: whether nothing in that workshop is felt
        worse.

    Raises
    ------
    InputError
        If a column is missing.
    """
    twin = chart_table(rows, _NEEDED)
    for column in ("felt", "measured"):
        twin[column] = pd.to_numeric(twin[column]).astype(float)
    least = twin.groupby("workshop", sort=False)["felt"].transform("min")
    is_lowest = twin["felt"].notna() & (twin["felt"] == least)
    twin["lowest"] = is_lowest & ~twin.assign(is_lowest=is_lowest).duplicated(
        ["workshop", "is_lowest"]
    )
    return twin


def _names(twin: pd.DataFrame) -> list[str]:
    return list(twin["workshop"].drop_duplicates())


def _words(twin: pd.DataFrame, source: str) -> Words:
    names = _names(twin)
    lows = twin[twin["lowest"] & (twin["felt"] < 0)]
    often = lows["touchpoint"].value_counts()
    if not names:
        title = say("No workshop has a map yet")
    elif twin["felt"].isna().all():
        title = say("What was felt was not asked in any workshop")
    elif len(often) and often.iloc[0] > 1:
        title = say(
            "{touchpoint} is the low point in {n} of {n_all} workshops",
            touchpoint=often.index[0],
            n=count(int(often.iloc[0])),
            n_all=count(len(names)),
        )
    else:
        title = say_count(
            "The journey of {n} workshop",
            "{n} journeys, and no low point that two of them share",
            len(names),
        )
    about = say(
        "Each field is a workshop, from its first touchpoint to its last. Thick: "
        "emotion felt, {low} (very bad, below) to +2 (very good). Thin: mean "
        "satisfaction on 1 to 5 less 3. Across: 0. Dot: the low point.",
        low=signed(-2, 0),
    )
    notes = []
    if len(names) > _MOST:
        notes.append(
            say(
                "The first {n} of {n_all} workshops are drawn, those with the lowest "
                "scores first.",
                n=count(_MOST),
                n_all=count(len(names)),
            )
        )
    without = [
        name for name, part in twin.groupby("workshop") if part["felt"].isna().all()
    ]
    if without and len(without) < len(names):
        more = say("{n} more", n=count(len(without) - 5))
        named = [*map(str, without[:5]), *([more] if len(without) > 5 else [])]
        notes.append(say("Nobody said what is felt: {names}.", names=joined(named)))
    said = "; ".join(
        f"{row['workshop']}: {row['touchpoint']} {signed(row['felt'])}"
        for row in twin[twin["lowest"]].head(_MOST).to_dict("records")
    )
    alt = say("The low point of each journey. {rows}.", rows=said)
    return Words(title, about, " ".join([*notes, source]).strip(), alt)


def small_multiples(
    rows: pd.DataFrame,
    *,
    scores: dict[str, str] | None = None,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw many journeys side by side, a small field each.

    Parameters
    ----------
    rows
        As its twin, :func:`small_multiples_data`, takes them.
    scores
        What stands beside the name of a workshop, such as its score; None for nothing.
    source
        Where it is from, and what was left out.
    width
        In px; below 500 two fields stand in a row.
    has_words
        Whether title, measure and source are drawn too (a page writes them itself).

    Returns
    -------
    altair.LayerChart
        Made from the twin; its words are in ``usermeta``.
    """
    return as_altair(
        small_multiples_spec(
            rows, scores=scores, source=source, width=width, has_words=has_words
        )
    )


def small_multiples_spec(
    rows: pd.DataFrame,
    *,
    scores: dict[str, str] | None = None,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`small_multiples` as plain Vega-Lite."""
    twin = small_multiples_data(rows)
    words = _words(twin, source)
    n_across = 4 if width >= 500 else 2
    names = _names(twin)[:_MOST]
    if width >= _SLIDE:
        # As many in each row: eight are four and four, not six and two.
        n_across = max(2, -(-len(names) // max(1, -(-len(names) // 6))))
    each = (width - _GAP * (n_across - 1)) / n_across
    tall = _HEAD + _FIELD + _GAP
    n_down = max(-(-len(names) // n_across), 1)
    ground = Pixels(width, n_down * tall - _GAP)
    drawn = twin[twin["workshop"].isin(names)]
    parts = dict(iter(drawn.groupby("workshop", sort=False)))
    found: dict[str, list[dict[str, Any]]] = {}
    for place, name in enumerate(names):
        left = (place % n_across) * (each + _GAP)
        top = (place // n_across) * tall
        _field(found, parts[name], (left, top, each), (scores or {}).get(name, ""))
    face: dict[str, Any] = {"size": SMALL}
    layers = [
        ground.rules(found.get("zero", []), "rule"),
        ground.paths(found.get("measured", []), "accent", 1.5),
        ground.dots(found.get("single", []), fill="accent", stroke="accent", size=14),
        ground.paths(found.get("felt", []), "ink", 2.5),
        ground.dots(found.get("alone", []), fill="ink", stroke="ink", size=20),
        ground.dots(found.get("low", []), fill="ink", stroke="paper", size=60),
        ground.texts(found.get("name", []), weight=600, **face),
        ground.small(found.get("score", []), align="right"),
        ground.small(found.get("none", []), align="center"),
    ]
    shown = [part for part in layers if part["data"]["values"]]
    return dressed(shown, words, width=width, height=ground.height, has_words=has_words)


def _field(
    found: dict[str, list[dict[str, Any]]],
    part: pd.DataFrame,
    box: tuple[float, float, float],
    score: str,
) -> None:
    """Add what is drawn of one workshop, by what it is."""
    left, top, each = box
    name = str(part["workshop"].iloc[0])
    middle = top + _HEAD + _FIELD / 2
    room = each - 8 - 7 * len(score)
    add = found.setdefault
    add("name", []).append({"x": left, "y": top + 8, "t": shortened(name, room, SMALL)})
    if score:
        add("score", []).append({"x": left + each, "y": top + 8, "t": score})
    zero = {"x": left, "x2": left + each, "y": middle, "y2": middle}
    add("zero", []).append(zero)
    rows = part.head(_MOST_POINTS).to_dict("records")
    last = max(int(rows[-1]["column"]), 1)
    step = (each - 12) / last
    for key, alone in (("felt", "alone"), ("measured", "single")):
        runs: list[list[dict[str, Any]]] = [[]]
        for row in rows:
            if pd.isna(row[key]):
                runs.append([])
                continue
            y = middle - row[key] * (_FIELD - 10) / 4
            runs[-1].append({"x": left + 6 + step * row["column"], "y": y})
            if key == "felt" and row["lowest"]:
                add("low", []).append(runs[-1][-1])
        for number, run in enumerate(runs):
            line = f"{left:.0f}-{top:.0f}-{number}"
            add(key, []).extend({**point, "line": line} for point in run)
            if len(run) == 1:
                add(alone, []).append(run[0])
    if part[["felt", "measured"]].isna().all(axis=None):
        text = say("nothing felt, nothing measured")
        add("none", []).append({"x": left + each / 2, "y": middle - 12, "t": text})
