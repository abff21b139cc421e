"""Bring a survey, step by step: nothing is kept before its meaning is declared."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import journeykit
from journeykit.errors import (
    FileProblemError,
    InputError,
    JourneyKitWarning,
    UnknownNameError,
)
from journeykit.model import Group, Question, Scale, SurveyMapping
from journeykit.report.part import Part
from journeykit.report.survey_page import SurveyPage
from journeykit.workshop import Workshop

FIVE = Scale(lowest=1, highest=5, not_answers={"6": "never used"})
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def workshop() -> Workshop:
    """Return a workshop with one touchpoint."""
    made = journeykit.new(None)
    made.add("touchpoint", id="desk", stage=made.entries("stage")[0].id, name="Desk")
    return made


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    """Return a file of thirty answers, two of them none."""
    rows = "".join(f"{n},{6 if n > 28 else n % 5 + 1}\n" for n in range(1, 31))
    path = tmp_path / "answers.csv"
    path.write_text(f"RESPNUM,Q1\n{rows}", encoding="utf-8")
    return path


def mapping_file(path: Path, touchpoint: str | None = "desk", **more: object) -> str:
    """Write what the columns mean, and return the file's path."""
    question = Question(
        column="Q1", asks="satisfaction", scale=FIVE, touchpoint=touchpoint
    )
    mapping = SurveyMapping(questions=(question,)).model_copy(update=more)
    target = path.with_name("mapping.json")
    target.write_text(mapping.model_dump_json(), encoding="utf-8")
    return str(target)


def text_of(part: Part) -> str:
    """Return what a reader sees of a part."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", str(part.__html__())))


def test_steps_end_with_scores_of_what_was_kept(
    workshop: Workshop, answers: Path
) -> None:
    """Recognised, checked, declared, taken over; then the workshop says the same."""
    page = SurveyPage(workshop, file=str(answers), mapping_file=mapping_file(answers))
    before = [page.recognised(), page.quality(), page.meaning()]
    assert () == workshop.entries("data_set")
    assert "30 answers are in the workshop, as answers.csv." in text_of(page.take())
    kept = SurveyPage(workshop)
    after = [kept.recognised(), kept.quality(), kept.meaning()]

    assert [text_of(one) for one in before] == [text_of(one) for one in after]
    assert "Read as utf-8, separated by comma, one heading row" in text_of(before[0])
    assert "28 of 30 answers count; left out: 2" in text_of(before[1])
    assert "28 of 30" not in text_of(before[0])
    assert "As the team declared it: 1 question" in text_of(before[2])
    assert "satisfaction (CSAT)" in text_of(before[2])
    assert {28} == {one.n for one in workshop.entries("measurement")}


def test_running_again_fills_the_same_data_set(
    workshop: Workshop, answers: Path
) -> None:
    """A notebook is run many times; its survey is not doubled."""
    for _ in range(2):
        page = SurveyPage(
            workshop, file=str(answers), mapping_file=mapping_file(answers)
        )
        page.take()
    number = workshop.store.number()
    again = SurveyPage(workshop)

    assert "up to date" in text_of(again.take())
    assert number == workshop.store.number()
    assert 1 == len(workshop.entries("data_set"))


def test_corrected_meaning_is_what_the_page_says(
    workshop: Workshop, answers: Path
) -> None:
    """A code declared later counts as no answer, in the report of quality too."""
    whole = Scale(lowest=1, highest=7)
    question = Question(column="Q1", asks="satisfaction", scale=whole)
    first = SurveyMapping(questions=(question,))
    workshop.import_survey(answers, data_set="ds", mapping=first)
    assert "30 of 30 answers count" in text_of(SurveyPage(workshop).quality())
    declared = question.model_copy(update={"scale": FIVE})
    second = first.model_copy(update={"questions": (declared,)})
    workshop.import_survey(answers, data_set="ds", mapping=second)

    assert "28 of 30 answers count" in text_of(SurveyPage(workshop).quality())


def test_proposal_is_written_for_the_team_and_never_taken(
    workshop: Workshop, answers: Path
) -> None:
    """What the team wrote into it stays when the notebook is run again."""
    before = workshop.document()
    answers.write_text("RESPNUM,NETPRO\n1,9\n2,11\n3,10\n", encoding="utf-8")
    page = SurveyPage(workshop, file=str(answers))
    proposed = answers.with_name("answers.csv.mapping.json")

    assert "A proposal: check it: 1 question" in text_of(page.meaning())
    assert f"The proposal is in {proposed}" in text_of(page.take())
    assert page.mapping == SurveyMapping.model_validate_json(proposed.read_bytes())
    assert before == workshop.document()
    proposed.write_text("changed by hand", encoding="utf-8")
    SurveyPage(workshop, file=str(answers)).take()
    assert "changed by hand" == proposed.read_text(encoding="utf-8")


def test_workshop_without_a_survey_says_what_to_do(workshop: Workshop) -> None:
    """The notebook runs to its end on an empty workshop."""
    page = SurveyPage(workshop)
    said = [
        text_of(one())
        for one in (page.recognised, page.quality, page.meaning, page.take)
    ]

    assert "Put the path of your file of answers into survey_file" in said[0]
    assert "There are no answers to look at yet." in said[1]
    assert "There are no columns yet." in said[2]
    assert "There is no survey yet." in said[3]


def test_table_without_rated_questions_has_no_meaning(
    workshop: Workshop, tmp_path: Path
) -> None:
    """Names and towns are no ratings."""
    path = tmp_path / "towns.csv"
    path.write_text("Nr,Town\n1,Rome\n2,Bonn\n", encoding="utf-8")

    page = SurveyPage(workshop, file=str(path))

    assert "No column looks like a rated question." in text_of(page.meaning())


@pytest.mark.parametrize(
    ("more", "error", "match"),
    [
        ({"touchpoint": "dsek"}, UnknownNameError, "Did you mean 'desk'"),
        (
            {"groups": (Group.model_construct(subject="desk", conditions=()),)},
            InputError,
            "conditions",
        ),
    ],
)
def test_mapping_of_what_is_not_there_is_refused_at_once(
    workshop: Workshop,
    answers: Path,
    more: dict[str, object],
    error: type[Exception],
    match: str,
) -> None:
    """An unknown touchpoint is never shown as the whole journey."""
    path = mapping_file(answers, **more)  # type: ignore[arg-type]
    with pytest.raises(error, match=match):
        SurveyPage(workshop, file=str(answers), mapping_file=path)


def test_group_of_an_unknown_persona_is_refused(
    workshop: Workshop, answers: Path
) -> None:
    """A touchpoint is no persona."""
    group = Group.model_validate(
        {"subject": "desk", "conditions": [{"column": "Q1", "values": ["1"]}]}
    )
    path = mapping_file(answers, groups=(group,))
    with pytest.raises(UnknownNameError, match="no persona or segment 'desk'"):
        SurveyPage(workshop, file=str(answers), mapping_file=path)


def test_missing_file_is_named(workshop: Workshop, tmp_path: Path) -> None:
    """The message names the path, whatever the folder."""
    with pytest.raises(FileProblemError, match=r"none\.csv"):
        SurveyPage(workshop, file=str(tmp_path / "none.csv"))


def test_encoding_is_said_and_can_be_overridden(
    workshop: Workshop, tmp_path: Path
) -> None:
    """A guess is called one; the team's word is used for the import too."""
    path = tmp_path / "orte.csv"
    path.write_bytes("Nr;Ort;Q1\n1;Zürich;5\n2;Köln;4\n".encode("cp1252"))
    with pytest.warns(JourneyKitWarning, match="was read as cp1252: a guess"):
        guessed = SurveyPage(workshop, file=str(path)).recognised()
    told = SurveyPage(
        workshop,
        file=str(path),
        mapping_file=mapping_file(path),
        encoding="cp1252",
    )
    told.take()

    assert "guess" in text_of(guessed)
    assert "guess" not in text_of(told.recognised())
    assert ["Zürich", "Köln"] == list(workshop.survey()["Ort"])


