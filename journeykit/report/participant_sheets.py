"""What participants get on paper: the day, the rules, a sheet for each exercise.

The notebook ``templates/reports/participant_sheets.ipynb`` shows these parts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from journeykit.exchange.agendas import ExerciseCard, exercise_card, exercise_cards
from journeykit.language import say, word
from journeykit.layout.agenda import TimedBlock, clock_text, is_break
from journeykit.model import AgendaBlock
from journeykit.report import parts
from journeykit.report.day_papers import DayPapers
from journeykit.report.part import Part
from journeykit.report.worksheets import worksheet
from journeykit.show.numbers import count

__all__ = ["CARDS_OF_STEPS", "ParticipantSheets"]

CARDS_OF_STEPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "welcome": ("check_in", "ground_rules"),
        "personas": ("persona_back_story",),
        "touchpoints": ("one_two_four_all",),
        "journey_map": ("actions_thoughts_feelings", "sentiment_line"),
        "evidence": ("scale_vote",),
        "pain_points": ("pain_points",),
        "opportunities": ("impact_effort_grid",),
        "action_plan": ("who_what_when",),
        "monitor": ("parking_lot", "check_out"),
    }
)
"""Exercises that the steps of an agenda usually need; others have no sheet."""

_ENDS = {"opening": "welcome", "closing": "monitor"}
_VOTES = ("dot_vote", "hidden_vote")
_VOTE = re.compile(r"\b(re-)?vot(e|ing)\b", re.IGNORECASE)
_LINES = 20


class ParticipantSheets(DayPapers):
    """What participants get: the day, the rules, and a sheet for each exercise.

    Parameters as for its base.
    """

    kind: ClassVar[str] = word("Participants' sheets")

    def sheets(self) -> Part:
        """Return a sheet of its own for each exercise, in the order of the day."""
        return parts.together(
            worksheet(
                self._heading(card, row),
                card.prompt,
                example=say("For example: {example}", example=card.example),
                lines=_LINES,
            )
            for card, row in self.exercises()
        )

    def exercises(self) -> list[tuple[ExerciseCard, TimedBlock | None]]:
        """Return the exercises, each with the block that needs it first.

        An agenda that names no step gets all of them, without a time.
        """
        rows = [row for day in self.sessions for row in day if not is_break(row.block)]
        found: dict[str, int] = {}
        for place, row in enumerate(rows):
            for name in _usual(row.block):
                found.setdefault(name, place)
        named: dict[str, int] = {}
        for place, row in enumerate(rows):
            for name in _named(row.block):
                named.setdefault(name, place)
        found |= named
        if not found:
            return [(card, None) for card in exercise_cards()]
        order = {card.name: place for place, card in enumerate(exercise_cards())}
        names = sorted(found, key=lambda name: (found[name], order[name]))
        return [(exercise_card(name), rows[found[name]]) for name in names]

    def _heading(self, card: ExerciseCard, row: TimedBlock | None) -> str:
        if row is None:
            return card.title
        values = {"clock": clock_text(row.start), "exercise": card.title}
        if len(self.sessions) == 1:
            return say("{clock} {exercise}", **values)
        return say("Session {n}, {clock}: {exercise}", n=count(row.session), **values)


def _usual(block: AgendaBlock) -> tuple[str, ...]:
    """Return the exercises of a block's step; the day opens and closes with its own."""
    if block.step == "monitor" and block.block_kind != "closing":
        return ()
    if not block.step and block.block_kind in _ENDS:
        return CARDS_OF_STEPS[_ENDS[block.block_kind]]
    return CARDS_OF_STEPS.get(block.step, ())


def _named(block: AgendaBlock) -> list[str]:
    """Return the exercises that the words of a block name; a vote is one with dots."""
    said = " ".join([block.title, *block.materials]).casefold()
    found = [card.name for card in exercise_cards() if card.title.casefold() in said]
    # On the parking-lot page something is written all day; its sheet is for the end.
    if "parking_lot" in found and "parking" not in block.title.casefold():
        found.remove("parking_lot")
    if _VOTE.search(block.title) and not set(found) & set(_VOTES):
        found.append(_VOTES[0])
    if set(_VOTES) <= set(found):  # one way to vote is enough: that of the title
        is_open = "dot vote" in block.title.casefold()
        found.remove("hidden_vote" if is_open else "dot_vote")
    return found
