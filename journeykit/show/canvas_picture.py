"""The Business Model Canvas as one static picture: to print, to hang up, to send.

Everything is measured before it is drawn. In a notebook the blocks grow with what
stands in them. A sheet of paper does not: there entries lose lines, and what finds no
room is counted in its block; the number twin has it all.
"""

from __future__ import annotations

from hashlib import sha256
from xml.etree import ElementTree as ET

from markupsafe import Markup

from journeykit.language import say
from journeykit.model import Document
from journeykit.show.canvas_notes import (
    State,
    canvas_alt,
    canvas_finding,
    canvas_notes,
)
from journeykit.show.canvas_plan import (
    BULLET,
    COLUMN_GAP,
    DOT,
    HEAD_GAP,
    HEAD_LINE,
    KEY,
    LINE,
    PAD,
    BlockPlan,
    CanvasPlan,
    EntryPlan,
    Notes,
    free_plan,
    sheet_plan,
)
from journeykit.show.drawing import (
    circle,
    group,
    number_text,
    path,
    rect,
    root,
    text,
    written,
)
from journeykit.show.numbers import count
from journeykit.show.paper import sheet_size
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["canvas_picture", "canvas_sheet"]

_WIDE = 1160.0
"""Width in a notebook, in px."""

_SMALL, _LARGE = SIZES_PX["small"], SIZES_PX["large"]
_HEADING = 40.0
_SCALES = (2.0, 1.75, 1.5, 1.25)
_TIGHTER = (1.0, 0.9, 0.8)
"""Rather type of seven points that says everything than of nine that is cut."""


def canvas_picture(
    document: Document,
    *,
    state: State = "before",
    width_px: float = _WIDE,
    key: str = "",
) -> Markup:
    """Return the canvas as one picture that is as tall as it needs to be.

    Parameters
    ----------
    document
        The workshop; proposals that nobody took are left out.
    state
        Before the change, or after it: then what is new, changed or gone is marked.
    width_px
        Its width.
    key
        Makes the ids differ where the same picture stands twice in a page.

    Examples
    --------
    >>> "Value propositions" in canvas_picture(Document())
    True
    """
    plan = free_plan(canvas_notes(document, state), width_px)
    return _drawn(document, state, plan, key)


def canvas_sheet(
    document: Document,
    *,
    state: State = "before",
    paper: str = "A4 landscape",
    heading: str = "",
) -> Markup:
    """Return the canvas as a picture that fits on one sheet of paper.

    Parameters
    ----------
    document, state
        As for :func:`canvas_picture`.
    paper
        One of :data:`journeykit.show.paper.SHEETS`.
    heading
        What stands above it where no page does that, as on a poster. Its type grows
        with the room that there is.

    Raises
    ------
    UnknownNameError
        If there is no such paper.
    """
    sheet = width, tallest = sheet_size(paper)
    notes = canvas_notes(document, state)
    if heading:
        scale = next((one for one in _SCALES if _fits(notes, sheet, one)), 1.0)
        tallest -= _HEADING * scale
    else:
        scale = next((one for one in _TIGHTER if _fits(notes, sheet, one)), 1.0)
    plan = sheet_plan(notes, width / scale, tallest / scale)
    return _drawn(document, state, plan, paper, (heading, scale))


def _fits(notes: Notes, sheet: tuple[float, float], scale: float) -> bool:
    """Return whether a canvas of larger type has room for all it says."""
    width, tallest = sheet
    plan = free_plan(notes, width / scale)
    return plan.height + _HEADING <= tallest / scale


# --- drawing --------------------------------------------------------------------------


