"""The known answers of the training case, as they come with its starter."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from journeykit.check.training import TrainingAnswer
from journeykit.errors import InputError
from journeykit.exchange.starters import starter

__all__ = ["training_answers"]


def training_answers(name: str = "training") -> tuple[TrainingAnswer, ...]:
    """Return the known answers of a training case.

    Parameters
    ----------
    name
        The starter that it comes with.

    Raises
    ------
    UnknownNameError
        If there is no such starter.
    InputError
        If the starter is no training case.

    Examples
    --------
    >>> len(training_answers()) > 30
    True
    """
    path = starter(name, date(2000, 1, 1)).answers
    if path is None:
        raise InputError(
            f"the starter {name!r} has no known answers",
            mend="The training case is called 'training'",
        )
    return _read(path)


def _read(path: Path) -> tuple[TrainingAnswer, ...]:
    raw = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        TrainingAnswer(
            one["card"],
            one["name"],
            one["asks"],
            tuple(one["accepts"]),
            one["why"],
        )
        for one in raw["answers"]
    )
