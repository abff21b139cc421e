"""What columns may mean is proposed to people, from values and headings."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.tables import read_table
from journeykit.measure.scores import net_promoter_score

DATA = Path(__file__).parents[1] / "data"


def proposed(**columns: list[object]) -> list[tuple[str, str, float, float, str]]:
    """Return the questions proposed for these columns, in short."""
    return [
        (q.column, q.asks, q.scale.lowest, q.scale.highest, q.scale.best)
        for q in propose_mapping(pd.DataFrame(columns)).questions
    ]


def test_the_airport_survey_is_understood_without_a_line_of_code() -> None:
    """All 26 ratings and the recommendation are found, and no category among them."""
    table = read_table(DATA / "sfo_2017_survey.csv.gz")

    found = propose_mapping(table.frame, table.labels)

    sevens = "ART FOOD STORE SIGN WALKWAYS SCREENS INFODOWN INFOUP WIFI ROADS PARK"
    nines = "BOARDING AIRTRAIN RENTAL FOOD RESTROOM ALL"
    assert [
        *(f"Q7{name}" for name in f"{sevens} AIRTRAIN LTPARKING RENTAL ALL".split()),
        *(f"Q9{name}" for name in nines.split()),
        *("Q10SAFE", "Q12PRECHEKCRATE", "Q13GETRATE", "Q14FIND", "Q14PASSTHRU"),
        "NETPRO",
    ] == [question.column for question in found.questions]
    assert {"0": "proposed: blank or no answer"} | {
        "6": "proposed: not applicable or no answer"
    } == found.questions[0].scale.not_answers
    assert {"Blank": "proposed: no answer"} == found.questions[14].scale.not_answers
    assert ("WEIGHT", "RESPNUM", ()) == (
        found.weight,
        found.respondent,
        found.comments,
    )


def test_the_proposed_code_of_no_answer_gives_the_published_score() -> None:
    """With 11 as a promoter the airport would have 41.63 instead of 39.84."""
    frame = read_table(DATA / "sfo_2017_survey.csv.gz").frame
    question = propose_mapping(frame).questions[-1]

    result = net_promoter_score(frame["NETPRO"], question.scale)

    assert 2_746 == result.n
    assert 39.84 == pytest.approx(result.value, abs=0.005)


def test_other_samples_are_not_given_questions_they_do_not_have() -> None:
    """Lotteries, tickets and costs are no ratings."""
    for name, respondent, comments in [
        ("surveys/qualtrics__better-sample.csv", "ResponseID", ("q5_position",)),
        ("surveys/surveymonkey__steak-risk.csv", "RespondentID", ()),
        ("tickets/zendesk__ticket.csv", "id", ()),
        ("journeys/mops__touchpoints.csv", None, ()),
    ]:
        table = read_table(DATA / name)

        found = propose_mapping(table.frame, table.labels)

        assert ((), respondent, comments) == (
            found.questions,
            found.respondent,
            found.comments,
        )


def test_a_recommendation_needs_its_word_and_answers_above_seven() -> None:
    """On a shorter scale NPS is not defined, so nothing is proposed."""
    long = [str(n) for n in range(11)]

    assert [("would recommend", "recommend", 0, 10, "highest")] == proposed(
        **{"would recommend": long}
    )
    assert [] == proposed(age_group=long)
    assert [] == proposed(**{"would recommend": [str(n % 5 + 1) for n in range(11)]})


def test_effort_says_which_end_is_easy() -> None:
    """Much effort is bad, an easy process is good."""
    answers = [str(n) for n in range(1, 8)]

    assert [
        ("It was easy", "effort", 1, 7, "highest"),
        ("How much effort was it?", "effort", 1, 7, "lowest"),
    ] == proposed(
        **{"It was easy": answers, "How much effort was it?": answers},
    )


@pytest.mark.parametrize(
    "columns",
    [
        {"Q1_1": [*"12345"], "Q1_2": [*"54321"]},
        {"Rate us [Food]": [*"12345"], "Rate us [Staff]": [*"54321"]},
        {"How - Food": [*"12345"], "How - Staff": [*"54321"]},
        {"x_food": [*"12345"], "x_staff": [*"54321"]},
        {"satisfied": [*"12345"], "overall": [*"54321"]},
    ],
)
def test_ratings_are_known_by_their_block_or_their_word(
    columns: dict[str, list[object]],
) -> None:
    """One column of 1 to 5 alone may be a category; two of a block are ratings."""
    assert [(name, "satisfaction", 1, 5, "highest") for name in columns] == proposed(
        **columns
    )
    assert [] == proposed(income=[*"12345"], region=[*"54321"])


@pytest.mark.parametrize(
    "answers",
    [
        ["1", "2", "3", "4", "5", "4.5"],  # a mean of something
        ["1", "2", "3", "4", "5", "42"],  # no usual code
        ["1", "2", "3", "4", "5", "-1", "0", "9", "99"],  # too many codes
        ["1", "2", "3", "4", "5", "often"],  # a word that is an answer
        ["1", "2", "3", "4"],  # nobody gave the best: may be four categories
        ["1", "5"],  # a choice of two
        ["1", "2", "3", "4", "5", *["0"] * 60],  # hardly anybody answered
        ["often", "never"],
        ["", ""],
    ],
)
def test_what_does_not_look_like_a_rating_is_left_alone(answers: list[object]) -> None:
    """A question missed is found by people; one invented misleads them."""
    assert [] == proposed(rating=answers)


def test_longer_scales_are_proposed_where_their_best_was_given() -> None:
    """1 to 7 and 1 to 10 are told from 1 to 5 with a code."""
    assert [("rating", "satisfaction", 1, 7, "highest")] == proposed(
        rating=[*"1234567"]
    )
    assert [("rating", "satisfaction", 1, 10, "highest")] == proposed(
        rating=[*"123456789", "10", "99"]
    )


def test_the_respondent_is_a_known_name_without_repeats() -> None:
    """In the heading or in the question; an id that repeats is none."""
    frame = pd.DataFrame({"V1": ["a", "b"], "id": ["1", "1"]})

    assert "V1" == propose_mapping(frame, {"V1": "ResponseID"}).respondent
    assert propose_mapping(frame).respondent is None


def test_weights_are_numbers_of_zero_or_more() -> None:
    """A body weight in words is no weight."""
    for cells, expected in [(["0.5", "2"], "Weight"), (["-1", "2"], None)]:
        assert expected == propose_mapping(pd.DataFrame({"Weight": cells})).weight
    assert propose_mapping(pd.DataFrame({"Weight": ["1", "heavy"]})).weight is None


def test_comments_are_sentences_that_differ() -> None:
    """Choices repeat, comments do not; a long question is cut to a wording."""
    frame = pd.DataFrame(
        {
            "why": ["the queue was long", "staff were kind to us", "no sign at gate"],
            "choice": ["I go by train today"] * 3,
            "rating": ["1", "3", "5"],
            "rating 2": ["2", "4", "5"],
        }
    )
    before = frame.copy()

    found = propose_mapping(
        pd.concat([frame] * 2, ignore_index=True), {"rating": "rating " * 90}
    )

    assert ("why",) == found.comments
    assert 300 >= len(found.questions[0].wording)
    assert found.questions[0].wording.endswith("…")
    assert_frame_equal(before, frame)
