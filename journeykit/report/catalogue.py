"""The report templates by name, and a report made from one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from journeykit.errors import UnknownNameError
from journeykit.exchange.output_files import stem_of
from journeykit.report.parameters import check_parameters
from journeykit.report.report_numbers import ReportNumbers
from journeykit.report.run import run_report
from journeykit.shipped import folder
from journeykit.store import is_url
from journeykit.workshop import open as open_workshop

__all__ = ["report_on", "template_named", "template_names"]


def template_names() -> tuple[str, ...]:
    """Return the names of the report templates.

    Examples
    --------
    >>> "journey_report" in template_names()
    True
    """
    found = folder("templates").glob("reports/*.ipynb")
    return tuple(sorted(path.stem for path in found))


def template_named(name: str) -> Path:
    """Return the notebook of a template.

    Raises
    ------
    UnknownNameError
        If there is no such template; the nearest is offered.
    """
    if name not in template_names():
        raise UnknownNameError("report template", name, template_names())
    return folder("templates") / "reports" / f"{name}.ipynb"


def report_on(
    workshop: str,
    template: str,
    parameters: Mapping[str, object],
    out: Path,
    formats: Sequence[str] = ("html",),
) -> tuple[Path, ...]:
    """Write the report of a template on a workshop and return its files.

    What the workshop and the parameters have wrong is said before anything is run.

    Parameters
    ----------
    workshop
        Path or URL of the workshop.
    template
        Name of the template.
    parameters
        Its other parameters.
    out
        Folder; the files are named after workshop, template and persona.
    formats
        Keys of :data:`journeykit.report.formats.FORMATS`.

    Raises
    ------
    UnknownNameError, InputError
        If the template, a parameter, the persona or the language is not known.
    FileProblemError
        If there is no such workshop, or the page cannot be written.
    ReportError
        If a cell failed; the notebook is kept with that cell marked.
    """
    notebook = template_named(template)
    given = check_parameters(notebook, {"workshop": _resolved(workshop), **parameters})
    persona = str(given.get("persona") or "")
    with open_workshop(workshop, is_read_only=True) as opened:
        language = str(given.get("language") or "")
        ReportNumbers(opened, persona=persona, language=language)
    name = "-".join(filter(None, (stem_of(workshop), template, persona)))
    return run_report(notebook, given, out / f"{name}.html", formats=formats)


def _resolved(workshop: str) -> str:
    return workshop if is_url(workshop) else str(Path(workshop).resolve())
