"""Charts and their number twins: order, words, what may be chance, what is missing."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import altair as alt
import pandas as pd
import pytest
import vl_convert
from chart_cases import CHART_OPTIONS
from outside_addresses import outside_addresses
from pandas.testing import assert_frame_equal
from PIL import Image
from way_chart_cases import WAY_OPTIONS

from journeykit.errors import InputError, UnknownNameError
from journeykit.language import say, speaking
from journeykit.show import charts
from journeykit.show.chart_drawing import draw
from journeykit.show.charts import (
    CHARTS,
    felt_against_measured,
    felt_against_measured_data,
    felt_against_measured_spec,
    picture,
    promoter_bar,
    promoter_bar_data,
    scores_by_touchpoint,
    scores_by_touchpoint_data,
)
from journeykit.show.fused_layers import as_drawn
from journeykit.show.numbers import NBSP
from journeykit.show.svg import svg
from journeykit.show.tokens import role_of
from journeykit.vocabulary import EMOTIONS

COLUMNS = ["name", "value", "low", "high", "n", "reliability"]
CSAT = "customer_satisfaction_score"


def _scores(*rows: tuple[Any, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS)


def _said(text: str) -> str:
    return text.replace(NBSP, " ")


SECURITY = ("Security screening", 0.71, 0.69, 0.73, 2310, "enough")
SIGNS = ("Signs", 0.87, 0.85, 0.88, 2500, "enough")
WIFI = ("Wi-Fi", 0.72, 0.70, 0.74, 2000, "enough")
NURSERY = ("Nursing room", 0.61, 0.40, 0.79, 19, "few answers")
LOST = ("Lost and found", None, None, None, 0, "not measured")
PETS = ("Pet area", 1.0, 0.4, 1.0, 3, "fewer than minimum")


def _words(chart: Any) -> dict[str, str]:
    return {key: _said(text) for key, text in chart.usermeta["journeykit"].items()}


def test_title_is_the_finding_with_its_number() -> None:
    """The title names the low point as LOOK words it."""
    words = _words(scores_by_touchpoint(_scores(SIGNS, SECURITY), definition=CSAT))

    assert (
        "Security screening is the low point: 71 % satisfied (69 to 73), n 2,310"
        == words["title"]
    )


def test_subtitle_says_measure_period_and_source_what_was_left_out() -> None:
    """Below the title stand measure and period, at the end source and what is grey."""
    words = _words(
        scores_by_touchpoint(
            _scores(SECURITY, WIFI, SIGNS, NURSERY),
            definition=CSAT,
            period="May 2017",
            source="Source: a survey. Left out: 3.",
        )
    )

    assert words["subtitle"].startswith("Customer satisfaction score (CSAT) with 95 %")
    assert words["subtitle"].endswith("May 2017.")
    assert words["source"].startswith("Grey: the interval overlaps that of Security")
    assert "Hatched: fewer than 30 answers." in words["source"]
    assert words["source"].endswith("Source: a survey. Left out: 3.")


def test_rows_are_ordered_and_chance_is_said() -> None:
    """Weakest first; what overlaps it may be chance; what is not shown stands last."""
    twin = scores_by_touchpoint_data(
        _scores(SIGNS, LOST, WIFI, SECURITY, PETS), definition=CSAT
    )
    expected = pd.DataFrame(
        {
            "touchpoint": [
                *("Security screening", "Wi-Fi", "Signs"),
                *("Lost and found", "Pet area"),
            ],
            "standing": [
                *("weakest", "may be chance", "clear"),
                *("not shown", "not shown"),
            ],
            "said": [
                "71 % (69 to 73), n 2,310",
                "72 % (70 to 74), n 2,000",
                "87 % (85 to 88), n 2,500",
                "not measured",
                "fewer than 5 answers",
            ],
        }
    )

    assert_frame_equal(
        expected,
        twin[["touchpoint", "standing", "said"]].assign(said=twin["said"].map(_said)),
    )


def test_fewer_than_the_minimum_gives_no_number_away() -> None:
    """Below the minimum neither the value nor the count reaches the twin."""
    twin = scores_by_touchpoint_data(_scores(PETS), definition=CSAT)

    assert twin[["value", "low", "high", "n"]].isna().all(axis=None)


def test_not_measured_is_named_and_never_zero() -> None:
    """A touchpoint without answers stands in the picture by name, without a dot."""
    chart = picture("scores_by_touchpoint", scores=_scores(LOST), definition=CSAT)

    assert "Lost and found" in chart.wide
    assert "not measured" in chart.wide
    assert "0%" not in chart.twin.to_string()
    assert "CSAT was measured nowhere" == chart.words.title


def test_few_answers_are_said_and_hatched() -> None:
    """Below 30 answers the row says so in words, and its dot is hatched."""
    chart = picture("scores_by_touchpoint", scores=_scores(NURSERY), definition=CSAT)

    assert "Nursing room (few answers)" in chart.wide
    assert "Nursing room (few answers)" in chart.narrow
    assert "<pattern" in chart.wide


def test_few_answers_alone_make_no_low_point() -> None:
    """A weaker row of few answers that may be chance does not take the headline."""
    words = _words(
        scores_by_touchpoint(_scores(NURSERY, SECURITY, SIGNS), definition=CSAT)
    )

    assert words["title"].startswith("Security screening is the low point")


def test_few_answers_that_are_clearly_lowest_do() -> None:
    """Where even the interval lies below all others, few answers are enough."""
    far = ("Nursing room", 0.1, 0.05, 0.2, 19, "few answers")
    words = _words(scores_by_touchpoint(_scores(far, SECURITY), definition=CSAT))

    assert words["title"].startswith("Nursing room is the low point: 10 % satisfied")
    assert words["title"].endswith("n 19, few answers")


def test_overlapping_lowest_are_not_ranked() -> None:
    """Two that cannot be told apart are named together."""
    words = _words(
        scores_by_touchpoint(_scores(SECURITY, WIFI, SIGNS), definition=CSAT)
    )

    assert words["title"].startswith(
        "Security screening and Wi-Fi are lowest, too close to rank"
    )


def test_alt_text_tells_every_row() -> None:
    """Who does not see the chart is told each touchpoint with its number."""
    words = _words(
        scores_by_touchpoint(_scores(SIGNS, SECURITY, LOST), definition=CSAT)
    )

    assert "Security screening: 71 % (69 to 73), n 2,310; Signs: 87 %" in words["alt"]
    assert "Lost and found: not measured" in words["alt"]


def test_input_table_is_unchanged() -> None:
    """Drawing leaves the caller's table as it was."""
    table = _scores(SIGNS, SECURITY)
    scores_by_touchpoint(table, definition=CSAT)

    assert_frame_equal(_scores(SIGNS, SECURITY), table)


