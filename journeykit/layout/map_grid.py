"""The grid of a journey: its columns, and the zones of one lane after another.

The journey map and the service blueprint are both made from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from pydantic import JsonValue

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.emotion_curve import (
    chosen_journey,
    chosen_persona,
    columns_in_order,
)
from journeykit.layout.map_notes import LANE_OF_NOTE, place_of
from journeykit.layout.prompts import LANE_PROMPTS
from journeykit.layout.zones import Card, Cell, Head, Keeps, Zone
from journeykit.model.findings import Measurement, Opportunity, PainPoint
from journeykit.model.journey import LaneNote, Stage, Touchpoint
from journeykit.model.people import Kpi, Objective
from journeykit.model.reliability import MIN_ANSWERS
from journeykit.vocabulary import LANES, Lane

__all__ = ["HEAD_COLUMNS", "Level", "MapGrid"]

HEAD_COLUMNS = 1
"""Columns to the left, for the heads of the lanes."""

Level = Literal["journey", "stage", "touchpoint"]
"""What a row of zones is about; over the whole journey there is one zone."""

_LEVELS: Mapping[Lane, tuple[Level, ...]] = {
    "objectives": ("journey", "stage"),
    "goals": ("stage", "touchpoint"),
    "customer_actions": ("stage", "touchpoint"),
    "thoughts": ("touchpoint",),
    "feelings": ("touchpoint",),
    "needs": ("stage", "touchpoint"),
    "expectations": ("stage", "touchpoint"),
    "pain_points": ("stage", "touchpoint"),
    "opportunities": ("stage", "touchpoint"),
    "kpis": ("journey", "stage", "touchpoint"),
    "frontstage": ("touchpoint",),
    "backstage": ("touchpoint",),
    "support_processes": ("touchpoint",),
}
"""Rows of each lane. Thoughts and feelings belong to a moment: over a whole stage they
get a row only where somebody has put one there."""

_KINDS: Mapping[Lane, str] = {
    "objectives": "objective",
    "pain_points": "pain_point",
    "opportunities": "opportunity",
    "kpis": "kpi",
}
_NOTES: Mapping[Lane, tuple[str, ...]] = {
    lane: tuple(own for own, shown in LANE_OF_NOTE.items() if shown == lane)
    for lane in LANE_OF_NOTE.values()
}
_KEEPS: Mapping[Lane, Keeps] = {
    lane: {"lane_note": {"lane": own}} for lane, own in _NOTES.items() if own[1:]
}
_BEHIND: tuple[Lane, ...] = ("frontstage", "backstage", "support_processes")
_Placed = tuple[Lane, str, Card]
"""A card with its lane and place."""
_WHY_NOT: Mapping[Lane, str] = {
    "kpis": "Numbers at a touchpoint come from the data and from each KPI's own form: "
    "open the KPI to change where it counts",
    "frontstage": "Whom they meet follows from the channel and the department of the "
    "touchpoint: open the touchpoint to change it",
    "backstage": "What happens behind the scenes stands on the touchpoint: open the "
    "touchpoint to change it",
    "support_processes": "Support processes stand on the touchpoint: open the "
    "touchpoint to change them",
}


class MapGrid:
    """Columns of one journey, and every card by lane and place.

    Parameters
    ----------
    deck
        The cards.
    journey, persona, touchpoint
        Ids; *touchpoint* leaves only its column.

    Raises
    ------
    UnknownNameError
        If there is no such entry.
    """

    def __init__(
        self,
        deck: Deck,
        journey: str | None = None,
        persona: str | None = None,
        touchpoint: str | None = None,
    ) -> None:
        document = deck.document
        only = deck.chosen(Touchpoint, touchpoint)
        if only is not None and journey is None:
            stage = document[only.stage]
            journey = stage.journey if isinstance(stage, Stage) else None
        chosen_persona(document, persona)
        self.deck, self.persona, self.only = deck, persona, only
        self.journey = chosen_journey(document, journey)
        every = columns_in_order(document, self.journey)
        self.pairs = [pair for pair in every if only is None or pair[1] is only]
        if only is not None and not self.pairs:
            known = [point.id for _, point in every if point]
            raise UnknownNameError("touchpoint of this journey", only.id, known)
        self.first_column = next(
            (i for i, pair in enumerate(every) if only and pair[1] is only), 0
        )
        self.stages: dict[str, tuple[Stage, int, int]] = {}
        for i, (stage, _) in enumerate(self.pairs):
            first = self.stages[stage.id][1] if stage.id in self.stages else i
            self.stages[stage.id] = stage, first, i - first + 1
        self.numbers = {
            stage.id: place + 1
            for place, stage in enumerate(
                {pair[0].id: pair[0] for pair in every}.values()
            )
        }
        self.n_columns = HEAD_COLUMNS + max(1, len(self.pairs))
        self._lanes: dict[str, dict[str, list[Card]]] = {}

    # --- cards by lane and place ------------------------------------------------------

    def cards(self, lane: Lane, place: str) -> tuple[Card, ...]:
        """Return the cards of a lane at a place; those without a place at ``""``."""
        if lane not in self._lanes:
            makers: Mapping[str, Callable[[], Iterable[_Placed]]] = {
                "objectives": self._objectives,
                "pain_points": self._pains,
                "opportunities": self._opportunities,
                "kpis": self._kpis,
                "frontstage": self._behind,
                "backstage": self._behind,
                "support_processes": self._behind,
            }
            together = next((g for g in (_NOTES, _BEHIND) if lane in g), (lane,))
            self._lanes.update({one: {} for one in together})
            for found, where, card in makers.get(lane, self._notes)():
                self._lanes[found].setdefault(where, []).append(card)
        return tuple(self._lanes[lane].get(place, ()))

    def _notes(self) -> Iterator[_Placed]:
        deck, persona = self.deck, self.persona
        for note in deck.document.of(LaneNote):
            if persona is None or deck.is_about(note, persona):
                place = note.touchpoint or note.stage or ""
                yield LANE_OF_NOTE[note.lane], place, deck.card(note)

    def _pains(self) -> Iterator[_Placed]:
        deck = self.deck
        for pain in deck.document.of(PainPoint):
            if deck.is_about(pain, self.persona):
                own = place_of(pain)
                yield "pain_points", own, deck.card(pain)
                for place in dict.fromkeys(deck.targets("pain_at", pain.id)):
                    if place != own:
                        yield "pain_points", place, deck.fixed(pain, mark="also here")

    def _opportunities(self) -> Iterator[_Placed]:
        for idea in self.deck.document.of(Opportunity):
            yield "opportunities", place_of(idea), self.deck.card(idea)

    def _objectives(self) -> Iterator[_Placed]:
        for aim in self.deck.document.of(Objective):
            yield "objectives", aim.stage or "", self.deck.card(aim)

    def _behind(self) -> Iterator[_Placed]:
        """Yield what stands on a touchpoint itself."""
        fixed, name = self.deck.fixed, self.deck.name
        for _, point in self.pairs:
            if point is None:
                continue
            met = (name(point.channel), point.department, name(point.owner))
            lanes: tuple[tuple[Lane, Iterable[str]], ...] = (
                ("frontstage", dict.fromkeys(filter(None, met))),
                ("backstage", point.backstage + point.systems),
                ("support_processes", point.support_processes),
            )
            for lane, texts in lanes:
                for text in texts:
                    yield lane, point.id, fixed(point, text=text)

    def _kpis(self) -> Iterator[_Placed]:
        """Yield KPIs, and the newest number of each measure at its touchpoint."""
        document = self.deck.document
        for kpi in document.of(Kpi):
            card = self.deck.fixed(kpi) if kpi.touchpoint else self.deck.card(kpi)
            yield "kpis", place_of(kpi), card
        places = {point.id for _, point in self.pairs if point}
        fewest = document.case.min_group if document.case else MIN_ANSWERS
        newest: dict[tuple[str, str], Measurement] = {}
        for one in document.of(Measurement):
            if one.subject not in places or one.persona != self.persona:
                continue
            if one.definition == "drop_off_rate":  # the touchpoint's own card says it
                continue
            is_shown = one.value is not None and one.n >= fewest
            if is_shown and not one.is_weighted:
                key = one.subject, one.definition
                known = newest.get(key)
                if known is None or (one.day or date.min) > (known.day or date.min):
                    newest[key] = one
        for (place, _), one in newest.items():
            yield "kpis", place, self.deck.fixed(one)

    def elsewhere(self) -> int:
        """Return how many touchpoints stand on other journeys."""
        here = set(self.numbers)
        every = self.deck.document.of(Touchpoint)
        return sum(point.stage not in here for point in every)

    # --- heads and zones --------------------------------------------------------------

    def stage_heads(self, row: int = 0) -> Iterator[Head]:
        """Yield the heads over the columns."""
        for stage, first, n in self.stages.values():
            cell = Cell(row, HEAD_COLUMNS + first, 1, n)
            words = f"{self.numbers[stage.id]} {stage.name}"
            yield Head(words, cell, "stage", stage.description, stage.id)

    def lane_head(self, lane: Lane, row: int, n_rows: int, words: str = "") -> Head:
        """Return the head beside the rows of a lane."""
        return Head(words or LANES[lane], Cell(row, 0, n_rows, 1), "lane")

    def touchpoint_zones(self, row: int) -> Iterator[Zone]:
        """Yield the touchpoints of each stage, each in its own column."""
        hint, example = LANE_PROMPTS["touchpoints"]
        for stage, first, n in self.stages.values():
            here = [point for one, point in self.pairs if one is stage and point]
            yield Zone(
                f"touchpoints/{stage.id}",
                f"Touchpoints, {stage.name}",
                Cell(row, HEAD_COLUMNS + first, 1, n),
                self.deck.cards(here),
                {"touchpoint": {"stage": stage.id}},
                adds="" if self.only else "touchpoint",
                hint=hint,
                example=example,
                shape="columns",
                is_titled=False,
            )
        if not self.stages:
            yield self._first_zone(row)

    def _first_zone(self, row: int) -> Zone:
        """Return where an empty map begins."""
        cell = Cell(row, HEAD_COLUMNS)
        if self.journey is None:
            hint, example = "Which journey do you look at?", "Departure, door to seat"
            return Zone(
                "begin", "Journey", cell, adds="journey", puts={"journey": {}},
                hint=hint, example=example,
            )  # fmt: skip
        hint, example = "What is the first part of the journey?", "Getting there"
        puts: Mapping[str, Mapping[str, JsonValue]] = {
            "stage": {"journey": self.journey.id}
        }
        return Zone(
            "begin", "Stages", cell, adds="stage", puts=puts,
            hint=hint, example=example,
        )  # fmt: skip

    def lane_rows(self, lane: Lane, row: int) -> list[list[Zone]]:
        """Return the rows of zones of a lane, from *row* down."""
        levels = _LEVELS[lane]
        if "stage" not in levels and any(
            self.cards(lane, stage) for stage in self.stages
        ):
            levels = ("stage", *levels)
        makers: Mapping[Level, Callable[[Lane, int], Iterable[Zone]]] = {
            "journey": self._journey_zone,
            "stage": self._stage_zones,
            "touchpoint": self._point_zones,
        }
        rows: list[list[Zone]] = []
        for level in levels:
            zones = list(makers[level](lane, row + len(rows)))
            if zones:
                rows.append(zones)
        return rows

    def _journey_zone(self, lane: Lane, row: int) -> Iterator[Zone]:
        cell = Cell(row, HEAD_COLUMNS, 1, self.n_columns - HEAD_COLUMNS)
        yield self._zone(lane, "", f"{LANES[lane]}, the whole journey", cell)

    def _stage_zones(self, lane: Lane, row: int) -> Iterator[Zone]:
        for stage, first, n in self.stages.values():
            cell = Cell(row, HEAD_COLUMNS + first, 1, n)
            title = f"{LANES[lane]}, {stage.name}"
            yield self._zone(lane, stage.id, title, cell, stage=stage.id)

    def _point_zones(self, lane: Lane, row: int) -> Iterator[Zone]:
        for i, (_, point) in enumerate(self.pairs):
            if point is None:
                continue
            cell = Cell(row, HEAD_COLUMNS + i)
            title = f"{LANES[lane]}, {point.name}"
            if lane in _WHY_NOT:
                yield Zone(
                    f"{lane}/{point.id}",
                    title,
                    cell,
                    self.cards(lane, point.id),
                    why_not=_WHY_NOT[lane],
                    is_titled=False,
                )
            else:
                yield self._zone(lane, point.id, title, cell, touchpoint=point.id)

    def _zone(
        self,
        lane: Lane,
        place: str,
        title: str,
        cell: Cell,
        *,
        stage: str | None = None,
        touchpoint: str | None = None,
    ) -> Zone:
        values: dict[str, JsonValue] = {"stage": stage}
        starts: dict[str, JsonValue] = {}
        kind = _KINDS.get(lane, "lane_note")
        if kind != "objective":
            values["touchpoint"] = touchpoint
        if kind == "lane_note":
            values["lane"] = _NOTES[lane][0]
            if lane != "feelings":
                values["emotion"] = None
        if self.persona and kind in ("lane_note", "pain_point"):
            starts["persona"] = self.persona
        hint, example = LANE_PROMPTS[lane]
        return Zone(
            f"{lane}/{place or '*'}",
            title,
            cell,
            self.cards(lane, place),
            {kind: values},
            "",
            _KEEPS.get(lane, {}),
            kind,
            starts,
            hint,
            example,
            "list" if touchpoint else "wall",
            is_titled=False,
        )
