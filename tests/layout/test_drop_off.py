"""Who is lost between two steps of the map: which numbers are told, and where."""

from __future__ import annotations

from datetime import date
from typing import Any

from journeykit.layout.drop_off import leave_words
from journeykit.layout.journey_map import journey_map
from journeykit.layout.map_board import map_board
from journeykit.model import (
    Case,
    Document,
    Journey,
    Measurement,
    Persona,
    Stage,
    Touchpoint,
)

NAMES = ("Book", "Pay", "Fly", "Leave")


def shop(*measured: Measurement, minimum: int = 5) -> Document:
    """Return a map of four touchpoints in two stages, one of them bare between."""
    return Document(
        [
            Case(id="case", title="Shop", min_group=minimum),
            Journey(id="j", name="Trip"),
            Persona(id="ann", name="Ann"),
            *(
                Stage(id=f"s{i}", journey="j", name=f"Stage {i}", rank=f"{i + 1}")
                for i in range(3)
            ),
            *(
                Touchpoint(
                    id=f"t{i}", stage=f"s{i // 2 * 2}", name=name, rank=f"{i + 1}"
                )
                for i, name in enumerate(NAMES)
            ),
            *measured,
        ]
    )


def lost(place: int, value: float | None, n: int, **more: Any) -> Measurement:
    """Return the share of those before who never reach a touchpoint."""
    ends = {"low": 0.28, "high": 0.36} if value is not None else {}
    known = {"id": f"d{place}", "subject": f"t{place}", "value": value, "n": n}
    return Measurement(definition="drop_off_rate", **(ends | known | more))


def test_each_loss_stands_before_its_touchpoint() -> None:
    """A stage without a touchpoint keeps its column, and is no step."""
    drops = journey_map(shop(lost(1, 0.32, 540), lost(2, 0.1, 367))).drops

    assert [(1, None, ""), (3, 1, "Pay")] == [
        (one.column, one.before_column, one.before) for one in drops
    ]
    assert [False, False] == [one.is_between_neighbours for one in drops]


def test_the_step_before_is_the_nearest_at_which_anybody_was_seen() -> None:
    """A touchpoint that nobody reached is no step of the funnel."""
    reached = [
        Measurement(
            id=f"r{i}", definition="reach_rate", subject=f"t{i}", value=value, n=600
        )
        for i, value in enumerate((0.9, 0.0))
    ]
    (drop,) = journey_map(shop(*reached, lost(2, 0.32, 540))).drops

    assert "Book" == drop.before
    assert 0 == drop.before_column


def test_numbers_of_too_few_people_are_not_there() -> None:
    """The workshop says of how many people a number may be told."""
    found = [lost(1, 0.5, 9), lost(2, 0.5, 10), lost(3, None, 0)]

    assert ["Fly"] == [one.name for one in journey_map(shop(*found, minimum=10)).drops]


def test_the_newest_number_is_told_and_none_of_other_people() -> None:
    """A later wave wins; a persona's own number stands on its own map alone."""
    found = [
        lost(1, 0.2, 300, day=date(2026, 2, 1)),
        lost(1, 0.9, 300, id="old", day=date(2025, 2, 1)),
        lost(2, 0.7, 40, persona="ann"),
    ]
    document = shop(*found)

    assert [("Pay", 0.2)] == [(a.name, a.value) for a in journey_map(document).drops]
    assert [("Fly", 0.7)] == [
        (a.name, a.value) for a in journey_map(document, persona="ann").drops
    ]


def test_the_card_of_the_touchpoint_says_who_leaves_before_it() -> None:
    """A mark with share, interval and count; few people are named so."""
    board = map_board(shop(lost(1, 0.32, 1540), lost(2, 0.32, 22), lost(3, 0.4, 3)))
    marks = [
        tuple(words.replace("\N{NO-BREAK SPACE}", " ") for words in card.marks)
        for zone in board.zones
        if zone.id.startswith("touchpoints/")
        for card in zone.cards
    ]

    assert [
        (),
        ("32 % leave before (28 to 36), n 1,540",),
        ("32 % leave before (28 to 36), n 22, few answers",),
        (),
    ] == marks


def test_a_share_without_an_interval_is_told_without_brackets() -> None:
    """A number that somebody typed may have none."""
    typed = lost(1, 0.32, 540, low=None, high=None)
    (drop,) = journey_map(shop(typed)).drops

    assert "32 % leave before, n 540" == leave_words(drop).replace(
        "\N{NO-BREAK SPACE}", " "
    )
