"""Ids, ranks, clean text, and which fields point to other entries."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_entries import one_of_each_kind, sample_values

from journeykit.errors import InputError
from journeykit.model import (
    KINDS,
    DataSet,
    Entry,
    Link,
    Measurement,
    Persona,
    Stage,
    Touchpoint,
    entry_from,
    new_id,
    rank_between,
)
from journeykit.model.base import clean_tree, references, text_fields
from journeykit.text import clean_text

HOSTILE = [
    *("".join(map(chr, range(32))), "".join(map(chr, range(0x7F, 0xA0)))),
    *("\ud800", "\udfff", "a\ud83d", "\ude00\ud83d", "\ufffe", "\uffff", "\x00" * 99),
    *("\x0bvertical tab", "line\r\nline\rline", "\u2028\u2029", "\ufeffbyte order"),
    *("<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "&#0;"),
    *("]]>", "-->", "{{7*7}}", "${HOME}", "%s%n%d", "`rm -rf .`", "$(id)", "\\x00"),
    *("'; DROP TABLE entry; --", "=HYPERLINK(0)", "+1", "@SUM(A1)", "_x000B_"),
    *("../../etc/passwd", "CON", "NaN", "null", "\u202eright to left", "\u200b\u2060"),
    *("Z\u0351\u0343a\u0322\u0328l\u031bg\u0321o" * 9, "\U0001f468\u200d\U0001f469"),
]


def _text_fields(kind: str) -> list[tuple[str, bool]]:
    """Return the fields of plain text, and whether each holds several."""
    properties = KINDS[kind].model_json_schema()["properties"]
    return [
        (name, properties[name]["type"] == "array")
        for name in sorted(text_fields(KINDS[kind]))
        if properties[name].get("type") in ("string", "array")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_clean_in_every_field(kind: str) -> None:
    """Whatever field people write in, nothing stays that breaks XML, JSON or UTF-8."""
    values = sample_values(kind)
    for field, is_many in _text_fields(kind):
        for text in HOSTILE:
            entry = entry_from(values | {field: [text] if is_many else text})
            kept = getattr(entry, field)[0] if is_many else getattr(entry, field)

            clean = clean_text(text).text
            assert kept in (clean, " ".join(clean.split()))
            assert kept == json.loads(json.dumps(kept, ensure_ascii=False).encode())
            assert kept.replace("\r", "") == _through_xml(kept)


def _through_xml(text: str) -> str:
    return ElementTree.fromstring(f"<a>{escape(text)}</a>").text or ""


def test_lines_are_one_line_and_prose_keeps_its_own() -> None:
    """A name never breaks a table; a story keeps its paragraphs and its indents."""
    persona = Persona(
        id="p",
        name=" Ann\r\nthe\tnurse\u2028 ",
        summary="One\r\n\ttwo",
        goals=(" be\nin time ",),
    )

    assert "Ann the nurse" == persona.name
    assert "One\n\ttwo" == persona.summary
    assert ("be in time",) == persona.goals


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Zo\u0065\u0308", "Zo\u0065\u0308"),  # a name stays as its owner writes it
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("\u0645\u0631\u062d\u0628\u0627", "\u0645\u0631\u062d\u0628\u0627"),
        ("non\u00a0breaking", "non breaking"),
        ("<b>bold</b> & 5 > 4", "<b>bold</b> & 5 > 4"),  # markup is text like any other
    ],
)
def test_people_keep_their_own_writing(text: str, kept: str) -> None:
    """Only what breaks things is taken out; nothing is normalised or escaped."""
    assert kept == Persona(id="p", name=text).name


@pytest.mark.parametrize(
    ("kind", "field", "limit"),
    [
        ("persona", "name", "300"),
        ("persona", "summary", "20,000"),
        ("persona", "goals", "300"),
        ("kpi", "measure", "64"),
        ("data_set", "mapping.comments", "1000"),
    ],
)
def test_text_of_a_megabyte_is_refused_with_a_sentence(
    kind: str, field: str, limit: str
) -> None:
    """Field, limit and length are named; the text is not printed."""
    name, _, inner = field.partition(".")
    long = "x" * 1_000_000
    bad: Any = {inner: [long]} if inner else [long] if name == "goals" else long

    with pytest.raises(
        InputError, match=rf"at most {limit} characters, found (1,000,000|'xxx)"
    ) as caught:
        entry_from(sample_values(kind) | {name: bad})

    assert name == caught.value.field
    assert len(str(caught.value)) < 250


def test_length_counts_after_cleaning() -> None:
    """Blanks and control characters that are taken out do not count."""
    long = "x " * 150 + " \x00" * 500

    assert "x " * 149 + "x" == Persona(id="p", name=long).name


def test_keys_and_codes_are_clean_too() -> None:
    """A catalogue key or a column with a NUL could not be stored in PostgreSQL."""
    mapping = sample_values("data_set")["mapping"] | {"weight": "WEI\x00GHT\ud800"}
    data = DataSet(id="d", title="Survey", mapping=mapping)
    kpi = entry_from({"kind": "kpi", "id": "k", "name": "NPS", "measure": "n\x00ps"})

    assert "WEIGHT" == data.mapping.weight  # type: ignore[union-attr]
    assert "nps" == kpi.measure  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "bad", ["", "A", "-a", "a b", "a/b", "../a", "a\n", "\u00e4", "a" * 65, 7, None]
)
def test_id_is_short_and_ascii(bad: object) -> None:
    """An id goes into file names, addresses and Mermaid without escaping."""
    with pytest.raises(InputError, match="id:"):
        entry_from({"kind": "persona", "id": bad, "name": "Ann"})


@pytest.mark.parametrize("good", ["a", "0", "pp-1", "a.b_c-d", "a" * 64])
def test_id_may_hold_dots_dashes_and_underscores(good: str) -> None:
    """What the pattern promises is taken."""
    assert good == Persona(id=good, name="Ann").id


def test_new_ids_differ_and_begin_with_initials() -> None:
    """Two who add at once on two machines do not meet."""
    ids = {new_id("pain_point") for _ in range(200)}

    assert 200 == len(ids)
    assert {"pp"} == {name.split("-")[0] for name in ids}
    assert all(entry_from({"kind": "persona", "id": i, "name": ""}) for i in ids)


@pytest.mark.parametrize("bad", [0, 86400.0, "86400", "0", "1e9", True, "", "today"])
def test_day_is_no_number_of_seconds(bad: object) -> None:
    """A year or a spreadsheet's day number is not taken for seconds since 1970."""
    with pytest.raises(InputError, match="day"):
        entry_from(
            {"kind": "kpi_observation", "id": "o", "kpi": "k", "value": 1, "day": bad}
        )


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "NaN", 10**400])
@pytest.mark.parametrize(
    ("kind", "field"),
    [("kpi", "target"), ("measurement", "value"), ("persona", "extensions")],
)
def test_numbers_are_finite(kind: str, field: str, value: object) -> None:
    """Strict JSON has no NaN and no infinity; neither has a document."""
    if field == "extensions":
        value = {"deep": [float("nan") if value == "NaN" else value]}

    with pytest.raises(InputError, match=r"number|Number") as caught:
        entry_from(sample_values(kind) | {field: value})

    assert field == caught.value.field


