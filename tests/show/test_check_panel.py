"""The check in a notebook: findings by rule, buttons that mend, rules switched off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest
from clean_case import TODAY, changed, clean_case, without
from planted_faults import FAULTS

import journeykit
from journeykit.check.finding_step import step_of_finding
from journeykit.check.rules import RULES, findings
from journeykit.check.steps import STEPS
from journeykit.errors import UnknownNameError
from journeykit.model import Document, RuleOff
from journeykit.show.check_panel import check_tree
from journeykit.show.guide_tree import as_html
from journeykit.show.live import live_of
from journeykit.store import open_store
from journeykit.workshop import Workshop

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)


def workshop_of(document: Document) -> Workshop:
    """Return a workshop in memory with these entries, on the day of the clean case."""
    made = Workshop(open_store(None, now=lambda: NOON))
    made.add_all(document)
    return made


def press(work: Workshop, act: str) -> str:
    """Press a button of the check; return what is said."""
    widget = journeykit.step("validation", work).check()
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def nodes(tree: Any, tag: str) -> Iterable[Any]:
    """Yield the nodes of a tag."""
    if not isinstance(tree, str):
        if tree[0] == tag:
            yield tree
        for inner in tree[2:]:
            yield from nodes(inner, tag)


def shown(document: Document) -> str:
    """Return what the panel says, as HTML."""
    return str(as_html(check_tree(document, findings(document, TODAY))))


def test_clean_case_says_so() -> None:
    """No list stands there, and nothing can be pressed."""
    tree = check_tree(clean_case(), ())

    assert "No errors, no warnings, no hints." in as_html(tree)
    assert "tell one story" in as_html(tree)
    assert [] == [*nodes(tree, "button"), *nodes(tree, "details")]


def test_findings_stand_by_severity_and_rule() -> None:
    """Errors first; each rule once, with its next step, however many it finds."""
    broken = FAULTS["C1"][0](FAULTS["A1"][0](clean_case()))
    html = shown(broken)

    assert "1 error, 2 warnings, no hints." in html
    assert html.index(RULES["A1"].text) < html.index("Every COPIS customer")
    assert 1 == html.count(f"{RULES['C1'].next_step}.")
    assert "is no customer in COPIS." in html


@pytest.mark.parametrize("rule", RULES)
def test_each_finding_leads_to_its_entry(rule: str) -> None:
    """A link opens the notebook of a step, and names the entry whose card it seeks."""
    plant, entries = FAULTS[rule]
    broken = plant(clean_case())
    found = findings(broken, TODAY)
    links = list(nodes(check_tree(broken, found), "a"))
    sought = [None if name == "case" else name for name in entries]

    assert sought == [one[1].get("to") for one in links]
    assert {one[1]["href"] for one in links} <= {step.notebook for step in STEPS}
    assert all(
        step_of_finding(broken, finding).notebook == link[1]["href"]
        for finding, link in zip(found, links, strict=True)
    )


def test_suggestion_is_taken_with_one_click_and_undone_as_one() -> None:
    """The finding goes, the button with it; every board can undo it."""
    work = workshop_of(without(clean_case(), "b-app"))
    panel = journeykit.step("validation", work).check()
    (take,) = [
        one for one in nodes(panel.tree, "button") if "take" in one[1].get("act", "")
    ]
    said = press(work, take[1]["act"])

    assert "Done: Put “Mobile app” on the canvas as a channel. " in said
    assert () == work.findings(TODAY)
    assert 1 == len(live_of(work).done)
    work.undo()
    assert ["B2"] == [one.rule for one in work.findings(TODAY)]


def test_suggestion_that_no_longer_holds_is_not_taken() -> None:
    """Somebody was quicker: nothing is written twice."""
    work = workshop_of(without(clean_case(), "b-app"))
    press(work, "take_suggestion:B2:app:new")
    before = work.store.number()

    assert "has changed meanwhile" in press(work, "take_suggestion:B2:app:new")
    assert before == work.store.number()


def test_rule_is_switched_off_with_its_reason_and_on_again() -> None:
    """It stands in the list with its reason until it is switched on."""
    work = workshop_of(FAULTS["M6"][0](clean_case()))
    press(work, "rule_off:M6:We map the purchase:  and only that")
    (off,) = work.document().of(RuleOff)
    html = shown(work.document())

    assert ("M6", "We map the purchase: and only that") == (off.rule, off.reason)
    assert "We map the purchase: and only that" in html
    assert "Switched off" in html
    assert "No errors, no warnings, no hints." in html
    assert "Rule M6 is on again." == press(work, "rule_on:M6")
    assert ["M6"] == [one.rule for one in work.findings(TODAY)]


def test_rule_is_not_switched_off_without_a_reason() -> None:
    """Blanks are no reason; and there is no rule of any other name."""
    work = workshop_of(FAULTS["M6"][0](clean_case()))

    assert "why first" in press(work, "rule_off:M6:   ")
    assert () == work.document().of(RuleOff)
    assert str(UnknownNameError("rule", "Q7", RULES)) == press(work, "rule_off:Q7:No")


def test_second_reason_takes_the_place_of_the_first() -> None:
    """A rule is off once, for the reason that was given last."""
    off = {"kind": "rule_off", "rule": "M6"}
    work = workshop_of(changed(FAULTS["M6"][0](clean_case()), "o", **off))
    press(work, "rule_off:M6:Out of scope")

    assert ["Out of scope"] == [one.reason for one in work.document().of(RuleOff)]


def test_names_of_people_stay_text() -> None:
    """Whatever a touchpoint is called, nothing of it runs."""
    evil = changed(FAULTS["M1"][0](clean_case()), "compare", name="<img onerror=x>")

    assert "<img" not in shown(evil)
    assert "&lt;img" in shown(evil)


def test_many_of_one_kind_are_counted_rather_than_listed() -> None:
    """A workshop of a hundred bare touchpoints can still be read."""
    document = clean_case()
    for n in range(40):
        values = {"kind": "touchpoint", "stage": "use", "name": f"Touch {n}"}
        document = changed(document, f"t-{n}", **values)

    assert "And 28 more like these." in shown(document)


def test_step_says_what_is_to_be_mended_on_it() -> None:
    """Below each step stands what the check found for it, and nothing of others."""
    work = workshop_of(FAULTS["C1"][0](clean_case()))
    copis, plan, whole = (
        as_html(journeykit.step(name, work).done().tree)
        for name in ("copis", "action_plan", "validation")
    )

    assert "The check has 1 warning to mend here, such as: The COPIS customer" in copis
    assert "The check has" not in plan
    assert "The check has" not in whole
