"""The table of all scores, and who belongs to a group."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.measure.scores import SCORE_COLUMNS, group_mask, score_table
from journeykit.model.survey import Condition, Group, Question, Scale, SurveyMapping

TEN = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
FIVE = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
SEVEN = Scale(lowest=1, highest=7)
OLDER_EFFORT = Scale(lowest=1, highest=5, best="lowest")


def _group(**condition) -> Group:
    return Group(subject="frequent", conditions=(Condition(**condition),))


@pytest.fixture
def survey() -> pd.DataFrame:
    """Six people; the first five travel on business."""
    return pd.DataFrame(
        {
            "purpose": ["1", "1.0", " 1 ", "1", "1", "2"],
            "SIGNS": ["5", "4", "4", "2", "1", "0"],
            "NETPRO": ["10", "9", "9", "8", "0", "11"],
            "EFFORT": ["7", "6", "5", "4", "3", "7"],
            "weight": ["1", "1", "1", "1", "1", "2"],
        }
    )


@pytest.fixture
def mapping() -> SurveyMapping:
    """Map a question of each kind and one group."""
    return SurveyMapping(
        questions=(
            Question(
                column="SIGNS", asks="satisfaction", scale=FIVE, touchpoint="signs"
            ),
            Question(column="NETPRO", asks="recommend", scale=TEN),
            Question(column="EFFORT", asks="effort", scale=SEVEN),
        ),
        groups=(_group(column="purpose", values=("1",)),),
    )


def test_the_table_has_a_row_for_each_question_measure_and_group(survey, mapping):
    """All answers first, then each group, in the order of the mapping."""
    table = score_table(survey, mapping)
    found = list(
        zip(table["definition"], table["touchpoint"], table["group"], strict=True)
    )

    assert list(SCORE_COLUMNS) == list(table.columns)
    assert found == [
        ("customer_satisfaction_score", "signs", None),
        ("mean_satisfaction", "signs", None),
        ("customer_satisfaction_score", "signs", "frequent"),
        ("mean_satisfaction", "signs", "frequent"),
        ("net_promoter_score", None, None),
        ("net_promoter_score", None, "frequent"),
        ("customer_effort_score", None, None),
        ("easy_share", None, None),
        ("customer_effort_score", None, "frequent"),
        ("easy_share", None, "frequent"),
    ]


def test_the_table_says_what_the_measures_say(survey, mapping):
    """Values, n and what was left out, for all and for the group."""
    table = score_table(survey, mapping).set_index(["definition", "group"])
    csat = table.loc["customer_satisfaction_score"].iloc[0]
    frequent = table.loc[("customer_satisfaction_score", "frequent")]
    effort = table.loc[("customer_effort_score", "frequent")]

    assert csat["value"] == 0.6
    assert (csat["n"], csat["n_left_out"]) == (5, 1)
    assert csat["left_out"] == {"0 blank": 1}
    assert csat["reliability"] == "few answers"
    assert frequent["value"] == 0.6
    # All but one rated the effort: their score would say what that one answered.
    assert pd.isna(effort["value"])
    assert effort["left_out"] == {}
    assert table["effective_n"].isna().all()


def test_types_do_not_depend_on_what_was_measured(survey, mapping):
    """A survey without a question or without answers has columns of equal types."""
    usual = score_table(survey, mapping)
    nothing = score_table(survey, SurveyMapping())
    unasked = score_table(survey.iloc[:0], mapping)

    assert len(nothing) == 0
    assert usual["n"].dtype == usual["n_left_out"].dtype == "int64"
    assert usual["effective_n"].dtype == usual["value"].dtype == "float64"
    assert_frame_equal(usual.iloc[:0], nothing)
    assert_frame_equal(usual.iloc[:0], unasked.iloc[:0])
    assert set(unasked["reliability"]) == {"not measured"}
    assert unasked["value"].isna().all()


def test_weights_reach_every_row(survey, mapping):
    """The sixth person stands five times, weighing two: effective n is 225 / 25."""
    more = pd.concat([survey, *[survey.tail(1)] * 4], ignore_index=True)
    table = score_table(more, mapping.model_copy(update={"weight": "weight"}))
    effort = table[table["definition"] == "customer_effort_score"].iloc[0]
    business = table[table["definition"] == "customer_effort_score"].iloc[1]

    assert effort["effective_n"] == pytest.approx(9)
    assert effort["value"] == pytest.approx((7 + 6 + 5 + 4 + 3 + 2 * 7 * 5) / 15)
    assert business["effective_n"] == 5


def test_a_scale_outside_the_definition_is_not_measured_in_the_table(survey):
    """The table has no room for a note, so nothing else stands under the definition."""
    ten = Scale(lowest=1, highest=10)
    mapping = SurveyMapping(
        questions=(
            Question(column="NETPRO", asks="recommend", scale=ten),
            Question(column="SIGNS", asks="effort", scale=OLDER_EFFORT),
        ),
    )
    nps, effort, easy = score_table(survey, mapping).to_dict("records")

    assert nps["reliability"] == "not measured"
    assert nps["left_out"] == {
        "outside the scale": 2,
        "asked on a scale of 1 to 10 where 10 is best": 4,
    }
    assert effort["reliability"] == "not measured"
    assert effort["n_left_out"] == 6
    assert easy["value"] == 0.4


def test_a_higher_minimum_hides_more(survey, mapping):
    """Minimum and level are those of the measures."""
    table = score_table(survey, mapping, minimum=6, level=0.8)
    shown = table[table["value"].notna()]

    assert list(shown["definition"]) == ["customer_effort_score", "easy_share"]
    with pytest.raises(InputError, match="it may only be raised"):
        score_table(survey, SurveyMapping(), minimum=1)


def test_the_survey_is_unchanged(survey, mapping):
    """Input tables are never modified, whatever their index."""
    indexed = survey.set_axis(list("abcdef"))
    before = indexed.copy()
    table = score_table(indexed, mapping)

    assert_frame_equal(before, indexed)
    assert_frame_equal(score_table(survey, mapping), table)


def test_a_column_that_is_not_there_is_named_with_the_nearest(survey, mapping):
    """A misspelled question, group or weight is never read as unanswered."""
    for wrong, near in (("SIGNS", "SIGNSS"), ("purpose", "purposes")):
        with pytest.raises(UnknownNameError, match=f"Did you mean '{near}'"):
            score_table(survey.rename(columns={wrong: near}), mapping)
    with pytest.raises(
        UnknownNameError, match=r"no column 'wait'.*Did you mean 'weight'"
    ):
        score_table(survey, mapping.model_copy(update={"weight": "wait"}))


def test_a_column_that_stands_twice_is_refused(survey, mapping):
    """Nobody can know which of the two was meant."""
    twice = pd.concat([survey, survey[["SIGNS"]]], axis=1)

    with pytest.raises(
        InputError, match="column SIGNS: one column was expected, 2 have"
    ):
        score_table(twice, mapping)


def test_faulty_answers_and_weights_name_their_column(survey, mapping):
    """The row is that of the spreadsheet."""
    with pytest.raises(TableError, match=r"column SIGNS: .*\(row 3: 'good'\)"):
        score_table(survey.replace({"SIGNS": {"4": "good"}}).head(2), mapping)
    weighted = mapping.model_copy(update={"weight": "weight"})
    with pytest.raises(TableError, match=r"column weight: .*\(row 7: '-2'\)"):
        score_table(survey.replace({"weight": {"2": "-2"}}), weighted)


@pytest.mark.parametrize("one", ["1", "1.0", " 1 "])
@pytest.mark.parametrize("cells", [["1", "2"], [1, 2], [1.0, 2.0], ["1.0", "2"]])
def test_codes_of_groups_are_compared_by_what_they_say(cells, one):
    """Text, whole and decimal numbers of one code are one code."""
    table = pd.DataFrame({"purpose": cells})
    group = _group(column="purpose", values=(one,))

    assert group_mask(table, group).tolist() == [True, False]


@pytest.mark.parametrize(
    ("test", "values", "members"),
    [
        ("is", ("1", "Leisure"), [True, False, True, False, False]),
        ("is_not", ("1", "2"), [False, False, True, False, False]),
        ("at_least", ("2",), [False, True, False, False, False]),
        ("at_most", ("1",), [True, False, False, False, False]),
        # Several limits are alternatives: the widest decides.
        ("at_least", ("1", "2"), [True, True, False, False, False]),
        ("at_most", ("1", "2"), [True, True, False, False, False]),
        # An empty cell meets nothing but the question for emptiness.
        ("is", ("",), [False, False, False, True, True]),
        ("is_not", ("",), [True, True, True, False, False]),
    ],
)
def test_conditions_of_groups(test, values, members):
    """Codes, words, limits, and cells that are empty."""
    table = pd.DataFrame({"purpose": ["1", 2, " leisure", None, " "]})
    mask = group_mask(table, _group(column="purpose", test=test, values=values))

    assert members == mask.tolist()
    assert mask.dtype == bool


def test_truth_values_are_words_to_a_group():
    """True is "true", not 1."""
    table = pd.DataFrame({"flies": pd.Series([True, False, 1], dtype=object)})

    assert group_mask(table, _group(column="flies", values=("TRUE",))).tolist() == [
        True,
        False,
        False,
    ]


def test_all_conditions_of_a_group_hold_and_the_index_stays():
    """Business travellers of 30 and more."""
    table = pd.DataFrame({"purpose": [1, 1, 2], "age": [20, 40, 60]}, index=list("xyz"))
    conditions = (
        Condition(column="purpose", values=("1",)),
        Condition(column="age", test="at_least", values=("30",)),
    )
    mask = group_mask(table, Group(subject="frequent", conditions=conditions))

    assert mask.to_dict() == {"x": False, "y": True, "z": False}


def test_a_limit_of_a_group_is_a_number():
    """At least "often" says nothing."""
    table = pd.DataFrame({"age": [20]})

    with pytest.raises(
        InputError, match="column age: a number was expected as the limit"
    ):
        group_mask(table, _group(column="age", test="at_least", values=("often",)))
