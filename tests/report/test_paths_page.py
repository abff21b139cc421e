"""The ways that customers take, shown for a team."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import journeykit
from journeykit.model.records import EventMapping
from journeykit.report.paths_page import PathsPage
from journeykit.workshop import Workshop

MAPPING = EventMapping(
    customer="who",
    activity="did",
    time="at",
    activities={"/cart": "cart", "/pay": "pay"},
)


def log(*paths: tuple[int, str]) -> bytes:
    """Return events: so many customers take a way of activities a minute apart."""
    rows, customer = [], 0
    for n, path in paths:
        for _ in range(n):
            customer += 1
            for minute, activity in enumerate(path.split()):
                rows.append(f"c{customer},{activity},2026-05-01 10:{minute:02}")
    return "\n".join(["who,did,at", *rows]).encode()


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a map of three touchpoints."""
    with journeykit.new(None, title="Shop") as made:
        stage = made.entries("stage")[0].id
        for name in ("Cart", "Pay", "Parcel"):
            made.add("touchpoint", id=name.lower(), stage=stage, name=f"The {name}")
        yield made


def text(part: object) -> str:
    """Return what a part shows."""
    html = str(part.__html__()) if hasattr(part, "__html__") else ""
    return html.replace("\N{NO-BREAK SPACE}", " ")


def test_map_is_held_against_the_ways(work: Workshop) -> None:
    """What the map lacks, what comes first, who comes back, and what nobody records."""
    way = log((20, "/cart /help /pay"), (10, "/pay /cart"), (5, "/cart /pay /cart"))
    work.import_records(way, mapping=MAPPING, data_set="log")
    shown = text(PathsPage(work).map_against_paths())

    assert "1 activity the map lacks" in shown
    assert "/help" in shown
    assert "The Pay before The Cart" in shown
    assert "29 % (16 to 45)" in shown
    assert "Customers come back" in shown
    assert "No activity is matched to: The Parcel." in shown


def test_ways_are_drawn_with_names_of_the_map(work: Workshop) -> None:
    """Funnel, moves and branches; where many are lost is the title."""
    way = log((20, "/cart /help /pay"), (30, "/cart"))
    work.import_records(way, mapping=MAPPING, data_set="log")
    page = PathsPage(work)
    drawn = [text(page.funnel()), text(page.transitions()), text(page.path_tree())]

    assert ["<svg" in one and "The Cart" in one for one in drawn] == [True] * 3
    assert "60 %" in drawn[0]


def test_most_frequent_way_is_first(work: Workshop) -> None:
    """With its share of all customers."""
    way = log((20, "/cart /pay"), (30, "/cart"))
    work.import_records(way, mapping=MAPPING, data_set="log")
    shown = text(PathsPage(work).variants())

    assert "50 customers take 2 ways" in shown
    assert "The Cart → The Pay" in shown
    assert shown.index("60 %") < shown.index("40 %")


def test_events_that_match_nothing_say_so(work: Workshop) -> None:
    """What is recorded is shown; the map cannot be compared yet."""
    bare = MAPPING.model_copy(update={"activities": {}})
    work.import_records(log((20, "/cart /pay")), mapping=bare, data_set="log")
    page = PathsPage(work)

    assert "No activity is matched" in text(page.funnel())
    assert "No activity is matched" in text(page.map_against_paths())
    assert "/cart" in text(page.variants())


def test_workshop_without_events_says_how_to_bring_them(work: Workshop) -> None:
    """One sentence for every part."""
    page = PathsPage(work)
    every = [page.funnel, page.transitions, page.path_tree, page.variants]

    assert ["no events" in text(one()) for one in every] == [True] * 4
    assert "no events" in text(page.map_against_paths())
