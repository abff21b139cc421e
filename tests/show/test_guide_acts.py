"""Buttons and lists beside the boards: each is one step, and can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from outside_addresses import outside_addresses

import journeykit
from journeykit.errors import InputError
from journeykit.exchange.agendas import agenda_names
from journeykit.exchange.starters import starter_names
from journeykit.model import PainPoint, Touchpoint
from journeykit.show.guide_acts import NOTHING_SUBTLE
from journeykit.show.live import live_of
from journeykit.show.timer import Timer, clock_of
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return an empty workshop in memory."""
    with journeykit.new(None, starter="empty") as workshop:
        yield workshop


@pytest.fixture
def resort() -> Iterator[Workshop]:
    """Return a resort with its examples."""
    with journeykit.new(None, starter="resort_booking") as workshop:
        yield workshop


def press(widget: Any, act: str) -> str:
    """Press a button as the page does; return what is said."""
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def acts(tree: Any) -> list[str]:
    """Return what the buttons of a tree ask for."""
    if isinstance(tree, str):
        return []
    found = [tree[1]["act"]] if "act" in tree[1] else []
    return found + [one for inner in tree[2:] for one in acts(inner)]


def undo(work: Workshop) -> None:
    """Undo the last step of this kernel, as a board does."""
    work.store.undo(work.author, group=live_of(work).done[-1])
    live_of(work).refresh()


def test_examples_go_in_one_step_and_come_back(resort: Workshop) -> None:
    """The button takes out what is only an example; one undo brings all of it back."""
    widget = journeykit.step("welcome", resort).examples()
    before = resort.document()
    assert ["examples"] == acts(widget.tree)
    said = press(widget, "examples")

    assert said.endswith("taken out. Undo brings them back.")
    assert () == resort.document().of(PainPoint)
    assert len(resort.document().of(Touchpoint)) > 0
    assert [] == acts(widget.tree)
    assert "no examples" in press(widget, "examples")
    undo(resort)
    assert before == resort.document()
    assert ["examples"] == acts(widget.tree)


def test_stages_of_a_template_take_the_place_of_untouched_ones(work: Workshop) -> None:
    """Only while nothing stands on them, in one step."""
    widget = journeykit.step("objectives", work).stage_templates()
    before = [one.name for one in work.entries("stage")]
    said = press(widget, "stages:own")

    assert said == "Your stages are: Before, During, After. Rename them as you like."
    assert ["Before", "During", "After"] == [s.name for s in work.entries("stage")]
    undo(work)
    assert before == [one.name for one in work.entries("stage")]

    stage = work.entries("stage")[0]
    work.add("touchpoint", stage=stage.id, name="Search")
    live_of(work).refresh()
    assert [] == acts(widget.tree)
    assert "carry cards already" in press(widget, "stages:own")
    assert before == [one.name for one in work.entries("stage")]


def test_subtle_touchpoint_lands_on_the_map(work: Workshop) -> None:
    """A prompt becomes a touchpoint of that channel; "none" is noted as looked for."""
    mail = work.add("channel", name="E-mail", catalogue="email", is_online=True)
    widget = journeykit.step("touchpoints", work).subtle()
    act = f"subtle:{mail.id}:2"
    assert act in acts(widget.tree)
    said = press(widget, act)
    (made,) = work.entries("touchpoint")

    assert "“Confirmation right after an order” is on the map" in said
    assert (mail.id, True, True) == (made.channel, made.is_subtle, made.is_online)
    assert act not in acts(widget.tree)
    press(widget, f"subtle:{mail.id}:")
    assert [(mail.id, NOTHING_SUBTLE)] == [
        (one.subject, one.text) for one in work.entries("comment")
    ]


@pytest.mark.parametrize("name", agenda_names())
def test_every_agenda_can_be_taken(work: Workshop, name: str) -> None:
    """It takes the place of the one before, and the guide's minutes follow."""
    step = journeykit.step("facilitator", work)
    widget, sheet = step.agendas(), step.run_sheet("8:30")
    assert f"agenda:{name}" in acts(widget.tree)
    press(widget, "agenda:express")
    said = press(widget, f"agenda:{name}")
    blocks = work.entries("agenda_block")
    minutes = sum(one.minutes for one in blocks)

    assert said == f"The agenda is yours: {len(blocks)} blocks, {minutes:g} minutes."
    assert blocks[0].title in str(sheet.tree)
    assert "08:30–" in str(sheet.tree)


@pytest.mark.parametrize("asked", ["nothing", "agenda:x", "subtle:x:1", "stages:x"])
def test_what_is_not_there_is_answered(work: Workshop, asked: str) -> None:
    """A page of another release asks for something: it is told, nothing happens."""
    number = work.store.number()
    said = press(journeykit.step("welcome", work).examples(), asked)

    assert said.startswith("there is no ")
    assert number == work.store.number()


