"""What stands on the journey map, and where: one placed note for each entry and place.

Notes of other personas are left out where one persona is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journeykit.language import NBSP, decimals, percent, say
from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.findings import Opportunity, PainPoint
from journeykit.model.journey import LaneNote, Link, Stage, Touchpoint
from journeykit.model.people import Kpi, Objective, Persona
from journeykit.vocabulary import Lane

__all__ = [
    "LANE_OF_NOTE",
    "Note",
    "Placed",
    "persona_letters",
    "place_of",
    "placed_notes",
    "standing_words",
    "target_words",
]

LANE_OF_NOTE: dict[str, Lane] = {
    "goal": "goals",
    "motivation": "goals",
    "action": "customer_actions",
    "thought": "thoughts",
    "feeling": "feelings",
    "need": "needs",
    "expectation": "expectations",
}
"""The lane of the map in which a note of each lane of its own stands."""

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
            yield Placed(LANE_OF_NOTE[entry.lane], place_of(entry), note)
    links = _links_of_pains(document)
    for pain in document.of(PainPoint):
        yield from _of_pain(links, pain, persona, letters)
    for idea in document.of(Opportunity):
        if place_of(idea):
            note = Note(idea.id, idea.kind, idea.text)
            yield Placed("opportunities", place_of(idea), note)
    for kpi in document.of(Kpi):
        if place_of(kpi):
            note = Note(kpi.id, kpi.kind, kpi.name, detail=target_words(kpi))
            yield Placed("kpis", place_of(kpi), note)
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


def _links_of_pains(document: Document) -> dict[tuple[str, str], list[str]]:
    """Return where else pain points hurt, and whom, by relation and pain point."""
    found: dict[tuple[str, str], list[str]] = {}
    for link in document.of(Link):
        if link.relation in ("pain_at", "felt_by"):
            found.setdefault((link.relation, link.source), []).append(link.target)
    return found


def _of_pain(
    links: dict[tuple[str, str], list[str]],
    pain: PainPoint,
    persona: str | None,
    letters: dict[str, str],
) -> Iterator[Placed]:
    felt_by = links.get(("felt_by", pain.id), [])
    whose = ([pain.persona] if pain.persona else []) + felt_by
    if persona is not None and whose and persona not in whose:
        return
    letter = letters.get(whose[0], "") if len(set(whose)) == 1 else ""
    detail = f"{pain.severity} × {pain.frequency}" if pain.priority else ""
    note = Note(pain.id, pain.kind, pain.text, letter, detail)
    places = [place_of(pain)] if place_of(pain) else []
    places += links.get(("pain_at", pain.id), [])
    for place in dict.fromkeys(places):
        yield Placed("pain_points", place, note)


def place_of(entry: Entry) -> str:
    """Return the id of the touchpoint, else of the stage, at which *entry* stands.

    Empty if it stands nowhere yet.
    """
    for field in ("touchpoint", "stage"):
        place = getattr(entry, field, None)
        if isinstance(place, str):
            return place
    return ""


def target_words(kpi: Kpi) -> str:
    """Return the target of a KPI in words; empty if it has none."""
    if kpi.target is None:
        return ""
    return say("target {value}", value=_with_unit(kpi, kpi.target))


def standing_words(kpi: Kpi) -> str:
    """Return where a KPI stands and where it should be, in words."""
    if kpi.baseline is None:
        return target_words(kpi)
    if kpi.target is None:
        return say("today {value}", value=_with_unit(kpi, kpi.baseline))
    return say(
        "today {value}, target {target}",
        value=_in_unit(kpi, kpi.baseline),
        target=_with_unit(kpi, kpi.target),
    )


def _with_unit(kpi: Kpi, value: float) -> str:
    unit = "" if kpi.unit == "share" else kpi.unit
    return f"{_in_unit(kpi, value)} {unit}".rstrip()


def _in_unit(kpi: Kpi, value: float) -> str:
    if kpi.unit == "share":
        return percent(value, _digits(value * 100)).replace(NBSP, " ")
    return decimals(value, _digits(value)) if abs(value) < 1e6 else f"{value:g}"


def _digits(value: float) -> int:
    """Return how many decimals a number needs, as many as six figures have."""
    return len(f"{value:g}".partition(".")[2])
