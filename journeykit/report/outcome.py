"""What became of one report of a batch."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, Self

from journeykit.errors import JourneyKitError, ReportError
from journeykit.report.company_colours import wearing
from journeykit.report.formats import surfaces_of, write_formats
from journeykit.report.jobs import Job
from journeykit.report.part import Part
from journeykit.report.run import execute_report
from journeykit.report.shown import shown_in
from journeykit.report.template_reference import template_at
from journeykit.store import is_url
from journeykit.text import clean_text

__all__ = ["MadeFile", "Outcome", "failed", "make_report"]

_Status = Literal["made", "kept", "failed"]
_MAX_MESSAGE = 500
_NO_LIMITS: Mapping[str, float] = MappingProxyType({})
_OURS = {"CellTimeoutError", "DeadKernelError", "ReportLimitError"}
_PATH = re.compile(
    r"(?<![\w.:/\\])(?:(?P<drive>[A-Za-z]:)[\\/]|/(?P<top>[\w.-]+)/)"
    r"(?:[^\s'\"<>|:*?/\\]+[\\/])*(?P<name>[^\s'\"<>|:*?/\\]+)"
)
"""A path from the root of this machine, to the name of its file."""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One file of a report: its name from the folder of the batch, and its content."""

    name: str
    n_bytes: int
    sha256: str

    @classmethod
    def at(cls, folder: Path, name: str) -> Self:
        """Return a file as it stands there now.

        Raises
        ------
        OSError
            If it cannot be read.
        """
        content = (folder / name).read_bytes()
        return cls(name, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a report.

    Parameters
    ----------
    name, key
        As in its :class:`~journeykit.report.jobs.Job`.
    status
        Made now, kept as it was, or failed.
    seconds
        How long it took.
    files
        What was written.
    figures
        What it found: a number (may be empty) and its sentence, each.
    message, cell
        Why it failed and in which cell, from 1; 0 for none.
    notebook
        File of the notebook with the failing cell marked; empty if there is none.
    """

    name: str
    key: str
    status: _Status
    seconds: float = 0.0
    files: tuple[MadeFile, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    message: str = ""
    cell: int = 0
    notebook: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the outcome that :meth:`as_data` gave.

        Raises
        ------
        TypeError, KeyError, ValueError
            If it is none.
        """
        files = tuple(MadeFile(**one) for one in data["files"])
        figures = tuple((str(number), str(said)) for number, said in data["figures"])
        return cls(**{**data, "files": files, "figures": figures})


def failed(job: Job, message: str, *, seconds: float = 0.0) -> Outcome:
    """Return the outcome of a report that could not be made."""
    said = _without_paths(job, message)
    return Outcome(job.name, job.key, "failed", seconds, message=said)


def _without_paths(job: Job, message: str) -> str:
    """Return a message that can be shown to others: files by their names only."""
    for place in (job.workshop, *job.parameters.get("workshops", ())):
        if place and not is_url(place):
            message = message.replace(place, Path(place).name)
    message = _PATH.sub(_name_only, message)
    return clean_text(message, max_length=_MAX_MESSAGE, is_cut=True).text


def _name_only(path: re.Match[str]) -> str:
    """Return the name of a file of this machine; what only looks like one stays."""
    drive, top = path["drive"], path["top"]
    is_here = bool(drive) or Path(f"/{top}").is_dir()
    return path["name"] if is_here else path[0]


def _said(error: ReportError) -> str:
    """Return what stopped a report; an error that we made ourselves needs no class."""
    if error.message and error.name in _OURS:
        return error.message
    return ": ".join(filter(None, (error.name, error.message)))


def make_report(
    job: Job,
    folder: Path,
    *,
    cell_seconds: int | None = 300,
    limits: Mapping[str, float] = _NO_LIMITS,
) -> Outcome:
    """Make one report; whatever goes wrong is its outcome and stops nobody.

    Parameters
    ----------
    job
        The report.
    folder
        Where to write.
    cell_seconds
        Longest time of one cell; None for no limit.
    limits
        What the report may take, as :func:`journeykit.report.run.execute_report` has
        them.
    """
    start = time.monotonic()
    if job.problem:
        return failed(job, job.problem)
    beside = folder / f"{job.name}.failed.ipynb"
    try:
        template = template_at(job.template)
        notebook = execute_report(
            template.notebook,
            job.parameters,
            beside,
            cell_seconds=cell_seconds,
            limits=limits,
            surfaces=surfaces_of(job.formats),
        )
        with wearing(template.company):
            paths = write_formats(
                notebook, folder, job.name, job.formats, title=job.title
            )
        files = tuple(
            MadeFile.at(folder, path.relative_to(folder).as_posix()) for path in paths
        )
    except ReportError as error:
        return Outcome(
            job.name,
            job.key,
            "failed",
            time.monotonic() - start,
            message=_without_paths(job, _said(error)),
            cell=error.cell,
            notebook=beside.name if beside.exists() else "",
        )
    # A report that cannot be made for whatever reason must not end the batch.
    except (JourneyKitError, OSError) as error:
        return failed(job, str(error), seconds=time.monotonic() - start)
    except Exception as error:  # noqa: BLE001
        said = f"{type(error).__name__}: {error}"
        return failed(job, said, seconds=time.monotonic() - start)
    with suppress(OSError):
        beside.unlink(missing_ok=True)
    return Outcome(
        job.name,
        job.key,
        "made",
        time.monotonic() - start,
        files,
        _figures(notebook),
    )


def _figures(notebook: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    for one in shown_in(notebook):
        if isinstance(one, Part) and one.name == "found":
            pairs: Sequence[Sequence[str]] = one.data["sentences"]
            return tuple((number, said) for number, said in pairs)
    return ()
