"""Entries and documents to test with: one of each kind, and random ones."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from hypothesis import strategies as st

from journeykit.model import (
    KINDS,
    Case,
    Channel,
    Comment,
    Document,
    Edit,
    Entry,
    Journey,
    LaneNote,
    Link,
    PainPoint,
    Persona,
    Stage,
    Stakeholder,
    Touchpoint,
    entry_from,
)
from journeykit.model.base import ID_PATTERN, references
from journeykit.model.edits import add, change, remove

__all__ = [
    "airport",
    "documents",
    "edits_of",
    "filled_entries",
    "one_of_each_kind",
    "sample_values",
]

_MAPPING = {
    "questions": [
        {
            "column": "Q7A",
            "asks": "satisfaction",
            "scale": {"lowest": 1, "highest": 5, "not_answers": {"0": "blank"}},
            "touchpoint": "touchpoint-0",
            "wording": "How clean was it?",
        }
    ],
    "groups": [
        {
            "subject": "persona-0",
            "conditions": [{"column": "Q2", "values": ["1", "2"]}],
        }
    ],
    "weight": "WEIGHT",
    "respondent": "RESPNUM",
    "comments": ["Q9"],
    "needs": [
        {
            "name": "Clean rooms",
            "subject": "pain_point-0",
            "importance": "Q8A",
            "satisfaction": "Q7A",
        }
    ],
}
"""How columns of a survey are read; its references need care, so it stands here."""

_RECORDS = {
    "reads": "events",
    "customer": "user_id",
    "activity": "event",
    "time": "timestamp",
    "rating": {"column": "stars", "scale": {"lowest": 1, "highest": 5}},
    "only": [{"column": "lifecycle", "values": ["complete"]}],
    "groups": [
        {
            "subject": "persona-0",
            "conditions": [{"column": "plan", "values": ["team"]}],
        }
    ],
    "renamed": {"event": ["event_name", "activity"]},
    "activities": {"/check-in": "touchpoint-0"},
    "personas": {"business": "persona-0"},
}
"""How columns of an event log are read; every reference in it is checked."""

_FITTING: dict[str, dict[str, Any]] = {
    "data_set": {"period_start": "2017-05-01", "period_end": "2017-05-31"},
    "department_sign_off": {"reason": "too few people on the gates"},
    "individual_score": {"scale": "emotion", "value": 1},
    "lane_note": {"lane": "feeling"},
    "link": {"relation": "flows_to"},
}
"""Fields that must fit each other, by kind."""


def _plain(schema: dict[str, Any]) -> Any:
    """Return one plain value that a JSON Schema describes."""
    if "anyOf" in schema:
        return _plain(schema["anyOf"][0])
    default = schema.get("default")
    if "const" in schema or "enum" in schema:
        choices = schema.get("enum", [schema.get("const")])
        return next((value for value in choices if value != default), default)
    kind = schema.get("type")
    if kind == "array":
        return [_plain(schema["items"])]
    if kind == "object":
        return {"note": 3}
    if kind == "boolean":
        return not default
    if kind in ("integer", "number"):
        return schema.get("maximum", schema.get("minimum", 7))
    pattern = schema.get("pattern", "")
    if pattern == ID_PATTERN:
        return "someone"
    if "64" in pattern:
        return "0123456789abcdef" * 4
    by_pattern = {"A-Z]{3}": "EUR", "a-z]{2,3}": "de", "1-9A-Za-z]": "k7"}
    found = next((v for part, v in by_pattern.items() if part in pattern), None)
    return found or ("2017-05-16" if schema.get("format") == "date" else "words")


@cache
def _schemas(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of each field of a kind."""
    properties: dict[str, Any] = KINDS[kind].model_json_schema()["properties"]
    return properties


