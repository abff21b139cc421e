"""Kano's classes of features, from pairs of answers by customers.

Only answers give classes: a team that guesses what customers take for granted gets its
own opinion back. The table is the usual one of five by five (Berger et al. 1993).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError, TableError
from journeykit.language import say
from journeykit.measure.answers import same_value
from journeykit.measure.groups import survey_column
from journeykit.measure.intervals import wilson
from journeykit.measure.priority_tables import entry_ids, rows_by_segment
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of
from journeykit.model.survey import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "KANO_ANSWERS",
    "KANO_CLASSES",
    "KANO_COLUMNS",
    "KANO_SCALE",
    "kano_classes",
    "kano_scale",
]

KANO_ANSWERS = (
    "I like it",
    "I expect it",
    "I am neutral",
    "I can live with it",
    "I dislike it",
)
"""The five answers, 1 to 5, to "if it is there" and to "if it is not there"."""

KANO_SCALE = Scale(
    lowest=1,
    highest=5,
    best="lowest",
    answers=dict(zip(KANO_ANSWERS, range(1, 6), strict=True)),
)
"""The five answers as a scale, with their words."""

_TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
"""Class by answer: a row an answer to "it is there", a column to "it is not"."""

KANO_CLASSES = {
    "M": "must_be",
    "O": "one_dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
"""Classes by letter; on ties the first wins, as missing it hurts most."""

KANO_COLUMNS = (
    "segment",
    "entry",
    "category",
    *("attractive", "one_dimensional", "must_be", "indifferent"),
    *("reverse", "questionable"),
    *("better", "better_low", "better_high"),
    *("worse", "worse_low", "worse_high"),
    *("n", "n_rated", "n_left_out", "left_out", "reliability", "note"),
)
"""Columns of :func:`kano_classes`, in order."""

_COUNTED = ("attractive", "one_dimensional", "must_be", "indifferent")


def kano_scale(answers: Mapping[str, float], not_answers: Mapping[str, str]) -> Scale:
    """Return the five answers as a scale, in the words of a survey too.

    Parameters
    ----------
    answers
        Word or code to its place, 1 (I like it) to 5 (I dislike it).
    not_answers
        Codes that are no answers, with what they mean.

    Examples
    --------
    >>> kano_scale({"Das setze ich voraus": 2}, {}).answers["Das setze ich voraus"]
    2.0
    """
    declared = {same_value(code) for code in not_answers}
    words = {**KANO_SCALE.answers, **answers}
    known = {word: n for word, n in words.items() if same_value(word) not in declared}
    return Scale(
        lowest=1,
        highest=5,
        best="lowest",
        answers=known,
        not_answers=dict(not_answers),
    )


def kano_classes(
    answers: pd.DataFrame, *, minimum: int = MIN_ANSWERS, level: float = 0.95
) -> pd.DataFrame:
    """Return the Kano class of each entry, for all customers and for each segment.

    Parameters
    ----------
    answers
        One row a respondent and entry: ``entry`` (id); ``functional`` (how is it if it
        is there), ``dysfunctional`` (if it is not there): 1 to 5 or the words of
        :data:`KANO_ANSWERS`, empty if not answered; optional ``segment``.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a segment (None: all) and entry: ``segment``, ``entry``; ``category``
        (most frequent class; empty if not shown); the count of each class (NA if not
        shown); ``better`` (share whom it pleases: (A + O) / (A + O + M + I), 0 to 1),
        ``worse`` (share whom its absence hurts, as a number below 0: -(O + M) / the
        same), each with ``_low`` and ``_high``; ``n`` (complete pairs), ``n_rated``
        (A + O + M + I), ``n_left_out``, ``left_out``, ``reliability`` (by *n_rated*),
        ``note`` (ties).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If a cell is none of the five answers.
    InputError
        If there is no answer at all, or an option is out of range.

    Examples
    --------
    >>> answers = pd.DataFrame(
    ...     {
    ...         "entry": ["wifi"] * 6,
    ...         "functional": [1, 1, 1, 2, 3, 1],
    ...         "dysfunctional": [5, 5, 3, 5, 3, 5],
    ...     }
    ... )
    >>> found = kano_classes(answers)
    >>> found[["category", "better", "worse"]].round(3).to_dict("records")
    [{'category': 'one_dimensional', 'better': 0.667, 'worse': -0.667}]
    """
    check_options(minimum, level)
    ids = np.array(entry_ids(answers, once=False), dtype=object)
    if not len(ids):
        raise InputError("at least one answer was expected, the table is empty")
    pair = [_answers(answers, col) for col in ("functional", "dysfunctional")]
    letters = np.array(
        [
            _TABLE[there - 1][missing - 1] if there and missing else ""
            for there, missing in zip(*pair, strict=True)
        ],
        dtype=object,
    )
    rows = [
        {"segment": segment, "entry": entry}
        | _classed(letters[members & (ids == entry)], minimum, level)
        for segment, members in rows_by_segment(answers).items()
        for entry in dict.fromkeys(ids)
    ]
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=_TYPES.get(name))
            for name in KANO_COLUMNS
        }
    )


_TYPES = (
    dict.fromkeys(("segment", "left_out"), "object")
    | dict.fromkeys(("entry", "category", "reliability", "note"), "str")
    | dict.fromkeys(KANO_CLASSES.values(), "Int64")
)


def _answers(table: pd.DataFrame, col: str) -> NDArray[np.int64]:
    """Return answers as 1 to 5, and 0 where there is none."""
    column = survey_column(table, col)
    known: dict[float | str, int] = {"": 0}
    for place, words in enumerate(KANO_ANSWERS, start=1):
        known |= {float(place): place, words.casefold(): place}
    cells = column.where(column.notna(), "")
    found = [known.get(same_value(cell), -1) for cell in cells]
    faulty = [row for row, place in enumerate(found) if place < 0]
    if faulty:
        raise TableError(
            f"1 to 5 or one of {', '.join(KANO_ANSWERS)} was expected",
            [(row + 2, str(column.iloc[row])) for row in faulty[:5]],
            len(faulty),
            f"column {col}",
        )
    return np.array(found, dtype=np.int64)


def _classed(
    letters: NDArray[np.object_], minimum: int, level: float
) -> dict[str, object]:
    counts = Counter(letters.tolist())
    n_left_out = counts.pop("", 0)
    by_class = {name: counts[letter] for letter, name in KANO_CLASSES.items()}
    n_rated = sum(by_class[name] for name in _COUNTED)
    found: dict[str, object] = {
        "category": "",
        "note": "",
        "n": sum(by_class.values()),
        "n_rated": n_rated,
        "n_left_out": n_left_out,
        "left_out": {"not both answered": n_left_out} if n_left_out else {},
        "reliability": reliability_of(n_rated, minimum),
    }
    ends = ("", "_low", "_high")
    if n_rated < minimum:
        found |= dict.fromkeys(by_class, pd.NA)
        found |= {
            f"{word}{end}": math.nan for word in ("better", "worse") for end in ends
        }
        return found
    found |= by_class
    most = max(by_class.values())
    first = [name for name, count in by_class.items() if count == most]
    found["category"] = first[0]
    if len(first) > 1:
        others = ", ".join(say(name) for name in first[1:])
        found["note"] = say("as often: {classes}", classes=others)
    pleased = by_class["attractive"] + by_class["one_dimensional"]
    hurt = by_class["must_be"] + by_class["one_dimensional"]
    low, high = wilson(pleased, n_rated, level)
    found |= {"better": pleased / n_rated, "better_low": low, "better_high": high}
    low, high = wilson(hurt, n_rated, level)
    return found | {"worse": -hurt / n_rated, "worse_low": -high, "worse_high": -low}
