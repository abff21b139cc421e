"""Forms from the schema: every field is asked for in words, or declared hidden."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_entries import one_of_each_kind, sample_values

from journeykit.errors import UnknownNameError
from journeykit.model import entry_from, json_schema
from journeykit.model.fields import (
    FieldSpec,
    Input,
    fields_of,
    hidden_fields,
    is_left_out,
    label_of,
    plural_of,
    spec_of,
    text_field_of,
    words_of,
)
from journeykit.model.kinds import KINDS
from journeykit.model.words import FieldWords, title_of
from journeykit.model.words_case import CASE_WORDS
from journeykit.model.words_findings import FINDINGS_WORDS
from journeykit.model.words_journey import JOURNEY_WORDS
from journeykit.model.words_people import PEOPLE_WORDS
from journeykit.model.words_plan import PLAN_WORDS, STEPS
from journeykit.vocabulary import CHANNELS, EMOTIONS, PAIN_CATEGORIES

KEYS = (
    "name title help unit input is_required low high step ends words choices "
    "suggestions refs max_length default group"
)
WORDS = (CASE_WORDS, PEOPLE_WORDS, JOURNEY_WORDS, FINDINGS_WORDS, PLAN_WORDS)
SHOWN = [(kind, spec) for kind in KINDS for spec in fields_of(kind)]
BY_NAME = [f"{kind}.{spec.name}" for kind, spec in SHOWN]
ALL_FIELDS = [(kind, name) for kind, cls in KINDS.items() for name in cls.model_fields]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_shown_or_declared_hidden(kind: str) -> None:
    """A new field of an entry cannot be forgotten; nothing is both."""
    shown = [spec.name for spec in fields_of(kind)]
    left_out = {name for name in KINDS[kind].model_fields if is_left_out(kind, name)}
    fields = set(KINDS[kind].model_fields)

    assert shown
    assert len(shown) == len(set(shown))
    assert fields == {*shown, *hidden_fields(kind), *left_out}
    assert set() == set(shown) & hidden_fields(kind)
    assert {"id", "kind", "rank", "extensions"} <= hidden_fields(kind)


def test_words_are_about_fields_that_there_are() -> None:
    """A word for a field that was renamed would never be read."""
    words = {kind: one for part in WORDS for kind, one in part.items()}

    assert list(KINDS) == sorted(words, key=list(KINDS).index)
    assert sum(map(len, WORDS)) == len(KINDS)
    assert [] == [
        (kind, name)
        for kind, one in words.items()
        for name in one.fields
        if name not in KINDS[kind].model_fields
    ]


@pytest.mark.parametrize(("kind", "name"), ALL_FIELDS)
def test_every_field_has_a_title(kind: str, name: str) -> None:
    """Hidden ones too: histories and messages name them."""
    title = words_of(kind, name).title

    assert title
    assert title == title.strip()
    assert title[0].isupper()
    assert "_" not in title


@pytest.mark.parametrize(("kind", "spec"), SHOWN, ids=BY_NAME)
def test_shown_field_is_asked_in_words(kind: str, spec: FieldSpec) -> None:
    """Title from the words, help as one sentence, every choice with its own label."""
    labels = [label for _, label in spec.choices]

    assert [True] == [spec.name in part[kind].fields for part in WORDS if kind in part]
    assert len(spec.title) <= 50
    assert len(spec.help) <= 90
    assert not spec.help or spec.help[-1] in ".?”"
    assert spec.group
    assert len(labels) == len(set(labels))
    assert [] == [label for label in labels if not label or "_" in label]


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_ask_the_same(kind: str) -> None:
    """Two boxes with one title would be filled in at random."""
    titles = [spec.title for spec in fields_of(kind)]

    assert len(titles) == len(set(titles))


@pytest.mark.parametrize(("kind", "spec"), SHOWN, ids=BY_NAME)
def test_field_is_plain_json_with_the_keys_of_the_protocol(
    kind: str, spec: FieldSpec
) -> None:
    """What the page gets is what the contract says, in its order."""
    plain = spec.as_json()

    assert KEYS.split() == list(plain)
    assert plain == json.loads(json.dumps(plain, allow_nan=False))
    assert spec.input in get_args(Input)


@pytest.mark.parametrize(("kind", "spec"), SHOWN, ids=BY_NAME)
def test_input_fits_its_limits(kind: str, spec: FieldSpec) -> None:
    """Only what an input needs is set, and that always is."""
    has_text = spec.input in ("line", "prose", "lines")

    assert (spec.input == "choice") == bool(spec.choices)
    assert (spec.input == "ref") == bool(spec.refs)
    assert has_text == (spec.max_length is not None)
    assert (spec.input == "scale") == all(spec.ends)
    if spec.input == "scale":
        assert None not in (spec.low, spec.high)
        assert 1 == spec.step
    if spec.input in ("day", "ref", "choice", "yes", "yes_no", "line", "prose"):
        assert (None, None, None) == (spec.low, spec.high, spec.step)
    assert set(spec.refs) <= set(KINDS)


@pytest.mark.parametrize(("kind", "spec"), SHOWN, ids=BY_NAME)
def test_default_is_that_of_the_entry(kind: str, spec: FieldSpec) -> None:
    """A form that nobody touched makes the entry that code makes."""
    info = KINDS[kind].model_fields[spec.name]

    assert info.is_required() == spec.is_required
    assert (None if spec.is_required else info.default) == spec.default
    if spec.input == "choice" and spec.default is not None:
        assert spec.default in [value for value, _ in spec.choices]


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("persona", "name", {"input": "line", "is_required": True, "max_length": 300}),
        ("persona", "summary", {"input": "prose", "max_length": 20_000}),
        ("persona", "goals", {"input": "lines", "max_length": 300, "high": 200}),
        ("persona", "segment", {"input": "ref", "refs": ("segment",)}),
        ("persona", "is_high_value", {"input": "yes", "default": False}),
        ("channel_change", "context_kept", {"input": "yes_no", "default": None}),
        ("opportunity", "is_chosen", {"input": "yes_no"}),
        ("evidence", "day", {"input": "day", "default": None}),
        ("evidence", "n_people", {"input": "count", "low": 0, "unit": "people"}),
        ("case", "min_group", {"input": "count", "low": 5, "high": 1_000}),
        ("case", "min_measured_share", {"input": "number", "low": 0, "high": 1}),
        ("agenda_block", "minutes", {"input": "number", "low": 0.5, "high": 600}),
        ("kpi", "target", {"input": "number", "low": None, "high": None}),
        ("vote", "weight", {"input": "scale", "low": 1, "high": 10, "default": 1}),
        ("stakeholder", "influence", {"input": "scale", "low": 1, "high": 5}),
        ("measurement", "persona", {"refs": ("persona", "segment")}),
        ("department_answer", "answer", {"input": "prose"}),
        ("data_set", "licence", {"input": "line", "group": "Period and licence"}),
    ],
)
def test_type_of_a_field_gives_its_input(
    kind: str, name: str, expected: dict[str, Any]
) -> None:
    """One of each type, read from the entry and not written twice."""
    plain = spec_of(kind, name)

    assert expected == {key: getattr(plain, key) for key in expected}


def test_emotion_is_a_slider_with_a_word_at_each_step() -> None:
    """It may be left empty, which is not neutral."""
    spec = spec_of("touchpoint", "emotion")

    assert ("scale", -2, 2, None) == (spec.input, spec.low, spec.high, spec.default)
    assert ("very bad", "very good") == spec.ends
    assert {str(value): word for value, word in EMOTIONS.items()} == spec.words


def test_catalogues_are_offered_and_others_are_welcome() -> None:
    """Starting lists stand beside a line that takes any text."""
    category = spec_of("pain_point", "category")
    departments = ("Marketing", "Sales", "Customer service", "Product", "Operations")

    assert tuple(PAIN_CATEGORIES.values()) == category.suggestions
    assert dict(PAIN_CATEGORIES) == category.words
    assert "line" == category.input
    assert tuple(CHANNELS.values()) == spec_of("channel", "name").suggestions
    assert "Scribe" in spec_of("stakeholder", "role").suggestions
    assert {departments} == {
        spec.suggestions for _, spec in SHOWN if spec.name == "department"
    }


def test_keys_of_a_catalogue_are_a_closed_choice() -> None:
    """A code that nobody knows would give no icon, no measure and no notebook."""
    assert ("", "Another kind") == spec_of("channel", "catalogue").choices[0]
    assert tuple(CHANNELS.items()) == spec_of("channel", "catalogue").choices[1:]
    assert tuple(STEPS.items()) == spec_of("agenda_block", "step").choices[1:]
    assert ("net_promoter_score", "Net promoter score") in spec_of(
        "kpi", "measure"
    ).choices
    assert ("nb", "Norwegian") in spec_of("case", "language").choices


def test_reference_to_anything_offers_what_has_a_name() -> None:
    """Votes and links are no answer to "about what?"."""
    refs = spec_of("decision", "subject").refs

    assert {"persona", "touchpoint", "pain_point", "action"} < set(refs)
    assert set() == {"vote", "link", "kpi_observation"} & set(refs)


def test_groups_stand_together_from_basics_to_more() -> None:
    """A form is read from top to bottom, and no heading comes twice."""
    for kind in KINDS:
        groups = [spec.group for spec in fields_of(kind)]
        headings = list(dict.fromkeys(groups))

        assert groups == sorted(groups, key=headings.index)
        assert "Basics" == headings[0]
        assert "More" not in headings[:-1]


@pytest.mark.parametrize("kind", KINDS)
def test_kind_has_label_plural_and_card_text(kind: str) -> None:
    """What stands on a card is a field that can be typed."""
    field = text_field_of(kind)

    assert KINDS[kind].label == label_of(kind)
    assert plural_of(kind)[0].isupper()
    assert plural_of(kind) != label_of(kind)
    if field:
        assert spec_of(kind, field).input in ("line", "prose")


@pytest.mark.parametrize("call", [fields_of, label_of, plural_of, text_field_of])
def test_unknown_kind_is_answered_with_the_nearest(call: Any) -> None:
    """As everywhere."""
    with pytest.raises(UnknownNameError, match="Did you mean 'persona'"):
        call("persone")


def test_title_is_made_of_the_name_where_no_word_is_given() -> None:
    """A new field can be shown before somebody found words for it."""
    assert "Effective n" == title_of("effective_n")
    assert "Number of rows" == words_of("data_set", "n_rows").title
    assert FieldWords(title="Rank", is_hidden=True) == words_of("persona", "rank")


def test_published_schema_carries_the_words() -> None:
    """Whoever reads the schema reads what a person is asked."""
    parts = json_schema()["$defs"]

    for kind, cls in KINDS.items():
        part = parts[cls.__name__]
        assert label_of(kind) == part["title"]
        for spec in fields_of(kind):
            about = part["properties"][spec.name]
            assert spec.title == about["title"]
            assert spec.help == about.get("description", "")


# --- what a form takes, the entry takes -----------------------------------------------

MOST_LINES = 200
SIGNS = st.characters(exclude_categories=["Cs"])


def values_of(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Return what a form would let a person give, the limits themselves among it."""
    texts = st.text(SIGNS, max_size=40)
    if spec.max_length is not None:
        texts |= st.sampled_from(["x", "\U0001f600", " "]).map(
            lambda sign: sign * (spec.max_length or 0)
        )
    low = -1e300 if spec.low is None else spec.low
    high = 1e300 if spec.high is None else spec.high
    by_input: dict[str, st.SearchStrategy[Any]] = {
        "line": texts,
        "prose": texts,
        "lines": st.lists(texts, max_size=3) | st.just(["x"] * MOST_LINES),
        "choice": st.sampled_from([value for value, _ in spec.choices] or [""]),
        "yes": st.booleans(),
        "yes_no": st.none() | st.booleans(),
        "day": st.dates().map(date.isoformat),
        "number": st.floats(low, high) | st.sampled_from([low, high]),
        "ref": st.sampled_from([f"{kind}-0" for kind in spec.refs] or [""]),
    }
    if spec.input in by_input:
        values = by_input[spec.input]
    else:
        values = st.integers(int(low), int(high)) | st.sampled_from([low, high])
    is_emptied = not spec.is_required and spec.default is None
    return values | st.none() if is_emptied else values


