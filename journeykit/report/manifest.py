"""The record of a batch: what was made of what, so that it can be gone on with.

While a batch runs, each outcome is one line of a journal, so that nothing done is done
again after a crash; at its end the journal becomes ``manifest.json``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from journeykit.errors import FileProblemError
from journeykit.exchange.output_files import stem_of, write_whole
from journeykit.report.jobs import Job, versions
from journeykit.report.outcome import MadeFile, Outcome
from journeykit.report.template_reference import label_of

__all__ = ["MANIFEST", "Journal", "kept_from", "outcomes_in", "write_manifest"]

MANIFEST = "manifest.json"
"""Name of the record in the folder of a batch."""

_JOURNAL = ".journeykit-batch.jsonl"


class Journal:
    """Outcomes as they come, one line each, safe from a crash.

    Parameters
    ----------
    path
        Its file.
    descriptor
        Where it is written.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    @classmethod
    def at(cls, folder: Path) -> Self:
        """Return the journal of the batch in a folder.

        Raises
        ------
        FileProblemError
            If it cannot be written.
        """
        path = folder / _JOURNAL
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        try:
            return cls(path, os.open(path, flags, 0o644))
        except OSError as error:
            raise FileProblemError(
                str(path), f"cannot be written ({error.strerror})"
            ) from error

    def add(self, outcome: Outcome) -> None:
        """Write an outcome to the disk; without room it is kept in memory only."""
        line = json.dumps(outcome.as_data(), ensure_ascii=True)
        # A full disk must not end the batch: the manifest says at its end what failed.
        with suppress(OSError):
            # A line of its own even after one that a crash cut off.
            os.write(self._descriptor, f"\n{line}\n".encode())
            os.fsync(self._descriptor)

    def close(self, *, is_done: bool) -> None:
        """Close the journal; it goes when its manifest is written."""
        os.close(self._descriptor)
        if is_done:
            self._path.unlink(missing_ok=True)


def outcomes_in(folder: Path) -> dict[str, Outcome]:
    """Return what earlier batches left in a folder, by name; the last word counts."""
    found: dict[str, Outcome] = {}
    for data in (*_manifest(folder), *_journal(folder)):
        try:
            outcome = Outcome.from_data(data)
        except (TypeError, KeyError, ValueError):
            continue
        found[outcome.name] = outcome
    return found


def _manifest(folder: Path) -> Sequence[Mapping[str, Any]]:
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        reports = data["reports"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return [
        one["outcome"] for one in reports if isinstance(one, dict) and "outcome" in one
    ]


def _journal(folder: Path) -> Iterable[Mapping[str, Any]]:
    try:
        lines = (folder / _JOURNAL).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in lines:
        try:
            data = json.loads(line)
        except ValueError:
            continue
        if isinstance(data, dict):
            yield data


def kept_from(folder: Path, job: Job, before: Mapping[str, Outcome]) -> Outcome | None:
    """Return the outcome of a report that need not be made again, None if it must.

    Its inputs, template, formats and versions are the same, and each of its files
    stands there as it was written.
    """
    old = before.get(job.name)
    if old is None or old.status == "failed" or old.key != job.key or not job.key:
        return None
    try:
        is_whole = all(MadeFile.at(folder, one.name) == one for one in old.files)
    except OSError:
        return None
    if not is_whole:
        return None
    data = old.as_data() | {"status": "kept", "seconds": 0.0}
    return Outcome.from_data(data)


def _without_places(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters that can be shown to others: workshops by their names."""
    shown = {name: one for name, one in parameters.items() if name != "workshop"}
    if "workshops" in shown:
        shown["workshops"] = [stem_of(one) for one in shown["workshops"]]
    return shown


def write_manifest(
    folder: Path, jobs: Sequence[Job], outcomes: Mapping[str, Outcome], made: datetime
) -> Path:
    """Write the record of a batch.

    Parameters
    ----------
    folder
        Folder of the batch.
    jobs
        Its reports, in order.
    outcomes
        What became of them, by name.
    made
        When the batch ended.

    Returns
    -------
    Path
        ``manifest.json``: the versions, and for each report its workshop (by name, no
        path of this machine), template, parameters, hash of its inputs and outcome.

    Raises
    ------
    FileProblemError
        If it cannot be written.
    """
    reports = [
        {
            "title": job.title,
            "workshop": stem_of(job.workshop) if job.workshop else "",
            "template": label_of(job.template),
            "parameters": _without_places(job.parameters),
            "formats": list(job.formats),
            "outcome": outcomes[job.name].as_data(),
        }
        for job in jobs
        if job.name in outcomes
    ]
    record = {
        "made": made.isoformat(timespec="seconds"),
        "versions": dict(versions()),
        "reports": reports,
    }
    path = folder / MANIFEST
    write_whole(path, json.dumps(record, indent=1, ensure_ascii=False) + "\n")
    return path
