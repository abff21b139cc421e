"""Comments that several tests of measures look at: sentences that people rated."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from journeykit.measure.feedback_coding import coding_sample

__all__ = ["coded_reviews", "reviews"]

REVIEWS = Path(__file__).parent / "data" / "product_review_snippets.csv.gz"


@cache
def _read() -> pd.DataFrame:
    return pd.read_csv(REVIEWS, dtype={"text": "str"}, keep_default_na=False)


def reviews() -> pd.DataFrame:
    """Return 3,708 sentences with the mean of 20 people's ratings, -4 to 4."""
    return _read().copy()


@cache
def _coded(seed: int, n: int) -> pd.DataFrame:
    table = reviews()
    sample = coding_sample(table, n=n, seed=seed)
    is_negative = table["mean_rating"].iloc[sample["row"]].to_numpy() < 0
    sample["code"] = np.where(is_negative, "negative", "none")
    return sample


def coded_reviews(seed: int, n: int = 100) -> pd.DataFrame:
    """Return a sample that is coded as the people rated it: below 0 is negative."""
    return _coded(seed, n).copy()
