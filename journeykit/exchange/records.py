"""Records from file to canonical table, with mapping and quality report.

Everything is recognised first: without a mapping nothing is taken, the table stays as
it stands in the file, and what the readers *would* make of it is said and proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from os import PathLike
from typing import Any, Literal, TypeAlias

import pandas as pd

from journeykit.errors import JourneyKitError
from journeykit.exchange.readings import Reading
from journeykit.exchange.record_proposals import (
    UNKNOWN,
    address_column,
    propose_records,
    unknown_roles,
)
from journeykit.exchange.record_quality import RecordQuality
from journeykit.exchange.record_sources import read_source
from journeykit.exchange.record_taking import Taking
from journeykit.exchange.tables import OWN_FILE, Limits, Table
from journeykit.model.records import (
    EventMapping,
    FeedbackMapping,
    RecordMapping,
    TicketMapping,
)

__all__ = ["Records", "read_by", "with_matches"]

_Taken: TypeAlias = "tuple[pd.DataFrame, dict[str, Any]]"  # Any: parts of the report


@dataclass(frozen=True, eq=False)
class Records:
    """Purchases, events, tickets or feedback as they were read.

    Parameters
    ----------
    table
        With a mapping the canonical table as it is kept, names not yet matched to
        entries; without one the table as it stands in the file.
    reading
        How the file was understood.
    mapping
        What the columns mean; None if nobody said it yet.
    quality
        What is missing, repeated or cannot be read.
    proposed
        What the columns may mean, if nobody said it; nothing is applied.
    notes
        Everything that must be said about these records, in sentences.
    """

    table: pd.DataFrame
    reading: Reading
    mapping: RecordMapping | None
    quality: RecordQuality
    proposed: RecordMapping
    notes: tuple[str, ...]
    raw: pd.DataFrame = field(repr=False)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The table, with names of the file matched to entries as the mapping says."""
        if self.mapping is None:
            return self.table
        return with_matches(self.table, self.mapping)

    def proposal(self, names: Mapping[str, str] | None = None) -> RecordMapping:
        """Return what the columns may mean; nothing is applied.

        Parameters
        ----------
        names
            Name of a touchpoint of the workshop to its id: names of the file that look
            like one are proposed to be it.
        """
        if not names:
            return self.proposed
        reads = self.proposed.reads
        matched = propose_records(self.raw, reads, names=names)
        decided = {name: getattr(self.proposed, name) for name in _DECIDED}
        return matched.model_copy(update=decided)


_DECIDED = ("timezone", "dates", "decimal")


def read_by(
    taken: Callable[[Taking], _Taken],
    reads: Literal["purchases", "events", "tickets", "feedback"],
    source: str | PathLike[str] | bytes,
    mapping: RecordMapping | None,
    *,
    timezone: str | None = None,
    dates: Literal["d/m", "m/d"] | None = None,
    decimal: Literal[".", ","] | None = None,
    keep_personal: bool = False,
    limits: Limits = OWN_FILE,
    **options: Any,  # Any: what a reader of tables is told
) -> Records:
    """Read a file of records by what takes its columns.

    Parameters
    ----------
    taken
        Makes the canonical table of the columns, and parts of the quality report.
    reads
        Kind of the records.
    source, mapping
        The file, and what its columns mean.
    timezone, dates, decimal
        Override the mapping.
    keep_personal, limits, **options
        As for :func:`journeykit.exchange.record_sources.read_source`.
    """
    given = {"timezone": timezone, "dates": dates, "decimal": decimal}
    told = {name: value for name, value in given.items() if value is not None}
    if mapping is None:
        table = read_source(
            source, keep_personal=keep_personal, limits=limits, **options
        )
        address = address_column(table.reading.personal)
        if address and not keep_personal:
            told = _known_by_address(table, reads, address) | told
            if "customer" in told:
                everything = read_source(
                    source, keep_personal=True, limits=limits, **options
                )
                frame = table.frame.assign(**{address: everything.frame[address]})
                table = replace(table, frame=frame)
        return _recognised(taken, reads, table, told)
    mapping = mapping.model_copy(update=told)
    needed = {column for _, column in mapping.columns()}
    needed |= {name for column in needed for name in mapping.renamed.get(column, ())}
    table = read_source(
        source, needed, keep_personal=keep_personal, limits=limits, **options
    )
    if not keep_personal and _is_a_person(mapping, table):
        everything = read_source(
            source, needed, keep_personal=True, limits=limits, **options
        )
        table = _with_customers(table, everything, mapping)
    taking = Taking(table, mapping)
    frame, parts = taken(taking)
    quality = taking.quality(reads, parts)
    said = table.notes + taking.notes
    notes = said + quality.sentences()
    reading = replace(table.reading, notes=said)
    return Records(frame, reading, mapping, quality, mapping, notes, table.frame)


