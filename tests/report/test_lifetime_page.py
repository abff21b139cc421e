"""Customer lifetime value in five parts: honest without purchases, exact with them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from buyers import made_purchases

import journeykit
from journeykit.errors import InputError, UnknownNameError
from journeykit.model.records import PurchaseMapping
from journeykit.model.survey import Condition, Group
from journeykit.report.lifetime_numbers import ValueTerms
from journeykit.report.lifetime_page import LifetimePage
from journeykit.report.part import Part
from journeykit.workshop import Workshop

PARTS = (
    *("map", "recognised", "quality", "meaning", "trust", "levels", "staying"),
    *("retention", "survival", "concentration", "high_value", "high_value_ids"),
    *("groups", "win_back", "targets", "growth", "backtest"),
)


def text_of(part: Part) -> str:
    """Return what a reader sees of a part."""
    bare = re.sub(r"<svg.*?</svg>", " ", str(part.__html__()), flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", bare).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
def retail() -> Iterator[Workshop]:
    """Return the gift shop, as its starter begins."""
    with journeykit.new(None, starter="retail") as work:
        yield work


@pytest.fixture(scope="module")
def page(retail: Workshop) -> LifetimePage:
    """Return the gift shop's page, its numbers kept."""
    made = LifetimePage(retail)
    made.take()
    return made


def test_three_levels_stand_side_by_side(page: LifetimePage) -> None:
    """Capability 82: value to date, with retention, modelled; each with definition."""
    said = text_of(page.levels())

    assert "2,048 GBP Customer lifetime value to date." in said
    assert "95 % interval 1,782 to 2,314" in said
    assert "n 4,312; left out: 4,372 cancelled, 2 amount 0." in said
    assert "m r / (1 + d − r)" in said
    assert "Expected purchases by BG/NBD" in said
    assert 3 <= said.lower().count("not margin")


def test_a_model_that_cannot_be_trusted_says_so_first(page: LifetimePage) -> None:
    """The gift shop's fit is degenerate: heading, and no large number."""
    assert text_of(page.trust()).strip().startswith("The modelled value cannot be")
    assert "Not trusted Customer lifetime value, modelled." in text_of(page.levels())


def test_high_value_customers_are_listed_by_number(page: LifetimePage) -> None:
    """Capability 83: a tenth brings 60 % of the revenue, customer 18102 the most."""
    said = text_of(page.high_value())

    assert "431 of 4,312 customers bring 60 % of the revenue" in said
    assert "1 18102 4.0 % 4.0 %" in said
    assert "The numbers of all 431" in text_of(page.high_value_ids())


def test_who_stays_is_said_with_its_interval(page: LifetimePage) -> None:
    """Capability 85: repeat purchase, retention and churn, defined and counted."""
    said = text_of(page.staying())

    assert "72 % of the customers stayed (70 to 73)" in said
    assert "Repeat purchase rate 65 % 64 to 67 4,312" in said
    assert "Churn rate 28 % 27 to 30 2,733 1,579 new since the start" in said


def test_growth_says_where_it_may_be_chance(page: LifetimePage) -> None:
    """Capability 85: the rate by cohorts of one age, with the rule."""
    said = text_of(page.growth())

    assert "2010-09 against 2010-08: −17 %, which may be chance" in said
    assert "undefined at 0 and across a change of sign" in said


def test_backtest_stands_beside_carrying_on(page: LifetimePage) -> None:
    """The plainest forecast was nearer, and the title says so."""
    said = text_of(page.backtest())

    assert "The model was no better than “repeat rate carried on”" in said
    assert "repeat rate carried on 5,234 not known 5,403 −3 %" in said


def test_groups_are_told_apart_from_all_customers(page: LifetimePage) -> None:
    """The higher mean of customers abroad may be chance; shopkeepers stand out."""
    said = text_of(page.groups())

    assert "Worth more than customers as a whole: The shopkeeper" in said
    assert "Customers abroad 4,131 GBP 2,102 to 6,160 343 8 % 16 % 57" in said


def test_targets_say_where_they_stand(page: LifetimePage) -> None:
    """Capability 72, last part: KPIs on retention and value against their targets."""
    said = text_of(page.targets())

    assert "0 of 2 targets are reached" in said
    assert "Customers who buy again 65 % 64 to 67 4,312 70 %" in said


def test_map_and_marks_are_of_one_workshop(page: LifetimePage) -> None:
    """Capability 16: a click on the list marks, and the map's part tells of it."""
    page.mark_high_value()._receive(None, {"act": "high_value:persona-shopkeeper"}, [])

    assert "Of high value: The shopkeeper." in text_of(page.map())


