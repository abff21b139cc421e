"""The canvas filled from the map, and how far both are aligned."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.check.filling import Filling
from journeykit.layout.canvas import shown_blocks
from journeykit.model import (
    CanvasEntry,
    Channel,
    Document,
    Entry,
    Link,
    PainPoint,
    Persona,
    Stage,
    Touchpoint,
)

__all__ = ["AlignmentCell", "alignment", "canvas_proposals"]

_SUPPORT = re.compile(
    r"help|support|service|complain|return|repair|question|contact|chat|call|advice"
    r"|hilfe|beschwerde|rückgabe|kontakt|beratung",
    re.IGNORECASE,
)
_PURCHASE = re.compile(
    r"pay|buy|purchas|check.?out|book(?!let)|order|subscri|sign.?up|upgrade|renew|fee"
    r"|ticket|kauf|bezahl|buchung|bestell|vertrag",
    re.IGNORECASE,
)


def canvas_proposals(document: Document) -> tuple[Entry, ...]:
    """Return canvas entries and links that the map suggests.

    Segments come from personas, channels from the channels of touchpoints, customer
    relationships from touchpoints that give support, revenue streams from those where
    customers buy. Hidden blocks get none.

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
    >>> [one.text for one in canvas_proposals(Document([amy])) if one.kind != "link"]
    ['Amy']
    """
    today = as_it_is(document)
    shown = shown_blocks(today)
    filling = Filling(today, "canvas_entry", "block")
    known = _stood_for(today)
    for persona in today.of(Persona) if "customer_segments" in shown else ():
        if (persona.id, "customer_segments") in known:
            continue
        entry = filling.add("customer_segments", persona.name)
        filling.join(entry, persona.id, "reaches")
    used = {one.channel for one in today.of(Touchpoint)}
    for channel in today.of(Channel) if "channels" in shown else ():
        if channel.id in used and (channel.id, "channels") not in known:
            filling.join(filling.add("channels", channel.name), channel.id, "reaches")
    by_words = {"customer_relationships": _SUPPORT, "revenue_streams": _PURCHASE}
    for block, words in by_words.items():
        for touchpoint in today.of(Touchpoint) if block in shown else ():
            if words.search(touchpoint.name) and (touchpoint.id, block) not in known:
                entry = filling.add(block, touchpoint.name)
                filling.join(entry, touchpoint.id, "affects")
    return filling.entries


def _stood_for(document: Document) -> set[tuple[str, str]]:
    """Return what an entry of a block stands for already, whatever it is called."""
    found: set[tuple[str, str]] = set()
    taken = [one for one in document.of(Link) if not one.is_proposed]
    for link in taken:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            entry = document[one]
            if isinstance(entry, CanvasEntry) and not entry.is_proposed:
                found.add((other, entry.block))
    return found


@dataclass(frozen=True, slots=True)
class AlignmentCell:
    """A stage and a block of the canvas, and what stands behind both.

    Parameters
    ----------
    entries
        Ids of canvas entries of the block that the stage touches.
    pain_points
        Ids of pain points of the stage that these entries answer or that hurt where
        they work.
    strength
        Mean of the strengths that were rated, 1 to 5; None if none was.
    """

    stage: str
    block: str
    entries: tuple[str, ...]
    pain_points: tuple[str, ...]
    strength: float | None

    @property
    def n(self) -> int:
        """How many canvas entries the stage touches."""
        return len(self.entries)


def alignment(
    document: Document, state: Literal["before", "after"] = "before"
) -> tuple[AlignmentCell, ...]:
    """Return for every stage and block which canvas entries the stage touches.

    An entry is touched by a stage if it stands for or affects a touchpoint, a channel
    or the stage itself, stands for a persona or segment that travels there, or
    addresses a pain point there. Links that the machine proposed and no person took do
    not count.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.
    state
        Which canvas: as it is, or after the change. An entry that both have counts.

    Returns
    -------
    tuple of AlignmentCell
        By stage, then block; empty cells too, hidden blocks not.
    """
    today = as_it_is(document)
    entries = {
        one.id: one
        for one in today.of(CanvasEntry)
        if one.state in (state, "both") and not one.is_proposed
    }
    stages_of = _stages_of(today)
    touched: dict[tuple[str, str], dict[str, None]] = {}
    pains: dict[tuple[str, str], dict[str, None]] = {}
    hurting = _hurting(today)
    for link in today.of(Link):
        if link.is_proposed:
            continue
        for name, other in ((link.source, link.target), (link.target, link.source)):
            entry = entries.get(name)
            if entry is None:
                continue
            for place in stages_of.get(other, ()):
                key = (place, entry.block)
                touched.setdefault(key, {})[entry.id] = None
                found = [other] if isinstance(today[other], PainPoint) else ()
                for pain in (*found, *hurting.get((other, place), ())):
                    pains.setdefault(key, {})[pain] = None
    cells = []
    for stage in today.of(Stage):
        for block in shown_blocks(today):
            here = tuple(touched.get((stage.id, block), ()))
            hurts = tuple(pains.get((stage.id, block), ()))
            strength = _mean(entries[name].strength for name in here)
            cells.append(AlignmentCell(stage.id, block, here, hurts, strength))
    return tuple(cells)


def _stages_of(document: Document) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = _travelled(document)
    stage_of: dict[str, str] = {}
    for stage in document.of(Stage):
        found[stage.id] = {stage.id: None}
    for touchpoint in document.of(Touchpoint):
        stage_of[touchpoint.id] = touchpoint.stage
        for name in (touchpoint.id, touchpoint.channel):
            if name is not None:
                found.setdefault(name, {})[touchpoint.stage] = None
    for pain in document.of(PainPoint):
        place = pain.stage or stage_of.get(pain.touchpoint or "")
        if place is not None:
            found.setdefault(pain.id, {})[place] = None
    return {name: list(stages) for name, stages in found.items()}


def _travelled(document: Document) -> dict[str, dict[str, None]]:
    """Return the stages of each persona and segment; a segment has its personas'."""
    stages: dict[str, list[str]] = {}
    for stage in document.of(Stage):
        stages.setdefault(stage.journey, []).append(stage.id)
    found: dict[str, dict[str, None]] = {}
    links = [one for one in document.of(Link) if not one.is_proposed]
    for link in links:
        if link.relation == "travels":
            of_it = dict.fromkeys(stages.get(link.target, ()))
            found.setdefault(link.source, {}).update(of_it)
    for link in links:
        if link.relation == "member_of" and link.source in found:
            found.setdefault(link.target, {}).update(found[link.source])
    return found


def _hurting(document: Document) -> dict[tuple[str, str], list[str]]:
    """Return the open pain points by what they hurt and the stage where they do."""
    points = {one.id: one for one in document.of(Touchpoint)}
    found: dict[tuple[str, str], list[str]] = {}
    for pain in document.of(PainPoint):
        if pain.status == "resolved":
            continue
        point = points.get(pain.touchpoint or "")
        if point is not None:
            for name in (point.id, point.channel, point.stage):
                if name is not None:
                    found.setdefault((name, point.stage), []).append(pain.id)
        elif pain.stage is not None:
            found.setdefault((pain.stage, pain.stage), []).append(pain.id)
    return found


def _mean(values: Iterable[int | None]) -> float | None:
    rated = [value for value in values if value is not None]
    return sum(rated) / len(rated) if rated else None
