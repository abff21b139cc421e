"""The starter workshops that come with the package."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.exchange.examples import (
    edits_removing_examples,
    example_fields,
    example_ids,
    is_example,
    kept_examples,
)
from journeykit.exchange.starters import starter, starter_names
from journeykit.model import (
    KINDS,
    Action,
    CanvasEntry,
    Case,
    Channel,
    CopisElement,
    Document,
    Evidence,
    Journey,
    Kpi,
    LaneNote,
    Link,
    Objective,
    Opportunity,
    PainPoint,
    Persona,
    Segment,
    Stage,
    Stakeholder,
    Touchpoint,
    from_json,
    to_json,
)
from journeykit.model.prompts import SUBTLE_TOUCHPOINTS
from journeykit.shipped import folder
from journeykit.text import clean_text

TODAY = date(2026, 1, 15)
INDUSTRIES = (
    "bank_account",
    "clinic_visit",
    "public_service",
    "resort_booking",
    "restaurant",
    "saas_onboarding",
    "web_shop",
)
SKELETON = {"case", "journey", "stage", "channel", "touchpoint"}
EXPECTED = {
    "airport": set(),
    "empty": {"L1", "M2", "S1"},
    "retail": {"E1"},
    "training": {"L1", "M1", "M2", "S1"},
}
"""Rules that a starter leaves open on purpose; the others were never measured."""
DEPARTMENTS = ("Marketing", "Sales", "Customer service", "Product")


def strings(value: Any) -> list[str]:
    """Return every text in plain JSON."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, list):
        return [text for one in value for text in strings(one)]
    return [value] if isinstance(value, str) else []


@cache
def made(name: str) -> Document:
    """Return the document of a starter as it is made today."""
    return starter(name, TODAY).document


@cache
def raw(name: str) -> dict[str, Any]:
    """Return the file of a starter's document, as plain JSON."""
    home = folder("templates") / "starters" / name
    about = json.loads((home / "starter.json").read_text("utf-8"))
    whole: dict[str, Any] = json.loads((home / about["document"]).read_text("utf-8"))
    return whole


def ends_of(document: Document, relation: str) -> set[str]:
    """Return the ids at both ends of the links of a relation."""
    links = [one for one in document.of(Link) if one.relation == relation]
    return {one.source for one in links} | {one.target for one in links}


@pytest.mark.parametrize("name", starter_names())
def test_starter_is_a_whole_workshop(name: str) -> None:
    """Each starter reads without unknown keys, with every id once, and back."""
    begin = starter(name, TODAY)
    entries = raw(name)["entries"]

    assert begin.title
    assert begin.summary
    assert len(entries) == len({entry["id"] for entry in entries})
    assert len(entries) == len(begin.document)
    assert {"journeykit"} >= {key for one in begin.document for key in one.extensions}
    assert {} == dict(begin.document.extensions)
    assert begin.document == from_json(to_json(begin.document))


@pytest.mark.parametrize("name", starter_names())
def test_starter_names_nobody(name: str) -> None:
    """No e-mail, telephone number or contact stands in it, and roles for names."""
    document = made(name)
    texts = strings(json.loads(to_json(document)))
    people = [*document.of(Stakeholder), *document.of(Persona)]

    assert [] == [text for text in texts if re.search(r"\S@\S", text)]
    assert [] == [
        text
        for text in texts
        if re.search(r"\+?\d[\d ()-]{7,}\d", text)
        and not re.fullmatch(r"\d{4}-\d\d-\d\d|[0-9a-f]{16}", text)
    ]
    assert [] == [one.contact for one in document.of(Stakeholder) if one.contact]
    # A role is written like a sentence; a person's name has a second capital.
    assert [] == [
        one.name
        for one in people
        if not re.fullmatch(r"[A-Z][a-z]+( [a-z]+)*", one.name)
    ]


def test_starters_that_ship() -> None:
    """One for each industry, two on real data, the training and an empty one."""
    assert {*INDUSTRIES, "airport", "empty", "retail", "training"} == set(
        starter_names()
    )


