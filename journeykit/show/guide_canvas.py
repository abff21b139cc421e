"""The canvas in words beside its board: alignment, assessment, blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from journeykit.check.canvas_assessment import (
    BlockAssessment,
    EntryAssessment,
    canvas_assessment,
)
from journeykit.layout.canvas import shown_blocks
from journeykit.model import CanvasEntry, Document
from journeykit.show.alignment_picture import alignment_picture
from journeykit.show.alignment_rows import (
    AlignmentRow,
    State,
    alignment_finding,
    alignment_rows,
)
from journeykit.show.guide_tree import Node, button, listed, node, picture
from journeykit.show.numbers import count, signed
from journeykit.vocabulary import CANVAS_BLOCKS

__all__ = ["alignment_tree", "assessment_tree", "blocks_tree"]

_N_NAMED = 4
_NARROW = 840.0
"""Width of the heat map where a page has no room for more, in px."""

# --- alignment ------------------------------------------------------------------------


def alignment_tree(document: Document, state: State = "before") -> Node:
    """Return the heat map, and the entries and pain points behind each cell by name.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    """
    title = "Journey and canvas"
    rows = alignment_rows(document, state)
    if not rows:
        return listed(title, node("p", {}, "The map has no stages yet."))
    return listed(
        title,
        node("p", {}, f"{alignment_finding(document, state)}."),
        picture(
            alignment_picture(document, state=state),
            alignment_picture(document, state=state, width_px=_NARROW),
        ),
        *(_stage(document, i, row) for i, row in enumerate(rows)),
        _untouched(rows),
    )


def _stage(document: Document, number: int, row: AlignmentRow) -> Node:
    cells = [cell for cell in row.cells if cell.n]
    n = len({name for cell in cells for name in cell.entries})
    n_pains = len({name for cell in cells for name in cell.pain_points})
    said = [_counted(n, "entry", "entries")] if n else ["nothing here"]
    said += [_counted(n_pains, "pain point", "pain points")] if n_pains else []
    name = f"{row.name} ({row.journey})" if row.journey else row.name
    key = f"stage-{number}"
    items = []
    for cell in cells:
        words = [_all(document[one].name_for_people for one in cell.entries)]
        if cell.strength is not None:
            words.append(f"strength {cell.strength:.1f}")
        if cell.pain_points:
            pains = _all(document[one].name_for_people for one in cell.pain_points)
            words.append(f"hurts: {pains}")
        label = node("strong", {}, f"{CANVAS_BLOCKS[cell.block]}: ")
        items.append(node("li", {}, node("p", {}, label, " · ".join(words))))
    if not items:
        return node("p", {"class": "jk-guide-missing"}, f"{name}: nothing here")
    return node(
        "details",
        {"key": key},
        node("summary", {"key": f"{key}-summary"}, f"{name} · {', '.join(said)}"),
        node("ul", {}, *items),
    )


def _untouched(rows: Sequence[AlignmentRow]) -> Node | None:
    touched = {cell.block for row in rows for cell in row.cells if cell.n}
    bare = [
        CANVAS_BLOCKS[cell.block] for cell in rows[0].cells if cell.block not in touched
    ]
    if not bare:
        return None
    words = (
        f"Touched by no stage: {', '.join(bare)}. Open an entry and tie it to the "
        "touchpoints, channels or pain points that it bears on."
    )
    return node("p", {"class": "jk-guide-missing"}, words)


# --- assessment -----------------------------------------------------------------------


def assessment_tree(document: Document, state: State = "before") -> Node:
    """Return each block held against the journey; those not assessed are named.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_assessment.canvas_assessment`.
    """
    title = "Block by block"
    blocks = canvas_assessment(document, state)
    filled = [one for one in blocks if one.entries]
    if not filled:
        words = "The canvas has no entries yet: begin with the customer segments."
        return listed(title, node("p", {}, words))
    n = sum(one.is_assessed for one in blocks)
    said = [f"{n} of {len(blocks)} blocks are assessed, entry by entry."]
    rated = [one for one in filled if one.strength is not None]
    if rated:
        weakest = min(rated, key=lambda one: one.strength or 0)
        name = CANVAS_BLOCKS[weakest.block].lower()
        said.append(f"Weakest: {name}, strength {weakest.strength:.1f}.")
    return listed(
        title,
        node("p", {}, " ".join(said)),
        _not_assessed(blocks),
        *(_block(one) for one in filled),
    )


def _not_assessed(blocks: Sequence[BlockAssessment]) -> Node | None:
    missing = [
        f"{CANVAS_BLOCKS[one.block]} ({one.n_assessed} of {len(one.entries)})"
        if one.entries
        else f"{CANVAS_BLOCKS[one.block]} (empty)"
        for one in blocks
        if not one.is_assessed
    ]
    if not missing:
        return None
    words = f"Not assessed yet: {', '.join(missing)}."
    return node("p", {"class": "jk-guide-missing"}, words)


def _block(one: BlockAssessment) -> Node:
    title = CANVAS_BLOCKS[one.block]
    said = [title, _counted(len(one.entries), "entry", "entries")]
    if one.strength is not None:
        said.append(f"strength {one.strength:.1f}")
    hurting = {pain.id for entry in one.entries for pain in entry.hurting}
    if hurting:
        said.append(_counted(len(hurting), "pain point", "pain points"))
    heads = ("Entry", "Strength", "What helps", "What hurts", "What to improve")
    key = f"block-{one.block}"
    return node(
        "details",
        {"key": key},
        node("summary", {"key": f"{key}-summary"}, " · ".join(said)),
        node(
            "div",
            {"class": "jk-guide-scroll"},
            node(
                "table",
                {"class": "jk-guide-canvas"},
                node(
                    "thead",
                    {},
                    node("tr", {}, *(node("th", {"scope": "col"}, h) for h in heads)),
                ),
                node("tbody", {}, *(_entry(entry) for entry in one.entries)),
            ),
        ),
    )


def _entry(one: EntryAssessment) -> Node:
    entry = one.entry
    helping = [f"{t.name} ({signed(t.emotion or 0, 0)})" for t in one.helping]
    hurting = [f"{pain.text}" for pain in one.hurting]
    strength = "not rated" if entry.strength is None else f"{entry.strength} of 5"
    return node(
        "tr",
        {},
        node("th", {"scope": "row"}, entry.text),
        node("td", {"class": "jk-guide-clock"}, strength),
        _said(entry.helps, "On the journey", helping),
        _said(entry.hurts, "Pain points", hurting),
        _said(entry.improve, "", []),
    )


def _said(written: str, label: str, found: Sequence[str]) -> Node:
    parts = [node("p", {}, written)] if written else []
    if found:
        more = f" and {len(found) - _N_NAMED} more" if len(found) > _N_NAMED else ""
        parts.append(node("p", {}, f"{label}: {', '.join(found[:_N_NAMED])}{more}"))
    return node("td", {}, *(parts or ["–"]))


# --- blocks ---------------------------------------------------------------------------


def blocks_tree(document: Document) -> Node:
    """Return the nine blocks, each with the button that hides or shows it."""
    shown = shown_blocks(document)
    n = {
        block: sum(one.block == block for one in document.of(CanvasEntry))
        for block in CANVAS_BLOCKS
    }
    hidden = [CANVAS_BLOCKS[one] for one in CANVAS_BLOCKS if one not in shown]
    said = f"Hidden: {', '.join(hidden)}." if hidden else "All nine blocks are shown."
    rows = []
    for block, label in CANVAS_BLOCKS.items():
        words = "Hide" if block in shown else "Show again"
        state = _counted(n[block], "entry", "entries") if n[block] else "empty"
        rows.append(
            node(
                "li",
                {},
                node("p", {}, node("strong", {}, label), f" · {state}"),
                button(f"canvas_block:{block}", words, f"{words}: {label}"),
            )
        )
    return listed(
        "Which blocks you use",
        node(
            "details",
            {"key": "blocks"},
            node("summary", {"key": "blocks-summary"}, said),
            node(
                "p",
                {},
                "A young business may leave blocks out. What stands in a hidden block "
                "is kept and comes back with it.",
            ),
            node("ul", {"class": "jk-guide-rows"}, *rows),
        ),
    )


def _counted(n: int, one: str, several: str) -> str:
    return f"{count(n)} {one if n == 1 else several}"


def _all(names: Iterable[str]) -> str:
    return ", ".join(f"“{one}”" for one in names)
