"""Reports in a made language: no fixed word may stay English in any format."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pptx
import pytest
from babel.messages.pofile import read_po
from chart_cases import CHART_OPTIONS
from markupsafe import Markup
from nbformat.v4 import new_code_cell, new_notebook, new_output
from other_words import asked_for, left_in_english, seen_in, speak_otherwise
from report_notebooks import executed, pdf_texts, table
from source_tree import ROOT
from way_chart_cases import WAY_OPTIONS

import journeykit
from journeykit.language import say, speaking
from journeykit.model import SurveyMapping
from journeykit.model.base import text_fields
from journeykit.model.edits import change, new_edit_id
from journeykit.report import parts
from journeykit.report.catalogue import template_named
from journeykit.report.column_words import column_words
from journeykit.report.index_page import write_index
from journeykit.report.jobs import Job
from journeykit.report.markdown_page import markdown_page
from journeykit.report.outcome import Outcome
from journeykit.report.page import page_html
from journeykit.report.print_page import print_pdf
from journeykit.report.slides import slides
from journeykit.report.spreadsheet import spreadsheet
from journeykit.report.worksheets import worksheet
from journeykit.shipped import folder
from journeykit.show.charts import CHARTS, Picture, Words
from journeykit.show.numbers import typeset
from journeykit.workshop import Workshop

WORDLESS = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="762" height="60" '
    'viewBox="0 0 762 60"><desc>Слово</desc><text x="4" y="30">Слово</text></svg>'
)
PARAMETERS: dict[str, dict[str, Any]] = {
    "persona_report": {"persona": "persona-business"},
}
"""What templates need beside the workshop."""

SHIPPED = folder("templates") / "reports"
TEMPLATES = sorted(path.stem for path in SHIPPED.glob("*.ipynb"))
PLAIN = [name for name in TEMPLATES if name not in PARAMETERS]

DAY_PAPERS = ("facilitator_handout", "participant_sheets")
"""Templates that show agendas, which stay as their authors typed them."""

NAMES = ("journeykit",)
"""What has one name in every language."""


def executed_here(template: str, path: Path, **parameters: Any) -> Any:
    """Return a template executed in this process."""
    book = nbformat.read(template_named(template), as_version=4)
    space: dict[str, Any] = {}
    cells = []
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        body = ast.parse(cell.source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), space)  # our own template
        if "parameters" in str(cell.metadata):
            given = {"workshop": str(path), "workshops": [str(path)], **parameters}
            space |= {
                key: one for key, one in given.items() if f"{key}:" in cell.source
            }
        if last is not None:
            part = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
            output = new_output("execute_result", part._repr_mimebundle_())
            cells.append(new_code_cell("", outputs=[output]))
    if hasattr(space.get("report"), "workshop"):
        space["report"].workshop.close()
    return new_notebook(cells=cells)


def fill_without_letters(workshop: Workshop) -> None:
    """Put texts without a Latin letter, each another one, wherever people write."""
    document, group = workshop.document(), new_edit_id()
    edits = []
    for number, entry in enumerate(document):
        fields: dict[str, Any] = {}
        for place, name in enumerate(sorted(text_fields(type(entry)))):
            if name == "extensions" or not getattr(entry, name):
                continue
            text = f"Слово {number}-{place}"
            is_list = isinstance(getattr(entry, name), tuple)
            fields[name] = (text,) if is_list else text
        if fields:
            edits.append(change(document, entry.id, fields, group=group))
    workshop.store.write(edits)


def own_words(workshop: Workshop) -> list[str]:
    """Return what stays Latin: names of columns, answers and marks, and old entries."""
    found = [*NAMES, *(mark.name for mark in workshop.marks())]
    for mark in workshop.marks():
        for entry in workshop.document(mark.name):
            for name in text_fields(type(entry)) - {"extensions"}:
                value = getattr(entry, name) or ()
                found += [value] if isinstance(value, str) else map(str, value)
    for data in workshop.data_sets():
        mapping = data.mapping or SurveyMapping()
        found += [one.column for group in mapping.groups for one in group.conditions]
        for question in mapping.questions:
            found += [question.column, question.wording]
            codes = question.scale.not_answers.items()
            found += [f"{code} {why}" for code, why in codes]
    return found


def words_of_agendas() -> list[str]:
    """Return each line of the agendas and cards that ship, as it is set."""

    def texts_in(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield from value.splitlines()
        elif isinstance(value, (list, dict)):
            for one in value.values() if isinstance(value, dict) else value:
                yield from texts_in(one)

    files = sorted((folder("templates") / "agendas").rglob("*.json"))
    texts = {
        text
        for path in files
        for text in texts_in(json.loads(path.read_text(encoding="utf-8")))
    }
    texts |= {typeset(text) for text in texts}
    return sorted(texts - {"work", "break", "opening", "closing", "lunch"})


@pytest.fixture(scope="module")
def wordless_airport(
    made_airport: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return the airport with nothing in Latin letters that people wrote."""
    path = tmp_path_factory.mktemp("wordless") / "airport.journey"
    shutil.copyfile(made_airport, path)
    with journeykit.open(path) as workshop:
        fill_without_letters(workshop)
    return path


