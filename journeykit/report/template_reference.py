"""Which template a name means: one of ours, a company's folder, or one in its look.

``acme`` is the notebook of the folder ``acme``; ``acme/persona_report`` is the notebook
of that name in it, and if it has none, ours in the company's look: so a company keeps
copies only of what it changed. A folder is found by its path, in ``templates/`` where
one works, and in ``templates/`` beside the workshop.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journeykit.errors import InputError, UnknownNameError
from journeykit.report.company import COMPANY, Company, company_at, content_of
from journeykit.report.parameters import parameters_of
from journeykit.report.plain_notebook import check_notebook
from journeykit.shipped import folder as shipped
from journeykit.store import is_url

__all__ = [
    "FOLDER",
    "Template",
    "company_folders",
    "company_of",
    "label_of",
    "template_at",
    "template_names",
]

FOLDER = "templates"
"""Name of the folder that holds the folders of companies."""

_UNASKED = ("persona", "stage", "language")
"""Parameters that a command gives as empty where nobody asked for them."""


@dataclass(frozen=True, slots=True)
class Template:
    """A report template that was found.

    Parameters
    ----------
    reference
        What finds it again from anywhere on this machine.
    notebook
        Its notebook.
    folder
        The company's folder; None for one of ours in our look.
    """

    reference: str
    notebook: Path
    folder: Path | None = None

    @property
    def label(self) -> str:
        """What its files are called after; no path of this machine."""
        return label_of(self.reference)

    @property
    def company(self) -> Company | None:
        """The company whose look it has; None for ours."""
        return company_at(self.folder) if self.folder else None

    @property
    def is_own(self) -> bool:
        """Whether its notebook is the company's own."""
        return self.folder is not None and self.notebook.parent == self.folder

    def check(self) -> None:
        """Refuse what must not be run or shown, before anything is.

        Raises
        ------
        FileProblemError, InputError, UnknownNameError
            If something in the company's folder cannot be used, or its notebook holds
            code of its own that is not trusted here.
        """
        if self.folder is not None:
            company_at(self.folder)
        if self.is_own:
            content_of(self.notebook)
            check_notebook(self.notebook)

    def content(self) -> bytes:
        """Return what decides how its reports look: notebook and company's look."""
        notebook = self.notebook.read_bytes()
        if self.company is None:
            return notebook
        both = f"{self.company.digest}{hashlib.sha256(notebook).hexdigest()}"
        return both.encode()

    def filled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return parameters with the company's language where none is asked for."""
        filled = {
            key: value for key, value in given.items() if value or key not in _UNASKED
        }
        company = self.company
        if company is not None and company.language and "language" not in filled:
            declared = {one.name for one in parameters_of(self.notebook)}
            if "language" in declared:
                filled["language"] = company.language
        return filled


def template_names() -> tuple[str, ...]:
    """Return the names of the report templates that come with the package.

    Examples
    --------
    >>> "journey_report" in template_names()
    True
    """
    found = shipped("templates").glob("reports/*.ipynb")
    return tuple(sorted(path.stem for path in found))


def template_at(name: str, beside: Iterable[str] = ()) -> Template:
    """Return the template that a name or path means.

    Parameters
    ----------
    name
        Name of one of ours; path or name of a company's folder; or both, such as
        ``acme/persona_report``.
    beside
        Workshops: a company's folder may lie in ``templates/`` beside them.

    Raises
    ------
    UnknownNameError
        If there is no such template; the nearest is offered.
    InputError
        If a company's folder has several notebooks, and none is named.
    """
    ours = shipped("templates") / "reports"
    if name in template_names():
        return Template(name, ours / f"{name}.ipynb")
    beside = tuple(beside)
    for place in _places(name, beside):
        if (place / COMPANY).is_file():
            return _of_company(place)
        if (place.parent / COMPANY).is_file():
            own = place.with_suffix(".ipynb")
            if own.is_file():
                return Template(str(own.with_suffix("")), own, place.parent)
            if place.stem in template_names():
                return Template(str(place), ours / f"{place.stem}.ipynb", place.parent)
    known = [*template_names(), *(one.name for one in company_folders(beside))]
    raise UnknownNameError("report template", name, known)


def _of_company(place: Path) -> Template:
    notebooks = sorted(place.glob("*.ipynb"))
    if len(notebooks) == 1:
        return Template(str(place), notebooks[0], place)
    if notebooks:
        names = ", ".join(f"{place.name}/{one.stem}" for one in notebooks)
        raise InputError(f"one of its templates was expected: {names}", str(place))
    ours = shipped("templates") / "reports" / "journey_report.ipynb"
    return Template(str(place), ours, place)


def _places(name: str, beside: Iterable[str]) -> Iterator[Path]:
    if not name.strip("./\\ "):
        return
    for base in (Path(), *_homes(beside)):
        yield (base / name).absolute()


def _homes(beside: Iterable[str]) -> Iterator[Path]:
    """Yield the folders that may hold folders of companies, each once."""
    parents = (Path(one).absolute().parent for one in beside if one and not is_url(one))
    for base in dict.fromkeys((Path.cwd(), *parents)):
        yield base / FOLDER


def company_folders(beside: Iterable[str] = ()) -> tuple[Path, ...]:
    """Return the companies' folders in ``templates/`` here and beside workshops."""
    found = (
        path.parent for home in _homes(beside) for path in home.glob(f"*/{COMPANY}")
    )
    return tuple(sorted(dict.fromkeys(found)))


def label_of(reference: str) -> str:
    """Return what files of a template are called after, whatever machine they are on.

    Examples
    --------
    >>> label_of("journey_report")
    'journey_report'
    """
    path = Path(reference)
    if not path.is_absolute():
        return reference
    if (path / COMPANY).is_file() or not (path.parent / COMPANY).is_file():
        return path.name
    return f"{path.parent.name}-{path.stem}"


def company_of(reference: str) -> Company | None:
    """Return the company in whose look a template is; None for ours."""
    return template_at(reference).company
