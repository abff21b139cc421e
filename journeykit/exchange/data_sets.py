"""Data sets of a workshop: which one is meant, and how a table is put into one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from pydantic_core import to_jsonable_python

from journeykit.errors import InputError
from journeykit.model import (
    DataSet,
    Document,
    Edit,
    apply,
    entry_from,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, change, new_edit_id
from journeykit.store import Store, keep_table

__all__ = ["data_set", "data_sets", "keep", "known_data_set"]

_MAX_BYTES = 900_000_000  # SQLite takes a billion
_BRING = "Bring one: journeykit import WORKSHOP FILE"


def data_sets(document: Document, reads: str = "survey") -> tuple[DataSet, ...]:
    """Return the data sets of a kind that hold a table, by period, then as they stand.

    Parameters
    ----------
    document
        The workshop.
    reads
        ``survey``, ``purchases``, ``events``, ``tickets`` or ``feedback``.
    """
    held = [one for one in document.of(DataSet) if one.table and _reads(one) == reads]
    return tuple(sorted(held, key=lambda one: str(one.period_start or "")))


def _reads(data_set: DataSet) -> str:
    return data_set.records.reads if data_set.records is not None else "survey"


def data_set(
    store: Store, entry_id: str | None = None, reads: str = "survey"
) -> DataSet:
    """Return a data set by id; the first one of a kind that holds a table if None.

    Raises
    ------
    InputError
        If it is no data set, or there is none of that kind.
    """
    document = store.document()
    if entry_id is not None:
        found = document[entry_id]
        if isinstance(found, DataSet):
            return found
        raise InputError(f"{entry_id!r} is no data set, it is a {found.kind}")
    held = [one for one in document.of(DataSet) if one.table and _reads(one) == reads]
    if not held:
        what = "no survey was" if reads == "survey" else f"no {reads} were"
        raise InputError(
            f"{what} imported into this workshop yet", where=store.where, mend=_BRING
        )
    return held[0]


def known_data_set(document: Document, entry_id: str | None) -> DataSet | None:
    """Return a data set by id if it is there already.

    Raises
    ------
    InputError
        If the id is that of something else.
    """
    found = document.get(entry_id)
    if found is None or isinstance(found, DataSet):
        return found
    raise InputError(f"{entry_id!r} is no data set, it is a {found.kind}")


def keep(
    store: Store,
    entry_id: str | None,
    fields: dict[str, Any],  # Any: fields of an entry
    content: bytes,
    *,
    reading: object,
    quality: object,
    author: str | None = None,
    more: Callable[[DataSet, str], Iterable[Edit]] | None = None,
) -> str:
    """Keep a table and its data set, and return the id of it.

    Parameters
    ----------
    store, entry_id
        The workshop, and the data set to fill; a new one stands behind the others.
    fields
        What is known of it now; what else it says stays as it was.
    content
        The table as Parquet.
    reading, quality
        How the file was read and what was found, kept beside the table.
    author
        Id of the author.
    more
        Edits of the same group, of the filled entry and the id of the group.

    Raises
    ------
    InputError, DanglingReferenceError
        If the document refuses the entry, or the table is too large to be kept; neither
        entry nor table is kept then.
    """
    if len(content) > _MAX_BYTES:
        raise InputError(
            f"a table of at most {_MAX_BYTES // 1_000_000:,} MB can be kept, this one "
            f"has {len(content) // 1_000_000:,}",
            mend="Leave out rows, or measure the file where it is",
        )
    document = store.document()
    known = known_data_set(document, entry_id)
    group = new_edit_id()
    start = _blank(document, entry_id) if known is None else known.model_dump()
    entry = entry_from(start | fields)
    assert isinstance(entry, DataSet)
    others = list(more(entry, group)) if more is not None else []

    def edits(table: str) -> list[Edit]:
        if known is None:
            whole = entry.model_copy(update={"table": table})
            return [add(whole, author=author, group=group), *others]
        given = {**fields, "table": table}
        one = change(document, known.id, given, author=author, group=group)
        return [one, *others]

    # What the document would refuse is refused before a table is kept for it.
    apply(document, edits(hashlib.sha256(content).hexdigest()))
    how = entry.records if entry.records is not None else entry.mapping
    table = keep_table(
        store,
        content,
        reading=to_jsonable_python(reading),
        quality=to_jsonable_python(quality),
        mapping={} if how is None else how.model_dump(mode="json"),
    )
    store.write(edits(table))
    return entry.id


def _blank(document: Document, entry_id: str | None) -> dict[str, Any]:
    """Return the first fields of a new data set, which stands after the others."""
    others = document.of(DataSet)
    return {
        "kind": "data_set",
        "id": entry_id or new_id("data_set"),
        "rank": rank_between(others[-1].rank if others else None, None),
    }
