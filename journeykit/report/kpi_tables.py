"""KPIs in a report: where each stands, its way there, before and after, its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from journeykit.check.kpi_status import KpiStanding, kpi_standings, kpi_values
from journeykit.definitions import MEASURES
from journeykit.language import day, month, say, say_count, word
from journeykit.model import Kpi
from journeykit.model.reliability import reliability_of
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.subject_report import SubjectReport
from journeykit.show.charts import picture
from journeykit.show.numbers import count, interval, signed, trimmed, value_text

__all__ = ["KpiTables", "kpi_number"]

_MOST_VALUES = 24
_STATUSES: Mapping[str, str] = MappingProxyType(
    {
        "reached": word("Reached"),
        "missed": word("Missed"),
        "not yet": word("Not reached yet"),
        "may be chance": word("Too close to call"),
        "no target": word("No target"),
        "not measured": word("Not measured"),
    }
)


class _Value(NamedTuple):
    """One value of a KPI on one day."""

    day: date | None
    value: float
    low: float | None
    high: float | None
    n: int | None


class KpiTables(SubjectReport):
    """The KPIs of a workshop, part by part; parameters as for its base."""

    @property
    def standings(self) -> tuple[KpiStanding, ...]:
        """Where each KPI stands; of too few people none is measured."""
        return tuple(
            replace(one, status="not measured") if self._is_hidden(one.n) else one
            for one in kpi_standings(self.document)
        )

    def kpis(self) -> Part:
        """Return where each KPI stands against its target, with its interval."""
        standings = self.standings
        if not standings:
            return parts.sentence(
                say("There is no KPI yet: step 1 of the workbook asks for them.")
            )
        rows = []
        for one in standings:
            kpi = self._kpi(one.kpi)
            by = say("by {day}", day=day(kpi.target_date)) if kpi.target_date else ""
            target = NO_VALUE
            if kpi.target is not None:
                target = f"{kpi_number(kpi, kpi.target)} {by}".rstrip()
            rows.append(
                {
                    "kpi": kpi.name,
                    "status": say(_STATUSES[self._status(kpi, one)]),
                    "now": self._now(kpi, _latest(one)),
                    "trend": NO_VALUE
                    if self._is_hidden(one.n)
                    else self._trend_of(kpi),
                    "n": None if self._is_hidden(one.n) else one.n,
                    "day": one.day,
                    "target": target,
                    "owner": self.name(kpi.owner) or say("nobody yet"),
                }
            )
        table = pd.DataFrame(rows)
        table["n"] = table["n"].astype("Int64")
        reached = sum(one.status == "reached" for one in standings)
        heads = {
            "kpi": say("KPI"),
            "status": say("Status"),
            "now": say("Now"),
            "trend": say("Since the one before"),
            "n": "n",
            "day": say("Day"),
            "target": say("Target"),
            "owner": say("Owner"),
        }
        if set(table["trend"]) == {NO_VALUE}:
            del heads["trend"]
        return parts.ranked_table(
            table,
            heads,
            is_ranked=False,
            title=say_count(
                "{reached} of {n} KPI has reached its target",
                "{reached} of {n} KPIs have reached their target",
                len(standings),
                reached=count(reached),
            ),
            subtitle=say(
                "Latest value with its 95 % interval. Too close to call: the target "
                "lies inside the interval."
            ),
            source=say(
                "KPIs are those of all customers, whomever this report is about."
            )
            if self.persona
            else "",
        )

    def _kpi(self, name: str) -> Kpi:
        kpi = self.document[name]
        assert isinstance(kpi, Kpi)
        return kpi

    def _now(self, kpi: Kpi, one: _Value | None) -> str:
        """Return a value with its interval; nothing of too few people."""
        if one is None:
            return say("not measured")
        if self._is_hidden(one.n):
            return say("fewer than {n} people", n=self.case.min_group)
        said = kpi_number(kpi, one.value)
        if one.low is None or one.high is None:
            return said
        measure = _measure_of(kpi)
        low, high = trimmed(one.low, 2), trimmed(one.high, 2)
        ends = say("{low} to {high}", low=low, high=high)
        if measure:
            ends = interval(one.low, one.high, measure)
        return say("{value} ({interval})", value=said, interval=ends)

    def _status(self, kpi: Kpi, one: KpiStanding) -> str:
        """Return a status; what its date has not come for is not missed yet."""
        is_ahead = kpi.target_date is not None and kpi.target_date >= self.today
        return "not yet" if one.status == "missed" and is_ahead else one.status

    def _is_hidden(self, n: int | None) -> bool:
        return n is not None and n < self.case.min_group

    def _reliability(self, n: int | None) -> str:
        return "" if n is None else reliability_of(n, self.case.min_group)

    # --- over time --------------------------------------------------------------------

    def _values(self, kpi: Kpi) -> list[_Value]:
        """Return the values that may be shown, oldest first."""
        known = [_Value(*one) for one in kpi_values(self.document, kpi)]
        return [one for one in known if not self._is_hidden(one.n)]

    def _trend_of(self, kpi: Kpi) -> str:
        """Return by how much the last value differs from the one before."""
        values = self._values(kpi)
        if len(values) < 2:
            return NO_VALUE
        return _step(kpi, values[-1].value - values[-2].value)

    def trend(self) -> Part:
        """Return the KPI with most values over time, against its target."""
        lines = {one.kpi: self._values(self._kpi(one.kpi)) for one in self.standings}
        if not lines:
            return parts.NOTHING
        longest = max(lines, key=lambda name: len(lines[name]))
        values, kpi = lines[longest], self._kpi(longest)
        if len(values) < 2:
            return parts.sentence(
                say(
                    "No KPI has two values yet, so there is no trend: note a value in "
                    "step 14 of the workbook, or bring the next survey."
                )
            )
        shown = values[-_MOST_VALUES:]
        periods = _periods([one.day for one in shown])
        table = pd.DataFrame(
            [
                (period, *one[1:], self._reliability(one.n))
                for period, one in zip(periods, shown, strict=True)
            ],
            columns=["period", "value", "low", "high", "n", "reliability"],
        )
        is_known = kpi.measure in MEASURES
        return parts.figure(
            picture(
                "trend_chart",
                values=table,
                definition=kpi.measure if is_known else "",
                target=kpi.target,
                direction=kpi.direction,
                name=kpi.name,
                unit="" if is_known else kpi.unit,
                source=say("Source: the values of the KPI, by the day of each."),
            )
        )

    def values(self) -> Part:
        """Return every value of each KPI that has two or more, the latest first."""
        rows = []
        for one in self.standings:
            kpi = self._kpi(one.kpi)
            found = self._values(kpi)
            if len(found) < 2:
                continue
            for place in range(len(found) - 1, -1, -1):
                step = found[place].value - found[place - 1].value if place else None
                rows.append(
                    {
                        "kpi": kpi.name,
                        "day": found[place].day,
                        "value": self._now(kpi, found[place]),
                        "n": found[place].n,
                        "change": NO_VALUE if step is None else _step(kpi, step),
                    }
                )
        if not rows:
            return parts.NOTHING
        table = pd.DataFrame(rows)
        table["n"] = table["n"].astype("Int64")
        n = table["kpi"].nunique()
        heads = {
            "kpi": say("KPI"),
            "day": say("Day"),
            "value": say("Value"),
            "n": "n",
            "change": say("Since the one before"),
        }
        return parts.ranked_table(
            table,
            heads,
            is_ranked=False,
            title=say_count(
                "{n} KPI has been measured more than once",
                "{n} KPIs have been measured more than once",
                n,
            ),
        )

    def before_and_after(self) -> Part:
        """Return each KPI with a baseline: then, now, and whether that is chance."""
        rows = []
        for one in self.standings:
            kpi = self._kpi(one.kpi)
            if kpi.baseline is None:
                continue
            now = _latest(one)
            has_both = one.value is not None and not self._is_hidden(one.n)
            rows.append(
                {
                    "kpi": kpi.name,
                    "before": kpi_number(kpi, kpi.baseline),
                    "now": self._now(kpi, now),
                    "change": _step(kpi, one.value - kpi.baseline)
                    if has_both and one.value is not None
                    else NO_VALUE,
                    "verdict": _verdict(kpi, now) if has_both else NO_VALUE,
                }
            )
        if not rows:
            if not self.standings:
                return parts.NOTHING
            return parts.sentence(
                say(
                    "No KPI has a baseline, so before and after cannot be compared: "
                    "write it down in step 1 of the workbook."
                )
            )
        heads = {
            "kpi": say("KPI"),
            "before": say("Before"),
            "now": say("Now"),
            "change": say("Change"),
            "verdict": say("Verdict"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            is_ranked=False,
            title=say_count(
                "{n} KPI has a baseline to compare with",
                "{n} KPIs have a baseline to compare with",
                len(rows),
            ),
            subtitle=say(
                "Baseline as the team wrote it down. May be chance: it lies inside the "
                "interval of today’s value."
            ),
        )

    def kpi_definitions(self) -> Part:
        """Return each KPI's own definition: scale, direction, rule and period."""
        terms = {
            one.name: one.definition
            or (MEASURES[one.measure].text if one.measure in MEASURES else "")
            or say("Not defined yet: step 1 of the workbook asks for it.")
            for one in self.of(Kpi)
        }
        if not terms:
            return parts.NOTHING
        return parts.definitions(terms, heading=say("What the KPIs mean"))


