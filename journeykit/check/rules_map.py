"""Rules on the map, its channels, its people and its life (M, O, S, L)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from journeykit.check.done_when_people import absent_departments
from journeykit.check.rule import Facts, Found, Rule, alike
from journeykit.model import (
    Channel,
    ChannelChange,
    DataSet,
    DepartmentSignOff,
    Entry,
    Journey,
    LaneNote,
    Persona,
    Stakeholder,
)

__all__ = ["MAP_RULES"]

_MOST_TOUCHPOINTS = 15
_HURTS = -1
_OF_A_DEPARTMENT = re.compile(
    r"\b((?i:marketing|sales|support|customer service|operations|logistics|finance"
    r"|billing|fulfil?lment|back ?office|procurement|onboarding team)|IT|CRM|HR)\b"
)  # short forms as they are written: “it” is a word like any other


def _touchpoint_is_whole(facts: Facts) -> Iterator[Found]:
    for one in facts.touchpoints:
        lacking = [
            word
            for word, value in (("channel", one.channel), ("owner", one.owner))
            if value is None
        ]
        if lacking:
            yield Found(one, f"“{one.name}” has no {' and no '.join(lacking)}.")


def _stage_is_filled(facts: Facts) -> Iterator[Found]:
    stage_of = {one.id: one.stage for one in facts.touchpoints}
    has: dict[str, set[str]] = {one.id: set() for one in facts.stages}
    for note in facts.document.of(LaneNote):
        stage = note.stage or stage_of.get(note.touchpoint or "")
        if stage in has:
            if note.lane in ("goal", "action"):
                has[stage].add(note.lane)
            if note.emotion is not None:
                has[stage].add("emotion")
    for touchpoint in facts.touchpoints:
        if touchpoint.emotion is not None and touchpoint.stage in has:
            has[touchpoint.stage].add("emotion")
    for one in facts.stages:
        lacking = [
            word for word in ("goal", "action", "emotion") if word not in has[one.id]
        ]
        if lacking:
            words = ", no ".join(lacking)
            yield Found(one, f"The stage “{one.name}” has no {words}.")


def _bad_emotion_has_a_pain(facts: Facts) -> Iterator[Found]:
    hurt = {cell.touchpoint for cell in facts.cells if cell.aspect == "pain_point"}
    for one in facts.touchpoints:
        if one.emotion is None or one.emotion > _HURTS:
            continue
        if one.id not in hurt and not one.why_no_pain:
            yield Found(
                one,
                f"“{one.name}” feels bad (−{abs(one.emotion):g}); no pain point says "
                "why.",
            )


def _pain_is_founded(facts: Facts) -> Iterator[Found]:
    for one in facts.pain_points:
        if one.is_assumption:
            continue
        lacking = []
        if one.touchpoint is None:
            lacking.append("touchpoint")
        if one.persona is None and not facts.joined(one, ("felt_by",), Entry):
            lacking.append("persona")
        if one.id not in facts.bases:
            lacking.append("evidence")
        if lacking:
            words = ", no ".join(lacking)
            yield Found(one, f"“{one.text}” names no {words}.")


def _stage_is_the_customers(facts: Facts) -> Iterator[Found]:
    for one in facts.stages:
        if _OF_A_DEPARTMENT.search(one.name):
            yield Found(one, f"“{one.name}” is what a department calls it.")


def _map_runs_from_before_to_after(facts: Facts) -> Iterator[Found]:
    for journey in facts.journeys:
        stages = [one for one in facts.stages if one.journey == journey.id]
        if not stages:
            continue
        if not any(one.is_before_purchase for one in stages):
            yield Found(journey, f"“{journey.name}” has no stage before the purchase.")
        if not any(one.is_after_purchase for one in stages):
            yield Found(journey, f"“{journey.name}” has no stage after the purchase.")


def _map_is_not_too_long(facts: Facts) -> Iterator[Found]:
    journey_of = {one.id: one.journey for one in facts.stages}
    for journey in facts.journeys:
        n = sum(journey_of.get(one.stage) == journey.id for one in facts.touchpoints)
        if n > _MOST_TOUCHPOINTS:
            yield Found(
                journey,
                f"“{journey.name}” has {n} touchpoints; about {_MOST_TOUCHPOINTS} "
                "can still be talked about.",
            )


def _truth_is_looked_after(facts: Facts) -> Iterator[Found]:
    sure = {cell.touchpoint for cell in facts.cells if cell.basis != "assumed"}
    sure |= set(facts.bases)
    for one in facts.touchpoints:
        if not one.moment_of_truth:
            continue
        lacking = [
            word
            for word, there in (
                ("owner", one.owner is not None),
                ("emotion", one.emotion is not None),
                ("evidence", one.id in sure),
            )
            if not there
        ]
        if lacking:
            words = ", no ".join(lacking)
            yield Found(one, f"The moment of truth “{one.name}” has no {words}.")


def _change_says_whether_context_is_kept(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(ChannelChange):
        if one.change == "channel_change" and one.context_kept is None:
            source, target = facts.document[one.source], facts.document[one.target]
            yield Found(
                one,
                f"From {source.name_for_people} to {target.name_for_people}: nobody "
                "says whether customers must begin again.",
            )


def _preferred_channel_is_offered(facts: Facts) -> Iterator[Found]:
    offered: dict[str, set[str]] = {}
    for touchpoint in facts.touchpoints:
        if touchpoint.channel is not None:
            offered.setdefault(touchpoint.stage, set()).add(touchpoint.channel)
    for persona in facts.document.of(Persona):
        channel = facts.document.get(persona.preferred_channel)
        if not isinstance(channel, Channel):
            continue
        travels = facts.joined(persona, ("travels",), Journey)
        maps = {one.id for one in travels} or {one.id for one in facts.journeys}
        without = [
            stage.name
            for stage in facts.stages
            if stage.journey in maps and channel.id not in offered.get(stage.id, ())
        ]
        if without:
            yield Found(
                persona,
                f"{persona.name} prefers {channel.name}, which is not offered at: "
                f"{', '.join(without)}.",
            )


def _team_is_complete(facts: Facts) -> Iterator[Found]:
    for department in absent_departments(facts.document):
        yield Found(None, f"Nobody on the team is from {department}.")


def _department_has_signed(facts: Facts) -> Iterator[Found]:
    signed = {alike(one.department) for one in facts.document.of(DepartmentSignOff)}
    said: set[str] = set()
    for one in facts.document.of(Stakeholder):
        key = alike(one.department)
        if one.is_on_team and key and key not in signed | said:
            said.add(key)
            yield Found(one, f"{one.department} has not signed off the map yet.")


def _journey_is_owned(facts: Facts) -> Iterator[Found]:
    case = facts.case
    lacking = [
        word
        for word, value in (
            ("owner", case.owner),
            ("next review date", case.review_date),
        )
        if value is None
    ]
    if lacking:
        yield Found(facts.document.case, f"The map has no {' and no '.join(lacking)}.")


def _nothing_is_stale(facts: Facts) -> Iterator[Found]:
    oldest = facts.today - timedelta(days=facts.case.max_age_days)
    stands = {one.subject for one in facts.decisions}
    for one in facts.document.of(DataSet):
        if one.id in stands or one.period_end is None:
            continue
        if one.period_end < oldest:
            days = (facts.today - one.period_end).days
            yield Found(one, f"The data of “{one.title}” are {days} days old.")
    if facts.last_version is not None and facts.last_version < oldest:
        days = (facts.today - facts.last_version).days
        yield Found(
            facts.document.case, f"The last version of the map is {days} days old."
        )


MAP_RULES = (
    Rule(
        "M1",
        "warning",
        "Every touchpoint has a stage, a channel and an owner",
        "Choose its channel and who looks after it",
        _touchpoint_is_whole,
    ),
    Rule(
        "M2",
        "warning",
        "Every stage has a customer goal, an action and an emotion",
        "Ask what customers want, do and feel there",
        _stage_is_filled,
    ),
    Rule(
        "M3",
        "warning",
        "What feels bad has a pain point, or a reason why not",
        "Write down what hurts there, or why nothing does",
        _bad_emotion_has_a_pain,
    ),
    Rule(
        "M4",
        "error",
        "A pain point names touchpoint, persona and evidence, or is an assumption",
        "Fill in what is missing, or mark it as an assumption",
        _pain_is_founded,
    ),
    Rule(
        "M5",
        "hint",
        "Stages are named from the customer's side",
        "Say what the customer does there, such as “Compare” or “Get help”",
        _stage_is_the_customers,
    ),
    Rule(
        "M6",
        "hint",
        "The map has a stage before and one after the purchase",
        "Add it, mark the stage that it is, or switch the rule off with your scope as "
        "the reason",
        _map_runs_from_before_to_after,
    ),
    Rule(
        "M7",
        "hint",
        "A map has at most about 15 touchpoints",
        "Split it: a map a persona, or a map a part of the journey",
        _map_is_not_too_long,
    ),
    Rule(
        "M8",
        "warning",
        "A moment of truth has an owner, an emotion and evidence",
        "Look after it first: what is decided here is hard to win back",
        _truth_is_looked_after,
    ),
    Rule(
        "O1",
        "hint",
        "A change of channel says whether the context is kept",
        "Try it as a customer would, and write down what happened",
        _change_says_whether_context_is_kept,
    ),
    Rule(
        "O2",
        "hint",
        "A persona's preferred channel is offered at every stage it passes",
        "Offer it there, or say at the persona what it takes instead",
        _preferred_channel_is_offered,
    ),
    Rule(
        "S1",
        "warning",
        "Marketing, sales, customer service and product are on the team",
        "Invite somebody, or ask them for an hour",
        _team_is_complete,
    ),
    Rule(
        "S2",
        "hint",
        "Each department has signed off the map or recorded its dissent",
        "Ask them; a dissent with its reason is worth more than a nod",
        _department_has_signed,
    ),
    Rule(
        "L1",
        "warning",
        "The journey has an owner and a next review date",
        "Choose one name and one day",
        _journey_is_owned,
    ),
    Rule(
        "L2",
        "warning",
        "Data and the last version are younger than the case's limit",
        "Bring new data and review the map, or record as a decision why old data stand",
        _nothing_is_stale,
    ),
)
