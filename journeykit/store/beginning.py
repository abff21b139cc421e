"""Begin a workshop with the whole record of another, in one transaction.

A workshop is made in memory and put in its place at once: whoever looks there, and
whatever is killed meanwhile, there is all of it or none.
"""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import delete, insert, select

from journeykit.errors import InputError
from journeykit.store.backend import Backend
from journeykit.store.moment import last_edit
from journeykit.store.opening import open_store
from journeykit.store.schema import TABLES
from journeykit.store.sqlite import remove_file
from journeykit.store.store import Store

__all__ = ["begin_with"]


def begin_with(source: Backend, address: str | None) -> Store:
    """Make a workshop at *address* of everything in *source*, and open it.

    Parameters
    ----------
    source
        The database to take the rows of one moment from.
    address
        Path of the file to make, a PostgreSQL URL, or None for one in memory.

    Raises
    ------
    FileProblemError
        If the path is taken, or nothing can be written there; nothing is left then.
    InputError
        If there is a workshop at that URL already; it stays as it is.
    """
    store = open_store(address, is_new=True)
    try:
        _fill(store, source)
    except InputError:
        store.close()
        raise
    except BaseException:
        store.on_publish = None  # what was not made is not shown to others either
        path = store.backend.path
        with suppress(OSError):
            store.close()
        if path is not None:
            remove_file(path)
        raise
    store.forget_moment()
    return store


def _fill(store: Store, source: Backend) -> None:
    with source.reading() as old, store.backend.writing() as new:
        if last_edit(new)[0]:
            raise InputError("there is a workshop already", where=store.where)
        for table in TABLES:
            new.execute(delete(table))
            for row in old.execute(select(table)).mappings():
                new.execute(insert(table), dict(row))
