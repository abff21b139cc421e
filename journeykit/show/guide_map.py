"""Lists about the map: what decides, since when, and how it should be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from journeykit.check.as_it_is import as_it_is
from journeykit.layout.day_words import day_text
from journeykit.layout.map_difference import emotion_text
from journeykit.model import Document, Stakeholder, Touchpoint
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.store import Mark

__all__ = ["marks_tree", "moments_tree", "target_tree"]


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


def _name(document: Document, stakeholder: str | None) -> str:
    found = document.get(stakeholder) if stakeholder else None
    return found.name if isinstance(found, Stakeholder) else ""


def _day_of(mark: Mark, language: str) -> str:
    return day_text(date.fromisoformat(mark.time[:10]), language)
