"""Who is of high value: proposed by a number, marked by a person, taken back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.layout.catalogue import layout_named
from journeykit.show.guide_acts import act
from journeykit.show.guide_tree import as_html
from journeykit.show.guide_value import high_value_tree
from journeykit.workshop import Workshop


@pytest.fixture
def work(tmp_path: Path) -> Workshop:
    """Return a workshop in which one persona is worth more than all customers."""
    made = journeykit.new(tmp_path / "shop.journey")
    made.add("data_set", id="shop", title="Invoices")
    made.add("persona", id="keeper", name="The <b>shopkeeper</b>")
    made.add("segment", id="home", name="At home")
    for persona, low, high in ((None, 90, 110), ("keeper", 120, 150), ("home", 80, 99)):
        made.add(
            "measurement",
            definition="clv_to_date",
            persona=persona,
            value=(low + high) / 2,
            low=low,
            high=high,
            n=100,
            data_set="shop",
        )
    return made


def text_of(work: Workshop) -> str:
    """Return what is read there."""
    shown = str(as_html(high_value_tree(work.document())))
    assert "<b>" not in shown
    return re.sub(r"\s+", " ", re.sub(r"<style>.*?</style>|<[^>]*>", " ", shown))


def test_a_click_marks_and_takes_back(work: Workshop) -> None:
    """Capability 16: the proposal changes nothing, the click does, undo undoes it."""
    assert "1 proposed" in text_of(work)
    assert not any(one.is_high_value for one in work.entries("persona"))

    said = act(work, "high_value:keeper")
    assert "The <b>shopkeeper</b> is marked as of high value." == said
    assert "of high value" in text_of(work)
    assert "Nobody else is proposed" in text_of(work)
    (persona,) = layout_named(work.document(), "persona_wall").zones[-1].cards
    assert "high value" in persona.marks
    ((_, _, name),) = layout_named(work.document(), "journey_map").personas
    assert "The <b>shopkeeper</b>, high value" == name

    assert "no longer marked" in act(work, "high_value:keeper")
    assert not work.entries("persona")[0].is_high_value


def test_a_segment_that_is_not_proposed_may_be_marked(work: Workshop) -> None:
    """The team may know more than the purchases tell."""
    act(work, "high_value:home")

    assert [True] == [one.is_high_value for one in work.entries("segment")]


def test_what_is_no_group_is_refused(work: Workshop) -> None:
    """Only personas and segments are of high value."""
    with pytest.raises(UnknownNameError, match="persona or segment"):
        act(work, "high_value:shop")


def test_without_a_value_it_says_what_it_takes() -> None:
    """No purchases, no proposal."""
    assert "No persona or segment has a measured value" in text_of(journeykit.new(None))
