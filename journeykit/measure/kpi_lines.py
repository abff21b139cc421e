"""Each measure over time: its values with control limits, signals and trend.

One table for all lines, so that a picture, a report and the command line say the same.
A share has a p-chart, everything else an XmR chart; with thousands of answers a wave a
p-chart calls every breath a signal, and the XmR chart can be asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.measure.control_limits import p_chart, xmr_chart
from journeykit.measure.groups import survey_column
from journeykit.measure.result import MIN_ANSWERS
from journeykit.measure.trend import trend_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["KPI_LINE_COLUMNS", "kpi_lines"]

_LINE = ("definition", "touchpoint", "column", "group")

KPI_LINE_COLUMNS = (
    *_LINE,
    *("wave", "value", "low", "high", "n", "reliability"),
    *("chart", "centre", "lower_limit", "upper_limit", "signal"),
    *("trend", "slope", "trend_p_value", "note"),
)
"""Columns of :func:`kpi_lines`, in order."""


def kpi_lines(
    scores: pd.DataFrame,
    *,
    chart: Literal["auto", "p", "xmr"] = "auto",
    baseline: int | None = None,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return every measure over time with control limits, signals and trend.

    Parameters
    ----------
    scores
        What :func:`~journeykit.measure.waves.wave_scores` returned, waves in the order
        of time; or any table with its columns.
    chart
        ``p`` (shares only), ``xmr``, or ``auto``: a p-chart for shares, else XmR.
    baseline
        How many of the first measured waves give the limits; None: all.
    minimum
        Fewest answers that may be shown, 5 or more.
    level
        What is left of it is the limit of the trend's p value; between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a line and wave, in the order of *scores*: ``definition``,
        ``touchpoint``, ``column``, ``group``; ``wave``, ``value``, ``low``, ``high``,
        ``n``, ``reliability``; ``chart`` (``p`` or ``xmr``), ``centre``,
        ``lower_limit``, ``upper_limit``, ``signal`` (of this wave; empty if none);
        ``trend`` (of the whole line: ``rising``, ``falling``, ``no clear trend``, ``too
        few periods``), ``slope`` (a wave, in the unit of the measure),
        ``trend_p_value``; ``note``.

    Raises
    ------
    InputError
        If *chart* is unknown, or a p-chart is asked for what is no share.
    UnknownNameError
        If a column is not there; it offers the nearest.

    Examples
    --------
    >>> scores = pd.DataFrame(
    ...     {
    ...         "definition": "net_promoter_score",
    ...         "touchpoint": None,
    ...         "column": "NETPRO",
    ...         "group": None,
    ...         "wave": ["2022", "2023", "2024", "2025", "2026"],
    ...         "value": [31.0, 33.0, 34.0, 36.0, 41.0],
    ...         "low": 25.0,
    ...         "high": 45.0,
    ...         "n": 900,
    ...         "effective_n": None,
    ...         "reliability": "enough",
    ...     }
    ... )
    >>> kpi_lines(scores)[["chart", "trend", "slope"]].drop_duplicates().values.tolist()
    [['xmr', 'rising', 2.0]]
    """
    if chart not in ("auto", "p", "xmr"):
        raise InputError(f'"auto", "p" or "xmr" was expected as chart, not {chart!r}')
    keys = [
        tuple(None if pd.isna(cell) else str(cell) for cell in cells)
        for cells in zip(*(survey_column(scores, name) for name in _LINE), strict=True)
    ]
    parts = []
    for key in dict.fromkeys(keys):
        rows = scores[[other == key for other in keys]]
        is_share = _is_share(key[0])
        if chart == "p" and not is_share:
            raise InputError(f"a share was expected for a p-chart, not {key[0]}")
        use = ("p" if is_share else "xmr") if chart == "auto" else chart
        limits = _limits(rows, use, baseline, minimum)
        value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
        trend = trend_of(value, level=level)
        part = pd.DataFrame(
            {name: _cells(rows, name) for name in KPI_LINE_COLUMNS[:10]}
        )
        part["chart"] = pd.Series([use] * len(rows), dtype="str")
        for name in ("centre", "lower_limit", "upper_limit", "signal"):
            part[name] = limits[name]
        part["trend"] = pd.Series([trend.direction] * len(rows), dtype="str")
        part["slope"] = _number(trend.slope)
        part["trend_p_value"] = _number(trend.p_value)
        part["note"] = limits["note"]
        if "note" in rows.columns:
            said = _cells(rows, "note").astype("str")
            part["note"] = said.where(said != "", part["note"])
        parts.append(part)
    if not parts:
        return pd.DataFrame({name: [] for name in KPI_LINE_COLUMNS})
    return pd.concat(parts, ignore_index=True)


def _is_share(definition: str | None) -> bool:
    known = MEASURES.get(definition or "")
    return known is not None and known.unit == "share"


def _limits(
    rows: pd.DataFrame, use: str, baseline: int | None, minimum: int
) -> pd.DataFrame:
    value = rows["value"].to_numpy(dtype=float, na_value=np.nan)
    table = pd.DataFrame({"period": rows["wave"].to_numpy(), "value": value})
    if use == "xmr":
        return xmr_chart(table, baseline=baseline)
    n = _answers(rows)
    table["count"], table["n"] = np.clip(value, 0, 1) * n, n
    return p_chart(table, baseline=baseline, minimum=minimum)


def _answers(rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return Kish's effective n where answers are weighted, else the answers."""
    n = rows["n"].to_numpy(dtype=float, na_value=0)
    kish = rows["effective_n"].to_numpy(dtype=float, na_value=np.nan)
    return np.where(np.isnan(kish), n, kish)


def _cells(rows: pd.DataFrame, name: str) -> pd.Series:
    return survey_column(rows, name).reset_index(drop=True)


def _number(given: float | None) -> float:
    return np.nan if given is None else given
