"""Scores in silence: under one's own name, seen by nobody else; then the spread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.model import IndividualScore
from journeykit.show.guide_tree import as_html
from journeykit.show.live import live_of
from journeykit.workshop import Workshop


@pytest.fixture
def room(tmp_path: Path) -> Iterator[dict[str, Workshop]]:
    """Return one workshop with two touchpoints, opened by three people at once."""
    path = tmp_path / "visit.journey"
    with journeykit.new(path) as work:
        stage = work.entries("stage")[0]
        for name in ("Door", "Desk"):
            work.add("touchpoint", id=name.lower(), stage=stage.id, name=name)
    people = {name: journeykit.open(path, author=name) for name in ("Ann", "Bo", "Cy")}
    yield people
    for one in people.values():
        one.close()


def press(work: Workshop, act: str) -> str:
    """Press a button in this person's notebook; return what is said."""
    widget = journeykit.step("journey_map", work).silent_scores()
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def chosen(tree: Any) -> list[str]:
    """Return the labels of the buttons that are chosen."""
    if isinstance(tree, str):
        return []
    own = [tree[1]["label"]] if tree[0] == "button" and "current" in tree[1] else []
    return own + [one for inner in tree[2:] for one in chosen(inner)]


def tree_of(work: Workshop) -> Any:
    """Return what this person sees where scores are given."""
    return journeykit.step("journey_map", work).silent_scores().tree


def test_nobody_sees_what_others_score(room: dict[str, Workshop]) -> None:
    """Capability 109: three score alone; each sees their own, and how many did."""
    assert "Door: −2 very bad." == press(room["Ann"], "score:emotion:door:-2")
    press(room["Bo"], "score:emotion:door:1")
    press(room["Bo"], "score:emotion:desk:0")

    assert ["Door: −2 very bad"] == chosen(tree_of(room["Ann"]))
    assert ["Door: +1 good", "Desk: 0 neutral"] == chosen(tree_of(room["Bo"]))
    assert [] == chosen(tree_of(room["Cy"]))
    assert "0 of 2 scored by you · 2 people have scored" in as_html(tree_of(room["Cy"]))


def test_a_score_is_changed_and_taken_back(room: dict[str, Workshop]) -> None:
    """Another value takes the place of the first; the same value takes it back."""
    for value, standing in (("1", [1]), ("2", [2]), ("2", [])):
        press(room["Ann"], f"score:emotion:door:{value}")
        scores = room["Bo"].document().of(IndividualScore)

        assert standing == [one.value for one in scores]


def test_spread_is_folded_and_leads_to_an_agreement(room: dict[str, Workshop]) -> None:
    """Capability 109: the widest spread comes first; what is agreed is on the map."""
    for who, door, desk in (("Ann", -2, 1), ("Bo", 1, 1), ("Cy", -1, 2)):
        press(room[who], f"score:emotion:door:{door}")
        press(room[who], f"score:emotion:desk:{desk}")
    spread = journeykit.step("journey_map", room["Ann"]).spread()
    shown = as_html(spread.tree)

    assert "<details" in shown
    assert "<details open" not in shown
    assert "Talk about “Door” first: from −2 to +1. Each dot is one person." in shown
    assert "Agree on −1 bad: Door" in shown
    spread._handle_custom_msg({"type": "act", "act": "agree:emotion:door:-1"}, [])
    assert "Agreed: Door, −1 bad." == spread.said
    assert -1 == room["Bo"]["door"].emotion
    assert 6 == len(room["Bo"].entries("individual_score"))
    assert ["Agree on −1 bad: Door"] == chosen(spread.tree)


def test_the_middle_between_two_offers_both(room: dict[str, Workshop]) -> None:
    """Two who are apart by an odd number are not decided for by the machine."""
    press(room["Ann"], "score:emotion:door:-2")
    assert "One person has scored yet" in as_html(
        journeykit.step("journey_map", room["Bo"]).spread().tree
    )
    press(room["Bo"], "score:emotion:door:1")
    shown = as_html(journeykit.step("journey_map", room["Cy"]).spread().tree)

    assert "Agree on −1 bad: Door" in shown
    assert "Agree on 0 neutral: Door" in shown
    assert "−0.5" in shown


def test_who_has_no_name_is_asked_for_it(room: dict[str, Workshop]) -> None:
    """Two without a name would count as one: the page says so."""
    with journeykit.open(room["Ann"].store.where) as nobody:
        assert "write your name into the settings" in as_html(tree_of(nobody))
        press(nobody, "score:emotion:door:2")
        assert ["Door: +2 very good"] == chosen(tree_of(nobody))
    assert "write your name" not in as_html(tree_of(room["Ann"]))


def test_what_is_no_score_is_refused_with_words(room: dict[str, Workshop]) -> None:
    """A page cannot score what is not there, nor beyond the scale."""
    work = room["Ann"]

    assert "Did you mean 'door'" in press(work, "score:emotion:dor:1")
    assert "Emotion runs from -2 to 2, found '3'" in press(work, "score:emotion:door:3")
    assert "found ''" in press(work, "score:emotion:door:")
    assert "no scale 'joy'" in press(work, "score:joy:door:1")
    assert () == work.entries("individual_score")
    with pytest.raises(UnknownNameError, match="Did you mean 'effort'"):
        journeykit.step("opportunities", work).silent_scores("efort")


def test_other_scales_score_what_they_are_about(room: dict[str, Workshop]) -> None:
    """Pain points by severity, ideas by their effect; the words are the form's own."""
    work = room["Ann"]
    step = journeykit.step("opportunities", work)
    assert "no opportunity to score yet" in as_html(step.silent_scores("impact").tree)
    work.add("opportunity", id="idea", text="A host at the door")
    work.add("pain_point", id="pain", text="Nobody knows where to go")
    for who, value in (("Ann", 4), ("Bo", 5)):
        press(room[who], f"score:impact:idea:{value}")
    press(work, "score:severity:pain:3")
    press(room["Cy"], "agree:impact:idea:5")
    live_of(work).refresh()

    assert "Effect: 1 " in as_html(step.silent_scores("impact").tree)
    assert "4.5" in as_html(step.spread("impact").tree)
    assert 5 == work["idea"].expected_effect
    assert "Severity: 1 " in as_html(step.silent_scores("severity").tree)


def test_undo_takes_a_score_back(room: dict[str, Workshop]) -> None:
    """A score is a step like any other."""
    work = room["Ann"]
    press(work, "score:emotion:door:1")
    work.store.undo(work.author, group=live_of(work).done[-1])

    assert () == work.entries("individual_score")
