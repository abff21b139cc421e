"""The gift shop: its invoices are the published ones, its texts say what they say."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Iterator
from datetime import date

import pytest

import journeykit
from journeykit.exchange.starters import starter
from journeykit.measure.customer_groups import group_members
from journeykit.measure.purchases import purchase_days
from journeykit.model import DataSet, Document, Evidence, Persona, Segment
from journeykit.shipped import folder
from journeykit.store import stored_table
from journeykit.workshop import Workshop

RETAIL = folder("templates") / "starters" / "retail"
SHA256 = "b4730b7b03371ea2690e4141d02322cfbb74f3735e62fa0c36073afc95dd0374"
MEMBERS = {
    "segment-home": 4_035,
    "segment-abroad": 348,
    "persona-shopkeeper": 1_143,
    "persona-giver": 3_240,
}


@pytest.fixture(scope="module")
def shop() -> Iterator[Workshop]:
    """Return the workshop with its invoices."""
    with journeykit.new(None, starter="retail") as made:
        yield made


def document() -> Document:
    """Return the document of the starter."""
    return starter("retail", date(2026, 1, 15)).document


def test_invoices_are_the_published_file() -> None:
    """Byte for byte, packed without a name and a time."""
    packed = (RETAIL / "online_retail_ii.csv.gz").read_bytes()

    assert SHA256 == hashlib.sha256(gzip.decompress(packed)).hexdigest()
    assert packed.startswith(b"\x1f\x8b\x08\x00\x00\x00\x00\x00")


def test_invoices_say_where_they_come_from() -> None:
    """Author, source, licence and what was changed, beside the file and in the case."""
    beside = (RETAIL / "ATTRIBUTION.md").read_text("utf-8")
    data_set = document().of(DataSet)[0]

    for text in (beside, data_set.attribution):
        assert "Chen, D. (2012). Online Retail II. UCI Machine Learning" in text
        assert "doi 10.24432/C5CG6D" in text
        assert "CC BY 4.0" in text
    assert SHA256 in beside
    assert "hanged" in data_set.attribution


def test_the_retail_case_has_its_known_numbers(shop: Workshop) -> None:
    """What is known of the first year without this program."""
    made = shop.data_set(reads="purchases")
    report = stored_table(shop.store, made.table).quality
    days = purchase_days(shop.records(), timezone="Europe/London")
    per_customer = days.days.groupby("customer").size()

    assert (23_587, "2009-12-01", "2010-12-09") == (
        *(made.n_rows, str(made.period_start), str(made.period_end)),
    )
    assert {
        "n_buying": 4_312,
        "n_first_cancelled": 272,
        "n_only_cancelled": 69,
        "n_cancelled": 4_372,
        "n_zero": 2,
        "n_below_zero": 0,
    } == report["bought"]
    assert (2_818, 4_312) == (int((per_customer > 1).sum()), len(per_customer))
    assert {"cancelled": 4_372, "amount 0": 2} == dict(days.left_out)


def test_rules_select_personas_and_segments(shop: Workshop) -> None:
    """Each quotes as many customers as its rule selects, by their last invoice."""
    made = shop.data_set(reads="purchases")
    assert made.records is not None
    sizes = {
        name: len(ids)
        for name, ids in group_members(shop.records(), made.records.groups).items()
    }

    assert MEMBERS == sizes
    for one in (*document().of(Persona), *document().of(Segment)):
        text = one.summary if isinstance(one, Persona) else one.description
        assert f"{MEMBERS[one.id]:,} of 4,383 customers" in text
        if isinstance(one, Segment):
            assert round(MEMBERS[one.id] / 4_383, 3) == one.share_of_customers


def test_what_was_observed_is_counted(shop: Workshop) -> None:
    """The counts in the evidence are those of the invoices."""
    invoices = shop.records()
    cancelled = invoices[invoices["is_cancelled"]]
    seen = next(one for one in document().of(Evidence) if one.basis == "observed")

    assert [len(cancelled), len(invoices), cancelled["customer"].nunique(), 4_383] == [
        int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", seen.text)
    ]
    assert cancelled["customer"].nunique() == seen.n_people
