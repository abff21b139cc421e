"""A disk below SQLite that remembers every write and sync, and fails when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import NamedTuple

import apsw

__all__ = ["Event", "WatchedDisk", "watched_disk"]

_NUMBERS = count()


class Event(NamedTuple):
    """Something that reached the disk, or that the writer was told.

    Parameters
    ----------
    what
        ``create``, ``write``, ``cut`` (to length *place*), ``sync``, ``delete``, or
        ``told``: *place* edits had been acknowledged.
    name
        The file.
    place, data
        Where the bytes were written, and the bytes.
    """

    what: str
    name: str = ""
    place: int = 0
    data: bytes = b""


class WatchedDisk(apsw.VFS):
    """Passes everything on to the real disk and keeps a list of it.

    Parameters
    ----------
    may_fail
        Asked before every write, cut, sync, creation and deletion, with what and which
        file; it raises what shall go wrong.
    """

    def __init__(self, may_fail: Callable[[str, str], None] | None = None) -> None:
        self.name = f"watched-{next(_NUMBERS)}"
        self.events: list[Event] = []
        self.may_fail = may_fail or (lambda what, name: None)
        super().__init__(self.name, "")

    def note(self, event: Event) -> None:
        """Add what reached the disk without SQLite's doing."""
        self.events.append(event)

    def xOpen(  # noqa: N802 - SQLite's name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> _WatchedFile:
        """Open a file; one that was not there is noted as created."""
        plain = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        is_new = not Path(plain).exists()
        if is_new:
            self.may_fail("create", plain)
        file = _WatchedFile(self, plain, name, flags)
        if is_new and name is not None:
            self.events.append(Event("create", Path(plain).name))
        return file

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Delete a file."""
        self.may_fail("delete", filename)
        is_there = Path(filename).exists()
        super().xDelete(filename, syncdir)
        if is_there:
            self.events.append(Event("delete", Path(filename).name, int(syncdir)))


class _WatchedFile(apsw.VFSFile):
    def __init__(
        self,
        disk: WatchedDisk,
        plain: str,
        name: str | apsw.URIFilename | None,
        flags: list[int],
    ) -> None:
        self.disk, self.plain, self.short = disk, plain, Path(plain).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self.disk.may_fail("write", self.plain)
        super().xWrite(data, offset)
        self.disk.events.append(Event("write", self.short, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self.disk.may_fail("cut", self.plain)
        super().xTruncate(newsize)
        self.disk.events.append(Event("cut", self.short, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802
        self.disk.may_fail("sync", self.plain)
        super().xSync(flags)
        self.disk.events.append(Event("sync", self.short))


@contextmanager
def watched_disk(
    may_fail: Callable[[str, str], None] | None = None,
) -> Iterator[WatchedDisk]:
    """Give a watched disk, and take it away from SQLite afterwards."""
    disk = WatchedDisk(may_fail)
    try:
        yield disk
    finally:
        disk.unregister()
