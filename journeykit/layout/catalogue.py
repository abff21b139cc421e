"""Every layout by its name: adding one is one function and one line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from journeykit.errors import UnknownNameError
from journeykit.layout.canvas import canvas
from journeykit.layout.channel_boards import channel_changes, channel_consistency
from journeykit.layout.copis import copis
from journeykit.layout.difference_board import map_difference_board
from journeykit.layout.empathy_map import empathy_map
from journeykit.layout.map_board import map_board
from journeykit.layout.matrix import (
    impact_effort,
    importance_performance,
    matrix,
    severity_frequency,
    stakeholder_map,
)
from journeykit.layout.objectives_board import objectives
from journeykit.layout.service_blueprint import service_blueprint
from journeykit.layout.status_boards import (
    action_board,
    opportunity_board,
    pain_board,
    parking_lot,
    segment_wall,
)
from journeykit.layout.walls import agenda, decisions, persona_wall, wall
from journeykit.layout.zones import Layout
from journeykit.model.document import Document

__all__ = ["LAYOUTS", "LayoutMaker", "layout_named"]


@dataclass(frozen=True, slots=True)
class LayoutMaker:
    """One layout and how to ask for it.

    Parameters
    ----------
    name, title
        Its key, and what people call it.
    make
        Takes a document, ``bases`` and the options.
    options
        Names of the options.
    holds
        Kinds of which every entry stands on it, placed or waiting; those of another
        journey are left out.
    """

    name: str
    title: str
    make: Callable[..., Layout]
    options: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


_MAKERS = (
    LayoutMaker(
        "journey_map",
        "Journey map",
        map_board,
        ("journey", "persona", "touchpoint", "lanes"),
        ("touchpoint", "lane_note", "pain_point", "opportunity", "objective", "kpi"),
    ),
    LayoutMaker(
        "map_difference",
        "Today and target",
        map_difference_board,
        ("journey", "target"),
    ),
    LayoutMaker(
        "service_blueprint",
        "Service blueprint",
        service_blueprint,
        ("journey", "persona", "touchpoint"),
        ("touchpoint",),
    ),
    LayoutMaker(
        "objectives",
        "Objectives and KPIs",
        objectives,
        ("by", "journey"),
        ("objective", "kpi"),
    ),
    LayoutMaker(
        "stakeholder_map", "Stakeholder map", stakeholder_map, (), ("stakeholder",)
    ),
    LayoutMaker(
        "importance_performance",
        "Importance and performance",
        importance_performance,
        (),
        ("touchpoint",),
    ),
    LayoutMaker(
        "severity_frequency",
        "Severity and frequency",
        severity_frequency,
        (),
        ("pain_point",),
    ),
    LayoutMaker(
        "impact_effort", "Impact and effort", impact_effort, (), ("opportunity",)
    ),
    LayoutMaker("matrix", "Matrix", matrix, ("kind", "x", "y", "bands")),
    LayoutMaker("persona_wall", "Personas", persona_wall, (), ("persona",)),
    LayoutMaker(
        "empathy_map",
        "Empathy map",
        empathy_map,
        ("persona", "journey", "touchpoint"),
        ("lane_note", "pain_point"),
    ),
    LayoutMaker(
        "channel_consistency",
        "Consistency across channels",
        channel_consistency,
        (),
        ("channel",),
    ),
    LayoutMaker(
        "channel_changes",
        "Changes of channel",
        channel_changes,
        ("journey",),
        ("touchpoint",),
    ),
    LayoutMaker("segment_wall", "Segments", segment_wall, (), ("segment",)),
    LayoutMaker("pain_board", "Pain points", pain_board, (), ("pain_point",)),
    LayoutMaker(
        "opportunity_board",
        "Opportunities",
        opportunity_board,
        (),
        ("opportunity", "pain_point"),
    ),
    LayoutMaker("copis", "COPIS", copis, ("definition", "pains"), ("copis_element",)),
    LayoutMaker(
        "canvas", "Business Model Canvas", canvas, ("state",), ("canvas_entry",)
    ),
    LayoutMaker("action_board", "Actions", action_board, (), ("action",)),
    LayoutMaker("parking_lot", "Parking lot", parking_lot, (), ("parking_lot_item",)),
    LayoutMaker("agenda", "Agenda", agenda, (), ("agenda_block",)),
    LayoutMaker("decisions", "Decisions", decisions, (), ("decision",)),
    LayoutMaker("wall", "Wall", wall, ("kind",)),
)

LAYOUTS: Mapping[str, LayoutMaker] = MappingProxyType(
    {maker.name: maker for maker in _MAKERS}
)
"""Every layout by its name."""


def layout_named(
    document: Document,
    name: str,
    *,
    bases: Mapping[str, str] | None = None,
    **options: Any,  # each layout checks its own
) -> Layout:
    """Return a layout of a document.

    Parameters
    ----------
    document
        The workshop.
    name
        A key of :data:`LAYOUTS`.
    bases
        How sure entries are, by id, as ``check.evidence.entry_bases`` tells; None if
        that is not to be shown.
    options
        What the layout takes; None and empty text mean that nothing was asked.

    Raises
    ------
    UnknownNameError
        If there is no such layout, it takes no such option, or an option names an
        entry that is not there.

    Examples
    --------
    >>> layout_named(Document(), "journey_map").title
    'Journey map'
    """
    if name not in LAYOUTS:
        raise UnknownNameError("layout", name, LAYOUTS)
    maker = LAYOUTS[name]
    for option in options:
        if option not in maker.options:
            what = f"option of the layout {name!r}"
            raise UnknownNameError(what, option, maker.options)
    asked = {key: value for key, value in options.items() if value not in (None, "")}
    return replace(maker.make(document, bases=bases, **asked), options=asked)
