"""A document: every reference checked, never changed, asked in many ways."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from sample_entries import airport, documents, one_of_each_kind

from journeykit.errors import DanglingReferenceError, InputError
from journeykit.model import (
    Case,
    Comment,
    DataSet,
    Document,
    Entry,
    Journey,
    Link,
    PainPoint,
    Persona,
    Question,
    Scale,
    Stage,
    SurveyMapping,
    Touchpoint,
    Version,
    from_json,
    to_json,
)


def test_document_is_asked_by_id_and_kind() -> None:
    """Entries are found by id, and by kind in their order."""
    document = airport()

    assert "Ann" == document["ann"].name_for_people
    assert document["ann"] is document.get("ann")
    assert "ann" in document
    assert "bob" not in document
    assert document.get("bob") is None
    assert document.get(None) is None
    assert 12 == len(document) == len(list(document))
    assert ("arrive", "security") == tuple(stage.id for stage in document.of(Stage))
    assert () == document.of(Comment)
    with pytest.raises(InputError, match="there is no entry 'bob'"):
        document["bob"]


def test_entries_of_a_kind_stand_by_rank_then_id() -> None:
    """Equal ranks fall back on the id, so that every reader sees one order."""
    document = Document(
        [
            Persona(id="b", name="", rank="V"),
            Persona(id="c", name="", rank="A"),
            Persona(id="a", name="", rank="V"),
            Persona(id="d", name="", rank="Vz"),
        ]
    )

    assert ["c", "a", "b", "d"] == [persona.id for persona in document.of(Persona)]


def test_case_header_is_found_or_missing() -> None:
    """There is one case header or none; the text of a document says which."""
    assert "Airport" == airport().case.title  # type: ignore[union-attr]
    assert "<Document 'Airport', 12 entries>" == repr(airport())
    assert Document().case is None
    assert "<Document 'no case header', 0 entries>" == repr(Document())


def test_second_case_header_is_refused() -> None:
    """Two headers would give two titles, two languages, two limits."""
    second = Case(id="case-2", title="Other")

    with pytest.raises(InputError, match="one case header"):
        Document([Case(id="case", title="Airport"), second])
    with pytest.raises(InputError, match="one case header"):
        airport().with_entries([second])
    assert second is airport().with_entries([second], drop=["case"]).case


def test_id_belongs_to_one_entry() -> None:
    """Kinds share one space of ids, since references name no kind."""
    with pytest.raises(InputError, match="two entries have the id 'a'"):
        Document([Persona(id="a", name=""), Journey(id="a", name="")])


@pytest.mark.parametrize(
    ("entry", "missing"),
    [
        (Stage(id="s", journey="nowhere", name="Board"), "nowhere"),
        (Link(id="l", source="ann", target="nobody"), "nobody"),
        (Comment(id="c", subject="nothing", text="?"), "nothing"),
        (
            DataSet(
                id="d",
                title="Survey",
                mapping=SurveyMapping(
                    questions=(
                        Question(
                            column="Q7",
                            asks="effort",
                            scale=Scale(lowest=1, highest=7),
                            touchpoint="gate",
                        ),
                    )
                ),
            ),
            "gate",
        ),
    ],
)
def test_reference_to_nothing_is_refused(entry: Entry, missing: str) -> None:
    """Whoever points to what is not there is named, by kind, words and field."""
    with pytest.raises(DanglingReferenceError) as caught:
        airport().with_entries([entry])

    assert missing == caught.value.missing
    assert entry.name_for_people in caught.value.referrers[0]


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (Stage(id="s", journey="ann", name="B"), "journey expects journey, found pers"),
        (
            PainPoint(id="p", text="B", owner="ann"),
            "pain point 'B': owner expects stakeholder, found persona 'ann'",
        ),
        (
            Link(id="l", source="ann", target="wait", relation="pain_at"),
            "the source of 'pain_at' is a pain_point, found persona 'ann'",
        ),
        (
            Link(id="l", source="wait", target="ann", relation="pain_at"),
            "the target of 'pain_at' is a stage or touchpoint, found persona 'ann'",
        ),
    ],
)
def test_reference_to_the_wrong_kind_is_refused(entry: Entry, words: str) -> None:
    """A stage belongs to a journey, not to a persona; a relation knows its ends."""
    with pytest.raises(InputError, match=words):
        airport().with_entries([entry])
    with pytest.raises(InputError, match=words):
        Document([*airport(), entry])


def test_entry_may_point_to_itself() -> None:
    """A remark on itself is odd but harmless, and it can be removed alone."""
    document = Document([Comment(id="c", subject="c", text="Recursion")])

    assert Document() == document.with_entries(drop=["c"])


def test_with_entries_leaves_the_document_as_it_was() -> None:
    """A new document comes back; the old one stays, also in what it found before."""
    before = airport()
    known = before.of(Persona), before.referrers("queue")

    after = before.with_entries(
        [Persona(id="bea", name="Bea")], ["l1"], {"l1": Version(2)}
    )

    assert airport() == before
    assert known == (before.of(Persona), before.referrers("queue"))
    assert ["ann", "bea"] == [persona.id for persona in after.of(Persona)]
    assert {} == dict(before.versions)
    assert {"l1": Version(2)} == dict(after.versions)


def test_dropping_what_is_not_there_does_nothing() -> None:
    """Who catches up on the record may drop what came and went meanwhile."""
    assert airport() == airport().with_entries(drop=["bob"])


def test_put_wins_over_drop() -> None:
    """An entry that is dropped and put at once is replaced."""
    after = airport().with_entries([Persona(id="ann", name="Anna")], drop=["ann"])

    assert "Anna" == after["ann"].name_for_people


def test_dropping_names_who_still_points_there() -> None:
    """Only those count that stay and still point to what goes."""
    turned = Touchpoint(id="queue", stage="arrive", name="Queue")
    with pytest.raises(DanglingReferenceError) as caught:
        airport().with_entries(drop=["security"])

    assert "stage 'Security'" == caught.value.missing
    assert ("touchpoint 'Queue'",) == caught.value.referrers
    assert "security" not in airport().with_entries([turned], drop=["security"])


def test_putting_another_kind_asks_those_who_point_there() -> None:
    """A stage that becomes a persona under the same id breaks its touchpoints."""
    with pytest.raises(InputError, match="stage expects stage, found persona"):
        airport().with_entries([Persona(id="security", name="Sue")])


def test_referrers_and_links_are_found() -> None:
    """Both directions of a relation, and everybody who points to an entry."""
    document = airport()

    assert {"parking", "check-in"} == {e.id for e in document.referrers("arrive")}
    assert ("l1",) == tuple(entry.id for entry in document.referrers("parking"))
    assert () == document.referrers("l1")
    assert (document["parking"],) == document.linked("pain_at", source="wait")
    assert (document["wait"],) == document.linked("pain_at", target="parking")
    assert () == document.linked("pain_at", source="ann")
    assert () == document.linked("causes", source="wait")


def test_version_is_one_until_something_changes() -> None:
    """An entry never changed is at version 1 in all fields; an unknown one at 0."""
    document = Document(
        [Persona(id="a", name="")],
        versions={"gone": Version(4), "b": Version(3, {"name": 2})},
    )

    assert Version(1) == document.version("a")
    assert 1 == document.version("a").of_field("name")
    assert (2, 1) == tuple(document.version("b").of_field(f) for f in ("name", "rank"))
    assert 4 == document.version("gone").number
    assert 0 == document.version("never").number


def test_documents_are_equal_if_their_content_is() -> None:
    """Order and versions do not count; entries and extensions do."""
    entries = list(airport())

    assert airport() == Document(reversed(entries), versions={"ann": Version(9)})
    assert airport() != Document(entries[:-1])
    assert airport() != Document(entries, extensions={"theme": "dark"})
    assert airport() != "airport"
    with pytest.raises(TypeError, match="unhashable"):
        hash(airport())


def test_outsiders_cannot_change_a_document() -> None:
    """Versions and extensions are read, not written; what was given is copied."""
    versions, extensions = {"ann": Version(2)}, {"theme": "dark\x00"}
    document = Document(airport(), versions=versions, extensions=extensions)
    versions.clear()
    extensions["theme"] = "light"

    assert 2 == document.version("ann").number
    assert {"theme": "dark"} == dict(document.extensions)
    with pytest.raises(TypeError, match="does not support item assignment"):
        document.extensions["theme"] = "light"  # type: ignore[index]
    with pytest.raises(TypeError, match="does not support item assignment"):
        document.versions["ann"] = Version(1)  # type: ignore[index]


@pytest.mark.parametrize("bad", [float("nan"), {1, 2}, 10**400])
def test_extensions_that_are_no_json_are_refused(bad: Any) -> None:
    """What could not be written to the file is refused when it comes in."""
    with pytest.raises(InputError, match=r"^extensions: "):
        Document(extensions={"x": bad})


def test_one_of_each_kind_makes_a_document() -> None:
    """All references among all kinds fit, and its file gives it back."""
    document = one_of_each_kind()

    assert 34 == len(document)
    assert document == from_json(to_json(document))


@given(documents())
def test_referrers_turn_references_around(document: Document) -> None:
    """An entry can be dropped exactly when nobody else points to it."""
    for entry in document:
        others = [who for who in document.referrers(entry.id) if who is not entry]
        try:
            document.with_entries(drop=[entry.id])
            is_dropped = True
        except DanglingReferenceError:
            is_dropped = False

        assert (not others) == is_dropped
