"""The tables of a workshop, and the numbered steps that make or change them.

Five tables hold everything; ``step`` records which steps were applied. JSON stands in
text columns written by us, so SQLite and PostgreSQL keep the very same bytes and the
hash chain is the same on both. No ORM: the model has its own classes already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    insert,
    inspect,
    select,
)

from journeykit.errors import InputError

__all__ = [
    "DATASET",
    "EDIT",
    "ENTRY",
    "MARK",
    "PRIVATE",
    "STEP",
    "STEPS",
    "TABLES",
    "migrate",
    "step_of",
]

_METADATA = MetaData()
_NUMBER = BigInteger().with_variant(Integer(), "sqlite")

ENTRY = Table(
    "entry",
    _METADATA,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("body", Text),  # JSON of the fields; null once removed
    Column("version", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON: version at which a field changed
)
EDIT = Table(
    "edit",
    _METADATA,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("edit_group", Text, nullable=False),
    Column("undoes", Text),  # the group that this one undoes
    Column("author", Text),
    Column("verb", Text, nullable=False),
    Column("entry", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("patch", Text, nullable=False),  # JSON without what people wrote
    Column("text_hash", Text),  # sha256(salt + text) of what they wrote, in private
    Column("base_version", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("time", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("edit_by_entry", "entry", "number"),
    Index("edit_by_group", "edit_group"),
)
MARK = Table(
    "mark",
    _METADATA,
    Column("name", Text, primary_key=True),
    Column("number", _NUMBER, nullable=False),  # the last edit that it holds
    Column("author", Text),
    Column("reason", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
DATASET = Table(
    "dataset",
    _METADATA,
    Column("sha256", Text, primary_key=True),  # of the bytes
    Column("reading", Text, nullable=False),  # JSON: how the file was read
    Column("quality", Text, nullable=False),  # JSON: the quality report
    Column("mapping", Text, nullable=False),  # JSON: the mapping it was checked with
    Column("time", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("bytes", LargeBinary, nullable=False),  # Parquet
)
PRIVATE = Table(
    "private",
    _METADATA,
    Column("key", Text, primary_key=True),  # "edit:7" or "author:ann"
    Column("author", Text),
    Column("entry", Text),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("private_by_author", "author"),
    Index("private_by_entry", "entry"),
)
STEP = Table(
    "step",
    _METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, unique=True),
    Column("time", Text, nullable=False),
)
TABLES = (ENTRY, EDIT, MARK, DATASET, PRIVATE, STEP)


def _five_tables(connection: Connection) -> None:
    """Make the tables of the first release."""
    _METADATA.create_all(connection)


STEPS: tuple[tuple[str, Callable[[Connection], None]], ...] = (
    ("five tables", _five_tables),
)
"""Every step with its name, in order; step *n* makes schema *n*. Names never change."""


def step_of(connection: Connection) -> int:
    """Return the number of the last step that was applied; 0 if there are no tables."""
    if not inspect(connection).has_table(STEP.name):
        return 0
    rows = connection.execute(select(STEP.c.number)).scalars().all()
    return max(rows, default=0)


def migrate(
    connection: Connection,
    now: Callable[[], datetime],
    steps: tuple[tuple[str, Callable[[Connection], None]], ...] = STEPS,
) -> list[str]:
    """Apply the steps that are missing, each recorded with it; return their names.

    The caller holds the writer's lock and an open transaction for each call.

    Raises
    ------
    InputError
        If two steps share a name.
    """
    names = [name for name, _ in steps]
    if len(set(names)) < len(names):
        raise InputError("two schema steps share a name")
    done = step_of(connection)
    for number, (name, step) in enumerate(steps[done:], start=done + 1):
        step(connection)
        row = {"number": number, "name": name, "time": now().isoformat()}
        connection.execute(insert(STEP), row)
    return names[done:]
