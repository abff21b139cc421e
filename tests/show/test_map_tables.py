"""What stands on a map, as a table: also what its picture has no room for."""

from __future__ import annotations

from journeykit.layout.journey_map import journey_map
from journeykit.model import (
    Document,
    Journey,
    LaneNote,
    Measurement,
    Stage,
    Touchpoint,
)
from journeykit.show.map_tables import map_table


def test_table_holds_notes_emotion_and_losses() -> None:
    """Who cannot see the picture reads the same from its table."""
    lost = Measurement(
        id="m",
        definition="drop_off_rate",
        subject="pay",
        value=0.32,
        low=0.28,
        high=0.36,
        n=540,
    )
    entries = [
        Journey(id="j", name="Buy"),
        Stage(id="s", journey="j", name="Purchase"),
        Touchpoint(id="cart", rank="1", stage="s", name="Cart", emotion=1),
        Touchpoint(
            id="pay",
            rank="2",
            stage="s",
            name="Payment",
            emotion=-2,
            emotion_word="lost",
        ),
        LaneNote(id="n", lane="thought", text="Is it safe?", touchpoint="pay"),
        lost,
    ]

    table = map_table(journey_map(Document(entries)))

    rows = {
        (row["lane"], row["touchpoint"]): (row["text"], row["detail"])
        for row in table.to_dict("records")
    }
    assert ("Is it safe?", "") == rows["Thoughts", "Payment"]
    assert "+1" == rows["Emotion", "Cart"][0].strip()
    assert "\N{MINUS SIGN}2 lost" == rows["Emotion", "Payment"][0]
    words, _ = rows["Lost on the way", "Payment"]
    assert words.startswith("32\N{NO-BREAK SPACE}% leave before (28 to 36)")
    assert {"Purchase"} == set(table["stage"])
