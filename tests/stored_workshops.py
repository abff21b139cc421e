"""Workshops to test the store with: the same tests run on every database."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sample_entries import airport

from journeykit.model import Edit
from journeykit.model import edits as model_edits
from journeykit.store import Receipt, Store, open_store

__all__ = [
    "Workshops",
    "change",
    "edited",
    "fill",
    "planting",
    "reseal",
    "standing",
    "ticking_clock",
]


def ticking_clock() -> Callable[[], datetime]:
    """Return a clock that begins at noon and goes one second further at each look."""
    seconds = count()
    noon = datetime(2026, 3, 31, 12, tzinfo=UTC)
    return lambda: noon + timedelta(seconds=next(seconds))


class Workshops:
    """One workshop of a test, to be opened as often as it likes, and closed at the end.

    Parameters
    ----------
    address
        Path, URL, or None for one in memory.
    """

    def __init__(self, address: str | Path | None) -> None:
        self.address = address
        self._opened: list[Store] = []

    @property
    def is_postgres(self) -> bool:
        """Whether it lies in PostgreSQL."""
        return isinstance(self.address, str)

    def new(self) -> Store:
        """Make it, and fill it with a small airport."""
        store = self._keep(open_store(self.address, is_new=True, now=ticking_clock()))
        fill(store)
        return store

    def open(self, **options: Any) -> Store:
        """Open it once more."""
        return self._keep(open_store(self.address, **options))

    def _keep(self, store: Store) -> Store:
        self._opened.append(store)
        return store

    def close(self) -> None:
        """Close whatever is open still."""
        while self._opened:
            self._opened.pop().close()


def fill(store: Store, author: str | None = None) -> Receipt:
    """Write a small airport in one step."""
    group = model_edits.new_edit_id()
    made = [model_edits.add(one, author=author, group=group) for one in airport()]
    return store.write(made)


def change(
    store: Store, entry_id: str, author: str | None = None, **fields: Any
) -> Receipt:
    """Change fields of an entry as it stands."""
    edit = model_edits.change(store.document(), entry_id, fields, author=author)
    return store.write([edit])


def edited(store: Store, entry_id: str, **fields: Any) -> Edit:
    """Return an edit of an entry as it stands, without writing it."""
    return model_edits.change(store.document(), entry_id, fields)


def standing(store: Store) -> dict[str, Any]:
    """Return all that a workshop shows, to be compared."""
    return {
        "document": store.document(),
        "versions": {
            one.id: store.document().version(one.id) for one in store.document()
        },
        "record": store.changes_since(0),
        "marks": store.marks(),
        "names": store.author_names(),
    }


def reseal(path: Path) -> None:
    """Take the seal off, so that only the content can tell of a fault."""
    path.with_name(path.name + ".seal").unlink(missing_ok=True)


@contextmanager
def planting(path: Path) -> Iterator[sqlite3.Connection]:
    """Change a closed workshop behind the back of the store."""
    with closing(sqlite3.connect(path)) as raw:
        yield raw
        raw.commit()
    reseal(path)
