"""Say in plain words what a database driver reports, and warn at the user's line."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import Timeout
from sqlalchemy.exc import DBAPIError

from journeykit.errors import (
    BusyError,
    DamagedFileError,
    FileProblemError,
    JourneyKitError,
    ReadOnlyError,
)

__all__ = [
    "LOCK_SECONDS",
    "NOT_READ",
    "NOT_SAVED",
    "plain_errors",
]

LOCK_SECONDS = 30.0
"""How long a writer waits for the others before it gives up."""
NOT_SAVED = "the last change was not saved"
NOT_READ = "it cannot be read"

_BUSY = ("database is locked", "lock timeout", "busyerror")
_FULL = ("disk is full", "no space left", "fullerror")
_READ_ONLY = ("readonly database", "read-only", "readonlyerror")
_DAMAGED = ("malformed", "not a database", "corrupt", "notadberror")


@contextmanager
def plain_errors(where: str, failed: str = NOT_SAVED) -> Iterator[None]:
    """Turn what the driver, the system and the file lock raise into our own errors.

    Parameters
    ----------
    where
        The workshop.
    failed
        What did not happen, for messages.
    """
    try:
        yield
    except JourneyKitError:
        raise
    except Timeout as error:
        raise BusyError(where, LOCK_SECONDS) from error
    except DBAPIError as error:
        raise _said(error, where, failed) from error
    except PermissionError as error:
        raise ReadOnlyError(where, f"no permission ({error.strerror})") from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise _full(where, failed) from error
        raise FileProblemError(where, f"{failed}: {error.strerror or error}") from error


def _full(where: str, failed: str) -> FileProblemError:
    mend = "Make room, then try again; what was saved is safe"
    return FileProblemError(where, f"the disk is full; {failed}", mend)


def _said(error: DBAPIError, where: str, failed: str) -> JourneyKitError:
    if error.connection_invalidated:
        problem = "the connection to the database was lost"
        if failed == NOT_SAVED:
            problem += "; the last change may not have been saved"
        return FileProblemError(where, problem, "Look, and try again")
    found = f"{type(error.orig).__name__} {error.orig}".lower()
    if any(word in found for word in _BUSY):
        return BusyError(where, LOCK_SECONDS)
    if any(word in found for word in _FULL):
        return _full(where, failed)
    if any(word in found for word in _READ_ONLY):
        return ReadOnlyError(where, "the file cannot be written")
    if any(word in found for word in _DAMAGED):
        return DamagedFileError(
            where,
            f"the file is damaged ({error.orig})",
            "Run 'journeykit doctor' on it, then restore the last good backup",
        )
    return FileProblemError(where, f"{failed}: {error.orig}", "Try again")
