"""The JSON file of a document (``*.journey.json``): written, read back, described.

A file that comes from elsewhere is read with limits on size and depth; keys that this
release does not know are kept under ``extensions`` and written back.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import from_json as parse_json

from journeykit.errors import InputError
from journeykit.model.document import Document
from journeykit.model.kinds import KINDS, adapter, body, read_entries

__all__ = ["SCHEMA_VERSION", "from_json", "json_schema", "to_json"]

SCHEMA_VERSION = 1
_FORMAT = "journeykit"
_MAX_BYTES = 50_000_000
_MAX_DEPTH = 50
_MAX_ENTRIES = 100_000
_TOP = ("format", "schema_version", "entries", "extensions")


def to_json(document: Document, *, is_indented: bool = True) -> str:
    """Return the JSON file of *document*: entries by kind, in their order.

    Parameters
    ----------
    document
        The document.
    is_indented
        Whether people read it; on one line it is written ten times faster.

    Examples
    --------
    >>> from_json(to_json(Document())) == Document()
    True
    """
    entries = [body(entry) for cls in KINDS.values() for entry in document.of(cls)]
    whole = {
        "format": _FORMAT,
        "schema_version": SCHEMA_VERSION,
        "entries": entries,
        "extensions": dict(document.extensions),
    }
    indent = 1 if is_indented else None
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=indent) + "\n"


def from_json(text: str | bytes, *, where: str = "") -> Document:
    """Return the document of a JSON file.

    Parameters
    ----------
    text
        The content of the file.
    where
        Its name, for messages.

    Raises
    ------
    InputError
        If it is too large or too deep, no JSON, no journeykit file, of a newer schema,
        or an entry is not what its kind expects.
    DanglingReferenceError
        If an entry points to one that is not there.
    """
    if len(text) > _MAX_BYTES:
        raise InputError(f"the file is larger than {_MAX_BYTES // 10**6} MB", where)
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    try:
        whole = parse_json(raw.removeprefix(b"\xef\xbb\xbf"), allow_inf_nan=False)
    except ValueError as error:
        raise InputError(f"this is not JSON: {error}", where) from error
    _check_depth(whole, where)
    if not isinstance(whole, dict) or whole.get("format") != _FORMAT:
        raise InputError(
            "this is not a journeykit file", where, 'It has to begin with "format"'
        )
    version = whole.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise InputError(f"schema_version should be a number, found {version!r}", where)
    if version > SCHEMA_VERSION:
        raise InputError(
            f"the file has schema {version}, this release knows up to {SCHEMA_VERSION}",
            where,
            "Install a newer journeykit",
        )
    entries, extensions = whole.get("entries", []), whole.get("extensions", {})
    if not isinstance(entries, list) or not isinstance(extensions, dict):
        raise InputError("entries should be a list and extensions an object", where)
    if len(entries) > _MAX_ENTRIES:
        raise InputError(f"more than {_MAX_ENTRIES:,} entries", where)
    extensions = extensions | {k: v for k, v in whole.items() if k not in _TOP}
    kept = extensions.pop("entries", [])  # of kinds that an earlier reader did not know
    if not isinstance(kept, list):
        raise InputError("the entries in extensions should be a list", where)
    entries = entries + kept
    known: list[dict[str, Any]] = []
    foreign: list[dict[str, Any]] = []
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("kind"), str):
            raise InputError(
                f"an entry should be an object with a kind, found {entry!r:.80}", where
            )
        (known if entry["kind"] in KINDS else foreign).append(entry)
    if foreign:
        extensions["entries"] = foreign
    try:
        return Document(read_entries(list(map(_tidied, known))), extensions=extensions)
    except InputError as error:
        place = ", ".join(part for part in (where, error.where) if part)
        raise InputError(error.problem, place, error.mend, error.field) from error


def json_schema() -> dict[str, Any]:
    """Return the published JSON Schema (2020-12) of the file."""
    from journeykit.model.fields import words_of  # read only to publish them

    inner = adapter().json_schema()
    for kind, cls in KINDS.items():
        part = inner["$defs"][cls.__name__]
        part["title"] = cls.label
        part["required"].insert(0, "kind")  # reading does not guess it by its default
        for name, about in part["properties"].items():
            words = words_of(kind, name)
            about["title"] = words.title
            if words.help:
                about["description"] = words.help
    for part in inner["$defs"].values():  # the summary; parameters stand in the code
        if "description" in part:
            part["description"] = " ".join(part["description"].split("\n\n")[0].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "journeykit workshop",
        "type": "object",
        "required": ["format", "schema_version", "entries"],
        "properties": {
            "format": {"const": _FORMAT},
            "schema_version": {"const": SCHEMA_VERSION},
            "entries": {key: inner[key] for key in inner if key != "$defs"},
            "extensions": {"type": "object"},
        },
        "$defs": inner["$defs"],
    }


def _tidied(entry: dict[str, Any]) -> dict[str, Any]:
    """Move keys that this release does not know to the extensions of their entry."""
    fields = KINDS[entry["kind"]].model_fields
    unknown = {key: value for key, value in entry.items() if key not in fields}
    if not unknown:
        return entry
    kept = {key: value for key, value in entry.items() if key in fields}
    extensions = kept.get("extensions", {})
    if not isinstance(extensions, dict):  # its type is refused with all others
        return kept
    return kept | {"extensions": {**extensions, **unknown}}


def _check_depth(value: object, where: str) -> None:
    level: list[object] = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for item in level
            if isinstance(item, dict | list)
            for inner in (item.values() if isinstance(item, dict) else item)
        ]
        if not level:
            return
    raise InputError(f"the file is nested deeper than {_MAX_DEPTH} levels", where)
