"""What a database must offer to keep a workshop; what the store answers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

__all__ = ["Backend", "Mark", "Receipt"]


class Backend(Protocol):
    """A database beneath a workshop: SQLite or PostgreSQL."""

    dialect: str
    where: str
    path: Path | None
    is_read_only: bool

    def writing(self) -> AbstractContextManager[Connection]:
        """Hold the writers' lock and a transaction: committed whole or not at all."""

    def reading(self) -> AbstractContextManager[Connection]:
        """Hold one moment of the workshop for several queries."""

    def is_contended(self) -> None:
        """Give way to other writers for a moment."""

    def set_version(self, connection: Connection, version: int) -> None:
        """Note the schema number where a reader finds it without the tables."""

    def keep_whole(self, name: str) -> None:
        """Keep a copy as it is, of whatever schema; *name* tells it from others."""

    def wipe(self) -> None:
        """Leave no byte of what was deleted."""

    def close(self) -> None:
        """Give everything back; closing again does nothing."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a group of edits: it is safe from now on.

    Parameters
    ----------
    group
        Id of the group.
    numbers
        Places of its edits in the record.
    is_repeat
        Whether the group had been written before and was only answered again.
    """

    group: str
    numbers: tuple[int, ...]
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A named moment: a version of the map with author and reason."""

    name: str
    number: int
    author: str | None
    reason: str
    time: str
