"""A company's look in every format, read back by other programs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from company_folders import ACCENT, FOOTER, SECOND, company_folder, master, png
from outside_addresses import outside_addresses
from pptx import Presentation
from pptx.util import Inches
from report_notebooks import every_part, executed

from journeykit.report.company import Company, company_at
from journeykit.report.company_colours import wearing
from journeykit.report.formats import FORMATS
from journeykit.report.index_page import write_index
from journeykit.report.jobs import Job
from journeykit.report.outcome import Outcome
from journeykit.report.page import page_html
from journeykit.report.print_page import print_pdf
from journeykit.report.slides import slides
from journeykit.report.spreadsheet import spreadsheet
from journeykit.show.tokens import COLOURS

NOTEBOOK = executed(*every_part("Search is hard"))


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Company]:
    """Write reports in a company's look."""
    company = company_at(company_folder(tmp_path))
    with wearing(company):
        yield company


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def _deck(raw: bytes) -> Any:
    return Presentation(io.BytesIO(raw))


def _texts(slide: Any) -> list[str]:
    return [one.text_frame.text for one in slide.shapes if one.has_text_frame]


def test_page_is_in_the_look_of_the_company(acme: Company) -> None:
    """Logo, colours on light and dark ground, typeface and footer; nothing outside."""
    html = page_html(NOTEBOOK)

    assert '<img src="data:image/svg+xml;base64,' in html
    assert 'alt="Acme &amp; Sons"' in html
    assert f"--jk-accent: {ACCENT};" in html
    assert f"border-top-color: {SECOND};" in html
    assert "url(data:font/ttf;base64," in html
    assert '<footer class="jk-company">Confidential. © Acme &amp; Sons</footer>' in html
    assert [] == outside_addresses(html)
    assert "<script" not in html


def test_without_a_company_nothing_of_it_is_left(acme: Company) -> None:
    """The look is worn for a while and taken off."""
    with wearing(None):
        html = page_html(NOTEBOOK)

    assert "jk-company" not in html.partition("</style>")[2]
    assert "Acme" not in html


def test_paper_has_logo_and_footer_on_every_page(acme: Company) -> None:
    """Each page begins with the logo and ends with the sentence."""
    with pypdfium2.PdfDocument(print_pdf(NOTEBOOK)) as document:
        pages = [document[place] for place in (0, 1)]
        texts = [page.get_textpage().get_text_range() for page in pages]
        pictures = [page.render(scale=1).to_pil().convert("RGB") for page in pages]
        seen = [
            {colour for _, colour in one.crop((0, 0, one.width, 110)).getcolors(99_999)}
            for one in pictures
        ]

    assert all(FOOTER in text for text in texts)
    assert all(_rgb(ACCENT) in colours for colours in seen)
    assert all(_rgb(SECOND) in colours for colours in seen)


def _raw(document: pypdfium2.PdfDocument) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_slides_have_logo_bar_and_footer_on_their_master(acme: Company) -> None:
    """Whoever moves the logo on the layout moves it on every slide."""
    deck = _deck(slides(NOTEBOOK))
    content = deck.slides[2].slide_layout
    logos = [one for one in content.shapes if one.name == "Logo"]
    bars = [one for one in content.shapes if one.name == "Bar"]
    theme = next(
        rel.target_part.blob.decode()
        for rel in deck.slide_master.part.rels.values()
        if "theme" in rel.reltype
    )

    assert [1, 1] == [len(logos), len(bars)]
    assert str(bars[0].fill.fore_color.rgb) == SECOND[1:].upper()
    assert logos[0].left + logos[0].width <= deck.slide_width
    assert all(FOOTER in _texts(slide) for slide in list(deck.slides)[1:])
    assert f'<a:accent1><a:srgbClr val="{ACCENT[1:].upper()}"/>' in theme
    assert '<a:latin typeface="Source Sans 3"' in theme
    assert '<a:ea typeface="Microsoft YaHei"' in theme


def test_title_does_not_run_into_the_logo(acme: Company) -> None:
    """The title of a slide ends where the logo begins."""
    slide = _deck(slides(NOTEBOOK)).slides[2]
    (logo,) = (one for one in slide.slide_layout.shapes if one.name == "Logo")
    title = slide.shapes.title

    assert title.left + title.width < logo.left


@pytest.mark.parametrize("size", [(13.333, 7.5), (10, 5.625), (10, 7.5)])
def test_slides_have_the_master_of_the_company(
    tmp_path: Path, size: tuple[float, float]
) -> None:
    """Of any size; its old slides are gone, and nothing leaves a slide of ours."""
    place = company_folder(tmp_path)
    width, height = size
    (place / "master.pptx").write_bytes(master(width=width, height=height))
    with wearing(company_at(place)):
        deck = _deck(slides(NOTEBOOK))

    assert abs(deck.slide_height - Inches(7.5)) <= 1
    assert "An old slide" not in [text for one in deck.slides for text in _texts(one)]
    assert all(
        0 <= shape.left and shape.left + shape.width <= deck.slide_width + 9_525
        for slide in deck.slides
        for shape in slide.shapes
    )
    assert all(FOOTER in _texts(slide) for slide in list(deck.slides)[1:])


