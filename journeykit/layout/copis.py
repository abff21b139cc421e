"""The COPIS diagram under any of its four meanings; no element is lost by switching.

Elements are kept by their role. Those whose role the meaning in use lacks wait in a
tray, from which they can be moved into a column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.prompts import ROLE_PROMPTS
from journeykit.layout.status_boards import link_ties
from journeykit.layout.zones import Card, Cell, Layout, Tie, Zone
from journeykit.model.document import Document
from journeykit.model.findings import PainPoint
from journeykit.model.plan import CopisElement
from journeykit.vocabulary import COPIS, CopisDefinition

__all__ = ["copis"]

_RELATIONS = ("depends_on", "relates_to", "causes")
_WIDEST = 5


def copis(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    definition: CopisDefinition | None = None,
    pains: bool = False,
) -> Layout:
    """Return the COPIS diagram.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    definition
        One of the four meanings; None for that of the case.
    pains
        Whether pain points stand below, so that lines show what causes them.

    Raises
    ------
    UnknownNameError
        If there is no such definition.

    Examples
    --------
    >>> board = copis(Document(), definition="needs")
    >>> [zone.title for zone in board.zones]
    ['Customer needs', 'Objectives', 'Processes', 'Information', 'Systems']
    """
    case = document.case
    chosen = definition or (case.copis if case else "classic")
    if chosen not in COPIS:
        raise UnknownNameError("definition of COPIS", chosen, COPIS)
    meaning = COPIS[chosen]
    deck = Deck(document, bases)
    cards: dict[str, list[Card]] = {}
    for element in document.of(CopisElement):
        card = deck.card(element)
        n = len(deck.targets("affects", element.id))
        if n:
            words = f"affects {n} touchpoint{'s' if n > 1 else ''}"
            card = replace(card, marks=(*card.marks, words))
        cards.setdefault(element.role, []).append(card)
    zones = []
    for column, (role, title) in enumerate(meaning.columns.items()):
        hint, example = ROLE_PROMPTS[role]
        zones.append(
            Zone(
                role,
                title,
                Cell(0, column),
                tuple(cards.pop(role, ())),
                {"copis_element": {"role": role}},
                adds="copis_element",
                hint=hint,
                example=example,
            )
        )
    left = [card for role in ROLE_PROMPTS for card in cards.get(role, ())]
    n_columns = len(zones)
    if left:
        zones.append(_tray(left, len(zones), meaning.label))
    if pains:
        row = 1 + bool(left)
        zones.append(_pains(deck, Cell(row, 0, 1, n_columns)))
    shown = {card.entry for zone in zones for card in zone.cards}
    layout = Layout(
        "copis",
        "COPIS",
        1 + bool(left) + pains,
        n_columns,
        tuple(zones),
        ties=_weighed(deck, link_ties(deck, *_RELATIONS, shown=shown)),
        joins={
            ("copis_element", "copis_element"): "depends_on",
            ("copis_element", "pain_point"): "causes",
        },
        foot=f"Read as {meaning.label}. {meaning.glossary}",
    )
    return deck.finished(layout)


def _weighed(deck: Deck, ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
    """Return the lines, thicker where both ends affect more touchpoints.

    They are red where they lead to an element that pain comes from, or to a pain point.
    """
    touched = {
        name: set(deck.targets("affects", name))
        for tie in ties
        for name in (tie.source, tie.target)
    }
    found = []
    for tie in ties:
        one, other = touched[tie.source], touched[tie.target]
        n = len(one & other) or max(len(one), len(other))
        is_pain = isinstance(deck.document[tie.target], PainPoint)
        weight = max(tie.weight, min(n, _WIDEST))
        hurts = is_pain or tie.target in deck.pains
        found.append(replace(tie, weight=weight, is_hurting=hurts))
    return tuple(found)


def _tray(cards: list[Card], n_columns: int, label: str) -> Zone:
    return Zone(
        "tray",
        "Without a column in this definition",
        Cell(1, 0, 1, n_columns),
        tuple(cards),
        why_not=f"These wait because {label} has no column for them: move one into a "
        "column, or choose another definition",
        shape="wall",
    )


def _pains(deck: Deck, cell: Cell) -> Zone:
    return Zone(
        "pain_points",
        "Pain points",
        cell,
        deck.cards(deck.document.of(PainPoint)),
        {"pain_point": {}},
        adds="pain_point",
        hint="Which pain points come from what stands above?",
        shape="wall",
    )
