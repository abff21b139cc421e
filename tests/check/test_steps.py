"""The steps of the workbook: whole words, and checks that name what is missing."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from journeykit.check.done_when import CHECKS, checks_of, progress_of
from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.steps import (
    COUNTED_STEPS,
    STEPS,
    minutes_of,
    neighbours,
    step_named,
)
from journeykit.errors import UnknownNameError
from journeykit.exchange.starters import starter
from journeykit.model import KINDS, AgendaBlock, Document, Link, entry_from
from journeykit.model.journey import Touchpoint
from journeykit.shipped import folder


@pytest.fixture(scope="module")
def airport() -> Document:
    """Return the airport case as a workshop begins with it."""
    return starter("airport", date(2026, 1, 1)).document


def missing(document: Document, step: str) -> tuple[str, ...]:
    """Return everything that a step says is missing."""
    return tuple(one for check in checks_of(document, step) for one in check.missing)


def changed(document: Document, entry: str, **fields: Any) -> Document:
    """Return the document with other values in an entry."""
    return document.with_entries([document[entry].model_copy(update=fields)])


def without(document: Document, *kinds: str) -> Document:
    """Return the document without entries of these kinds and what points to them."""
    gone = {one.id for one in document if one.kind in kinds}
    left = [one for one in document if one.id not in gone]
    while True:
        ids = {one.id for one in left}
        kept = [
            one
            for one in left
            if not isinstance(one, Link) or {one.source, one.target} <= ids
        ]
        if len(kept) == len(left):
            return Document(kept)
        left = kept


def test_steps_are_numbered_as_their_notebooks() -> None:
    """Numbers count from 0 without a gap and begin the notebook's name."""
    assert list(range(18)) == [step.number for step in STEPS]
    for step in STEPS:
        assert step.notebook.startswith(f"{step.number:02d}_")
    assert len({step.name for step in STEPS}) == len(STEPS)
    assert list(range(1, 15)) == [step.number for step in COUNTED_STEPS]


def test_every_step_has_its_notebook_and_every_notebook_its_step() -> None:
    """What the steps link to is what is shipped."""
    shipped = {path.name for path in folder("workbook").glob("*.ipynb")}

    assert {step.notebook for step in STEPS} == shipped


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_words_of_a_step_are_whole(step: Any) -> None:
    """Each has a question, two sentences of purpose, three to six things to do."""
    assert step.question.endswith("?")
    assert 2 <= step.purpose.count(". ") + step.purpose.count("? ") + 1 <= 3
    assert 3 <= len(step.do) <= 6
    assert all(one[0].isupper() and one[-1] in ".?" for one in step.do)
    assert step.minutes > 0
    assert len(step.example) > 80
    assert set(step.kinds) <= set(KINDS)
    assert step.capabilities
    for field in dataclasses.fields(step):
        assert getattr(step, field.name) is not None


def test_capabilities_of_this_issue_have_a_step() -> None:
    """1-28, 40-55, 57-64, 68, 76, 94-98 and 105-109 are entered and seen somewhere."""
    asked = {*range(1, 29), *range(40, 56), *range(57, 65), 68, 76}
    asked |= {*range(94, 99), *range(105, 110)}
    carried = {number for step in STEPS for number in step.capabilities}

    assert set() == asked - carried


def test_step_is_found_by_name_and_by_notebook() -> None:
    """Both names lead to it; a wrong one is answered with the nearest."""
    assert 3 == step_named("personas").number
    assert 3 == step_named("03_personas_and_segments.ipynb").number
    with pytest.raises(UnknownNameError, match="personas"):
        step_named("persona")


def test_ends_of_the_workbook_have_one_neighbour() -> None:
    """Before the welcome and after the review there is nothing."""
    welcome, first = STEPS[0], COUNTED_STEPS[0]

    assert (None, first) == neighbours(welcome)
    assert (welcome, COUNTED_STEPS[1]) == neighbours(first)
    assert (COUNTED_STEPS[-2], None) == neighbours(COUNTED_STEPS[-1])


