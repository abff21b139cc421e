"""What an Excel workbook is packed in: checked before it is read, counted after.

``xml.etree`` reads two small lists here, after parts with definitions of their own
(the XML bombs) were refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from journeykit.errors import InputError
from journeykit.exchange.arrival import Limits, unpacked_size_allowed

__all__ = ["check_parts", "damaged", "locked", "lost_cells"]

_MAX_PARTS = 10_000
_START = 4_096
_CHUNK = 1_000_000
_MAX_LIST = 1_000_000
_DEFINITION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
    *(NotImplementedError, ValueError, KeyError, ElementTree.ParseError),
)
_ERROR = re.compile(rb'<c\s[^>]*\bt="e"')
# A formula with no result; one whose result is the empty text has t="str".
_HOLLOW = re.compile(
    rb'<c\s(?![^>]*\bt="str")[^>]*><f[^>]*(?:/>|>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>'
)
_SHEETS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_PLACE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def damaged(name: str) -> InputError:
    """Return the error for a workbook that cannot be read."""
    return InputError(
        "this workbook is damaged and cannot be read",
        name,
        "Open it where it was made and save it again, or save the sheet as CSV",
    )


def locked(name: str) -> InputError:
    """Return the error for a workbook that needs a password."""
    return InputError(
        "a table was expected, this is a workbook protected by a password",
        name,
        "Open it with the password and save it without one",
    )


def check_parts(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a workbook by what it is packed in, before anything is unpacked.

    Raises
    ------
    InputError
        If it is damaged, locked, would grow beyond *limits*, or holds definitions that
        no spreadsheet writes.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as folder:
            _check_sizes(folder.infolist(), len(data), name, limits)
            for part in folder.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    with folder.open(part) as stream:
                        _refuse_definitions(stream.read(_START), part.filename, name)
    except InputError:
        raise
    except _UNREADABLE as error:
        raise damaged(name) from error


def _check_sizes(
    parts: list[zipfile.ZipInfo], n_packed: int, name: str, limits: Limits
) -> None:
    if len(parts) > _MAX_PARTS:
        raise InputError(
            f"a workbook of at most {_MAX_PARTS:,} parts was expected, this one has "
            f"{len(parts):,}",
            name,
        )
    if any(part.flag_bits & 1 for part in parts):
        raise locked(name)
    allowed = unpacked_size_allowed(n_packed, limits)
    n_bytes = sum(part.file_size for part in parts)
    if n_bytes > allowed:
        raise InputError(
            f"unpacked, at most {allowed / 1e6:,.0f} MB were expected, this workbook "
            f"grows to {n_bytes / 1e6:,.0f} MB",
            name,
            "Save the sheet alone, or as CSV",
        )


def _refuse_definitions(start: bytes, part: str, name: str) -> None:
    if _DEFINITION.search(start.replace(b"\x00", b"")):  # also in UTF-16
        raise InputError(
            f"this workbook holds definitions that no spreadsheet writes ({part})",
            name,
            "Do not open it; ask for the table as CSV",
        )


def lost_cells(data: bytes, sheet: str) -> tuple[int, int]:
    """Return how many cells of a sheet show an error, and how many were never computed.

    Both come out of the reader as empty cells. Nothing is said if the workbook's list
    of parts is unusual.
    """
    n_errors = n_hollow = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as folder:
            part = _part_of(folder, sheet)
            for rows in _row_chunks(folder, part) if part else ():
                if b't="e"' in rows:
                    n_errors += len(_ERROR.findall(rows))
                if b"<f" in rows:
                    n_hollow += len(_HOLLOW.findall(rows))
    except _UNREADABLE:
        return 0, 0
    return n_errors, n_hollow


def _list(folder: zipfile.ZipFile, part: str) -> ElementTree.Element:
    with folder.open(part) as stream:
        return ElementTree.fromstring(stream.read(_MAX_LIST))  # noqa: S314 - as above


def _part_of(folder: zipfile.ZipFile, sheet: str) -> str:
    places = {
        one.get("name"): one.get(_PLACE)
        for one in _list(folder, "xl/workbook.xml").iter(_SHEETS)
    }
    targets = {
        one.get("Id"): one.get("Target", "")
        for one in _list(folder, "xl/_rels/workbook.xml.rels")
    }
    target = targets.get(places.get(sheet), "")
    return posixpath.normpath(posixpath.join("/xl", target))[1:] if target else ""


def _row_chunks(folder: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    rest = b""
    with folder.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rows, end, rest = (rest + chunk).rpartition(b"</row>")
            yield rows + end
    yield rest
