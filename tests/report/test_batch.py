"""Many reports in one run: all but the bad ones arrive, and nothing is made twice."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from filelock import FileLock

import journeykit
from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.report import outcome as outcomes
from journeykit.report.batch import run_batch
from journeykit.report.jobs import Job, jobs_for, workshops_in
from journeykit.report.manifest import MANIFEST, outcomes_in
from journeykit.report.outcome import Outcome, make_report

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def trips(tmp_path: Path) -> Path:
    """Return a folder with two workshops and a file that is none."""
    folder = tmp_path / "trips"
    folder.mkdir()
    for name in ("rome", "oslo"):
        with journeykit.new(folder / f"{name}.journey", title=name.title()) as work:
            work.add("persona", id="ann", name="Ann & <Bo>")
    (folder / "torn.journey").write_bytes(b"no workshop")
    return folder


def threads() -> Executor:
    """Return what runs reports where they need no process of their own."""
    return ThreadPoolExecutor(2)


def _batch(folder: Path, out: Path, **options: object) -> dict[str, Outcome]:
    jobs = jobs_for(workshops_in([str(folder)]))
    batch = run_batch(jobs, out, n_workers=2, **options)  # type: ignore[arg-type]
    return {one.name: one for one in batch.outcomes}


def test_each_workshop_and_persona_is_a_report(trips: Path) -> None:
    """In the order of the files, everybody first; a torn file is not forgotten."""
    jobs = jobs_for(workshops_in([str(trips)]), by="persona")

    assert [
        ("oslo-journey_report", "Oslo", ""),
        ("oslo-journey_report-ann", "Oslo: Ann & <Bo>", ""),
        ("rome-journey_report", "Rome", ""),
        ("rome-journey_report-ann", "Rome: Ann & <Bo>", ""),
    ] == [(one.name, one.title, one.problem) for one in jobs[:-1]]
    assert "torn-journey_report" == jobs[-1].name
    assert jobs[-1].problem


def test_names_are_ones_that_every_system_takes(tmp_path: Path) -> None:
    """Workshops of one name in two folders do not overwrite each other."""
    for place in ("a", "B"):
        (tmp_path / place).mkdir()
        journeykit.new(tmp_path / place / "Trip: to?.journey").close()
    jobs = jobs_for(workshops_in([str(tmp_path / "a"), str(tmp_path / "B")]))
    names = [one.name for one in jobs]

    assert 2 == len({name.casefold() for name in names})
    assert all(
        re.fullmatch(r"Trip-to-journey_report-[0-9a-f]{6}", one) for one in names
    )


def test_key_changes_with_what_the_report_says(trips: Path) -> None:
    """An edit, another persona or format gives another key; time alone does not."""
    places = workshops_in([str(trips / "rome.journey")])
    first = jobs_for(places)[0].key

    assert first == jobs_for(places)[0].key
    assert first != jobs_for(places, formats=("html", "pdf"))[0].key
    assert first != jobs_for(places, by="persona")[1].key
    with journeykit.open(trips / "rome.journey") as work:
        work.change("ann", name="Cid")
    assert first != jobs_for(places)[0].key


def test_what_cannot_be_meant_is_refused_before_anything_runs(trips: Path) -> None:
    """A parameter that the template lacks, a folder without workshops."""
    with pytest.raises(UnknownNameError, match="persona"):
        jobs_for(workshops_in([str(trips)]), parameters={"persone": "ann"})
    with pytest.raises(InputError, match="folder with workshops"):
        workshops_in([str(trips.parent)])


def test_one_bad_workshop_stops_no_other(trips: Path, tmp_path: Path) -> None:
    """The others arrive; the bad one is named on the page and in the record."""
    out = tmp_path / "out"
    found = _batch(trips, out)
    index = (out / "index.html").read_text(encoding="utf-8")
    record = json.loads((out / MANIFEST).read_text(encoding="utf-8"))

    assert ["made", "made", "failed"] == [one.status for one in found.values()]
    assert (out / "rome-journey_report.html").stat().st_size > 10_000
    assert "2 reports ready, 1 not made." in index
    assert '<a href="oslo-journey_report.html">HTML</a>' in index
    assert "torn" in index
    assert str(tmp_path) not in index
    assert str(tmp_path) not in json.dumps(record)
    assert "<script" not in index
    assert {"index.html", MANIFEST, ".journeykit-batch.lock"} < {
        one.name for one in out.iterdir()
    }


def test_unchanged_reports_are_kept(trips: Path, tmp_path: Path) -> None:
    """Gone on with, only what changed, failed or was touched is made again."""
    out = tmp_path / "out"
    first = _batch(trips, out, executor=threads)
    again = _batch(trips, out, executor=threads, is_resumed=True)
    with journeykit.open(trips / "rome.journey") as work:
        work.change("ann", name="Cid")
    changed = _batch(trips, out, executor=threads, is_resumed=True)
    page = out / "oslo-journey_report.html"
    page.write_text("touched")
    touched = _batch(trips, out, executor=threads, is_resumed=True)
    names = ("oslo-journey_report", "rome-journey_report", "torn-journey_report")

    assert ["kept", "kept", "failed"] == [again[name].status for name in names]
    assert first[names[0]].files == again[names[0]].files
    assert ["kept", "made", "failed"] == [changed[name].status for name in names]
    assert ["made", "kept", "failed"] == [touched[name].status for name in names]
    assert "touched" != page.read_text(encoding="utf-8")


def _quick(job: Job, folder: Path, *, cell_seconds: int | None) -> Outcome:
    """Stand for a report where only its process matters."""
    if job.name == "b" and not (folder / "died").exists():
        (folder / "died").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if job.name == "c":
        os.kill(os.getpid(), signal.SIGKILL)
    (folder / f"{job.name}.html").write_text(job.name)
    return Outcome(job.name, job.key, "made")


def _own_processes() -> Executor:
    return ProcessPoolExecutor(2, mp_context=get_context("fork"))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_killed_worker_costs_only_the_report_that_kills(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was killed is tried again, one that kills is named; the rest arrive."""
    monkeypatch.setattr("journeykit.report.batch.make_report", _quick)
    jobs = [Job(name, f"/{name}.journey", name, "t", key=name) for name in "abcdefgh"]
    batch = run_batch(jobs, tmp_path, n_workers=2, executor=_own_processes)
    status = {one.name: one.status for one in batch.outcomes}

    assert "failed" == status.pop("c")
    assert {"made"} == set(status.values())
    assert all((tmp_path / f"{name}.html").exists() for name in status)


