"""Pain points that events propose, taken only by a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest

import journeykit
from journeykit.errors import InputError
from journeykit.model import Evidence, Link, PainPoint, Scale
from journeykit.model.records import EventMapping, Rating
from journeykit.report.proposals_page import ProposalsPage
from journeykit.workshop import Workshop

MAPPING = EventMapping(
    customer="who",
    activity="did",
    time="at",
    rating=Rating(column="stars", scale=Scale(lowest=1, highest=5)),
    activities={"/desk": "desk"},
)


def log(*, has_incident: bool) -> bytes:
    """Return 60 days at two places; in days 20 to 26 the desk is rated far worse."""
    draw = np.random.default_rng(5)
    rows = []
    for day in range(60):
        on = date(2026, 3, 1) + timedelta(days=day)
        for visit in range(20):
            is_bad = has_incident and 20 <= day <= 26
            desk = int(draw.integers(1, 3) if is_bad else draw.integers(3, 6))
            who = f"c{day}-{visit}"
            rows.append(f"{who},/door,{on} 09:{visit:02},{draw.integers(3, 6)}")
            rows.append(f"{who},/desk,{on} 10:{visit:02},{desk}")
    return "\n".join(["who,did,at,stars", *rows]).encode()


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a map with one touchpoint."""
    with journeykit.new(None, title="Bank") as made:
        stage = made.entries("stage")[0].id
        made.add("touchpoint", id="desk", stage=stage, name="The desk")
        yield made


def test_planted_incident_is_proposed_with_its_days(work: Workshop) -> None:
    """Where, when, and how much worse; nothing is added by looking."""
    work.import_records(log(has_incident=True), mapping=MAPPING, data_set="log")
    page = ProposalsPage(work)
    (one,) = page.found
    shown = page.proposals()._repr_mimebundle_()[0]["text/html"]

    assert "desk" == one.touchpoint
    assert "21 to 27 March 2026" == one.when
    assert "The desk" in one.text
    assert "Take it over" in shown
    assert () == work.document().of(PainPoint)


def test_taking_adds_the_pain_point_with_measured_evidence(work: Workshop) -> None:
    """In one step that one undo takes back; twice is once."""
    work.import_records(log(has_incident=True), mapping=MAPPING, data_set="log")
    page = ProposalsPage(work)
    said = page.take(1)
    again = page.take(1)
    document = work.document()
    (pain,) = document.of(PainPoint)
    (evidence,) = document.of(Evidence)
    (link,) = document.of(Link)
    work.undo()

    assert "is a pain point now" in said
    assert "already" in again
    assert ("desk", "21 to 27 March 2026") == (pain.touchpoint, pain.moment)
    assert ("measured", "log", 140) == (
        evidence.basis,
        evidence.data_set,
        evidence.n_people,
    )
    assert (evidence.id, pain.id) == (link.source, link.target)
    assert () == work.document().of(PainPoint)


def test_quiet_log_proposes_nothing(work: Workshop) -> None:
    """And says so."""
    work.import_records(log(has_incident=False), mapping=MAPPING, data_set="log")
    page = ProposalsPage(work)
    shown = page.proposals()._repr_mimebundle_()[0]["text/html"]

    assert () == page.found
    assert "Nothing stands out" in shown
    with pytest.raises(InputError, match="a number from 1 to 0"):
        page.take(1)


def test_workshop_without_events_proposes_nothing(work: Workshop) -> None:
    """It says how to bring them."""
    page = ProposalsPage(work)

    assert () == page.found
    assert "no events" in page.proposals()._repr_mimebundle_()[0]["text/html"]
