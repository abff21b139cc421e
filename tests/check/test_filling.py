"""COPIS and canvas filled from the map: proposals that a person takes."""

from __future__ import annotations

from datetime import date

import pytest
from clean_case import TODAY, changed, clean_case, without
from hypothesis import HealthCheck, given, settings
from sample_entries import documents, one_of_each_kind

from journeykit.check.canvas_filling import alignment, canvas_proposals
from journeykit.check.copis_filling import copis_hits, copis_proposals
from journeykit.check.filling import edits_taking
from journeykit.check.rules import findings
from journeykit.model import CanvasEntry, CopisElement, Document, Link, apply
from journeykit.vocabulary import COPIS

FILLS = [copis_proposals, canvas_proposals]


def bare(document: Document) -> Document:
    """Return a case without COPIS and canvas."""
    made = [one.id for one in document if isinstance(one, (CopisElement, CanvasEntry))]
    return without(document, *made)


def texts(document: Document, place: str) -> set[str]:
    """Return what stands in a column or block."""
    return {
        one.name_for_people
        for one in document
        if place in (getattr(one, "role", None), getattr(one, "block", None))
    }


def filled(document: Document) -> Document:
    """Return a case with all that both propose."""
    with_copis = Document([*document, *copis_proposals(document)])
    return Document([*with_copis, *canvas_proposals(with_copis)])


def test_copis_is_filled_from_the_map() -> None:
    """Each column from what the workshop already has."""
    case = changed(bare(clean_case("operations")), "sign", backstage=["Send a code"])
    full = filled(case)

    assert {"Young savers", "Amy"} == texts(full, "customer")
    assert {"Choose", "Send a code"} == texts(full, "process")
    assert {"Compare offers", "First transfer"} == texts(full, "output")
    assert {"Survey"} == texts(full, "information")
    assert {"Web shop"} == texts(full, "systems")


def test_canvas_is_filled_from_the_map() -> None:
    """Segments, channels, relationships and revenue; the other blocks stay empty."""
    case = changed(bare(clean_case()), "compare", name="Ask for help")
    case = changed(case, "sign", name="Pay the fee")
    full = filled(case)

    assert {"Amy"} == texts(full, "customer_segments")
    assert {"Mobile app"} == texts(full, "channels")
    assert {"Ask for help"} == texts(full, "customer_relationships")
    assert {"Pay the fee"} == texts(full, "revenue_streams")
    assert set() == texts(full, "value_propositions")


@pytest.mark.parametrize("copis", COPIS)
def test_proposing_twice_adds_nothing(copis: str) -> None:
    """Under each definition; what was renamed by hand is another thing."""
    full = filled(bare(clean_case(copis)))

    assert [] == [one for fill in FILLS for one in fill(full)]


def test_everything_proposed_is_marked() -> None:
    """Until a person takes it, neither rules nor counts see it."""
    full = filled(bare(clean_case()))
    before = bare(clean_case())
    made = [one for one in full if one.id not in before]

    assert made
    assert all(one.is_proposed for one in made)
    assert {"C1"} <= {one.rule for one in findings(full, TODAY)}


def test_taking_an_element_takes_its_links() -> None:
    """Those whose other end stands already; the rest waits for its own end."""
    full = filled(bare(clean_case()))
    app = next(one for one in full.of(CanvasEntry) if one.text == "Mobile app")
    after = apply(full, edits_taking(full, [app.id]))
    links = [one for one in after.of(Link) if app.id in (one.source, one.target)]

    assert not after[app.id].is_proposed
    assert [False] == [one.is_proposed for one in links]
    assert "B2" not in {one.rule for one in findings(after, TODAY)}


def test_taking_what_is_taken_changes_nothing() -> None:
    """A second click is harmless."""
    assert () == edits_taking(clean_case(), ["b-app"])


def test_part_that_hurts_most_is_named_with_its_count() -> None:
    """Resolved pain points and links that nobody took do not count."""
    case = clean_case()
    for name, status in (("slow", "open"), ("old", "resolved")):
        pain = {"kind": "pain_point", "text": name, "status": status}
        case = changed(case, name, **pain)
        link = {"kind": "link", "relation": "causes", "source": "p-2", "target": name}
        case = changed(case, f"l-{name}", **link)
    link = {"kind": "link", "relation": "causes", "source": "p-3", "target": "lost"}
    case = changed(case, "guess", is_proposed=True, **link)

    assert [("p-2", 2)] == [(one.element, one.n) for one in copis_hits(case)]


def test_alignment_shows_what_stands_behind_each_cell() -> None:
    """By touchpoint, channel and pain point; proposals do not count."""
    cells = {(one.stage, one.block): one for one in alignment(clean_case())}

    assert ("b-app",) == cells["choose", "channels"].entries
    assert ("b-fast",) == cells["use", "value_propositions"].entries
    assert ("lost",) == cells["use", "value_propositions"].pain_points
    assert ("lost",) == cells["use", "channels"].pain_points
    assert () == cells["choose", "channels"].pain_points
    assert 0 == cells["choose", "cost_structure"].n
    assert 18 == len(cells)


def test_alignment_counts_entries_that_stay_on_both_canvases() -> None:
    """Each on its own canvas; who stands for a persona is there where that travels."""
    case = changed(clean_case(), "b-app", state="both")
    case = changed(case, "b-young", state="after")
    travels = {"source": "amy", "target": "now", "relation": "travels"}
    case = changed(case, "goes", kind="link", **travels)
    before, after = (
        {(one.stage, one.block): one.entries for one in alignment(case, state)}
        for state in ("before", "after")
    )

    assert ("b-app",) == before["use", "channels"] == after["use", "channels"]
    assert () == before["use", "customer_segments"]
    assert ("b-young",) == after["use", "customer_segments"]


def test_hidden_blocks_are_neither_filled_nor_aligned() -> None:
    """What a lean start-up leaves out stays out."""
    hidden = ["channels", "cost_structure"]
    case = changed(bare(clean_case()), "case", hidden_blocks=hidden)

    assert {"Amy"} == {
        one.text for one in canvas_proposals(case) if isinstance(one, CanvasEntry)
    }
    assert not set(hidden) & {one.block for one in alignment(case)}
    assert 14 == len(alignment(case))


def test_alignment_means_strength_over_those_rated() -> None:
    """Nobody's silence counts as weak."""
    case = changed(clean_case(), "b-app", strength=2)
    cells = {(one.stage, one.block): one for one in alignment(case)}

    assert 2 == cells["use", "channels"].strength
    assert cells["use", "value_propositions"].strength is None


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_no_document_breaks_the_filling(document: Document) -> None:
    """The proposals fit the document, and rules can read them."""
    full = filled(document)
    alignment(full)
    copis_hits(full)

    assert [] == [one for fill in FILLS for one in fill(full)]
    assert isinstance(findings(full, date(2026, 1, 1)), tuple)


def test_one_of_each_kind_is_filled() -> None:
    """Every kind with every field filled."""
    assert copis_proposals(one_of_each_kind())
