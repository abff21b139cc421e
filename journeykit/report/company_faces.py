"""A company's own faces: font files that are fonts, and may be put into documents.

Only what decides a face is read here, by offsets that are checked; the programs that
set text read the rest and stand up to broken files themselves. A font library was
turned down: this is forty lines, and the library one more thing to install.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from journeykit.errors import InputError

__all__ = ["FACE_ENDINGS", "Face", "face_from", "one_family"]

FACE_ENDINGS = (".ttf", ".otf")
_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
_NEEDED = (b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2")
_MAX_BYTES = 20_000_000
_MAX_TABLES = 64
_MAX_FAMILY = 60
_FAMILY, _TYPOGRAPHIC_FAMILY = 1, 16
_WINDOWS, _MAC = 3, 1
_RESTRICTED = 0x0002
_ITALIC = 0x0001


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a face: its family, weight from 1 to 1000, slant, and its file."""

    family: str
    weight: int
    is_italic: bool
    content: bytes


def face_from(content: bytes, where: str) -> Face:
    """Return the face that a font file holds.

    Parameters
    ----------
    content
        The file, TrueType or OpenType.
    where
        What to call it in an error.

    Raises
    ------
    InputError
        If it is no such font, is too large, or its maker forbids putting it into
        documents.
    """
    if len(content) > _MAX_BYTES:
        raise InputError(
            f"a font of at most {_MAX_BYTES // 1_000_000} MB was expected", where
        )
    try:
        tables = _tables(content)
        os2, head = tables[b"OS/2"], tables[b"head"]
        weight, _, fs_type = struct.unpack_from(">HHH", os2, 4)
        (style,) = struct.unpack_from(">H", os2, 62)
        (magic,) = struct.unpack_from(">I", head, 12)
        family = _family(tables[b"name"])
    except (struct.error, KeyError, ValueError) as error:
        raise InputError(
            "a TrueType or OpenType font was expected, this is none",
            where,
            "Fonts of the web (.woff) and collections (.ttc) are not taken",
        ) from error
    if magic != 0x5F0F3CF5 or not family or not 1 <= weight <= 1000:
        raise InputError("a whole font was expected, this one is damaged", where)
    if fs_type & 0x000F == _RESTRICTED:
        raise InputError(
            f"the maker of {family} forbids putting it into documents",
            where,
            "Ask for a licence that allows embedding, or name another font",
        )
    return Face(family, weight, bool(style & _ITALIC), content)


def _tables(content: bytes) -> dict[bytes, bytes]:
    if content[:4] not in _KINDS:
        raise ValueError("no font")
    (n_tables,) = struct.unpack_from(">H", content, 4)
    if not 0 < n_tables <= _MAX_TABLES:
        raise ValueError("no font")
    tables: dict[bytes, bytes] = {}
    for place in range(n_tables):
        tag, _, start, length = struct.unpack_from(">4sIII", content, 12 + 16 * place)
        if start + length > len(content):
            raise ValueError("cut off")
        tables[tag] = content[start : start + length]
    if any(tag not in tables for tag in _NEEDED):
        raise ValueError("a table is missing")
    return tables


def _family(names: bytes) -> str:
    """Return the family's name in English, as programs call it."""
    _, count, texts = struct.unpack_from(">HHH", names, 0)
    found: dict[tuple[int, int], str] = {}
    for place in range(count):
        platform, _, language, kind, length, start = struct.unpack_from(
            ">HHHHHH", names, 6 + 12 * place
        )
        if kind not in {_FAMILY, _TYPOGRAPHIC_FAMILY}:
            continue
        raw = names[texts + start : texts + start + length]
        if platform == _WINDOWS:
            is_english = language == 0x409
            text = raw.decode("utf-16-be")
        elif platform == _MAC:
            is_english = False
            text = raw.decode("mac-roman")
        else:
            continue
        if text.isprintable() and 0 < len(text) <= _MAX_FAMILY:
            found.setdefault((-kind, not is_english), text)
    return found[min(found)].strip() if found else ""


def one_family(faces: Iterable[tuple[str, Face]]) -> tuple[Face, ...]:
    """Return the styles of one family, the upright regular one first.

    Parameters
    ----------
    faces
        What each is called in an error, and the face.

    Raises
    ------
    InputError
        If they are of different families.
    """
    named = list(faces)
    families = {face.family: where for where, face in named}
    if len(families) > 1:
        raise InputError(
            f"styles of one typeface were expected, found {', '.join(families)}",
            str(Path(named[0][0]).parent),
        )
    return tuple(
        sorted(
            (face for _, face in named),
            key=lambda one: (one.is_italic, abs(one.weight - 400)),
        )
    )