def sample_values(kind: str) -> dict[str, Any]:
    """Return values for every field of a kind, none of them at its default.

    References point to ``<kind>-0``, as :func:`one_of_each_kind` names its entries.
    """
    cls = KINDS[kind]
    values = {
        name: _plain(inner)
        for name, inner in _schemas(kind).items()
        if name not in ("mapping", "records")
    }
    values |= {"kind": kind, "id": f"{kind}-0"} | _FITTING.get(kind, {})
    if "mapping" in cls.model_fields:
        values |= {"mapping": _MAPPING, "records": _RECORDS}
    return values | _pointers(entry_from(values))


def _pointers(entry: Entry) -> dict[str, str]:
    """Return the reference fields of an entry with ids that stand for their kinds."""
    if isinstance(entry, Link):
        return {"source": "touchpoint-0", "target": "touchpoint-0"}
    return {
        name: f"{rule.kinds[0] if rule.kinds else 'stage'}-0"
        for name, _, rule in references(entry)
        if "." not in name
    }


@cache
def one_of_each_kind() -> Document:
    """Return a document of one entry of every kind, with every field filled."""
    return Document(entry_from(sample_values(kind)) for kind in KINDS)


_TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("<>&\"'=@+-\n\r\t\x00\x0b\x1b\x85\u2028\u202e\ufffe\U0001f600"),
    ),
    max_size=24,
)


