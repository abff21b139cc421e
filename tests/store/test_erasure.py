"""Erasing a person: every text to the last byte, and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_entries import one_of_each_kind
from sqlalchemy import text
from stored_workshops import Workshops, change, edited

from journeykit.errors import BusyError
from journeykit.model import KINDS, Comment, Persona
from journeykit.model.base import text_fields
from journeykit.model.edits import add, new_edit_id, remove
from journeykit.store import (
    Erasure,
    Store,
    back_up,
    examine,
    forget_author,
    forget_entry,
    restore,
)

SECRET = "Zyzzyva-secret"  # a word that is nowhere else


def traces(workshops: Workshops, store: Store, word: str = SECRET) -> list[str]:
    """Return where a word is found: in files of the folder, or in tables."""
    if isinstance(workshops.address, Path):
        return [
            file.name
            for file in sorted(workshops.address.parent.iterdir())
            if word.encode() in file.read_bytes()
        ]
    tables = ("entry", "edit", "mark", "dataset", "private", "step")
    with store.backend.reading() as connection:
        return [
            table
            for table in tables
            if word in str(connection.execute(text(f"SELECT * FROM {table}")).all())
        ]


def test_no_byte_is_left_of_an_author(workshops: Workshops) -> None:
    """Not in the file, not in the files beside it, not in the tables."""
    store = workshops.new()
    store.name_author("ann", f"Ann {SECRET}")
    change(store, "queue", author="ann", name=SECRET)
    change(store, "queue", author="ann", description=f"{SECRET} " * 900)
    store.write([add(Persona(id="gone", name=SECRET), author="ann")])
    store.write([remove(store.document(), "gone", author="ann")])
    assert [] != traces(workshops, store)
    erased = forget_author(store, "ann")

    assert Erasure(3, ("gone", "queue")) == erased
    assert [] == traces(workshops, store)
    assert {} == store.author_names()
    assert "[erased]" == store.document()["queue"].name
    found = examine(store.backend)
    assert ((), 3) == (found.problems, found.n_erased)
    if isinstance(workshops.address, Path):
        store.close()
        assert [] == traces(workshops, store)


def test_what_others_brought_back_is_erased_too(workshops: Workshops) -> None:
    """Bob's undo, and Bob's undone removal, hold no copy of Ann's text."""
    store = workshops.new()
    change(store, "l1", author="ann", note=SECRET)
    change(store, "l1", author="bob", note="Bob's")
    store.undo("bob")
    store.write([remove(store.document(), "l1", author="bob")])
    store.undo("bob")
    assert SECRET == store.document()["l1"].note
    assert SECRET == store.history("l1")[-1].edit.patch["note"]
    erased = forget_author(store, "ann")

    assert Erasure(1, ("l1",)) == erased
    assert "[erased]" == store.document()["l1"].note
    assert [] == traces(workshops, store)
    assert () == examine(store.backend).problems


def test_later_edits_of_others_survive(store: Store) -> None:
    """Only what Ann wrote is gone, even in a field that Bob wrote again."""
    change(store, "queue", author="ann", name=SECRET, department="Ann's")
    change(store, "queue", author="bob", name="Bob's")
    forget_author(store, "ann")

    assert ("Bob's", "[erased]") == (
        store.document()["queue"].name,
        store.document()["queue"].department,
    )
    assert ["Queue", "[erased]", "Bob's", None] == [
        step.edit.patch.get("name") for step in store.history("queue")
    ]
    assert [False, True, False, False] == [
        step.is_erased for step in store.history("queue")
    ]


def test_numbers_of_an_erased_author_stay(store: Store) -> None:
    """A vote counts, whoever cast it."""
    change(store, "queue", author="ann", description=SECRET, emotion=-2)
    forget_author(store, "ann")

    assert -2 == store.document()["queue"].emotion


def test_entry_is_erased_whoever_wrote_it(workshops: Workshops) -> None:
    """Every text that the entry ever held goes; others keep theirs."""
    store = workshops.new()
    change(store, "queue", author="ann", name=SECRET)
    change(store, "queue", author="bob", name="Bob's")
    store.undo("bob")
    change(store, "parking", author="ann", name="Stays")
    erased = forget_entry(store, "queue")

    assert Erasure(3, ("queue",)) == erased
    assert ["[erased]", "Stays"] == [
        store.document()[one].name for one in ("queue", "parking")
    ]
    assert [] == traces(workshops, store)


