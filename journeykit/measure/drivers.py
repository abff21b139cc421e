"""Key drivers: which touchpoints go with the overall score, and how sure that is.

Shares of R squared instead of regression coefficients: ratings of one visit go
together, so coefficients jump about and turn negative, while a share is never below 0
and the shares add up. Up to fifteen drivers have Shapley's (LMG) shares, more have
Johnson's relative weights, and the table says which. Filling gaps in was turned down:
who did not use a touchpoint has no answer to guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.language import listed, say, word
from journeykit.measure.answers import read_answers, read_weights
from journeykit.measure.drivers_bootstrap import (
    correlation_matrix,
    resampled_shares,
    spread_of,
)
from journeykit.measure.groups import survey_column
from journeykit.measure.rating import check_options, sign_of
from journeykit.measure.result import MIN_ANSWERS
from journeykit.measure.shapley import (
    MOST_LMG_DRIVERS,
    lmg_shares,
    relative_weights,
    tied_drivers,
)
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.drivers_bootstrap import Shares
    from journeykit.model.survey import Scale

__all__ = [
    "DRIVERS_NOTE",
    "DRIVER_COLUMNS",
    "DriverMethod",
    "driver_shares",
]

DRIVERS_NOTE = word(
    "Drivers are not causes: a share says how far answers go together, not what "
    "happens when a touchpoint is mended."
)
"""What stands beside every table and picture of drivers."""

DRIVER_COLUMNS = (
    "driver",
    "value",
    "low",
    "high",
    "share_of_r_squared",
    "rank",
    "rank_low",
    "rank_high",
    "zero_order_r",
    "r_squared",
    "method",
    "n",
    "n_missing",
    "n_left_out",
    "left_out",
    "reliability",
    "note",
)
"""Columns of :func:`driver_shares`, in order."""

_ROWS_A_DRIVER = 10
"""With fewer rows a driver R squared flatters; the usual rule of thumb."""

_SAME_ANSWER = word("everybody gave the same answer")
_GAPS = word(
    "more rows have gaps than have none: leave out the drivers with most missing"
)


class DriverMethod(NamedTuple):
    """How shares are made, in words."""

    label: str
    text: str


_LMG = DriverMethod("LMG", word("Shapley's (LMG) shares of R squared, over all orders"))
_JOHNSON = DriverMethod(
    "Johnson",
    word("Johnson's relative weights, as there are more than {n} drivers"),
)


class _Cases(NamedTuple):
    """Complete cases, and how many rows were left out."""

    values: NDArray[np.float64]  # drivers first, outcome last
    weights: NDArray[np.float64] | None
    left_out: dict[str, int]
    n_missing: NDArray[np.int64]
    unasked: set[int]


def driver_shares(
    table: pd.DataFrame,
    outcome_col: str,
    driver_cols: Sequence[str],
    *,
    scales: Mapping[str, Scale] | None = None,
    weight_col: str | None = None,
    n_draws: int = 500,
    seed: int = 1,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how much of the outcome's variance goes with each driver.

    Parameters
    ----------
    table
        One row a respondent.
    outcome_col
        The overall answer, such as likelihood to recommend.
    driver_cols
        Ratings that may go with it, one column each.
    scales
        Declared scales by column: codes that are no answers are then left out, and a
        scale whose lowest answer is best is turned round. Columns without one must
        hold numbers.
    weight_col
        Column of weights, 0 or more; None if every row counts the same.
    n_draws
        How often respondents are drawn anew for the intervals; 0: no intervals.
    seed
        The same seed gives the same intervals.
    minimum
        Fewest complete rows that may be shown, 5 or more. Never fewer than the drivers
        and two, as R squared says nothing there.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a driver, largest share first, those set aside last: ``driver``;
        ``value``, ``low``, ``high`` (share of the outcome's variance, 0 to 1, together
        R squared); ``share_of_r_squared`` (share of what all drivers explain, together
        1); ``rank``, ``rank_low``, ``rank_high`` (best and worst rank within the
        interval); ``zero_order_r`` (correlation of driver and outcome alone);
        ``r_squared`` (of all drivers); ``method`` (``LMG`` or ``Johnson``); ``n``
        (complete rows); ``n_missing`` (rows where this driver has no answer);
        ``n_left_out``, ``left_out`` (reason to rows); ``reliability``; ``note``.
        Numbers are NaN where not measured.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    InputError
        If a driver stands twice or is the outcome, or an option is out of range.
    TableError
        If a cell is no number and no declared code, or a weight is empty or below 0.

    Notes
    -----
    Groemping (2006), Journal of Statistical Software 17(1); Johnson (2000),
    Multivariate Behavioral Research 35, 1-19. Drivers are not causes.

    Examples
    --------
    >>> survey = pd.DataFrame(
    ...     {
    ...         "staff": [1, 2, 3, 4, 5, 1, 2, 3, 4, 5],
    ...         "price": [3, 3, 1, 5, 3, 2, 4, 3, 3, 4],
    ...         "overall": [1, 2, 3, 4, 5, 2, 2, 3, 4, 4],
    ...     }
    ... )
    >>> drivers = driver_shares(survey, "overall", ["price", "staff"])
    >>> drivers[["driver", "value", "rank", "n"]].round(3).to_dict("records")
    [{'driver': 'staff', 'value': 0.888, 'rank': 1, 'n': 10}, \
{'driver': 'price', 'value': 0.033, 'rank': 2, 'n': 10}]
    """
    check_options(minimum, level)
    drivers = _checked(outcome_col, driver_cols, n_draws)
    cases = _complete_cases(table, (*drivers, outcome_col), scales or {}, weight_col)
    n = len(cases.values)
    notes = dict.fromkeys(drivers, "")
    kept, correlations = list(range(len(drivers))), None
    needed = max(minimum, len(drivers) + 2)
    if n >= minimum:
        correlations = correlation_matrix(cases.values, cases.weights)
        kept, needed = _kept(correlations, drivers, notes, cases, minimum)
    method = _LMG if len(kept) <= MOST_LMG_DRIVERS else _JOHNSON
    found: dict[str, NDArray[np.float64]] = {}
    why = ""
    if correlations is None or n < needed:
        why = say(
            "{needed} complete rows are needed, there are {n}", needed=needed, n=n
        )
    elif correlations[-1, -1] == 0:
        why = say("everybody gave the same overall answer")
    elif kept:
        if n < _ROWS_A_DRIVER * len(kept):
            why = say("few rows for so many drivers: R squared is flattering")
        shares = lmg_shares if method is _LMG else relative_weights
        found = _found(correlations, kept, shares)
        if n_draws:
            drawn = resampled_shares(
                cases.values[:, [*kept, -1]],
                shares,
                weights=cases.weights,
                n_draws=n_draws,
                seed=seed,
            )
            found |= _ends(drawn, found, level)
    how = ""
    if found and method is _JOHNSON:
        how = say(method.text, n=MOST_LMG_DRIVERS)
    gaps = say(_GAPS) if found and sum(cases.left_out.values()) > n else ""
    for at in kept:
        notes[drivers[at]] = "; ".join(text for text in (why, gaps, how) if text)
    trusted = reliability_of(n, minimum)
    if not found:
        trusted = "fewer than minimum" if 0 < n < needed else "not measured"
    words = {
        "driver": drivers,
        "method": [method.label] * len(drivers),
        "reliability": [
            trusted if at in kept else "not measured" for at in range(len(drivers))
        ],
        "note": [notes[name] for name in drivers],
    }
    return _frame(words, kept, found, cases)