def test_empty_starter_holds_four_stages_to_rename_and_the_usual_channels() -> None:
    """The empty map has the template's stages and channels, and not one example."""
    document = made("empty")

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
    assert [
        *("website", "social_media", "service_call", "email", "sms"),
        *("in_app_message", "physical_store"),
    ] == [one.catalogue for one in document.of(Channel)]
    assert () == edits_removing_examples(document)


def test_shipped_files_are_those_that_starters_name() -> None:
    """No file lies in a starter's folder that nothing reads."""
    for name in starter_names():
        home = folder("templates") / "starters" / name
        about = json.loads((home / "starter.json").read_text("utf-8"))
        named = {"starter.json", about["document"]}
        named |= {one["file"] for one in about["data"]}
        named |= {"ATTRIBUTION.md"} if about["data"] else set()
        named |= {about["answers"]} if "answers" in about else set()

        assert named == {path.name for path in Path(home).iterdir()}


@pytest.mark.parametrize("name", starter_names())
def test_entries_stand_in_the_order_of_the_file(name: str) -> None:
    """Ranks of a kind are all different, and rise as the file is read."""
    for kind in KINDS:
        if kind == "link" and name == "airport":  # its links need no order
            continue
        ranks = [one.get("rank") for one in raw(name)["entries"] if one["kind"] == kind]

        assert all(low < high for low, high in pairwise(ranks))


@pytest.mark.parametrize("name", starter_names())
def test_texts_are_clean_and_meant(name: str) -> None:
    """Cleaning changes nothing; no filler, no double blank, no straight quotes."""
    for text in strings(raw(name)):
        assert text == clean_text(text).text
        assert text == text.strip()
        assert None is re.search(r"lorem|ipsum|todo|tbd|xxx|  ", text, re.IGNORECASE)
        assert set() == set("\"'") & set(text)


