"""What goes with an entry when it goes: what only says something about it."""

from __future__ import annotations

from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.edits import Edit, new_edit_id, remove
from journeykit.model.findings import DepartmentAnswer, PainPointStatus
from journeykit.model.journey import Attachment, IndividualScore, Link
from journeykit.model.people import KpiObservation
from journeykit.model.plan import Comment, Decision, Vote

__all__ = ["edits_removing"]

_SAY_ONLY = (
    Attachment,
    Comment,
    DepartmentAnswer,
    IndividualScore,
    KpiObservation,
    Link,
    PainPointStatus,
    Vote,
)
"""Links, votes and the like are nothing without the entry that they are about."""


def edits_removing(
    document: Document,
    entry_id: str,
    *,
    author: str | None = None,
    with_links: bool = True,
) -> tuple[Edit, ...]:
    """Return the edits, one group, that remove an entry.

    Parameters
    ----------
    document, entry_id
        The workshop, and what is to go.
    author
        Id of the author.
    with_links
        Whether links, votes and the like go with it. Whatever else points to it has to
        be changed first; the store says so.

    Raises
    ------
    InputError
        If there is no such entry.
    """
    group = new_edit_id()
    going = {entry_id: None}
    if with_links:
        going = _with_what_goes(document, document[entry_id], {})
    return tuple(
        remove(document, one, author=author, group=group) for one in reversed(going)
    )


def _with_what_goes(
    document: Document, entry: Entry, going: dict[str, None]
) -> dict[str, None]:
    if entry.id not in going:
        going[entry.id] = None
        for other in document.referrers(entry.id):
            if isinstance(other, _SAY_ONLY) or _is_choice(other):
                _with_what_goes(document, other, going)
    return going


def _is_choice(entry: Entry) -> bool:
    """Return whether a decision only gives its subject a place in an order."""
    return isinstance(entry, Decision) and entry.place is not None
