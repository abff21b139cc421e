"""What is said beside a field: what it takes and what was found, in plain words."""

from __future__ import annotations

from typing import Any

import pytest
from sample_entries import airport, sample_values

from journeykit.errors import InputError
from journeykit.model import Document, entry_from, from_json
from journeykit.model.edits import change
from journeykit.model.fields import fields_of
from journeykit.model.kinds import KINDS, read_entries
from journeykit.model.refusals import expected

NO_ID = (
    "id: an id is at most 64 lower-case letters, digits, dots, dashes and underscores, "
    "and begins with a letter or digit, found 'Not an id'"
)


@pytest.mark.parametrize(
    ("kind", "field", "bad", "sentence"),
    [
        (
            "pain_point",
            "severity",
            9,
            "How bad is it? takes a whole number from 1 to 5, found 9",
        ),
        (
            "pain_point",
            "severity",
            "3",
            "How bad is it? takes a whole number from 1 to 5, found '3'",
        ),
        (
            "pain_point",
            "text",
            None,
            "What hurts? takes one line of text of at most 300 characters, found "
            "nothing",
        ),
        (
            "pain_point",
            "text",
            "x" * 412,
            "What hurts? takes at most 300 characters, found 412",
        ),
        (
            "pain_point",
            "status",
            "gone",
            "Where does it stand? takes one of open, being_treated, resolved or "
            "returned, found 'gone'",
        ),
        (
            "pain_point",
            "persona",
            "Ann!",
            "Who feels this? takes the id of a persona, found 'Ann!'",
        ),
        (
            "persona",
            "goals",
            ["x", "y" * 301],
            "What they want to get done takes lines of at most 300 characters, "
            "found 301",
        ),
        (
            "persona",
            "goals",
            ["x"] * 201,
            "What they want to get done takes at most 200 lines, found 201",
        ),
        (
            "persona",
            "goals",
            "one text",
            "What they want to get done takes a list of short texts, found 'one text'",
        ),
        ("persona", "is_high_value", 5, "High value? takes yes or no, found 5"),
        (
            "decision",
            "day",
            "31.3.2026",
            "When? takes a day, written as in 2026-03-31, found '31.3.2026'",
        ),
        (
            "action",
            "effort_days",
            -1,
            "How much work? takes a number of at least 0, found -1",
        ),
        ("agenda_block", "minutes", 0, "How long? takes a number above 0, found 0"),
        (
            "agenda_block",
            "minutes",
            601,
            "How long? takes a number from 0.5 to 600, found 601",
        ),
        (
            "case",
            "min_group",
            4,
            "Smallest group that is shown takes a whole number from 5 to 1,000, "
            "found 4",
        ),
        (
            "case",
            "currency",
            "eur",
            "Currency takes a code such as EUR, USD or GBP, found 'eur'",
        ),
        (
            "link",
            "source",
            5,
            "From what? takes the id of an entry, found 5",
        ),
        ("persona", "id", "Not an id", NO_ID),
    ],
)
def test_sentence_says_what_is_taken_and_what_was_found(
    kind: str, field: str, bad: object, sentence: str
) -> None:
    """As it stands beside the field of a form."""
    with pytest.raises(InputError) as caught:
        entry_from(sample_values(kind) | {field: bad})

    assert sentence == caught.value.problem
    assert field == caught.value.field


@pytest.mark.parametrize(
    "bad",
    [10**5_000, {"a": 1}, [], "x\x00" * 500, float("nan")],
    ids=["digits", "dict", "list", "text", "nan"],
)
def test_any_value_gets_its_sentence(bad: object) -> None:
    """Numbers of thousands of digits and whole tables do not break the message."""
    with pytest.raises(InputError, match="How bad is it") as caught:
        entry_from(sample_values("pain_point") | {"severity": bad})

    assert len(caught.value.problem) < 200


def test_change_of_a_field_is_refused_in_the_same_words() -> None:
    """A board that writes one field gets its name back."""
    with pytest.raises(InputError, match=r"How do customers feel\? takes") as caught:
        change(airport(), "queue", {"emotion": 3})

    assert "emotion" == caught.value.field


def test_rule_over_several_fields_names_none() -> None:
    """It stands below the form, not beside a field."""
    with pytest.raises(InputError, match="a note needs a stage") as caught:
        entry_from({"kind": "lane_note", "id": "n", "lane": "need", "text": "Rest"})

    assert "" == caught.value.field


def test_several_faults_name_the_first_field() -> None:
    """All are told, and the form goes to the first."""
    bad = {"severity": 9, "frequency": 0}

    with pytest.raises(InputError, match=r"How bad .*; How often ") as caught:
        entry_from(sample_values("pain_point") | bad)

    assert "severity" == caught.value.field


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"kind": "persona", "id": "p", "name": 5}, r"entry 2\.name: Name takes one"),
        ({"kind": "persona", "id": "p"}, r"entry 2\.name: Name must be filled in"),
        ({"kind": "lane_note", "id": "n", "lane": "need", "text": "x"}, "entry 2: a n"),
        (
            {"kind": "data_set", "id": "d", "title": "x", "mapping": {"weight": ""}},
            r"entry 2\.mapping\.weight: String should have at least 1 character",
        ),
        ({"kind": "mood", "id": "d"}, r"entry 2: Input tag 'mood'"),
        (5, "entry 2: "),
    ],
)
def test_entry_of_a_list_is_named_by_number_and_field(bad: Any, words: str) -> None:
    """Parts without a box of their own keep the path that a file has."""
    good = {"kind": "persona", "id": "ann", "name": "Ann"}

    with pytest.raises(InputError, match=words):
        read_entries([good, bad])


def test_file_keeps_the_field() -> None:
    """The reader of files puts the file in front and loses nothing."""
    text = (
        '{"format": "journeykit", "schema_version": 1, "entries": '
        '[{"kind": "persona", "id": "ann", "name": 5}]}'
    )

    with pytest.raises(InputError, match=r"map\.json, entries: entry 1") as caught:
        from_json(text, where="map.json")

    assert "name" == caught.value.field


def test_reference_to_the_wrong_kind_names_its_field() -> None:
    """A persona is no stage, and the form shows it beside the stage."""
    wrong = entry_from(sample_values("pain_point") | {"stage": "ann", "owner": None})
    entries = [*airport(), wrong.model_copy(update={"touchpoint": None})]

    with pytest.raises(InputError, match="stage expects stage, found persona") as found:
        Document(
            one.model_copy(update={"persona": "ann"}) if one is wrong else one
            for one in entries
        )
    assert "stage" == found.value.field


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_words_for_what_it_takes(kind: str) -> None:
    """No message is left with a hole, and no article is wrong."""
    for spec in fields_of(kind):
        words = expected(spec)

        assert words.split()
        assert "None" not in words
        assert "  " not in words
        assert " a o" not in words.replace("a one", "")
