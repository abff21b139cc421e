"""What customers are worth, who stays, and who brings the most: parts of a page.

Every number has its definition, its interval and what was left out beside it; a model
that cannot be trusted says so before it says its number.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from journeykit.definitions import MEASURES
from journeykit.language import commas, percent, say, say_count
from journeykit.measure.clv import NOT_MARGIN
from journeykit.measure.clv_forecast import MISTRUST
from journeykit.measure.result import Result
from journeykit.report import parts
from journeykit.report.customer_lists import win_back_and_advocates
from journeykit.report.lifetime_numbers import LifetimeNumbers
from journeykit.report.part import Part
from journeykit.report.purchases_page import NO_PURCHASES, WITH_PURCHASES
from journeykit.show.charts import picture
from journeykit.show.numbers import NBSP, count, joined, typeset
from journeykit.show.numbers import interval as interval_text

__all__ = ["LifetimeCustomers"]

_LEVELS = ("clv_to_date", "clv_with_retention", "clv_modelled")
_RATES = ("repeat_purchase_rate", "retention_rate", "churn_rate", "median_survival")
_MOST_SHOWN = 20


class LifetimeCustomers(LifetimeNumbers):
    """What the purchases say of customers, part by part; parameters as for its base."""

    def trust(self) -> Part:
        """Return whether the model can be trusted, and how the numbers were made."""
        if self.summary is None:
            return parts.section(say("Nothing is measured yet"), say(NO_PURCHASES))
        notes = [f"{one.removesuffix('.')}." for one in self.summary.notes]
        faults = [one for one in notes if "cannot be trusted" in one]
        faults += [one for one in notes if one.startswith("No modelled value")]
        rest = [one for one in notes if one not in faults]
        rest.append(
            say(
                "Values are {held}; discount {discount} a year; the model looks {days} "
                "days ahead.",
                held=self.held,
                discount=f"{self.terms.discount * 100:g}{NBSP}%",
                days=self.terms.horizon_days,
            )
        )
        if not faults:
            return parts.sentences(rest, heading=say("How the numbers were made"))
        return parts.sentences(
            [
                say(
                    "Do not decide anything by the modelled value: the two other "
                    "levels stand without it."
                ),
                *faults[:1],
                *rest,
            ],
            heading=say("The modelled value cannot be trusted"),
            folded=faults[1:],
            more=say("What the check on the past says of its own model"),
        )

    def levels(self) -> Part:
        """Return the three named levels side by side, each with its definition."""
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        return parts.found([self._level(name) for name in _LEVELS], heading="")

    def _level(self, name: str) -> tuple[str, str]:
        about = MEASURES[name]
        result = self.summary.results.get(name) if self.summary else None
        definition = f"{say(about.label)}. {typeset(say(about.text))}"
        if result is None or result.value is None:
            why = result.note if result else say("see above")
            return say("Not measured"), say(
                "{definition} Not measured: {why}.", definition=definition, why=why
            )
        mistrust = say(MISTRUST)
        is_bad = mistrust in result.note
        low, high = result.low or 0.0, result.high or 0.0
        left = commas(
            f"{count(n)} {say(why)}" for why, n in result.left_out.items() if n
        )
        note = result.note.partition(f"; {mistrust}")[0]
        said = [
            definition,
            say("Not to be trusted: {value}.", value=self.text(result))
            if is_bad
            else "",
            say(
                "{level} interval {interval} ({how}).",
                level=percent(0.95),
                interval=interval_text(low, high, name),
                how=say(about.interval),
            ),
            say(
                "n {n}; left out: {list}.",
                n=count(result.n),
                list=left or say("nothing"),
            ),
            f"{note[:1].upper()}{note[1:]}." if note else "",
        ]
        if not self.terms.margin_rate and say(NOT_MARGIN) not in result.note:
            said.append(say("Revenue is not margin."))
        text = " ".join(one for one in said if one)
        return (say("Not trusted") if is_bad else self.text(result)), text

    def staying(self) -> Part:
        """Return repeat purchase, retention, churn and median lifetime."""
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        rows = [
            self._row_of(self.summary.results[name])
            for name in _RATES
            if name in self.summary.results
        ]
        kept = self.summary.results["retention_rate"]
        title = (
            say(
                "{share} of the customers stayed ({interval})",
                share=self.text(kept),
                interval=interval_text(
                    kept.low or 0.0, kept.high or 0.0, kept.definition
                ),
            )
            if kept.value is not None
            else say("Too few customers to say who stayed")
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "measure": say("Measure"),
                "value": say("Value"),
                "interval": say("{level} interval", level=percent(0.95)),
                "n": say("Customers"),
                "left_out": say("Left out"),
                "definition": say("Definition"),
            },
            is_ranked=False,
            title=title,
            subtitle=say("Which days are compared stands above."),
            source=self.source,
        )

    def _row_of(self, result: Result) -> dict[str, Any]:
        about = MEASURES[result.definition]
        ends = ""
        if result.low is not None and result.high is not None:
            ends = interval_text(result.low, result.high, result.definition)
        value = self.text(result) or result.note or say("too few customers")
        if result.definition == "median_survival" and result.value is not None:
            value = say("{n} days", n=value).replace(" ", NBSP)
        return {
            "measure": say(about.label),
            "value": value,
            "interval": ends,
            "n": result.n,
            "left_out": commas(
                f"{count(n)} {say(why)}" for why, n in result.left_out.items() if n
            ),
            "definition": typeset(say(about.text)),
        }

    def retention(self) -> Part:
        """Return who bought again, cohort by cohort."""
        return self._drawn("retention_curves", "cohorts", "table")

    def survival(self) -> Part:
        """Return who is still a customer after how long."""
        return self._drawn("survival_curve", "survival", "curve")

    def concentration(self) -> Part:
        """Return how much of the value few customers hold."""
        held = {"held": self.held}
        return self._drawn("clv_concentration", "concentration", "table", **held)

    def _drawn(self, chart: str, table: str, takes: str, **options: str) -> Part:
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        found = self.summary.tables.get(table)
        if found is None or found["value"].isna().all():
            return parts.sentence(say("There are too few customers to draw this."))
        given = {takes: found, "source": self.source, **options}
        return parts.figure(picture(chart, **given))

    def high_value(self) -> Part:
        """Return the customers of the highest value by number, the first twenty."""
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        best = self._best()
        if best is None:
            return parts.sentence(
                say("There are too few customers to list the best of.")
            )
        held = self.summary.results["revenue_concentration"]
        n = len(best)
        shown = best.head(_MOST_SHOWN).copy()
        for name in ("share", "cumulative_share"):
            shown[name] = [percent(one, 1) for one in shown[name]]
        low, high = held.low or 0.0, held.high or 0.0
        return parts.ranked_table(
            shown,
            {
                "customer": say("Customer"),
                "share": say("Share of {held}", held=self.held),
                "cumulative_share": say("Added up"),
            },
            title=say_count(
                "{n} of {total} customers bring {share} of the {held}",
                "{n} of {total} customers bring {share} of the {held}",
                n,
                total=count(held.n),
                share=self.text(held),
                held=self.held,
            ),
            subtitle=say(
                "{level} interval {interval}. The first {n} follow; customers are "
                "listed by their numbers only.",
                level=percent(0.95),
                interval=interval_text(low, high, held.definition),
                n=len(shown),
            ),
            source=self.source,
        )

    def high_value_ids(self) -> Part:
        """Return the numbers of all high-value customers, folded away."""
        best = self._best()
        if best is None:
            return parts.sentence(say("There is no list yet."))
        ids = commas(best["customer"])
        return parts.sentences(
            [say("Pass the list on to those only who may write to customers.")],
            folded=[ids],
            more=say(
                "The numbers of all {n}, the highest value first", n=count(len(best))
            ),
        )

    def _best(self) -> pd.DataFrame | None:
        if self.summary is None or "high_value_customers" not in self.summary.tables:
            return None
        held = self.summary.results["revenue_concentration"]
        best = self.summary.tables["high_value_customers"]
        return None if held.value is None or best.empty else best

    def groups(self) -> Part:
        """Return what a customer of each persona and segment is worth."""
        if self.summary is None:
            return parts.sentence(say(WITH_PURCHASES))
        found = self.summary.tables.get("clv_by_group")
        if found is None:
            return parts.sentence(
                say(
                    "No rule says which customers belong to which persona or segment: "
                    "write one into the mapping of the purchases."
                )
            )
        rows = [self._group_row(row) for row in found.to_dict("records")]
        whole, *others = found.to_dict("records")
        above = [
            self.name(one["group"]) for one in others if one["low"] > whole["high"]
        ]
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "group": say("Customers"),
                "value": say("Mean to date"),
                "interval": say("{level} interval", level=percent(0.95)),
                "n": "n",
                "customers": say("Of customers"),
                "share": say("Of {held}", held=self.held),
                "high": say("High-value ones"),
            },
            is_ranked=False,
            title=say(
                "Worth more than customers as a whole: {names}", names=joined(above)
            )
            if above
            else say("Nobody is clearly worth more than customers as a whole"),
            subtitle=say(
                "Intervals that overlap may differ by chance only. A customer may "
                "belong to several."
            ),
            source=self.source,
        )

    def _group_row(self, row: dict[Any, Any]) -> dict[str, Any]:
        is_shown = pd.notna(row["value"])
        ends = (row["low"], row["high"], "clv_to_date")

        def said(share: float) -> str:
            return "" if pd.isna(share) else percent(share)

        return {
            "group": self.name(row["group"]),
            "value": self.money(row["value"]) if is_shown else say("too few"),
            "interval": interval_text(*ends) if is_shown else "",
            "n": int(row["n"]),
            "customers": said(row["customer_share"]),
            "share": said(row["value_share"]),
            "high": count(int(row["n_high_value"])) if is_shown else "",
        }

    def win_back(self) -> Part:
        """Return detractors to win back and promoters to ask, by number only."""
        work = self.workshop
        return win_back_and_advocates(
            [
                (one.title, work.survey(one.id), one.mapping)
                for one in work.data_sets()
                if one.mapping is not None
            ],
            minimum=work.case.min_group,
        )
