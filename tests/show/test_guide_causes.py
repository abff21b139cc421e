"""Why it hurts: causes, prevent or fix, friction, by click and at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import journeykit
from journeykit.show.guide_tree import as_html
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give two pain points and the process behind one of them."""
    with journeykit.new(None, title="Bank") as made:
        rated = {"severity": 5, "frequency": 4}
        made.add("pain_point", id="signs", text="Signs differ")
        made.add("pain_point", id="queue", text="Queues", cause="One desk", **rated)
        made.add(
            "copis_element", id="desk", role="process", text="Desk", is_bottleneck=True
        )
        made.add(
            "copis_element", id="form", role="process", text="Form", is_unnecessary=True
        )
        made.link("desk", "queue", "causes")
        yield made


def press(work: Workshop, act: str) -> str:
    """Press a button; return what is said."""
    widget = journeykit.step("pain_points", work).causes()
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def shown(work: Workshop) -> str:
    """Return what the notebook shows."""
    tree: Any = journeykit.step("pain_points", work).causes().tree
    return str(as_html(tree))


def test_causes_stand_worst_first_with_the_work_behind(work: Workshop) -> None:
    """Capabilities 53 and 54: cause, bottleneck, unnecessary step, by name."""
    page = shown(work)

    assert page.index("Queues") < page.index("Signs differ")
    assert "Because: One desk" in page
    assert "Comes from Desk (bottleneck)." in page
    assert "No cause yet: ask why." in page
    assert "Bottlenecks in COPIS: Desk. Unnecessary steps in COPIS: Form." in page
    assert "1 of 2 have a cause. 0 you prevent, 0 you fix when it happens" in page


def test_prevent_or_fix_is_one_click_and_taken_back(work: Workshop) -> None:
    """Capability 55; the same again takes it back."""
    said = press(work, "respond:proactive:queue")
    kept = work["queue"].response
    press(work, "respond:reactive:signs")
    page = shown(work)
    back = press(work, "respond:proactive:queue")

    assert "Queues: prevent it." == said
    assert "proactive" == kept
    assert "1 you prevent, 1 you fix when it happens." in page
    assert "Queues: taken back." == back
    assert work["queue"].response is None


def test_friction_is_marked_and_wrong_asks_are_refused(work: Workshop) -> None:
    """Capability 54; a pain point and a response that are none are said."""
    said = press(work, "friction:signs")

    assert "Signs differ: friction." == said
    assert work["signs"].is_process_friction
    assert "pain point" in press(work, "friction:nothing")
    assert "response" in press(work, "respond:pray:signs")


def test_many_pain_points_fold_and_none_is_said(work: Workshop) -> None:
    """Ten stand open; a workshop without any says so."""
    for number in range(12):
        work.add("pain_point", text=f"Pain {number}")
    with journeykit.new(None, title="Shop") as bare:
        empty = shown(bare)

    assert "4 more" in shown(work)
    assert "There are no open pain points yet." in empty
