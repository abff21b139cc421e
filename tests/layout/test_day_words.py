"""Days are written as the team of a workshop writes them, on every machine."""

from __future__ import annotations

from datetime import date

import pytest

from journeykit.language import speaking
from journeykit.layout.catalogue import layout_named
from journeykit.layout.day_words import day_text
from journeykit.model import Action, Case, Document
from journeykit.model.fields import fields_of

DAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "26 Nov 2026"),
        ("de", "26.11.2026"),
        ("fr", "26 nov. 2026"),
        ("pt", "26 de nov. de 2026"),
        ("pt-BR", "26 de nov. de 2026"),
        ("fi", "26.11.2026"),
        ("cs", "26. 11. 2026"),
        ("uk", "26 лист. 2026\u202fр."),
        ("he", "26 בנוב׳ 2026"),
        ("zh", "2026年11月26日"),
        ("ko", "2026. 11. 26."),
        ("xx", "26 Nov 2026"),
    ],
)
def test_a_day_is_written_as_the_language_has_it(language: str, expected: str) -> None:
    """The medium form of the Unicode CLDR; English where nobody knows."""
    assert expected == day_text(DAY, language)


def test_every_language_of_a_workshop_has_its_form() -> None:
    """A language that can be chosen is one that days are written in, all year round."""
    offered = next(one for one in fields_of("case") if one.name == "language").choices
    days = [date(2026, month, 1) for month in range(1, 13)]

    for language, _ in offered:
        assert 12 == len({day_text(day, language) for day in days})
    assert "" == day_text(None)


def test_a_report_writes_days_in_its_own_language() -> None:
    """The language that was chosen goes before that of the workshop."""
    with speaking("fr"):
        assert "26 nov. 2026" == day_text(DAY, "de")
    with speaking("en"):
        assert "26 Nov 2026" == day_text(DAY, "de")

    assert "26.11.2026" == day_text(DAY, "de")


def test_cards_follow_the_language_of_the_workshop() -> None:
    """What is due says so in the form that the team reads."""
    action = Action(id="a", text="Signs", due=DAY)
    case = Case(id="case", title="Ein Besuch", language="de")
    layout = layout_named(Document([case, action]), "action_board")
    (card,) = [card for zone in layout.zones for card in zone.cards]

    assert "due 26.11.2026" == card.detail
