"""One door to the readers of records, by the kind of what a file holds."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from typing import Any, Protocol

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.events import read_events
from journeykit.exchange.feedback import read_feedback
from journeykit.exchange.purchases import read_purchases
from journeykit.exchange.records import Records
from journeykit.exchange.tickets import read_tickets
from journeykit.model.records import RecordMapping

__all__ = ["read_records"]


class _Reader(Protocol):
    def __call__(
        self,
        source: str | PathLike[str] | bytes,
        mapping: Any = None,  # Any: the mapping of its own kind
        **overrides: Any,  # Any: what the readers are told
    ) -> Records: ...


_READERS: Mapping[str, _Reader] = {
    "purchases": read_purchases,
    "events": read_events,
    "tickets": read_tickets,
    "feedback": read_feedback,
}


def read_records(
    source: str | PathLike[str] | bytes,
    reads: str,
    mapping: RecordMapping | None = None,
    **overrides: Any,  # Any: what the readers are told
) -> Records:
    r"""Read records of a kind, or look at what a file may hold.

    Parameters
    ----------
    source
        Path of the file, or its content.
    reads
        ``purchases``, ``events``, ``tickets`` or ``feedback``.
    mapping
        What the columns mean. Without one nothing is taken.
    **overrides
        As for :func:`journeykit.exchange.purchases.read_purchases`.

    Raises
    ------
    UnknownNameError
        If there are no records of that kind.
    InputError
        If the mapping is of another kind; and as each reader.

    Examples
    --------
    >>> read_records(b"said\nToo slow at the gate\n", "feedback").mapping is None
    True
    """
    reader = _READERS.get(reads)
    if reader is None:
        raise UnknownNameError("kind of records", reads, _READERS)
    if mapping is not None and mapping.reads != reads:
        raise InputError(
            f"a mapping of {reads} was expected, this one is of {mapping.reads}"
        )
    return reader(source, mapping, **overrides)
