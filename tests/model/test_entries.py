"""The kinds of entries: what each takes, what it refuses, and in which words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_entries import filled_entries, sample_values

from journeykit.errors import InputError, UnknownNameError
from journeykit.model import (
    KINDS,
    Condition,
    Document,
    Entry,
    PainPoint,
    Question,
    Scale,
    SurveyMapping,
    entry_from,
)
from journeykit.model.fields import hidden_fields, words_of
from journeykit.model.kinds import body, kind_class, read_entries

NAMED = """
case objective kpi kpi_observation stakeholder department_sign_off segment persona
journey stage channel touchpoint channel_change lane_note individual_score link
attachment data_set evidence measurement pain_point pain_point_status
department_answer opportunity experiment copis_element canvas_entry action vote
agenda_block parking_lot_item rule_off decision comment
"""


def test_every_exercise_has_its_kinds() -> None:
    """The kinds of a workshop, and no other; a new one is a line here and there."""
    assert NAMED.split() == list(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_named_by_its_class(kind: str) -> None:
    """The registered name is what the class writes, and a person has a word for it."""
    entry = entry_from(sample_values(kind))

    assert kind == entry.kind
    assert type(entry) is KINDS[kind]
    assert entry.label not in ("", Entry.label)
    assert type(entry).__doc__


@pytest.mark.parametrize("kind", KINDS)
def test_body_of_a_filled_entry_holds_every_field(kind: str) -> None:
    """No field gets lost on the way to JSON and back."""
    values = sample_values(kind)
    entry = entry_from(values)

    assert set(KINDS[kind].model_fields) == set(body(entry))
    assert entry == entry_from(body(entry))
    assert [entry] == read_entries([body(entry)])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_random_entry_survives_its_body(kind: str, data: st.DataObject) -> None:
    """Any values a kind takes come back from JSON as they were."""
    entry = data.draw(filled_entries(kind))

    assert entry == entry_from(body(entry))


@pytest.mark.parametrize("kind", KINDS)
def test_required_fields_are_named_when_missing(kind: str) -> None:
    """Each missing field is named, for the form and in words; all kinds of them."""
    required = [
        name for name, info in KINDS[kind].model_fields.items() if info.is_required()
    ]
    for name in required[1:]:  # without the id
        values = {k: v for k, v in sample_values(kind).items() if k != name}

        with pytest.raises(InputError, match="must be filled in") as caught:
            entry_from(values)
        assert name == caught.value.field
        assert words_of(kind, name).title in caught.value.problem


def test_defaults_are_left_out_of_a_body() -> None:
    """A file holds what people wrote, not what nobody touched."""
    persona = entry_from({"kind": "persona", "id": "p", "name": "Ann"})

    assert {"kind": "persona", "id": "p", "name": "Ann"} == body(persona)


def test_unknown_kind_offers_the_nearest() -> None:
    """A misspelled kind is answered with the right one and the list."""
    with pytest.raises(UnknownNameError, match="Did you mean 'touchpoint'") as caught:
        kind_class("touch_point")

    assert tuple(KINDS) == caught.value.known


@pytest.mark.parametrize("kind", [None, "", 7, [], "Persona"])
def test_what_is_no_kind_is_refused(kind: object) -> None:
    """Whatever stands in place of a kind is answered with the list."""
    with pytest.raises(UnknownNameError, match="there is no kind of entry"):
        entry_from({"kind": kind, "id": "p", "name": "Ann"})


@pytest.mark.parametrize("name", ["nmae", "", 5])
def test_unknown_field_is_refused(name: Any) -> None:
    """A column that no field takes is not dropped in silence."""
    with pytest.raises(UnknownNameError, match="there is no field of persona"):
        entry_from({"kind": "persona", "id": "p", "name": "Ann", name: 1})


@pytest.mark.parametrize(
    ("kind", "field", "bad"),
    [
        ("persona", "name", 5),
        ("persona", "name", None),
        ("persona", "goals", "one text"),
        ("persona", "goals", [["nested"]]),
        ("persona", "goals", ["x"] * 201),
        ("persona", "segment", 5),
        ("persona", "segment", "Not An Id"),
        ("persona", "rank", "V0"),
        ("persona", "rank", "a b"),
        ("persona", "is_high_value", "perhaps"),
        ("persona", "extensions", []),
        ("touchpoint", "emotion", 3),
        ("touchpoint", "emotion", 0.5),
        ("touchpoint", "satisfaction", 0),
        ("touchpoint", "satisfaction", "much"),
        ("pain_point", "status", "gone"),
        ("segment", "share_of_customers", 1.01),
        ("case", "language", "english"),
        ("case", "currency", "eur"),
        ("case", "min_group", 4),  # smaller groups could be recognised
        ("agenda_block", "minutes", 0),
        ("attachment", "media_type", "image/svg+xml"),  # may carry scripts
        ("attachment", "sha256", "abc"),
        ("measurement", "n", -1),
        ("measurement", "n", 10**16),
        ("measurement", "definition", ""),
        ("vote", "weight", 11),
        ("decision", "day", "2026-02-30"),
    ],
)
def test_value_that_does_not_fit_is_refused_by_name(
    kind: str, field: str, bad: object
) -> None:
    """The error names kind, id and field, and says in words what was asked."""
    label = KINDS[kind].label
    asked = words_of(kind, field).title
    if field in hidden_fields(kind):
        asked = field

    with pytest.raises(InputError, match=f"^{label} {kind}-0: ") as caught:
        entry_from(sample_values(kind) | {field: bad})

    assert f"{label} {kind}-0" == caught.value.where
    assert field == caught.value.field
    assert caught.value.problem.startswith(asked)
    assert "found" in caught.value.problem


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("lane_note", {"stage": None, "touchpoint": None}, "a stage or a touchpoint"),
        ("lane_note", {"lane": "need", "emotion": 1}, "only a feeling carries"),
        ("individual_score", {"scale": "effort", "value": 0}, "effort runs from 1 to"),
        ("individual_score", {"scale": "emotion", "value": 3}, "from -2 to 2"),
        ("data_set", {"period_start": "2018-01-01"}, "the period ends before"),
        (
            "department_sign_off",
            {"agreement": "dissents", "reason": "\x00"},
            "a dissent needs its reason",
        ),
    ],
)
def test_fields_must_fit_each_other(
    kind: str, values: dict[str, Any], words: str
) -> None:
    """Rules over several fields are told as a sentence, without pydantic's words."""
    with pytest.raises(InputError, match=f"^{KINDS[kind].label} {kind}-0: .*{words}"):
        entry_from(sample_values(kind) | values)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("lane_note", {"stage": None}),
        ("lane_note", {"lane": "need", "emotion": None}),
        ("individual_score", {"scale": "effort", "value": 5}),
        ("individual_score", {"scale": "emotion", "value": -2}),
        ("data_set", {"period_start": "2017-05-31"}),
        ("data_set", {"period_start": None}),
        ("department_sign_off", {"agreement": "dissents"}),
        ("department_sign_off", {"agreement": "agrees", "reason": ""}),
    ],
)
def test_fields_that_fit_are_taken(kind: str, values: dict[str, Any]) -> None:
    """The rules over several fields refuse no more than they say."""
    entry = entry_from(sample_values(kind) | values)

    assert [entry] == read_entries([body(entry)])