def test_sheets_have_typeface_and_footer(acme: Company) -> None:
    """A sign that means something in a footer is only a sign."""
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet(NOTEBOOK)))
    names = zipfile.ZipFile(io.BytesIO(spreadsheet(NOTEBOOK))).namelist()

    assert all(sheet.oddFooter.left.text.replace("&&", "&") == FOOTER for sheet in book)
    assert "Source Sans 3" == book.worksheets[0]["A1"].font.name
    assert "xl/media/image1.png" in names


def test_markdown_begins_with_the_logo(acme: Company) -> None:
    """And ends with the footer, as every format."""
    written = FORMATS["md"](NOTEBOOK, "trip", "")
    text = written["trip.md"].decode()

    assert text.startswith("![Acme & Sons](trip_pictures/logo.png)".replace("&", r"\&"))
    assert text.rstrip().endswith(FOOTER.replace("&", r"\&"))
    assert acme.logo is not None
    assert acme.logo.png == written["trip_pictures/logo.png"]


@pytest.mark.parametrize("name", ["html", "pdf", "pptx", "xlsx", "md"])
def test_same_folder_gives_the_same_bytes(acme: Company, name: str) -> None:
    """Nothing of the moment gets into a file with the look."""
    assert FORMATS[name](NOTEBOOK, "trip", "") == FORMATS[name](NOTEBOOK, "trip", "")


@pytest.mark.parametrize("name", ["html", "pdf", "pptx", "xlsx", "md"])
def test_no_path_of_the_machine_is_in_a_report(
    acme: Company, tmp_path: Path, name: str
) -> None:
    """Where the folder lies is nobody's business."""
    written = b"".join(FORMATS[name](NOTEBOOK, "trip", "").values())
    parts = [written]
    if name in {"pptx", "xlsx"}:
        archive = zipfile.ZipFile(io.BytesIO(written))
        parts = [archive.read(one) for one in archive.namelist()]

    assert not any(str(tmp_path).encode() in one for one in parts)


def test_hostile_name_and_footer_are_text_everywhere(tmp_path: Path) -> None:
    """A name is no markup, no style, no formula, no code of a footer."""
    bad = "</style><script>alert(1)</script> &R&G #read(1) =1+1"
    toml = f'name = "{bad}"\nfooter = "{bad}"\naccent = "#0a5c36"'
    place = company_folder(tmp_path, toml=toml, logo=png())
    with wearing(company_at(place)):
        html = page_html(NOTEBOOK)
        with pypdfium2.PdfDocument(print_pdf(NOTEBOOK)) as document:
            text = document[0].get_textpage().get_text_range()
        deck = _deck(slides(NOTEBOOK))
        sheets = zipfile.ZipFile(io.BytesIO(spreadsheet(NOTEBOOK)))
        foot = sheets.read("xl/worksheets/sheet1.xml").decode()

    assert "<script" not in html
    assert bad in re.sub(r"\s+", " ", text)
    assert bad in _texts(deck.slides[1])
    assert "&amp;&amp;R&amp;&amp; G #read(1) =1+1&amp;R&amp;P" in foot


def test_chinese_is_printed_without_a_face_of_the_machine() -> None:
    """The signs of a plain text are in the file, each with its shape."""
    said = "通过安检时等了很久，标识看不清楚。繁體也行"
    with pypdfium2.PdfDocument(print_pdf(executed(*every_part(said)))) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        fonts = _raw(document)

    assert said in re.sub(r"\s+", "", text)
    assert b"NotoSansSC" in fonts


def test_chinese_takes_the_faces_that_machines_have() -> None:
    """On a page a machine's Japanese face would else come first."""
    assert ".jk-page:lang(zh)" in page_html(NOTEBOOK)
    assert COLOURS["accent"].light in page_html(NOTEBOOK)


def _index(folder: Path, *templates: str) -> str:
    jobs = [Job(f"one-{n}", "", "One", name) for n, name in enumerate(templates)]
    made = {job.name: Outcome(job.name, "made", job.key) for job in jobs}
    path = write_index(folder, jobs, made, datetime(2026, 11, 26, tzinfo=UTC))
    return path.read_text(encoding="utf-8")


def test_page_of_a_batch_is_in_the_look_of_the_company(tmp_path: Path) -> None:
    """Its logo, colours, typeface, footer and language, as in the reports it lists."""
    place = company_folder(tmp_path)
    html = _index(tmp_path, f"{place}/journey_report", f"{place}/persona_report")

    assert '<html lang="de">' in html
    assert '<img src="data:image/svg+xml;base64,' in html
    assert f"--jk-accent: {ACCENT};" in html
    assert f"border-top-color: {SECOND};" in html
    assert "@font-face" in html
    assert f'<footer class="jk-company">{FOOTER.replace("&", "&amp;")}</footer>' in html
    assert not outside_addresses(html)


def test_page_of_a_batch_without_one_company_is_ours(tmp_path: Path) -> None:
    """Reports of several looks, and a folder that is gone, leave it as it is."""
    place = company_folder(tmp_path)
    mixed = _index(tmp_path, f"{place}/journey_report", "journey_report")
    gone = _index(tmp_path, f"{tmp_path}/no-such/journey_report")

    assert all('jk-logo"' not in html for html in (mixed, gone))
    assert all(ACCENT not in html for html in (mixed, gone))
    assert all('<html lang="en">' in html for html in (mixed, gone))
