"""The words of the emotion curve: its finding, what is not drawn, its alt text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from journeykit.language import commas, percent, say, say_count, semicolons, word
from journeykit.show.frame import Words
from journeykit.show.numbers import joined, n_text, signed

__all__ = ["MOST_TOUCHPOINTS", "emotion_words"]

MOST_TOUCHPOINTS = 300
"""Most touchpoints of a curve that are drawn; the twin has all."""

_TURNS = {
    "lowest": word("lowest"),
    "highest": word("highest"),
    "valley": word("valley"),
    "peak": word("peak"),
}
_HIDDEN = {
    "not measured": word("not measured"),
    "fewer than minimum": word("fewer than minimum"),
}
_NOTED = (
    (
        "not measured",
        word("Not measured: {names}."),
        word("Not measured at any touchpoint."),
    ),
    (
        "fewer than minimum",
        word("Too few answers to show: {names}."),
        word("Too few answers to show at any touchpoint."),
    ),
)


def emotion_words(
    twin: pd.DataFrame, hero: pd.DataFrame, n_left: int, said: tuple[str, str]
) -> Words:
    """Return the words of a curve.

    Parameters
    ----------
    twin
        All curves, as :func:`journeykit.show.emotion_chart.emotion_curve_data` has
        them.
    hero
        The rows of the thick one.
    n_left
        How many curves are not drawn.
    said
        What stands before the notes (names of stages), and the source after them.
    """
    rows = hero.to_dict("records")
    title = _title(rows)
    about = say(
        "Thick: emotion felt, {low} to +2. Thin: mean satisfaction on 1 to 5 less 3, "
        "with its {level} interval (Student's t).",
        low=signed(-2, 0),
        level=percent(0.95),
    )
    shade = say("Shaded: the gap.")  # slides that draw none leave it out
    about = f"{about} {shade}"
    notes = [said[0]] if said[0] else []
    for state, some, every in _NOTED:
        names = [row["name"] for row in rows if row["reliability"] == state]
        if 0 < len(names) < len(rows):
            notes.append(say(some, names=_first_five(names)))
        elif names:
            notes.append(say(every))
    if (hero["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 answers."))
    if n_left:
        notes.append(
            say_count(
                "{n} more curve is not drawn.",
                "{n} more curves are not drawn.",
                n_left,
            )
        )
    if len(twin) and twin["column"].max() >= MOST_TOUCHPOINTS:
        notes.append(
            say(
                "Of each curve the first {n} touchpoints are drawn.",
                n=MOST_TOUCHPOINTS,
            )
        )
    alt = semicolons(f"{row['name']}: {_row_said(row)}" for row in rows[:80])
    alt = alt or say("No touchpoint")
    text = f"{title}. {alt}."
    others = joined(list(twin["who"].drop_duplicates())[1:])
    if others:
        also = say("Also felt by {names}.", names=others)
        text = f"{text} {also}"
    return Words(title, about, " ".join([*notes, said[1]]).strip(), text)


def _first_five(names: list[str]) -> str:
    more = [say("{n} more", n=len(names) - 5)] if len(names) > 5 else []
    return joined([*names[:5], *more])


def _title(rows: list[dict[Any, Any]]) -> str:
    felt = [row for row in rows if not pd.isna(row["felt"])]
    if not felt:
        return say("What was felt was not asked at any touchpoint")
    low = min(felt, key=lambda row: row["felt"])
    feeling = signed(low["felt"])
    if low["word"]:
        feeling = f"{feeling} ({low['word']})"
    numbers = {"name": low["name"], "who": low["who"], "felt": feeling}
    is_measured = not pd.isna(low["measured"])
    if not low["persona"]:
        if is_measured:
            return say(
                "{name} is the low point: the team feels {felt}, customers say "
                "{measured}",
                **numbers,
                measured=_measured(low),
            )
        return say("{name} is the low point: the team feels {felt}", **numbers)
    if is_measured:
        return say(
            "{name} is the low point: {who} feels {felt}, customers say {measured}",
            **numbers,
            measured=_measured(low),
        )
    return say("{name} is the low point: {who} feels {felt}", **numbers)


def _measured(row: Mapping[Any, Any]) -> str:
    value, n = signed(row["measured"], 2), n_text(row["n"])
    if pd.isna(row["low"]) or pd.isna(row["high"]):
        return say("{value}, {n}", value=value, n=n)
    low, high = signed(row["low"], 2), signed(row["high"], 2)
    return say("{value} ({low} to {high}), {n}", value=value, low=low, high=high, n=n)


def _row_said(row: Mapping[Any, Any]) -> str:
    felt = say("not asked")
    if not pd.isna(row["felt"]):
        felt = say("felt {value}", value=signed(row["felt"]))
    parts = [felt, *([say(_TURNS[row["turn"]])] if row["turn"] else [])]
    if pd.isna(row["measured"]):
        parts.append(say(_HIDDEN.get(row["reliability"], "not measured")))
    else:
        parts.append(say("measured {value}", value=_measured(row)))
    return commas(parts)
