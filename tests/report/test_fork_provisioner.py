"""Real kernels forked from a warm process: as ordinary ones, and nothing is left."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import psutil
import pytest
from equality_notebooks import alike, joined, plain
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager, KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from jupyter_core.utils import run_sync

from journeykit.report import engine_provisioner
from journeykit.report.engine_provisioner import ForkProvisioner

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork"),
]

NAME = "JUPYTER_DEFAULT_PROVISIONER_NAME"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@pytest.fixture(autouse=True)
def forking(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let kernels that name no provisioner come from ours, while a test runs."""
    monkeypatch.setenv(NAME, "journeykit-fork-provisioner")
    monkeypatch.delenv("MPLBACKEND", raising=False)
    KernelProvisionerFactory.clear_instance()  # it has read the name once
    yield
    KernelProvisionerFactory.clear_instance()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], tuple[Any, Any]]]:
    """Return a function that starts a kernel; all are ended after the test."""
    started: list[tuple[Any, Any]] = []

    def new() -> tuple[Any, Any]:
        manager = KernelManager(kernel_name="python3")
        manager.start_kernel(cwd=str(tmp_path))
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=180)
        started.append((manager, client))
        return manager, client

    yield new
    for manager, client in started:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def said(client: Any, source: str) -> str:
    """Return what a cell printed, returned and raised."""
    found: list[str] = []

    def take(message: Any) -> None:
        content = message["content"]
        found.append(content.get("text") or content.get("ename") or "")
        found.append(content.get("data", {}).get("text/plain", ""))

    client.execute_interactive(source, output_hook=take, timeout=180)
    return "".join(found)


def is_gone(pid: int, seconds: float = 60) -> bool:
    """Wait for the end of a process, and say whether it came."""
    until = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < until:
        if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return not psutil.pid_exists(pid)


def test_kernel_executes_with_its_imports_done(
    start: Callable[[], tuple[Any, Any]], tmp_path: Path
) -> None:
    """A kernel runs in its folder as ipykernel's, with pandas already there."""
    manager, client = start()
    asked = "import sys, os; print('pandas' in sys.modules, os.getcwd(), os.getpid())"
    pid = manager.provisioner.pid

    assert f"True {tmp_path} {pid}\n" == said(client, asked)
    assert "'ZMQInteractiveShell'" == said(client, "type(get_ipython()).__name__")
    assert manager.is_alive()
    assert isinstance(manager.provisioner.process, engine_provisioner.ForkedKernel)


@pytest.mark.skipif(sys.platform != "linux", reason="threads' names are Linux'")
def test_warm_process_has_one_thread(start: Callable[[], tuple[Any, Any]]) -> None:
    """What is forked has one thread: a fork of several can hang.

    Arrow's allocator has one beside, which it stops before a fork by itself.
    """
    start()
    (parent,) = engine_provisioner._parents.values()
    names = [  # threads of Python are all called as its program
        (one / "comm").read_text().strip()
        for one in Path(f"/proc/{parent.process.pid}/task").iterdir()
    ]

    assert 1 == len([name for name in names if name != "jemalloc_bg_thd"])


def test_two_kernels_know_nothing_of_each_other(
    start: Callable[[], tuple[Any, Any]],
) -> None:
    """Two kernels at once have their own names, processes and numbers."""
    (_, first), (_, second) = start(), start()
    draw = "import numpy; print(numpy.random.rand())"
    said(first, "mine = 1")

    assert "NameError" in said(second, "mine")
    assert "1" == said(first, "mine")
    assert said(first, draw) != said(second, draw)
    assert said(first, "os.getppid()") != said(second, "import os; os.getppid()")


def test_kernels_started_at_once_are_all_there() -> None:
    """Four kernels that are asked for at once come, each with its own process."""

    async def four() -> list[tuple[int, bool]]:
        managers = [AsyncKernelManager(kernel_name="python3") for _ in range(4)]
        await asyncio.gather(*(one.start_kernel() for one in managers))
        found = [(one.provisioner.pid, await one.is_alive()) for one in managers]
        await asyncio.gather(*(one.shutdown_kernel(now=True) for one in managers))
        return found

    found = run_sync(four)()

    assert [True] * 4 == [is_alive for _, is_alive in found]
    assert 4 == len({pid for pid, _ in found})
    assert [True] * 4 == [is_gone(pid) for pid, _ in found]


