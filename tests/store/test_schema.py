"""Schema steps: numbered, whole or not at all, and every released file opens."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from released_schema import FOLDER
from sample_entries import airport
from sqlalchemy import Connection, MetaData, inspect, select, text
from stored_workshops import Workshops, change, planting, standing, ticking_clock

from journeykit.errors import (
    FileProblemError,
    InputError,
    JourneyKitWarning,
    ReadOnlyError,
)
from journeykit.model import Case, Touchpoint
from journeykit.store import (
    back_up,
    doctor,
    examine,
    examine_file,
    opening,
    stored_table,
)
from journeykit.store import backup as backup_module
from journeykit.store.schema import STEP, STEPS, migrate, step_of
from journeykit.store.sqlite import version_of

Step = tuple[str, Callable[[Connection], None]]


def _add_colour(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE mark ADD COLUMN colour TEXT DEFAULT 'red'"))


def _fail(connection: Connection) -> None:
    connection.execute(text("CREATE TABLE half (x INTEGER)"))
    connection.execute(text("INSERT INTO half VALUES (1)"))
    raise RuntimeError("planted")


COLOURED: Step = ("coloured marks", _add_colour)
FAILING: Step = ("half a step", _fail)


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return what lets the package know further schema steps."""

    def known(*more: Step) -> None:
        for module in (opening, backup_module, doctor):
            monkeypatch.setattr(module, "STEPS", (*STEPS, *more))

    return known


def steps_done(found: Workshops) -> list[str]:
    """Return the names of the steps that a workshop's own table lists."""
    store = found.open()
    with store.backend.reading() as connection:
        return list(
            connection.execute(select(STEP.c.name).order_by(STEP.c.number)).scalars()
        )


def tables_of(found: Workshops) -> set[str]:
    """Return the tables of a workshop."""
    with found.open().backend.reading() as connection:
        return set(inspect(connection).get_table_names(schema=schema_of(found)))


def schema_of(found: Workshops) -> str | None:
    """Return the schema of a workshop in PostgreSQL."""
    if not isinstance(found.address, str):
        return None
    return "journey_" + found.address.rpartition("workshop=")[2]


# --- steps ----------------------------------------------------------------------------


def test_step_is_recorded_with_number_name_and_time(workshops: Workshops) -> None:
    """The list says which steps made a workshop, and when."""
    store = workshops.new()
    with store.backend.reading() as connection:
        rows = connection.execute(select(STEP)).all()
        assert 1 == step_of(connection)

    assert [(1, "five tables", "2026-03-31T12:00:00+00:00")] == [
        tuple(row) for row in rows
    ]


def test_second_run_does_nothing(workshops: Workshops) -> None:
    """Steps that were applied are not applied again."""
    store = workshops.new()
    with store.backend.writing() as connection:
        assert [] == migrate(connection, ticking_clock())


def test_missing_step_is_applied_when_a_workshop_is_opened(
    shared: Workshops, steps: Callable[..., None]
) -> None:
    """Everything is as before, with the step's own change, and the file says so."""
    store = shared.new()
    store.mark("Start")
    before = standing(store)
    store.close()
    steps(COLOURED)
    store = shared.open()

    assert before == standing(store)
    with store.backend.reading() as connection:
        assert ["red"] == list(
            connection.execute(text("SELECT colour FROM mark")).scalars()
        )
    assert ["five tables", "coloured marks"] == steps_done(shared)
    shared.close()
    if isinstance(shared.address, Path):
        assert 2 == version_of(shared.address)


def test_backup_is_made_before_a_step(
    tmp_path: Path, steps: Callable[..., None]
) -> None:
    """What was there before lies beside it, whole, for the release that made it."""
    shared = Workshops(tmp_path / "airport.journey")
    shared.new().close()
    before = examine_file(tmp_path / "airport.journey")
    steps(COLOURED)
    shared.open().close()
    kept = next(tmp_path.glob("*.before-schema-2-*.journey"))

    assert re.search(r"before-schema-2-\d{8}-\d{6}-\d{6}\.journey$", kept.name)
    assert 1 == version_of(kept)
    steps()
    assert before == examine_file(kept)


def test_backup_is_made_before_a_step_in_postgres(
    postgres_url: str, steps: Callable[..., None]
) -> None:
    """What was there before lies in a schema beside it, even if the name is long."""
    name = "a_workshop_with_quite_a_long_name_of_41_s"
    shared = Workshops(f"{postgres_url}&workshop={name}")
    shared.new().close()
    steps(COLOURED)
    store = shared.open()
    with store.backend.reading() as connection:
        query = (
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%_a_work%_before%'"
        )
        (kept,) = connection.execute(text(query)).scalars()
        n_edits = connection.execute(text(f"SELECT count(*) FROM {kept}.edit")).scalar()
        metadata = MetaData()
        metadata.reflect(connection, schema=kept)
    shared.close()

    assert 12 == n_edits
    assert 63 >= len(kept)
    assert 6 == len(metadata.tables)


def test_failing_step_leaves_nothing(
    shared: Workshops, steps: Callable[..., None]
) -> None:
    """Neither its tables nor its record, nor the step before it that came along."""
    before = standing(shared.new())
    shared.close()
    steps(COLOURED, FAILING)
    for _ in range(2):  # the copies of failed attempts are not in the way
        with pytest.raises(RuntimeError, match="planted"):
            shared.open()
    steps()

    assert before == standing(shared.open())
    assert ["five tables"] == steps_done(shared)
    assert "half" not in tables_of(shared)


