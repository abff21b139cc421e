"""Traceability in a notebook: the picture, every break as a sentence, the table."""

from __future__ import annotations

from journeykit.check.finding_step import step_of_kind
from journeykit.check.traceability import COLUMNS, Break, breaks
from journeykit.model import Document
from journeykit.show.guide_tree import Node, listed, node, picture
from journeykit.show.traceability_picture import (
    NARROW,
    WIDE,
    traceability_sheets,
)
from journeykit.show.traceability_words import (
    trace_finding,
    traceability_data,
)

__all__ = ["trace_tree"]

_TALLEST = 1_400.0
_SHEET = 900.0
_N_BREAKS = 60
_N_ROWS = 100


def trace_tree(document: Document) -> Node:
    """Return the way from objectives to effects, and where it breaks off.

    Parameters
    ----------
    document
        The workshop.
    """
    found = breaks(document)
    return listed(
        "From objective to effect",
        node("p", {}, node("strong", {}, f"{trace_finding(document)}.")),
        node("div", {"class": "jk-is-wide"}, *_pictures(document, WIDE)),
        node("div", {"class": "jk-is-narrow"}, *_pictures(document, NARROW)),
        _breaks(document, found) if found else None,
        _table(document),
    )


def _pictures(document: Document, width: float) -> list[Node]:
    """Return one picture, or several where one would be too long to follow a line."""
    drawn = traceability_sheets(document, width, _TALLEST)
    if len(drawn) > 1:
        drawn = traceability_sheets(document, width, _SHEET)
    return [picture(one) for one in drawn]


def _breaks(document: Document, found: tuple[Break, ...]) -> Node:
    left_out = len(found) - _N_BREAKS
    return node(
        "details",
        {"key": "trace-breaks", "open": True},
        node(
            "summary",
            {"key": "trace-breaks-summary"},
            node("span", {}, "Where it breaks off"),
            node("span", {"class": "jk-guide-state"}, f"{len(found)}"),
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                _break(document, number, one)
                for number, one in enumerate(found[:_N_BREAKS], start=1)
            ),
        ),
        node("p", {"class": "jk-guide-missing"}, f"And {left_out:,} more.")
        if left_out > 0
        else None,
    )


def _break(document: Document, number: int, one: Break) -> Node:
    entry = document[one.entry]
    step = step_of_kind(entry.kind)
    return node(
        "li",
        {},
        node("p", {}, node("strong", {}, f"{number} "), one.text),
        node(
            "a",
            {
                "href": step.notebook,
                "class": "jk-check-show",
                "key": f"trace-{number}",
                "to": one.entry,
                "label": f"Show: {entry.name_for_people} "
                f"(step {step.number}, {step.title})",
            },
            "Show",
        ),
    )


def _table(document: Document) -> Node:
    rows = traceability_data(document).to_dict("records")
    if not rows:
        return None
    left_out = len(rows) - _N_ROWS
    return node(
        "details",
        {"key": "trace-table", "open": False},
        node(
            "summary",
            {"key": "trace-table-summary"},
            node("span", {}, "As a table"),
            node("span", {"class": "jk-guide-state"}, f"{len(rows):,} ways"),
        ),
        node(
            "div",
            {"class": "jk-guide-scroll"},
            node(
                "table",
                {},
                node(
                    "thead",
                    {},
                    node(
                        "tr",
                        {},
                        *(
                            node("th", {"scope": "col"}, label)
                            for label in COLUMNS.values()
                        ),
                    ),
                ),
                node(
                    "tbody",
                    {},
                    *(
                        node("tr", {}, *(node("td", {}, row[name]) for name in COLUMNS))
                        for row in rows[:_N_ROWS]
                    ),
                ),
            ),
        ),
        node("p", {"class": "jk-guide-missing"}, f"And {left_out:,} more.")
        if left_out > 0
        else None,
    )
