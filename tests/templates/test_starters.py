"""The starter workshops that come with the package."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from journeykit.exchange.starters import starter, starter_names
from journeykit.model import (
    Case,
    Persona,
    Stage,
    Stakeholder,
    from_json,
    to_json,
)
from journeykit.shipped import folder

TODAY = date(2026, 1, 15)


def strings(value: Any) -> list[str]:
    """Return every text in plain JSON."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


def made_of(name: str) -> str:
    """Return the file name of a starter's document."""
    home = folder("templates") / "starters" / name
    about: dict[str, str] = json.loads((home / "starter.json").read_text("utf-8"))
    return about["document"]


@pytest.mark.parametrize("name", starter_names())
def test_starter_is_a_whole_workshop(name: str) -> None:
    """Each starter reads without unknown keys, with every id once, and back."""
    made = starter(name, TODAY)
    raw = json.loads(
        (folder("templates") / "starters" / name / made_of(name)).read_text("utf-8")
    )

    assert made.title
    assert made.summary
    assert len(raw["entries"]) == len({entry["id"] for entry in raw["entries"]})
    assert len(raw["entries"]) == len(made.document)
    assert [] == [entry.id for entry in made.document if entry.extensions]
    assert {} == dict(made.document.extensions)
    assert made.document == from_json(to_json(made.document))


@pytest.mark.parametrize("name", starter_names())
def test_starter_names_nobody(name: str) -> None:
    """No e-mail, telephone number or contact stands in it, and roles for names."""
    document = starter(name, TODAY).document
    texts = strings(json.loads(to_json(document)))
    people = [*document.of(Stakeholder), *document.of(Persona)]

    assert [] == [text for text in texts if re.search(r"\S@\S", text)]
    assert [] == [
        text
        for text in texts
        if re.search(r"\+?\d[\d ()-]{7,}\d", text)
        and not re.fullmatch(r"\d{4}-\d\d-\d\d", text)
    ]
    assert [] == [one.contact for one in document.of(Stakeholder) if one.contact]
    # A role is written like a sentence; a person's name has a second capital.
    assert [] == [
        one.name
        for one in people
        if not re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", one.name)
    ]


def test_starters_that_ship() -> None:
    """There are the airport case and a blank map."""
    assert {"airport", "blank"} <= set(starter_names())


def test_blank_starter_holds_four_stages_to_rename() -> None:
    """The blank map has the template's stages, before and after the purchase marked."""
    document = starter("blank", TODAY).document

    assert document.case == Case(id="case", title="New workshop")
    assert [
        ("Becoming aware", True, False),
        ("Weighing it up", True, False),
        ("Buying", False, False),
        ("Using it and coming back", False, True),
    ] == [
        (one.name, one.is_before_purchase, one.is_after_purchase)
        for one in document.of(Stage)
    ]


def test_shipped_files_are_those_that_starters_name() -> None:
    """No file lies in a starter's folder that nothing reads."""
    for name in starter_names():
        home = folder("templates") / "starters" / name
        about = json.loads((home / "starter.json").read_text("utf-8"))
        named = {"starter.json", about["document"]}
        named |= {one["file"] for one in about["data"]}
        named |= {"ATTRIBUTION.md"} if about["data"] else set()

        assert named == {path.name for path in Path(home).iterdir()}