def test_several_faults_are_told_at_once() -> None:
    """Five are shown and the others counted, so that a form is mended in one go."""
    bad = dict.fromkeys(
        ("ease", "information", "personalisation", "responsiveness", "emotion"), 9
    ) | {"satisfaction": 0, "bears_on_clv": 0}

    with pytest.raises(InputError, match="; and 2 more") as caught:
        entry_from(sample_values("touchpoint") | bad)

    assert 5 == caught.value.problem.count("found ")


def test_faulty_entry_of_a_list_is_named_by_its_number() -> None:
    """Entries are counted from 1, as people count."""
    good = body(entry_from(sample_values("persona")))
    bad = body(entry_from(sample_values("touchpoint"))) | {"stage": 5}

    with pytest.raises(InputError, match=r"entries: entry 2\.stage: .*, found 5"):
        read_entries([good, bad])


def test_entries_are_read_from_json_at_once() -> None:
    """The store reads thousands of bodies in one go, with the same refusals."""
    text = '[{"kind": "persona", "id": "p", "name": "An\\u0000n"}]'

    assert "Ann" == read_entries(text)[0].name_for_people
    assert "Ann" == read_entries(text.encode())[0].name_for_people
    with pytest.raises(InputError, match="entries: "):
        read_entries('[{"kind": "persona", "id": "p"}]')
    with pytest.raises(InputError, match="entries: "):
        read_entries('[{"kind": "other", "id": "p"}]')


@pytest.mark.parametrize(
    ("severity", "frequency", "priority"),
    [(5, 5, 25), (1, 4, 4), (None, 5, None), (5, None, None)],
)
def test_priority_is_severity_times_frequency(
    severity: int | None, frequency: int | None, priority: int | None
) -> None:
    """A pain point is ranked once both are rated."""
    point = PainPoint(id="p", text="Wait", severity=severity, frequency=frequency)

    assert priority == point.priority


def test_scale_needs_different_ends() -> None:
    """A scale from 5 to 5, or from 5 to 1, is a mistake in the mapping."""
    with pytest.raises(ValueError, match="the lowest answer must lie below"):
        Scale(lowest=5, highest=1)
    with pytest.raises(ValueError, match="the lowest answer must lie below"):
        Scale(lowest=5, highest=5)


def test_column_is_mapped_once() -> None:
    """Two questions on one column would count its answers twice."""
    scale = Scale(lowest=1, highest=5)
    questions = [
        Question(column=name, asks="satisfaction", scale=scale)
        for name in ("Q2", "Q1", "Q2", "Q1", "Q3")
    ]

    with pytest.raises(ValueError, match="columns mapped twice: Q1, Q2"):
        SurveyMapping(questions=tuple(questions))
    assert 3 == len(SurveyMapping(questions=tuple(questions[2:])).questions)


def test_condition_needs_a_value() -> None:
    """A test against nothing would hold for nobody, in silence."""
    with pytest.raises(ValueError, match="at least 1"):
        Condition(column="Q2", values=())


def test_entry_of_no_registered_kind_has_no_place_in_a_document() -> None:
    """What could not be written to the file is refused at once."""
    with pytest.raises(InputError, match="'mood' is not a kind of entry"):
        Document([Entry(kind="mood", id="m")])
