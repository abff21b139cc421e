"""Where texts break, without a font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journeykit.show.text_width import text_width, wrapped


@pytest.mark.parametrize(
    ("expected", "text", "width"),
    [
        ((), "", 90),
        (("one two", "three"), "one two three", 55),
        # one letter before the hyphen stays with the word
        (("Confirmation", "e-mail"), "Confirmation e-mail", 90),
        (("Check-", "in"), "Check-in", 50),
        # no less than three letters go on the next line
        (("board-", "ing"), "boarding", 50),
        (("日本語", "日本"), "日本語日本", 45),
    ],
)
def test_lines_break_where_people_would(expected, text, width):
    """At spaces, after long enough parts, between wide signs, else with a hyphen."""
    assert expected == wrapped(text, width, 12.8)


def test_the_last_line_allowed_ends_with_an_ellipsis():
    """What is cut is seen to be cut."""
    assert ("one two", "three…") == wrapped(
        "one two three, four", 58, 12.8, max_lines=2
    )
    assert ("one two",) == wrapped("one two", 58, 12.8, max_lines=1)


@pytest.mark.parametrize(
    ("wider", "text"), [("W", "i"), ("語", "a"), ("é", ""), ("mm", "ii"), ("Ж", "i")]
)
def test_wide_signs_are_wide(wider, text):
    """Accents add nothing, other scripts have their width."""
    assert text_width(wider, 10) > text_width(text, 10)
    assert text_width("é", 10) == text_width("e\N{COMBINING ACUTE ACCENT}", 10)


def test_bold_is_wider():
    """Heads are measured in bold."""
    assert text_width("trip", 10, is_bold=True) > text_width("trip", 10)


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    st.integers(20, 300),
)
def test_nothing_is_lost_and_no_line_is_too_wide(text, width):
    """Every sign that shows stands in some line, whatever the script."""
    lines = wrapped(text, width, 12.8)

    shown = "".join(lines).replace("-", "").replace(" ", "")
    given_signs = text.replace("-", "").replace(" ", "")
    assert "".join(shown.split()) == "".join(given_signs.split())
    assert all(text_width(line, 12.8) <= width or len(line) < 5 for line in lines)
