"""Examining a workshop finds every fault that was planted behind its back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from stored_workshops import Workshops, change, planting, reseal

from journeykit.model import Persona
from journeykit.model.edits import add, remove
from journeykit.store import (
    Examination,
    Store,
    examine,
    examine_file,
    forget_author,
    keep_table,
)
from journeykit.store.chain import link_hash, row_hash
from journeykit.store.schema import TABLES


def filled(store: Store) -> None:
    """Give a workshop rows in every table, and something in every column."""
    change(store, "queue", author="ann", name="Line")
    change(store, "queue", author="bob", name="Queue again", emotion=1)
    store.undo("bob")
    store.write([remove(store.document(), "l1", author="ann")])
    store.mark("Start", author="ann", reason="Because")
    store.name_author("ann", "Ann")
    keep_table(store, b"table", reading={"a": 1}, quality={}, mapping={})


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """Give a closed workshop with rows in every table."""
    found = Workshops(tmp_path / "airport.journey")
    filled(found.new())
    found.close()
    return tmp_path / "airport.journey"


def test_whole_workshop_has_no_problem(workshops: Workshops) -> None:
    """Edits, standing entries and erased texts are counted."""
    store = workshops.new()
    filled(store)
    found = examine(store.backend)

    assert Examination((), n_edits=16, n_entries=11) == found
    assert found.is_whole
    forget_author(store, "ann")
    found = examine(store.backend)
    assert Examination((), n_edits=17, n_entries=11, n_erased=2) == found


COLUMNS = [
    (table.name, column.name)
    for table in TABLES
    for column in table.columns
    if (table.name, column.name) != ("step", "time")
]


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_changed_column_is_found(whole: Path, table: str, column: str) -> None:
    """A changed value in any column of any table is seen, without a seal too."""
    with planting(whole) as raw:
        rows = raw.execute(f"SELECT rowid, {column} FROM {table}").fetchall()
        assert rows
        rowid, value = rows[-1]
        if isinstance(value, int):
            other: object = value + 100
        elif isinstance(value, bytes):
            other = value[:-1] + b"X"
        else:
            other = "X" if value is None else value[:-1] + "X"
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (other, rowid))

    assert not examine_file(whole).is_whole


def test_any_change_of_a_closed_file_is_found_by_its_seal(whole: Path) -> None:
    """Even where no hash covers a value: the time of a schema step, a deleted mark."""
    for statement in ("UPDATE step SET time = 'never'", "DELETE FROM mark"):
        changed = whole.with_name("changed.journey")
        shutil.copy(whole, changed)
        with planting(changed) as raw:
            raw.execute(statement)
        assert examine_file(changed).is_whole  # without the seal
        shutil.copy(whole.with_name(whole.name + ".seal"), f"{changed}.seal")

        assert ("the file is not as it was when it was last closed",) == (
            examine_file(changed).problems
        )


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM edit WHERE number = 5", "edit 5 is missing"),
        ("DELETE FROM edit WHERE number = 16", "entry 'l1' is not what its record"),
        ("DELETE FROM entry WHERE id = 'queue'", "entry 'queue' is missing"),
        ("DELETE FROM step", "the list of schema steps is not the known one"),
        (
            "INSERT INTO entry SELECT 'other', kind, body, version, fields FROM entry "
            "WHERE id = 'queue'",
            "entry 'other' is not what its record leads to",
        ),
        (
            "INSERT INTO edit SELECT 17, 'x', edit_group, undoes, author, verb, entry,"
            " kind, patch, text_hash, base_version, version, time, hash FROM edit "
            "WHERE number = 13",
            "edit 17 is not as it was written",
        ),
        (
            "INSERT INTO private SELECT 'edit:99', author, entry, salt, text, hash "
            "FROM private WHERE key = 'edit:13'",
            "private 'edit:99' is not as it was written",
        ),
        (
            "INSERT INTO mark SELECT 'Other', number, author, reason, time, hash "
            "FROM mark",
            "mark 'Other' is not as it was written",
        ),
        ("UPDATE entry SET kind = 'stage' WHERE id = 'queue'", "entry 'queue'"),
        (
            "UPDATE entry SET body = NULL WHERE id = 'queue'",
            "entry 'queue' is not what its record leads to",
        ),
        (
            "UPDATE entry SET version = 9 WHERE id = 'queue'",
            "the version of entry 'queue' is not what its record says",
        ),
        (
            """UPDATE entry SET fields = '{"name": 3}' WHERE id = 'queue'""",
            "the version of entry 'queue' is not what its record says",
        ),
        ("UPDATE edit SET patch = 'no json' WHERE number = 3", "edit 3 is not as"),
        ("UPDATE entry SET fields = 'no json'", "the version of entry"),
        ("DROP TABLE mark", "it cannot be read to the end"),
    ],
)
def test_planted_fault_is_named(whole: Path, statement: str, problem: str) -> None:
    """Missing, extra and changed rows are each said in a sentence."""
    with planting(whole) as raw:
        raw.execute(statement)

    assert any(problem in one for one in examine_file(whole).problems)


def test_swapped_edits_are_found(whole: Path) -> None:
    """The same edits in another order are another record."""
    with planting(whole) as raw:
        for old, new in ((13, 99), (14, 13), (99, 14)):
            raw.execute("UPDATE edit SET number = ? WHERE number = ?", (new, old))

    assert "edit 13 is not as it was written" in examine_file(whole).problems


def test_swapped_texts_are_found(whole: Path) -> None:
    """Each text belongs to its edit, even if its own row is made to fit."""
    with planting(whole) as raw:
        raw.row_factory = lambda cursor, row: {
            column[0]: value
            for column, value in zip(cursor.description, row, strict=True)
        }
        row = raw.execute("SELECT * FROM private WHERE key = 'edit:13'").fetchone()
        row["text"] = json.dumps({"name": "Forged"})
        raw.execute(
            "UPDATE private SET text = ?, hash = ? WHERE key = 'edit:13'",
            (row["text"], row_hash(row)),
        )

    assert (
        "the text of edit 13 is not as it was written" in examine_file(whole).problems
    )


def test_text_without_an_edit_is_found(whole: Path) -> None:
    """A row that fits in itself but belongs nowhere."""
    row = {"key": "edit:99", "author": None, "entry": None, "salt": "s", "text": "{}"}
    with planting(whole) as raw:
        raw.execute(
            "INSERT INTO private VALUES (?, ?, ?, ?, ?, ?)",
            (*row.values(), row_hash(row)),
        )

    assert ("text 'edit:99' belongs to no edit",) == examine_file(whole).problems


def test_mark_beyond_the_record_is_found(whole: Path) -> None:
    """A moment that was never reached, or whose edits were cut off."""
    row = {"name": "Far", "number": 99, "author": None, "reason": "", "time": "t"}
    with planting(whole) as raw:
        raw.execute(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?)", (*row.values(), row_hash(row))
        )

    assert ("mark 'Far' lies beyond the record",) == examine_file(whole).problems


def test_forged_link_breaks_the_next_one(whole: Path) -> None:
    """Who changes an edit and its own hash has to change all that follow."""
    with planting(whole) as raw:
        raw.row_factory = lambda cursor, row: {
            column[0]: value
            for column, value in zip(cursor.description, row, strict=True)
        }
        before, row = raw.execute(
            "SELECT * FROM edit WHERE number IN (12, 13) ORDER BY number"
        ).fetchall()
        row["author"] = "bob"
        raw.execute(
            "UPDATE edit SET author = 'bob', hash = ? WHERE number = 13",
            (link_hash(before["hash"], row),),
        )

    assert "edit 14 is not as it was written" in examine_file(whole).problems


def test_many_problems_are_cut_short(whole: Path) -> None:
    """Twenty sentences are enough to know that a backup is needed."""
    with planting(whole) as raw:
        raw.execute("DELETE FROM entry")
        raw.executemany(
            "INSERT INTO mark VALUES (?, 1, NULL, '', 't', 'no')",
            [(f"m{number}",) for number in range(30)],
        )

    assert 20 == len(examine_file(whole).problems)


def test_damaged_pages_are_reported(whole: Path) -> None:
    """What SQLite's own check finds is passed on."""
    content = bytearray(whole.read_bytes())
    page = int.from_bytes(content[16:18])
    content[page : page + 200] = b"\xff" * 200
    whole.write_bytes(content)
    reseal(whole)

    assert not examine_file(whole).is_whole


