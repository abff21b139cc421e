"""What arrives at the door: bytes within a budget, known not to be something else.

Files of other programs often carry the wrong ending (a page of a sign-in form saved as
``answers.csv``, a workbook renamed by hand), so the content decides, never the name.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path

from journeykit.errors import FileProblemError, InputError

__all__ = [
    "OWN_FILE",
    "UPLOAD",
    "Limits",
    "bytes_within",
    "is_workbook",
    "refuse_foreign_text",
    "unpacked_size_allowed",
]

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of one table before it is read.

    Parameters
    ----------
    n_bytes
        Largest file, in bytes.
    n_unpacked
        Largest size after unpacking, in bytes, if the file is packed (``.csv.gz``).
    ratio
        Largest growth by unpacking; small files may grow to 1 MB whatever the ratio.
    n_rows, n_columns
        Largest table.
    is_apart
        Whether text is taken apart in a child process; a workbook always is.
    n_memory, seconds
        What the child may use: bytes, and seconds of the processor.
    """

    n_bytes: int = 500 * _MB
    n_unpacked: int = 1_000 * _MB
    ratio: int = 1_000
    n_rows: int = 2_000_000
    n_columns: int = 5_000
    is_apart: bool = False
    n_memory: int = 4_000 * _MB
    seconds: int = 300


OWN_FILE = Limits()
"""For a file that an analyst names by its path."""

UPLOAD = Limits(
    n_bytes=25 * _MB,
    n_unpacked=100 * _MB,
    ratio=100,
    n_rows=200_000,
    n_columns=512,
    is_apart=True,
    n_memory=1_000 * _MB,
    seconds=30,
)
"""For a file that somebody else sends: an upload, an attachment."""

_AS_CSV = "Open it where it was made and save the table as CSV (UTF-8)"
_SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF document", "Export the answers as CSV instead"),
    (b"SQLite format 3\x00", "a SQLite database", "Export the table as CSV"),
    (b"PAR1", "a Parquet file", _AS_CSV),
    (b"ARROW1", "an Arrow file", _AS_CSV),
    (b"$FL2", "an SPSS file", _AS_CSV),
    (b"$FL3", "an SPSS file", _AS_CSV),
    (b"<stata_dta>", "a Stata file", _AS_CSV),
    (b"{\\rtf", "a text document (RTF)", _AS_CSV),
    (b"\x89PNG\r\n", "a picture (PNG)", "Choose the table of answers"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Choose the table of answers"),
    (b"GIF8", "a picture (GIF)", "Choose the table of answers"),
    (b"BZh", "a packed file (bzip2)", "Unpack it first"),
    (b"\xfd7zXZ\x00", "a packed file (xz)", "Unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a packed file (7z)", "Unpack it first"),
    (b"Rar!\x1a", "a packed file (RAR)", "Unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a packed file (Zstandard)", "Unpack it first"),
    (b"\x7fELF", "a program", "Choose the table of answers"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS)", _AS_CSV),
)
_NOTHING = b"\x00\t\n\r \xef\xbb\xbf\xff\xfe"
_GZIP = b"\x1f\x8b"
_WORKBOOK = b"xl/workbook.xml"
_FOLDERS: tuple[tuple[bytes, str, str], ...] = (
    (b"xl/workbook.bin", "a binary Excel workbook (XLSB)", "Save it as XLSX or CSV"),
    (b"opendocument.spreadsheet", "an OpenDocument sheet", "Save it as XLSX or CSV"),
    (b"word/document.xml", "a Word document", "Save its table as CSV (UTF-8)"),
    (b"ppt/presentation.xml", "a presentation", "Save its table as CSV (UTF-8)"),
)
_FOLDER = ("a packed folder (ZIP)", "Unpack it and choose the table inside")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A workbook that is locked with a password is an OLE file around this stream.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PAGE = re.compile(
    r"\s*<(!doctype\s+html|html|head|body|script|table|meta|div|!--)", re.IGNORECASE
)
_XML = re.compile(r"\s*<\?xml", re.IGNORECASE)
_JSON = re.compile(r'\s*(\{\s*"|\{\s*\}|\[\s*[\[{])')


def is_workbook(data: bytes) -> bool:
    """Say whether bytes are an Excel workbook (XLSX, XLSM), whatever its name says."""
    return data.startswith(_ZIPS) and _WORKBOOK in data


def _size(n_bytes: int) -> str:
    return f"{n_bytes / _MB:,.0f} MB" if n_bytes >= _MB else f"{n_bytes:,} bytes"


