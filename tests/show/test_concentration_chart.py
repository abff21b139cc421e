"""How much the top tenth holds: the finding, the marked row, too few customers."""

from __future__ import annotations

import pandas as pd
import pytest
from chart_cases import n_embedded, values, written

from journeykit.errors import InputError
from journeykit.measure.clv_concentration import concentration_table
from journeykit.show.concentration_chart import (
    clv_concentration_data,
    clv_concentration_spec,
)


def test_twin_marks_the_tenth() -> None:
    """The row of the title is the tenth; shares add up to all."""
    twin = clv_concentration_data(values())
    marked = twin[twin["is_marked"]]

    assert [0.1] == marked["top"].tolist()
    assert [pytest.approx(0.6)] == marked["value"].tolist()
    assert [10] == marked["n_top"].tolist()
    assert pytest.approx(1.0) == twin["value"].iloc[-1]


def test_title_is_the_finding() -> None:
    """The title says what the top tenth holds, with its interval and n."""
    title = written(clv_concentration_spec(values()))["title"]

    assert title.startswith("The top tenth of customers holds 60 % of revenue (")
    assert title.endswith("), n 100")


def test_another_share_than_a_tenth_is_said() -> None:
    """Where there is no tenth, the nearest share is named for what it is."""
    table = values()
    title = written(clv_concentration_spec(table[table["top"] >= 0.2]))["title"]

    assert title.startswith("The top fifth of customers holds 64 % of revenue")


def test_what_is_held_is_named() -> None:
    """A predicted value is not called revenue."""
    spec = clv_concentration_spec(values(), held="predicted value")

    assert "60 % of predicted value" in written(spec)["title"]


def test_alt_text_tells_every_share() -> None:
    """Who does not see the curve is told its points."""
    alt = written(clv_concentration_spec(values()))["alt"]

    assert "top 10 %: 60 %" in alt
    assert "top 100 %: 100 % (100 to 100)" in alt


def test_too_few_customers_show_nothing() -> None:
    """Below five customers neither share nor count is given."""
    customers = pd.DataFrame({"customer": list("ABC"), "value": [3.0, 2.0, 1.0]})
    few = concentration_table(customers)

    assert "not measured" in written(clv_concentration_spec(few[:0]))["title"]
    assert "too few customers" in written(clv_concentration_spec(few))["title"]
    assert clv_concentration_data(few)[["value", "n", "n_top"]].isna().all(axis=None)


def test_many_customers_are_few_points() -> None:
    """However many customers there are, the picture holds the shares only."""
    assert n_embedded(clv_concentration_spec(values(10_000))) < 60


def test_missing_column_is_refused() -> None:
    """A table without shares cannot be drawn."""
    with pytest.raises(InputError, match="without top"):
        clv_concentration_data(values().drop(columns="top"))
