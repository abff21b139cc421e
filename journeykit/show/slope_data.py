"""The numbers and the words of priorities by several methods, before any drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from journeykit.errors import InputError
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import Words
from journeykit.show.numbers import NBSP, joined

__all__ = [
    "MOST",
    "methods_of",
    "percent",
    "priority_slope_data",
    "priority_slope_words",
]

_AFTER = ("rank_best", "rank_worst", "rank_spread", "n_methods")
MOST = 20
"""Most lines that are drawn; the twin has all."""
_NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five"}
_UNCLEAR = (0.2, 0.8)
"""Between these shares of the draws in the top it is not clear whether it is there."""


def priority_slope_data(
    table: pd.DataFrame,
    stability: pd.DataFrame | None = None,
    *,
    names: Mapping[str, str] | None = None,
    top: int = 3,
) -> pd.DataFrame:
    """Return the numbers behind :func:`priority_slope`, in the order of first method.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.priority_agreement.rankings_side_by_side`
        returns.
    stability
        What :func:`journeykit.measure.priority_stability.rank_stability` or
        ``estimate_stability`` returns for one of the methods, with the same *top*.
    names
        Id of an entry to its name; without one the id is written.
    top
        How many places count as the top, 1 or more.

    Returns
    -------
    DataFrame
        ``entry``, ``name``; a column for each method with its rank; ``n_methods`` (that
        ranked it), ``n_top`` (that have it in the top), ``top_share`` (of the draws, 0
        to 1; NaN if not varied) and ``standing``: ``top`` (in the top by all methods
        that ranked it, and clearly so), ``unclear`` (methods disagree, or 20 to 80 % of
        the draws), ``below``, ``not ranked``.

    Raises
    ------
    InputError
        If a column is missing, there is no method or *top* is below 1.
    """
    if top < 1:
        raise InputError(f"1 or more places were expected, not {top}")
    methods = methods_of(table)
    if not methods:
        raise InputError(
            "a column of ranks for each method was expected, there is none"
        )
    twin = chart_table(table, ["entry", *methods])
    called = [(names or {}).get(str(entry), str(entry)) for entry in twin["entry"]]
    twin.insert(1, "name", called)
    ranks = twin[methods].astype("Float64").astype(float)
    for method in methods:
        twin[method] = ranks[method].astype("Int64")
    twin["n_methods"] = ranks.notna().sum(axis=1)
    twin["n_top"] = (ranks <= top).sum(axis=1)
    twin["top_share"] = float("nan")
    if stability is not None:
        firm = chart_table(stability, ["entry", "top_share"])
        shares = dict(zip(firm["entry"].map(str), firm["top_share"], strict=True))
        twin["top_share"] = twin["entry"].map(str).map(shares).astype(float)
    low, high = _UNCLEAR
    is_all = (twin["n_top"] == twin["n_methods"]) & ~(twin["top_share"] < high)
    is_none = (twin["n_top"] == 0) & ~(twin["top_share"] > low)
    twin["standing"] = "unclear"
    twin.loc[is_none, "standing"] = "below"
    twin.loc[is_all, "standing"] = "top"
    twin.loc[twin["n_methods"] == 0, "standing"] = "not ranked"
    return twin


def methods_of(table: pd.DataFrame) -> list[str]:
    """Return the methods of a table: its columns of ranks."""
    known = {"entry", *_AFTER}
    return [column for column in table.columns if column not in known]


def percent(share: float) -> str:
    """Return a share as a whole number of per cent."""
    return f"{share * 100:.0f}{NBSP}%"


def _said(row: Mapping[Any, Any], methods: Sequence[str]) -> str:
    if row["standing"] == "not ranked":
        return "not ranked"
    ranks = ", ".join(
        f"{method} {'not ranked' if pd.isna(row[method]) else int(row[method])}"
        for method in methods
    )
    firm = (
        "" if pd.isna(row["top_share"]) else f", {percent(row['top_share'])} of draws"
    )
    return f"{ranks}{firm}"


def _standing(top: int) -> str:
    """Return what it is called to be among the first *top*."""
    if top == 1:
        return "first"
    return f"in the top {_NUMBERS.get(top, str(top))}"


def _title(twin: pd.DataFrame, methods: Sequence[str], top: int) -> str:
    ranked = twin[twin["standing"] != "not ranked"]
    if ranked.empty:
        return "Nothing was ranked"
    place = _standing(top)
    n = len(methods)
    every = f"{'by' if top == 1 else 'of'} {'both' if n == 2 else f'all {n}'} methods"
    if n == 1:
        sure_names = list(ranked.loc[ranked["standing"] == "top", "name"])
        by = f"by {methods[0]}"
        if sure_names:
            named = joined([f"“{one}”" for one in sure_names[:4]])
            return f"{place[0].upper()}{place[1:]} {by}: {named}"
        return f"Nothing is clearly {place} {by}"
    sure = ranked[(ranked["standing"] == "top") & (ranked["n_methods"] == n)]
    if sure.empty:
        row = ranked.sort_values(
            ["n_top", "top_share"], ascending=False, kind="stable"
        ).to_dict("records")[0]
        return (
            f"Nothing is clearly {place} {every}; nearest is "
            f"“{row['name']}”, {place} by {row['n_top']}"
        )
    said = joined([f"“{one}”" for one in sure["name"][:4]])
    verb = "is" if len(sure) == 1 else "are"
    shares = sure["top_share"].dropna()
    firm = ""
    if len(shares):
        least = "" if len(sure) == 1 else "at least "
        firm = f", and in {least}{percent(shares.min())} of draws"
    return f"{said} {verb} {place} {every}{firm}"


def priority_slope_words(
    twin: pd.DataFrame, methods: Sequence[str], top: int, said: tuple[str, str]
) -> Words:
    """Return the finding, the methods, the source and the alt text of the twin."""
    period, source = said
    has_shares = bool(twin["top_share"].notna().any())
    place = _standing(top)
    about = f"Rank by {methods[0]}, first above."
    if len(methods) > 1:
        named = joined(list(methods))
        about = f"Rank by each of {len(methods)} methods, first above: {named}."
    if has_shares:
        about += f" At the right: how often it is {place} when scores and weights vary."
    notes = []
    if twin[list(methods)].isna().any(axis=None):
        notes.append("Dotted: no rank by that method.")
    if (twin["standing"] == "unclear").any():
        draws = ", or it is there in 20 to 80 % of draws" if has_shares else ""
        if len(methods) > 1:
            notes.append(f"Grey: methods differ whether it is {place}{draws}.")
        else:
            notes.append(f"Grey: {place} in 20 to 80 % of draws.")
    missing = list(twin.loc[twin["standing"] == "not ranked", "name"])
    if missing:
        more = [f"{len(missing) - 5} more"] if missing[5:] else []
        notes.append(f"Not ranked: {joined([*missing[:5], *more])}.")
    n_ranked = len(twin) - len(missing)
    if n_ranked > MOST:
        notes.append(f"Drawn: {MOST} of {n_ranked}, the best ranked.")
    rows = "; ".join(
        f"{row['name']}: {_said(row, methods)}" for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin, methods, top),
        subtitle=f"{about} {period}.".strip() if period else about,
        source=" ".join([*notes, source]).strip(),
        alt=f"Ranks by {joined(list(methods))}. {rows or 'No entry'}.",
    )
