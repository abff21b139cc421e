"""The report on a stage: its parts, what is missing, and each stage in turn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from report_notebooks import executed

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.exchange.starters import starter_names
from journeykit.report.catalogue import report_on
from journeykit.report.part import Part
from journeykit.report.shown import shown_in
from journeykit.report.stage_deep_dive import StageDeepDive

PARTS = (
    *("band", "found", "evidence", "overview", "stages", "definitions", "left_out"),
    "credits",
)


def parts_of(path: Path, **options: Any) -> dict[str, Part]:
    """Return the parts by name."""
    with journeykit.open(path, is_read_only=True) as workshop:
        report = StageDeepDive(workshop, **options)
        return {name: getattr(report, name)() for name in PARTS}


def headings(part: Part) -> list[str]:
    """Return the headings that a part shows."""
    shown = [one for one in shown_in(executed(part)) if isinstance(one, Part)]
    return [one.data["heading"] for one in shown if one.name == "section"]


def test_stage_tells_of_its_own_touchpoints_only(made_airport: Path) -> None:
    """Security is measured; checking in is not, and is named."""
    shown = parts_of(made_airport, stage="stage-security")

    assert ["Checking in and passing security"] == headings(shown["stages"])
    assert ["Check in and drop bags"] == shown["evidence"].data["without_data"]
    assert "Pass security satisfies least" in shown["found"].data["sentences"][0][1]


def test_without_a_stage_each_has_its_turn(made_airport: Path) -> None:
    """In the order of the map, after a table of all of them."""
    shown = parts_of(made_airport)

    assert 7 == len(headings(shown["stages"]))
    assert 7 == len(shown["overview"].data["rows"])


def test_unknown_stage_is_refused(made_airport: Path) -> None:
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="Did you mean 'stage-security'"):
        parts_of(made_airport, stage="stage-securit")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_the_airport(made_airport: Path, tmp_path: Path) -> None:
    """With a real kernel, on one stage."""
    given = {"stage": "stage-security"}
    (page,) = report_on(str(made_airport), "stage_deep_dive", given, tmp_path)

    assert "Pass security" in page.read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_an_empty_workshop(tmp_path: Path) -> None:
    """It says where touchpoints are added."""
    path = tmp_path / "blank.journey"
    journeykit.new(path, title="Trip").close()
    (page,) = report_on(str(path), "stage_deep_dive", {}, tmp_path / "out")

    assert "Step 4, touchpoints and channels" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("starter", starter_names())
def test_every_starter_has_its_report(starter: str, tmp_path: Path) -> None:
    """Whatever an industry brings along, each part is there."""
    path = tmp_path / "made.journey"
    journeykit.new(path, starter=starter).close()

    assert set(PARTS) == parts_of(path).keys()
