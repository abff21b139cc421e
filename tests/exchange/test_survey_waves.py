"""Several waves of one survey through one mapping file."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pydantic import ValidationError

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.surveys import Survey, read_survey
from journeykit.exchange.tables import write_csv
from journeykit.measure.scores import score_table
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping

FIVE = Scale(lowest=1, highest=5, not_answers={"6": "never used", "0": "blank"})
TEN = Scale(lowest=1, highest=10)


def asked(column: str, scale: Scale = FIVE, wording: str = "") -> Question:
    """Return a question on satisfaction."""
    return Question(column=column, asks="satisfaction", scale=scale, wording=wording)


DESK, SIGNS = asked("Q7DESK"), asked("Q7SIGN", wording="Signs and directions")


def read(columns: dict[str, list[object]], mapping: SurveyMapping) -> Survey:
    """Return what is read of a wave with these columns."""
    return read_survey(write_csv(pd.DataFrame(columns)), mapping)


def test_a_wave_with_other_names_is_read_under_the_mappings_names() -> None:
    """Declared names, and names that differ in signs only; both are said."""
    mapping = SurveyMapping(
        questions=(DESK, SIGNS),
        weight="WEIGHT",
        renamed={"Q7DESK": ("Q8_1", "desk"), "WEIGHT": ("wt",)},
    )

    survey = read({"Q8_1": [5, 4], "q7_sign": [3, 6], "wt": [1, 2]}, mapping)

    assert ["Q7DESK", "Q7SIGN", "WEIGHT"] == list(survey.frame)
    assert list(survey.frame) == list(survey.labels)
    assert (
        "Q8_1 was read as Q7DESK, as the mapping says.",
        "q7_sign was read as Q7SIGN: the same but for its signs.",
        "wt was read as WEIGHT, as the mapping says.",
    ) == survey.reading.notes[1:]
    assert mapping is survey.mapping
    assert [2, 1] == [column.n_answers for column in survey.quality.columns[:2]]


def test_a_question_that_a_wave_did_not_ask_is_not_measured() -> None:
    """It is said, is no error, and above all is not 0."""
    mapping = SurveyMapping(questions=(DESK, SIGNS))

    survey = read({"Q7DESK": [5, 5, 4, 4, 3], "AGE": [1, 2, 3, 4, 5]}, mapping)
    scores = score_table(survey.frame, survey.mapping)

    assert "Q7SIGN is not in this wave: not measured." in survey.notes
    assert ["Q7DESK", "AGE", "Q7SIGN"] == list(survey.frame)
    missing = scores[scores["column"] == "Q7SIGN"]
    assert [True, True] == missing["value"].isna().tolist()
    assert [0, 0] == missing["n"].tolist()
    assert {"not measured"} == set(missing["reliability"])


def test_a_heading_that_may_be_the_missing_question_is_named() -> None:
    """By its wording, else by its name; people decide."""
    mapping = SurveyMapping(questions=(DESK, SIGNS, asked("NETPRO")))
    data = b"Q7DESK,QID9,NETPOR\nDesk,Signs and directions,Would you?\n5,4,9\n"

    survey = read_survey(data, mapping, header_rows=2)

    assert (
        "Q7SIGN is not in this wave: not measured. If it is 'QID9', say so in renamed.",
        "NETPRO is not in this wave: not measured. If it is 'NETPOR', say so in "
        "renamed.",
    ) == survey.reading.notes[1:]


def test_a_wave_without_any_question_of_the_mapping_is_the_wrong_file() -> None:
    """Then the mapping, not the wave, is at fault."""
    mapping = SurveyMapping(questions=(DESK, SIGNS))

    with pytest.raises(UnknownNameError, match="no column 'Q7DESK'"):
        read({"AGE": [1, 2]}, mapping)


def test_weights_comments_and_respondents_may_be_missing_in_a_wave() -> None:
    """Each is said in its own words; without weights every answer counts the same."""
    mapping = SurveyMapping(
        questions=(DESK,), weight="WEIGHT", respondent="ID", comments=("Q8",)
    )

    survey = read({"Q7DESK": [5, 4], "AGE": [1, 2]}, mapping)

    assert (
        "WEIGHT is not in this wave: every answer counts the same.",
        "ID is not in this wave: duplicates cannot be found.",
        "Q8 is not in this wave: no comments.",
    ) == survey.reading.notes[1:]
    assert survey.mapping.weight is None
    assert ["Q7DESK", "AGE", "ID", "Q8"] == list(survey.frame)


def test_a_persona_whose_rule_needs_a_missing_question_is_not_measured() -> None:
    """Nobody belongs to it; a rule on empty cells would take everybody, so it stops."""
    rule = Group(subject="p-1", conditions=(Condition(column="AGE", values=("3",)),))
    blank = Group(subject="p-2", conditions=(Condition(column="AGE", values=("",)),))

    survey = read({"Q7DESK": [5] * 9}, SurveyMapping(questions=(DESK,), groups=(rule,)))
    scores = score_table(survey.frame, survey.mapping)

    assert "AGE is not in this wave: the rule that needs it holds for nobody." in (
        survey.notes
    )
    assert {0} == set(scores[scores["group"] == "p-1"]["n"])
    with pytest.raises(UnknownNameError, match="mapping, rule of p-2"):
        read({"Q7DESK": [5] * 9}, SurveyMapping(questions=(DESK,), groups=(blank,)))


def test_two_columns_that_are_declared_the_same_are_refused() -> None:
    """Which of them counts is nothing to guess; the mapping's own name comes first."""
    mapping = SurveyMapping(questions=(DESK,), renamed={"Q7DESK": ("A", "B")})

    with pytest.raises(InputError, match="'A' and 'B', and both are there"):
        read({"A": [5], "B": [4]}, mapping)
    own = read({"A": [5], "Q7DESK": [4]}, mapping)
    assert ["4"] == own.frame["Q7DESK"].tolist()
    # Signs alone do not decide between two.
    both = SurveyMapping(questions=(DESK, SIGNS))
    unsure = read({"Q7 desk": [5], "q7_desk": [4], "Q7SIGN": [3]}, both)
    assert unsure.frame["Q7DESK"].isna().all()


