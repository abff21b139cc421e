"""The numbers and the words of scores by touchpoint, before anything is drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import percent, say, semicolons, sentences, word
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.frame import Words
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import (
    count,
    interval,
    joined,
    typeset,
    value_text,
    with_interval,
)

__all__ = ["scores_by_touchpoint_data", "scores_words"]

_NEEDED = ["name", "value", "low", "high", "n", "reliability"]
_SAID = {
    "net_promoter_score": word("NPS {value}"),
    "customer_satisfaction_score": word("{value} satisfied"),
    "mean_satisfaction": word("{value} of 5"),
    "customer_effort_score": word("{value} of 7 for ease"),
    "easy_share": word("{value} found it easy"),
}


@number_twin
def scores_by_touchpoint_data(
    scores: pd.DataFrame, *, definition: str, minimum: int = MIN_ANSWERS
) -> pd.DataFrame:
    """Return the numbers behind the chart ``scores_by_touchpoint``, in the order drawn.

    Parameters
    ----------
    scores
        One row a touchpoint: ``name``, ``value``, ``low``, ``high`` (in the unit of the
        definition), ``n``, ``reliability`` as :class:`journeykit.measure.result.Result`
        words it.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.
    minimum
        Fewest answers that may be shown; smaller counts are not given either.

    Returns
    -------
    DataFrame
        ``touchpoint``, ``value``, ``low``, ``high``, ``n``, ``reliability``,
        ``standing`` (``weakest``; ``may be chance``: the interval overlaps that of the
        weakest; ``clear``; ``not shown``) and ``said``, the row in words. Weakest
        first; what is not shown stands last, by name.

    Raises
    ------
    InputError
        If a column is missing or the definition is not known.
    """
    missing = [column for column in _NEEDED if column not in scores.columns]
    if missing:
        raise InputError(
            f"a table with {', '.join(_NEEDED)} was expected, "
            f"without {', '.join(missing)} it cannot be drawn"
        )
    if definition not in MEASURES:
        raise InputError(f"{definition!r} is no measure that can be drawn")
    table = (
        scores[_NEEDED].rename(columns={"name": "touchpoint"}).reset_index(drop=True)
    )
    for column in ("value", "low", "high"):
        table[column] = pd.to_numeric(table[column]).astype(float)
    is_shown = table["reliability"].isin(["few answers", "enough"])
    is_up = MEASURES[definition].direction == "higher is better"
    shown = table[is_shown].sort_values(
        ["value", "touchpoint"], ascending=[is_up, True], kind="stable"
    )
    hidden = table[~is_shown].sort_values("touchpoint", kind="stable")
    hidden = hidden.assign(value=float("nan"), low=float("nan"), high=float("nan"))
    ordered = pd.concat([part for part in (shown, hidden) if len(part)] or [table])
    ordered = ordered.reset_index(drop=True)
    ordered["standing"] = "not shown"
    if len(shown):
        at = _weakest(ordered.iloc[: len(shown)])
        first = ordered.loc[at]
        touches = (ordered["low"] <= first["high"]) & (ordered["high"] >= first["low"])
        ordered.loc[: len(shown) - 1, "standing"] = "clear"
        ordered.loc[touches, "standing"] = "may be chance"
        ordered.loc[at, "standing"] = "weakest"
    ordered["said"] = [
        _row_said(row, definition, minimum) for row in ordered.to_dict("records")
    ]
    is_few = ordered["reliability"] == "fewer than minimum"
    ordered["n"] = ordered["n"].astype("Int64").mask(is_few)
    return ordered


def _weakest(shown: pd.DataFrame) -> int:
    """Return the row that is named: the weakest, unless few answers put it there."""
    enough = shown[shown["reliability"] == "enough"]
    if enough.empty:
        return 0
    lowest, solid = shown.iloc[0], enough.iloc[0]
    is_apart = lowest["high"] < solid["low"] or lowest["low"] > solid["high"]
    return 0 if is_apart else int(enough.index[0])


def _row_said(row: dict[Any, Any], definition: str, minimum: int) -> str:
    if row["reliability"] == "not measured":
        return say("not measured")
    if row["reliability"] == "fewer than minimum":
        return say("fewer than {minimum} answers", minimum=minimum)
    text = with_interval(row["value"], row["low"], row["high"], definition)
    return _counted(text, row["n"], row["reliability"])


def _counted(value: str, n: int, reliability: str) -> str:
    if reliability == "few answers":
        return say("{value}, n {n}, few answers", value=value, n=count(n))
    return say("{value}, n {n}", value=value, n=count(n))


def _said(row: pd.Series[Any], definition: str) -> str:
    value = say(_SAID[definition], value=value_text(row["value"], definition))
    ends = interval(row["low"], row["high"], definition)
    text = say("{value} ({interval})", value=value, interval=ends)
    return _counted(text, int(row["n"]), row["reliability"])


def _title(twin: pd.DataFrame, definition: str) -> str:
    shown = twin[twin["standing"] != "not shown"]
    if shown.empty:
        measure = say(MEASURES[definition].short)
        return say("{measure} was measured nowhere", measure=measure)
    first = shown[shown["standing"] == "weakest"].iloc[0]
    said = _said(first, definition)
    is_alike = shown["standing"] == "may be chance"
    if first["reliability"] == "enough":
        is_alike &= shown["reliability"] == "enough"
    alike = list(shown.loc[is_alike, "touchpoint"])
    name = first["touchpoint"]
    if len(shown) == 1:
        return say("{name}: {score}", name=name, score=said)
    if not alike:
        return say("{name} is the low point: {score}", name=name, score=said)
    if len(alike) + 1 == len(shown):
        return say(
            "No clear low point: lowest is {name}, {score}", name=name, score=said
        )
    if len(alike) <= 2:
        return say(
            "{names} are lowest, too close to rank: {name} {score}",
            names=joined([name, *alike]),
            name=name,
            score=said,
        )
    return say(
        "{name} is lowest of {n}, not clearly: {score}",
        name=name,
        n=len(shown),
        score=said,
    )


def _alt(twin: pd.DataFrame, definition: str) -> str:
    rows = semicolons(
        f"{row['touchpoint']}: {row['said']}" for row in twin.to_dict("records")
    )
    return say(
        "Dots with {level} intervals of the {measure}, weakest first. {rows}.",
        measure=say(MEASURES[definition].label.lower()),
        level=percent(0.95),
        rows=rows,
    )


def scores_words(
    twin: pd.DataFrame, definition: str, period: str, source: str
) -> Words:
    """Return the finding, the measure, the source and the alt text of the twin."""
    measure = MEASURES[definition]
    notes = []
    if (twin["standing"] == "may be chance").any():
        first = twin.loc[twin["standing"] == "weakest", "touchpoint"].iloc[0]
        notes.append(
            say(
                "Grey: the interval overlaps that of {name}, so it may be chance.",
                name=first,
            )
        )
    if (twin["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 answers."))
    about = say(
        "{measure} ({short}) with {level} intervals ({method}).",
        measure=say(measure.label),
        short=say(measure.short),
        level=percent(0.95),
        method=say(measure.interval),
    )
    return Words(
        title=_title(twin, definition),
        subtitle=sentences(about, typeset(say(measure.text)), period),
        source=" ".join([*notes, source]).strip(),
        alt=_alt(twin, definition),
    )
