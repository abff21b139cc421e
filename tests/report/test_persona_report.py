"""The report on a persona: against all others, and what it says without data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.exchange.starters import starter_names
from journeykit.model import Measurement
from journeykit.report.catalogue import report_on
from journeykit.report.part import Part
from journeykit.report.persona_numbers import compared_shares
from journeykit.report.persona_report import PersonaReport

PARTS = (
    *("band", "found", "evidence", "who", "counted", "needs", "curve", "feelings"),
    *("channels", "pain_points", "voices", "scores", "recommends", "differences"),
    *("definitions", "left_out", "credits"),
)


def parts_of(path: Path, **options: Any) -> dict[str, Part]:
    """Return the parts by name."""
    with journeykit.open(path, is_read_only=True) as workshop:
        report = PersonaReport(workshop, **options)
        return {name: getattr(report, name)() for name in PARTS}


def score(n: int, value: float, persona: str | None = None) -> Measurement:
    """Return a satisfaction of one question."""
    return Measurement(
        id=f"m-{persona or 'all'}",
        definition="customer_satisfaction_score",
        subject="desk",
        persona=persona,
        value=value,
        n=n,
        column="Q1",
    )


def test_persona_is_held_against_all_others_not_against_everybody() -> None:
    """40 of 100 are theirs, 10 of those satisfied; 50 of all: 40 of the other 60."""
    (row,) = compared_shares([score(40, 0.25, "p")], [score(100, 0.5)], 5)

    assert 60 == row.n_rest
    assert pytest.approx(40 / 60) == row.rest
    assert pytest.approx(0.25 - 40 / 60) == row.difference.value
    assert "lower" == row.standing


def test_few_others_are_not_given_away() -> None:
    """All less the group would say what four others answered."""
    assert () == compared_shares([score(96, 0.5, "p")], [score(100, 0.5)], 5)


def test_connecting_passengers_recommend_less(made_airport: Path) -> None:
    """The difference has its interval, and is more than chance."""
    shown = parts_of(made_airport, persona="persona-connecting")
    first = shown["found"].data["sentences"][0][1]

    assert "NPS 28.6 (22.3 to 34.7), n 548" in first
    assert "−14.0 points (−20.9 to −7.2), more than chance" in first
    assert "Persona report: The connecting passenger" == shown["band"].data["kind"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_the_airport(made_airport: Path, tmp_path: Path) -> None:
    """With a real kernel, all personas side by side."""
    (page,) = report_on(str(made_airport), "persona_report", {}, tmp_path)

    assert "The family visitor" in page.read_text(encoding="utf-8")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_an_empty_workshop(tmp_path: Path) -> None:
    """It says where personas are added."""
    path = tmp_path / "blank.journey"
    journeykit.new(path, title="Trip").close()
    (page,) = report_on(str(path), "persona_report", {}, tmp_path / "out")

    assert "There is no persona yet" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("starter", starter_names())
def test_every_starter_has_its_report(starter: str, tmp_path: Path) -> None:
    """Whatever an industry brings along, each part is there."""
    path = tmp_path / "made.journey"
    journeykit.new(path, starter=starter).close()

    assert set(PARTS) == parts_of(path).keys()