def _drawn(
    document: Document,
    state: State,
    plan: CanvasPlan,
    key: str,
    poster: tuple[str, float] = ("", 1.0),
) -> Markup:
    """Return a plan as a picture; *poster* is its heading, and how much it grows."""
    heading, scale = poster
    finding, alt = canvas_finding(document, state), canvas_alt(document, state)
    content = f"{key} {state} {plan!r}".encode("utf-8", "replace")
    prefix = "c" + sha256(content).hexdigest()[:10]
    above = _HEADING if heading else 0.0
    size = (plan.width, plan.height + above)
    picture = root(*size, prefix=prefix, title=finding, desc=alt)
    for name, length in zip(("width", "height"), size, strict=True):
        picture.set(name, number_text(length * scale))
    if heading:
        (words,) = wrapped(heading, plan.width, _LARGE, max_lines=1, is_bold=True)
        text(picture, 0, 24, words, size=_LARGE, is_bold=True)
    body = group(picture, transform=f"translate(0,{above:g})") if heading else picture
    n_columns = max(
        (one.cell.column + one.cell.n_columns for one in plan.blocks), default=1
    )
    unit = (plan.width - 1) / n_columns
    for block in plan.blocks:
        cell = block.cell
        top = 0.5 + sum(plan.heights[: cell.row])
        height = plan.room_of(block)
        box = (0.5 + unit * cell.column, top, unit * cell.n_columns, height)
        _draw_block(body, block, box)
    y = sum(plan.heights) + 20
    if plan.has_marks:
        _draw_key(body, y)
        y += KEY
    for words in plan.credit:
        text(body, 0, y, words, role="ink-quiet")
        y += LINE
    return written(picture)


def _draw_block(
    picture: ET.Element, block: BlockPlan, box: tuple[float, float, float, float]
) -> None:
    x, y, width, height = box
    rect(picture, box, fill="paper", stroke="mark-quiet")
    base = y + PAD + 14
    for words in block.head:
        text(picture, x + PAD, base, words, size=block.head_size, is_bold=True)
        base += HEAD_LINE
    top = base - 14 + HEAD_GAP
    n = max(block.n_columns, 1)
    each = (width - 2 * PAD - (n - 1) * COLUMN_GAP) / n
    for i, column in enumerate(block.columns):
        at = top
        for one in column:
            left = x + PAD + i * (each + COLUMN_GAP)
            _draw_entry(picture, one, left, at, each)
            at += one.height
    if not any(block.columns):
        text(picture, x + PAD, top + 12, say("nothing here yet"), role="ink-quiet")
    if block.n_more:
        words = say("and {n} more", n=count(block.n_more))
        text(picture, x + PAD, y + height - PAD, words, role="ink-quiet")


def _draw_entry(
    picture: ET.Element, one: EntryPlan, x: float, y: float, width: float
) -> None:
    note, base = one.note, y + 12
    _draw_bullet(picture, note.mark, x + 5, base - 4.5)
    is_gone = note.mark == "gone"
    for words in one.lines:
        role = "ink-quiet" if is_gone else "ink"
        text(picture, x + BULLET, base, words, role=role, is_bold=note.mark == "new")
        if is_gone:
            picture[-1].set("text-decoration", "line-through")
        base += LINE
    for words in one.detail:
        text(picture, x + BULLET, base, words, role="ink-quiet")
        base += LINE
    right = x + width - 10
    if note.n_pains:
        _pain_dot(picture, right, y + 8, note.n_pains)
        right -= DOT
    if one.score:
        place = (right + 9, y + 12)
        text(picture, *place, one.score, role="ink-quiet", anchor="end")


def _pain_dot(picture: ET.Element, x: float, y: float, n: int) -> None:
    circle(picture, x, y, 9, fill="pain")
    words = str(n) if n < 100 else "99+"
    text(picture, x, y + 4.5, words, role="paper", is_bold=True, anchor="middle")


def _draw_bullet(picture: ET.Element, mark: str, x: float, y: float) -> None:
    """Draw what an entry is by its shape: a plus, a diamond, a cross, or a dot."""
    if mark == "new":
        d = f"M{x - 4.5:.1f},{y:.1f}h9M{x:.1f},{y - 4.5:.1f}v9"
        path(picture, d, stroke="accent", width=2.5)
    elif mark == "changed":
        d = f"M{x:.1f},{y - 5:.1f}l5,5l-5,5l-5,-5Z"
        path(picture, d, fill="accent")
    elif mark == "gone":
        d = f"M{x - 3.5:.1f},{y - 3.5:.1f}l7,7m0,-7l-7,7"
        path(picture, d, stroke="ink-quiet", width=1.5)
    else:
        circle(picture, x, y, 2.5, fill="ink-quiet")


def _draw_key(picture: ET.Element, y: float) -> None:
    x = 0.0
    for mark, words in (
        ("new", say("new")),
        ("changed", say("changed")),
        ("gone", say("goes")),
        ("", say("stays")),
    ):
        _draw_bullet(picture, mark, x + 6, y - 4.5)
        text(picture, x + 18, y, words, role="ink-soft")
        x += 18 + text_width(words, _SMALL) + 24
