"""The numbers and the words of scores of several groups, before anything is drawn."""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import say, say_count, semicolons
from journeykit.measure.result import MIN_ANSWERS
from journeykit.show.chart_table import chart_table
from journeykit.show.frame import Words
from journeykit.show.number_twin import number_twin
from journeykit.show.numbers import count, joined, signed, typeset, with_interval

__all__ = [
    "LETTERS",
    "MOST_GROUPS",
    "apart_texts",
    "group_scores_data",
    "group_scores_words",
]

MOST_GROUPS = 6
"""More hues than these cannot be told apart."""

LETTERS = "ABCDEF"
"""What stands for each group beside its dots."""

_SCORES = ("name", "group", "value", "low", "high", "n", "reliability")
_APART = ("name", "group", "other", "value", "low", "high", "is_difference")


@number_twin
def group_scores_data(
    scores: pd.DataFrame,
    differences: pd.DataFrame,
    *,
    definition: str,
    minimum: int = MIN_ANSWERS,
) -> pd.DataFrame:
    """Return the numbers behind :func:`group_scores`, in the order drawn.

    Parameters
    ----------
    scores
        One row a touchpoint and group, groups in the order in which they are to stand:
        ``name`` (of the touchpoint), ``group`` (its name), ``value``, ``low``,
        ``high``, ``n``, ``reliability``.
    differences
        One row a touchpoint and pair of groups: ``name``, ``group``, ``other``,
        ``value``, ``low``, ``high`` (other less group), ``is_difference``.
    definition
        Key of :data:`journeykit.definitions.MEASURES`.
    minimum
        Fewest answers that may be shown; smaller counts are not given either.

    Returns
    -------
    DataFrame
        ``touchpoint``, ``group``, ``letter``, ``value``, ``low``, ``high``, ``n``,
        ``reliability``; ``apart``, ``apart_low``, ``apart_high`` (the widest clear
        difference of the row, else the widest), ``pair`` (whose it is), ``standing``
        (of the row: ``apart``, ``may be chance``, ``not compared``) and ``said``.

    Raises
    ------
    InputError
        If a column is missing, the definition is not known, or there are more groups
        than hues.
    """
    if definition not in MEASURES:
        raise InputError(f"{definition!r} is no measure that can be drawn")
    twin = chart_table(scores, _SCORES)
    apart = chart_table(differences, _APART)
    groups = list(twin["group"].drop_duplicates())
    if len(groups) > MOST_GROUPS:
        raise InputError(
            f"at most {MOST_GROUPS} groups can be told apart, not {len(groups)}"
        )
    is_hidden = twin["reliability"].isin(("not measured", "fewer than minimum"))
    for column in ("value", "low", "high"):
        numbers = pd.to_numeric(twin[column]).astype(float)
        twin[column] = numbers.mask(is_hidden)
    twin["n"] = (
        twin["n"].astype("Int64").mask(twin["reliability"] == "fewer than minimum")
    )
    widest = {name: _widest(part) for name, part in apart.groupby("name")}
    nothing = (float("nan"), float("nan"), float("nan"), "", "not compared")
    rows = [widest.get(name, nothing) for name in twin["name"]]
    for place, column in enumerate(
        ("apart", "apart_low", "apart_high", "pair", "standing")
    ):
        twin[column] = [row[place] for row in rows]
    letters = dict(zip(groups, LETTERS, strict=False))
    twin["letter"] = twin["group"].map(letters)
    order = twin["standing"].map({"apart": 0, "may be chance": 1, "not compared": 2})
    twin = twin.assign(
        first=order, size=twin["apart"].abs().fillna(-1.0), at=range(len(twin))
    )
    twin = twin.sort_values(
        ["first", "size", "name", "at"],
        ascending=[True, False, True, True],
        kind="stable",
    )
    twin["said"] = [
        _row_said(row, definition, minimum) for row in twin.to_dict("records")
    ]
    columns = ["name", "group", "letter", "value", "low", "high", "n", "reliability"]
    columns += ["apart", "apart_low", "apart_high", "pair", "standing", "said"]
    return twin[columns].rename(columns={"name": "touchpoint"}).reset_index(drop=True)


