"""What comments are about when nobody has a codebook yet: topics found in the words.

TF-IDF and non-negative factors (NMF): words that stand together in many comments.
Chosen over LDA, which gave other topics with every seed on short comments. Topics are a
start for a codebook, not a result: how stable each one is stands beside it.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError, needed
from journeykit.measure.feedback_counting import share_fields, table_of
from journeykit.measure.feedback_examples import in_order, pick_examples, text_ranks
from journeykit.measure.feedback_matching import read_comments
from journeykit.measure.feedback_terms import STOP_WORDS, Terms, count_terms, weighted
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.codebook import Codebook, Theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.feedback_matching import Comments

__all__ = ["TOPIC_COLUMNS", "comment_topics", "topic_codebook", "topic_terms"]

TOPIC_COLUMNS = (
    *("topic", "label", "words", "value", "low", "high", "count", "n"),
    *("n_left_out", "left_out", "reliability", "stability", "examples"),
)
"""Columns of :func:`comment_topics`, in order."""

_MOST_LEARNT_FROM = 20_000
_N_REPEATS = 4
_MIN_A_TOPIC = 5
_LEAST = 0.01
"""Least strength of a topic in a comment, and of a word beside the strongest."""


def comment_topics(
    feedback: pd.DataFrame,
    *,
    n_topics: int = 8,
    n_words: int = 8,
    n_examples: int = 3,
    seed: int = 0,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return topics that comments share, by their words.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``.
    n_topics
        How many to look for, 2 or more.
    n_words
        Words to show of each.
    n_examples
        Comments to show of each.
    seed
        The same comments and the same seed give the same topics, whatever the order of
        the rows.
    minimum
        Fewest comments that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        A row a topic, the largest first, and one for what belongs to none: ``topic``
        (1 and up; 0: none), ``label`` (its three strongest words), ``words``,
        ``value``, ``low``, ``high`` (share of the comments that say something and whose
        strongest topic it is; Wilson), ``count``, ``n``, ``n_left_out``, ``left_out``,
        ``reliability``, ``stability`` (mean share of its ten strongest words that are
        found again in random halves of the comments, 0 to 1; NaN for none),
        ``examples``. Words come without accents and in small letters.

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If there is no column ``text``.
    InputError
        If there are fewer than five comments or two words for each topic, or an option
        is out of range.

    Notes
    -----
    Learnt from at most 20,000 comments, drawn at random. Start by NNDSVD (Boutsidis and
    Gallopoulos 2008), which needs no luck.
    """
    check_options(minimum, level)
    if n_topics < 2:
        raise InputError(f"two topics or more were expected, not {n_topics!r}")
    comments = read_comments(feedback, Codebook())
    kept = np.flatnonzero(comments.counts)
    if len(kept) < _MIN_A_TOPIC * n_topics:
        raise InputError(
            f"{n_topics} topics need {_MIN_A_TOPIC * n_topics} comments or more, "
            f"{len(kept)} say something",
            mend="Ask for fewer topics, or read the comments",
        )
    ranks = text_ranks(comments.texts)
    kept = kept[np.argsort(ranks[kept], kind="stable")]
    terms = topic_terms(comments)
    if len(terms.names) < 2 * n_topics:
        raise InputError(
            f"{n_topics} topics need {2 * n_topics} different words or more that stand "
            f"in several comments, there are {len(terms.names)}",
            mend="Ask for fewer topics",
        )
    table = weighted(terms.counts[kept])
    rng = np.random.default_rng(seed)
    chosen = np.sort(rng.permutation(len(kept))[:_MOST_LEARNT_FROM])
    model = _learnt(table[chosen], n_topics, seed)
    weights = _strengths(model, table)
    strongest = np.where(weights.max(axis=1) > _LEAST, weights.argmax(axis=1), -1)
    stability = _stability(table[chosen], model.components_, seed, rng)
    sizes = np.bincount(strongest[strongest >= 0], minlength=n_topics)
    order = np.argsort(-sizes, kind="stable")
    rows = []
    for number, topic in enumerate([*order.tolist(), -1], start=1):
        members = np.flatnonzero(strongest == topic)
        scores = (
            np.zeros(len(members)) if topic < 0 else 3 * _parts(weights[members], topic)
        )
        clearest = in_order(kept[members], comments.texts, ranks, scores)
        codes = np.zeros(len(comments.texts), dtype=np.int64)
        words = () if topic < 0 else _top(model.components_[topic], terms, n_words)
        share = share_fields(len(members), len(kept), minimum, level)
        quoted = pick_examples(clearest, comments.texts, codes, 1, n_examples)[0]
        rows.append(
            {
                "topic": 0 if topic < 0 else number,
                "label": "Not assigned" if topic < 0 else ", ".join(words[:3]),
                "words": words,
                **share,
                "left_out": comments.left_out(),
                "stability": np.nan if topic < 0 else stability[topic],
                "examples": quoted,
            }
        )
    return table_of(rows, TOPIC_COLUMNS)


