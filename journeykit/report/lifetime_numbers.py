"""The numbers behind the page on customer lifetime value, by its settings."""

from __future__ import annotations

from dataclasses import dataclass

from journeykit.definitions import MEASURES
from journeykit.errors import InputError
from journeykit.language import say
from journeykit.measure.purchase_summary import purchase_summary
from journeykit.measure.result import Result
from journeykit.measure.summary import Summary
from journeykit.model.records import PurchaseMapping
from journeykit.report.purchases_page import PurchasesPage
from journeykit.report.report_numbers import period_of
from journeykit.show.numbers import NBSP, value_text
from journeykit.workshop import Workshop

__all__ = ["LifetimeNumbers", "ValueTerms"]


@dataclass(frozen=True, slots=True)
class ValueTerms:
    """By which choices values are computed; they are printed beside them.

    Parameters
    ----------
    margin_rate
        Share of revenue that is margin, above 0 and up to 1; 0 if it is not known:
        values are revenue then.
    discount
        A year, 0.1 for 10 %.
    horizon_days
        How far the modelled value looks ahead.
    silent_days
        Who has not bought for so many days is lost; 0 to let the data tell.
    top_share
        Share of customers that count as high value, above 0 and up to 1.

    Raises
    ------
    InputError
        If one is out of range.
    """

    margin_rate: float = 0.0
    discount: float = 0.1
    horizon_days: int = 365
    silent_days: int = 0
    top_share: float = 0.1

    def __post_init__(self) -> None:
        """Refuse percents where shares are meant, and days that cannot be."""
        for name in ("margin_rate", "discount", "top_share"):
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise InputError(
                    f"{name} from 0 to 1 was expected, not {share!r}",
                    mend="Write 30 % as 0.3",
                )
        if self.silent_days < 0 or self.horizon_days < 1:
            raise InputError(
                "days were expected: silent_days from 0, horizon_days from 1"
            )


class LifetimeNumbers(PurchasesPage):
    """Kept purchases and what they say by the terms of a page.

    Parameters
    ----------
    workshop
        The workshop.
    file, mapping_file
        As for :class:`journeykit.report.purchases_page.PurchasesPage`.
    terms
        By which choices values are computed; the usual ones if None.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        As for the base.
    """

    def __init__(
        self,
        workshop: Workshop,
        *,
        file: str = "",
        mapping_file: str = "",
        terms: ValueTerms | None = None,
    ) -> None:
        super().__init__(workshop, file=file, mapping_file=mapping_file)
        self.terms = terms or ValueTerms()
        self._summary: tuple[str, Summary] | None = None

    @property
    def summary(self) -> Summary | None:
        """What the kept purchases say by these settings; None without any."""
        if self.data is None or not isinstance(self.data.records, PurchaseMapping):
            return None
        table = self.data.table or ""
        if self._summary is None or self._summary[0] != table:
            found = purchase_summary(
                self.workshop.records(self.data.id),
                self.data.records.groups,
                minimum=self.workshop.case.min_group,
                margin_rate=self.terms.margin_rate or None,
                discount=self.terms.discount,
                horizon_days=self.terms.horizon_days,
                silent_days=self.terms.silent_days or None,
                top=self.terms.top_share,
            )
            self._summary = (table, found)
        return self._summary[1]

    @property
    def held(self) -> str:
        """What values are: revenue, or margin at its rate."""
        rate = self.terms.margin_rate
        if not rate:
            return say("revenue")
        return say("margin ({share} of revenue)", share=f"{rate * 100:g}{NBSP}%")

    @property
    def source(self) -> str:
        """Where numbers are from, for the line below them."""
        if self.data is None:
            return ""
        return say(
            "Source: {title}, {period}.",
            title=self.data.title,
            period=period_of(self.data),
        )

    def money(self, value: float) -> str:
        """Return an amount in the currency of the purchases."""
        mapping = self.data.records if self.data else None
        given = mapping.currency if isinstance(mapping, PurchaseMapping) else ""
        currency = given or self.workshop.case.currency or ""
        text = value_text(value, "clv_to_date")
        return f"{text}{NBSP}{currency}" if currency else text

    def text(self, result: Result) -> str:
        """Return the value of a result for people; empty if it is not shown."""
        if result.value is None:
            return ""
        if MEASURES[result.definition].unit == "money":
            return self.money(result.value)
        return value_text(result.value, result.definition)

    def name(self, entry_id: object) -> str:
        """Return what people call a persona or segment; all customers for None."""
        entry = self.document.get(entry_id if isinstance(entry_id, str) else None)
        return entry.name_for_people if entry else say("All customers")
