"""Whatever a report does: the rest arrives, it is named, nothing of it is left."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import unquote

import nbformat
import psutil
import pytest
from made_workshops import made_workshop, made_workshops

import journeykit
from journeykit.report import engine_server
from journeykit.report.batch import run_batch
from journeykit.report.jobs import Job, jobs_for, workshops_in
from journeykit.report.manifest import MANIFEST, outcomes_in
from journeykit.report.outcome import MadeFile, Outcome
from journeykit.report.template_reference import Template

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="reports run in forks"),
]

START = """\
import os, signal, subprocess, sys, threading, time
import journeykit
from journeykit.report import parts
"""
BAND = 'parts.band("Trip to Rome", scope="", facts={}, language="en")'
FAULTS = {
    "raises": "raise ValueError('no such column')",
    "leaves": "sys.exit(3)",
    "exits": "os._exit(0)",
    "never_ends": "while True: pass",
    "sleeps_deaf": "signal.pthread_sigmask(signal.SIG_BLOCK, {2, 15}); time.sleep(999)",
    "stops": "os.kill(os.getpid(), signal.SIGSTOP)",
    "eats_memory": "kept = [b'x' * 2**20 for _ in range(9_999)]",
    "children_eat_memory": (
        "code = \"import time; kept = b'x' * 400_000_000; time.sleep(999)\"\n"
        "both = [subprocess.Popen([sys.executable, '-c', code]) for _ in range(2)]\n"
        "both[0].wait()"
    ),
    "kills_its_group": "os.killpg(0, signal.SIGKILL)",
    "kills_its_parents_group": (
        "os.killpg(os.getpgid(os.getppid()), signal.SIGKILL); time.sleep(999)"
    ),
    "writes_without_end": "while True: print('x' * 10_000)",
    "closes_everything": "os.closerange(0, 256); print('gone')",
    "recurses": "again = lambda n: again(n + 1) + 1\nagain(0)",
    "names_a_place": f"raise OSError('{sys.prefix}/secret.csv or /api/v1/x is gone')",
    "says_nothing": "raise KeyboardInterrupt",
}
HARMLESS = {
    "forks": "if not os.fork(): time.sleep(999)",
    "leaves_a_thread": "threading.Thread(target=time.sleep, args=(999,)).start()",
    "leaves_a_program": "subprocess.Popen(['sleep', '999'], start_new_session=True)",
    "goes_away": "os.chdir('/')",
    "prints_control_signs": "print(''.join(map(chr, range(32))) + '\\x7f\\x9b31m')",
    "good": "1",
}
LIMITS = {"report_timeout": 20, "memory_limit_mb": 700, "output_limit_mb": 5}


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a template that does what its parameter says the only one."""
    cells = [nbformat.v4.new_code_cell('fault: str = "1"  # what to do')]
    cells[0].metadata["tags"] = ["parameters"]
    cells += [nbformat.v4.new_code_cell(one) for one in (START, BAND, "exec(fault)")]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path = tmp_path / "faulty.ipynb"
    path.write_text(nbformat.writes(book), encoding="utf-8")
    found = Template("faulty", path)
    monkeypatch.setattr("journeykit.report.outcome.template_at", lambda *_: found)


def jobs_of(faults: dict[str, str]) -> list[Job]:
    """Return a report for each of the faults."""
    return [
        Job(name, "", name, "faulty", {"fault": code}, key=name)
        for name, code in faults.items()
    ]


def left_over() -> list[psutil.Process]:
    """Return the processes of reports that still run below this one.

    One process that draws for all of them stays with the warm parent; unlike a report's
    keeper it has none below it.
    """
    parent = engine_server._parent
    if parent is None:
        return []
    warm = psutil.Process(parent.process.pid)
    alive = psutil.wait_procs(warm.children(recursive=True), timeout=60)[1]
    drawers = [one for one in alive if one in warm.children() and not one.children()]
    return [one for one in alive if one not in drawers[:1]]


