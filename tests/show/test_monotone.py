"""A smooth line that invents nothing."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.show.monotone import smooth


def test_a_line_through_two_points_is_straight():
    """Halfway is the middle; beside its ends there is no line."""
    line = smooth([(0, 0), (10, 4)])

    assert pytest.approx(2) == line.y_at(5)
    assert line.y_at(-1) is None
    assert line.y_at(11) is None


def test_one_point_is_no_line():
    """It has a place, and no height beside it."""
    line = smooth([(3, 1)])

    assert "M3.0,1.0" == line.path()
    assert line.y_at(3) is None


def test_a_path_may_run_back():
    """A shade goes along one line and back along another."""
    line = smooth([(0, 0), (3, 3)])

    assert "M0.0,0.0C1.0,1.0,2.0,2.0,3.0,3.0" == line.path()
    assert "L3.0,3.0C2.0,2.0,1.0,1.0,0.0,0.0" == line.path(
        is_reversed=True, is_joined=True
    )


@given(st.lists(st.floats(-2, 2), min_size=2, max_size=9))
def test_the_line_never_leaves_its_neighbours(values):
    """Between two points it stays between their values: nobody felt more than that."""
    points = [(float(i * 10), value) for i, value in enumerate(values)]
    line = smooth(points)

    for (x0, y0), (x1, y1) in pairwise(points):
        for i in range(11):
            y = line.y_at(x0 + (x1 - x0) * i / 10)
            assert y is not None
            assert min(y0, y1) - 1e-6 <= y <= max(y0, y1) + 1e-6