@pytest.mark.parametrize("name", INDUSTRIES)
def test_dates_follow_the_day_of_creation(name: str) -> None:
    """No starter holds a fixed day, and its plans lie ahead of any day."""
    fixed = [one for one in strings(raw(name)) if re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    later = date(2031, 7, 1)
    due = [one.due for one in starter(name, later).document.of(Action)]

    assert [] == fixed
    assert all(day is not None and day > later for day in due)
    assert due


@pytest.mark.parametrize("name", starter_names())
def test_starter_holds_together(name: str) -> None:
    """No error; warnings only where the team is to begin, or nobody measured yet."""
    with journeykit.new(None, starter=name) as workshop:
        found = workshop.findings()
    warned = {one.rule for one in found if one.severity == "warning"}

    assert [] == [one.text for one in found if one.severity == "error"]
    assert EXPECTED.get(name, {"E1"}) == warned
    assert "M5" not in {one.rule for one in found}


@pytest.mark.parametrize("name", INDUSTRIES)
def test_industry_has_a_map_in_the_customers_words(name: str) -> None:
    """Case header with scope, stages before and after buying, touchpoints, channels."""
    document = made(name)
    case, stages = document.case, document.of(Stage)
    touchpoints, channels = document.of(Touchpoint), document.of(Channel)

    assert case is not None
    assert all((case.scope_start, case.scope_end, case.owner, case.review_date))
    assert 1 == len(document.of(Journey))
    assert 5 <= len(stages) <= 7
    assert any(one.is_before_purchase for one in stages)
    assert any(one.is_after_purchase for one in stages)
    assert [] == [one.name for one in stages if not one.description]
    assert 12 <= len(touchpoints) <= 15
    assert {one.id for one in stages} == {one.stage for one in touchpoints}
    assert {one.id for one in channels} == {one.channel for one in touchpoints}
    assert 4 <= sum(one.is_subtle for one in touchpoints)
    assert 2 <= sum(one.moment_of_truth for one in touchpoints)
    assert {one.catalogue for one in channels} <= set(SUBTLE_TOUCHPOINTS)
    assert [] == [
        one.name
        for one in channels
        if one.messaging or one.branding or one.service_delivery
    ]
    assert [] == [
        one.name
        for one in touchpoints
        if one.channel is None or one.is_online != document[one.channel].is_online  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("name", INDUSTRIES)
def test_industry_has_people_and_what_moves_them(name: str) -> None:
    """Personas with needs, goals and channel; a team; notes in four lanes."""
    document = made(name)
    departments = {one.department for one in document.of(Stakeholder)}
    personas = document.of(Persona)

    assert 2 <= len(personas) <= 3
    assert all(one.needs and one.goals and one.pains for one in personas)
    assert all(one.preferred_channel and one.segment for one in personas)
    assert 2 <= len(document.of(Segment))
    assert [] == [
        wanted
        for wanted in DEPARTMENTS
        if not any(one.startswith(wanted) for one in departments)
    ]
    assert any(one.is_frontline for one in document.of(Stakeholder))
    for lane in ("goal", "action", "thought", "feeling"):
        assert 4 <= sum(one.lane == lane for one in document.of(LaneNote))
    assert [] == [
        one.text
        for one in document.of(LaneNote)
        if one.lane == "feeling" and one.emotion is None
    ]


@pytest.mark.parametrize("name", INDUSTRIES)
def test_industry_leads_from_what_hurts_to_what_is_done(name: str) -> None:
    """Pain points, opportunities, actions, KPIs, COPIS and canvas hang together."""
    document = made(name)
    pains = {one.id for one in document.of(PainPoint)}
    answered = {
        one.target
        for one in document.of(Link)
        if one.relation == "answers" and isinstance(document[one.source], Action)
    }

    assert 2 <= len(pains) <= 3
    assert all(one.priority and one.is_assumption for one in document.of(PainPoint))
    assert pains <= answered
    assert pains <= ends_of(document, "causes")
    assert pains <= ends_of(document, "addresses")
    assert 1 <= len(document.of(Opportunity)) <= 3
    assert [] == [one.id for one in document.of(Action) if not (one.owner and one.kpi)]
    assert {one.id for one in (*document.of(Objective), *document.of(Kpi))} == ends_of(
        document, "measured_by"
    )
    assert [] == [
        one.name
        for one in document.of(Kpi)
        if one.target is None or "is better" not in f"{one.definition} is better"
    ]
    assert 5 <= sum(one.role == "process" for one in document.of(CopisElement)) <= 7
    assert 9 == len({one.block for one in document.of(CanvasEntry)})
    assert {"assumed"} == {one.basis for one in document.of(Evidence)}
    assert pains <= ends_of(document, "supports")


@pytest.mark.parametrize("name", INDUSTRIES)
def test_where_it_hurts_there_is_a_pain_point(name: str) -> None:
    """No touchpoint or feeling is bad without one that says why."""
    document = made(name)
    hurting = {one.touchpoint for one in document.of(PainPoint)}
    bad = {
        one.id
        for one in document.of(Touchpoint)
        if one.emotion is not None and one.emotion < 0
    }
    bad |= {
        one.touchpoint
        for one in document.of(LaneNote)
        if one.emotion is not None and one.emotion < 0
    }

    assert bad
    assert set() == bad - hurting


@pytest.mark.parametrize("name", INDUSTRIES)
def test_examples_go_in_one_step_and_come_back_in_one(name: str) -> None:
    """What stays is the skeleton without opinions; an undo restores everything."""
    with journeykit.new(None, starter=name.replace("_", "-")) as workshop:
        before = workshop.document()
        edits = edits_removing_examples(before)
        workshop.store.write(list(edits))
        after = workshop.document()
        workshop.undo()
        restored = workshop.document()

    assert 1 == len({edit.group for edit in edits})
    assert () == kept_examples(before)
    assert set(example_ids(before)) == {one.id for one in before} - {
        one.id for one in after
    }
    assert {one.kind for one in after} == SKELETON
    assert [] == [one.id for one in after if one.extensions or example_fields(one)]
    assert [] == [one.name for one in after.of(Touchpoint) if one.emotion is not None]
    assert len(before.of(Touchpoint)) == len(after.of(Touchpoint))
    assert before == restored
    assert len(edits) == len(edits_removing_examples(restored))


@pytest.mark.parametrize("name", INDUSTRIES)
def test_skeleton_is_no_example(name: str) -> None:
    """Stages, channels and touchpoints stay; everything else is marked."""
    marked = {one.kind for one in made(name) if is_example(one)}
    unmarked = {one.kind for one in made(name) if not is_example(one)}

    assert SKELETON == unmarked
    assert set() == marked & unmarked
