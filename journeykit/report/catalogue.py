"""The report templates by name, and a report made from one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from journeykit.exchange.output_files import stem_of
from journeykit.report.company_colours import wearing
from journeykit.report.parameters import check_parameters
from journeykit.report.report_numbers import ReportNumbers
from journeykit.report.run import run_report
from journeykit.report.template_reference import template_at, template_names
from journeykit.store import is_url
from journeykit.workshop import open as open_workshop

__all__ = ["report_on", "template_named", "template_names"]

_MAX_VALUE = 40


def template_named(name: str) -> Path:
    """Return the notebook of a template; errors as :func:`template_at` raises them."""
    return template_at(name).notebook


def report_on(
    workshop: str,
    template: str,
    parameters: Mapping[str, object],
    out: Path,
    formats: Sequence[str] = ("html",),
    *,
    limits: Mapping[str, float] | None = None,
) -> tuple[Path, ...]:
    """Write the report of a template on a workshop and return its files.

    What the workshop and the parameters have wrong is said before anything is run.

    Parameters
    ----------
    workshop
        Path or URL of the workshop.
    template
        Name of the template, or a company's, as :func:`template_at` finds it.
    parameters
        Its other parameters; empty ones are as good as none.
    out
        Folder; the files are named after workshop, template and parameters.
    formats
        Keys of :data:`journeykit.report.formats.FORMATS`.
    limits
        What it may take, as :func:`journeykit.report.run.execute_report` has them.

    Raises
    ------
    UnknownNameError, InputError
        If the template, a parameter, the persona or the language is not known.
    FileProblemError
        If there is no such workshop, or the page cannot be written.
    ReportError
        If a cell failed; the notebook is kept with that cell marked.
    """
    found = template_at(template, (workshop,))
    found.check()
    notebook = found.notebook
    wanted = {"workshop": _resolved(workshop), **found.filled(parameters)}
    given = check_parameters(notebook, wanted)
    persona = str(given.get("persona") or "")
    with open_workshop(workshop, is_read_only=True) as opened:
        language = str(given.get("language") or "")
        ReportNumbers(opened, persona=persona, language=language)
    page = out / f"{_name(workshop, found.label, given)}.html"
    with wearing(found.company):
        more: dict[str, Any] = {"limits": limits} if limits else {}
        return run_report(notebook, given, page, formats=formats, **more)


def _name(workshop: str, label: str, given: Mapping[str, object]) -> str:
    """Return what a report is called: what it is about never overwrites another."""
    chosen = (
        re.sub(r"[^\w.-]+", "-", str(given[key]))[:_MAX_VALUE]
        for key in sorted(given, key=lambda key: key != "persona")
        if key not in {"workshop", "workshops"} and given[key]
    )
    return "-".join((stem_of(workshop), label, *chosen))


def _resolved(workshop: str) -> str:
    return workshop if is_url(workshop) else str(Path(workshop).resolve())
