"""Priorities from answers: Ulwick's score, importance-performance, Kano."""

import numpy as np
import pandas as pd
import pytest

from journeykit.errors import InputError, TableError
from journeykit.layout.matrix import importance_performance as importance_board
from journeykit.measure.intervals import wilson
from journeykit.measure.kano import KANO_ANSWERS, KANO_COLUMNS, kano_classes
from journeykit.measure.priority_answers import OPPORTUNITY_COLUMNS, opportunity_scores
from journeykit.measure.priority_quadrants import (
    IMPORTANCE_PERFORMANCE_COLUMNS,
    importance_performance,
)
from journeykit.model import Document
from journeykit.model.survey import Scale


def asked(
    entry: str, importance: list[object], satisfaction: list[object], **more: object
) -> pd.DataFrame:
    """Return answers to both questions about one entry."""
    answers = {"importance": importance, "satisfaction": satisfaction}
    return pd.DataFrame({"entry": entry, **answers, **more})


def shares(n_important: int, n_satisfied: int, n: int = 10) -> dict[str, list[int]]:
    """Return answers with these many of 4 to 5."""
    return {
        "importance": [5] * n_important + [2] * (n - n_important),
        "satisfaction": [4] * n_satisfied + [3] * (n - n_satisfied),
    }


@pytest.mark.parametrize(
    ("important", "satisfied", "score"),
    [(8, 2, 14.0), (9, 9, 9.0), (5, 9, 5.0), (10, 0, 20.0), (0, 0, 0.0)],
)
def test_score_is_importance_and_what_is_missing(important, satisfied, score):
    """I + max(I - S, 0): too much satisfaction takes nothing away."""
    found = opportunity_scores(asked("a", **shares(important, satisfied)))

    assert score == pytest.approx(found["value"].item())
    assert important == pytest.approx(found["importance"].item())
    assert satisfied == pytest.approx(found["satisfaction"].item())


def test_shares_count_and_not_means():
    """Half 5 and half 1 has the mean 3 and the share one half; all 3 has none."""
    split = asked("split", [5] * 5 + [1] * 5, [1] * 10)
    lukewarm = asked("lukewarm", [3] * 10, [1] * 10)
    found = opportunity_scores(pd.concat([lukewarm, split]))

    assert ["split", "lukewarm"] == found["entry"].to_list()
    assert [10.0, 0.0] == found["value"].to_list()
    assert [1, 2] == found["rank"].to_list()


def test_cut_off_is_declared_and_shown():
    """14 is an opportunity from 10 on, not from 15 on."""
    table = asked("a", **shares(8, 2))
    usual, strict = opportunity_scores(table), opportunity_scores(table, cut_off=15)

    assert (10.0, True) == (usual["cut_off"].item(), usual["is_opportunity"].item())
    assert (15.0, False) == (strict["cut_off"].item(), strict["is_opportunity"].item())


def test_each_segment_has_its_own_ranking():
    """What all need little may be what one segment needs most."""
    new = asked("a", **shares(10, 0), segment="new")
    old = asked("a", **shares(0, 10), segment="old")
    other = asked("b", **shares(6, 3), segment=None)
    found = opportunity_scores(pd.concat([new, old, other]))
    both = {
        (segment, entry): value
        for segment, entry, value in found[["segment", "entry", "value"]].itertuples(
            index=False
        )
    }

    assert [None, None, "new", "new", "old", "old"] == found["segment"].to_list()
    assert 20 == both["new", "a"]
    assert 0 == both["old", "a"]
    assert 9 == pytest.approx(both[None, "b"])
    assert (
        "not measured"
        == found.query("segment == 'new' and entry == 'b'")["reliability"].item()
    )


def test_each_question_has_its_own_answers():
    """Who never used it answered one question only; the smaller n is shown."""
    table = asked("a", [5] * 8 + [2, 0], [4] * 2 + [6] * 4 + [1] * 4)
    scales = {
        "importance_scale": Scale(lowest=1, highest=5, not_answers={"0": "blank"}),
        "satisfaction_scale": Scale(lowest=1, highest=5, not_answers={"6": "unused"}),
    }
    row = opportunity_scores(table, **scales).iloc[0]

    assert 80 / 9 == pytest.approx(row["importance"])
    assert 20 / 6 == pytest.approx(row["satisfaction"])
    assert 6 == row["n"]
    assert {"importance: 0 blank": 1, "satisfaction: 6 unused": 4} == row["left_out"]
    assert 5 == row["n_left_out"]


def test_few_answers_show_no_score():
    """Four answers are below the minimum."""
    row = opportunity_scores(asked("a", **shares(4, 0, n=4))).iloc[0]

    assert "fewer than minimum" == row["reliability"]
    assert np.isnan(row[["value", "low", "importance"]].to_numpy(dtype=float)).all()
    assert row["is_opportunity"] is pd.NA


