"""Prompts: what a team is reminded of."""

from __future__ import annotations

from journeykit.model.prompts import (
    OBSTACLES,
    PAIN_EXAMPLES,
    SUBTLE_TOUCHPOINTS,
    subtle_touchpoints,
)
from journeykit.vocabulary import CHANNELS, PAIN_CATEGORIES


def test_every_channel_of_the_catalogue_has_prompts() -> None:
    """The checklist names at least five touchpoints that maps forget for each."""
    assert set(CHANNELS) == set(SUBTLE_TOUCHPOINTS)
    assert all(5 <= len(prompts) for prompts in SUBTLE_TOUCHPOINTS.values())
    assert all(
        len(prompts) == len(set(prompts)) for prompts in SUBTLE_TOUCHPOINTS.values()
    )


def test_those_that_are_forgotten_most_are_there() -> None:
    """Entrance, displays, checkout and parking; home, product, cart and contact."""
    store = " ".join(subtle_touchpoints("physical_store")).lower()
    site = " ".join(subtle_touchpoints("website")).lower()

    for word in ("entrance", "displays", "checkout", "parking", "queue", "toilets"):
        assert word in store
    for word in ("home page", "product page", "cart", "contact form", "404", "search"):
        assert word in site


def test_channel_of_ones_own_has_no_prompts() -> None:
    """A workshop may have channels that the catalogue does not know."""
    assert () == subtle_touchpoints("")


def test_every_obstacle_asks_and_helps() -> None:
    """Each of the common obstacles has a question to the team and a way on."""
    keys = [one.key for one in OBSTACLES]

    assert {"weak_knowledge", "unaligned_stakeholders", "poor_data"} <= set(keys)
    assert len(keys) == len(set(keys))
    assert all(one.prompt.endswith("?") for one in OBSTACLES)
    assert all(one.mend.endswith(".") for one in OBSTACLES)


def test_every_category_of_pain_points_has_examples() -> None:
    """What it may sound like, from the customer's side."""
    assert set(PAIN_CATEGORIES) == set(PAIN_EXAMPLES)
    assert all(PAIN_EXAMPLES.values())
