"""Purchases that several tests of measures look at: made, from CDNOW, from a shop."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

__all__ = [
    "bought",
    "cdnow_39_weeks",
    "cdnow_purchases",
    "cdnow_summary",
    "retail_purchases",
]

HERE = Path(__file__).parent
RETAIL = HERE / "data" / "online_retail_ii_2009_2010_invoices.csv.gz"


def bought(*rows: tuple[object, object, float]) -> pd.DataFrame:
    """Return a table of purchases from customer, time and amount."""
    who, when, much = zip(*rows, strict=True) if rows else ((), (), ())
    times = pd.to_datetime(pd.Series(when, dtype="object"), format="ISO8601")
    return pd.DataFrame(
        {
            "customer": pd.Series(who, dtype="str"),
            "time": times.astype("datetime64[us]"),
            "amount": pd.Series(much, dtype="float64"),
        }
    )


def _shipped_with_lifetimes(name: str) -> Path:
    """Return a data file of a package that does not import with newer libraries."""
    spec = find_spec("lifetimes")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "datasets" / name


@cache
def cdnow_summary() -> pd.DataFrame:
    """Return the published summary of 39 weeks: ``ID, x, t_x, T, zbar``, in weeks."""
    return pd.read_csv(
        _shipped_with_lifetimes("cdnow_customers_summary_with_transactions.csv")
    )


def cdnow_39_weeks() -> pd.DataFrame:
    """Return that summary as histories of customers, in days."""
    given = cdnow_summary()
    return pd.DataFrame(
        {
            "customer": given["ID"].astype("str"),
            "repeats": given["x"],
            "recency_days": given["t_x"] * 7,
            "age_days": given["T"] * 7,
            "repeat_spend": given["zbar"].where(given["x"] > 0),
        }
    )


@cache
def cdnow_purchases() -> pd.DataFrame:
    """Return the purchases of the sample, 1997 to June 1998.

    The authors count the eight free orders as purchases; here they cost a cent.
    """
    given = pd.read_csv(
        _shipped_with_lifetimes("CDNOW_sample.txt"),
        sep=r"\s+",
        header=None,
        names=["master", "customer", "day", "n_items", "amount"],
        dtype={"customer": "str", "day": "str"},
    )
    times = pd.to_datetime(given["day"], format="%Y%m%d").astype("datetime64[us]")
    return pd.DataFrame(
        {
            "customer": given["customer"],
            "time": times,
            "amount": given["amount"].clip(lower=0.01),
        }
    )


@cache
def retail_purchases() -> pd.DataFrame:
    """Return the invoices of a year of an online gift shop."""
    given = pd.read_csv(RETAIL, dtype={"customer_id": "str", "cancelled": "bool"})
    return pd.DataFrame(
        {
            "customer": given["customer_id"],
            "time": pd.to_datetime(given["date"]).astype("datetime64[us]"),
            "amount": given["amount"],
            "is_cancelled": given["cancelled"],
            "country": given["country"],
        }
    )
