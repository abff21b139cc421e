"""Stage templates: stages to begin with, as entries of a journey."""

from __future__ import annotations

from datetime import date

import pytest

from journeykit.errors import UnknownNameError
from journeykit.exchange.stage_templates import (
    STAGE_TEMPLATES,
    stage_template,
    stage_template_names,
)
from journeykit.exchange.starters import starter
from journeykit.model import Stage


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("awareness-consideration-purchase-post-purchase", 4),
        ("awareness-consideration-decision-post-purchase-loyalty", 5),
        ("own", 3),
    ],
)
def test_template_has_a_before_and_an_after(name: str, expected: int) -> None:
    """Each has stages before and after the purchase, in order, in plain words."""
    stages = stage_template(name, "j")

    assert name in stage_template_names()
    assert expected == len(stages)
    assert sorted(one.rank for one in stages) == [one.rank for one in stages]
    assert {"j"} == {one.journey for one in stages}
    assert stages[0].is_before_purchase
    assert stages[-1].is_after_purchase
    assert all(one.description for one in stages)
    assert STAGE_TEMPLATES[name].summary


def test_template_follows_what_is_there() -> None:
    """Ids that are taken and ranks that are used are left alone."""
    begin = starter("empty", date(2026, 1, 15)).document
    last = begin.of(Stage)[-1]
    stages = stage_template(
        "awareness_consideration_purchase_post_purchase",
        "journey-today",
        after=last.rank,
        taken=begin,
    )
    whole = begin.with_entries(stages)

    assert 8 == len(whole.of(Stage))
    assert tuple(one.id for one in stages) == tuple(
        one.id for one in whole.of(Stage)[4:]
    )
    assert "stage-awareness-2" == stages[0].id


def test_first_template_is_that_of_the_empty_starter() -> None:
    """Whoever begins empty and whoever takes the template see the same words."""
    begin = starter("empty", date(2026, 1, 15)).document
    stages = stage_template(stage_template_names()[0], "journey-today")

    assert [one.name for one in begin.of(Stage)] == [one.name for one in stages]


def test_unknown_template_is_refused() -> None:
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean 'own'"):
        stage_template("onw", "j")
