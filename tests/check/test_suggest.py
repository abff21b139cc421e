"""What the check suggests mends what it found, and only where the workshop says it."""

from __future__ import annotations

import pytest
from clean_case import TODAY, changed, clean_case, without
from hypothesis import HealthCheck, given, settings
from planted_faults import FAULTS, Fault
from sample_entries import documents

from journeykit.check.rules import findings
from journeykit.check.suggest import PROPOSERS, edits_taking, suggestions
from journeykit.check.suggest_names import best_match, closeness
from journeykit.exchange.starters import starter
from journeykit.model import Channel, Document, Link
from journeykit.model.edits import apply


def _spelt_otherwise(document: Document) -> Document:
    """Cut the tie, and spell the channel otherwise on the canvas."""
    broken = without(document, "b-app-reaches-app")
    return changed(broken, "b-app", text="Mobile-App")


def _unknown_to_copis(document: Document) -> Document:
    return without(document, "c-young-reaches-young", "c-young")


def _new_opportunity(document: Document) -> Document:
    idea = {"kind": "opportunity", "text": "A new logo", "touchpoint": "sign"}
    return changed(document, "idea", **idea)


def _second_segment(document: Document) -> Document:
    other = {"kind": "canvas_entry", "block": "customer_segments", "text": "Families"}
    return changed(document, "b-families", **other)


OFFERED: dict[str, tuple[str, Fault, list[str]]] = {
    "canvas and map, nearly the same name": (
        "B2",
        _spelt_otherwise,
        [
            "Tie “Mobile-App” on the canvas to the channel “Mobile app”",
            "Tie “Mobile-App” on the canvas to the channel “Mobile app”",
        ],
    ),
    "channel that the canvas lacks": (
        "B2",
        lambda one: without(one, "b-app"),
        ["Put “Mobile app” on the canvas as a channel"],
    ),
    "promise that answers a pain at the same touchpoint": (
        "B3",
        lambda one: changed(
            one,
            "again",
            kind="pain_point",
            text="It has to be typed twice",
            touchpoint="sign",
            persona="amy",
            severity=3,
            frequency=2,
            is_assumption=True,
        ),
        ["Let the promise “Codes that arrive” answer it"],
    ),
    "segment of the case with its persona": (
        "B4",
        FAULTS["B4"][0],
        ["Tie “Young savers” on the canvas to the persona “Amy”"],
    ),
    "the only activity": (
        "B1",
        FAULTS["B1"][0],
        ["Tie “A network” to the activity “Sending codes”"],
    ),
    "the only promise": (
        "B1",
        _second_segment,
        ["Tie “Families” to the promise “Codes that arrive”"],
    ),
    "customer of the same name": (
        "C1",
        FAULTS["C1"][0],
        [
            "Tie the COPIS customer “Young savers” to the segment “Young savers”",
            "Tie “Young savers” to the COPIS customer “Young savers”",
        ],
    ),
    "customer that COPIS lacks": (
        "C1",
        _unknown_to_copis,
        ["Put “Young savers” into COPIS as a customer"],
    ),
    "process that causes a pain there": (
        "C2",
        lambda one: without(
            one, "p-2-affects-sign", "p-4-affects-sign", "p-4", "p-1", "p-3"
        ),
        [
            "Tie the process “Process 2” to the touchpoint “First transfer”",
            "Tie the process “Process 2” to the touchpoint “First transfer”",
        ],
    ),
    "customer in other words": (
        "C1",
        lambda one: changed(
            without(one, "c-young-reaches-young"), "c-young", text="Savers, first time"
        ),
        [
            "Tie “Young savers” to the COPIS customer “Savers, first time”",
            "Put “Young savers” into COPIS as a customer",
        ],
    ),
    "system that COPIS lacks": (
        "C3",
        FAULTS["C3"][0],
        ["Put “Old host” into COPIS as a system behind “First transfer”"],
    ),
    "system in another spelling": (
        "C3",
        lambda one: changed(one, "compare", systems=["Webshop"]),
        [
            "Write “Web shop” for “Webshop” at “Compare offers”",
            "Put “Webshop” into COPIS as a system behind “Compare offers”",
        ],
    ),
    "what stands behind the touchpoint": (
        "C5",
        FAULTS["C5"][0],
        [
            "Name “Process 2”, which stands behind “First transfer”, as the cause",
            "Name “Process 4”, which stands behind “First transfer”, as the cause",
        ],
    ),
    "pain at the same touchpoint": (
        "A3",
        _new_opportunity,
        ["Let “A new logo” answer “The code never comes”"],
    ),
    "the only KPI": (
        "K1",
        lambda one: without(one, "easy-measured_by-ces"),
        [
            "Measure “Opening an account is easy” by the KPI “Effort”",
            "Measure the objective “Opening an account is easy” by “Effort”",
        ],
    ),
}


