"""Lines over time with the limits within which they move by chance.

A point beyond the limits, or eight in a row on one side of the centre, is a signal;
everything else is noise and needs no meeting. A share has a p-chart, whose limits
follow the number of answers of each period. Everything else (NPS, means, money) has an
XmR chart, whose limits come from the steps between neighbours; the standard deviation
of all points was turned down, because a shift widens it and so hides itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError, TableError
from journeykit.language import say
from journeykit.measure.groups import survey_column
from journeykit.measure.priority_tables import FIRST_ROW, number_column
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.reliability import reliability_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["P_CHART_COLUMNS", "XMR_COLUMNS", "p_chart", "xmr_chart"]

P_CHART_COLUMNS = (
    *("period", "value", "centre", "lower_limit", "upper_limit"),
    *("signal", "n", "reliability", "note"),
)
"""Columns of :func:`p_chart`, in order."""

XMR_COLUMNS = (
    *("period", "value", "centre", "lower_limit", "upper_limit"),
    *("moving_range", "range_limit", "signal", "note"),
)
"""Columns of :func:`xmr_chart`, in order."""

_RUN = 8
_FIRM = 8
"""With fewer periods the limits themselves still move."""

_STEPS = 2.66
"""Three standard deviations in mean moving ranges: 3 / 1.128."""

_RANGE_STEPS = 3.268
"""Upper limit of a moving range, in mean moving ranges."""


def p_chart(
    table: pd.DataFrame,
    *,
    baseline: int | None = None,
    minimum: int = MIN_ANSWERS,
) -> pd.DataFrame:
    """Return the shares of periods with their control limits and signals.

    Parameters
    ----------
    table
        One row a period, in the order of time: ``period`` (as it is shown), ``count``
        (answers that have the property), ``n`` (all answers; Kish's effective n and a
        fraction of it where answers are weighted).
    baseline
        How many of the first measured periods give the centre: those before a change,
        so that the change cannot hide itself. None: all.
    minimum
        Fewest answers that may be shown, 5 or more.

    Returns
    -------
    pandas.DataFrame
        One row a period: ``period``; ``value`` (share, 0 to 1; NaN if not shown);
        ``centre`` (all counts / all answers of the baseline); ``lower_limit``,
        ``upper_limit`` (centre -/+ 3 standard errors with the period's own n, 0 to 1);
        ``signal`` (``above the limit``, ``below the limit``, ``8 on one side`` or
        empty); ``n``; ``reliability``; ``note`` (few periods).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If a count is below 0 or above its n.
    InputError
        If *baseline* is below 2, or *minimum* below 5.

    Notes
    -----
    Montgomery, Introduction to Statistical Quality Control, section 7.2. With thousands
    of answers a period the limits are so narrow that all signals: use the XmR chart.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"period": ["May", "June"], "count": [20, 50], "n": [100, 100]}
    ... )
    >>> p_chart(table)[["centre", "signal"]].to_dict("records")
    [{'centre': 0.35, 'signal': 'below the limit'}, \
{'centre': 0.35, 'signal': 'above the limit'}]
    """
    check_options(minimum, 0.95)
    _check_baseline(baseline)
    counts = _amounts(table, "count")
    n = np.nan_to_num(_amounts(table, "n"))
    too_many = np.flatnonzero(np.nan_to_num(counts) > n * (1 + 1e-9))
    if len(too_many):
        rows = [
            (int(at) + FIRST_ROW, f"{counts[at]:g} of {n[at]:g}") for at in too_many
        ]
        problem = "at most as many as all answers were expected"
        raise TableError(problem, rows, len(rows), "column count")
    is_shown = (n >= minimum) & ~np.isnan(counts)
    value = np.full(len(n), np.nan)
    value[is_shown] = np.minimum(counts[is_shown] / n[is_shown], 1.0)
    based = np.flatnonzero(is_shown)[:baseline]
    centre, lower, upper = np.nan, np.full(len(n), np.nan), np.full(len(n), np.nan)
    if len(based) >= 2:
        centre = float(counts[based].sum() / n[based].sum())
        half = 3 * np.sqrt(centre * (1 - centre) / np.where(is_shown, n, np.nan))
        lower, upper = np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)
    columns = {
        "value": value,
        "centre": np.full(len(n), centre),
        "lower_limit": lower,
        "upper_limit": upper,
        "signal": _signals(value, centre, lower, upper),
        "n": n,
        "reliability": [
            reliability_of(int(count), minimum) if known else "not measured"
            for count, known in zip(n, ~np.isnan(counts), strict=True)
        ],
        "note": [_note(len(based))] * len(n),
    }
    return _frame(table, columns, P_CHART_COLUMNS)


def xmr_chart(table: pd.DataFrame, *, baseline: int | None = None) -> pd.DataFrame:
    """Return single values over time with their control limits and signals.

    Parameters
    ----------
    table
        One row a period, in the order of time: ``period`` (as it is shown), ``value``
        (any unit; empty if not measured).
    baseline
        How many of the first measured periods give centre and limits. None: all.

    Returns
    -------
    pandas.DataFrame
        One row a period: ``period``, ``value``; ``centre`` (mean of the baseline),
        ``lower_limit``, ``upper_limit`` (centre -/+ 2.66 mean moving ranges);
        ``moving_range`` (distance to the period before; NaN where one of both is not
        measured), ``range_limit`` (3.268 mean moving ranges); ``signal`` (as in
        :func:`p_chart`, or ``jump`` where only the range is beyond its limit);
        ``note`` (few periods).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If a cell is no number.
    InputError
        If *baseline* is below 2.

    Notes
    -----
    Wheeler and Chambers (1992), Understanding Statistical Process Control.

    Examples
    --------
    >>> table = pd.DataFrame({"period": list("abcdef"), "value": [5, 6, 5, 6, 5, 12]})
    >>> xmr_chart(table, baseline=5)["signal"].tolist()
    ['', '', '', '', '', 'above the limit']
    """
    _check_baseline(baseline)
    value = number_column(table, "value", np.isfinite, "a number")
    ranges = np.r_[np.nan, np.abs(np.diff(value))] if len(value) else value
    shown = np.flatnonzero(~np.isnan(value))[:baseline]
    inside = ranges[: shown[-1] + 1] if len(shown) else ranges
    steps = inside[~np.isnan(inside)]
    centre = float(value[shown].mean()) if len(steps) else np.nan
    step = float(steps.mean()) if len(steps) else np.nan
    lower = np.full(len(value), centre - _STEPS * step)
    upper = np.full(len(value), centre + _STEPS * step)
    limit = _RANGE_STEPS * step
    signals = _signals(value, centre, lower, upper)
    with np.errstate(invalid="ignore"):
        is_jump = ranges > limit
    columns = {
        "value": value,
        "centre": np.full(len(value), centre),
        "lower_limit": lower,
        "upper_limit": upper,
        "moving_range": ranges,
        "range_limit": np.full(len(value), limit),
        "signal": [
            signal or ("jump" if jump else "")
            for signal, jump in zip(signals, is_jump, strict=True)
        ],
        "note": [_note(len(shown) if len(steps) else 0)] * len(value),
    }
    return _frame(table, columns, XMR_COLUMNS)


def _signals(
    value: NDArray[np.float64],
    centre: float,
    lower: NDArray[np.float64],
    upper: NDArray[np.float64],
) -> list[str]:
    """Return the signal of each period; gaps neither make nor break a run."""
    found, run, side = [], 0, 0.0
    slack = 1e-12 * max(1.0, abs(centre)) if not np.isnan(centre) else 0.0
    for number, low, high in zip(value, lower, upper, strict=True):
        signal = ""
        if not np.isnan(number) and not np.isnan(centre):
            here = 0.0 if abs(number - centre) <= slack else np.sign(number - centre)
            run = run + 1 if here and here == side else int(bool(here))
            side = here
            if number > high + slack:
                signal = "above the limit"
            elif number < low - slack:
                signal = "below the limit"
            elif run >= _RUN:
                signal = f"{_RUN} on one side"
        found.append(signal)
    return found


def _note(n_periods: int) -> str:
    if n_periods < 2:
        return say("no limits: two measured periods are needed")
    if n_periods < _FIRM:
        return say("limits from {n} periods are rough", n=n_periods)
    return ""


def _check_baseline(baseline: int | None) -> None:
    if baseline is not None and baseline < 2:
        raise InputError(
            f"a baseline of 2 periods or more was expected, not {baseline!r}"
        )


def _amounts(table: pd.DataFrame, col: str) -> NDArray[np.float64]:
    return number_column(table, col, lambda n: n >= 0, "a number from 0")


def _frame(
    table: pd.DataFrame, columns: dict[str, object], names: tuple[str, ...]
) -> pd.DataFrame:
    frame = pd.DataFrame({"period": survey_column(table, "period").to_numpy()})
    for name in names[1:]:
        is_text = name in ("signal", "note", "reliability")
        frame[name] = pd.Series(columns[name], dtype="str" if is_text else "float64")
    return frame
