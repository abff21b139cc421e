"""Objectives by kind or by stage, over the KPIs by which they are judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import JsonValue

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.emotion_curve import chosen_journey
from journeykit.layout.prompts import KIND_PROMPTS
from journeykit.layout.status_boards import link_ties
from journeykit.layout.zones import Card, Cell, Layout, Zone
from journeykit.model.document import Document
from journeykit.model.journey import Stage
from journeykit.model.people import Kpi, Objective
from journeykit.vocabulary import ObjectiveKind, choices

__all__ = ["objectives"]

_Column = tuple[JsonValue, str, str]
"""Value that a drop writes, title, hint."""

_KINDS: Mapping[str, tuple[str, str]] = {
    "find_pain_points": ("Find pain points", "Where do you want to look closely?"),
    "raise_satisfaction": ("Raise satisfaction", "Whose satisfaction, by how much?"),
    "optimise_touchpoints": ("Optimise touchpoints", "Which moments should improve?"),
    "other": ("Other", "What else is this exercise to achieve?"),
}


def objectives(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    by: Literal["kind", "stage"] = "kind",
    journey: str | None = None,
) -> Layout:
    """Return objectives with the KPIs that judge them.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    by
        Columns by the kind of objective, or by stage.
    journey
        Whose stages; None for the first that shows today.

    Raises
    ------
    UnknownNameError
        If *by* is neither, or there is no such journey.

    Examples
    --------
    >>> aim = Objective(id="o", text="Half the wait")
    >>> objectives(Document([aim])).zone("other").cards[0].marks
    ('no KPI yet',)
    """
    if by not in ("kind", "stage"):
        raise UnknownNameError("way to sort objectives", by, ("kind", "stage"))
    deck = Deck(document, bases)
    field = "objective_kind" if by == "kind" else "stage"
    columns: Sequence[_Column] = [
        (kind, *_KINDS[kind]) for kind in choices(ObjectiveKind)
    ]
    if by == "stage":
        columns = _stages(document, journey)
    cards: dict[JsonValue, list[Card]] = {}
    for aim in document.of(Objective):
        cards.setdefault(getattr(aim, field), []).append(_card(deck, aim))
    zones = []
    for column, (value, title, hint) in enumerate(columns):
        name = "*" if value is None else str(value)
        example = KIND_PROMPTS["objective"].example if column == 0 else ""
        here = tuple(cards.pop(value, ()))
        zones.append(
            Zone(
                name,
                title,
                Cell(0, column),
                here,
                {"objective": {field: value}},
                adds="objective",
                hint=hint,
                example=example,
            )
        )
    n_columns = len(zones)
    left = [card for group in cards.values() for card in group]
    if left:
        zones.append(_elsewhere(left, n_columns))
    rows = 1 + bool(left)
    zones.append(_kpis(deck, Cell(rows, 0, 1, n_columns)))
    shown = {card.entry for zone in zones for card in zone.cards}
    layout = Layout(
        "objectives",
        "Objectives and KPIs",
        rows + 1,
        n_columns,
        tuple(zones),
        ties=link_ties(deck, "measured_by", shown=shown),
        joins={("objective", "kpi"): "measured_by"},
        foot="Draw a line from an objective to each KPI by which it is judged.",
    )
    return deck.finished(layout)


def _stages(document: Document, journey: str | None) -> list[_Column]:
    chosen = chosen_journey(document, journey)
    columns: list[_Column] = [
        (None, "The whole journey", "What is this exercise to achieve?")
    ]
    columns += [
        (stage.id, stage.name, "What is this stage to achieve?")
        for stage in document.of(Stage)
        if chosen is not None and stage.journey == chosen.id
    ]
    return columns


def _card(deck: Deck, aim: Objective) -> Card:
    card = deck.card(aim)
    if deck.targets("measured_by", aim.id):
        return card
    return replace(card, marks=("no KPI yet", *card.marks))


def _elsewhere(cards: Sequence[Card], n_columns: int) -> Zone:
    return Zone(
        "tray",
        "For stages of other journeys",
        Cell(1, 0, 1, n_columns),
        tuple(cards),
        why_not="These belong to stages of another journey: move one into a column, "
        "or open that journey",
        shape="wall",
    )


def _kpis(deck: Deck, cell: Cell) -> Zone:
    tied = {link.target for link in deck.links("measured_by")}
    hint, example = KIND_PROMPTS["kpi"]
    return Zone(
        "kpis",
        "KPIs",
        cell,
        tuple(
            card
            if card.entry in tied
            else replace(card, marks=("judges nothing yet", *card.marks))
            for card in deck.cards(deck.document.of(Kpi))
        ),
        {"kpi": {}},
        adds="kpi",
        hint=hint,
        example=example,
        shape="wall",
    )
