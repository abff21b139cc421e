"""One board for every layout: people drag cards and write on them, nothing is lost.

The board holds nothing of its own. It sends small changes, each is one transaction of
the store, and the answer says what became different; what others change arrives the
same way. A trait with the whole layout was turned down: it grows with the board, and
the last writer wins. ``ipywidgets`` of one widget a card took 17 seconds for 500 cards.

Forms are boards too (:func:`form`). With ``ipywidgets`` a sentence that was half typed
when the kernel died was lost; the page keeps it here until it was acknowledged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import anywidget
import traitlets

from journeykit.check.evidence import entry_bases
from journeykit.errors import InputError, JourneyKitError
from journeykit.layout.catalogue import layout_named
from journeykit.layout.zones import Layout
from journeykit.model import Document
from journeykit.show.board_forms import (
    forms_of,
    kinds_on,
    known_fields,
    links_of,
    refs_of,
)
from journeykit.show.board_state import Shown, patch_between, shown, whole
from journeykit.show.board_table import board_table
from journeykit.show.board_writes import NOBODY, answer_to, write
from journeykit.show.live import Live, live_of
from journeykit.workshop import Workshop

__all__ = ["PARTS", "Board", "board", "form"]

PARTS = (
    *("element", "outbox", "state", "card", "grid", "curve", "streets", "ties"),
    *("typing", "editor", "moving", "gestures", "walk", "keys", "notes", "fields"),
    *("joins", "blank", "panel", "bar", "acts", "answers", "board"),
)
"""The parts of the script, joined in this order into one module."""
_ID = re.compile(r"[0-9a-f]{32}")
_SHEETS = ("tokens", "board")


@cache
def _joined(names: tuple[str, ...], ending: str) -> str:
    static = files("journeykit.show") / "static"
    return "\n".join(
        (static / f"{name}.{ending}").read_text(encoding="utf-8") for name in names
    )


class Board(anywidget.AnyWidget):
    """A layout of a workshop that can be changed.

    Parameters
    ----------
    workshop
        The workshop; it stays open as long as the board is shown.
    name
        A layout of :data:`journeykit.layout.catalogue.LAYOUTS`.
    settings
        ``view`` (``board`` or ``form``), ``kind`` of a form, and how it is shown.
    options
        What the layout is asked for, such as the id of a persona.
    """

    picture = traitlets.Dict().tag(sync=True)
    kinds = traitlets.Dict().tag(sync=True)
    refs = traitlets.Dict().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        workshop: Workshop,
        name: str,
        settings: Mapping[str, Any],
        options: Mapping[str, Any],
    ) -> None:
        self._workshop = workshop
        self._name, self._options = name, dict(options)
        self._live: Live = live_of(workshop)
        self._initials: dict[str, str] = {}
        self._authors_until = 0
        self._open = ""
        document = workshop.document()
        self._told = self._shown(document)
        self._seen: Document | None = document
        self._esm = _joined(PARTS, "js")
        self._css = _joined(_SHEETS, "css")
        self._kinds = kinds_on(self._told.layout, document, settings)
        super().__init__(
            picture=whole(self._told),
            kinds=forms_of(self._kinds, settings),
            refs=refs_of(document, self._kinds, settings),
            settings={**_settings(workshop), **settings},
        )
        self.on_msg(self._receive)
        self._live.watch(self._follow)

    def __repr__(self) -> str:
        return f"<Board {self._name!r} of {self._workshop.case.title!r}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # Any: as ipywidgets has it
        """Show the board, and as a plain table where no script runs."""
        made = super()._repr_mimebundle_(**kwargs)
        bundle, metadata = made if made is not None else ({}, {})
        table = str(board_table(self._told.layout))
        return {**bundle, "text/html": table, "text/plain": repr(self)}, metadata

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> Any:
        """Return the traits for a page that is loaded later: as things stand now.

        Pages that are there already get only what changed.
        """
        self._trait_values["picture"] = whole(self._told)
        return super().get_state(key, drop_defaults)

    def _should_send_property(self, key: str, value: Any) -> bool:
        """Send no trait again that changes are sent of."""
        return key != "refs" and super()._should_send_property(key, value)

    # --- what stands ----------------------------------------------------------------

    def _layout(self, document: Document) -> Layout:
        return layout_named(
            document, self._name, bases=entry_bases(document), **self._options
        )

    def _shown(self, document: Document) -> Shown:
        store = self._workshop.store
        number = store.number()
        if number > self._authors_until:
            names = store.author_names()
            for entry, author in store.added_by(self._authors_until).items():
                self._initials[entry] = _initials(names.get(author, ""))
            self._authors_until = number
        return shown(self._layout(document), document, self._initials)

    def _news(self, document: Document) -> dict[str, Any]:
        """Return what became different since the page was told last."""
        if document is self._seen:
            return {}
        self._seen = document
        now = self._shown(document)
        patch = patch_between(self._told, now)
        if patch:
            self._told = now
        kinds = kinds_on(now.layout, document, self.settings)
        if not kinds <= self._kinds:
            self._kinds |= kinds
            self.kinds = forms_of(self._kinds, self.settings)
            self._send_whole()
        refs = refs_of(document, self._kinds, self.settings)
        if refs != self.refs:
            known = self.refs
            patch["refs"] = {k: v for k, v in refs.items() if known.get(k) != v}
            self.refs = refs
        return patch

    def _follow(self, document: Document) -> None:
        """Tell the page what somebody else changed."""
        patch = self._news(document)
        if patch:
            number = self._workshop.store.number()
            self.send({"type": "patch", "number": number, "patch": patch})
        self._tell_opened(document)

    # --- messages -------------------------------------------------------------------

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        """Answer a message of the page; whatever it is, there is an answer."""
        kind = message.get("type") if isinstance(message, dict) else None
        answers: dict[str, Callable[[dict[str, Any]], None]] = {
            "hello": self._hello,
            "write": self._write,
            "undo": self._undo,
            "redo": self._redo,
            "open": self._opened,
            "close": self._closed,
            "options": self._ask,
        }
        if kind in answers:
            answers[kind](message)

    def _hello(self, _message: dict[str, Any]) -> None:
        document = self._workshop.document()
        self._news(document)
        self._send_whole()
        self._tell_opened(document)

    def _send_whole(self) -> None:
        self.send(
            {
                "type": "layout",
                "layout": whole(self._told),
                "kinds": self.kinds,
                "refs": self.refs,
                "settings": self.settings,
                "number": self._workshop.store.number(),
            }
        )

    def _write(self, message: dict[str, Any]) -> None:
        def writing() -> str:
            receipt, said = write(self._workshop.store, message, self._workshop.author)
            if not receipt.is_repeat:
                self._live.done.append(receipt.group)
                self._live.undone.clear()
            return said

        self._answer(message, writing)

    def _undo(self, message: dict[str, Any]) -> None:
        def undoing() -> str:
            live, work = self._live, self._workshop
            group = live.done[-1] if live.done else None
            made = _group_id(message)
            if work.store.written(made):
                return "Undone"
            if group is None and work.author is None:
                return "Nothing to undo"
            receipt = work.store.undo(work.author, group=group, made=made)
            if receipt is None:
                return "Nothing to undo"
            if group is not None:
                live.done.pop()
            live.undone.append(receipt.group)
            return "Undone"

        self._answer(message, undoing)

    def _redo(self, message: dict[str, Any]) -> None:
        def redoing() -> str:
            live, work = self._live, self._workshop
            made = _group_id(message)
            if work.store.written(made):
                return "Done again"
            if not live.undone:
                return "Nothing to redo"
            receipt = work.store.undo(work.author, group=live.undone[-1], made=made)
            live.undone.pop()
            if receipt is not None:
                live.done.append(receipt.group)
            return "Done again"

        self._answer(message, redoing)

    def _answer(self, message: dict[str, Any], work: Callable[[], str]) -> None:
        """Do *work* and say that it is on the disk, or why it is not."""
        answer: dict[str, Any] = {"id": message.get("id")}
        store = self._workshop.store
        try:
            try:
                answer |= {"type": "done", "said": work()}
            except JourneyKitError as error:
                told = answer_to(error, self._workshop.document())
                answer |= {"type": "refused", **told}
            document = self._workshop.document()
            answer |= {"number": store.number(), "patch": self._news(document)}
        except JourneyKitError as error:  # it cannot even be read: sent again later
            answer |= {"type": "refused", "reason": str(error), "is_passing": True}
            self.send(answer)
            return
        self.send(answer)
        self._live.refresh()
        self._tell_opened(document)

    def _opened(self, message: dict[str, Any]) -> None:
        self._open = str(message.get("entry", ""))
        self._tell_opened(self._workshop.document())

    def _closed(self, _message: dict[str, Any]) -> None:
        self._open = ""

    def _tell_opened(self, document: Document) -> None:
        """Send the whole of the entry that the page has open."""
        entry = document.get(self._open)
        if entry is None:
            return
        self.send(
            {
                "type": "entry",
                "entry": entry.id,
                "kind": entry.kind,
                "version": document.version(entry.id).number,
                "fields": entry.model_dump(mode="json"),
                "links": links_of(document, entry),
            }
        )

    def _ask(self, message: dict[str, Any]) -> None:
        """Show the layout with other options; if it knows none such, as it was."""
        before = self._options
        asked = message.get("options")
        if not isinstance(asked, dict):
            return
        self._options = {**before, **asked}
        self._seen = None
        try:
            self._layout(self._workshop.document())
        except JourneyKitError as error:
            self._options = before
            is_read_only = self._workshop.store.backend.is_read_only
            told = {"is_read_only": is_read_only, "why": str(error)}
            self.send({"type": "status", **told})
            return
        self._hello(message)


def board(workshop: Workshop, name: str, **options: Any) -> Board:
    """Return a board of a workshop.

    Parameters
    ----------
    workshop
        The workshop.
    name
        A layout, such as ``"journey_map"`` or ``"canvas"``.
    **options
        What the layout takes, such as ``persona="p-1"``.

    Raises
    ------
    UnknownNameError
        If there is no such layout or option.
    """
    return Board(workshop, name, {"view": "board", "kind": ""}, options)


def form(workshop: Workshop, kind: str, *only: str) -> Board:
    """Return the form for entries of a kind: what there is at the left, one opened.

    Parameters
    ----------
    workshop
        The workshop.
    kind
        Kind of the entries.
    *only
        The fields to ask for, beside those that are needed; all if none is named.

    Raises
    ------
    UnknownNameError
        If there is no such kind or field.
    """
    settings = {"view": "form", "kind": kind, "only": known_fields(kind, only)}
    return Board(workshop, "wall", settings, {"kind": kind})


def _group_id(message: Mapping[str, Any]) -> str:
    """Return the id that a page gave to what it asks for.

    Raises
    ------
    InputError
        If it is none.
    """
    given = message.get("id")
    if isinstance(given, str) and _ID.fullmatch(given):
        return given
    raise InputError("32 hexadecimal digits were expected as the id of a message")


def _settings(workshop: Workshop) -> dict[str, Any]:
    store = workshop.store
    names = store.author_names()
    is_read_only = store.backend.is_read_only
    return {
        "workshop": sha256(store.where.encode()).hexdigest()[:16],
        "is_read_only": is_read_only,
        "why_read_only": "Opened for reading only" if is_read_only else "",
        "author": _initials(names.get(workshop.author or "", "")),
        "participant": workshop.author or NOBODY,
        "is_projector": False,
    }


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()[:2]).upper()
