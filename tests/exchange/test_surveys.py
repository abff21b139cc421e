"""A survey from file to table, with its mapping and its report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.exchange.surveys import read_mapping, read_survey
from journeykit.model.survey import Question, Scale, SurveyMapping

DATA = Path(__file__).parents[1] / "data"
NPS = Question(
    column="NETPRO",
    asks="recommend",
    scale=Scale(lowest=0, highest=10, not_answers={"11": "no answer"}),
)


def test_the_airport_survey_comes_with_its_report() -> None:
    """The mapping declares the codes, and what is left out is said."""
    whole = Question(
        column="Q7ALL",
        asks="satisfaction",
        scale=Scale(lowest=1, highest=5, not_answers={"Blank": "blank"}),
    )
    mapping = SurveyMapping(
        questions=(NPS, whole), weight="WEIGHT", respondent="RESPNUM"
    )

    survey = read_survey(DATA / "sfo_2017_survey.csv.gz", mapping)

    assert (
        "Read as utf-8, separated by comma, one heading row: 97 columns, 2,831 rows.",
        "The table has 2,831 rows and 97 columns.",
        "3 columns are empty: Q9COM3, Q12COM3, Hi.",
        "NETPRO: 2,746 of 2,831 answers count; left out: 84 “11” (no answer), 1 empty.",
        "Q7ALL: 2,688 of 2,831 answers count; left out: 143 “Blank” (blank).",
    ) == survey.notes
    assert survey.mapping is mapping
    assert survey.quality.is_usable


def test_a_forgotten_code_is_pointed_out() -> None:
    """NETPRO 11 is no promoter; without its declaration the report asks."""
    scale = Scale(lowest=0, highest=10)
    forgotten = NPS.model_copy(update={"scale": scale})

    survey = read_survey(
        DATA / "sfo_2017_survey.csv.gz", SurveyMapping(questions=(forgotten,))
    )

    assert (
        "NETPRO: outside the scale stand 11 84: if these are codes that are no "
        "answers, declare them."
    ) == survey.notes[-1]


def test_without_a_mapping_nothing_is_assumed() -> None:
    """The proposal is there to be asked for, and is not applied."""
    survey = read_survey(b"RESPNUM,NETPRO\n1,9\n2,11\n3,10\n")

    assert SurveyMapping() == survey.mapping
    assert () == survey.quality.columns
    assert ["NETPRO"] == [q.column for q in survey.proposal().questions]


def test_every_decision_of_the_reader_can_be_overridden() -> None:
    """The overrides reach the table."""
    data = "Umfrage\nNr:Ort\nn:o\n1:Zürich\n2:ann@example.org\n".encode("cp1252")

    survey = read_survey(
        data,
        encoding="cp1252",
        delimiter=":",
        header_rows=2,
        skip_rows=1,
        keep_personal=True,
    )

    assert {"Nr": ["1", "2"], "Ort": ["Zürich", "ann@example.org"]} == (
        survey.frame.to_dict("list")
    )
    assert {"Nr": "n", "Ort": "o"} == survey.labels


def test_a_mapping_on_a_column_about_a_person_says_why_it_is_missing() -> None:
    """It was there, but was left out on purpose."""
    data = b"Email Address,NETPRO\na@example.org,9\nb@example.org,10\n"
    mapping = SurveyMapping(questions=(NPS,), respondent="Email Address")

    with pytest.raises(InputError, match="keep_personal=True"):
        read_survey(data, mapping)
    with pytest.raises(UnknownNameError, match="no column 'WEIGHT'"):
        read_survey(data, SurveyMapping(weight="WEIGHT"))

    kept = read_survey(data, mapping, keep_personal=True)
    assert 2 == kept.quality.columns[0].n_answers


def test_a_mapping_comes_from_its_json_file(tmp_path: Path) -> None:
    """What a mapping writes it reads, with a byte-order mark or without."""
    mapping = SurveyMapping(questions=(NPS,), weight="WEIGHT", comments=("Q8",))
    path = tmp_path / "mapping.json"

    for mark in ("", "\ufeff"):
        path.write_text(mark + mapping.model_dump_json(), "utf-8")
        assert mapping == read_mapping(path)
        assert mapping == read_mapping(str(path))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "the file is no JSON (EOF while parsing an object at line 1 column 1)"),
        ("", "the file is no JSON (EOF while parsing a value"),
        ("[]", "input should be an object, found []"),
        ('{"wieght": "W"}', "there is no field 'wieght', did you mean 'weight'"),
        ('{"zzzz": 1}', "zzzz: there is no field 'zzzz'"),
        (
            '{"questions": [{"column": "Q1", "asks": "joy", "scale": {"lowest": 1}}]}',
            "questions[0].asks: input should be 'satisfaction', 'recommend' or 'effort'"
            ', found "joy"; questions[0].scale.highest: field required',
        ),
        (
            '{"questions": [{"column": "Q1", "asks": "recommend", '
            '"scale": {"lowest": NaN, "highest": 10}}]}',
            "questions[0].scale.lowest: input should be a finite number",
        ),
        ('{"weight": 5, ' + '"x": ' * 300 + "1", "the file is no JSON"),
        (json.dumps({f"z{n}": n for n in range(9)}), "and 4 more"),
        ("[" * 5_000, "the file is no JSON"),
    ],
)
def test_a_faulty_mapping_names_file_field_and_what_was_expected(
    tmp_path: Path, text: str, said: str
) -> None:
    """One message with up to five fields, each with its place."""
    path = tmp_path / "mapping.json"
    path.write_text(text, "utf-8")

    with pytest.raises(InputError) as caught:
        read_mapping(path)

    assert said in str(caught.value)
    assert str(caught.value).startswith("mapping.json: ")


def test_a_mapping_that_is_no_file_or_too_large_is_refused(tmp_path: Path) -> None:
    """A mapping is small, and a file."""
    large = tmp_path / "large.json"
    large.write_bytes(b" " * 1_000_001)

    with pytest.raises(InputError, match="at most 1,000,000 bytes"):
        read_mapping(large)
    with pytest.raises(FileProblemError, match="No such file"):
        read_mapping(tmp_path / "none.json")
    with pytest.raises(FileProblemError):
        read_mapping("map\x00ping.json")
