"""What would mend findings on the canvas (B)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from journeykit.check.rule import Facts
from journeykit.check.rules_copis_canvas import canvas_lacks, canvas_of
from journeykit.check.suggest_names import (
    NEW,
    Offer,
    Proposer,
    best_match,
    by_words,
    words_of,
)
from journeykit.model import (
    CanvasEntry,
    Channel,
    Entry,
    PainPoint,
    Persona,
    Segment,
    Stage,
    Touchpoint,
)
from journeykit.model.relations import Relation
from journeykit.vocabulary import CanvasBlock

__all__ = ["CANVAS_PROPOSERS"]


def _a_channel(facts: Facts, one: Entry) -> Iterator[Offer]:
    if isinstance(one, CanvasEntry):
        match = best_match(one.text, _channels(facts))
        if match is not None:
            yield Offer(
                f"Tie “{one.text}” on the canvas to the channel “{match.name}”",
                match.id,
                ((one.id, "reaches", match.id),),
            )
        return
    name = one.name_for_people
    on_canvas = best_match(name, canvas_of(facts, "channels"))
    if on_canvas is not None:
        yield Offer(
            f"Tie “{on_canvas.text}” on the canvas to the channel “{name}”",
            on_canvas.id,
            ((on_canvas.id, "reaches", one.id),),
        )
    else:
        yield Offer(
            f"Put “{name}” on the canvas as a channel",
            "new",
            ((f"{NEW}0", "reaches", one.id),),
            ({"kind": "canvas_entry", "block": "channels", "text": name},),
        )


def _channels(facts: Facts) -> list[Channel]:
    """Return the channels, those that the map uses first."""
    used = {one.channel for one in facts.touchpoints}
    return sorted(facts.document.of(Channel), key=lambda one: one.id not in used)


def _a_promise(facts: Facts, one: Entry) -> Iterator[Offer]:
    """Offer the value propositions that answer what lies near a pain point."""
    if not isinstance(one, PainPoint):
        return
    stage = _stage_of(facts, one)
    telling = words_of(one.text)
    scored = []
    for promise in canvas_of(facts, "value_propositions"):
        others = facts.joined(promise, ("addresses",), PainPoint)
        people = facts.joined(promise, ("addresses",), Persona)
        score = len(telling & words_of(promise.text))
        score += 3 * any(_is_here(other, one) for other in others)
        score += 2 * any(stage and _stage_of(facts, other) == stage for other in others)
        score += any(person.id == one.persona for person in people)
        if score:
            scored.append((score, promise))
    for _, promise in sorted(scored, key=lambda pair: -pair[0]):
        yield Offer(
            f"Let the promise “{promise.text}” answer it",
            promise.id,
            ((promise.id, "addresses", one.id),),
        )


def _is_here(one: PainPoint, other: PainPoint) -> bool:
    return one.touchpoint is not None and one.touchpoint == other.touchpoint


def _stage_of(facts: Facts, one: PainPoint) -> str | None:
    place = facts.document.get(one.touchpoint)
    found = place.stage if isinstance(place, Touchpoint) else one.stage
    return found if isinstance(facts.document.get(found), Stage) else None


def _a_persona(facts: Facts, one: Entry) -> Iterator[Offer]:
    text = one.name_for_people
    personas = facts.document.of(Persona)
    match = best_match(text, personas)
    found = {match.id: match} if match is not None else {}
    meant = best_match(text, facts.document.of(Segment))
    if meant is not None:
        members = facts.joined(meant, ("member_of",), Persona)
        members += [other for other in personas if other.segment == meant.id]
        found |= {other.id: other for other in members if other.id not in found}
    for persona in found.values():
        yield Offer(
            f"Tie “{text}” on the canvas to the persona “{persona.name}”",
            persona.id,
            ((one.id, "reaches", persona.id),),
        )


_WORDS: Mapping[CanvasBlock, str] = {
    "customer_segments": "the segment",
    "value_propositions": "the promise",
    "key_resources": "the resource",
    "key_activities": "the activity",
}


def _what_it_hangs_on(facts: Facts, one: Entry) -> Iterator[Offer]:
    """Offer the ties that an orphan needs, if for each there is one that fits."""
    if not isinstance(one, CanvasEntry):
        return
    chosen = []
    for blocks in canvas_lacks(facts, one):
        there = [other for block in blocks for other in canvas_of(facts, block)]
        near = by_words(one.text, there)
        if len(there) != 1 and not near:
            return
        chosen.append((near or there)[0])
    # A segment is related to a promise; what earns or serves depends on something.
    relation: Relation = "depends_on"
    if one.block == "customer_segments":
        relation = "relates_to"
    if chosen:
        named = " and ".join(
            f"{_WORDS[other.block]} “{other.text}”" for other in chosen
        )
        yield Offer(
            f"Tie “{one.text}” to {named}",
            "-".join(other.id for other in chosen),
            tuple((one.id, relation, other.id) for other in chosen),
        )


CANVAS_PROPOSERS: Mapping[str, Proposer] = MappingProxyType(
    {"B1": _what_it_hangs_on, "B2": _a_channel, "B3": _a_promise, "B4": _a_persona}
)
"""By the id of their rule."""
