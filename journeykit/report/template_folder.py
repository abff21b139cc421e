"""A company's own template folder, made from what it has: logo, colours, typeface.

Every value is checked as it will be at each report, in a folder aside; the folder
appears when all of it is right.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.report.company import COMPANY, FACES, MASTER, company_at
from journeykit.report.company_colours import colour_named
from journeykit.report.company_faces import FACE_ENDINGS
from journeykit.report.company_logo import LOGO_ENDINGS
from journeykit.report.plain_notebook import trust, what_is_not_plain
from journeykit.report.template_reference import template_at, template_names

__all__ = ["Look", "new_template"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_TAKEN = re.compile(r"(?i)con|prn|aux|nul|com\d|lpt\d|reports|starters|pages|fonts")


@dataclass(frozen=True, slots=True)
class Look:
    """What a company gives; what is empty stays ours.

    Parameters
    ----------
    name, footer, language
        As in :class:`~journeykit.report.company.Company`.
    accent, second
        Colours: ``#rrggbb`` or a name such as ``navy``.
    logo, master
        Files.
    fonts
        Files of its typeface, one for each style.
    """

    name: str = ""
    footer: str = ""
    language: str = ""
    accent: str = ""
    second: str = ""
    logo: Path | None = None
    master: Path | None = None
    fonts: Sequence[Path] = ()


def new_template(home: Path, name: str, look: Look, origin: str = "") -> Path:
    """Make a company's folder and return it.

    Parameters
    ----------
    home
        Where: the folder ``templates`` where one works.
    name
        Name of the folder, by which reports ask for it.
    look
        What the company gives.
    origin
        Template whose notebook it begins with.

    Raises
    ------
    FileProblemError
        If there is such a folder already, or a file cannot be read or written.
    InputError, UnknownNameError
        If the name, a value or a file cannot be used.
    """
    if not _NAME.fullmatch(name) or _TAKEN.fullmatch(name):
        raise InputError(
            f"a name of letters, digits, - and _ was expected, found {name!r}"
        )
    if name in template_names():
        raise InputError(f"{name} is a template of journeykit: choose another name")
    target = home / name
    if target.exists() or target.is_symlink():
        raise FileProblemError(
            str(target), "is there already", "Change what is in it, or choose another"
        )
    source = template_at(origin)
    source.check()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-", dir=home) as made:
            aside = Path(made) / name
            aside.mkdir()
            _fill(aside, look, look.name or _spoken(name))
            shutil.copyfile(source.notebook, aside / source.notebook.name)
            _checked(aside, look)
            _trusted(aside / source.notebook.name)
            aside.rename(target)
    except FileProblemError:  # it names the file that was given
        raise
    except OSError as error:
        raise FileProblemError(
            str(error.filename or home), f"cannot be written ({error.strerror})"
        ) from error
    return target


def _checked(aside: Path, look: Look) -> None:
    """Check a folder, and name the file that was given where one is wrong."""
    given = {one.name: one for one in (*look.fonts, look.logo, look.master) if one}
    by_stem = {"logo": look.logo, Path(MASTER).stem: look.master}
    try:
        company_at(aside)
    except InputError as error:
        bad = Path(error.where)
        place = by_stem.get(bad.stem) or given.get(bad.name) or ""
        raise InputError(error.problem, str(place), error.mend) from error
    except UnknownNameError as error:
        raise UnknownNameError(error.what, error.name, error.known) from error


def _spoken(name: str) -> str:
    words = re.sub(r"[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:]


def _fill(folder: Path, look: Look, called: str) -> None:
    if look.logo is not None:
        _copied(look.logo, folder / "logo", LOGO_ENDINGS)
    for font in look.fonts:
        (folder / FACES).mkdir(exist_ok=True)
        _copied(font, folder / FACES / font.stem, FACE_ENDINGS)
    if look.master is not None:
        _copied(look.master, folder / Path(MASTER).stem, (".pptx", ".potx"))
    text = _settings(look, called)
    (folder / COMPANY).write_text(text, encoding="utf-8", newline="\n")


def _copied(source: Path, target: Path, endings: Sequence[str]) -> None:
    ending = source.suffix.lower()
    if ending not in endings:
        raise InputError(
            f"a file ending in {', '.join(endings)} was expected", str(source)
        )
    try:
        shutil.copyfile(source, target.with_name(target.name + ending))
    except OSError as error:
        raise FileProblemError(
            str(source), f"cannot be read ({error.strerror})"
        ) from error


def _settings(look: Look, called: str) -> str:
    accent, second = colour_named(look.accent), colour_named(look.second)
    return f"""\
# How the reports of this folder look. Change what stands in quotes; "" means: as usual.
# Beside this file: logo.svg or logo.png, the typeface in fonts/ (.ttf or .otf, one file
# for each style), and master.pptx if slides shall have a master of your own.

# The company.
name = {_quoted(called)}

# One sentence at the foot of every page and slide.
footer = {_quoted(look.footer)}

# Language of the reports: en, de, fr, es or zh. "" for English.
language = {_quoted(look.language)}

# Headline numbers, links and lines, such as "#174a8c". It must be readable on white.
accent = {_quoted(accent)}

# The bar that opens a report and a slide. Any colour will do.
second = {_quoted(second)}
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _trusted(path: Path) -> None:
    """Trust a notebook that was checked, if it is not plain: it was made here."""
    book = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    if what_is_not_plain(book):
        trust(book)