def test_cell_is_interrupted_and_the_kernel_stays(
    start: Callable[[], tuple[Any, Any]],
) -> None:
    """An interrupt ends the cell and what it has started, once, and nothing else."""
    manager, client = start()
    said(client, "kept = 3; import subprocess, time")
    began = time.monotonic()
    asked = client.execute("subprocess.run(['sleep', '90'])", stop_on_error=False)
    time.sleep(1)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=60)

    assert asked == reply["parent_header"]["msg_id"]
    assert "KeyboardInterrupt" == reply["content"]["ename"]
    assert time.monotonic() - began < 60
    assert "3" == said(client, "time.sleep(0.3); kept")


def test_restarted_kernel_is_a_new_one(
    start: Callable[[], tuple[Any, Any]],
) -> None:
    """A restart gives another process at the same address, which knows nothing."""
    manager, client = start()
    said(client, "mine = 1")
    before = manager.provisioner.pid
    manager.restart_kernel(now=True)
    client.wait_for_ready(timeout=180)

    assert is_gone(before)
    assert manager.provisioner.pid != before
    assert "NameError" in said(client, "mine")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        ("import os; os._exit(3)", 3),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("import os, signal; os.killpg(0, signal.SIGTERM)", -15),
    ],
)
def test_dead_kernel_is_seen_with_its_code(
    start: Callable[[], tuple[Any, Any]], end: str, code: int
) -> None:
    """A kernel that dies is seen dead at once, and how it ended is known."""
    manager, client = start()
    process = manager.provisioner.process
    client.execute(end)

    assert code == process.wait()
    assert not manager.is_alive()


def test_shut_down_kernel_ends_by_itself_and_leaves_nothing(
    start: Callable[[], tuple[Any, Any]], tmp_path: Path
) -> None:
    """A kernel told to end does what it does at its end; what it started ends too."""
    manager, client = start()
    pid, process = manager.provisioner.pid, manager.provisioner.process
    keeper = int(said(client, "import os; os.getppid()"))
    hidden = int(
        said(
            client,
            "import atexit, pathlib, subprocess\n"
            "atexit.register(pathlib.Path('ended').touch)\n"
            "subprocess.Popen(['sleep', '99'], start_new_session=True).pid",
        )
    )
    client.stop_channels()
    manager.shutdown_kernel()

    assert 0 == process.returncode
    assert (tmp_path / "ended").exists()
    assert [True] * 3 == [is_gone(one) for one in (pid, keeper, hidden)]


CLIENT = """
import os, sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
found = []
client.execute_interactive(
    "import os, subprocess; os.getppid(), os.getpid(),"
    "subprocess.Popen(['sleep', '99'], start_new_session=True).pid",
    output_hook=lambda one: found.append(one["content"].get("data")))
from journeykit.report import engine_provisioner
(parent,) = engine_provisioner._parents.values()
pids = [one for one in found if one][0]["text/plain"].strip("()")
print(pids + f", {parent.process.pid}", flush=True)
time.sleep(99 if sys.argv[1] == "killed" else 0)
"""


@pytest.mark.parametrize("way", ["killed", "forgets"])
def test_nothing_outlives_the_client(way: str) -> None:
    """A client that is killed, or ends without a word, takes everything with it."""
    command = [sys.executable, "-c", CLIENT, way]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdout is not None
        pids = [int(one) for one in client.stdout.readline().split(",")]
        if way == "killed":
            client.kill()

    assert 4 == len(pids)
    assert [True] * 4 == [is_gone(one) for one in pids]


def test_kernel_dies_with_its_warm_process_and_the_next_one_comes(
    start: Callable[[], tuple[Any, Any]],
) -> None:
    """A warm process that is killed is seen, and the next kernel has a new one."""
    manager, _ = start()
    process = manager.provisioner.process
    for one in engine_provisioner._parents.values():
        one.process.kill()
        one.process.wait()

    assert process.wait() < 0
    assert is_gone(manager.provisioner.pid)
    assert "2" == said(start()[1], "1 + 1")


