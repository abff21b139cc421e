"""Lists about the map and the plan: what decides, in which order, and since when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from journeykit.check.as_it_is import as_it_is
from journeykit.layout.day_words import day_text
from journeykit.layout.map_difference import emotion_text
from journeykit.model import Action, Document, Stakeholder, Touchpoint
from journeykit.model.fields import fields_of
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.store import Mark

__all__ = ["marks_tree", "moments_tree", "roadmap_tree", "target_tree"]


def moments_tree(document: Document) -> Node:
    """Return the moments of truth alone, in the order of the journey."""
    today = as_it_is(document)
    found = [one for one in today.of(Touchpoint) if one.moment_of_truth]
    if not found:
        return listed(
            "Moments of truth",
            node("p", {}, "None is marked yet. Open a touchpoint above and mark it."),
        )
    rows = []
    for one in found:
        stage = document[one.stage].name_for_people
        owner = _name(document, one.owner)
        said = f"{stage} · owner: {owner}" if owner else f"{stage} · no owner yet"
        if one.emotion is not None:
            said += f" · felt {emotion_text(one.emotion)}"
        rows.append(
            node(
                "li",
                {},
                node(
                    "div",
                    {},
                    node("p", {}, node("strong", {}, f"◆ {one.name}")),
                    node("p", {"class": "jk-guide-missing"}, said),
                ),
            )
        )
    return listed("Moments of truth", node("ul", {"class": "jk-guide-rows"}, *rows))


def roadmap_tree(document: Document) -> Node:
    """Return the actions in the order of their start, with what they take."""
    actions = [one for one in document.of(Action) if one.status != "dropped"]
    if not actions:
        return listed("Roadmap", node("p", {}, "There are no actions yet."))
    actions.sort(key=lambda one: (one.start or one.due or date.max, one.priority or 99))
    kinds = dict(_choices("action_type"))
    rows = [
        node(
            "tr",
            {},
            node("td", {"class": "jk-guide-clock"}, _span(one, _language(document))),
            node(
                "th",
                {"scope": "row"},
                one.text,
                node(
                    "span",
                    {"class": "jk-guide-state"},
                    " ".join((kinds.get(one.action_type, ""), _after(document, one))),
                ),
            ),
            node("td", {}, _name(document, one.owner) or "nobody yet"),
            node("td", {}, str(one.priority) if one.priority else "–"),
            node("td", {}, _days(one.effort_days)),
            node("td", {}, _status(one.status)),
        )
        for one in actions
    ]
    heads = ("When", "What", "Who", "Priority", "Days of work", "Status")
    days = sum(one.effort_days or 0 for one in actions if one.status != "done")
    return listed(
        "Roadmap",
        node("p", {}, f"{_days(days)} days of work are still to be done."),
        node(
            "div",
            {"class": "jk-guide-scroll"},
            node(
                "table",
                {"class": "jk-guide-plan"},
                node(
                    "thead",
                    {},
                    node(
                        "tr", {}, *(node("th", {"scope": "col"}, one) for one in heads)
                    ),
                ),
                node("tbody", {}, *rows),
            ),
        ),
    )


def marks_tree(marks: Sequence[Mark], language: str = "en") -> Node:
    """Return the moments that were marked, newest first, and a button for this one."""
    rows = [
        node(
            "li",
            {},
            node(
                "div",
                {},
                node("p", {}, node("strong", {}, one.name)),
                node(
                    "p",
                    {"class": "jk-guide-missing"},
                    " · ".join(filter(None, (_day_of(one, language), one.reason))),
                ),
            ),
        )
        for one in sorted(marks, key=lambda one: one.number, reverse=True)
    ]
    return listed(
        "Marked moments",
        node("ul", {"class": "jk-guide-rows"}, *rows)
        if rows
        else node("p", {}, "No moment is marked yet."),
        button("mark", "Mark this moment"),
    )


def target_tree(_document: Document) -> Node:
    """Return how the map as it should be is begun."""
    return listed(
        "The target map",
        node(
            "p",
            {},
            "There is no target map yet. It begins as a copy of the map as it is: "
            "stages, touchpoints and notes. Then change what should be different.",
        ),
        button("target", "Begin the target map"),
    )


def _choices(field: str) -> tuple[tuple[str, str], ...]:
    return next(one.choices for one in fields_of("action") if one.name == field)


def _status(status: str) -> str:
    return dict(_choices("status")).get(status, status)


def _name(document: Document, stakeholder: str | None) -> str:
    found = document.get(stakeholder) if stakeholder else None
    return found.name if isinstance(found, Stakeholder) else ""


def _after(document: Document, action: Action) -> str:
    first = [
        one.name_for_people for one in document.linked("depends_on", source=action.id)
    ]
    return f"· after: {', '.join(first)}" if first else ""


def _span(action: Action, language: str) -> str:
    begin, end = (day_text(one, language) for one in (action.start, action.due))
    if begin and end:
        return f"{begin} to {end}"
    return f"from {begin}" if begin else f"by {end}" if end else "no day yet"


def _day_of(mark: Mark, language: str) -> str:
    return day_text(date.fromisoformat(mark.time[:10]), language)


def _language(document: Document) -> str:
    return document.case.language if document.case else "en"


def _days(days: float | None) -> str:
    return "–" if days is None else f"{days:g}"
