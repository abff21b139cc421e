"""Whatever a workshop holds, the lists beside the boards say something."""

from __future__ import annotations

from hypothesis import given, settings
from sample_entries import documents

from journeykit.check.channel_reading import consistency, preferred_offers
from journeykit.check.guided_paths import PATHS, guided_path
from journeykit.check.team_order import team_order
from journeykit.model import Document
from journeykit.show.guide_causes import causes_tree
from journeykit.show.guide_channels import (
    changes_tree,
    consistency_tree,
    preferred_channels_tree,
)
from journeykit.show.guide_decide import decide_tree
from journeykit.show.guide_excels import excels_tree
from journeykit.show.guide_path import path_tree
from journeykit.show.guide_tree import as_html

TREES = (
    causes_tree,
    changes_tree,
    consistency_tree,
    preferred_channels_tree,
    decide_tree,
    excels_tree,
)


@settings(max_examples=60, deadline=None)
@given(document=documents())
def test_lists_can_be_drawn(document: Document) -> None:
    """Each is HTML with words in it, and a path has five steps."""
    pages = [str(as_html(tree(document))) for tree in TREES]
    pages += [str(as_html(path_tree(document, name, "copis"))) for name in PATHS]

    assert all("<p>" in page for page in pages)
    assert {5} == {len(guided_path(document, name).steps) for name in PATHS}


@settings(max_examples=60, deadline=None)
@given(document=documents())
def test_what_is_read_holds_together(document: Document) -> None:
    """Places count from one, worst cells are rated, each persona has every stage."""
    found = consistency(document)
    stages, rows = preferred_offers(document)
    places = [one.place for one in team_order(document)]

    assert list(range(1, len(places) + 1)) == places
    assert set() == set(found.worst) & set(found.missing)
    assert {len(stages), 0} >= {len(one.offers) for one in rows}