def test_missing_column_is_refused() -> None:
    """A table without intervals cannot be drawn, and the error names the column."""
    with pytest.raises(InputError, match="low"):
        scores_by_touchpoint_data(_scores(SIGNS).drop(columns="low"), definition=CSAT)


def test_scores_of_nps_are_in_points() -> None:
    """NPS is points with a true minus, never percent."""
    rows = _scores(("A", -12.5, -20.0, -5.0, 100, "enough"))
    words = _words(scores_by_touchpoint(rows, definition="net_promoter_score"))

    assert "A: NPS −12.5 (−20.0 to −5.0), n 100" == words["title"]


GAPS = pd.DataFrame(
    [
        ("Signs", 1.0, 0.9, 0.8, 1.1, 100),
        ("Security", -1.5, 1.3, 1.25, 1.35, 2407),
        ("Art", 1.5, 1.0, 0.9, 1.1, 500),
        ("Parking", None, 0.2, 0.1, 0.3, 90),
        ("Lost", 1.0, None, None, None, 0),
    ],
    columns=["name", "felt", "measured", "low", "high", "n"],
)


def test_gaps_are_ordered_and_named() -> None:
    """Widest gap first; within the interval maybe chance; missing sides are named."""
    twin = felt_against_measured_data(GAPS)

    assert ["Security", "Art", "Signs", "Lost", "Parking"] == list(twin["touchpoint"])
    assert [
        *("below", "above", "may be chance"),
        *("not measured", "not asked"),
    ] == list(twin["standing"])
    assert [-2.8, 0.5, 0.1] == [pytest.approx(gap) for gap in twin["gap"].head(3)]


