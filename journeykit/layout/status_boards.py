"""Boards with one column for each value of a field: what is open, doing, done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue

from journeykit.layout.cards import Deck
from journeykit.layout.prompts import KIND_PROMPTS, Prompt
from journeykit.layout.walls import adds_of, starts_of
from journeykit.layout.zones import Card, Cell, Layout, Tie, Zone
from journeykit.model.document import Document
from journeykit.model.findings import Opportunity, PainPoint
from journeykit.model.kinds import kind_class
from journeykit.model.plan import Action
from journeykit.vocabulary import ACTION_STATUSES, PAIN_STATUSES

__all__ = [
    "Choice",
    "action_board",
    "column_zones",
    "link_ties",
    "opportunity_board",
    "pain_board",
    "parking_lot",
    "segment_wall",
]

Choice = tuple[JsonValue, str, str]
"""Value of a field, what its column is called, and a hint for it while it is empty."""

_FEW_COLUMNS = 2
"""Columns so wide that cards stand side by side in them."""

_SAID = frozenset({"chosen", "not chosen", "settled", "high value"})


def column_zones(
    deck: Deck, kind: str, field: str, choices: Sequence[Choice], row: int = 0
) -> Iterator[Zone]:
    """Yield one zone for each value of a field, side by side.

    Parameters
    ----------
    deck
        The cards.
    kind, field
        Kind of the entries, and the field that a drop writes.
    choices
        Every value that the field can have. What has the first is added there.
    row
        Row of the grid.
    """
    cards: dict[JsonValue, list[Card]] = {}
    for entry in deck.document.of(kind_class(kind)):
        card = _without_said(deck.card(entry))
        cards.setdefault(getattr(entry, field), []).append(card)
    prompt = KIND_PROMPTS.get(kind, Prompt(""))
    adds = adds_of(deck.document, kind, field)
    for column, (value, title, hint) in enumerate(choices):
        yield Zone(
            f"{field}/{column if value is None else str(value).lower()}",
            title,
            Cell(row, column),
            tuple(cards.get(value, ())),
            {kind: {field: value}},
            adds=adds,
            starts=starts_of(kind),
            hint=hint,
            example=prompt.example if column == 0 else "",
            shape="wall" if len(choices) <= _FEW_COLUMNS else "list",
        )


def _without_said(card: Card) -> Card:
    """Return a card without the marks that its column says already."""
    marks = tuple(mark for mark in card.marks if mark not in _SAID)
    return card if marks == card.marks else replace(card, marks=marks)


def link_ties(deck: Deck, *relations: str, shown: set[str]) -> tuple[Tie, ...]:
    """Return links of these relations between entries that are shown."""
    return tuple(
        Tie(
            link.id,
            link.source,
            link.target,
            label=link.note,
            weight=link.strength or 1,
        )
        for relation in relations
        for link in deck.links(relation)
        if link.source in shown and link.target in shown
    )


def action_board(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return actions by status; those without owner or date are marked.

    Examples
    --------
    >>> board = action_board(Document([Action(id="a", text="Signs")]))
    >>> board.zones_of("a"), board.zones[0].cards[0].marks
    (('status/planned',), ('no owner', 'no date'))
    """
    deck = Deck(document, bases)
    hints = {
        "planned": "Who does what, by when?",
        "doing": "What is under way?",
        "done": "What is finished?",
        "dropped": "What was given up, and why?",
    }
    choices = [
        (value, words, hints.get(value, words))
        for value, words in ACTION_STATUSES.items()
    ]
    bare = {one.id: _lacking(one) for one in document.of(Action)}
    zones = tuple(
        replace(
            zone,
            cards=tuple(
                replace(card, marks=bare[card.entry] + card.marks)
                for card in zone.cards
            ),
        )
        for zone in column_zones(deck, "action", "status", choices)
    )
    return deck.finished(Layout("action_board", "Actions", 1, len(zones), zones))


def _lacking(action: Action) -> tuple[str, ...]:
    marks = []
    if action.status in ("planned", "doing"):
        if action.owner is None:
            marks.append("no owner")
        if action.due is None:
            marks.append("no date")
    return tuple(marks)


def pain_board(document: Document, *, bases: Mapping[str, str] | None = None) -> Layout:
    """Return pain points by what became of them."""
    deck = Deck(document, bases)
    hints = {
        "open": "What goes wrong for them?",
        "being_treated": "What is somebody working on?",
        "resolved": "What does not hurt any more?",
        "returned": "What came back?",
    }
    choices = [
        (value, words, hints.get(value, words))
        for value, words in PAIN_STATUSES.items()
    ]
    zones = tuple(column_zones(deck, "pain_point", "status", choices))
    return deck.finished(Layout("pain_board", "Pain points", 1, len(zones), zones))


def opportunity_board(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return ideas by whether they were chosen, below the pain points they answer."""
    deck = Deck(document, bases)
    choices: list[Choice] = [
        (None, "Not decided yet", "What could you do better?"),
        (True, "We go on with these", "Which ideas do you take on?"),
        (False, "Kept for later", "Ideas that were not chosen are kept here"),
    ]
    answered = {link.target for link in deck.links("answers")}
    pains = Zone(
        "pain_points",
        "Pain points",
        Cell(0, 0, 1, len(choices)),
        tuple(
            card
            if card.entry in answered
            else replace(card, marks=("no idea yet", *card.marks))
            for card in deck.cards(document.of(PainPoint))
        ),
        {"pain_point": {}},
        adds="pain_point",
        hint=KIND_PROMPTS["pain_point"].hint,
        example=KIND_PROMPTS["pain_point"].example,
        shape="wall",
    )
    ideas = tuple(column_zones(deck, "opportunity", "is_chosen", choices, 1))
    shown = {one.id for one in document.of(Opportunity)}
    shown |= {card.entry for card in pains.cards}
    layout = Layout(
        "opportunity_board",
        "Opportunities",
        2,
        len(choices),
        (pains, *ideas),
        ties=link_ties(deck, "answers", shown=shown),
        joins={("opportunity", "pain_point"): "answers"},
        foot="Draw a line from an idea to the pain point that it answers.",
    )
    return deck.finished(layout)


def parking_lot(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return what was parked, open and settled."""
    deck = Deck(document, bases)
    choices: list[Choice] = [
        (False, "Open", "What is worth keeping for later?"),
        (True, "Settled", "What has been dealt with?"),
    ]
    zones = tuple(column_zones(deck, "parking_lot_item", "is_settled", choices))
    return deck.finished(Layout("parking_lot", "Parking lot", 1, 2, zones))


def segment_wall(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return segments, those of high value apart."""
    deck = Deck(document, bases)
    choices: list[Choice] = [
        (False, "Segments", "Which customers are alike?"),
        (True, "Of high value", "Whom can you least afford to lose?"),
    ]
    zones = tuple(column_zones(deck, "segment", "is_high_value", choices))
    return deck.finished(Layout("segment_wall", "Segments", 1, 2, zones))
