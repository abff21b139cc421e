"""Priorities from people in the room: votes, and ratings of impact and effort.

Ratings by single people have an order but no distances: medians and quartiles, no
means. A quartile here is an answer that somebody gave, not a number between two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.language import say
from journeykit.measure.priority_tables import (
    FIRST_ROW,
    entry_ids,
    is_shared,
    number_column,
    ranked_table,
    ranks_of,
    rated_column,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

__all__ = [
    "IMPACT_EFFORT_COLUMNS",
    "VOTE_COLUMNS",
    "dots_a_person",
    "impact_effort",
    "middle_and_quartiles",
    "refuse_twice",
    "vote_counts",
]

IMPACT_EFFORT_COLUMNS = (
    "entry",
    "impact",
    "impact_low",
    "impact_high",
    "effort",
    "effort_low",
    "effort_high",
    "n_people",
    "quadrant",
    "is_split",
    "rank",
    "is_tied",
    "note",
)
"""Columns of :func:`impact_effort`, in order."""

VOTE_COLUMNS = ("entry", "value", "n_people", "share", "rank", "is_tied", "note")
"""Columns of :func:`vote_counts`, in order."""

_QUADRANTS = ("Quick wins", "Big bets", "Fill-ins", "Time sinks")
"""Best first; the words are those of the board."""


def dots_a_person(n_options: int) -> int:
    """Return how many dots each person has: a quarter of the options, at least one.

    Examples
    --------
    >>> [dots_a_person(n) for n in (1, 4, 6, 10, 12)]
    [1, 1, 2, 3, 3]
    """
    if n_options < 1:
        raise InputError(f"1 option or more was expected, not {n_options!r}")
    return max(1, (n_options + 2) // 4)


def vote_counts(
    votes: pd.DataFrame, entries: Sequence[str], *, dots: int | None = None
) -> pd.DataFrame:
    """Return how many dots each entry has.

    Parameters
    ----------
    votes
        One row a dot: ``entry`` (id), ``participant`` (id), optional ``weight`` (dots
        that the row stands for, a whole number from 1).
    entries
        Everything that could be voted for: what got no dot is shown with 0.
    dots
        How many dots a person has; None: not checked. See :func:`dots_a_person`.

    Returns
    -------
    pandas.DataFrame
        One row an entry, most dots first: ``entry``, ``value`` (dots), ``n_people``
        (who gave them), ``share`` (of all dots, 0 to 1; NaN without votes), ``rank``,
        ``is_tied``, ``note``.

    Raises
    ------
    UnknownNameError
        If a vote is for something else; it offers the nearest.
    TableError
        If a cell is empty or a weight is no whole number, or somebody gave more dots
        than there were.

    Examples
    --------
    >>> import pandas as pd
    >>> votes = {"entry": ["queue", "queue"], "participant": ["p1", "p2"]}
    >>> counts = vote_counts(pd.DataFrame(votes), ["signs", "queue"])
    >>> counts[["entry", "value"]].to_dict("records")
    [{'entry': 'queue', 'value': 2}, {'entry': 'signs', 'value': 0}]
    """
    options = list(dict.fromkeys(entries))
    chosen = entry_ids(votes, once=False)
    people = entry_ids(votes, once=False, col="participant")
    weights = np.ones(len(votes))
    if "weight" in votes.columns:
        weights = number_column(
            votes, "weight", lambda n: (n >= 1) & (n % 1 == 0), "a whole number from 1"
        )
        weights = np.where(np.isnan(weights), 1, weights)
    given: dict[str, int] = {}
    counts, voters = dict.fromkeys(options, 0), {name: set[str]() for name in options}
    for name, person, weight in zip(chosen, people, weights, strict=True):
        if name not in counts:
            raise UnknownNameError("option of this vote", name, options)
        counts[name] += int(weight)
        voters[name].add(person)
        given[person] = given.get(person, 0) + int(weight)
    if dots is not None:
        rows = [
            (row + FIRST_ROW, f"{person}: {given[person]}")
            for row, person in enumerate(people)
            if given[person] > dots and person not in people[:row]
        ]
        if rows:
            each = "dot" if dots == 1 else "dots"
            problem = f"{dots} {each} a person were expected at most"
            raise TableError(problem, rows, len(rows), "column participant")
    value = np.array([counts[name] for name in options], dtype=np.int64)
    ranks = ranks_of(value.astype(float))
    total = int(value.sum())
    columns: dict[str, object] = {
        "entry": options,
        "value": value,
        "n_people": [len(voters[name]) for name in options],
        "share": value / (total or np.nan),
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "note": ["" if number else say("no vote") for number in value],
    }
    return ranked_table(columns, VOTE_COLUMNS)


def middle_and_quartiles(
    ratings: Sequence[float] | NDArray[np.float64],
) -> tuple[float, float, float]:
    """Return the median and both quartiles of ratings; NaN without any.

    Examples
    --------
    >>> middle_and_quartiles([1, 2, 4, 5, 5])
    (4.0, 2.0, 5.0)
    """
    given = np.asarray(ratings, dtype=float)
    given = given[~np.isnan(given)]
    if not len(given):
        return (np.nan, np.nan, np.nan)
    low, high = np.quantile(given, [0.25, 0.75], method="inverted_cdf")
    return float(np.median(given)), float(low), float(high)


def impact_effort(ratings: pd.DataFrame, *, line: float = 3.5) -> pd.DataFrame:
    """Return entries by the median impact and effort that people gave them.

    Parameters
    ----------
    ratings
        One row a person and entry: ``entry`` (id), ``participant`` (id), ``impact``,
        ``effort`` (1 to 5; empty if not rated).
    line
        From here on a median is high, on both axes; 3.5 makes 4 and 5 high.

    Returns
    -------
    pandas.DataFrame
        One row an entry, quick wins first, then big bets, fill-ins, time sinks; within
        them the larger impact, then the smaller effort: ``entry``; ``impact``,
        ``impact_low``, ``impact_high`` (median and quartiles); the same of ``effort``;
        ``n_people`` (who rated both); ``quadrant`` (empty if not rated); ``is_split``
        (the middle half of the people lies on both sides of a line); ``rank``,
        ``is_tied``, ``note``.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If somebody rated an entry twice or a rating is off the scale.
    InputError
        If *line* is off the scale.

    Examples
    --------
    >>> import pandas as pd
    >>> ratings = pd.DataFrame(
    ...     {
    ...         "entry": ["signs"] * 3,
    ...         "participant": ["p1", "p2", "p3"],
    ...         "impact": [4, 5, 4],
    ...         "effort": [1, 2, 5],
    ...     }
    ... )
    >>> rated = impact_effort(ratings)
    >>> rated[["impact", "effort", "quadrant", "is_split"]].to_dict("records")
    [{'impact': 4.0, 'effort': 2.0, 'quadrant': 'Quick wins', 'is_split': True}]
    """
    if not 1 < line <= 5:
        raise InputError(f"a line above 1, up to 5, was expected, not {line!r}")
    ids = entry_ids(ratings, once=False)
    people = entry_ids(ratings, once=False, col="participant")
    refuse_twice(ids, people)
    impact, effort = rated_column(ratings, "impact"), rated_column(ratings, "effort")
    is_whole = ~np.isnan(impact) & ~np.isnan(effort)
    places = np.array(ids, dtype=object)
    entries = list(dict.fromkeys(ids))
    found: dict[str, list[float]] = {}
    for axis, given in (("impact", impact), ("effort", effort)):
        ends = [middle_and_quartiles(given[is_whole & (places == e)]) for e in entries]
        for place, end in enumerate(("", "_low", "_high")):
            found[axis + end] = [float(parts[place]) for parts in ends]
    high_impact = np.array(found["impact"]) >= line
    high_effort = np.array(found["effort"]) >= line
    is_rated = ~np.isnan(found["impact"])
    quadrants = np.where(high_impact, high_effort, 2 + high_effort)
    ranks = ranks_of(
        np.where(is_rated, -quadrants, np.nan),
        found["impact"],
        -np.array(found["effort"]),
    )
    is_split = np.zeros(len(entries), dtype=bool)
    for axis in ("impact", "effort"):
        low, high = np.array(found[f"{axis}_low"]), np.array(found[f"{axis}_high"])
        is_split |= (low < line) & (high >= line)
    columns: dict[str, object] = {
        "entry": entries,
        **found,
        "n_people": [int((is_whole & (places == e)).sum()) for e in entries],
        "quadrant": [
            _QUADRANTS[at] if rated else ""
            for at, rated in zip(quadrants, is_rated, strict=True)
        ],
        "is_split": is_split,
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "note": _notes(is_rated, is_split),
    }
    return ranked_table(columns, IMPACT_EFFORT_COLUMNS)


def _notes(is_rated: NDArray[np.bool_], is_split: NDArray[np.bool_]) -> list[str]:
    split = say("people disagree: talk before you decide")
    words = {(True, True): split, (True, False): ""}
    pairs = zip(is_rated.tolist(), is_split.tolist(), strict=True)
    return [words.get(pair, say("not rated")) for pair in pairs]


def refuse_twice(*keys: Sequence[str]) -> None:
    """Refuse a second score of the same person for the same thing.

    Parameters
    ----------
    *keys
        Columns of ids that together may stand once.

    Raises
    ------
    TableError
        If they stand twice in a row.
    """
    known: set[tuple[str, ...]] = set()
    again = []
    for row, key in enumerate(zip(*keys, strict=True)):
        if key in known:
            again.append((row + FIRST_ROW, ", ".join(key)))
        known.add(key)
    if again:
        problem = "one score of a person for the same thing was expected"
        raise TableError(problem, again, len(again), "column participant")
