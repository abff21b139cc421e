"""How a wide map is split into bands."""

import pytest

from journeykit.layout.journey_map import journey_map
from journeykit.model import Document, Journey, Stage, Touchpoint
from journeykit.show.map_bands import bands_of


def layout(*sizes: int):
    """Return a map whose stages have so many touchpoints."""
    entries = [Journey(id="j", name="J")]
    for i, size in enumerate(sizes):
        entries.append(Stage(id=f"s{i}", journey="j", name="S", rank=f"{i + 1:02d}V"))
        entries += [
            Touchpoint(id=f"t{i}-{k}", stage=f"s{i}", name="T", rank=f"{k + 1:02d}V")
            for k in range(size)
        ]
    return journey_map(Document(entries))


@pytest.mark.parametrize(
    ("expected", "sizes"),
    [
        ([0], []),
        ([3], [3]),
        ([8], [2, 3, 3]),
        ([8, 6], [2, 3, 3, 4, 2]),
        # as even as stages allow, and no more bands than needed
        ([5, 4], [2, 3, 4]),
        # a stage that fits nowhere is cut into even parts
        ([7, 7, 6], [20]),
        # an empty stage keeps one column
        ([3], [2, 0]),
    ],
)
def test_bands_end_between_stages(expected, sizes):
    """A picture of 1160 px holds eight columns."""
    bands = bands_of(layout(*sizes), 1160)

    assert expected == [band.last - band.first for band in bands]
    assert [(i + 1, len(expected)) for i in range(len(expected))] == [
        (band.number, band.n_bands) for band in bands
    ]


def test_columns_fill_the_width_up_to_a_limit():
    """All bands share one width of column; few touchpoints are not stretched."""
    many = bands_of(layout(2, 3, 3, 4, 2), 1160)
    few = bands_of(layout(2), 1160)

    assert {131.5} == {band.column for band in many}
    assert 240.0 == few[0].column


def test_narrow_pictures_have_no_column_of_heads():
    """On a phone two touchpoints stand side by side, lane heads above them."""
    band = bands_of(layout(2, 2), 342)[0]

    assert (0, 2, True, 175.0) == (band.first, band.last, band.is_narrow, band.column)


def test_the_least_width_of_a_column_may_be_given():
    """A curve alone takes narrower columns than cards do."""
    assert 1 == len(bands_of(layout(2, 3, 3, 4, 2), 1160, column_px=72))


def test_a_span_ends_where_its_band_ends():
    """A stage that is cut has its part in each band, and none in others."""
    first, second, third = bands_of(layout(20), 1160)

    assert (116.0, 7 * first.column - 8) == first.span(0, 20)
    assert (116.0, 6 * first.column - 8) == third.span(0, 20)
    assert second.span(0, 7) is None
