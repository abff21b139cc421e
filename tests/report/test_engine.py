"""The warm engine: whatever a report does, it is named, and nothing is left of it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from engine_runs import KERNEL, book, run, side_by_side, text

from journeykit.errors import InputError
from journeykit.report import engine_server
from journeykit.report.engine_client import Limits, Line, _LineClient
from journeykit.report.engine_reach import beyond
from journeykit.report.engine_wire import Wire, wire_pair

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

FORK = "import os, signal, sys, time\n"


@pytest.fixture
def others() -> set[int]:
    """Return the processes that other tests have below this one."""
    return {one.pid for one in psutil.Process().children(recursive=True)}


def drawers() -> set[int]:
    """Return the process that draws for all reports of the parent."""
    parent = engine_server._parent
    if parent is None or parent.process.poll() is not None:
        return set()
    return {one.pid for one in psutil.Process(parent.process.pid).children()}


def processes(others: set[int]) -> set[int]:
    """Return the processes below this one that are neither others' nor the parent."""
    parent = engine_server._parent
    known = {*others, parent.process.pid if parent else 0, *drawers()}
    below = psutil.Process().children(recursive=True)
    found = [one for one in below if one.pid not in known]
    _, alive = psutil.wait_procs(found, timeout=30)
    return {one.pid for one in alive}


@pytest.mark.parametrize(
    ("cell", "message", "options"),
    [
        ("import os; print('seen', flush=True); os._exit(3)", "exit code 3", {}),
        (
            "import os; print('seen', flush=True); os.kill(os.getpid(), 9)",
            "SIGKILL",
            {},
        ),
        (
            "print('seen', flush=True)\nwhile True: pass",
            "4 sec",
            {"report_timeout": 4},
        ),
        ("print('seen', flush=True)\nwhile True: pass", "timed out", {"timeout": 1}),
        (
            "print('seen', flush=True)\nwhile True: print('x' * 99)",
            "1 MB of output",
            {"output_limit_mb": 1},
        ),
        (
            "print('seen', flush=True)\nx = [b'x' * 2**20 for _ in range(9999)]",
            "MemoryError|MB of memory",
            {"memory_limit_mb": 400},
        ),
        (
            FORK + "print('seen', flush=True); os.killpg(0, signal.SIGKILL)",
            "SIGKILL",
            {},
        ),
        (
            FORK + "print('seen', flush=True)\n"
            "os.killpg(os.getpgid(os.getppid()), signal.SIGKILL); time.sleep(9)",
            "with its parent",
            {},
        ),
    ],
    ids=[
        "exit",
        "kill",
        "endless",
        "cell limit",
        "output",
        "memory",
        "group",
        "keeper",
    ],
)
def test_ended_report_is_named_and_kept(
    cell: str,
    message: str,
    options: dict[str, Any],
    tmp_path: Path,
    others: set[int],
) -> None:
    """The failing cell is marked in the saved notebook, with what it had written."""
    out = tmp_path / "out.ipynb"

    with pytest.raises(papermill.PapermillExecutionError, match=message):
        run(book("first = 1\nfirst", cell, "never"), out, **options)

    kept = nbformat.read(out, as_version=4)
    assert "In [" in kept.cells[0].source
    assert [1, None] == [kept.cells[1].execution_count, kept.cells[-1].execution_count]
    assert "failed" == kept.cells[3].metadata.papermill.status
    assert "seen" in kept.cells[3].outputs[0].text
    assert set() == processes(others)
    assert "2" == text(run(book("1 + 1")))


def test_nothing_is_left_of_a_report(tmp_path: Path) -> None:
    """Programs, forks and sessions of their own that a cell has started are ended."""
    pids = tmp_path / "pids"
    cell = (
        "import os, subprocess, sys, time\n"
        f"pids = open({str(pids)!r}, 'w')\n"
        "one = subprocess.Popen(['sleep', '99'], start_new_session=True)\n"
        "print(one.pid, file=pids)\n"
        "if not os.fork():\n"
        "    os.setsid()\n"
        "    if not os.fork():\n"
        "        print(os.getpid(), file=pids, flush=True); time.sleep(99)\n"
        "    os._exit(0)\n"
        "time.sleep(0.2)\npids.close()"
    )
    run(book(cell))

    left = [int(one) for one in pids.read_text().split()]
    assert 2 <= len(left)
    assert [] == [pid for pid in left if psutil.pid_exists(pid)]


