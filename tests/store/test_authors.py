"""Who works is known by an id; names stand apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from stored_workshops import Workshops

from journeykit.model import Persona
from journeykit.model.edits import add, remove
from journeykit.store import Store, open_store
from journeykit.store.authors import author_id
from journeykit.store.record import version_like


@pytest.mark.parametrize("name", [None, "", "  ", "\x0b"])
def test_nobody_has_no_id(store: Store, name: str | None) -> None:
    """Work without a name is no person's."""
    assert author_id(store, name) is None
    assert {} == store.author_names()


def test_name_gets_one_id_for_good(store: Store) -> None:
    """The same name is the same person, and the id says nothing about it."""
    first = author_id(store, " Ann Müller\x0b")

    assert first is not None
    assert {first: "Ann Müller"} == store.author_names()
    assert "nn" not in first.removeprefix("a-")
    assert first == author_id(store, "Ann Müller") == author_id(store, first)
    assert first != author_id(store, "Bob")


def test_reader_gets_no_new_id(tmp_path: Path) -> None:
    """Where nothing can be kept, a new name stays unknown, and a known one is known."""
    shared = Workshops(tmp_path / "airport.journey")
    known = author_id(shared.new(), "Ann")
    shared.close()
    reader = open_store(tmp_path / "airport.journey", is_read_only=True)

    assert (known, None) == (author_id(reader, "Ann"), author_id(reader, "Bob"))
    reader.close()


def test_version_of_an_entry_is_known_by_its_looks(store: Store) -> None:
    """An entry that somebody has held for a while is matched to its last likeness."""
    store.write([add(Persona(id="p", name="A"))])
    for name in ("B", "A", "C"):
        document = store.document()
        edit = add(Persona(id="p", name=name)).model_copy(
            update={
                "verb": "change",
                "patch": {"name": name},
                "base_version": document.version("p").number,
            }
        )
        store.write([edit])
    store.write([remove(store.document(), "p")])
    history = store.history("p")

    assert [3, 2, 4, 1] == [
        version_like(history, Persona(id="p", name=name))
        for name in ("A", "B", "C", "X")
    ]
