"""Where each KPI stands against its target, from what was observed and measured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from journeykit.model import Document, Kpi, KpiObservation, Measurement
from journeykit.model.reliability import MIN_ANSWERS

__all__ = ["KpiStanding", "KpiStatus", "kpi_standings", "kpi_values"]

KpiStatus = Literal["reached", "missed", "may be chance", "no target", "not measured"]


@dataclass(frozen=True, slots=True)
class KpiStanding:
    """The latest value of a KPI, and whether its target is reached.

    Parameters
    ----------
    kpi
        Its id.
    value, low, high, n, day
        The latest value; None where not known.
    status
        ``may be chance``: the target lies inside the interval.
    change
        Latest value less the one before; None with fewer than two.
    """

    kpi: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    day: date | None
    status: KpiStatus
    change: float | None


_Value = tuple[date | None, float, float | None, float | None, int | None]


def kpi_values(document: Document, kpi: Kpi) -> tuple[_Value, ...]:
    """Return day, value, low, high and n of a KPI, oldest first.

    Observations that people entered, and the measurements of all customers by the same
    definition at the same place. On one day what a person entered wins.
    """
    case = document.case
    fewest = case.min_group if case else MIN_ANSWERS
    place = kpi.touchpoint or kpi.stage
    found: dict[date | None, _Value] = {}
    for one in document.of(Measurement):
        is_it = one.definition == kpi.measure and one.subject == place
        is_of_all = one.persona is None and not one.is_weighted
        if is_it and is_of_all and one.value is not None and one.n >= fewest:
            value = (one.day, one.value, one.low, one.high, one.n)
            found.setdefault(one.day, value)
    for seen in document.of(KpiObservation):
        if seen.kpi == kpi.id:
            found[seen.day] = (seen.day, seen.value, seen.low, seen.high, seen.n)
    return tuple(sorted(found.values(), key=lambda one: one[0] or date.min))


def kpi_standings(document: Document) -> tuple[KpiStanding, ...]:
    """Return where each KPI stands, in their order.

    Parameters
    ----------
    document
        The workshop.

    Examples
    --------
    >>> kpi = Kpi(id="wait", name="Waiting time", target=10)
    >>> [one.status for one in kpi_standings(Document([kpi]))]
    ['not measured']
    """
    return tuple(_standing(document, kpi) for kpi in document.of(Kpi))


def _standing(document: Document, kpi: Kpi) -> KpiStanding:
    values = kpi_values(document, kpi)
    if not values:
        return KpiStanding(kpi.id, None, None, None, None, None, "not measured", None)
    day, value, low, high, n = values[-1]
    change = value - values[-2][1] if len(values) > 1 else None
    status = _status(kpi, value, low, high)
    return KpiStanding(kpi.id, value, low, high, n, day, status, change)


def _status(kpi: Kpi, value: float, low: float | None, high: float | None) -> KpiStatus:
    if kpi.target is None:
        return "no target"
    if low is not None and high is not None and low < kpi.target < high:
        return "may be chance"
    is_up = kpi.direction == "higher is better"
    is_there = value >= kpi.target if is_up else value <= kpi.target
    return "reached" if is_there else "missed"
