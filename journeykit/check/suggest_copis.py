"""What would mend findings on COPIS (C)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from journeykit.check.rule import Facts, alike
from journeykit.check.suggest_names import (
    NEW,
    Offer,
    Proposer,
    best_match,
    by_words,
    closeness,
)
from journeykit.model import (
    CopisElement,
    Entry,
    PainPoint,
    Persona,
    Segment,
    Touchpoint,
)

__all__ = ["COPIS_PROPOSERS"]

_NEAR = 0.75


def _a_customer(facts: Facts, one: Entry) -> Iterator[Offer]:
    if isinstance(one, CopisElement):
        people = [*facts.document.of(Persona), *facts.document.of(Segment)]
        match = best_match(one.text, people)
        if match is not None:
            label, name = match.label.lower(), match.name_for_people
            yield Offer(
                f"Tie the COPIS customer “{one.text}” to the {label} “{name}”",
                match.id,
                ((one.id, "reaches", match.id),),
            )
        return
    name = one.name_for_people
    customers = facts.copis("customer")
    match = best_match(name, customers)
    free = list(facts.wanting(customers, ("reaches",), (Persona, Segment)))
    for customer in [match] if match is not None else by_words(name, free)[:1]:
        yield Offer(
            f"Tie “{name}” to the COPIS customer “{customer.text}”",
            customer.id,
            ((customer.id, "reaches", one.id),),
        )
    if match is None:
        yield Offer(
            f"Put “{name}” into COPIS as a customer",
            "new",
            ((f"{NEW}0", "reaches", one.id),),
            ({"kind": "copis_element", "role": "customer", "text": name},),
        )


def _a_process(facts: Facts, one: Entry) -> Iterator[Offer]:
    if isinstance(one, CopisElement):
        yield from _where_it_serves(facts, one)
    elif isinstance(one, Touchpoint):
        yield from _what_serves_it(facts, one)


def _serving(process: CopisElement, touchpoint: Touchpoint, end: str) -> Offer:
    return Offer(
        f"Tie the process “{process.text}” to the touchpoint “{touchpoint.name}”",
        end,
        ((process.id, "affects", touchpoint.id),),
    )


def _where_it_serves(facts: Facts, process: CopisElement) -> Iterator[Offer]:
    match = best_match(process.text, facts.touchpoints)
    places = {match.id: match} if match is not None else {}
    for pain in facts.joined(process, ("causes",), PainPoint):
        place = facts.document.get(pain.touchpoint)
        if isinstance(place, Touchpoint):
            places.setdefault(place.id, place)
    for place in places.values():
        yield _serving(process, place, place.id)


def _what_serves_it(facts: Facts, touchpoint: Touchpoint) -> Iterator[Offer]:
    processes = facts.copis("process")
    match = best_match(touchpoint.name, processes)
    found = {match.id: match} if match is not None else {}
    for pain in facts.pain_points:
        if pain.touchpoint == touchpoint.id:
            for one in facts.joined(pain, ("causes",), CopisElement):
                if one.role == "process":
                    found.setdefault(one.id, one)
    beside = [
        {one.id: one for one in serving if one.role == "process"}
        for other in facts.touchpoints
        if other.stage == touchpoint.stage and other.id != touchpoint.id
        for serving in (facts.joined(other, ("affects",), CopisElement),)
        if serving
    ]
    if beside:  # what stands behind all the others of the stage
        common = set.intersection(*(set(one) for one in beside))
        found |= {name: beside[0][name] for name in beside[0] if name in common}
    for process in found.values():
        yield _serving(process, touchpoint, process.id)


def _a_system(facts: Facts, one: Entry) -> Iterator[Offer]:
    if not isinstance(one, Touchpoint):
        return
    systems = facts.copis("systems")
    known = {alike(system.text) for system in systems}
    absent = [name for name in one.systems if alike(name) not in known]
    meant = {
        name: system.text
        for name in absent
        for system in systems
        if closeness(name, system.text) >= _NEAR
    }
    if absent and len(meant) == len(absent):
        pairs = ", ".join(f"“{new}” for “{old}”" for old, new in meant.items())
        yield Offer(
            f"Write {pairs} at “{one.name}”",
            "spelling",
            fields={one.id: {"systems": [meant.get(n, n) for n in one.systems]}},
        )
    if absent:
        names = " and ".join(f"“{name}”" for name in absent)
        noun = "a system" if len(absent) == 1 else "systems"
        yield Offer(
            f"Put {names} into COPIS as {noun} behind “{one.name}”",
            "new",
            tuple((f"{NEW}{n}", "affects", one.id) for n in range(len(absent))),
            tuple(
                {"kind": "copis_element", "role": "systems", "text": name}
                for name in absent
            ),
        )


def _a_cause(facts: Facts, one: Entry) -> Iterator[Offer]:
    place = facts.document.get(getattr(one, "touchpoint", None))
    if not isinstance(one, PainPoint) or not isinstance(place, Touchpoint):
        return
    behind = {part.id: part for part in facts.joined(place, ("affects",), CopisElement)}
    named = {alike(name) for name in place.systems}
    behind |= {s.id: s for s in facts.copis("systems") if alike(s.text) in named}
    worst_first = sorted(
        behind.values(), key=lambda part: (not part.is_bottleneck, part.rank, part.id)
    )
    for part in worst_first:
        yield Offer(
            f"Name “{part.text}”, which stands behind “{place.name}”, as the cause",
            part.id,
            ((part.id, "causes", one.id),),
        )


COPIS_PROPOSERS: Mapping[str, Proposer] = MappingProxyType(
    {"C1": _a_customer, "C2": _a_process, "C3": _a_system, "C5": _a_cause}
)
"""By the id of their rule."""