def test_ends_without_a_gap_are_those_of_importance():
    """Where everybody is satisfied the score is the importance, and so its interval."""
    row = opportunity_scores(asked("a", **shares(50, 100, n=100))).iloc[0]
    low, high = wilson(50, 100)

    assert (10 * low, 10 * high) == pytest.approx((row["low"], row["high"]), rel=0.01)


@pytest.mark.parametrize("together", [0.0, 0.6])
def test_interval_of_the_score_holds_the_true_one(together):
    """600 surveys of 80 people: 92 to 98 of 100 intervals hold the true score."""
    # Satisfied people are more often (or as often) those who find it important.
    rng = np.random.default_rng(12)
    n, hits = 80, 0
    for _ in range(600):
        important = rng.random(n) < 0.7
        same = rng.random(n) < together
        satisfied = np.where(same, important, rng.random(n) < 0.4)
        true = 0.7 + 0.7 - (together * 0.7 + (1 - together) * 0.4)
        table = asked("a", (2 + 2 * important).tolist(), (2 + 2 * satisfied).tolist())
        row = opportunity_scores(table).iloc[0]
        hits += row["low"] <= 10 * true <= row["high"]

    assert 0.92 * 600 <= hits <= 0.98 * 600


def test_only_one_to_five_is_an_opportunity_score():
    """Another scale is refused: its top two are not answers 4 to 5."""
    with pytest.raises(InputError, match="answers 4 to 5 on a scale of 1 to 5"):
        opportunity_scores(
            asked("a", [5] * 6, [5] * 6), importance_scale=Scale(lowest=0, highest=10)
        )


@pytest.mark.parametrize("compute", [opportunity_scores, kano_classes])
def test_no_answers_are_refused(compute):
    """An empty table says so instead of giving an empty ranking."""
    columns = ["entry", "importance", "satisfaction", "functional", "dysfunctional"]
    with pytest.raises(InputError, match="at least one answer was expected"):
        compute(pd.DataFrame({name: [] for name in columns}))


def test_opportunity_table_has_the_documented_columns():
    """Columns in their order."""
    assert list(OPPORTUNITY_COLUMNS) == list(
        opportunity_scores(asked("a", **shares(8, 2))).columns
    )


def placed(**columns: list[object]) -> pd.DataFrame:
    """Return entries a, b, c, ... with importance and satisfaction."""
    n = len(columns["importance"])
    return pd.DataFrame({"entry": list("abcdef"[:n]), **columns})


def test_quadrants_lie_around_the_declared_crosshair():
    """High begins on the line; what matters and does not work comes first."""
    table = placed(importance=[2, 4, 3.5, 2, None], satisfaction=[4, 4, 2, 3, 3])
    found = importance_performance(table, crosshair=(3.5, 3.5))

    assert [
        ("c", "Concentrate here"),
        ("b", "Keep up the good work"),
        ("d", "Low priority"),
        ("a", "Perhaps too much"),
        ("e", ""),
    ] == list(zip(found["entry"], found["quadrant"], strict=True))
    assert [1, 2, 3, 4] == found["rank"].dropna().to_list()
    assert "not measured" == found["note"].iloc[4]
    assert {"importance from 3.5, satisfaction from 3.5"} == set(found["crosshair"])
    assert list(IMPORTANCE_PERFORMANCE_COLUMNS) == list(found.columns)


def test_a_crosshair_of_means_moves_with_the_entries():
    """The lines are shown in numbers, and how they were found in words."""
    table = placed(importance=[1, 2, 6], satisfaction=[1, 4, 4])
    means = importance_performance(table, crosshair="means").iloc[0]
    medians = importance_performance(table, crosshair="medians").iloc[0]

    assert (3, 3) == (means["importance_line"], means["satisfaction_line"])
    assert (2, 4) == (medians["importance_line"], medians["satisfaction_line"])
    assert "the means of the entries" == means["crosshair"]


def test_within_a_quadrant_the_more_important_leads():
    """Then the less satisfying."""
    table = placed(importance=[4, 5, 5], satisfaction=[1, 2, 1])
    found = importance_performance(table, crosshair=(3.5, 3.5))

    assert ["c", "b", "a"] == found["entry"].to_list()


def test_crowding_at_the_top_is_said():
    """Four of four above the declared line: the order says more than the height."""
    table = placed(importance=[4, 5, 4, 5], satisfaction=[1, 2, 1, 5])
    found = importance_performance(table, crosshair=(3.5, 3.5))
    other = importance_performance(table, crosshair="means")

    assert {"4 of 4 lie above the line of importance: look at the order"} == set(
        found["note"]
    )
    assert {""} == set(other["note"])


def test_intervals_across_the_crosshair_are_not_clear():
    """A quadrant is only as sure as both intervals; without them nobody knows."""
    table = placed(
        importance=[4, 4, 4],
        satisfaction=[2, 3.4, 2],
        importance_low=[3.6, 3.8, None],
        importance_high=[4.4, 4.2, 4.5],
        satisfaction_low=[1.8, 3.1, 1.8],
        satisfaction_high=[2.2, 3.7, 2.2],
    )
    found = importance_performance(table, crosshair=(3.5, 3.5)).set_index("entry")

    assert found.loc["a", "is_clear"]
    assert not found.loc["b", "is_clear"]
    # One end is missing, so nothing is known.
    assert found["is_clear"].isna().to_list().count(True) == 1


