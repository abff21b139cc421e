"""What is said of the ways of setting priorities: how each reckons, what it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from journeykit.measure.priority import PRIORITY_METHODS
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.show.numbers import typeset

__all__ = [
    "head_of",
    "method_definitions",
    "only_ranking",
    "short_label",
    "what_is_missing",
]

_NEEDS: Mapping[str, str] = {
    "severity_frequency": "severity and frequency of the pain points",
    "risk_priority_number": "how hard the pain points are to notice, too",
    "opportunity_score": "a survey that asks for importance and satisfaction",
    "importance_performance": "importance and satisfaction of the touchpoints",
    "impact_effort": "effect and effort of the opportunities",
    "rice": "reach, impact, confidence and person-months of the opportunities",
    "kano": "a survey that asks both ways: if it is there, and if it is not",
    "votes": "dots, and the end of the voting",
    "data_driven": "a survey of touchpoints with an overall question",
    "value_at_stake": "purchases and events of the same customers",
}

_SHORT: Mapping[str, str] = {
    "severity_frequency": "Severity \N{MULTIPLICATION SIGN} frequency",
    "risk_priority_number": "RPN",
    "opportunity_score": "Opportunity score",
}

_SHOWN = {
    "quadrant": "Quadrant",
    "impact": "Effect",
    "severity": "Severity",
    "frequency": "Frequency",
    "effort": "Effort",
    "value": "Score",
}


def short_label(name: str) -> str:
    """Return what a method is called at the head of a narrow column.

    Examples
    --------
    >>> short_label("risk_priority_number"), short_label("rice")
    ('RPN', 'RICE')
    """
    return _SHORT.get(name, typeset(PRIORITY_METHODS[name].label))


def head_of(name: str) -> str:
    """Return what a method is called over a line of a picture, where room is least."""
    is_long = name == "importance_performance"
    return "Importance" if is_long else short_label(name)


def what_is_missing(name: str) -> str:
    """Return what a method needs, as a noun after "needs"."""
    return _NEEDS[name]


def method_definitions(used: Collection[str], *, line: float, is_reach: bool) -> Part:
    """Return each method: its formula, its caution, and what it still needs.

    Parameters
    ----------
    used
        Methods that had what they need.
    line
        From here on importance and satisfaction are high.
    is_reach
        Whether the data-driven way counts customers seen in events, not answers.
    """
    terms = {}
    for name, method in PRIORITY_METHODS.items():
        more = f"Not shown: it needs {_NEEDS[name]}."
        if name in used:
            more = _about(name, line=line, is_reach=is_reach)
        said = f"{_sentence(method.formula)} {method.caution} {more}"
        terms[typeset(method.label)] = said.rstrip()
    return parts.definitions(terms, heading="How each method reckons")


def _about(name: str, *, line: float, is_reach: bool) -> str:
    """Return what must be said where a method was used in this workshop."""
    who = "customers seen in the events" if is_reach else "those who answered"
    return {
        "risk_priority_number": "Your ratings of 1 to 5 are doubled.",
        "importance_performance": "As the team rates the touchpoint of each pain "
        f"point; high begins at {line:g}.",
        "data_driven": f"Affected: {who}. Dissatisfied: whose answer is not among the "
        "two best.",
        "impact_effort": "A pain point ranks by the best idea that answers it.",
        "rice": "A pain point ranks by the best idea that answers it.",
        "kano": "It stands by itself: classes have no order.",
        "opportunity_score": "Of the need that is about the pain point, else about its "
        "touchpoint.",
    }.get(name, "")


def only_ranking(name: str, table: pd.DataFrame, names: Mapping[str, str]) -> Part:
    """Return the order by the only method that has what it needs.

    Parameters
    ----------
    name
        Key of the method.
    table
        Its ranking.
    names
        Id of an entry to its name.
    """
    method = PRIORITY_METHODS[name]
    shown = table.dropna(subset=["rank"])
    shown = shown.assign(name=shown["entry"].map(dict(names)))
    columns = {key: label for key, label in _SHOWN.items() if key in shown.columns}
    n_left = len(table) - len(shown)
    called = typeset(method.label).lower()
    return parts.ranked_table(
        shown,
        {"name": "What", **columns},
        title=f"“{shown['name'].iloc[0]}” comes first by {called}",
        subtitle=f"{_sentence(method.formula)} {method.caution}",
        source=f"Not rated: {n_left}." if n_left else "",
    )


def _sentence(text: str) -> str:
    return f"{typeset(text[:1].upper() + text[1:])}."
