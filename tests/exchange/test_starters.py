"""Starter workshops: found by name, dated from the day of creation."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from source_tree import plant

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange import starters
from journeykit.exchange.starters import starter, starter_names, with_dates
from journeykit.exchange.training import training_answers
from journeykit.model import Action, Case

TODAY = date(2024, 2, 28)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2024-02-28"),
        ("today+1", "2024-02-29"),
        ("today+2", "2024-03-01"),
        ("today-366", "2023-02-27"),
        ("today + 1", "today + 1"),
        ("see you today", "see you today"),
        ("today+", "today+"),
        ("today+10000", "today+10000"),
    ],
)
def test_only_a_relative_date_alone_becomes_a_date(text: str, expected: str) -> None:
    """Sentences that hold the word stay; leap days are counted."""
    assert expected == with_dates(text, TODAY)


def test_other_values_stay_as_they_are() -> None:
    """Keys, numbers and nothing are no dates."""
    given = {"today": [1, None, True, {"due": "today"}]}

    assert {"today": [1, None, True, {"due": "2024-02-28"}]} == with_dates(given, TODAY)
    assert {"today": [1, None, True, {"due": "today"}]} == given


@pytest.mark.parametrize("name", ["airprot", "", "..", "../starters/airport", "Blank"])
def test_unknown_starter_is_refused(name: str) -> None:
    """A path is no name."""
    with pytest.raises(UnknownNameError, match="Known: airport, bank_account, "):
        starter(name, TODAY)


def test_own_starter_is_one_new_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its document, its data and its dates are found by its description."""
    about = {
        "title": "Café",
        "summary": "One action.",
        "document": "cafe.journey.json",
        "data": [{"data_set": "ds", "file": "answers.csv"}],
    }
    entries = [
        {"kind": "case", "id": "case", "title": "Café"},
        {"kind": "action", "id": "a", "text": "Ask", "due": "today+2"},
    ]
    whole = {"format": "journeykit", "schema_version": 1, "entries": entries}
    home = "starters/cafe"
    files = {
        f"{home}/starter.json": json.dumps(about),
        f"{home}/cafe.journey.json": json.dumps(whole),
        f"{home}/answers.csv": "id,NPS\n1,9\n",
        "starters/notes/readme.txt": "a folder without a description is no starter",
    }
    monkeypatch.setattr(starters, "folder", lambda name: plant(tmp_path, files))

    made = starter("cafe", TODAY)

    assert ("cafe",) == starter_names()
    assert ("cafe", "Café", "One action.") == (made.name, made.title, made.summary)
    assert (("ds", tmp_path / home / "answers.csv"),) == made.data
    assert "Café" == made.document.of(Case)[0].title
    assert date(2024, 3, 1) == made.document.of(Action)[0].due


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("web-shop", "web_shop"),
        ("web_shop", "web_shop"),
        ("blank", "empty"),
        ("empty", "empty"),
    ],
)
def test_name_is_read_with_dashes_and_as_it_used_to_be(said: str, meant: str) -> None:
    """What people type on the command line, and what old notebooks say, both work."""
    assert meant == starter(said, TODAY).name


def test_only_the_training_case_has_answers() -> None:
    """Another starter is said to have none."""
    with pytest.raises(InputError, match="'airport' has no known answers"):
        training_answers("airport")
