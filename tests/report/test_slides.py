"""The report as slides, read back by another program."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from chart_cases import CHART_OPTIONS
from pptx import Presentation
from report_notebooks import HOSTILE, every_part, executed

from journeykit.errors import InputError
from journeykit.report import parts
from journeykit.report.slides import slides
from journeykit.show.charts import picture


def _opened(*shown: parts.Part, master: Path | None = None) -> Any:
    return Presentation(io.BytesIO(slides(executed(*shown), master=master)))


def _words(deck: Any) -> str:
    texts = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                texts.append(shape.text_frame.text)
            if shape.has_table:
                texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return " ".join(texts)


def _bar() -> parts.Part:
    return parts.figure(picture("promoter_bar", promoters=5, passives=3, detractors=2))


def _scores(values: tuple[float, float] = (0.5, 0.8)) -> parts.Part:
    table = pd.DataFrame(
        {
            "touchpoint": ["Search", "Book"],
            "name": ["Search", "Book"],
            "value": values,
            "low": [one - 0.1 for one in values],
            "high": [one + 0.1 for one in values],
            "n": [90, 95],
            "reliability": ["enough", "enough"],
        }
    )
    options = {"definition": "customer_satisfaction_score", "minimum": 5}
    return parts.figure(picture("scores_by_touchpoint", scores=table, **options))


def test_every_part_is_one_idea_with_a_title() -> None:
    """Each slide says its finding at the top, and the words are all there."""
    deck = _opened(*every_part("Search is hard"))

    assert 9 <= len(deck.slides)
    assert all(slide.shapes.title.text.strip() for slide in deck.slides)
    assert "39.8" in _words(deck)
    assert "Search is hard" == deck.slides[0].shapes.title.text


def test_what_is_missing_is_said_on_one_slide() -> None:
    """Sentences in place of pictures stand together, each with what it is about."""
    deck = _opened(
        parts.section("Would they recommend it?"),
        parts.sentence("That was not measured."),
        parts.section("What hurts", "Ranked by severity."),
        parts.sentence("No pain point yet."),
        parts.credits(["Made by hand."]),
    )
    missing, last = deck.slides

    assert "Where there is nothing to show" == missing.shapes.title.text
    assert [
        "Would they recommend it? That was not measured.",
        "What hurts: No pain point yet.",
    ] == missing.shapes[-1].text_frame.text.split("\n")
    assert "Made by hand." in last.shapes[-1].text_frame.text


def test_charts_can_be_edited() -> None:
    """A chart is the program's own, with its numbers in a sheet behind it."""
    deck = _opened(_bar(), _scores())
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    values = [list(series.values) for series in charts[0].plots[0].series]

    assert 2 == len(charts)
    assert [[0.5], [0.3], [0.2]] == values
    assert ["Book", "Search"] == list(charts[1].plots[0].categories)


def test_the_curve_of_one_group_can_be_edited() -> None:
    """What is felt and measured are two lines; of several groups it is a picture."""
    drawn = picture("emotion_curve", **CHART_OPTIONS["emotion_curve"])
    alone = replace(drawn, twin=drawn.twin.drop(columns="who"))
    slides = [_opened(parts.figure(one)).slides[-1] for one in (alone, drawn)]
    (chart,) = [one.chart for one in slides[0].shapes if one.has_chart]

    assert ["Felt", "Measured"] == [one.name for one in chart.plots[0].series]
    assert "Shaded" not in _words(_opened(parts.figure(alone)))
    assert "Shaded" in _words(_opened(parts.figure(drawn)))
    assert (-2.0, 2.0) == (
        chart.value_axis.minimum_scale,
        chart.value_axis.maximum_scale,
    )
    assert not any(one.has_chart for one in slides[1].shapes)


def test_intervals_are_drawn_on_editable_charts() -> None:
    """The bars carry the ends of their intervals."""
    deck = _opened(_scores())
    with zipfile.ZipFile(io.BytesIO(slides(executed(_scores())))) as package:
        name = next(one for one in package.namelist() if "charts/chart" in one)
        xml = package.read(name).decode()

    assert 1 == len(deck.slides)
    assert 1 == xml.count("<c:errBars")
    assert 2 == xml.count('<c:v>0.100000</c:v></c:pt><c:pt idx="1"><c:v>0.100000</c:v>')


