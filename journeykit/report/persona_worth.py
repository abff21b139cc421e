"""How personas are counted, and what they are worth: marked, by share, by value."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from journeykit.check.high_value import GroupValue, group_values
from journeykit.definitions import MEASURES
from journeykit.language import say, say_count
from journeykit.model import Document, Persona, Segment
from journeykit.model.survey import Group
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.persona_tables import Who, counted_words, share_words
from journeykit.show.numbers import joined, typeset, with_interval
from journeykit.workshop import Workshop

__all__ = ["worth"]

_CLV = "clv_to_date"


def worth(
    workshop: Workshop, people: Sequence[Who], more: Sequence[Group] = ()
) -> Part:
    """Return which answers count as whose, and what each is worth.

    Parameters
    ----------
    workshop
        The workshop.
    people
        Personas and segments; a persona has the share and the value of its segment
        where it has none of its own.
    more
        Rules that no data set declares.
    """
    document = workshop.document()
    case = document.case
    fewest = case.min_group if case else 5
    values: dict[str, GroupValue] = {}
    for one in group_values(document):
        if one.own.value is not None and one.own.n >= fewest:
            values.setdefault(one.group.id, one)
    rows = [
        _row(document, who, values) | counted_words(workshop, who, more)
        for who in people
    ]
    is_counted = any(row["rule"] for row in rows)
    marked = [row["who"] for row in rows if row["marked"] == say("yes")]
    is_measured = any(row["value"] for row in rows)
    currency = case.currency if case and case.currency else ""
    labels = {"who": say("Who")}
    if is_counted:
        labels["rule"] = say("Whose answers count")
        labels["n"] = say("Answers")
        labels["answers"] = say("Share of answers")
    labels |= {
        "marked": say("High value"),
        "share": say("Share of customers"),
    }
    if is_measured:
        labels["value"] = say("Value to date")
        labels["of_all"] = say("All customers")
    missing = say(
        "What a customer is worth was not measured: bring purchases in step 17, "
        "customer lifetime value."
    )
    no_rule = say(
        "No data set says which answers are theirs: declare the rule in its mapping, "
        "under groups (step 5, evidence)."
    )
    about = say(MEASURES[_CLV].text)
    return parts.ranked_table(
        pd.DataFrame(rows),
        labels,
        title=say_count(
            "{n} is marked as high value", "{n} are marked as high value", len(marked)
        )
        if marked
        else say("Nobody here is marked as high value"),
        subtitle=f"{typeset(about)} {currency}".strip() if is_measured else missing,
        source=_source(rows) if is_counted else no_rule,
        is_ranked=False,
    )


def _source(rows: Sequence[dict[str, str]]) -> str:
    titles = dict.fromkeys(row["data"] for row in rows if row["data"])
    return say(
        "Columns and codes as they stand in {data}; all tests hold.",
        data=joined(list(titles)),
    )


def _row(document: Document, who: Who, values: dict[str, GroupValue]) -> dict[str, str]:
    segment = document.get(who.segment) if isinstance(who, Persona) else who
    own = values.get(who.id)
    if own is None and isinstance(segment, Segment):
        own = values.get(segment.id)
    is_marked = who.is_high_value or (
        isinstance(segment, Segment) and segment.is_high_value
    )
    share = segment.share_of_customers if isinstance(segment, Segment) else None
    share_said = share_words(share)
    if share is not None and isinstance(segment, Segment) and segment is not who:
        share_said = say(
            "{share}, as segment {name}", share=share_said, name=segment.name
        )
    return {
        "who": who.name,
        "marked": say("yes") if is_marked else say("no"),
        "share": share_said or say("not known"),
        "value": _value(own.own) if own else "",
        "of_all": _value(own.of_all) if own else "",
    }


def _value(one: object) -> str:
    value, low, high = (getattr(one, name) for name in ("value", "low", "high"))
    if value is None:
        return ""
    if low is None or high is None:
        return with_interval(value, value, value, _CLV)
    return with_interval(value, low, high, _CLV)
