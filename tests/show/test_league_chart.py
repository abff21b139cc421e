"""Many workshops by one score: possible places, chance in grey, a long league."""

from __future__ import annotations

import pytest
from chart_cases import CSAT, league_of, n_embedded, written

from journeykit.errors import InputError
from journeykit.show.league_chart import league_data, league_spec, places_text


def hotels(n: int) -> list[tuple[str, int, int]]:
    """Return so many hotels, each a little worse than the one before."""
    return [(f"Hotel {i}", 190 - i, 200) for i in range(n)]


def test_title_says_the_ends_and_who_stands_apart() -> None:
    """Lowest and highest with their names, and how many are told from the others."""
    table = league_of(("Bern", 90, 100), ("Ghent", 50, 100), ("Porto", 72, 100))
    words = written(league_spec(table, definition=CSAT))

    assert (
        "CSAT from 50 % (Ghent) to 90 % (Bern); 2 of 3 stand apart from the others"
        == words["title"]
    )
    assert "Grey: may be chance" in words["source"]
    assert "Porto: 72 % (63 to 80), n 100, place 2 to 2" not in words["alt"]


def test_league_of_equals_claims_nothing() -> None:
    """Where nobody stands apart the title says so and names no winner."""
    table = league_of(*((f"Hotel {i}", 50, 100) for i in range(4)))
    words = written(league_spec(table, definition=CSAT))

    assert (
        "None of the 4 workshops can be told from the others together" == words["title"]
    )


def test_long_league_is_drawn_by_its_ends_and_kept_whole_in_its_twin() -> None:
    """Of sixty rows twenty-four are drawn, and the words say how many are not."""
    table = league_of(*hotels(60))
    spec = league_spec(table, definition=CSAT)
    words = written(spec)
    drawn = [
        row["t"]
        for part in spec["layer"]
        for row in part["data"]["values"]
        if str(row.get("t", "")).startswith("Hotel")
    ]

    assert 60 == len(league_data(table, definition=CSAT))
    assert 24 == len(drawn)
    assert {"Hotel 0", "Hotel 59"} <= set(drawn)
    assert "36 workshops between both ends stand in the table only." in words["source"]


def test_a_thousand_workshops_are_no_larger_a_picture_than_forty() -> None:
    """What is drawn does not grow with the league."""
    forty = league_spec(league_of(*hotels(40)), definition=CSAT)
    many = league_spec(league_of(*hotels(180)), definition=CSAT)

    assert abs(n_embedded(forty) - n_embedded(many)) <= 8


def test_one_workshop_and_none_have_their_words() -> None:
    """A league of one claims no place; an empty one says what is missing."""
    one = written(league_spec(league_of(("Bern", 90, 100)), definition=CSAT))
    none = written(league_spec(league_of(("a", 1, 9)).head(0), definition=CSAT))

    assert "Bern: CSAT 90 % (83 to 94)" == one["title"]
    assert "CSAT was measured in no workshop" == none["title"]


def test_places_are_written_with_their_ends() -> None:
    """One possible place is one number."""
    assert ("3", "2 to 41") == (places_text(3, 3), places_text(2, 41))


def test_unknown_measure_is_refused() -> None:
    """A name that is no measure is named."""
    with pytest.raises(InputError, match="no measure"):
        league_data(league_of(("a", 1, 9)), definition="mood")
