"""The shape in which every measure answers."""

import pickle

import pytest

from journeykit.measure.result import Result


@pytest.mark.parametrize(
    ("n", "minimum", "reliability"),
    [
        (0, 5, "not measured"),
        (1, 5, "fewer than minimum"),
        (4, 5, "fewer than minimum"),
        (5, 5, "few answers"),
        (9, 10, "fewer than minimum"),
        (29, 5, "few answers"),
        (30, 5, "enough"),
        (30, 50, "fewer than minimum"),
    ],
)
def test_reliability_follows_the_number_of_answers(n, minimum, reliability):
    """Below 5 nothing is shown, below 30 few answers; the minimum may be raised."""
    result = Result("net_promoter_score", None, None, None, n, minimum=minimum)

    assert reliability == result.reliability


def test_a_result_adds_up_what_was_left_out():
    """Every reason counts."""
    left_out = {"0 blank": 132, "empty": 8}
    result = Result("mean_satisfaction", 4.0, 3.9, 4.1, 500, left_out)

    assert result.n_left_out == 140


def test_a_result_never_changes():
    """What was left out is a copy that cannot be written to."""
    left_out = {"empty": 1}
    result = Result("mean_satisfaction", 4.0, 3.9, 4.1, 500, left_out)
    left_out["empty"] = 99

    assert result.left_out == {"empty": 1}
    with pytest.raises(TypeError):
        result.left_out["empty"] = 2
    with pytest.raises(AttributeError):
        result.value = 5.0


def test_a_result_travels_to_child_processes():
    """Reports run in children, so a result survives pickling with all its parts."""
    left_out = {"11 no answer": 84}
    result = Result(
        "net_promoter_score",
        40.4,
        37.5,
        43.2,
        2746,
        left_out,
        2266.5,
        0.9,
        10,
        "weighted",
    )

    assert result == pickle.loads(pickle.dumps(result))
