"""A disk on which one write or sync goes wrong, and a session that must outlive it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import apsw
from store.faults.apsw_driver import driver
from store.faults.watched_disk import watched_disk

from journeykit.errors import FileProblemError
from journeykit.model import Edit, Persona
from journeykit.model.edits import add, change, new_edit_id
from journeykit.store import Store, open_store

__all__ = ["Fault", "Played", "play"]

_T = TypeVar("_T")
_PLANTED = "planted"


@dataclass
class Fault:
    """What goes wrong, and when.

    Parameters
    ----------
    error
        APSW's error to raise.
    at
        Number, from 1, of the write, cut, sync, creation or deletion that fails.
    is_lasting
        Whether all that follow fail as well until the disk is mended.
    """

    error: type[apsw.Error] = apsw.IOError
    at: int = 0
    is_lasting: bool = False
    n_seen: int = 0
    hits: list[str] = field(default_factory=list)

    def __call__(self, what: str, name: str) -> None:
        """Let it pass, or raise."""
        self.n_seen += 1
        if self.n_seen == self.at or (self.is_lasting and self.n_seen > self.at > 0):
            self.hits.append(f"{what} {Path(name).suffix}")
            raise self.error(_PLANTED)

    def mend(self) -> None:
        """Let everything pass from now on."""
        self.is_lasting, self.at = False, 0


@dataclass
class Played:
    """How a session went.

    Parameters
    ----------
    n_operations
        Writes, cuts, syncs, creations and deletions below SQLite.
    hits
        What failed.
    said
        What the caller was told, in order.
    acknowledged
        Edits that were acknowledged.
    """

    n_operations: int
    hits: list[str]
    said: list[str]
    acknowledged: list[Edit]


def play(path: Path, fault: Fault) -> Played:
    """Open a workshop, write, mark, fold the WAL in, leave, come back and write.

    A call that fails is repeated with the very same edits once the disk is mended.
    """
    with _planted_passed_over(), watched_disk(fault) as disk:
        session = _Session(path, driver(disk.name), fault)
        session.play()
        return Played(fault.n_seen, fault.hits, session.said, session.acknowledged)


@contextmanager
def _planted_passed_over() -> Iterator[None]:
    """Say nothing of a planted error where SQLite itself goes on."""
    usual = sys.unraisablehook

    def heard(unraisable: sys.UnraisableHookArgs) -> None:
        if str(unraisable.exc_value) != _PLANTED:
            usual(unraisable)

    sys.unraisablehook = heard
    try:
        yield
    finally:
        sys.unraisablehook = usual


class _Session:
    def __init__(self, path: Path, module: object, fault: Fault) -> None:
        self.path, self.module, self.fault = path, module, fault
        self.said: list[str] = []
        self.acknowledged: list[Edit] = []

    def play(self) -> None:
        store = self.repeated(self.open)
        names = ("ann", "ben", "cem")
        fresh = [add(Persona(id=name, name=name)) for name in names]
        self.write(store, [fresh[0]])
        group = new_edit_id()
        self.write(store, [e.model_copy(update={"group": group}) for e in fresh[1:]])
        self.repeated(lambda: store.mark("so far"))
        changed = change(store.document(), "ann", {"summary": "n" * 9_000})
        self.write(store, [changed])
        self.repeated(store.backend.wipe)
        self.write(store, [change(store.document(), "ben", {"name": "Ben"})])
        self.repeated(store.undo)
        self.repeated(store.close)
        again = self.repeated(self.open)
        self.write(again, [change(again.document(), "cem", {"name": "Cem"})])
        self.repeated(again.close)

    def open(self) -> Store:
        return open_store(self.path, dbapi=self.module)  # type: ignore[arg-type]

    def write(self, store: Store, edits: list[Edit]) -> None:
        self.repeated(lambda: store.write(edits))
        self.acknowledged += edits

    def repeated(self, call: Callable[[], _T]) -> _T:
        try:
            return call()
        except FileProblemError as error:
            self.said.append(str(error))
        self.fault.mend()
        return call()