def test_a_wave_on_a_declared_other_scale_is_read_on_it() -> None:
    """The wave keeps its own scale, and it is said that the two do not compare."""
    mapping = SurveyMapping(questions=(DESK,), other_scales={"Q7DESK": (TEN,)})

    survey = read({"Q7DESK": [10, 9, 8, 7, 2, 1]}, mapping)
    again = read({"Q7DESK": [5, 4, 6, 0] * 15}, survey.mapping)

    assert TEN == survey.mapping.questions[0].scale
    assert {"Q7DESK": (FIVE,)} == survey.mapping.other_scales
    assert (
        "Q7DESK was asked on 1 to 10 in this wave, elsewhere on 1 to 5: the two are "
        "not comparable as they stand."
    ) in survey.notes
    assert 6 == survey.quality.columns[0].n_answers
    assert FIVE == again.mapping.questions[0].scale


def test_a_wave_that_stops_short_of_its_scale_may_be_on_the_shorter_one() -> None:
    """Thirty answers of 5 or less were hardly given on 1 to 10; three may well be."""
    mapping = SurveyMapping(questions=(asked("Q1", TEN),), other_scales={"Q1": (FIVE,)})

    many = read({"Q1": [1, 2, 3, 4, 5] * 6}, mapping)
    few = read({"Q1": [1, 4, 5]}, mapping)

    assert FIVE == many.mapping.questions[0].scale
    assert TEN == few.mapping.questions[0].scale


def test_a_scale_that_nobody_declared_is_refused() -> None:
    """Else only the answers inside would count: wrong, and it looks right."""
    mapping = SurveyMapping(questions=(DESK,))

    with pytest.raises(InputError) as caught:
        read({"Q7DESK": [10, 9, 8, 7, 5, 4, 3]}, mapping)

    assert (
        "the file: answers on another scale than the declared one: Q7DESK: declared 1 "
        "to 5, but the answers run from 3 to 10 and 4 of 7 lie outside: was it asked "
        "on 0 to 10. Declare the scale of this wave in other_scales, or codes in "
        "not_answers."
    ) == str(caught.value)


def test_the_table_that_was_read_is_not_changed() -> None:
    """The same file may be read with several mappings."""
    data = write_csv(
        pd.DataFrame({"Q8_1": ["5"], "Q8": ["mail ann@example.org now ok"]})
    )
    mapping = SurveyMapping(questions=(DESK,), renamed={"Q7DESK": ("Q8_1",)})
    before = read_survey(data).frame

    read_survey(data, mapping)

    assert_frame_equal(before, read_survey(data).frame)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"renamed": {"Q9": ("A",)}}, "columns that are not mapped: Q9"),
        ({"other_scales": {"Q9": (TEN,)}}, "columns that are not mapped: Q9"),
        ({"renamed": {"Q7DESK": ("W",)}, "weight": "W"}, "stand for two columns: W"),
        (
            {"renamed": {"Q7DESK": ("A",), "W": ("A",)}, "weight": "W"},
            "stand for two columns: A",
        ),
    ],
)
def test_names_of_other_waves_belong_to_one_mapped_column(
    fields: dict[str, object], said: str
) -> None:
    """A slip in the mapping is found in the mapping, not in the scores."""
    with pytest.raises(ValidationError, match=said):
        SurveyMapping.model_validate({"questions": (DESK,), **fields})


def test_free_text_is_masked_on_import_and_counted() -> None:
    """In the columns of comments, and in others where people wrote sentences."""
    mapping = SurveyMapping(questions=(DESK,), comments=("Q8",))
    columns: dict[str, list[object]] = {
        "Q7DESK": [5, 4],
        "Q8": ["ask ann@example.org", "ok"],
        "Q9": ["please call me at 415-555-2671", "all was well here"],
        "order": ["4155552671", "415-555-2671"],
    }

    survey = read(columns, mapping)

    assert ["ask [e-mail]", "ok"] == survey.frame["Q8"].tolist()
    assert "please call me at [phone]" == survey.frame["Q9"][0]
    assert ["4155552671", "415-555-2671"] == survey.frame["order"].tolist()
    assert {"Q8": {"e-mail": 1}, "Q9": {"phone": 1}} == survey.masked
    assert "Q8: masked 1 e-mail address." in survey.reading.notes
    assert "Q9: masked 1 telephone number." in survey.reading.notes


def test_columns_about_a_person_that_were_asked_for_are_not_masked() -> None:
    """Whoever keeps them means to."""
    data = b"Email,Q7DESK\na@example.org,5\nb@example.org,4\n"

    survey = read_survey(data, SurveyMapping(questions=(DESK,)), keep_personal=True)

    assert ["a@example.org", "b@example.org"] == survey.frame["Email"].tolist()
    assert {} == survey.masked
