"""What pain costs: customers who drop off, and value at stake or why not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import journeykit
from journeykit.model.records import EventMapping, PurchaseMapping
from journeykit.report.cost_page import CostPage
from journeykit.workshop import Workshop

EVENTS = EventMapping(
    customer="who",
    activity="did",
    time="at",
    activities={"cart": "cart", "pay": "pay"},
)
PURCHASES = PurchaseMapping(customer="who", time="at", amount="paid", currency="EUR")


def events() -> bytes:
    """Return 100 customers with a cart; 30 of them go on to pay."""
    rows = [f"c{n},cart,2026-05-01 10:00" for n in range(100)]
    rows += [f"c{n},pay,2026-05-01 10:05" for n in range(30)]
    return "\n".join(["who,did,at", *rows]).encode()


def purchases() -> bytes:
    """Return 200 customers of May; of those with a cart 20 come again, of others 80."""
    rows = [f"c{n},2026-05-20,50" for n in range(200)]
    back = [*range(20), *range(100, 180)]
    rows += [f"c{n},2026-06-10,50" for n in back]
    rows += ["new,2026-06-17,50"]
    return "\n".join(["who,at,paid", *rows]).encode()


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a map of two touchpoints with a pain point at the first."""
    with journeykit.new(None, title="Shop") as made:
        stage = made.entries("stage")[0].id
        made.add("touchpoint", id="cart", stage=stage, name="The cart", rank="1")
        made.add("touchpoint", id="pay", stage=stage, name="Payment", rank="2")
        made.add("pain_point", id="total", text="A hidden total", touchpoint="cart")
        yield made


def text(part: object) -> str:
    """Return what a part shows."""
    html = str(part.__html__()) if hasattr(part, "__html__") else ""
    return html.replace("\N{NO-BREAK SPACE}", " ")


def test_drop_off_between_touchpoints_has_its_interval(work: Workshop) -> None:
    """70 of 100 are lost between cart and payment: 60 to 78 percent."""
    work.import_records(events(), mapping=EVENTS, data_set="log")
    work.measure_records("log")
    shown = text(CostPage(work).drop_off())

    assert "Most are lost before “Payment”: 70 %" in shown
    assert "70 % (60 to 78)" in shown
    assert "The cart" in shown


def test_without_events_nothing_is_made_up(work: Workshop) -> None:
    """A sentence says what would be needed."""
    page = CostPage(work)

    assert "was not measured" in text(page.drop_off())
    assert "A rate of churn alone says nothing" in text(page.value_at_stake())


def test_value_at_stake_is_a_range_against_the_others(work: Workshop) -> None:
    """80 of 100 with a cart left, 20 of 100 others: 60 percent of 100 customers."""
    work.import_records(events(), mapping=EVENTS, data_set="log")
    work.import_records(purchases(), mapping=PURCHASES, data_set="shop")
    no_value = text(CostPage(work).value_at_stake())
    work.add(
        "measurement",
        definition="clv_to_date",
        value=100,
        low=90,
        high=110,
        n=200,
        data_set="shop",
    )
    shown = text(CostPage(work).value_at_stake())

    assert "nobody measured yet what a customer is worth" in no_value
    assert "<svg" in shown
    assert "6,000" in shown
    assert "A hidden total" in shown
