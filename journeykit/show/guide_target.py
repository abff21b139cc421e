"""The map as it should be: it begins as a copy of the map as it is.

Two journeys in one workshop were chosen over two workshops: personas, channels and
people are the same, and both maps are seen on one page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journeykit.layout.emotion_curve import chosen_journey
from journeykit.layout.map_difference import with_origin
from journeykit.model import (
    ChannelChange,
    Document,
    Entry,
    Journey,
    LaneNote,
    Stage,
    Touchpoint,
    new_id,
)

__all__ = ["target_entries", "target_journey"]


def target_journey(document: Document) -> Journey | None:
    """Return the journey as it should be, if it was begun."""
    found = [one for one in document.of(Journey) if one.state == "target"]
    return found[0] if found else None


def target_entries(document: Document) -> tuple[Entry, ...]:
    """Return what a target map begins with; nothing if there is no map to copy.

    Parameters
    ----------
    document
        The workshop.

    Returns
    -------
    tuple of Entry
        A journey, and copies of stages, touchpoints, notes and changes of channel; each
        knows what it is a copy of, so that both maps can be compared.
    """
    today = chosen_journey(document, None)
    if today is None:
        return ()
    journey = Journey(
        id=new_id("journey"), name="The journey as it should be", state="target"
    )
    renamed = {today.id: journey.id}
    made: list[Entry] = [journey]
    groups: Sequence[tuple[type[Entry], tuple[str, ...]]] = (
        (Stage, ("journey",)),
        (Touchpoint, ("stage",)),
        (LaneNote, ("stage", "touchpoint")),
        (ChannelChange, ("source", "target")),
    )
    for cls, fields in groups:
        for one in document.of(cls):
            points = {name: getattr(one, name) for name in fields if getattr(one, name)}
            if not all(value in renamed for value in points.values()):
                continue
            changed = {name: renamed[value] for name, value in points.items()}
            marked = {"id": new_id(one.kind), "extensions": _marked(one)}
            copy = one.model_copy(update={**changed, **marked})
            renamed[one.id] = copy.id
            made.append(copy)
    return tuple(made)


def _marked(one: Entry) -> Mapping[str, Any]:
    """Return the extensions of a copy: what it is a copy of.

    That its original came as an example stays true of it; how the original read does
    not, since it points elsewhere.
    """
    marked = with_origin(one, one.id)
    return {
        name: {k: v for k, v in ours.items() if k != "as_given"}
        if isinstance(ours, dict)
        else ours
        for name, ours in marked.items()
    }