def test_crash_in_the_middle_loses_nothing_done(tmp_path: Path) -> None:
    """What was told before the crash is known after it, a cut line is passed over."""

    def stop(outcome: Outcome) -> None:
        if outcome.name == "b":
            raise KeyboardInterrupt

    def quick(job: Job, folder: Path, *, cell_seconds: int | None) -> Outcome:
        (folder / f"{job.name}.html").write_text(job.name)
        file = outcomes.MadeFile.at(folder, f"{job.name}.html")
        return Outcome(job.name, job.key, "made", files=(file,))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("journeykit.report.batch.make_report", quick)
        jobs = [Job(name, f"/{name}.journey", name, "t", key=name) for name in "abc"]
        with pytest.raises(KeyboardInterrupt):
            run_batch(jobs, tmp_path, executor=lambda: ThreadPoolExecutor(1), told=stop)
        with (tmp_path / ".journeykit-batch.jsonl").open("a") as file:
            file.write('{"name": "c", "ke')
        known = outcomes_in(tmp_path)
        again = run_batch(jobs, tmp_path, executor=threads, is_resumed=True)

    assert {"a", "b"} == set(known)
    assert ["kept", "kept", "made"] == [one.status for one in again.outcomes]
    assert not (tmp_path / ".journeykit-batch.jsonl").exists()


def test_two_batches_do_not_write_into_one_folder(trips: Path, tmp_path: Path) -> None:
    """The second says so and touches nothing."""
    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".journeykit-batch.lock"):
        with pytest.raises(FileProblemError, match="another batch"):
            _batch(trips, out)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """Return a place that is a file, where no folder can be made."""
    place = tmp_path / "file"
    place.touch()
    yield place / "out"


def test_folder_that_cannot_be_written_is_said(trips: Path, read_only: Path) -> None:
    """Before anything is run."""
    with pytest.raises(FileProblemError, match="cannot be written"):
        _batch(trips, read_only)


def test_failing_template_is_an_outcome(trips: Path, tmp_path: Path) -> None:
    """With its cell, its message and the notebook; a later success takes that away."""
    job = jobs_for(workshops_in([str(trips / "rome.journey")]))[0]
    broken = {**job.parameters, "persona": "nobody"}
    bad = make_report(
        Job(job.name, job.workshop, "Rome", job.template, broken, key="k"), tmp_path
    )
    kept = (tmp_path / f"{job.name}.failed.ipynb").exists()
    good = make_report(job, tmp_path)

    assert ("failed", 2) == (bad.status, bad.cell)
    assert "UnknownNameError: rome.journey: there is no persona 'nobody'" in bad.message
    assert kept
    assert "made" == good.status
    assert not (tmp_path / f"{job.name}.failed.ipynb").exists()


def test_report_comes_in_every_format(trips: Path, tmp_path: Path) -> None:
    """One run of the notebook, five files."""
    formats = ("html", "pdf", "letter", "xlsx", "md")
    place = str(trips / "rome.journey")
    made = make_report(jobs_for(workshops_in([place]), formats=formats)[0], tmp_path)

    assert "made" == made.status
    assert {".html", ".pdf", ".xlsx", ".md"} <= {
        Path(one.name).suffix for one in made.files
    }
    assert all(
        (tmp_path / one.name).stat().st_size == one.n_bytes for one in made.files
    )
