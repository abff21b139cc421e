"""Where methods differ about the order, and where people do.

People are named only where the team wants it: a number on a wall with a name beside it
is the end of honest scores.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from journeykit.language import commas, decimals, say, say_count, word
from journeykit.measure.priority_agreement import (
    method_agreement,
    people_apart,
    rating_spread,
)
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.priority_words import short_label
from journeykit.show.numbers import count, joined

__all__ = [
    "PLACES",
    "agreement_of_methods",
    "agreement_words",
    "disagreement_of_people",
]

PLACES = {
    1: word("first"),
    2: word("among the first two"),
    3: word("among the first three"),
}
"""What the top is called, by how many places it has."""

_BY_BOTH = {
    1: word("First by both"),
    2: word("Among the first two by both"),
    3: word("Among the first three by both"),
}
_CRITERIA = {"severity": word("Severity"), "frequency": word("Frequency")}
_STRONG, _WEAK = 0.7, 0.3
_APART = 2
_TALK = word(
    "Two steps or more apart: let both ends say what they saw, before anybody argues."
)
_FEWEST_TO_COMPARE = 3
_MOST_ROWS = 12


def agreement_words(tau: float) -> str:
    """Return what a Kendall's tau says, in words.

    Examples
    --------
    >>> [agreement_words(tau) for tau in (0.9, 0.5, 0.0, -0.8)]
    ['nearly the same', 'alike', 'hardly alike', 'the other way round']
    """
    if pd.isna(tau):
        return say("too few to say")
    if tau >= _STRONG:
        return say("nearly the same")
    if tau >= _WEAK:
        return say("alike")
    return say("hardly alike") if tau > -_WEAK else say("the other way round")


def agreement_of_methods(rankings: Mapping[str, pd.DataFrame], *, top: int) -> Part:
    """Return how far each two methods agree on the order, least alike first.

    Parameters
    ----------
    rankings
        Method to its ranking, two or more.
    top
        How many places count as the top.
    """
    table = method_agreement(rankings, top=top)
    table = table.sort_values("kendall", kind="stable", na_position="last")
    rows = [
        {
            "methods": joined(
                [short_label(row["method_a"]), short_label(row["method_b"])]
            ),
            "says": agreement_words(row["kendall"]),
            "kendall": _number(row["kendall"]),
            "shared": count(int(row["n_top_shared"])),
            "n": count(int(row["n"])),
        }
        for row in table.to_dict("records")
    ]
    known = table["kendall"].dropna()
    mean = float(known.mean()) if len(known) else float("nan")
    title = say("Too few are ranked by two methods to say how far these agree")
    words = {"alike": agreement_words(mean), "tau": _number(mean)}
    if len(known):
        title = say(
            "On the whole the methods’ orders are {alike}: Kendall’s tau {tau}", **words
        )
    if len(known) > 1 and agreement_words(known.iloc[0]) != words["alike"]:
        title = say(
            "On the whole the methods’ orders are {alike}: Kendall’s tau {tau}; least "
            "alike are {methods}",
            **words,
            methods=rows[0]["methods"],
        )
    return parts.ranked_table(
        pd.DataFrame(rows),
        {
            "methods": say("Methods"),
            "says": say("Order"),
            "kendall": say("Kendall’s tau"),
            "shared": say(_BY_BOTH[top]),
            "n": say("Ranked by both"),
        },
        title=title,
        subtitle=say(
            "Tau: 1 the same order, 0 none in common, \N{MINUS SIGN}1 the other way "
            "round. Where methods differ, ask what the one knows and the other not."
        ),
        is_ranked=False,
    )


def disagreement_of_people(
    scores: pd.DataFrame, names: Mapping[str, str], people: Mapping[str, str] | None
) -> Part:
    """Return where people see severity and frequency otherwise, widest first.

    Parameters
    ----------
    scores
        What single people scored: ``entry``, ``participant``, ``criterion``, ``value``.
    names
        Id of a pain point to its name.
    people
        Id of a person to the name; None if nobody is to be named.
    """
    table = rating_spread(scores)
    table = table[table["n_people"] >= 2]
    if table.empty:
        return parts.sentence(
            say("One person scored so far: differences show from two on.")
        )
    wide = table[table["spread"] >= _APART]
    if wide.empty:
        return parts.sentence(
            say("You see the pain points alike: nobody is two steps from anybody else.")
        )
    rows = [
        {
            "name": names[row["entry"]],
            "criterion": say(_CRITERIA[str(row["criterion"])]),
            "median": f"{row['median']:g}",
            "range": say(
                "{low} to {high}",
                low=f"{row['lowest']:g}",
                high=f"{row['highest']:g}",
            ),
            "n": count(int(row["n_people"])),
            "who_low": _who(row["who_low"], people),
            "who_high": _who(row["who_high"], people),
        }
        for row in wide.to_dict("records")
    ]
    n, more = len(rows), len(rows) - _MOST_ROWS
    shown = {
        "name": say("Pain point"),
        "criterion": say("What was rated"),
        "median": say("Median"),
        "range": say("Lowest to highest"),
        "n": say("People"),
    }
    if people is not None:
        shown |= {"who_low": say("Lowest by"), "who_high": say("Highest by")}
    return parts.ranked_table(
        pd.DataFrame(rows[:_MOST_ROWS]),
        shown,
        title=say_count(
            "{n} rating is worth a talk", "{n} ratings are worth a talk", n
        ),
        subtitle=f"{say(_TALK)} {_furthest(scores, people)}".rstrip(),
        source=say_count(
            "And {n} more, less far apart.", "And {n} more, less far apart.", more
        )
        if more > 0
        else "",
        is_ranked=False,
    )


def _furthest(scores: pd.DataFrame, people: Mapping[str, str] | None) -> str:
    """Return who is furthest from all others; nothing if nobody is to be named."""
    if people is None:
        return ""
    table = people_apart(scores).dropna(subset=["distance"])
    if len(table) < _FEWEST_TO_COMPARE:
        return ""
    row = table.sort_values("distance", ascending=False, kind="stable").iloc[0]
    if not float(row["distance"]) > 0:
        return ""
    name = people.get(str(row["participant"])) or say("somebody without a name")
    return say(
        "Furthest from the others: {name}, by {steps} steps on average.",
        name=name,
        steps=decimals(float(row["distance"]), 1),
    )


def _who(ids: tuple[str, ...], people: Mapping[str, str] | None) -> str:
    if people is None:
        return ""
    return commas(people.get(one, say("no name")) for one in ids)


def _number(tau: float) -> str:
    return "" if np.isnan(tau) else decimals(tau, 2).replace("-", "\N{MINUS SIGN}")
