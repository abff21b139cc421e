"""What is said of the ways of setting priorities: how each reckons, what it needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from journeykit.language import say, say_count, word
from journeykit.measure.priority import PRIORITY_METHODS
from journeykit.report import parts
from journeykit.report.column_words import cell_words
from journeykit.report.part import Part
from journeykit.show.numbers import typeset

__all__ = [
    "called",
    "head_of",
    "method_definitions",
    "only_ranking",
    "short_called",
    "short_label",
    "what_is_missing",
]

_NEEDS: Mapping[str, str] = {
    "severity_frequency": word("severity and frequency of the pain points"),
    "risk_priority_number": word("how hard the pain points are to notice, too"),
    "opportunity_score": word("a survey that asks for importance and satisfaction"),
    "importance_performance": word("importance and satisfaction of the touchpoints"),
    "impact_effort": word("effect and effort of the opportunities"),
    "rice": word("reach, impact, confidence and person-months of the opportunities"),
    "kano": word("a survey that asks both ways: if it is there, and if it is not"),
    "votes": word("dots, and the end of the voting"),
    "data_driven": word("a survey of touchpoints with an overall question"),
    "value_at_stake": word("purchases and events of the same customers"),
}

_SHORT: Mapping[str, str] = {
    "severity_frequency": word("Severity \N{MULTIPLICATION SIGN} frequency"),
    "risk_priority_number": word("RPN"),
    "opportunity_score": word("Opportunity score"),
}

_BY_IDEA = word("A pain point ranks by the best idea that answers it.")
_ABOUT: Mapping[str, str] = {
    "risk_priority_number": word("Your ratings of 1 to 5 are doubled."),
    "data_driven": word(
        "Affected: those who answered. Dissatisfied: whose answer is not among the two "
        "best."
    ),
    "impact_effort": _BY_IDEA,
    "rice": _BY_IDEA,
    "kano": word("It stands by itself: classes have no order."),
    "opportunity_score": word(
        "Of the need that is about the pain point, else about its touchpoint."
    ),
}

_SHOWN = {
    "quadrant": word("Quadrant"),
    "impact": word("Effect"),
    "severity": word("Severity"),
    "frequency": word("Frequency"),
    "effort": word("Effort"),
    "value": word("Score"),
}


_INSIDE = (
    *(word("severity x frequency"), word("risk priority number (rpn)")),
    *(word("opportunity score (ulwick)"), word("importance-performance")),
    *(word("impact-effort"), word("rice"), word("kano"), word("votes")),
    *(word("data-driven"), word("value at stake")),
    *(word("severity \N{MULTIPLICATION SIGN} frequency"), word("opportunity score")),
)
"""Methods as they stand inside a sentence: here they are only marked."""


def short_label(name: str) -> str:
    """Return what a method is called at the head of a narrow column.

    Examples
    --------
    >>> short_label("risk_priority_number"), short_label("rice")
    ('RPN', 'RICE')
    """
    return typeset(say(_SHORT.get(name, PRIORITY_METHODS[name].label)))


def called(name: str) -> str:
    """Return what a method is called inside a sentence.

    Examples
    --------
    >>> called("impact_effort")
    'impact-effort'
    """
    return typeset(say(PRIORITY_METHODS[name].label.lower()))


def short_called(name: str) -> str:
    """Return what a narrow column's method is called inside a sentence.

    Examples
    --------
    >>> short_called("risk_priority_number"), short_called("opportunity_score")
    ('RPN', 'opportunity score')
    """
    label = typeset(_SHORT.get(name, PRIORITY_METHODS[name].label))
    return typeset(say(label if label.isupper() else label.lower()))


def head_of(name: str) -> str:
    """Return what a method is called over a line of a picture, where room is least."""
    is_long = name == "importance_performance"
    return say("Importance") if is_long else short_label(name)


def what_is_missing(name: str) -> str:
    """Return what a method needs, as a noun after "needs"."""
    return say(_NEEDS[name])


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
        more = say("Not shown: it needs {what}.", what=say(_NEEDS[name]))
        if name in used:
            more = _about(name, line=line, is_reach=is_reach)
        said = f"{_sentence(method.formula)} {say(method.caution)} {more}"
        terms[typeset(say(method.label))] = said.rstrip()
    return parts.definitions(terms, heading=say("How each method reckons"))


def _about(name: str, *, line: float, is_reach: bool) -> str:
    """Return what must be said where a method was used in this workshop."""
    if name == "importance_performance":
        return say(
            "As the team rates the touchpoint of each pain point; high begins at "
            "{line}.",
            line=f"{line:g}",
        )
    if name == "data_driven" and is_reach:
        return say(
            "Affected: customers seen in the events. Dissatisfied: whose answer is not "
            "among the two best."
        )
    return say(_ABOUT.get(name, ""))


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
    if "quadrant" in shown.columns:
        words = [cell_words("quadrant", str(one)) for one in shown["quadrant"]]
        shown = shown.assign(quadrant=words)
    columns = {key: say(one) for key, one in _SHOWN.items() if key in shown.columns}
    n_left = len(table) - len(shown)
    return parts.ranked_table(
        shown,
        {"name": say("What"), **columns},
        title=say(
            "“{name}” comes first by {method}",
            name=shown["name"].iloc[0],
            method=called(name),
        ),
        subtitle=f"{_sentence(method.formula)} {say(method.caution)}",
        source=say_count("Not rated: {n}.", "Not rated: {n}.", n_left)
        if n_left
        else "",
    )


def _sentence(text: str) -> str:
    said = say(text)
    return f"{typeset(said[:1].upper() + said[1:])}."
