"""Starter workshops: a document, and the data that come with it.

Dates in a starter are relative to the day on which a workshop is made of it: the text
``today+30`` stands for a day thirty days on. A name may be written with dashes or with
underscores, and names of earlier releases still work. Examples in a starter are marked
(:mod:`journeykit.exchange.examples` tells how), so that they go in one step.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from journeykit.errors import UnknownNameError
from journeykit.exchange.examples import as_given
from journeykit.model import Document, from_json
from journeykit.shipped import folder

__all__ = ["Starter", "starter", "starter_names", "with_dates"]

_EARLIER_NAMES = {"blank": "empty"}
_RELATIVE = re.compile(r"today(?:([+-])(\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Starter:
    """A workshop to begin with.

    Parameters
    ----------
    name, title, summary
        Its key, and what it is in words.
    document
        Its entries, with dates of this day.
    data
        Pairs of data set and the file of its answers.
    answers
        File of the known answers of a training case; None for any other starter.
    """

    name: str
    title: str
    summary: str
    document: Document
    data: tuple[tuple[str, Path], ...]
    answers: Path | None = None


def starter_names() -> tuple[str, ...]:
    """Return the names of the starters that come with the package.

    Examples
    --------
    >>> "airport" in starter_names()
    True
    """
    found = folder("templates").glob("starters/*/starter.json")
    return tuple(sorted(path.parent.name for path in found))


def starter(name: str, today: date) -> Starter:
    """Return a starter with its dates counted from *today*.

    Parameters
    ----------
    name
        One of :func:`starter_names`, with dashes or underscores; ``blank`` is the
        earlier name of ``empty``.
    today
        The day on which the workshop is made.

    Raises
    ------
    UnknownNameError
        If there is no such starter; the nearest is offered.
    """
    asked = name
    name = _EARLIER_NAMES.get(name, name).replace("-", "_")
    if name not in starter_names():
        raise UnknownNameError("starter", asked, starter_names())
    home = folder("templates") / "starters" / name
    about = json.loads((home / "starter.json").read_text(encoding="utf-8"))
    raw = json.loads((home / about["document"]).read_text(encoding="utf-8"))
    text = json.dumps(with_dates(raw, today))
    return Starter(
        name,
        about["title"],
        about["summary"],
        as_given(from_json(text, where=about["document"])),
        tuple((one["data_set"], home / one["file"]) for one in about["data"]),
        home / about["answers"] if "answers" in about else None,
    )


def with_dates(value: Any, today: date) -> Any:
    """Return plain JSON with each relative date made an ISO date.

    Examples
    --------
    >>> with_dates({"due": "today+2", "text": "today"}, date(2026, 1, 30))
    {'due': '2026-02-01', 'text': '2026-01-30'}
    """
    if isinstance(value, dict):
        return {key: with_dates(one, today) for key, one in value.items()}
    if isinstance(value, list):
        return [with_dates(one, today) for one in value]
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return value
    days = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
    return (today + timedelta(days=days)).isoformat()
