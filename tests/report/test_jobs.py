"""Which reports a batch makes: of parts, over many workshops, on none."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

import journeykit
from journeykit.errors import InputError
from journeykit.report.jobs import jobs_for, workshops_in
from journeykit.report.manifest import write_manifest
from journeykit.report.outcome import failed
from journeykit.report.template_reference import Template

MakeTemplate = Callable[[str], None]


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeTemplate:
    """Return what makes a template of the lines of its parameters cell."""

    def make(parameters: str) -> None:
        cell = nbformat.v4.new_code_cell(parameters)
        cell.metadata["tags"] = ["parameters"]
        path = tmp_path / "own_report.ipynb"
        path.write_text(nbformat.writes(nbformat.v4.new_notebook(cells=[cell])))
        found = Template("own_report", path)
        monkeypatch.setattr("journeykit.report.jobs.template_at", lambda *_: found)

    return make


@pytest.fixture
def trips(tmp_path: Path) -> Path:
    """Return a folder with two workshops and a file that is none."""
    folder = tmp_path / "trips"
    folder.mkdir()
    for name in ("rome", "oslo"):
        with journeykit.new(folder / f"{name}.journey", title=name.title()) as work:
            for old in work.entries("stage"):
                work.remove(old, with_links=True)
            work.change(work.entries("journey")[0].id, state="target")
            work.add("journey", id="now", name="Now")
            work.add("journey", id="then", name="Then", state="target")
            work.add("stage", id="go", name="Go", journey="now")
            work.add("stage", id="stay", name="Stay", journey="now")
            work.add("stage", id="fly", name="Fly", journey="then")
    (folder / "torn.journey").write_bytes(b"no workshop")
    return folder


def test_each_stage_of_today_is_a_report(trips: Path, template: MakeTemplate) -> None:
    """Without one on the whole, which would be about no stage."""
    template('workshop: str = ""\nstage: str = ""')
    jobs = jobs_for(workshops_in([str(trips)]), template="own_report", by="stage")

    assert [
        ("oslo-own_report-go", "Oslo: Go", "go"),
        ("oslo-own_report-stay", "Oslo: Stay", "stay"),
        ("rome-own_report-go", "Rome: Go", "go"),
        ("rome-own_report-stay", "Rome: Stay", "stay"),
        ("torn-own_report", "torn", None),
    ] == [(one.name, one.title, one.parameters.get("stage")) for one in jobs]


def test_report_over_many_workshops_is_one(trips: Path, template: MakeTemplate) -> None:
    """On all that open; the torn one is named, and a change in any makes it anew."""
    template("workshops: list[str] = []")
    places = workshops_in([str(trips)])
    one, torn = jobs_for(places, template="own_report")
    good = [str(trips / f"{name}.journey") for name in ("oslo", "rome")]

    assert ("own_report", "Own report", "") == (one.name, one.title, one.problem)
    assert {"workshops": good} == one.parameters
    assert "torn-own_report" == torn.name
    assert torn.problem
    with journeykit.open(good[1]) as work:
        work.change("go", name="Set out")
    assert one.key != jobs_for(places, template="own_report")[0].key


def test_record_names_no_place_of_the_machine(
    trips: Path, template: MakeTemplate
) -> None:
    """Neither in the parameters of a report on many nor in what went wrong."""
    template("workshops: list[str] = []")
    jobs = jobs_for(workshops_in([str(trips)]), template="own_report")[:1]
    bad = failed(jobs[0], f"no table in {jobs[0].parameters['workshops'][1]}")
    path = write_manifest(trips, jobs, {"own_report": bad}, datetime.now(UTC))
    text = path.read_text(encoding="utf-8")

    assert str(trips) not in text
    assert ["oslo", "rome"] == json.loads(text)["reports"][0]["parameters"]["workshops"]
    assert "no table in rome.journey" == bad.message


def test_template_that_needs_no_workshop(template: MakeTemplate) -> None:
    """Is one report, named after itself."""
    template('agenda: str = "day"\nworkshop: str = ""')
    (job,) = jobs_for((), template="own_report", parameters={"agenda": "half"})

    assert ("own_report", "Own report") == (job.name, job.title)
    assert {"agenda": "half"} == job.parameters


def test_what_a_template_does_not_take_is_said(
    trips: Path, template: MakeTemplate
) -> None:
    """A way to part it, a workshop where there must be one or none."""
    places = workshops_in([str(trips)])
    template("number: int = 1")
    with pytest.raises(InputError, match="takes no stage"):
        jobs_for(places, template="own_report", by="stage")
    with pytest.raises(InputError, match="takes no workshop"):
        jobs_for(places, template="own_report")
    template('workshop: str = "trip.journey"')
    with pytest.raises(InputError, match="a workshop was expected"):
        jobs_for((), template="own_report")


def test_workshops_without_stages_cannot_be_parted(
    tmp_path: Path, template: MakeTemplate
) -> None:
    """It is said at once, not after a batch of nothing."""
    template('workshop: str = ""\nstage: str = ""')
    with journeykit.new(tmp_path / "trip.journey") as work:
        for stage in work.entries("stage"):
            work.remove(stage, with_links=True)

    with pytest.raises(InputError, match="a stage was expected"):
        jobs_for([str(tmp_path / "trip.journey")], template="own_report", by="stage")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_whose_name_is_no_text_stops_no_other(trips: Path) -> None:
    """It is read as every other; what came in a ZIP from elsewhere has such names."""
    (trips / "torn.journey").rename(trips / os.fsdecode(b"torn\xff.journey"))
    (trips / "oslo.journey").rename(trips / os.fsdecode(b"osl\xf6.journey"))
    jobs = jobs_for(workshops_in([str(trips)]), template="journey_report")

    assert ["Oslo", "Rome", "torn"] == [one.title for one in jobs]
    assert ["", "", "another program's."] == [one.problem[-18:] for one in jobs]