@pytest.fixture(scope="module")
def wordless_blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workshop in which nothing was done yet."""
    path = tmp_path_factory.mktemp("blank") / "blank.journey"
    with journeykit.new(path, title="Слово") as workshop:
        fill_without_letters(workshop)
    return path


def forgotten(template: str, path: Path, language: str, **parameters: Any) -> list[str]:
    """Return the words of a report that no translator could reach."""
    with journeykit.open(path, is_read_only=True) as workshop:
        known = own_words(workshop)
    known += words_of_agendas() if template in DAY_PAPERS else []
    book = executed_here(template, path, language=language, **parameters)
    text, _ = markdown_page(book)
    texts = [*seen_in(page_html(book)), *words_in_markdown(text)]

    assert any("Слово" in text for text in texts)
    return left_in_english(texts, known)


def words_in_markdown(text: str) -> list[str]:
    """Return the lines of a report in Markdown, without the names of its pictures."""
    return re.sub(r"\]\([^)]*\)", "]", text).replace("\\", "").splitlines()


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_word_of_a_report_is_forgotten(
    template: str, wordless_airport: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every fixed word passes through the catalogue, on the page and in Markdown."""
    language = speak_otherwise(monkeypatch)
    more = PARAMETERS.get(template, {})

    assert [] == forgotten(template, wordless_airport, language, **more)