def test_removed_entry_is_erased(workshops: Workshops) -> None:
    """What no longer stands is in the record still, and goes from there."""
    store = workshops.new()
    store.write([add(Persona(id="gone", name=SECRET), author="ann")])
    store.write([remove(store.document(), "gone")])
    before = store.number()

    assert Erasure(1, ("gone",)) == forget_entry(store, "gone")
    assert [] == traces(workshops, store)
    assert before == store.number()
    assert "[erased]" == store.document(13)["gone"].name


def test_erasing_nobody_changes_nothing(store: Store) -> None:
    """An author who wrote nothing leaves nothing behind."""
    assert Erasure(0, ()) == forget_author(store, "nobody")
    assert 12 == store.number()


def test_open_views_do_not_write_the_old_text_back(shared: Workshops) -> None:
    """A second connection that has the text in its memory takes up the erasure."""
    here = shared.new()
    there = shared.open()
    change(here, "queue", author="ann", name=SECRET)
    assert SECRET == there.document()["queue"].name
    late = edited(there, "queue", emotion=1)
    forget_author(here, "ann")
    there.write([late])
    change(there, "queue", author="bob", description="More")

    assert "[erased]" == there.document()["queue"].name == here.document()["queue"].name
    assert [] == traces(shared, there)
    if isinstance(shared.address, Path):
        shared.close()
        assert [] == traces(shared, there)


def test_field_of_every_kind_can_be_erased(store: Store) -> None:
    """Lists become empty, texts read [erased], and every entry is valid still."""
    group = new_edit_id()
    entries = [one for one in one_of_each_kind() if one.kind != "case"]
    store.write([add(one, author="ann", group=group) for one in entries])
    forget_author(store, "ann")

    shown = {entry.kind: entry for entry in store.document() if entry.id.endswith("-0")}
    assert set(KINDS) - {"case"} == set(shown)
    for entry in shown.values():
        written = {
            getattr(entry, name) for name in text_fields(type(entry)) - {"extensions"}
        }
        assert written <= {"[erased]", ()}
        assert {} == entry.extensions
    assert () == examine(store.backend).problems


def test_erased_text_is_not_in_a_document_of_an_earlier_moment(store: Store) -> None:
    """A mark shows who stood where, without the words."""
    change(store, "queue", author="ann", name=SECRET)
    store.mark("Before")
    forget_author(store, "ann")

    assert "[erased]" == store.document("Before")["queue"].name


def test_failed_erasure_leaves_everything(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is half erased, neither in the tables nor in the memory of the store."""
    change(store, "queue", author="ann", name=SECRET)
    before = store.document()

    real = Store.add_in

    def fail(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        raise RuntimeError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "add_in", fail)
        with pytest.raises(RuntimeError, match="planted"):
            forget_author(store, "ann")

    assert before == store.document()
    assert SECRET == store.document()["queue"].name
    assert () == examine(store.backend).problems


def test_comment_keeps_what_it_is_about(store: Store) -> None:
    """References are no text of a person; they stay whole."""
    store.write([add(Comment(id="c", subject="queue", text=SECRET), author="ann")])
    forget_author(store, "ann")

    assert ("queue", "[erased]") == (
        store.document()["c"].subject,
        store.document()["c"].text,
    )


def test_reader_in_the_middle_delays_the_wiping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody reads the old pages they cannot go, and that is said."""
    shared = Workshops(tmp_path / "airport.journey")
    here = shared.new()
    there = shared.open()
    change(here, "queue", author="ann", name=SECRET)
    here.backend.connection.exec_driver_sql("PRAGMA busy_timeout = 50")

    with there.backend.reading() as connection:
        connection.exec_driver_sql("SELECT 1 FROM entry").all()
        with pytest.raises(BusyError):
            forget_author(here, "ann")
    here.backend.wipe()
    assert [] == traces(shared, here)
    shared.close()


def test_backup_from_before_holds_the_text_and_one_from_after_does_not(
    tmp_path: Path,
) -> None:
    """Only a copy that was made before brings the text back."""
    shared = Workshops(tmp_path / "airport.journey")
    store = shared.new()
    change(store, "queue", author="ann", name=SECRET)
    before = back_up(store, tmp_path / "before.journey")
    forget_author(store, "ann")
    after = back_up(store, tmp_path / "after.journey")

    assert SECRET.encode() in before.read_bytes()
    assert SECRET.encode() not in after.read_bytes()
    restore(before, shared.address)
    assert SECRET == store.document()["queue"].name
    shared.close()
