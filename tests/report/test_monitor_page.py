"""What moved: waves compared, KPIs against their targets, answers needed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

import journeykit
from journeykit.check.kpi_status import kpi_standings
from journeykit.report.monitor_page import MonitorPage
from journeykit.workshop import Workshop

MAPPING = {
    "questions": [
        {
            "column": "rec",
            "asks": "recommend",
            "scale": {"lowest": 0, "highest": 10, "not_answers": {"11": "none"}},
        },
        {
            "column": "desk",
            "asks": "satisfaction",
            "scale": {"lowest": 1, "highest": 5},
            "touchpoint": "desk",
        },
    ]
}


def wave(seed: int, happy: float, n: int = 400) -> bytes:
    """Return made answers: a share *happy* recommends and is satisfied."""
    draw = np.random.default_rng(seed)
    rows = ["10,5" if is_happy else "3,2" for is_happy in draw.random(n) < happy]
    return "\n".join(["rec,desk", *rows]).encode()


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a workshop with one touchpoint and a KPI with a target."""
    from journeykit.model import SurveyMapping

    with journeykit.new(None, title="Bank") as made:
        stage = made.entries("stage")[0]
        made.add("touchpoint", id="desk", stage=stage.id, name="The desk")
        target = {"measure": "net_promoter_score", "target": 10}
        made.add("kpi", id="nps", name="Recommendation", **target)
        mapping = SurveyMapping.model_validate(MAPPING)
        for place, happy in enumerate((0.5, 0.5, 0.8)):
            name = f"w{place}"
            made.import_survey(
                wave(place, happy),
                data_set=name,
                mapping=mapping,
                title=f"Wave {place}",
            )
            made.change(name, period_start=f"202{place}-01-01")
            made.change(name, period_end=f"202{place}-01-31")
            made.measure(name)
        yield made


def text(part: object) -> str:
    """Return what a part shows."""
    return str(part.__html__()) if hasattr(part, "__html__") else ""


def test_real_change_is_told_from_chance(work: Workshop) -> None:
    """From 50 to 80 percent is one; the touchpoint is named."""
    shown = text(MonitorPage(work).changes())

    assert "2 of 2 scores changed beyond chance" in shown
    assert "The desk" in shown


def test_equal_waves_may_be_chance(work: Workshop) -> None:
    """Nobody is told to cheer."""
    work.change("w2", table="")
    shown = text(MonitorPage(work).changes())

    assert "0 of 2 scores changed beyond chance" in shown
    assert "may be chance" in shown


def test_one_survey_says_what_is_needed(work: Workshop) -> None:
    """An honest sentence in place of a table."""
    for name in ("w1", "w2"):
        work.change(name, table="")
    page = MonitorPage(work)

    assert "A change needs two surveys" in text(page.changes())
    assert "three surveys or more" in text(page.over_time())


def test_line_over_time_is_drawn_with_its_signal(work: Workshop) -> None:
    """The last wave stands out; what nobody asked for is said."""
    page = MonitorPage(work)

    assert "<svg" in text(page.over_time())
    assert "No survey asks for" in text(page.over_time("customer_satisfaction_score"))


def test_kpi_has_the_status_of_its_latest_value(work: Workshop) -> None:
    """The latest of three surveys; its interval lies above the target."""
    (standing,) = kpi_standings(work.document())

    assert "reached" == standing.status
    assert standing.change is not None
    assert 0 < standing.change
    assert "1 of 1 KPIs have reached" in text(MonitorPage(work).kpis())


@pytest.mark.parametrize(
    ("target", "direction", "status"),
    [
        (99, "higher is better", "missed"),
        (60, "higher is better", "may be chance"),
        (99, "lower is better", "reached"),
        (None, "higher is better", "no target"),
    ],
)
def test_target_inside_the_interval_may_be_chance(
    work: Workshop, target: float | None, direction: str, status: str
) -> None:
    """Only beyond the interval is a target reached or missed."""
    work.change("nps", target=target, direction=direction)
    (standing,) = kpi_standings(work.document())

    assert status == standing.status


def test_value_that_a_person_noted_wins_on_its_day(work: Workshop) -> None:
    """Over the measured one of the same day."""
    work.add("kpi_observation", kpi="nps", day="2022-01-31", value=5)
    (standing,) = kpi_standings(work.document())

    assert (5, "missed") == (standing.value, standing.status)


def test_what_moved_since_the_mark_is_listed(work: Workshop) -> None:
    """New answers, the same map: only the numbers move."""
    work.mark("Spring review")
    still = text(MonitorPage(work).moved())
    work.import_survey(wave(9, 0.2), data_set="w2")
    moved = text(MonitorPage(work).moved())

    assert "Nothing measured has moved" in still
    assert "numbers moved since" in moved
    assert "The desk" in moved


def test_answers_needed_follow_population_and_response(work: Workshop) -> None:
    """Few customers need fewer answers; silent ones more invitations."""
    page = MonitorPage(work)

    assert "385" in text(page.sample_size())
    assert "385" not in text(page.sample_size(population=500))
    assert "People to ask" in text(page.sample_size(response_rate=0.2))
