"""What the picture of traceability says in words and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journeykit.check.traceability import (
    COLUMNS,
    Break,
    TraceRow,
    breaks,
    traceability,
)
from journeykit.language import say, say_count
from journeykit.model import Document

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "breaks_data",
    "finding_of",
    "trace_alt",
    "trace_finding",
    "traceability_data",
]


def trace_finding(document: Document) -> str:
    """Return what the picture says, with its number.

    Examples
    --------
    >>> from journeykit.model import PainPoint
    >>> trace_finding(Document([PainPoint(id="p", text="It is dark")]))
    '0 of 1 pain point leads to an action that moves a KPI; 3 breaks'
    """
    return finding_of(traceability(document), breaks(document))


def finding_of(rows: Sequence[TraceRow], found: Sequence[Break]) -> str:
    """Return the same of rows and breaks that are known already."""
    pains = {row.pain_point for row in rows} - {None}
    whole = {row.pain_point for row in rows if row.effect is not None} - {None}
    n = len(pains)
    said = say_count(
        "{whole} of {n} pain point leads to an action that moves a KPI",
        "{whole} of {n} pain points lead to an action that moves a KPI",
        n,
        whole=len(whole),
    )
    if not n:
        said = say("No pain point is recorded yet")
    tail = (
        say_count("{n} break", "{n} breaks", len(found)) if found else say("no break")
    )
    return f"{said}; {tail}"


def traceability_data(document: Document) -> pd.DataFrame:
    """Return the table that the picture is drawn from: a row for each way, in names.

    Returns
    -------
    DataFrame
        The columns of :data:`journeykit.check.traceability.COLUMNS`; empty where a way
        breaks off.
    """
    import pandas as pd

    rows = [
        {
            name: "" if one is None else document[one].name_for_people
            for name in COLUMNS
            for one in (getattr(row, name),)
        }
        for row in traceability(document)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def breaks_data(document: Document) -> pd.DataFrame:
    """Return the breaks with the numbers that they have in the picture.

    Returns
    -------
    DataFrame
        ``number``, ``kind``, ``name``, ``lacks`` and ``text``.
    """
    import pandas as pd

    rows = [
        {
            "number": number,
            "kind": say(document[one.entry].label),
            "name": document[one.entry].name_for_people,
            "lacks": say(one.lacks),
            "text": one.text,
        }
        for number, one in enumerate(breaks(document), start=1)
    ]
    columns = ["number", "kind", "name", "lacks", "text"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def trace_alt(rows: Sequence[TraceRow], found: Sequence[Break]) -> str:
    """Return what is said of the picture to those who do not see it."""
    said = say_count(
        "Eight columns from the objective to the effect on its KPI, {n} way.",
        "Eight columns from the objective to the effect on its KPI, {n} ways.",
        len(rows),
    )
    return " ".join([said, *(one.text for one in found[:12])])
