"""How negative comments are, by a lexicon, and how little that can be trusted.

VADER (Hutto and Gilbert 2014) adds up words of an English lexicon. It finds about half
of the negative comments: complaints are often plain statements ("it broke after a
week"). So the share says so in its note, and ``feedback_coding`` corrects it with
comments that people coded. Larger language models were turned down: they cannot be
checked by a team, and need a service or gigabytes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import needed
from journeykit.measure.feedback_counting import (
    sections,
    share_fields,
    share_result,
    table_of,
)
from journeykit.measure.feedback_examples import in_order, pick_examples, text_ranks
from journeykit.measure.feedback_matching import Comments, read_comments
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS, Result
from journeykit.model.codebook import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = [
    "LEXICON_RECALL",
    "NEGATIVE",
    "SENTIMENT_COLUMNS",
    "comment_sentiment",
    "lexicon_scores",
    "negative_share",
    "sentiment_table",
]

LEXICON_RECALL = 0.503
"""Share of real complaints that the lexicon found to be negative."""

SENTIMENT_COLUMNS = (
    *("definition", "group", "value", "low", "high", "count", "n"),
    *("n_left_out", "left_out", "reliability", "examples", "note"),
)
"""Columns of :func:`sentiment_table`, in order."""

NEGATIVE = -0.05
"""Most compound score of a negative comment, as the authors of the lexicon have it."""

_POSITIVE = 0.05
_NOTE = (
    f"by an English lexicon, which finds about half of the negative comments (recall "
    f"{LEXICON_RECALL} on real complaints): the true share is likely about twice as "
    "large"
)
_MUCH_UNKNOWN = 0.5


def comment_sentiment(feedback: pd.DataFrame) -> pd.DataFrame:
    """Return how negative or positive each comment is, by the lexicon.

    Parameters
    ----------
    feedback
        Comments in a column ``text``.

    Returns
    -------
    pandas.DataFrame
        With the index of *feedback*: ``compound`` (-1 most negative to 1 most positive;
        NaN for what says nothing), ``sentiment`` (``negative`` to -0.05, ``positive``
        from 0.05, else ``neutral``; ``""`` for what says nothing) and ``is_known``
        (whether the lexicon knows any word of it).

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If there is no column ``text``.
    """
    comments = read_comments(feedback, Codebook())
    scores = lexicon_scores(comments)
    compound = scores[:, 0]
    sentiment = np.full(len(compound), "neutral", dtype=object)
    sentiment[compound <= NEGATIVE] = "negative"
    sentiment[compound >= _POSITIVE] = "positive"
    sentiment[~comments.counts] = ""
    return pd.DataFrame(
        {
            "compound": compound,
            "sentiment": pd.Series(sentiment, index=feedback.index, dtype="str"),
            "is_known": scores[:, 1:].sum(axis=1) > 0,
        },
        index=feedback.index,
    )


def negative_share(
    feedback: pd.DataFrame,
    *,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> Result:
    """Return the share of negative comments by the lexicon, about half of the truth.

    Parameters
    ----------
    feedback
        Comments in a column ``text``.
    minimum
        Fewest comments that may be shown, 5 or more.
    level
        Coverage of the interval, between 0 and 1.

    Returns
    -------
    Result
        Share of the comments that say something; its note says that the lexicon finds
        about half of the negative ones, and whether it knows the language at all. The
        interval is Wilson's: it holds the share that the lexicon would find, not the
        true one. See :func:`journeykit.measure.feedback_classifier.coded_share`.

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If there is no column ``text``.
    InputError
        If a comment is no text, or an option is out of range.
    """
    check_options(minimum, level)
    comments = read_comments(feedback, Codebook())
    scores = lexicon_scores(comments)
    n = int(comments.counts.sum())
    is_negative = scores[:, 0] <= NEGATIVE
    return share_result(
        "negative_share",
        int(is_negative.sum()),
        n,
        comments.left_out(),
        minimum=minimum,
        level=level,
        note=_note(scores[comments.counts]) if n >= minimum else "",
    )


def sentiment_table(
    feedback: pd.DataFrame,
    *,
    by: str | None = None,
    stage_of: Mapping[str, str] | None = None,
    n_examples: int = 3,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return the share of negative comments by the lexicon, for all and each group.

    Parameters
    ----------
    feedback, by, stage_of, n_examples, minimum, level
        As in :func:`journeykit.measure.feedback.theme_table`.

    Returns
    -------
    pandas.DataFrame
        ``definition`` (``negative_share``), ``group`` (None: all), ``value``, ``low``,
        ``high``, ``count`` (negative comments), ``n`` (comments that say something),
        ``n_left_out``, ``left_out``, ``reliability``, ``examples`` (the most negative)
        and ``note`` (how far it can be trusted).

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If a column is missing.
    InputError
        If a comment is no text, or an option is out of range.
    """
    check_options(minimum, level)
    comments = read_comments(feedback, Codebook())
    scores = lexicon_scores(comments)
    is_negative = scores[:, 0] <= NEGATIVE
    negative = np.flatnonzero(is_negative)
    strength = np.round(-10 * scores[negative, 0])
    order = in_order(negative, comments.texts, text_ranks(comments.texts), strength)
    rows: list[dict[str, object]] = []
    for groups, names in sections(feedback, by, stage_of):
        n_groups = len(names)
        quoted = pick_examples(
            order, comments.texts, groups.codes, n_groups, n_examples
        )
        for at, name in enumerate(names):
            within = groups.codes == at
            speaking = within & comments.counts
            n = int(speaking.sum())
            count = int((is_negative & within).sum())
            rows.append(
                {
                    "definition": "negative_share",
                    "group": name,
                    **share_fields(count, n, minimum, level),
                    "left_out": comments.left_out(within),
                    "examples": quoted[at] if n >= minimum else (),
                    "note": _note(scores[speaking]) if n >= minimum else "",
                }
            )
    return table_of(rows, SENTIMENT_COLUMNS)


def _note(scores: NDArray[np.float64]) -> str:
    unknown = float((scores[:, 1:].sum(axis=1) == 0).mean())
    if unknown <= _MUCH_UNKNOWN:
        return _NOTE
    return f"{_NOTE}; it knows no word of {unknown:.0%} of these comments"


def lexicon_scores(comments: Comments) -> NDArray[np.float64]:
    """Return compound, negative and positive score of each comment; NaN for none."""
    polarity = _analyzer()
    scores = np.full((len(comments.texts), 3), np.nan)
    for row in np.flatnonzero(comments.counts):
        found = polarity(comments.texts[row])
        scores[row] = found["compound"], found["neg"], found["pos"]
    return scores


@cache
def _analyzer() -> Callable[[str], Mapping[str, float]]:
    module = needed(
        "vaderSentiment.vaderSentiment", "The lexicon of negative words", "text"
    )
    # Published without types.
    analyzer: Any = module.SentimentIntensityAnalyzer()
    polarity: Callable[[str], Mapping[str, float]] = analyzer.polarity_scores
    return polarity
