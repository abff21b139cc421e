"""Every ranking of a workshop's pain points and ideas that has what it needs.

A pain point has no reach and no effort of its own, so RICE and impact-effort rank it by
the best idea that answers it; the screen says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from journeykit.check.done_check import joined_to
from journeykit.check.priority_inputs import (
    Factor,
    PriorityInputs,
    Row,
    affected_rows,
    opportunity_inputs,
    pain_point_inputs,
)
from journeykit.language import say, word
from journeykit.measure.priority import (
    PRIORITY_METHODS,
    rice_scores,
    risk_priority_numbers,
    severity_times_frequency,
)
from journeykit.measure.priority_data import data_driven_priority
from journeykit.measure.priority_people import impact_effort, vote_counts
from journeykit.measure.priority_quadrants import importance_performance
from journeykit.measure.priority_tables import ranks_of
from journeykit.model import PainPoint
from journeykit.report.cost_page import CostPage
from journeykit.workshop import Workshop

__all__ = [
    "BY_THE_BEST_IDEA",
    "HIGH_FROM",
    "SurveyTables",
    "driver_weights",
    "idea_rankings",
    "kano_words",
    "pain_rankings",
    "rankings_by_ratings",
    "survey_tables",
    "table_of",
]

HIGH_FROM = 3.5
"""From here on a rating of 1 to 5 is high."""

BY_THE_BEST_IDEA = ("impact_effort", "rice")
"""Methods that rank a pain point by the best idea that answers it."""

SurveyTables = Sequence[Mapping[str, pd.DataFrame]]
"""What each survey says, the newest first: tables by name."""

_RANKINGS: Mapping[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "severity_frequency": severity_times_frequency,
    "risk_priority_number": risk_priority_numbers,
    "importance_performance": lambda table: importance_performance(
        table, crosshair=(HIGH_FROM, HIGH_FROM)
    ),
    "impact_effort": lambda table: impact_effort(table, line=HIGH_FROM),
    "rice": rice_scores,
}
_KANO = {
    "must_be": word("Must-be"),
    "one_dimensional": word("One-dimensional"),
    "attractive": word("Attractive"),
    "indifferent": word("Indifferent"),
    "reverse": word("Reverse"),
    "questionable": word("Questionable"),
}


def table_of(rows: Sequence[Row]) -> pd.DataFrame:
    """Return rows as a table."""
    return pd.DataFrame([dict(row) for row in rows])


def rankings_by_ratings(
    given: PriorityInputs, *, is_voting_closed: bool
) -> dict[str, pd.DataFrame]:
    """Return method to its ranking of what was rated and voted for.

    Parameters
    ----------
    given
        What the methods take.
    is_voting_closed
        Whether votes may be shown.
    """
    found: dict[str, pd.DataFrame] = {}
    for method, rows in given.tables.items():
        found |= _if_ranked(method, _RANKINGS[method](table_of(rows)))
    if given.votes and is_voting_closed:
        table = vote_counts(table_of(given.votes), list(given.names))
        found |= _if_ranked("votes", table)
    return _in_order(found)


def survey_tables(workshop: Workshop) -> SurveyTables:
    """Return the tables of each survey, the newest first; they take their time."""
    surveys = reversed(workshop.data_sets("survey"))
    return tuple(workshop.summary(one.id).tables for one in surveys)


def pain_rankings(
    workshop: Workshop,
    surveys: SurveyTables,
    *,
    is_voting_closed: bool,
    minimum: int,
) -> dict[str, pd.DataFrame]:
    """Return method to its ranking of the pain points, the default first.

    Parameters
    ----------
    workshop
        The workshop.
    surveys
        The tables of its surveys.
    is_voting_closed
        Whether votes may be shown.
    minimum
        Fewest answers that may be shown.
    """
    document = workshop.document()
    given = pain_point_inputs(document)
    found = rankings_by_ratings(given, is_voting_closed=is_voting_closed)
    places = {
        one.id: one.touchpoint
        for one in document.of(PainPoint)
        if one.id in given.names
    }
    found |= _of_needs(surveys, places)
    rows, _ = affected_rows(document, driver_weights(surveys))
    if rows:
        table = data_driven_priority(table_of(rows), minimum=minimum)
        found |= _if_ranked("data_driven", table)
    ideas = rankings_by_ratings(opportunity_inputs(document), is_voting_closed=False)
    found |= _of_ideas(workshop, given, ideas)
    cost = CostPage(workshop)
    if given.names and not cost.why_no_stake():
        found |= _if_ranked("value_at_stake", cost.stakes())
    return _in_order(found)


def driver_weights(surveys: SurveyTables) -> dict[str, Factor]:
    """Return touchpoint to its driver weight, of the newest survey that has some.

    Of several questions about a touchpoint, the one with the largest weight counts.
    """
    for tables in surveys:
        table = tables.get("drivers")
        if table is None or table["value"].isna().all():
            continue
        found: dict[str, Factor] = {}
        for row in table.dropna(subset=["value"]).to_dict("records"):
            ends = row["value"], row["low"], row["high"]
            # By falling weight: of several questions the one that counts most stands.
            found.setdefault(str(row["touchpoint"]), Factor(*ends, row["driver"]))
        return found
    return {}


def kano_words(surveys: SurveyTables, entries: Iterable[str]) -> dict[str, str]:
    """Return entry to the Kano class that customers' answers give it, in words.

    Parameters
    ----------
    surveys
        The tables of the surveys, which may ask for needs both ways.
    entries
        Ids of what the needs may be about.
    """
    wanted = set(entries)
    for tables in surveys:
        table = tables.get("kano_classes")
        if table is None or "subject" not in table.columns:
            continue
        of_all = table[table["segment"].isna()].dropna(subset=["category"])
        found = {
            str(row["subject"]): say(
                _KANO.get(str(row["category"]), str(row["category"]))
            )
            for row in of_all.to_dict("records")
            if row["subject"] in wanted and row["category"]
        }
        if found:
            return found
    return {}


def idea_rankings(
    surveys: SurveyTables, given: PriorityInputs, *, is_voting_closed: bool
) -> dict[str, pd.DataFrame]:
    """Return method to its ranking of the opportunities, the default first.

    Parameters
    ----------
    surveys
        The tables of the surveys.
    given
        What the methods take.
    is_voting_closed
        Whether votes may be shown.
    """
    found = rankings_by_ratings(given, is_voting_closed=is_voting_closed)
    return _in_order(found | _of_needs(surveys, dict.fromkeys(given.names)))


def _of_needs(
    surveys: SurveyTables, places: Mapping[str, str | None]
) -> dict[str, pd.DataFrame]:
    """Return the opportunity score of each entry whose need customers rated.

    The need may be about the entry itself, or about the place where it stands.
    """
    for tables in surveys:
        table = tables.get("opportunity_scores")
        if table is None or "subject" not in table.columns:
            continue
        of_all = table[table["segment"].isna()].dropna(subset=["value", "subject"])
        scores = of_all.groupby("subject")["value"].max().to_dict()
        rows = {
            pain: scores.get(pain, scores.get(place)) for pain, place in places.items()
        }
        if any(value is not None for value in rows.values()):
            return _if_ranked("opportunity_score", _by_value(rows))
    return {}


def _of_ideas(
    workshop: Workshop, given: PriorityInputs, ideas: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the rank of each pain point by the best idea that answers it."""
    answered = joined_to(workshop.document(), "answers")
    found: dict[str, pd.DataFrame] = {}
    for method in BY_THE_BEST_IDEA:
        if method not in ideas:
            continue
        table = ideas[method].dropna(subset=["rank"])
        numbers = table["value"] if "value" in table else -table["rank"]
        scores = dict(zip(table["entry"], numbers.astype(float), strict=True))
        best = {
            pain: max(
                (scores[one.id] for one in answered.get(pain, ()) if one.id in scores),
                default=None,
            )
            for pain in given.names
        }
        ranked = _by_value(best)
        if "value" not in table:
            ranked = ranked.drop(columns="value")  # only an order, no number
        found |= _if_ranked(method, ranked)
    return found


def _by_value(values: Mapping[str, float | None]) -> pd.DataFrame:
    """Return a ranking by a value, the highest first; None has no rank."""
    number = pd.Series(list(values.values()), dtype="float64")
    table = pd.DataFrame({"entry": list(values), "value": number})
    table["rank"] = pd.Series(ranks_of(number.tolist())).astype("Int64")
    return table.sort_values("rank", kind="stable", ignore_index=True)


def _if_ranked(method: str, table: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return a ranking by its method; nothing if it ranks nothing."""
    return {method: table} if table["rank"].notna().any() else {}


def _in_order(found: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {name: found[name] for name in PRIORITY_METHODS if name in found}
