"""Parts of a page: data through the notebook, every text escaped at the end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from markupsafe import Markup
from report_notebooks import executed

from journeykit.errors import InputError, UnknownNameError
from journeykit.report import parts
from journeykit.report.part import PART_TYPE, Part, render
from journeykit.report.shown import shown_in
from journeykit.show.charts import Picture, Words, picture

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'"
TABLE = pd.DataFrame({EVIL: [EVIL], "score": [20]})
DRAWN = Markup('<svg xmlns="http://www.w3.org/2000/svg"><text>A</text></svg>')


def _evil_figure() -> Part:
    words = Words(EVIL, EVIL, EVIL, EVIL)
    return parts.figure(Picture(words, DRAWN, None, TABLE))


MAKERS: dict[str, Callable[[], Part]] = {
    "band": lambda: parts.band(EVIL, kind=EVIL, scope=EVIL, facts={EVIL: EVIL}),
    "section": lambda: parts.section(EVIL, EVIL),
    "found": lambda: parts.found([EVIL, (EVIL, EVIL)], heading=EVIL),
    "sentences": lambda: parts.sentences([EVIL], heading=EVIL),
    "evidence": lambda: parts.evidence(
        assumed=1, observed=1, measured=1, without_data=[EVIL], heading=EVIL
    ),
    "figure": _evil_figure,
    "ranked_table": lambda: parts.ranked_table(
        TABLE, {EVIL: EVIL, "score": EVIL}, title=EVIL, subtitle=EVIL, source=EVIL
    ),
    "definitions": lambda: parts.definitions({EVIL: EVIL}, heading=EVIL),
    "left_out": lambda: parts.left_out([(EVIL, EVIL, 3)], heading=EVIL),
    "credits": lambda: parts.credits([EVIL]),
    "together": lambda: parts.together([parts.section(EVIL, EVIL)]),
}


@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_comes_out_as_text(name: str) -> None:
    """Whatever stands in any value of a part is escaped."""
    html = MAKERS[name]().__html__()

    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("name", MAKERS)
def test_part_travels_as_plain_data(name: str) -> None:
    """What a notebook stores is JSON, and gives the same part again."""
    part = MAKERS[name]()
    stored = json.dumps(part._repr_mimebundle_()[PART_TYPE], allow_nan=False)

    assert part.__html__() == Part.unpacked(json.loads(stored)).__html__()


@pytest.mark.parametrize("name", MAKERS)
def test_hostile_text_in_a_notebook_comes_out_as_text(name: str) -> None:
    """A notebook gets the same text, escaped, below one box and one style sheet."""
    html = MAKERS[name]()._repr_mimebundle_()["text/html"]

    assert "<script" not in html
    assert "<img" not in html
    assert html.startswith("<style>")
    assert 1 == html.count('<div class="jk-in-notebook"><div class="jk-page">')


def test_heading_is_left_where_the_text_above_has_it() -> None:
    """Without its heading a part keeps everything else."""
    part = parts.left_out([("Park", "0 blank", 3)], heading="Left out")

    assert "<h2>Left out</h2>" in part.__html__()
    assert "<h2>" not in part.without_heading().__html__()
    assert '<th scope="row">Park</th>' in part.without_heading().__html__()


def test_sentences_stand_in_their_order() -> None:
    """Each sentence is one item of a list."""
    html = parts.sentences(["One.", "Two."]).__html__()

    assert "<li>One.</li>\n<li>Two.</li>" in html
    assert "<h2>" not in html


def test_notebook_shows_a_picture_in_the_sheets_of_its_paper() -> None:
    """They fit its width; a picture without sheets scrolls, with its heads kept."""
    start = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 90">'
    wide = Markup(f"{start}<text>whole</text></svg>")
    sheet = Markup(f"{start}<text>sheet</text></svg>")
    drawn = Picture(Words("t", "s", "", "a"), wide, None, TABLE, (sheet,))
    part = parts.figure(drawn, is_wide=True, heads_px=100)
    html = part._repr_mimebundle_()["text/html"]
    plain = parts.figure(
        Picture(Words("t", "s", "", "a"), wide, None, TABLE),
        is_wide=True,
        heads_px=100,
    )

    assert "sheet</text>" in html
    assert "whole</text>" not in html
    assert 'class="jk-heads"' in plain._repr_mimebundle_()["text/html"]
    assert "whole</text>" in part.__html__()
    assert 'class="jk-heads"' not in part.__html__()


def test_band_leaves_empty_facts_out() -> None:
    """An owner nobody named is not shown as an empty place."""
    html = parts.band("T", facts={"Owner": "", "Date": "today"}).__html__()

    assert "Owner" not in html
    assert "today" in html


def test_evidence_shares_add_up() -> None:
    """Shares are of all cells, each with its count."""
    html = parts.evidence(assumed=1, observed=1, measured=2).__html__()

    assert "50\u00a0%" in html
    assert "2 of 4" in html


def test_evidence_of_an_empty_journey_claims_nothing() -> None:
    """No cells, no share: not 0 %."""
    html = parts.evidence(assumed=0, observed=0, measured=0).__html__()

    assert "%" not in html
    with pytest.raises(InputError):
        parts.evidence(assumed=-1, observed=0, measured=0)


def test_figure_refuses_plain_text_as_picture() -> None:
    """A picture must be markup by type, so that text is never taken for one."""
    plain: Any = str(DRAWN)
    words = Words("t", "s", "", "a")

    with pytest.raises(InputError, match="markup"):
        parts.figure(Picture(words, plain, None, TABLE))


def test_forged_picture_in_a_notebook_is_refused() -> None:
    """Data of a figure that was changed to hold a script does not reach the page."""
    data = dict(_evil_figure().data)
    data["wide"] = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'

    with pytest.raises(InputError, match="shapes and text only"):
        render("figure", data)


def test_numbers_stand_below_their_figure() -> None:
    """The twin is one click away: missing values as dashes, digits even in a column."""
    drawn = picture("promoter_bar", promoters=5, passives=3, detractors=2)
    html = parts.figure(drawn).__html__()

    assert "<summary>The numbers</summary>" in html
    assert ["Promoters", "9 to 10", "5", "0.5", "0.0", "0.5"] == (
        parts.figure(drawn).data["twin"]["rows"][0]
    )


def test_missing_values_are_dashes() -> None:
    """A missing number is a dash, never nan or 0."""
    table = pd.DataFrame(
        {
            "a": [1.25, None],
            "n": pd.array([1200, None], dtype="Int64"),
            "is_open": [True, False],
        }
    )
    rows = parts.ranked_table(table, {"a": "A", "n": "n", "is_open": "Open"}).data[
        "rows"
    ]

    assert [["1.25", "1,200", "yes"], ["—", "—", "no"]] == rows


def test_ranked_table_refuses_unknown_columns() -> None:
    """A misspelled column is named."""
    with pytest.raises(UnknownNameError, match="'scor'"):
        parts.ranked_table(TABLE, {"scor": "Score"})


def test_pain_points_carry_their_count_in_the_dot() -> None:
    """The red dot holds the number of its column."""
    table = pd.DataFrame({"score": [20], "pain": ["Queue"]})
    html = parts.ranked_table(
        table, {"score": "S", "pain": "P"}, dot="score"
    ).__html__()

    assert '<span class="jk-pain">20</span>' in html
    assert '<th scope="row">Queue</th>' in html


def test_nothing_left_out_is_said() -> None:
    """An empty list is a sentence, not an empty table."""
    assert "Nothing was left out" in parts.left_out([]).__html__()


def test_unknown_part_is_refused() -> None:
    """A bundle that names no part of ours is refused."""
    with pytest.raises(UnknownNameError, match="part of a page"):
        render("scrpt", {})
    with pytest.raises(UnknownNameError):
        render("../journey/index", {})


def test_parts_held_together_are_shown_one_by_one() -> None:
    """A format sees them as if each had a cell of its own, also where nested."""
    first, second = parts.section("Pay", "In the shop."), parts.sentence("Nothing.")
    held = parts.together([parts.together([first]), second])

    assert [first, second] == list(shown_in(executed(held)))
    assert str(render(first.name, first.data)).strip() in str(held.__html__())


def test_percent_sign_stays_on_the_line_of_its_number() -> None:
    """No line of a page begins with a percent sign."""
    html = parts.section("Scores", "With 95 % intervals.").__html__()

    assert "95\N{NO-BREAK SPACE}% intervals" in html
