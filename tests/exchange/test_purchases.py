"""Purchases from file to table: what is recognised, taken, refused and said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.exchange.purchases import read_purchases
from journeykit.measure.purchases import purchase_days
from journeykit.model import Condition, Group, PurchaseMapping
from journeykit.shipped import folder

RETAIL = folder("templates") / "starters" / "retail" / "online_retail_ii.csv.gz"
SHOP = b"""Order No;Kunde;Datum;Betrag;Storno;Land
1;100;31.01.2026 09:15;1.234,50;nein;DE
2;100;31.01.2026 17:00;5,00;nein;DE
3;200;01.02.2026 10:00;-20,00;ja;AT
4;;02.02.2026 11:00;8,00;nein;DE
5;300;03.02.2026 12:00;0,00;nein;CH
5;300;03.02.2026 12:00;0,00;nein;CH
6;400;bald;viel;nein;DE
7;400;01.01.1900 00:00;-3,00;nein;DE
"""


def shop(**more: Any) -> PurchaseMapping:
    """Return what the columns of the shop mean."""
    fields = {
        "customer": "Kunde",
        "time": "Datum",
        "amount": "Betrag",
        "invoice": "Order No",
        "cancelled": "Storno",
        "timezone": "Europe/Berlin",
    }
    return PurchaseMapping(**fields | more)


def test_nothing_is_taken_without_a_mapping() -> None:
    """The table stays as it is; what would be made of it is said and proposed."""
    records = read_purchases(SHOP)
    proposed = records.proposal()

    assert records.mapping is None
    assert ["1", "100", "31.01.2026 09:15", "1.234,50", "nein", "DE"] == list(
        records.frame.iloc[0]
    )
    assert isinstance(proposed, PurchaseMapping)
    assert ("Kunde", "Datum", "Betrag", "Order No", "Storno") == (
        *(proposed.customer, proposed.time, proposed.amount),
        *(proposed.invoice, proposed.cancelled),
    )
    assert ("d/m", ",") == (proposed.dates, proposed.decimal)
    assert (
        "amount (Betrag): amounts have decimal commas, 0,5 is a half." in records.notes
    )
    assert "3 customers with a purchase." not in records.notes


def test_canonical_table_has_a_row_for_each_in_the_file() -> None:
    """Refunds stay below 0, cancellations are marked, the unreadable is missing."""
    frame = read_purchases(SHOP, shop()).frame

    assert {
        "customer": "str",
        "time": "datetime64[us]",
        "amount": "float64",
        "is_cancelled": "bool",
        "invoice": "str",
    } == {name: str(kind) for name, kind in frame.dtypes.items()}
    assert ["100", "100", "200", None, "300", "300", "400", "400"] == [
        None if pd.isna(one) else one for one in frame["customer"]
    ]
    assert "2026-01-31 08:15:00" == str(frame["time"][0])
    assert [1234.5, 5.0, -20.0, 8.0, 0.0, 0.0, -3.0] == frame[
        "amount"
    ].dropna().tolist()
    assert [2] == frame.index[frame["is_cancelled"]].tolist()


def test_quality_report_counts_what_is_odd() -> None:
    """Rows, missing, unreadable with examples, doubles, cancellations, zeros."""
    quality = read_purchases(SHOP, shop()).quality
    time = next(role for role in quality.roles if role.role == "time")

    assert (8, 6) == (quality.n_rows, quality.n_columns)
    assert (1, ((8, "bald"),)) == (time.n_unreadable, time.unreadable)
    assert (1, ((9, "01.01.1900 00:00"),)) == (time.n_outside, time.outside)
    assert (4, 1) == (quality.n_customers, quality.n_without_customer)
    assert (1, 1, ("5",)) == (
        quality.n_duplicate_rows,
        quality.n_duplicate_ids,
        quality.duplicate_ids,
    )
    assert quality.bought is not None
    assert {
        "n_buying": 1,
        "n_first_cancelled": 1,
        "n_only_cancelled": 1,
        "n_cancelled": 1,
        "n_zero": 2,
        "n_below_zero": 1,
    } == quality.bought.model_dump()
    assert "2026-01-31" == str(quality.period_start)
    assert "time (Datum): 1 cell cannot be read: row 8 'bald'." in quality.sentences()
    assert 5 == len(quality.frame())


def test_measures_take_the_table_as_it_is() -> None:
    """What the reader leaves in, the measure leaves out and counts again."""
    found = purchase_days(read_purchases(SHOP, shop()).frame)

    assert {
        "no customer": 1,
        "no time": 2,
        "cancelled": 1,
        "amount 0": 2,
    } == dict(found.left_out)
    assert [1239.5] == found.days["amount"].tolist()


@pytest.mark.parametrize(
    ("data", "mapping", "expected"),
    [
        # the lines of invoices, as the shop system has them
        (
            b"InvoiceNo,Qty,UnitPrice,CustomerID,InvoiceDate\n"
            b"1,6,2.55,17850.0,12/1/2010 8:26\nC2,-1,4.65,14527.0,12/13/2010 9:41\n",
            {
                "customer": "CustomerID",
                "time": "InvoiceDate",
                "quantity": "Qty",
                "price": "UnitPrice",
                "invoice": "InvoiceNo",
                "cancelled_prefix": "c",
            },
            [("17850", 15.3, False), ("14527", -4.65, True)],
        ),
        # a state in words, money with its sign
        (
            b"user_id,paid_at,total,state\n1,1606780800,$15.30,done\n"
            b"2,1606780900,($4.65),sent back\n",
            {
                "customer": "user_id",
                "time": "paid_at",
                "amount": "total",
                "cancelled": "state",
                "cancelled_values": ["Sent back"],
            },
            [("1", 15.3, False), ("2", -4.65, True)],
        ),
    ],
)
def test_other_shops_work_through_a_mapping_alone(
    data: bytes, mapping: dict[str, Any], expected: list[tuple[str, float, bool]]
) -> None:
    """Pieces times price, a letter before the number, words of one's own."""
    frame = read_purchases(data, PurchaseMapping(**mapping)).frame

    assert expected == list(
        zip(frame["customer"], frame["amount"], frame["is_cancelled"], strict=True)
    )
    assert frame["time"].notna().all()