def test_title_of_the_gap_says_who_thinks_what() -> None:
    """The widest clear gap is the finding."""
    assert (
        "The team thinks worse of Security than customers do: felt −1.5, measured "
        "+1.30 (+1.25 to +1.35), n 2,407"
    ) == _words(felt_against_measured(GAPS))["title"]


@pytest.mark.parametrize("width", [344, 762])
@pytest.mark.parametrize(("language", "n_named"), [("en", 5), ("de", 3), ("fr", 3)])
def test_words_of_the_scale_never_run_together(
    width: int, language: str, n_named: int
) -> None:
    """Where neighbours have no room, the ends and the middle of the scale are named."""
    with speaking(language):
        drawn = felt_against_measured_spec(GAPS, width=width)
        names = [json.dumps(say(name)) for name in EMOTIONS.values()]
    said = re.findall(r'"labelExpr": ("\{.*?\]")', json.dumps(drawn))

    assert said
    assert {n_named} == {sum(name in json.loads(one) for name in names) for one in said}


def test_no_clear_gap_is_said() -> None:
    """Without a clear difference the title claims none."""
    assert (
        "No touchpoint where the team and customers clearly differ"
        == (_words(felt_against_measured(GAPS.head(1)))["title"])
    )


def test_promoter_bar_starts_at_zero_and_ends_at_one() -> None:
    """The pieces of the bar add up to all answers."""
    twin = promoter_bar_data(promoters=1436, passives=968, detractors=342)

    assert 0 == twin["start"].iloc[0]
    assert pytest.approx(1) == twin["end"].iloc[-1]
    assert [1436, 968, 342] == list(twin["n"])


def test_promoter_title_holds_the_published_score() -> None:
    """The airport's 2017 score stands in the title with its interval."""
    chart = promoter_bar(
        promoters=1436, passives=968, detractors=342, low=37.18, high=42.41
    )

    assert (
        "52 % promoters against 12 % detractors: NPS 39.8 (37.2 to 42.4), n 2,746"
        == _words(chart)["title"]
    )


def test_promoter_bar_of_too_few_answers_shows_none() -> None:
    """Below the minimum there is no bar and no share, only the words."""
    chart = promoter_bar(promoters=1, passives=1, detractors=1)

    assert "NPS: fewer than 5 answers" == _words(chart)["title"]
    assert ["text"] == [part["mark"]["type"] for part in chart.to_dict()["layer"]]


def test_negative_count_is_refused() -> None:
    """A negative count is a mistake of the caller."""
    with pytest.raises(InputError, match="0 or more"):
        promoter_bar_data(promoters=-1, passives=0, detractors=0)


OPTIONS: dict[str, dict[str, Any]] = {
    "scores_by_touchpoint": {"scores": _scores(SIGNS, NURSERY), "definition": CSAT},
    "felt_against_measured": {"scores": GAPS},
    "promoter_bar": {"promoters": 5, "passives": 3, "detractors": 2},
    **CHART_OPTIONS,
    **WAY_OPTIONS,
}


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_becomes_a_picture_without_a_network(name: str) -> None:
    """Each chart gives two pictures that load nothing, its words and its twin."""
    drawn = picture(name, **OPTIONS[name])

    assert drawn.narrow is not None
    assert [] == outside_addresses(drawn.wide + drawn.narrow)
    assert drawn.words.title
    assert len(drawn.twin)


