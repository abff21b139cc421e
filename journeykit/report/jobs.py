"""The reports of a batch: which they are, and when one has to be made again."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from journeykit.errors import InputError, JourneyKitError, UnknownNameError
from journeykit.exchange.output_files import stem_of
from journeykit.model import to_json
from journeykit.report.parameters import check_parameters, parameters_of
from journeykit.report.parting import PARAMETER, Share, shares_of
from journeykit.report.template_reference import Template, template_at
from journeykit.store import is_url
from journeykit.workshop import Workshop
from journeykit.workshop import open as open_workshop

__all__ = ["Job", "jobs_for", "versions", "workshops_in"]

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
        Path or URL, and what people call it; no workshop for a report on many, or on
        none.
    template
        What finds the template again.
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
    by: str = "",
    parameters: Mapping[str, Any] | None = None,
    formats: tuple[str, ...] = ("html",),
    told: Callable[[str], object] = lambda _: None,
) -> tuple[Job, ...]:
    """Return the reports to make on these workshops.

    Parameters
    ----------
    workshops
        Paths and URLs, as :func:`workshops_in` gives them. May be none for a template
        that needs none.
    template
        Name of the template, as :func:`template_at` finds it. One that takes
        ``workshops`` makes one report on all.
    by
        What to part each workshop by: one of
        :data:`~journeykit.report.parting.WAYS`, or a column of its surveys.
    parameters
        The template's other parameters.
    formats
        Formats to write.
    told
        Hears a sentence where a part of a workshop has no report.

    Returns
    -------
    tuple of Job
        In the order of the workshops. One that cannot be opened is a job with a
        problem, so that it neither stops the others nor is forgotten.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such template, it does not take such parameters, or no workshop
        can be parted so.
    """
    found = template_at(template, workshops)
    found.check()
    notebook = found.notebook
    declared = {one.name: one for one in parameters_of(notebook)}
    given = found.filled(parameters or {})
    wanted = PARAMETER.get(by, "persona")
    if by and wanted not in declared:
        raise InputError(
            f"the template {template!r} takes no {wanted}, so it makes one report",
            mend=f"Leave out --by {by}",
        )
    check_parameters(notebook, given)
    recipe = _Recipe(found, found.content(), given, formats)
    if not workshops:
        first = declared.get("workshop")
        if "workshops" in declared or (first and first.default):
            raise InputError("a workshop was expected, none is named")
        return _each_once([recipe.job("", "", recipe.called, given, "")])
    if not {"workshop", "workshops"} & set(declared):
        raise InputError(f"the template {template!r} takes no workshop")
    opened = [_Opened.at(address, by, told) for address in workshops]
    if by and all(one.refusal for one in opened):
        raise next(one.refusal for one in opened if one.refusal)
    jobs = [recipe.bad(one) for one in opened if one.problem]
    if "workshops" in declared:
        jobs = [recipe.over([one for one in opened if not one.problem]), *jobs]
    else:
        good = {one.address: recipe.each(one) for one in opened if not one.problem}
        bad = {one.workshop: [one] for one in jobs}
        jobs = [job for each in workshops for job in (good | bad)[each]]
    return _each_once(jobs)


@dataclass(frozen=True, slots=True)
class _Opened:
    """What is to be known of a workshop before a report on it is made."""

    address: str
    title: str
    content: str = ""
    shares: tuple[Share, ...] = ()
    problem: str = ""
    refusal: JourneyKitError | None = None

    @classmethod
    def at(cls, address: str, by: str, told: Callable[[str], object]) -> Self:
        """Open a workshop, and close it."""
        title = stem_of(address)
        try:
            with open_workshop(address, is_read_only=True) as workshop:
                title = workshop.case.title
                content = _content(workshop)
                shares = shares_of(workshop, by, told)
        except (UnknownNameError, InputError) as error:
            return cls(address, title, problem=str(error), refusal=error)
        except (JourneyKitError, OSError) as error:
            return cls(address, title, problem=str(error))
        return cls(address, title, content, shares)


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What all reports of a batch have in common."""

    template: Template
    text: bytes
    given: Mapping[str, Any]
    formats: tuple[str, ...]

    @property
    def called(self) -> str:
        """The template as people call it."""
        return self.template.label.replace("_", " ").capitalize()

    def job(
        self, name: str, address: str, title: str, own: Mapping[str, Any], content: str
    ) -> Job:
        """Return the job of one report; where a workshop lies does not change it."""
        places = {"workshop": "", "workshops": []}
        told = {key: places.get(key, _read(value)) for key, value in own.items()}
        key = _key(content, self.text, told, self.formats)
        both = "-".join(filter(None, (name, self.template.label)))
        reference = self.template.reference
        return Job(both, address, title, reference, own, self.formats, key)

    def bad(self, one: _Opened) -> Job:
        """Return the job of a workshop on which no report can be made."""
        name = f"{stem_of(one.address)}-{self.template.label}"
        reference = self.template.reference
        return Job(name, one.address, one.title, reference, problem=one.problem)

    def each(self, one: _Opened) -> list[Job]:
        """Return the jobs of one workshop."""
        jobs = []
        for share in one.shares:
            own = {**self.given, "workshop": one.address, **share.parameters}
            title = f"{one.title}: {share.title}" if share.title else one.title
            job = self.job(stem_of(one.address), one.address, title, own, one.content)
            jobs.append(
                replace(job, name="-".join(filter(None, (job.name, share.name))))
            )
        return jobs

    def over(self, those: Sequence[_Opened]) -> Job:
        """Return the job of one report on many workshops."""
        own = {**self.given, "workshops": [one.address for one in those]}
        content = json.dumps([[one.title, one.content] for one in those])
        return self.job("", "", self.called, own, content)


def _read(value: Any) -> Any:
    """Return a parameter; for a JSON file, such as an agenda, what it says."""
    if not isinstance(value, str) or not value.casefold().endswith(".json"):
        return value
    try:
        return hashlib.sha256(Path(value).read_bytes()).hexdigest()
    except (OSError, ValueError):
        return value


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


def _content(workshop: Workshop) -> str:
    """Return a hash of all that a report on a workshop can read.

    The tables of data sets are named by their own hashes in the document.
    """
    marks = [(one.name, one.number) for one in workshop.marks()]
    document = to_json(workshop.document(), is_indented=False)
    said = [document, workshop.store.number(), marks]
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