def test_bad_reports_are_named_and_the_others_arrive(
    faulty: None, tmp_path: Path
) -> None:
    """Each fault ends its own report, in its cell; no process and no half file stay."""
    out = tmp_path / "out"
    jobs = jobs_of(FAULTS | HARMLESS)
    batch = run_batch(
        jobs,
        out,
        n_workers=4,
        limits=LIMITS,
        executor=lambda: ThreadPoolExecutor(4),
    )
    found = {one.name: one for one in batch.outcomes}
    index = (out / "index.html").read_text(encoding="utf-8")

    assert list(FAULTS) == [one.name for one in batch.outcomes if one.message]
    assert dict.fromkeys(FAULTS, 4) == {name: found[name].cell for name in FAULTS}
    assert {"made"} == {found[name].status for name in HARMLESS}
    assert "ValueError: no such column" == found["raises"].message
    assert "OSError: secret.csv or /api/v1/x is gone" == found["names_a_place"].message
    assert "KeyboardInterrupt" == found["says_nothing"].message
    assert "it ran longer than 20 seconds" == found["never_ends"].message
    assert re.search("MemoryError|MB of memory", found["eats_memory"].message)
    assert "MB of memory" in found["children_eat_memory"].message
    assert "5 MB of output" in found["writes_without_end"].message
    assert "6 reports ready, 15 not made." in index
    assert {f"{name}.failed.ipynb" for name in FAULTS} == {
        one.name for one in out.glob("*.failed.ipynb")
    }
    assert [] == list(out.rglob("*.part"))
    assert [] == left_over()


def test_control_signs_reach_no_page(faulty: None, tmp_path: Path) -> None:
    """What a report prints is not shown to readers; the page is plain text."""
    jobs = jobs_of({"signs": HARMLESS["prints_control_signs"]})
    run_batch(jobs, tmp_path, executor=lambda: ThreadPoolExecutor(1))
    page = (tmp_path / "signs.html").read_text(encoding="utf-8")

    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", page)


HOSTILE = (
    "plain",
    "two words & <b>more</b>",
    "quote ' and \" and `",
    "percent %2e%2e #anchor ?query",
    "../climbs",
    ".hidden",
    "-rf",
    "new\nline\ttab",
    "$(touch gone) ; rm",
    "\u202egnp.exe",
    "emoji 🧳 and Zürich 東京",
    "back\\slash",
    "dot.",
    "x" * 180,
)


