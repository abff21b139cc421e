"""Tickets from file to table: a real export, open ones, ratings, topics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from journeykit.exchange.record_proposals import guess_reads
from journeykit.exchange.tickets import read_tickets
from journeykit.model import Rating, Scale, TicketMapping

ZENDESK = Path(__file__).parents[1] / "data" / "tickets" / "zendesk__ticket.csv"
HELP = (
    b"id,opened,solved,subject,body,topic,score,mail\n"
    b"1,2026-01-31 09:00,2026-02-01 09:00,Late,Ring +44 20 7946 0958,Parking,4,a@b.de\n"
    b"2,2026-01-31 10:00,,Lost,,Bags,none,c@d.org\n"
    b"2,2026-01-31 11:00,2026-01-30 11:00,,,Bags,9,c@d.org\n"
)


def desk(**more: Any) -> TicketMapping:
    """Return what the columns of the help desk mean."""
    fields: dict[str, Any] = {
        "ticket": "id",
        "created": "opened",
        "closed": "solved",
        "text": ("subject", "body"),
        "topic": "topic",
    }
    return TicketMapping(**fields | more)


def none(values: pd.Series) -> list[Any]:
    """Return values with None for what is missing."""
    return [None if pd.isna(one) else one for one in values]


def test_the_export_of_a_ticket_system_is_recognised() -> None:
    """Its own column names are known; addresses are left out; nothing is taken."""
    records = read_tickets(ZENDESK)
    proposed = records.proposal()

    assert isinstance(proposed, TicketMapping)
    assert ("id", "created_at", ("subject", "description")) == (
        *(proposed.ticket, proposed.created, proposed.text),
    )
    assert ("requester_id", "status", "via_channel") == (
        *(proposed.customer, proposed.status, proposed.channel),
    )
    assert ("recipient", "via_source_to_address") == records.reading.personal
    assert records.mapping is None
    assert "tickets" == guess_reads(records.frame)[0]


def test_the_export_of_a_ticket_system_is_read() -> None:
    """Ten tickets, all open as far as this export knows."""
    records = read_tickets(ZENDESK, read_tickets(ZENDESK).proposal())  # type: ignore[arg-type]
    frame = records.frame

    assert (10, 0) == (len(frame), int(frame["closed"].notna().sum()))
    assert "subject1\ndescription1" == frame["text"][0]
    assert "2020-02-19 01:54:52" == str(frame["created"][0])
    assert {"web", "email"} == set(frame["channel"])
    assert ("2020-02-13", "2020-12-22") == (
        *(str(records.quality.period_start), str(records.quality.period_end)),
    )


def test_texts_are_joined_and_masked() -> None:
    """Subject and body are one text; a telephone number is in none."""
    records = read_tickets(HELP, desk())

    assert ["Late\nRing [phone]", "Lost", None] == none(records.frame["text"])
    assert {"phone": 1} == records.quality.masked
    assert "Personal data masked in texts: phone 1." in records.notes


def test_open_and_odd_tickets_are_told_apart() -> None:
    """Open is no fault; closed before being opened is, and so is a number twice."""
    records = read_tickets(HELP, desk())

    assert [False, True, False] == records.frame["closed"].isna().tolist()
    assert any("1 ticket was closed before" in note for note in records.notes)
    assert ("2",) == records.quality.duplicate_ids
    assert "1 row has a ticket that stands above (2): imported twice?" in records.notes


def test_topics_and_ratings() -> None:
    """What a topic is matched to, and ratings on their scale."""
    rating = Rating(column="score", scale=Scale(lowest=1, highest=5))
    records = read_tickets(HELP, desk(topics={"Bags": "tp-bags"}, rating=rating))

    assert [None, "tp-bags", "tp-bags"] == none(records.frame["touchpoint"])
    assert [4.0, None, None] == none(records.frame["rating"])
    assert {"Parking": 1} == records.quality.unmatched


def test_tickets_without_texts_are_tickets() -> None:
    """Text and closing time may not be in the export at all."""
    records = read_tickets(HELP, desk(text=(), closed=None, topic=None))

    assert ["ticket", "created", "closed", "text"] == list(records.frame)
    assert records.frame[["closed", "text"]].isna().all(axis=None)
