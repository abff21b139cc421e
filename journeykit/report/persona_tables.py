"""Personas and segments in words: who they are, what they need, by which rule.

One is told line by line; several stand side by side, a column each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from journeykit.language import say, semicolons, word
from journeykit.measure.groups import group_mask, told_counts
from journeykit.measure.intervals import wilson
from journeykit.model import DataSet, Document, LaneNote, Persona, Segment
from journeykit.model.survey import Condition, Group
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.numbers import count, value_text, with_interval
from journeykit.workshop import Workshop

__all__ = [
    "MOST_COLUMNS",
    "Lines",
    "Who",
    "counted_words",
    "identity_lines",
    "need_lines",
    "rule_words",
    "rules_of",
    "share_words",
    "side_by_side",
]

Who = Persona | Segment
Lines = Mapping[str, Sequence[str]]
"""Label to texts, each a row."""

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


def identity_lines(document: Document, who: Who) -> Lines:
    """Return who this is, label to texts; only what somebody wrote."""
    segment = who if isinstance(who, Segment) else document.get(who.segment)
    lines: dict[str, tuple[str, ...]] = {}
    if isinstance(who, Persona):
        lines[say("In their words")] = (who.quote and say("“{text}”", text=who.quote),)
        lines[say("In short")] = (who.summary,)
        lines[say("Who they are")] = who.demographics
        lines[say("What they do")] = who.behaviours
    if isinstance(segment, Segment):
        if segment is not who:
            lines[say("Segment")] = (segment.name,)
        lines[say("About the segment")] = (segment.description,)
        if segment is who:
            lines[say("Who they are")] = segment.demographic
            lines[say("What they do")] = segment.behavioural
        lines[say("How they think")] = segment.psychographic
    return {label: texts for label, texts in lines.items() if any(texts)}


def need_lines(document: Document, who: Who) -> Lines:
    """Return what they need and expect, label to texts; only what somebody wrote.

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
        say(label): tuple(dict.fromkeys(told[field]))
        for field, label in _NEEDS.items()
        if told[field]
    }


def side_by_side(
    people: Sequence[Who], lines: Sequence[Lines], *, title: str = ""
) -> Part:
    """Return what is told of people as a table, a column each, a row an item.

    Parameters
    ----------
    people
        Those whom it is about.
    lines
        Label to texts of each of them.
    title
        What it says.
    """
    labels = list(dict.fromkeys(label for one in lines for label in one))
    shown = list(zip(people, lines, strict=True))[:MOST_COLUMNS]
    rows = []
    for label in labels:
        told = {who.id: given.get(label, ()) for who, given in shown}
        for place in range(max(map(len, told.values()), default=0)):
            texts = {
                key: texts[place] if place < len(texts) else ""
                for key, texts in told.items()
            }
            rows.append({"label": "" if place else label, **texts})
    left = len(people) - len(shown)
    more = say(
        "{n} more are not shown here: a report on each of them says it all.",
        n=count(left),
    )
    return parts.ranked_table(
        pd.DataFrame(rows),
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
    return semicolons(map(_condition, group.conditions))


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


def counted_words(
    workshop: Workshop, who: Who, more: Sequence[Group] = ()
) -> dict[str, str]:
    """Return by which rule answers belong to somebody, and how many do, in words."""
    document = workshop.document()
    found = list(rules_of(document, who, more))
    members = [_members(workshop, data, group) for data, group in found]
    return {
        "rule": semicolons(dict.fromkeys(rule_words(group) for _, group in found)),
        "data": semicolons(dict.fromkeys(data.title for data, _ in found)),
        "n": semicolons(n for n, _ in members if n),
        "answers": semicolons(share for _, share in members if share),
    }


def _members(workshop: Workshop, data: DataSet, group: Group) -> tuple[str, str]:
    """Return how many answers a rule finds, and their share, as they may be shown."""
    if data.mapping is None or not data.table:
        return "", ""
    answers = workshop.survey(data.id)
    minimum = workshop.case.min_group
    rules = [one for one in data.mapping.groups if one.subject != group.subject]
    n = told_counts(answers, [group, *rules], minimum)[group.subject]
    if not n:
        is_small = int(group_mask(answers, group).sum()) < minimum
        return say("fewer than {minimum}", minimum=minimum) if is_small else "", ""
    total = len(answers)
    return count(n), with_interval(n / total, *wilson(n, total), _SHARE)


def share_words(share: float | None) -> str:
    """Return a share of customers in words; empty if nobody knows it."""
    return "" if share is None else value_text(share, _SHARE)
