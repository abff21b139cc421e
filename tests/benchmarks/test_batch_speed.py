"""What a batch of reports costs, beside a papermill loop with the nbconvert command."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from urllib.request import urlopen

import nbformat
import papermill
import psutil
import pytest
from benchmarks.figures import Figures
from benchmarks.test_engine_speed import family_seconds, unique_mb
from made_workshops import made_workshops

from journeykit import lab
from journeykit.report.batch import run_batch
from journeykit.report.catalogue import template_named
from journeykit.report.jobs import Job, jobs_for
from journeykit.report.outcome import MadeFile, Outcome
from journeykit.report.template_reference import Template

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.timeout(3_600),
]

N_REPORTS = 24
N_LOOP = 2  # papermill's loop takes the same for each
N_ROUND = 8  # in turns: the machine is not equally busy all the time
N_SIDE_BY_SIDE = 240
N_LONG = int(os.environ.get("JOURNEYKIT_REPORTS", "1000"))
FORMATS = ("html", "pdf", "pptx")
WAYS = (("html",), ("html", "pdf"), ("html", "pptx"))


START = """\
import journeykit
from journeykit.report.evidence_report import EvidenceReport
from journeykit.report.executive_one_pager import ExecutiveOnePager

place = journeykit.open(workshop, is_read_only=True)
report, short = EvidenceReport(place), ExecutiveOnePager(place)
"""
SIX_CHARTS = (
    "report.band()",
    "report.found()",
    "report.recommendation()",
    "report.recommendation_by_persona()",
    "report.satisfaction()",
    "report.gap()",
    "report.trend()",
    "short.curve()",
)


@pytest.fixture(autouse=True)
def own_heap() -> Iterator[None]:
    """Keep out of a batch what pytest and the tests before left in this process."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def six_charts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the notebook of a report with six charts and nothing else."""
    cells = [
        nbformat.v4.new_code_cell(one)
        for one in ('workshop: str = ""  # path of the workshop', START, *SIX_CHARTS)
    ]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path = tmp_path_factory.mktemp("six") / "six_charts.ipynb"
    path.write_text(nbformat.writes(book), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return made workshops; a journey report on one has four charts, and a map."""
    folder = tmp_path_factory.mktemp("made")
    return [str(one) for one in made_workshops(folder, N_REPORTS)]


def many_jobs(made: list[str], number: int) -> list[Job]:
    """Return as many reports as are asked for."""
    return [
        Job(f"r{n}", one.workshop, "", one.template, one.parameters)
        for n, one in zip(range(number), cycle(jobs_for(made)), strict=False)
    ]


def one_thread() -> Executor:
    """Return what makes reports in this process, so that all of it is measured."""
    return ThreadPoolExecutor(1)


def batch_seconds(places: list[str], out: Path, formats: tuple[str, ...]) -> float:
    """Return the CPU seconds a report of a batch."""
    before = family_seconds(psutil.Process())
    batch = run_batch(jobs_for(places, formats=formats), out, executor=one_thread)

    assert not batch.n_failed
    return (family_seconds(psutil.Process()) - before) / len(places)


def loop_seconds(notebook: Path, places: list[str], out: Path) -> float:
    """Return the CPU seconds a report of a papermill loop with nbconvert after it."""
    out.mkdir()
    before = family_seconds(psutil.Process())
    for number, place in enumerate(places):
        executed = out / f"{number}.ipynb"
        papermill.execute_notebook(
            nbformat.read(notebook, as_version=4),
            executed,
            {"workshop": place},
            progress_bar=False,
        )
        command = [sys.executable, "-m", "nbconvert", "--to=html", str(executed)]
        subprocess.run(command, check=True, capture_output=True)
    return (family_seconds(psutil.Process()) - before) / len(places)


@pytest.mark.parametrize("report", ["six charts", "journey report"])
def test_reports_cost_little(
    figures: Figures,
    made: list[str],
    six_charts: Path,
    report: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """HTML with its charts, then PDF and slides on top, all in one run."""
    notebook = template_named("journey_report")
    if report == "six charts":
        notebook = six_charts
        found = Template("six_charts", notebook)
        monkeypatch.setattr("journeykit.report.outcome.template_at", lambda *_: found)
    batch_seconds(made[:1], tmp_path / "warm", FORMATS)
    took = dict.fromkeys(WAYS, 0.0)
    for n in range(0, N_REPORTS, N_ROUND):
        for formats in WAYS:
            out = tmp_path / f"{n}-{len(formats)}-{formats[-1]}"
            took[formats] += batch_seconds(made[n : n + N_ROUND], out, formats)
    took = {formats: one * N_ROUND / N_REPORTS for formats, one in took.items()}
    loop = loop_seconds(notebook, made[:N_LOOP], tmp_path / "loop")
    html = took[("html",)]
    pdf, slides = took[("html", "pdf")] - html, took[("html", "pptx")] - html

    figures.at_most(f"{report}, HTML, CPU", 0.6, html, "s", papermill_nbconvert=loop)
    figures.at_most(f"{report}, PDF on top, CPU", 0.1, pdf, "s")
    figures.at_most(f"{report}, slides on top, CPU", 0.1, slides, "s")
    figures.at_least("papermill and nbconvert over ours, CPU", 5, loop / html, "times")


def quick(job: Job, folder: Path, *, cell_seconds: int | None) -> Outcome:
    """Stand for a report that takes no time itself."""
    (folder / f"{job.name}.html").write_text(job.name)
    file = MadeFile.at(folder, f"{job.name}.html")
    return Outcome(job.name, job.key, "made", files=(file,))


def test_batch_itself_costs_little(
    figures: Figures, made: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hashing, journal, manifest and index; also of a report that is kept."""
    monkeypatch.setattr("journeykit.report.batch.make_report", quick)
    start = time.process_time()
    jobs = jobs_for(made)
    run_batch(jobs, tmp_path, executor=one_thread)
    first = (time.process_time() - start) / len(made) * 1_000
    start = time.process_time()
    batch = run_batch(jobs_for(made), tmp_path, is_resumed=True, executor=one_thread)
    again = (time.process_time() - start) / len(made) * 1_000

    assert {"kept"} == {one.status for one in batch.outcomes}
    figures.at_most("batch itself, CPU a report", 10, first, "ms")
    figures.at_most("unchanged report, CPU", 10, again, "ms")


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="one core does one thing")
def test_two_jobs_take_half_the_time(
    figures: Figures, made: list[str], tmp_path: Path
) -> None:
    """Two processes side by side on two cores; both runs start their own."""
    took, jobs = [], many_jobs(made, N_SIDE_BY_SIDE)
    for n_workers in (1, 2):
        start = time.perf_counter()
        run_batch(jobs, tmp_path / str(n_workers), n_workers=n_workers)
        took.append(time.perf_counter() - start)

    figures.at_least("two jobs over one", 1.8, took[0] / took[1], "times")


