"""Pain points and ideas by every method in one table, beside what the team chose.

A table and no score over all methods: whoever reads it sees which method says what, and
which could not be asked.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from journeykit.check.priority_inputs import PriorityInputs
from journeykit.check.team_order import TeamPick
from journeykit.language import decimals, say, say_count, semicolons, word
from journeykit.measure.priority import PRIORITY_METHODS
from journeykit.measure.priority_agreement import rankings_side_by_side
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.priority_rankings import BY_THE_BEST_IDEA
from journeykit.report.priority_words import called, short_label, what_is_missing
from journeykit.show.numbers import NBSP

__all__ = ["side_by_side_table"]

_NO_RANK = "\N{EN DASH}"
_ASKED: Mapping[str, tuple[str, ...]] = {
    "pain point": tuple(name for name in PRIORITY_METHODS if name != "kano"),
    "idea": ("opportunity_score", "impact_effort", "rice", "kano", "votes"),
}
"""Methods that can be asked; Kano gives classes of needs and no order."""

_NOUNS = {"pain point": word("Pain point"), "idea": word("Idea")}
_DIFFERENT = {
    "pain point": word("{methods} methods put {n} different pain points first"),
    "idea": word("{methods} methods put {n} different ideas first"),
}


def side_by_side_table(
    rankings: Mapping[str, pd.DataFrame],
    given: PriorityInputs,
    picks: tuple[TeamPick, ...] = (),
    *,
    noun: str = "pain point",
    kano: Mapping[str, str] | None = None,
) -> Part:
    """Return every entry with its rank by each method, and what is not shown.

    Parameters
    ----------
    rankings
        Method to its ranking.
    given
        Names of the pain points or ideas.
    picks
        What the team chose; its order comes first.
    noun
        What is ranked: ``pain point`` or ``idea``.
    kano
        Entry to its Kano class in words, if a survey asked for it.
    """
    table = rankings_side_by_side(rankings)
    chosen = {one.pain_point.id: one.place for one in picks}
    known = {str(entry): place for place, entry in enumerate(table["entry"])}
    order = sorted(
        given.names,
        key=lambda one: (chosen.get(one, len(chosen) + 1), known.get(one, len(known))),
    )
    cells = {method: _cells(one) for method, one in rankings.items()}
    rows = []
    for entry in order:
        row = {"name": given.names[entry]}
        if chosen:
            place = chosen.get(entry)
            row["chosen"] = _NO_RANK if place is None else str(place)
        for method in rankings:
            row[method] = cells[method].get(entry, _NO_RANK)
        if kano:
            row["kano"] = kano.get(entry, _NO_RANK)
        rows.append(row)
    heads = {"name": say(_NOUNS[noun])}
    if chosen:
        heads["chosen"] = say("You chose")
    heads |= {method: short_label(method) for method in rankings}
    heads |= {"kano": short_label("kano")} if kano else {}
    return parts.ranked_table(
        pd.DataFrame(rows),
        heads,
        title=_title(rankings, given.names, noun),
        subtitle=_subtitle(rankings, noun),
        source=_not_shown({*rankings, *(["kano"] if kano else [])}, noun),
        is_ranked=False,
    )


def _cells(table: pd.DataFrame) -> dict[str, str]:
    """Return entry to its rank, shared ranks with =, and the score in brackets."""
    ranked = table.dropna(subset=["rank"])
    shared = ranked["rank"].duplicated(keep=False)
    found = {}
    for row, is_shared in zip(ranked.to_dict("records"), shared, strict=True):
        rank = f"{int(row['rank'])}{'=' if is_shared else ''}"
        value = row.get("value")
        said = f"{NBSP}({_score(float(value))})" if value is not None else ""
        found[str(row["entry"])] = f"{rank}{said}"
    return found


def _score(value: float) -> str:
    """Return a score with as many digits as it bears."""
    if abs(value) >= 100 or value == round(value):
        return decimals(value, 0).replace("-", "\N{MINUS SIGN}")
    return decimals(value, 1).replace("-", "\N{MINUS SIGN}")


def _title(
    rankings: Mapping[str, pd.DataFrame], names: Mapping[str, str], noun: str
) -> str:
    """Return the finding: what most methods put first."""
    first: dict[str, int] = {}
    for table in rankings.values():
        for entry in table.loc[table["rank"] == 1, "entry"]:
            first[str(entry)] = first.get(str(entry), 0) + 1
    most = max(first.values())
    best = [names[one] for one, n in first.items() if n == most]
    n = len(rankings)
    if n == 1:
        return say(
            "“{name}” comes first by {method}, the only method with what it needs",
            name=best[0],
            method=called(next(iter(rankings))),
        )
    if len(best) > 1:
        return say(_DIFFERENT[noun], methods=n, n=len(first))
    if most < n:
        return say_count(
            "“{name}” is first by {most} of {n} methods",
            "“{name}” is first by {most} of {n} methods",
            n,
            name=best[0],
            most=most,
        )
    if n == 2:
        return say("“{name}” is first by both methods", name=best[0])
    return say_count(
        "“{name}” is first by all {n} methods",
        "“{name}” is first by all {n} methods",
        n,
        name=best[0],
    )


def _subtitle(rankings: Mapping[str, pd.DataFrame], noun: str) -> str:
    said = [say("Rank by each method, its score in brackets; = shares the rank.")]
    if "risk_priority_number" in rankings:
        said.append(say("RPN: a severity of 5 stands first whatever the product."))
    is_by_ideas = any(method in rankings for method in BY_THE_BEST_IDEA)
    if is_by_ideas and noun == "pain point":
        said.append(say("Impact-effort and RICE: of the best idea that answers it."))
    return " ".join(said)


def _not_shown(shown: Collection[str], noun: str) -> str:
    lacking = [
        say(
            "{method} (needs {what})",
            method=short_label(name),
            what=what_is_missing(name),
        )
        for name in _ASKED[noun]
        if name not in shown
    ]
    return say("Not shown: {list}.", list=semicolons(lacking)) if lacking else ""
