"""The service blueprint: what customers meet, and what it rests on, line by line."""

from __future__ import annotations

from collections.abc import Mapping

from journeykit.layout.cards import Deck
from journeykit.layout.map_board import changes_as_ties, elsewhere_words
from journeykit.layout.map_grid import MapGrid
from journeykit.layout.zones import Cell, Head, Layout, Zone
from journeykit.model.document import Document
from journeykit.vocabulary import Lane

__all__ = ["BLUEPRINT_LINES", "service_blueprint"]

BLUEPRINT_LINES: Mapping[Lane, tuple[str, str]] = {
    "frontstage": (
        "Line of interaction",
        "Above it the customer acts, below it the organisation",
    ),
    "backstage": (
        "Line of visibility",
        "Above it customers can see what happens, below it they cannot",
    ),
    "support_processes": (
        "Line of internal interaction",
        "Below it are those who help the people backstage",
    ),
}
"""The line above a lane, and what it parts."""

_LANES: tuple[tuple[Lane, str], ...] = (
    ("touchpoints", "Physical evidence"),
    ("customer_actions", "Customer actions"),
    ("frontstage", ""),
    ("backstage", ""),
    ("support_processes", ""),
)


def service_blueprint(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    journey: str | None = None,
    persona: str | None = None,
    touchpoint: str | None = None,
) -> Layout:
    """Return the service blueprint of one journey.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    journey
        Id of the journey; None for the first that shows today.
    persona
        Id of one persona: what others do is left out.
    touchpoint
        Id of one touchpoint: only its column is left.

    Raises
    ------
    UnknownNameError
        If there is no such journey, persona or touchpoint.

    Examples
    --------
    >>> [head.text for head in service_blueprint(Document()).heads
    ...  if head.level == "line"]
    ['Line of interaction', 'Line of visibility', 'Line of internal interaction']
    """
    deck = Deck(document, bases)
    grid = MapGrid(deck, journey, persona, touchpoint)
    row = 1
    heads: list[Head] = [*grid.stage_heads()]
    zones: list[Zone] = []
    for lane, words in _LANES:
        if lane in BLUEPRINT_LINES:
            line, detail = BLUEPRINT_LINES[lane]
            heads.append(Head(line, Cell(row, 0, 1, grid.n_columns), "line", detail))
            row += 1
        made = (
            [list(grid.touchpoint_zones(row))]
            if lane == "touchpoints"
            else grid.lane_rows(lane, row)
        )
        if made:
            heads.append(grid.lane_head(lane, row, len(made), words))
            zones += [zone for zones_of_row in made for zone in zones_of_row]
            row += len(made)
    name = grid.journey.name if grid.journey else ""
    layout = Layout(
        "service_blueprint",
        f"Service blueprint: {name}" if name else "Service blueprint",
        row,
        grid.n_columns,
        tuple(zones),
        tuple(heads),
        tuple(changes_as_ties(grid)),
        joins={("touchpoint", "touchpoint"): "channel_change"},
        foot=elsewhere_words(grid),
    )
    return deck.finished(layout)
