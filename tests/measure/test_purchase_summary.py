"""Everything that a list of purchases says, with its known answers."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from journeykit.exchange.purchases import read_purchases
from journeykit.measure.purchase_summary import purchase_summary, usual_silence_days
from journeykit.measure.purchases import purchase_days
from journeykit.measure.summary import Summary
from journeykit.model.survey import Condition, Group

RETAIL = (
    Path(__file__).parent.parent
    / "data"
    / ("online_retail_ii_2009_2010_invoices.csv.gz")
)


@pytest.fixture(scope="module")
def retail() -> Summary:
    """Return the summary of the shared retail year."""
    mapping = read_purchases(RETAIL).proposal()
    purchases = read_purchases(RETAIL, mapping).frame
    return purchase_summary(purchases)


def test_retail_year_gives_its_known_answers(retail: Summary) -> None:
    """Repeat purchase rate 2,818 of 4,312; the top tenth holds 59.8 % of revenue."""
    repeat = retail.results["repeat_purchase_rate"]

    assert (2818 / 4312, 4312) == (pytest.approx(repeat.value), repeat.n)
    assert 0.598 == pytest.approx(
        retail.results["revenue_concentration"].value, abs=5e-4
    )
    assert 431 == len(retail.tables["high_value_customers"])


def test_churn_is_what_retention_leaves(retail: Summary) -> None:
    """Over the same window, of the same customers."""
    kept, lost = (retail.results[name] for name in ("retention_rate", "churn_rate"))

    assert kept.value is not None
    assert 1 == pytest.approx(kept.value + (lost.value or 0))
    assert kept.n == lost.n


def test_model_that_cannot_be_trusted_says_so(retail: Summary) -> None:
    """The shared retail year is such a case; the backtest stands beside it."""
    assert any("cannot be trusted" in note for note in retail.notes)
    assert "not to be trusted" in retail.results["clv_modelled"].note
    assert "repeat rate carried on" in set(retail.tables["backtest"]["forecast"])


def test_summary_is_plain_json(retail: Summary) -> None:
    """What is not known is null, and days are written as days."""
    plain = json.loads(json.dumps(retail.plain(), allow_nan=False))

    assert plain["results"]["median_survival"]["value"] is None
    assert set(retail.tables) == set(plain["tables"])


def test_groups_are_valued_apart() -> None:
    """By the rules that the mapping states."""
    rows = [
        {"customer": f"c{n}", "time": day, "amount": 10.0 + n, "land": "DE"[n % 2]}
        for n in range(40)
        for day in pd.to_datetime(["2026-01-02", "2026-02-03"])
    ]
    table = pd.DataFrame(rows).assign(is_cancelled=False)
    groups = [
        Group(
            subject=f"p-{land.lower()}",
            conditions=(Condition(column="land", values=(land,)),),
        )
        for land in "DE"
    ]
    found = purchase_summary(table, groups)
    by_group = found.tables["clv_by_group"].set_index("group")

    assert 20 == by_group.loc["p-d", "n"]
    assert by_group.loc["p-e", "value"] > by_group.loc["p-d", "value"]


def test_nothing_to_measure_is_said() -> None:
    """Only cancellations: no number, no error."""
    time = pd.to_datetime(["2026-01-02"])
    table = pd.DataFrame({"customer": ["a"], "time": time, "amount": [-5.0]})
    found = purchase_summary(table.assign(is_cancelled=True))

    assert {} == dict(found.results)
    assert "There is no purchase to measure." == found.notes[-1]


def test_silence_is_whole_weeks_and_four_at_least() -> None:
    """Customers who come daily are not lost after a fortnight."""
    time = pd.date_range("2026-01-01", periods=20)
    table = pd.DataFrame({"customer": "a", "time": time, "amount": 1.0})

    assert 28 == usual_silence_days(purchase_days(table))
