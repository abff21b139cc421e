"""Spawned reports: as forked ones, on what every system has, and nothing is left."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from engine_runs import book, run, side_by_side, text

from journeykit.errors import UnknownNameError
from journeykit.report import engine_spawn
from journeykit.report.engine_reach import is_spawned

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.timeout(300),
]
# Prints what the report says: its number, or whatever the cells show.
CALLER = """
import os, sys
sys.path.insert(0, {tests!r})
from engine_runs import book, run, text
if __name__ == "__main__":
    print(text(run(book({cell!r}))), flush=True)
"""
# Windows, as far as it can be had elsewhere: what is not there our code does not find.
NOT_POSIX = """
import builtins, os, signal, socket, subprocess, sys
import contextlib, ipykernel.kernelbase, psutil  # they import what they find here
GONE = {"fcntl", "grp", "pwd", "resource", "termios"}
found = builtins.__import__
def import_(name, space=None, *more, **given):
    if name in GONE and (space or {}).get("__name__", "").startswith("journeykit"):
        raise ImportError(f"{name} is not on this system")
    return found(name, space, *more, **given)
builtins.__import__ = import_
def kill(process):
    with contextlib.suppress(ProcessLookupError):
        os.kill(process.pid, 9)
subprocess.Popen.kill = psutil.Process.kill = kill
del signal.SIGKILL, signal.SIGCHLD, signal.SIGALRM, signal.set_wakeup_fd
del socket.send_fds, socket.recv_fds, os.WNOHANG
for name in ("fork", "forkpty", "killpg", "setsid", "getpgid", "pidfd_open", "sysconf"):
    if hasattr(os, name):
        delattr(os, name)
"""


@pytest.fixture(autouse=True)
def spawning(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let reports be spawned while a test runs, and leave no spare process."""
    monkeypatch.setenv("JOURNEYKIT_ENGINE", "spawn")
    yield
    engine_spawn._close()


def called(folder: Path, cell: str, **environment: str) -> subprocess.Popen[str]:
    """Start a process that asks for a report of one cell."""
    script = folder / "caller.py"
    tests = str(Path(__file__).parent.parent)
    script.write_text(CALLER.format(tests=tests, cell=cell))
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", str(script)],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )


def read(path: Path) -> str:
    """Return what a file says, as soon as it says anything."""
    until = time.monotonic() + 120
    while not (path.exists() and path.read_text()) and time.monotonic() < until:
        time.sleep(0.05)
    return path.read_text()


def gone(pids: set[int]) -> set[int]:
    """Return those of some processes that are there no more, or soon are not."""
    there = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    _, alive = psutil.wait_procs(there, timeout=60)
    return pids - {one.pid for one in alive}


@pytest.mark.parametrize(
    ("cell", "message", "options"),
    [
        ("print('seen'); 1 / 0", "ZeroDivisionError", {}),
        ("import os; print('seen', flush=True); os._exit(3)", "exit code 3", {}),
        (
            "import os; print('seen', flush=True); os.kill(os.getpid(), 9)",
            "SIGKILL",
            {},
        ),
        (
            "print('seen', flush=True)\nwhile True: pass",
            "5 sec",
            {"report_timeout": 5},
        ),
        (
            "import time; print('seen', flush=True); time.sleep(99)",
            "timed out",
            {"timeout": 4},
        ),
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
    ],
    ids=["fails", "exit", "kill", "endless", "cell limit", "output", "memory"],
)
def test_ended_report_is_named_and_kept(
    cell: str, message: str, options: dict[str, Any], tmp_path: Path
) -> None:
    """The failing cell is marked in the saved notebook, with what it had written."""
    out = tmp_path / "out.ipynb"
    with pytest.raises(papermill.PapermillExecutionError, match=message):
        run(book("import os; os.getpid()", cell, "never"), out, **options)

    kept = nbformat.read(out, as_version=4)
    pid = int(kept.cells[1].outputs[0]["data"]["text/plain"])
    assert "failed" == kept.cells[3].metadata.papermill.status
    assert "seen" in kept.cells[3].outputs[0].text
    assert kept.cells[-1].execution_count is None
    assert {pid} == gone({pid})


def test_memory_of_what_a_report_starts_counts(tmp_path: Path) -> None:
    """A program that a cell has started is measured with it, and ended with it."""
    code = "import os, time; print(os.getpid(), flush=True); x = b'x' * 2**28"
    cell = (
        "import subprocess, sys\n"
        f"code = {code + '; time.sleep(99)'!r}\n"
        f"out = open({str(tmp_path / 'pid')!r}, 'w')\n"
        "subprocess.run([sys.executable, '-c', code], stdout=out)"
    )
    with pytest.raises(papermill.PapermillExecutionError, match="MB of memory"):
        run(book(cell), memory_limit_mb=300)
    pid = int(read(tmp_path / "pid"))

    assert {pid} == gone({pid})


def test_nothing_is_left_of_a_report(tmp_path: Path) -> None:
    """Programs that a cell has started, in sessions of their own too, are ended."""
    cell = (
        "import subprocess\n"
        "away = dict(start_new_session=True)\n"
        "[subprocess.Popen(['sleep', '99'], **to).pid for to in ({}, away)]"
    )
    left = {int(one) for one in text(run(book(cell))).strip("[]").split(",")}

    assert 2 == len(left)
    assert left == gone(left)


