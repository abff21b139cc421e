"""Which workshop a notebook opens when nobody names one.

The notebooks of the workbook are the same for every team, so they cannot know the name
of its file. Asking for it in each of eighteen notebooks was turned down: people who
never saw Python would have to change code before they see anything.
"""

from __future__ import annotations

import os
from pathlib import Path

from journeykit.errors import FileProblemError, InputError
from journeykit.store import is_url
from journeykit.workshop import Workshop
from journeykit.workshop import open as open_workshop

__all__ = ["AUTHOR", "TRAINING_FILE", "WORKSHOP", "open_here", "workshop_here"]

WORKSHOP = "JOURNEYKIT_WORKSHOP"
"""Environment variable with the workshop that ``journeykit lab`` was opened with."""

AUTHOR = "JOURNEYKIT_AUTHOR"
"""Environment variable with the name of the person who works."""

TRAINING_FILE = "training.journey"
"""File of the training case: it lies beside the team's own and is not taken for it."""


def workshop_here(workshop: str = "", *, folder: Path | None = None) -> str:
    """Return the path or address of the workshop to open; empty if there is none yet.

    Parameters
    ----------
    workshop
        Path or PostgreSQL URL, where somebody named one.
    folder
        Where to look; the working folder if None.

    Returns
    -------
    str
        *workshop* if it is not empty; else that of ``journeykit lab``; else the only
        workshop file in the folder.

    Raises
    ------
    InputError
        If there are several files and nothing says which.
    """
    named = workshop.strip() or os.environ.get(WORKSHOP, "").strip()
    if named:
        return named
    here = folder or Path()
    found = sorted(
        path.name for path in here.glob("*.journey") if path.name != TRAINING_FILE
    )
    if len(found) > 1:
        raise InputError(
            f"one workshop in this folder was expected, found {len(found)}: "
            f"{', '.join(found)}",
            mend="Name yours in the settings of this notebook, such as "
            f'workshop = "{found[0]}"',
        )
    return str(here / found[0]) if found else ""


def open_here(workshop: str = "", *, starter: str = "", author: str = "") -> Workshop:
    """Open the workshop that a notebook is about.

    Parameters
    ----------
    workshop
        Its path or PostgreSQL URL; empty for the one that ``journeykit lab`` was opened
        with, or the only one in this folder. Without any, the airport case is made.
    starter
        Starter to make *workshop* of if it is named and there is no such file; empty
        to make none.
    author
        Name of the person who works; that of ``journeykit lab --author`` if empty.

    Raises
    ------
    FileProblemError
        If the workshop that was named is not there.
    InputError
        If several lie in the folder and nothing says which.
    """
    who = author.strip() or os.environ.get(AUTHOR, "").strip() or None
    found = workshop_here(workshop)
    if not found:
        found, starter = "airport.journey", starter or "airport"
    elif not starter and not is_url(found) and not Path(found).exists():
        raise FileProblemError(
            found,
            "there is no such workshop",
            f"Make it in a terminal: journeykit new {found}; or look at the "
            "settings of this notebook",
        )
    try:
        return open_workshop(found, author=who, starter=starter or None)
    except FileProblemError:
        # Two notebooks that are run at once make the same file: the second opens it.
        if starter and Path(found).exists():
            return open_workshop(found, author=who)
        raise
