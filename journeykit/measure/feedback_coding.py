"""Comments coded by people: which ones to code, and what the codes say.

A hundred comments are drawn so that they stand for all: all comments are put in order,
by group and by how negative the lexicon finds them, and every n-th is taken from a
start drawn at random. So each comment has the same chance, and no weights are needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from journeykit.errors import InputError
from journeykit.measure.feedback_examples import text_ranks
from journeykit.measure.feedback_matching import groups_by, read_comments
from journeykit.measure.feedback_sentiment import comment_sentiment
from journeykit.measure.groups import survey_column
from journeykit.model.codebook import Codebook

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["CODING_COLUMNS", "coded_as", "coding_sample", "sampled_rows"]

CODING_COLUMNS = ("row", "text", "code")
"""Columns of :func:`coding_sample`, in order."""


def coding_sample(
    feedback: pd.DataFrame,
    *,
    n: int = 100,
    by: Sequence[str] = (),
    seed: int = 0,
) -> pd.DataFrame:
    """Return comments to be coded by people.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``.
    n
        How many to draw; all if there are no more.
    by
        Groups that the sample shall hold in their true shares: columns, or periods of
        the column ``time``, as in :func:`journeykit.measure.feedback.theme_table`.
    seed
        The same comments and the same seed give the same sample.

    Returns
    -------
    pandas.DataFrame
        ``row`` (place of the comment in *feedback*, from 0), ``text``, and ``code`` to
        be filled in: what the comment is, such as ``negative``; several with ``;``
        between; ``none`` for nothing of the kind. Empty stays not coded. In random
        order, so that nobody codes a row of complaints in a row.

    Raises
    ------
    MissingExtraError
        Without the extra ``text``.
    UnknownNameError
        If a column is missing.
    InputError
        If *n* is below 1, or a comment is no text.
    """
    if n < 1:
        raise InputError(f"at least one comment to code was expected, not {n!r}")
    comments = read_comments(feedback, Codebook())
    compound = comment_sentiment(feedback)["compound"].to_numpy()
    rng = np.random.default_rng(seed)
    ranks = text_ranks(comments.texts)
    # Chance must not depend on the order of rows: numbers are drawn for texts in order.
    chance = rng.random(int(ranks.max(initial=-1)) + 1)[ranks]
    groups = [groups_by(feedback, name).codes for name in by]
    order = np.lexsort((ranks, chance, compound, *reversed(groups)))
    order = order[comments.counts[order]]
    if len(order) > n:
        step = len(order) / n
        order = order[(rng.random() * step + step * np.arange(n)).astype(np.int64)]
    drawn = order[np.lexsort((ranks[order], chance[order]))]
    return pd.DataFrame(
        {
            "row": drawn,
            "text": pd.Series([comments.texts[row] for row in drawn], dtype="str"),
            "code": pd.Series([""] * len(drawn), dtype="str"),
        }
    )


def sampled_rows(feedback: pd.DataFrame, coded: pd.DataFrame) -> NDArray[np.int64]:
    """Return the places in *feedback* of comments that were drawn from it.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a comment stands twice, or is not the one in its row of *feedback*.
    """
    texts = survey_column(feedback, "text").tolist()
    rows = survey_column(coded, "row").to_numpy(dtype=np.int64)
    for row, text in zip(rows, survey_column(coded, "text"), strict=True):
        if not 0 <= row < len(texts) or texts[row] != text:
            raise InputError(
                "the coded comments are not those of this table: another one stands "
                f"in row {row}",
                mend="Take the table that the sample was drawn from",
            )
    if len(np.unique(rows)) < len(rows):
        raise InputError("each comment was expected once among the coded ones")
    return rows


def coded_as(coded: pd.DataFrame, label: str) -> NDArray[np.float64]:
    """Return 1 where a comment was coded as *label*, 0 if not, NaN if not coded.

    Parameters
    ----------
    coded
        With a column ``code``; several codes have ``;`` between them.
    label
        A code; case does not matter.

    Raises
    ------
    UnknownNameError
        If there is no column ``code``.
    InputError
        If nothing was coded so.

    Examples
    --------
    >>> codes = pd.DataFrame({"code": ["Negative; waits", "none", "", None]})
    >>> coded_as(codes, "negative").tolist()
    [1.0, 0.0, nan, nan]
    """
    column = survey_column(coded, "code")
    wanted = label.strip().casefold()
    flags = np.full(len(column), np.nan)
    known: set[str] = set()
    for place in np.flatnonzero(column.notna()):
        parts = {one.strip().casefold() for one in str(column.iloc[place]).split(";")}
        parts.discard("")
        if parts:
            flags[place] = float(wanted in parts)
            known |= parts
    if wanted not in known:
        listed = ", ".join(sorted(known)) or "none"
        raise InputError(
            f"no comment was coded {label!r}; codes that were given: {listed}"
        )
    return flags
