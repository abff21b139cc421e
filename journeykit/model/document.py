"""All entries of a workshop at one moment: immutable, checked, equal to its JSON file.

Entries carry versions so that an edit made on an older one can be told apart: a version
of the whole, and one for each field that was changed. Versions belong to the record,
not to the content: two documents are equal if their entries are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from types import MappingProxyType
from typing import TypeVar

from pydantic import ConfigDict, JsonValue, TypeAdapter, ValidationError

from journeykit.errors import DanglingReferenceError, InputError
from journeykit.model.base import Entry, Extensions, references
from journeykit.model.journey import Link
from journeykit.model.kinds import KINDS, said
from journeykit.model.people import Case
from journeykit.model.relations import RELATIONS

__all__ = ["Document", "Version"]

_E = TypeVar("_E", bound=Entry)
_MOST_SIGNS = 60


@dataclass(frozen=True, slots=True)
class Version:
    """How often an entry was changed, and at which of these each field last was."""

    number: int = 1
    fields: Mapping[str, int] = field(default_factory=dict)

    def of_field(self, name: str) -> int:
        """Return the version at which *name* was last changed; 1 if never."""
        return self.fields.get(name, 1)


class Document:
    """All entries of a workshop, with every reference checked.

    Parameters
    ----------
    entries
        The entries, in any order; ids differ.
    versions
        Version of each entry, and of those that were removed; 1 where none is given.
    extensions
        What a newer or foreign file held and this release does not know.

    Raises
    ------
    InputError
        If two entries share an id, there is more than one case header, or an entry
        points to one of a kind that its field does not take.
    DanglingReferenceError
        If an entry points to one that is not there.

    Examples
    --------
    >>> from journeykit.model import Case, Journey
    >>> document = Document([Case(id="case", title="Airport")])
    >>> document.case.title
    'Airport'
    >>> len(document.with_entries([Journey(id="j", name="Departure")]))
    2
    """

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        *,
        versions: Mapping[str, Version] | None = None,
        extensions: Mapping[str, JsonValue] | None = None,
    ) -> None:
        by_id: dict[str, Entry] = {}
        for entry in entries:
            if entry.id in by_id:
                raise InputError(f"two entries have the id {entry.id!r}")
            by_id[entry.id] = entry
        self._entries: Mapping[str, Entry] = MappingProxyType(by_id)
        self._versions: Mapping[str, Version] = MappingProxyType(dict(versions or {}))
        self.extensions: Mapping[str, JsonValue] = MappingProxyType(
            _plain(extensions) if extensions else {}
        )
        _check(self._entries, by_id.values())

    def with_entries(
        self,
        put: Iterable[Entry] = (),
        drop: Iterable[str] = (),
        versions: Mapping[str, Version] | None = None,
    ) -> Document:
        """Return a document with entries put in (or replaced) and others dropped.

        Only what changed is checked again: new references, and references to what went
        or became of another kind. Dropping what is not there does nothing.

        Raises
        ------
        DanglingReferenceError
            If something would point to an entry that is not there.
        InputError
            As for a new document.
        """
        changed = {entry.id: entry for entry in put}
        gone = set(drop) - set(changed)
        by_id = {**self._entries, **changed}
        for name in gone:
            by_id.pop(name, None)
        for name in gone:
            staying = [who for who in self._referrers.get(name, ()) if who in by_id]
            left = [
                by_id[who]
                for who in staying
                if any(target == name for _, target, _ in references(by_id[who]))
            ]
            if left:
                names = [_called(entry) for entry in left]
                raise DanglingReferenceError(_called(self._entries[name]), names)
        recast = [
            name
            for name, entry in changed.items()
            if name in self._entries and self._entries[name].kind != entry.kind
        ]
        pointing = {who for name in recast for who in self._referrers.get(name, ())}
        _check(by_id, (by_id[who] for who in pointing | set(changed) if who in by_id))
        new = object.__new__(Document)
        new._entries = MappingProxyType(by_id)
        new._versions = MappingProxyType({**self._versions, **(versions or {})})
        new.extensions = self.extensions
        return new

    def __getitem__(self, entry_id: str) -> Entry:
        try:
            return self._entries[entry_id]
        except KeyError:
            raise InputError(f"there is no entry {entry_id!r}") from None

    def get(self, entry_id: str | None) -> Entry | None:
        """Return the entry with this id, or None."""
        return None if entry_id is None else self._entries.get(entry_id)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def __len__(self) -> int:
        return len(self._entries)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        same = dict(self._entries) == dict(other._entries)
        return same and dict(self.extensions) == dict(other.extensions)

    __hash__ = None  # type: ignore[assignment]  # entries hold dicts

    def __repr__(self) -> str:
        title = self.case.title if self.case else "no case header"
        return f"<Document {title!r}, {len(self)} entries>"

    @property
    def case(self) -> Case | None:
        """The case header, if there is one."""
        return next(iter(self.of(Case)), None)

    def of(self, kind: type[_E]) -> tuple[_E, ...]:
        """Return the entries of a kind, in their order (rank, then id)."""
        return self._by_class.get(kind, ())  # type: ignore[return-value]  # by class

    @cached_property
    def _by_class(self) -> Mapping[type[Entry], tuple[Entry, ...]]:
        groups: dict[type[Entry], list[Entry]] = {}
        for entry in self._entries.values():
            groups.setdefault(type(entry), []).append(entry)
        return {
            cls: tuple(sorted(group, key=lambda entry: (entry.rank, entry.id)))
            for cls, group in groups.items()
        }

    @cached_property
    def _referrers(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for entry in self._entries.values():
            for _, target, _ in references(entry):
                found.setdefault(target, []).append(entry.id)
        return {target: tuple(dict.fromkeys(ids)) for target, ids in found.items()}

    def referrers(self, entry_id: str) -> tuple[Entry, ...]:
        """Return the entries that point to this one."""
        return tuple(self._entries[who] for who in self._referrers.get(entry_id, ()))

    def linked(
        self, relation: str, *, source: str | None = None, target: str | None = None
    ) -> tuple[Entry, ...]:
        """Return what a relation joins to *source*, or to *target*, by rank."""
        links = [link for link in self.of(Link) if link.relation == relation]
        if source is not None:
            return tuple(self[link.target] for link in links if link.source == source)
        return tuple(self[link.source] for link in links if link.target == target)

    def version(self, entry_id: str) -> Version:
        """Return the version of an entry, removed ones too; 0 if unknown."""
        known = self._versions.get(entry_id)
        if known is not None:
            return known
        return Version(1 if entry_id in self._entries else 0)

    @property
    def versions(self) -> Mapping[str, Version]:
        """The versions that differ from 1, and those of removed entries."""
        return self._versions


@cache
def _extensions() -> TypeAdapter[dict[str, JsonValue]]:
    return TypeAdapter(Extensions, config=ConfigDict(allow_inf_nan=False))


def _plain(extensions: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    try:
        return _extensions().validate_python(dict(extensions))
    except ValidationError as error:
        raise said(error, "extensions") from error


def _called(entry: Entry) -> str:
    """Return what a message calls an entry: a long text is known by its beginning."""
    name = " ".join(entry.name_for_people.split())
    if len(name) > _MOST_SIGNS:
        name = name[: _MOST_SIGNS - 1].rstrip() + "…"
    return f"{entry.label.lower()} {name!r}"


def _check(known: Mapping[str, Entry], entries: Iterable[Entry]) -> None:
    """Check what *entries* point to."""
    has_case = False
    for entry in entries:
        if KINDS.get(entry.kind) is not type(entry):
            raise InputError(f"{entry.kind!r} is not a kind of entry", where=entry.id)
        for name, target, rule in references(entry):
            found = known.get(target)
            if found is None:
                raise DanglingReferenceError(target, [f"{_called(entry)} ({name})"])
            if rule.kinds and found.kind not in rule.kinds:
                raise InputError(
                    f"{name} expects {' or '.join(rule.kinds)}, "
                    f"found {found.kind} {target!r}",
                    where=_called(entry),
                    field=name,
                )
        if isinstance(entry, Link):
            _check_link(entry, known)
        has_case = has_case or isinstance(entry, Case)
    if has_case and sum(isinstance(entry, Case) for entry in known.values()) > 1:
        raise InputError("a workshop has one case header, this one would have two")


def _check_link(link: Link, known: Mapping[str, Entry]) -> None:
    rule = RELATIONS[link.relation]
    for role, name, kinds in (
        ("source", link.source, rule.sources),
        ("target", link.target, rule.targets),
    ):
        if kinds and known[name].kind not in kinds:
            raise InputError(
                f"the {role} of {link.relation!r} is a {' or '.join(sorted(kinds))}, "
                f"found {known[name].kind} {name!r}",
                where=_called(link),
            )
