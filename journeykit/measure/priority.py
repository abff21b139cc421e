"""Priorities from ratings: severity x frequency, RPN, RICE; and all methods by name.

No method is the right one, so each says what it hides, and rankings by several of them
are shown side by side. A single score that weighs all of them together was turned down:
nobody could say what it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from journeykit.errors import InputError
from journeykit.language import word
from journeykit.measure.priority_tables import (
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
    "PRIORITY_METHODS",
    "RICE_COLUMNS",
    "RICE_CONFIDENCES",
    "RICE_IMPACTS",
    "RPN_COLUMNS",
    "SEVERITY_FREQUENCY_COLUMNS",
    "PriorityMethod",
    "rice_scores",
    "risk_priority_numbers",
    "severity_times_frequency",
]


@dataclass(frozen=True, slots=True)
class PriorityMethod:
    """A way to set priorities, in the words that stand on the screen.

    Parameters
    ----------
    label
        What it is called.
    formula
        How it is computed.
    caution
        What must stand beside its numbers.
    needs
        Columns of the table that it takes, beside ``entry``.
    """

    label: str
    formula: str
    caution: str
    needs: tuple[str, ...]


PRIORITY_METHODS: Mapping[str, PriorityMethod] = MappingProxyType(
    {
        "severity_frequency": PriorityMethod(
            word("Severity x frequency"),
            word("severity x frequency, 1 to 5 each; the more severe first on ties"),
            word("The default. Ratings are opinions until evidence backs them."),
            ("severity", "frequency"),
        ),
        "risk_priority_number": PriorityMethod(
            word("Risk priority number (RPN)"),
            word(
                "severity x occurrence x detection, 1 to 10 each; the most severe "
                "first, whatever the product"
            ),
            word(
                "9, 3, 5 and 5, 9, 3 both give 135 and are very different risks; "
                "AIAG-VDA replaced the number in 2019."
            ),
            ("severity", "occurrence", "detection"),
        ),
        "opportunity_score": PriorityMethod(
            word("Opportunity score (Ulwick)"),
            word(
                "importance + max(importance - satisfaction, 0), each 10 x the share "
                "of answers 4 to 5"
            ),
            word(
                "Of answers, for each segment, against the cut-off that is stated; "
                "means give another number."
            ),
            ("importance", "satisfaction"),
        ),
        "importance_performance": PriorityMethod(
            word("Importance-performance"),
            word(
                "quadrants of importance against satisfaction, at the crosshair that "
                "is stated"
            ),
            word(
                "Asked for importance, people call nearly everything important: look "
                "at the order, not at the height."
            ),
            ("importance", "satisfaction"),
        ),
        "impact_effort": PriorityMethod(
            word("Impact-effort"),
            word("two ratings of each person, 1 to 5: median and spread"),
            word("Ratings have an order but no distances, so there is no mean."),
            ("participant", "impact", "effort"),
        ),
        "rice": PriorityMethod(
            word("RICE"),
            word(
                "reach x impact (3, 2, 1, 0.5, 0.25) x confidence (1, 0.8, 0.5) / "
                "effort in person-months"
            ),
            word("Effort is above 0. Reach counts people in the same time for all."),
            ("reach", "impact", "confidence", "effort"),
        ),
        "kano": PriorityMethod(
            word("Kano"),
            word(
                "5 x 5 table of two answers; better = (A + O) / (A + O + M + I), "
                "worse = -(O + M) / the same"
            ),
            word("Only with answers of customers, never by guessing."),
            ("functional", "dysfunctional"),
        ),
        "votes": PriorityMethod(
            word("Votes"),
            word("dots; each person has as many as a quarter of the options"),
            word("Hidden until closed, so that nobody follows the boss."),
            ("participant",),
        ),
        "data_driven": PriorityMethod(
            word("Data-driven"),
            word(
                "affected customers x lower bound of the dissatisfied share x driver "
                "weight"
            ),
            word("Each factor has its interval. Drivers are not causes."),
            ("affected", "n_dissatisfied", "n_answers", "driver_weight"),
        ),
        "value_at_stake": PriorityMethod(
            word("Value at stake"),
            word("customers touched x difference in churn x CLV, as a range"),
            word(
                "Nothing without a comparison group; the groups may differ in other "
                "ways."
            ),
            ("touched", "lost_touched", "n_touched", "lost_others", "n_others"),
        ),
    }
)
"""Every way to set priorities by its key, the default first."""

SEVERITY_FREQUENCY_COLUMNS = (
    "entry",
    "severity",
    "frequency",
    "value",
    "rank",
    "is_tied",
    "note",
)
"""Columns of :func:`severity_times_frequency`, in order."""

RPN_COLUMNS = (
    "entry",
    "severity",
    "occurrence",
    "detection",
    "value",
    "rank",
    "rank_by_number",
    "is_tied",
    "note",
)
"""Columns of :func:`risk_priority_numbers`, in order."""

RICE_COLUMNS = (
    "entry",
    "reach",
    "impact",
    "confidence",
    "effort",
    "value",
    "rank",
    "is_tied",
    "note",
)
"""Columns of :func:`rice_scores`, in order."""

RICE_IMPACTS = (3.0, 2.0, 1.0, 0.5, 0.25)
RICE_CONFIDENCES = (1.0, 0.8, 0.5)

_NOT_RATED = "not rated"


def severity_times_frequency(table: pd.DataFrame) -> pd.DataFrame:
    """Return entries by severity x frequency, the more severe first on ties.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id), ``severity``, ``frequency`` (1 to 5; empty if
        not rated).

    Returns
    -------
    pandas.DataFrame
        One row an entry, first rank first: ``entry``, ``severity``, ``frequency``,
        ``value`` (product, 1 to 25), ``rank`` (shared by equals; NA if not rated),
        ``is_tied`` (another has the same rank), ``note``.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a rating is off the scale.

    Examples
    --------
    >>> import pandas as pd
    >>> pains = {"entry": ["signs", "queue"], "severity": [2, 4], "frequency": [4, 2]}
    >>> severity_times_frequency(pd.DataFrame(pains))["entry"].tolist()
    ['queue', 'signs']
    """
    severity = rated_column(table, "severity")
    frequency = rated_column(table, "frequency")
    value = severity * frequency
    ranks = ranks_of(value, severity)
    columns: dict[str, object] = {
        "entry": entry_ids(table),
        "severity": severity,
        "frequency": frequency,
        "value": value,
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "note": _unrated(value),
    }
    return ranked_table(columns, SEVERITY_FREQUENCY_COLUMNS)


def risk_priority_numbers(
    table: pd.DataFrame, *, severe_from: float = 9
) -> pd.DataFrame:
    """Return entries by risk priority number, the most severe first whatever it is.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id), ``severity``, ``occurrence``, ``detection``
        (1 to 10, 10 is worst: nobody would notice; empty if not rated).
    severe_from
        From this severity on an entry stands before all others, 1 to 10.

    Returns
    -------
    pandas.DataFrame
        One row an entry, first rank first: ``entry``, the three ratings, ``value``
        (product, 1 to 1,000), ``rank`` (severe ones first, then by the number, then by
        severity and occurrence), ``rank_by_number`` (of the number alone, shared by
        equals), ``is_tied``, ``note`` (which very different risk has the same number).

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a rating is off the scale.
    InputError
        If *severe_from* is off the scale.

    Examples
    --------
    >>> import pandas as pd
    >>> risks = pd.DataFrame(
    ...     {
    ...         "entry": ["queue", "leak"],
    ...         "severity": [5, 9],
    ...         "occurrence": [9, 3],
    ...         "detection": [3, 5],
    ...     }
    ... )
    >>> risk_priority_numbers(risks)[["entry", "value", "rank"]].to_dict("records")
    [{'entry': 'leak', 'value': 135.0, 'rank': 1}, \
{'entry': 'queue', 'value': 135.0, 'rank': 2}]
    """
    if not 1 <= severe_from <= 10:
        raise InputError(f"a severity from 1 to 10 was expected, not {severe_from!r}")
    ids = entry_ids(table)
    severity = rated_column(table, "severity", highest=10)
    occurrence = rated_column(table, "occurrence", highest=10)
    detection = rated_column(table, "detection", highest=10)
    value = severity * occurrence * detection
    is_severe = np.where(np.isnan(value), np.nan, severity >= severe_from)
    ranks = ranks_of(is_severe, value, severity, occurrence)
    notes = _unrated(value)
    for row, number in enumerate(value):
        others = [
            f"{ids[other]} ({severity[other]:g}, not {severity[row]:g})"
            for other in np.flatnonzero(value == number)
            if severity[other] != severity[row]
        ]
        if others:
            notes[row] = f"same number, another severity: {', '.join(others)}"
    columns: dict[str, object] = {
        "entry": ids,
        "severity": severity,
        "occurrence": occurrence,
        "detection": detection,
        "value": value,
        "rank": ranks,
        "rank_by_number": ranks_of(value),
        "is_tied": is_shared(ranks),
        "note": notes,
    }
    return ranked_table(columns, RPN_COLUMNS)


def rice_scores(table: pd.DataFrame) -> pd.DataFrame:
    """Return entries by reach x impact x confidence / effort.

    Parameters
    ----------
    table
        One row an entry: ``entry`` (id); ``reach`` (people in a time, the same for
        all; 0 or more); ``impact`` (3, 2, 1, 0.5 or 0.25); ``confidence`` (1, 0.8 or
        0.5); ``effort`` (person-months, above 0). Empty if not estimated.

    Returns
    -------
    pandas.DataFrame
        One row an entry, first rank first: ``entry``, the four factors, ``value``
        (people a person-month, weighted), ``rank``, ``is_tied``, ``note``.

    Raises
    ------
    UnknownNameError
        If a column is not there; it offers the nearest.
    TableError
        If an entry stands twice or a factor is none of those allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> ideas = pd.DataFrame(
    ...     {
    ...         "entry": ["signs"],
    ...         "reach": [500],
    ...         "impact": [2],
    ...         "confidence": [0.8],
    ...         "effort": [4],
    ...     }
    ... )
    >>> rice_scores(ideas)["value"].tolist()
    [200.0]
    """
    reach = number_column(table, "reach", lambda n: n >= 0, "a reach of 0 or more")
    impact = _one_of(table, "impact", RICE_IMPACTS)
    confidence = _one_of(table, "confidence", RICE_CONFIDENCES)
    effort = number_column(table, "effort", lambda n: n > 0, "an effort above 0")
    value = reach * impact * confidence / effort
    ranks = ranks_of(value)
    columns: dict[str, object] = {
        "entry": entry_ids(table),
        "reach": reach,
        "impact": impact,
        "confidence": confidence,
        "effort": effort,
        "value": value,
        "rank": ranks,
        "is_tied": is_shared(ranks),
        "note": _unrated(value),
    }
    return ranked_table(columns, RICE_COLUMNS)


def _one_of(
    table: pd.DataFrame, col: str, allowed: tuple[float, ...]
) -> NDArray[np.float64]:
    listed = ", ".join(f"{number:g}" for number in allowed)
    return number_column(
        table, col, lambda n: np.isin(n, allowed), f"one of {listed} as {col}"
    )


def _unrated(value: NDArray[np.float64]) -> list[str]:
    return [_NOT_RATED if np.isnan(number) else "" for number in value]
