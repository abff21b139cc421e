"""Rules on COPIS and the canvas (C, B)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.rule import Facts, Found, Rule, alike
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
            f"The COPIS customer “{one.text}” is no persona or segment of this case.",
        )
    for other in facts.wanting(people, ("reaches",), (CopisElement,)):
        segment = facts.document.get(getattr(other, "segment", None))
        if segment is not None and facts.joined(segment, ("reaches",), CopisElement):
            continue
        yield Found(
            other,
            f"“{other.name_for_people}” is no customer in COPIS.",
        )


def _processes_serve(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    processes = facts.copis("process")
    for one in facts.wanting(processes, ("affects",), (Touchpoint,)):
        yield Found(
            one,
            f"The process “{one.text}” serves no touchpoint.",
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
                f"No process in COPIS stands behind “{touchpoint.name}”.",
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
                f"“{touchpoint.name}” runs on {', '.join(absent)}, which COPIS lacks.",
            )


def _processes_are_few(facts: Facts) -> Iterator[Found]:
    n = len(facts.copis("process"))
    if n and not _FEWEST_PROCESSES <= n <= _MOST_PROCESSES:
        boxes = "box" if n == 1 else "boxes"
        yield Found(
            facts.document.case,
            f"COPIS has {n} process {boxes}; five to seven can be read at once.",
        )


def _pains_have_a_component(facts: Facts) -> Iterator[Found]:
    if not _is_begun(facts):
        return
    for one in facts.wanting(facts.pain_points, ("causes",), (CopisElement,)):
        yield Found(one, f"No part of COPIS is named as the cause of “{one.text}”.")


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
_BLOCK_WORDS = {
    "customer_segments": "customer segment",
    "value_propositions": "value proposition",
    "key_resources": "key resource",
    "key_activities": "key activity",
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
            lacking = [
                " or ".join(_BLOCK_WORDS[name] for name in any_of)
                for any_of in canvas_lacks(facts, one)
            ]
            if lacking:
                yield Found(
                    one, f"“{one.text}” is joined to no {' and no '.join(lacking)}."
                )


def _channels_agree(facts: Facts) -> Iterator[Found]:
    on_canvas = canvas_of(facts, "channels")
    used = {one.channel for one in facts.touchpoints}
    on_map = [one for one in facts.document.of(Channel) if one.id in used]
    for one in facts.wanting(on_canvas, ("reaches",), (Channel,)):
        yield Found(
            one,
            f"The canvas channel “{one.text}” is not on the map.",
        )
    if not facts.document.of(CanvasEntry) or not _is_shown(facts, "channels"):
        return
    for channel in facts.wanting(on_map, ("reaches",), (CanvasEntry,)):
        yield Found(
            channel,
            f"The map's channel “{channel.name}” is not on the canvas.",
        )


def _worst_pains_are_addressed(facts: Facts) -> Iterator[Found]:
    is_shown = _is_shown(facts, "value_propositions")
    if not facts.document.of(CanvasEntry) or not is_shown:
        return
    for one in top_pain_points(facts.document, _MOST_WORST):
        promised = facts.joined(one, ("addresses",), CanvasEntry)
        if not any(entry.block == "value_propositions" for entry in promised):
            yield Found(one, f"No value proposition answers “{one.text}”.")


def _segments_have_a_persona(facts: Facts) -> Iterator[Found]:
    for one in facts.wanting(
        canvas_of(facts, "customer_segments"), ("reaches", "addresses"), (Persona,)
    ):
        yield Found(
            one,
            f"The canvas segment “{one.text}” has no persona.",
        )


COPIS_CANVAS_RULES = (
    Rule(
        "C1",
        "warning",
        "Every COPIS customer is a persona or segment, and the reverse",
        "Join the two, or add the one that is missing",
        _customers_are_the_cases,
        frozenset({"customer"}),
    ),
    Rule(
        "C2",
        "warning",
        "Every process serves a touchpoint, and every touchpoint has a process",
        "Join process and touchpoint",
        _processes_serve,
        frozenset({"process"}),
    ),
    Rule(
        "C3",
        "warning",
        "Every system named on a touchpoint stands in COPIS",
        "Add the system to COPIS, or mend its spelling",
        _systems_stand_in_copis,
        frozenset({"systems"}),
    ),
    Rule(
        "C4",
        "hint",
        "COPIS has five to seven process boxes",
        "Join small ones, or cut the large one apart",
        _processes_are_few,
        frozenset({"process"}),
    ),
    Rule(
        "C5",
        "hint",
        "Every pain point is traced to a COPIS component",
        "Ask which part of the work behind it goes wrong",
        _pains_have_a_component,
    ),
    Rule(
        "B1",
        "error",
        "Nothing on the canvas stands alone",
        "Join it, or ask whether it belongs there",
        _canvas_has_no_orphans,
    ),
    Rule(
        "B2",
        "warning",
        "The channels of canvas and map are the same",
        "Join them, or add the one that is missing",
        _channels_agree,
    ),
    Rule(
        "B3",
        "warning",
        "The five worst pain points are each answered by a value proposition",
        "Join it to the promise that answers it, or write one",
        _worst_pains_are_addressed,
    ),
    Rule(
        "B4",
        "warning",
        "Every canvas segment has a persona",
        "Join it to its persona, or make one",
        _segments_have_a_persona,
    ),
)