def test_reports_do_not_see_each_other() -> None:
    """What one changes in modules, environment and names is not in the next."""
    seen = "import os, math, sys; (os.environ.get('A'), math.pi, 'left' in globals())"
    run(book("import os, math; left = 1; os.environ['A'] = '1'; math.pi = 3"))

    assert "(None, 3.141592653589793, False)" == text(run(book(seen)))


def test_reports_draw_different_random_numbers() -> None:
    """Children of one parent do not share the state of the generators."""
    cell = "import random, numpy; print(random.random(), numpy.random.random())"
    made = [text(run(book(cell))).split() for _ in range(2)]

    assert 4 == len({number for numbers in made for number in numbers})


def test_forked_cell_writes_into_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a forked process prints arrives; when it comes to its end it just ends."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would read no descriptor
    cell = (
        "import os\nchild = os.fork()\n"
        "if child: os.waitpid(child, 0)\nprint('child' if not child else 'parent')"
    )
    made = run(book(cell, "print('next')"))

    assert "child\nparent\nnext\n" == text(made)


def test_half_a_sign_is_shown_escaped() -> None:
    """A lone surrogate, which stops ipykernel's streams for good, is written out."""
    assert "a\\ud83d\nb\n" == text(run(book("print('a\\ud83d')", "print('b')")))


def test_stream_comes_in_pieces_of_a_fifth_of_a_second() -> None:
    """Also after a cell that wrote just before: ipykernel waits as long."""
    write = (
        "import time; start = time.monotonic()\n"
        "for n in range(30):\n"
        "    print(n); time.sleep(0.05)"
    )
    before = "import time; print('just before'); time.sleep(0.1)"
    made = run(book(before, write, "print(time.monotonic() - start)"))
    pieces, seconds = made.cells[1].outputs, float(made.cells[2].outputs[0].text)

    assert len(pieces) <= seconds / 0.2 + 1


def test_killed_parent_is_started_again() -> None:
    """The report after it runs as if nothing had been."""
    run(book("1"))
    assert engine_server._parent is not None
    engine_server._parent.process.kill()
    engine_server._parent.process.wait()

    assert "2" == text(run(book("1 + 1")))


def test_parent_that_began_early_runs_the_first_report() -> None:
    """What was started before a report was asked for is not started twice."""
    engine_server._close()
    engine_server.begin_early()
    assert engine_server._parent is not None
    early = engine_server._parent.process.pid

    assert str(early) == text(
        run(book("import psutil\npsutil.Process().parent().ppid()"))
    )


def test_parent_that_nobody_asked_ends_at_once() -> None:
    """A command that was wrong does not wait for what it began early."""
    engine_server._close()
    engine_server.begin_early()
    assert engine_server._parent is not None
    process = engine_server._parent.process
    engine_server._close()

    assert -9 == process.poll()


def test_many_threads_run_reports() -> None:
    """Reports run side by side, each with its own output."""
    made = side_by_side(4)

    assert {number: str(number * 11) for number in range(4)} == made


def test_killed_caller_leaves_no_process(tmp_path: Path) -> None:
    """When the process that asked is killed, its report and warm parent end too."""
    pid = tmp_path / "pid"
    cell = f"import os, time; open({str(pid)!r}, 'w').write(str(os.getpid()))"
    code = (
        "import nbformat, papermill, sys\n"
        f"book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in"
        f" [{cell!r}, 'time.sleep(99)']], metadata={{'kernelspec': {KERNEL!r}}})\n"
        "papermill.execute_notebook(book, None, engine_name='journeykit')\n"
    )
    caller = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 180
    while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    family = psutil.Process(caller.pid).children(recursive=True)
    caller.kill()
    caller.wait()
    gone, alive = psutil.wait_procs(family, timeout=60)

    assert int(pid.read_text()) in {one.pid for one in gone}
    assert [] == alive