def test_picture_without_an_editable_twin_is_a_picture() -> None:
    """A map stands there as it is drawn."""
    kinds = [
        shape.shape_type
        for slide in _opened(every_part()[5]).slides
        for shape in slide.shapes
    ]

    assert 1 == len([kind for kind in kinds if kind == 13])


def test_picture_says_in_words_what_it_shows() -> None:
    """Who does not see it hears its description, not the name of a file."""
    (figure,) = (one for one in every_part() if one.name == "figure")
    shapes = [shape for slide in _opened(figure).slides for shape in slide.shapes]
    said = [one._element._nvXxPr.cNvPr.get("descr") for one in shapes]

    assert "What it shows" in said
    assert "image.png" not in said


@pytest.mark.parametrize("said", HOSTILE)
def test_what_people_wrote_is_text(said: str) -> None:
    """No text becomes a link, a field or an address outside the file."""
    raw = slides(executed(*every_part(said)))
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        rels = b"".join(
            package.read(name) for name in package.namelist() if name.endswith(".rels")
        )
    first = re.findall(r"[A-Za-z0-9]+", said)

    assert b'TargetMode="External"' not in rels
    assert not first or first[0][:100] in _words(Presentation(io.BytesIO(raw)))


def test_long_table_is_cut_into_slides_with_heads() -> None:
    """No row is lost, no slide is left, and each says what its columns are."""
    rows = pd.DataFrame({"name": [f"Row{n:03}x" for n in range(80)]})
    deck = _opened(parts.ranked_table(rows, {"name": "Touchpoint"}, title="Many"))
    tables = [s.table for slide in deck.slides for s in slide.shapes if s.has_table]

    assert 3 <= len(tables)
    assert all("Touchpoint" == table.cell(0, 1).text for table in tables)
    assert ["1", "2"] == [tables[0].cell(place, 0).text for place in (1, 2)]
    assert all(f"Row{n:03}x" in _words(deck) for n in range(80))


def test_nothing_leaves_the_slide() -> None:
    """Every shape lies inside its slide."""
    deck = _opened(*every_part("A long sentence that says much about Search. " * 3))

    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_same_notebook_gives_the_same_bytes() -> None:
    """Charts carry sheets with times of their own: they are taken out."""
    notebook = executed(*every_part(), _bar())

    assert slides(notebook) == slides(notebook)


def test_properties_name_the_workshop() -> None:
    """Not the library that wrote it."""
    band = parts.band("Booking", facts={"Owner": "Ann"})
    found = _opened(band).core_properties

    assert ("Booking", "Ann", "") == (found.title, found.author, found.last_modified_by)


def test_company_has_a_master_of_its_own(tmp_path: Path) -> None:
    """Its size and layouts are used, its example slides are not."""
    company = Presentation()
    company.slides.add_slide(company.slide_layouts[0]).shapes.title.text = "Example"
    path = tmp_path / "company.pptx"
    company.save(str(path))
    deck = _opened(*every_part("Search is hard"), master=path)

    assert company.slide_width == deck.slide_width
    assert "Example" not in _words(deck)
    assert "Title Only" == deck.slides[1].slide_layout.name


def test_long_title_is_small_enough_on_a_company_s_master(tmp_path: Path) -> None:
    """It does not run into what stands below it; a short one keeps its own size."""
    path = tmp_path / "company.pptx"
    Presentation().save(str(path))
    long = "Have something to eat and look around the shops are lowest, both at 56 %"
    ideas = [parts.sentences(["So."], heading=one) for one in (long, "Plan")]
    deck = _opened(*ideas, master=path)
    sizes = [
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size
        for slide in deck.slides
    ]

    assert [24, None] == [size and size.pt for size in sizes]


def test_master_that_is_none_is_refused(tmp_path: Path) -> None:
    """What was expected is said."""
    path = tmp_path / "company.pptx"
    path.write_text("no presentation")

    with pytest.raises(InputError, match="a presentation was expected"):
        _opened(*every_part(), master=path)


def test_first_slide_says_which_report_it_is() -> None:
    """A deck that is passed on says what it is above its title."""
    deck = _opened(parts.band("Search", kind="Persona report"))

    assert "Persona report" in _words(deck)


def test_bars_begin_at_zero() -> None:
    """No program chooses another beginning, which would blow up a difference."""
    (chart,) = (s.chart for s in _opened(_scores()).slides[0].shapes if s.has_chart)

    assert 0.0 == chart.value_axis.minimum_scale
    assert 0.9 < chart.value_axis.maximum_scale


