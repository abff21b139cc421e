"""Forms offer the links that their kind has, and only such as the model allows."""

from __future__ import annotations

import pytest

import journeykit
from journeykit.model.kinds import KINDS
from journeykit.model.relations import RELATIONS
from journeykit.show.board import board, form
from journeykit.show.board_forms import links_of
from journeykit.show.board_joins import JOINS, Join


@pytest.mark.parametrize(
    ("kind", "join"),
    [(kind, join) for kind, joins in JOINS.items() for join in joins],
    ids=lambda value: value if isinstance(value, str) else value.relation,
)
def test_every_join_is_one_of_the_model(kind: str, join: Join) -> None:
    """Both ends are allowed by the relation, whichever end the form shows."""
    rule = RELATIONS[join.relation]
    assert join.title.endswith("?")
    for other in join.kinds:
        source, target = (kind, other) if join.is_source else (other, kind)

        assert not rule.sources or source in rule.sources
        assert not rule.targets or target in rule.targets
        assert other in KINDS


def test_form_of_evidence_offers_what_it_may_show() -> None:
    """The names of pain points are there to choose from, under a heading."""
    with journeykit.new(None, starter="empty") as work:
        pain = work.add("pain_point", text="Nobody says how long")
        shown = form(work, "evidence")
        (join,) = shown.kinds["evidence"]["joins"]

        assert ["pain_point", "Pain points"] == join["kinds"][0]
        assert [[pain.id, "Nobody says how long"]] == shown.refs["pain_point"]


def test_boards_and_short_forms_offer_none() -> None:
    """A board draws its links, and a form of few fields asks for nothing else."""
    with journeykit.new(None, starter="empty") as work:
        drawn = board(work, "action_board")
        short = form(work, "action", "owner")

        assert [] == drawn.kinds["action"]["joins"]
        assert [] == short.kinds["action"]["joins"]


def test_links_are_told_in_words() -> None:
    """From either end a link is read as a person asks for it."""
    with journeykit.new(None, starter="empty") as work:
        pain = work.add("pain_point", text="Nobody says how long")
        proof = work.add("evidence", text="Six of eight")
        work.add("link", relation="supports", source=proof.id, target=pain.id)
        document = work.document()
        (there,), (back,) = links_of(document, proof), links_of(document, pain)

        assert [pain.id, pain.text, "What does it show?"] == there[2:]
        assert [proof.id, proof.text, "What shows it?"] == back[2:]


def test_canvas_entry_is_tied_to_everything_that_it_bears_on() -> None:
    """Personas, segments, touchpoints, channels, pain points and other entries."""
    kinds = {other for join in JOINS["canvas_entry"] for other in join.kinds}

    assert {
        *("persona", "segment", "channel", "touchpoint", "stage"),
        *("pain_point", "canvas_entry"),
    } <= kinds
