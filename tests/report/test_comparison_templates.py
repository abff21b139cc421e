"""The reports that compare: segments, many workshops, waves; on any workshop."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from made_workshops import MADE_ON, made_workshop, made_workshops
from report_notebooks import given, page_of

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.model.survey import Condition, Group
from journeykit.report.catalogue import template_named
from journeykit.report.journey_report import JourneyReport
from journeykit.report.portfolio import Portfolio
from journeykit.report.run import run_report
from journeykit.report.segment_comparison import SegmentComparison
from journeykit.report.wave_report import WaveReport

TEMPLATES = ("segment_comparison", "portfolio", "wave_change")


def two_waves(folder: Path) -> Path:
    """Return a workshop whose second survey came in after a named moment."""
    path = made_workshop(folder, 3, n_waves=2)
    with journeykit.open(path) as work:
        later = work.document()["survey-2"]
        fields = {"table": later.table, "n_rows": later.n_rows}
        work.change("survey-2", table="", n_rows=None)
        work.change("action-0", status="planned")
        work.mark("Spring review")
        work.change("survey-2", **fields)
        work.change("pain-1", status="resolved")
        work.change("room", emotion=2)
        work.change("action-0", status="done")
        work.add("pain_point", text="Slow Wi-Fi", touchpoint="room")
    return path


# --- any workshop ---------------------------------------------------------------------


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("starter", ["empty", "restaurant"])
def test_workshop_without_data_says_what_is_missing(
    template: str, starter: str, tmp_path: Path
) -> None:
    """Nothing measured, or nothing at all: sentences, and no error."""
    path = tmp_path / "bare.journey"
    journeykit.new(path, starter=starter).close()

    page = page_of(template, **given(template, path))

    assert "What we found" in page
    assert str(tmp_path) not in page
    assert "nan" not in page.casefold().split()


@pytest.mark.parametrize("template", TEMPLATES)
def test_airport_fills_each_template(template: str, airport_file: Path) -> None:
    """The worked example has something to say in each of them."""
    page = page_of(template, **given(template, airport_file))

    assert len(page) > 2_000
    assert str(airport_file.parent) not in page


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_template_runs_as_a_notebook(template: str, tmp_path: Path) -> None:
    """Run by the engine, it becomes a page in every format."""
    path = made_workshop(tmp_path, 2, n_waves=2)
    written = run_report(
        template_named(template),
        given(template, path),
        tmp_path / "out" / "page.html",
        formats=("html", "pdf", "pptx", "xlsx", "md"),
    )

    assert {"page.html", "page.pdf", "page.pptx", "page.xlsx", "page.md"} <= {
        one.name for one in written
    }
    assert all(one.stat().st_size > 1_000 for one in written)


# --- segments -------------------------------------------------------------------------


def test_small_persona_is_named_and_nothing_of_it_is_shown(tmp_path: Path) -> None:
    """Four answers: named as too few, no number, and no total to compute it from."""
    path = made_workshop(tmp_path, 1)
    page = page_of("segment_comparison", workshop=str(path))

    assert "2 groups are compared; too few answered of Latecomer" in page
    assert "| Latecomer |  | fewer than 5 | no, too few answers |" in page
    assert "n 160" not in page  # all answers less those of the others would tell it
    assert "Latecomer above" not in page


def everybody_is_of_a_persona(folder: Path) -> Path:
    """Return a workshop whose personas part all answers; one of them has four."""
    path = made_workshop(folder, 1)
    with journeykit.open(path) as work:
        others = work.add("persona", name="Anybody else")
        mapping = work["survey-1"].mapping
        rule = Group(
            subject=others.id,
            conditions=(Condition(column="guest", values=("other",)),),
        )
        groups = (*mapping.groups, rule)
        work.change("survey-1", mapping=mapping.model_copy(update={"groups": groups}))
        work.measure()
    return path


def test_persona_whose_number_tells_of_a_smaller_one_is_not_shown(
    tmp_path: Path,
) -> None:
    """All answers less the three larger groups are the four of the latecomers."""
    path = everybody_is_of_a_persona(tmp_path)
    page = page_of("segment_comparison", workshop=str(path))

    tells = "| Anybody else |  | not shown | no, it would tell what a smaller group"
    assert "2 groups are compared; too few answered of Latecomer" in page
    assert tells in page
    assert "n 160" not in page
    assert not re.search(r"Anybody else: \d", page)


@pytest.mark.parametrize(
    "template", ["journey_report", "persona_report", "evidence_and_kpi_report"]
)
def test_no_report_beside_it_shows_that_persona(template: str, tmp_path: Path) -> None:
    """What a report leaves out is not in another one of the same workshop."""
    path = everybody_is_of_a_persona(tmp_path)
    page = page_of(template, workshop=str(path))

    page = page.replace("Guest survey 2026", "Guest survey")
    rows = [one for one in page.splitlines() if "| Anybody else" in one]
    assert not [one for one in rows if re.search(r"[1-9]", one)]


def test_published_groups_of_the_airport_part_where_they_should(
    airport_file: Path,
) -> None:
    """The business traveller is the least satisfied at most places, beyond chance."""
    page = page_of("segment_comparison", workshop=str(airport_file))

    assert "They are clearly apart at 10 of 12 touchpoints" in page
    assert "28 of 114 comparisons are beyond chance" in page
    assert "5 of 9 pain points are shared, 4 are felt by one group" in page


def test_segments_can_stand_side_by_side(airport_file: Path) -> None:
    """On request the segments are compared, each with what its personas feel."""
    page = page_of("segment_comparison", workshop=str(airport_file), compare="segments")

    assert "Travelling for work" in page
    assert "not for each group" in page


def test_one_stage_has_its_own_touchpoints_only(airport_file: Path) -> None:
    """A stage leaves out what stands elsewhere."""
    with journeykit.open(airport_file, is_read_only=True) as work:
        report = SegmentComparison(work, stage="stage-security")
        names = set(report.apart["name"])

        assert {"Pass security"} == names
        with pytest.raises(UnknownNameError, match="stage-security"):
            SegmentComparison(work, stage="stage-securty")
        with pytest.raises(UnknownNameError, match="personas"):
            SegmentComparison(work, compare="persona")


# --- many workshops -------------------------------------------------------------------


def test_unreadable_workshop_is_named_and_stops_nobody(tmp_path: Path) -> None:
    """Another program's file and a missing one are told, without a path."""
    made = made_workshops(tmp_path / "many", 3)
    (tmp_path / "many" / "broken.journey").write_bytes(b"nothing of ours" * 20)
    gone = tmp_path / "gone.journey"
    page = page_of("portfolio", workshops=[str(tmp_path / "many"), str(gone)])

    assert "# 5 workshops" in page
    assert "- **Read:** 3 of 5" in page
    assert "| broken | could not be read:" in page
    assert "| gone | could not be read:" in page
    assert str(tmp_path) not in page
    assert 3 == len(made)


