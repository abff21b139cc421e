"""Examples in a workshop: what came with its starter, to be taken out in one step.

A starter marks what is only an example in the extensions of the entry, under
``journeykit``:

``{"is_example": true}``
    The whole entry is an example. On making a workshop ``as_given`` is added, a short
    hash of the entry, so that one that a person changed since is known: it is theirs.
``{"example_fields": {"emotion": -1, "owner": "stakeholder-sales"}}``
    The entry stays (a touchpoint is part of the skeleton), the values of these fields
    are examples; a field that holds another value by now is a person's.

Versions were not used for this: undoing a removal gives an entry a new one, and they
are no part of the JSON file. Where an example stands among its like is not counted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from journeykit.model import Document, Edit, Entry, Link
from journeykit.model.base import references
from journeykit.model.edits import change, new_edit_id, remove
from journeykit.model.kinds import body

__all__ = [
    "KeptExample",
    "as_given",
    "edits_removing_examples",
    "example_fields",
    "example_ids",
    "is_example",
    "kept_examples",
]

_OURS = "journeykit"
_MARKS = ("is_example", "as_given", "example_fields")


@dataclass(frozen=True, slots=True)
class KeptExample:
    """An example that stays when the examples go.

    Parameters
    ----------
    entry, name
        Its id, and the words by which people know it.
    why
        The reason, to be read after the name.
    """

    entry: str
    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


def is_example(entry: Entry) -> bool:
    """Return whether *entry* came as an example."""
    return _mark(entry).get("is_example") is True


def example_fields(entry: Entry) -> Mapping[str, Any]:
    """Return the fields of *entry* that still hold what came as an example.

    Returns
    -------
    Mapping
        Value as plain JSON by name of the field.
    """
    given = _mark(entry).get("example_fields")
    if not isinstance(given, dict):
        return {}
    plain = entry.model_dump(mode="json")
    return {
        name: value
        for name, value in given.items()
        if name in plain and plain[name] == value
    }


def example_ids(document: Document) -> tuple[str, ...]:
    """Return the entries that came as examples, changed since or not.

    Entries of which only some fields are examples are not among them.
    """
    return tuple(entry.id for entry in document if is_example(entry))


def as_given(document: Document) -> Document:
    """Return a document in which each example knows its content as it came."""
    return document.with_entries(
        entry.model_copy(update={"extensions": _with_mark(entry, _content(entry))})
        for entry in document
        if is_example(entry)
    )


def kept_examples(document: Document) -> tuple[KeptExample, ...]:
    """Return the examples that stay when the examples go, each with its reason.

    Those that a person changed stay, and so do those to which something points that
    stays. Links are not named: they go and stay with what they join.
    """
    return tuple(
        KeptExample(name, document[name].name_for_people, why)
        for name, why in _kept(document).items()
        if not isinstance(document[name], Link)
    )


def edits_removing_examples(
    document: Document, author: str | None = None
) -> tuple[Edit, ...]:
    """Return one group of edits that takes the examples out; empty if there are none.

    Parameters
    ----------
    document
        The workshop as it stands.
    author
        Id of the author.

    Returns
    -------
    tuple
        Removals of examples, but those of :func:`kept_examples`; and changes that set
        example fields to their defaults. A step like any other: one undo brings all of
        it back, the marks too.
    """
    group = new_edit_id()
    kept = _kept(document)
    edits = []
    for entry in document:
        if is_example(entry):
            if entry.id not in kept:
                edits.append(remove(document, entry.id, author=author, group=group))
        elif "example_fields" in _mark(entry):
            fields = {name: _default(entry, name) for name in example_fields(entry)}
            fields["extensions"] = _without_mark(entry)
            edits.append(change(document, entry.id, fields, author=author, group=group))
    return tuple(edits)


def _kept(document: Document) -> dict[str, str]:
    """Return why each example that stays does so."""
    kept = {
        entry.id: "it was changed since"
        for entry in document
        if is_example(entry) and _is_changed(document, entry)
    }
    going = set(example_ids(document)) - set(kept)
    waiting = [entry for entry in document if entry.id not in going]
    while waiting:  # what stays keeps what it points to, and so on
        entry = waiting.pop()
        free = example_fields(entry)
        for field, target, _ in references(entry):
            if target in going and field not in free:
                going.discard(target)
                kept[target] = f"{_called(entry)} points to it"
                waiting.append(document[target])
    for link in document.of(Link):
        ends = {link.source, link.target}
        if link.id in going and ends & kept.keys() and not ends & going:
            kept[link.id] = "both of its ends stay"
    return kept


def _called(entry: Entry) -> str:
    if isinstance(entry, Link):
        return "a link"
    return f"{entry.label.lower()} “{entry.name_for_people}”"


def _is_changed(document: Document, entry: Entry) -> bool:
    given = _mark(entry).get("as_given")
    if isinstance(given, str):
        return given != _content(entry)
    return document.version(entry.id).number > 1  # marked by hand or by another tool


def _content(entry: Entry) -> str:
    """Return a short hash of what an entry says, wherever it stands."""
    fields = {k: v for k, v in body(entry).items() if k not in ("rank", "extensions")}
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _mark(entry: Entry) -> dict[str, Any]:
    ours = entry.extensions.get(_OURS)
    return ours if isinstance(ours, dict) else {}


def _with_mark(entry: Entry, content: str) -> dict[str, Any]:
    return {**entry.extensions, _OURS: {**_mark(entry), "as_given": content}}


def _without_mark(entry: Entry) -> dict[str, Any]:
    rest = {k: v for k, v in _mark(entry).items() if k not in _MARKS}
    others = {k: v for k, v in entry.extensions.items() if k != _OURS}
    return {**others, _OURS: rest} if rest else others


def _default(entry: Entry, name: str) -> Any:  # Any: of whatever type the field is
    return type(entry).model_fields[name].get_default(call_default_factory=True)
