"""What comments are about: themes of a codebook, counted, with intervals and examples.

A comment may speak of several themes, so shares do not add up to one; how themes meet
is a table of its own. What no theme was found in is a row of every table: a codebook
that misses half of the comments says so, beside three of the comments that it misses.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from journeykit.errors import UnknownNameError
from journeykit.measure.feedback_counting import (
    Counted,
    count_comments,
    sections,
    share_fields,
    table_of,
)
from journeykit.measure.feedback_examples import in_order, pick_examples, text_ranks
from journeykit.measure.feedback_matching import Groups, Per, theme_matches
from journeykit.measure.feedback_overlap import (
    OVERLAP_COLUMNS,
    not_assigned_share,
    several_themes_share,
    theme_overlap,
)
from journeykit.measure.rating import check_options
from journeykit.measure.result import MIN_ANSWERS
from journeykit.model.codebook import NOT_ASSIGNED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journeykit.model.codebook import Codebook

__all__ = [
    "OVERLAP_COLUMNS",
    "THEME_COLUMNS",
    "not_assigned_share",
    "place_table",
    "several_themes_share",
    "theme_matches",
    "theme_overlap",
    "theme_table",
]

THEME_COLUMNS = (
    *("definition", "theme", "label", "stage", "touchpoint", "group"),
    *("value", "low", "high", "count", "n", "n_left_out", "left_out"),
    *("reliability", "examples"),
)
"""Columns of :func:`theme_table` and :func:`place_table`, in order."""


def theme_table(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    by: str | None = None,
    stage_of: Mapping[str, str] | None = None,
    per: Per = "comment",
    n_examples: int = 3,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how many comments speak of each theme, for all and for each group.

    Parameters
    ----------
    feedback
        Comments, masked, in a column ``text``; a row each.
    codebook
        The themes.
    by
        Groups to count within: a column (``touchpoint``, ``persona``, ``wave`` ...), a
        period of the column ``time`` (``week``, ``month``, ``quarter``, ``year``), or
        ``stage``. Comments whose group is not stated count among all only.
    stage_of
        Touchpoint to its stage, for *by* ``stage`` where there is no such column.
    per
        ``comment``, or ``customer``: then a customer counts once, however many comments
        speak of a theme.
    n_examples
        Examples of each theme and group; the same comments always give the same.
    minimum
        Fewest comments (or customers) that may be shown, 5 or more.
    level
        Coverage of the intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        For all comments, and then for each group, a row for each theme in the order of
        the codebook and one for what is not assigned: ``definition`` (``theme_share``
        or ``not_assigned_share``), ``theme`` (key), ``label``, ``stage`` and
        ``touchpoint`` (of the theme; None: none), ``group`` (None: all), ``value``,
        ``low``, ``high`` (share of *n*, Wilson; NaN if not shown), ``count`` (comments
        or customers of the theme; NA if not shown), ``n`` (comments that say something,
        or their customers), ``n_left_out``, ``left_out`` (reason to number of
        comments), ``reliability``, ``examples`` (texts; none if not shown).

    Raises
    ------
    UnknownNameError
        If a column is missing.
    InputError
        If a comment is no text, or an option is out of range.

    Examples
    --------
    >>> from journeykit.model.codebook import Codebook, Theme
    >>> book = Codebook(themes=(Theme(key="waits", words=("wait*", "queue")),))
    >>> texts = ["Long wait", "The queue!", "Lovely staff", "Waited", "Fine", "n/a"]
    >>> table = theme_table(pd.DataFrame({"text": texts}), book)
    >>> table[["theme", "count", "n", "value"]].to_dict("split")["data"]
    [['waits', 3, 5, 0.6], ['not_assigned', 2, 5, 0.4]]
    """
    check_options(minimum, level)
    counted = count_comments(feedback, codebook, per)
    is_of = [column > 0 for column in counted.hits.T]
    is_of_any: NDArray[np.bool_] = np.any(counted.hits > 0, axis=1)
    texts = counted.comments.texts
    quotable = _clearest_first(counted, [*is_of, counted.counts & ~is_of_any])
    abouts = _abouts(codebook)
    rows: list[dict[str, object]] = []
    for groups, names in sections(feedback, by, stage_of):
        totals = counted.numbers(counted.counts, groups)
        left_out = counted.left_out(groups)
        numbers = [counted.numbers(members, groups) for members in is_of]
        assigned = counted.numbers(is_of_any, groups)
        numbers.append([n - k for n, k in zip(totals, assigned, strict=True)])
        quoted = [
            pick_examples(clearest, texts, groups.codes, len(names), n_examples)
            for clearest in quotable
        ]
        for at, name in enumerate(names):
            group = {"group": name, "left_out": left_out[at]}
            for place, about in enumerate(abouts):
                share = share_fields(numbers[place][at], totals[at], minimum, level)
                examples = quoted[place][at] if totals[at] >= minimum else ()
                rows.append({**about, **group, **share, "examples": examples})
    return table_of(rows, THEME_COLUMNS)


