"""Which comments say something, which themes they speak of, and whose they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.feedback_words import Tokens, tokenise, words_of
from journeykit.measure.groups import survey_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.codebook import Codebook

__all__ = [
    "LEFT_OUT",
    "Comments",
    "Groups",
    "Per",
    "groups_by",
    "match_themes",
    "read_comments",
    "theme_matches",
]

LEFT_OUT = ("empty", "no words", "nothing to say")
"""Why comments are no part of any share."""

Per = Literal["comment", "customer"]
"""What is counted: comments, or the customers who wrote them."""

_PERIODS: Mapping[str, str] = {"month": "M", "quarter": "Q", "year": "Y", "week": "W"}


@dataclass(frozen=True, slots=True)
class Comments:
    """Comments that were read once, for several measures.

    Parameters
    ----------
    texts
        The comments, ``""`` where there is none.
    tokens
        Their words.
    reasons
        Place in :data:`LEFT_OUT` of the reason why a comment is left out; -1 if not.
    """

    texts: list[str]
    tokens: Tokens
    reasons: NDArray[np.int8]

    @property
    def counts(self) -> NDArray[np.bool_]:
        """Which comments say something."""
        return self.reasons < 0

    def left_out(self, members: NDArray[np.bool_] | None = None) -> dict[str, int]:
        """Return why comments were left out, and how many, among *members*."""
        reasons = self.reasons if members is None else self.reasons[members]
        return {
            label: n
            for place, label in enumerate(LEFT_OUT)
            if (n := int((reasons == place).sum()))
        }


def read_comments(
    feedback: pd.DataFrame | pd.Series, codebook: Codebook | None = None
) -> Comments:
    """Return the words of comments, and which comments say something.

    Parameters
    ----------
    feedback
        A table with a column ``text``, or the texts themselves.
    codebook
        Knows what people write who have nothing to say.

    Raises
    ------
    UnknownNameError
        If the table has no column ``text``.
    InputError
        If a comment is no text.
    """
    column = (
        feedback if isinstance(feedback, pd.Series) else survey_column(feedback, "text")
    )
    cells = column.tolist()
    is_missing = column.isna().to_numpy(dtype=bool)
    for row in np.flatnonzero(is_missing).tolist():
        cells[row] = ""
    if not all(isinstance(cell, str) for cell in cells):
        at = next(i for i, cell in enumerate(cells) if not isinstance(cell, str))
        raise InputError(
            f"a text was expected in every comment, not {cells[at]!r}",
            f"comment {at + 1}",
        )
    tokens = tokenise(cells)
    lengths = tokens.lengths
    reasons = np.full(len(cells), -1, dtype=np.int8)
    reasons[lengths == 0] = LEFT_OUT.index("no words")
    is_empty = np.array([not cell.strip() for cell in cells], dtype=bool)
    reasons[is_empty] = LEFT_OUT.index("empty")
    if codebook is not None and codebook.no_comments:
        silent = {tuple(words_of(text)) for text in codebook.no_comments}
        longest = max(map(len, silent))
        for row in np.flatnonzero((lengths > 0) & (lengths <= longest)).tolist():
            if tuple(words_of(cells[row])) in silent:
                reasons[row] = LEFT_OUT.index("nothing to say")
    return Comments(cells, tokens, reasons)


def match_themes(comments: Comments, codebook: Codebook) -> NDArray[np.int64]:
    """Return how often each theme is matched: a row a comment, a column a theme."""
    hits = np.zeros((len(comments.texts), len(codebook.themes)), dtype=np.int64)
    for place, theme in enumerate(codebook.themes):
        hits[:, place] = comments.tokens.matches(theme.words, theme.not_words)
    hits[~comments.counts] = 0
    return hits


def theme_matches(feedback: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return for each comment how often it speaks of each theme.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``.
    codebook
        The themes.

    Returns
    -------
    pandas.DataFrame
        With the index of *feedback*: a column for each theme, named by its key, with
        the number of matches (0: the comment is not of this theme), and ``left_out``
        with the reason why the comment is no part of any share, ``""`` if it is.

    Raises
    ------
    UnknownNameError
        If there is no column ``text``.

    Examples
    --------
    >>> from journeykit.model.codebook import Codebook, Theme
    >>> queue = Theme(key="long_waits", words=("wait*", "queue"))
    >>> feedback = pd.DataFrame({"text": ["Waited in the queue", "Fine", "n/a"]})
    >>> theme_matches(feedback, Codebook(themes=(queue,))).to_dict("list")
    {'long_waits': [2, 0, 0], 'left_out': ['', '', 'nothing to say']}
    """
    comments = read_comments(feedback, codebook)
    hits = match_themes(comments, codebook)
    keys = [theme.key for theme in codebook.themes]
    table = pd.DataFrame(hits, index=feedback.index, columns=keys)
    reasons = [LEFT_OUT[place] if place >= 0 else "" for place in comments.reasons]
    table["left_out"] = pd.Series(reasons, index=feedback.index, dtype="str")
    return table


def _in_numbers(name: str) -> list[tuple[int, str]]:
    """Return a key that puts wave 2 before wave 10."""
    parts = re.split(r"(\d+)", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


@dataclass(frozen=True, slots=True)
class Groups:
    """Which group each comment belongs to.

    Parameters
    ----------
    names
        The groups in order: as declared by a categorical column, else by name, with
        numbers in their order.
    codes
        Place of the comment's group; -1 if none is stated.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    @classmethod
    def one(cls, n: int) -> Groups:
        """Return one group that all of *n* comments belong to."""
        return cls(("",), np.zeros(n, dtype=np.int64))


def groups_by(
    feedback: pd.DataFrame, by: str, stage_of: Mapping[str, str] | None = None
) -> Groups:
    """Return the group of each comment.

    Parameters
    ----------
    feedback
        The table of comments.
    by
        A column (``touchpoint``, ``persona``, ``wave`` ...), a period of the column
        ``time`` (``week``, ``month``, ``quarter``, ``year``), or ``stage``.
    stage_of
        Touchpoint to its stage, for ``stage`` where there is no such column.

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If the column ``time`` holds no times.
    """
    if by in feedback.columns:
        column = survey_column(feedback, by)
        if isinstance(column.dtype, pd.CategoricalDtype):  # the order is declared
            names = [str(value) for value in column.cat.categories]
        else:
            names = sorted({str(value) for value in column.dropna()}, key=_in_numbers)
    elif by in _PERIODS:
        times = survey_column(feedback, "time")
        if not pd.api.types.is_datetime64_any_dtype(times):
            raise InputError("times were expected", "column time")
        column = times.dt.to_period(_PERIODS[by]).astype(object)
        names = sorted({str(value) for value in column.dropna()})
    elif by == "stage" and stage_of is not None:
        column = survey_column(feedback, "touchpoint").map(
            dict(stage_of), na_action="ignore"
        )
        known = Counter(column.dropna())
        # In the order of the journey, as far as it was given.
        names = [stage for stage in dict.fromkeys(stage_of.values()) if stage in known]
    else:
        known_names = [*map(str, feedback.columns), *_PERIODS]
        raise UnknownNameError("column", by, known_names)
    places = {name: place for place, name in enumerate(names)}
    codes = [
        -1 if missing else places[str(value)]
        for value, missing in zip(column, column.isna(), strict=True)
    ]
    return Groups(tuple(names), np.array(codes, dtype=np.int64))