def test_interrupted_cell_fails_and_the_report_goes_on() -> None:
    """A cell beyond its time is interrupted, if that is asked for; its report stays."""
    cells = "import time\ntry: time.sleep(99)\nexcept KeyboardInterrupt: print('woken')"
    made = run(book(cells, "6 * 7"), timeout=4, interrupt_on_timeout=True)

    assert "woken\n42" == text(made)


def test_report_finds_its_parameters() -> None:
    """Parameters are put in as papermill does it."""
    notebook = book("number = 1", "number * 2")
    notebook.cells[0].metadata["tags"] = ["parameters"]

    assert "42" == text(run(notebook, parameters={"number": 21}))


def test_reports_do_not_see_each_other() -> None:
    """What one changes in modules, environment and names is not in the next."""
    seen = "import os, math, sys; (os.environ.get('A'), math.pi, 'left' in globals())"
    run(book("import os, math; left = 1; os.environ['A'] = '1'; math.pi = 3"))

    assert "(None, 3.141592653589793, False)" == text(run(book(seen)))


def test_next_report_waits_for_no_import() -> None:
    """While a report runs, the next one does its imports in its own process."""
    asked = book("import os, sys\n('pandas' in sys.modules, os.getpid())")
    asked.cells.append(nbformat.v4.new_code_cell("import pandas"))
    first = text(run(asked))
    (spare,) = engine_spawn._spares
    second = text(run(asked))
    (next_one,) = engine_spawn._spares

    assert f"(True, {spare.process.pid})" == second
    assert first.startswith("(True, ")
    assert first != second
    assert next_one.process.pid != spare.process.pid


def test_killed_spare_costs_no_report() -> None:
    """A process that was killed while it waited is replaced."""
    run(book("1"))
    (spare,) = engine_spawn._spares
    spare.process.kill()
    spare.process.wait(60)

    assert "2" == text(run(book("1 + 1")))


def test_spare_of_another_environment_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a process reads at its start is that of its report."""
    run(book("1"))
    (spare,) = engine_spawn._spares
    monkeypatch.setenv("PYTHONHASHSEED", "3")
    made = text(run(book("import os; (os.getpid(), hash('a'))")))
    said = subprocess.run(
        [sys.executable, "-c", "print(hash('a'))"], stdout=subprocess.PIPE, check=True
    )

    assert said.stdout.decode().strip() in made
    assert str(spare.process.pid) not in made
    assert {spare.process.pid} == gone({spare.process.pid})


def test_stranger_at_the_socket_gets_nothing() -> None:
    """Who connects without the word is no report's process."""
    run(book("1"))
    (spare,) = engine_spawn._spares
    with socket.create_connection(spare._listener.getsockname()) as stranger:
        stranger.sendall(b"0" * 64)

        assert "2" == text(run(book("1 + 1")))
        assert b"" == stranger.recv(1)


def test_threads_run_reports_side_by_side() -> None:
    """Each has its own output, and the process of the next one."""
    made = side_by_side(2)

    assert {number: str(number * 11) for number in range(2)} == made
    assert 2 == len(engine_spawn._spares)


@pytest.mark.parametrize("way", ["killed", "ends"])
def test_no_process_outlives_the_caller(way: str, tmp_path: Path) -> None:
    """Report, what it has started and the spare end with who asked for them."""
    pids = tmp_path / "pids"
    cell = (
        "import os, subprocess, time\n"
        "pid = subprocess.Popen(['sleep', '99'], start_new_session=True).pid\n"
        f"open({str(pids)!r}, 'w').write(f'{{os.getpid()}} {{pid}}')\n"
        f"print('said'); time.sleep({99 if way == 'killed' else 2})"
    )
    with called(tmp_path, cell) as caller:
        report = {int(one) for one in read(pids).split()}
        family = {one.pid for one in psutil.Process(caller.pid).children(True)}
        if way == "killed":
            caller.kill()
        said, _ = caller.communicate()

    assert ("" if way == "killed" else "said") == said.strip()
    assert report < family
    assert 3 == len(family)
    assert family == gone(family)


def test_system_without_fork_and_its_kind_makes_reports(tmp_path: Path) -> None:
    """Nothing is used that Windows has not; there reports are spawned unasked."""
    (tmp_path / "sitecustomize.py").write_text(NOT_POSIX)
    cell = "import os, pandas, altair; print(hasattr(os, 'fork'), pandas.__name__)"
    path = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    with called(tmp_path, cell, PYTHONPATH=path, JOURNEYKIT_ENGINE="") as caller:
        said, _ = caller.communicate()

    assert "False pandas" == said.strip()
    assert 0 == caller.returncode


def test_way_is_asked_for_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt way is refused; without fork it is the spawned one in any case."""
    assert is_spawned()
    monkeypatch.setenv("JOURNEYKIT_ENGINE", "fork")
    monkeypatch.delattr(os, "fork", raising=False)
    assert is_spawned()
    monkeypatch.setenv("JOURNEYKIT_ENGINE", "spwan")

    with pytest.raises(UnknownNameError, match="Did you mean 'spawn'"):
        is_spawned()
