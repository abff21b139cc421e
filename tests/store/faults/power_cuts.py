"""Cut the power at every sync and in between, and look at what the disk kept.

The model of the disk is harsher than most: what was not synced reaches it or not, write
by write in any order, the last ones in pieces of 512 bytes; a file that was created or
deleted is there or not. A sync of a file keeps its content and its name; the first sync
of a fresh journal or WAL also keeps what happened to other names, because SQLite syncs
the folder then.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from store.faults.apsw_driver import driver
from store.faults.watched_disk import Event, WatchedDisk, watched_disk

from journeykit.errors import FileProblemError, JourneyKitError
from journeykit.model import Edit, Journey, Persona, Stage
from journeykit.model.edits import add, change, new_edit_id, remove
from journeykit.store import Store, examine_file, open_store
from journeykit.store.schema import TABLES
from journeykit.store.sqlite import seal_path

__all__ = ["Cut", "Disk", "Recording", "check_cut", "cuts", "record"]

NAME = "cut.journey"
_SECTOR = 512
_CHECKPOINT_PAGES = 60


@dataclass(frozen=True)
class Recording:
    """A session: what reached the disk, and what the workshop held at each number.

    Parameters
    ----------
    events
        In order; each ``told`` says how many edits had been acknowledged.
    contents
        By number of edits, hashes of everything that the tables held then. A number
        in the middle of a group is not among them.
    """

    events: tuple[Event, ...]
    contents: dict[int, set[str]]


@dataclass(frozen=True)
class Cut:
    """The files of one moment at which the power went, and what had been promised.

    Parameters
    ----------
    n_told
        Edits that had been acknowledged; None if not even the workshop had been made.
    when
        Number of the event before which the power went.
    """

    files: dict[str, bytes]
    n_told: int | None
    when: int

    @property
    def key(self) -> str:
        """Hash of the files: the same state is not looked at twice."""
        whole = hashlib.sha256()
        for name, data in sorted(self.files.items()):
            whole.update(f"{name} {len(data)} ".encode() + data)
        return whole.hexdigest()


# --- the session ----------------------------------------------------------------------


def record(folder: Path, *, is_careless: bool = False) -> Recording:
    """Play a short workshop of two people on a watched disk.

    Parameters
    ----------
    is_careless
        Whether to work without waiting for the disk, to see that it is found out.
    """
    path = folder / NAME
    contents: dict[int, set[str]] = {}
    with watched_disk() as disk:
        session = _Session(path, disk, contents, is_careless=is_careless)
        session.play()
        return Recording(tuple(disk.events), contents)


class _Session:
    def __init__(
        self,
        path: Path,
        disk: WatchedDisk,
        contents: dict[int, set[str]],
        *,
        is_careless: bool,
    ) -> None:
        self.path, self.disk, self.contents = path, disk, contents
        self.rng = random.Random(7)
        self.driver = driver(disk.name)
        self.has_seal = False
        self.pragmas = [f"wal_autocheckpoint = {_CHECKPOINT_PAGES}"]
        if is_careless:
            self.pragmas.append("synchronous = OFF")

    def play(self) -> None:
        store = self.open(is_new=True)
        for _ in range(3):
            self.write_some(store, 4)
            store.mark(f"mark {store.number()}", reason="so far")
            self.seen(store)
            other = self.open()
            for each in (other, store) * 3:
                self.write_some(each, 1)
            other.undo()
            self.seen(other)
            self.close(store)
            self.write_some(other, 3)
            other.backend.wipe()
            self.seen(other)
            self.write_some(other, 2)
            self.close(other)
            store = self.open()
        self.write_some(store, 2)
        self.close(store)

    def open(self, *, is_new: bool = False) -> Store:
        store = open_store(self.path, is_new=is_new, dbapi=self.driver)
        self.watch_seal()
        for pragma in self.pragmas:
            store.backend.connection.exec_driver_sql(f"PRAGMA {pragma}").close()
        self.seen(store)
        if is_new:
            group = new_edit_id()
            journey = Journey(id="j", name="To the gate")
            stages = [Stage(id=f"s{n}", journey="j", name=f"{n}") for n in range(3)]
            store.write([add(entry, group=group) for entry in (journey, *stages)])
        self.seen(store)
        return store

    def close(self, store: Store) -> None:
        store.close()
        self.watch_seal()

    def write_some(self, store: Store, n_groups: int) -> None:
        for _ in range(n_groups):
            store.write(self.next_edits(store))
            self.seen(store)

    def next_edits(self, store: Store) -> Sequence[Edit]:
        document, group = store.document(), new_edit_id()
        personas = [persona.id for persona in document.of(Persona)]
        if len(personas) < 5:
            fresh = Persona(
                id=f"p{self.rng.getrandbits(40):x}", name="n" * self.rng.randint(1, 300)
            )
            return [add(fresh, author="ann", group=group)]
        chosen = self.rng.sample(personas, self.rng.choice((1, 2, 4)))
        if self.rng.random() < 0.2:
            return [remove(document, name, group=group) for name in chosen]
        fields = {"name": f"told {self.rng.random()}"}
        return [change(document, name, fields, group=group) for name in chosen]

    def seen(self, store: Store) -> None:
        """Note what stands now, and that its writer knows it to be safe."""
        number = store.number()
        self.contents.setdefault(number, set()).add(content_of(store))
        self.disk.note(Event("told", place=number))

    def watch_seal(self) -> None:
        """Note the seal, which the store writes without SQLite and never syncs."""
        seal = seal_path(self.path)
        if self.has_seal:
            self.disk.note(Event("delete", seal.name))
        self.has_seal = seal.exists()
        if self.has_seal:
            self.disk.note(Event("create", seal.name))
            self.disk.note(Event("write", seal.name, 0, seal.read_bytes()))


def content_of(store: Store) -> str:
    """Return one hash of all rows of all tables."""
    whole = hashlib.sha256()
    with store.backend.reading() as connection:
        for table in TABLES:
            query = f"SELECT * FROM {table.name} ORDER BY 1"  # quicker than select()
            rows = connection.exec_driver_sql(query).all()
            whole.update(repr([tuple(row) for row in rows]).encode())
    return whole.hexdigest()


# --- the disk -------------------------------------------------------------------------


@dataclass
class _Inode:
    kept: bytearray = field(default_factory=bytearray)
    waiting: list[Event] = field(default_factory=list)
    was_synced: bool = False


class Disk:
    """What is safe on the disk, and what is only on its way."""

    def __init__(self) -> None:
        self.kept_names: dict[str, _Inode] = {}
        self.names: dict[str, _Inode] = {}
        self.waiting_names: dict[str, list[_Inode | None]] = {}

    def take(self, event: Event) -> None:
        """Go one event further."""
        name = event.name
        if event.what == "create":
            self.names[name] = _Inode()
            self.waiting_names.setdefault(name, []).append(self.names[name])
        elif event.what == "delete":
            del self.names[name]
            self.waiting_names.setdefault(name, []).append(None)
        elif event.what == "sync":
            self._sync(name)
        elif event.what in ("write", "cut"):
            self.names[name].waiting.append(event)

    def _sync(self, name: str) -> None:
        inode = self.names[name]
        for event in inode.waiting:
            _put(inode.kept, event)
        inode.waiting.clear()
        is_fresh_log = not inode.was_synced and name.endswith(("-wal", "-journal"))
        for synced in list(self.waiting_names) if is_fresh_log else [name]:
            self._keep_name(synced, self.waiting_names.pop(synced, []))
        inode.was_synced = True

    def _keep_name(self, name: str, fates: list[_Inode | None]) -> None:
        if fates and fates[-1] is not None:
            self.kept_names[name] = fates[-1]
        elif fates:
            self.kept_names.pop(name, None)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is on its way."""
        return not self.waiting_names and not any(
            inode.waiting for inode in self.names.values()
        )

    def after_cut(self, rng: random.Random, share: float) -> dict[str, bytes]:
        """Return the files after a power cut that spared about *share* of the rest."""
        names = dict(self.kept_names)
        for name, fates in self.waiting_names.items():
            n_done = sum(rng.random() < share for _ in fates)
            for fate in fates[:n_done]:
                if fate is None:
                    names.pop(name, None)
                else:
                    names[name] = fate
        return {name: _left_of(inode, rng, share) for name, inode in names.items()}