def test_number_that_python_cannot_print_is_refused_in_words() -> None:
    """The message itself must not fail on a number of thousands of digits."""
    with pytest.raises(InputError, match="at most 300 digits"):
        entry_from(sample_values("persona") | {"extensions": {"n": 10**5000}})


def test_extensions_are_clean_and_a_copy() -> None:
    """What came from elsewhere is cleaned too, and nobody else holds a handle on it."""
    given_list = ["\x00a"]
    given_value = {"k\ud800": given_list}
    entry = Persona(id="p", name="Ann", extensions=given_value)
    given_list.append("later")
    given_value["more"] = []

    assert {"k": ["a"]} == entry.extensions


@pytest.mark.parametrize(("levels", "is_taken"), [(39, True), (40, False)])
def test_extensions_are_only_so_deep(levels: int, is_taken: bool) -> None:
    """What is taken can be read back from a file, whose depth has a limit."""
    deep: Any = "end"
    for _ in range(levels):
        deep = [deep]
    values = sample_values("persona") | {"extensions": {"deep": deep}}

    if is_taken:
        assert deep == entry_from(values).extensions["deep"]
    else:
        with pytest.raises(InputError, match="extensions: nested too deep"):
            entry_from(values)


def test_clean_tree_leaves_other_things_alone() -> None:
    """Numbers, booleans and nothing at all pass; tuples become lists as in JSON."""
    assert {"a": [1, 2.5, True, None]} == clean_tree({"a": (1, 2.5, True, None)})


def test_entries_never_change_in_place() -> None:
    """A field is set by an edit only."""
    with pytest.raises(ValueError, match="frozen"):
        Persona(id="p", name="Ann").name = "Bea"  # type: ignore[misc]


def test_direct_construction_refuses_unknown_fields() -> None:
    """A typo in code is told by pydantic itself, at the caller's line."""
    with pytest.raises(ValueError, match="nmae"):
        Persona(id="p", name="Ann", nmae="Bea")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("persona", "words"),
        ("case", "words"),
        ("lane_note", "words"),
        ("link", "link-0"),
    ],
)
def test_entry_is_called_by_its_words_or_its_id(kind: str, name: str) -> None:
    """Messages call an entry by its name, title or text; a link has none."""
    assert name == entry_from(sample_values(kind)).name_for_people


def test_entry_with_an_empty_name_is_called_by_its_id() -> None:
    """An empty card can still be told from others."""
    assert "p" == Persona(id="p", name="").name_for_people


