"""Which groups to withhold, so that nobody is told apart by taking tables from another.

Small groups are not shown. But who is told of everybody and of all groups but one can
work that one out, and who is told of a group and of one within it learns what the few
between them answered. Every sum that shown groups give away is a sum of them, added and
subtracted; so a set of few people is safe when its members cannot be written as such a
sum. That is the linear view of cell suppression (Cox, 1980).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["told_members", "withheld_groups"]

_NOTHING = 1e-7
_MOST_SETS = 20_000


def withheld_groups(members: NDArray[np.bool_], minimum: int) -> tuple[int, ...]:
    """Return the groups to withhold where everybody and all others are shown.

    Parameters
    ----------
    members
        One row a person, one column a group: who belongs to which; groups may overlap.
    minimum
        Fewest people of whom something may be told.

    Returns
    -------
    tuple of int
        Columns in order: the groups that are too small themselves, and as few and as
        small others as it takes that no sum over fewer than *minimum* people can be
        worked out from the sums of what is shown. An empty group tells nothing and
        stays.

    Examples
    --------
    >>> members = np.zeros((30, 3), dtype=bool)
    >>> members[:3, 0] = members[3:12, 1] = members[12:, 2] = True
    >>> withheld_groups(members, 5)
    (0, 1)
    """
    sizes = members.sum(axis=0)
    shown = [int(one) for one in np.flatnonzero(sizes >= minimum)]
    while shown and (few := _told_few(members, shown, minimum)):
        shown.remove(_giving_away(members, shown, few[0]))
    return tuple(
        place for place, size in enumerate(sizes) if size and place not in shown
    )


def told_members(
    members: NDArray[np.bool_], has_answered: NDArray[np.bool_], minimum: int
) -> NDArray[np.bool_]:
    """Return who belongs to which group; nobody to one that gives few people away.

    Parameters
    ----------
    members
        One row a person, one column a group: who belongs to which.
    has_answered
        Who answered the question that is told of.
    minimum
        Fewest people of whom something may be told.

    Returns
    -------
    numpy.ndarray
        As *members*, but for the groups of :func:`withheld_groups` that have enough
        answers themselves: they have nobody. One that is too small is known as such.

    Examples
    --------
    >>> members = np.zeros((30, 3), dtype=bool)
    >>> members[:3, 0] = members[3:12, 1] = members[12:, 2] = True
    >>> told_members(members, np.ones(30, dtype=bool), 5).sum(axis=0).tolist()
    [3, 0, 18]
    """
    answered = members[has_answered]
    sizes = answered.sum(axis=0)
    told = members.copy()
    for place in withheld_groups(answered, minimum):
        if sizes[place] >= minimum:
            told[:, place] = False
    return told


def _told_few(
    members: NDArray[np.bool_], shown: Sequence[int], minimum: int
) -> list[NDArray[np.bool_]]:
    """Return the first set of few people that can be worked out, as rows; else none."""
    everybody = np.ones((len(members), 1), dtype=bool)
    known = np.hstack([everybody, members[:, shown]])
    cells, place, counts = np.unique(
        known, axis=0, return_inverse=True, return_counts=True
    )
    small = np.flatnonzero(counts < minimum)
    seen = cells.astype(float)
    rank = np.linalg.matrix_rank
    # No sum is of people in small cells only: the usual case, and quick to see.
    if not len(small) or rank(seen) == rank(np.delete(seen, small, axis=0)):
        return []
    inverse = np.linalg.pinv(seen)[:, small]
    # What of each cell cannot be seen in sums over groups.
    hidden = np.eye(len(small)) - seen[small] @ inverse
    for tried, some in enumerate(_few(counts[small], minimum)):
        if tried == _MOST_SETS:
            break
        if abs(hidden[np.ix_(some, some)].sum()) < _NOTHING:
            return [np.isin(place.ravel(), small[some])]
    else:
        return []
    # Too many to look at each: as if the smallest cell were given away.
    return [place.ravel() == small[np.argmin(counts[small])]]


def _few(counts: NDArray[np.int64], minimum: int) -> Iterator[list[int]]:
    """Yield each set of cells that fewer than *minimum* people are in."""

    def more(chosen: list[int], n: int, begin: int) -> Iterator[list[int]]:
        for cell in range(begin, len(counts)):
            if n + counts[cell] < minimum:
                together = [*chosen, cell]
                yield together
                yield from more(together, n + int(counts[cell]), cell + 1)

    yield from more([], 0, 0)


def _giving_away(
    members: NDArray[np.bool_], shown: Sequence[int], few: NDArray[np.bool_]
) -> int:
    """Return the smallest group without which the few cannot be worked out."""
    by_size = sorted(shown, key=lambda one: (int(members[:, one].sum()), one))
    for one in by_size:
        rest = [other for other in shown if other != one]
        known = np.hstack([np.ones((len(members), 1)), members[:, rest].astype(float)])
        nearest = known @ (np.linalg.pinv(known) @ few.astype(float))
        if np.abs(nearest - few).max() > _NOTHING:
            return one
    return by_size[0]
