"""The page that lists the reports of a batch: what was made, found, and not made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from markupsafe import Markup

from journeykit.errors import JourneyKitError
from journeykit.exchange.output_files import write_whole
from journeykit.language import LANGUAGES, current_language, say, say_count, speaking
from journeykit.report.company import Company
from journeykit.report.company_colours import wearing, worn
from journeykit.report.jobs import Job, versions
from journeykit.report.outcome import Outcome
from journeykit.report.page import CONTENT_POLICY, company_logo
from journeykit.report.page_style import company_styles, css_text, styles
from journeykit.report.page_templates import page_templates
from journeykit.report.template_reference import template_at
from journeykit.shipped import folder as shipped_folder

__all__ = ["INDEX", "write_index"]

INDEX = "index.html"
"""Name of the page in the folder of a batch."""

_PICTURES = "_pictures/"
_LINK = Markup('<a href="manifest.json">manifest.json</a>')


def write_index(
    folder: Path, jobs: Sequence[Job], outcomes: Mapping[str, Outcome], made: datetime
) -> Path:
    """Write the page, and return where it is.

    It has the look and the language of its reports, if these have one.

    Parameters
    ----------
    folder
        Folder of the batch.
    jobs
        Its reports, in order.
    outcomes
        What became of them, by name; what has none yet is left out.
    made
        When the batch ended.

    Raises
    ------
    FileProblemError
        If it cannot be written.
    """
    company = _company(jobs)
    usual = (company.language if company else "") or "en"
    spoken = {str(job.parameters.get("language") or usual) for job in jobs}
    language = spoken.pop() if len(spoken) == 1 else "en"
    with speaking(language if language in LANGUAGES else "en"), wearing(company):
        html = _page(jobs, outcomes, made)
    path = folder / INDEX
    write_whole(path, html)
    return path


def _own_styles() -> Markup:
    sheet = shipped_folder("templates") / "pages" / "batch.css"
    # Our own file; nothing typed by people ever stands in it.
    return Markup(sheet.read_text(encoding="utf-8"))  # noqa: S704


def _company(jobs: Sequence[Job]) -> Company | None:
    """Return the company of all the reports; None if they have none, or several."""
    found: dict[str, Company | None] = {}
    for template in {job.template for job in jobs}:
        try:
            company = template_at(template).company
        except JourneyKitError:
            # Its reports were not made, and the page says why.
            company = None
        found[company.digest if company else ""] = company
    return found.popitem()[1] if len(found) == 1 else None


def _page(jobs: Sequence[Job], outcomes: Mapping[str, Outcome], made: datetime) -> str:
    pairs = [(job, outcomes[job.name]) for job in jobs if job.name in outcomes]
    shared = _shared_title([job.title for job, _ in pairs])
    bad = [_row(*pair, shared) for pair in pairs if pair[1].status == "failed"]
    good = [_row(*pair, shared) for pair in pairs if pair[1].status != "failed"]
    environment = page_templates()
    environment.filters["css_text"] = css_text
    company = worn()
    return environment.get_template("batch.html.j2").render(
        language=current_language(),
        policy=CONTENT_POLICY,
        styles=styles() + company_styles(company),
        logo=company_logo(),
        footer=company.footer if company else "",
        own=_own_styles(),
        link=_LINK,
        title=shared or say("Customer journey reports"),
        summary=_summary(len(jobs), len(good), len(bad)),
        bad=bad,
        good=good,
        version=versions()["journeykit"],
        made=f"{made:%Y-%m-%d %H:%M} UTC",
    )


def _summary(n_jobs: int, n_good: int, n_bad: int) -> str:
    n_open = n_jobs - n_good - n_bad
    said = [
        say_count("{n} report ready", "{n} reports ready", n_good),
        say_count("{n} not made", "{n} not made", n_bad) if n_bad else "",
        say_count("{n} not begun", "{n} not begun", n_open) if n_open else "",
    ]
    return f"{', '.join(filter(None, said))}."


def _shared_title(titles: Sequence[str]) -> str:
    """Return the workshop that all reports are on; empty if they are on several.

    Examples
    --------
    >>> _shared_title(["Trip: there", "Trip: there: Ann"])
    'Trip: there'
    >>> _shared_title(["Trip", "Tour"])
    ''
    """
    whole = min(titles, key=len, default="")
    if all(one == whole or one.startswith(f"{whole}: ") for one in titles):
        return whole
    workshops = {one.partition(": ")[0] for one in titles}
    return workshops.pop() if len(workshops) == 1 else ""


def _called(name: str, report: str) -> str:
    """Return what tells a file from the others of its report, by its name.

    Examples
    --------
    >>> _called("shop-1.2.pdf", "shop-1.2"), _called("shop.letter.pdf", "shop")
    ('PDF', 'PDF letter')
    """
    path = PurePosixPath(name.removeprefix(report))
    ending = path.suffix or path.name
    kind = path.name.removesuffix(ending).strip(".")
    return f"{ending.lstrip('.').upper()} {kind}".rstrip()


def _row(job: Job, outcome: Outcome, shared: str) -> dict[str, object]:
    """Return what a row says; the title of the page is not said again."""
    number, said = outcome.figures[0] if outcome.figures else ("", "")
    names = [one.name for one in outcome.files if _PICTURES not in one.name]
    return {
        "title": (shared and job.title.removeprefix(f"{shared}: ")) or job.title,
        "status": outcome.status,
        "number": number,
        "said": said,
        "files": [(_called(name, job.name), quote(name)) for name in names],
        "message": outcome.message,
        "cell": outcome.cell,
        "notebook": quote(outcome.notebook),
    }
