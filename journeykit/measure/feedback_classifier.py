"""A small classifier that learns from a hundred coded comments what the rest is.

Logistic regression on three things: parts of words, the scores of the lexicon, and the
words of this data that go with what the lexicon is sure of. Parts of words alone, from
a hundred comments, did worse than the lexicon: they were tried first. Large language
models were turned down, see ``feedback_sentiment``.

What it says of the rest is corrected by where it was wrong: cross-prediction-powered
inference (Zrnic and Candes 2024). So the share is right on average however poor the
classifier is, and its interval is never wider than the coded comments alone would give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError, needed
from journeykit.measure.feedback_coding import coded_as, sampled_rows
from journeykit.measure.feedback_features import CommentFeatures
from journeykit.measure.feedback_matching import read_comments
from journeykit.model.codebook import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TrainedCodes", "code_the_rest", "train_on_codes"]

_LEAST_OF_EACH = 10
_N_FOLDS = 5


@dataclass(frozen=True, slots=True)
class TrainedCodes:
    """What people coded, and what a classifier makes of it and of all the rest.

    Parameters
    ----------
    label
        The code that was learnt.
    rows
        Places of the coded comments.
    truth
        Whether people coded each of them as *label*.
    out_of_fold
        Probability of each of them by a classifier that has not seen it.
    beside
        Whether the lexicon (or codebook) finds each of them to be of *label*.
    beside_name
        What it is called.
    rest
        Places of the comments that were not coded and say something.
    probability
        Of each comment of *rest*.
    left_out
        Why comments are left out, and how many.
    """

    label: str
    rows: NDArray[np.int64]
    truth: NDArray[np.bool_]
    out_of_fold: NDArray[np.float64]
    beside: NDArray[np.bool_]
    beside_name: str
    rest: NDArray[np.int64]
    probability: NDArray[np.float64]
    left_out: dict[str, int]


def train_on_codes(
    feedback: pd.DataFrame,
    coded: pd.DataFrame,
    *,
    label: str = "negative",
    beside: pd.Series | None = None,
    beside_name: str = "codebook",
    vectors: NDArray[np.float32] | None = None,
    seed: int = 0,
) -> TrainedCodes:
    """Train the classifier on coded comments, and apply it to all others.

    Parameters
    ----------
    feedback
        The table that the sample was drawn from.
    coded
        From :func:`journeykit.measure.feedback_coding.coding_sample`, with ``code``
        filled in.
    label
        The code to learn.
    beside
        Whether each comment of *feedback* is of *label* by other means, such as
        ``theme_matches(feedback, codebook)["waits"] > 0``: it is compared with, and
        learnt from. None: the lexicon's negative comments.
    beside_name
        What *beside* is called in tables.
    vectors
        A row for each comment of *feedback*, from
        :func:`journeykit.measure.feedback_embedding.comment_vectors`, to learn from as
        well.
    seed
        The same codes and the same seed give the same classifier.

    Returns
    -------
    TrainedCodes
        For :func:`journeykit.measure.feedback_quality.coding_quality`,
        :func:`~journeykit.measure.feedback_quality.coded_share` and
        :func:`code_the_rest`.

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If a column is missing.
    InputError
        If fewer than ten comments were coded as *label*, or fewer than ten as something
        else; if the coded comments are not those of *feedback*.

    Notes
    -----
    Five folds, stratified; the classifier of the rest is the mean of the five.
    """
    truth = coded_as(coded, label)
    is_coded = ~np.isnan(truth)
    rows = sampled_rows(feedback, coded)[is_coded]
    comments = read_comments(feedback, Codebook())
    speaks = comments.counts[rows]
    rows, is_label = rows[speaks], truth[is_coded][speaks] == 1
    n_of, n_other = int(is_label.sum()), int((~is_label).sum())
    if min(n_of, n_other) < _LEAST_OF_EACH:
        raise InputError(
            f"at least {_LEAST_OF_EACH} comments coded {label!r} and as many coded as "
            f"something else were expected, not {n_of} and {n_other}",
            mend="Code more comments",
        )
    order = np.argsort(rows, kind="stable")
    rows, is_label = rows[order], is_label[order]
    features = CommentFeatures(
        comments,
        rows,
        beside=None if beside is None else beside.to_numpy(dtype=bool),
        vectors=vectors,
        seed=seed,
    )
    counted = comments.counts.copy()
    counted[rows] = False
    rest = np.flatnonzero(counted)
    own = features.of(rows)
    out_of_fold = np.zeros(len(rows))
    models = []
    for learning, testing in _folds(is_label, seed):
        model = _classifier().fit(own[learning], is_label[learning])
        out_of_fold[testing] = model.predict_proba(own[testing])[:, 1]
        models.append(model)
    probability = np.zeros(len(rest))
    for places in features.portions(len(rest)):
        table = features.of(rest[places])
        found = [model.predict_proba(table)[:, 1] for model in models]
        probability[places] = np.mean(found, axis=0)
    return TrainedCodes(
        label=label,
        rows=rows,
        truth=is_label,
        out_of_fold=out_of_fold,
        beside=features.beside[rows],
        beside_name="lexicon" if beside is None else beside_name,
        rest=rest,
        probability=probability,
        left_out=comments.left_out(),
    )


def code_the_rest(feedback: pd.DataFrame, trained: TrainedCodes) -> pd.DataFrame:
    """Return for each comment whether it is of the code, and who says so.

    Parameters
    ----------
    feedback
        The table that was trained on.
    trained
        From :func:`train_on_codes`.

    Returns
    -------
    pandas.DataFrame
        With the index of *feedback*: ``probability`` (0 to 1; 0 or 1 where people
        coded; NaN for what says nothing), ``is_label`` (NA for what says nothing) and
        ``by`` (``people``, ``classifier`` or ``""``). Counting ``is_label`` gives a
        wrong share: :func:`journeykit.measure.feedback_quality.coded_share` corrects
        it.
    """
    n = len(feedback)
    probability = np.full(n, np.nan)
    probability[trained.rest] = trained.probability
    probability[trained.rows] = trained.truth
    by = np.full(n, "", dtype=object)
    by[trained.rest], by[trained.rows] = "classifier", "people"
    is_label = pd.array(probability >= 0.5, dtype="boolean")
    is_label[np.isnan(probability)] = pd.NA
    index = feedback.index
    return pd.DataFrame(
        {
            "probability": probability,
            "is_label": pd.Series(is_label, index=index),
            "by": pd.Series(by, index=index, dtype="str"),
        },
        index=index,
    )


def _classifier() -> Any:
    linear = needed("sklearn.linear_model", "Learning from coded comments", "text")
    return linear.LogisticRegression(C=1.0, class_weight="balanced", max_iter=5_000)


def _folds(is_label: NDArray[np.bool_], seed: int) -> Any:
    selection = needed("sklearn.model_selection", "Checking coded comments", "text")
    folds = selection.StratifiedKFold(_N_FOLDS, shuffle=True, random_state=seed)
    return folds.split(is_label, is_label)
