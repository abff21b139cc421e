"""Customer lifetime value in five parts: map, customers, processes, touch, measure.

The notebook ``17_customer_lifetime_value`` shows these parts. Where there are no
purchases each says so, and the parts on touchpoints and targets work all the same.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from journeykit.check.done_when_value import VALUE_MEASURES
from journeykit.check.kpi_status import kpi_standings
from journeykit.definitions import MEASURES
from journeykit.language import day
from journeykit.model import Journey, Kpi, Persona, Segment, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.lifetime_customers import LifetimeCustomers
from journeykit.report.parts import Part
from journeykit.report.purchases_page import WITH_PURCHASES
from journeykit.show.guide import Guide
from journeykit.show.guide_acts import act
from journeykit.show.guide_value import high_value_tree
from journeykit.show.numbers import NBSP, count, joined, signed, typeset, value_text
from journeykit.show.numbers import interval as interval_text

__all__ = ["LifetimePage"]

_MODELLED, _CARRIED_ON = "modelled", "repeat rate carried on"


class LifetimePage(LifetimeCustomers):
    """The five parts of the step; parameters as for its base."""

    def map(self) -> Part:
        """Return what the map holds, and whom it shows as of high value."""
        document = self.document
        journeys = [one for one in document.of(Journey) if one.state == "current"]
        places = document.of(Touchpoint)
        if not places:
            return parts.sentence(
                "There is no touchpoint on the map yet: steps 4 and 6 come first."
            )
        rated = sum(one.bears_on_clv is not None for one in places)
        groups: list[Persona | Segment] = list(document.of(Persona))
        groups += document.of(Segment)
        high = [one.name_for_people for one in groups if one.is_high_value]
        name = journeys[0].name if journeys else "The map"
        return parts.sentences(
            [
                f"{name}: {len(document.of(Stage))} stages, {len(places)} touchpoints.",
                f"{rated} of {len(places)} touchpoints say how much they bear on "
                "lifetime value.",
                f"Of high value: {joined(high)}."
                if high
                else "Nobody is marked as of high value yet.",
            ]
        )

    def mark_high_value(self) -> Guide:
        """Return personas and segments with their value, each with a button to mark."""
        return Guide(
            self.workshop,
            high_value_tree,
            "Who is of high value",
            partial(act, self.workshop),
        )

    # --- measure ----------------------------------------------------------------------

    def targets(self) -> Part:
        """Return where the KPIs on retention and value stand against their targets."""
        chosen = [one for one in self.document.of(Kpi) if one.measure in VALUE_MEASURES]
        if not chosen:
            return parts.sentence(
                "No KPI is about retention or lifetime value yet: add one below."
            )
        standings = {one.kpi: one for one in kpi_standings(self.document)}
        rows = []
        for kpi in chosen:
            standing = standings[kpi.id]
            of = partial(self._of_kpi, kpi)
            rows.append(
                {
                    "kpi": kpi.name,
                    "now": of(standing.value),
                    "interval": interval_text(standing.low, standing.high, kpi.measure)
                    if standing.low is not None and standing.high is not None
                    else "",
                    "n": "" if standing.n is None else count(standing.n),
                    "target": of(kpi.target),
                    "by": day(kpi.target_date),
                    "status": standing.status,
                }
            )
        reached = sum(row["status"] == "reached" for row in rows)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "kpi": "KPI",
                "now": "Now",
                "interval": f"95{NBSP}% interval",
                "n": "Customers",
                "target": "Target",
                "by": "By",
                "status": "Status",
            },
            is_ranked=False,
            title=f"{reached} of {len(rows)} targets are reached",
            subtitle="“May be chance”: the target lies inside the interval. Now is "
            "measured by the usual settings, as it is kept in the workshop.",
        )

    def _of_kpi(self, kpi: Kpi, value: float | None) -> str:
        if value is None:
            return ""
        is_money = MEASURES[kpi.measure].unit == "money"
        return self.money(value) if is_money else value_text(value, kpi.measure)

    def growth(self) -> Part:
        """Return whether customers become worth more, cohort by cohort of one age."""
        found = self.summary.tables.get("clv_by_cohort") if self.summary else None
        if found is None:
            return parts.sentence(WITH_PURCHASES)
        seen = found.dropna(subset=["value"])
        if seen.empty:
            return parts.sentence("No cohort was seen long enough to tell a growth.")
        rows = [self._cohort_row(row) for row in seen.to_dict("records")]
        waiting = len(found) - len(seen)
        later = (
            f" {waiting} younger cohorts were not seen that long."
            if waiting > 1
            else ""
        )
        about = MEASURES["clv_growth_rate"]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "cohort": "First bought in",
                "value": "Mean value",
                "interval": f"95{NBSP}% interval",
                "n": "Customers",
                "growth": "Growth",
                "note": "Note",
            },
            is_ranked=False,
            title=self._growth_title(seen.to_dict("records")),
            subtitle=f"Value in the first {int(seen['age'].iloc[0])} days. "
            f"{about.label}: {typeset(about.text)}{later}",
            source=self.source,
        )

    def _growth_title(self, rows: list[dict[Any, Any]]) -> str:
        last = rows[-1]
        if len(rows) < 2 or pd.isna(last["growth_rate"]):
            return "No growth can be told yet"
        before = rows[-2]
        overlap = last["low"] <= before["high"] and before["low"] <= last["high"]
        change = f"{signed(last['growth_rate'] * 100, 0)}{NBSP}%"
        said = f"{last['cohort']} against {before['cohort']}: {change}"
        return f"{said}, which may be chance" if overlap else said

    def _cohort_row(self, row: dict[Any, Any]) -> dict[str, Any]:
        rate = row["growth_rate"]
        return {
            "cohort": row["cohort"],
            "value": self.money(row["value"]),
            "interval": interval_text(row["low"], row["high"], "clv_to_date"),
            "n": int(row["n"]),
            "growth": "" if pd.isna(rate) else f"{signed(rate * 100, 0)}{NBSP}%",
            "note": row["note"],
        }

    def backtest(self) -> Part:
        """Return how the model would have foreseen the past, beside carrying on."""
        if self.summary is None:
            return parts.sentence(WITH_PURCHASES)
        found = self.summary.tables.get("backtest")
        if found is None or found["value"].isna().all():
            return parts.sentence("No forecast could be held against what came.")
        rows = [self._forecast_row(row) for row in found.to_dict("records")]
        days = found[found["of"] == "purchase days"].set_index("forecast")
        errors = days["error_share"]
        modelled, plain = errors[_MODELLED], errors[_CARRIED_ON]
        better = abs(modelled) < abs(plain)
        verdict = "came nearer than" if better else "was no better than"
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "of": "Of all customers",
                "forecast": "Forecast",
                "value": "Foreseen",
                "interval": f"95{NBSP}% interval",
                "actual": "Came",
                "error": "Error",
                "mean_error": "Mean error a customer",
            },
            is_ranked=False,
            title=f"The model {verdict} “{_CARRIED_ON}”: "
            f"{signed(modelled * 100, 0)}{NBSP}% against "
            f"{signed(plain * 100, 0)}{NBSP}%",
            subtitle="Fitted to the first two thirds of the time, held against the "
            f"rest; n {count(int(found['n'].iloc[0]))}. Without purchases of new "
            "customers.",
            source=self.source,
        )

    def _forecast_row(self, row: dict[Any, Any]) -> dict[str, Any]:
        is_money = row["of"] == "revenue"

        def said(value: float) -> str:
            if pd.isna(value):
                return ""
            return self.money(value) if is_money else count(round(value))

        ends = (
            "" if pd.isna(row["low"]) else f"{said(row['low'])} to {said(row['high'])}"
        )
        error = row["error_share"]
        return {
            "of": row["of"],
            "forecast": row["forecast"],
            "value": said(row["value"]),
            "interval": ends or "not known",
            "actual": said(row["actual"]),
            "error": "" if pd.isna(error) else f"{signed(error * 100, 0)}{NBSP}%",
            "mean_error": self.money(row["mean_error"])
            if is_money
            else f"{row['mean_error']:.2f}",
        }
