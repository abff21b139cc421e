"""The journey report: its numbers, its texts, what it says when there is nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output
from outside_addresses import outside_addresses

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.model.base import text_fields
from journeykit.model.edits import change, new_edit_id
from journeykit.model.survey import Question, Scale, SurveyMapping
from journeykit.report.catalogue import report_on, template_named
from journeykit.report.journey_report import JourneyReport
from journeykit.report.page import page_html
from journeykit.workshop import Workshop

POLICY = re.compile(r'<head>\s*<meta http-equiv="Content-Security-Policy"')
HOSTILE = '<script>alert(1)</script><img src=//x.example onerror="a()">&amp;{{7*7}}\'"'


def page_of(path: Path, **parameters: str) -> str:
    """Return the page that the template gives, its cells run in this process."""
    book = nbformat.read(template_named("journey_report"), as_version=4)
    space: dict[str, Any] = {}
    cells = []
    for cell in book.cells:
        body = ast.parse(cell.source).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), "cell", "exec"), space)  # our own template
        space |= (
            {"workshop": str(path), **parameters}
            if "parameters" in str(cell.metadata)
            else {}
        )
        if last is not None:
            part = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
            output = new_output("execute_result", part._repr_mimebundle_())
            cells.append(new_code_cell("", outputs=[output]))
    space["report"].workshop.close()
    return page_html(new_notebook(cells=cells))


def text_of(html: str) -> str:
    """Return what a reader sees of a page, pictures' words among it."""
    seen: list[str] = []

    class Reader(HTMLParser):
        is_hidden = False

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.is_hidden = tag in ("style", "script", "title")

        def handle_endtag(self, tag: str) -> None:
            self.is_hidden = False

        def handle_data(self, data: str) -> None:
            if not self.is_hidden:
                seen.append(data)

    Reader().feed(html)
    return re.sub(r"\s+", " ", " ".join(seen))


def opened_tags(html: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each element of a page with the names of its attributes."""
    found: list[tuple[str, list[str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
            found.append((tag, [name for name, _ in attrs]))

    Reader().feed(html)
    yield from found


@pytest.fixture(scope="module")
def airport_page(made_airport: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the airport's report, written with a real kernel into an empty folder."""
    out = tmp_path_factory.mktemp("reports") / "new" / "folder"
    (page,) = report_on(str(made_airport), "journey_report", {}, out)
    return page


# --- the airport ----------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_report_is_one_file_named_after_workshop_and_template(
    airport_page: Path,
) -> None:
    """It can be sent as it is."""
    assert ["airport-journey_report.html"] == [
        path.name for path in airport_page.parent.iterdir()
    ]


def test_published_score_is_in_the_page(airport_page: Path) -> None:
    """NPS with its interval, n, and the codes that were left out with their counts."""
    text = text_of(airport_page.read_text(encoding="utf-8"))

    assert "39.8 (37.2 to 42.4), n 2,746" in text
    for row in [
        "The whole journey (NETPRO) 84 “11 no answer”, 1 “empty” 85",
        "The whole journey (Q7ALL) 143 “Blank blank” 143",
    ]:
        assert row in text


def test_page_needs_no_network_and_runs_no_script(airport_page: Path) -> None:
    """Policy first, nothing from outside, no script, no event."""
    html = airport_page.read_text(encoding="utf-8")

    assert POLICY.search(html)
    assert [] == outside_addresses(html)
    tags = list(opened_tags(html))
    assert "script" not in {tag for tag, _ in tags}
    assert [] == [name for _, names in tags for name in names if name[:2] == "on"]


def test_page_run_by_a_kernel_is_the_page_of_its_parts(
    airport_page: Path, made_airport: Path
) -> None:
    """The other tests may therefore do without a kernel."""
    ids = re.compile(r'\b(id|aria-labelledby|href)="[^"]*"')
    html = airport_page.read_text(encoding="utf-8")

    assert ids.sub("", html) == ids.sub("", page_of(made_airport))


def test_persona_sees_their_own_numbers(made_airport: Path) -> None:
    """The score, the name and the map are those of the persona."""
    text = text_of(page_of(made_airport, persona="persona-business"))

    assert "Seen by The business traveller" in text
    assert "n 763" in text
    assert "n 2,746" not in text


def test_segment_may_be_looked_at_like_a_persona(made_airport: Path) -> None:
    """Whoever has a rule has numbers."""
    text = text_of(page_of(made_airport, persona="segment-work"))

    assert "n 763" in text


def test_unknown_persona_and_language_are_refused(made_airport: Path) -> None:
    """The nearest is offered; a touchpoint is no persona."""
    with journeykit.open(made_airport, is_read_only=True) as workshop:
        with pytest.raises(UnknownNameError, match="Did you mean 'persona-business'"):
            JourneyReport(workshop, persona="persona-busines")
        with pytest.raises(UnknownNameError, match="no persona 'case'"):
            JourneyReport(workshop, persona="case")
        with pytest.raises(UnknownNameError, match="no language 'pt'"):
            JourneyReport(workshop, language="pt")
        assert "en" == JourneyReport(workshop, language="en").language


# --- hostile texts --------------------------------------------------------------------


def fill_with(workshop: Workshop, text: str) -> int:
    """Put *text*, with the field's name, in each text field of each entry."""
    document, group = workshop.document(), new_edit_id()
    edits = []
    for entry in document:
        fields: dict[str, Any] = {}
        for name in text_fields(type(entry)) - {"extensions"}:
            value = f"{text} {entry.kind}.{name}"
            is_list = isinstance(getattr(entry, name), tuple)
            fields[name] = (value,) if is_list else value
        if fields:
            edits.append(change(document, entry.id, fields, group=group))
    workshop.store.write(edits)
    return len(edits)


