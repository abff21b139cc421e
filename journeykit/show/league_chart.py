"""Many workshops by one score: dots with intervals, best first, with possible places.

A place alone would be a claim that the answers do not bear: each row says between which
places it stands, and who cannot be told from the mean of the others is grey. Of a long
league both ends are drawn; the rest stands in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import say, say_count, semicolons
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
from journeykit.show.numbers import count, interval, typeset, value_text, with_interval
from journeykit.show.pixels import Pixels, ScoreAxis, score_axis

if TYPE_CHECKING:
    import altair as alt

__all__ = ["league", "league_data", "league_spec", "places_text"]

_NEEDED = (
    *("name", "value", "low", "high", "n"),
    *("rank", "rank_low", "rank_high", "standing"),
)
_MOST = 24
_HEAD = 24.0


def places_text(low: int, high: int) -> str:
    """Return the possible places of a row in words.

    Examples
    --------
    >>> places_text(2, 9), places_text(1, 1)
    ('2 to 9', '1')
    """
    if low == high:
        return count(low)
    return say("{low} to {high}", low=count(low), high=count(high))


@number_twin
def league_data(table: pd.DataFrame, *, definition: str) -> pd.DataFrame:
    """Return the numbers behind :func:`league`, best first, all rows of them.

    Parameters
    ----------
    table
        As :func:`journeykit.measure.league.league_table` gives it.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.

    Returns
    -------
    DataFrame
        ``workshop``, ``value``, ``low``, ``high``, ``n``, ``rank``, ``rank_low``,
        ``rank_high``, ``standing`` (``better`` or ``worse`` than the others together,
        ``may be chance``) and ``said``, the row in words.

    Raises
    ------
    InputError
        If a column is missing, or the definition is not known.
    """
    if definition not in MEASURES:
        raise InputError(f"{definition!r} is no measure that can be drawn")
    twin = chart_table(table, _NEEDED).rename(columns={"name": "workshop"})
    twin["said"] = [_row_said(row, definition) for row in twin.to_dict("records")]
    return twin


def _row_said(row: dict[Any, Any], definition: str) -> str:
    text = with_interval(row["value"], row["low"], row["high"], definition)
    return say(
        "{score}, n {n}, place {places}",
        score=text,
        n=count(int(row["n"])),
        places=places_text(int(row["rank_low"]), int(row["rank_high"])),
    )


def _title(twin: pd.DataFrame, definition: str) -> str:
    short = say(MEASURES[definition].short)
    if twin.empty:
        return say("{short} was measured in no workshop", short=short)
    rows = twin.to_dict("records")
    first, last = rows[0], rows[-1]
    score = with_interval(first["value"], first["low"], first["high"], definition)
    if len(rows) == 1:
        return say(
            "{name}: {short} {score}", name=first["workshop"], short=short, score=score
        )
    n_clear = int((twin["standing"] != "may be chance").sum())
    if n_clear == 0:
        return say_count(
            "The workshop cannot be told from the others",
            "None of the {n} workshops can be told from the others together",
            len(rows),
        )
    return say(
        "{short} from {lowest} ({last}) to {highest} ({first}); {n_clear} of {n_all} "
        "stand apart from the others",
        short=short,
        lowest=value_text(last["value"], definition),
        last=last["workshop"],
        highest=value_text(first["value"], definition),
        first=first["workshop"],
        n_clear=count(n_clear),
        n_all=count(len(rows)),
    )


def _words(twin: pd.DataFrame, definition: str, source: str) -> Words:
    measure = MEASURES[definition]
    about = say(
        "{label} ({short}) with 95 % intervals ({interval}), best first. Places: "
        "between which the workshop stands, all of them together 95 % sure. Broken "
        "line: the mean of all, each counting once.",
        label=say(measure.label),
        short=say(measure.short),
        interval=say(measure.interval),
    )
    notes = []
    if (twin["standing"] == "may be chance").any():
        notes.append(
            say(
                "Grey: may be chance, it cannot be told from the mean of the others "
                "(corrected for their number, Benjamini and Hochberg)."
            )
        )
    n_left = len(twin) - len(_shown(twin))
    if n_left:
        notes.append(
            say_count(
                "{n} workshop between both ends stands in the table only.",
                "{n} workshops between both ends stand in the table only.",
                n_left,
            )
        )
    rows = semicolons(
        f"{row['workshop']}: {row['said']}"
        for row in twin.head(_MOST).to_dict("records")
    )
    return Words(
        title=_title(twin, definition),
        subtitle=f"{about} {typeset(say(measure.text))}",
        source=" ".join([*notes, source]).strip(),
        alt=say("Workshops by score, best first. {rows}.", rows=rows),
    )


def _shown(twin: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are drawn: all, or both ends of a long league."""
    if len(twin) <= _MOST:
        return twin
    return pd.concat([twin.head(_MOST // 2), twin.tail(_MOST // 2)])


def league(
    table: pd.DataFrame,
    *,
    definition: str,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> alt.LayerChart:
    """Draw many workshops by one score: dots with intervals and possible places.

    Parameters
    ----------
    table, definition
        As its twin, :func:`league_data`, takes them.
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
        league_spec(
            table,
            definition=definition,
            source=source,
            width=width,
            has_words=has_words,
        )
    )


def league_spec(
    table: pd.DataFrame,
    *,
    definition: str,
    source: str = "",
    width: int = WIDE,
    has_words: bool = True,
) -> Spec:
    """Return :func:`league` as plain Vega-Lite."""
    twin = league_data(table, definition=definition)
    words = _words(twin, definition, source)
    shown = _shown(twin)
    is_wide = width >= 500
    step = 30.0 if is_wide else 56.0
    has_gap = len(shown) < len(twin)
    height = _HEAD + step * max(len(shown), 1) + (26 if has_gap else 0)
    ground = Pixels(width, height)
    ends = (268.0, width - 284.0) if is_wide else (14.0, width - 72.0)
    lowest, highest = shown["low"].min(), shown["high"].max()
    axis = score_axis(float(lowest), float(highest), definition, ends)
    rows = [
        _placed(row, i, definition, axis, step, is_wide=is_wide, has_gap=has_gap)
        for i, row in enumerate(shown.to_dict("records"))
    ]
    spans = [(_HEAD, height)] if is_wide and rows else []
    if not is_wide:
        spans = [(row["y"] - 10, row["y"] + 10) for row in rows]
    edges = [{"x": 0, "x2": width, "y": row["edge"], "y2": row["edge"]} for row in rows]
    layers = [
        ground.rules(axis.grid(spans), "rule"),
        ground.rules(edges, "rule"),
        ground.rules(_mean_line(twin, axis, spans), "ink-quiet", 1.5, dash=(4, 3)),
        ground.small(axis.heads(definition, 8), align="center"),
        *_marks(rows, ground),
        *_texts(rows, ground, width, is_wide=is_wide),
    ]
    if has_gap:
        n_left = len(twin) - len(shown)
        text = say_count(
            "and {n} more, in the table", "and {n} more, in the table", n_left
        )
        y = _HEAD + step * (_MOST // 2) + 13
        layers.append(ground.small([{"x": 28 if is_wide else 0, "y": y, "t": text}]))
    drawn = [part for part in layers if part["data"]["values"]]
    return dressed(drawn, words, width=width, height=height, has_words=has_words)


def _mean_line(
    twin: pd.DataFrame, axis: ScoreAxis, spans: list[tuple[float, float]]
) -> list[dict[str, Any]]:
    if len(twin) < 2:
        return []
    x = axis.at(float(twin["value"].mean()))
    return [{"x": x, "x2": x, "y": top, "y2": end} for top, end in spans]


def _placed(
    row: dict[Any, Any],
    place: int,
    definition: str,
    axis: ScoreAxis,
    step: float,
    *,
    is_wide: bool,
    has_gap: bool,
) -> dict[str, Any]:
    """Return a row with everything that is drawn of it, and where."""
    top = _HEAD + step * place
    if has_gap and place >= _MOST // 2:
        top += 26
    room = 224 if is_wide else axis.right - 40
    return {
        "is_quiet": row["standing"] == "may be chance",
        "is_few": row["n"] < 30,
        "rank": count(int(row["rank"])),
        "name": shortened(str(row["workshop"]), room),
        "value": value_text(row["value"], definition),
        "ends": interval(row["low"], row["high"], definition),
        "n": count(int(row["n"])),
        "places": places_text(int(row["rank_low"]), int(row["rank_high"])),
        "at": axis.at(row["value"]),
        "low": axis.at(row["low"]),
        "high": axis.at(row["high"]),
        "name_y": top + (step / 2 if is_wide else 16),
        "y": top + (step / 2 if is_wide else 39),
        "edge": top + step,
    }


def _marks(rows: list[dict[str, Any]], ground: Pixels) -> list[Spec]:
    layers = []
    for is_quiet, role in ((True, "mark-quiet"), (False, "accent")):
        here = [row for row in rows if row["is_quiet"] is is_quiet]
        bars = [
            {"x": row["low"], "x2": row["high"], "y": row["y"], "y2": row["y"]}
            for row in here
        ]
        layers.append(ground.rules(bars, role, 2.5, cap="round"))
        for is_few, fill in ((False, role), (True, "hatch")):
            dots = [
                {"x": row["at"], "y": row["y"]}
                for row in here
                if row["is_few"] is is_few
            ]
            layers.append(ground.dots(dots, fill=fill, stroke=role))
    return layers


def _texts(
    rows: list[dict[str, Any]], ground: Pixels, width: int, *, is_wide: bool
) -> list[Spec]:
    layers = []
    for is_quiet, role, weight in ((False, "ink", 600), (True, "ink-quiet", 400)):
        here = [row for row in rows if row["is_quiet"] is is_quiet]
        left = 28.0 if is_wide else 24.0
        names = [{"x": left, "y": row["name_y"], "t": row["name"]} for row in here]
        x = width - 212.0 if is_wide else float(width)
        values = [{"x": x, "y": row["name_y"], "t": row["value"]} for row in here]
        layers += [
            ground.texts(names, role=role),
            ground.texts(values, role=role, weight=weight, align="right"),
        ]
    ranks = [
        {"x": 20 if is_wide else 16, "y": r["name_y"], "t": r["rank"]} for r in rows
    ]
    layers.append(ground.small(ranks, align="right"))
    if is_wide:
        for key, x in (("ends", width - 112.0), ("places", width - 44.0)):
            cells = [{"x": x, "y": row["name_y"], "t": row[key]} for row in rows]
            layers.append(ground.small(cells, align="right"))
        counts = [
            {"x": float(width), "y": row["name_y"], "t": row["n"]} for row in rows
        ]
        heads = [
            {"x": width - 112.0, "y": 8, "t": say("95 % interval")},
            {"x": width - 44.0, "y": 8, "t": say("places")},
            {"x": float(width), "y": 8, "t": say("n")},
        ]
        layers += [
            ground.small(counts, align="right"),
            ground.small(heads, align="right", size=SMALL),
        ]
    else:
        places = [
            {"x": float(width), "y": row["y"], "t": row["places"]} for row in rows
        ]
        layers.append(ground.small(places, align="right"))
    return layers
