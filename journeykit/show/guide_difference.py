"""What becomes different between two maps, as a table beside the board."""

from __future__ import annotations

from journeykit.layout.difference_board import difference_words
from journeykit.layout.map_difference import (
    MapDifference,
    StageChange,
    TouchpointChange,
    emotion_text,
    map_difference,
)
from journeykit.model import Document
from journeykit.show.guide_tree import Node, listed, node

__all__ = ["difference_tree"]

_HEADS = ("Stage", "Touchpoint", "What becomes different", "Felt today", "Felt then")


def difference_tree(document: Document) -> Node:
    """Return what becomes different, touchpoint by touchpoint; the rest is counted."""
    found = map_difference(document)
    stages = [
        node("li", {}, node("p", {}, words))
        for one in found.stages
        if (words := _stage(one))
    ]
    return listed(
        "What becomes different",
        node("p", {}, difference_words(found)),
        node("ul", {"class": "jk-guide-rows"}, *stages) if stages else None,
        _table(found) if found.changed else None,
    )


def _stage(one: StageChange) -> str:
    """Return what becomes of a stage, in words; empty if nothing does."""
    stage = one.after or one.before
    return f"Stage “{stage.name}”: {one.words}" if stage and one.words else ""


def _table(found: MapDifference) -> Node:
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {"class": "jk-guide-plan"},
            node(
                "thead",
                {},
                node("tr", {}, *(node("th", {"scope": "col"}, one) for one in _HEADS)),
            ),
            node("tbody", {}, *(_row(one) for one in found.changed)),
        ),
    )


def _row(one: TouchpointChange) -> Node:
    # The two last columns say how it feels, so the words need not.
    words = [word for word in one.words if word != one.feels] or [
        "feels better" if one.step > 0 else "feels worse" if one.step else "felt"
    ]
    said = "; ".join(words)
    return node(
        "tr",
        {},
        node("td", {}, one.stage),
        node("th", {"scope": "row"}, one.name),
        node("td", {}, said[:1].upper() + said[1:]),
        node("td", {}, emotion_text(one.felt_before) if one.before else "–"),
        node("td", {}, emotion_text(one.felt_after) if one.after else "–"),
    )