def _values_of(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return random plain values that a JSON Schema describes."""
    if "anyOf" in schema:
        return _values_of(schema["anyOf"][0])
    if "const" in schema or "enum" in schema:
        return st.sampled_from(schema.get("enum", [schema.get("const")]))
    kind = schema.get("type")
    if kind == "array":
        return st.lists(_values_of(schema["items"]), max_size=3)
    if kind == "object":
        return st.dictionaries(_TEXTS, st.integers(0, 99), max_size=3)
    if kind == "boolean":
        return st.booleans()
    low, high = schema.get("minimum", 1), schema.get("maximum", 600)
    if kind == "integer":
        return st.integers(low, high)
    if kind == "number":
        return st.floats(low, high)
    if schema.get("format") == "date":
        return st.dates().map(str)
    if "pattern" in schema:
        ascii_only = st.characters(max_codepoint=126)
        return st.from_regex(schema["pattern"], fullmatch=True, alphabet=ascii_only)
    return (
        _TEXTS
        if "minLength" not in schema
        else st.text("abc \x00ä", min_size=1).map("Q{}".format)
    )


@st.composite
def filled_entries(draw: st.DrawFn, kind: str) -> Entry:
    """Draw an entry of a kind with a random value in every field."""
    fixed = sample_values(kind)
    loose = {
        name: _values_of(schema)
        for name, schema in _schemas(kind).items()
        if name not in ("id", "kind", "mapping", "records", "extensions", "definition")
        and name not in _FITTING.get(kind, {})
        and name not in _pointers(entry_from(fixed))
    }
    return entry_from(fixed | draw(st.fixed_dictionaries(loose)))


def airport() -> Document:
    """Return a small airport: one journey, two stages, three touchpoints."""
    return Document(
        [
            Case(id="case", title="Airport"),
            Journey(id="j", name="Departure"),
            Stage(id="arrive", journey="j", name="Arrive", rank="F"),
            Stage(id="security", journey="j", name="Security", rank="V"),
            Channel(id="desk", name="Desk"),
            Persona(id="ann", name="Ann"),
            Stakeholder(id="boss", name="Head of terminal"),
            Touchpoint(id="parking", stage="arrive", name="Parking", owner="boss"),
            Touchpoint(id="check-in", stage="arrive", name="Check-in", channel="desk"),
            Touchpoint(id="queue", stage="security", name="Queue", rank="k"),
            PainPoint(id="wait", text="Long wait", touchpoint="queue", severity=4),
            Link(id="l1", source="wait", target="parking", relation="pain_at"),
        ]
    )


_IDS = ("a", "b", "c")


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a document of several kinds whose entries point to each other."""
    entries: list[Entry] = []

    def some(kind: str, least: int = 0) -> list[str]:
        n = draw(st.integers(least, len(_IDS)))
        return [f"{kind}-{letter}" for letter in _IDS[:n]]

    def one(ids: list[str]) -> str | None:
        return draw(st.none() | st.sampled_from(ids)) if ids else None

    if draw(st.booleans()):
        entries.append(Case(id="case", title=draw(_TEXTS)))
    owners, channels = some("stakeholder"), some("channel")
    journeys, personas = some("journey", 1), some("persona")
    entries += [Stakeholder(id=name, name=draw(_TEXTS)) for name in owners]
    entries += [Channel(id=name, name=draw(_TEXTS)) for name in channels]
    entries += [Journey(id=name, name=draw(_TEXTS)) for name in journeys]
    entries += [Persona(id=name, name=draw(_TEXTS)) for name in personas]
    stages, touchpoints = some("stage", 1), some("touchpoint", 1)
    for name in stages:
        journey = draw(st.sampled_from(journeys))
        entries.append(Stage(id=name, journey=journey, name=draw(_TEXTS)))
    for name in touchpoints:
        stage = draw(st.sampled_from(stages))
        more = {"owner": one(owners), "channel": one(channels)}
        entries.append(Touchpoint(id=name, stage=stage, name="Gate", **more))
    for name in some("pain_point"):
        where = one(touchpoints)
        entries.append(PainPoint(id=name, text=draw(_TEXTS), touchpoint=where))
    for name in some("lane_note"):
        stage, persona = draw(st.sampled_from(stages)), one(personas)
        text = draw(_TEXTS)
        note = LaneNote(id=name, lane="need", text=text, stage=stage, persona=persona)
        entries.append(note)
    known = st.sampled_from([entry.id for entry in entries])
    for name in some("link"):
        entries.append(Link(id=name, source=draw(known), target=draw(known)))
    for name in some("comment"):
        entries.append(Comment(id=name, subject=draw(known), text=draw(_TEXTS)))
    return Document(entries)


_RANKS = st.sampled_from(["1", "V", "V1", "k", "zz"])
_FIELDS: dict[type[Entry], dict[str, st.SearchStrategy[Any]]] = {
    Case: {"title": _TEXTS, "min_group": st.integers(5, 9)},
    Touchpoint: {
        "name": _TEXTS,
        "emotion": st.none() | st.integers(-2, 2),
        "systems": st.lists(_TEXTS, max_size=2),
        "moment_of_truth": st.booleans(),
    },
    PainPoint: {"severity": st.none() | st.integers(1, 5), "cause": _TEXTS},
    Comment: {"day": st.none() | st.dates(), "effect": _TEXTS},
    Link: {"strength": st.integers(1, 5), "note": _TEXTS},
}


@st.composite
def edits_of(
    draw: st.DrawFn,
    document: Document,
    verbs: str = "add change remove",
    entry_id: str | None = None,
) -> Edit:
    """Draw an edit that can be applied to *document*; a change may be of one entry."""
    free = [
        entry.id
        for entry in document
        if all(other.id == entry.id for other in document.referrers(entry.id))
    ]
    makers: dict[str, Callable[[], Edit]] = {}
    if "add" in verbs:
        fresh = draw(st.from_regex(r"new-[0-9a-z]{6}", fullmatch=True))
        if fresh not in document:
            point = PainPoint(id=fresh, text=draw(_TEXTS), rank=draw(_RANKS))
            makers["add"] = lambda: add(point)
    if "remove" in verbs and free:
        gone = draw(st.sampled_from(free))
        makers["remove"] = lambda: remove(document, gone)
    if "change" in verbs:
        chosen = list(document) if entry_id is None else [document[entry_id]]
        entry = draw(st.sampled_from(chosen))
        extensions = st.dictionaries(_TEXTS, _TEXTS, max_size=2)
        known = {"rank": _RANKS, "extensions": extensions}
        known |= _FIELDS.get(type(entry), {})
        names = draw(st.sets(st.sampled_from(sorted(known)), min_size=1))
        fields = {name: draw(known[name]) for name in sorted(names)}
        makers["change"] = lambda: change(document, entry.id, fields)
    return makers[draw(st.sampled_from(sorted(makers)))]()
