"""Needs that a survey asks about, both ways, as its mapping says."""

from __future__ import annotations

import pandas as pd
import pytest

from journeykit.errors import TableError
from journeykit.measure.needs import need_classes, need_notes, need_opportunities
from journeykit.measure.survey_summary import survey_summary
from journeykit.model.survey import (
    Condition,
    Group,
    Need,
    Question,
    Scale,
    SurveyMapping,
)

FIVE = Scale(lowest=1, highest=5)
LIKERT = Scale(
    lowest=1,
    highest=5,
    not_answers={"Never used": "never used"},
    answers={"Very important": 5, "Important": 4, "Not important": 1},
)


def answers() -> pd.DataFrame:
    """Return ten respondents who rate two needs, in words and in figures."""
    words = ["Very important"] * 5 + ["important"] * 3 + ["Not important"] * 2
    return pd.DataFrame(
        {
            "imp_queue": words,
            "sat_queue": ["1", "2", "1", "2", "3", "3", "1", "4", "5", "1"],
            "imp_wifi": ["4"] * 5 + ["1"] * 4 + [""],
            "sat_wifi": ["5"] * 9 + ["Never used"],
            "purpose": ["work"] * 6 + ["leisure"] * 4,
        },
        dtype="str",
    )


def mapping(**more: object) -> SurveyMapping:
    """Return what the columns of these answers mean."""
    queue = Need(
        name="No queue",
        subject="security",
        importance="imp_queue",
        satisfaction="sat_queue",
        scale=LIKERT,
    )
    wifi = Need(
        name="Wifi", importance="imp_wifi", satisfaction="sat_wifi", scale=LIKERT
    )
    rules = [
        Group(subject=name, conditions=(Condition(column="purpose", values=(value,)),))
        for name, value in (("p-work", "work"), ("p-none", "school"))
    ]
    return SurveyMapping(needs=(wifi, queue), groups=tuple(rules), **more)


def test_shares_of_importance_and_satisfaction_make_the_score() -> None:
    """8 of 10 call it important and 2 of 10 are satisfied: 8 + (8 - 2) = 14."""
    found = need_opportunities(answers(), mapping())

    everybody = found[found["segment"].isna()]
    first, second = everybody.to_dict("records")
    assert ("No queue", "security", 1, True, 10) == (
        first["entry"],
        first["subject"],
        first["rank"],
        first["is_opportunity"],
        first["n"],
    )
    assert 14 == pytest.approx(first["value"])
    # 5 of 9 call it important, all 9 are satisfied: 10 x 5 / 9 + 0.
    assert ("Wifi", None, 2, 9) == tuple(
        second[name] for name in ("entry", "subject", "rank", "n")
    )
    assert 50 / 9 == pytest.approx(second["value"])
    assert {
        "importance: empty": 1,
        "satisfaction: Never used never used": 1,
    } == second["left_out"]


def test_each_group_has_its_own_scores() -> None:
    """Six travel for work; nobody goes to school, which is not 0."""
    found = need_opportunities(answers(), mapping())

    at_work = found[(found["segment"] == "p-work") & (found["entry"] == "No queue")]
    # All 6 call it important, none of 6 is satisfied: 10 + 10.
    assert [20.0] == at_work["value"].round(9).tolist()
    nobody = found[found["segment"] == "p-none"]
    assert nobody["value"].isna().all()
    assert [0, 0] == nobody["n"].tolist()
    assert [0, 0] == nobody["n_left_out"].tolist()


def test_another_scale_has_no_opportunity_score_and_says_so() -> None:
    """Ulwick's shares of answers 4 to 5 mean nothing on a scale of 1 to 7."""
    seven = Scale(lowest=1, highest=7)
    need = Need(name="Speed", importance="a", satisfaction="b", scale=seven)
    asked = SurveyMapping(needs=(need,), weight="w")

    notes = need_notes(asked)

    assert need_opportunities(pd.DataFrame({"a": ["7"], "b": ["1"]}), asked) is None
    assert 2 == len(notes)
    assert "a scale of 1 to 7 where 7 is best" in notes[0]
    assert "weights are not used" in notes[1]


def test_the_scale_of_a_question_serves_the_need_in_the_same_column() -> None:
    """Who declared the codes of a rated touchpoint need not declare them again."""
    scale = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
    question = Question(column="sat", asks="satisfaction", scale=scale)
    need = Need(name="Speed", importance="imp", satisfaction="sat")
    table = pd.DataFrame({"imp": ["5"] * 6, "sat": ["0", *"12345"]})

    found = need_opportunities(
        table, SurveyMapping(questions=(question,), needs=(need,))
    )

    assert [5] == found["n"].tolist()
    assert {"satisfaction: 0 blank": 1} == found["left_out"].iloc[0]


def test_kano_classes_come_from_words_that_the_survey_used() -> None:
    """Four of six would like it and dislike its absence: one-dimensional."""
    need = Need(
        name="Wifi",
        functional="there",
        dysfunctional="gone",
        kano_answers={"Das freut mich": 1, "Das stört mich sehr": 5},
        kano_not_answers={"k. A.": "no answer"},
    )
    table = pd.DataFrame(
        {
            "there": ["Das freut mich"] * 4
            + ["I am neutral", "Das freut mich", "k.A."],
            "gone": ["das stört mich sehr"] * 4 + ["3", "", "1"],
        }
    )
    table.loc[6, "there"] = "k. A."

    found = need_classes(table, SurveyMapping(needs=(need,)))

    row = found.to_dict("records")[0]
    assert ("one_dimensional", 4, 1, 5, {"not both answered": 2}) == tuple(
        row[name]
        for name in ("category", "one_dimensional", "indifferent", "n", "left_out")
    )
    assert (0.8, -0.8) == (row["better"], row["worse"])


def test_words_that_nobody_declared_are_refused() -> None:
    """A guess at what an unknown word means would be a wrong score."""
    table = answers().replace({"important": "quite"})

    with pytest.raises(TableError, match="a word or code that the scale declares"):
        need_opportunities(table, mapping())


def test_a_survey_with_needs_says_them_beside_its_scores() -> None:
    """The tables stand in the summary, and only where needs are mapped."""
    found = survey_summary(answers(), mapping())

    assert ["scores", "opportunity_scores"] == list(found.tables)
    plain = found.plain()["tables"]["opportunity_scores"]
    assert ("No queue", None, 14.0) == (
        plain[0]["entry"],
        plain[0]["segment"],
        round(plain[0]["value"], 9),
    )


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"importance": "a"}, "importance and satisfaction"),
        ({"dysfunctional": "a"}, "functional and dysfunctional"),
        ({}, "names no column"),
        ({"name": "", "importance": "a", "satisfaction": "b"}, "name is empty"),
    ],
)
def test_a_need_is_asked_for_in_pairs(fields: dict[str, str], said: str) -> None:
    """One question alone gives neither an opportunity score nor a Kano class."""
    with pytest.raises(ValueError, match=said):
        Need(**{"name": "Speed", **fields})


def test_an_answer_in_words_lies_on_its_scale() -> None:
    """A word for 6 on a scale to 5, or a word that is no answer too, is a slip."""
    with pytest.raises(ValueError, match="lies outside the scale"):
        Scale(lowest=1, highest=5, answers={"Great": 6})
    with pytest.raises(ValueError, match="as an answer and as none"):
        Scale(lowest=1, highest=5, answers={"N": 1}, not_answers={"N": "none"})
    with pytest.raises(ValueError, match="needs mapped twice: Wifi"):
        SurveyMapping(needs=(mapping().needs[0],) * 2)
