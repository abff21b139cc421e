"""Imported tables are kept by the hash of their bytes."""

from __future__ import annotations

import hashlib

import pytest
from stored_workshops import Workshops

from journeykit.errors import UnknownNameError
from journeykit.store import Store, StoredTable, examine, keep_table, stored_table

CONTENT = bytes(range(256)) * 3
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NOTES = {
    "reading": {"encoding": "utf-8"},
    "quality": {"n_rows": 2, "share": 0.5},
    "mapping": {"questions": ["Q1", "ä"]},
}


def test_table_comes_back_as_it_was(store: Store) -> None:
    """Bytes, and how they were read, checked and understood."""
    assert SHA256 == keep_table(store, CONTENT, **NOTES)
    assert StoredTable(SHA256, CONTENT, **NOTES) == stored_table(store, SHA256)
    assert () == examine(store.backend).problems


def test_same_table_is_kept_once(store: Store) -> None:
    """A second import of the same bytes says anew how they were read, and no more."""
    keep_table(store, CONTENT, **NOTES)

    fresh = {"reading": {"encoding": "cp1252"}, "quality": {}, "mapping": {}}

    assert SHA256 == keep_table(store, CONTENT, **fresh)
    assert StoredTable(SHA256, CONTENT, **fresh) == stored_table(store, SHA256)
    assert () == examine(store.backend).problems


def test_unknown_table_is_refused_with_the_known_ones(store: Store) -> None:
    """A data set that names a table of another workshop is told so."""
    keep_table(store, CONTENT, **NOTES)

    with pytest.raises(UnknownNameError, match="no table 'abc'") as caught:
        stored_table(store, "abc")
    assert (SHA256,) == caught.value.known


def test_other_connection_reads_the_table(shared: Workshops) -> None:
    """Once the hash is known, everybody has the bytes."""
    here = shared.new()
    there = shared.open()
    keep_table(here, CONTENT, **NOTES)

    assert CONTENT == stored_table(there, SHA256).content
