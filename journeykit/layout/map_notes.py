"""What stands on the journey map, and where: one placed note for each entry and place.

Notes of other personas are left out where one persona is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.findings import Opportunity, PainPoint
from journeykit.model.journey import LaneNote, Stage, Touchpoint
from journeykit.model.people import Kpi, Objective, Persona
from journeykit.vocabulary import Lane

__all__ = ["Note", "Placed", "persona_letters", "placed_notes"]

_LANE_OF_NOTE: dict[str, Lane] = {
    "goal": "goals",
    "motivation": "goals",
    "action": "customer_actions",
    "thought": "thoughts",
    "feeling": "feelings",
    "need": "needs",
    "expectation": "expectations",
}
_LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Note:
    """What one entry says in a zone.

    Parameters
    ----------
    entry, entry_kind
        Id and kind of the entry.
    letter
        Letter of the persona whom it is about; empty if it is about everybody.
    detail
        A second, quieter text, such as a target.
    """

    entry: str
    entry_kind: str
    text: str
    letter: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A note with its lane and its place: a touchpoint's or a stage's id."""

    lane: Lane
    place: str
    note: Note


def persona_letters(document: Document) -> dict[str, str]:
    """Return the letter of each persona by id; those after the sixth share ``+``."""
    personas = document.of(Persona)
    return {
        one.id: _LETTERS[i] if i < len(_LETTERS) else "+"
        for i, one in enumerate(personas)
    }


def placed_notes(
    document: Document,
    pairs: Sequence[tuple[Stage, Touchpoint | None]],
    persona: str | None,
) -> Iterator[Placed]:
    """Yield what stands on the map, in the order of each kind.

    Parameters
    ----------
    document
        The workshop.
    pairs
        The columns, as ``columns_in_order`` has them.
    persona
        Id of one persona: what is about others is left out. None for all.
    """
    letters = persona_letters(document)
    for _, touchpoint in pairs:
        if touchpoint is not None:
            yield from _of_touchpoint(touchpoint)
    for entry in document.of(LaneNote):
        if persona is None or entry.persona in (None, persona):
            letter = letters.get(entry.persona or "", "")
            note = Note(entry.id, entry.kind, entry.text, letter)
            yield Placed(_LANE_OF_NOTE[entry.lane], _place(entry), note)
    for pain in document.of(PainPoint):
        yield from _of_pain(document, pain, persona, letters)
    for idea in document.of(Opportunity):
        if _place(idea):
            note = Note(idea.id, idea.kind, idea.text)
            yield Placed("opportunities", _place(idea), note)
    for kpi in document.of(Kpi):
        if _place(kpi):
            note = Note(kpi.id, kpi.kind, kpi.name, detail=_target(kpi))
            yield Placed("kpis", _place(kpi), note)
    for aim in document.of(Objective):
        if aim.stage:
            yield Placed("objectives", aim.stage, Note(aim.id, aim.kind, aim.text))


def _of_touchpoint(touchpoint: Touchpoint) -> Iterator[Placed]:
    lists: tuple[tuple[Lane, tuple[str, ...]], ...] = (
        ("backstage", touchpoint.backstage + touchpoint.systems),
        ("support_processes", touchpoint.support_processes),
    )
    head = Note(touchpoint.id, touchpoint.kind, touchpoint.name)
    yield Placed("touchpoints", touchpoint.id, head)
    for lane, texts in lists:
        for text in texts:
            note = Note(touchpoint.id, touchpoint.kind, text)
            yield Placed(lane, touchpoint.id, note)


def _of_pain(
    document: Document,
    pain: PainPoint,
    persona: str | None,
    letters: dict[str, str],
) -> Iterator[Placed]:
    felt_by = [one.id for one in document.linked("felt_by", source=pain.id)]
    whose = ([pain.persona] if pain.persona else []) + felt_by
    if persona is not None and whose and persona not in whose:
        return
    letter = letters.get(whose[0], "") if len(set(whose)) == 1 else ""
    detail = f"{pain.severity} × {pain.frequency}" if pain.priority else ""
    note = Note(pain.id, pain.kind, pain.text, letter, detail)
    places = [_place(pain)] if _place(pain) else []
    places += [one.id for one in document.linked("pain_at", source=pain.id)]
    for place in dict.fromkeys(places):
        yield Placed("pain_points", place, note)


def _place(entry: Entry) -> str:
    """Return the id of the touchpoint, else of the stage, at which *entry* stands."""
    for field in ("touchpoint", "stage"):
        place = getattr(entry, field, None)
        if isinstance(place, str):
            return place
    return ""


def _target(kpi: Kpi) -> str:
    if kpi.target is None:
        return ""
    if kpi.unit == "share":
        return f"target {kpi.target * 100:g} %"
    return f"target {kpi.target:g} {kpi.unit}".rstrip()