@pytest.mark.parametrize("template", PLAIN)
def test_no_word_about_nothing_is_forgotten(
    template: str, wordless_blank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a report says where there is nothing to show is said in its language."""
    language = speak_otherwise(monkeypatch)

    assert [] == forgotten(template, wordless_blank, language)


def parts_without_letters(language: str) -> Any:
    """Return an executed notebook with every part, nothing in Latin letters in it."""
    text = "Слово"
    frame = table().assign(touchpoint=[text, text])
    frame = frame.rename(columns={"is_open": "is_main"})
    words = Words(text, text, text, text)
    shown = (
        parts.band(text, facts={say("Owner"): text}, language=language),
        parts.section(text, text),
        parts.found([(text, text)]),
        parts.sentences([text], folded=[text], more=text),
        parts.evidence(assumed=1, observed=2, measured=3, without_data=[text]),
        parts.figure(Picture(words, Markup(WORDLESS), None, frame)),
        parts.ranked_table(frame, dict.fromkeys(frame.columns, text), title=text),
        parts.definitions({text: text}),
        parts.left_out([(text, text, 1234)]),
        parts.left_out([]),
        worksheet(text, text, example=text, lines=2),
        parts.credits([text]),
    )
    return executed(*shown)


def texts_of_book(raw: bytes) -> list[str]:
    """Return every text of a spreadsheet, names of sheets and properties among them."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    return [*texts, *book.sheetnames, book.properties.subject or ""]


def texts_of_slides(raw: bytes) -> list[str]:
    """Return every text of slides, and what pictures say to who does not see them."""
    texts = []
    for slide in pptx.Presentation(io.BytesIO(raw)).slides:
        for shape in slide.shapes:
            described = shape._element._nvXxPr.cNvPr  # python-pptx has no word for it
            texts.append(described.get("descr", ""))
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return texts


def texts_of_pdf(raw: bytes) -> list[str]:
    """Return the lines of a PDF."""
    return [line for page in pdf_texts(raw) for line in page.splitlines()]


@pytest.mark.parametrize(
    ("write", "texts_of"),
    [
        (spreadsheet, texts_of_book),
        (slides, texts_of_slides),
        (print_pdf, texts_of_pdf),
        (page_html, seen_in),
        (lambda book: markdown_page(book)[0], words_in_markdown),
    ],
    ids=["xlsx", "pptx", "pdf", "html", "md"],
)
def test_no_word_of_a_format_is_forgotten(
    write: Callable[[Any], Any],
    texts_of: Callable[[Any], Iterable[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a format adds of its own passes through the catalogue of the band."""
    language = speak_otherwise(monkeypatch)
    with speaking(language):
        book = parts_without_letters(language)
    texts = list(texts_of(write(book)))

    assert any("Слово" in text for text in texts)
    assert [] == left_in_english(texts, NAMES)


@pytest.mark.parametrize("name", [*CHART_OPTIONS, *WAY_OPTIONS])
def test_columns_behind_a_chart_have_words(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every column of a chart's twin is called something in each language."""
    options = {**CHART_OPTIONS, **WAY_OPTIONS}[name]
    chart = CHARTS[name]
    given = {key: options[key] for key in chart.data_parameters if key in options}
    columns = [one for one in chart.data(**given).columns if one.islower()]
    with speaking(speak_otherwise(monkeypatch)):
        words = [column_words(one) for one in columns if one != "said"]

    assert [] == left_in_english(words)


def test_no_word_of_the_list_of_reports_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page of a batch speaks as its reports do."""
    language = speak_otherwise(monkeypatch)
    states: dict[str, Any] = {
        "1": {"status": "made", "figures": (("1", "Слово"),)},
        "2": {"status": "kept"},
        "3": {"status": "failed", "message": "Слово", "cell": 2, "notebook": "1.ipynb"},
    }
    given = {"language": language}
    jobs = [Job(name, "", "Слово", "journey_report", given) for name in "1234"]
    done = {name: Outcome(name, "", **state) for name, state in states.items()}
    made = datetime(2026, 3, 2, tzinfo=UTC)
    texts: list[str] = []
    for some, found in ((jobs, done), (jobs[3:], {})):
        path = write_index(tmp_path, some, found, made)
        texts += seen_in(path.read_text(encoding="utf-8"))

    assert [] == left_in_english(texts, [*NAMES, "manifest.json", "UTC"])


@pytest.fixture(scope="module")
def for_translators(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Return the English that ``make languages`` finds in the code."""
    path = tmp_path_factory.mktemp("words") / "words.pot"
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8")
    (options,) = re.findall(r"pybabel --quiet extract (.*?) -o ", recipe, re.DOTALL)
    babel = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    given = shlex.split(options.replace("\\\n", " "))
    subprocess.run(
        [*babel, *given, "-o", str(path), "journeykit", "templates"],
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": ".ci"},
    )
    with path.open("rb") as file:
        found = [message.id for message in read_po(file)]
    return frozenset(one if isinstance(one, str) else one[0] for one in found)


def test_translators_are_given_every_word(
    for_translators: frozenset[str],
    wordless_airport: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a report says stands where the translators' tools find it."""
    language = speak_otherwise(monkeypatch)
    with speaking(language):
        page_html(parts_without_letters(language))
    executed_here("journey_report", wordless_airport, language=language)

    assert 300 < len(asked_for())
    assert [] == sorted(asked_for() - for_translators)
