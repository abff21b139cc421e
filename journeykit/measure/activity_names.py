"""Which touchpoint an activity of a log is: proposed by its name, decided by people.

Names are matched once and kept with the data. What is called the same is proposed; what
is nearly the same is proposed with its likeness; where two touchpoints are as like, or
one is only half like, nothing is proposed and the choice is asked. Meanings are not
guessed: "order" and "purchase" are for people to join.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

import pandas as pd

from journeykit.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MATCH_COLUMNS", "How", "check_touchpoints", "propose_matches"]

MATCH_COLUMNS = ("activity", "touchpoint", "name", "how", "likeness", "candidates")
"""Columns of :func:`propose_matches`, in order."""

How = Literal["same name", "close", "ambiguous", "none"]

_CLOSE = 0.8
_AHEAD = 0.1  # of the next best, else the choice is asked
_ASKED = 0.6
_PART = 0.7  # all words of the one are among those of the other
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def propose_matches(
    activities: Iterable[str], touchpoints: pd.DataFrame
) -> pd.DataFrame:
    """Return which touchpoint each activity may be.

    Parameters
    ----------
    activities
        Different names of a log.
    touchpoints
        ``touchpoint`` (id) and ``name``, a row for each.

    Returns
    -------
    pandas.DataFrame
        A row for each activity, in the order given: ``activity``; ``touchpoint`` (id
        proposed; None if it is to be asked) and its ``name``; ``how``: ``"same name"``,
        ``"close"``, ``"ambiguous"`` (ask) or ``"none"`` (nothing is like it);
        ``likeness``, 0 to 1, of the best; ``candidates`` (ids that may be meant, the
        best first).

    Raises
    ------
    UnknownNameError
        If *touchpoints* lacks a column.
    InputError
        If a touchpoint stands twice.

    Examples
    --------
    >>> steps = pd.DataFrame({"touchpoint": ["t1", "t2"], "name": ["Cart", "Payment"]})
    >>> found = propose_matches(["view_cart", "PAYMENT", "cart"], steps)
    >>> found[["activity", "touchpoint", "how"]].to_dict("list")["how"]
    ['ambiguous', 'same name', 'same name']
    """
    check_touchpoints(touchpoints)
    ids = [str(one) for one in touchpoints["touchpoint"]]
    names = [str(one) for one in touchpoints["name"]]
    words = [_words(name) for name in names]
    rows = [_proposal(str(one), ids, names, words) for one in activities]
    kinds = dict.fromkeys(("activity", "how"), "str")
    kinds |= dict.fromkeys(("touchpoint", "name", "candidates"), "object")
    kinds["likeness"] = "float64"
    return pd.DataFrame(
        {
            name: pd.Series([row[name] for row in rows], dtype=kinds[name])
            for name in MATCH_COLUMNS
        }
    )


def check_touchpoints(
    touchpoints: pd.DataFrame, matches: Mapping[str, str] | None = None
) -> None:
    """Refuse a table of touchpoints, or matches, that cannot be meant.

    Raises
    ------
    UnknownNameError
        If a column is not there, or a match names no touchpoint.
    InputError
        If a touchpoint stands twice.
    """
    for name in ("touchpoint", "name"):
        if name not in touchpoints.columns:
            raise UnknownNameError(
                "column", name, [str(column) for column in touchpoints.columns]
            )
    ids = [str(one) for one in touchpoints["touchpoint"]]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InputError(
            f"each touchpoint was expected once, {twice[0]!r} stands twice",
            "column touchpoint",
        )
    for touchpoint in (matches or {}).values():
        if touchpoint not in ids:
            raise UnknownNameError("touchpoint", touchpoint, ids)


def _proposal(
    activity: str, ids: list[str], names: list[str], words: list[tuple[str, ...]]
) -> dict[str, object]:
    row: dict[str, object] = {"activity": activity, "touchpoint": None, "name": None}
    wanted = _words(activity)
    same = [
        place
        for place, (one, said) in enumerate(zip(ids, words, strict=True))
        if activity == one or (wanted and wanted == said)
    ]
    likeness = [_likeness(wanted, said) for said in words]
    ranked = sorted(range(len(ids)), key=lambda place: (-likeness[place], place))
    how: How = "none"
    found: int | None = None
    candidates = [place for place in ranked if likeness[place] >= _ASKED]
    best = likeness[ranked[0]] if ranked else 0.0
    if same:
        how, candidates, best = (
            "same name" if len(same) == 1 else "ambiguous",
            same,
            1.0,
        )
        found = same[0] if len(same) == 1 else None
    elif candidates:
        next_best = likeness[ranked[1]] if len(ranked) > 1 else 0.0
        is_clear = best >= _CLOSE and best - next_best >= _AHEAD
        how, found = ("close", ranked[0]) if is_clear else ("ambiguous", None)
    if found is not None:
        row |= {"touchpoint": ids[found], "name": names[found]}
    chosen = tuple(ids[place] for place in candidates)
    return {**row, "how": how, "likeness": best, "candidates": chosen}


def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name: ``viewCart``, ``view_cart``, ``View cart!`` alike."""
    plain = unicodedata.normalize("NFKD", _HUMP.sub(" ", name)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple(re.findall(r"[^\W_]+", plain))


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    # "card payment" and "payment by card" have their words in another order
    pairs = ((one, other), (tuple(sorted(one)), tuple(sorted(other))))
    best = max(
        SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio()
        for a, b in pairs
    )
    is_part = set(one) <= set(other) or set(other) <= set(one)
    return max(best, _PART) if is_part else best
