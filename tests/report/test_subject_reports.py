"""The reports on COPIS, canvas, evidence and plan: any workshop has each of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_workshops import made_workshops
from outside_addresses import outside_addresses
from report_notebooks import HOSTILE, cells_of, executed

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.exchange.starters import starter_names
from journeykit.report.canvas_report import CanvasReport
from journeykit.report.copis_report import CopisReport
from journeykit.report.evidence_report import EvidenceReport
from journeykit.report.jobs import jobs_for
from journeykit.report.outcome import make_report
from journeykit.report.page import page_html
from journeykit.report.part import Part
from journeykit.report.plan_report import PlanReport
from journeykit.report.subject_report import SubjectReport
from journeykit.text import clean_text
from journeykit.workshop import Workshop

REPORTS: dict[str, type[SubjectReport]] = {
    "copis_report": CopisReport,
    "canvas_alignment_report": CanvasReport,
    "evidence_and_kpi_report": EvidenceReport,
    "action_plan_status": PlanReport,
}
OPENING = ["band", "found", "evidence"]


def parts_of(template: str, work: Workshop) -> list[Part]:
    """Return what a template shows of a workshop."""
    return [part for _, part in cells_of(template, REPORTS[template](work))]


def words_of(shown: list[Part]) -> str:
    """Return all that the parts say."""
    return " ".join(str(part.__html__()) for part in shown)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


# --- as a notebook --------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(
    made_airport: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, str], str]:
    """Return the pages of the four templates on two workshops, by a real kernel."""
    folder = tmp_path_factory.mktemp("reports")
    empty = folder / "bare.journey"
    journeykit.new(empty).close()
    found = {}
    for template in REPORTS:
        for job in jobs_for([str(made_airport), str(empty)], template=template):
            outcome = make_report(job, folder)
            assert (outcome.status, outcome.message) == ("made", "")
            page = (folder / outcome.files[0].name).read_text(encoding="utf-8")
            found[template, Path(job.workshop).stem] = page
    return found


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize("workshop", ["airport", "bare"])
def test_notebook_becomes_a_page_that_needs_no_network(
    pages: dict[tuple[str, str], str], template: str, workshop: str
) -> None:
    """With its line above the title, and nothing that failed."""
    html = pages[template, workshop]

    assert REPORTS[template].kind in html
    assert [] == outside_addresses(html)
    assert "Traceback" not in html
    assert "<script" not in html


def _made(starter: str, airport: Path) -> Workshop:
    """Return a workshop of a starter; the airport's is made once for all tests."""
    if starter == "airport":
        return journeykit.open(airport, is_read_only=True)
    return journeykit.new(None, starter=starter)


# --- any workshop ---------------------------------------------------------------------


@pytest.mark.parametrize("template", REPORTS)
@pytest.mark.parametrize("starter", starter_names())
def test_every_starter_has_every_report(
    made_airport: Path, template: str, starter: str
) -> None:
    """Opening first, each part can be drawn, and each section is shown."""
    with _made(starter, made_airport) as work:
        report = REPORTS[template](work)
        cells = list(cells_of(template, report))

    shown = [part for _, part in cells]
    assert OPENING == [part.name for part in shown[:3]]
    assert words_of(shown)
    for name in report.sections:
        assert f'report.section("{name}")' in [source for source, _ in cells]


@pytest.mark.parametrize("template", REPORTS)
def test_empty_workshop_says_where_to_begin(template: str) -> None:
    """No table, no picture; what is missing is said with the step that asks for it."""
    with journeykit.new(None) as work:
        shown = parts_of(template, work)

    assert {"figure"}.isdisjoint(part.name for part in shown)
    assert "step" in words_of(shown)
    (found,) = [part for part in shown if part.name == "found"]
    assert 1 == len(found.data["sentences"])


@pytest.mark.parametrize("template", REPORTS)
def test_hostile_words_are_only_words(airport_file: Path, template: str) -> None:
    """What people typed stands in a page as text, whatever it is."""
    words = [clean_text(one).text for one in HOSTILE] * 3
    with journeykit.open(airport_file) as work:
        for kind in ("copis_element", "canvas_entry", "action", "pain_point"):
            for one, text in zip(work.entries(kind), words, strict=False):
                work.change(one, text=text)
        html = page_html(executed(*parts_of(template, work)))

    assert "<script" not in html
    assert "<img" not in html
    assert [] == outside_addresses(html)


@pytest.mark.parametrize("template", REPORTS)
def test_large_workshop_has_its_report(template: str) -> None:
    """Two hundred of a kind are shown or counted."""
    with journeykit.new(None) as work:
        for number in range(200):
            work.add("decision", text=f"Decision {number}")
            work.add("copis_element", role="process", text=f"Process {number}")
            work.add("canvas_entry", block="channels", text=f"Channel {number}")
            work.add("action", text=f"Action {number}", due="2026-03-01")
        said = words_of(parts_of(template, work))

    assert "200" in said or "199" in said or "evidence" in template


@pytest.mark.parametrize("template", REPORTS)
def test_small_group_is_not_shown(template: str, tmp_path: Path) -> None:
    """One persona of a made workshop is too small for any number."""
    (path,) = made_workshops(tmp_path, 1)
    with journeykit.open(path, is_read_only=True) as work:
        small = work["late"]
        shown = parts_of(template, work)

    for part in shown:
        for row in part.data.get("rows", ()):
            if small.name in row and part.name == "ranked_table":
                assert not any("%" in cell for cell in row)


def test_section_that_a_report_lacks_is_refused() -> None:
    """The nearest one is offered."""
    with (
        journeykit.new(None) as work,
        pytest.raises(UnknownNameError, match="meaning"),
    ):
        CopisReport(work).section("meanin")


@pytest.mark.parametrize("template", REPORTS)
def test_words_of_the_report_are_whole(made_airport: Path, template: str) -> None:
    """No gap of a sentence is left unfilled."""
    with journeykit.open(made_airport, is_read_only=True) as work:
        shown = parts_of(template, work)

    for part in shown:
        if part.name != "figure":
            assert [] == [one for one in _texts(dict(part.data)) if "{" in one]


def test_kinds_differ() -> None:
    """A reader tells the reports apart by the line above the title."""
    assert len(REPORTS) == len({one.kind for one in REPORTS.values()})