def test_hostile_names_are_shown_as_text(workshop: Workshop, tmp_path: Path) -> None:
    """Headings, codes and questions of a stranger's file are text, cleaned and said."""
    path = tmp_path / "answers.csv"
    rows = "".join(f'{n},{n % 5 + 1},"a\x0b"\n' for n in range(30))
    path.write_text(f"Nr,{HOSTILE},note\n{rows}", encoding="utf-8")
    scale = FIVE.model_copy(update={"not_answers": {"1": HOSTILE}})
    question = Question(
        column=HOSTILE, asks="satisfaction", scale=scale, wording=HOSTILE
    )
    declared = mapping_file(path, questions=(question,))
    page = SurveyPage(workshop, file=str(path), mapping_file=declared)
    shown = [page.recognised(), page.quality(), page.meaning(), page.take()]
    html = "".join(str(one.__html__()) for one in shown)

    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Removed from the texts: 30 control signs." in html


def test_many_questions_are_folded_and_general_words_stay(
    made_airport: Path, tmp_path: Path
) -> None:
    """Twenty-one counts are one click away; what concerns the whole table is not."""
    copy = Path(shutil.copyfile(made_airport, tmp_path / "airport.journey"))
    with journeykit.open(copy, is_read_only=True) as work:
        shown = str(SurveyPage(work).quality().__html__())
    open_part, _, folded = shown.partition("<details")

    assert "The table has 2,831 rows and 97 columns." in open_part
    assert "answers count" not in open_part
    assert "Question by question: 21 of them" in folded
    assert "NETPRO: 2,746 of 2,831 answers count" in folded
