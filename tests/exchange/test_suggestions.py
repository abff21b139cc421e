"""Suggestions from outside the workshop: merged in once, whoever sends them again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import journeykit
from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.exchange.suggestion_tables import columns_of
from journeykit.exchange.suggestions import merge_suggestions
from journeykit.exchange.tables import write_csv
from journeykit.model import Comment
from journeykit.store import forget_author
from journeykit.workshop import Workshop

TABLE = """Name,Department,Touchpoint,Suggestion
Ann,Operations,Search,Show prices per night
Bo,Sales,,Answer within a day
"""


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a workshop with one touchpoint, in which Jo works."""
    with journeykit.new(None, author="Jo") as workshop:
        stage = workshop.entries("stage")[0]
        workshop.add("touchpoint", stage=stage.id, name="Search")
        yield workshop


def told(work: Workshop) -> list[tuple[str, str, str, str]]:
    """Return who of which department says what about what."""
    names, added = work.store.author_names(), work.store.added_by()
    document = work.document()
    found = []
    for one in document.of(Comment):
        about = document.get(one.subject)
        place = about.name_for_people if about else ""
        who = names.get(added.get(one.id, ""), "")
        found.append((who, one.department, place, one.text))
    return found


def test_a_table_of_suggestions_is_merged_in(work: Workshop, tmp_path: Path) -> None:
    """Capability 12: each row is a suggestion of its own author, in one step."""
    path = tmp_path / "suggestions.csv"
    path.write_text(TABLE, encoding="utf-8")
    merged = merge_suggestions(work, path)

    assert "2 suggestions added." == str(merged)
    assert [
        ("Ann", "Operations", "Search", "Show prices per night"),
        ("Bo", "Sales", "", "Answer within a day"),
    ] == told(work)
    assert {"suggestion"} == {one.comment_kind for one in work.entries("comment")}
    assert merged.receipt is not None
    work.store.undo(group=merged.receipt.group)
    assert [] == told(work)


def test_a_file_that_comes_again_adds_only_what_is_new(work: Workshop) -> None:
    """A table that grows is merged as often as people like."""
    merge_suggestions(work, TABLE.encode())
    again = merge_suggestions(work, TABLE.encode())
    grown = merge_suggestions(work.store, f"{TABLE}Ann,,search,Fewer steps\n".encode())

    assert "No new suggestions; 2 known already." == str(again)
    assert again.receipt is None
    assert "1 suggestion added; 2 known already." == str(grown)
    assert 3 == len(work.entries("comment"))


def test_a_row_that_stands_twice_is_one_suggestion(work: Workshop) -> None:
    """The same words of two people are two, of one person one."""
    rows = "who,suggestion\nAnn,More signs\nAnn, More  signs\nBo,More signs\n"

    assert (2, 1) == (
        (merged := merge_suggestions(work, rows.encode())).n_added,
        merged.n_known,
    )


def test_what_the_team_took_out_stays_out(work: Workshop) -> None:
    """Taken out is answered; what only an undo took away comes again."""
    first = merge_suggestions(work, TABLE.encode())
    work.remove(work.entries("comment")[0])
    merged = merge_suggestions(work, TABLE.encode())

    assert (
        "No new suggestions; 1 known already; 1 taken out earlier, so left out."
        == str(merged)
    )
    work.undo()
    assert first.receipt is not None
    work.store.undo(group=first.receipt.group)
    assert 2 == merge_suggestions(work, TABLE.encode()).n_added


def test_a_touchpoint_that_is_not_there_is_named(work: Workshop) -> None:
    """Nothing is added then; the nearest is offered, rows as a spreadsheet counts."""
    rows = f"{TABLE}Cy,,Serach,Faster\nDi,,Moon,A trip\n"
    with pytest.raises(TableError) as caught:
        merge_suggestions(work, rows.encode())

    assert (
        "the file, touchpoint: these touchpoints are not on the map; did you mean "
        "'Search'? known are Search; an empty cell stands for the whole map "
        "(row 4: 'Serach'; row 5: 'Moon')."
    ) == str(caught.value)
    assert [] == told(work)
    assert ["Jo"] == list(work.store.author_names().values())


