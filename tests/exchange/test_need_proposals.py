"""Needs that a survey asks about both ways are proposed where the wording is sure."""

from __future__ import annotations

import pytest

from journeykit.exchange.need_proposals import proposed_needs
from journeykit.exchange.surveys import read_survey
from journeykit.exchange.worded_scales import numbered_words, worded_scale
from journeykit.measure.needs import need_classes, need_opportunities
from journeykit.measure.scores import score_table
from journeykit.model.survey import Scale

FORM = (
    "Timestamp,How important is it to you? [Short queue],"
    "How important is it to you? [Clean rooms],"
    "How satisfied are you? [Short queue],How satisfied are you? [Clean rooms],"
    "How would you feel if there is free wifi?,"
    "How would you feel if there is no free wifi?\n"
    + "".join(
        f"2026/11/0{day} 9:00:00 AM GMT,{rest}\n"
        for day, rest in enumerate(
            (
                "Very important,Important,Dissatisfied,Satisfied,I like it,"
                "I dislike it",
                "Very important,Neutral,Very dissatisfied,Satisfied,I like it,"
                "I can live with it",
                "Important,Unimportant,Neutral,Very satisfied,I expect it,I dislike it",
                "Important,Important,Satisfied,Neutral,I am neutral,I am neutral",
                "Very important,Very important,Dissatisfied,Satisfied,I like it,"
                "I dislike it",
                "Neutral,Important,Satisfied,Satisfied,I like it,I dislike it",
            ),
            start=1,
        )
    )
).encode()


def test_a_form_is_scored_by_its_proposal_alone() -> None:
    """Words become answers, grids become needs, and both ways a Kano class."""
    survey = read_survey(FORM)
    mapping = survey.proposal()

    scores = score_table(survey.frame, mapping)
    needs = need_opportunities(survey.frame, mapping)
    classes = need_classes(survey.frame, mapping)

    assert ["Short queue", "Clean rooms", "Free wifi"] == [
        need.name for need in mapping.needs
    ]
    assert ["satisfaction", "satisfaction"] == [one.asks for one in mapping.questions]
    csat = scores[scores["definition"] == "customer_satisfaction_score"]
    # Satisfied or better: 2 of 6 with the queue, 5 of 6 with the rooms.
    assert [2 / 6, 5 / 6] == pytest.approx(csat["value"].tolist())
    # 5 of 6 call the queue important: 8.33 + (8.33 - 3.33); rooms 4 of 6.
    assert ["Short queue", "Clean rooms"] == needs["entry"].tolist()
    assert [13.333, 6.667] == needs["value"].round(3).tolist()
    assert ["one_dimensional"] == classes["category"].tolist()
    assert [3] == classes["one_dimensional"].tolist()


def test_headings_that_differ_are_no_pair() -> None:
    """A pair is sure only if nothing but the asking words differs."""
    five = Scale(lowest=1, highest=5)
    texts = {
        "a": "Importance of staff",
        "b": "Satisfaction with the staff at the gate",
        "c": "Satisfaction [Signs]",
        "d": "Importance [Signs]",
        "e": "How satisfied were you with the signs?",
    }

    assert () == proposed_needs(texts, dict.fromkeys(texts, five), {})


def test_importance_is_no_satisfaction() -> None:
    """A block of ratings of importance would else be read as bad or good service."""
    rows = "".join(f"{n},{6 - n},{n}\n" for n in range(1, 6))
    survey = read_survey(
        f"Importance [Food],Importance [Staff],Rate us\n{rows}".encode()
    )

    mapping = survey.proposal()

    assert ["Rate us"] == [question.column for question in mapping.questions]
    assert () == mapping.needs


@pytest.mark.parametrize(
    ("words", "about", "highest"),
    [
        (["Very satisfied", "satisfied", "Neutral"], "satisfaction", 5),
        (["Extremely satisfied", "Slightly satisfied", "Neutral"], "satisfaction", 7),
        (["sehr zufrieden", "eher unzufrieden", "teils/teils"], "satisfaction", 5),
        (
            ["Not at all important", "Not so important", "Very important"],
            "importance",
            5,
        ),
        (["Very poor", "Poor", "Good"], "quality", 5),
        (["Very easy", "Easy", "Difficult"], "ease", 5),
        (["Strongly agree", "Agree", "Neutral", "Disagree"], "agreement", 5),
    ],
)
def test_usual_scales_are_known_by_their_words(
    words: list[str], about: str, highest: int
) -> None:
    """Survey tools export labels as often as figures."""
    found = worded_scale(words)

    assert found is not None
    assert (about, highest) == (found.about, found.highest)


@pytest.mark.parametrize(
    "words",
    [
        ["Yes", "No", "Maybe"],
        ["Satisfied", "Very satisfied"],
        ["Satisfied", "Somewhat satisfied", "Very satisfied", "Neutral", "ok"],
        ["Poor", "Good", "Excellent"],
    ],
)
def test_words_in_doubt_are_no_scale(words: list[str]) -> None:
    """Two words at one place, too few of them, or two scales that fit: no guess."""
    assert worded_scale(words) is None


def test_numbers_beside_words_are_the_answers() -> None:
    """Ends with a label are common: 0 - Not at all likely, 10 - Extremely likely."""
    rows = ["0 - Not at all likely", *map(str, range(1, 10)), "10 - Extremely likely"]
    survey = read_survey(("Would you recommend us?\n" + "\n".join(rows)).encode())

    question = survey.proposal().questions[0]
    scores = score_table(survey.frame, survey.proposal())

    assert ("recommend", 0, 10) == (
        question.asks,
        question.scale.lowest,
        question.scale.highest,
    )
    # 2 promoters, 7 detractors, of 11.
    assert [100 * (2 - 7) / 11] == pytest.approx(scores["value"].tolist())
    assert {"5 Star": 5, "Good (4)": 4} == numbered_words(["5 Star", "Good (4)"])
    assert {} == numbered_words(["1 - 2 trips"])
