"""The report as PDF, read back by another program."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd
import pypdfium2
import pytest
from report_notebooks import HOSTILE, drawing, every_part, executed, pdf_texts

from journeykit.errors import InputError
from journeykit.report import parts
from journeykit.report.print_page import print_pdf
from journeykit.show.charts import Picture, Words
from journeykit.text import clean_text


def _letters(text: str) -> str:
    """Return what a text says, whatever breaks its lines and joins its letters."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if one.isalnum())


def test_every_part_is_printed() -> None:
    """Each part says its words; the numbers behind a picture stand at the end."""
    pages = pdf_texts(
        print_pdf(executed(*every_part("Search is hard"), "# More\n\nBy hand"))
    )
    text = _letters(" ".join(pages))

    assert _letters("In this report") in text
    assert _letters("39.8") in text
    assert _letters("The numbers behind the pictures") in text
    assert _letters("By hand") in text
    assert 18 <= text.count(_letters("Search is hard"))
    assert f"1 / {len(pages)}" in pages[0]


@pytest.mark.parametrize("said", HOSTILE)
def test_what_people_wrote_is_printed_as_they_wrote_it(said: str) -> None:
    """No text is markup of the printing program; none is lost."""
    text = _letters(" ".join(pdf_texts(print_pdf(executed(*every_part(said))))))
    # Signs of other scripts depend on the faces of the machine.
    words = re.findall(r"[A-Za-z0-9À-ÿ]+", clean_text(said).text)

    assert all(word in text for word in words)


def test_same_notebook_gives_the_same_bytes() -> None:
    """Nothing of the moment or the machine gets into the file."""
    notebook = executed(*every_part())

    assert print_pdf(notebook) == print_pdf(notebook)


def test_title_and_owner_are_properties_of_the_file() -> None:
    """What a file browser shows names the workshop."""
    band = parts.band("Booking", facts={"Owner": "Ann", "Organisation": "Resort"})
    with pypdfium2.PdfDocument(print_pdf(executed(band))) as document:
        found = document.get_metadata_dict()

    assert "Booking" == found["Title"]
    assert "Ann, Resort" == found["Author"]
    assert "" == found["CreationDate"]


@pytest.mark.parametrize(
    ("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))]
)
def test_paper_is_the_one_asked_for(paper: Any, size: tuple[int, int]) -> None:
    """A4 in most of the world, letter in America."""
    with pypdfium2.PdfDocument(print_pdf(executed(*every_part()), paper=paper)) as book:
        found = [round(side) for side in book[0].get_size()]

    assert list(size) == found


def test_paper_that_is_not_known_is_refused() -> None:
    """What would be taken is said."""
    paper: Any = "a3"

    with pytest.raises(InputError, match="a4 or us-letter"):
        print_pdf(executed(*every_part()), paper=paper)


def test_faces_are_embedded() -> None:
    """The page looks the same where the face is not installed."""
    pdf = print_pdf(executed(*every_part()))

    assert re.search(rb"SourceSans3", pdf)
    assert b"/FontFile" in pdf


def test_long_table_has_its_head_on_every_page() -> None:
    """A table of three pages says on each what its columns are, and loses no row."""
    rows = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(150)]})
    pages = pdf_texts(
        print_pdf(executed(parts.ranked_table(rows, {"name": "Touchpoint"})))
    )
    text = " ".join(pages)

    assert 3 <= len(pages)
    assert all("Touchpoint" in page for page in pages)
    assert all(f"Row{n:03}x" in text for n in range(150))


def test_wide_table_stays_on_the_page() -> None:
    """Twelve columns of long words: every cell is inside the paper's edges."""
    frame = pd.DataFrame(
        {f"c{n}": [f"Unbreakable{n}" * 4, "short words here"] for n in range(12)}
    )
    pdf = print_pdf(executed(parts.ranked_table(frame, {c: c for c in frame.columns})))
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        right = max(text.get_charbox(n)[2] for n in range(text.count_chars()))
        width = page.get_size()[0]

    assert right <= width


def test_sheets_of_a_large_picture_come_one_after_another() -> None:
    """What was cut for paper is printed sheet by sheet, not shrunk."""
    words = Words("Map", "", "", "")
    sheets = tuple(drawing(f"Sheet{n}") for n in range(3))
    picture = Picture(words, drawing("Whole"), None, pd.DataFrame(), sheets)
    text = " ".join(pdf_texts(print_pdf(executed(parts.figure(picture)))))

    assert all(f"Sheet{n}" in text for n in range(3))
    assert "Whole" not in text


def test_forged_picture_is_refused() -> None:
    """A picture with a script is not printed."""
    data = dict(every_part()[5].data)
    data["wide"] = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'

    with pytest.raises(InputError, match="shapes and text only"):
        print_pdf(executed(parts.Part("figure", data)))


def test_picture_that_is_no_part_is_printed() -> None:
    """A PNG, such as Matplotlib's, stands on the page."""
    png = (
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
        "AABJRU5ErkJggg=="
    )
    shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": png}}
    cell = {"cell_type": "code", "metadata": {}, "source": "", "outputs": [shown]}
    notebook = {**executed(), "cells": [cell]}

    with pypdfium2.PdfDocument(print_pdf(notebook)) as document:
        assert 1 == sum(1 for _ in document[0].get_objects([3]))
