"""Layers are joined where that changes no picture (``test_charts`` compares)."""

from __future__ import annotations

from typing import Any

from journeykit.show.fused_layers import fused


def text(said: str, **mark: object) -> dict[str, Any]:
    """Return a layer that writes one word."""
    rows = {"values": [{"y": 1, "said": said}]}
    places = {"x": {"value": 0}, "text": {"field": "said", "type": "nominal"}}
    return {"data": rows, "mark": {"type": "text", **mark}, "encoding": places}


def test_only_neighbours_of_a_kind_are_joined() -> None:
    """What lies above stays above; lines of two layers are not tied to one another."""
    line = {**text("-"), "mark": {"type": "line"}}
    layers = [text("Book", color="red"), text("Pay", color="blue"), line, line]
    layers += [text("Go"), text("Stay", dx=3)]
    joined = fused({"layer": layers})["layer"]

    assert ["text", "line", "line", "text", "text"] == [
        one["mark"]["type"] for one in joined
    ]
    assert ["red", "blue"] == [row["mark_color"] for row in joined[0]["data"]["values"]]


def test_the_given_specification_stays() -> None:
    """Who goes on from a chart in Altair finds every layer."""
    spec = {"layer": [text("Book"), text("Pay")]}
    fused(spec)

    assert {"layer": [text("Book"), text("Pay")]} == spec
