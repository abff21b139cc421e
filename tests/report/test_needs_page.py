"""Needs and Kano classes of a survey, shown from its file and mapping alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import journeykit
from journeykit.cli import app
from journeykit.report.needs_page import NeedsPage
from journeykit.report.priority_page import PriorityPage
from journeykit.report.survey_page import SurveyPage
from journeykit.workshop import Workshop

ROWS = [
    # importance and satisfaction of the queue, of the signs; wifi there, wifi gone
    *["5,1,4,5,I like it,I dislike it"] * 5,
    *["4,2,2,4,I like it,I dislike it"] * 3,
    *["4,4,1,4,I am neutral,I am neutral"] * 2,
]
MAPPING = {
    "needs": [
        {
            "name": "Get through quickly",
            "subject": "queue",
            "importance": "imp_queue",
            "satisfaction": "sat_queue",
        },
        {
            "name": "Find my gate",
            "subject": "signs",
            "importance": "imp_signs",
            "satisfaction": "sat_signs",
        },
        {"name": "Free wifi", "functional": "wifi", "dysfunctional": "no_wifi"},
    ]
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Make a workshop with two pain points, a survey and its mapping."""
    with journeykit.new(tmp_path / "w.journey", title="Airport") as made:
        for name in ("queue", "signs"):
            made.add("pain_point", id=name, text=f"The {name}")
    head = "imp_queue,sat_queue,imp_signs,sat_signs,wifi,no_wifi"
    (tmp_path / "needs.csv").write_text("\n".join([head, *ROWS]) + "\n")
    (tmp_path / "needs.json").write_text(json.dumps(MAPPING))
    return tmp_path


@pytest.fixture
def work(place: Path) -> Iterator[Workshop]:
    """Import the survey at the command line, and open the workshop."""
    names = [str(place / name) for name in ("w.journey", "needs.csv")]
    options = ["--reads", "survey", "--mapping", str(place / "needs.json")]
    done = CliRunner().invoke(app, ["import", *names, *options])
    assert 0 == done.exit_code, done.output
    with journeykit.open(place / "w.journey") as opened:
        yield opened


def test_needs_stand_by_their_opportunity_score(work: Workshop) -> None:
    """All 10 call it important, 2 of 10 are satisfied: 10 + 8 = 18."""
    part = NeedsPage(work).opportunities()

    assert (
        "“Get through quickly” is the need that is served least" == part.data["title"]
    )
    assert [
        ["Get through quickly", "All", "10.0", "2.0", "18.0"],
        # 5 of 10 call the signs important, all are satisfied: 5 + 0.
        ["Find my gate", "All", "5.0", "10.0", "5.0"],
    ] == [list(row[:5]) for row in part.data["rows"]]


def test_features_stand_by_their_kano_class(work: Workshop) -> None:
    """8 of 10 like it and dislike its absence; better and worse are 80 %."""
    part = NeedsPage(work).kano()

    (row,) = part.data["rows"]
    assert "The more, the better" == row[2]
    assert row[3].startswith("80")
    assert row[4].startswith("−80")


def test_pain_points_are_ranked_by_their_needs(work: Workshop) -> None:
    """The page of priorities takes what the survey says, with no rating by the team."""
    ranking = PriorityPage(work).pain_rankings["opportunity_score"]

    assert ["queue", "signs"] == ranking["entry"].tolist()


def test_the_command_line_prints_needs_too(place: Path, work: Workshop) -> None:
    """Numbers are the same in JSON."""
    work.close()
    done = CliRunner().invoke(
        app, ["measure", str(place / "w.journey"), "--format", "json"]
    )

    assert 0 == done.exit_code, done.output
    tables = json.loads(done.stdout)["tables"]
    assert [18, 5] == [round(row["value"], 9) for row in tables["opportunity_scores"]]
    assert ["one_dimensional"] == [row["category"] for row in tables["kano_classes"]]


def test_without_such_a_survey_the_page_says_what_to_ask() -> None:
    """No number is made up, and nobody is left without a next step."""
    with journeykit.new(None) as bare:
        page = NeedsPage(bare)

        assert "how important a need is" in str(page.opportunities())
        assert "if it is there" in str(page.kano())


def test_the_survey_page_shows_what_needs_are_taken_to_mean(place: Path) -> None:
    """A slip in the mapping is seen before anything is kept."""
    with journeykit.open(place / "w.journey") as opened:
        page = SurveyPage(
            opened,
            file=str(place / "needs.csv"),
            mapping_file=str(place / "needs.json"),
        )

        part = page.meaning()

    assert part.data["title"].endswith(": 3 needs")
    asked = [row[2] for row in part.data["rows"]]
    assert "importance in imp_queue; satisfaction in sat_queue" == asked[0]
