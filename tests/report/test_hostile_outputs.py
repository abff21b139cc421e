"""Reports on a workshop full of hostile texts: in every format they stay words."""

from __future__ import annotations

import csv
import getpass
import io
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import mistune
import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from outside_addresses import outside_addresses
from pptx import Presentation
from report_notebooks import HOSTILE, cells_of, executed
from source_tree import ROOT

import journeykit
from journeykit.model.base import text_fields
from journeykit.model.edits import change, new_edit_id
from journeykit.report.canvas_report import CanvasReport
from journeykit.report.copis_report import CopisReport
from journeykit.report.evidence_report import EvidenceReport
from journeykit.report.executive_one_pager import ExecutiveOnePager
from journeykit.report.facilitator_handout import FacilitatorHandout
from journeykit.report.formats import FORMATS, write_formats
from journeykit.report.jobs import Job
from journeykit.report.outcome import make_report
from journeykit.report.participant_sheets import ParticipantSheets
from journeykit.report.persona_report import PersonaReport
from journeykit.report.plan_report import PlanReport
from journeykit.report.portfolio import Portfolio
from journeykit.report.segment_comparison import SegmentComparison
from journeykit.report.stage_deep_dive import StageDeepDive
from journeykit.report.wave_report import WaveReport
from journeykit.text import clean_text
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXTS = tuple(clean_text(one).text for one in HOSTILE)
SHOWN = (
    "case.title",
    "pain_point.text",
    "opportunity.text",
    "action.text",
    "stakeholder.name",
)
"""Fields that the page of a journey report shows of its entries, whole."""
WRITER = "quentin-of-accounts"
FOLDER = "desk-of-quentin"
NEVER = (
    b"Traceback (most recent",
    b"vnd.jupyter.widget",
    b"papermill",
    *(place.encode() for place in (WRITER, FOLDER, str(ROOT), sys.prefix)),
)
"""What no file for others may hold: where and by whom it was made, and state."""
TEMPLATES: dict[str, Callable[[Workshop], object]] = {
    "executive_one_pager": ExecutiveOnePager,
    "persona_report": PersonaReport,
    "stage_deep_dive": StageDeepDive,
    "copis_report": CopisReport,
    "canvas_alignment_report": CanvasReport,
    "evidence_and_kpi_report": EvidenceReport,
    "action_plan_status": PlanReport,
    "segment_comparison": SegmentComparison,
    "wave_change": WaveReport,
    "facilitator_handout": FacilitatorHandout,
    "participant_sheets": ParticipantSheets,
}


def fill(path: Path) -> dict[str, list[str]]:
    """Put the texts in turn into every text field; return them by kind and field."""
    texts, said = cycle(TEXTS), dict[str, list[str]]()
    with journeykit.open(path) as work:
        document, group, edits = work.document(), new_edit_id(), []
        for entry in document:
            fields: dict[str, Any] = {}
            for name in sorted(text_fields(type(entry)) - {"extensions"}):
                text = next(texts)
                is_list = isinstance(getattr(entry, name), tuple)
                fields[name] = (text,) if is_list else text
                said.setdefault(f"{entry.kind}.{name}", []).append(text)
            if fields:
                edits.append(change(document, entry.id, fields, group=group))
        work.store.write(edits)
    return said


@pytest.fixture(scope="module")
def hostile(
    made_airport: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, list[str]]]:
    """Return an airport where every text is hostile, and what was typed where."""
    folder = tmp_path_factory.mktemp("made") / FOLDER
    folder.mkdir()
    path = Path(shutil.copyfile(made_airport, folder / "airport.journey"))
    return path, fill(path)


