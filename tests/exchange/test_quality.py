"""What is missing, repeated or off its scale is counted and said."""

from __future__ import annotations

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from journeykit.errors import UnknownNameError
from journeykit.exchange.quality import Quality, check_survey
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping


def asked(
    column: str,
    lowest: float = 1,
    highest: float = 5,
    asks: str = "satisfaction",
    **codes: str,
) -> Question:
    """Return a question on a scale."""
    scale = Scale(lowest=lowest, highest=highest, not_answers=codes)
    return Question.model_validate({"column": column, "asks": asks, "scale": scale})


def mapping(*questions: Question, **others: object) -> SurveyMapping:
    """Return a mapping of these questions."""
    return SurveyMapping.model_validate({"questions": questions, **others})


def test_every_cell_stands_under_one_heading() -> None:
    """Answers, empty cells, codes, numbers off the scale, words: nothing else."""
    frame = pd.DataFrame({"Q1": ["5", "1.0", "", " ", "6", "06", "7", "Blank", "n/a"]})
    question = asked("Q1", **{"6": "never used", "blank": "blank"})

    column = check_survey(frame, mapping(question)).columns[0]

    assert (2, 2, 3, 1, 1) == (
        column.n_answers,
        column.n_missing,
        column.n_not_answers,
        column.n_out_of_range,
        column.n_not_numbers,
    )
    assert {"6": 2, "blank": 1} == column.not_answers
    assert {"7": 1} == column.out_of_range
    assert {"n/a": 1} == column.not_numbers
    assert (1.0, 7.0) == (column.lowest, column.highest)


def test_numbers_and_missing_values_are_judged_like_texts() -> None:
    """A frame that was typed by somebody else gives the same report."""
    frame = pd.DataFrame({"Q1": [5.0, None, 6.0, 1.0], "id": [1, 2, 2, None]})
    question = asked("Q1", **{"6": "never used"})

    quality = check_survey(frame, mapping(question, respondent="id"))

    assert {"Q1": 1, "id": 1} == quality.missing
    assert {"6": 1} == quality.columns[0].not_answers
    assert (1, ("2.0",)) == (
        quality.n_duplicate_respondents,
        quality.duplicate_respondents,
    )


def test_the_sentences_say_it_in_plain_words() -> None:
    """Each fault is one sentence with its count and what to do."""
    frame = pd.DataFrame(
        {
            "id": ["a", "b", "b", "", ""],
            "Q1": ["5", "4", "4", "6", "oops"],
            "w": ["1", "1", "1", "-2", "x"],
            "note": ["", "fine", "fine", "", ""],
            "hollow": ["", "", "", "", ""],
        }
    )
    whole = mapping(
        asked("Q1", **{"4": ""}), weight="w", respondent="id", comments=["note"]
    )

    quality = check_survey(frame, whole)

    assert (
        "The table has 5 rows and 5 columns.",
        "1 row is in every column like one above: imported twice?",
        "1 row belongs to a respondent who answered above (b).",
        "1 column is empty: hollow.",
        "Q1: 1 of 5 answers counts; left out: 2 “4”, 1 outside the scale.",
        "Q1: outside the scale stand 6 1: if these are codes that are no answers, "
        "declare them.",
        "Q1: 1 answer is no number (oops 1): say in the scale's answers which number "
        "it stands for, or in not_answers that it is none, or correct it, else no "
        "score can be computed.",
        "w: weights below 0 stand there (-2 1).",
        "w: 1 weight is no number (x 1): correct it, else no score can be computed.",
        "id: 2 of 5 cells are empty.",
    ) == quality.sentences()
    assert not quality.is_usable


def test_many_faults_are_counted_in_the_plural_and_shortened() -> None:
    """Five are shown, all are counted."""
    frame = pd.DataFrame({"Q1": ["5", *"abcdefg", "x" * 90], "w": [*"1234567", "", ""]})
    frame = pd.concat([frame, frame], ignore_index=True).assign(
        **{f"hollow{n}": "" for n in range(7)}, id="same"
    )

    quality = check_survey(frame, mapping(asked("Q1"), weight="w", respondent="id"))
    said = quality.sentences()

    assert "9 rows are in every column like one above: imported twice?" in said
    assert "17 rows belong to a respondent who answered above (same)." in said
    assert (
        "7 columns are empty: hollow0, hollow1, hollow2, hollow3, hollow4 and 2 more."
        in said
    )
    assert (
        "Q1: 16 answers are no numbers (a 2, b 2, c 2, d 2, e 2 ...): say in the "
        "scale's answers which number each stands for, or in not_answers that some are "
        "none, or correct them, else no score can be computed." in said
    )
    assert "w: 4 of 18 cells are empty." in said