def _checked(outcome: str, given: Sequence[str], n_draws: int) -> tuple[str, ...]:
    drivers = (given,) if isinstance(given, str) else tuple(given)
    if not drivers:
        raise InputError("at least one driver was expected, there is none")
    twice = sorted({name for name in drivers if drivers.count(name) > 1})
    if twice:
        raise InputError(f"each driver was expected once, not {', '.join(twice)} twice")
    if outcome in drivers:
        raise InputError(f"{outcome} cannot be the outcome and its own driver")
    if n_draws < 0:
        raise InputError(f"0 draws or more were expected, not {n_draws!r}")
    return drivers


def _complete_cases(
    table: pd.DataFrame,
    columns: tuple[str, ...],
    scales: Mapping[str, Scale],
    weight_col: str | None,
) -> _Cases:
    for name in scales:
        if name not in columns:
            raise UnknownNameError("driver", name, columns)
    values = np.column_stack(
        [_numbers(survey_column(table, name), scales.get(name)) for name in columns]
    )
    weights = None
    is_weightless = np.zeros(len(values), dtype=bool)
    if weight_col is not None:
        weights = read_weights(survey_column(table, weight_col))
        is_weightless = weights == 0
    is_missing = np.isnan(values)
    n_missing = is_missing[:, :-1].sum(axis=0)
    # A question that nobody answered would leave no complete row at all.
    unasked = np.flatnonzero(n_missing == len(values))
    values[:, unasked], is_missing[:, unasked] = 0.0, False
    no_outcome = is_missing[:, -1]
    no_driver = ~no_outcome & is_missing[:, :-1].any(axis=1)
    is_complete = ~no_outcome & ~no_driver
    counts = {
        f"no answer to {columns[-1]}": int(no_outcome.sum()),
        "no answer to a driver": int(no_driver.sum()),
        "weight 0": int((is_complete & is_weightless).sum()),
    }
    left_out = {reason: n_rows for reason, n_rows in counts.items() if n_rows}
    chosen = is_complete & ~is_weightless
    return _Cases(
        values[chosen],
        None if weights is None else weights[chosen],
        left_out,
        n_missing,
        set(unasked.tolist()),
    )