RULES = {
    ("data_set", "period_start"): {"period_end": None},
    ("data_set", "period_end"): {"period_start": None},
    ("department_sign_off", "reason"): {"agreement": "agrees"},
    ("lane_note", "lane"): {"emotion": None},
}
"""Rules over several fields, which no limit of one field can say."""


@pytest.mark.parametrize(
    ("kind", "spec"),
    [one for one in SHOWN if one[0] != "individual_score" or one[1].name != "value"],
)
@settings(max_examples=12)
@given(data=st.data())
def test_what_a_form_takes_the_entry_takes(
    kind: str, spec: FieldSpec, data: st.DataObject
) -> None:
    """Nothing that the page allows is refused on the way back."""
    value = data.draw(values_of(spec))
    others = sample_values(kind) | RULES.get((kind, spec.name), {})

    entry = entry_from(others | {spec.name: value})

    assert hasattr(entry, spec.name)


@pytest.mark.parametrize(
    ("kind", "spec"),
    [one for one in SHOWN if one[1].input == "ref" and one[0] != "link"],
)
def test_every_kind_that_a_form_offers_may_be_pointed_to(
    kind: str, spec: FieldSpec
) -> None:
    """The document checks references as the form offers them."""
    for other in spec.refs:
        entry = entry_from(sample_values(kind) | {spec.name: f"{other}-0"})

        assert entry in list(one_of_each_kind().with_entries([entry]))


