"""The life of pain points in a notebook: strips, a table, a button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import journeykit
from journeykit.show.guide_acts import act
from journeykit.show.pain_life import lives_of, pain_life_data, pain_life_picture
from journeykit.show.svg import checked_svg
from journeykit.store.traces import changed_by, field_changes
from journeykit.workshop import Workshop

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a workshop in memory whose clock stands at noon."""
    with journeykit.new(None, author="Ann") as workshop:
        workshop.store.now = lambda: NOW
        yield workshop


def later(work: Workshop, days: int) -> None:
    """Let days go by."""
    now = work.store.now() + timedelta(days=days)
    work.store.now = lambda: now


def texts(tree: Any) -> str:
    """Return all texts of a tree, without those of its pictures."""
    return tree if isinstance(tree, str) else " ".join(texts(one) for one in tree[2:])


def test_life_is_read_from_the_record(work: Workshop) -> None:
    """From the day on which the card was written, which is no text of anybody."""
    pain = work.add("pain_point", text="The queue")
    later(work, 7)
    work.change(pain.id, status="resolved")
    later(work, 7)
    work.change(pain.id, status="open", text="The queue, again")
    later(work, 1)
    life = lives_of(work, work.document())[0]
    changes = field_changes(work.store, "pain_point", "status")[pain.id]

    assert ["open", "resolved", "open"] == [status for _, status in changes]
    assert [("open", 2), ("resolved", 9), ("returned", 16)] == [
        (one.status, one.since.day) for one in life.periods
    ]
    assert {work.author: frozenset({pain.id})} == changed_by(work.store)


def test_list_follows_and_its_button_sets_the_card(work: Workshop) -> None:
    """What is under way makes it treated, in one step that can be undone."""
    pain = work.add("pain_point", text="The queue")
    action = work.add("action", text="Open lanes", status="doing")
    step = journeykit.step("pain_points", work)
    widget = step.pain_life()
    before = texts(widget.tree)
    work.link(action, pain, "answers")
    widget._follow(work.document())
    offered = texts(widget.tree)
    said = act(work, f"pain_status:{pain.id}:being_treated")

    assert "Mark as" not in before
    assert "“Open lanes” is under way." in offered
    assert "Mark as being treated" in offered
    assert "“The queue” is marked as being treated." == said
    assert "being_treated" == work[pain.id].status
    assert "no status of a pain point" in act(work, f"pain_status:{pain.id}:gone")
    work.undo()
    assert "open" == work[pain.id].status
    assert "There are no pain points yet." in texts(
        journeykit.step("monitor", journeykit.new(None)).pain_life().tree
    )


def test_strips_and_their_table(work: Workshop) -> None:
    """Words of people come out as text; the table has every period."""
    for i in range(70):
        work.add("pain_point", text=f"<b>{'長い待ち時間' * 12}</b> {i}")
    lives = lives_of(work, work.document())
    today = NOW.date()
    svg = pain_life_picture(lives, today)

    assert "<b>" not in svg
    assert "70 pain points: 70 open" in checked_svg(svg)
    assert 70 == len(pain_life_data(lives, today))
    assert {"Open"} == set(pain_life_data(lives, today)["status"])
