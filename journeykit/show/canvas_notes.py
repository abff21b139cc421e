"""What stands on the picture of the canvas, its numbers, and what it says in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from journeykit.check.canvas_assessment import canvas_assessment
from journeykit.check.canvas_difference import canvas_difference
from journeykit.language import say, say_count, word
from journeykit.layout.canvas import shown_blocks
from journeykit.model import CanvasEntry, Document
from journeykit.show.numbers import count
from journeykit.vocabulary import CANVAS_BLOCKS, CanvasBlock

__all__ = [
    "CanvasNote",
    "State",
    "canvas_alt",
    "canvas_finding",
    "canvas_notes",
    "canvas_picture_data",
]

State = Literal["before", "after"]
"""Which canvas: as it is, or after the change."""

_Mark = Literal["", "new", "changed", "gone"]

_SAID: dict[str, str] = {
    "": word("stays"),
    "new": word("new"),
    "changed": word("changed"),
    "gone": word("goes"),
}


@dataclass(frozen=True, slots=True)
class CanvasNote:
    """An entry as the picture has it.

    Parameters
    ----------
    detail
        A second, quieter line: its strength, what it changes.
    mark
        What becomes of it, on the canvas after the change.
    n_pains
        Pain points that hurt where it works.
    """

    entry: str
    text: str
    detail: str
    mark: _Mark
    n_pains: int
    strength: int | None


def canvas_notes(
    document: Document, state: State = "before"
) -> dict[CanvasBlock, tuple[CanvasNote, ...]]:
    """Return the notes of each block that is shown; proposals are left out.

    Parameters
    ----------
    document
        The workshop.
    state
        Which canvas. After the change what goes stands at the end of its block.
    """
    pains = {
        one.entry.id: len(one.hurting)
        for side in ("before", state)
        for block in canvas_assessment(document, side)
        for one in block.entries
    }
    found: dict[CanvasBlock, list[CanvasNote]] = {
        block: [] for block in shown_blocks(document)
    }
    difference = canvas_difference(document)
    if state == "before" or not difference.is_begun:
        for one in document.of(CanvasEntry):
            is_here = one.state in (state, "both") and not one.is_proposed
            if is_here and one.block in found:
                found[one.block].append(_note(one, "", (), pains.get(one.id, 0)))
        return {block: tuple(notes) for block, notes in found.items()}
    for change in sorted(difference.changes, key=lambda one: one.what == "gone"):
        mark: _Mark = "" if change.what == "stays" else change.what
        entry = change.entry
        n = 0 if mark == "gone" else pains.get(entry.id, 0)
        words = tuple(one for one in change.words if one != change.strength_words)
        found[change.block].append(_note(entry, mark, words, n))
    return {block: tuple(notes) for block, notes in found.items()}


def _note(
    entry: CanvasEntry, mark: _Mark, words: tuple[str, ...], n_pains: int
) -> CanvasNote:
    said = list(words)
    if entry.strength is not None and mark != "gone":
        said.insert(0, say("strength {n} of 5", n=entry.strength))
    detail = "; ".join(said)
    return CanvasNote(entry.id, entry.text, detail, mark, n_pains, entry.strength)


def canvas_picture_data(document: Document, state: State = "before") -> pd.DataFrame:
    """Return everything that stands on the canvas, also what paper has no room for.

    Parameters
    ----------
    document, state
        As for :func:`canvas_notes`.

    Returns
    -------
    DataFrame
        One row an entry: ``block``, ``entry``, ``strength`` from 1 to 5,
        ``pain_points``; after the change ``becomes`` (new, changed, goes, stays) and
        ``what_changes``.
    """
    has_marks = state == "after" and canvas_difference(document).is_begun
    rows = [
        (
            say(CANVAS_BLOCKS[block]),
            note.text,
            note.strength,
            note.n_pains,
            say(_SAID[note.mark]) if has_marks else "",
            note.detail if has_marks else "",
        )
        for block, notes in canvas_notes(document, state).items()
        for note in notes
    ]
    kinds = {
        "block": "string",
        "entry": "string",
        "strength": "Int64",
        "pain_points": "int64",
        "becomes": "string",
        "what_changes": "string",
    }
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def canvas_finding(document: Document, state: State = "before") -> str:
    """Return what the picture shows, in one sentence with its number.

    Parameters
    ----------
    document, state
        As for :func:`canvas_notes`.
    """
    notes = canvas_notes(document, state)
    n = sum(map(len, notes.values()))
    if not n:
        return say("The canvas has no entries yet")
    if state == "after":
        marks = [note.mark for some in notes.values() for note in some]
        said = {one: marks.count(one) for one in ("new", "changed", "gone")}
        return say(
            "After the change: {new} new, {changed} changed, {gone} gone",
            new=count(said["new"]),
            changed=count(said["changed"]),
            gone=count(said["gone"]),
        )
    rated = [
        (note.strength, note.text)
        for some in notes.values()
        for note in some
        if note.strength is not None
    ]
    used = sum(bool(some) for some in notes.values())
    numbers = {"used": used, "blocks": len(notes)}
    if not rated:
        return say_count(
            "{n} entry in {used} of {blocks} blocks, not rated",
            "{n} entries in {used} of {blocks} blocks, none of them rated",
            n,
            **numbers,
        )
    low, name = min(rated)
    return say_count(
        "{n} entry in {used} of {blocks} blocks: “{name}”, {strength} of 5",
        "{n} entries in {used} of {blocks} blocks; weakest: “{name}”, {strength} of 5",
        n,
        **numbers,
        name=name,
        strength=low,
    )


def canvas_alt(document: Document, state: State = "before") -> str:
    """Return all that the picture says, for those who do not see it.

    Parameters
    ----------
    document, state
        As for :func:`canvas_notes`.
    """
    said = [f"{canvas_finding(document, state)}."]
    for block, notes in canvas_notes(document, state).items():
        words = [
            one.text + (f" ({say(_SAID[one.mark])})" if one.mark else "")
            for one in notes
        ]
        entries = "; ".join(words) or say("nothing yet")
        said.append(f"{say(CANVAS_BLOCKS[block])}: {entries}.")
    return " ".join(said)
