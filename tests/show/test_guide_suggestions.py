"""Suggestions in a notebook: a file that lies there, a button, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.show.board import board
from journeykit.show.guide_suggestions import files_here
from journeykit.show.guide_tree import as_html
from journeykit.show.live import live_of
from journeykit.workshop import Workshop

ROWS = "Name,Department,Suggestion\nAnn Beck,Sales,<b>More signs</b>\n"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """Return a workshop in memory; the notebook lies in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    with journeykit.new(None, author="Jo") as workshop:
        yield workshop


def press(widget: Any, act: str) -> str:
    """Press a button as the page does; return what is said."""
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def test_a_table_that_lies_here_is_merged_by_a_button(
    work: Workshop, tmp_path: Path
) -> None:
    """Capability 12: dropped beside the notebook, found, merged in, undone."""
    widget = journeykit.step("stakeholders", work).suggestions()
    assert "No table of suggestions lies here yet." == press(widget, "suggestions:")
    (tmp_path / "Suggestions from May.csv").write_text(ROWS, encoding="utf-8")
    assert "1 table of suggestions here." == press(widget, "suggestions:")
    assert "Merge in: Suggestions from May.csv" in as_html(widget.tree)
    said = press(widget, "suggestions:Suggestions from May.csv")

    assert "1 suggestion added. Undo takes them out again." == said
    shown = as_html(widget.tree)
    assert "1 suggestion so far" in shown
    assert "&lt;b&gt;More signs&lt;/b&gt;" in shown
    assert "Ann Beck · Sales · the whole map" in shown
    again = press(widget, "suggestions:Suggestions from May.csv")
    assert "No new suggestions; 1 known already." == again
    work.store.undo(work.author, group=live_of(work).done[-1])
    live_of(work).refresh()
    assert "so far" not in as_html(widget.tree)


def test_only_files_that_are_offered_are_read(work: Workshop, tmp_path: Path) -> None:
    """A page cannot name a file elsewhere; a faulty one is said and changes nothing."""
    outside = tmp_path.parent / "suggestions.csv"
    outside.write_text(ROWS, encoding="utf-8")
    (tmp_path / "suggestions.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "survey.csv").write_text(ROWS, encoding="utf-8")
    widget = journeykit.step("stakeholders", work).suggestions()

    assert ("suggestions.csv",) == files_here()
    for name in ("../suggestions.csv", "survey.csv", str(outside)):
        assert "there is no table of suggestions" in press(
            widget, f"suggestions:{name}"
        )
    assert "“suggestion” was expected" in press(widget, "suggestions:suggestions.csv")
    assert () == work.entries("comment")


def test_suggestions_stand_on_the_wall_with_whose_they_are(
    work: Workshop, tmp_path: Path
) -> None:
    """Capability 12: the card says that it is one, its department, and its author."""
    (tmp_path / "suggestions.csv").write_text(ROWS, encoding="utf-8")
    press(
        journeykit.step("stakeholders", work).suggestions(),
        "suggestions:suggestions.csv",
    )
    shown = board(work, "wall", kind="comment")
    (card,) = shown.picture["cards"].values()

    assert ("<b>More signs</b>", "Sales", ["suggestion"], "AB") == (
        card["text"],
        card["detail"],
        list(card["marks"]),
        card["author"],
    )


def test_many_suggestions_do_not_fill_the_page(work: Workshop, tmp_path: Path) -> None:
    """The newest fifty are shown, the others are counted, and long ones are cut."""
    rows = "".join(f"Idea {number}\n" for number in range(52)) + "Long " * 400
    (tmp_path / "suggestions.csv").write_text(f"suggestion\n{rows}", encoding="utf-8")
    widget = journeykit.step("stakeholders", work).suggestions()
    press(widget, "suggestions:suggestions.csv")
    shown = as_html(widget.tree)

    assert "And 3 more before these." in shown
    assert f"<p>{'Long ' * 59}Long…</p>" in shown
    assert "<p>Idea 2</p>" not in shown