@pytest.mark.parametrize(
    ("question", "answers", "expected"),
    [
        # Asked on 0 to 10, declared 1 to 5: the values of 6 and more give it away.
        (
            asked("Q1"),
            [*range(11)] * 3,
            "declared 1 to 5, but the answers run from 0 to 10 and 18 of 33 lie "
            "outside: was it asked on 0 to 10?",
        ),
        # One or two values outside are codes that nobody declared.
        (asked("Q1"), [1, 2, 3, 4, 5, 6, 6, 6, 0, 0], ""),
        # Three slips of the pen in a hundred answers are no other scale.
        (asked("Q1"), [3] * 100 + [7, 8, 9], ""),
        (
            asked("Q1", 0, 10, "recommend"),
            [1, 2, 3, 4, 5] * 10,
            "declared 0 to 10, but none of 50 answers is above 5: was it asked on 1 to "
            "5?",
        ),
        (
            asked("Q1", 0, 10, "recommend"),
            [1, 7] * 20,
            "declared 0 to 10, but none of 40 answers is above 7: was it asked on 1 to "
            "7?",
        ),
        # Ten unhappy people prove nothing.
        (asked("Q1", 0, 10, "recommend"), [1, 2, 3, 4, 5] * 2, ""),
        (asked("Q1", 0, 10, "recommend"), [*range(11)] * 5, ""),
        (asked("Q1", 1, 7, "effort"), [1, 6] * 20, ""),
        (
            asked("Q1", 1, 5, "recommend"),
            [1, 5] * 20,
            "declared 1 to 5, but NPS is defined for answers from 0 to 10.",
        ),
        (
            asked("Q1"),
            [-500, 200, 300, 4],
            "declared 1 to 5, but the answers run from -500 to 300 and 3 of 4 lie "
            "outside.",
        ),
    ],
)
def test_a_scale_that_looks_wrong_is_questioned(
    question: Question, answers: list[int], expected: str
) -> None:
    """The report asks; people decide."""
    frame = pd.DataFrame({"Q1": [str(answer) for answer in answers]})

    quality = check_survey(frame, mapping(question))

    assert expected == quality.columns[0].wrong_scale
    if expected:
        assert f"Q1: {expected}" == quality.sentences()[-1]


def test_endless_numbers_are_off_every_scale() -> None:
    """Python would read them as numbers; the ends shown stay finite."""
    frame = pd.DataFrame({"Q1": ["3", "9" * 400], "w": ["inf", "nan"]})

    quality = check_survey(frame, mapping(asked("Q1"), weight="w"))

    assert (1, 3.0) == (quality.columns[0].n_out_of_range, quality.columns[0].highest)
    assert {"inf": 1, "nan": 1} == quality.columns[1].not_numbers


def test_a_column_that_is_not_there_is_named_with_the_nearest() -> None:
    """Wherever the mapping names it."""
    frame = pd.DataFrame({"NETPRO": ["9"], "AGE": ["3"]})
    group = Group(subject="p-1", conditions=(Condition(column="AEG", values=("3",)),))

    with pytest.raises(UnknownNameError, match="Did you mean 'NETPRO'"):
        check_survey(frame, mapping(asked("NETPOR")))
    with pytest.raises(UnknownNameError, match=r"mapping, rule of p-1: .* 'AEG'"):
        check_survey(frame, mapping(groups=(group,)))
    with pytest.raises(UnknownNameError, match="mapping, weight"):
        check_survey(frame, mapping(weight="W"))
    with pytest.raises(UnknownNameError, match="mapping, respondent"):
        check_survey(frame, mapping(respondent="R"))
    with pytest.raises(UnknownNameError, match="mapping, comment"):
        check_survey(frame, mapping(comments=("C",)))


def test_the_report_is_a_table_and_comes_back_from_json() -> None:
    """It is kept in the workshop beside the table."""
    frame = pd.DataFrame({"Q1": ["5", "6", ""], "note": ["", "", "x"]})
    before = frame.copy()

    quality = check_survey(frame, mapping(asked("Q1"), comments=("note",)))

    expected = pd.DataFrame(
        {
            "column": ["Q1", "note"],
            "role": ["question", "comment"],
            "n_rows": [3, 3],
            "n_answers": [1, 1],
            "n_missing": [1, 2],
            "n_not_answers": [0, 0],
            "n_out_of_range": [1, 0],
            "n_not_numbers": [0, 0],
            "lowest": [5.0, None],
            "highest": [6.0, None],
            "wrong_scale": ["", ""],
        }
    )
    assert_frame_equal(expected, quality.frame())
    assert quality == Quality.model_validate_json(quality.model_dump_json())
    assert quality.is_usable
    assert_frame_equal(before, frame)


def test_an_empty_table_has_a_report() -> None:
    """No rows, no faults, no division by zero."""
    quality = check_survey(pd.DataFrame({"Q1": []}), mapping(asked("Q1")))

    assert (
        "The table has 0 rows and 1 column.",
        "Q1: 0 of 0 answers count.",
    ) == quality.sentences()
