"""COPIS around its board: the switch of definitions, the flow, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import vl_convert

from journeykit.check.copis_reading import (
    copis_information,
    copis_sentences,
    copis_served,
    copis_strategies,
    copis_titles,
)
from journeykit.errors import InputError, UnknownNameError
from journeykit.model import CopisElement, Document, Edit
from journeykit.model.edits import change
from journeykit.show.copis_picture import copis_picture
from journeykit.show.guide_tree import Node, button, listed, node, picture
from journeykit.show.paper import sheet_size
from journeykit.vocabulary import COPIS, CopisRole
from journeykit.workshop import Workshop

__all__ = [
    "COPIS_ACTS",
    "definition_tree",
    "flow_tree",
    "information_tree",
    "served_tree",
    "strategies_tree",
]

_N_NAMED = 5
_NOTHING = "–"
_POSTER = "copis_poster"
_WIDTHS: Mapping[str, float] = {"wide": 1160.0, "narrow": 824.0}
"""Widths of a picture in a wide window and in a narrow one, which show one each."""


def _in_use(document: Document) -> str:
    return document.case.copis if document.case else "classic"


# --- the switch -----------------------------------------------------------------------


def definition_tree(document: Document) -> Node:
    """Return the four meanings of COPIS, one in use, and what would wait under each."""
    here = _in_use(document)
    waiting = _waiting(document, here)
    titles = copis_titles(document)
    rows = [_meaning(document, name, is_used=name == here) for name in COPIS]
    return listed(
        "Meaning of COPIS",
        node("ul", {"class": "jk-guide-rows"}, *rows),
        _tray(waiting, titles) if waiting else None,
    )


def _meaning(document: Document, name: str, *, is_used: bool) -> Node:
    meaning = next(one for key, one in COPIS.items() if key == name)
    n = len(_waiting(document, name))
    verb = ("waits" if n == 1 else "wait") if is_used else "would wait"
    noun = "element" if n == 1 else "elements"
    waits = f" {n} {noun} {verb} in the tray." if n else ""
    return node(
        "li",
        {},
        node(
            "div",
            {},
            node("p", {}, node("strong", {}, meaning.label)),
            node("p", {"class": "jk-guide-missing"}, f"{meaning.glossary}{waits}"),
        ),
        node(
            "button",
            {
                "act": f"copis:{name}",
                "key": f"copis:{name}",
                "label": f"Use: {meaning.label}",
                "current": "true" if is_used else None,
            },
            "In use" if is_used else "Use this",
        ),
    )


def _waiting(document: Document, name: str) -> list[CopisElement]:
    columns = next(one.columns for key, one in COPIS.items() if key == name)
    return [one for one in document.of(CopisElement) if one.role not in columns]


def _tray(waiting: Sequence[CopisElement], titles: Mapping[CopisRole, str]) -> Node:
    n = len(waiting)
    noun = "element has" if n == 1 else "elements have"
    named = [f"“{one.text}” ({titles[one.role]})" for one in waiting[:_N_NAMED]]
    more = f" and {n - _N_NAMED} more" if n > _N_NAMED else ""
    return node(
        "p",
        {"class": "jk-guide-warning"},
        f"{n} {noun} no column here and wait in the tray of the board: "
        f"{', '.join(named)}{more}. Drag what you need into a column; the rest comes "
        "back with a definition that has one.",
    )


def _choose(
    workshop: Workshop, asked: str, done: Callable[[Sequence[Edit], str], str]
) -> str:
    """Use another meaning; every element stays as it is."""
    meaning = next((one for key, one in COPIS.items() if key == asked), None)
    if meaning is None:
        raise UnknownNameError("definition of COPIS", asked, COPIS)
    document = workshop.document()
    case = document.case
    if case is None or case.copis == asked:
        return f"In use already: {meaning.label}."
    n = len(_waiting(document, asked))
    noun = "element waits" if n == 1 else "elements wait"
    waits = f" {n} {noun} in the tray." if n else " Nothing waits."
    edit = change(document, case.id, {"copis": asked}, author=workshop.author)
    return done([edit], f"In use now: {meaning.label}.{waits}")


def _poster(
    workshop: Workshop, _asked: str, _done: Callable[[Sequence[Edit], str], str]
) -> str:
    """Write COPIS as a poster beside the notebook; nothing in it changes."""
    width, _ = sheet_size("A3 landscape")
    drawn = str(copis_picture(workshop.document(), width_px=width, key="poster"))
    try:
        Path(f"{_POSTER}.svg").write_text(drawn, encoding="utf-8")
        Path(f"{_POSTER}.pdf").write_bytes(vl_convert.svg_to_pdf(drawn))
    except OSError as error:
        raise InputError(f"the poster cannot be written: {error.strerror}") from error
    return f"Written: {_POSTER}.pdf and {_POSTER}.svg, which print on A3 to A0."


COPIS_ACTS: Mapping[
    str, Callable[[Workshop, str, Callable[[Sequence[Edit], str], str]], str]
] = MappingProxyType({"copis": _choose, "copis_poster": _poster})
"""By the verb that a button sends."""


# --- what it shows --------------------------------------------------------------------


def flow_tree(document: Document) -> Node:
    """Return the flow as a picture, and below it what it says."""
    # The picture says the first of them as its title.
    said = copis_sentences(document)[1:]
    return listed(
        "COPIS as a flow",
        *(
            node(
                "div",
                {"class": f"jk-guide-{name}"},
                picture(copis_picture(document, width_px=width, key=name)),
            )
            for name, width in _WIDTHS.items()
        ),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(node("li", {}, node("p", {}, one)) for one in said),
            node(
                "li",
                {},
                node("p", {"class": "jk-guide-missing"}, "As a poster: PDF and SVG"),
                button("copis_poster", "Write it", "Write COPIS as a poster"),
            ),
        )
        if said
        else None,
    )


def strategies_tree(document: Document) -> Node:
    """Return the strategy of each part that hurts, worst first, and what lacks one."""
    rows = copis_strategies(document)
    if not rows:
        return listed(
            "Strategies",
            node(
                "p",
                {},
                "No part hurts yet, and none has a strategy: draw a line from what "
                "causes a pain point to the pain point first.",
            ),
        )
    n_bare = sum(row.n_pains > 0 and not row.strategy for row in rows)
    verb = "has" if n_bare == 1 else "have"
    n_hit = sum(row.n_pains > 0 for row in rows)
    said = (
        f"{n_bare} of {n_hit} parts that hurt {verb} no strategy yet."
        if n_bare
        else "Every part that hurts has a strategy."
    )
    return listed(
        "Strategies",
        node("p", {}, said),
        _table(
            ("Part", "Pain points", "Strategy", "Prevents or fixes", "Owner"),
            [
                (
                    _named(row.name, row.column),
                    str(row.n_pains),
                    row.strategy
                    or (node("strong", {}, "None yet") if row.n_pains else _NOTHING),
                    row.response or _NOTHING,
                    row.owner or _NOTHING,
                )
                for row in rows
            ],
        ),
    )


def served_tree(document: Document) -> Node:
    """Return stages and touchpoints, and which parts of COPIS each rests on."""
    rows = copis_served(document)
    if not rows:
        return listed(
            "Stages and touchpoints",
            node("p", {}, "There are no touchpoints yet: begin with the map."),
        )
    bare = sum(not row.processes for row in rows)
    verb = "is" if bare == 1 else "are"
    said = (
        f"{bare} of {len(rows)} touchpoints {verb} served by no process yet."
        if bare
        else f"Each of the {len(rows)} touchpoints is served by a process."
    )
    stage = ""
    cells: list[Sequence[Node]] = []
    for row in rows:
        head = row.stage if row.stage != stage else ""
        stage = row.stage
        process = ", ".join(row.processes) or node("strong", {}, "None yet")
        cells.append(
            (
                (head,),
                row.touchpoint,
                process,
                ", ".join(row.others) or _NOTHING,
                str(row.n_pains) if row.n_pains else _NOTHING,
            )
        )
    title = copis_titles(document)["process"]
    heads = ("Stage", "Touchpoint", title, "Also rests on", "Pain points")
    return listed("Stages and touchpoints", node("p", {}, said), _table(heads, cells))


def information_tree(document: Document) -> Node:
    """Return what is known: gathered where, used for what, and who needs it."""
    rows = copis_information(document)
    if not rows:
        return listed(
            "Information",
            node(
                "p",
                {},
                "No information stands on the diagram yet: add what must be known, "
                "then where it is gathered and what it is used for.",
            ),
        )
    return listed(
        "Information",
        _table(
            ("Information", "Gathered", "Used for", "Needed by", "Comes from"),
            [
                (
                    _named(row.name, _touched(row.n_touchpoints)),
                    row.gathered_at or node("strong", {}, "Not said yet"),
                    row.used_for or node("strong", {}, "Not said yet"),
                    ", ".join(row.needed_by) or _NOTHING,
                    ", ".join(row.comes_from) or _NOTHING,
                )
                for row in rows
            ],
        ),
    )


def _touched(n: int) -> str:
    return f"affects {n} touchpoint{'s' if n > 1 else ''}" if n else ""


def _named(name: str, quiet: str) -> tuple[Node, ...]:
    below = node("span", {"class": "jk-guide-state"}, quiet) if quiet else None
    return tuple(one for one in (name, below) if one is not None)


def _table(heads: Sequence[str], rows: Sequence[Sequence[Node]]) -> Node:
    return node(
        "div",
        {"class": "jk-guide-scroll"},
        node(
            "table",
            {},
            node(
                "thead",
                {},
                node("tr", {}, *(node("th", {"scope": "col"}, one) for one in heads)),
            ),
            node(
                "tbody",
                {},
                *(
                    node(
                        "tr",
                        {},
                        node("th", {"scope": "row"}, *first),
                        *(node("td", {}, one) for one in rest),
                    )
                    for first, *rest in rows
                ),
            ),
        ),
    )
