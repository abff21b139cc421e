"""How the columns of purchases, events, tickets and feedback are to be read.

A mapping is kept in the workshop itself, and may be kept as a file of its own: another
shop or another log then works through that file alone. Where a column is called
otherwise in other exports, ``renamed`` says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar, Literal

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from journeykit.model.base import (
    Code,
    EntryId,
    Fragment,
    Ref,
    TouchpointId,
    Word,
)
from journeykit.model.codebook import Codebook
from journeykit.model.survey import Column, Condition, Group, Scale

__all__ = [
    "AnyRecordMapping",
    "EventMapping",
    "FeedbackMapping",
    "PurchaseMapping",
    "Rating",
    "RecordMapping",
    "TicketMapping",
]

_PersonaOrSegment = Annotated[EntryId, Ref(("persona", "segment"))]


class Rating(Fragment):
    """A column of ratings beside each record, and their declared scale.

    Parameters
    ----------
    column
        Column of the ratings.
    scale
        The declared scale, with the codes that are no ratings.
    asks
        ``satisfaction`` gives CSAT and a mean, ``recommend`` NPS, ``effort`` CES.
    """

    column: Column
    scale: Scale
    asks: Literal["satisfaction", "recommend", "effort"] = "satisfaction"


class RecordMapping(Fragment):
    """What the mappings of all records have in common.

    Parameters
    ----------
    timezone
        Where the clocks stood if times have no zone, ``Europe/Berlin``; UTC if empty.
    dates
        Which comes first in 3/4/2026; empty if the column itself tells.
    decimal
        The decimal sign of amounts; empty if the column itself tells.
    only
        Tests that all must hold for a row to count; other rows are left out.
    groups
        Rules for personas and segments.
    renamed
        Column of this mapping to its names in other files.
    """

    reads: str
    timezone: Word = ""
    dates: Literal["", "d/m", "m/d"] = ""
    decimal: Literal["", ".", ","] = ""
    only: tuple[Condition, ...] = ()
    groups: tuple[Group, ...] = ()
    renamed: dict[Column, tuple[Column, ...]] = Field(default_factory=dict)

    roles: ClassVar[tuple[str, ...]] = ()
    """Fields that name a column, or several."""

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # Defaults are left out of a stored entry, but this one tells what it is.
        plain: dict[str, Any] = handler(self)
        return {"reads": self.reads} | plain

    def columns(self) -> Iterator[tuple[str, str]]:
        """Yield role and column of everything that the mapping names."""
        for role in self.roles:
            named = getattr(self, role)
            if isinstance(named, Rating):
                yield role, named.column
            elif isinstance(named, tuple):
                yield from ((role, column) for column in named)
            elif named is not None:
                yield role, named
        for condition in self.only:
            yield "rule for what counts", condition.column
        for group in self.groups:
            for condition in group.conditions:
                yield f"rule of {group.subject}", condition.column


class PurchaseMapping(RecordMapping):
    """Which column of a list of purchases means what; a row is an invoice or a line.

    Parameters
    ----------
    customer
        Column of the customers' numbers.
    time
        Column of the time of the purchase.
    amount
        Column of the amounts; None if *quantity* and *price* are to be multiplied.
    quantity, price
        Columns of the number of pieces and of the price of one.
    invoice
        Column of the invoices' numbers.
    cancelled
        Column that says whether a purchase was cancelled.
    cancelled_values
        What stands there if it was; yes, true, 1 and the like if empty.
    cancelled_prefix
        How the number of a cancelled invoice begins: ``C``.
    margin
        Column of what is left of the amount after the costs.
    currency
        What amounts are in, ``GBP``; it is printed beside them.
    """

    reads: Literal["purchases"] = "purchases"
    customer: Column
    time: Column
    amount: Column | None = None
    quantity: Column | None = None
    price: Column | None = None
    invoice: Column | None = None
    cancelled: Column | None = None
    cancelled_values: tuple[Code, ...] = ()
    cancelled_prefix: Code = ""
    margin: Column | None = None
    currency: Word = ""

    roles: ClassVar[tuple[str, ...]] = (
        *("customer", "time", "amount", "quantity", "price"),
        *("invoice", "cancelled", "margin"),
    )

    @model_validator(mode="after")
    def _has_one_amount(self) -> PurchaseMapping:
        is_computed = self.quantity is not None and self.price is not None
        is_half = (self.quantity is None) != (self.price is None)
        if is_half or (self.amount is not None) == is_computed:
            raise ValueError("an amount was expected, or a quantity and a price")
        if self.cancelled_prefix and self.invoice is None:
            raise ValueError("cancelled_prefix needs the column of the invoices")
        if self.cancelled_values and self.cancelled is None:
            raise ValueError("cancelled_values needs the column that says cancelled")
        return self


class EventMapping(RecordMapping):
    """Which column of an event log means what; a row is one thing that happened.

    Parameters
    ----------
    customer
        Column of the customers, cases or users.
    activity
        Column of what happened.
    time
        Column of when.
    session
        Column of the visits, if one customer has several.
    persona
        Column of a persona or segment.
    rating
        Column and scale of a rating, if events carry one.
    activities
        What happened, as it stands in the file, to the touchpoint that it is.
    personas
        Value of the column *persona* to the entry that it is.
    """

    reads: Literal["events"] = "events"
    customer: Column
    activity: Column
    time: Column
    session: Column | None = None
    persona: Column | None = None
    rating: Rating | None = None
    activities: dict[Column, TouchpointId] = Field(default_factory=dict)
    personas: dict[Column, _PersonaOrSegment] = Field(default_factory=dict)

    roles: ClassVar[tuple[str, ...]] = (
        *("customer", "activity", "time", "session", "persona", "rating"),
    )


class TicketMapping(RecordMapping):
    """Which column of a list of tickets or complaints means what.

    Parameters
    ----------
    ticket
        Column of the tickets' numbers.
    created, closed
        Columns of when it was opened and closed; an open one has no time there.
    text
        Columns of what the customer wrote, such as subject and description.
    customer, status, topic, channel
        Columns of these.
    rating
        Column and scale of a rating of the help that was given.
    topics
        Value of the column *topic* to the touchpoint that it is about.
    codebook
        The team's themes; a starter in the language of the workshop if None.
    """

    reads: Literal["tickets"] = "tickets"
    ticket: Column
    created: Column
    closed: Column | None = None
    text: tuple[Column, ...] = ()
    customer: Column | None = None
    status: Column | None = None
    topic: Column | None = None
    channel: Column | None = None
    rating: Rating | None = None
    topics: dict[Column, TouchpointId] = Field(default_factory=dict)
    codebook: Codebook | None = None

    roles: ClassVar[tuple[str, ...]] = (
        *("ticket", "created", "closed", "text", "customer"),
        *("status", "topic", "channel", "rating"),
    )


class FeedbackMapping(RecordMapping):
    """Which column of a list of comments means what.

    Parameters
    ----------
    text
        Columns of what people wrote; several are joined.
    time, customer
        Columns of when, and of who.
    touchpoint
        Column of what it is about.
    persona
        Column of a persona or segment.
    rating
        Column and scale of a rating.
    touchpoints
        Value of the column *touchpoint* to the entry that it is.
    personas
        Value of the column *persona* to the entry that it is.
    codebook
        The team's themes; a starter in the language of the workshop if None.
    """

    reads: Literal["feedback"] = "feedback"
    text: Annotated[tuple[Column, ...], Field(min_length=1)]
    time: Column | None = None
    customer: Column | None = None
    touchpoint: Column | None = None
    persona: Column | None = None
    rating: Rating | None = None
    touchpoints: dict[Column, TouchpointId] = Field(default_factory=dict)
    personas: dict[Column, _PersonaOrSegment] = Field(default_factory=dict)
    codebook: Codebook | None = None

    roles: ClassVar[tuple[str, ...]] = (
        *("text", "time", "customer", "touchpoint", "persona", "rating"),
    )


AnyRecordMapping = Annotated[
    PurchaseMapping | EventMapping | TicketMapping | FeedbackMapping,
    Field(discriminator="reads"),
]
"""The mapping of whatever records a data set holds, told apart by ``reads``."""