def _abouts(codebook: Codebook) -> list[dict[str, object]]:
    """Return what is said about each theme, and about what is not assigned."""
    abouts: list[dict[str, object]] = [
        {
            "definition": "theme_share",
            "theme": theme.key,
            "label": theme.name,
            "stage": theme.stage,
            "touchpoint": theme.touchpoint,
        }
        for theme in codebook.themes
    ]
    rest = {"definition": "not_assigned_share", "theme": NOT_ASSIGNED}
    place = {"label": "Not assigned", "stage": None, "touchpoint": None}
    return [*abouts, {**rest, **place}]


def _clearest_first(
    counted: Counted, members: list[NDArray[np.bool_]]
) -> list[NDArray[np.int64]]:
    """Return the comments of each theme, and of none, in the order of examples."""
    texts = counted.comments.texts
    ranks = text_ranks(texts)
    n_themes = (counted.hits > 0).sum(axis=1)
    n_hits = np.column_stack([counted.hits, np.zeros(len(texts), dtype=np.int64)])
    found = []
    for place, chosen in enumerate(members):
        rows = np.flatnonzero(chosen & counted.counts)
        found.append(in_order(rows, texts, ranks, n_hits[rows, place], n_themes[rows]))
    return found


def place_table(
    feedback: pd.DataFrame,
    codebook: Codebook,
    *,
    place: Literal["stage", "touchpoint"] = "stage",
    per: Per = "comment",
    n_examples: int = 3,
    minimum: int = MIN_ANSWERS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Return how many comments speak of each stage or touchpoint, by their themes.

    A comment is of a stage if it is of a theme of that stage: so it finds its place on
    the map without a column that says where it was written.

    Parameters
    ----------
    feedback, codebook, per, n_examples, minimum, level
        As in :func:`theme_table`.
    place
        ``stage`` or ``touchpoint``.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`theme_table`, a row for each place that a theme names, in
        the order of the codebook; ``group`` is the place, ``theme`` the keys of its
        themes with commas between.

    Raises
    ------
    UnknownNameError
        If *place* is neither, or a column is missing.
    InputError
        If a comment is no text, or an option is out of range.
    """
    check_options(minimum, level)
    if place not in ("stage", "touchpoint"):
        raise UnknownNameError("place", place, ("stage", "touchpoint"))
    counted = count_comments(feedback, codebook, per)
    where = [getattr(theme, place) for theme in codebook.themes]
    names = [name for name in dict.fromkeys(where) if name is not None]
    chosen = [np.array([at == name for at in where], dtype=bool) for name in names]
    hits = counted.hits > 0
    members = [np.asarray(hits[:, t].any(axis=1), dtype=bool) for t in chosen]
    everything = Groups.one(len(feedback))
    n = counted.numbers(counted.counts, everything)[0]
    left_out = counted.left_out(everything)[0]
    texts = counted.comments.texts
    ranks = text_ranks(texts)
    rows: list[dict[str, object]] = []
    for name, themes, is_there in zip(names, chosen, members, strict=True):
        count = counted.numbers(is_there, everything)[0]
        kept = np.flatnonzero(is_there & counted.counts)
        n_hits = counted.hits[kept][:, themes].sum(axis=1)
        order = in_order(kept, texts, ranks, n_hits)
        quoted = pick_examples(order, texts, everything.codes, 1, n_examples)[0]
        keys = [t.key for t, w in zip(codebook.themes, where, strict=True) if w == name]
        about = {"definition": "theme_share", "theme": ",".join(keys), "label": name}
        places = {"stage": None, "touchpoint": None, place: name, "group": name}
        rows.append(
            {
                **about,
                **places,
                **share_fields(count, n, minimum, level),
                "left_out": left_out,
                "examples": quoted if n >= minimum else (),
            }
        )
    return table_of(rows, THEME_COLUMNS)