@pytest.mark.parametrize("message", [{}, {"type": "act"}, {"act": 3}, "x", None])
def test_message_that_is_none_is_let_be(work: Workshop, message: Any) -> None:
    """Whatever arrives, the kernel stands."""
    widget = journeykit.step("welcome", work).examples()
    widget._handle_custom_msg(message, [])

    assert "" == widget.said


@pytest.mark.parametrize("name", starter_names())
def test_lists_show_where_no_script_runs(name: str) -> None:
    """Each list of each starter is plain HTML with nothing from outside."""
    if name == "airport":
        pytest.skip("measured; the notebooks run on it")
    with journeykit.new(None, starter=name) as work:
        step = journeykit.step("facilitator", work)
        made = [step.examples(), step.stage_templates(), step.subtle(), step.score()]
        made += [step.obstacles(), step.agendas(), step.room(), step.run_sheet()]
        made.append(step.timer())
        shown = "".join(one._repr_mimebundle_()[0]["text/html"] for one in made)

    assert "<script" not in shown
    assert [] == outside_addresses(shown)


def test_training_counts_with_every_card() -> None:
    """A right emotion is one more; what is wrong is shown only on request."""
    with journeykit.new(None, starter="training") as work:
        widget = journeykit.step("training", work).score()
        before = widget.tree[2][2]
        desk = next(t for t in work.entries("touchpoint") if t.name == "Check-in")
        work.change(desk, emotion=-2)
        live_of(work).refresh()
        after = widget.tree[2][2]

    right, asked = (int(word) for word in before.split(" of "))
    assert f"{right + 1} of {asked}" == after


# --- the timer ------------------------------------------------------------------------


@pytest.fixture
def timer(work: Workshop) -> Timer:
    """Return the timer of a half day that begins at nine."""
    press(journeykit.step("facilitator", work).agendas(), "agenda:half_day")
    return journeykit.step("facilitator", work).timer("09:00")


def late(timer: Timer, now: str, place: int) -> str:
    """Ask for a new plan in the block at a place; return what is said."""
    message = {"type": "late", "now": now, "current": timer.blocks[place]["id"]}
    timer._handle_custom_msg(message, [])
    return str(timer.plan["said"])


def test_timer_follows_the_agenda(work: Workshop, timer: Timer) -> None:
    """A block that is changed on the board is changed on the clock."""
    first = work.entries("agenda_block")[0]
    work.change(first, minutes=12)
    live_of(work).refresh()

    assert 12 == timer.blocks[0]["minutes"]
    assert "09:12" == timer.blocks[1]["clock"]


def test_running_late_plans_the_rest_anew(work: Workshop, timer: Timer) -> None:
    """What to shorten and drop is said first, and written only if it is taken."""
    before = work.document()
    said = late(timer, "10:05:00", 3)

    assert said.startswith("You are 25 min behind the agenda.")
    assert "Then you end at 13:00." in said
    assert timer.plan["can_take"]
    assert before == work.document()
    timer._handle_custom_msg({"type": "take"}, [])
    assert "planned anew" in timer.plan["said"]
    assert 240 - 25 == sum(one.minutes for one in work.entries("agenda_block"))
    undo(work)
    assert before == work.document()


def test_on_time_there_is_nothing_to_take(timer: Timer) -> None:
    """Nothing is offered, and taking nothing changes nothing."""
    assert "You are on time." == late(timer, "09:40:00", 3)
    assert not timer.plan["can_take"]
    timer._handle_custom_msg({"type": "take"}, [])
    assert "There is nothing to change." == timer.plan["said"]


def test_another_hour_than_planned_is_no_delay(timer: Timer) -> None:
    """Who begins in the evening is on time; who begins at half past nine is late."""
    message = {"type": "late", "current": timer.blocks[0]["id"]}
    evening = {"now": "19:00:00", "started": "19:00:00", "begun": "19:00:00"}
    timer._handle_custom_msg({**message, **evening}, [])
    assert "You are on time." == timer.plan["said"]
    morning = {"now": "09:30:00", "started": "09:30:00", "begun": "09:30:00"}
    timer._handle_custom_msg({**message, **morning}, [])
    assert timer.plan["said"].startswith("You are 30 min behind the agenda.")


def test_wrong_question_is_answered(timer: Timer) -> None:
    """A block that is gone, or no time at all: said, and the timer stands."""
    timer._handle_custom_msg({"type": "late", "now": "x", "current": "y"}, [])
    assert "a time of day was expected" in timer.plan["said"]
    timer._handle_custom_msg({"type": "late", "now": "9:00", "current": "y"}, [])
    assert "there is no agenda block 'y'" in timer.plan["said"]
    timer._handle_custom_msg({"type": "other"}, [])
    assert 2 == timer.plan["number"]


def test_time_of_day_is_read() -> None:
    """Hours and minutes as people write them; anything else says what to write."""
    assert time(9, 0) == clock_of(" 9 ")
    assert time(13, 5, 30) == clock_of("13:05:30")
    with pytest.raises(InputError, match="such as 09:00"):
        clock_of("half past nine")