def bytes_within(
    source: str | PathLike[str] | bytes, limits: Limits = OWN_FILE
) -> tuple[bytes, str]:
    """Return the bytes of a table, unpacked if it was gzip, and how to call the file.

    Parameters
    ----------
    source
        Path of the file, or its content.
    limits
        The budget, checked before anything is read.

    Returns
    -------
    tuple of bytes and str
        The content, and the file's name for messages.

    Raises
    ------
    FileProblemError
        If there is no such file, it is a folder, or it cannot be read or unpacked.
    InputError
        If it is empty, larger than *limits* allow, or neither text nor a workbook but a
        database, a picture, a packed folder and the like.
    """
    if isinstance(source, bytes):
        data, name = source, "the file"
        if len(data) > limits.n_bytes:
            raise _too_large(name, len(data), limits.n_bytes)
    else:
        data, name = _read(Path(fspath(source)), limits)
    if data.startswith(_GZIP):
        data = _unpacked(data, name, limits)
    if not data[:_MB].strip(_NOTHING) and not data.strip(_NOTHING):
        raise InputError(
            "a table was expected, but the file is empty",
            name,
            "Export it again and look at its size",
        )
    _refuse_foreign_bytes(data, name)
    return data, name


def _too_large(name: str, n_bytes: int, allowed: int) -> InputError:
    return InputError(
        f"a file of at most {_size(allowed)} was expected, this one has "
        f"{_size(n_bytes)}",
        name,
        "Leave out columns or rows that are not needed, or raise the limits",
    )


def _read(path: Path, limits: Limits) -> tuple[bytes, str]:
    try:
        _refuse_no_file(path)
        if path.stat().st_size > limits.n_bytes:
            raise _too_large(path.name, path.stat().st_size, limits.n_bytes)
        return path.read_bytes(), path.name
    except (FileProblemError, InputError):
        raise
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblemError(
            str(path),
            f"the file cannot be read ({reason})",
            "Close it elsewhere and check that you may read it",
        ) from error


def _refuse_no_file(path: Path) -> None:
    if path.is_dir():
        raise FileProblemError(
            str(path), "a file was expected, this is a folder", "Name the file in it"
        )
    if not path.exists():
        raise FileProblemError(str(path), "there is no such file", _nearest(path))
    if not path.is_file():  # a pipe or a device would never end
        raise FileProblemError(
            str(path), "an ordinary file was expected", "Save the table as a file"
        )


def _nearest(path: Path) -> str:
    names = (
        [item.name for item in path.parent.iterdir()] if path.parent.is_dir() else []
    )
    close = get_close_matches(path.name, names, n=1, cutoff=0.6)
    return (
        f"Did you mean {close[0]!r}?" if close else "Check the folder and the spelling"
    )


def unpacked_size_allowed(n_bytes: int, limits: Limits) -> int:
    """Return to how many bytes a packed file of *n_bytes* may grow."""
    return min(limits.n_unpacked, max(limits.ratio * n_bytes, _MB))


def _unpacked(data: bytes, name: str, limits: Limits) -> bytes:
    """Unpack gzip, member after member, and stop before the budget is passed."""
    allowed = unpacked_size_allowed(len(data), limits)
    parts: list[bytes] = []
    n_bytes, rest = 0, data
    try:
        while rest.startswith(_GZIP):
            engine = zlib.decompressobj(wbits=31)
            part = engine.decompress(rest, allowed + 1 - n_bytes)
            parts.append(part)
            n_bytes += len(part)
            if n_bytes > allowed:
                raise InputError(
                    f"unpacked, at most {_size(allowed)} were expected, this file "
                    "grows beyond that",
                    name,
                    "Unpack it yourself and look at it first",
                )
            if not engine.eof:
                raise FileProblemError(
                    name, "the packed file breaks off before its end", "Fetch it again"
                )
            rest = engine.unused_data
    except zlib.error as error:
        raise FileProblemError(
            name, "the packed file is damaged", "Fetch it again"
        ) from error
    return b"".join(parts)


def _refuse_foreign_bytes(data: bytes, name: str) -> None:
    if data.startswith(_ZIPS) and not is_workbook(data):
        what, mend = next((known for sign, *known in _FOLDERS if sign in data), _FOLDER)
        raise InputError(f"a table was expected, this is {what}", name, mend)
    if data.startswith(_OLE) and _LOCKED in data:
        raise InputError(
            "a table was expected, this is a workbook protected by a password",
            name,
            "Open it with the password and save it without one",
        )
    if data.startswith(_GZIP):
        raise InputError(
            "a table was expected, this file is packed twice",
            name,
            "Unpack it first",
        )
    for sign, what, mend in _SIGNS:
        if data.startswith(sign):
            raise InputError(f"a table was expected, this is {what}", name, mend)


def refuse_foreign_text(text: str, name: str) -> None:
    """Refuse text that is a web page, XML or JSON, whatever its file is called.

    Raises
    ------
    InputError
        With what it is, and how to get the table.
    """
    start = text[:2_000]
    if _PAGE.match(start) or (_XML.match(start) and "<html" in start.lower()):
        raise InputError(
            "a table was expected, this is a web page (HTML)",
            name,
            "It may be a sign-in or error page: sign in and export the table again",
        )
    if _XML.match(start):
        raise InputError("a table was expected, this is an XML file", name, _AS_CSV)
    if _JSON.match(start):
        raise InputError("a table was expected, this is a JSON file", name, _AS_CSV)
