"""Files that people are given: how they are named, and how they are written."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from journeykit.errors import FileProblemError
from journeykit.store import is_url

__all__ = ["PART", "stem_of", "write_bytes", "write_whole"]

PART = ".journeykit-"
"""How a file begins that is being written; what was killed may leave one."""

_MAX_STEM = 100


def stem_of(workshop: str) -> str:
    """Return what files about a workshop are named after, safe on every system.

    Parameters
    ----------
    workshop
        Path or URL of the workshop. A password in a URL never gets into a name.

    Examples
    --------
    >>> stem_of("maps/Trip to Rome.journey")
    'Trip-to-Rome'
    >>> stem_of("postgresql://ann:secret@host/airline?workshop=trip")
    'airline-trip'
    """
    if is_url(workshop):
        address = urlsplit(workshop)
        name = parse_qs(address.query).get("workshop", ["main"])[0]
        stem = f"{address.path.rpartition('/')[2]}-{name}"
    else:
        stem = Path(workshop).stem
    clean = re.sub(r"[^\w.-]+", "-", stem).strip("-.")
    return clean[:_MAX_STEM] or "workshop"


def write_whole(path: Path, text: str) -> None:
    """Write *text* as UTF-8, as :func:`write_bytes` does."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file aside and rename it, so that nobody ever meets half of it.

    Parameters
    ----------
    path
        The file; its folder is made if needed.
    content
        What stands in it.

    Raises
    ------
    FileProblemError
        If it cannot be written there; what stood there stays.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=PART, suffix=".part")
    except OSError as error:
        raise FileProblemError(
            str(path), f"cannot be written ({error.strerror})"
        ) from error
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.chmod(0o644)
        aside.replace(path)
    except OSError as error:
        raise FileProblemError(
            str(path), f"cannot be written ({error.strerror})"
        ) from error
    finally:
        aside.unlink(missing_ok=True)
