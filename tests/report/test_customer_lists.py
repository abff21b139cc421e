"""Whom to win back and who could speak for you, by number only."""

from __future__ import annotations

import pandas as pd
import pytest

from journeykit.model import Question, Scale, SurveyMapping
from journeykit.report.customer_lists import customer_lists, win_back_and_advocates

TEN = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
FIVE = Scale(lowest=1, highest=5)


def mapping(scale: Scale = TEN, respondent: str | None = "id") -> SurveyMapping:
    """Return a mapping of one question."""
    asked = Question(column="nps", asks="recommend", scale=scale)
    return SurveyMapping(questions=(asked,), respondent=respondent)


def answers(*pairs: tuple[str | None, str]) -> pd.DataFrame:
    """Return answers by respondent, as a reader gives them."""
    return pd.DataFrame(list(pairs), columns=["id", "nps"], dtype="str")


MANY = answers(
    *((f"d{n}", str(n)) for n in range(7)),
    *((f"p{n}", "9") for n in range(5)),
    *((f"q{n}", "10") for n in range(2)),
    ("passive", "7"),
    ("silent", "11"),
    (None, "3"),
    ("both", "0"),
    ("both", "10"),
)


def test_detractors_and_promoters_are_listed_by_number() -> None:
    """Capability 92: 0 to 6 to win back, 9 and 10 as advocates, by number."""
    found = customer_lists(MANY, mapping())

    assert [f"d{n}" for n in range(7)] == list(found.detractors["customer"])
    expected = ["q0", "q1", "p0", "p1", "p2", "p3", "p4"]
    assert expected == list(found.promoters["customer"])
    assert ["customer", "score"] == list(found.promoters.columns)
    assert 15 == found.n


def test_what_is_left_out_is_counted() -> None:
    """No answer, no number, and two answers that differ."""
    found = customer_lists(MANY, mapping())

    assert {
        "11 no answer": 1,
        "no number": 1,
        "answered twice, differently": 2,
    } == dict(found.left_out)


def test_a_list_of_few_is_not_shown() -> None:
    """Four detractors could be told apart: none of them stands there."""
    few = answers(
        *((f"d{n}", "2") for n in range(4)), *((f"p{n}", "9") for n in "12345")
    )
    found = customer_lists(few, mapping())
    shown = str(win_back_and_advocates([("May", few, mapping())]).__html__())

    assert ("detractors",) == found.is_short
    assert found.detractors.empty
    assert "fewer than 5 detractors" in shown
    assert "d0" not in shown
    assert "Promoters. Answered 9, 5 customers: p1, p2, p3, p4, p5" in shown


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (SurveyMapping(respondent="id"), "Nobody was asked"),
        (mapping(FIVE), "not asked on a scale from 0 to 10"),
        (mapping(respondent=None), "no column of the respondents"),
    ],
)
def test_why_there_is_no_list_is_said(asked: SurveyMapping, said: str) -> None:
    """Without question, scale or numbers a sentence stands in its place."""
    found = customer_lists(MANY, asked)

    assert said in found.why_not
    assert found.detractors.empty
    assert found.promoters.empty


def test_without_a_survey_it_says_where_one_comes() -> None:
    """An empty workshop has a sentence and no list."""
    assert "There is no survey yet" in str(win_back_and_advocates([]).__html__())