@pytest.fixture(scope="module")
def files(
    hostile: tuple[Path, Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """Return the journey report, by a real kernel, in every format."""
    out = tmp_path_factory.mktemp("out")
    job = Job(
        "report",
        str(hostile[0]),
        "",
        "journey_report",
        {"workshop": str(hostile[0])},
        tuple(FORMATS),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("USER", WRITER)
        patch.setenv("LOGNAME", WRITER)
        outcome = make_report(job, out)

    assert (outcome.status, outcome.message) == ("made", "")
    return {one.name: out / one.name for one in outcome.files}


def _plain(text: str) -> str:
    return "".join(text.split())


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of a file, those packed into it and what a reader may see."""
    raw = path.read_bytes()
    yield path.name, raw
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            for name in package.namelist():
                yield f"{path.name}/{name}", package.read(name)
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(raw)
        said = [page.get_textpage().get_text_range() for page in document]
        said += [f"{k} {v}" for k, v in document.get_metadata_dict().items()]
        document.close()
        yield f"{path.name}/text", "\n".join(said).encode("utf-8", "replace")


def _secrets(paths: list[Path]) -> list[str]:
    return [
        f"{name}: {word.decode()}"
        for path in paths
        for name, content in _contents(path)
        for word in NEVER
        if word in content
    ]


def _open_addresses(path: Path) -> list[str]:
    """Return what in a file would load, link to, run or compute something."""
    kind = path.suffix
    if kind in {".html", ".svg"}:
        return outside_addresses(path.read_text(encoding="utf-8"))
    if kind == ".pdf":
        return _pdf_actions(path)
    if kind == ".md":
        read = mistune.create_markdown(escape=False, plugins=["table", "url"])
        made = str(read(path.read_text(encoding="utf-8")))
        beside = f'src="{path.stem}_pictures/'
        found = [one for one in ("<script", "<a ", "<iframe") if one in made]
        return found + ["<img"] * (made.count("<img") - made.count(beside))
    return _package_actions(path) if kind in {".pptx", ".xlsx"} else []


def _package_actions(path: Path) -> list[str]:
    found = []
    for name, content in _contents(path):
        if name.endswith(".rels"):
            found += [
                f"{name} {one.get('Target')}"
                for one in ElementTree.fromstring(content)
                if one.get("TargetMode") == "External"
            ]
        if name.endswith(".xml") and (b"<f>" in content or b"vbaProject" in content):
            found.append(f"{name} <f>")
    return found


def _pdf_actions(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    found = ["script"] * pdfium.FPDFDoc_GetJavaScriptActionCount(document)
    found += ["file"] * pdfium.FPDFDoc_GetAttachmentCount(document)
    outside = {
        pdfium.PDFACTION_URI,
        pdfium.PDFACTION_LAUNCH,
        pdfium.PDFACTION_REMOTEGOTO,
    }
    for number, page in enumerate(document, 1):
        place, link = pdfium.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page, place, link):
            action = pdfium.FPDFLink_GetAction(link)
            if action and pdfium.FPDFAction_GetType(action) in outside:
                found.append(f"link on page {number}")
    document.close()
    return found


# --- every format of a real run -------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_file_says_where_it_was_made(files: dict[str, Path]) -> None:
    """No path, user, trace-back or state, packed or not, and nothing that opens."""
    kinds = {path.suffix for path in files.values()}

    assert {".html", ".pdf", ".pptx", ".xlsx", ".md", ".svg", ".png"} <= kinds
    assert [] == _secrets(list(files.values()))
    assert [] == [
        f"{name}: {one}"
        for name, path in files.items()
        for one in _open_addresses(path)
    ]


def test_properties_name_no_user(files: dict[str, Path]) -> None:
    """Documents say who wrote them as the workshop does, never as the machine does."""
    book = openpyxl.load_workbook(files["report.xlsx"])
    deck = Presentation(str(files["report.pptx"]))
    said = {
        book.properties.creator,
        book.properties.lastModifiedBy,
        deck.core_properties.author,
        deck.core_properties.last_modified_by,
    }

    assert getpass.getuser() not in said


@pytest.mark.parametrize("name", ["report.pdf", "report.letter.pdf"])
def test_print_says_the_very_words(
    files: dict[str, Path], hostile: tuple[Path, dict[str, list[str]]], name: str
) -> None:
    """The title stands in print as it was typed."""
    document = pypdfium2.PdfDocument(files[name])
    said = _plain("".join(one.get_textpage().get_text_range() for one in document))
    document.close()

    assert _plain(hostile[1]["case.title"][0]) in said


# --- in a browser ---------------------------------------------------------------------


@pytest.mark.browser
def test_page_runs_and_loads_nothing(
    browser: Browser, files: dict[str, Path], hostile: tuple[Path, dict[str, list[str]]]
) -> None:
    """Opened from its file, nothing runs or is asked for, and the words are equal."""
    pages = [path for path in files.values() if path.suffix in {".html", ".svg"}]
    asked, heard = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    for path in pages:
        page.goto(path.as_uri())
        page.wait_for_timeout(50)
    page.goto(files["report.html"].as_uri())
    seen = _plain(page.evaluate("document.body.textContent"))
    scripts = page.evaluate("document.scripts.length")
    page.close()

    assert 2 < len(pages)
    assert [one.as_uri() for one in [*pages, files["report.html"]]] == asked
    assert [] == heard
    assert 0 == scripts
    assert [] == [
        f"{field}: {text}"
        for field in SHOWN
        for text in hostile[1][field]
        if _plain(text) not in seen
    ]


# --- in LibreOffice -------------------------------------------------------------------


def _converted(source: Path, kind: str, folder: Path) -> list[Path]:
    """Return what LibreOffice makes of a file."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("there is no LibreOffice here: apt-get install libreoffice")
    # A profile of its own: another one that runs would take the file over.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [
            *(office, profile, "--headless", "--convert-to", kind),
            *("--outdir", str(folder / "made"), str(source)),
        ],
        env=os.environ | {"HOME": str(folder)},
        capture_output=True,
        check=False,
        text=True,
        timeout=180,
    )
    made = sorted((folder / "made").glob("*"))

    assert made, done.stderr
    return made


@pytest.mark.slow
def test_slides_open_in_an_office(
    files: dict[str, Path],
    hostile: tuple[Path, dict[str, list[str]]],
    tmp_path: Path,
) -> None:
    """An office draws each slide, with the title as it was typed."""
    deck = Presentation(str(files["report.pptx"]))
    (made,) = _converted(files["report.pptx"], "pdf", tmp_path)
    document = pypdfium2.PdfDocument(made)
    said = _plain("".join(one.get_textpage().get_text_range() for one in document))
    n_pages = len(document)
    document.close()

    assert len(deck.slides) == n_pages
    assert _plain(hostile[1]["case.title"][0]) in said
    assert [] == _pdf_actions(made)


@pytest.mark.slow
def test_cells_stay_words_in_an_office(files: dict[str, Path], tmp_path: Path) -> None:
    """An office computes no cell: each text comes back as it was written."""
    every_sheet = (
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    )
    source = files["report.xlsx"]
    made = _converted(source, every_sheet, tmp_path)
    texts = [path.read_text(encoding="utf-8") for path in made]
    returned = {_plain(cell) for text in texts for row in _rows(text) for cell in row}
    cells = [
        cell
        for sheet in openpyxl.load_workbook(source)
        for row in sheet.iter_rows()
        for cell in row
    ]
    written = {_plain(cell.value) for cell in cells if cell.data_type == "s"}

    assert len(openpyxl.load_workbook(source).sheetnames) == len(made)
    assert [] == [cell.coordinate for cell in cells if cell.data_type == "f"]
    assert {_plain(one) for one in TEXTS if one[0] in "=@+"} <= written
    assert [] == sorted(written - returned)


def _rows(text: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""))


