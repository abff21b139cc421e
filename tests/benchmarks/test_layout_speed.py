"""What laying out a board of 500 cards costs."""

from __future__ import annotations

from statistics import median
from time import process_time

import pytest
from benchmarks.figures import Figures

from journeykit.layout.catalogue import layout_named
from journeykit.model import (
    CanvasEntry,
    CopisElement,
    Document,
    Entry,
    Journey,
    LaneNote,
    Link,
    Measurement,
    PainPoint,
    Persona,
    Stage,
    Touchpoint,
)

N_CARDS, N_TOUCHPOINTS, N_STAGES, N_RUNS = 500, 40, 8, 15
LANES = ("action", "thought", "feeling", "need", "goal")


def busy_workshop() -> Document:
    """Return a workshop with 500 cards on its map, its COPIS and its canvas."""
    entries: list[Entry] = [Journey(id="j", name="Trip")]
    entries += [Persona(id=f"p{i}", name=f"P{i}") for i in range(4)]
    entries += [
        Stage(id=f"s{i}", journey="j", name=f"S{i}", rank=f"{i + 1}")
        for i in range(N_STAGES)
    ]
    entries += [
        Touchpoint(
            id=f"t{i}", stage=f"s{i % N_STAGES}", name=f"T{i}", emotion=i % 5 - 2
        )
        for i in range(N_TOUCHPOINTS)
    ]
    for i in range(N_CARDS - N_TOUCHPOINTS):
        place, name = f"t{i % N_TOUCHPOINTS}", f"n{i}"
        if i % 6 == 5:
            entries.append(PainPoint(id=name, text="It hurts", touchpoint=place))
        else:
            lane = LANES[i % 6]
            note = {"id": name, "lane": lane, "text": "A note", "touchpoint": place}
            entries.append(LaneNote(**note, persona=f"p{i % 4}"))
    for i in range(N_CARDS):
        entries.append(CopisElement(id=f"e{i}", role="process", text="Step"))
        entries.append(CanvasEntry(id=f"k{i}", block="channels", text="Way"))
        link = {"id": f"l{i}", "source": f"e{i}", "target": "n5"}
        entries.append(Link(**link, relation="causes"))
        entries.append(
            Measurement(
                id=f"m{i}",
                definition="mean_satisfaction",
                subject=f"t{i % N_TOUCHPOINTS}",
                value=3.5,
                n=40,
            )
        )
    return Document(entries)


@pytest.mark.parametrize("name", ["journey_map", "copis", "canvas", "empathy_map"])
def test_board_of_500_cards_is_laid_out_quickly(name: str, figures: Figures) -> None:
    """After every edit the layout is made anew, so it must cost next to nothing."""
    document = busy_workshop()
    layout_named(document, name, bases={})
    took = []
    for _ in range(N_RUNS):
        start = process_time()
        layout_named(document, name, bases={})
        took.append((process_time() - start) * 1000)

    figures.at_most(f"layout {name}, 500 cards", 10, median(took), "ms")
