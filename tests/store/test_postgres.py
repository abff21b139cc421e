"""A workshop in PostgreSQL: its name, its schema, and a server that goes away."""

from __future__ import annotations

import gc
import sys
import threading
import uuid
import warnings
from collections.abc import Iterator

import pytest
from postgres_server import PostgresServer
from sample_entries import airport
from sqlalchemy import text
from stored_workshops import Workshops, change, edited, fill

from journeykit.errors import BusyError, FileProblemError, InputError, ReadOnlyError
from journeykit.store import Store, examine, open_store, postgres
from journeykit.store.postgres import PostgresBackend


@pytest.fixture
def url(postgres_url: str) -> str:
    """Give the address of a workshop that was never made."""
    return f"{postgres_url}&workshop=w_{uuid.uuid4().hex}"


@pytest.fixture
def shared(url: str) -> Iterator[Workshops]:
    """Give a small airport in PostgreSQL."""
    found = Workshops(url)
    found.new()
    yield found
    found.close()


def cut(store: Store, by: Store) -> None:
    """Let the server end the connection of *store*."""
    query = "SELECT pg_backend_pid()"
    pid = store.backend.connection.exec_driver_sql(query).scalar()
    by.backend.connection.execute(
        text("SELECT pg_terminate_backend(:pid)"), {"pid": pid}
    )


@pytest.mark.parametrize(
    "name", ["Airport", "1st", "a-b", "a b", "x" * 42, "a;drop", "a&workshop=b"]
)
def test_name_of_a_workshop_is_checked(postgres_url: str, name: str) -> None:
    """A name becomes part of statements, so it holds nothing but letters and digits."""
    with pytest.raises(InputError, match="lower-case letters, digits and _"):
        open_store(f"{postgres_url}&workshop={name}")


def test_address_that_is_none_is_refused() -> None:
    """A slip in the address is no traceback."""
    with pytest.raises(InputError, match="this is no address of a database"):
        open_store("postgresql://host:port:port/x y")


def test_password_is_never_shown(postgres_url: str) -> None:
    """Messages go into notebooks and e-mails."""
    address = postgres_url.replace("postgres@", "postgres:hush@") + "&workshop=No"

    with pytest.raises(InputError) as caught:
        open_store(address)
    assert "hush" not in str(caught.value)
    assert "***" in str(caught.value)


def test_short_form_of_the_address_is_understood(url: str) -> None:
    """The driver need not be named."""
    store = open_store(url.replace("postgresql+psycopg", "postgresql"))
    fill(store)
    store.close()
    store = open_store(url)

    assert airport() == store.document()
    store.close()


def test_workshops_of_one_database_are_apart(postgres_url: str) -> None:
    """Each name is a workshop of its own, and the name defaults to main."""
    stores = [
        open_store(f"{postgres_url}{end}")
        for end in ("&workshop=main", "&workshop=o", "")
    ]
    fill(stores[0])

    assert [12, 0, 12] == [store.number() for store in stores]
    for store in stores:
        store.close()


def test_reading_only_makes_nothing(url: str) -> None:
    """Looking for a workshop that is not there leaves no trace of it."""
    for _ in range(2):
        with pytest.raises(FileProblemError, match=r"no such workshop\. Make it"):
            open_store(url, is_read_only=True)


def test_workshop_can_be_opened_for_reading_only(shared: Workshops) -> None:
    """What others write is seen, and nothing can be changed."""
    writer = shared.open()
    reader = shared.open(is_read_only=True)
    change(writer, "queue", name="Line")

    assert "Line" == reader.document()["queue"].name
    with pytest.raises(ReadOnlyError, match="for reading only, nothing was changed"):
        change(reader, "queue", name="Mine")


def test_who_may_only_use_a_schema_can_open_it(
    shared: Workshops, postgres_url: str
) -> None:
    """The right to make schemas is needed once, not by every participant."""
    owner = shared.open()
    schema = "journey_" + str(shared.address).rpartition("=")[2]
    role = f"guest_{uuid.uuid4().hex}"
    for statement in (
        f"CREATE ROLE {role} LOGIN",
        f"GRANT USAGE ON SCHEMA {schema} TO {role}",
        f"GRANT ALL ON ALL TABLES IN SCHEMA {schema} TO {role}",
    ):
        owner.backend.connection.exec_driver_sql(statement)
    guest = open_store(str(shared.address).replace("postgres@", f"{role}@"))
    change(guest, "queue", name="Line")

    assert "Line" == owner.document()["queue"].name
    guest.close()


def test_many_who_make_one_workshop_at_once(url: str) -> None:
    """The schema and its tables are made once, and nobody fails."""
    failed: list[Exception] = []
    ready = threading.Barrier(4)

    def make() -> None:
        try:
            ready.wait()
            open_store(url).close()
        except Exception as error:  # noqa: BLE001 - shown below
            failed.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [] == failed
    store = open_store(url)
    assert examine(store.backend).is_whole
    store.close()


def test_server_that_does_not_answer_is_said(tmp_path: object) -> None:
    """A wrong host is a sentence, with the address."""
    address = f"postgresql+psycopg://postgres@/x?host={tmp_path}&workshop=a"

    with pytest.raises(FileProblemError, match="it cannot be opened: connection"):
        open_store(address)


