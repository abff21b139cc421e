"""The numbers and the words of priorities by several methods, before any drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from journeykit.errors import InputError
from journeykit.language import commas, percent, say, semicolons, sentences, word
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import Words
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import joined

__all__ = [
    "MOST",
    "method_said",
    "methods_of",
    "priority_slope_data",
    "priority_slope_words",
]

_AFTER = ("rank_best", "rank_worst", "rank_spread", "n_methods")
MOST = 20
"""Most lines that are drawn; the twin has all."""
_NUMBERS = {2: word("two"), 3: word("three"), 4: word("four"), 5: word("five")}
_UNCLEAR = (0.2, 0.8)
"""Between these shares of the draws in the top it is not clear whether it is there."""


@number_twin
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


def method_said(method: str) -> str:
    """Return a method's name, said where it is one of ours."""
    return say(method)


def _said(row: Mapping[Any, Any], methods: Sequence[str]) -> str:
    if row["standing"] == "not ranked":
        return say("not ranked")
    unranked = say("not ranked")
    said = [
        f"{method_said(method)} "
        f"{unranked if pd.isna(row[method]) else int(row[method])}"
        for method in methods
    ]
    if not pd.isna(row["top_share"]):
        said.append(say("{share} of draws", share=percent(row["top_share"])))
    return commas(said)


def _standing(top: int) -> str:
    """Return what it is called to be among the first *top*."""
    if top == 1:
        return say("first")
    number = _NUMBERS.get(top)
    return say("in the top {n}", n=say(number) if number else top)


def _title(twin: pd.DataFrame, methods: Sequence[str], top: int) -> str:
    ranked = twin[twin["standing"] != "not ranked"]
    if ranked.empty:
        return say("Nothing was ranked")
    place = _standing(top)
    n = len(methods)
    if n == 1:
        sure_names = list(ranked.loc[ranked["standing"] == "top", "name"])
        method = method_said(methods[0])
        if sure_names:
            named = joined([say("“{name}”", name=one) for one in sure_names[:4]])
            said = {"place": f"{place[:1].upper()}{place[1:]}", "method": method}
            return say("{place} by {method}: {names}", **said, names=named)
        return say("Nothing is clearly {place} by {method}", place=place, method=method)
    every = _every(n, top)
    sure = ranked[(ranked["standing"] == "top") & (ranked["n_methods"] == n)]
    if sure.empty:
        row = ranked.sort_values(
            ["n_top", "top_share"], ascending=False, kind="stable"
        ).to_dict("records")[0]
        return say(
            "Nothing is clearly {place} {every}; nearest is “{name}”, {place} by {n}",
            place=place,
            every=every,
            name=row["name"],
            n=row["n_top"],
        )
    names = joined([say("“{name}”", name=one) for one in sure["name"][:4]])
    shares = sure["top_share"].dropna()
    numbers = {"names": names, "place": place, "every": every}
    if not len(shares):
        return say(
            word("{names} is {place} {every}")
            if len(sure) == 1
            else word("{names} are {place} {every}"),
            **numbers,
        )
    return say(
        word("{names} is {place} {every}, and in {share} of draws")
        if len(sure) == 1
        else word("{names} are {place} {every}, and in at least {share} of draws"),
        **numbers,
        share=percent(shares.min()),
    )


def _every(n: int, top: int) -> str:
    if top == 1:
        return say("by both methods") if n == 2 else say("by all {n} methods", n=n)
    return say("of both methods") if n == 2 else say("of all {n} methods", n=n)


def priority_slope_words(
    twin: pd.DataFrame, methods: Sequence[str], top: int, said: tuple[str, str]
) -> Words:
    """Return the finding, the methods, the source and the alt text of the twin."""
    period, source = said
    has_shares = bool(twin["top_share"].notna().any())
    place = _standing(top)
    named = [method_said(method) for method in methods]
    about = say("Rank by {method}, first above.", method=named[0])
    if len(methods) > 1:
        about = say(
            "Rank by each of {n} methods, first above: {names}.",
            n=len(methods),
            names=joined(named),
        )
    if has_shares:
        varied = say(
            "At the right: how often it is {place} when scores and weights vary.",
            place=place,
        )
        about = f"{about} {varied}"
    notes = []
    if twin[list(methods)].isna().any(axis=None):
        notes.append(say("Dotted: no rank by that method."))
    if (twin["standing"] == "unclear").any():
        grey = word("Grey: {place} in 20 to {share} of draws.")
        if len(methods) > 1:
            grey = word("Grey: methods differ whether it is {place}.")
            if has_shares:
                grey = word(
                    "Grey: methods differ whether it is {place}, or it is there in 20 "
                    "to {share} of draws."
                )
        notes.append(say(grey, place=place, share=percent(0.8)))
    missing = list(twin.loc[twin["standing"] == "not ranked", "name"])
    if missing:
        more = [say("{n} more", n=len(missing) - 5)] if missing[5:] else []
        names = joined([*missing[:5], *more])
        notes.append(say("Not ranked: {names}.", names=names))
    n_ranked = len(twin) - len(missing)
    if n_ranked > MOST:
        best = say("Drawn: {n} of {total}, the best ranked.", n=MOST, total=n_ranked)
        notes.append(best)
    rows = semicolons(
        f"{row['name']}: {_said(row, methods)}" for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin, methods, top),
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Ranks by {names}. {rows}.",
            names=joined(named),
            rows=rows or say("No entry"),
        ),
    )
