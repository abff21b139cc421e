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
from journeykit.language import day, decimals, percent, say, say_count, word
from journeykit.model import Journey, Kpi, Persona, Segment, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.lifetime_customers import LifetimeCustomers
from journeykit.report.part import Part
from journeykit.report.purchases_page import WITH_PURCHASES
from journeykit.show.guide import Guide
from journeykit.show.guide_acts import act
from journeykit.show.guide_value import high_value_tree
from journeykit.show.numbers import NBSP, count, joined, signed, typeset, value_text
from journeykit.show.numbers import interval as interval_text

__all__ = ["LifetimePage"]

_MODELLED, _CARRIED_ON = word("modelled"), word("repeat rate carried on")
_FORECASTS_OF = (word("purchase days"), word("revenue"))
"""What forecasts are of, for ``say``."""
_STATUSES = (
    *(word("reached"), word("missed"), word("may be chance")),
    *(word("no target"), word("not measured")),
)
"""Where a KPI stands, for ``say``."""


class LifetimePage(LifetimeCustomers):
    """The five parts of the step; parameters as for its base."""

    def map(self) -> Part:
        """Return what the map holds, and whom it shows as of high value."""
        document = self.document
        journeys = [one for one in document.of(Journey) if one.state == "current"]
        places = document.of(Touchpoint)
        if not places:
            return parts.sentence(
                say("There is no touchpoint on the map yet: steps 4 and 6 come first.")
            )
        rated = sum(one.bears_on_clv is not None for one in places)
        groups: list[Persona | Segment] = list(document.of(Persona))
        groups += document.of(Segment)
        high = [one.name_for_people for one in groups if one.is_high_value]
        name = journeys[0].name if journeys else say("The map")
        return parts.sentences(
            [
                say(
                    "{name}: {n_stages} stages, {n_touchpoints} touchpoints.",
                    name=name,
                    n_stages=count(len(document.of(Stage))),
                    n_touchpoints=count(len(places)),
                ),
                say(
                    "{n} of {total} touchpoints say how much they bear on lifetime "
                    "value.",
                    n=count(rated),
                    total=count(len(places)),
                ),
                say("Of high value: {names}.", names=joined(high))
                if high
                else say("Nobody is marked as of high value yet."),
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
                say("No KPI is about retention or lifetime value yet: add one below.")
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
                    "status": say(standing.status),
                }
            )
        reached = sum(standings[kpi.id].status == "reached" for kpi in chosen)
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "kpi": say("KPI"),
                "now": say("Now"),
                "interval": say("{level} interval", level=percent(0.95)),
                "n": say("Customers"),
                "target": say("Target"),
                "by": say("Due by"),
                "status": say("Status"),
            },
            is_ranked=False,
            title=say_count(
                "{n_reached} of {n} targets are reached",
                "{n_reached} of {n} targets are reached",
                len(rows),
                n_reached=count(reached),
            ),
            subtitle=say(
                "“May be chance”: the target lies inside the interval. Now is measured "
                "by the usual settings, as it is kept in the workshop."
            ),
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
            return parts.sentence(say(WITH_PURCHASES))
        seen = found.dropna(subset=["value"])
        if seen.empty:
            return parts.sentence(
                say("No cohort was seen long enough to tell a growth.")
            )
        rows = [self._cohort_row(row) for row in seen.to_dict("records")]
        waiting = len(found) - len(seen)
        later = (
            say("{n} younger cohorts were not seen that long.", n=count(waiting))
            if waiting > 1
            else ""
        )
        about = MEASURES["clv_growth_rate"]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "cohort": say("First bought in"),
                "value": say("Mean value"),
                "interval": say("{level} interval", level=percent(0.95)),
                "n": say("Customers"),
                "growth": say("Growth"),
                "note": say("Note"),
            },
            is_ranked=False,
            title=self._growth_title(seen.to_dict("records")),
            subtitle=say(
                "Value in the first {days} days. {measure}: {meaning} {more}",
                days=int(seen["age"].iloc[0]),
                measure=say(about.label),
                meaning=typeset(say(about.text)),
                more=later,
            ).rstrip(),
            source=self.source,
        )

    def _growth_title(self, rows: list[dict[Any, Any]]) -> str:
        last = rows[-1]
        if len(rows) < 2 or pd.isna(last["growth_rate"]):
            return say("No growth can be told yet")
        before = rows[-2]
        overlap = last["low"] <= before["high"] and before["low"] <= last["high"]
        words = {
            "cohort": last["cohort"],
            "before": before["cohort"],
            "change": _change(last["growth_rate"]),
        }
        if overlap:
            return say(
                "{cohort} against {before}: {change}, which may be chance", **words
            )
        return say("{cohort} against {before}: {change}", **words)

    def _cohort_row(self, row: dict[Any, Any]) -> dict[str, Any]:
        rate = row["growth_rate"]
        return {
            "cohort": row["cohort"],
            "value": self.money(row["value"]),
            "interval": interval_text(row["low"], row["high"], "clv_to_date"),
            "n": int(row["n"]),
            "growth": "" if pd.isna(rate) else _change(rate),
            "note": row["note"],
        }

    def backtest(self) -> Part:
        """Return how the model would have foreseen the past, beside carrying on."""
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        found = self.summary.tables.get("backtest")
        if found is None or found["value"].isna().all():
            return parts.sentence(say("No forecast could be held against what came."))
        rows = [self._forecast_row(row) for row in found.to_dict("records")]
        days = found[found["of"] == "purchase days"].set_index("forecast")
        errors = days["error_share"]
        modelled, plain = errors[_MODELLED], errors[_CARRIED_ON]
        better = abs(modelled) < abs(plain)
        words = {
            "forecast": say(_CARRIED_ON),
            "error": _change(modelled),
            "other": _change(plain),
        }
        title = (
            say(
                "The model came nearer than “{forecast}”: {error} against {other}",
                **words,
            )
            if better
            else say(
                "The model was no better than “{forecast}”: {error} against {other}",
                **words,
            )
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "of": say("Of all customers"),
                "forecast": say("Forecast"),
                "value": say("Foreseen"),
                "interval": say("{level} interval", level=percent(0.95)),
                "actual": say("Came"),
                "error": say("Error"),
                "mean_error": say("Mean error a customer"),
            },
            is_ranked=False,
            title=title,
            subtitle=say(
                "Fitted to the first two thirds of the time, held against the rest; n "
                "{n}. Without purchases of new customers.",
                n=count(int(found["n"].iloc[0])),
            ),
            source=self.source,
        )

    def _forecast_row(self, row: dict[Any, Any]) -> dict[str, Any]:
        is_money = row["of"] == "revenue"

        def said(value: float) -> str:
            if pd.isna(value):
                return ""
            return self.money(value) if is_money else count(round(value))

        ends = (
            ""
            if pd.isna(row["low"])
            else say("{low} to {high}", low=said(row["low"]), high=said(row["high"]))
        )
        error = row["error_share"]
        return {
            "of": say(row["of"]),
            "forecast": say(row["forecast"]),
            "value": said(row["value"]),
            "interval": ends or say("not known"),
            "actual": said(row["actual"]),
            "error": "" if pd.isna(error) else _change(error),
            "mean_error": self.money(row["mean_error"])
            if is_money
            else decimals(row["mean_error"], 2),
        }


def _change(share: float) -> str:
    return f"{signed(share * 100, 0)}{NBSP}%"
