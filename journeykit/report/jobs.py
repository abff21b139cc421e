"""The reports of a batch: which they are, and when one has to be made again."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from journeykit.errors import InputError, JourneyKitError
from journeykit.exchange.output_files import stem_of
from journeykit.model import Persona, Segment, to_json
from journeykit.report.catalogue import template_named
from journeykit.report.parameters import check_parameters, parameters_of
from journeykit.store import is_url
from journeykit.workshop import Workshop
from journeykit.workshop import open as open_workshop

__all__ = ["BY", "By", "Job", "jobs_for", "versions", "workshops_in"]

By = Literal["", "persona", "segment"]
BY: tuple[By, ...] = ("persona", "segment")
"""What a workshop can be parted by, one report each."""

_MAX_NAME = 150
_PACKAGES = ("journeykit", "pandas", "altair", "vl-convert-python", "typst")


@dataclass(frozen=True, slots=True)
class Job:
    """One report of a batch.

    Parameters
    ----------
    name
        What its files are called, once in a batch.
    workshop, title
        Path or URL, and what people call it.
    template
        Name of the template.
    parameters
        As the template takes them.
    formats
        Formats to write.
    key
        Hash of all that decides what the report says; empty if it cannot be made.
    problem
        Why it cannot be made; empty if it can.
    """

    name: str
    workshop: str
    title: str
    template: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html",)
    key: str = ""
    problem: str = ""


@cache
def versions() -> Mapping[str, str]:
    """Return the versions of what decides how a report looks."""
    return {name: version(name) for name in _PACKAGES}


def workshops_in(places: Iterable[str]) -> tuple[str, ...]:
    """Return the workshops that paths and URLs name, a folder standing for its files.

    Raises
    ------
    InputError
        If a folder holds no workshop, or nothing is named.
    """
    found: dict[str, None] = {}
    for place in places:
        if is_url(place):
            found[place] = None
        elif Path(place).is_dir():
            files = sorted(Path(place).glob("*.journey"))
            if not files:
                raise InputError("a folder with workshops was expected", place)
            found |= dict.fromkeys(str(one.resolve()) for one in files)
        else:
            found[str(Path(place).resolve())] = None
    if not found:
        raise InputError("a workshop was expected, none is named")
    return tuple(found)


def jobs_for(
    workshops: Sequence[str],
    *,
    template: str = "journey_report",
    by: By = "",
    parameters: Mapping[str, Any] | None = None,
    formats: tuple[str, ...] = ("html",),
) -> tuple[Job, ...]:
    """Return the reports to make on these workshops.

    Parameters
    ----------
    workshops
        Paths and URLs, as :func:`workshops_in` gives them.
    template
        Name of the template.
    by
        What to part each workshop by: one report each, after that on everybody.
    parameters
        The template's other parameters.
    formats
        Formats to write.

    Returns
    -------
    tuple of Job
        In the order of the workshops. One that cannot be opened is a job with a
        problem, so that it neither stops the others nor is forgotten.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such template, or it does not take such parameters.
    """
    notebook = template_named(template)
    given = dict(parameters or {})
    declared = {one.name for one in parameters_of(notebook)}
    if by and "persona" not in declared:
        raise InputError(
            f"the template {template!r} makes one report for everybody",
            mend=f"Leave out --by {by}",
        )
    check_parameters(notebook, {"workshop": "", **given})
    text = notebook.read_bytes()
    jobs: list[Job] = []
    for address in workshops:
        name = f"{stem_of(address)}-{template}"
        try:
            with open_workshop(address, is_read_only=True) as workshop:
                title = workshop.case.title
                content = _content(workshop)
                people = _people(workshop, by)
        except (JourneyKitError, OSError) as error:
            jobs.append(
                Job(name, address, stem_of(address), template, problem=str(error))
            )
            continue
        for person, called in people:
            own = {**given, "workshop": address}
            if person:
                own["persona"] = person
            key = _key(content, text, {**own, "workshop": ""}, formats)
            both = f"{title}: {called}" if called else title
            one = f"{name}-{person}" if person else name
            jobs.append(Job(one, address, both, template, own, formats, key))
    return _each_once(jobs)


def _each_once(jobs: Sequence[Job]) -> tuple[Job, ...]:
    """Return the jobs under names that every system takes, each once."""
    clean = [re.sub(r"[^\w.-]+", "-", one.name)[:_MAX_NAME] for one in jobs]
    counts = Counter(name.casefold() for name in clean)
    return tuple(
        replace(
            one, name=name if counts[name.casefold()] == 1 else f"{name}-{_short(one)}"
        )
        for one, name in zip(jobs, clean, strict=True)
    )


def _short(job: Job) -> str:
    said = f"{job.workshop}\x1f{job.name}"
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _people(workshop: Workshop, by: By) -> list[tuple[str, str]]:
    document = workshop.document()
    everybody = [("", "")]
    if by == "persona":
        return everybody + [(one.id, one.name) for one in document.of(Persona)]
    if by == "segment":
        return everybody + [(one.id, one.name) for one in document.of(Segment)]
    return everybody


def _content(workshop: Workshop) -> str:
    """Return a hash of all that a report on a workshop can read.

    The tables of data sets are named by their own hashes in the document.
    """
    marks = [(one.name, one.number) for one in workshop.marks()]
    said = [to_json(workshop.document()), workshop.store.number(), marks]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _key(
    content: str, template: bytes, parameters: Mapping[str, Any], formats: Sequence[str]
) -> str:
    said = {
        "content": content,
        "template": hashlib.sha256(template).hexdigest(),
        "parameters": parameters,
        "formats": list(formats),
        "versions": dict(versions()),
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
