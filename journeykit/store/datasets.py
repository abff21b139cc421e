"""Imported tables: their bytes by hash, with how they were read and checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from journeykit.errors import UnknownNameError
from journeykit.store.chain import compact, row_hash
from journeykit.store.schema import DATASET
from journeykit.store.store import Store

__all__ = ["StoredTable", "keep_table", "stored_table"]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """An imported table.

    Parameters
    ----------
    sha256
        Hash of the bytes, by which a data set names its table.
    content
        The table as Parquet.
    reading, quality, mapping
        How the file was read, what was found, and the mapping it was checked with.
    """

    sha256: str
    content: bytes
    reading: dict[str, Any]
    quality: dict[str, Any]
    mapping: dict[str, Any]


def keep_table(
    store: Store,
    content: bytes,
    *,
    reading: dict[str, Any],
    quality: dict[str, Any],
    mapping: dict[str, Any],
) -> str:
    """Keep a table and return its hash; one that is kept already is not doubled.

    What was read and found then is brought up to date.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    row: dict[str, Any] = {
        "sha256": sha256,
        "reading": compact(reading),
        "quality": compact(quality),
        "mapping": compact(mapping),
        "time": store.now().isoformat(timespec="microseconds"),
        "bytes": content,
    }
    with store.backend.writing() as connection:
        connection.execute(delete(DATASET).where(DATASET.c.sha256 == sha256))
        connection.execute(insert(DATASET), row | {"hash": row_hash(row)})
    return sha256


def stored_table(store: Store, sha256: str) -> StoredTable:
    """Return a kept table.

    Raises
    ------
    UnknownNameError
        If no table has this hash.
    """
    with store.backend.reading() as connection:
        row = connection.execute(
            select(DATASET).where(DATASET.c.sha256 == sha256)
        ).first()
        known = connection.execute(select(DATASET.c.sha256)).scalars().all()
    if row is None:
        raise UnknownNameError("table", sha256, known, store.where)
    return StoredTable(
        sha256,
        row.bytes,
        json.loads(row.reading),
        json.loads(row.quality),
        json.loads(row.mapping),
    )
