"""How firm an order is: how often each stays in the top when scores and weights vary.

Ratings vary by the people who gave them, or by a step; estimates by a quarter; what was
measured within its interval. Each method is varied in its own way and never another's.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from journeykit.check.priority_inputs import PriorityInputs
from journeykit.language import percent, say, say_count, word
from journeykit.measure.priority_stability import estimate_stability, rank_stability
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.priority_differences import PLACES
from journeykit.report.priority_rankings import table_of
from journeykit.report.priority_words import short_called, short_label

__all__ = ["firmness", "firmness_part"]

_FIRM = 0.8
_MOST, _EVER = 10, 0.005
"""So many rows in any case; more if they are in the top ever."""
_MEASURED = ("data_driven", "value_at_stake")
_NO_SHARE = "\N{EN DASH}"
_HOW: Mapping[str, str] = {
    "severity_frequency": word(
        "Severity \N{MULTIPLICATION SIGN} frequency, with the scores of single people, "
        "or one step up or down, and other weights."
    ),
    "impact_effort": word(
        "Effect \N{MINUS SIGN} effort, with the scores of single people, or one step "
        "up or down, and other weights."
    ),
    "rice": word("RICE: each estimate and weight a quarter up or down."),
    "data_driven": word("Data-driven: within its interval."),
    "value_at_stake": word("Value at stake: within its range."),
}
_NOUNS = {"pain point": word("Pain point"), "idea": word("Idea")}
_PLACE_HEADS = {
    1: word("First"),
    2: word("Among the first two"),
    3: word("Among the first three"),
}


def firmness(
    rankings: Mapping[str, pd.DataFrame], given: PriorityInputs, *, top: int
) -> dict[str, pd.DataFrame]:
    """Return method to how often each entry stays in the top, for those that can vary.

    Parameters
    ----------
    rankings
        Method to its ranking.
    given
        What the methods take.
    top
        How many places count as the top.
    """
    people = table_of(given.individual) if given.individual else None
    found: dict[str, pd.DataFrame] = {}
    if "severity_frequency" in rankings:
        rows = table_of(given.tables["severity_frequency"])
        found["severity_frequency"] = rank_stability(rows, individual=people, top=top)
    if "impact_effort" in rankings and "impact_effort" in given.tables:
        found["impact_effort"] = rank_stability(
            rankings["impact_effort"][["entry", "impact", "effort"]],
            {"impact": 1, "effort": -1},
            combine="sum",
            individual=people,
            top=top,
        )
    if "rice" in rankings and "rice" in given.tables:
        found["rice"] = rank_stability(
            table_of(given.tables["rice"]),
            {"reach": 1, "impact": 1, "confidence": 1, "effort": -1},
            scale=None,
            top=top,
        )
    for method in _MEASURED:
        if method in rankings:
            found[method] = estimate_stability(rankings[method], top=top)
    return found


def firmness_part(
    tables: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    *,
    top: int,
    noun: str = "pain point",
) -> Part:
    """Return how often each entry stays in the top by each method that can vary.

    Parameters
    ----------
    tables
        What :func:`firmness` returns, one method or more; the first gives the order.
    names
        Id of an entry to its name.
    top
        How many places count as the top.
    noun
        What is ranked.
    """
    first, table = next(iter(tables.items()))
    place = say(PLACES[top])
    shares = {
        method: dict(zip(one["entry"], one["top_share"], strict=True))
        for method, one in tables.items()
    }
    rows = []
    for number, row in enumerate(table.to_dict("records")):
        entry = row["entry"]
        ever = max(_number(one.get(entry)) for one in shares.values())
        if number >= _MOST and ever < _EVER:
            continue
        cells = {method: _percent(one.get(entry)) for method, one in shares.items()}
        rows.append(
            {
                "name": names[entry],
                **cells,
                "between": _between(row["rank_low"], row["rank_high"]),
                "n": f"{row['n_people']:g}" if row["n_people"] else say("agreed only"),
            }
        )
    never = len(table) - len(rows)
    n_firm = int((table["top_share"] >= _FIRM).sum())
    heads = {"name": say(_NOUNS[noun])}
    if len(tables) == 1:
        heads[first] = say(_PLACE_HEADS[top])
    else:
        heads |= {method: short_label(method) for method in tables}
    heads["between"] = say("Ranks from")
    heads |= {"n": say("People who scored")} if first != "rice" else {}
    said = " ".join(say(_HOW[method]) for method in tables)
    return parts.ranked_table(
        pd.DataFrame(rows),
        heads,
        title=_title(noun, n_firm, place, _method(tables)),
        subtitle=say(
            "How often {place} of a thousand draws. {how} Firm from {share} on.",
            place=place,
            how=said,
            share=percent(_FIRM),
        ),
        source=say_count(
            "{n} more are practically never {place}.",
            "{n} more are practically never {place}.",
            never,
            place=place,
        )
        if never
        else "",
    )


def _method(tables: Mapping[str, pd.DataFrame]) -> str:
    """Return which method the title speaks of, where several stand below it."""
    return "" if len(tables) == 1 else short_called(next(iter(tables)))


def _title(noun: str, n_firm: int, place: str, method: str) -> str:
    """Return how many stay in the top, whatever is varied."""
    words = {"place": place, "method": method}
    is_idea = noun == "idea"
    if not n_firm and method:
        return (
            say("No ideas stay {place} by {method}, whatever is varied", **words)
            if is_idea
            else say(
                "No pain points stay {place} by {method}, whatever is varied", **words
            )
        )
    if not n_firm:
        return (
            say("No ideas stay {place}, whatever is varied", **words)
            if is_idea
            else say("No pain points stay {place}, whatever is varied", **words)
        )
    if is_idea and method:
        return say_count(
            "{n} idea stays {place} by {method}, whatever is varied",
            "{n} ideas stay {place} by {method}, whatever is varied",
            n_firm,
            **words,
        )
    if is_idea:
        return say_count(
            "{n} idea stays {place}, whatever is varied",
            "{n} ideas stay {place}, whatever is varied",
            n_firm,
            **words,
        )
    if method:
        return say_count(
            "{n} pain point stays {place} by {method}, whatever is varied",
            "{n} pain points stay {place} by {method}, whatever is varied",
            n_firm,
            **words,
        )
    return say_count(
        "{n} pain point stays {place}, whatever is varied",
        "{n} pain points stay {place}, whatever is varied",
        n_firm,
        **words,
    )


def _number(share: float | None) -> float:
    return 0.0 if share is None or pd.isna(share) else float(share)


def _percent(share: float | None) -> str:
    if share is None or pd.isna(share):
        return _NO_SHARE
    return percent(share)


def _between(low: float, high: float) -> str:
    if pd.isna(low):
        return ""
    return say("{low} to {high}", low=f"{low:g}", high=f"{high:g}")
