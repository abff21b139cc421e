"""Read the answers to one question: what counts, what is left out, and why.

Whatever stands in a column is one of five things: an answer, in figures or in the words
of its scale, a declared code that is no answer, nothing, a number outside the scale, or
something else that is no number. The second to fourth are left out and counted; the
last is refused, because nobody declared what it means. Codes go first, so that a
declared 0 is no answer even on a scale from 0.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from numbers import Rational, Real
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd

from journeykit.errors import InputError, TableError
from journeykit.measure.intervals import effective_n

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.survey import Scale

__all__ = [
    "Answers",
    "RawAnswers",
    "Weights",
    "read_answers",
    "read_weights",
    "same_value",
]

RawAnswers: TypeAlias = "pd.Series | Sequence[object] | Mapping[object, int]"
"""Answers as they stand in a file; a mapping is a frequency table, answer to count."""

Weights: TypeAlias = "pd.Series | Sequence[object]"

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
_EMPTY = "empty"
_OUTSIDE = "outside the scale"
_WEIGHTLESS = "weight 0"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to one question, one place for each row of the table.

    Parameters
    ----------
    values
        The answer as a number; NaN where the row was left out.
    reasons
        Place in *labels* of the reason why the row was left out; -1 if it was not.
    labels
        Reasons in the reader's words.
    counts
        How many answers the row stands for: 1 but in a frequency table.
    weights
        Weight of the row; None if every answer counts the same.
    """

    values: NDArray[np.float64]
    reasons: NDArray[np.int64]
    labels: tuple[str, ...]
    counts: NDArray[np.int64]
    weights: NDArray[np.float64] | None = None

    @property
    def valid(self) -> NDArray[np.float64]:
        """The answers that count."""
        return self.values[self.reasons < 0]

    @property
    def valid_parts(self) -> NDArray[np.float64]:
        """Weight of each answer that counts, or how often it was given."""
        parts = self.counts.astype(float) if self.weights is None else self.weights
        return parts[self.reasons < 0]

    @property
    def n(self) -> int:
        """How many answers count."""
        return int(self.counts[self.reasons < 0].sum())

    @property
    def effective_n(self) -> float | None:
        """Kish's effective n of the answers that count; None without weights."""
        return None if self.weights is None else effective_n(self.valid_parts)

    @property
    def left_out(self) -> dict[str, int]:
        """Why answers were left out, and how many."""
        return {
            label: n_rows
            for place, label in enumerate(self.labels)
            if (n_rows := int(self.counts[self.reasons == place].sum()))
        }

    def share(self, chosen: NDArray[np.bool_]) -> float:
        """Return the weighted share of *chosen* among all that count, 0 to 1."""
        parts = (
            self.valid_parts / self.valid_parts.max()
        )  # sums of large weights overflow
        return min(float(parts[chosen].sum() / parts.sum()), 1.0)

    def within(self, members: NDArray[np.bool_]) -> Answers:
        """Return the answers of some rows only."""
        weights = None if self.weights is None else self.weights[members]
        values, reasons = self.values[members], self.reasons[members]
        return Answers(values, reasons, self.labels, self.counts[members], weights)

    def all_left_out(self, reason: str) -> Answers:
        """Return the same rows with every answer left out for one more reason."""
        reasons = np.where(self.reasons < 0, len(self.labels), self.reasons)
        values = np.full_like(self.values, np.nan)
        labels = (*self.labels, reason)
        return Answers(values, reasons, labels, self.counts, self.weights)


def same_value(value: object) -> float | str:
    """Return what is equal for equal answers: ``"1"``, ``1`` and ``1.0`` are the same.

    Parameters
    ----------
    value
        One cell, or a code or condition as it was declared.

    Returns
    -------
    float or str
        The number, or the text in small letters without space around it.

    Examples
    --------
    >>> same_value(" 1.0 "), same_value(1), same_value("Blank "), same_value(True)
    (1.0, 1.0, 'blank', 'true')
    """
    if isinstance(value, (Real, Decimal)) and not isinstance(value, bool):
        return _float(value)
    text = str(value).strip()
    return float(text) if _NUMBER.fullmatch(text) else text.casefold()