def test_fault_in_postgres_is_found(postgres_url: str) -> None:
    """The same hashes guard a database that many programs can reach."""
    shared = Workshops(f"{postgres_url}&workshop=doctor")
    store = shared.new()
    filled(store)
    with store.backend.writing() as connection:
        connection.execute(text("UPDATE edit SET author = 'forged' WHERE number = 3"))
        connection.execute(text("UPDATE mark SET reason = 'forged'"))

    assert "edit 3 is not as it was written" in examine(store.backend).problems
    assert "mark 'Start' is not as it was written" in examine(store.backend).problems
    shared.close()


def test_missing_workshop_is_a_problem_too(tmp_path: Path, postgres_url: str) -> None:
    """Examining makes nothing, neither a file nor a schema."""
    missing = f"{postgres_url}&workshop=never_made"

    assert "no such workshop file" in examine_file(tmp_path / "x.journey").problems[0]
    for _ in range(2):
        assert "there is no such workshop" in examine_file(missing).problems[0]
    assert [] == list(tmp_path.iterdir())


def test_examining_changes_nothing(whole: Path) -> None:
    """Not a byte of the file, nor anything beside it."""
    before = {file.name: file.read_bytes() for file in whole.parent.iterdir()}
    examine_file(whole)

    assert before == {file.name: file.read_bytes() for file in whole.parent.iterdir()}


def test_entry_that_came_and_went_is_no_fault(store: Store) -> None:
    """Removed entries stay in the table, empty, with their versions."""
    store.write([add(Persona(id="bob", name="Bob"))])
    store.write([remove(store.document(), "bob")])
    store.write([add(Persona(id="bob", name="Bob again"))])
    store.undo()

    assert () == examine(store.backend).problems