@pytest.mark.parametrize("name", ["training", "facilitator"])
def test_extras_lead_to_the_first_step(name: str) -> None:
    """Who has trained or planned the day begins with the method."""
    assert (STEPS[0], COUNTED_STEPS[0]) == neighbours(step_named(name))


def test_minutes_come_from_the_agenda() -> None:
    """Blocks of the step count together; without one it is the step's own default."""
    step = step_named("personas")
    blocks = [
        AgendaBlock(id="a", title="Personas", minutes=20, step="personas"),
        AgendaBlock(id="b", title="Segments", minutes=12.5, step="personas"),
        AgendaBlock(id="c", title="Map", minutes=40, step="journey_map"),
    ]

    assert 32.5 == minutes_of(Document(blocks), step)
    assert step.minutes == minutes_of(Document(), step)


@pytest.mark.parametrize("name", CHECKS)
def test_empty_workshop_names_what_to_begin_with(name: str) -> None:
    """Nothing fails without entries, and what is not done says why."""
    for check in checks_of(Document(), name):
        assert check.is_done == (not check.missing)
    if name != "facilitator":
        assert not any(check.is_done for check in checks_of(Document(), name))


def test_progress_of_an_empty_and_of_a_worked_workshop(airport: Document) -> None:
    """From nothing to nearly everything; what the airport left open stays open."""
    empty = progress_of(Document())
    worked = progress_of(airport)
    states = {one.name: one.state for one in worked.steps}

    assert 0 == empty.n_done
    assert {"not begun"} == {one.state for one in empty.steps}
    assert 0.85 < worked.share < 1
    assert "done" == states["pain_points"]
    assert "begun" == states["monitor"]
    assert "not begun" == states["validation"]


def test_training_is_scored_and_not_checked(airport: Document) -> None:
    """It has no checks and no part in the progress."""
    assert () == checks_of(airport, "training")
    assert "training" not in [one.name for one in progress_of(airport).steps]


# One planted gap each: what is taken away, and the sentence that has to say so.
GAPS = [
    ("objectives", "kpi-security", {"target": None}, "Security stays easy"),
    ("objectives", "case", {"scope_end": ""}, "with which moment the journey ends"),
    (
        "objectives",
        "case",
        {"context": "", "constraints": ()},
        "Why this journey, why now",
    ),
    (
        "stakeholders",
        "stakeholder-marketing",
        {"department": "Digital"},
        "Nobody is here from: marketing",
    ),
    ("stakeholders", "stakeholder-security", {"role": ""}, "Security liaison"),
    ("stakeholders", "stakeholder-security", {"interest": None}, "not on the map"),
    (
        "personas",
        "persona-family",
        {"goals": ()},
        "1 persona has no goals: The family visitor",
    ),
    ("personas", "persona-family", {"preferred_channel": None}, "preferred channel"),
    ("personas", "segment-work", {"behavioural": (), "psychographic": ()}, "for work"),
    (
        "touchpoints",
        "tp-parking",
        {"channel": None},
        "1 touchpoint has no channel: Park the car",
    ),
    ("touchpoints", "tp-parking", {"owner": None}, "1 touchpoint has no owner"),
    ("touchpoints", "tp-parking", {"is_online": True}, "other than its channel"),
    ("evidence", "ev-wifi", {"source": "", "data_set": None}, "has no source"),
    ("journey_map", "tp-parking", {"emotion": None}, "has no emotion: Park the car"),
    ("pain_points", "pain-food", {"severity": None}, "Finds little to eat"),
    ("pain_points", "pain-food", {"cause": ""}, "has no cause"),
    ("pain_points", "pain-food", {"owner": None}, "has no owner"),
    ("channels", "channel-wifi", {"branding": None}, "is not rated: Airport Wi-Fi"),
    ("channels", "change-delay", {"context_kept": None}, "1 change leaves it open"),
    ("opportunities", "opportunity-nap-corner", {"effort": None}, "is not rated"),
    ("opportunities", "opportunity-nap-corner", {"is_chosen": None}, "still open"),
    ("opportunities", "experiment-connection-guide", {"measure": ""}, "hypothesis"),
    ("copis", "case", {"copis": "operations"}, "Still empty: Systems"),
    ("copis", "copis-p-host", {"strategy": ""}, "has no strategy: Feed, supply"),
    ("copis", "copis-p-host", {"role": "output"}, "served by no process"),
    ("canvas", "canvas-vp-care", {"helps": "", "hurts": ""}, "against the journey"),
    ("action_plan", "action-food-carts", {"due": None}, "has no day"),
    ("action_plan", "action-food-carts", {"kpi": None}, "has no expected effect"),
    ("action_plan", "action-food-carts", {"priority": None}, "effort or priority"),
    ("monitor", "case", {"owner": None}, "Who keeps the map"),
    ("monitor", "case", {"review_date": None}, "When do you look again"),
    ("monitor", "kpi-nps", {"owner": None}, "1 KPI has no owner"),
]