def _numbers(column: pd.Series, scale: Scale | None) -> NDArray[np.float64]:
    """Return a column as numbers, NaN where there is no answer."""
    if scale is not None:
        return read_answers(column, scale).values * sign_of(scale)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(
        dtype=float, na_value=np.nan
    )
    is_faulty = (np.isnan(numbers) & column.notna().to_numpy()) | np.isinf(numbers)
    faulty = np.flatnonzero(is_faulty)
    if len(faulty):
        raise TableError(
            "a number was expected (state the scale of a question that has codes)",
            [(int(row) + 2, str(column.iloc[row])) for row in faulty[:5]],
            len(faulty),
            f"column {column.name}",
        )
    return numbers


def _kept(
    correlations: NDArray[np.float64],
    drivers: tuple[str, ...],
    notes: dict[str, str],
    cases: _Cases,
    minimum: int,
) -> tuple[list[int], int]:
    """Return the places of drivers that can be told apart, and the rows they need.

    Why others cannot be told apart is noted.
    """
    moving = [at for at in range(len(drivers)) if correlations[at, at] > 0]
    for at in set(range(len(drivers))) - set(moving):
        why = say("nobody answered") if at in cases.unasked else say(_SAME_ANSWER)
        notes[drivers[at]] = say("set aside: {reason}", reason=why)
    needed = max(minimum, len(moving) + 2)
    if len(cases.values) < needed:  # with so few rows every driver follows from others
        return moving, needed
    tied = tied_drivers(correlations[np.ix_(moving, moving)])
    for place, others in tied.items():
        names = listed([drivers[moving[other]] for other in others])
        aside = say("set aside: it follows exactly from {names}", names=names)
        notes[drivers[moving[place]]] = aside
    return [at for place, at in enumerate(moving) if place not in tied], needed


def _found(
    correlations: NDArray[np.float64], kept: list[int], shares: Shares
) -> dict[str, NDArray[np.float64]]:
    """Return the numbers of the kept drivers, by column."""
    chosen = [*kept, -1]
    value = shares(correlations[np.ix_(chosen, chosen)])
    total = float(value.sum())
    return {
        "value": value,
        "share_of_r_squared": value / (total if total > 0 else np.nan),
        "rank": 1.0 + (value[None, :] > value[:, None]).sum(axis=1),
        "zero_order_r": correlations[kept, -1],
        "r_squared": np.full_like(value, min(total, 1.0)),
    }


def _ends(
    drawn: NDArray[np.float64], found: dict[str, NDArray[np.float64]], level: float
) -> dict[str, NDArray[np.float64]]:
    """Return the ends of the intervals, which hold the number itself."""
    spread = spread_of(drawn, level)
    return {
        "low": np.minimum(spread.low, found["value"]),
        "high": np.maximum(spread.high, found["value"]),
        "rank_low": np.minimum(spread.rank_low, found["rank"]),
        "rank_high": np.maximum(spread.rank_high, found["rank"]),
    }


def _frame(
    words: Mapping[str, Sequence[str]],
    kept: list[int],
    found: dict[str, NDArray[np.float64]],
    cases: _Cases,
) -> pd.DataFrame:
    n_rows = len(words["driver"])
    columns: dict[str, object] = {
        name: pd.Series(list(texts), dtype="str") for name, texts in words.items()
    }
    columns["n"], columns["n_missing"] = len(cases.values), cases.n_missing
    columns["n_left_out"] = sum(cases.left_out.values())
    left_out = [dict(cases.left_out) for _ in range(n_rows)]
    columns["left_out"] = pd.Series(left_out, dtype="object")
    for name in DRIVER_COLUMNS:
        if name not in columns:
            numbers = np.full(n_rows, np.nan)
            if name in found:
                numbers[kept] = found[name]
            series = pd.Series(numbers)
            is_rank = name.startswith("rank")
            columns[name] = series.astype("Int64") if is_rank else series
    frame = pd.DataFrame({name: columns[name] for name in DRIVER_COLUMNS})
    return frame.sort_values(
        "value", ascending=False, kind="stable", na_position="last", ignore_index=True
    )
