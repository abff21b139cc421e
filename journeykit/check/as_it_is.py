"""The workshop without its target maps: what is only planned is no gap of today."""

from __future__ import annotations

from journeykit.model import Document, Journey

__all__ = ["as_it_is"]


def as_it_is(document: Document) -> Document:
    """Return the document without journeys as they should be, and what is on them.

    Examples
    --------
    >>> target = Journey(id="j", name="As it should be", state="target")
    >>> len(as_it_is(Document([target])))
    0
    """
    journeys = document.of(Journey)
    planned = [one.id for one in journeys if one.state == "target"]
    if not planned:
        return document
    gone = set(planned)
    while planned:
        found = {one.id for name in planned for one in document.referrers(name)} - gone
        gone |= found
        planned = list(found)
    return Document(one for one in document if one.id not in gone)