def test_one_mapping_serves_exports_with_other_names() -> None:
    """Names that the mapping declares, and names that differ in signs only."""
    other = SHOP.replace(b"Kunde", b"Kundin").replace(b"Order No", b"ORDER-NO")
    records = read_purchases(other, shop(renamed={"Kunde": ["Kundin"]}))

    assert 4 == records.quality.n_customers
    assert "Kundin was read as Kunde." in records.notes
    assert "ORDER-NO was read as Order No." in records.notes


def test_columns_that_are_not_needed_may_be_absent() -> None:
    """A missing margin is said, with what it may be called; a customer is needed."""
    records = read_purchases(SHOP, shop(margin="Landx"))

    assert (
        "margin (Landx) is not in this file. If it is 'Land', say so in renamed."
        in (records.notes)
    )
    assert "margin" not in records.frame
    with pytest.raises(UnknownNameError, match=r"mapping, customer.*'Kunden'.*'Kunde'"):
        read_purchases(SHOP, shop(customer="Kunden"))


def test_columns_of_rules_are_kept() -> None:
    """Who belongs to a segment is told by a column that is no role of its own."""
    rules = (
        Group(
            subject="segment-de",
            conditions=(
                Condition(column="Land", values=("DE",)),
                Condition(column="Betrag", test="at_least", values=("100",)),
            ),
        ),
    )
    frame = read_purchases(SHOP, shop(groups=rules)).frame

    assert ["DE", "DE", "AT", "DE", "CH", "CH", "DE", "DE"] == frame["Land"].tolist()
    assert 1234.5 == frame["Betrag"][0]


def test_rows_that_do_not_count_are_left_out_and_counted() -> None:
    """Numbers of rows in messages stay those of the file."""
    only = (Condition(column="Land", test="is_not", values=("AT", "CH")),)
    records = read_purchases(SHOP, shop(only=only))

    assert (5, 3) == (len(records.frame), records.quality.n_other)
    assert "3 rows do not count, as the mapping says." in records.notes
    assert "time (Datum): 1 cell cannot be read: row 8 'bald'." in records.notes
    with pytest.raises(InputError, match="no row counts"):
        none = (Condition(column="Land", values=("FR",)),)
        read_purchases(SHOP, shop(only=none))


