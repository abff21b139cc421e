"""What a board sends becomes edits; what the store says becomes an answer.

A page sends a group of small operations under an id that it made. Sent again after a
broken line it is only answered again. Places are ranks here, since only the document
knows the ranks of others; everything else an operation says is checked by the model.

The first twelve digits of the id tell the page. A page never conflicts with itself: it
may send the next change of a field before the answer to the last one is back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from journeykit.errors import (
    BusyError,
    ConflictError,
    FileProblemError,
    InputError,
    JourneyKitError,
)
from journeykit.layout.zones import ranked_between
from journeykit.model import KINDS, Document, Edit, apply, entry_from
from journeykit.model.base import EntryId
from journeykit.model.edits import EditId, add, change
from journeykit.model.kinds import said
from journeykit.model.removal import edits_removing
from journeykit.store import Receipt, Store
from journeykit.text import clean_fields

__all__ = ["CLIENT_DIGITS", "NOBODY", "Operation", "Request", "answer_to", "write"]

CLIENT_DIGITS = 12
NOBODY = "somebody"
"""Who votes and rates without a name."""
_MAX_OPERATIONS = 500


class Operation(BaseModel):
    """One change that a page asks for.

    Parameters
    ----------
    fields
        Values by name, plain JSON.
    base
        Version of the entry that the page saw.
    after, before
        Neighbours of the same kind between which it is to stand; its place stays as it
        is where neither is given.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    do: Literal["add", "change", "remove"]
    entry: EntryId
    kind: str = ""
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    base: int = Field(default=0, ge=0)
    after: EntryId | None = None
    before: EntryId | None = None

    @property
    def has_place(self) -> bool:
        """Whether it says where the entry is to stand."""
        return bool({"after", "before"} & self.model_fields_set)


class Request(BaseModel):
    """A group of operations with the id that the page gave it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: EditId
    ops: tuple[Operation, ...] = Field(min_length=1, max_length=_MAX_OPERATIONS)


def write(
    store: Store, message: Mapping[str, Any], author: str | None
) -> tuple[Receipt, str]:
    """Write what a page sent; return the receipt, and what was cleaned, in words.

    Raises
    ------
    ConflictError
        If somebody else changed the same field since.
    InputError
        If the message is none, or a value is not what its field expects.
    JourneyKitError
        Whatever else the store says.
    """
    try:
        request = Request.model_validate(message)
    except ValidationError as error:
        raise said(error, "message of the board") from error
    known = store.written(request.id)
    if known is not None:
        return known, ""
    rebased: dict[str, int] = {}
    while True:
        edits, words = _edits(store.document(), request, author, rebased)
        try:
            return store.write(edits), words
        except ConflictError as conflict:
            version = _own_version(store, request, conflict)
            if version is None or rebased.get(conflict.entry, 0) >= version:
                raise
            rebased[conflict.entry] = version


def answer_to(error: JourneyKitError, document: Document) -> dict[str, Any]:
    """Return what a page is told about an error.

    Returns
    -------
    dict
        ``reason`` in words, ``is_passing`` (whether to send it again as it is), and for
        a conflict both values.
    """
    told: dict[str, Any] = {
        "reason": str(error),
        "is_passing": isinstance(error, BusyError | FileProblemError),
    }
    if isinstance(error, InputError):
        told["field"] = getattr(error, "field", "")
    if isinstance(error, ConflictError):
        told["conflict"] = {
            "entry": error.entry,
            "field": error.field,
            "mine": error.mine,
            "theirs": error.theirs,
            "version": document.version(error.entry).number,
        }
    return told


def _edits(
    document: Document,
    request: Request,
    author: str | None,
    rebased: Mapping[str, int],
) -> tuple[list[Edit], str]:
    edits: list[Edit] = []
    words: list[str] = []
    for op in request.ops:
        fields, cleaned = clean_fields(op.fields)
        words += [cleaned] if cleaned else []
        base = max(op.base, rebased.get(op.entry, 0)) or None
        if op.do == "add" and _is_personal(op.kind):
            fields.setdefault("participant", author or NOBODY)
        made = _made(document, op.model_copy(update={"fields": fields}), base)
        for edit in made:
            place = f"{request.id}:{len(edits)}"
            given = {
                "id": sha256(place.encode()).hexdigest()[:32],
                "group": request.id,
                "author": author,
            }
            edits.append(edit.model_copy(update=given))
        if len(request.ops) > 1:
            document = apply(document, made)
    return edits, "; ".join(words)


def _is_personal(kind: str) -> bool:
    """Return whether an entry of this kind says who it comes from."""
    return kind in KINDS and "participant" in KINDS[kind].model_fields


def _made(document: Document, op: Operation, base: int | None) -> Sequence[Edit]:
    """Return the edits of one operation."""
    if op.do == "remove":
        return edits_removing(document, op.entry)
    fields: dict[str, Any] = dict(op.fields)
    others: list[Edit] = []
    if op.do == "add":
        entry = entry_from({"rank": "V", **fields, "kind": op.kind, "id": op.entry})
    else:
        entry = document[op.entry]
        known = document.version(op.entry).number
        base = None if base is None else min(base, known)
    if op.has_place:
        above = [op.after] if op.after in document and op.after else []
        below = _from(document, op) if op.before in document else []
        ranks = ranked_between(document, entry, above, below)
        fields["rank"] = ranks.pop(op.entry)
        others = [
            change(document, name, {"rank": rank}) for name, rank in ranks.items()
        ]
    if op.do == "add":
        return [add(entry_from({**fields, "kind": op.kind, "id": op.entry})), *others]
    if not fields:
        raise InputError("nothing was changed", where=entry.name_for_people)
    return [change(document, op.entry, fields, base_version=base), *others]


def _from(document: Document, op: Operation) -> list[str]:
    """Return the entry before which to stand, and its like that follow."""
    before = document[op.before or ""]
    like = [one.id for one in document.of(type(before)) if one.id != op.entry]
    return like[like.index(before.id) :]


def _own_version(store: Store, request: Request, conflict: ConflictError) -> int | None:
    """Return the newest version of the entry if only this page wrote since.

    None if somebody else did.
    """
    client = request.id[:CLIENT_DIGITS]
    base = max((op.base for op in request.ops if op.entry == conflict.entry), default=0)
    since = [step for step in store.history(conflict.entry) if step.version > base]
    theirs = [
        step
        for step in since
        if not step.edit.group.startswith(client)
        and (conflict.field == "*" or conflict.field in step.edit.patch)
    ]
    return None if theirs or not since else since[-1].version