@pytest.mark.parametrize(("step", "entry", "fields", "said"), GAPS)
def test_planted_gap_is_named(
    airport: Document, step: str, entry: str, fields: dict[str, Any], said: str
) -> None:
    """What was taken away is named, by one sentence more than before."""
    before = missing(airport, step)
    after = missing(changed(airport, entry, **fields), step)
    new = [one for one in after if one not in before]

    assert any(said in one.replace("“", "") for one in new), new


@pytest.mark.parametrize(
    ("step", "kinds", "said"),
    [
        ("objectives", ["objective"], "There are no objectives yet"),
        ("objectives", ["link"], "7 objectives have no KPI with a target"),
        ("evidence", ["link"], "39 pieces of evidence support nothing"),
        ("pain_points", ["link"], "8 pain points have no evidence"),
        ("opportunities", ["link"], "6 opportunities answer nothing"),
        ("canvas", ["link"], "3 pain points belong to no value proposition"),
        ("copis", ["link"], "9 pain points are not traced"),
        ("journey_map", ["lane_note"], "7 stages have no goal"),
        ("channels", ["channel_change"], "There are no changes yet"),
        ("opportunities", ["opportunity", "experiment"], "There are no opportunities"),
        ("canvas", ["canvas_entry"], "Still empty: Customer segments"),
        ("action_plan", ["action"], "There are no actions yet"),
        ("copis", ["copis_element"], "There are 0"),
    ],
)
def test_kind_that_is_not_there_is_asked_for(
    airport: Document, step: str, kinds: list[str], said: str
) -> None:
    """Without any entry of its kind a step says so instead of being done."""
    assert said in " ".join(missing(without(airport, *kinds), step))


def test_worst_pain_point_without_an_action_is_named(airport: Document) -> None:
    """An action without a day does not count, nor does one of another pain point."""
    worst = top_pain_points(airport)
    assert "pain-lost" == worst[0].id
    bare = airport
    for name in ("action-walking-times", "action-host-training"):
        bare = changed(bare, name, due=None)

    name = "“Cannot see the way to the next gate, or how…”"

    assert [f"1 pain point has no such action: {name}"] == [
        one for one in missing(bare, "action_plan") if "such action" in one
    ]


def test_names_are_cut_after_six(airport: Document) -> None:
    """Fifteen open touchpoints are six names and a number."""
    (said,) = [one for one in missing(airport, "validation") if "touchpoints" in one]

    assert said.startswith("15 touchpoints are open: ")
    assert said.endswith(" and 9 more")


def test_validation_is_recorded_by_touchpoint(airport: Document) -> None:
    """A verdict on each touchpoint closes the step; "not asked" is an answer."""
    comments = [
        entry_from(
            {
                "kind": "comment",
                "id": f"c-{place.id}",
                "subject": place.id,
                "text": "Seen",
                "comment_kind": "validation",
                "verdict": "not_asked" if number else "confirmed",
                "n_people": 0 if number else 5,
            }
        )
        for number, place in enumerate(airport.of(Touchpoint))
    ]
    checks = checks_of(airport.with_entries(comments), "validation")

    assert [True, True, False] == [check.is_done for check in checks]