@pytest.mark.parametrize("crosshair", ["middle", (3,), (3, "x"), None, (3, np.inf), 3])
def test_a_crosshair_must_be_declared(crosshair):
    """Two numbers, means or medians; anything else is refused."""
    with pytest.raises(InputError, match="were expected as crosshair"):
        importance_performance(
            placed(importance=[1], satisfaction=[1]), crosshair=crosshair
        )


def test_quadrants_are_called_as_on_the_board():
    """Table and board use the same words."""
    titles = {zone.title for zone in importance_board(Document([])).zones}
    table = placed(importance=[5, 5, 1, 1], satisfaction=[1, 5, 1, 5])

    assert set(importance_performance(table, crosshair=(3, 3))["quadrant"]) < titles


def kano(*pairs: tuple[object, object], entry: str = "a", **more: object):
    """Return pairs of answers to "it is there" and "it is not there"."""
    table = pd.DataFrame(pairs, columns=["functional", "dysfunctional"], dtype=object)
    return table.assign(entry=entry, **more)


@pytest.mark.parametrize(
    ("there", "classes"),
    [(1, "QAAAO"), (2, "RIIIM"), (3, "RIIIM"), (4, "RIIIM"), (5, "RRRRQ")],
)
def test_the_table_is_the_usual_one(there, classes):
    """Berger et al. (1993), Center for Quality of Management Journal 2, table of 25."""
    columns = {
        "A": "attractive",
        "O": "one_dimensional",
        "M": "must_be",
        "I": "indifferent",
        "R": "reverse",
        "Q": "questionable",
    }
    for missing, letter in enumerate(classes, start=1):
        # Five indifferent people beside, so that there is something to show.
        found = kano_classes(kano(*[(3, 3)] * 5, (there, missing))).iloc[0]
        expected = 6 if letter == "I" else 1

        assert expected == found[columns[letter]]


def test_better_and_worse_are_shares_of_those_who_care_or_do_not():
    """Reverse and questionable answers are in neither share."""
    pairs = [(1, 3)] * 4 + [(1, 5)] * 3 + [(3, 5)] * 2 + [(3, 3)] + [(5, 1)] + [(1, 1)]
    row = kano_classes(kano(*pairs)).iloc[0]
    low, high = wilson(7, 10)

    assert "attractive" == row["category"]
    assert (0.7, -0.5) == pytest.approx((row["better"], row["worse"]))
    assert (low, high) == pytest.approx((row["better_low"], row["better_high"]))
    assert row["worse_low"] < -0.5 < row["worse_high"]
    assert (12, 10) == (row["n"], row["n_rated"])
    assert (1, 1) == (row["reverse"], row["questionable"])
    assert list(KANO_COLUMNS) == list(kano_classes(kano(*pairs)).columns)


def test_on_ties_the_class_that_hurts_most_wins():
    """Must-be before one-dimensional before attractive; the others are named."""
    row = kano_classes(kano(*[(1, 3)] * 3, *[(1, 5)] * 3, *[(3, 5)] * 3)).iloc[0]

    assert "must_be" == row["category"]
    assert "as often: one_dimensional, attractive" == row["note"]


def test_answers_may_be_words_and_gaps_are_counted():
    """The words of the questionnaire count like their numbers."""
    words = [(KANO_ANSWERS[0], KANO_ANSWERS[4].upper())] * 5
    row = kano_classes(kano(*words, (None, 3), (2, ""))).iloc[0]

    assert "one_dimensional" == row["category"]
    assert {"not both answered": 2} == row["left_out"]
    assert (5, 2) == (row["n"], row["n_left_out"])


def test_few_answers_show_no_class():
    """Neither class nor counts of fewer than five people are shown."""
    row = kano_classes(kano(*[(1, 5)] * 4, (5, 1))).iloc[0]

    assert "" == row["category"]
    assert row["one_dimensional"] is pd.NA
    assert np.isnan(row["better"])
    assert "fewer than minimum" == row["reliability"]


def test_segments_have_classes_of_their_own():
    """What delights one segment is taken for granted by another."""
    new = kano(*[(1, 3)] * 6, segment="new")
    old = kano(*[(3, 5)] * 7, segment="old")
    found = kano_classes(pd.concat([new, old])).set_index("segment")["category"]

    assert "attractive" == found["new"]
    assert "must_be" == found["old"]


@pytest.mark.parametrize("answer", [0, 6, "maybe", 2.5])
def test_other_answers_are_refused(answer):
    """The row is named, and what was expected."""
    with pytest.raises(TableError, match=r"column functional: 1 to 5 or one of.*row 3"):
        kano_classes(kano((1, 5), (answer, 5)))
