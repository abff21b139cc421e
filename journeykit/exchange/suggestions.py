"""Suggestions from people who were not in the room: a table that is merged in.

A colleague fills in a form, or a line of a table that goes round; the CSV of it is
merged, as often as it grows. A suggestion is known by who said what about which place,
so a file that comes again adds nothing again, and one that the team has taken out stays
out. Who said it is kept as the author of the edit: as with everything people write, the
name stands beside the record and can be erased. A field for the name was turned down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Protocol

from journeykit.errors import TableError, UnknownNameError
from journeykit.exchange.arrival import UPLOAD, Limits
from journeykit.exchange.suggestion_tables import (
    Suggestion,
    one_line,
    read_suggestions,
)
from journeykit.model import (
    Comment,
    Document,
    Edit,
    Journey,
    Stage,
    Touchpoint,
    apply,
    entry_from,
    rank_between,
)
from journeykit.model.edits import add, new_edit_id
from journeykit.store import Receipt, Store
from journeykit.store.authors import author_id

__all__ = ["Merged", "edits_of_suggestions", "merge_suggestions"]

_N_SHOWN = 9


class _HasStore(Protocol):
    """A workshop that is open."""

    store: Store


@dataclass(frozen=True, slots=True)
class Merged:
    """What became of a table of suggestions.

    Parameters
    ----------
    n_added, n_known, n_taken_out, n_empty
        Rows that are new; that were there already; whose suggestion the team has taken
        out since; that suggest nothing.
    notes
        How the file was read, in sentences.
    receipt
        Of the one step that added them; None if nothing was new.
    """

    n_added: int
    n_known: int = 0
    n_taken_out: int = 0
    n_empty: int = 0
    notes: tuple[str, ...] = ()
    receipt: Receipt | None = None

    def __str__(self) -> str:
        noun = "suggestion" if self.n_added == 1 else "suggestions"
        said = [f"{self.n_added or 'No new'} {noun}{' added' * bool(self.n_added)}"]
        if self.n_known:
            said.append(f"{self.n_known} known already")
        if self.n_taken_out:
            said.append(f"{self.n_taken_out} taken out earlier, so left out")
        if self.n_empty:
            said.append(f"{self.n_empty} without words, left out")
        return "; ".join(said) + "."


def merge_suggestions(
    workshop: Store | _HasStore,
    path: str | PathLike[str] | bytes,
    *,
    columns: Mapping[str, str] | None = None,
    limits: Limits = UPLOAD,
    **options: Any,  # Any: what the reader of tables is told
) -> Merged:
    """Add the suggestions of a CSV file as comments, in one step.

    Parameters
    ----------
    workshop
        The workshop, or its store.
    path
        The file, or its content: a column with the suggestion, and where there are, of
        who made it, the department, and the touchpoint (or stage) that it is about.
    columns
        Heading by ``who``, ``department``, ``suggestion``, ``touchpoint``, where the
        headings do not say it themselves.
    limits
        The budget; files from other people have the smaller one.
    **options
        ``encoding``, ``delimiter``, ``header_rows`` and the like, as for
        :func:`journeykit.exchange.tables.read_table`.

    Returns
    -------
    Merged
        How many are new, and what became of the others.

    Raises
    ------
    InputError, FileProblemError
        If the file is no such table.
    TableError
        If rows name a touchpoint that is not on the map; nothing is added then.
    UnknownNameError
        If *columns* names a heading that is not there.
    """
    store = workshop if isinstance(workshop, Store) else workshop.store
    found, notes = read_suggestions(path, columns=columns, limits=limits, **options)
    name = "the file" if isinstance(path, bytes) else Path(fspath(path)).name
    document = store.document()
    subjects = _subjects(document, found, name)
    # What the document would refuse is refused before a name is kept for it.
    apply(document, edits_of_suggestions(document, found, subjects, {}))
    authors = {
        one.who: author_id(store, one.who) for one in found if one.who and one.text
    }
    new = edits_of_suggestions(document, found, subjects, authors)
    gone = {edit.entry for edit in new if _is_taken_out(store, document, edit.entry)}
    kept = [edit for edit in new if edit.entry not in gone]
    n_empty = sum(not one.text for one in found)
    return Merged(
        len(kept),
        len(found) - n_empty - len(new),
        len(gone),
        n_empty,
        notes,
        store.write(kept) if kept else None,
    )


def edits_of_suggestions(
    document: Document,
    suggestions: Sequence[Suggestion],
    subjects: Mapping[str, str],
    authors: Mapping[str, str | None],
) -> tuple[Edit, ...]:
    """Return one group of edits that adds what is not in a document yet.

    Parameters
    ----------
    document
        The workshop as it stands.
    suggestions
        What is suggested.
    subjects
        Id of the touchpoint or stage by the place that a suggestion names.
    authors
        Id by the name of who made it.
    """
    group = new_edit_id()
    comments = document.of(Comment)
    rank = comments[-1].rank if comments else None
    edits: dict[str, Edit] = {}
    for one in suggestions:
        author = authors.get(one.who)
        key = _key(one, author)
        if not one.text or key in document or key in edits:
            continue
        rank = rank_between(rank, None)
        fields = {
            "kind": "comment",
            "id": key,
            "rank": rank,
            "text": one.text,
            "comment_kind": "suggestion",
            "department": one.department,
            "subject": subjects.get(one.place),
        }
        edits[key] = add(entry_from(fields), author=author, group=group)
    return tuple(edits.values())


def _key(one: Suggestion, author: str | None) -> str:
    """Return the id of a suggestion: the same whenever its file comes again."""
    whose = author or one.who or one.department.casefold()
    parts = (whose, " ".join(one.text.split()), one.place.casefold())
    return f"comment-{hashlib.sha256(repr(parts).encode()).hexdigest()[:15]}"


def _subjects(
    document: Document, suggestions: Sequence[Suggestion], name: str
) -> dict[str, str]:
    """Return the id of every place that suggestions name.

    Touchpoints go before stages, and those of the map as it is before those of the map
    as it should be.
    """
    targets = {one.id for one in document.of(Journey) if one.state == "target"}
    later = {one.id for one in document.of(Stage) if one.journey in targets}
    touchpoints = sorted(document.of(Touchpoint), key=lambda one: one.stage in later)
    stages = sorted(document.of(Stage), key=lambda one: one.id in later)
    known: dict[str, str] = {}
    for place, key in [(one.name, one.id) for one in touchpoints] + [
        (one.name, one.id) for one in stages
    ]:
        known.setdefault(one_line(place).casefold(), key)
    named = [one for one in suggestions if one.text and one.place]
    faulty = [one for one in named if one.place.casefold() not in known]
    if faulty:
        shown = list(dict.fromkeys(one.name for one in touchpoints))
        more = f" and {len(shown) - _N_SHOWN} more" if len(shown) > _N_SHOWN else ""
        listed = ", ".join(shown[:_N_SHOWN]) or "none yet"
        nearest = UnknownNameError("touchpoint", faulty[0].place, shown).nearest
        guess = f"did you mean {nearest!r}? " if nearest else ""
        raise TableError(
            f"these touchpoints are not on the map; {guess}known are {listed}{more}; "
            "an empty cell stands for the whole map",
            [(one.row, one.place) for one in faulty],
            len(faulty),
            f"{name}, touchpoint",
        )
    return {one.place: known[one.place.casefold()] for one in named}


def _is_taken_out(store: Store, document: Document, entry: str) -> bool:
    """Return whether a person took an entry out; one that undo took may come again."""
    if document.version(entry).number == 0:
        return False
    last = store.history(entry)[-1]
    return last.edit.verb == "remove" and last.undoes is None
