"""What a table may be and what its columns may mean."""

from __future__ import annotations

import pandas as pd
import pytest

from journeykit.exchange.record_proposals import (
    guess_reads,
    matched_names,
    propose_records,
    unknown_roles,
)
from journeykit.model import PurchaseMapping


def table(text: str) -> pd.DataFrame:
    """Return a table of texts from lines of cells."""
    first, *rows = [line.split("|") for line in text.split("\n")]
    return pd.DataFrame(rows, columns=first, dtype="str")


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("case:concept:name|concept:name|time:timestamp\n1|A|2026-01-01", "events"),
        ("user_pseudo_id|event_name|event_timestamp\n1|a|1606780800000000", "events"),
        ("user_id|page|timestamp\n1|/home|2026-01-01", "events"),
        ("user_id|event|timestamp|value\n1|buy|2026-01-01|5.00", "events"),
        ("Customer ID|InvoiceDate|Total|Page\n1|2026-01-01|5.5|/home", "purchases"),
        ("Kundennummer|Rechnungsdatum|Umsatz\n1|1.2.2026|5,50", "purchases"),
        ("CustomerID|InvoiceDate|Quantity|UnitPrice\n1|2026-01-01|2|5", "purchases"),
        ("id|created_at|status|subject\n1|2026-01-01|open|Lost", "tickets"),
        ("RESPNUM|NETPRO\n1|9\n2|10\n3|0\n4|8", "survey"),
        ("customer_id|date|amount\n1|soon|much", "survey"),  # the cells do not fit
        ("a|b\n1|2", "survey"),
    ],
)
def test_what_a_table_holds_is_guessed_and_reasoned(text: str, reads: str) -> None:
    """By headings whose cells fit; what looks like nothing is a survey."""
    found, why = guess_reads(table(text))

    assert reads == found
    assert why


def test_a_survey_tool_is_believed() -> None:
    """Who wrote it says what it is."""
    frame = table("user_id|event|timestamp\n1|a|2026-01-01")

    assert ("survey", "Qualtrics wrote it") == guess_reads(frame, tool="Qualtrics")


def test_columns_that_nobody_found_are_asked_for() -> None:
    """The proposal is a mapping all the same, for a person to fill in."""
    proposed = propose_records(table("who|what\n1|2"), "purchases")

    assert ("customer", "time", "amount") == unknown_roles(proposed)
    assert isinstance(proposed, PurchaseMapping)
    assert "?" == proposed.customer


def test_a_price_alone_is_the_amount() -> None:
    """Without a number of pieces there is nothing to multiply."""
    proposed = propose_records(table("user_id|date|price\n1|2026-01-01|5"), "purchases")

    assert isinstance(proposed, PurchaseMapping)
    assert ("price", None, None) == (
        *(proposed.amount, proposed.quantity, proposed.price),
    )


def test_a_letter_before_some_invoices_is_a_cancellation() -> None:
    """C before the number, as one well-known shop has it."""
    rows = "\n".join([*(f"{n}|1|2026-01-01|5" for n in range(9)), "C9|1|2026-01-02|-5"])
    proposed = propose_records(
        table(f"Invoice|Customer ID|InvoiceDate|Total\n{rows}"), "purchases"
    )

    assert isinstance(proposed, PurchaseMapping)
    assert "C" == proposed.cancelled_prefix


def test_names_are_matched_by_their_letters() -> None:
    """Capitals and signs do not matter; close ones are offered; others are not."""
    names = {"Check-in": "tp-1", "Baggage claim": "tp-2", "???": "tp-3"}

    assert {"/check_in": "tp-1", "Bagage claim": "tp-2"} == matched_names(
        ["/check_in", "Bagage claim", "Taxi", ""], names
    )