def test_missing_driver_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to install it is named."""
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(FileProblemError, match=r"pip install 'journeykit\[postgres\]'"):
        open_store("postgresql://host/database")


def test_connection_lost_between_two_calls_is_made_anew(shared: Workshops) -> None:
    """A night with the lid closed costs nothing: nothing was under way."""
    here, there = shared.open(), shared.open()
    cut(there, by=here)
    assert airport() == there.document()
    cut(there, by=here)
    change(there, "queue", name="Line")

    assert "Line" == here.document()["queue"].name


def test_connection_lost_in_the_middle_is_said_and_made_anew(shared: Workshops) -> None:
    """Nothing of the edit is there; sent again, it is there once."""
    here, there = shared.open(), shared.open()
    edit = edited(there, "queue", name="Line")
    real = Store._add

    def lose(store: Store, *arguments: object, **options: object) -> object:
        done = real(store, *arguments, **options)  # type: ignore[arg-type]
        cut(store, by=here)
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "_add", lose)
        with pytest.raises(
            FileProblemError, match="connection to the database was lost"
        ):
            there.write([edit])

    assert 12 == here.number()
    assert (13,) == there.write([edit]).numbers
    assert there.write([edit]).is_repeat
    assert "Line" == here.document()["queue"].name
    assert examine(here.backend).is_whole


def test_first_error_is_not_hidden_by_a_lost_connection(shared: Workshops) -> None:
    """What went wrong first is what is raised, though rolling back failed as well."""
    here, there = shared.open(), shared.open()

    with pytest.raises(InputError, match="first of all"):
        with there.backend.writing():
            cut(there, by=here)
            raise InputError("first of all")
    change(there, "queue", name="Line")

    assert "Line" == here.document()["queue"].name


def test_connection_lost_while_wiping_is_made_anew(
    shared: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wiping can simply be tried again."""
    here, there = shared.open(), shared.open()
    cut(there, by=here)
    with pytest.raises(FileProblemError, match="was lost"):
        there.backend.wipe()
    assert airport() == there.document()
    there.backend.wipe()


def test_server_that_comes_back_is_found_again(
    shared: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is away each call says so; afterwards all goes on."""
    here, there = shared.open(), shared.open()
    assert isinstance(there.backend, PostgresBackend)
    cut(there, by=here)
    with monkeypatch.context() as patch:
        patch.setattr("psycopg.connect", _no_server)
        for _ in range(2):
            with pytest.raises(FileProblemError, match="server is away"):
                there.document()
        with pytest.raises(FileProblemError, match="server is away"):
            change(there, "queue", name="Line")
    change(there, "queue", name="Line")

    assert "Line" == here.document()["queue"].name


def _no_server(*_: object, **__: object) -> None:
    import psycopg

    raise psycopg.OperationalError("the server is away")


def test_statement_that_is_refused_at_the_start_is_raised(shared: Workshops) -> None:
    """Only a lost connection is a reason to begin again."""
    store = shared.open()
    store.backend.connection.exec_driver_sql("BEGIN")
    store.backend.connection.exec_driver_sql("SELECT 1")

    with pytest.raises(FileProblemError, match="it cannot be read"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(postgres, "_READ", "BEGIN NONSENSE")
            store.document()
    assert airport() == store.document()


def test_writer_that_hangs_is_waited_for_and_then_said(
    shared: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for a laptop that fell asleep."""
    monkeypatch.setitem(postgres._SETTINGS, "lock_timeout", "100ms")
    here, there = shared.open(), shared.open()
    with here.backend.writing():
        with pytest.raises(BusyError, match="Nothing was lost"):
            change(there, "queue", name="Line")
    change(there, "queue", name="Line")

    assert 13 == here.number()


def test_session_is_set_to_lose_nothing(shared: Workshops) -> None:
    """Whatever the server's defaults are, an answered edit is on its disk."""
    connection = shared.open().backend.connection
    settings = {
        name: connection.exec_driver_sql(f"SHOW {name}").scalar()
        for name in (*postgres._SETTINGS, "search_path")
    }

    assert {
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "1min",
        "synchronous_commit": "on",
        "search_path": "journey_" + str(shared.address).rpartition("=")[2],
    } == settings


def test_forgotten_store_is_given_back_without_a_word(shared: Workshops) -> None:
    """The server is told, and nothing is said."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store: Store | None = open_store(str(shared.address))
        assert store is not None
        change(store, "queue", name="Line")
        del store
        gc.collect()

    assert [] == [str(said.message) for said in caught]


def test_other_database_of_the_server_is_another_world(
    postgres_server: PostgresServer, shared: Workshops
) -> None:
    """The lock of a workshop stops nobody in another database."""
    other = postgres_server.new_database()
    name = str(shared.address).rpartition("=")[2]
    with shared.open().backend.writing():
        store = open_store(f"{other}&workshop={name}")
        fill(store)
        assert 12 == store.number()
        store.close()


def test_closed_store_leaves_no_session(shared: Workshops) -> None:
    """The server has nothing to keep for it."""
    here, there = shared.open(), shared.open()
    pid = there.backend.connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    there.close()
    query = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")

    def is_there() -> bool:
        return bool(here.backend.connection.execute(query, {"pid": pid}).scalar())

    for _ in range(1_000):
        if not is_there():
            break
    assert not is_there()