def test_league_has_every_workshop_with_its_places(tmp_path: Path) -> None:
    """Best first, each once, each with the places that its interval leaves open."""
    report = Portfolio([str(one) for one in made_workshops(tmp_path, 8)], today=MADE_ON)
    table = report.league

    assert list(range(1, 9)) == list(table["rank"])
    assert sorted(table["value"], reverse=True) == list(table["value"])
    assert (table["rank_low"] <= table["rank"]).all()
    assert "net_promoter_score" == report.measure


def test_stale_and_unowned_workshops_are_found(tmp_path: Path) -> None:
    """Every fifth is stale and every seventh has no owner, as they were made."""
    report = Portfolio([str(one) for one in made_workshops(tmp_path, 7)], today=MADE_ON)

    assert ["Hotel Leeds"] == [one.name for one in report.read if one.is_stale(MADE_ON)]
    assert ["Hotel Lyon"] == [one.name for one in report.read if not one.owner]
    rows = report.neglected().data["rows"]
    assert [["Hotel Leeds", "Manager of Leeds"], ["Hotel Lyon", "nobody"]] == [
        [row[0], row[2]] for row in rows
    ]


def test_two_workshops_of_one_title_are_told_apart(tmp_path: Path) -> None:
    """The same case of two teams stands there as two."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    files = [made_workshop(tmp_path / name, 1) for name in ("a", "b")]
    report = Portfolio([str(one) for one in files], today=MADE_ON)

    assert ["Hotel Ghent (1)", "Hotel Ghent (2)"] == [one.name for one in report.read]


def test_portfolio_of_nothing_says_so() -> None:
    """No workshop at all is a page with words, and a wrong measure is refused."""
    page = page_of("portfolio", workshops=[])

    assert "No workshop could be read" in page
    with pytest.raises(UnknownNameError, match="net_promoter_score"):
        Portfolio([], measure="net_promoter")


# --- waves ----------------------------------------------------------------------------


def test_change_is_told_with_its_chance(tmp_path: Path) -> None:
    """Of nine scores one moved beyond chance, and the map of then is known."""
    page = page_of("wave_change", workshop=str(two_waves(tmp_path)))

    assert "1 of 9 scores moved beyond chance" in page
    assert "On the map since “Spring review”: 1 new, 2 changed, 0 gone." in page
    assert "status: Open → Resolved" in page
    assert "1 action was finished between" in page
    assert "Guest survey 2025 against Guest survey 2026" in page


def test_reports_of_today_rest_on_the_newest_wave(tmp_path: Path) -> None:
    """A score of the last survey, beside it what that survey left out; no old one."""
    path = made_workshop(tmp_path, 3, n_waves=2)
    with journeykit.open(path, is_read_only=True) as work:
        report = JourneyReport(work)
        whole = report.overall("net_promoter_score")
        by_persona = report.recommendation_by_persona()
        found = {one.data_set for one in report.measured}

    assert {"survey-2"} == found
    assert "survey-2" == whole.data_set
    # Each persona is there once; nothing is left out of the last one's few answers.
    names = [row[0] for row in by_persona.data["twin"]["rows"]]
    assert ["Business traveller", "Family", "Latecomer"] == sorted(names)
    (n_left,) = whole.left_out.values()
    assert f"Left out: {n_left} “11 no answer”" in str(by_persona.__html__())


def test_mark_can_be_compared_with_now(tmp_path: Path) -> None:
    """Named by a mark, the moment is the map and the survey of then."""
    with journeykit.open(two_waves(tmp_path), is_read_only=True) as work:
        report = WaveReport(work, before="Spring review", today=date(2026, 11, 26))

        assert report.before is not None
        assert ("Spring review", "survey-1") == (
            report.before.mark,
            report.before.survey.id,
        )
        assert "survey-2" == report.after.survey.id
        assert 9 == len(report.changes)
        with pytest.raises(UnknownNameError, match="Spring review"):
            WaveReport(work, before="Spring reviw")


def test_persona_has_its_own_changes(tmp_path: Path) -> None:
    """Of a persona only its answers count; one that is too small has no score."""
    with journeykit.open(two_waves(tmp_path), is_read_only=True) as work:
        mine = WaveReport(work, persona="family").changes
        late = WaveReport(work, persona="late").changes

        assert {"family"} == set(mine["group"])
        assert late["value"].isna().all()


def test_one_survey_is_compared_with_nothing(airport_file: Path) -> None:
    """Both moments rest on the same answers: said, and no change is shown."""
    page = page_of("wave_change", workshop=str(airport_file))

    assert "Both moments rest on the same answers" in page
    assert "start against now" in page
