"""The journey map stage by stage, as plain data: for slides and for a page that opens.

A map of fifteen touchpoints on one slide has type of four points. One stage at a time
can be read from the back of a room, and as data each format sets it in its own type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeykit.language import say, say_count
from journeykit.layout.emotion_curve import EmotionRow
from journeykit.layout.journey_map import LaneRow, MapLayout, StageHead
from journeykit.layout.map_notes import Note
from journeykit.show.map_figures import felt_text, measured_text
from journeykit.show.numbers import joined, signed

__all__ = ["stage_sheets"]

_HEADS = ("touchpoints",)


def stage_sheets(layout: MapLayout, fewest: int) -> list[dict[str, Any]]:
    """Return a sheet for each stage of a map, in plain JSON.

    Parameters
    ----------
    layout
        The map.
    fewest
        Fewest answers of which a number is shown.

    Returns
    -------
    list of dict
        ``stage``, its name with its number; ``title``, what stands out in it; ``pains``
        in words; ``people``, letter and name of who is told apart; ``columns``, its
        touchpoints (``name``, ``channel``, ``is_moment_of_truth``, ``n_pain_points``,
        ``felt``, ``measured``, ``low``, ``high``; the numbers from -2 to +2, None where
        nothing was said); ``lanes``
        (``lane``, ``label``, ``stage``, what is said of the whole stage, ``notes``, a
        list a column).

    Examples
    --------
    >>> from journeykit.layout.journey_map import journey_map
    >>> from journeykit.model import Document, Journey, Stage, Touchpoint
    >>> document = Document([
    ...     Journey(id="j", name="Trip"),
    ...     Stage(id="s", journey="j", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking", emotion=-1),
    ... ])
    >>> stage_sheets(journey_map(document), 5)[0]["title"]
    'Arrive: felt −1 at Parking'
    """
    return [_sheet(layout, head, fewest) for head in layout.stages]


def _sheet(layout: MapLayout, head: StageHead, fewest: int) -> dict[str, Any]:
    places = range(head.first_column, head.first_column + head.n_columns)
    first = {row.column: row for row in (layout.curves[0] if layout.curves else ())}
    columns = [layout.columns[place] for place in places]
    rows = [first.get(place) for place in places]
    lanes = [_emotion(layout, places, fewest)] if any(rows) else []
    lanes += [
        lane
        for row in layout.lanes
        if row.lane not in {*_HEADS, "emotion"}
        for lane in [_lane(row, head, places)]
        if lane["stage"] or any(lane["notes"])
    ]
    letters = {
        note.letter
        for row in layout.lanes
        for zone in row.zones
        if zone.stage == head.stage
        for note in zone.notes
    }
    n_pains = sum(column.n_pain_points for column in columns)
    pains = say_count("{n} pain point here", "{n} pain points here", n_pains)
    return {
        "stage": f"{head.number} {head.name}",
        "title": _title(head, [row for row in rows if row is not None]),
        "pains": pains if n_pains else "",
        "people": [
            [letter, name] for _, letter, name in layout.personas if letter in letters
        ],
        "columns": [
            {
                "name": column.name or say("No touchpoint yet"),
                "channel": column.channel,
                "is_moment_of_truth": column.moment_of_truth,
                "n_pain_points": column.n_pain_points,
                "felt": row.felt if row else None,
                "measured": row.measured if row else None,
                "low": row.low if row else None,
                "high": row.high if row else None,
            }
            for column, row in zip(columns, rows, strict=True)
        ],
        "lanes": lanes,
    }


def _title(head: StageHead, rows: list[EmotionRow]) -> str:
    felt = [row.felt for row in rows if row.felt is not None]
    if not felt:
        return head.name
    least, most = min(felt), max(felt)
    worst = joined([row.name for row in rows if row.felt == least][:3])
    number = _signed(least)
    if len(felt) == 1 or least == most:
        return say(
            "{stage}: felt {felt} at {touchpoints}",
            stage=head.name,
            felt=number,
            touchpoints=worst,
        )
    return say(
        "{stage}: felt worst at {touchpoints} ({felt})",
        stage=head.name,
        touchpoints=worst,
        felt=number,
    )


def _signed(value: float) -> str:
    return signed(value, 0 if value == round(value) else 1)


def _emotion(layout: MapLayout, places: range, fewest: int) -> dict[str, Any]:
    """Return the emotions: those of the first curve, and of whom feels otherwise."""
    label = next((row.label for row in layout.lanes if row.lane == "emotion"), "")
    notes: list[list[str]] = []
    for place in places:
        rows = [row for curve in layout.curves for row in curve if row.column == place]
        notes.append(list(_felt(rows, fewest)))
    return {"lane": "emotion", "label": label, "stage": [], "notes": notes}


def _felt(rows: list[EmotionRow], fewest: int) -> Iterator[str]:
    if not rows:
        return
    first, *others = rows
    yield felt_text(first)
    yield measured_text(first, fewest)
    for row in others:
        if row.is_own and row.felt is not None and row.felt != first.felt:
            yield f"{row.who}: {_signed(row.felt)}"


def _lane(row: LaneRow, head: StageHead, places: range) -> dict[str, Any]:
    of_stage: list[str] = []
    notes: list[list[str]] = [[] for _ in places]
    for zone in row.zones:
        if zone.stage != head.stage:
            continue
        said = [_said(note) for note in zone.notes]
        if zone.touchpoint is None:
            of_stage += said
        else:
            notes[zone.first_column - head.first_column] += said
    return {"lane": row.lane, "label": row.label, "stage": of_stage, "notes": notes}


def _said(note: Note) -> str:
    whole = f"{note.text} ({note.detail})" if note.detail else note.text
    return f"{note.letter} {whole}" if note.letter else whole