def test_a_stage_may_be_named_as_well(work: Workshop) -> None:
    """Who does not know the touchpoints knows the chapter of the journey."""
    stage = work.entries("stage")[0]
    merge_suggestions(work, f"stage,idea\n{stage.name},Call back\n".encode())

    assert stage.id == work.entries("comment")[0].subject


def test_headings_of_a_form_are_recognised() -> None:
    """Long questions are told by a word; what nobody knows is left to others."""
    names = ["Timestamp", "Your name", "What would you suggest?", "Where is it?"]

    assert {
        "suggestion": "What would you suggest?",
        "touchpoint": "Where is it?",
        "who": "Your name",
    } == columns_of(names, {})


def test_a_table_without_suggestions_is_refused(work: Workshop) -> None:
    """The error says what stands above the columns, and what should."""
    with pytest.raises(InputError, match=r"“suggestion” was expected, found a, b"):
        merge_suggestions(work, b"a,b\n1,2\n")


def test_two_columns_for_one_thing_are_asked_about(work: Workshop) -> None:
    """Nobody guesses which of two; naming one, by a known name, is enough."""
    rows = b"First idea,Second idea\nSigns,Maps\n"
    with pytest.raises(InputError, match="found 2: First idea, Second idea"):
        merge_suggestions(work, rows)
    with pytest.raises(UnknownNameError, match="Did you mean 'First idea'"):
        merge_suggestions(work, rows, columns={"suggestion": "first idea"})
    with pytest.raises(UnknownNameError, match="no column of suggestions 'text'"):
        merge_suggestions(work, rows, columns={"text": "First idea"})
    merge_suggestions(work, rows, columns={"suggestion": "Second idea"})

    assert [("", "", "", "Maps")] == told(work)


def test_hostile_cells_are_only_text(work: Workshop) -> None:
    """Markup and formulas stay the letters they are; control signs are taken out."""
    hostile = "<script>alert(1)</script>"
    formula = '=HYPERLINK("http://x","y")'
    rows = [f'{hostile},"{formula.replace(chr(34), chr(34) * 2)}"', "A\x0bnn,Sig\x0bns"]
    merged = merge_suggestions(work, "\n".join(["who,suggestion", *rows]).encode())

    assert [(hostile, "", "", formula), ("Ann", "", "", "Signs")] == told(work)
    assert "Removed from the texts: 2 control signs." in merged.notes


def test_what_is_not_used_is_said(work: Workshop) -> None:
    """Rows without words and columns that nobody knows are named, not dropped."""
    rows = "who,suggestion,shoe size\nAnn,,38\nBo,Signs,44\n"
    merged = merge_suggestions(work, rows.encode())

    assert "1 suggestion added; 1 without words, left out." == str(merged)
    assert "Not used: shoe size." == merged.notes[-1]


def test_a_guarded_formula_comes_back_as_it_was(work: Workshop) -> None:
    """What a spreadsheet would run got an apostrophe on the way out; it goes again."""
    import pandas as pd

    table = write_csv(pd.DataFrame({"who": ["Ann"], "suggestion": ["+ more light"]}))
    merge_suggestions(work, table)

    assert [("Ann", "", "", "+ more light")] == told(work)


def test_whoever_is_erased_is_gone_with_the_words(work: Workshop) -> None:
    """A name from a file can be erased like any other author's."""
    merge_suggestions(work, TABLE.encode())
    ann = next(k for k, v in work.store.author_names().items() if v == "Ann")
    forget_author(work.store, ann)

    assert "Ann" not in work.store.author_names().values()
    assert "Show prices per night" not in [one[3] for one in told(work)]
