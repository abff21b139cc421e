"""The agendas that come with the package: sums, breaks, words for every block."""

from __future__ import annotations

import re

import pytest

from journeykit.check.steps import STEPS
from journeykit.exchange.agendas import agenda, agenda_names, shipped_agenda
from journeykit.layout.agenda import (
    break_findings,
    is_break,
    minutes_by_step,
    minutes_in_all,
    sessions,
)
from journeykit.model import AgendaBlock
from journeykit.model import words_plan as words

BLOCKS = [(name, block) for name in agenda_names() for block in agenda(name)]
IDS = [block.id for _, block in BLOCKS]


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("express", [120]),
        ("half_day", [240]),
        ("full_day", [480]),
        ("two_half_days", [240, 240]),
        ("self_guided", [60] * 6),
        ("review", [60]),
    ],
)
def test_agenda_takes_what_it_promises(name: str, minutes: list[int]) -> None:
    """To the minute, session by session."""
    assert minutes == [minutes_in_all(day) for day in sessions(agenda(name))]
    assert tuple(minutes) == shipped_agenda(name).minutes


def test_agendas_that_ship() -> None:
    """No more and no fewer."""
    assert (
        "express",
        "full_day",
        "half_day",
        "review",
        "self_guided",
        "two_half_days",
    ) == agenda_names()


@pytest.mark.parametrize("name", agenda_names())
def test_nobody_works_longer_than_an_hour(name: str) -> None:
    """Not even a warning: what ships is the example."""
    assert () == break_findings(agenda(name))


@pytest.mark.parametrize("name", agenda_names())
def test_every_session_opens_and_closes(name: str) -> None:
    """The last block names owner or date, so that nothing ends in good intentions."""
    for day in sessions(agenda(name)):
        assert "opening" == day[0].block_kind
        assert "closing" == day[-1].block_kind
        assert re.search("owner|date", f"{day[-1].do} {day[-1].output}")


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=IDS)
def test_block_can_be_run_as_it_stands(name: str, block: AgendaBlock) -> None:
    """Purpose, first words, what to do, output, materials and plan B, for each."""
    assert all([block.purpose, block.say, block.do, block.output, block.plan_b])
    assert block.materials
    assert block.step in {"", *(step.name for step in STEPS)}
    assert block.step or block.block_kind != "work" or block.title == "Energiser"


@pytest.mark.parametrize(("name", "block"), BLOCKS, ids=IDS)
def test_minutes_of_the_parts_are_those_of_the_block(
    name: str, block: AgendaBlock
) -> None:
    """A block of 20 minutes whose parts take 24 would run late by its own plan."""
    lines = block.do.splitlines()
    parts = [re.match(r"(\d+) min: ", line) for line in lines]
    minutes = [int(part[1]) for part in parts if part]

    assert not minutes or all(parts)
    assert not minutes or sum(minutes) == block.minutes
    assert minutes or is_break(block) or "opening" == block.block_kind


def test_steps_of_a_block_are_those_of_the_workbook() -> None:
    """A form offers what the notebooks are called by."""
    assert [step.name for step in STEPS] == list(words.STEPS)


def test_full_day_gives_every_step_its_time() -> None:
    """The steps between the objectives and the plan all have minutes."""
    wanted = {"objectives", "personas", "touchpoints", "channels", "journey_map"}
    wanted |= {"evidence", "pain_points", "copis", "canvas", "opportunities"}

    assert wanted | {"action_plan"} <= set(minutes_by_step(agenda("full_day")))


def test_second_half_day_follows_the_first() -> None:
    """The first half day is the half day; only its closing looks ahead."""
    first, _ = sessions(agenda("two_half_days"))
    half = agenda("half_day")

    assert [(one.title, one.minutes) for one in half] == [
        (one.title, one.minutes) for one in first
    ]
    assert [one.say for one in half[:-1]] == [one.say for one in first[:-1]]