def _known_by_address(table: Table, reads: str, address: str) -> dict[str, str]:
    """Return the customers' column if they are known by nothing but their address."""
    proposed = propose_records(table.frame, reads)
    is_needed = reads in ("purchases", "events")
    if not is_needed or getattr(proposed, "customer", None) != UNKNOWN:
        return {}
    return {"customer": address}


def _is_a_person(mapping: RecordMapping, table: Table) -> bool:
    """Say whether the customers stand in a column that was left out as personal."""
    customer = getattr(mapping, "customer", None)
    names = {customer, *mapping.renamed.get(customer or "", ())}
    left_out = names & set(table.reading.personal)
    return bool(left_out) and names.isdisjoint(table.frame.columns)


def _with_customers(table: Table, everything: Table, mapping: RecordMapping) -> Table:
    """Return the table with its customers, who are known by something personal."""
    customer = str(getattr(mapping, "customer", None))
    names = (customer, *mapping.renamed.get(customer, ()))
    name = next(one for one in names if one in everything.frame.columns)
    frame = table.frame.assign(**{name: everything.frame[name]})
    return replace(table, frame=frame)


def _recognised(
    taken: Callable[[Taking], _Taken],
    reads: Literal["purchases", "events", "tickets", "feedback"],
    table: Table,
    told: Mapping[str, str],
) -> Records:
    """Return the table as it is, with what the readers would make of it."""
    proposed = propose_records(table.frame, reads).model_copy(update=told)
    quality = RecordQuality(n_rows=len(table.frame), n_columns=table.frame.shape[1])
    said: tuple[str, ...] = ()
    if not unknown_roles(proposed):
        taking = Taking(table, proposed, is_strict=False)
        try:
            _, parts = taken(taking)
            quality = taking.quality(reads, parts)
        except JourneyKitError as error:  # it is only a proposal
            said = (f"As proposed it cannot be read: {error}",)
        said = taking.notes + said
        proposed = proposed.model_copy(update=taking.decided | dict(told))
    notes = table.notes + said + quality.sentences()
    reading = replace(table.reading, notes=table.notes)
    return Records(table.frame, reading, None, quality, proposed, notes, table.frame)


def with_matches(frame: pd.DataFrame, mapping: RecordMapping) -> pd.DataFrame:
    """Return records with the names of the file matched to entries of the workshop.

    Parameters
    ----------
    frame
        A canonical table as it is kept.
    mapping
        Says which name is which entry.

    Returns
    -------
    pandas.DataFrame
        Events: ``touchpoint``, missing where a name is matched to none. Tickets: the
        same by ``topic``, if there are such matches. Feedback: ``touchpoint`` is the
        id, or the name in the file. ``persona`` is the id, or the value in the file.
    """
    if isinstance(mapping, EventMapping):
        fresh = _persona(frame, mapping.personas)
        if mapping.activities:
            fresh["touchpoint"] = _ids(frame["activity"], mapping.activities)
        return frame.assign(**fresh)
    if isinstance(mapping, TicketMapping) and mapping.topics and "topic" in frame:
        return frame.assign(touchpoint=_ids(frame["topic"], mapping.topics))
    if isinstance(mapping, FeedbackMapping):
        fresh = _persona(frame, mapping.personas)
        if mapping.touchpoints and "touchpoint" in frame:
            names = frame["touchpoint"]
            fresh["touchpoint"] = _ids(names, mapping.touchpoints).fillna(names)
        return frame.assign(**fresh)
    return frame


def _persona(frame: pd.DataFrame, ids: Mapping[str, str]) -> dict[str, pd.Series]:
    if not ids or "persona" not in frame:
        return {}
    return {"persona": _ids(frame["persona"], ids).fillna(frame["persona"])}


def _ids(names: pd.Series, ids: Mapping[str, str]) -> pd.Series:
    found = pd.Series(list(ids.values()), index=list(ids), dtype="str")
    return names.map(found).astype("str")
