"""A real JupyterLab on a copy of the workbook, for tests that look at it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from journeykit.lab import lab_arguments, lay_out

__all__ = [
    "ORDINARY",
    "QUIET_CHROMIUM",
    "RunningLab",
    "free_port",
    "notebook_of",
    "running_lab",
]

QUIET_CHROMIUM = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update"),
    "--disable-sync",
)
"""Flags with which Chromium asks nobody outside."""


_KERNEL = {
    "kernelspec": {
        "name": "python3",
        "language": "python",
        "display_name": "Python 3 (ipykernel)",
    },
    "language_info": {"name": "python"},
}


def notebook_of(*cells: str) -> str:
    """Return a notebook with these code cells, to be written into a lab's folder."""
    made = [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(cells)
    ]
    return json.dumps(
        {"cells": made, "metadata": _KERNEL, "nbformat": 4, "nbformat_minor": 5}
    )


_PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"
_FORKED = {_PROVISIONER: "journeykit-fork-provisioner"}
"""Lets real kernels come with their imports done, in a tenth of the time."""
ORDINARY = {_PROVISIONER: "local-provisioner"}
"""Lets kernels be processes that know nothing of each other, as people have them."""


class RunningLab(NamedTuple):
    """A running server: where it answers, the folder it shows, what it wrote."""

    url: str
    folder: Path
    log: Path
    pid: int = 0

    def kill_kernels(self) -> int:
        """End every kernel at once, as a crash does; return how many there were."""
        started = psutil.Process(self.pid).children(recursive=True)
        kernels = [one for one in started if "ipykernel_launcher" in one.cmdline()]
        for kernel in kernels:
            kernel.kill()
        return len(kernels)


def free_port() -> int:
    """Return a port that nobody listens to."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def running_lab(
    root: Path, environment: Mapping[str, str] | None = None
) -> Iterator[RunningLab]:
    """Start JupyterLab as the command does, without a browser and a password.

    Parameters
    ----------
    root
        An empty folder; the workbook lies in ``root/workshop``.
    environment
        What kernels find beside the usual.
    """
    folder, settings = root / "workshop", root / "settings"
    settings.mkdir()
    lay_out(folder)
    port = free_port()
    more = [
        *("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"),
        "--IdentityProvider.token=",
    ]
    private = ("JUPYTER", "COV", "COVERAGE")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(private)}
    clean |= {"HOME": str(root), "JUPYTER_PLATFORM_DIRS": "1", **_FORKED}
    clean |= environment or {}
    log = root / "log.txt"
    command = [sys.executable, "-m", "jupyterlab", *lab_arguments(folder, settings)]
    with log.open("w") as file:
        server = subprocess.Popen(
            [*command, *more], cwd=root, env=clean, stdout=file, stderr=file
        )
    made = RunningLab(f"http://127.0.0.1:{port}", folder, log, server.pid)
    try:
        _wait(made, server)
        yield made
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(120)


def _wait(lab: RunningLab, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{lab.url}/api", timeout=30):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(lab.log.read_text())
