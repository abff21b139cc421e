"""What a persona says, thinks, does and feels, from the notes of the map.

Says and the persona's own lists are shown as they stand on the persona; everything else
are notes, and a drop changes their lane. Columns for each touchpoint were turned down:
that is the journey map.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import JsonValue

from journeykit.layout.cards import Deck
from journeykit.layout.map_board import elsewhere_words
from journeykit.layout.map_grid import MapGrid
from journeykit.layout.map_notes import place_of
from journeykit.layout.prompts import Prompt
from journeykit.layout.zones import Card, Cell, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.journey import LaneNote
from journeykit.model.people import Persona

__all__ = ["empathy_map"]


@dataclass(frozen=True, slots=True)
class _Part:
    """A zone of notes: lanes of the notes, fields of the persona, place, prompt."""

    title: str
    lanes: tuple[str, ...]
    fields: tuple[str, ...]
    cell: Cell
    prompt: Prompt


_PARTS: Mapping[str, _Part] = {
    "thinks": _Part(
        "Thinks",
        ("thought",),
        (),
        Cell(0, 1),
        Prompt("What goes on in their head?", "Will I make it in time?"),
    ),
    "does": _Part(
        "Does",
        ("action",),
        ("behaviours",),
        Cell(1, 0),
        Prompt("What would you see them do?", "Looks for the price twice"),
    ),
    "feels": _Part(
        "Feels",
        ("feeling",),
        (),
        Cell(1, 1),
        Prompt("What worries them, what delights them?", "Rushed"),
    ),
    "needs": _Part(
        "Needs",
        ("need", "expectation"),
        ("needs", "expectations"),
        Cell(2, 0),
        Prompt("What must not be missing?", "A place to sit down"),
    ),
    "goals": _Part(
        "Goals",
        ("goal", "motivation"),
        ("goals", "motivations", "desires"),
        Cell(2, 1),
        Prompt("What do they want to get done?", "Be done in ten minutes"),
    ),
}
_SAYS = "What they say is the persona's quote: open the persona to change it"


def empathy_map(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    persona: str | None = None,
    journey: str | None = None,
    touchpoint: str | None = None,
) -> Layout:
    """Return what personas say, think, do, feel, need, want and suffer from.

    A note that is dropped changes its lane and keeps its place in the journey. A new
    one stands at the touchpoint asked for, else over the first stage.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    persona
        Id of one persona: notes and pain points of others are left out.
    journey
        Id of the journey; None for the first that shows today.
    touchpoint
        Id of one touchpoint: only what stands there is shown.

    Raises
    ------
    UnknownNameError
        If there is no such persona, journey or touchpoint.

    Examples
    --------
    >>> ann = Persona(id="ann", name="Ann", quote="I never know which belt")
    >>> empathy_map(Document([ann])).zone("says").cards[0].text
    'I never know which belt'
    """
    deck = Deck(document, bases, {"lane_note": ("lane",)})
    grid = MapGrid(deck, journey, persona, touchpoint)
    who = deck.chosen(Persona, persona)
    shown = [who] if who else document.of(Persona)
    places = {one.id for pair in grid.pairs for one in pair if one}
    if grid.only is not None:
        places = {grid.only.id}
    starts: dict[str, JsonValue] = {"persona": persona} if persona else {}
    place = grid.only.id if grid.only else next(iter(grid.stages), "")
    if place:
        starts["touchpoint" if grid.only else "stage"] = place
    notes: dict[str, list[Card]] = {}
    part_of = {lane: name for name, part in _PARTS.items() for lane in part.lanes}
    for note in document.of(LaneNote):
        if place_of(note) in places and deck.is_about(note, persona):
            card = replace(deck.card(note), detail=deck.name(place_of(note)))
            notes.setdefault(part_of[note.lane], []).append(card)
    zones = [_says(deck, shown)]
    for name, part in _PARTS.items():
        cards = [*notes.get(name, ()), *_own(deck, shown, part.fields)]
        zones.append(_notes_zone(name, part, cards, starts, is_open=bool(place)))
    zones.append(_pains(deck, grid, places, shown))
    words = f"What you add here stands at {deck.name(place)}." if place else ""
    layout = Layout(
        "empathy_map",
        f"Empathy map: {who.name}" if who else "Empathy map",
        4,
        2,
        tuple(zones),
        foot=" ".join(filter(None, (words, elsewhere_words(grid)))),
    )
    return deck.finished(layout)


def _says(deck: Deck, personas: Sequence[Persona]) -> Zone:
    cards = [deck.fixed(one, text=one.quote) for one in personas if one.quote]
    return Zone(
        "says",
        "Says",
        Cell(0, 0),
        tuple(cards),
        why_not=_SAYS,
        hint="What do they say to a friend?",
        example="I always come too early, to be sure",
        shape="wall",
    )


def _own(
    deck: Deck, personas: Sequence[Persona], fields: Sequence[str]
) -> Iterator[Card]:
    """Yield what stands on the personas themselves."""
    for one in personas:
        for field in fields:
            for text in getattr(one, field):
                yield deck.fixed(one, text=text)


def _notes_zone(
    name: str,
    part: _Part,
    cards: Sequence[Card],
    starts: Mapping[str, JsonValue],
    *,
    is_open: bool,
) -> Zone:
    values: dict[str, JsonValue] = {"lane": part.lanes[0]}
    if "feeling" not in part.lanes:
        values["emotion"] = None
    return Zone(
        name,
        part.title,
        part.cell,
        tuple(cards),
        {"lane_note": values},
        keeps={"lane_note": {"lane": part.lanes}} if part.lanes[1:] else {},
        adds="lane_note" if is_open else "",
        starts=starts,
        hint=part.prompt.hint,
        example=part.prompt.example,
        shape="wall",
    )


def _pains(
    deck: Deck, grid: MapGrid, places: set[str], personas: Sequence[Persona]
) -> Zone:
    cards = []
    for pain in deck.document.of(PainPoint):
        everywhere = {place_of(pain), *deck.targets("pain_at", pain.id)}
        is_free = not place_of(pain) and grid.only is None
        if (everywhere & places or is_free) and deck.is_about(pain, grid.persona):
            cards.append(replace(deck.card(pain), detail=deck.name(place_of(pain))))
    cards += _own(deck, personas, ("pains",))
    starts: dict[str, JsonValue] = {}
    if grid.persona:
        starts["persona"] = grid.persona
    if grid.only is not None:
        starts["touchpoint"] = grid.only.id
    return Zone(
        "pains",
        "Pains",
        Cell(3, 0, 1, 2),
        tuple(cards),
        {"pain_point": {}},
        adds="pain_point",
        starts=starts,
        hint="What goes wrong for them?",
        example="Nobody says how long",
        shape="wall",
    )
