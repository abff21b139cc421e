"""Customers who buy as BG/NBD and Gamma-Gamma say they do."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["CDNOW_PARAMETERS", "made_histories", "made_purchases"]

CDNOW_PARAMETERS = (0.243, 4.414, 0.793, 2.426)
"""r, alpha (weeks), a, b of Fader, Hardie and Lee (2005)."""


def made_histories(
    n: int,
    chance: np.random.Generator,
    *,
    parameters: tuple[float, float, float, float] = CDNOW_PARAMETERS,
    spend: tuple[float, float, float] = (6.25, 3.74, 15.44),
    seen_days: int = 273,
    came_within: int = 84,
    holdout_days: int = 0,
) -> pd.DataFrame:
    """Return histories in days (not whole), with what the rest of the time brought.

    ``later`` is the number of purchases in *holdout_days* after the end.
    """
    r, alpha, a, b = parameters
    age = (seen_days - chance.integers(0, came_within, n)).astype(float)
    rate, leaves = chance.gamma(r, 1 / alpha, n) / 7, chance.beta(a, b, n)
    repeats, recency, later, at = (np.zeros(n) for _ in range(4))
    rows = np.arange(n)
    while len(rows):
        at[rows] += chance.exponential(1 / rate[rows])
        rows = rows[at[rows] < age[rows] + holdout_days]
        is_seen = at[rows] < age[rows]
        repeats[rows] += is_seen
        recency[rows] = np.where(is_seen, at[rows], recency[rows])
        later[rows] += ~is_seen
        rows = rows[chance.random(len(rows)) >= leaves[rows]]
    p, q, v = spend
    scale = chance.gamma(q, 1 / v, n)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = chance.gamma(p * np.maximum(repeats, 1), 1 / scale)
        mean = np.where(repeats > 0, total / repeats, np.nan)
    return pd.DataFrame(
        {
            "customer": [f"C{number:06d}" for number in range(n)],
            "repeats": repeats.astype("int64"),
            "recency_days": recency,
            "age_days": age,
            "repeat_spend": mean,
            "later": later,
        }
    )


def made_purchases(
    chance: np.random.Generator, n: int = 400, days: int = 300
) -> pd.DataFrame:
    """Return what *n* customers buy in some days, four times as busily as at CDNOW."""
    r, alpha, a, b = CDNOW_PARAMETERS
    rate, leaves = chance.gamma(4 * r, 1 / alpha, n) / 7, chance.beta(a, b, n)
    scale = chance.gamma(3.74, 1 / 15.44, n)
    at = chance.integers(0, days // 5, n).astype(float)
    rows, parts = np.arange(n), []
    while len(rows):
        parts.append(
            pd.DataFrame(
                {
                    "customer": rows.astype("str"),
                    "time": pd.Timestamp("2026-01-01") + pd.to_timedelta(at[rows], "D"),
                    "amount": chance.gamma(6.25, 1 / scale[rows]),
                }
            )
        )
        is_first = len(parts) == 1
        rows = rows[is_first | (chance.random(len(rows)) >= leaves[rows])]
        at[rows] += chance.exponential(1 / rate[rows])
        rows = rows[at[rows] < days]
    table = pd.concat(parts, ignore_index=True)
    return table.astype({"customer": "str", "time": "datetime64[us]"})