def test_hostile_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file stays in its folder under a name for every system, and is linked."""
    seed, folder, out = made_workshop(tmp_path), tmp_path / "made", tmp_path / "out"
    for number, name in enumerate(HOSTILE):
        (folder / str(number)).mkdir(parents=True)
        place = folder / str(number) / f"{name.replace('/', '_')}.journey"
        shutil.copy(seed, place)

    def quick(job: Job, place: Path, *, cell_seconds: int | None) -> Outcome:
        (place / f"{job.name}.html").write_text(job.name)
        file = MadeFile.at(place, f"{job.name}.html")
        return Outcome(job.name, job.key, "made", files=(file,))

    monkeypatch.setattr("journeykit.report.batch.make_report", quick)
    places = workshops_in([str(one) for one in folder.iterdir()])
    run_batch(jobs_for(places), out, executor=lambda: ThreadPoolExecutor(1))
    index = (out / "index.html").read_text(encoding="utf-8")
    linked = {unquote(one) for one in re.findall(r'<a href="([^"]+\.html)"', index)}
    made = {one.name for one in out.iterdir()} - {"index.html", MANIFEST}

    assert len(HOSTILE) == len(linked)
    assert linked == {one for one in made if one.endswith(".html")}
    assert all(re.fullmatch(r"[\w.-]+", one) for one in linked)
    assert all(len(one.encode()) < 255 for one in linked)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith("climbs")]


# --- the command ----------------------------------------------------------------------


def command(folder: Path, *words: str) -> list[str]:
    """Return the command that makes the reports of a folder."""
    out = str(folder.parent / "out")
    base = [sys.executable, "-m", "journeykit", "report", str(folder), "--out", out]
    return [*base, "--jobs", "2", *words]


def n_told(out: Path) -> int:
    """Return how many reports the batch in a folder has on record."""
    return len(outcomes_in(out)) if out.exists() else 0


def wait_for(batch: subprocess.Popen[str], out: Path, n: int) -> list[psutil.Process]:
    """Wait until so many reports are made; return the processes of the batch."""
    until = time.monotonic() + 400
    while n_told(out) < n and batch.poll() is None and time.monotonic() < until:
        time.sleep(0.05)
    return psutil.Process(batch.pid).children(recursive=True)


@pytest.mark.parametrize("end", ["killed", "interrupted"])
def test_batch_that_ends_is_gone_on_with(tmp_path: Path, end: str) -> None:
    """Nothing of it runs on, no half file stays, what was made is not made again."""
    made_workshops(tmp_path / "made", 5)
    out, words = tmp_path / "out", command(tmp_path / "made")
    (tmp_path / "temp").mkdir()
    batch = subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"TMPDIR": str(tmp_path / "temp")},
    )
    family = wait_for(batch, out, 1)
    if end == "killed":
        batch.kill()
    else:
        batch.send_signal(signal.SIGINT)
    _, said = batch.communicate(timeout=240)
    _, alive = psutil.wait_procs(family, timeout=60)
    n_before, n_there = n_told(out), len(list(out.glob("made-*.html")))
    again = subprocess.run(
        [*words, "--resume", "--jobs", "1"], capture_output=True, text=True, check=False
    )

    assert [] == alive
    assert [] == list((tmp_path / "temp").glob("journeykit-*"))
    assert "Traceback" not in said
    assert 1 <= n_before < 5
    # No worker goes on with what nobody waits for.
    assert n_there <= n_before + 2
    assert 0 == again.returncode
    assert f"{5 - n_before} made, {n_before} unchanged and kept." in again.stdout
    assert 5 == len(list(out.glob("made-*.html")))
    assert [] == list(out.rglob("*.part"))


def test_killed_worker_and_torn_workshop(tmp_path: Path) -> None:
    """One process of two is killed: its report is made again; the torn one is named."""
    made_workshops(tmp_path / "made", 5)
    (tmp_path / "made" / "torn.journey").write_bytes(b"no workshop")
    out = tmp_path / "out"
    batch = subprocess.Popen(
        command(tmp_path / "made"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(batch, out, 1)
    workers = [
        one
        for one in psutil.Process(batch.pid).children()
        if "spawn_main" in " ".join(one.cmdline())
    ]
    workers[0].kill()
    second = subprocess.run(
        command(tmp_path / "made"), capture_output=True, text=True, check=False
    )
    said, wrong = batch.communicate(timeout=240)
    record = json.loads((out / MANIFEST).read_text(encoding="utf-8"))

    assert 2 == second.returncode
    assert "another batch" in second.stderr
    assert 1 == batch.returncode
    assert "5 made, 1 not made." in said
    assert "Not made: torn-journey_report" in wrong
    assert 5 == sum(one["outcome"]["status"] == "made" for one in record["reports"])


def _can_mount() -> bool:
    words = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    if sys.platform != "linux" or shutil.which("unshare") is None:
        return False
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_mount(), reason="nobody may mount a small disk here")
@pytest.mark.parametrize("disk", ["size=500k", "ro"])
def test_full_disk_and_one_that_is_read_only(tmp_path: Path, disk: str) -> None:
    """It is said without a trace; what was written is whole, what was not is named."""
    made_workshops(tmp_path / "made", 4)
    out = tmp_path / "out"
    out.mkdir()
    script = (
        f'mount -t tmpfs -o {disk} tmpfs {out}; "$@"; echo "code $?"; '
        f'for file in {out}/*.html; do tail -c 8 "$file"; echo; done; '
        f"ls -A {out}"
    )
    inner = command(tmp_path / "made", "--jobs", "1")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *inner],
        capture_output=True,
        text=True,
        check=False,
    )
    whole = done.stdout.count("</html>")
    pages = re.findall(r"^[\w-]+\.html$", done.stdout, re.MULTILINE)

    assert "Traceback" not in done.stderr
    assert ".part" not in done.stdout
    assert len(pages) == whole
    if disk == "ro":
        assert "code 2" in done.stdout
        assert "cannot be written (Read-only file system)" in done.stderr
    else:
        assert re.search("code [12]", done.stdout)
        assert "No space left on device" in done.stderr
        assert 0 < whole < 5


def test_workshop_is_the_same_after_all_that(tmp_path: Path) -> None:
    """A report, whatever becomes of it, does not write into what it reports on."""
    place = made_workshop(tmp_path)
    before = place.read_bytes()
    jobs = jobs_for([str(place)])
    run_batch(jobs, tmp_path / "out", executor=lambda: ThreadPoolExecutor(1))

    assert before == place.read_bytes()
    with journeykit.open(place, is_read_only=True) as work:
        assert work.case.title