def test_references_are_found_however_deep() -> None:
    """Questions, rules and matched names of a mapping point to entries too."""
    found = {
        (field, target, rule.kinds)
        for field, target, rule in references(entry_from(sample_values("data_set")))
    }

    assert {
        ("mapping.questions.touchpoint", "touchpoint-0", ("touchpoint",)),
        ("mapping.groups.subject", "persona-0", ("persona", "segment")),
        (
            "mapping.needs.subject",
            "pain_point-0",
            ("touchpoint", "pain_point", "opportunity"),
        ),
        ("records.activities", "touchpoint-0", ("touchpoint",)),
        ("records.groups.subject", "persona-0", ("persona", "segment")),
        ("records.personas", "persona-0", ("persona", "segment")),
    } == found


def test_references_leave_out_what_is_not_set() -> None:
    """An optional reference that is None points to nothing."""
    touchpoint = Touchpoint(id="t", stage="s", name="Gate")

    assert [("stage", "s")] == [(f, target) for f, target, _ in references(touchpoint)]
    assert [] == list(references(DataSet(id="d", title="Survey")))


def test_every_id_field_is_a_reference_but_participants() -> None:
    """A field that holds an id is checked; names of participants live apart."""
    unchecked = set()
    for entry in one_of_each_kind():
        pointing = {field.split(".")[0] for field, _, _ in references(entry)}
        schema = type(entry).model_json_schema()["properties"]
        ids = {
            name
            for name, inner in schema.items()
            if "a-z0-9._-" in json.dumps(inner) and name != "id"
        }
        unchecked |= {(entry.kind, name) for name in ids - pointing}

    assert {("vote", "participant"), ("individual_score", "participant")} == unchecked


@pytest.mark.parametrize(
    ("cls", "fields"),
    [
        (Stage, {"name", "description", "extensions"}),
        (Link, {"note", "extensions"}),
        (Measurement, {"extensions"}),  # what was left out is counted, not written
        (
            DataSet,
            {"title", "source", "licence", "attribution", "note", "extensions"},
        ),
    ],
)
def test_text_that_people_wrote_is_known(cls: type[Entry], fields: set[str]) -> None:
    """What somebody wrote can be erased; ids, mappings and counts are not text."""
    assert fields == text_fields(cls)


def test_rank_lies_between_its_neighbours() -> None:
    """Open ends and close neighbours alike."""
    assert "V" == rank_between(None, None)
    assert "U" < rank_between("U", "V") < "V"
    assert "U" < rank_between("U", "U1") < "U1"
    assert "Uz" < rank_between("Uz", "V") < "V"
    assert rank_between(None, "1") < "1"
    assert "z" < rank_between("z", None)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("W", "V", "a rank below 'V' was expected, found 'W'"),
        ("V", "V", "a rank below 'V' was expected, found 'V'"),
        ("V", "V0", "found 'V0'"),  # between these two there is nothing
        ("0", None, "found '0'"),
        ("", None, "found ''"),
        (None, "a-b", "found 'a-b'"),
        ("V\n", None, r"found 'V\\n'"),
    ],
)
def test_rank_of_impossible_neighbours_is_refused(
    before: str | None, after: str | None, words: str
) -> None:
    """Neighbours in the wrong order, equal ones, and what is no rank."""
    with pytest.raises(InputError, match=words):
        rank_between(before, after)


def test_thousands_appended_keep_short_ranks() -> None:
    """Ranks count on at an open end: 5,000 sticky notes do not outgrow the limit."""
    up = down = None
    for _ in range(5_000):
        above, below = rank_between(up, None), rank_between(None, down)
        assert (up or "") < above
        assert down is None or below < down
        up, down = above, below

    assert len(up or "") <= 5
    assert len(down or "") <= 5


def test_ranks_between_the_same_two_end_with_a_sentence() -> None:
    """About a thousand fit; then the entries around have to be ranked anew."""
    high = "W"
    for _ in range(900):
        high = rank_between("V", high)

    with pytest.raises(InputError, match=r"no rank of 200 signs.*new ranks"):
        for _ in range(900):
            high = rank_between("V", high)


@given(st.lists(st.tuples(st.sampled_from("<>|"), st.integers(0, 500)), max_size=300))
def test_ranks_sort_as_they_were_inserted(places: list[tuple[str, int]]) -> None:
    """However cards are dropped, each rank lies strictly between its neighbours."""
    ranks: list[str] = []
    for where, number in places:
        place = {"<": 0, ">": len(ranks)}.get(where, number % (len(ranks) + 1))
        before = ranks[place - 1] if place else None
        after = ranks[place] if place < len(ranks) else None

        made = rank_between(before, after)

        assert (before or "") < made
        assert after is None or made < after
        assert not made.endswith("0")
        ranks.insert(place, made)

    assert sorted(set(ranks)) == ranks
    assert all(Persona(id="p", name="", rank=rank) for rank in ranks)