def read_answers(
    answers: RawAnswers,
    scale: Scale,
    weights: Weights | NDArray[np.float64] | None = None,
) -> Answers:
    """Return what the answers to one question say on its declared scale.

    Parameters
    ----------
    answers
        Numbers or text, codes among them; or a frequency table, answer to count.
    scale
        Lowest and highest answer, and the codes that are no answers.
    weights
        Weight of each answer, 0 or more; answers of weight 0 are left out and counted.

    Returns
    -------
    Answers
        One place for each row, in the order of *answers*.

    Raises
    ------
    TableError
        If an answer is no number and no declared code (truth values are neither), a
        weight is empty or below 0, or a count is not a whole number from 0.
    InputError
        If there are not as many weights as answers, or weights for a frequency table.
    """
    where = _name(answers)
    first_row = 2 if isinstance(answers, pd.Series) else 1  # below the line of headings
    if isinstance(answers, Mapping):
        if weights is not None:
            raise InputError(
                "weights belong to single answers, but these are counts of answers",
                mend="Give one answer and one weight for each respondent",
            )
        cells: list[object] = list(answers)
        counts = _counts(answers)
    else:
        cells = []
        counts = np.ones(len(answers), dtype=np.int64)
    labels = (
        *(
            f"{code.strip()} {meaning}".strip()
            for code, meaning in scale.not_answers.items()
        ),
        *(_EMPTY, _OUTSIDE, _WEIGHTLESS),
    )
    if isinstance(answers, pd.Series) and _is_of_one_type(answers):
        values, reasons = _read_column(answers, scale, labels, where)
    else:
        cells = cells or list(answers)
        values, reasons = _read_cells(cells, scale, labels, where, first_row)
    if weights is None:
        return Answers(values, reasons, labels, counts)
    factors = weights if isinstance(weights, np.ndarray) else read_weights(weights)
    if len(factors) != len(counts):
        raise InputError(
            f"a weight for each of {len(counts):,} answers was expected, "
            f"there are {len(factors):,}",
            where,
        )
    weightless = (reasons < 0) & (factors == 0)
    reasons[weightless], values[weightless] = labels.index(_WEIGHTLESS), np.nan
    return Answers(values, reasons, labels, counts, factors)


def read_weights(weights: Weights) -> NDArray[np.float64]:
    """Return weights as numbers.

    Parameters
    ----------
    weights
        Numbers or text of numbers, finite, 0 or more.

    Returns
    -------
    numpy.ndarray
        The weights, in the same order.

    Raises
    ------
    TableError
        If a weight is empty, no number, endless or below 0.

    Examples
    --------
    >>> read_weights(["0.5", 2]).tolist()
    [0.5, 2.0]
    """
    cells = weights.tolist() if isinstance(weights, pd.Series) else list(weights)
    factors = np.array([_weight(cell) for cell in cells], dtype=float)
    faulty = np.flatnonzero(np.isnan(factors))
    if len(faulty):
        first_row = 2 if isinstance(weights, pd.Series) else 1
        raise TableError(
            "a weight of 0 or more was expected",
            [(first_row + int(row), str(cells[row])) for row in faulty[:5]],
            len(faulty),
            _name(weights),
        )
    return factors


def _float(number: Real | Decimal) -> float:
    try:
        return float(number)
    except OverflowError:  # whole numbers of more than 308 digits
        is_below = isinstance(number, Rational) and int(number.numerator) < 0
        return -math.inf if is_below else math.inf


def _weight(cell: object) -> float:
    """Return the weight in a cell, NaN if there is none that can be used."""
    if isinstance(cell, (bool, np.bool_)) or not isinstance(cell, (str, Real, Decimal)):
        return math.nan
    try:
        weight = float(cell) if isinstance(cell, str) else _float(cell)
    except ValueError:
        return math.nan
    return weight if 0 <= weight < math.inf else math.nan


