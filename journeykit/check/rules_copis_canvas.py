"""Rules on COPIS and the canvas (C, B)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.rule import Facts, Found, Rule, alike
from journeykit.language import listed, say, say_count, word
from journeykit.model import (
    CanvasEntry,
    Channel,
    CopisElement,
    Entry,
    Persona,
    Segment,
    Touchpoint,
)
from journeykit.model.relations import Relation
from journeykit.vocabulary import CanvasBlock

__all__ = ["COPIS_CANVAS_RULES", "canvas_lacks", "canvas_of"]

_MOST_WORST = 5
_FEWEST_PROCESSES, _MOST_PROCESSES = 5, 7


def _is_begun(facts: Facts) -> bool:
    """Return whether there is a COPIS; until then its step says what is missing."""
    return bool(facts.document.of(CopisElement))


def _customers_are_the_cases(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    customers = facts.copis("customer")
    people: list[Entry] = [
        *facts.document.of(Persona),
        *facts.document.of(Segment),
    ]
    for one in facts.wanting(customers, ("reaches",), (Persona, Segment)):
        yield Found(
            one,
            say(
                "The COPIS customer “{name}” is no persona or segment of this case.",
                name=one.text,
            ),
        )
    for other in facts.wanting(people, ("reaches",), (CopisElement,)):
        segment = facts.document.get(getattr(other, "segment", None))
        if segment is not None and facts.joined(segment, ("reaches",), CopisElement):
            continue
        yield Found(
            other,
            say("“{name}” is no customer in COPIS.", name=other.name_for_people),
        )


def _processes_serve(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    processes = facts.copis("process")
    for one in facts.wanting(processes, ("affects",), (Touchpoint,)):
        yield Found(
            one,
            say("The process “{name}” serves no touchpoint.", name=one.text),
        )
    served = {
        touchpoint.id
        for process in processes
        for touchpoint in facts.joined(process, ("affects",), Touchpoint)
    }
    for touchpoint in facts.touchpoints:
        if touchpoint.id not in served:
            yield Found(
                touchpoint,
                say(
                    "No process in COPIS stands behind “{name}”.", name=touchpoint.name
                ),
            )


def _systems_stand_in_copis(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    known = {alike(one.text) for one in facts.copis("systems")}
    for touchpoint in facts.touchpoints:
        absent = [name for name in touchpoint.systems if alike(name) not in known]
        if absent:
            yield Found(
                touchpoint,
                say(
                    "“{name}” runs on {systems}, which COPIS lacks.",
                    name=touchpoint.name,
                    systems=", ".join(absent),
                ),
            )


def _processes_are_few(facts: Facts) -> Iterator[Found]:
    n = len(facts.copis("process"))
    if n and not _FEWEST_PROCESSES <= n <= _MOST_PROCESSES:
        said = say_count(
            "COPIS has {n} process box; five to seven can be read at once.",
            "COPIS has {n} process boxes; five to seven can be read at once.",
            n,
        )
        yield Found(facts.document.case, said)


def _pains_have_a_component(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    for one in facts.wanting(facts.pain_points, ("causes",), (CopisElement,)):
        words = word("No part of COPIS is named as the cause of “{name}”.")
        yield Found(one, say(words, name=one.text))


def canvas_of(facts: Facts, block: CanvasBlock) -> list[CanvasEntry]:
    """Return the taken entries of a block; a hidden block has none."""
    return [
        one
        for one in facts.document.of(CanvasEntry)
        if one.block == block and not one.is_proposed and _is_shown(facts, block)
    ]


def _is_shown(facts: Facts, block: CanvasBlock) -> bool:
    return block not in facts.case.hidden_blocks


_ON_CANVAS: tuple[Relation, ...] = ("depends_on", "relates_to")


_NEEDS: Mapping[CanvasBlock, tuple[tuple[CanvasBlock, ...], ...]] = {
    "revenue_streams": (("customer_segments",), ("value_propositions",)),
    "key_partnerships": (("key_resources", "key_activities"),),
    "customer_segments": (("value_propositions",),),
}
_NO_BLOCK: Mapping[tuple[CanvasBlock, ...], str] = {
    ("customer_segments",): word("no customer segment"),
    ("value_propositions",): word("no value proposition"),
    ("key_resources", "key_activities"): word("no key resource or key activity"),
}


def canvas_lacks(facts: Facts, one: CanvasEntry) -> list[tuple[CanvasBlock, ...]]:
    """Return what an entry of the canvas is not joined to and should: any of each."""
    there = {other.block for other in facts.joined(one, _ON_CANVAS, CanvasEntry)}
    return [
        any_of
        for any_of in _NEEDS.get(one.block, ())
        if not there & set(any_of) and any(_is_shown(facts, name) for name in any_of)
    ]


def _canvas_has_no_orphans(facts: Facts) -> Iterator[Found]:
    for block in _NEEDS:
        for one in canvas_of(facts, block):
            lacking = [say(_NO_BLOCK[any_of]) for any_of in canvas_lacks(facts, one)]
            if lacking:
                words = word("“{name}” is joined to {lacking}.")
                yield Found(one, say(words, name=one.text, lacking=listed(lacking)))


def _channels_agree(facts: Facts) -> Iterator[Found]:
    on_canvas = canvas_of(facts, "channels")
    used = {one.channel for one in facts.touchpoints}
    on_map = [one for one in facts.document.of(Channel) if one.id in used]
    for one in facts.wanting(on_canvas, ("reaches",), (Channel,)):
        yield Found(
            one,
            say("The canvas channel “{name}” is not on the map.", name=one.text),
        )
    if not facts.document.of(CanvasEntry) or not _is_shown(facts, "channels"):
        return
    for channel in facts.wanting(on_map, ("reaches",), (CanvasEntry,)):
        yield Found(
            channel,
            say("The map's channel “{name}” is not on the canvas.", name=channel.name),
        )


def _worst_pains_are_addressed(facts: Facts) -> Iterator[Found]:
    is_shown = _is_shown(facts, "value_propositions")
    if not facts.document.of(CanvasEntry) or not is_shown:
        return
    for one in top_pain_points(facts.document, _MOST_WORST):
        promised = facts.joined(one, ("addresses",), CanvasEntry)
        if not any(entry.block == "value_propositions" for entry in promised):
            words = word("No value proposition answers “{name}”.")
            yield Found(one, say(words, name=one.text))


def _segments_have_a_persona(facts: Facts) -> Iterator[Found]:
    for one in facts.wanting(
        canvas_of(facts, "customer_segments"), ("reaches", "addresses"), (Persona,)
    ):
        yield Found(
            one,
            say("The canvas segment “{name}” has no persona.", name=one.text),
        )


COPIS_CANVAS_RULES = (
    Rule(
        "C1",
        "warning",
        word("Every COPIS customer is a persona or segment, and the reverse"),
        word("Join the two, or add the one that is missing"),
        _customers_are_the_cases,
        frozenset({"customer"}),
    ),
    Rule(
        "C2",
        "warning",
        word("Every process serves a touchpoint, and every touchpoint has a process"),
        word("Join process and touchpoint"),
        _processes_serve,
        frozenset({"process"}),
    ),
    Rule(
        "C3",
        "warning",
        word("Every system named on a touchpoint stands in COPIS"),
        word("Add the system to COPIS, or mend its spelling"),
        _systems_stand_in_copis,
        frozenset({"systems"}),
    ),
    Rule(
        "C4",
        "hint",
        word("COPIS has five to seven process boxes"),
        word("Join small ones, or cut the large one apart"),
        _processes_are_few,
        frozenset({"process"}),
    ),
    Rule(
        "C5",
        "hint",
        word("Every pain point is traced to a COPIS component"),
        word("Ask which part of the work behind it goes wrong"),
        _pains_have_a_component,
    ),
    Rule(
        "B1",
        "error",
        word("Nothing on the canvas stands alone"),
        word("Join it, or ask whether it belongs there"),
        _canvas_has_no_orphans,
    ),
    Rule(
        "B2",
        "warning",
        word("The channels of canvas and map are the same"),
        word("Join them, or add the one that is missing"),
        _channels_agree,
    ),
    Rule(
        "B3",
        "warning",
        word("The five worst pain points are each answered by a value proposition"),
        word("Join it to the promise that answers it, or write one"),
        _worst_pains_are_addressed,
    ),
    Rule(
        "B4",
        "warning",
        word("Every canvas segment has a persona"),
        word("Join it to its persona, or make one"),
        _segments_have_a_persona,
    ),
)
