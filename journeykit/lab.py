"""JupyterLab on one's own copy of the workbook.

The notebooks that come with the package are copied where they are missing and never
overwritten: what people typed into theirs stays. No news, no questions on the way in.

Which workshop they work on is said to the kernels by an environment variable. Writing
it into the copied notebooks was turned down: then they would differ for every team, and
one that was copied by hand would open somebody else's.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

import journeykit
from journeykit.errors import FileProblemError, InputError
from journeykit.report.fast_start import SLOW_IMPORT
from journeykit.shipped import folder
from journeykit.store import SUFFIX, is_url
from journeykit.workplace import AUTHOR, WORKSHOP

__all__ = [
    "lab_arguments",
    "lab_environment",
    "lab_folder",
    "lay_out",
    "make_missing",
    "run_lab",
    "workshop_among",
]

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
_START = (
    f"import sys; sys.modules.setdefault({SLOW_IMPORT!r}, None); "
    "from jupyterlab.labapp import main; sys.exit(main())"
)
"""Starts JupyterLab without the import that takes half of its start."""
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


def workshop_among(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return the workshop among the words of a command, and the other words.

    An argument of the command line would swallow the options that are JupyterLab's.

    Parameters
    ----------
    words
        What was typed: perhaps a workshop, and options for JupyterLab.

    Returns
    -------
    tuple
        Path or PostgreSQL URL, empty if there is none; and what is left.

    Raises
    ------
    InputError
        If the first word is neither a workshop nor anything for JupyterLab.

    Examples
    --------
    >>> workshop_among(["trip.journey", "--port", "8890"])
    ('trip.journey', ('--port', '8890'))
    >>> workshop_among(["--no-browser"])
    ('', ('--no-browser',))
    """
    for place, word in enumerate(words):
        if word.endswith(SUFFIX) or is_url(word):
            return word, (*words[:place], *words[place + 1 :])
    first = words[0] if words else ""
    if first and not first.startswith("-") and not Path(first).suffix:
        raise InputError(
            f"a workshop file ends in {SUFFIX}, found {first!r}",
            mend=f"Write: journeykit lab {first}{SUFFIX}",
        )
    return "", tuple(words)


def make_missing(workshop: str, starter: str, author: str = "") -> bool:
    """Make a workshop that is not there yet, and say whether it was made.

    Raises
    ------
    FileProblemError
        If it cannot be made there, or is no workshop.
    UnknownNameError
        If there is no such starter.
    """
    is_missing = not is_url(workshop) and not Path(workshop).exists()
    opened = journeykit.open(
        workshop, starter=starter if is_missing else None, author=author or None
    )
    opened.close()
    return is_missing


def lab_folder(workshop: str) -> Path:
    """Return where the workbook of a workshop lies if nobody names a folder.

    Examples
    --------
    >>> lab_folder("clients/trip.journey").as_posix(), lab_folder("").as_posix()
    ('clients/trip_workbook', 'workshop')
    """
    if not workshop or is_url(workshop):
        return Path("workshop")
    path = Path(workshop)
    return path.with_name(f"{path.name.removesuffix(SUFFIX)}_workbook")


def lab_environment(workshop: str = "", author: str = "") -> Mapping[str, str]:
    """Return what kernels find beside the usual: which workshop, and who works."""
    found = {}
    if workshop:
        is_path = not is_url(workshop)
        found[WORKSHOP] = str(Path(workshop).absolute()) if is_path else workshop
    if author:
        found[AUTHOR] = author
    return found


def run_lab(
    arguments: Sequence[str], environment: Mapping[str, str] | None = None
) -> int:
    """Run JupyterLab until it ends, and return its exit code.

    Parameters
    ----------
    arguments
        As :func:`lab_arguments` has them, and more.
    environment
        What kernels find beside the usual.

    Who ends this process ends JupyterLab with its kernels. A Ctrl+C reaches JupyterLab
    by itself: it asks whether it is meant, so this process waits on.
    """
    command = [sys.executable, "-c", _START, *arguments]
    known = {**os.environ, **(environment or {})}
    with subprocess.Popen(command, env=known) as server:  # noqa: S603 - our own words
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while True:
            try:
                return server.wait()
            except KeyboardInterrupt:
                continue


def _first(target: Path) -> str:
    return next((path.name for path in sorted(target.glob("*.ipynb"))), "")
