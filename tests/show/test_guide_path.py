"""A path of five steps beside the boards: what to do, where, what is missing."""

from __future__ import annotations

from typing import Any

import pytest

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.show.guide_tree import as_html


def shown(starter: str, step: str, path: str) -> str:
    """Return a path as a notebook shows it."""
    with journeykit.new(None, starter=starter) as work:
        tree: Any = journeykit.step(step, work).path(path).tree
        return str(as_html(tree))


def test_path_leads_to_other_notebooks_and_not_to_its_own() -> None:
    """The map is mapped in step 4; the rest of COPIS is here."""
    page = shown("empty", "copis", "copis")

    assert 'href="04_touchpoints_and_channels.ipynb"' in page
    assert 'href="10_copis.ipynb"' not in page
    assert 'aria-label="The five COPIS steps"' in page
    assert "0 of 5 steps done. Next: Stages and touchpoints." in page
    assert "Here: the board, by lines." in page


def test_path_says_what_is_missing_by_name() -> None:
    """In the worked case, too, and what is done is told to those who do not see it."""
    page = shown("airport", "clv", "clv")

    assert 'href="06_journey_map.ipynb"' in page
    assert "Done: " in page
    assert 5 == page.count('class="jk-guide-mark"')
    assert "Missing: " in page


def test_unknown_path_is_refused() -> None:
    """A misspelled name says which there are."""
    with pytest.raises(UnknownNameError):
        shown("empty", "copis", "kopis")
