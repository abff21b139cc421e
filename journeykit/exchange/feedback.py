"""Comments from file to table, personal data masked."""

from __future__ import annotations

from os import PathLike
from typing import Any

import pandas as pd

from journeykit.exchange.record_taking import Taking
from journeykit.exchange.records import Records, read_by
from journeykit.model.records import FeedbackMapping

__all__ = ["read_feedback"]


def read_feedback(
    source: str | PathLike[str] | bytes,
    mapping: FeedbackMapping | None = None,
    **overrides: Any,  # Any: what the readers are told
) -> Records:
    r"""Read comments, or look at what a file of comments may hold.

    Parameters
    ----------
    source
        Path of the file, or its content: text, workbook or Parquet.
    mapping
        What the columns mean. Without one nothing is taken.
    **overrides
        As for :func:`journeykit.exchange.purchases.read_purchases`.

    Returns
    -------
    Records
        The table has one row a comment, as in the file: ``text`` (personal data
        masked); where mapped ``time`` (UTC), ``customer``, ``touchpoint`` and
        ``persona`` (the entry that the name is matched to, or the name), ``rating``.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        If the file or the mapping cannot be used.
    TableError
        If most times or ratings cannot be read.

    Examples
    --------
    >>> records = read_feedback(
    ...     b"comment,place\nToo loud,Gate B\n",
    ...     FeedbackMapping(
    ...         text=("comment",), touchpoint="place", touchpoints={"Gate B": "tp-gate"}
    ...     ),
    ... )
    >>> records.frame.to_dict("records")
    [{'text': 'Too loud', 'touchpoint': 'tp-gate'}]
    """
    return read_by(_taken, "feedback", source, mapping, **overrides)


def _taken(taking: Taking) -> tuple[pd.DataFrame, dict[str, Any]]:
    assert isinstance(taking.mapping, FeedbackMapping)
    frame = pd.DataFrame({"text": taking.texts("text")})
    parts: dict[str, Any] = {}
    if taking.has("time"):
        frame["time"] = taking.times("time")
        parts |= taking.period(frame["time"])
    if taking.has("customer"):
        frame["customer"] = taking.names("customer")
        parts |= taking.customers(frame["customer"])
    for role in ("touchpoint", "persona"):
        if taking.has(role):
            frame[role] = taking.labels(role)
    if taking.has("touchpoint"):
        parts |= taking.unmatched(frame["touchpoint"], taking.mapping.touchpoints)
    if taking.has("rating"):
        frame["rating"] = taking.ratings()
    return taking.kept(frame).reset_index(drop=True), parts
