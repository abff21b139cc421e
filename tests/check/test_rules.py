"""Every rule finds its planted fault, nothing else, and is silent when it is mended."""

from __future__ import annotations

from datetime import date

import pytest
from clean_case import TODAY, changed, clean_case, without
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from planted_faults import FAULTS
from sample_entries import documents, one_of_each_kind

from journeykit.check.rules import RULES, findings, rules_off
from journeykit.check.suggest import edits_taking, suggestions
from journeykit.model import Document
from journeykit.model.edits import apply
from journeykit.vocabulary import COPIS, CopisRole

DOMAIN = """
M1 warning M2 warning M3 warning M4 error M5 hint M6 hint M7 hint M8 warning E1 warning
E2 error E3 warning E4 warning C1 warning C2 warning C3 warning C4 hint C5 hint B1 error
B2 warning B3 warning B4 warning K1 error K2 error A1 error A2 warning A3 warning
L1 warning L2 warning O1 hint O2 hint S1 warning S2 hint
"""


def test_rules_are_those_of_the_domain() -> None:
    """Ids and severities as they were agreed."""
    wanted = dict(zip(DOMAIN.split()[::2], DOMAIN.split()[1::2], strict=True))

    assert wanted == {rule.id: rule.severity for rule in RULES.values()}
    assert set(FAULTS) == set(RULES)


@pytest.mark.parametrize("copis", COPIS)
def test_clean_case_has_no_findings(copis: str) -> None:
    """Under each meaning of COPIS; not even a hint."""
    assert () == findings(clean_case(copis), TODAY, last_version=TODAY)


@pytest.mark.parametrize("rule", RULES)
def test_planted_fault_is_found_alone(rule: str) -> None:
    """Exactly these findings, on the right entries; mending it takes them away."""
    plant, entries = FAULTS[rule]
    found = findings(plant(clean_case()), TODAY)

    assert [(rule, entry) for entry in entries] == [(f.rule, f.entry) for f in found]
    assert all(one.text.endswith(".") and one.next_step for one in found)


def test_proposed_link_does_not_count() -> None:
    """Before a person takes it, the rule goes on asking."""
    proposed = changed(clean_case(), "b-app-reaches-app", is_proposed=True)

    assert {"B2"} == {one.rule for one in findings(proposed, TODAY)}


def test_rule_is_switched_off_for_a_reason() -> None:
    """With a reason it is silent and the reason is kept; without one it speaks."""
    broken = FAULTS["M6"][0](clean_case())
    off = {"kind": "rule_off", "rule": "M6"}
    silent = changed(broken, "off", **off, reason="We map the purchase only")

    assert () == findings(silent, TODAY)
    assert {"M6": "We map the purchase only"} == dict(rules_off(silent))
    assert ["M6"] == [one.rule for one in findings(changed(broken, "o", **off), TODAY)]


@pytest.mark.parametrize(
    ("rule", "role"),
    [("C1", "customer"), ("C2", "process"), ("C3", "systems"), ("C4", "process")],
)
def test_rule_is_silent_where_a_definition_lacks_its_role(
    rule: str, role: CopisRole
) -> None:
    """Nobody is asked for a column that is not on the diagram."""
    broken = FAULTS[rule][0](clean_case())
    for copis, columns in COPIS.items():
        found = findings(changed(broken, "case", copis=copis), TODAY)
        expected = {rule} if role in columns.columns else set()

        assert expected == {one.rule for one in found}


def test_old_version_is_said() -> None:
    """A map that nobody looked at for a year is no living document."""
    found = findings(clean_case(), TODAY, last_version=date(2025, 3, 2))

    assert [("L2", "case")] == [(one.rule, one.entry) for one in found]


def test_decision_settles_a_difference() -> None:
    """The team talked about it and wrote down why its feeling stands."""
    broken = FAULTS["E3"][0](clean_case())
    settled = changed(broken, "d", kind="decision", text="It stays", subject="compare")

    assert () == findings(settled, TODAY)


def test_decision_lets_old_data_stand() -> None:
    """The team knows how old they are and wrote down why it still reads them."""
    broken = FAULTS["L2"][0](clean_case())
    settled = changed(broken, "d", kind="decision", text="They stand", subject="wave")

    assert () == findings(settled, TODAY)


@pytest.mark.parametrize("name", ["Weighing it up", "Bringing it home", "Hr. Ibsen"])
def test_short_word_is_no_department(name: str) -> None:
    """Only IT in capitals is a department; “it” is a word of every customer."""
    assert () == findings(changed(clean_case(), "choose", name=name), TODAY)
    assert findings(changed(clean_case(), "choose", name="IT"), TODAY)


def test_copis_that_was_not_begun_raises_nothing() -> None:
    """A team at its map is not asked for every process of a diagram it has not met."""
    every = [one.id for one in clean_case() if one.kind == "copis_element"]

    assert () == findings(without(clean_case(), *every), TODAY)


def test_map_as_it_should_be_raises_nothing() -> None:
    """What is only planned has no owner and no data yet."""
    target = {"kind": "journey", "name": "Next year", "state": "target"}
    planned = changed(clean_case(), "then", **target)
    planned = changed(planned, "s", kind="stage", journey="then", name="Sales")
    planned = changed(planned, "t", kind="touchpoint", stage="s", name="Robot")

    assert () == findings(planned, TODAY)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_document_breaks_a_rule(document: Document) -> None:
    """Whatever people enter, every finding names an entry of theirs."""
    for one in findings(document, TODAY):
        assert one.entry is None or one.entry in document
        assert one.text


def test_one_of_each_kind_is_read() -> None:
    """Every kind with every field filled."""
    assert findings(one_of_each_kind(), TODAY)


def test_rules_pass_over_hidden_blocks_of_the_canvas() -> None:
    """Whoever hides a block is not asked about it."""
    case = clean_case()
    faulty = case
    for rule in ("B1", "B2", "B3", "B4"):
        faulty = FAULTS[rule][0](faulty)
    blocks = ("key_partnerships", "channels", "value_propositions", "customer_segments")
    hidden = changed(faulty, "case", hidden_blocks=blocks)

    assert {"B1", "B2", "B3", "B4"} == {one.rule for one in findings(faulty, TODAY)}
    assert () == findings(hidden, TODAY)
    assert () == findings(changed(case, "case", hidden_blocks=blocks[1:3]), TODAY)


@st.composite
def torn_cases(draw: st.DrawFn) -> Document:
    """Draw the clean case with entries missing, links proposed, and another COPIS."""
    whole = clean_case(draw(st.sampled_from(sorted(COPIS))))
    names = [one.id for one in whole if one.kind != "case"]
    torn = without(whole, *draw(st.sets(st.sampled_from(names), max_size=12)))
    links = [one.id for one in torn if one.kind == "link"]
    for name in draw(st.sets(st.sampled_from(links or ["case"]), max_size=4)):
        if name != "case":
            torn = changed(torn, name, is_proposed=True)
    return torn


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(torn_cases())
def test_torn_workshop_breaks_no_rule_and_every_suggestion_mends(
    document: Document,
) -> None:
    """Whatever is missing: rules answer, and what is offered takes its finding away."""
    found = findings(document, TODAY)

    assert all(one.entry is None or one.entry in document for one in found)
    for one in suggestions(document, found):
        after = findings(apply(document, edits_taking(document, one)), TODAY)
        left = {(other.rule, other.entry) for other in after}

        assert (one.finding.rule, one.finding.entry) not in left
