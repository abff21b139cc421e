"""Personas and segments in words: who they are, what they need, by which rule.

One is told line by line; several stand side by side, a column each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from journeykit.language import say, word
from journeykit.measure.groups import group_mask
from journeykit.measure.intervals import wilson
from journeykit.model import DataSet, Document, LaneNote, Persona, Segment
from journeykit.model.survey import Condition, Group
from journeykit.report import parts
from journeykit.report.parts import Part
from journeykit.show.numbers import count, value_text, with_interval
from journeykit.workshop import Workshop

__all__ = [
    "MOST_COLUMNS",
    "Who",
    "identity_lines",
    "need_lines",
    "rule_words",
    "rules_of",
    "rules_table",
    "share_words",
    "side_by_side",
]

Who = Persona | Segment

MOST_COLUMNS = 4
"""How many people stand beside each other, so that a column still holds words."""

_SHARE = "customer_satisfaction_score"  # written as a share is
_NEEDS = {
    "needs": word("Needs"),
    "expectations": word("Expects"),
    "motivations": word("Is moved by"),
    "desires": word("Wishes for"),
    "goals": word("Goals"),
    "preferences": word("Prefers"),
    "pains": word("Is annoyed by"),
}
_LANES = {"need": "needs", "expectation": "expectations", "motivation": "motivations"}


def identity_lines(document: Document, who: Who) -> dict[str, str]:
    """Return who this is, label to text; only what somebody wrote."""
    segment = who if isinstance(who, Segment) else document.get(who.segment)
    lines: dict[str, str] = {}
    if isinstance(who, Persona):
        lines[say("In their words")] = who.quote and say("“{text}”", text=who.quote)
        lines[say("In short")] = who.summary
        lines[say("Who they are")] = _listed(who.demographics)
        lines[say("What they do")] = _listed(who.behaviours)
    if isinstance(segment, Segment):
        if segment is not who:
            lines[say("Segment")] = segment.name
        lines[say("About the segment")] = segment.description
        if segment is who:
            lines[say("Who they are")] = _listed(segment.demographic)
            lines[say("What they do")] = _listed(segment.behavioural)
        lines[say("How they think")] = _listed(segment.psychographic)
    return {label: text for label, text in lines.items() if text}


def need_lines(document: Document, who: Who) -> dict[str, str]:
    """Return what they need and expect, label to text; only what somebody wrote.

    What stands in the lanes of the map for this persona is told too.
    """
    told: dict[str, list[str]] = {field: [] for field in _NEEDS}
    if isinstance(who, Persona):
        for field in _NEEDS:
            told[field] += getattr(who, field)
    for note in document.of(LaneNote):
        if note.persona == who.id and note.lane in _LANES:
            told[_LANES[note.lane]].append(note.text)
    return {
        say(label): _listed(dict.fromkeys(told[field]))
        for field, label in _NEEDS.items()
        if told[field]
    }


def _listed(texts: Sequence[str] | Mapping[str, None]) -> str:
    return "; ".join(text.rstrip(".") for text in texts)


def side_by_side(
    people: Sequence[Who], lines: Sequence[Mapping[str, str]], *, title: str
) -> Part:
    """Return what is told of several people as a table, a column each.

    Parameters
    ----------
    people
        Those whom it is about.
    lines
        Label to text of each of them.
    title
        What it says.
    """
    labels = list(dict.fromkeys(label for one in lines for label in one))
    shown = list(zip(people, lines, strict=True))[:MOST_COLUMNS]
    table = pd.DataFrame(
        {"label": label, **{who.id: given.get(label, "") for who, given in shown}}
        for label in labels
    )
    left = len(people) - len(shown)
    more = say(
        "{n} more are not shown here: a report on each of them says it all.",
        n=count(left),
    )
    return parts.ranked_table(
        table,
        {"label": "", **{who.id: who.name for who, _ in shown}},
        title=title,
        source=more if left > 0 else "",
        is_ranked=False,
    )


# --- the rule -------------------------------------------------------------------------


def rules_of(
    document: Document, who: Who, more: Sequence[Group] = ()
) -> Iterator[tuple[DataSet, Group]]:
    """Yield each data set that says which answers belong to somebody, and its rule.

    A persona without a rule of its own has none here: that of its segment may hold
    others too.
    """
    for data in document.of(DataSet):
        mapping = data.mapping or data.records
        for group in (*(mapping.groups if mapping else ()), *more):
            if group.subject == who.id:
                yield data, group


def rule_words(group: Group) -> str:
    """Return a rule as a sentence without its full stop: all its tests.

    Examples
    --------
    >>> old = Condition(column="AGE", test="at_least", values=("65",))
    >>> trip = Condition(column="TRIP", values=("1", "2"))
    >>> rule_words(Group(subject="p", conditions=(old, trip)))
    'AGE is at least 65; TRIP is 1 or 2'
    """
    return "; ".join(map(_condition, group.conditions))


def _condition(one: Condition) -> str:
    values = [value or say("empty") for value in one.values]
    said = values[0]
    for value in values[1:]:
        said = say("{one} or {other}", one=said, other=value)
    words = {
        "is": say("{column} is {value}", column=one.column, value=said),
        "is_not": say("{column} is not {value}", column=one.column, value=said),
        "at_least": say("{column} is at least {value}", column=one.column, value=said),
        "at_most": say("{column} is at most {value}", column=one.column, value=said),
    }
    return words[one.test]


def rules_table(
    workshop: Workshop, people: Sequence[Who], more: Sequence[Group] = ()
) -> Part:
    """Return by which rule answers belong to whom, and how many do."""
    document = workshop.document()
    rows = []
    for who in people:
        for data, group in rules_of(document, who, more):
            n, share = _members(workshop, data, group)
            rows.append(
                {
                    "who": who.name,
                    "rule": rule_words(group),
                    "data": data.title,
                    "n": n,
                    "share": share,
                }
            )
    if not rows:
        return parts.sentence(
            say(
                "No data set says which answers are theirs: declare the rule in its "
                "mapping, under groups (step 5, evidence)."
            )
        )
    labels = {
        "who": say("Who"),
        "rule": say("Rule"),
        "data": say("Data set"),
        "n": say("Answers"),
        "share": say("Share of answers"),
    }
    if len(people) == 1:
        del labels["who"]
    return parts.ranked_table(
        pd.DataFrame(rows),
        labels,
        title=say("Which answers count as theirs"),
        subtitle=say("Columns and codes as they stand in the data; all tests hold."),
        is_ranked=False,
    )


def _members(workshop: Workshop, data: DataSet, group: Group) -> tuple[str, str]:
    """Return how many answers a rule finds, and their share, as they may be shown."""
    if data.mapping is None or not data.table:
        return "", ""
    answers = workshop.survey(data.id)
    n, total = int(group_mask(answers, group).sum()), len(answers)
    minimum = workshop.case.min_group
    if n < minimum or 0 < total - n < minimum:
        return say("fewer than {minimum}", minimum=minimum) if n < minimum else "", ""
    return count(n), with_interval(n / total, *wilson(n, total), _SHARE)


def share_words(share: float | None) -> str:
    """Return a share of customers in words; empty if nobody knows it."""
    return "" if share is None else value_text(share, _SHARE)
