"""The numbers of the alignment heat map, and what it says in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from journeykit.check.as_it_is import as_it_is
from journeykit.check.canvas_filling import AlignmentCell, alignment
from journeykit.language import decimals, say, say_count, semicolons, word
from journeykit.model import Document, Journey, Stage
from journeykit.vocabulary import CANVAS_BLOCKS

__all__ = [
    "AlignmentRow",
    "State",
    "alignment_alt",
    "alignment_finding",
    "alignment_picture_data",
    "alignment_rows",
]

State = Literal["before", "after"]
"""Which canvas: as it is, or after the change."""

_EMPTY = word("nothing here")


@dataclass(frozen=True, slots=True)
class AlignmentRow:
    """One stage: its name, its journey where there are several, its cells.

    In a turned picture it is a block, with a cell for each stage.
    """

    name: str
    journey: str
    cells: tuple[AlignmentCell, ...]


def alignment_rows(document: Document, state: State = "before") -> list[AlignmentRow]:
    """Return the stages with their cells, journey by journey.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    """
    today = as_it_is(document)
    journeys = {one.id: one.name for one in today.of(Journey)}
    cells: dict[str, list[AlignmentCell]] = {}
    for cell in alignment(document, state):
        cells.setdefault(cell.stage, []).append(cell)
    order = list(journeys)
    stages = sorted(today.of(Stage), key=lambda one: order.index(one.journey))
    several = len({one.journey for one in stages}) > 1
    return [
        AlignmentRow(
            one.name,
            journeys[one.journey] if several else "",
            tuple(cells.get(one.id, ())),
        )
        for one in stages
    ]


def alignment_picture_data(document: Document, state: State = "before") -> pd.DataFrame:
    """Return the numbers of the heat map: one row a stage and block.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.

    Returns
    -------
    DataFrame
        ``stage``, ``block``; ``n`` entries; ``strength``, mean of those rated, 1 to 5;
        ``pain_points``, how many; ``entries`` and ``pains`` by name; ``journey``.
    """

    def named(ids: Sequence[str]) -> str:
        return semicolons(document[one].name_for_people for one in ids)

    rows = [
        (
            row.name,
            say(CANVAS_BLOCKS[cell.block]),
            cell.n,
            cell.strength,
            len(cell.pain_points),
            named(cell.entries),
            named(cell.pain_points),
            row.journey,
        )
        for row in alignment_rows(document, state)
        for cell in row.cells
    ]
    kinds = {
        "stage": "string",
        "block": "string",
        "n": "int64",
        "strength": "float64",
        "pain_points": "int64",
        "entries": "string",
        "pains": "string",
        "journey": "string",
    }
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def alignment_finding(document: Document, state: State = "before") -> str:
    """Return what the heat map shows, in one sentence with its number.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    """
    rows = alignment_rows(document, state)
    cells = [(row, cell) for row in rows for cell in row.cells]
    filled = [one for one in cells if one[1].n]
    if not filled:
        return say("No stage touches the canvas yet")
    row, worst = max(filled, key=lambda one: len(one[1].pain_points))
    n = len(worst.pain_points)
    if n:
        block = say(CANVAS_BLOCKS[worst.block].lower())
        return say_count(
            "Most pain: {block} at “{stage}”, {n} pain point",
            "Most pain: {block} at “{stage}”, {n} pain points",
            n,
            block=block,
            stage=row.name,
        )
    return say(
        "{n} of {total} cells have an entry, none of them hurts",
        n=len(filled),
        total=len(cells),
    )


def alignment_alt(
    document: Document, rows: Sequence[AlignmentRow], state: State
) -> str:
    """Return all that the heat map says, for those who do not see it.

    Parameters
    ----------
    document, state
        As for :func:`journeykit.check.canvas_filling.alignment`.
    rows
        The stages that it shows.
    """
    said = [f"{alignment_finding(document, state)}."]
    for row in rows:
        cells = [cell for cell in row.cells if cell.n]
        words = [
            f"{say(CANVAS_BLOCKS[cell.block])} {cell.n}{_said_strength(cell)}"
            + f", {_pains(len(cell.pain_points))}" * bool(cell.pain_points)
            for cell in cells
        ]
        said.append(f"{row.name}: {'; '.join(words) or say(_EMPTY)}.")
    return " ".join(said)


def _pains(n: int) -> str:
    return say_count("{n} pain point", "{n} pain points", n)


def _said_strength(cell: AlignmentCell) -> str:
    if cell.strength is None:
        return ""
    strength = say("strength {value}", value=decimals(cell.strength, 1))
    return f", {strength}"
