"""How good purchases, events, tickets or comments are, in numbers and in sentences.

Nothing is changed and no row is dropped here: what cannot be used stays in the table,
empty, and every measure counts again what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

import pandas as pd
from pydantic import Field

from journeykit.exchange.record_columns import Values
from journeykit.exchange.record_times import Times
from journeykit.exchange.rows import counted
from journeykit.model.base import Fragment

__all__ = ["CustomersBought", "RecordQuality", "RoleQuality", "role_quality"]

_N_SHOWN = 5


class RoleQuality(Fragment):
    """What stands in one mapped column.

    Parameters
    ----------
    role
        What the mapping uses it for.
    column
        Its name in this file.
    n_taken
        Cells that count.
    n_missing
        Empty cells, and words such as ``null`` that say so.
    n_unreadable, unreadable
        Cells that are no time or number, and up to five pairs of row and cell.
    n_outside, outside
        Times before 1980 or after 2099, ratings outside their scale; likewise.
    not_answers
        Declared code to how often it stands there.
    """

    role: str
    column: str
    n_taken: int
    n_missing: int = 0
    n_unreadable: int = 0
    unreadable: tuple[tuple[int, str], ...] = ()
    n_outside: int = 0
    outside: tuple[tuple[int, str], ...] = ()
    not_answers: dict[str, int] = Field(default_factory=dict)


class CustomersBought(Fragment):
    """What customers of a list of purchases have in common.

    Parameters
    ----------
    n_buying
        Customers with a purchase: not cancelled, above 0, at a known time.
    n_first_cancelled
        Customers whose first row is cancelled: what they cancelled was bought before.
    n_only_cancelled
        Customers with nothing but cancelled rows.
    n_cancelled, n_zero, n_below_zero
        Rows that are cancelled; that are 0, or below, without being cancelled.
    """

    n_buying: int = 0
    n_first_cancelled: int = 0
    n_only_cancelled: int = 0
    n_cancelled: int = 0
    n_zero: int = 0
    n_below_zero: int = 0


class RecordQuality(Fragment):
    """The quality report of records; equal to its JSON (``model_dump_json``).

    Parameters
    ----------
    reads
        Kind of the records; empty if nobody said it yet.
    n_rows, n_columns
        Size of the table as it stands in the file.
    n_other
        Rows that the mapping does not count (its rule ``only``).
    roles
        The mapped columns.
    n_duplicate_rows
        Rows that are in all columns like a row above them.
    n_duplicate_ids, duplicate_ids
        Rows whose invoice or ticket stands in a row above, and the first five of these.
    n_customers, n_without_customer
        Different customers, and rows without one.
    period_start, period_end
        First and last day, where the clocks stood.
    bought
        What is only to be said of purchases.
    masked
        Kind of personal data to how often it was masked in texts.
    unmatched
        Names that the mapping matches to no entry, the most frequent twenty.
    n_unmatched
        Rows with such a name.
    """

    reads: Literal["", "purchases", "events", "tickets", "feedback"] = ""
    n_rows: int
    n_columns: int
    n_other: int = 0
    roles: tuple[RoleQuality, ...] = ()
    n_duplicate_rows: int = 0
    n_duplicate_ids: int = 0
    duplicate_ids: tuple[str, ...] = ()
    n_customers: int | None = None
    n_without_customer: int | None = None
    period_start: date | None = None
    period_end: date | None = None
    bought: CustomersBought | None = None
    masked: dict[str, int] = Field(default_factory=dict)
    unmatched: dict[str, int] = Field(default_factory=dict)
    n_unmatched: int = 0

    def sentences(self) -> tuple[str, ...]:
        """Return the report in plain words, most general first."""
        return tuple(_table_sentences(self)) + tuple(
            sentence for role in self.roles for sentence in _role_sentences(role)
        )

    def frame(self) -> pd.DataFrame:
        """Return the report as a table, one row a mapped column.

        Returns
        -------
        pandas.DataFrame
            Columns ``role``, ``column``, ``n_rows``, ``n_taken``, ``n_missing``,
            ``n_unreadable``, ``n_outside``, ``n_not_answers``.
        """
        fields = ("role", "column", "n_taken", "n_missing", "n_unreadable", "n_outside")
        rows = [
            {field: getattr(role, field) for field in fields}
            | {"n_not_answers": sum(role.not_answers.values())}
            for role in self.roles
        ]
        frame = pd.DataFrame(rows, columns=[*fields, "n_not_answers"])
        frame.insert(2, "n_rows", self.n_rows - self.n_other)
        return frame


def role_quality(role: str, column: str, read: Values | Times) -> RoleQuality:
    """Return what stands in a column that was read."""
    codes: Mapping[str, int] = read.not_answers if isinstance(read, Values) else {}
    return RoleQuality(
        role=role,
        column=column,
        n_taken=int(read.values.notna().sum()),
        n_missing=read.n_missing,
        n_unreadable=read.n_unreadable,
        unreadable=read.unreadable,
        n_outside=read.n_outside,
        outside=read.outside,
        not_answers=dict(codes),
    )


def _table_sentences(quality: RecordQuality) -> Iterator[str]:
    rows, columns = counted(quality.n_rows, "row"), counted(quality.n_columns, "column")
    yield f"The table has {rows} and {columns}."
    if quality.n_other:
        n, verb = quality.n_other, "do" if quality.n_other > 1 else "does"
        yield f"{counted(n, 'row')} {verb} not count, as the mapping says."
    if quality.period_start and quality.period_end:
        yield f"From {quality.period_start} to {quality.period_end}."
    if quality.n_customers is not None:
        said = counted(quality.n_customers, "different customer")
        without = quality.n_without_customer or 0
        tail = f"; {counted(without, 'row')} without one" if without else ""
        yield f"{said}{tail}."
    if quality.bought is not None:
        yield from _bought_sentences(quality.bought)
    if quality.n_duplicate_rows:
        n_rows = quality.n_duplicate_rows
        verb = "row is" if n_rows == 1 else "rows are"
        yield f"{n_rows:,} {verb} in every column like one above: imported twice?"
    if quality.n_duplicate_ids:
        n_rows = quality.n_duplicate_ids
        is_ticket = quality.reads == "tickets"
        what = "a ticket" if is_ticket else "an invoice"
        asks = "imported twice?" if is_ticket else "lines of one, or imported twice?"
        verb = "row has" if n_rows == 1 else "rows have"
        ids = ", ".join(quality.duplicate_ids)
        yield f"{n_rows:,} {verb} {what} that stands above ({ids}): {asks}"
    if quality.masked:
        said = ", ".join(f"{kind} {n:,}" for kind, n in quality.masked.items())
        yield f"Personal data masked in texts: {said}."
    if quality.n_unmatched:
        names = [name[:40] for name in list(quality.unmatched)[:_N_SHOWN]]
        more = " ..." if len(quality.unmatched) > _N_SHOWN else ""
        verb = "row has" if quality.n_unmatched == 1 else "rows have"
        yield (
            f"{quality.n_unmatched:,} {verb} a name that is matched to no entry: "
            f"{', '.join(names)}{more}."
        )


def _bought_sentences(bought: CustomersBought) -> Iterator[str]:
    yield f"{counted(bought.n_buying, 'customer')} with a purchase."
    if bought.n_cancelled:
        verb = "is" if bought.n_cancelled == 1 else "are"
        yield f"{counted(bought.n_cancelled, 'row')} {verb} cancelled."
    if bought.n_first_cancelled:
        verb = "begins" if bought.n_first_cancelled == 1 else "begin"
        only = bought.n_only_cancelled
        tail = f", {only:,} of them with nothing else" if only else ""
        said = counted(bought.n_first_cancelled, "customer")
        yield f"{said} {verb} with a cancellation{tail}."
    if bought.n_zero:
        verb = "has" if bought.n_zero == 1 else "have"
        said = counted(bought.n_zero, "row")
        yield f"{said} {verb} amount 0 without being cancelled."
    if bought.n_below_zero:
        verb = "has" if bought.n_below_zero == 1 else "have"
        said = counted(bought.n_below_zero, "row")
        yield f"{said} {verb} an amount below 0 without being cancelled: refunds."


def _role_sentences(role: RoleQuality) -> Iterator[str]:
    name = f"{role.role} ({role.column})"
    for n, cells, what in (
        (role.n_unreadable, role.unreadable, "cannot be read"),
        (role.n_outside, role.outside, _outside_of(role)),
    ):
        if n:
            shown = ", ".join(f"row {row} {cell!r}" for row, cell in cells)
            more = " ..." if n > len(cells) else ""
            yield f"{name}: {counted(n, 'cell')} {what}: {shown}{more}."
    if role.not_answers:
        said = ", ".join(f"{n:,} “{code}”" for code, n in role.not_answers.items())
        yield f"{name}: no answers are {said}."
    if role.n_missing and role.role != "closed":
        verb = "cell is" if role.n_missing == 1 else "cells are"
        yield f"{name}: {role.n_missing:,} {verb} empty."


def _outside_of(role: RoleQuality) -> str:
    if role.role == "rating":
        return "outside the scale"
    return "before 1980 or after 2099, and no times"
