"""The edit record: rows to edits and back, and any earlier moment by replaying it.

What people wrote stands apart from the record, salted, so that it can be erased: the
record keeps only its hash. An erased text reads ``[erased]`` ever after. Undoing brings
back what others wrote, so it names the edits that hold these texts and never copies
them: whoever wrote a text can have it erased everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Text, cast, select

from journeykit.model import Document, Edit, Version
from journeykit.model.base import Entry, text_fields
from journeykit.model.edits import next_version
from journeykit.model.kinds import KINDS, entry_from, kind_class, read_entries
from journeykit.store.chain import compact, link_hash, new_salt, row_hash, text_hash
from journeykit.store.schema import EDIT, PRIVATE

__all__ = [
    "ERASED",
    "Recorded",
    "Replay",
    "edit_rows",
    "read_record",
    "recorded",
    "version_like",
    "versions_from",
]

ERASED = "[erased]"


@dataclass(frozen=True, slots=True)
class Recorded:
    """An edit as it stands in the record.

    Parameters
    ----------
    number
        Its place in the record, from 1.
    edit
        What was done.
    version
        Version of the entry that it made.
    time
        When, ISO 8601 in UTC.
    undoes
        The group that it undoes, if any.
    is_erased
        Whether something that was written in it was erased since.
    sources
        Fields that people wrote, and the numbers of the edits that hold their texts.
    """

    number: int
    edit: Edit
    version: int
    time: str
    undoes: str | None = None
    is_erased: bool = False
    sources: Mapping[str, int] = field(default_factory=dict)


def edit_rows(
    edit: Edit,
    *,
    number: int,
    version: int,
    time: str,
    before: str,
    undoes: str | None = None,
    sources: Mapping[str, int] | None = None,
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the rows of an edit: of the record, and of the text that can be erased.

    Texts of the fields in *sources* are not written again: those edits hold them.
    """
    texts = text_fields(kind_class(edit.kind)) & edit.patch.keys()
    named = {name: at for name, at in (sources or {}).items() if name in texts}
    written = texts - named.keys()
    plain = {name: value for name, value in edit.patch.items() if name not in texts}
    text = compact({name: edit.patch[name] for name in written}) if written else None
    patch: dict[str, Any] = {"plain": plain, "written": sorted(written)}
    if named:
        patch["from"] = named
    salt = new_salt()
    row = {
        "number": number,
        "id": edit.id,
        "edit_group": edit.group,
        "undoes": undoes,
        "author": edit.author,
        "verb": edit.verb,
        "entry": edit.entry,
        "kind": edit.kind,
        "patch": compact(patch),
        "text_hash": text_hash(salt, text) if text else None,
        "base_version": edit.base_version,
        "version": version,
        "time": time,
    }
    row["hash"] = link_hash(before, row)
    if text is None:
        return row, None
    private = {
        "key": f"edit:{number}",
        "author": edit.author,
        "entry": edit.entry,
        "salt": salt,
        "text": text,
    }
    return row, private | {"hash": row_hash(private)}


def recorded(
    row: RowMapping, text: str | None, text_of: Callable[[int], str | None]
) -> Recorded:
    """Return the edit of a row, with its text, or with what stands for erased text.

    Parameters
    ----------
    row
        Of the table of edits.
    text
        What was written in it; None if nothing, or if it was erased.
    text_of
        The same for another edit, by its number.
    """
    patch = json.loads(row["patch"])
    fields: dict[str, Any] = patch["plain"]
    sources: dict[str, int] = dict.fromkeys(patch["written"], row["number"])
    gone = [] if text is not None else list(patch["written"])
    if text is not None:
        fields |= json.loads(text)
    for name, number in patch.get("from", {}).items():
        sources[name] = number
        source = text_of(number)
        if source is None:
            gone.append(name)
        else:
            fields[name] = json.loads(source)[name]
    fields |= _erased(row["kind"], gone)
    edit = Edit.model_construct(
        id=row["id"],
        group=row["edit_group"],
        author=row["author"],
        verb=row["verb"],
        entry=row["entry"],
        kind=row["kind"],
        patch=fields,
        base_version=row["base_version"],
    )
    return Recorded(
        row["number"],
        edit,
        row["version"],
        row["time"],
        row["undoes"],
        bool(gone),
        sources,
    )


def _erased(kind: str, names: Iterable[str]) -> dict[str, Any]:
    empty: dict[str, Any] = {}
    for name in names:
        default = (
            kind_class(kind).model_fields[name].get_default(call_default_factory=True)
        )
        empty[name] = default if isinstance(default, dict) else ERASED
        if isinstance(default, tuple):
            empty[name] = []
    return empty


def read_record(
    connection: Connection, *wanted: ColumnElement[bool]
) -> Iterator[Recorded]:
    """Yield the edits that fulfil all conditions, in order."""
    key = "edit:" + cast(EDIT.c.number, Text)
    joined = EDIT.outerjoin(PRIVATE, PRIVATE.c.key == key)
    query = select(EDIT, PRIVATE.c.text).select_from(joined)

    def text_of(number: int) -> str | None:
        here = select(PRIVATE.c.text).where(PRIVATE.c.key == f"edit:{number}")
        return connection.execute(here).scalar()

    for row in connection.execute(query.where(*wanted).order_by(EDIT.c.number)):
        yield recorded(row._mapping, row._mapping["text"], text_of)


class Replay:
    """The entries that a record leads to, without looking at the table of entries."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, Any]] = {}
        self.versions: dict[str, Version] = {}
        self.kinds: dict[str, str] = {}
        self.sources: dict[str, dict[str, int]] = {}
        """By entry and field: the edit that holds the text which stands there."""

    def take(self, step: Recorded) -> None:
        """Go one edit further."""
        edit = step.edit
        version = self.versions.get(edit.entry, Version(0))
        self.versions[edit.entry] = next_version(version, edit)
        self.kinds[edit.entry] = edit.kind
        if edit.verb == "remove":
            self.fields.pop(edit.entry, None)
            self.sources.pop(edit.entry, None)
        elif edit.verb == "add":
            self.fields[edit.entry] = dict(edit.patch)
            self.sources[edit.entry] = dict(step.sources)
        else:
            self.fields.setdefault(edit.entry, {}).update(edit.patch)
            self.sources.setdefault(edit.entry, {}).update(step.sources)

    def entry(self, entry_id: str) -> Entry | None:
        """Return one entry as it stands now; None if it does not."""
        fields = self.fields.get(entry_id)
        if fields is None:
            return None
        return entry_from({**fields, "kind": self.kinds[entry_id], "id": entry_id})

    def entries(self) -> list[Entry]:
        """Return the entries that stand now."""
        return read_entries(
            [
                {**fields, "kind": self.kinds[name], "id": name}
                for name, fields in self.fields.items()
                if self.kinds[name] in KINDS
            ]
        )

    def document(self) -> Document:
        """Return the document that stands now."""
        return Document(self.entries(), versions=self.versions)


def version_like(history: Iterable[Recorded], entry: Entry) -> int:
    """Return the last version at which an entry looked like this; 1 if none did."""
    replay, found = Replay(), 1
    for step in history:
        replay.take(step)
        then = replay.entry(entry.id)
        if then == entry:
            found = step.version
    return found


def versions_from(rows: Iterable[RowMapping]) -> dict[str, Version]:
    """Return the versions of rows of the table of entries."""
    return {
        row["id"]: Version(row["version"], json.loads(row["fields"])) for row in rows
    }
