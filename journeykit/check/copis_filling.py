"""COPIS filled from the map, and which of its parts hurts most."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from journeykit.check.as_it_is import as_it_is
from journeykit.check.filling import Filling
from journeykit.model import (
    CanvasEntry,
    CopisElement,
    DataSet,
    Document,
    Entry,
    Evidence,
    Link,
    Measurement,
    Objective,
    PainPoint,
    Persona,
    Segment,
    Stage,
    Touchpoint,
)
from journeykit.vocabulary import COPIS, CopisRole

__all__ = ["Hits", "copis_hits", "copis_proposals"]


def copis_proposals(document: Document) -> tuple[Entry, ...]:
    """Return elements and links that the map suggests for the definition in use.

    Customers come from personas and segments; processes from what stands behind the
    touchpoints, a stage without any giving its own name; information from data sets
    and the sources of evidence; systems from the touchpoints; products and services
    from the touchpoint that matters most in each stage; objectives from objectives;
    suppliers from the canvas' partners and the departments behind the touchpoints.
    What depends on what is proposed where both affect the same touchpoint.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Returns
    -------
    tuple of Entry
        Marked as proposed, entries before links; empty if everything is there.

    Examples
    --------
    >>> amy = Persona(id="amy", name="Amy")
    >>> [one.text for one in copis_proposals(Document([amy])) if one.kind != "link"]
    ['Amy']
    """
    today = as_it_is(document)
    case = today.case
    filling = Filling(today, "copis_element", "role")
    for role in COPIS[case.copis if case else "classic"].columns:
        _FILLS[role](today, filling)
    _dependencies(today, filling)
    return filling.entries


def _customers(document: Document, filling: Filling) -> None:
    """Propose whom no customer stands for yet, whatever that one is called."""
    known = set(filling.reached("customer"))
    segments = document.of(Segment)
    people = [one for one in document.of(Persona) if not one.segment or not segments]
    for one in (*people, *segments):
        if one.id not in known:
            entry = filling.add("customer", one.name_for_people)
            filling.join(entry, one.id, "reaches")


def _objectives(document: Document, filling: Filling) -> None:
    for one in document.of(Objective):
        filling.join(filling.add("objective", one.text), one.id, "relates_to")


def _processes(document: Document, filling: Filling) -> None:
    stages = {one.id: one.name for one in document.of(Stage)}
    for one in document.of(Touchpoint):
        behind = (*one.support_processes, *one.backstage) or (stages[one.stage],)
        for name in behind:
            filling.join(filling.add("process", name), one.id, "affects")


def _outputs(document: Document, filling: Filling) -> None:
    best: dict[str, Touchpoint] = {}
    for one in document.of(Touchpoint):
        held = best.get(one.stage)
        if held is None or _weight(one) > _weight(held):
            best[one.stage] = one
    for one in best.values():
        filling.join(filling.add("output", one.name), one.id, "affects")


def _weight(touchpoint: Touchpoint) -> tuple[int, bool]:
    return (touchpoint.importance_to_customer or 0, touchpoint.moment_of_truth)


def _information(document: Document, filling: Filling) -> None:
    measured: dict[str, list[str]] = {}
    for number in document.of(Measurement):
        subject = document.get(number.subject)
        if number.data_set is not None and isinstance(subject, Touchpoint):
            measured.setdefault(number.data_set, []).append(subject.id)
    for data_set in document.of(DataSet):
        fields = {"gathered_at": data_set.source}
        element = filling.add("information", data_set.title, **fields)
        for place in dict.fromkeys(measured.get(data_set.id, ())):
            filling.join(element, place, "affects")
    supported: dict[str, list[str]] = {}
    for link in document.of(Link):
        if link.relation == "supports" and not link.is_proposed:
            supported.setdefault(link.source, []).append(link.target)
    for evidence in document.of(Evidence):
        if evidence.data_set is not None or not evidence.source:
            continue
        element = filling.add("information", evidence.source)
        for name in supported.get(evidence.id, ()):
            found = document[name]
            touchpoint = document.get(getattr(found, "touchpoint", found.id))
            if isinstance(touchpoint, Touchpoint):
                filling.join(element, touchpoint.id, "affects")


def _systems(document: Document, filling: Filling) -> None:
    for one in document.of(Touchpoint):
        for name in one.systems:
            filling.join(filling.add("systems", name), one.id, "affects")


def _suppliers(document: Document, filling: Filling) -> None:
    for partner in document.of(CanvasEntry):
        if partner.block == "key_partnerships" and not partner.is_proposed:
            element = filling.add("supplier", partner.text)
            filling.join(element, partner.id, "relates_to")
    for one in document.of(Touchpoint):
        if one.department:
            filling.join(filling.add("supplier", one.department), one.id, "affects")


_FILLS: Mapping[CopisRole, Callable[[Document, Filling], None]] = {
    "customer": _customers,
    "objective": _objectives,
    "process": _processes,
    "output": _outputs,
    "information": _information,
    "systems": _systems,
    "supplier": _suppliers,
}
_NEEDS: tuple[tuple[CopisRole, CopisRole], ...] = (
    ("output", "process"),
    ("process", "information"),
    ("process", "systems"),
    ("information", "supplier"),
)


def _dependencies(document: Document, filling: Filling) -> None:
    elements: dict[str, CopisElement] = {
        one.id: one
        for one in (*document, *filling.made)
        if isinstance(one, CopisElement)
    }
    at: dict[tuple[CopisRole, str], list[CopisElement]] = {}
    links = [*document.of(Link), *(one for one in filling.made if one.kind == "link")]
    for link in links:
        if isinstance(link, Link) and link.relation == "affects":
            element = elements.get(link.source)
            if element is not None:
                at.setdefault((element.role, link.target), []).append(element)
    for touchpoint in document.of(Touchpoint):
        for role, needed in _NEEDS:
            for one in at.get((role, touchpoint.id), ()):
                for other in at.get((needed, touchpoint.id), ()):
                    filling.join(one, other.id, "depends_on")


@dataclass(frozen=True, slots=True)
class Hits:
    """A part of COPIS and the pain points that come from it."""

    element: str
    name: str
    role: CopisRole
    pain_points: tuple[str, ...]

    @property
    def n(self) -> int:
        """How many pain points."""
        return len(self.pain_points)


def copis_hits(document: Document) -> tuple[Hits, ...]:
    """Return the parts of COPIS that pain points come from, most hit first.

    Only causes that a person named count; resolved pain points do not.

    Parameters
    ----------
    document
        The workshop.
    """
    pains: dict[str, list[str]] = {}
    for link in document.of(Link):
        source, target = document[link.source], document[link.target]
        if link.relation != "causes" or link.is_proposed:
            continue
        is_open = isinstance(target, PainPoint) and target.status != "resolved"
        if is_open and isinstance(source, CopisElement):
            pains.setdefault(source.id, []).append(target.id)
    order = [one for one in document.of(CopisElement) if one.id in pains]
    order.sort(key=lambda one: -len(set(pains[one.id])))
    return tuple(
        Hits(one.id, one.text, one.role, tuple(dict.fromkeys(pains[one.id])))
        for one in order
    )
