"""Text from people is cleaned once, at the door, and what was done is said."""

from __future__ import annotations

import sys
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.errors import InputError
from journeykit.text import MAX_TEXT, Cleaned, clean_fields, clean_text

# All that Unicode has: hypothesis leaves surrogates out unless they are asked for.
ANY_TEXT = st.text(st.characters(exclude_categories=[]) | st.sampled_from("\r\n\x0b"))


def test_exactly_what_breaks_things_is_removed() -> None:
    """Control characters but tab and newline, lone surrogates, two noncharacters."""
    removed = {
        code for code in range(sys.maxunicode + 1) if clean_text(chr(code)).n_removed
    }
    control = {
        code
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Cc"
    }

    assert (
        control - set(b"\t\n\r") | {*range(0xD800, 0xE000), 0xFFFE, 0xFFFF} == removed
    )


@pytest.mark.parametrize(
    ("text", "clean", "n_removed"),
    [
        ("Queue\x0bat the gate", "Queueat the gate", 1),
        ("a\r\nb\rc\nd\te", "a\nb\nc\nd\te", 0),  # line ends are no loss
        ("\r\r\n\n", "\n\n\n", 0),
        ("\x00" * 31, "", 31),
        ("\ud83d\ude00", "", 2),  # two halves that were not joined are two lone ones
        ("\U0001f600 \u00e9 e\u0301 \u200d\u202e\u2028\ufeff", None, 0),
        ("\x85\x9f\x7f", "", 3),
        ("", "", 0),
    ],
)
def test_text_is_cleaned_and_counted(
    text: str, clean: str | None, n_removed: int
) -> None:
    """The rest stays as its owner wrote it: nothing is normalised."""
    expected = text if clean is None else clean

    assert Cleaned(expected, n_removed, 0) == clean_text(text)


def test_text_that_is_too_long_is_refused_or_cut() -> None:
    """Refused with both numbers, or cut and counted; what is removed does not count."""
    long = "x" * 1_000_000

    assert Cleaned("x" * MAX_TEXT, 0, 980_000) == clean_text(long, is_cut=True)
    assert Cleaned("x" * 9, 5, 0) == clean_text("x" * 9 + "\x00" * 5, max_length=9)
    with pytest.raises(InputError, match=r"at most 20,000 .* this one has 1,000,000"):
        clean_text(long)
    with pytest.raises(InputError, match=r"at most 9 characters .* this one has 10"):
        clean_text("x" * 10, max_length=9)


@pytest.mark.parametrize(
    ("cleaned", "said"),
    [
        (Cleaned("", 0, 0), ""),
        (Cleaned("", 1, 0), "1 control sign removed"),
        (Cleaned("", 2, 0), "2 control signs removed"),
        (Cleaned("", 0, 1), "1 character cut off at the end"),
        (
            Cleaned("", 2, 1_200),
            "2 control signs removed, 1,200 characters cut off at the end",
        ),
    ],
)
def test_what_was_done_is_said(cleaned: Cleaned, said: str) -> None:
    """In words that go under the field or into the quality report."""
    assert said == cleaned.said


def test_fields_are_cleaned_and_each_is_named() -> None:
    """A form or a row of a table is cleaned at once; numbers and such stay."""
    fields = {"name": "A\x00nn", "goals": ["a", "\x0bb\x0b"], "n": 3, "day": None}

    clean, said = clean_fields(fields)

    assert {"name": "Ann", "goals": ("a", "b"), "n": 3, "day": None} == clean
    assert "name: 1 control sign removed; goals: 2 control signs removed" == said
    assert ({"name": "Ann"}, "") == clean_fields({"name": "Ann"})


@given(ANY_TEXT)
def test_clean_text_can_go_anywhere(text: str) -> None:
    """Clean text stays clean, is UTF-8, and passes through XML unharmed."""
    clean = clean_text(text).text

    assert Cleaned(clean, 0, 0) == clean_text(clean)
    assert clean == clean.encode().decode()
    assert clean == (ElementTree.fromstring(f"<a>{escape(clean)}</a>").text or "")


@given(ANY_TEXT)
def test_counts_tell_the_whole_difference(text: str) -> None:
    """What is not kept was removed or was half of a line end."""
    cleaned = clean_text(text)

    lines = text.replace("\r\n", "\n")
    assert len(lines) == len(cleaned.text) + cleaned.n_removed