def test_settings_are_printed_with_the_numbers(retail: Workshop) -> None:
    """A margin makes values margin, and every title says of what."""
    terms = ValueTerms(margin_rate=0.3, top_share=0.01, silent_days=90)
    page = LifetimePage(retail, terms=terms)

    assert "Values are margin (30 % of revenue)" in text_of(page.trust())
    assert "lost after 90 days" in text_of(page.trust())
    assert "614 GBP Customer lifetime value to date" in text_of(page.levels())
    assert "43 of 4,312 customers" in text_of(page.high_value())


@pytest.mark.parametrize("name", PARTS)
def test_each_part_is_honest_without_purchases(name: str) -> None:
    """An empty workshop has a sentence in each place, and no number."""
    said = text_of(getattr(LifetimePage(journeykit.new(None)), name)())

    assert len(said.strip()) > 15
    assert "nan" not in said
    assert "interval" not in said


def test_purchases_are_proposed_then_kept(tmp_path: Path) -> None:
    """First a proposal and nothing kept; with the mapping, numbers and a model."""
    work = journeykit.new(tmp_path / "shop.journey")
    work.add("segment", id="heavy", name="Heavy buyers")
    file = tmp_path / "orders.csv"
    bought = made_purchases(np.random.default_rng(7), n=500)
    bought.to_csv(file, index=False)

    first = LifetimePage(work, file=str(file))
    assert "A proposal: check it" in text_of(first.meaning())
    assert "Nothing was kept yet" in text_of(first.take())
    assert () == work.data_sets("purchases")
    assert "Nothing is measured yet" in text_of(first.trust())

    target = tmp_path / "orders.csv.mapping.json"
    mapping = PurchaseMapping.model_validate_json(target.read_text("utf-8"))
    heavy = Condition(column="amount", test="at_least", values=("8",))
    rule = Group(subject="heavy", conditions=(heavy,))
    whole = mapping.model_copy(update={"groups": (rule,)})
    target.write_text(whole.model_dump_json(), encoding="utf-8")
    kept = LifetimePage(work, file=str(file), mapping_file=str(target))

    assert f"{len(bought):,} rows are in the workshop" in text_of(kept.take())
    assert "500 customers with a purchase." in text_of(kept.quality())
    assert text_of(kept.trust()).strip().startswith("How the numbers were made")
    assert "amount who belongs to Heavy buyers" in text_of(kept.meaning())
    assert "Heavy buyers" in text_of(kept.groups())
    # Taken twice, it is the same data set.
    kept.take()
    assert 1 == len(work.data_sets("purchases"))


def test_few_customers_are_not_listed(tmp_path: Path) -> None:
    """Below the minimum there is no number and nobody's id."""
    work = journeykit.new(tmp_path / "shop.journey")
    file, target = tmp_path / "orders.csv", tmp_path / "mapping.json"
    rows = "".join(f"C{n},2026-01-0{n},9\n" for n in range(1, 5))
    file.write_text(f"who,when,total\n{rows}", encoding="utf-8")
    mapping = PurchaseMapping(customer="who", time="when", amount="total")
    target.write_text(mapping.model_dump_json(), encoding="utf-8")
    page = LifetimePage(work, file=str(file), mapping_file=str(target))
    page.take()

    assert "too few customers" in text_of(page.high_value())
    assert "C1" not in "".join(text_of(getattr(page, name)()) for name in PARTS)
    assert "Not measured" in text_of(page.levels())


@pytest.mark.parametrize(
    "settings", [{"margin_rate": 30}, {"silent_days": -1}, {"horizon_days": 0}]
)
def test_setting_out_of_range_is_refused(settings: dict[str, Any]) -> None:
    """30 for 30 % would make every value thirty times too large."""
    with pytest.raises(InputError, match="expected"):
        ValueTerms(**settings)


def test_mapping_of_unknown_groups_is_refused(tmp_path: Path) -> None:
    """A rule for a persona that is not there is said before anything is read."""
    file, target = tmp_path / "orders.csv", tmp_path / "mapping.json"
    file.write_text("who,when,total\n7,2026-01-01,9\n", encoding="utf-8")
    rule = Group(subject="gone", conditions=(Condition(column="total", values=("9",)),))
    mapping = PurchaseMapping(
        customer="who", time="when", amount="total", groups=(rule,)
    )
    target.write_text(mapping.model_dump_json(), encoding="utf-8")

    with pytest.raises(UnknownNameError, match="persona or segment"):
        LifetimePage(journeykit.new(None), file=str(file), mapping_file=str(target))
