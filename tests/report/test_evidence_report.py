"""The evidence and KPI report: coverage, data, KPIs with intervals, scores by place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import journeykit
from journeykit.report.evidence_report import EvidenceReport
from journeykit.report.part import Part
from journeykit.workshop import Workshop


@pytest.fixture(scope="module")
def airport(made_airport: Path) -> Iterator[EvidenceReport]:
    """Return the airport's report."""
    with journeykit.open(made_airport, is_read_only=True) as work:
        yield EvidenceReport(work)


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a workshop with a KPI: a baseline, a target, two values."""
    with journeykit.new(None) as workshop:
        shares = {"measure": "customer_satisfaction_score", "unit": "share"}
        kpi = {"baseline": 0.5, "target": 0.8, "target_date": "2999-01-01"}
        workshop.add("kpi", id="csat", name="Satisfied", **shares, **kpi)
        seen = ("2026-01-31", 0.55, 0.52, 0.58), ("2026-02-28", 0.6, 0.56, 0.64)
        for day, value, low, high in seen:
            at = {"kpi": "csat", "day": day, "value": value, "low": low, "high": high}
            workshop.add("kpi_observation", n=900, **at)
        yield workshop


def rows_of(part: Part) -> list[list[str]]:
    """Return the rows of a table as they are shown, with plain spaces."""
    return [[one.replace("\xa0", " ") for one in row] for row in part.data["rows"]]


# --- the airport ----------------------------------------------------------------------


def test_published_scores_are_in_the_report(airport: EvidenceReport) -> None:
    """NPS 39.84 with its interval and n, as the survey gives it."""
    row = rows_of(airport.kpis())[0]

    assert ["Net promoter score", "Not reached yet", "39.8 (37.2 to 42.4)"] == row[:3]
    assert "2,746" in row


def test_stage_without_data_is_counted(airport: EvidenceReport) -> None:
    """The share of each basis stands beside it."""
    part = airport.by_stage()

    assert "1 of 7 stages has nothing measured" == part.data["title"]
    assert ["Planning the trip", "0 of 1", "0", "0", "100", "3"] == (rows_of(part)[0])


def test_quality_counts_what_says_nothing(airport: EvidenceReport) -> None:
    """Codes such as never used are no answers, and no fault either."""
    part = airport.quality()

    assert "No answer lies outside its scale" == part.data["title"]
    assert ["2017 SFO Customer Survey", "45,389", "1", "14,061", "0", "0"] == (
        rows_of(part)[0]
    )


def test_stage_and_channel_with_the_worst_touchpoint_come_first(
    airport: EvidenceReport,
) -> None:
    """Not averaged; between worst and best."""
    by_stage, by_channel = airport.scores_by_stage(), airport.scores_by_channel()

    assert ["Eating, shopping and waiting", "5 of 5"] == rows_of(by_stage)[0][:2]
    assert "Have something to eat: 56 % (54 to 58)" == rows_of(by_stage)[0][2]
    assert ["Planning the trip", "0 of 1", "not measured", "—"] == rows_of(by_stage)[-1]
    assert "“Restaurants and shops”" in by_channel.data["title"]


def test_personas_and_segments_stand_side_by_side(airport: EvidenceReport) -> None:
    """Each with its interval; the touchpoint that each likes least."""
    chart, table = airport.scores_by_group(), airport.worst_by_group()

    assert "scores_by_touchpoint" == chart.data["chart"]
    assert 8 == len(chart.data["twin"]["rows"])
    assert ["The business traveller", "Look around the shops", "50 % (46 to 54)"] == (
        rows_of(table)[0][:3]
    )


def test_opening_names_what_nothing_is_known_of(airport: EvidenceReport) -> None:
    """Share measured, touchpoints with data, KPIs reached."""
    said = airport.found().data["sentences"]

    assert ["36 %", "13 of 15", "0 of 8"] == [
        number.replace("\xa0", " ") for number, _ in said
    ]
    assert "“Wait for the bags”" in said[1][1]


# --- KPIs -----------------------------------------------------------------------------


def test_kpi_moves_from_baseline_to_today(work: Workshop) -> None:
    """Beyond its interval it is no chance."""
    row = rows_of(EvidenceReport(work).before_and_after())[0]

    assert ["Satisfied", "50 %", "60 % (56 to 64)", "+10 points", "better"] == row


def test_baseline_inside_the_interval_may_be_chance(work: Workshop) -> None:
    """And without an interval nobody can say."""
    work.change("csat", baseline=0.58)
    near = rows_of(EvidenceReport(work).before_and_after())[0][-1]
    newest = {"kpi": "csat", "day": "2026-03-31", "value": 0.7}
    work.add("kpi_observation", **newest)
    bare = rows_of(EvidenceReport(work).before_and_after())[0][-1]

    assert ("may be chance", "no interval") == (near, bare)


def test_trend_is_drawn_against_the_target(work: Workshop) -> None:
    """With every value below it, the latest first."""
    report = EvidenceReport(work)
    chart, table = report.trend(), report.values()

    assert "+5 points" in rows_of(report.kpis())[0]
    assert "trend_chart" == chart.data["chart"]
    assert 2 == len(chart.data["twin"]["rows"])
    assert ["60 % (56 to 64)", "900", "+5 points"] == rows_of(table)[0][2:]
    assert "—" == rows_of(table)[1][-1]


def test_value_of_too_few_people_is_not_shown(work: Workshop) -> None:
    """Neither as a value, nor by its status, nor in the trend."""
    few = {"kpi": "csat", "day": "2026-03-31", "value": 0.99, "n": 4}
    work.add("kpi_observation", **few)
    report = EvidenceReport(work)
    row = rows_of(report.kpis())[0]

    assert ["Satisfied", "Not measured", "fewer than 5 people", "—"] == row[:4]
    assert 2 == len(rows_of(report.values()))
    assert "99" not in str(report.trend().data["twin"])
    assert "—" == rows_of(report.before_and_after())[0][-1]


def test_target_that_its_day_has_not_come_for_is_not_missed(work: Workshop) -> None:
    """It is, once the day has passed."""
    before = rows_of(EvidenceReport(work).kpis())[0][1]
    work.change("csat", target_date="2026-03-01")
    after = rows_of(EvidenceReport(work).kpis())[0][1]

    assert ("Not reached yet", "Missed") == (before, after)


def test_own_measure_is_written_in_its_unit(work: Workshop) -> None:
    """With as many digits as it needs."""
    work.add("kpi", id="wait", name="Wait", unit="minutes", direction="lower is better")
    seen = {"kpi": "wait", "day": "2026-03-31", "value": 12.5, "low": 11, "high": 14}
    work.add("kpi_observation", **seen)
    row = rows_of(EvidenceReport(work).kpis())[1]

    assert "12.5 minutes (11 to 14)" == row[2]
    assert "No target" == row[1]


def test_kpi_is_printed_with_its_definition(work: Workshop) -> None:
    """Its own words, else those of its measure."""
    work.add("kpi", name="Own")
    terms = EvidenceReport(work).kpi_definitions().data["terms"]

    assert "Share of the two best answers" in terms[0][1]
    assert "Not defined yet" in terms[1][1]


def test_report_on_a_persona_says_whose_the_kpis_are(made_airport: Path) -> None:
    """Its scores are the persona's, its KPIs those of all."""
    with journeykit.open(made_airport, is_read_only=True) as work:
        report = EvidenceReport(work, persona="persona-business")
        kpis, stages = report.kpis(), report.scores_by_stage()

    assert "all customers" in kpis.data["source"]
    assert "Look around the shops: 50 % (46 to 54)" == rows_of(stages)[0][2]
