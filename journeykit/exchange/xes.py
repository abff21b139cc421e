"""Event logs in XES (IEEE 1849): a stream of traces and events as a table of texts.

The parser knows no entities: a document type, the door of every known attack by XML, is
refused before anything of it is read. A library for process mining was turned down: it
weighs hundreds of megabytes, or its licence would bind the whole project.
"""

from __future__ import annotations

from xml.parsers import expat

import pandas as pd

from journeykit.errors import InputError
from journeykit.exchange.arrival import Limits

__all__ = ["is_xes", "xes_table"]

_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})
_CHUNK = 1_000_000
_START = 4_096
_MAX_DEPTH = 50


def is_xes(start: bytes, name: str = "") -> bool:
    """Say whether a file that begins so is an event log in XES.

    Examples
    --------
    >>> is_xes(b'<?xml version="1.0"?><log xes.version="1.0">')
    True
    """
    head = start[:_START].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return False
    is_named = name.lower().endswith((".xes", ".xes.gz"))
    return b"<log" in head or (is_named and head.startswith((b"<?xml", b"<!")))


def xes_table(data: bytes, name: str, limits: Limits) -> pd.DataFrame:
    """Return the events of a log, one row each, every column text.

    Parameters
    ----------
    data
        The content of the file, unpacked.
    name
        How to call it in messages.
    limits
        The budget of rows and columns.

    Returns
    -------
    pandas.DataFrame
        Columns as the log has them (``concept:name``, ``time:timestamp``); those of the
        trace, which is mostly one customer or case, begin with ``case:``. What an event
        does not have is empty.

    Raises
    ------
    InputError
        If it is damaged, declares a document type, is larger than *limits*, or has no
        events.
    """
    log = _Log(name, limits)
    parser = expat.ParserCreate()
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = log.refuse
    parser.StartElementHandler = log.start
    parser.EndElementHandler = log.end
    try:
        for at in range(0, len(data), _CHUNK):
            parser.Parse(data[at : at + _CHUNK])
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise InputError(
            f"an event log was expected, but the XML is damaged in line {error.lineno}",
            name,
            "Export it again",
        ) from error
    frame = log.frame()
    if frame.empty:
        raise InputError("an event log was expected, but there are no events", name)
    return frame


class _Log:
    """Takes the elements of a log in turn and gathers the events in columns."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._path: list[str] = []
        self._trace: dict[str, str] = {}
        self._event: dict[str, str] = {}
        self._columns: dict[str, list[str]] = {}
        self.n_events = 0

    def refuse(self, *_: object) -> None:
        """Refuse a document type."""
        raise InputError(
            "an event log was expected, this XML declares a document type",
            self._name,
            "Export it again as plain XES; a log needs none",
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        tag = tag.rpartition(":")[2]
        above = self._path[-1] if self._path else ""
        self._path.append(tag)
        if len(self._path) > _MAX_DEPTH:
            raise InputError("the XML is nested deeper than any event log", self._name)
        if len(self._path) == 1 and tag != "log":
            raise InputError(
                f"an event log (XES) was expected, this XML holds {tag!r}", self._name
            )
        if tag == "trace":
            self._trace = {}
        elif tag == "event":
            self._event = {}
        elif tag in _VALUES and above in ("trace", "event"):
            key, value = attributes.get("key", ""), attributes.get("value", "")
            if key and above == "trace":
                self._trace[f"case:{key}"] = value
            elif key:
                self._event[key] = value

    def end(self, _: str) -> None:
        """Close an element; a closed event is a row."""
        if self._path.pop() != "event":
            return
        if self.n_events >= self._limits.n_rows:
            raise InputError(
                f"at most {self._limits.n_rows:,} events were expected",
                self._name,
                "Cut the log into parts, or raise the limits",
            )
        for key, value in (self._trace | self._event).items():
            cells = self._columns.setdefault(key, [])
            cells.extend([""] * (self.n_events - len(cells)))
            cells.append(value)
        if len(self._columns) > self._limits.n_columns:
            raise InputError(
                f"at most {self._limits.n_columns:,} columns were expected", self._name
            )
        self.n_events += 1

    def frame(self) -> pd.DataFrame:
        """Return the rows gathered so far."""
        for cells in self._columns.values():
            cells.extend([""] * (self.n_events - len(cells)))
        return pd.DataFrame(self._columns, dtype="str")