def pixels(spec: dict[str, Any]) -> bytes:
    """Return a specification as it looks."""
    png = vl_convert.svg_to_png(draw({**spec, "usermeta": {}}))
    return Image.open(io.BytesIO(png)).convert("RGBA").tobytes()


@pytest.mark.parametrize("width", [760, 342])
@pytest.mark.parametrize("name", CHARTS)
def test_what_is_drawn_looks_the_same(name: str, width: int) -> None:
    """No pixel of any chart differs by what is done to draw it faster."""
    spec = CHARTS[name].spec(**OPTIONS[name], width=width, has_words=False)

    assert pixels(spec) == pixels(as_drawn(spec))


def _reversed(part: Any) -> Any:
    """Return a specification whose tables have their rows the other way round."""
    if isinstance(part, list):
        return [_reversed(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        key: {"values": value["values"][::-1]} if key == "data" else _reversed(value)
        for key, value in part.items()
    }


@pytest.mark.parametrize("name", CHARTS)
def test_other_rows_are_drawn_as_if_they_were_the_first(name: str) -> None:
    """What is kept of a drawing for the next is no part of its data."""
    spec = as_drawn(CHARTS[name].spec(**OPTIONS[name], width=760, has_words=False))

    draw(_reversed(spec))

    assert draw(spec) == vl_convert.vegalite_to_svg(spec, vl_version="6.4")


@pytest.mark.parametrize(
    "draw", [getattr(charts, name) for name in CHARTS], ids=list(CHARTS)
)
def test_every_chart_goes_on_in_altair(draw: Any) -> None:
    """An Altair chart survives a JSON round trip, checked by Altair itself."""
    chart = draw(**OPTIONS[draw.__name__])

    again = type(chart).from_json(chart.to_json())

    assert chart.to_dict() == again.to_dict()
    assert 'role="img"' in svg(chart)


@pytest.mark.parametrize("renderer", ["default", "mimetype", "html"])
def test_altair_chart_is_shown_without_a_network(renderer: str) -> None:
    """Whatever renderer is on; what somebody made of it as well."""
    chart = scores_by_touchpoint(_scores(SECURITY, SIGNS), definition=CSAT)
    chart = chart.properties(width=500)
    with alt.renderers.enable(renderer):
        shown = chart._repr_mimebundle_()

    assert ["image/svg+xml", "text/plain"] == sorted(shown)
    assert "Security screening" in shown["image/svg+xml"]
    assert [] == outside_addresses(shown["image/svg+xml"])


@pytest.mark.parametrize("width", [342, 760])
@pytest.mark.parametrize("name", CHARTS)
def test_every_colour_is_a_token(name: str, width: int) -> None:
    """No chart types a colour of its own, so each follows the page into the dark."""
    spec = CHARTS[name].spec(**OPTIONS[name], width=width)
    drawn = {
        part["mark"][key]
        for part in spec["layer"]
        for key in ("color", "fill", "stroke")
        if part["mark"].get(key)
    }

    assert set() == {colour for colour in drawn if role_of(colour) is None}


def test_hostile_and_long_names_are_drawn_as_text() -> None:
    """Markup and fifty emoji in a name neither run nor stop the drawing."""
    rows = _scores(
        ("<img src=x onerror=alert(1)>", 0.5, 0.4, 0.6, 99, "enough"),
        ("\N{SLIGHTLY SMILING FACE}" * 50, 0.6, 0.5, 0.7, 99, "enough"),
    )
    drawn = picture("scores_by_touchpoint", scores=rows, definition=CSAT)

    assert "&lt;img src=x onerror=alert(" in drawn.wide
    assert "<img" not in drawn.wide


def test_unknown_chart_is_refused() -> None:
    """A misspelled chart is refused with the nearest name."""
    with pytest.raises(UnknownNameError, match="promoter_bar"):
        picture("promotor_bar")
