"""Channels in words: the worst cells, the context set by click, what is offered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import journeykit
from journeykit.model import ChannelChange
from journeykit.show.guide import Guide
from journeykit.show.guide_tree import as_html
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a map of three touchpoints on two channels, and two personas."""
    with journeykit.new(None, title="Bank") as made:
        stages = made.entries("stage")
        made.add("channel", id="app", name="App", messaging=2, branding=4)
        made.add("channel", id="desk", name="Desk", messaging=5, service_delivery=2)
        for name, channel, stage in (
            ("look", "app", stages[0]),
            ("ask", "desk", stages[0]),
            ("pay", "app", stages[1]),
        ):
            fields = {"id": name, "name": name.capitalize(), "channel": channel}
            made.add("touchpoint", stage=stage.id, **fields)
        made.add("persona", id="amy", name="Amy", preferred_channel="desk")
        made.add("persona", id="bob", name="Bob")
        yield made


def guide(work: Workshop, name: str) -> Guide:
    """Return a list of the step on channels."""
    made: Guide = getattr(journeykit.step("channels", work), name)()
    return made


def press(work: Workshop, act: str) -> str:
    """Press a button under the changes of channel; return what is said."""
    widget = guide(work, "changes")
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def shown(work: Workshop, name: str) -> str:
    """Return what a list shows."""
    tree: Any = guide(work, name).tree
    return str(as_html(tree))


def test_matrix_marks_the_worst_cells_and_names_them(work: Workshop) -> None:
    """Two cells share the lowest score; what nobody rated is named, and no zero."""
    page = shown(work, "consistency")

    assert "Lowest, 2 of 5: messaging of App; service of Desk." in page
    assert 2 == page.count('jk-guide-worst"><strong>2</strong>')
    assert "Not rated yet: App on service, Desk on branding." in page
    assert 2 == page.count("not rated</td>")


def test_changes_are_recorded_and_answered_by_click(work: Workshop) -> None:
    """The map implies one; whether the context is kept is one click, and undone."""
    before = shown(work, "changes")
    press(work, "record_change:look:ask")
    own = work.document().of(ChannelChange)[0].id
    asked = shown(work, "changes")
    said = press(work, f"context:lost:{own}")
    lost = shown(work, "changes")
    work.undo()

    assert "2 neighbours on the map on another channel" in before
    assert "Nobody asked yet (1)" in asked
    assert "Look → Ask: lost." == said
    assert "Customers begin again at 1 of 1 change: Look → Ask." in lost
    assert "Context lost: customers begin again (1)" in lost
    assert work.document().of(ChannelChange)[0].context_kept is None


def test_wrong_asks_are_refused_in_words(work: Workshop) -> None:
    """A change that is none, an answer that is none, what is recorded already."""
    press(work, "record_change:look:ask")
    own = work.document().of(ChannelChange)[0].id

    assert "change of channel" in press(work, "context:kept:nothing")
    assert "answer" in press(work, f"context:perhaps:{own}")
    assert "to record" in press(work, "record_change:look:ask")


def test_each_persona_sees_what_is_offered_where(work: Workshop) -> None:
    """A stage without the channel is named; no preference is said, and no fault."""
    page = shown(work, "preferred_channels")
    stages = work.entries("stage")

    assert f"Amy prefers Desk and does not find it at {len(stages) - 1} of" in page
    assert "No preference recorded: Bob." in page
    assert 1 == page.count("✓ offered")
    assert 1 == page.count("✗ not offered")
    assert len(stages) - 2 == page.count("✗ no touchpoint")


def test_empty_workshop_says_what_belongs_here() -> None:
    """A sentence in place of each list."""
    with journeykit.new(None, starter="empty") as bare:
        pages = [
            shown(bare, name)
            for name in ("consistency", "changes", "preferred_channels")
        ]

    assert "Nobody has rated a channel yet." in pages[0]
    assert "No change of channel is recorded yet" in pages[1]
    assert "There are no personas yet." in pages[2]
