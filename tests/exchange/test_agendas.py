"""Agendas: found by name, read with their sums checked, ready to be added."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from source_tree import plant

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange import agendas
from journeykit.exchange.agendas import (
    Agenda,
    agenda,
    agenda_names,
    before_the_day,
    day_after,
    exercise_card,
    exercise_cards,
    ground_rules,
    read_agenda,
    roles,
    shipped_agenda,
)
from journeykit.layout.agenda import break_findings, run_sheet
from journeykit.model import AgendaBlock, Document

PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "agendas"


def file_of(**more: Any) -> str:
    """Return the file of a small agenda."""
    whole: dict[str, Any] = {
        "title": "Short",
        "summary": "Two blocks.",
        "people": "3",
        "start": "08:30",
        "minutes": [25],
        "blocks": [
            {"title": "Welcome", "minutes": 5, "block_kind": "opening"},
            {"title": "Map", "minutes": 20, "step": "journey_map"},
        ],
    }
    return json.dumps(whole | more)


def test_file_gives_blocks_with_ids_and_ranks() -> None:
    """They can be added to a workshop as they are, and stand in their order."""
    made = read_agenda(file_of(), "own_day")

    assert ("own_day", "Short", time(8, 30), (25,)) == (
        made.name,
        made.title,
        made.start,
        made.minutes,
    )
    assert ["ab-own-day-01", "ab-own-day-02"] == [one.id for one in made.blocks]
    assert made.blocks == Document(reversed(made.blocks)).of(AgendaBlock)


@pytest.mark.parametrize("name", ["half_dya", "", "..", "room", "Express"])
def test_unknown_agenda_is_refused(name: str) -> None:
    """A path is no name; the known ones are listed."""
    with pytest.raises(UnknownNameError, match="Known: express, full_day, half_day"):
        agenda(name)


def test_misspelled_agenda_is_answered_with_the_nearest() -> None:
    """As everywhere."""
    with pytest.raises(UnknownNameError, match="Did you mean 'half_day'"):
        agenda("half_dya")
    with pytest.raises(UnknownNameError, match="Did you mean 'dot_vote'"):
        exercise_card("dotvote")


def test_own_agenda_is_one_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is that of the file."""
    files = {"agendas/own.json": file_of(), "agendas/room/roles.json": "[]"}
    monkeypatch.setattr(agendas, "folder", lambda name: plant(tmp_path, files))

    assert ("own",) == agenda_names()
    assert ["Welcome", "Map"] == [one.title for one in agenda("own")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "own.json: this is not JSON"),
        ("[]", "an agenda is an object with blocks"),
        (file_of(blocks=None), "an agenda is an object with blocks"),
        (file_of(blocks=["Welcome"]), "a block is an object, found 'Welcome'"),
        ('{"blocks": [], "title": "x"}', "summary, people, start, minutes must be"),
        (file_of(minutes=[30]), r"sessions of \[30\] minutes .* sum up to \[25.0\]"),
        (file_of(minutes=[5, 20]), r"sessions of \[5, 20\]"),
        (file_of(start="nine"), "a start is written as in 09:00, found 'nine'"),
        (
            file_of(blocks=[{"title": "Map", "minutes": 0}]),
            "own.json, block 1: How long\\? takes a number above 0, found 0",
        ),
        (file_of(blocks=[{"minutes": 5}]), "block 1: Title must be filled in"),
    ],
)
def test_what_is_no_agenda_is_refused_in_words(text: str, words: str) -> None:
    """File and block are named, and what was expected."""
    with pytest.raises(InputError, match=words) as caught:
        read_agenda(text, "own", where="own.json")

    assert str(caught.value).startswith("own.json")


def test_misspelled_keys_are_answered_with_the_nearest() -> None:
    """Of the file and of its blocks."""
    with pytest.raises(UnknownNameError, match="Did you mean 'people'"):
        read_agenda(file_of(poeple="4"), "own")
    with pytest.raises(UnknownNameError, match="Did you mean 'minutes'"):
        read_agenda(file_of(blocks=[{"title": "x", "minuts": 5}]), "own")


# --- two days as practitioners published them --------------------------------------


def published(minutes: int) -> Agenda:
    """Return a published day."""
    name = f"published_{minutes}"
    text = (PUBLISHED / f"{name}.json").read_text(encoding="utf-8")
    return read_agenda(text, name)


def test_published_day_of_390_minutes_is_tiring() -> None:
    """It is read; each of its four stretches is longer than an hour."""
    day = published(390)
    rows = run_sheet(day.blocks, day.start)
    found = break_findings(day.blocks)

    assert (390,) == day.minutes
    assert "15:15-15:30" == rows[-1].clock
    assert ["warning"] * 4 == [one.severity for one in found]
    assert [75, 90, 75, 75] == [int(one.text.split("it is ")[1][:2]) for one in found]


def test_published_day_of_480_minutes_is_refused() -> None:
    """Two hours after lunch and more than an hour and a half after tea."""
    day = published(480)
    found = break_findings(day.blocks)

    assert (480,) == day.minutes
    assert ["warning", "warning", "error", "error"] == [one.severity for one in found]
    assert (
        "From “Feeling” to “Opportunities” it is 120 minutes without a break; more "
        "than 90 is refused."
    ) == found[2].text
    assert "Put a break of 10 minutes before “Opportunities”." == found[2].next_step


# --- what lies on the table -----------------------------------------------------------


def test_cards_rules_roles_and_lists_are_there() -> None:
    """Everything that the facilitator holds besides the run sheet."""
    assert 16 == len(exercise_cards())
    assert 10 == len(ground_rules())
    assert {"Facilitator", "Scribe", "Decider", "Timekeeper", "Journey owner"} <= {
        role.title for role in roles()
    }
    assert "3 weeks before" == before_the_day()[0].when
    assert "Within a day" == day_after()[0].when


@pytest.mark.parametrize("card", exercise_cards(), ids=lambda card: card.name)
def test_card_can_be_run_as_it_stands(card: agendas.ExerciseCard) -> None:
    """Steps, a prompt, an example, and a time that begins before it ends."""
    assert card == exercise_card(card.name)
    assert 0 <= card.least_minutes <= card.most_minutes
    assert card.most_minutes > 0
    assert len(card.how) >= 3
    assert card.purpose
    assert card.prompt
    assert card.example


def test_usual_start_is_a_time() -> None:
    """A review begins later than a full day."""
    assert time(9, 0) == shipped_agenda("full_day").start
    assert time(10, 0) == shipped_agenda("review").start
