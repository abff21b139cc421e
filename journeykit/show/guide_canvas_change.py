"""The canvas before and after the change: what differs, and buttons to change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import vl_convert

from journeykit.check.canvas_difference import (
    CanvasChange,
    CanvasDifference,
    canvas_difference,
)
from journeykit.errors import InputError, UnknownNameError
from journeykit.model import Case, Document, Edit
from journeykit.model.edits import add, change, new_edit_id
from journeykit.show.canvas_notes import (
    CanvasNote,
    State,
    canvas_finding,
    canvas_notes,
)
from journeykit.show.canvas_picture import canvas_picture, canvas_sheet
from journeykit.show.guide_tree import Node, button, listed, node, picture
from journeykit.show.numbers import count
from journeykit.vocabulary import CANVAS_BLOCKS
from journeykit.workshop import Workshop

__all__ = [
    "CANVAS_ACTS",
    "canvas_difference_tree",
    "canvas_picture_tree",
    "difference_words",
    "poster_tree",
]

_Done = Callable[[Sequence[Edit], str], str]
_WHEN = {"before": "as it is", "after": "after the change"}
_TITLE = "What becomes different"
_NARROW = 840.0
"""Width of the picture where a page has no room for more, in px."""

_N_OPEN = 8
_LABELS = {"new": "New", "changed": "Changed", "gone": "Goes", "stays": "Stays"}


def difference_words(found: CanvasDifference) -> str:
    """Return how much becomes different, in one sentence.

    Examples
    --------
    >>> difference_words(canvas_difference(Document()))
    'The canvas has no entries yet.'
    """
    if not found.changes:
        return "The canvas has no entries yet."
    if not found.is_begun:
        return "The canvas after the change is not begun."
    n = {what: len(found.of(what)) for what in ("new", "changed", "gone", "stays")}
    goes = f"{count(n['gone'])} go{'es' if n['gone'] == 1 else ''}"
    stays = f"{count(n['stays'])} stay{'s' if n['stays'] == 1 else ''}"
    return f"{count(n['new'])} new, {count(n['changed'])} changed, {goes}, {stays}."


def canvas_difference_tree(document: Document) -> Node:
    """Return what becomes different, entry by entry; what stays is counted."""
    found = canvas_difference(document)
    said = node("p", {}, difference_words(found))
    n = len(found.of("gone"))
    take = button("canvas_keep:all", f"Take over all {count(n)}") if n else None
    if not found.is_begun:
        words = (
            "Take over what stands today, then write on the canvas above what is new, "
            "and drag into the tray what goes."
        )
        return listed(_TITLE, said, node("p", {}, words) if n else None, take)
    folds = (_fold(what, found.of(what)) for what in ("new", "changed", "gone"))
    return listed(_TITLE, said, *folds, take if n > 1 else None)


def _fold(
    what: Literal["new", "changed", "gone"], rows: Sequence[CanvasChange]
) -> Node:
    if not rows:
        return None
    head = f"{_LABELS[what]} · {count(len(rows))}"
    return node(
        "details",
        {"key": f"fold-{what}", "open": len(rows) <= _N_OPEN},
        node("summary", {"key": f"fold-{what}-summary"}, head),
        node("ul", {"class": "jk-guide-rows"}, *(_row(one) for one in rows)),
    )


def _row(one: CanvasChange) -> Node:
    entry = one.entry
    said = [CANVAS_BLOCKS[one.block], *one.words]
    keep = None
    if one.what == "gone":
        keep = button(f"canvas_keep:{entry.id}", "Keep it", f"Keep: {entry.text}")
    return node(
        "li",
        {},
        node(
            "div",
            {},
            node("p", {}, node("strong", {}, entry.text)),
            node("p", {"class": "jk-guide-missing"}, " · ".join(said)),
        ),
        keep,
    )


def canvas_picture_tree(document: Document, state: State = "before") -> Node:
    """Return the canvas as a picture, and as a list one click away.

    Parameters
    ----------
    document
        The workshop.
    state
        As it is, or after the change with what is new, changed or gone marked.
    """
    title = "The canvas as a picture"
    if state == "after" and not canvas_difference(document).is_begun:
        return listed(title, node("p", {}, "The canvas after the change is not begun."))
    rows = [
        (CANVAS_BLOCKS[block], one)
        for block, notes in canvas_notes(document, state).items()
        for one in notes
    ]
    return listed(
        title,
        node("p", {}, f"{canvas_finding(document, state)}."),
        picture(
            canvas_picture(document, state=state),
            canvas_picture(document, state=state, width_px=_NARROW),
        ),
        _notes_list(rows) if rows else None,
    )


def _notes_list(rows: Sequence[tuple[str, CanvasNote]]) -> Node:
    heads = ("Block", "Entry", "Strength", "Pain points", "More")
    body = [
        node(
            "tr",
            {},
            node("td", {}, block),
            node("th", {"scope": "row"}, one.text),
            node("td", {}, "–" if one.strength is None else f"{one.strength}"),
            node("td", {}, count(one.n_pains)),
            node("td", {}, "; ".join(_more(one)) or "–"),
        )
        for block, one in rows
    ]
    return node(
        "details",
        {"key": "notes"},
        node("summary", {"key": "notes-summary"}, "The same as a list"),
        node(
            "div",
            {"class": "jk-guide-scroll"},
            node(
                "table",
                {},
                node(
                    "thead",
                    {},
                    node("tr", {}, *(node("th", {"scope": "col"}, h) for h in heads)),
                ),
                node("tbody", {}, *body),
            ),
        ),
    )


def _more(one: CanvasNote) -> list[str]:
    said = [_LABELS[one.mark].lower()] if one.mark else []
    return said + [w for w in one.detail.split("; ") if w and "strength" not in w]


def poster_tree(document: Document) -> Node:
    """Return the buttons that write the canvas as a poster."""
    is_begun = canvas_difference(document).is_begun
    rows = [("before", "The canvas as it is")]
    rows += [("after", "The canvas after the change")] if is_begun else []
    return listed(
        "To print",
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(
                node(
                    "li",
                    {},
                    node("p", {}, f"{words}, as a PDF for the wall"),
                    button(f"canvas_poster:{state}", "Write it", f"Write: {words}"),
                )
                for state, words in rows
            ),
        ),
    )


# --- buttons --------------------------------------------------------------------------


def _keep(workshop: Workshop, asked: str, done: _Done) -> str:
    """Let entries of today stand on the canvas after the change too."""
    document = workshop.document()
    going = {one.entry.id: one.entry for one in canvas_difference(document).of("gone")}
    if asked != "all" and asked not in going:
        raise InputError("this entry stands on the canvas after the change already")
    names = list(going) if asked == "all" else [asked]
    if not names:
        return "Everything stands on the canvas after the change already."
    group = new_edit_id()
    edits = [
        change(document, one, {"state": "both"}, author=workshop.author, group=group)
        for one in names
    ]
    if len(names) == 1:
        return done(edits, f"“{going[names[0]].text}” stays.")
    return done(edits, f"{count(len(names))} entries taken over. Undo takes them back.")


def _hide(workshop: Workshop, asked: str, done: _Done) -> str:
    """Hide a block of the canvas, or show it again."""
    if asked not in CANVAS_BLOCKS:
        raise UnknownNameError("block of the canvas", asked, CANVAS_BLOCKS)
    document = workshop.document()
    case = document.case
    hidden = list(case.hidden_blocks) if case else []
    is_hidden = asked in hidden
    kept = [one for one in CANVAS_BLOCKS if (one in hidden) != (one == asked)]
    author = workshop.author
    if case is None:
        made = Case(id="case", title="Workshop", hidden_blocks=tuple(kept))
        edit = add(made, author=author)
    else:
        edit = change(document, case.id, {"hidden_blocks": kept}, author=author)
    label = CANVAS_BLOCKS[asked]
    said = "is shown again" if is_hidden else "is hidden; what stands in it is kept"
    return done([edit], f"“{label}” {said}.")


def _poster(workshop: Workshop, asked: str, _: _Done) -> str:
    """Write the canvas as a poster beside the notebook; nothing in it changes."""
    state: State = "after" if asked == "after" else "before"
    document = workshop.document()
    title = f"{workshop.case.title}: Business Model Canvas, {_WHEN[state]}"
    picture = canvas_sheet(document, state=state, paper="A3 landscape", heading=title)
    path = Path(f"business_model_canvas_{state}.pdf")
    try:
        path.write_bytes(vl_convert.svg_to_pdf(str(picture)))
    except OSError as error:
        raise InputError(f"{path} could not be written: {error.strerror}") from error
    return f"Written: {path}, A3, which also prints on A2, A1 and A0."


CANVAS_ACTS = {"canvas_keep": _keep, "canvas_block": _hide, "canvas_poster": _poster}
"""By the verb that a button sends."""
