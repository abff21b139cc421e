"""The journey map on slides: a curve that can be edited, then stage by stage."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pptx import Presentation
from report_notebooks import executed
from sample_entries import airport

from journeykit.model import Document, Journey, LaneNote, Stage, Touchpoint
from journeykit.report.map_page import map_figure
from journeykit.report.slide_letters import n_lines
from journeykit.report.slide_map import stage_tables
from journeykit.report.slide_tables import fitted_table
from journeykit.report.slides import slides
from journeykit.show.paper import fair_pages


def _deck(document: Document) -> Any:
    return Presentation(io.BytesIO(slides(executed(map_figure(document)))))


def _tables(deck: Any) -> list[Any]:
    return [s.table for slide in deck.slides for s in slide.shapes if s.has_table]


def _long(n_touchpoints: int) -> Document:
    touchpoints = [
        Touchpoint(
            id=f"t{n}",
            stage="s",
            name=f"Place {n}",
            emotion=n % 5 - 2,
            rank=f"a{n:03}1",
        )
        for n in range(n_touchpoints)
    ]
    notes = [
        LaneNote(
            id=f"n{n}",
            lane="thought",
            touchpoint=f"t{n}",
            text="A long sentence about what goes through the head here " * 2,
        )
        for n in range(n_touchpoints)
    ]
    stage = Stage(id="s", journey="j", name="On the way")
    return Document([Journey(id="j", name="Trip"), stage, *touchpoints, *notes])


def test_the_curve_is_a_chart_with_its_numbers() -> None:
    """Felt and measured stand in a chart of the program's own, nothing as a picture."""
    deck = _deck(_long(3))
    charts = [s.chart for slide in deck.slides for s in slide.shapes if s.has_chart]
    pictures = [s for slide in deck.slides for s in slide.shapes if s.shape_type == 13]

    assert [] == pictures
    assert ["Place 0", "Place 1", "Place 2"] == list(charts[0].plots[0].categories)
    assert (-2.0, -1.0, 0.0) == charts[0].plots[0].series[0].values


@pytest.mark.parametrize("n", [1, 6, 40])
def test_every_touchpoint_stands_on_a_slide_of_its_stage(n: int) -> None:
    """However long a stage is, no touchpoint is lost and at most five share a slide."""
    tables = _tables(_deck(_long(n)))
    heads = [cell.text for table in tables for cell in list(table.rows[0].cells)[1:]]

    assert {f"Place {place}" for place in range(n)} == {
        head.split("\n")[0] for head in heads
    }
    assert max(len(table.columns) for table in tables) <= 6


def test_tables_end_above_the_foot_of_the_slide() -> None:
    """Rows go on, with their heads repeated, on the next slide."""
    deck = _deck(_long(12))
    bottoms = [
        shape.top + sum(row.height for row in shape.table.rows)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table
    ]

    assert max(bottoms) <= 6.6 * 914_400


def test_type_is_never_smaller_than_eleven_points() -> None:
    """A map on slides can be read from the back of a room."""
    sizes = [
        run.font.size.pt
        for table in _tables(_deck(_long(7)))
        for row in table.rows
        for cell in row.cells
        for line in cell.text_frame.paragraphs
        for run in line.runs
        if run.font.size
    ] + [
        line.font.size.pt
        for table in _tables(_deck(_long(7)))
        for row in table.rows
        for cell in row.cells
        for line in cell.text_frame.paragraphs
        if line.font.size
    ]

    assert 11 <= min(sizes)


def test_a_map_without_touchpoints_and_an_empty_one_are_still_slides() -> None:
    """Stages without touchpoints share a slide; no stage at all shows the hint."""
    stages = [Stage(id=one, journey="j", name=one.upper()) for one in "ab"]
    deck = _deck(Document([Journey(id="j", name="Trip"), *stages]))
    said = [shape.text_frame.text for shape in deck.slides[0].shapes]

    assert 1 == len(deck.slides)
    assert "No touchpoint yet" == said[0]
    assert "1 A\n2 B" in said
    assert 1 == len(_deck(Document([])).slides)


def test_the_whole_airport_fits() -> None:
    """A real journey with personas and lanes makes slides without an error."""
    assert 1 < len(_deck(airport()).slides)


def test_words_of_a_table_stay_whole_where_there_is_room() -> None:
    """A short column is as wide as its longest word."""
    rows = [["Communication", "x" * 20 + " " + "word " * 60]] * 3
    found = fitted_table({"labels": ["Type", "What"], "rows": rows}, (12.0, 5.0))

    assert 1.2 < found.widths[0]
    assert 12.0 == pytest.approx(sum(found.widths))


def test_pages_hold_all_rows_once_in_order() -> None:
    """A row that is taller than a page stands alone on its own."""
    pages = list(fair_pages([1.0, 9.0, 1.0, 1.0], 4.0))

    assert [0, 1, 2, 3] == [row for page in pages for row in page]
    assert range(1, 2) in pages


def test_long_word_of_a_lane_head_is_not_broken() -> None:
    """German has longer words for lanes: their column is wider, the type smaller."""
    lane = {"lane": "support_processes", "label": "Unterstützungsprozesse"}
    column = {"name": "Gate", "channel": "", "is_moment_of_truth": False, "felt": 0}
    sheet = {"title": "Trip", "stage": "1 Gate", "pains": "", "people": []}
    notes = {"stage": [], "notes": [["Cleaning"]]}
    (table,) = stage_tables(
        [{**sheet, "columns": [column], "lanes": [{**lane, **notes}]}], 12.0, 5.0
    )

    assert 2.0 < table.label_in < 3.0
    assert 1 == n_lines(lane["label"], table.label_in / 1.15, table.size)