@pytest.fixture
def hostile_file(airport_file: Path) -> Path:
    """Return the airport with a script in every text that people may write."""
    with journeykit.open(airport_file) as workshop:
        assert 400 < fill_with(workshop, HOSTILE)
    return airport_file


@pytest.mark.parametrize("persona", ["", "persona-business"])
def test_hostile_text_comes_out_as_visible_text(
    hostile_file: Path, persona: str
) -> None:
    """Whatever people wrote is shown as they wrote it, and is nothing but text."""
    html = page_of(hostile_file, persona=persona)
    text, tags = text_of(html), list(opened_tags(html))

    assert [] == outside_addresses(html)
    assert "script" not in {tag for tag, _ in tags}
    assert [] == [name for _, names in tags for name in names if name[:2] == "on"]
    assert 1 == html.count("</style>")
    for field in [
        "case.title",
        "case.context",
        "case.constraints",
        "pain_point.text",
        "opportunity.text",
        "action.text",
        "action.expected_effect",
        "data_set.attribution",
        "data_set.title",
        "stakeholder.name",
        *(["persona.name"] if persona else []),
    ]:
        assert f"{HOSTILE} {field}" in text


def test_long_words_do_not_stop_a_report(airport_file: Path) -> None:
    """One endless word, signs of other scripts and line ends are shown, not refused."""
    with journeykit.open(airport_file) as workshop:
        fill_with(workshop, "W" * 200 + " \N{GRINNING FACE} \u202e\u5bfe\u5fdc")
    html = page_of(airport_file)

    assert [] == outside_addresses(html)


# --- little or nothing ----------------------------------------------------------------


def test_empty_workshop_gives_a_report_that_says_what_is_missing(
    tmp_path: Path,
) -> None:
    """Nothing is drawn as zero, nothing fails."""
    path = tmp_path / "blank.journey"
    journeykit.new(path, title="Trip").close()
    text = text_of(page_of(path))

    for sentence in [
        "Nothing was measured yet: the map is what the team thinks.",
        "No context was recorded yet: step 1",
        "Whether they would recommend it was not measured: bring a survey in step 5",
        "How satisfied they are was not measured: bring a survey in step 5",
        "No touchpoint yet in Becoming aware, Weighing it up, Buying and Using it and",
        "No touchpoint has both an emotion of the team and a measured one: step 6",
        "No pain point was recorded yet: that is step 7, pain points.",
        "No opportunity was recorded yet: that is step 9, opportunities.",
        "No action was agreed yet: that is step 12, the action plan.",
        "Nothing was left out.",
    ]:
        assert sentence in text
    assert "NaN" not in text
    assert "None" not in text


def test_workshop_without_stages_still_has_a_report(tmp_path: Path) -> None:
    """Before the first stage there is a case header, and that is a page."""
    path = tmp_path / "bare.journey"
    with journeykit.new(path, title="Bare") as workshop:
        for kind in ("stage", "journey"):
            for entry in workshop.entries(kind):
                workshop.remove(entry)

    assert "Bare" in text_of(page_of(path))


def test_opinions_alone_are_called_opinions(tmp_path: Path) -> None:
    """An emotion of the team is drawn, and stands as assumed."""
    path = tmp_path / "felt.journey"
    with journeykit.new(path, title="Felt") as workshop:
        stage = workshop.entries("stage")[0].id
        workshop.add("touchpoint", stage=stage, name="Search the site", emotion=-2)
    text = text_of(page_of(path))

    assert "Search the site" in text
    assert "1 of 1" in text
    assert "How satisfied they are was not measured: " in text


def test_a_heading_stands_over_what_it_names(tmp_path: Path) -> None:
    """Where there is nothing to show, no heading follows upon a heading."""
    path = tmp_path / "blank.journey"
    journeykit.new(path, title="Trip").close()
    html = page_of(path)

    assert [] == re.findall(r"</h2>\s*<h2>[^<]*", html)


def test_satisfaction_with_the_whole_journey_is_not_lost(tmp_path: Path) -> None:
    """Questions that rate no touchpoint are shown where no touchpoint was rated."""
    path = tmp_path / "overall.journey"
    scale = Scale(lowest=1, highest=10)
    asked = {"Q1": "Our service", "Q2": ""}
    mapping = SurveyMapping(
        questions=tuple(
            Question(column=column, asks="satisfaction", scale=scale, wording=wording)
            for column, wording in asked.items()
        )
    )
    with journeykit.new(path, title="Overall") as workshop:
        survey = ("Q1,Q2\n" + "10,8\n9,9\n5,3\n8,10\n" * 10).encode()
        workshop.import_survey(survey, data_set="ds", mapping=mapping)
        workshop.measure("ds")
    text = text_of(page_of(path))

    assert "How satisfied they are was not measured: " not in text
    assert "Our service" in text
    assert "Q2" in text
    assert "Share of the two best answers" in text


def test_few_answers_give_no_number(tmp_path: Path) -> None:
    """Below the smallest group no score is shown, only that it is too few."""
    path = tmp_path / "few.journey"
    with journeykit.new(path, title="Few") as workshop:
        survey = b"RESPNUM,NETPRO\n1,9\n2,11\n3,10\n"
        mapping = workshop.import_survey(survey, data_set="ds").proposal()
        workshop.import_survey(survey, data_set="ds", mapping=mapping)
        workshop.measure("ds")
    text = text_of(page_of(path))

    assert "Whether they would recommend it was not measured: " in text
    assert "100.00" not in text
