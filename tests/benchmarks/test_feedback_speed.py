"""What sorting a hundred thousand comments costs."""

from __future__ import annotations

import re
from time import process_time

import numpy as np
import pandas as pd
from benchmarks.figures import Figures
from measure_feedback import reviews

from journeykit.measure.feedback import theme_table
from journeykit.measure.feedback_classifier import train_on_codes
from journeykit.measure.feedback_coding import coding_sample
from journeykit.measure.feedback_sentiment import negative_share
from journeykit.measure.feedback_starter import starter_codebook
from journeykit.measure.feedback_topics import comment_topics
from journeykit.measure.feedback_trend import theme_trend
from journeykit.model.codebook import Codebook

N = 100_000


def comments(n: int) -> pd.DataFrame:
    """Return comments of one to three rated sentences over a year."""
    rng = np.random.default_rng(3)
    texts = reviews()["text"].to_numpy(dtype=object)
    chosen = rng.integers(len(texts), size=(n, 3))
    lengths = rng.choice([1, 2, 3], size=n, p=[0.5, 0.3, 0.2])
    joined = [
        " ".join(texts[row[:length]])
        for row, length in zip(chosen, lengths, strict=True)
    ]
    times = pd.date_range("2025-01-01", periods=n, freq=f"{525_600 * 60 // n}s")
    return pd.DataFrame({"text": pd.Series(joined, dtype="str"), "time": times})


def seconds(function, *arguments, **options) -> float:
    """Return the CPU seconds of a call."""
    start = process_time()
    function(*arguments, **options)
    return process_time() - start


def with_patterns(table: pd.DataFrame, book: Codebook) -> list[float]:
    """Return the share of each theme as one would count it with pandas alone."""
    shares = []
    for theme in book.themes:
        words = "|".join(re.escape(w).replace(r"\*", r"\w*") for w in theme.words)
        found = table["text"].str.contains(rf"\b(?:{words})\b", case=False, regex=True)
        shares.append(float(found.mean()))
    return shares


def test_codebook_sorts_a_hundred_thousand_comments(figures: Figures) -> None:
    """Five themes, also in months; ten times the comments cost ten times as much."""
    book = starter_codebook("en")
    large, small = comments(N), comments(N // 10)

    plain = seconds(with_patterns, large, book)
    whole = seconds(theme_table, large, book)
    trend = seconds(theme_trend, large, book)
    part = min(seconds(theme_table, small, book) for _ in range(3))

    figures.at_most("codebook, 100,000 comments", 8, whole, "s", plain_pandas=plain)
    figures.at_most("themes by month, 100,000 comments", 9, trend, "s")
    figures.at_most("codebook, ten times the comments", 12, whole / part, "times")


def test_lexicon_topics_and_classifier_of_a_hundred_thousand(figures: Figures) -> None:
    """What the extra text costs at that size."""
    table = comments(N)
    sample = coding_sample(table.head(5_000), n=100)
    sample["code"] = np.where(sample["text"].str.len() % 2 == 0, "negative", "none")

    lexicon = seconds(negative_share, table)
    topics = seconds(comment_topics, table)
    coding = seconds(train_on_codes, table, sample)

    figures.at_most("lexicon, 100,000 comments", 30, lexicon, "s")
    figures.at_most("topics, 100,000 comments", 90, topics, "s")
    figures.at_most("100 codes taught and applied to 100,000", 90, coding, "s")
