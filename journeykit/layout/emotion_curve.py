"""The emotion curve as numbers: what the team believes, beside what was measured.

One row a touchpoint and curve. Both run from -2 to +2; a value that nobody gave stays
None and is never drawn as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean
from typing import Literal

from journeykit.errors import UnknownNameError
from journeykit.language import say
from journeykit.model.document import Document
from journeykit.model.findings import Measurement
from journeykit.model.journey import Journey, LaneNote, Stage, Touchpoint
from journeykit.model.people import Persona
from journeykit.model.reliability import MIN_ANSWERS, Reliability

__all__ = [
    "EmotionRow",
    "Reliability",
    "Turn",
    "chosen_journey",
    "chosen_persona",
    "columns_in_order",
    "emotion_curve_data",
]

_MEASURE = "mean_satisfaction"
_MIDDLE = 3.0

Turn = Literal["highest", "peak", "valley", "lowest"]


@dataclass(frozen=True, slots=True)
class EmotionRow:
    """One touchpoint on one curve.

    Parameters
    ----------
    persona
        Id of the persona; empty for the team's own curve.
    who
        Its name; "Team" for the team's own.
    column
        Place among the columns of the map, from 0.
    felt
        Mean of the persona's feelings, else the team's emotion, -2 to +2; None if
        nobody was asked.
    is_own
        Whether *felt* comes from notes of this persona (for the team: from its own
        rating), not from the fallback.
    measured, low, high
        Mean satisfaction on 1 to 5 less 3 with its interval, -2 to +2.
    n
        Valid answers behind *measured*.
    turn
        Whether the curve turns here, and whether no other point is as high or as low.
    """

    persona: str
    who: str
    column: int
    touchpoint: str
    name: str
    stage: str
    felt: float | None = None
    word: str = ""
    is_own: bool = False
    measured: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    reliability: Reliability = "not measured"
    turn: Turn | None = None

    @property
    def gap(self) -> float | None:
        """Felt less measured; above 0 the team thinks better than customers do."""
        if self.felt is None or self.measured is None:
            return None
        return self.felt - self.measured


def chosen_journey(document: Document, journey: str | None) -> Journey | None:
    """Return the journey with this id; None gives the first that shows today.

    Raises
    ------
    UnknownNameError
        If there is no such journey.
    """
    every = document.of(Journey)
    if journey is None:
        today = [one for one in every if one.state == "current"]
        return next(iter(today or every), None)
    for one in every:
        if one.id == journey:
            return one
    raise UnknownNameError("journey", journey, [one.id for one in every])


def chosen_persona(document: Document, persona: str | None) -> Persona | None:
    """Return the persona with this id; None for nobody in particular.

    Raises
    ------
    UnknownNameError
        If there is no such persona.
    """
    if persona is None:
        return None
    for one in document.of(Persona):
        if one.id == persona:
            return one
    raise UnknownNameError("persona", persona, [one.id for one in document.of(Persona)])


def columns_in_order(
    document: Document, journey: Journey | None
) -> tuple[tuple[Stage, Touchpoint | None], ...]:
    """Return the columns of a map: touchpoints by stage, None for an empty stage."""
    by_stage: dict[str, list[Touchpoint]] = {}
    for touchpoint in document.of(Touchpoint):
        by_stage.setdefault(touchpoint.stage, []).append(touchpoint)
    columns: list[tuple[Stage, Touchpoint | None]] = []
    for stage in document.of(Stage):
        if journey is not None and stage.journey == journey.id:
            here = by_stage.get(stage.id, ())
            columns += [(stage, one) for one in here] or [(stage, None)]
    return tuple(columns)


def emotion_curve_data(
    document: Document, persona: str | None = None, *, journey: str | None = None
) -> tuple[EmotionRow, ...]:
    """Return the rows of the emotion curves: the number twin of the map's picture.

    Parameters
    ----------
    document
        The workshop.
    persona
        Id of one persona. None gives the team's curve, then one for each persona that
        has feelings of its own on this journey.
    journey
        Id of one journey; None for the first that shows today.

    Returns
    -------
    tuple of EmotionRow
        Curve by curve, touchpoints in the order of the map.

    Raises
    ------
    UnknownNameError
        If there is no such journey or persona.

    Examples
    --------
    >>> from journeykit.model import Document, Journey, Measurement, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking", emotion=-1),
    ...     Measurement(id="m", definition="mean_satisfaction", subject="t",
    ...                 value=3.5, low=3.4, high=3.6, n=812),
    ... ])
    >>> [(row.felt, row.measured, row.gap) for row in emotion_curve_data(document)]
    [(-1.0, 0.5, -1.5)]
    """
    columns = columns_in_order(document, chosen_journey(document, journey))
    one = chosen_persona(document, persona)
    known = _Known(document)
    if one is not None:
        return _curve(known, columns, one)
    ids = {touchpoint.id for _, touchpoint in columns if touchpoint}
    felt_by = {
        note.persona
        for place, notes in known.feelings.items()
        for note in notes
        if place in ids
    }
    rows = _curve(known, columns, None)
    for each in document.of(Persona):
        if each.id in felt_by:
            rows += _curve(known, columns, each)
    return rows


class _Known:
    """What is felt and what was measured, by touchpoint."""

    def __init__(self, document: Document) -> None:
        case = document.case
        self.min_group = case.min_group if case else MIN_ANSWERS
        self.feelings: dict[str, list[LaneNote]] = {}
        for note in document.of(LaneNote):
            if note.emotion is not None and note.touchpoint is not None:
                self.feelings.setdefault(note.touchpoint, []).append(note)
        self.measured: dict[tuple[str | None, str | None], list[Measurement]] = {}
        for one in document.of(Measurement):
            if one.definition == _MEASURE and not one.is_weighted:
                key = one.subject, one.persona
                self.measured.setdefault(key, []).append(one)


def _curve(
    known: _Known,
    columns: Sequence[tuple[Stage, Touchpoint | None]],
    persona: Persona | None,
) -> tuple[EmotionRow, ...]:
    who = (persona.id, persona.name) if persona else ("", say("Team"))
    rows = []
    for place, (stage, touchpoint) in enumerate(columns):
        if touchpoint is not None:
            row = EmotionRow(*who, place, touchpoint.id, touchpoint.name, stage.id)
            row = _with_felt(row, touchpoint, known.feelings.get(touchpoint.id, ()))
            rows.append(_with_measured(row, known))
    return _with_turns(rows)


def _with_felt(
    row: EmotionRow, touchpoint: Touchpoint, feelings: Sequence[LaneNote]
) -> EmotionRow:
    own = [note for note in feelings if row.persona and note.persona == row.persona]
    if own:
        words = own[0].text if len(own) == 1 else ""
        felt = fmean(note.emotion for note in own if note.emotion is not None)
        return replace(row, felt=felt, word=words, is_own=True)
    if touchpoint.emotion is not None:
        word, is_own = touchpoint.emotion_word, not row.persona
        return replace(row, felt=float(touchpoint.emotion), word=word, is_own=is_own)
    every = [note.emotion for note in feelings if note.emotion is not None]
    if every and not row.persona:
        return replace(row, felt=fmean(every))
    return row


def _with_measured(row: EmotionRow, known: _Known) -> EmotionRow:
    """Return *row* with the newest mean satisfaction of just these people."""
    found = known.measured.get((row.touchpoint, row.persona or None))
    if not found:
        return row
    newest = max(found, key=lambda entry: entry.day or date.min)
    reliability = newest.reliability(known.min_group)
    if reliability in {"not measured", "fewer than minimum"} or newest.value is None:
        return replace(row, n=newest.n, reliability=reliability)
    low, high = (
        None if end is None else end - _MIDDLE for end in (newest.low, newest.high)
    )
    measured = newest.value - _MIDDLE
    return replace(
        row,
        measured=measured,
        low=low,
        high=high,
        n=newest.n,
        reliability=reliability,
    )


def _with_turns(rows: Sequence[EmotionRow]) -> tuple[EmotionRow, ...]:
    """Name where the curve turns; of equal neighbours the first stands for all."""
    runs: list[tuple[int, float]] = []
    for place, row in enumerate(rows):
        if row.felt is not None and (not runs or runs[-1][1] != row.felt):
            runs.append((place, row.felt))
    new = list(rows)
    if len(runs) < 2:
        return tuple(rows)
    values = [felt for _, felt in runs]
    for i, (place, felt) in enumerate(runs):
        beside = values[max(0, i - 1) : i] + values[i + 1 : i + 2]
        is_end = len(beside) == 1
        turn: Turn | None = None
        if felt > max(beside):
            turn = "highest" if felt == max(values) else None if is_end else "peak"
        elif felt < min(beside):
            turn = "lowest" if felt == min(values) else None if is_end else "valley"
        new[place] = replace(rows[place], turn=turn)
    return tuple(new)