@pytest.mark.parametrize(
    ("cmd", "options", "why"),
    [
        (["/usr/bin/R", "--slave"], {}, "in its own way"),
        (["/other/python", "-m", "ipykernel_launcher"], {}, "another Python"),
        ([sys.executable, "-m", "ipykernel_launcher"], {"stdout": -1}, "stdout asks"),
        ([sys.executable, "-m", "ipykernel_launcher"], {"independent": True}, "indep"),
        ([sys.executable, "-m", "ipykernel_launcher"], {"env": {"A": "b"}}, ""),
    ],
)
def test_what_is_no_fork_is_said(cmd: list[str], options: Any, why: str) -> None:
    """Other languages, Pythons and processes of one's own are handed over."""
    ours = ForkProvisioner(kernel_id="1", kernel_spec=KernelSpec(), parent=None)
    found = ours._beyond(cmd, options)

    assert why in found
    assert bool(why) == bool(found)


def test_system_without_fork_gets_an_ordinary_kernel(
    start: Callable[[], tuple[Any, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be forked, an ordinary kernel is started and works."""
    monkeypatch.delattr(os, "fork")
    manager, client = start()

    assert isinstance(manager.provisioner.process, subprocess.Popen)
    assert "42" == said(client, "6 * 7")


CELLS = [
    "import sys, os, pandas as pd, matplotlib, altair as alt\n"
    "print('out'); print('err', file=sys.stderr); os.name",
    # ipykernel reads what others write whenever it can: it is given time.
    "import time\nos.system('echo by a shell'); time.sleep(1)",
    "pd.DataFrame([[n * m for n in range(30)] for m in range(80)])",
    "pd.get_option('display.max_columns')",
    "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('a plot');",
    "matplotlib.get_backend()",
    "alt.Chart(pd.DataFrame({'a': ['x', 'y'], 'b': [1, 2]})).mark_bar().encode(\n"
    "    alt.X('a:N'), alt.Y('b:Q'))",
    "%matplotlib inline\n%who",
    "import ipywidgets\nslider = ipywidgets.IntSlider(value=4)\nslider",
    "slider.comm is None, slider.value",
    "get_ipython().kernel.comm_manager.targets.keys()",
    "from IPython.display import display\nh = display('one', display_id='a')",
    "h.update('two')",
    "import asyncio\nawait asyncio.sleep(0, 'waited')",
    "__name__, sys.argv[1:2], sys.path[0], __file__ if '__file__' in dir() else None",
    "import re, threading\n"
    "sorted(re.sub('[0-9]', '', t.name) for t in threading.enumerate())",
    "sys.stdin.__class__.__name__, sys.stdout.isatty(), os.environ['MPLBACKEND']",
    "import warnings\nwarnings.warn('careful')",
    "1 / 0",
    "raise SystemExit(2)",
    "print('after')",
]


def executed(folder: Path) -> tuple[Any, Path]:
    """Run the cells by nbclient and return the notebook without what always differs."""
    folder.mkdir()
    cells = [nbformat.v4.new_code_cell(one) for one in CELLS]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    resources = {"metadata": {"path": str(folder)}}
    client = nbclient.NotebookClient(book, resources=resources, allow_errors=True)
    client.execute()
    for cell in book.cells:
        cell.pop("id")
        cell.outputs = joined(cell.outputs)
        cell.metadata.pop("execution")
    for widgets in book.metadata.get("widgets", {}).values():
        widgets["state"] = sorted(str(one) for one in widgets["state"].values())
    return plain(book), folder


def test_notebook_is_the_ordinary_kernels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tables, plots, charts, widgets, streams and errors are an ordinary kernel's."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would read no descriptor
    forked: list[object] = []
    start_fork = engine_provisioner._start

    def counted(*given: Any) -> Any:
        forked.append(given)
        return start_fork(*given)

    monkeypatch.setattr(engine_provisioner, "_start", counted)
    ours, folder = executed(tmp_path / "ours")
    monkeypatch.setenv(NAME, "local-provisioner")
    KernelProvisionerFactory.clear_instance()
    expected, other = executed(tmp_path / "ordinary")

    for cell, our_cell in zip(expected["cells"], ours["cells"], strict=True):
        assert alike(json.dumps(cell), other) == alike(json.dumps(our_cell), folder)
    assert alike(json.dumps(expected["metadata"]), other) == alike(
        json.dumps(ours["metadata"]), folder
    )
    assert 1 == len(forked)
    assert "image/png" in json.dumps(ours["cells"][4]["outputs"])
    assert "widget-view" in json.dumps(ours["cells"][8]["outputs"])