# --- two forms as a person sees them --------------------------------------------------

PERSONA = """
Basics
  Name: line
  Who is this?: prose
  In their own words: line
  Which segment do they stand for?: ref
  High value?: yes
Life
  Who they are: lines
  What they do: lines
  What they prefer: lines
  Preferred channel: ref
Goals and feelings
  What they need: lines
  What drives them: lines
  What they wish for: lines
  What they take for granted: lines
  What they want to get done: lines
  What hurts them: lines
"""
TOUCHPOINT = """
Basics
  What happens?: line
  Tell it in a few words: prose
  Online?: yes
  A moment of truth?: yes
  Easily forgotten?: yes
  Do we shine here?: yes
Where and who
  In which stage?: ref
  Through which channel?: ref
  Who owns it?: ref
  Which department runs it?: line
Ratings
  How do customers feel?: scale, very bad to very good
  The feeling in a word: line
  It feels bad, and yet nothing hurts?: line
  How satisfied are they?: scale, very dissatisfied to very satisfied
  How much does it matter to customers?: scale, hardly to very much
  How much does it matter to us?: scale, hardly to very much
  How easy is it?: scale, a struggle to effortless
  How good is the information?: scale, none or wrong to all I need
  How personal is it?: scale, one for all to made for me
  How fast does help come?: scale, nobody answers to at once
What it moves
  How strongly does it move satisfaction?: scale, not at all to decides it
  How strongly does it move loyalty?: scale, not at all to decides it
  How strongly does it move customer value?: scale, not at all to decides it
Behind the scenes
  Which systems does it need?: lines
  What happens out of sight?: lines
  What does that rest on?: lines
More
  Idea for a personal touch: line
"""


@pytest.mark.parametrize(
    ("kind", "expected"), [("persona", PERSONA), ("touchpoint", TOUCHPOINT)]
)
def test_form_reads_from_top_to_bottom(kind: str, expected: str) -> None:
    """Headings, questions and inputs of the two largest forms."""
    lines = [""]
    group = ""
    for spec in fields_of(kind):
        if spec.group != group:
            group = spec.group
            lines.append(group)
        ends = f", {' to '.join(spec.ends)}" if any(spec.ends) else ""
        lines.append(f"  {spec.title}: {spec.input}{ends}")

    assert expected.splitlines() == lines
