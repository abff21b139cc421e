"""Small recorded changes: what an edit is, what it does, and what undoes it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, JsonValue, StringConstraints

from journeykit.errors import ConflictError, InputError
from journeykit.model.base import Entry, EntryId, Fragment, clean_tree
from journeykit.model.document import Document, Version
from journeykit.model.kinds import body, entry_from, kind_class

__all__ = [
    "Edit",
    "EditId",
    "Verb",
    "add",
    "apply",
    "change",
    "inverse",
    "new_edit_id",
    "next_version",
    "remove",
    "undoing",
]

Verb = Literal["add", "change", "remove"]
EditId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
_MAX_NESTING = 45  # a little more than the extensions of an entry may have


def _clean_patch(value: object) -> object:
    return clean_tree(value, _MAX_NESTING)


_Patch = Annotated[dict[str, JsonValue], BeforeValidator(_clean_patch)]


def new_edit_id() -> str:
    """Return a fresh id for an edit or a group: 32 hexadecimal digits."""
    return uuid.uuid4().hex


class Edit(Fragment):
    """One change of one entry.

    Parameters
    ----------
    id
        Made by the author's side, so that an edit sent twice is known.
    group
        Edits of a group are applied whole and undone as one.
    author
        Id of the author; names live apart, so that they can be erased.
    verb
        ``add`` (the patch is the whole entry), ``change`` (its fields) or ``remove``.
    base_version
        Version of the entry that the author saw; 0 when adding. In a group it may count
        the edits of the group that came before, or leave them out.
    """

    id: EditId = Field(default_factory=new_edit_id)
    group: EditId = Field(default_factory=new_edit_id)
    author: EntryId | None = None
    verb: Verb
    entry: EntryId
    kind: Annotated[str, StringConstraints(max_length=64)]
    patch: _Patch = Field(default_factory=dict)
    base_version: Annotated[int, Field(ge=0)] = 0


def add(entry: Entry, *, author: str | None = None, group: str | None = None) -> Edit:
    """Return the edit that adds *entry*."""
    patch = {k: v for k, v in body(entry).items() if k not in ("kind", "id")}
    return Edit(
        group=group or new_edit_id(),
        author=author,
        verb="add",
        entry=entry.id,
        kind=entry.kind,
        patch=patch,
    )


def change(
    document: Document,
    entry_id: str,
    fields: Mapping[str, Any],
    *,
    author: str | None = None,
    group: str | None = None,
    base_version: int | None = None,
) -> Edit:
    """Return the edit that sets *fields* of an entry, as seen in *document*.

    Raises
    ------
    InputError
        If there is no such entry, or a value is not what its field expects.
    UnknownNameError
        If the entry has no such field.
    """
    entry = document[entry_id]
    new = _changed(entry, fields)
    plain = new.model_dump(mode="json")
    return Edit(
        group=group or new_edit_id(),
        author=author,
        verb="change",
        entry=entry_id,
        kind=entry.kind,
        patch={name: plain[name] for name in fields},
        base_version=(
            document.version(entry_id).number if base_version is None else base_version
        ),
    )


def remove(
    document: Document,
    entry_id: str,
    *,
    author: str | None = None,
    group: str | None = None,
) -> Edit:
    """Return the edit that removes an entry, as seen in *document*."""
    entry = document[entry_id]
    return Edit(
        group=group or new_edit_id(),
        author=author,
        verb="remove",
        entry=entry_id,
        kind=entry.kind,
        base_version=document.version(entry_id).number,
    )


def apply(document: Document, edits: Iterable[Edit]) -> Document:
    """Return the document after a group of edits; all of them or none.

    References are checked once the whole group stands, so a group may remove an entry
    and the links that point to it in any order. Edits of a group never conflict with
    each other: what was changed meanwhile is told by the versions before the group, and
    of an entry the author has seen the newest version that the group names.

    Parameters
    ----------
    document
        What stands now.
    edits
        One group, in order.

    Returns
    -------
    Document
        A new document; *document* is as it was.

    Raises
    ------
    ConflictError
        If an edit was made on an older version of the same field (both values are
        named), if the entry was removed meanwhile, or if one that was changed meanwhile
        is to be removed.
    DanglingReferenceError
        If something would point to an entry that is not there.
    InputError, UnknownNameError
        If a value or field is not what its kind expects.
    """
    put: dict[str, Entry] = {}
    drop: set[str] = set()
    versions: dict[str, Version] = {}
    seen: dict[str, int] = {}
    for edit in edits:
        known = None if edit.entry in drop else put.get(edit.entry)
        if known is None and edit.entry not in drop:
            known = document.get(edit.entry)
        before = document.version(edit.entry)
        version = versions.get(edit.entry, before)
        seen[edit.entry] = max(edit.base_version, seen.get(edit.entry, 0))
        if known is not None and seen[edit.entry] > version.number:
            raise InputError(
                f"version {edit.base_version} of {edit.entry} is not known here, "
                f"the last is {version.number}"
            )
        new = _applied(edit, known, before, seen[edit.entry])
        versions[edit.entry] = next_version(version, edit)
        if edit.verb == "add":  # nobody else can have changed it since
            seen[edit.entry] = versions[edit.entry].number
        if new is None:
            drop.add(edit.entry)
            put.pop(edit.entry, None)
        else:
            drop.discard(edit.entry)
            put[edit.entry] = new
    return document.with_entries(put.values(), drop, versions)


def next_version(version: Version, edit: Edit) -> Version:
    """Return the version of an entry after *edit*; replaying a record uses it too."""
    number = version.number + 1
    if edit.verb == "change":
        return Version(number, {**version.fields, **dict.fromkeys(edit.patch, number)})
    if edit.verb == "remove" or number == 1:
        return Version(number)
    # Added again: every field is as new as the entry.
    return Version(number, dict.fromkeys(kind_class(edit.kind).model_fields, number))


def inverse(before: Document, edit: Edit, *, group: str | None = None) -> Edit:
    """Return the edit that undoes *edit*, given the document before it.

    Its base is the version that *edit* made: a field that was changed since is a
    conflict, by the ordinary rule.
    """
    made = before.version(edit.entry).number + 1
    return undoing(before.get(edit.entry), edit, made, group or new_edit_id())


def undoing(entry: Entry | None, edit: Edit, made: int, group: str) -> Edit:
    """Return the edit that undoes *edit*, given the entry before it.

    Parameters
    ----------
    entry
        The entry as it was; None if *edit* added it.
    made
        Version of the entry that is to be undone.
    group
        Group of the new edit.
    """
    verb: Verb = "change"
    patch: dict[str, JsonValue] = {}
    if entry is None:
        verb = "remove"
    elif edit.verb == "remove":
        verb = "add"
        patch = {k: v for k, v in body(entry).items() if k not in ("kind", "id")}
    else:
        plain = entry.model_dump(mode="json")
        patch = {name: plain[name] for name in edit.patch}
    return Edit(
        group=group,
        author=edit.author,
        verb=verb,
        entry=edit.entry,
        kind=edit.kind,
        patch=patch,
        base_version=0 if verb == "add" else made,
    )


def _changed(entry: Entry, fields: Mapping[str, Any]) -> Entry:
    fixed = next((name for name in ("id", "kind") if name in fields), None)
    if fixed is not None:
        raise InputError(f"the {fixed} of an entry never changes", where=entry.id)
    return entry_from({**entry.model_dump(), **fields})


def _applied(
    edit: Edit, known: Entry | None, version: Version, seen: int
) -> Entry | None:
    """Return the entry after *edit*, None if it is gone.

    Whatever *version* says to be newer than *seen*, somebody else did.
    """
    cls = kind_class(edit.kind)
    if edit.verb == "add":
        if known is not None:
            raise ConflictError(edit.entry, "*", edit.patch, body(known))
        return entry_from({**edit.patch, "kind": edit.kind, "id": edit.entry})
    if known is None:
        raise ConflictError(
            edit.entry, "*", edit.patch or "removal", "removed, or never there"
        )
    if type(known) is not cls:
        raise InputError(f"a {known.kind} was changed as if it were a {edit.kind}")
    if edit.verb == "remove":
        if seen < version.number:
            raise ConflictError(edit.entry, "*", "removal", body(known))
        return None
    plain = known.model_dump(mode="json")
    for name, mine in edit.patch.items():
        if name in plain and version.of_field(name) > seen and plain[name] != mine:
            raise ConflictError(edit.entry, name, mine, plain[name])
    return _changed(known, edit.patch)
