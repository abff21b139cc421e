"""PostgreSQL beneath a workshop, for teams on several hosts.

Each workshop is a schema of the database, named after ``?workshop=`` in the URL, and
writers of one workshop queue at one advisory lock that ends with their transaction.
"""

from __future__ import annotations

import hashlib
import re
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from journeykit.errors import FileProblemError, InputError, ReadOnlyError
from journeykit.store.faults import LOCK_SECONDS, NOT_READ, plain_errors

__all__ = ["PostgresBackend"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
_MAX_NAME = 63  # the server cuts longer names off
_READ = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_SETTINGS = {
    "lock_timeout": f"{LOCK_SECONDS:.0f}s",
    "idle_in_transaction_session_timeout": "60s",  # a laptop that fell asleep
    "synchronous_commit": "on",  # what was acknowledged is on the disk
}


class PostgresBackend:
    """One workshop in a PostgreSQL database.

    Parameters
    ----------
    url
        ``postgresql+psycopg://user@host/database?workshop=name``; the name defaults to
        ``main`` and is made of lower-case letters, digits and underscores.
    is_read_only
        Whether it is opened for reading only; it has to be there then.
    """

    dialect = "postgresql"
    path: Path | None = None

    def __init__(self, url: str, *, is_read_only: bool = False) -> None:
        parsed = _parsed(url)
        self.where = parsed.render_as_string(hide_password=True)
        self.is_read_only = is_read_only
        name = str(parsed.query.get("workshop", "main"))
        if not _NAME.fullmatch(name):
            raise InputError(
                "the name of a workshop has lower-case letters, digits and _, "
                f"found {name!r}",
                where=self.where,
            )
        self._schema = f"journey_{name}"
        self._key = int.from_bytes(
            hashlib.sha256(self._schema.encode()).digest()[:8], signed=True
        )
        self._threads = threading.RLock()
        self._is_closed = False
        self._engine = self._new_engine(parsed)
        try:
            with plain_errors(self.where, "it cannot be opened"):
                self._connect()
            self._find_schema()
        except BaseException:
            self.close()
            raise

    def _new_engine(self, parsed: URL) -> Engine:
        settings = _SETTINGS | {"search_path": self._schema}
        options = " ".join(f"-c{name}={value}" for name, value in settings.items())
        try:
            return create_engine(
                parsed.difference_update_query(["workshop"]),
                connect_args={"options": options},
                isolation_level="AUTOCOMMIT",
                pool_size=1,
                pool_reset_on_return=None,  # each transaction is ended here
            )
        except ModuleNotFoundError as error:
            raise FileProblemError(
                self.where,
                f"PostgreSQL needs the package {error.name}",
                "Install it: pip install 'journeykit[postgres]'",
            ) from error

    def _connect(self) -> None:
        self.connection: Connection = self._engine.connect()
        raw = self.connection.connection.dbapi_connection
        assert raw is not None
        self._give_back = weakref.finalize(self, raw.close)

    def _find_schema(self) -> None:
        """Make the schema where it is missing; who may only use it can do so too."""
        query = f"SELECT 1 FROM pg_namespace WHERE nspname = '{self._schema}'"  # noqa: S608 - checked above
        with self.reading() as connection:
            if connection.exec_driver_sql(query).first() is not None:
                return
        if self.is_read_only:
            raise FileProblemError(
                self.where, "there is no such workshop", "Make it: journeykit new"
            )
        with self.writing() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {self._schema}")

    def is_contended(self) -> None:
        """Do nothing: the server queues its writers fairly."""

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Hold the writers' lock and one transaction: committed whole or not at all."""
        if self.is_read_only:
            raise ReadOnlyError(
                self.where, "the workshop is open for reading only, nothing was changed"
            )
        with self._threads, plain_errors(self.where), self._transaction("BEGIN"):
            self.connection.exec_driver_sql(
                f"SELECT pg_advisory_xact_lock({self._key})"
            )
            yield self.connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Hold one moment of the workshop for several queries."""
        failing = plain_errors(self.where, NOT_READ)
        with self._threads, failing, self._transaction(_READ):
            yield self.connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        self._begin(begin)
        try:
            yield
            self.connection.exec_driver_sql("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _begin(self, begin: str) -> None:
        """Begin; a connection lost since is made anew, for nothing was sent yet."""
        self._check_open()
        try:
            if self.connection.invalidated or self.connection.closed:
                self._drop()
                self._connect()
            self.connection.exec_driver_sql(begin)
        except DBAPIError as error:
            self._drop()
            if not error.connection_invalidated:
                raise
            self._connect()
            self.connection.exec_driver_sql(begin)

    def _roll_back(self) -> None:
        """Roll back; a connection that cannot even do that is given up."""
        try:
            self.connection.exec_driver_sql("ROLLBACK")
        except SQLAlchemyError:  # what failed first is being raised
            self._drop()

    def _drop(self) -> None:
        self._give_back()
        if not self.connection.closed:
            self.connection.invalidate()
            self.connection.close()

    def _check_open(self) -> None:
        if self._is_closed:
            raise FileProblemError(
                self.where, "the workshop was closed", "Open it again"
            )

    def set_version(self, connection: Connection, version: int) -> None:
        """Do nothing: the table of steps says it."""

    def keep_whole(self, name: str) -> None:
        """Keep a copy as a schema beside this one, whatever its tables are."""
        clean = re.sub("[^a-z0-9]+", "_", name)
        kept = f"{self._schema[: _MAX_NAME - len(clean) - 1]}_{clean}"
        tables = f"SELECT tablename FROM pg_tables WHERE schemaname = '{self._schema}'"  # noqa: S608 - checked above
        with self.writing() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA {kept}")
            for (table,) in connection.exec_driver_sql(tables).all():
                connection.exec_driver_sql(
                    f"CREATE TABLE {kept}.{table} AS TABLE {self._schema}.{table}"
                )

    def wipe(self) -> None:
        """Remove deleted rows from the tables' files."""
        with self._threads, plain_errors(self.where):
            self._check_open()
            for table in ("private", "entry"):
                self.connection.exec_driver_sql(f"VACUUM FULL {table}")

    def close(self) -> None:
        """Give the connection back; closing again does nothing."""
        with self._threads:
            if not self._is_closed:
                self._is_closed = True
                if hasattr(self, "connection"):
                    self._give_back.detach()
                    self.connection.close()
                self._engine.dispose()


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except (SQLAlchemyError, ValueError) as error:
        raise InputError(f"this is no address of a database: {error}") from error
