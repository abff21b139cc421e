"""The lane of KPIs: what stands there, and what stands elsewhere already."""

from __future__ import annotations

from journeykit.layout.map_board import map_board
from journeykit.model import Document, Journey, Measurement, Stage, Touchpoint


def test_a_loss_is_said_once() -> None:
    """The card of the touchpoint says who leaves before it; the KPI lane does not."""
    numbers = {"subject": "pay", "value": 0.32, "low": 0.28, "high": 0.36, "n": 540}
    entries = [
        Journey(id="j", name="Buy"),
        Stage(id="s", journey="j", name="Purchase"),
        Touchpoint(id="pay", stage="s", name="Payment"),
        Measurement(id="m1", definition="drop_off_rate", **numbers),
        Measurement(id="m2", definition="conversion_rate", **numbers),
    ]

    board = map_board(Document(entries))

    marks = [mark for card in board.zone("touchpoints/s").cards for mark in card.marks]
    assert 1 == sum("leave before" in mark for mark in marks)
    lane = [zone for zone in board.zones if zone.id.startswith("kpis/")]
    assert ["m2"] == [card.entry for zone in lane for card in zone.cards]