# --- the other templates, their cells run here ----------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("template", [*TEMPLATES, "portfolio"])
def test_other_templates_say_it_too(
    hostile: tuple[Path, Any], tmp_path: Path, template: str
) -> None:
    """Each report in each format holds words only, and nothing of the machine."""
    place = hostile[0]
    with journeykit.open(place, is_read_only=True) as work:
        report = TEMPLATES.get(template, lambda _: Portfolio([str(place)]))(work)
        book = executed(*(part for _, part in cells_of(template, report)))
    formats = [one for one in FORMATS if one not in {"svg", "png"}]
    made = write_formats(book, tmp_path, "report", formats)

    assert [] == _secrets(list(made))
    assert [] == [
        f"{path.name}: {one}" for path in made for one in _open_addresses(path)
    ]
    assert "<script" not in (tmp_path / "report.html").read_text(encoding="utf-8")


# --- what is kept of one that failed --------------------------------------------------


@pytest.mark.parametrize("password", ["s3cret-word", "s3%40cret%2Fword"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_kept_notebook_has_no_password(tmp_path: Path, password: str) -> None:
    """A database that does not answer leaves a notebook without its password."""
    url = f"postgresql://ann:{password}@127.0.0.1:9/shop"
    job = Job("report", url, "", "journey_report", {"workshop": url})
    outcome = make_report(job, tmp_path)
    kept = (tmp_path / outcome.notebook).read_text(encoding="utf-8")

    assert "failed" == outcome.status
    for word in (password, "s3@cret", "s3cret-word", "s3%40cret"):
        assert word not in kept
        assert word not in outcome.message
