"""The timer of the day: block by block from the agenda, in digits for a projector.

Time runs in the browser, so it goes on while the kernel works; where it stands is a
trait, so that a page that is loaded again shows the same second. Counting in the kernel
was turned down: each second would wait behind whatever cell runs.
"""

from __future__ import annotations

import math
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from journeykit.errors import InputError, JourneyKitError
from journeykit.layout.agenda import is_break, minutes_between, timed
from journeykit.layout.running_late import NewPlan, running_late
from journeykit.model import AgendaBlock, Document
from journeykit.model.edits import Edit, change, new_edit_id, remove
from journeykit.show.guide_tree import as_html, node
from journeykit.show.live import live_of
from journeykit.workshop import Workshop

__all__ = ["Timer", "clock_of"]

_LATE_AT_MOST = 120
"""Minutes after which a day counts as begun at another time, not as late."""


@cache
def _sheet(*names: str) -> str:
    static = files("journeykit.show") / "static"
    return "\n".join((static / name).read_text(encoding="utf-8") for name in names)


def clock_of(text: str) -> time:
    """Return a time of day from text such as ``9:00``.

    Raises
    ------
    InputError
        If it is no time of day.

    Examples
    --------
    >>> str(clock_of("9:05"))
    '09:05:00'
    """
    try:
        hours, _, rest = text.strip().partition(":")
        minutes, _, seconds = rest.partition(":")
        return time(int(hours), int(minutes or 0), int(seconds or 0))
    except ValueError:
        raise InputError(
            f"a time of day was expected, found {text!r}",
            mend="Write hours and minutes, such as 09:00",
        ) from None


class Timer(anywidget.AnyWidget):
    """A clock that runs down, block by block.

    Parameters
    ----------
    workshop
        The workshop whose agenda is followed.
    start
        When the day was to begin.
    """

    _esm = _sheet("timer.js")
    _css = _sheet("tokens.css", "timer.css")
    blocks: Any = traitlets.List().tag(sync=True)
    place: Any = traitlets.Dict().tag(sync=True)
    plan: Any = traitlets.Dict().tag(sync=True)

    def __init__(self, workshop: Workshop, start: time) -> None:
        self._workshop, self._start = workshop, start
        self._new: NewPlan | None = None
        self._live = live_of(workshop)
        super().__init__(blocks=self._blocks(workshop.document()))
        self._live.watch(self._follow)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"<Timer of {len(self.blocks)} blocks>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # Any: as ipywidgets has it
        """Show the clock, and as a list of the blocks where no script runs."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        rows = [
            node("li", {}, f"{one['clock']} {one['title']}, {one['minutes']:g} minutes")
            for one in self.blocks
        ]
        said = "The timer runs in a live notebook." if rows else "Take an agenda first."
        label = {"class": "jk-guide jk-guide-list", "label": "Timer"}
        tree = node("section", label, node("p", {}, said), node("ul", {}, *rows))
        html = str(as_html(tree))
        return {**bundle, "text/html": html, "text/plain": repr(self)}, metadata

    def _blocks(self, document: Document) -> list[dict[str, Any]]:
        return [
            {
                "id": row.block.id,
                "title": row.block.title,
                "minutes": row.block.minutes,
                "is_break": is_break(row.block),
                "session": row.session,
                "clock": f"{row.start:%H:%M}",
                "output": row.block.output,
            }
            for row in timed(document.of(AgendaBlock), self._start)
        ]

    def _follow(self, document: Document) -> None:
        blocks = self._blocks(document)
        if blocks != self.blocks:
            self.blocks = blocks

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        """Plan the rest anew, or take that plan; whatever comes of it is said."""
        kind = message.get("type") if isinstance(message, dict) else None
        if kind not in ("late", "take"):
            return
        try:
            said = self._late(message) if kind == "late" else self._take()
        except JourneyKitError as error:
            self._new, said = None, str(error)
        number = self.plan.get("number", 0) + 1
        can_take = self._new is not None and bool(self._new.changes)
        self.plan = {"said": said, "can_take": can_take, "number": number}

    def _late(self, message: dict[str, Any]) -> str:
        blocks = self._workshop.document().of(AgendaBlock)
        begun, rested = message.get("begun"), message.get("rested")
        started = self._start
        if message.get("started"):
            # Another hour of the day than planned is no delay.
            really = clock_of(str(message["started"]))
            if abs(minutes_between(started, really)) > _LATE_AT_MOST:
                started = really
        self._new = running_late(
            blocks,
            clock_of(str(message.get("now", ""))),
            started,
            current=str(message.get("current", "")),
            begun=clock_of(str(begun)) if begun else None,
            rested=clock_of(str(rested)) if rested else None,
        )
        return self._new.text

    def _take(self) -> str:
        """Write the new minutes into the agenda, as one step that can be undone."""
        if self._new is None or not self._new.changes:
            return "There is nothing to change."
        document = self._workshop.document()
        group, author = new_edit_id(), self._workshop.author
        edits: list[Edit] = []
        for one in self._new.changes:
            if one.block.id not in document:
                continue
            if one.verb == "drop":
                edits.append(remove(document, one.block.id, author=author, group=group))
            else:
                fields = {"minutes": max(1.0, math.floor(one.minutes))}
                name = one.block.id
                edits.append(change(document, name, fields, author=author, group=group))
        self._new = None
        if not edits:
            return "There is nothing to change."
        receipt = self._workshop.store.write(edits)
        self._live.done.append(receipt.group)
        self._live.undone.clear()
        self._live.refresh()
        return "The agenda is planned anew. Undo on the agenda's board brings it back."
