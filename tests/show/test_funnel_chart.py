"""The funnel of steps: what is reached, what is lost between, what may be chance."""

from __future__ import annotations

import pandas as pd
import pytest
from embedded_rows import n_embedded
from way_chart_cases import shop_funnel, shop_log

from journeykit.errors import InputError
from journeykit.measure.events_funnels import funnel
from journeykit.show.frame import NARROW, WIDE, words_of
from journeykit.show.funnel_chart import funnel_steps_data, funnel_steps_spec
from journeykit.show.numbers import NBSP


def test_twin_holds_what_is_reached_and_lost() -> None:
    """90 search, 50 of them reach the cart in order, 30 of those pay."""
    twin = funnel_steps_data(shop_funnel())

    assert [90, 50, 30] == twin["n_reached"].tolist()
    assert [40, 20] == twin["n_lost"].dropna().tolist()
    assert [pytest.approx(40 / 90), pytest.approx(0.4)] == twin["drop_off"][1:].tolist()
    assert ["first", "largest", "may be chance"] == twin["standing"].tolist()


def test_title_names_the_largest_drop() -> None:
    """The largest drop stands in the title, and that it is not clearly so."""
    words = words_of(funnel_steps_spec(shop_funnel()))

    assert (
        "“search” loses most, not clearly: 44 % (35 to 55) of 90 go no further"
        == words.title.replace(NBSP, " ")
    )
    assert "pay: 30 reached it; 40 % (28 to 54) of 50" in words.alt.replace(NBSP, " ")


def test_nobody_lost_is_said() -> None:
    """Where all go on there is no largest drop to name."""
    log = shop_log()
    log = log[log.groupby("customer")["activity"].transform("last") == "pay"]
    table = funnel(log, ["cart", "pay"])

    words = words_of(funnel_steps_spec(table))

    assert "Nobody of 38 is lost between the steps" == words.title


def test_too_few_are_given_no_share() -> None:
    """Below the minimum there is a bar but no share, in words."""
    log = shop_log()
    few = log[log["customer"].isin(["c1", "c2"])]
    table = funnel(few, ["search", "cart"])

    twin = funnel_steps_data(table)

    assert ["first", "too few"] == twin["standing"].tolist()
    assert "Too few reached" in words_of(funnel_steps_spec(table)).title


def test_empty_table_is_drawn_as_words() -> None:
    """A funnel without steps says so."""
    spec = funnel_steps_spec(shop_funnel().head(0))

    assert "No step of the funnel was measured" == words_of(spec).title
    assert ["text"] == [part["mark"]["type"] for part in spec["layer"]][:1]


def test_unknown_group_is_refused() -> None:
    """A persona without rows is a mistake of the caller."""
    with pytest.raises(InputError, match="group"):
        funnel_steps_data(shop_funnel(), group="nobody")


def test_missing_column_is_refused() -> None:
    """The error names what is missing."""
    with pytest.raises(InputError, match="n_reached"):
        funnel_steps_data(shop_funnel().drop(columns="n_reached"))


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_many_steps_stay_small(width: int) -> None:
    """A thousand steps are not embedded; what is left out is said."""
    one = shop_funnel().iloc[[0, 2]]
    parts = [one.assign(place=at, step=f"step {at}") for at in range(1, 1_001)]

    spec = funnel_steps_spec(pd.concat(parts), width=width)

    assert 5_000 > n_embedded(spec)
    assert "first 60 of 1000 steps" in words_of(spec).source