def test_two_steps_of_one_name_are_refused(
    shared: Workshops, steps: Callable[..., None]
) -> None:
    """A name stands for one step for ever."""
    shared.new().close()
    steps(COLOURED, COLOURED)

    with pytest.raises(InputError, match="two schema steps share a name"):
        shared.open()


def test_two_who_open_at_once_apply_a_step_once(
    shared: Workshops, steps: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second finds the step done, though it was missing a moment before."""
    shared.new().close()
    steps(COLOURED)
    real = opening.migrate

    def overtaken(*arguments: object) -> object:
        real(*arguments)  # type: ignore[arg-type]
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(opening, "migrate", overtaken)

    assert ["five tables", "coloured marks"] == steps_done(shared)


# --- newer and older releases ---------------------------------------------------------


def test_newer_workshop_opens_for_reading_only(
    shared: Workshops, steps: Callable[..., None]
) -> None:
    """It is shown, and nothing that this release does not know can be harmed."""
    shared.new().close()
    steps(COLOURED)
    shared.open().close()
    steps()
    said = (
        r"reading only: a newer journeykit made it \(schema 2, this release knows 1\)"
    )
    with pytest.warns(JourneyKitWarning, match=said):
        store = shared.open()

    assert airport() == store.document()
    with pytest.raises(ReadOnlyError, match="open for reading only"):
        change(store, "queue", name="Line")
    with pytest.raises(FileProblemError, match="another journeykit made it"):
        back_up(store, Path("never.journey").absolute())
    assert (
        "a newer journeykit made it (schema 2, this release knows 1): "
        "examine it with that one",
    ) == examine(store.backend).problems


@pytest.mark.parametrize("n_steps", [1, 2])
def test_what_only_a_newer_release_knows_is_said(path: Path, n_steps: int) -> None:
    """A field of the future is no fault of the file, but one of our age."""
    with planting(path) as raw:
        raw.execute("UPDATE entry SET body = replace(body, '{', '{\"aura\":1,')")
        if n_steps == 2:
            raw.execute("INSERT INTO step VALUES (2, 'auras', 'tomorrow')")
            raw.execute("PRAGMA user_version = 2")
    store = Workshops(path).open(is_read_only=True)
    expected = FileProblemError if n_steps == 2 else InputError
    words = "Install a newer journeykit" if n_steps == 2 else "aura"

    with pytest.raises(expected, match=words):
        store.document()
    store.close()


def test_older_workshop_is_told_to_be_opened_first(
    path: Path, steps: Callable[..., None]
) -> None:
    """Examining a file changes nothing, so it cannot bring it up to date."""
    steps(COLOURED)

    assert (
        "an older journeykit made it (schema 1, this release knows 2)"
        in (examine_file(path).problems[0])
    )


def test_unknown_step_is_a_fault(path: Path) -> None:
    """The same number of steps, but another one."""
    with planting(path) as raw:
        raw.execute("UPDATE step SET name = 'something else'")

    assert ("the list of schema steps is not the known one",) == examine_file(
        path
    ).problems


# --- released schemas -----------------------------------------------------------------


def test_every_schema_has_a_fixture() -> None:
    """A new step comes with a file of the schema before it, made by that release."""
    made = sorted(file.name for file in FOLDER.glob("*.journey"))

    assert [f"schema_{number}.journey" for number in range(1, len(STEPS) + 1)] == made


def test_first_schema_opens_with_exact_content(tmp_path: Path) -> None:
    """A file of the first release shows what was put in, and goes on."""
    found = Workshops(tmp_path / "airport.journey")
    shutil.copy(FOLDER / "schema_1.journey", tmp_path / "airport.journey")
    assert () == examine_file(tmp_path / "airport.journey").problems
    store = found.open()
    document = store.document()

    assert {entry.id for entry in airport()} - {"l1"} == {
        entry.id for entry in document
    }
    assert (
        Case(id="case", title="Airport", context="Table 054a0fb0") == document["case"]
    )
    assert [
        Touchpoint(id="queue", stage="security", name="Line", rank="k", emotion=-2),
        Touchpoint(
            id="parking",
            stage="arrive",
            name="Parking",
            owner="boss",
            description="Dear, and far away",
        ),
        Touchpoint(
            id="check-in",
            stage="arrive",
            name="Check-in",
            channel="desk",
            department="[erased]",
        ),
    ] == [document[one] for one in ("queue", "parking", "check-in")]
    assert 5 == document.version("queue").number
    assert {"ann": "Ann Müller"} == store.author_names()
    (mark,) = store.marks()
    assert ("Start", 14, "ann", "The board agreed") == (
        mark.name,
        mark.number,
        mark.author,
        mark.reason,
    )
    assert "[erased]" == store.document("Start")["queue"].name
    bob = [step for step in store.changes_since(12) if step.edit.author == "bob"]
    assert [
        (14, {"name": "[erased]"}, True),
        (15, {"name": "Line"}, False),
        (17, {"description": "[erased]"}, True),
        (19, {"department": "[erased]"}, True),
    ] == [(step.number, step.edit.patch, step.is_erased) for step in bob]
    assert bob[0].edit.group == bob[1].undoes
    assert 23 == store.number()
    content = b"column\n1\n2\n"
    table = stored_table(store, hashlib.sha256(content).hexdigest())
    assert (content, {"n_rows": 2}) == (table.content, table.quality)
    change(store, "queue", name="Goes on")
    store.undo()
    assert () == examine(store.backend).problems
    found.close()
