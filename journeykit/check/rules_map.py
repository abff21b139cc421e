"""Rules on the map, its channels, its people and its life (M, O, S, L)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from journeykit.check.done_when_people import absent_departments
from journeykit.check.rule import Facts, Found, Rule, alike
from journeykit.language import listed, say, word
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
            words
            for words, value in (
                (say("no channel"), one.channel),
                (say("no owner"), one.owner),
            )
            if value is None
        ]
        if lacking:
            words = say(
                "“{name}” has {lacking}.", name=one.name, lacking=listed(lacking)
            )
            yield Found(one, words)


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
            words
            for name, words in (
                ("goal", say("no goal")),
                ("action", say("no action")),
                ("emotion", say("no emotion")),
            )
            if name not in has[one.id]
        ]
        if lacking:
            said = say(
                "The stage “{name}” has {lacking}.",
                name=one.name,
                lacking=", ".join(lacking),
            )
            yield Found(one, said)


def _bad_emotion_has_a_pain(facts: Facts) -> Iterator[Found]:
    hurt = {cell.touchpoint for cell in facts.cells if cell.aspect == "pain_point"}
    for one in facts.touchpoints:
        if one.emotion is None or one.emotion > _HURTS:
            continue
        if one.id not in hurt and not one.why_no_pain:
            yield Found(
                one,
                say(
                    "“{name}” feels bad ({felt}); no pain point says why.",
                    name=one.name,
                    felt=f"−{abs(one.emotion):g}",
                ),
            )


def _pain_is_founded(facts: Facts) -> Iterator[Found]:
    for one in facts.pain_points:
        if one.is_assumption:
            continue
        lacking = []
        if one.touchpoint is None:
            lacking.append(say("no touchpoint"))
        if one.persona is None and not facts.joined(one, ("felt_by",), Entry):
            lacking.append(say("no persona"))
        if one.id not in facts.bases:
            lacking.append(say("no evidence"))
        if lacking:
            said = say(
                "“{name}” names {lacking}.", name=one.text, lacking=", ".join(lacking)
            )
            yield Found(one, said)


def _stage_is_the_customers(facts: Facts) -> Iterator[Found]:
    for one in facts.stages:
        if _OF_A_DEPARTMENT.search(one.name):
            said = say("“{name}” is what a department calls it.", name=one.name)
            yield Found(one, said)


def _map_runs_from_before_to_after(facts: Facts) -> Iterator[Found]:
    for journey in facts.journeys:
        stages = [one for one in facts.stages if one.journey == journey.id]
        if not stages:
            continue
        if not any(one.is_before_purchase for one in stages):
            words = word("“{name}” has no stage before the purchase.")
            yield Found(journey, say(words, name=journey.name))
        if not any(one.is_after_purchase for one in stages):
            words = word("“{name}” has no stage after the purchase.")
            yield Found(journey, say(words, name=journey.name))


def _map_is_not_too_long(facts: Facts) -> Iterator[Found]:
    journey_of = {one.id: one.journey for one in facts.stages}
    for journey in facts.journeys:
        n = sum(journey_of.get(one.stage) == journey.id for one in facts.touchpoints)
        if n > _MOST_TOUCHPOINTS:
            yield Found(
                journey,
                say(
                    "“{name}” has {n} touchpoints; about {most} can still be talked "
                    "about.",
                    name=journey.name,
                    n=n,
                    most=_MOST_TOUCHPOINTS,
                ),
            )


def _truth_is_looked_after(facts: Facts) -> Iterator[Found]:
    sure = {cell.touchpoint for cell in facts.cells if cell.basis != "assumed"}
    sure |= set(facts.bases)
    for one in facts.touchpoints:
        if not one.moment_of_truth:
            continue
        lacking = [
            words
            for words, there in (
                (say("no owner"), one.owner is not None),
                (say("no emotion"), one.emotion is not None),
                (say("no evidence"), one.id in sure),
            )
            if not there
        ]
        if lacking:
            said = say(
                "The moment of truth “{name}” has {lacking}.",
                name=one.name,
                lacking=", ".join(lacking),
            )
            yield Found(one, said)


def _change_says_whether_context_is_kept(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(ChannelChange):
        if one.change == "channel_change" and one.context_kept is None:
            source, target = facts.document[one.source], facts.document[one.target]
            yield Found(
                one,
                say(
                    "From {source} to {target}: nobody says whether customers must "
                    "begin again.",
                    source=source.name_for_people,
                    target=target.name_for_people,
                ),
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
                say(
                    "{persona} prefers {channel}, which is not offered at: {stages}.",
                    persona=persona.name,
                    channel=channel.name,
                    stages=", ".join(without),
                ),
            )


def _team_is_complete(facts: Facts) -> Iterator[Found]:
    for department in absent_departments(facts.document):
        said = say(
            "Nobody on the team is from {department}.", department=say(department)
        )
        yield Found(None, said)


def _department_has_signed(facts: Facts) -> Iterator[Found]:
    signed = {alike(one.department) for one in facts.document.of(DepartmentSignOff)}
    said: set[str] = set()
    for one in facts.document.of(Stakeholder):
        key = alike(one.department)
        if one.is_on_team and key and key not in signed | said:
            said.add(key)
            words = word("{department} has not signed off the map yet.")
            yield Found(one, say(words, department=one.department))


def _journey_is_owned(facts: Facts) -> Iterator[Found]:
    case = facts.case
    lacking = [
        words
        for words, value in (
            (say("no owner"), case.owner),
            (say("no next review date"), case.review_date),
        )
        if value is None
    ]
    if lacking:
        said = say("The map has {lacking}.", lacking=listed(lacking))
        yield Found(facts.document.case, said)


def _nothing_is_stale(facts: Facts) -> Iterator[Found]:
    oldest = facts.today - timedelta(days=facts.case.max_age_days)
    stands = {one.subject for one in facts.decisions}
    for one in facts.document.of(DataSet):
        if one.id in stands or one.period_end is None:
            continue
        if one.period_end < oldest:
            days = (facts.today - one.period_end).days
            words = word("The data of “{name}” are {n} days old.")
            yield Found(one, say(words, name=one.title, n=days))
    if facts.last_version is not None and facts.last_version < oldest:
        days = (facts.today - facts.last_version).days
        yield Found(
            facts.document.case,
            say("The last version of the map is {n} days old.", n=days),
        )


MAP_RULES = (
    Rule(
        "M1",
        "warning",
        word("Every touchpoint has a stage, a channel and an owner"),
        word("Choose its channel and who looks after it"),
        _touchpoint_is_whole,
    ),
    Rule(
        "M2",
        "warning",
        word("Every stage has a customer goal, an action and an emotion"),
        word("Ask what customers want, do and feel there"),
        _stage_is_filled,
    ),
    Rule(
        "M3",
        "warning",
        word("What feels bad has a pain point, or a reason why not"),
        word("Write down what hurts there, or why nothing does"),
        _bad_emotion_has_a_pain,
    ),
    Rule(
        "M4",
        "error",
        word(
            "A pain point names touchpoint, persona and evidence, or is an assumption"
        ),
        word("Fill in what is missing, or mark it as an assumption"),
        _pain_is_founded,
    ),
    Rule(
        "M5",
        "hint",
        word("Stages are named from the customer's side"),
        word("Say what the customer does there, such as “Compare” or “Get help”"),
        _stage_is_the_customers,
    ),
    Rule(
        "M6",
        "hint",
        word("The map has a stage before and one after the purchase"),
        word(
            "Add it, mark the stage that it is, or switch the rule off with your scope "
            "as the reason"
        ),
        _map_runs_from_before_to_after,
    ),
    Rule(
        "M7",
        "hint",
        word("A map has at most about 15 touchpoints"),
        word("Split it: a map a persona, or a map a part of the journey"),
        _map_is_not_too_long,
    ),
    Rule(
        "M8",
        "warning",
        word("A moment of truth has an owner, an emotion and evidence"),
        word("Look after it first: what is decided here is hard to win back"),
        _truth_is_looked_after,
    ),
    Rule(
        "O1",
        "hint",
        word("A change of channel says whether the context is kept"),
        word("Try it as a customer would, and write down what happened"),
        _change_says_whether_context_is_kept,
    ),
    Rule(
        "O2",
        "hint",
        word("A persona's preferred channel is offered at every stage it passes"),
        word("Offer it there, or say at the persona what it takes instead"),
        _preferred_channel_is_offered,
    ),
    Rule(
        "S1",
        "warning",
        word("Marketing, sales, customer service and product are on the team"),
        word("Invite somebody, or ask them for an hour"),
        _team_is_complete,
    ),
    Rule(
        "S2",
        "hint",
        word("Each department has signed off the map or recorded its dissent"),
        word("Ask them; a dissent with its reason is worth more than a nod"),
        _department_has_signed,
    ),
    Rule(
        "L1",
        "warning",
        word("The journey has an owner and a next review date"),
        word("Choose one name and one day"),
        _journey_is_owned,
    ),
    Rule(
        "L2",
        "warning",
        word("Data and the last version are younger than the case's limit"),
        word(
            "Bring new data and review the map, or record as a decision why old data "
            "stand"
        ),
        _nothing_is_stale,
    ),
)
