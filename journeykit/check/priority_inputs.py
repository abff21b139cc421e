"""What the ways of setting priorities take, as rows, from what is in a workshop.

Rows are plain, so that no check waits for pandas; reports make tables of them. What
nobody rated is None and never 0. What is resolved, or only planned, is no priority.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from journeykit.check.as_it_is import as_it_is
from journeykit.model import (
    Document,
    IndividualScore,
    Measurement,
    Opportunity,
    PainPoint,
    Touchpoint,
    Vote,
)

__all__ = [
    "CONFIDENCES",
    "IMPACTS",
    "Factor",
    "PriorityInputs",
    "Row",
    "affected_rows",
    "individual_scores",
    "opportunity_inputs",
    "pain_point_inputs",
]

Row = Mapping[str, str | float | None]
"""One row of a table: column to cell."""

IMPACTS: Mapping[str, float] = {
    "massive": 3.0,
    "high": 2.0,
    "medium": 1.0,
    "low": 0.5,
    "minimal": 0.25,
}
"""The steps of impact that RICE takes."""

CONFIDENCES: Mapping[str, float] = {"high": 1.0, "medium": 0.8, "low": 0.5}
"""The steps of confidence that RICE takes."""

_CSAT = "customer_satisfaction_score"
_DOUBLED = 2  # RPN runs from 1 to 10, people rate from 1 to 5


@dataclass(frozen=True, slots=True)
class Factor:
    """A number with the ends of its interval, and the question that it is of."""

    value: float
    low: float
    high: float
    column: str = ""


@dataclass(frozen=True, slots=True)
class PriorityInputs:
    """What is to be ranked, and the rows of each method that has what it needs.

    Parameters
    ----------
    names
        Id of each entry to its name, in the order of the workshop.
    tables
        Method of :data:`journeykit.measure.priority.PRIORITY_METHODS` to its rows.
    individual
        What single people scored: ``entry``, ``participant``, ``criterion``, ``value``.
    votes
        One row a vote: ``entry``, ``participant``, ``weight``.
    """

    names: Mapping[str, str]
    tables: Mapping[str, tuple[Row, ...]]
    individual: tuple[Row, ...]
    votes: tuple[Row, ...]


def individual_scores(
    document: Document, entries: Iterable[str], criteria: Sequence[str]
) -> tuple[Row, ...]:
    """Return what single people scored of these entries, the last score of each.

    Parameters
    ----------
    document
        The workshop.
    entries
        Ids of what was scored.
    criteria
        Scales of individual scores, such as ``severity``.
    """
    wanted = set(entries)
    found: dict[tuple[str, str, str], float] = {}
    for one in document.of(IndividualScore):
        if one.subject in wanted and one.scale in criteria:
            found[one.subject, one.participant, one.scale] = one.value
    return tuple(
        {"entry": entry, "participant": who, "criterion": scale, "value": value}
        for (entry, who, scale), value in found.items()
    )


def pain_point_inputs(document: Document) -> PriorityInputs:
    """Return what the ways of ranking pain points take.

    Parameters
    ----------
    document
        The workshop; maps as they should be and resolved pain points are left out.

    Returns
    -------
    PriorityInputs
        Tables ``severity_frequency`` (agreed ratings, or the median of single people's
        where nothing was agreed), ``risk_priority_number`` (where detection is rated;
        ratings of 1 to 5 are doubled) and ``importance_performance`` (as the team rates
        the touchpoint of each pain point); only those with a whole row.

    Examples
    --------
    >>> queue = PainPoint(id="queue", text="Queues", severity=4, frequency=3)
    >>> found = pain_point_inputs(Document([queue]))
    >>> found.tables["severity_frequency"]
    ({'entry': 'queue', 'severity': 4, 'frequency': 3},)
    """
    today = as_it_is(document)
    pains = [one for one in today.of(PainPoint) if one.status != "resolved"]
    names = {one.id: one.name_for_people for one in pains}
    individual = individual_scores(today, names, ("severity", "frequency"))
    middle = _middles(individual)

    def rated(pain: PainPoint, criterion: str) -> float | None:
        agreed: int | None = getattr(pain, criterion)
        return middle.get((pain.id, criterion)) if agreed is None else agreed

    def touchpoint(pain: PainPoint) -> Touchpoint | None:
        found = today.get(pain.touchpoint)
        return found if isinstance(found, Touchpoint) else None

    tables = _with_rows(
        {
            "severity_frequency": [
                {
                    "entry": one.id,
                    "severity": rated(one, "severity"),
                    "frequency": rated(one, "frequency"),
                }
                for one in pains
            ],
            "risk_priority_number": [
                {
                    "entry": one.id,
                    "severity": _doubled(rated(one, "severity")),
                    "occurrence": _doubled(rated(one, "frequency")),
                    "detection": _doubled(one.detection),
                }
                for one in pains
            ],
            "importance_performance": [
                {
                    "entry": one.id,
                    "importance": at.importance_to_customer if at else None,
                    "satisfaction": at.satisfaction if at else None,
                }
                for one in pains
                for at in (touchpoint(one),)
            ],
        }
    )
    return PriorityInputs(names, tables, individual, _votes(today, names))


def opportunity_inputs(document: Document) -> PriorityInputs:
    """Return what the ways of ranking opportunities take.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Returns
    -------
    PriorityInputs
        Tables ``impact_effort`` (a row a person, or one of the ``team`` where it agreed
        and nobody scored alone) and ``rice``; only those with a whole row.
    """
    today = as_it_is(document)
    ideas = today.of(Opportunity)
    names = {one.id: one.name_for_people for one in ideas}
    individual = individual_scores(today, names, ("impact", "effort"))
    alone: dict[tuple[str, str], dict[str, float]] = {}
    for row in individual:
        key = (str(row["entry"]), str(row["participant"]))
        alone.setdefault(key, {})[str(row["criterion"])] = float(row["value"] or 0)
    scored = {entry for entry, _ in alone}
    people: list[Row] = [
        {
            "entry": entry,
            "participant": who,
            "impact": given.get("impact"),
            "effort": given.get("effort"),
        }
        for (entry, who), given in alone.items()
    ]
    people += [
        {
            "entry": one.id,
            "participant": "team",
            "impact": one.expected_effect,
            "effort": one.effort,
        }
        for one in ideas
        if one.id not in scored
    ]
    rice: list[Row] = [
        {
            "entry": one.id,
            "reach": one.reach,
            "impact": IMPACTS.get(one.impact or ""),
            "confidence": CONFIDENCES.get(one.confidence or ""),
            "effort": one.effort_months,
        }
        for one in ideas
    ]
    tables = _with_rows({"impact_effort": people, "rice": rice})
    return PriorityInputs(names, tables, individual, _votes(today, names))


def affected_rows(
    document: Document, weights: Mapping[str, Factor]
) -> tuple[tuple[Row, ...], bool]:
    """Return what the data-driven way takes: how many meet it, how many are unhappy.

    Parameters
    ----------
    document
        The workshop; its measurements say how many come to a touchpoint (events) and
        how many answers are not among the two best (surveys).
    weights
        Touchpoint to its driver weight, a share of R squared. Where it names its
        question, the unhappy are those of that question: a touchpoint may be asked
        about in several.

    Returns
    -------
    rows
        One for each pain point whose touchpoint has satisfaction and a driver weight.
    is_reach
        Whether ``affected`` are customers seen in events; else they are the answers,
        since nothing says how many customers there are.
    """
    today = as_it_is(document)
    satisfied = {
        touchpoint: score
        for touchpoint, weight in weights.items()
        if (score := _newest(today, _CSAT, weight.column).get(touchpoint)) is not None
    }
    reach = _newest(today, "reach_rate")
    pains = [
        (one, satisfied[one.touchpoint])
        for one in today.of(PainPoint)
        if one.status != "resolved"
        and one.touchpoint in weights
        and one.touchpoint in satisfied
    ]
    is_reach = bool(pains) and all(one.touchpoint in reach for one, _ in pains)
    rows: list[Row] = []
    for one, score in pains:
        weight = weights[one.touchpoint or ""]
        affected = score.n
        if is_reach:
            seen = reach[one.touchpoint]
            affected = round((seen.value or 0) * seen.n)
        rows.append(
            {
                "entry": one.id,
                "affected": affected,
                "n_dissatisfied": round((1 - (score.value or 0)) * score.n),
                "n_answers": score.n,
                "driver_weight": weight.value,
                "driver_weight_low": weight.low,
                "driver_weight_high": weight.high,
            }
        )
    return tuple(rows), is_reach


def _newest(
    document: Document, definition: str, column: str = ""
) -> dict[str | None, Measurement]:
    """Return the newest measured value of each touchpoint, of all customers."""
    found: dict[str | None, Measurement] = {}
    for one in document.of(Measurement):
        if one.definition != definition or one.persona or one.is_weighted:
            continue
        if one.value is None or one.subject is None:
            continue
        if column and one.column != column:
            continue
        known = found.get(one.subject)
        if known is None or _day(known) <= _day(one):
            found[one.subject] = one
    return found


def _day(one: Measurement) -> str:
    return one.day.isoformat() if one.day else ""


def _middles(rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    given: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        key = (str(row["entry"]), str(row["criterion"]))
        given.setdefault(key, []).append(float(row["value"] or 0))
    return {key: median(values) for key, values in given.items()}


def _doubled(rating: float | None) -> float | None:
    return None if rating is None else _DOUBLED * rating


def _with_rows(tables: Mapping[str, Sequence[Row]]) -> dict[str, tuple[Row, ...]]:
    """Return the tables of which at least one row is whole."""
    return {
        name: tuple(rows)
        for name, rows in tables.items()
        if any(None not in row.values() for row in rows)
    }


def _votes(document: Document, entries: Iterable[str]) -> tuple[Row, ...]:
    wanted = set(entries)
    return tuple(
        {"entry": one.subject, "participant": one.participant, "weight": one.weight}
        for one in document.of(Vote)
        if one.subject in wanted
    )
