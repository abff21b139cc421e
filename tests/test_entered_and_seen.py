"""What a team enters in a form of the workbook is seen elsewhere in the workbook.

Each test goes the way of a capability: the form of the notebook's own step is filled in
as the page does it, and what was entered stands on a board, a list or a check.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import journeykit
from journeykit.check.done_when import checks_of
from journeykit.layout.catalogue import layout_named
from journeykit.layout.zones import Card
from journeykit.model import new_id
from journeykit.model.edits import new_edit_id
from journeykit.report.journey_report import JourneyReport
from journeykit.show.board import Board
from journeykit.show.board_forms import links_of
from journeykit.show.guide_tree import as_html
from journeykit.show.live import live_of
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return an empty workshop with two touchpoints and a few people."""
    with journeykit.new(None, author="Ann Beck") as made:
        first, second = made.entries("stage")[:2]
        made.add("stakeholder", id="bo", name="Bo", department="Sales")
        made.add("channel", id="web", name="Website", is_online=True)
        made.add("touchpoint", id="search", stage=first.id, name="Search")
        made.add("touchpoint", id="order", stage=second.id, name="Order")
        made.add("persona", id="mara", name="Mara")
        made.add("pain_point", id="slow", text="Takes too long", touchpoint="order")
        yield made


class Form:
    """Stands for the page of one form in a notebook."""

    def __init__(self, work: Workshop, step: str, kind: str, *only: str) -> None:
        self.work, self.kind = work, kind
        self.board: Board = journeykit.step(step, work).form(kind, *only)
        self.answers: list[Any] = []
        self.board.send = lambda one, _=None: self.answers.append(one)  # type: ignore[method-assign,assignment]  # no browser here
        self.asked = {one["name"] for one in self.board.kinds[kind]["fields"]}

    def fill(self, entry: str, **fields: Any) -> Any:
        """Write fields of an entry that is there; each has to be asked for."""
        return self._send("change", entry, fields, base=1)

    def add(self, **fields: Any) -> Any:
        """Add an entry, as "Add" in the form does."""
        return self._send("add", new_id(self.kind), fields)

    def _send(self, do: str, entry: str, fields: dict[str, Any], base: int = 0) -> Any:
        assert fields.keys() <= self.asked
        op = {"do": do, "entry": entry, "kind": self.kind, "fields": fields}
        message = {"type": "write", "id": new_edit_id(), "ops": [{**op, "base": base}]}
        self.board._handle_custom_msg(message, [])
        assert [] == [one for one in self.answers if one["type"] == "refused"]
        live_of(self.work).refresh()
        return self.work[entry]


def card(work: Workshop, layout: str, entry: str, **options: Any) -> Card:
    """Return the card of an entry on a board."""
    zones = layout_named(work.document(), layout, **options).zones
    return next(one for zone in zones for one in zone.cards if one.entry == entry)


def missing(work: Workshop, step: str) -> str:
    """Return what a step says is missing."""
    checks = checks_of(work.document(), step)
    return " ".join(said for check in checks for said in check.missing)


def test_context_and_limits_stand_in_the_opening(work: Workshop) -> None:
    """Capability 4: what drives the exercise and what limits it opens the report."""
    form = Form(work, "objectives", "case", "context", "constraints")
    form.fill(work.case.id, context="A rival opens in May.", constraints=["No staff"])
    shown = JourneyReport(work).context().__html__()

    assert "A rival opens in May. Constraints: No staff." in shown
    assert "Why this journey, why now" not in missing(work, "objectives")


def test_first_and_last_moment_stand_in_the_opening(work: Workshop) -> None:
    """Capability 6: from where to where the journey runs is said on the first page."""
    form = Form(work, "objectives", "case", "scope_start", "scope_end")
    form.fill(work.case.id, scope_start="Hears of us", scope_end="Tells a friend")
    shown = JourneyReport(work).band().__html__()

    assert "Begins: Hears of us. Ends: Tells a friend." in shown


def test_a_kpi_says_where_it_stands_and_should_be(work: Workshop) -> None:
    """Capability 3: definition and target are on the card of the KPI."""
    kpi = Form(work, "objectives", "kpi").add(
        name="Wait", definition="Median", baseline=14, target=10, unit="minutes"
    )

    assert "today 14, target 10 minutes" == card(work, "objectives", kpi.id).detail


def test_team_says_who_is_from_where_and_who_is_missing(work: Workshop) -> None:
    """Capability 7: person, department and role; the missing department is named."""
    one = Form(work, "stakeholders", "stakeholder").add(
        name="Cy", department="Marketing", role="Scribe", is_on_team=True
    )

    assert "Marketing · Scribe" == card(work, "stakeholder_map", one.id).detail
    said = missing(work, "stakeholders")
    assert "Nobody is here from: " in said
    assert "marketing" not in said.split("Nobody is here from: ")[1].split(".")[0]