def test_many_reports_need_no_more_memory(
    figures: Figures, made: list[str], tmp_path: Path
) -> None:
    """Time grows with the number in a straight line, memory not at all."""
    own, memory, times = psutil.Process(), [], []
    start = time.perf_counter()

    def look(outcome: Outcome) -> None:
        times.append(time.perf_counter() - start)
        if len(times) in (50, N_LONG) or not len(times) % 100:
            memory.append(unique_mb(own))

    jobs = many_jobs(made, N_LONG)
    run_batch(jobs, tmp_path, executor=one_thread, told=look)
    half = times[N_LONG // 2 - 1] - times[24]
    rest = times[-1] - times[N_LONG // 2 - 1]
    for number in (25, 50, 100, 250, 500, 1_000):
        if number <= N_LONG:
            bar = "#" * round(60 * times[number - 1] / times[-1])
            print(f"{number:5} reports {times[number - 1]:7.1f} s {bar}")

    figures.at_most(
        f"memory after {N_LONG} reports", 1.1, memory[-1] / memory[0], "times"
    )
    figures.at_most(
        "second half of the reports over the first",
        1.1,
        rest / (N_LONG - N_LONG // 2) * (N_LONG // 2 - 25) / half,
        "times",
    )


def answer_seconds(command: list[str], port: int) -> float:
    """Return how long a server takes to its first answer."""
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(
        [*command, f"--port={port}", "--no-browser", "--ServerApp.token="],
        stdout=quiet,
        stderr=quiet,
    )
    try:
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{port}/api") as answer:
                    answer.read()
                return time.perf_counter() - start
            except OSError:
                time.sleep(0.01)
    finally:
        server.terminate()
        server.wait()


def test_lab_answers_soon(figures: Figures, tmp_path: Path) -> None:
    """Half of JupyterLab's start is one import that nobody needs there."""
    lab.lay_out(tmp_path)
    settings = tmp_path / "settings"
    settings.mkdir()
    words = [*lab.lab_arguments(tmp_path, settings), "--allow-root"]
    ours = [sys.executable, "-c", lab._START, *words]
    plain = [sys.executable, "-m", "jupyterlab", "--allow-root"]
    pairs = [
        (answer_seconds(ours, 9_300 + n), answer_seconds(plain, 9_400 + n))
        for n in range(3)
    ]

    figures.at_most(
        "JupyterLab answers",
        0.9,
        min(one for one, _ in pairs),
        "s",
        jupyter_lab=min(other for _, other in pairs),
    )