@pytest.mark.parametrize("what", OFFERED)
def test_link_that_the_workshop_says_is_offered(what: str) -> None:
    """In words that a team can answer with yes."""
    rule, plant, wanted = OFFERED[what]
    broken = plant(clean_case())
    found = [one for one in findings(broken, TODAY) if one.rule == rule]

    assert wanted == [one.text for one in suggestions(broken, found)]


@pytest.mark.parametrize("what", OFFERED)
def test_taking_what_is_offered_mends_the_finding(what: str) -> None:
    """Each of them alone takes the finding away, and plants no other."""
    rule, plant, _ = OFFERED[what]
    broken = plant(clean_case())
    before = {(one.rule, one.entry) for one in findings(broken, TODAY)}
    found = [one for one in findings(broken, TODAY) if one.rule == rule]

    for one in suggestions(broken, found):
        edits = edits_taking(broken, one)
        after = {
            (left.rule, left.entry) for left in findings(apply(broken, edits), TODAY)
        }

        assert (rule, one.finding.entry) not in after
        assert after < before
        assert 1 == len({edit.group for edit in edits})


def test_every_rule_that_can_propose_is_tried() -> None:
    """No proposer without a case above."""
    assert {rule for rule, *_ in OFFERED.values()} == set(PROPOSERS)


@pytest.mark.parametrize("rule", [one for one in FAULTS if one not in PROPOSERS])
def test_nothing_is_made_up(rule: str) -> None:
    """Where only the team can know, it is asked and nothing is offered."""
    broken = FAULTS[rule][0](clean_case())

    assert () == suggestions(broken, findings(broken, TODAY))


def test_proposed_link_is_taken_rather_than_drawn_twice() -> None:
    """What waits on the board for a yes gets it."""
    waiting = changed(clean_case(), "b-app-reaches-app", is_proposed=True)
    (first, second) = suggestions(waiting, findings(waiting, TODAY))

    assert [("change", "b-app-reaches-app")] == [
        (edit.verb, edit.entry) for edit in edits_taking(waiting, first)
    ]
    assert ["B2:b-app:app", "B2:app:b-app"] == [first.key, second.key]


def test_two_that_are_equally_near_are_not_guessed_between() -> None:
    """A guess that must be undone costs more than a link drawn by hand."""
    apps = [Channel(id="a", name="Mobile app"), Channel(id="b", name="Desktop app")]

    assert best_match("App", apps) is None
    assert apps[0] == best_match("mobile-app", apps)
    assert 0.0 == closeness("", "…")


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_whatever_people_enter_taking_mends(document: Document) -> None:
    """For any document each suggestion can be taken, and takes its finding away."""
    for one in suggestions(document, findings(document, TODAY)):
        after = findings(apply(document, edits_taking(document, one)), TODAY)
        left = {(other.rule, other.entry) for other in after}

        assert (one.finding.rule, one.finding.entry) not in left


def test_tie_that_went_missing_in_the_airport_is_offered_again() -> None:
    """Most ties of map, COPIS and canvas come back with one click; none is made up."""
    whole = starter("airport", TODAY).document
    ties = [
        one
        for one in whole.of(Link)
        if one.relation in ("reaches", "causes", "affects", "addresses", "depends_on")
    ]
    n_found = n_offered = 0
    for link in ties:
        broken = without(whole, link.id)
        found = [one for one in findings(broken, TODAY) if one.entry is not None]
        known = {(one.rule, one.entry) for one in findings(whole, TODAY)}
        new = [one for one in found if (one.rule, one.entry) not in known]
        n_found += bool(new)
        n_offered += any(
            (link.source, link.relation, link.target) in one.offer.links
            for one in suggestions(broken, new)
        )

    assert n_found >= 30
    assert n_offered >= 0.6 * n_found