def kpi_number(kpi: Kpi, value: float) -> str:
    """Return a value of a KPI in its unit."""
    measure = _measure_of(kpi)
    if measure:
        return value_text(value, measure)
    return f"{trimmed(value, 2)} {kpi.unit}".rstrip()


def _measure_of(kpi: Kpi) -> str:
    """Return by which measure a KPI is written; empty for one with its own unit."""
    if kpi.measure in MEASURES:
        return kpi.measure
    return "customer_satisfaction_score" if kpi.unit == "share" else ""


def _periods(days: Sequence[date | None]) -> list[str]:
    """Return what the days of values are called: by month, if that tells them apart."""
    months = [month(one) if one else say("no day") for one in days]
    if len(set(months)) == len(months):
        return months
    return [day(one) or say("no day") for one in days]


def _latest(one: KpiStanding) -> _Value | None:
    if one.value is None:
        return None
    return _Value(one.day, one.value, one.low, one.high, one.n)


def _step(kpi: Kpi, step: float) -> str:
    """Return a change with its sign, shares in points of a percent."""
    measure = _measure_of(kpi)
    unit = MEASURES[measure].unit if measure else ""
    if unit == "share":
        return say("{step} points", step=signed(100 * step, 0))
    if unit == "points":
        return signed(step, 1)
    return signed(step, 0 if float(step).is_integer() else 2)


def _verdict(kpi: Kpi, now: _Value | None) -> str:
    if now is None or kpi.baseline is None:
        return NO_VALUE
    if now.low is None or now.high is None:
        return say("no interval")
    if now.low <= kpi.baseline <= now.high:
        return say("may be chance")
    is_up = kpi.direction == "higher is better"
    return say("better") if (now.value > kpi.baseline) == is_up else say("worse")