def test_what_may_be_chance_is_grey() -> None:
    """A bar whose interval overlaps that of the lowest has a colour of its own."""
    close = _scores((0.5, 0.52))
    (chart,) = (s.chart for s in _opened(close).slides[0].shapes if s.has_chart)
    grey = chart._chartSpace.findall(".//{*}dPt")

    assert 1 == len(grey)


def test_short_table_is_set_large() -> None:
    """Few rows take the room that they have; no word is cut at eleven points."""
    rows = pd.DataFrame({"name": ["Search", "Book"]})
    deck = _opened(parts.ranked_table(rows, {"name": "Touchpoint"}, title="Two"))
    (table,) = (s.table for s in deck.slides[0].shapes if s.has_table)

    assert 14 <= table.cell(1, 0).text_frame.paragraphs[0].runs[0].font.size.pt


def _two_rows(title: str) -> parts.Part:
    rows = pd.DataFrame({"name": ["Search", "Book"]})
    return parts.ranked_table(rows, {"name": "Touchpoint"}, title=title, source="Ours")


def test_small_tables_of_a_section_share_a_slide() -> None:
    """Each keeps its finding; the section's heading is above them, none is cut off."""
    three = [_two_rows(title) for title in ("One", "Two", "Three")]
    deck = _opened(parts.section("Planning"), *three, parts.section("Next"))
    (slide,) = deck.slides
    tables = [shape for shape in slide.shapes if shape.has_table]

    assert "Planning" == slide.shapes.title.text
    assert 3 == len(tables)
    assert all(one in _words(deck) for one in ("One", "Two", "Three", "Ours"))
    assert all(one.top + one.height <= deck.slide_height for one in tables)
    assert all(a.top + a.height < b.top for a, b in pairwise(tables))


def test_large_table_has_a_slide_of_its_own() -> None:
    """Its finding is the title; small ones before and after it do not move past it."""
    rows = pd.DataFrame({"name": [f"Row {n}" for n in range(9)]})
    large = parts.ranked_table(rows, {"name": "Touchpoint"}, title="Large")
    deck = _opened(parts.section("Plan"), _two_rows("One"), large, _two_rows("Two"))

    assert ["One", "Large", "Two"] == [one.shapes.title.text for one in deck.slides]


def test_slides_of_one_table_say_which_of_them_they_are() -> None:
    """Two slides of one title can be told apart."""
    rows = pd.DataFrame({"name": [f"Row {n}" for n in range(40)]})
    deck = _opened(parts.ranked_table(rows, {"name": "Touchpoint"}, title="Many"))
    said = _words(deck).replace("\N{NO-BREAK SPACE}", " ")

    assert f"1 of {len(deck.slides)}" in said
    assert f"{len(deck.slides)} of {len(deck.slides)}" in said


def test_nothing_left_out_is_said() -> None:
    """An empty table would look like a mistake."""
    assert "Nothing was left out." in _words(_opened(parts.left_out([])))


def _table(rows: dict[str, list[Any]], labels: dict[str, str]) -> Any:
    table = pd.DataFrame(rows)
    part = parts.ranked_table(table, labels, title="Plan", is_ranked=False)
    return next(s.table for s in _opened(part).slides[0].shapes if s.has_table)


def test_table_without_labels_has_no_empty_head() -> None:
    """A gap above the first row would look as if something were missing."""
    rows = {"what": ["Say", "Do"], "words": ["Welcome", "Ask"]}

    assert "Say" == _table(rows, {"what": "", "words": ""}).cell(0, 0).text


def test_day_stays_on_one_line_beside_long_texts() -> None:
    """A column of short texts is wide enough for them where others have room."""
    long = "Train booth hosts and gate agents to guide those who connect. " * 3
    rows = {"action": [long], "due": ["26 Nov 2026"], "effect": [long]}
    table = _table(rows, {"action": "Action", "due": "Due", "effect": "Effect"})
    size = table.cell(1, 1).text_frame.paragraphs[0].runs[0].font.size.pt

    assert table.columns[1].width > 6.5 * size * 12_700


def test_number_and_its_sign_stay_together() -> None:
    """No line begins with the sign of percent."""
    deck = _opened(parts.sentences(["Satisfied: 71\N{NO-BREAK SPACE}%"], heading="So"))

    assert "71\N{NO-BREAK SPACE}%" in _words(deck)