def topic_codebook(topics: pd.DataFrame) -> Codebook:
    """Return topics as a codebook, for the team to strike, merge and rename.

    Parameters
    ----------
    topics
        From :func:`comment_topics`.

    Returns
    -------
    Codebook
        A theme for each topic, named by its strongest words.

    Examples
    --------
    >>> topics = pd.DataFrame(
    ...     {"topic": [1, 0], "label": ["wifi, slow", ""], "words": [("wifi",), ()]}
    ... )
    >>> topic_codebook(topics).themes[0].words
    ('wifi',)
    """
    columns = (topics[name].tolist() for name in ("topic", "label", "words"))
    return Codebook(
        themes=tuple(
            Theme(key=f"topic_{number}", label=label, words=words)
            for number, label, words in zip(*columns, strict=True)
            if number
        )
    )


def topic_terms(comments: Comments, *, max_share: float = 0.5) -> Terms:
    """Return the words of comments that can name a topic.

    Not those that stand in more than *max_share* of the comments.
    """
    texts = needed("sklearn.feature_extraction.text", "Finding topics", "text")
    stop_words = {*texts.ENGLISH_STOP_WORDS, *STOP_WORDS}
    n = int(comments.counts.sum())
    few = max(2, round(n / 2_000))
    return count_terms(
        comments.tokens,
        stop_words=stop_words,
        min_comments=few,
        max_share=max_share,
    )


def _learnt(table: Any, n_topics: int, seed: int) -> Any:
    decomposition = needed("sklearn.decomposition", "Finding topics", "text")
    model = decomposition.NMF(
        n_components=n_topics, init="nndsvda", random_state=seed, max_iter=300
    )
    with warnings.catch_warnings():
        # Not converged to the last digit is good enough for words.
        warnings.simplefilter("ignore")
        return model.fit(table)


def _strengths(model: Any, table: Any) -> NDArray[np.float64]:
    """Return how strongly each comment speaks of each topic, all on one scale."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = model.transform(table)
    strengths: NDArray[np.float64] = found * np.linalg.norm(model.components_, axis=1)
    return strengths


def _parts(weights: NDArray[np.float64], topic: int) -> NDArray[np.float64]:
    parts: NDArray[np.float64] = weights[:, topic] / weights.sum(axis=1)
    return parts


def _top(row: NDArray[np.float64], terms: Terms, n_words: int) -> tuple[str, ...]:
    order = np.argsort(-row, kind="stable")[:n_words]
    return tuple(
        terms.names[at] for at in order.tolist() if row[at] > _LEAST * row[order[0]]
    )


def _stability(
    table: Any, components: NDArray[np.float64], seed: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return for each topic how much of it is found again in halves of the comments."""
    n_topics, n = len(components), table.shape[0]
    found = np.zeros(n_topics)
    wanted = [_strongest(row) for row in components]
    for _ in range(_N_REPEATS):
        half = np.sort(rng.permutation(n)[: max(n // 2, n_topics)])
        again = _learnt(table[half], n_topics, seed).components_
        others = [_strongest(row) for row in again]
        for topic, words in enumerate(wanted):
            shared = max(len(words & other) for other in others)
            found[topic] += shared / max(len(words), 1)
    return found / _N_REPEATS


def _strongest(row: NDArray[np.float64]) -> set[int]:
    order = np.argsort(-row, kind="stable")[:10]
    return {at for at in order.tolist() if row[at] > _LEAST * row[order[0]]}
