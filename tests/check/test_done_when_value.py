"""The step on lifetime value: who stands out, and what is still missing by name."""

from __future__ import annotations

from typing import Any

from journeykit.check.done_when import checks_of
from journeykit.check.high_value import group_values, standing_out
from journeykit.model import Document, Entry, entry_from


def entry(kind: str, entry_id: str, /, **fields: Any) -> Entry:
    """Return an entry."""
    return entry_from({"kind": kind, "id": entry_id, **fields})


def worth(name: str, persona: str | None, low: float, high: float) -> Entry:
    """Return a measured lifetime value to date."""
    return entry(
        "measurement",
        name,
        definition="clv_to_date",
        persona=persona,
        value=(low + high) / 2,
        low=low,
        high=high,
        n=100,
        data_set="shop",
    )


def workshop(**shopkeeper: Any) -> Document:
    """Return a workshop in which shopkeepers stand out, and customers abroad may."""
    return Document(
        [
            entry("data_set", "shop", title="Invoices"),
            entry("persona", "keeper", name="The shopkeeper", **shopkeeper),
            entry("segment", "abroad", name="Customers abroad"),
            worth("m-all", None, 90, 110),
            worth("m-keeper", "keeper", 120, 150),
            worth("m-abroad", "abroad", 105, 400),
        ]
    )


def missing(document: Document) -> str:
    """Return everything that the step says is missing."""
    return " ".join(one for c in checks_of(document, "clv") for one in c.missing)


def test_a_group_stands_out_by_its_whole_interval() -> None:
    """A higher mean is not enough: its interval must lie above that of all."""
    document = workshop()

    assert ["keeper"] == [one.id for one in standing_out(document)]
    assert ["abroad", "keeper"] == [one.group.id for one in group_values(document)]


def test_too_few_customers_stand_out_nowhere() -> None:
    """A value that is not shown proposes nobody."""
    hidden = entry("measurement", "m-keeper", definition="clv_to_date", n=3)
    shown = hidden.model_copy(update={"persona": "keeper", "data_set": "shop"})

    assert () == standing_out(workshop().with_entries([shown]))


def test_who_stands_out_and_is_not_marked_is_named() -> None:
    """The step is open until a person took the proposal."""
    assert "and not marked: The shopkeeper" in missing(workshop())
    assert "marked" not in missing(workshop(is_high_value=True))


def test_each_of_the_five_parts_is_asked_for() -> None:
    """Capability 72: purchases, marks, processes, personal touch, a target."""
    said = missing(Document())

    for words in (
        "Bring your purchases",
        "Nobody is marked yet",
        "There are no touchpoints yet",
        "rated 4 or 5",
        "how much should they be worth",
    ):
        assert words in said


def test_the_step_can_be_done() -> None:
    """With all five nothing is missing."""
    document = workshop(is_high_value=True).with_entries(
        [
            entry("journey", "today", name="Today"),
            entry("stage", "buy", name="Buy", journey="today"),
            entry(
                "touchpoint",
                "desk",
                name="Desk",
                stage="buy",
                bears_on_clv=5,
                personalisation_idea="Remember the last order",
            ),
            entry("kpi", "stay", name="Stay", measure="retention_rate", target=0.8),
        ]
    )

    assert "" == missing(document)
    assert all(one.is_done for one in checks_of(document, "clv"))
