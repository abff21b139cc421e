"""What the classifier of comments looks at: parts of words, the lexicon, own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from journeykit.errors import InputError, needed
from journeykit.measure.feedback_sentiment import NEGATIVE, lexicon_scores
from journeykit.measure.feedback_terms import (
    PartsOfWords,
    count_pairs,
    count_words,
    sparse_module,
    weighted,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.measure.feedback_matching import Comments

__all__ = ["CommentFeatures"]

_SURE = 0.3
_LEAST_SURE = 25
_MOST_LEARNT_FROM = 20_000
_OWN_WORDS = 0.5
_PORTION = 10_000


class CommentFeatures:
    """Features of comments, for a classifier that is trained on a few of them.

    Parameters
    ----------
    comments
        All comments.
    rows
        The coded ones: only parts of their words can be learnt from.
    beside
        Whether each comment is of the code by other means; None: by the lexicon.
    vectors
        A row for each comment, or None.
    seed
        For what is drawn at random.
    """

    def __init__(
        self,
        comments: Comments,
        rows: NDArray[np.int64],
        *,
        beside: NDArray[np.bool_] | None,
        vectors: NDArray[np.float32] | None,
        seed: int,
    ) -> None:
        n = len(comments.texts)
        for name, given in (("beside", beside), ("vectors", vectors)):
            if given is not None and len(given) != n:
                raise InputError(
                    f"{name} for each of {n:,} comments was expected, "
                    f"there are {len(given):,}"
                )
        scores = np.nan_to_num(lexicon_scores(comments))
        words = count_words(comments.tokens)
        self._parts = PartsOfWords(comments.tokens, words, rows)
        if beside is None:
            self.beside: NDArray[np.bool_] = scores[:, 0] <= NEGATIVE
            hints = -scores[:, 0]
        else:
            self.beside = beside
            hints = np.where(beside, 1.0, -1.0)
        own = _own_words(comments, hints, seed)
        columns = [scores * (1, 2, 2), _OWN_WORDS * own[:, None]]
        if beside is not None:
            columns.append(hints[:, None])
        if vectors is not None:
            columns.append(np.asarray(vectors, dtype=np.float64))
        self._columns = np.column_stack(columns)

    def of(self, rows: NDArray[np.int64]) -> Any:
        """Return the features of some comments, a sparse table."""
        sparse = sparse_module()
        columns = sparse.csr_array(self._columns[rows])
        return sparse.hstack([self._parts.of(rows), columns], format="csr")

    @staticmethod
    def portions(n: int) -> Iterator[NDArray[np.int64]]:
        """Yield places 0 to *n*, so many at a time as memory holds easily."""
        for start in range(0, n, _PORTION):
            yield np.arange(start, min(start + _PORTION, n))


def _own_words(
    comments: Comments, hints: NDArray[np.float64], seed: int
) -> NDArray[np.float64]:
    """Return how much each comment sounds like those that the hints are sure of.

    The words of this data that go with what the lexicon knows ("refund", "third one")
    are learnt from comments that nobody coded. A comment is never judged by a model
    that has seen its own hint.
    """
    n = len(comments.texts)
    sure = np.flatnonzero((abs(hints) >= _SURE) & comments.counts)
    rng = np.random.default_rng(seed)
    sure = np.sort(rng.permutation(sure)[:_MOST_LEARNT_FROM])
    is_of = hints[sure] > 0
    if min(is_of.sum(), (~is_of).sum()) < _LEAST_SURE:
        return np.zeros(n)
    linear = needed("sklearn.linear_model", "Learning from coded comments", "text")
    table = weighted(count_pairs(comments.tokens).counts)
    halves = np.empty(len(sure), dtype=np.int64)
    for kind in (is_of, ~is_of):  # both halves hold both kinds
        halves[kind] = rng.permutation(int(kind.sum())) % 2
    found = np.zeros((2, n))
    for half in (0, 1):
        learning = halves != half
        model = linear.LogisticRegression(
            C=1.0, class_weight="balanced", max_iter=5_000
        )
        model.fit(table[sure[learning]], is_of[learning])
        found[half] = model.decision_function(table)
    own: NDArray[np.float64] = found.mean(axis=0)
    own[sure] = found[halves, sure]
    spread = float(own.std())
    return own / spread if spread > 0 else own