def _left_of(inode: _Inode, rng: random.Random, share: float) -> bytes:
    data = bytearray(inode.kept)
    for event in inode.waiting:
        chance = rng.random()
        if chance < share:
            _put(data, event)
        elif chance < share + (1 - share) / 4 and event.what == "write":
            for torn in _pieces(event, rng):
                _put(data, torn)
    return bytes(data)


def _pieces(event: Event, rng: random.Random) -> Iterator[Event]:
    """Yield some of the sectors of a write."""
    start, end = event.place, event.place + len(event.data)
    edges = [start, *range((start // _SECTOR + 1) * _SECTOR, end, _SECTOR), end]
    for left, right in pairwise(edges):
        if rng.random() < 0.5:
            piece = event.data[left - start : right - start]
            yield Event("write", event.name, left, piece)


def _put(data: bytearray, event: Event) -> None:
    if event.what == "cut":
        del data[event.place :]
        return
    data.extend(bytes(max(0, event.place - len(data))))
    data[event.place : event.place + len(event.data)] = event.data


def cuts(recording: Recording, n_cuts: int, seed: int) -> Iterator[Cut]:
    """Yield different states: around every sync, then at random moments.

    Parameters
    ----------
    n_cuts
        How many; the same seed gives the same ones.
    """
    rng = random.Random(seed)
    seen: set[str] = set()
    share = 0.0
    n_rounds = 0
    while len(seen) < n_cuts and n_rounds < 50:
        n_rounds += 1
        disk, n_told = Disk(), None
        for when, event in enumerate(recording.events):
            is_sync = event.what in ("sync", "delete", "create")
            if is_sync or (n_rounds > 1 and rng.random() < 0.1):
                # The first round spares nothing, then everything before each sync.
                for share in (0.0, 1.0) if n_rounds == 1 else (rng.random(),):
                    cut = Cut(disk.after_cut(rng, share), n_told, when)
                    if cut.key not in seen and len(seen) < n_cuts:
                        seen.add(cut.key)
                        yield cut
            disk.take(event)
            n_told = event.place if event.what == "told" else n_told


# --- the look afterwards --------------------------------------------------------------


def check_cut(cut: Cut, recording: Recording, folder: Path) -> list[str]:
    """Return what is wrong after a power cut, in words; nothing if all is well."""
    for old in folder.iterdir():
        old.unlink()
    path = folder / NAME
    for name, data in cut.files.items():
        (folder / name).write_bytes(data)
    if cut.n_told is None:
        return _check_unborn(path)
    wrong = [f"examined: {said}" for said in examine_file(path).problems]
    try:
        return wrong + _check_content(cut, recording, path)
    except JourneyKitError as error:
        return [*wrong, f"not to be opened: {error}"]


def _check_content(cut: Cut, recording: Recording, path: Path) -> list[str]:
    """Open the workshop as anybody would, and compare it with what was promised."""
    wrong = []
    store = open_store(path)
    number = store.number()
    if number < (cut.n_told or 0):
        wrong.append(f"{cut.n_told} edits were acknowledged, {number} are there")
    if content_of(store) not in recording.contents.get(number, set()):
        wrong.append(f"another content than ever stood at edit {number}")
    store.close()
    return wrong


def _check_unborn(path: Path) -> list[str]:
    """Look at a workshop that nobody was told to be there: no workshop, or empty."""
    try:
        store = open_store(path)
    except FileProblemError:
        return []
    number = store.number()
    store.close()
    return [f"{number} edits that nobody made"] if number else []
