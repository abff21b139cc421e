"""The report as Markdown, read back by a program that allows everything."""

from __future__ import annotations

import html
import re

import mistune
import pytest
from report_notebooks import HOSTILE, every_part, executed

from journeykit.report import parts
from journeykit.report.markdown_page import markdown_page
from journeykit.text import clean_text

PLUGINS = ["table", "url", "strikethrough", "footnotes", "math", "task_lists"]


def _read(text: str) -> str:
    """Return what a reader without any guard makes of it."""
    made = mistune.create_markdown(escape=False, plugins=PLUGINS)(text)
    assert isinstance(made, str)
    return made


def _words(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_every_part_is_written() -> None:
    """Headings, tables and pictures stand as Markdown has them."""
    text, files = markdown_page(executed(*every_part("Search is hard")))

    assert text.startswith("# Search is hard\n")
    assert "2. **39.8** Search is hard" in text
    assert "| Touchpoint | Share | n | Is open | Due |" in text
    assert "![What it shows](pictures/picture-1.svg)" in text
    assert ["picture-1.svg"] == list(files)


@pytest.mark.parametrize("said", HOSTILE)
def test_what_people_wrote_stays_text(said: str) -> None:
    """Read without any guard, no text is a link, a picture, a tag or a formula."""
    text, _ = markdown_page(executed(*every_part(said), said))
    made = _read(text)
    pictures = made.count("<img")

    assert 1 == pictures
    assert "<a " not in made
    assert "<script" not in made
    assert "<code" not in made
    assert "math" not in re.sub(r"<[^>]*alt=[^>]*>", "", made)
    assert "<em>" not in made


@pytest.mark.parametrize("said", [one for one in HOSTILE if "\n" not in one])
def test_what_people_wrote_is_whole(said: str) -> None:
    """A reader shows the very words."""
    text, _ = markdown_page(executed(parts.section("Heading", said)))
    shown = html.unescape(re.sub(r"</?(?:h2|p)>", "", _read(text)))

    assert _words(f"Heading {clean_text(said).text}") == _words(clean_text(shown).text)


def test_text_of_several_lines_makes_no_heading() -> None:
    """A line that begins like a heading or a rule stays in its sentence."""
    text, _ = markdown_page(executed(parts.section("A", "one\n# two\n---\n- three")))

    assert "one # two --- - three" in text


def test_page_says_which_report_it_is() -> None:
    """Many reports have the title of one workshop."""
    text, _ = markdown_page(executed(parts.band("Booking", kind="Stage in depth")))

    assert text.startswith("# Booking\n\n**Stage in depth**\n")


def test_picture_has_words_of_its_own() -> None:
    """They say what is drawn, not the heading again, and stay short above a table."""
    (figure,) = [one for one in every_part("Search") if one.name == "figure"]
    said = "Dots with intervals, weakest first. " * 20
    drawn = figure.data["wide"].replace("What it shows", said)
    text, _ = markdown_page(
        executed(parts.Part("figure", {**figure.data, "wide": drawn}))
    )
    (alt,) = re.findall(r"!\[(.*)\]", text)

    assert alt.startswith("Dots with intervals, weakest first. Dots")
    assert alt.endswith("…")
    assert 301 >= len(alt)
