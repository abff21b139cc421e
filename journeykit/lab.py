"""JupyterLab on one's own copy of the workbook.

The notebooks that come with the package are copied where they are missing and never
overwritten: what people typed into theirs stays. No news, no questions on the way in.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from journeykit.errors import FileProblemError
from journeykit.shipped import folder

__all__ = ["lab_arguments", "lay_out", "run_lab"]

_HIDDEN = [
    "__pycache__",
    "*.pyc",
    "*~",
    ".DS_Store",
    "*.journey-*",
    "*.journey.lock",
    "*.journey.seal",
]
"""What the file browser need not show: a workshop is one file to its people."""
_OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}


def lay_out(target: Path) -> tuple[str, ...]:
    """Copy the notebooks that are missing in *target*; return their names.

    Raises
    ------
    FileProblemError
        If the folder cannot be made or written.
    """
    copied = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for notebook in sorted(folder("workbook").glob("*.ipynb")):
            mine = target / notebook.name
            if not mine.exists():
                shutil.copyfile(notebook, mine)
                copied.append(notebook.name)
    except OSError as error:
        raise FileProblemError(
            str(target),
            f"the workbook cannot be laid out here ({error.strerror})",
            "Name another folder: journeykit lab --folder FOLDER",
        ) from error
    return tuple(copied)


def lab_arguments(target: Path, settings: Path) -> tuple[str, ...]:
    """Return the arguments of JupyterLab: that folder, and no request to anywhere else.

    Parameters
    ----------
    target
        Folder of the notebooks; the first of them is opened.
    settings
        A folder for JupyterLab's settings, which are written there.
    """
    text = json.dumps(_OVERRIDES)
    (settings / "overrides.json").write_text(text, encoding="utf-8")
    return (
        f"--ServerApp.root_dir={target.absolute()}",
        f"--LabApp.app_settings_dir={settings.absolute()}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        # The manager that can install asks the package index when its panel opens.
        "--LabApp.extension_manager=readonly",
        f"--ContentsManager.hide_globs={_HIDDEN}",
        f"--LabApp.default_url=/lab/tree/{quote(_first(target))}",
    )


def run_lab(arguments: Sequence[str]) -> int:
    """Run JupyterLab until it ends, and return its exit code.

    Who ends this process ends JupyterLab with its kernels. A Ctrl+C reaches JupyterLab
    by itself: it asks whether it is meant, so this process waits on.
    """
    command = [sys.executable, "-m", "jupyterlab", *arguments]
    with subprocess.Popen(command) as server:  # noqa: S603 - our own words
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue


def _first(target: Path) -> str:
    return next((path.name for path in sorted(target.glob("*.ipynb"))), "")
