"""JupyterLab on one's own copy of the workbook, and no request to anywhere else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lab_server import free_port, running_lab
from source_tree import plant

from journeykit.errors import FileProblemError
from journeykit.lab import lab_arguments, lay_out
from journeykit.shipped import folder

NOTEBOOKS = sorted(path.name for path in folder("workbook").glob("*.ipynb"))
# Runs in each Python that the server starts, before anything else: who is called?
LISTENER = """
import os, sys
def note(event, args):
    if event == "socket.connect":
        address = args[1]
        if not isinstance(address, tuple) or str(address[0]).startswith("127."):
            return
        if str(address[0]) in ("localhost", "::1"):
            return
    elif event == "socket.getaddrinfo":
        address = args[0]
        if address in (None, "", "localhost", b"localhost", "127.0.0.1", "0.0.0.0"):
            return
        if address == __import__("socket").gethostname():
            return
    else:
        return
    with open(os.environ["CALLS"], "a") as file:
        file.write(f"{event} {address}\\n")
sys.addaudithook(note)
"""


class Lab(NamedTuple):
    """A running server."""

    url: str
    calls: Path
    log: Path

    def get(self, path: str) -> tuple[int, str]:
        """Return status and text of an answer."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def json(self, path: str) -> Any:
        """Return what the server's interface answers."""
        status, text = self.get(path)
        assert 200 == status, text
        return json.loads(text)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start JupyterLab as the command does, and listen to whom it calls."""
    root = tmp_path_factory.mktemp("lab")
    plant(root, {"listener/sitecustomize.py": LISTENER, "calls.txt": ""})
    calls = root / "calls.txt"
    heard = {"PYTHONPATH": str(root / "listener"), "CALLS": str(calls)}
    with running_lab(root, heard) as running:
        for companion in ("trip.journey.lock", "trip.journey.seal", "trip.journey-wal"):
            (running.folder / companion).touch()
        yield Lab(running.url, calls, running.log)


def test_what_is_missing_is_laid_out(tmp_path: Path) -> None:
    """The first time everything, afterwards what was taken away."""
    mine = tmp_path / "my" / "workshop"
    first = lay_out(mine)
    (mine / NOTEBOOKS[0]).unlink()
    second = lay_out(mine)

    assert tuple(NOTEBOOKS) == first
    assert (NOTEBOOKS[0],) == second
    assert () == lay_out(mine)
    for name in NOTEBOOKS:
        shipped = (folder("workbook") / name).read_bytes()
        assert shipped == (mine / name).read_bytes()


def test_what_people_wrote_stays(tmp_path: Path) -> None:
    """A notebook that is there is never overwritten, whatever is in it."""
    (tmp_path / NOTEBOOKS[0]).write_text("mine", encoding="utf-8")
    lay_out(tmp_path)

    assert "mine" == (tmp_path / NOTEBOOKS[0]).read_text(encoding="utf-8")


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    """A file of that name is no folder."""
    (tmp_path / "workshop").write_text("a file", encoding="utf-8")
    with pytest.raises(FileProblemError, match="Name another folder: journeykit lab"):
        lay_out(tmp_path / "workshop")


def test_first_notebook_is_opened_by_an_address(tmp_path: Path) -> None:
    """A name with signs that mean something in an address is still one name."""
    mine = tmp_path / "mine"
    plant(mine, {"00 a?#b.ipynb": ""})

    assert "--LabApp.default_url=/lab/tree/00%20a%3F%23b.ipynb" in lab_arguments(
        mine, tmp_path
    )


def test_server_answers_with_the_workbook(lab: Lab) -> None:
    """JupyterLab lists the notebooks, and not what stands beside a workshop."""
    status, page = lab.get("/lab")
    listed = [one["name"] for one in lab.json("/api/contents")["content"]]

    assert 200 == status
    assert "JupyterLab" in page
    assert NOTEBOOKS == sorted(listed)
    assert 200 == lab.get(f"/lab/tree/{NOTEBOOKS[0]}")[0]
    with urllib.request.urlopen(f"{lab.url}/", timeout=30) as answer:
        assert answer.url.endswith(f"/lab/tree/{NOTEBOOKS[0]}")


def test_nothing_is_asked_of_the_network(lab: Lab) -> None:
    """No news, no updates, no list of extensions: not even when they are asked for."""
    settings = lab.json("/lab/api/settings/@jupyterlab/apputils-extension:notification")
    defaults = settings["schema"]["properties"]
    assert "false" == defaults["fetchNews"]["default"]
    assert defaults["checkForUpdates"]["default"] is False
    config = re.search(
        r'id="jupyter-config-data"[^>]*>(.*?)</script>', lab.get("/lab")[1], re.DOTALL
    )
    assert config is not None
    news = lab.json("/lab/api/news")["news"]
    update = lab.json("/lab/api/update")["notification"]
    lab.get("/lab/api/extensions?query=&page=1&per_page=30&refresh=1")

    assert ([], None) == (news, update)
    assert "" == lab.calls.read_text()


def test_listener_would_have_heard_a_call(tmp_path: Path) -> None:
    """The rule above is worth something: a planted call is noted."""
    plant(tmp_path, {"sitecustomize.py": LISTENER})
    calls = tmp_path / "calls.txt"
    code = (
        "import socket\n"
        "try: socket.create_connection(('192.0.2.1', 9), 0.01)\n"
        "except OSError: pass\n"
    )
    subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(tmp_path), "CALLS": str(calls)},
        check=True,
    )

    assert "192.0.2.1" in calls.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_ending_the_command_ends_jupyterlab(tmp_path: Path) -> None:
    """No server is left behind that goes on running without its command."""
    port = free_port()
    words = ["lab", "--folder", "mine", "--no-browser", "--allow-root"]
    words += ["--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    private = ("JUPYTER", "COV", "COVERAGE")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(private)}
    with (tmp_path / "log.txt").open("w") as log:
        command = subprocess.Popen(
            [sys.executable, "-m", "journeykit", *words],
            cwd=tmp_path,
            env=clean | {"HOME": str(tmp_path), "JUPYTER_PLATFORM_DIRS": "1"},
            stdout=log,
            stderr=log,
        )
        lab = Lab(f"http://127.0.0.1:{port}", tmp_path, tmp_path / "log.txt")
        until = time.monotonic() + 180
        while time.monotonic() < until and command.poll() is None:
            try:
                lab.get("/api")
                break
            except OSError:
                time.sleep(0.1)
        command.terminate()
        command.wait(120)

    with pytest.raises(OSError, match="refused"):
        lab.get("/api")