def _widest(part: pd.DataFrame) -> tuple[float, float, float, str, str]:
    """Return the widest difference of a touchpoint that counts, and whose it is."""
    known = part[part["value"].notna()]
    if known.empty:
        return float("nan"), float("nan"), float("nan"), "", "not compared"
    clear = known[known["is_difference"].fillna(value=False).astype(bool)]
    chosen = known if clear.empty else clear
    row = chosen.iloc[int(chosen["value"].abs().to_numpy().argmax())]
    # Told from the higher: "Business, not Family" reads as more, not as less.
    sign = 1 if row["value"] >= 0 else -1
    pair = (row["other"], row["group"])[::sign]
    low, high = sorted((sign * float(row["low"]), sign * float(row["high"])))
    words = say("{higher} above {lower}", higher=pair[0], lower=pair[1])
    standing = "may be chance" if clear.empty else "apart"
    return sign * float(row["value"]), low, high, words, standing


def _row_said(row: dict[Any, Any], definition: str, minimum: int) -> str:
    if row["reliability"] == "fewer than minimum":
        return say("fewer than {n} answers", n=count(minimum))
    if pd.isna(row["value"]):
        return say("not measured")
    score = with_interval(row["value"], row["low"], row["high"], definition)
    return say("{score}, n {n}", score=score, n=count(int(row["n"])))


def apart_texts(row: dict[Any, Any], definition: str) -> tuple[str, str]:
    """Return the widest difference of a row, and the ends of its interval."""
    factor, digits = {"share": (100.0, 0), "points": (1.0, 1)}.get(
        MEASURES[definition].unit, (1.0, 2)
    )
    ends = say(
        "{low} to {high}",
        low=signed(row["apart_low"] * factor, digits).lstrip("+"),
        high=signed(row["apart_high"] * factor, digits).lstrip("+"),
    )
    return signed(row["apart"] * factor, digits).lstrip("+"), ends


def _title(twin: pd.DataFrame, definition: str) -> str:
    compared = twin[twin["standing"] != "not compared"]
    places = compared["touchpoint"].drop_duplicates()
    if compared.empty:
        return say("No two groups could be compared")
    first = compared.to_dict("records")[0]
    if first["standing"] != "apart":
        return say_count(
            "What sets the groups apart at the one touchpoint may be chance",
            "At none of {n} touchpoints are the groups clearly apart",
            len(places),
        )
    n_apart = compared[compared["standing"] == "apart"]["touchpoint"].nunique()
    size, ends = apart_texts(first, definition)
    return say(
        "They part most at {touchpoint}: {pair} by {size} ({ends}); clearly apart at "
        "{n} of {n_all}",
        touchpoint=first["touchpoint"],
        pair=first["pair"],
        size=size,
        ends=ends,
        n=count(n_apart),
        n_all=count(len(places)),
    )


def group_scores_words(
    twin: pd.DataFrame, definition: str, minimum: int, source: str, *, n_left: int = 0
) -> Words:
    """Return the finding, the measure, the source and the alt text of the twin."""
    measure = MEASURES[definition]
    about = say(
        "{label} ({short}) with 95 % intervals ({interval}). Difference: the widest of "
        "any two groups, corrected for all comparisons (Benjamini and Hochberg).",
        label=say(measure.label),
        short=say(measure.short),
        interval=say(measure.interval),
    )
    notes = []
    if (twin["standing"] == "may be chance").any():
        notes.append(say("Grey: what sets them apart may be chance."))
    if (twin["reliability"] == "few answers").any():
        notes.append(say("Hatched: fewer than 30 answers."))
    few = twin[twin["reliability"] == "fewer than minimum"]["group"].drop_duplicates()
    if len(few):
        notes.append(
            say(
                "Fewer than {minimum} answers somewhere, not shown there: {groups}.",
                minimum=count(minimum),
                groups=joined(list(few)),
            )
        )
    if n_left:
        notes.append(
            say_count(
                "{n} more touchpoint stands in the table only.",
                "{n} more touchpoints stand in the table only.",
                n_left,
            )
        )
    rows = semicolons(
        f"{row['touchpoint']}, {row['group']}: {row['said']}"
        for row in twin.to_dict("records")
    )
    return Words(
        title=_title(twin, definition),
        subtitle=f"{about} {typeset(say(measure.text))}",
        source=" ".join([*notes, source]).strip(),
        alt=say("Scores of each group, where they part most first. {rows}.", rows=rows),
    )
