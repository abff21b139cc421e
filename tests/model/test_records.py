"""How records are read: what a mapping must say, and what it points to."""

from __future__ import annotations

from typing import Any

import pytest
from sample_entries import airport

from journeykit.errors import DanglingReferenceError, InputError
from journeykit.model import (
    Condition,
    DataSet,
    EventMapping,
    FeedbackMapping,
    Group,
    PurchaseMapping,
    Rating,
    Scale,
    TicketMapping,
    entry_from,
    from_json,
    to_json,
)

BUYS: dict[str, Any] = {"customer": "who", "time": "when"}


@pytest.mark.parametrize(
    "mapping",
    [
        PurchaseMapping(amount="total", currency="GBP", **BUYS),
        EventMapping(customer="c", activity="a", time="t"),
        TicketMapping(ticket="id", created="created_at", text=("subject", "body")),
        FeedbackMapping(text=("comment",)),
    ],
)
def test_a_data_set_keeps_how_its_records_were_read(mapping: Any) -> None:
    """The kind of records is told by the mapping itself, in the file too."""
    document = airport().with_entries([DataSet(id="d", title="Log", records=mapping)])
    read = from_json(to_json(document))["d"]

    assert isinstance(read, DataSet)
    assert mapping == read.records
    assert type(mapping) is type(read.records)


def test_unknown_records_are_refused_with_what_is_known() -> None:
    """A misspelled kind names the kinds there are."""
    values = {"kind": "data_set", "id": "d", "title": "T", "records": {"reads": "sale"}}

    with pytest.raises(InputError, match=r"records.*'purchases', 'events', 'tickets'"):
        entry_from(values)


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({}, "an amount was expected"),
        ({"quantity": "n"}, "an amount was expected"),
        ({"amount": "a", "quantity": "n", "price": "p"}, "an amount was expected"),
        ({"amount": "a", "quantity": "n"}, "an amount was expected"),
        ({"amount": "a", "cancelled_prefix": "C"}, "needs the column of the invoices"),
        ({"amount": "a", "cancelled_values": ["x"]}, "column that says cancelled"),
        ({"amount": "a", "dates": "y/m"}, "'d/m' or 'm/d'"),
    ],
)
def test_purchases_need_one_way_to_their_amount(
    more: dict[str, Any], match: str
) -> None:
    """An amount, or pieces times price; what cancels needs its column."""
    with pytest.raises(ValueError, match=match):
        PurchaseMapping(**BUYS, **more)


def test_columns_are_named_with_what_for() -> None:
    """Roles first, then the rules; a rating by its column."""
    condition = Condition(column="plan", values=("team",))
    mapping = FeedbackMapping(
        text=("liked", "missed"),
        rating=Rating(column="stars", scale=Scale(lowest=1, highest=5)),
        only=(condition,),
        groups=(Group(subject="ann", conditions=(condition,)),),
    )

    assert [
        ("text", "liked"),
        ("text", "missed"),
        ("rating", "stars"),
        ("rule for what counts", "plan"),
        ("rule of ann", "plan"),
    ] == list(mapping.columns())


def test_matched_names_must_be_there() -> None:
    """A name that is matched to no touchpoint of the workshop is refused."""
    names = {"Parked the car": "parking", "Took off": "runway"}
    mapping = EventMapping(customer="c", activity="a", time="t", activities=names)
    entry = DataSet(id="d", title="Log", records=mapping)

    with pytest.raises(DanglingReferenceError, match="runway is missing"):
        airport().with_entries([entry])


def test_matched_touchpoint_cannot_go_unseen() -> None:
    """Removing a touchpoint that events are matched to names the data set."""
    mapping = EventMapping(
        customer="c", activity="a", time="t", activities={"Parked": "check-in"}
    )
    document = airport().with_entries([DataSet(id="d", title="Log", records=mapping)])

    with pytest.raises(DanglingReferenceError, match="'Log'"):
        document.with_entries(drop=["check-in"])
