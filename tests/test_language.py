"""The fixed words of every surface in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from journeykit.errors import UnknownNameError
from journeykit.language import (
    LANGUAGES,
    NBSP,
    commas,
    current_language,
    day,
    decimals,
    month,
    say,
    say_count,
    semicolons,
    speak,
    speaking,
)


@pytest.mark.parametrize(
    ("language", "number", "when", "in_month"),
    [
        ("en", "-1,234.5", "9 Mar 2026", "March 2026"),
        ("de", "-1.234,5", "09.03.2026", "März 2026"),
        ("fr", "-1\u202f234,5", "9 mars 2026", "mars 2026"),
        ("es", "-1.234,5", "9 mar 2026", "marzo de 2026"),
        ("zh", "-1,234.5", "2026年3月9日", "2026年3月"),
    ],
)
def test_numbers_and_dates_are_written_as_the_language_does(
    language: str, number: str, when: str, in_month: str
) -> None:
    """Signs of thousands and decimals, the order of a date, the name of a month."""
    with speaking(language):
        assert number == decimals(-1234.5, 1)
        assert when == day(date(2026, 3, 9)).replace(NBSP, " ")
        assert in_month == month(date(2026, 3, 9))


@pytest.mark.parametrize(
    ("language", "by_comma", "by_semicolon"),
    [
        ("en", "a, b", "a; b"),
        ("de", "a, b", "a; b"),
        ("fr", "a, b", "a_; b"),
        ("es", "a, b", "a; b"),
        ("zh", "a、b", "a；b"),
    ],
)
def test_texts_are_parted_as_the_language_does(
    language: str, by_comma: str, by_semicolon: str
) -> None:
    """No Latin comma between Chinese words, no French semicolon at a word's end."""
    with speaking(language):
        assert by_comma == commas(["a", "b"])
        assert by_semicolon == semicolons(["a", "b"]).replace(NBSP, "_")
        assert "" == commas([])


def test_every_language_has_its_words() -> None:
    """A catalogue stands there for each; the one before is spoken again afterwards."""
    for language in LANGUAGES:
        with speaking(language):
            assert language == current_language()
            assert "" == say("")

    assert "en" == current_language()


def test_what_people_typed_is_not_looked_into() -> None:
    """Braces in a gap stay; a text without gaps may hold braces."""
    assert "a {0} {x}" == say("{name}", name="a {0} {x}")
    assert "{ }" == say("{ }")
    assert "1 of {n}" == say_count("{n} of {all}", "", 1, all="{n}")


def test_unknown_language_is_refused() -> None:
    """The nearest is offered, and the language stays as it was."""
    with pytest.raises(UnknownNameError, match="no language 'frr'"):
        speak("frr")

    assert "en" == current_language()
