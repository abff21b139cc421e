"""A company's own look: a folder with its name, colours, logo, typeface and footer.

``company.toml`` says what cannot be a file of its own; TOML, because people write in it
and its comments can tell them what to write. Such a folder may come from anybody: all
in it is read once, checked and cleaned here, and only what came out reaches a report.
"""

from __future__ import annotations

import hashlib
import stat
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.language import LANGUAGES
from journeykit.report.company_colours import checked_accent, checked_colour
from journeykit.report.company_faces import FACE_ENDINGS, Face, face_from, one_family
from journeykit.report.company_logo import LOGO_ENDINGS, Logo, logo_from
from journeykit.text import clean_text

__all__ = ["COMPANY", "FACES", "MASTER", "Company", "company_at", "content_of"]

COMPANY = "company.toml"
"""The file that makes a folder a company's own."""

FACES = "fonts"
"""Folder with the files of its typeface."""

MASTER = "master.pptx"
"""Its own master of slides, if it has one; ``master.potx`` will do as well."""

_MASTERS = (MASTER, "master.potx")
_KEYS = ("name", "footer", "language", "accent", "second")
_MAX_TOML = 64_000
_MAX_FILE = 60_000_000
_MAX_FACES = 12
_MAX_NAME, _MAX_FOOTER = 80, 160


@dataclass(frozen=True, slots=True)
class Company:
    """How a company's reports look.

    Parameters
    ----------
    name
        The company.
    footer
        One sentence for the foot of every page and slide; may be empty.
    language
        Language of its reports, unless another is asked for; may be empty.
    accent, second
        Its colours as ``#rrggbb``: what is emphasised, and the bar that opens a
        report. Empty for ours.
    logo
        Its logo, if it has one.
    faces
        The styles of its typeface, the regular one first; may be none.
    fonts
        Folder of their files.
    master
        Its own master of slides; None for ours in its colours.
    digest
        Hash of all that decides how its reports look.
    """

    name: str
    footer: str = ""
    language: str = ""
    accent: str = ""
    second: str = ""
    logo: Logo | None = None
    faces: tuple[Face, ...] = ()
    fonts: Path | None = None
    master: bytes | None = None
    digest: str = ""

    @property
    def family(self) -> str:
        """Name of its typeface; empty for ours."""
        return self.faces[0].family if self.faces else ""


def company_at(folder: Path) -> Company:
    """Return the look that a folder holds.

    Parameters
    ----------
    folder
        The folder. Nothing outside of it is read, whatever stands in it.

    Raises
    ------
    FileProblemError
        If a file cannot be read, or is a link.
    InputError, UnknownNameError
        If a value or a file in it cannot be used; the error says which, why, and what
        would do.
    """
    found = tuple((path, _signature(path)) for path in _files(folder))
    return _read(folder, found)


def content_of(path: Path) -> bytes:
    """Return the content of a file that is no link; errors as :func:`company_at`."""
    _signature(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileProblemError(
            str(path), f"cannot be read ({error.strerror})"
        ) from error


def _signature(path: Path) -> tuple[int, int]:
    try:
        found = path.lstat()
    except OSError as error:
        raise FileProblemError(
            str(path), f"cannot be read ({error.strerror})"
        ) from error
    if not stat.S_ISREG(found.st_mode):
        raise FileProblemError(
            str(path), "is a link or no file", "Put the file itself into the folder"
        )
    if found.st_size > _MAX_FILE:
        raise FileProblemError(str(path), f"is larger than {_MAX_FILE // 1_000_000} MB")
    return found.st_mtime_ns, found.st_size


def _files(folder: Path) -> Iterator[Path]:
    yield folder / COMPANY
    logos = [
        path
        for path in sorted(folder.glob("logo.*"))
        if path.suffix.lower() in LOGO_ENDINGS
    ]
    if len(logos) > 1:
        names = ", ".join(one.name for one in logos)
        raise InputError(f"one logo was expected, found {names}", str(folder))
    yield from logos
    fonts = folder / FACES
    if fonts.is_symlink():
        _signature(fonts)
    faces = [
        one
        for one in sorted(fonts.glob("*"))
        if one.is_symlink() or one.is_dir() or one.suffix.lower() not in {".md", ".txt"}
    ]
    if len(faces) > _MAX_FACES:
        raise InputError(f"at most {_MAX_FACES} fonts were expected", str(fonts))
    yield from faces
    masters = [folder / name for name in _MASTERS if (folder / name).exists()]
    if len(masters) > 1:
        raise InputError("one master was expected, found two", str(folder))
    yield from masters


@lru_cache(maxsize=8)
def _read(folder: Path, found: tuple[tuple[Path, tuple[int, int]], ...]) -> Company:
    contents = {path: content_of(path) for path, _ in found}
    said = _said(contents[folder / COMPANY], folder / COMPANY)
    logo: Logo | None = None
    faces: list[tuple[str, Face]] = []
    master: bytes | None = None
    whole = hashlib.sha256()
    for path, content in contents.items():
        whole.update(f"{path.name}\0{len(content)}\0".encode())
        whole.update(content)
        if path.parent.name == FACES and path.parent != folder:
            if path.suffix.lower() not in FACE_ENDINGS:
                raise InputError(
                    f"fonts ending in {' or '.join(FACE_ENDINGS)} were expected",
                    str(path),
                )
            faces.append((str(path), face_from(content, str(path))))
        elif path.suffix.lower() in LOGO_ENDINGS:
            logo = logo_from(content, str(path))
        elif path.name in _MASTERS:
            from journeykit.report.master_file import checked_master

            master = checked_master(content, str(path))
    return Company(
        **said,
        logo=logo,
        faces=one_family(faces) if faces else (),
        fonts=folder / FACES if faces else None,
        master=master,
        digest=whole.hexdigest(),
    )


def _said(content: bytes, path: Path) -> dict[str, str]:
    where = str(path)
    if len(content) > _MAX_TOML:
        raise InputError("a short file was expected", where)
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"TOML was expected ({str(error)[:120]})",
            where,
            'A line looks like: name = "Acme"',
        ) from error
    for key in data:
        if key not in _KEYS:
            raise UnknownNameError("setting", key, _KEYS, where)
    said = {key: _line(data.get(key, ""), key, where) for key in _KEYS}
    if not said["name"]:
        raise InputError("the name of the company was expected: name = ...", where)
    if said["language"] and said["language"] not in LANGUAGES:
        raise UnknownNameError("language", said["language"], LANGUAGES, where)
    said["accent"] = checked_accent(said["accent"], where)
    said["second"] = checked_colour(said["second"], "second", where)
    return said


def _line(value: object, key: str, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(f'text in quotes was expected: {key} = "..."', where)
    longest = {"name": _MAX_NAME, "footer": _MAX_FOOTER}.get(key, 40)
    text = value.strip()
    if len(text) > longest:
        raise InputError(
            f"{key} may have {longest} letters at most, found {len(text)}", where
        )
    if "\n" in text or clean_text(text).n_removed:
        raise InputError(f"{key} must be one line without control characters", where)
    return text
