"""What the facilitator holds in hand: agendas, run sheet, what lies on the table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import time

from journeykit.exchange.agendas import (
    Agenda,
    agenda_names,
    before_the_day,
    day_after,
    exercise_cards,
    ground_rules,
    roles,
    shipped_agenda,
)
from journeykit.layout.agenda import (
    break_findings,
    duration_text,
    minutes_in_all,
    run_sheet,
)
from journeykit.model import AgendaBlock, Document
from journeykit.show.guide_tree import Node, button, listed, node

__all__ = ["agendas_tree", "room_tree", "run_sheet_tree"]


def agendas_tree(document: Document) -> Node:
    """Return the agendas that ship, to take one over."""
    mine = document.of(AgendaBlock)
    length = duration_text(minutes_in_all(mine))
    said = (
        f"Yours has {len(mine)} blocks and takes {length}. Another one takes "
        "its place; undo brings it back."
        if mine
        else "Take one, then change titles and minutes below."
    )
    shown = [shipped_agenda(name) for name in agenda_names()]
    rows = [
        node(
            "li",
            {},
            node(
                "div",
                {},
                node("p", {}, node("strong", {}, one.title), f" {_length(one)}"),
                node("p", {"class": "jk-guide-missing"}, one.summary),
            ),
            button(f"agenda:{one.name}", "Take it", f"Take the agenda: {one.title}"),
        )
        for one in sorted(shown, key=lambda one: sum(one.minutes))
    ]
    return listed(
        "Agendas", node("p", {}, said), node("ul", {"class": "jk-guide-rows"}, *rows)
    )


def _length(one: Agenda) -> str:
    days = " and ".join(dict.fromkeys(duration_text(each) for each in one.minutes))
    times = f"{len(one.minutes)} times " if len(one.minutes) > 1 else ""
    is_count = one.people.replace("to", "").replace(" ", "").isdigit()
    return f"{times}{days} · {one.people}{' people' if is_count else ''}"


def room_tree(_document: Document) -> Node:
    """Return what lies on the table: rules, roles, exercises, what to do and when."""
    return listed(
        "For the room",
        _folded("Ground rules", [(one, "") for one in ground_rules()]),
        _folded("Roles", [(one.title, " ".join(one.does)) for one in roles()]),
        _folded("Before the day", [(one.when, one.text) for one in before_the_day()]),
        _folded("The day after", [(one.when, one.text) for one in day_after()]),
        _folded(
            "Exercises",
            [
                (one.title, f"{one.purpose} {' '.join(one.how)}")
                for one in exercise_cards()
            ],
        ),
    )


def _folded(title: str, rows: Sequence[tuple[str, str]]) -> Node:
    return node(
        "details",
        {"key": title},
        node("summary", {"key": f"summary-{title}"}, title),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                node(
                    "li",
                    {},
                    node(
                        "div",
                        {},
                        node("p", {}, node("strong", {}, head) if text else head),
                        node("p", {"class": "jk-guide-missing"}, text)
                        if text
                        else None,
                    ),
                )
                for head, text in rows
            ),
        ),
    )


def run_sheet_tree(document: Document, start: time) -> Node:
    """Return the run sheet: clock, block, what to say and do, what comes out."""
    blocks = document.of(AgendaBlock)
    if not blocks:
        return listed("Run sheet", node("p", {}, "Take an agenda first."))
    rows = [
        node(
            "tr",
            {"class": "jk-guide-pause" if row.is_break else None},
            node("td", {"class": "jk-guide-clock"}, row.clock.replace("-", "–")),
            node(
                "th",
                {"scope": "row"},
                row.block,
                node("span", {"class": "jk-guide-state"}, f" {row.minutes:g} min"),
            ),
            node("td", {}, *_paragraphs(("Say", row.say), ("Do", row.do))),
            node(
                "td",
                {},
                *_paragraphs(
                    ("Out", row.output),
                    ("Bring", ", ".join(row.materials)),
                    ("Plan B", row.plan_b),
                ),
            ),
        )
        for row in run_sheet(blocks, start)
    ]
    heads = ("When", "Block", "Say and do", "What it takes")
    return listed(
        "Run sheet",
        *(
            node("p", {"class": "jk-guide-warning"}, f"{one.text} {one.next_step}")
            for one in break_findings(blocks)
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
                        *(node("th", {"scope": "col"}, one) for one in heads),
                    ),
                ),
                node("tbody", {}, *rows),
            ),
        ),
    )


def _paragraphs(*pairs: tuple[str, str]) -> Iterable[Node]:
    for word, text in pairs:
        if text:
            yield node("p", {}, node("strong", {}, word), f" {text}")
