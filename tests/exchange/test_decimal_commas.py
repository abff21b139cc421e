"""Numbers of exports from countries that write 0,8 for 0.8."""

from __future__ import annotations

import pytest

from journeykit.exchange.surveys import read_survey
from journeykit.measure.scores import score_table
from journeykit.model.survey import Question, Scale, SurveyMapping

MAPPING = SurveyMapping(
    questions=(
        Question(column="Q", asks="satisfaction", scale=Scale(lowest=1, highest=5)),
    ),
    weight="Gewicht",
    comments=("Kommentar",),
)


def test_decimal_commas_of_mapped_numbers_become_points_and_are_said() -> None:
    """A weight of 0,8 counts; what people wrote keeps its comma."""
    data = "Q;Gewicht;Kommentar\n5;0,8;1,5\n4;1,25;2,5\n1;2;\n" + "3;1,0;gut\n" * 7

    survey = read_survey(data.encode(), MAPPING)
    scores = score_table(survey.frame, MAPPING)

    assert ["0.8", "1.25", "2"] == list(survey.frame["Gewicht"])[:3]
    assert "1,5" == survey.frame["Kommentar"][0]
    note = "Gewicht: 9 decimal commas were read as points, '0,8' as 0.8."
    assert note in survey.notes
    assert note in survey.reading.notes
    assert 10 == scores["n"].max()


@pytest.mark.parametrize(
    "data",
    [
        "Q;Gewicht;Kommentar\n5;1,000;a\n4;2,500;b\n",  # thousands as well as 1.0
        'Q,Gewicht,Kommentar\n5,"0,8",a\n4,"1,2",b\n',  # cells are parted by commas
        "Q;Gewicht;Kommentar\n5;0,8;a\n4;0,8,1;b\n",
    ],
)
def test_commas_that_may_mean_something_else_stay(data: str) -> None:
    """They are left for the quality report to point out."""
    survey = read_survey(data.encode(), MAPPING)

    assert all("," in cell for cell in survey.frame["Gewicht"])
    assert any("Gewicht: 2 weights are no numbers" in note for note in survey.notes)
