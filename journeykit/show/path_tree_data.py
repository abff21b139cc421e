"""The numbers and the words of a tree of paths, before anything is drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.errors import InputError
from journeykit.language import percent, say, sentences, word
from journeykit.measure.intervals import wilson
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import Words
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, with_interval

__all__ = ["OTHER", "path_tree_data", "path_tree_words"]

OTHER = word("other")
"""What small branches are together."""

_NEEDED = ["path", "depth", "activity", "n_reached", "n_ended", "share_of_all"]
_Path = tuple[str, ...]


@number_twin
def path_tree_data(table: pd.DataFrame, *, smallest: float = 0.03) -> pd.DataFrame:
    """Return the numbers behind the chart ``path_tree``, a branch below its stem.

    Parameters
    ----------
    table
        What :func:`journeykit.measure.events_variants.path_tree` returns.
    smallest
        Least share of all paths (0.01 to 1) that is drawn by itself.

    Returns
    -------
    DataFrame
        ``path`` (tuple of activities; ends with None for what is grouped), ``depth``,
        ``activity`` (``other``: smaller branches together), ``n_reached``, ``n_ended``
        (NA for others), ``n`` (all paths), ``share`` of all, 0 to 1, with ``low`` and
        ``high`` (Wilson), and ``is_main``: on the way that is commonest at each step.

    Raises
    ------
    InputError
        If a column is missing or *smallest* is out of range.
    """
    if not 0.01 <= smallest <= 1:
        raise InputError(f"a share from 0.01 to 1 was expected, not {smallest}")
    rows = chart_table(table, _NEEDED).to_dict("records")
    nodes = {tuple(row["path"]): row for row in rows}
    n = round(rows[0]["n_reached"] / rows[0]["share_of_all"]) if rows else 0
    below: dict[_Path, list[_Path]] = {}
    for path in nodes:
        below.setdefault(path[:-1], []).append(path)
    for paths in below.values():
        paths.sort(key=lambda path: (-nodes[path]["n_reached"], path))
    deepest = max((len(path) for path in nodes), default=0)
    found: list[tuple[Any, ...]] = []

    def grow(stem: _Path, reached: int, ended: int, *, is_main: bool) -> None:
        if len(stem) >= deepest:
            return  # what comes after was not looked at
        rest = reached - ended
        for at, path in enumerate(below.get(stem, [])):
            here = int(nodes[path]["n_reached"])
            if here < max(smallest * n, MIN_ANSWERS):
                continue
            rest -= here
            main = is_main and at == 0
            gone = int(nodes[path]["n_ended"])
            found.append((path, len(path), path[-1], here, gone, main))
            grow(path, here, gone, is_main=main)
        if rest > 0:
            other = (*stem, None)
            found.append((other, len(other), OTHER, rest, None, False))

    grow((), n, 0, is_main=True)
    names = ["path", "depth", "activity", "n_reached", "n_ended", "is_main"]
    twin = pd.DataFrame(found, columns=names).astype(
        {"n_ended": "Int64", "is_main": bool}
    )
    twin["n"] = n
    is_shown = n >= MIN_ANSWERS
    ends = [wilson(int(k), n) if is_shown else None for k in twin["n_reached"]]
    twin["share"] = [
        k / n if is_shown else float("nan") for k in twin["n_reached"].tolist()
    ]
    twin["low"] = [float("nan") if end is None else end.low for end in ends]
    twin["high"] = [float("nan") if end is None else end.high for end in ends]
    return twin


def _share(row: dict[Any, Any]) -> str:
    if pd.isna(row["share"]):
        return count(row["n_reached"])
    return with_interval(row["share"], row["low"], row["high"], "conversion_rate")


def _finding(main: list[dict[Any, Any]], total: int) -> str:
    first, last = main[0], main[-1]
    numbers = {
        "activity": first["activity"],
        "share": _share(first),
        "total": count(total),
    }
    if len(main) == 1:
        return say(
            "“{activity}” is the commonest beginning: {share} of {total}", **numbers
        )
    return say(
        "“{activity}” is the commonest beginning: {share} of {total}; {last} take the "
        "commonest {n} steps",
        **numbers,
        last=_share(last),
        n=len(main),
    )


def path_tree_words(
    twin: pd.DataFrame, smallest: float, period: str, source: str
) -> Words:
    """Return the finding, the measure, the source and the alt text of the twin."""
    main = twin[twin["is_main"]].to_dict("records")
    total = int(twin["n"].iloc[0]) if len(twin) else 0
    if total < MIN_ANSWERS:
        title = say("Too few paths to say how they begin")
        if not total:
            title = say("No path was recorded")
    elif not main:
        title = say(
            "No way is taken by {share} of {total} paths",
            share=percent(smallest),
            total=count(total),
        )
    else:
        title = _finding(main, total)
    about = say(
        "How paths begin, left to right; size is the share of all paths, blue the way "
        "that is commonest at each step. Empty: paths that end there."
    )
    notes = []
    if total >= MIN_ANSWERS and (twin["activity"] == OTHER).any():
        notes.append(say("Other: ways too small to draw, together."))
    said = "; ".join(
        f"{' – '.join(say(OTHER) if part is None else part for part in row['path'])}: "
        f"{_share(row)}"
        for row in twin.to_dict("records")
        if row["activity"] != OTHER or row["depth"] == 1
    )
    return Words(
        title=title,
        subtitle=sentences(about, period),
        source=" ".join([*notes, source]).strip(),
        alt=say(
            "Tree of how {total} paths begin. {rows}.",
            total=count(total),
            rows=said or say("No path"),
        ),
    )
