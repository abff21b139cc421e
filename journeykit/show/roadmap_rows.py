"""The rows of the roadmap, measured before they are drawn, and shared out to pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeykit.language import say, say_count, word
from journeykit.layout.roadmap import Bar, Owner, Roadmap
from journeykit.show.numbers import trimmed
from journeykit.show.text_width import wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = ["LINE", "Row", "rows_of", "rows_on_pages"]

LINE = 15.0
"""Distance of two lines of small type, in px."""

_SMALL = SIZES_PX["small"]
_HEAD = 42.0
_PADDING = 10.0
_MOST_LINES = 2
_HEAD_OF_UNDATED = word("Without a day")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the head of a person, a bar, or an action without a day.

    Parameters
    ----------
    height
        In px.
    lines
        What stands at the left, broken to its room; of a head its name alone.
    owner, bar
        What it shows; both None for what has no day.
    said
        Second line of a head.
    """

    height: float
    lines: tuple[str, ...]
    owner: Owner | None = None
    bar: Bar | None = None
    said: str = ""

    @property
    def is_head(self) -> bool:
        """Whether others stand below it and it may not end a page."""
        return self.bar is None and bool(self.said)


def rows_of(plan: Roadmap, head_px: float, width_px: float) -> tuple[Row, ...]:
    """Return the rows of a plan from the top.

    Parameters
    ----------
    plan
        The plan.
    head_px
        Room for words at the left.
    width_px
        Room for the line of an action without a day.
    """
    rows = [row for owner in plan.owners for row in _of_owner(owner, head_px)]
    return (*rows, *_undated(plan, width_px))


def _of_owner(owner: Owner, head_px: float) -> Iterator[Row]:
    yield _head(owner, head_px)
    for bar in owner.bars:
        lines = wrapped(bar.action.text, head_px, _SMALL, max_lines=_MOST_LINES)
        height = LINE * max(1, len(lines)) + _PADDING
        yield Row(height, lines or (bar.action.id,), owner, bar)


def _head(owner: Owner, head_px: float, *, is_again: bool = False) -> Row:
    said = say_count("{n} action", "{n} actions", len(owner.bars))
    if owner.days_a_week is not None:
        days = say("{n} days a week", n=trimmed(owner.days_a_week, 1))
        if owner.days_a_week == 1:
            days = say("1 day a week")
        said += f" · {days}"
    name = wrapped(owner.name, head_px, _SMALL, max_lines=1, is_bold=True)
    return Row(_HEAD, name, owner, said=say("continued") if is_again else said)


def _undated(plan: Roadmap, width_px: float) -> Iterator[Row]:
    if not plan.undated:
        return
    said = say_count(
        "{n} action: give each a start and an end",
        "{n} actions: give each a start and an end",
        len(plan.undated),
    )
    yield Row(_HEAD, (say(_HEAD_OF_UNDATED),), said=said)
    for one in plan.undated:
        owner = plan.names.get(one.owner or "", say("nobody yet"))
        lines = wrapped(f"{one.text} · {owner}", width_px, _SMALL, max_lines=1)
        yield Row(LINE + 6, lines)


def rows_on_pages(
    rows: Sequence[Row], tallest_px: float, head_px: float, caption_px: float = 0.0
) -> tuple[tuple[Row, ...], ...]:
    """Return rows page by page; who goes on on the next page is named there again.

    There are as few pages as can be, and about as much on each.

    Parameters
    ----------
    rows
        As :func:`rows_of` gives them.
    tallest_px
        Room for rows on a page.
    head_px
        As for :func:`rows_of`.
    caption_px
        Height that is left free on the first page.
    """
    whole = _filled(rows, tallest_px, head_px, caption_px)
    tried = (
        _filled(rows, share * tallest_px / 20, head_px, caption_px)
        for share in range(1, 20)
    )
    return next((one for one in tried if len(one) == len(whole)), whole)


def _filled(
    rows: Sequence[Row], tallest_px: float, head_px: float, caption_px: float
) -> tuple[tuple[Row, ...], ...]:
    pages: list[list[Row]] = [[]]
    used = caption_px
    for i, row in enumerate(rows):
        below = rows[i + 1].height if row.is_head and i + 1 < len(rows) else 0.0
        if pages[-1] and used + row.height + below > tallest_px:
            pages.append([])
            used = 0.0
            if row.bar is not None and row.owner is not None:
                again = _head(row.owner, head_px, is_again=True)
                pages[-1].append(again)
                used += again.height
        pages[-1].append(row)
        used += row.height
    return tuple(tuple(page) for page in pages)