def test_the_front_line_is_marked(work: Workshop) -> None:
    """Capability 8: who talks to customers every week is seen on the map of people."""
    Form(work, "stakeholders", "stakeholder").fill("bo", is_frontline=True)

    assert "front line" in card(work, "stakeholder_map", "bo").marks


def test_a_department_answers_a_pain_point(work: Workshop) -> None:
    """Capability 9: what each department says is kept with its day."""
    answer = Form(work, "pain_points", "department_answer").add(
        pain_point="slow", department="Sales", answer="By June", day="2026-11-26"
    )
    shown = card(work, "wall", answer.id, kind="department_answer")

    assert ("By June", "Sales · Takes too long") == (shown.text, shown.detail)


def test_owners_of_touchpoints_and_pain_points_are_named(work: Workshop) -> None:
    """Capability 11: what nobody owns is listed until somebody does."""
    assert "no owner: Search, Order" in missing(work, "touchpoints")
    assert "has no owner" in missing(work, "pain_points")
    form = Form(work, "touchpoints", "touchpoint")
    form.fill("search", owner="bo")
    Form(work, "pain_points", "pain_point").fill("slow", owner="bo")

    assert "1 touchpoint has no owner: Order" in missing(work, "touchpoints")
    assert "has no owner" not in missing(work, "pain_points")


def test_a_persona_is_made_of_what_people_are_do_and_want(work: Workshop) -> None:
    """Capabilities 13, 15 and 19: the form asks for all of it, the checks for most."""
    assert "has no goals: Mara" in missing(work, "personas")
    form = Form(work, "personas", "persona")
    mara = form.fill(
        "mara",
        demographics=["Retired"],
        behaviours=["Compares at length"],
        preferences=["A voice"],
        needs=["Certainty"],
        motivations=["The grandchildren"],
        desires=["To be known"],
        expectations=["An answer today"],
        goals=["A week by the sea"],
        pains=["Small print"],
        preferred_channel="web",
    )

    assert ("A voice",) == mara.preferences
    assert "has no goals" not in missing(work, "personas")
    assert "preferred channel" not in missing(work, "personas")
    empathy = layout_named(work.document(), "empathy_map", persona="mara")
    heads = " ".join(head.text + head.detail for head in empathy.heads)
    shown = " ".join(one.text for zone in empathy.zones for one in zone.cards)
    assert "Small print" in heads + shown


def test_a_touchpoint_says_where_how_and_whose(work: Workshop) -> None:
    """Capability 20: type, stage, channel and owner, on the map and in the checks."""
    form = Form(work, "touchpoints", "touchpoint")
    assert {"is_online", "stage", "channel", "owner", "name"} <= form.asked
    form.fill("search", channel="web", is_online=True, owner="bo")

    assert "Website" == card(work, "journey_map", "search").detail
    assert "no channel: Order" in missing(work, "touchpoints")


def test_ratings_of_a_touchpoint_are_seen_side_by_side(work: Workshop) -> None:
    """Capability 24: ease, information, personal touch and help; the lowest is said."""
    shown = journeykit.step("touchpoints", work).ratings()
    assert "No touchpoint is rated yet" in as_html(shown.tree)
    form = Form(work, "touchpoints", "touchpoint")
    form.fill("search", ease=4, information=3, personalisation=2, responsiveness=1)
    html = as_html(shown.tree)

    assert "Lowest, 1 of 5: help that comes fast at “Search”." in html
    cells = [f'<td class="jk-guide-clock">{n}</td>' for n in (4, 3, 2, 1)]
    assert "".join(cells) in html
    assert "Not rated yet: Order." in html


def test_what_a_touchpoint_moves_is_seen_side_by_side(work: Workshop) -> None:
    """Capability 27: how strongly it bears on satisfaction, loyalty and value."""
    shown = journeykit.step("touchpoints", work).ratings()
    Form(work, "touchpoints", "touchpoint").fill(
        "order", bears_on_satisfaction=5, bears_on_loyalty=4, bears_on_clv=3
    )
    html = as_html(shown.tree)

    cells = [f'<td class="jk-guide-clock">{n}</td>' for n in (5, 4, 3)]
    assert "".join(cells) in html
    assert "Moves loyalty" in html


def test_an_idea_for_a_personal_touch_is_listed(work: Workshop) -> None:
    """Capability 28: the idea stands beside the touchpoint that it is for."""
    shown = journeykit.step("touchpoints", work).ratings()
    Form(work, "touchpoints", "touchpoint").fill(
        "order", personalisation_idea="Remember the last order"
    )

    assert "Idea: Remember the last order" in as_html(shown.tree)


def test_a_pain_point_in_full_closes_its_gaps(work: Workshop) -> None:
    """Capabilities 50 and 53: what, when, to whom, why; then the checks fall quiet."""
    assert "has no cause: Takes too long" in missing(work, "pain_points")
    pain = Form(work, "pain_points", "pain_point").fill(
        "slow",
        moment="On Mondays",
        effect="People give up",
        persona="mara",
        cause="Two forms for one thing",
    )

    assert ("On Mondays", "People give up") == (pain.moment, pain.effect)
    assert "has no cause" not in missing(work, "pain_points")
    assert "A" == card(work, "journey_map", "slow").persona