AMBIGUOUS = b"who;when;total\n1;3/4/2026;5,50\n2;5/6/2026;1,00\n"


def test_dates_that_read_both_ways_have_to_be_told() -> None:
    """Neither taken in silence nor proposed; an override is enough."""
    mapping = PurchaseMapping(customer="who", time="when", amount="total")

    assert "" == read_purchases(AMBIGUOUS).proposal().dates
    with pytest.raises(InputError, match=r"time \(when\): every date can .*m/d"):
        read_purchases(AMBIGUOUS, mapping)
    records = read_purchases(AMBIGUOUS, mapping, dates="m/d")
    assert "2026-03-04" == str(records.frame["time"][0].date())
    assert records.mapping is not None
    assert "m/d" == records.mapping.dates


@pytest.mark.parametrize(
    ("data", "error", "match"),
    [
        (b"who,when,total\n1,2026-01-01,1.500\n", InputError, "every amount can be"),
        (b"who,when,total\n1,soon,1\n2,later,2\n", TableError, "row 2: 'soon'"),
        (b"who,when,total\n1,2026-01-01,a\n", TableError, r"a number was expected"),
        (b"who,when,total,who\n", InputError, "there are none"),
        (b"<?xml version='1.0'?><a/>", InputError, "this is an XML file"),
    ],
)
def test_wrong_columns_are_refused_in_a_sentence(
    data: bytes, error: type[Exception], match: str
) -> None:
    """A column of which most cells are no times is not the column of times."""
    with pytest.raises(error, match=match):
        read_purchases(
            data, PurchaseMapping(customer="who", time="when", amount="total")
        )


def test_customers_known_by_their_address_become_fingerprints() -> None:
    """The same person is the same customer in every file, and nobody reads who."""
    data = (
        b"email,when,total\nAnn@example.com,2026-01-01,1.5\n"
        b"ann@example.com,2026-01-02,2.5\nbob@example.com,2026-01-02,2.5\n"
    )
    mapping = PurchaseMapping(customer="email", time="when", amount="total")
    records = read_purchases(data, mapping)
    first, second, third = records.frame["customer"]

    assert first == second != third
    assert first.startswith("person-")
    assert "customer (email): addresses became fingerprints." in records.notes
    with pytest.raises(InputError, match="columns about a person are left out"):
        read_purchases(data, shop(customer="total", time="when", amount="email"))


def test_parquet_keeps_its_numbers_and_times(tmp_path: Path) -> None:
    """The same table as from text, without a guess."""
    frame = pd.DataFrame(
        {
            "who": pd.array([1, None, 3], dtype="Int64"),
            "when": pd.to_datetime(["2026-01-01 10:00"] * 3).tz_localize("Europe/Rome"),
            "total": [1.5, 2.5, float("nan")],
            "other": [[1], [2], [3]],
        }
    )
    frame.to_parquet(tmp_path / "shop.parquet")
    mapping = PurchaseMapping(customer="who", time="when", amount="total")
    records = read_purchases(tmp_path / "shop.parquet", mapping)

    assert ["1", "3"] == records.frame["customer"].dropna().tolist()
    assert "2026-01-01 09:00:00" == str(records.frame["time"][0])
    assert "Read as Parquet: 4 columns, 3 rows." == records.notes[0]


@pytest.mark.skipif(not RETAIL.exists(), reason="the retail starter is not made yet")
def test_the_retail_case_has_its_known_numbers() -> None:
    """Online Retail II, first year: what is known of it without this program."""
    records = read_purchases(RETAIL, read_purchases(RETAIL).proposal())  # type: ignore[arg-type]
    bought = records.quality.bought

    assert bought is not None
    assert (23_587, 4_312) == (records.quality.n_rows, bought.n_buying)
    assert (272, 69, 2) == (
        bought.n_first_cancelled,
        bought.n_only_cancelled,
        bought.n_zero,
    )
