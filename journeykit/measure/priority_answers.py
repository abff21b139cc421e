"""Priorities from customers' answers: Ulwick's opportunity score.

It takes shares of answers 4 to 5 and not means, as Ulwick does: a mean of 3.5 hides
whether half of the customers are desperate.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.answers import Answers, read_answers
from journeykit.measure.groups import survey_column
from journeykit.measure.intervals import wilson
from journeykit.measure.priority_tables import (
    entry_ids,
    is_shared,
    ranked_table,
    ranks_of,
    rows_by_segment,
    truths,
)
from journeykit.measure.rating import check_options, described, is_one_to
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of
from journeykit.model.survey import Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "OPPORTUNITY_COLUMNS",
    "opportunity_scores",
]

OPPORTUNITY_COLUMNS = (
    "segment",
    "entry",
    "importance",
    "importance_low",
    "importance_high",
    "satisfaction",
    "satisfaction_low",
    "satisfaction_high",
    "value",
    "low",
    "high",
    "rank",
    "is_tied",
    "cut_off",
    "is_opportunity",
    "n",
    "n_left_out",
    "left_out",
    "reliability",
)
"""Columns of :func:`opportunity_scores`, in order."""

_ONE_TO_FIVE = Scale(lowest=1, highest=5)


class _Share(NamedTuple):
    """A share of answers 4 to 5 with its interval."""

    value: float
    low: float
    high: float


def opportunity_scores(
    answers: pd.DataFrame,
    *,
    cut_off: float = 10,
    importance_scale: Scale = _ONE_TO_FIVE,
    satisfaction_scale: Scale = _ONE_TO_FIVE,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return Ulwick's opportunity score of each entry, for all and for each segment.

    Parameters
    ----------
    answers
        One row a respondent and entry: ``entry`` (id), ``importance``,
        ``satisfaction`` (1 to 5, codes included), optional ``segment``.
    cut_off
        From this score on an entry is an opportunity; it is shown with the score.
    importance_scale, satisfaction_scale
        Declared scales, 1 to 5 with 5 as the best; their codes are left out.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a segment (None: all) and entry, highest score first within a segment:
        ``segment``, ``entry``; ``importance``, ``satisfaction`` (10 x share of answers
        4 to 5, each of its own valid answers) with ``_low``, ``_high``; ``value``,
        ``low``, ``high`` (score, 0 to 20); ``rank`` (within the segment), ``is_tied``;
        ``cut_off``, ``is_opportunity`` (NA if not shown); ``n`` (the smaller number of
        valid answers of the two), ``n_left_out``, ``left_out`` (question and reason to
        answers), ``reliability``.

    Raises
    ------
    InputError
        If a scale is not 1 to 5, or an option is out of range.
    TableError
        If an answer is no number and no code.

    Notes
    -----
    Ulwick (2005), What Customers Want. The interval joins Wilson's limits of both
    shares by MOVER (Zou and Donner 2008), with the correlation of the two answers.

    Examples
    --------
    >>> answers = pd.DataFrame(
    ...     {
    ...         "entry": ["queue"] * 10,
    ...         "importance": [5, 5, 5, 4, 4, 4, 4, 4, 2, 1],
    ...         "satisfaction": [1, 2, 1, 2, 3, 3, 1, 4, 5, 1],
    ...     }
    ... )
    >>> opportunity_scores(answers)[["importance", "satisfaction", "value"]].values
    array([[ 8.,  2., 14.]])
    """
    check_options(minimum, level)
    for scale in (importance_scale, satisfaction_scale):
        if not is_one_to(5, scale):
            raise InputError(
                "the opportunity score takes answers 4 to 5 on a scale of 1 to 5 where "
                f"5 is best, this is {described(scale)}"
            )
    ids = np.array(entry_ids(answers, once=False), dtype=object)
    entries = list(dict.fromkeys(ids))
    read = (
        read_answers(survey_column(answers, "importance"), importance_scale),
        read_answers(survey_column(answers, "satisfaction"), satisfaction_scale),
    )
    if not entries:
        raise InputError("at least one answer was expected, the table is empty")
    parts = []
    for segment, members in rows_by_segment(answers).items():
        rows = [
            _opportunity(read, members & (ids == entry), minimum, level)
            for entry in entries
        ]
        columns: dict[str, object] = {
            name: [row[name] for row in rows] for name in rows[0]
        }
        value = np.array(columns["value"], dtype=float)
        ranks = ranks_of(value)
        columns["segment"] = [segment] * len(entries)
        columns["entry"] = entries
        columns["rank"], columns["is_tied"] = ranks, is_shared(ranks)
        columns["cut_off"] = np.full(len(entries), float(cut_off))
        columns["is_opportunity"] = truths(value >= cut_off, ~np.isnan(value))
        parts.append(ranked_table(columns, OPPORTUNITY_COLUMNS))
    return pd.concat(parts, ignore_index=True)


def _opportunity(
    read: tuple[Answers, Answers],
    chosen: NDArray[np.bool_],
    minimum: int,
    level: float,
) -> dict[str, object]:
    importance, satisfaction = (answers.within(chosen) for answers in read)
    n = min(importance.n, satisfaction.n)
    left_out = {
        f"{name}: {reason}": count
        for name, answers in (
            ("importance", importance),
            ("satisfaction", satisfaction),
        )
        for reason, count in answers.left_out.items()
    }
    found: dict[str, object] = {
        "n": n,
        "n_left_out": sum(left_out.values()),
        "left_out": left_out,
        "reliability": reliability_of(n, minimum),
    }
    matters = works = score = _Share(math.nan, math.nan, math.nan)
    if n >= minimum:
        matters, works = _top_share(importance, level), _top_share(satisfaction, level)
        score = _score(matters, works, _correlation(importance, satisfaction))
    for name, share in (("importance", matters), ("satisfaction", works)):
        found[name] = 10 * share.value
        found[f"{name}_low"], found[f"{name}_high"] = 10 * share.low, 10 * share.high
    found["value"], found["low"], found["high"] = score
    return found


def _top_share(answers: Answers, level: float) -> _Share:
    n_top = int((answers.valid >= 4).sum())
    return _Share(n_top / answers.n, *wilson(n_top, answers.n, level))


def _correlation(importance: Answers, satisfaction: Answers) -> float:
    """Return how the two shares go together: people answered both questions."""
    is_pair = ~np.isnan(importance.values) & ~np.isnan(satisfaction.values)
    tops = [answers.values[is_pair] >= 4 for answers in (importance, satisfaction)]
    spreads = [float(top.std()) for top in tops] if is_pair.any() else [0.0, 0.0]
    if min(spreads) == 0:
        return 0.0
    together = float((tops[0] * tops[1]).mean() - tops[0].mean() * tops[1].mean())
    shared = int(is_pair.sum()) / math.sqrt(importance.n * satisfaction.n)
    return together / (spreads[0] * spreads[1]) * shared


def _score(importance: _Share, satisfaction: _Share, r: float) -> _Share:
    """Return the score, 0 to 20, and both ends of its interval."""
    gap = 2 * importance.value - satisfaction.value
    down = 2 * (importance.value - importance.low)
    up = 2 * (importance.high - importance.value)
    worse = satisfaction.value - satisfaction.low
    better = satisfaction.high - satisfaction.value
    low = gap - math.sqrt(down**2 - 2 * r * down * better + better**2)
    high = gap + math.sqrt(up**2 - 2 * r * up * worse + worse**2)
    return _Share(
        10 * max(importance.value, gap),
        10 * max(importance.low, low),
        10 * min(max(importance.high, high), 2),
    )