def test_a_category_is_chosen_or_written(work: Workshop) -> None:
    """Capability 51: the starting list is offered by its words, others are welcome."""
    form = Form(work, "pain_points", "pain_point")
    fields = {one["name"]: one for one in form.board.kinds["pain_point"]["fields"]}
    offered = fields["category"]["suggestions"]

    assert {"Long waits", "Confusing navigation"} <= set(offered)
    assert "Parking" == form.fill("slow", category="Parking").category


def test_friction_bottleneck_and_unnecessary_steps_are_marked(work: Workshop) -> None:
    """Capability 54: what is wrong in the process behind it stands on the cards."""
    Form(work, "pain_points", "pain_point").fill("slow", is_process_friction=True)
    part = Form(work, "copis", "copis_element").add(
        role="process", text="Copy the form", is_bottleneck=True, is_unnecessary=True
    )

    assert "process friction" in card(work, "pain_board", "slow").marks
    assert ("bottleneck", "unnecessary") == card(work, "copis", part.id).marks


def test_prevent_or_fix_is_marked(work: Workshop) -> None:
    """Capability 55: the response stands on the card of the pain point."""
    Form(work, "pain_points", "pain_point").fill("slow", response="proactive")

    assert "proactive" in card(work, "pain_board", "slow").marks


def test_type_of_an_idea_and_more_than_expected_are_seen(work: Workshop) -> None:
    """Capabilities 59 and 63: both stand on the card among the others."""
    idea = Form(work, "opportunities", "opportunity").add(
        text="A box each month",
        opportunity_type="subscription",
        exceeds_expectations=True,
    )
    shown = card(work, "opportunity_board", idea.id)

    assert ("Subscription", ("exceeds expectations",)) == (shown.detail, shown.marks)


def test_an_experiment_goes_from_guess_to_decision(work: Workshop) -> None:
    """Capability 62: hypothesis and measure first, later result and decision."""
    idea = work.add("opportunity", text="A box each month")
    form = Form(work, "opportunities", "experiment")
    trial = form.add(
        opportunity=idea.id, hypothesis="One in ten takes it", measure="Orders in May"
    )
    assert "experiment" not in missing(work, "opportunities")
    form.fill(trial.id, result="One in twelve", decision="change")
    shown = card(work, "wall", trial.id, kind="experiment")

    assert "One in ten takes it" == shown.text
    assert "change · A box each month" == shown.detail


def test_training_is_a_type_of_action(work: Workshop) -> None:
    """Capability 98: learning stands in the roadmap under its own type."""
    shown = journeykit.step("action_plan", work).roadmap()
    Form(work, "action_plan", "action").add(
        text="Listen to ten calls", action_type="training", owner="bo", priority=1
    )
    html = as_html(shown.tree)

    assert "Listen to ten calls" in html
    assert "Training" in html


def test_stages_are_renamed_moved_added_and_taken_out(work: Workshop) -> None:
    """Capability 5: the wall of stages writes names and order, as on the map."""
    wall = journeykit.step("objectives", work).board("wall", kind="stage")
    stages = [one.id for one in work.entries("stage")]
    ops = [
        {"do": "change", "entry": stages[0], "fields": {"name": "Dream"}, "base": 1},
        {"do": "change", "entry": stages[-1], "fields": {}, "before": stages[1]},
        {"do": "remove", "entry": stages[-2]},
    ]
    for op in ops:
        message = {"type": "write", "id": new_edit_id(), "ops": [op]}
        wall._handle_custom_msg(message, [])
    names = [one.name for one in work.entries("stage")]

    assert "Dream" == names[0]
    assert [stages[0], stages[-1], *stages[1:-2]] == [
        one.id for one in work.entries("stage")
    ]


def test_an_element_names_the_touchpoints_that_it_serves(work: Workshop) -> None:
    """Capability 68: chosen in the form, and read from either end in words."""
    part = work.add("copis_element", role="systems", text="Order desk")
    form = Form(work, "copis", "copis_element")
    joins = {one["relation"]: one for one in form.board.kinds["copis_element"]["joins"]}
    assert [["touchpoint", "Touchpoints"]] == joins["affects"]["kinds"]
    assert ["order", "Order"] in form.board.refs["touchpoint"]
    work.add("link", relation="affects", source=part.id, target="order")
    (from_part,) = links_of(work.document(), part)
    (from_order,) = [
        one for one in links_of(work.document(), work["order"]) if one[1] == "affects"
    ]

    assert ["order", "Order", "Which touchpoints does it serve?"] == from_part[2:]
    assert [part.id, "Order desk"] == from_order[2:4]
