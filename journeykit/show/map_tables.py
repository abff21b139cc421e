"""The number twins of the journey map: its curve, its losses, and all its cards say."""

from __future__ import annotations

import pandas as pd

from journeykit.language import decimals, say
from journeykit.layout.drop_off import leave_words
from journeykit.layout.emotion_curve import EmotionRow, emotion_curve_data
from journeykit.layout.journey_map import MapLayout
from journeykit.model.document import Document
from journeykit.model.journey import Stage
from journeykit.show.numbers import signed

__all__ = ["drop_off_table", "emotion_curve_table", "map_table"]

_CURVE_COLUMNS = {
    "who": "string",
    "stage": "string",
    "touchpoint": "string",
    "felt": "float64",
    "word": "string",
    "measured": "float64",
    "low": "float64",
    "high": "float64",
    "n": "int64",
    "reliability": "string",
    "gap": "float64",
    "turn": "string",
}
_DROP_COLUMNS = {
    "before": "string",
    "touchpoint": "string",
    "drop_off": "float64",
    "low": "float64",
    "high": "float64",
    "n": "int64",
    "reliability": "string",
}
_NOTE_COLUMNS = ["lane", "stage", "touchpoint", "text", "detail", "persona"]


def emotion_curve_table(
    document: Document, persona: str | None = None, *, journey: str | None = None
) -> pd.DataFrame:
    """Return the emotion curves as a table: one row a curve and touchpoint.

    Parameters
    ----------
    document, persona, journey
        As for :func:`journeykit.layout.emotion_curve.emotion_curve_data`.

    Returns
    -------
    DataFrame
        ``who``; ``stage`` and ``touchpoint`` by name; ``felt``, ``measured``, ``low``,
        ``high`` and ``gap`` (felt less measured) from -2 to +2, missing where nobody
        was asked or nothing was measured; ``word``; ``n``, valid answers;
        ``reliability``; ``turn`` (highest, peak, valley, lowest).

    Raises
    ------
    UnknownNameError
        If there is no such journey or persona.
    """
    stages = {stage.id: stage.name for stage in document.of(Stage)}
    rows = [
        {
            "who": row.who,
            "stage": stages[row.stage],
            "touchpoint": row.name,
            "felt": row.felt,
            "word": row.word,
            "measured": row.measured,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "reliability": row.reliability,
            "gap": row.gap,
            "turn": row.turn,
        }
        for row in emotion_curve_data(document, persona, journey=journey)
    ]
    return pd.DataFrame(rows, columns=list(_CURVE_COLUMNS)).astype(_CURVE_COLUMNS)


def drop_off_table(layout: MapLayout) -> pd.DataFrame:
    """Return who is lost between two touchpoints: one row a label of the picture.

    Parameters
    ----------
    layout
        The map.

    Returns
    -------
    DataFrame
        ``before`` and ``touchpoint`` by name; ``drop_off``, 1 - those who reached the
        touchpoint / those who reached the one before, 0 to 1, with ``low`` and
        ``high``; ``n``, who reached the one before; ``reliability``. What too few
        people say has no row.
    """
    rows = [
        (one.before, one.name, one.value, one.low, one.high, one.n, one.reliability)
        for one in layout.drops
    ]
    return pd.DataFrame(rows, columns=list(_DROP_COLUMNS)).astype(_DROP_COLUMNS)


def map_table(layout: MapLayout) -> pd.DataFrame:
    """Return everything that stands on a map, also what its picture has no room for.

    Parameters
    ----------
    layout
        The map.

    Returns
    -------
    DataFrame
        One row a note: ``lane``; ``stage``; ``touchpoint``, empty for a note over the
        whole stage; ``text``; ``detail``; ``persona``, empty if it is about everybody.
        Then the curves, whose emotion was asked or measured, and who is lost.
    """
    stages = {head.stage: head.name for head in layout.stages}
    touchpoints = {column.touchpoint: column.name for column in layout.columns}
    people = {one: name for _, one, name in layout.personas if one != "+"}
    rows = [
        (
            row.label,
            stages[zone.stage],
            touchpoints[zone.touchpoint] if zone.touchpoint else "",
            note.text,
            note.detail,
            people.get(note.letter, ""),
        )
        for row in layout.lanes
        for zone in row.zones
        for note in zone.notes
    ]
    rows += [
        (
            say("Emotion"),
            stages.get(row.stage, ""),
            row.name,
            say("not asked") if row.felt is None else f"{_signed(row.felt)} {row.word}",
            _measured(row),
            row.who,
        )
        for curve in layout.curves
        for row in curve
        if row.felt is not None or row.measured is not None
    ]
    rows += [
        (
            say("Lost on the way"),
            stages[layout.columns[drop.column].stage],
            drop.name,
            leave_words(drop),
            say("after {name}", name=drop.before) if drop.before else "",
            "",
        )
        for drop in layout.drops
    ]
    return pd.DataFrame(rows, columns=_NOTE_COLUMNS).astype("string")


def _signed(value: float) -> str:
    return signed(value, 0 if f"{value:.1f}".endswith(".0") else 1)


def _measured(row: EmotionRow) -> str:
    if row.measured is None:
        return ""
    said = {"measured": _signed(row.measured), "n": decimals(row.n, 0)}
    if row.low is None or row.high is None:
        return say("measured {measured}, n {n}", **said)
    return say(
        "measured {measured} ({low} to {high}), n {n}",
        **said,
        low=_signed(row.low),
        high=_signed(row.high),
    )
