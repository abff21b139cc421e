"""What pain costs: customers who drop off between touchpoints, and value at stake.

The notebook ``07_pain_points`` shows these parts. Both come from data or are refused.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from journeykit.check.as_it_is import as_it_is
from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import percent, say, semicolons, word
from journeykit.layout.emotion_curve import chosen_journey, columns_in_order
from journeykit.measure.purchase_summary import usual_silence_days
from journeykit.measure.purchases import purchase_days
from journeykit.measure.result import Result
from journeykit.measure.touched_customers import touched_customers
from journeykit.measure.value_at_stake import values_at_stake
from journeykit.model import Document, Measurement, PainPoint
from journeykit.model.records import PurchaseMapping
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.show.charts import picture
from journeykit.show.numbers import NBSP, count, typeset, with_interval
from journeykit.workshop import Workshop

__all__ = ["CostPage"]

_DROP = "drop_off_rate"
_VALUES = ("clv_modelled", "clv_with_retention", "clv_to_date")
_NO_EVENTS = word(
    "How many customers drop off between two touchpoints was not measured. Bring "
    "events: journeykit import WORKSHOP FILE --reads events."
)
_NO_STAKE = word(
    "The value at stake cannot be said: it needs purchases and events of the same "
    "customers, so that those whom a pain point touched can be held against those whom "
    "it did not. A rate of churn alone says nothing about a pain point."
)
_NO_VALUE = word(
    "The value at stake cannot be said: nobody measured yet what a customer is worth "
    "(notebook 17, customer lifetime value)."
)
_NO_PAINS = word("There are no pain points yet.")


class CostPage:
    """What the pain points of a workshop cost, as far as data say.

    Parameters
    ----------
    workshop
        The workshop.
    """

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.document: Document = as_it_is(workshop.document())
        self.minimum = workshop.case.min_group

    def drop_off(self) -> Part:
        """Return how many customers are lost before each touchpoint, in map order."""
        by_day = sorted(
            self.document.of(Measurement), key=lambda one: one.day or date.min
        )
        here = {  # the newest stays
            one.subject: one
            for one in by_day
            if one.definition == _DROP and one.persona is None and one.subject
        }
        journey = chosen_journey(self.document, None)
        order = [one for _, one in columns_in_order(self.document, journey) if one]
        rows = []
        for place, touchpoint in enumerate(order):
            found = here.get(touchpoint.id)
            if found is None or found.value is None or found.low is None:
                continue
            before = next(
                (one for one in reversed(order[:place]) if self._is_seen(one.id)), None
            )
            rows.append(
                {
                    "before": before.name if before else say("the step before"),
                    "after": touchpoint.name,
                    "value": found.value,
                    "said": with_interval(
                        found.value, found.low, found.high or 1.0, _DROP
                    ).replace(" ", NBSP),
                    "n": count(found.n),
                    "pains": self._pains_at(touchpoint.id),
                }
            )
        if not rows:
            return parts.sentence(say(_NO_EVENTS))
        worst = max(rows, key=lambda row: float(str(row["value"])))
        share = percent(float(str(worst["value"])))
        return parts.ranked_table(
            pd.DataFrame(rows),
            {
                "before": say("From"),
                "after": say("To"),
                "said": say("Drop off"),
                "n": say("Of customers"),
                "pains": say("Pain points there"),
            },
            title=say(
                "Most are lost before “{name}”: {share}",
                name=worst["after"],
                share=share,
            ),
            subtitle=say(
                "{meaning} With {level} interval (Wilson), in the order of the map.",
                meaning=typeset(say(MEASURES[_DROP].text)),
                level=percent(0.95),
            ),
        )

    def _is_seen(self, touchpoint: str) -> bool:
        """Whether anybody was seen at a touchpoint in the events."""
        return any(
            one.subject == touchpoint
            and one.definition in ("reach_rate", _DROP)
            and (one.value or one.definition == _DROP)
            for one in self.document.of(Measurement)
        )

    def _pains_at(self, touchpoint: str) -> str:
        return semicolons(
            one.text
            for one in self.document.of(PainPoint)
            if one.touchpoint == touchpoint and one.status != "resolved"
        )

    # --- value at stake ---------------------------------------------------------------

    def why_no_stake(self) -> str:
        """Return why the value at stake cannot be said; empty if it can."""
        if not self._open_pains():
            return say(_NO_PAINS)
        if not self.workshop.data_sets("purchases"):
            return say(_NO_STAKE)
        if not self.workshop.data_sets("events"):
            return say(_NO_STAKE)
        return "" if self._worth() else say(_NO_VALUE)

    def stakes(self) -> pd.DataFrame:
        """Return what each pain point may cost: a row each, the largest first.

        Only where :meth:`why_no_stake` says nothing.
        """
        bought = self.workshop.data_sets("purchases")[0]
        seen = self.workshop.data_sets("events")[0]
        days = purchase_days(self.workshop.records(bought.id))
        table = touched_customers(
            days,
            self.workshop.records(seen.id, "events"),
            {name: one.touchpoint for name, one in self._open_pains().items()},
            silence_days=usual_silence_days(days),
        )
        worth = self._worth()
        if worth is None:
            raise InputError("the value of a customer was expected to be measured")
        return values_at_stake(table, worth, minimum=self.minimum)

    def value_at_stake(self) -> Part:
        """Return what each pain point may cost, as a range; or why nobody can say."""
        why_not = self.why_no_stake()
        if why_not:
            return parts.sentence(why_not)
        bought = self.workshop.data_sets("purchases")[0]
        seen = self.workshop.data_sets("events")[0]
        silence = usual_silence_days(purchase_days(self.workshop.records(bought.id)))
        mapping, worth = bought.records, self._worth()
        currency = mapping.currency if isinstance(mapping, PurchaseMapping) else ""
        measure = say(MEASURES[worth.definition].label) if worth else ""
        return parts.figure(
            picture(
                "value_at_stake",
                table=self.stakes(),
                names={
                    name: one.name_for_people
                    for name, one in self._open_pains().items()
                },
                currency=currency or "",
                source=say(
                    "Touched: seen at the touchpoint. Left: bought nothing for "
                    "{days} days. {measure}. {purchases}; {events}.",
                    days=silence,
                    measure=measure,
                    purchases=bought.title,
                    events=seen.title,
                ),
            )
        )

    def _open_pains(self) -> dict[str, PainPoint]:
        return {
            one.id: one
            for one in self.document.of(PainPoint)
            if one.status != "resolved"
        }

    def _worth(self) -> Result | None:
        """Return what a customer is worth, by the fullest way that was measured."""
        for definition in _VALUES:
            for one in self.document.of(Measurement):
                is_it = one.definition == definition and one.persona is None
                if is_it and one.value is not None:
                    return Result(definition, one.value, one.low, one.high, one.n)
        return None
