"""Words around a board: they follow the workshop, and their buttons act on it.

Where no script runs they still show, as plain HTML. ipywidgets of labels and boxes were
turned down: a page of them takes seconds, and none survives a conversion.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from journeykit.errors import JourneyKitError
from journeykit.model import Document
from journeykit.show.guide_tree import Node, as_html
from journeykit.show.live import live_of
from journeykit.workshop import Workshop

__all__ = ["Guide"]

_SOON_SECONDS = 0.15


@cache
def _sheet(*names: str) -> str:
    static = files("journeykit.show") / "static"
    return "\n".join((static / name).read_text(encoding="utf-8") for name in names)


class Guide(anywidget.AnyWidget):
    """Words that follow a workshop.

    Parameters
    ----------
    workshop
        The workshop.
    words
        From the document to the tree of what is shown.
    name
        What it is called where nothing can be drawn.
    act
        Does what a button asks for, and says what was done; None if there is no button.
    is_first
        Whether it opens a notebook, which stays at it while it runs.
    """

    _esm = _sheet("guide.js")
    _css = _sheet("tokens.css", "guide.css")
    tree: Any = traitlets.List().tag(sync=True)  # a Node
    said = traitlets.Unicode().tag(sync=True)
    is_first = traitlets.Bool().tag(sync=True)

    def __init__(
        self,
        workshop: Workshop,
        words: Callable[[Document], Node],
        name: str,
        act: Callable[[str], str] | None = None,
        *,
        is_first: bool = False,
    ) -> None:
        self._words, self._name, self._act = words, name, act
        self._live = live_of(workshop)
        self._newest, self._is_waiting = workshop.document(), False
        super().__init__(tree=words(self._newest), is_first=is_first)
        self._live.watch(self._follow)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # Any: as ipywidgets has it
        """Show the words, and as plain HTML where no script runs."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        html = str(as_html(self.tree))
        return {**bundle, "text/html": html, "text/plain": repr(self)}, metadata

    def _follow(self, document: Document) -> None:
        """Show what is new, a moment later: many drops in a row are drawn once."""
        self._newest = document
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._show()
            return
        if not self._is_waiting:
            self._is_waiting = True
            loop.call_later(_SOON_SECONDS, self._show)

    def _show(self) -> None:
        self._is_waiting = False
        tree = self._words(self._newest)
        if tree != self.tree:
            self.tree = tree

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        """Do what a button asks for; whatever comes of it is said."""
        asked = message.get("act") if isinstance(message, dict) else None
        if self._act is None or not isinstance(asked, str):
            return
        try:
            said = self._act(asked)
        except JourneyKitError as error:
            said = str(error)
        self.said = ""  # so that the same words are said again
        self.said = said
        self._live.refresh()
        self._show()  # a mark is no change of the document
