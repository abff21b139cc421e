"""The errors and warnings that a user of journeykit can meet.

Every error keeps its parts as attributes and passes all of them on, so that it survives
pickling (reports run in child processes); its text is built in ``__str__``. A new class
stands here only where a caller reacts differently.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from importlib import import_module
from types import ModuleType

__all__ = [
    "BusyError",
    "ConflictError",
    "DamagedFileError",
    "DanglingReferenceError",
    "FileProblemError",
    "InputError",
    "JourneyKitError",
    "JourneyKitWarning",
    "MissingExtraError",
    "ReadOnlyError",
    "ReportError",
    "TableError",
    "UnknownNameError",
    "needed",
    "warn",
]

_MAX_SHOWN_ROWS = 5
_MAX_NAMED = 10


def _advice(mend: str) -> str:
    """Return how to mend it as a sentence of its own; a question keeps its sign."""
    if not mend:
        return ""
    return f" {mend}" if mend.endswith("?") else f" {mend}."


class JourneyKitError(Exception):
    """Base of every error that journeykit raises on purpose."""


class JourneyKitWarning(UserWarning):
    """Base of every warning: something was mended or left out, and is said."""


class InputError(JourneyKitError, ValueError):
    """Something that a person gave cannot be used.

    Parameters
    ----------
    problem
        What was expected and what was found, one sentence without full stop.
    where
        File, row, column, stage or cell; empty if there is none.
    mend
        How to put it right; empty if the problem says it already.
    field
        Name of the field of an entry that a form shows it beside; empty if it is about
        the whole.
    """

    def __init__(
        self, problem: str, where: str = "", mend: str = "", field: str = ""
    ) -> None:
        super().__init__(problem, where, mend, field)
        self.problem, self.where, self.mend = problem, where, mend
        self.field = field

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.problem}.{_advice(self.mend)}"


class UnknownNameError(JourneyKitError, KeyError):
    """A name that is not among the known ones; the text offers the nearest.

    Parameters
    ----------
    what
        What the name stands for, such as ``"parameter"`` or ``"column"``.
    name
        The name that was found.
    known
        The names that would have been right.
    where
        File or place; empty if there is none.
    """

    def __init__(
        self, what: str, name: str, known: Iterable[str], where: str = ""
    ) -> None:
        self.what, self.name, self.where = what, name, where
        self.known = tuple(known)
        super().__init__(what, name, self.known, where)

    @property
    def nearest(self) -> str | None:
        """The known name that looks most like the one found."""
        close = get_close_matches(self.name, self.known, n=1, cutoff=0.5)
        return close[0] if close else None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        guess = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        listed = ", ".join(self.known) or "none"
        return f"{place}there is no {self.what} {self.name!r}.{guess} Known: {listed}."


class TableError(JourneyKitError, ValueError):
    """Rows of a table that cannot be used: up to five are shown, all are counted.

    Parameters
    ----------
    problem
        What is wrong with these rows, without full stop.
    rows
        Pairs of row number (as a spreadsheet counts) and what was found there.
    n_rows
        How many rows are faulty in all.
    where
        File and column.
    """

    def __init__(
        self,
        problem: str,
        rows: Sequence[tuple[int, str]],
        n_rows: int,
        where: str = "",
    ) -> None:
        self.problem, self.where, self.n_rows = problem, where, n_rows
        self.rows = tuple(rows[:_MAX_SHOWN_ROWS])
        super().__init__(problem, self.rows, n_rows, where)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        shown = "; ".join(f"row {number}: {found!r}" for number, found in self.rows)
        more = self.n_rows - len(self.rows)
        rest = f" and {more} more" if more > 0 else ""
        return f"{place}{self.problem} ({shown}{rest})."


class ConflictError(JourneyKitError, RuntimeError):
    """Two people changed the same field; both values are kept here.

    Parameters
    ----------
    entry
        Id of the entry.
    field
        Name of the field; ``"*"`` when the whole entry was removed or changed.
    mine
        The value of the edit that was refused.
    theirs
        The value that stands in the workshop.
    """

    def __init__(self, entry: str, field: str, mine: object, theirs: object) -> None:
        super().__init__(entry, field, mine, theirs)
        self.entry, self.field, self.mine, self.theirs = entry, field, mine, theirs

    def __str__(self) -> str:
        if self.field == "*":
            return (
                f"{self.entry} was changed or removed by somebody else meanwhile: "
                f"yours is {self.mine!r}, theirs is {self.theirs!r}. "
                "Nothing was written; look at both and decide."
            )
        return (
            f"{self.field} of {self.entry} was changed by somebody else meanwhile: "
            f"yours is {self.mine!r}, theirs is {self.theirs!r}. "
            "Nothing was written; look at both and decide."
        )


class DanglingReferenceError(JourneyKitError, ValueError):
    """An edit would leave entries that point to nothing.

    Parameters
    ----------
    missing
        Id of the entry that is not there; kind and name of one that would go.
    referrers
        Names of the entries that point to it.
    """

    def __init__(self, missing: str, referrers: Iterable[str]) -> None:
        self.missing, self.referrers = missing, tuple(referrers)
        super().__init__(missing, self.referrers)

    def __str__(self) -> str:
        who = ", ".join(self.referrers[:_MAX_NAMED])
        n_more = len(self.referrers) - _MAX_NAMED
        who += f" and {n_more} more" if n_more > 0 else ""
        return (
            f"{self.missing} is missing, or would be, but is pointed to by {who}. "
            "Change or remove those in the same step."
        )


class FileProblemError(JourneyKitError, OSError):
    """A file or folder that cannot be used as it is.

    Parameters
    ----------
    path
        The file or folder.
    problem
        What is wrong with it, without full stop.
    mend
        How to put it right.
    """

    def __init__(self, path: str, problem: str, mend: str = "") -> None:
        super().__init__(path, problem, mend)
        self.path, self.problem, self.mend = path, problem, mend

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}.{_advice(self.mend)}"


class DamagedFileError(FileProblemError):
    """A workshop file whose content is not what was written."""


class ReadOnlyError(FileProblemError, PermissionError):
    """A workshop that was opened for reading only was about to be changed."""


class BusyError(JourneyKitError, TimeoutError):
    """Somebody else held the workshop for too long; nothing was written.

    Parameters
    ----------
    path
        The workshop.
    seconds
        How long was waited.
    """

    def __init__(self, path: str, seconds: float) -> None:
        super().__init__(path, seconds)
        self.path, self.seconds = path, seconds

    def __str__(self) -> str:
        return (
            f"{self.path}: somebody else has written for {self.seconds:g} seconds. "
            "Nothing was lost; try again."
        )


class ReportError(JourneyKitError, RuntimeError):
    """A report notebook that stopped at a cell.

    Parameters
    ----------
    notebook
        Path of the notebook that was saved, with the failing cell marked.
    cell
        Number of the cell, from 1.
    name
        Class of the error in the cell.
    message
        Its text.
    """

    def __init__(self, notebook: str, cell: int, name: str, message: str) -> None:
        super().__init__(notebook, cell, name, message)
        self.notebook, self.cell = notebook, cell
        self.name, self.message = name, message

    def __str__(self) -> str:
        said = self.message.rstrip(".")
        return (
            f"the report stopped at cell {self.cell}: {self.name}: {said}. "
            f"The notebook with the failing cell marked is {self.notebook}."
        )


def warn(message: str) -> None:
    """Warn at the line outside this package from which the call came."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and _is_ours(frame.f_globals.get("__name__", "")):
        level, frame = level + 1, frame.f_back
    warnings.warn(message, JourneyKitWarning, stacklevel=level + 1)


def _is_ours(module: str) -> bool:
    return module.split(".", 1)[0] == "journeykit"


class MissingExtraError(JourneyKitError):
    """Something needs a package that only an extra installs.

    Parameters
    ----------
    what
        What was asked for.
    extra
        Name of the extra, such as ``clv``.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(what, extra)
        self.what, self.extra = what, extra

    def __str__(self) -> str:
        return (
            f"{self.what} needs the extra {self.extra!r}. "
            f"Install it: pip install 'journeykit[{self.extra}]'."
        )


def needed(module: str, what: str, extra: str) -> ModuleType:
    """Return a module of an extra.

    Raises
    ------
    MissingExtraError
        If it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError(what, extra) from error
