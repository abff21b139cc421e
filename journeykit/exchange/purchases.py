"""Purchases from file to table: invoices or their lines, cancellations, refunds."""

from __future__ import annotations

from os import PathLike
from typing import Any

import pandas as pd

from journeykit.exchange.record_quality import CustomersBought
from journeykit.exchange.record_taking import Taking
from journeykit.exchange.records import Records, read_by
from journeykit.model.records import PurchaseMapping

__all__ = ["read_purchases"]


def read_purchases(
    source: str | PathLike[str] | bytes,
    mapping: PurchaseMapping | None = None,
    **overrides: Any,  # Any: what the readers are told
) -> Records:
    r"""Read purchases, or look at what a file of purchases may hold.

    Parameters
    ----------
    source
        Path of the file, or its content: text, workbook or Parquet.
    mapping
        What the columns mean. Without one nothing is taken.
    **overrides
        ``timezone``, ``dates``, ``decimal`` override the mapping; ``encoding``,
        ``delimiter``, ``header_rows``, ``skip_rows``, ``keep_personal``, ``limits`` and
        the like are as for :func:`journeykit.exchange.tables.read_table`.

    Returns
    -------
    Records
        The table has one row an invoice or line, as in the file: ``customer`` and
        ``time`` (UTC), ``amount``, ``is_cancelled``; ``invoice`` and ``margin`` where
        mapped, and the columns that rules of groups read. What cannot be read is
        missing, and counted in the quality report.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        If the file or the mapping cannot be used.
    TableError
        If most times or amounts cannot be read.

    Examples
    --------
    >>> records = read_purchases(
    ...     b"who,when,total\n7,2026-01-31,5.50\n7,2026-02-01,0\n",
    ...     PurchaseMapping(customer="who", time="when", amount="total"),
    ... )
    >>> records.frame["amount"].tolist(), records.quality.bought.n_zero
    ([5.5, 0.0], 1)
    """
    return read_by(_taken, "purchases", source, mapping, **overrides)


def _taken(taking: Taking) -> tuple[pd.DataFrame, dict[str, Any]]:
    assert isinstance(taking.mapping, PurchaseMapping)
    customer, time = taking.names("customer"), taking.times("time")
    if taking.has("quantity") and taking.has("price"):
        # Rounded, or 6 times 2.55 would be 15.299999999999999.
        amount = (taking.amounts("quantity") * taking.amounts("price")).round(6)
        taking.say("The amount is the quantity times the price.")
    else:
        amount = taking.amounts("amount")
    frame = pd.DataFrame({"customer": customer, "time": time, "amount": amount})
    invoice = taking.names("invoice") if taking.has("invoice") else None
    frame["is_cancelled"] = _is_cancelled(taking, taking.mapping, invoice, amount)
    if invoice is not None:
        frame["invoice"] = invoice
    if taking.has("margin"):
        frame["margin"] = taking.amounts("margin")
    frame = taking.kept(frame).reset_index(drop=True)
    parts = taking.customers(customer) | taking.period(time)
    parts |= {} if invoice is None else taking.repeated(invoice)
    return frame, parts | {"bought": _bought(frame)}


def _is_cancelled(
    taking: Taking,
    mapping: PurchaseMapping,
    invoice: pd.Series | None,
    amount: pd.Series,
) -> pd.Series:
    found = pd.Series(data=False, index=amount.index)
    if taking.has("cancelled"):
        found |= taking.flags("cancelled", mapping.cancelled_values)
    if mapping.cancelled_prefix and invoice is not None:
        prefix = mapping.cancelled_prefix.casefold()
        starts = invoice.str.casefold().str.startswith(prefix)
        found |= starts.fillna(value=False).astype(bool)
    n_above = int((found & (amount > 0)).sum())
    if n_above:
        rows = (
            "1 cancelled row has"
            if n_above == 1
            else f"{n_above:,} cancelled rows have"
        )
        taking.say(f"{rows} an amount above 0; cancelled rows are no purchases.")
    return found


def _bought(frame: pd.DataFrame) -> CustomersBought:
    known = frame[frame["customer"].notna()]
    is_paid = (frame["amount"] > 0) & ~frame["is_cancelled"] & frame["time"].notna()
    by_time = known.sort_values("time", kind="stable")
    first = by_time.drop_duplicates("customer")
    only = known.groupby("customer")["is_cancelled"].all()
    is_open = ~frame["is_cancelled"]
    return CustomersBought(
        n_buying=int(frame.loc[is_paid, "customer"].nunique()),
        n_first_cancelled=int(first["is_cancelled"].sum()),
        n_only_cancelled=int(only.sum()),
        n_cancelled=int(frame["is_cancelled"].sum()),
        n_zero=int((is_open & (frame["amount"] == 0)).sum()),
        n_below_zero=int((is_open & (frame["amount"] < 0)).sum()),
    )