def test_charts_are_drawn_beside_the_report(tmp_path: Path) -> None:
    """Its process never starts the drawing program; a killed drawer costs no report."""
    cells = (
        "import journeykit.show.svg",
        "from journeykit.show.chart_drawing import draw\n"
        "spec = {'data': {'values': [{'a': 1}]}, 'mark': 'bar', 'encoding': {}}\n"
        "drawn = draw(spec)",
        "import sys\n(drawn[:4], 'vl_convert' in sys.modules)",
    )
    first = text(run(book(*cells)))
    assert engine_server._parent is not None
    parent = psutil.Process(engine_server._parent.process.pid)
    while len(parent.children()) > 1:
        time.sleep(0.05)  # the keeper of the report ends a little later
    (drawer,) = parent.children()
    drawer.kill()
    psutil.wait_procs([drawer], timeout=30)
    made = [text(run(book(*cells))) for _ in range(2)]

    assert "('<svg', False)" == first
    assert "('<svg', False)" == made[-1]


def test_saved_notebook_is_as_papermill_asks(tmp_path: Path) -> None:
    """Standard output goes to the file that is asked for."""
    with (tmp_path / "out").open("w") as out:
        run(book("print('said')"), stdout_file=out)

    assert "said\n" == (tmp_path / "out").read_text()


@pytest.mark.parametrize(
    ("kernel", "options", "why"),
    [
        ("python3", {}, ""),
        ("python3", {"extra_arguments": ["--debug"]}, "extra_arguments"),
        ("ir", {}, "no kernel 'ir'"),
    ],
)
def test_what_is_beyond_the_engine(
    kernel: str, options: dict[str, Any], why: str
) -> None:
    """Other kernels, and kernels with arguments, are papermill's own engine's."""
    found = beyond(kernel, options, ("extra_arguments",), book("1"))

    assert why in found
    assert bool(why) == bool(found)


def test_hidden_package_is_beyond_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that hides a warm package must win, so a fresh kernel imports it."""
    (tmp_path / "pandas.py").write_text("")
    monkeypatch.chdir(tmp_path)

    assert "pandas" in beyond("python3", {}, (), book("import pandas"))
    assert "" == beyond("python3", {}, (), book("import os"))
    assert os.sep in str(tmp_path)


def test_what_a_cell_shows_is_taken_in_before_its_reply() -> None:
    """However fast it comes: little is left to do when the cell has ended."""
    (data, far), (told, other) = wire_pair(), wire_pair()
    channel = _LineClient(Line(data, told, Limits()))
    shown: list[str] = []

    def sent(of: bytes, kind: str) -> None:
        head = {"header": {"msg_id": "1", "msg_type": kind}, "parent_header": {}}
        Wire(far).send(of, json.dumps(head).encode(), b"{}")

    async def keep() -> None:
        while True:
            message = await channel.iopub_channel.get_msg()
            shown.append(message["msg_type"])

    async def reply() -> int:
        await channel.shell_channel.get_msg()
        return len(shown)

    async def take() -> int:
        answering = asyncio.ensure_future(reply())
        keeping = asyncio.ensure_future(keep())
        n_shown = await answering
        keeping.cancel()
        return n_shown

    for _ in range(50):
        sent(b"iopub", "display_data")
    sent(b"shell", "execute_reply")

    n_shown = asyncio.run(take())
    for end in (data, far, told, other):
        end.close()

    assert n_shown >= 49


@pytest.mark.parametrize("given", ["soon", -1, float("nan"), [5]])
def test_limit_that_is_no_number_is_refused(given: object) -> None:
    """Before anything is run, by its name."""
    with pytest.raises(InputError, match="report_timeout takes a number above 0"):
        run(book("1"), report_timeout=given)


def test_limit_of_the_environment_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A word where a number was expected; 0 is no limit."""
    monkeypatch.setenv("JOURNEYKIT_OUTPUT_LIMIT_MB", "much")
    with pytest.raises(
        InputError, match=r"^JOURNEYKIT_OUTPUT_LIMIT_MB takes .* 'much'"
    ):
        run(book("1"))
    monkeypatch.setenv("JOURNEYKIT_OUTPUT_LIMIT_MB", "0")

    assert "2" == text(run(book("1 + 1")))