def _counts(table: Mapping[object, int]) -> NDArray[np.int64]:
    faulty = [
        (row, f"{answer}: {count}")
        for row, (answer, count) in enumerate(table.items(), start=1)
        if not _is_count(count)
    ]
    if faulty:
        raise TableError("a whole number of answers was expected", faulty, len(faulty))
    return np.array([int(count) for count in table.values()], dtype=np.int64)


def _is_count(count: object) -> bool:
    if isinstance(count, bool) or not isinstance(count, Real):
        return False
    number = _float(count)
    return 0 <= number < 2**53 and number.is_integer()


def _name(column: object) -> str:
    name = column.name if isinstance(column, pd.Series) else None
    return "" if name is None else f"column {name}"


def _is_of_one_type(column: pd.Series) -> bool:
    """Say whether equal cells are the same to pandas, which True and 1 are not."""
    kind = column.dtype
    return isinstance(kind, pd.StringDtype) or (
        isinstance(kind, np.dtype) and kind.kind in "iuf"
    )


def _reader(
    scale: Scale, labels: tuple[str, ...]
) -> Callable[[object], tuple[float, int] | None]:
    codes = {same_value(code): at for at, code in enumerate(scale.not_answers)}
    meant = {same_value(word): answer for word, answer in scale.answers.items()}
    empty, outside = labels.index(_EMPTY), labels.index(_OUTSIDE)

    def read(cell: object) -> tuple[float, int] | None:
        """Return value and reason; None for what is no number and no code."""
        value = same_value(cell)
        if value in codes:
            return math.nan, codes[value]
        if value == "":
            return math.nan, empty
        value = meant.get(value, value)
        if isinstance(value, str):
            return None
        is_inside = scale.lowest <= value <= scale.highest
        return (value, -1) if is_inside else (math.nan, outside)

    return read


def _refuse(
    scale: Scale, faulty: Sequence[tuple[int, str]], n: int, where: str
) -> None:
    if n:
        raise TableError(
            f"a number from {scale.lowest:g} to {scale.highest:g}, or a word or code "
            "that the scale declares, was expected",
            faulty,
            n,
            where,
        )


def _read_column(
    column: pd.Series, scale: Scale, labels: tuple[str, ...], where: str
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Read each different cell once: a hundred thousand answers hold seven of them."""
    places, cells = pd.factorize(column)
    read = _reader(scale, labels)
    found = [read(cell) for cell in cells.tolist()]
    is_faulty = np.array([one is None for one in found] + [False])
    faulty = np.flatnonzero(is_faulty[places])
    _refuse(
        scale,
        [(2 + int(row), str(column.iloc[row])) for row in faulty[:5]],
        len(faulty),
        where,
    )
    known = [one or (math.nan, 0) for one in found] + [(math.nan, labels.index(_EMPTY))]
    values = np.array([value for value, _ in known])
    reasons = np.array([reason for _, reason in known], dtype=np.int64)
    return values[places], reasons[places]


def _read_cells(
    cells: list[object],
    scale: Scale,
    labels: tuple[str, ...],
    where: str,
    first_row: int,
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    read = _reader(scale, labels)
    values = np.full(len(cells), np.nan)
    reasons = np.full(len(cells), labels.index(_EMPTY), dtype=np.int64)
    faulty: list[int] = []
    known: dict[tuple[type, object], tuple[float, int] | None] = {}
    for row in np.flatnonzero(~_is_empty(cells)):
        cell = cells[row]
        # The type tells True from 1; only text and numbers can be looked up.
        key = (
            type(cell),
            cell if isinstance(cell, (str, Real, Decimal)) else str(cell),
        )
        if key not in known:
            known[key] = read(cell)
        found = known[key]
        if found is None:
            faulty.append(int(row))
        else:
            values[row], reasons[row] = found
    shown = [(first_row + row, str(cells[row])) for row in faulty[:5]]
    _refuse(scale, shown, len(faulty), where)
    return values, reasons


def _is_empty(cells: list[object]) -> NDArray[np.bool_]:
    held = np.fromiter(cells, dtype=object, count=len(cells))  # lists stay whole
    return np.asarray(pd.isna(held), dtype=bool)
