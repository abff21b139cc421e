"""The Python half of the board: what the page is told, and what it may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import journeykit
from journeykit.errors import UnknownNameError
from journeykit.show.board import Board, board, form
from journeykit.workshop import Workshop

HOSTILE = "<img src=x onerror=alert(1)></td><script>alert(2)</script>"


class Page:
    """Stands for the browser: sends messages and notes the answers."""

    def __init__(self, shown: Board) -> None:
        self.board = shown
        self.answers: list[dict[str, Any]] = []
        shown.send = self.heard  # type: ignore[method-assign]  # no browser here
        self.n_sent = 0

    def heard(self, message: dict[str, Any], _buffers: object = None) -> None:
        """Note an answer; it has to be plain JSON."""
        self.answers.append(json.loads(json.dumps(message, allow_nan=False)))

    def send(self, kind: str, **message: Any) -> dict[str, Any]:
        """Send a message, and return the last answer of its kind."""
        self.n_sent += 1
        sent = {"type": kind, "id": f"{'c' * 12}{self.n_sent:020x}", **message}
        self.answers.clear()
        self.board._handle_custom_msg(sent, [])
        return next(
            one for one in self.answers if one["type"] not in ("entry", "patch")
        )

    def change(self, entry: str, base: int, **fields: Any) -> dict[str, Any]:
        """Change fields of an entry."""
        op = {"do": "change", "entry": entry, "fields": fields, "base": base}
        return self.send("write", ops=[op])


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a workshop in memory with one stage and two touchpoints."""
    with journeykit.new(None, starter="blank") as made:
        stage = made.entries("stage")[0].id
        for name in ("queue", "gate"):
            made.add("touchpoint", id=name, stage=stage, name=name.title())
        yield made


@pytest.fixture
def page(work: Workshop) -> Page:
    """Give a page that shows the map."""
    return Page(board(work, "journey_map"))


def test_the_whole_layout_is_plain_json(page: Page) -> None:
    """A page that is loaded gets everything once, numbers that are none excepted."""
    answer = page.send("hello")

    assert "layout" == answer["type"]
    assert {"queue", "gate"} <= set(answer["layout"]["cards"])
    assert {"touchpoint", "lane_note", "stage"} <= set(answer["kinds"])
    assert "name" == answer["kinds"]["touchpoint"]["text_field"]
    assert answer["layout"] == page.board.get_state("picture")["picture"]


def test_an_answer_tells_only_what_became_different(page: Page) -> None:
    """Small on a large board as well."""
    answer = page.change("queue", 1, moment_of_truth=True)
    card = answer["patch"]["cards"]["queue"]

    assert "done" == answer["type"]
    assert {"cards": {"queue": card}} == answer["patch"]
    assert (2, ["moment of truth"]) == (card["version"], card["marks"])


def test_a_refused_change_is_told_with_its_reason(page: Page) -> None:
    """The page gives the text back; nothing was written."""
    answer = page.change("queue", 1, emotion=7)

    assert ("refused", False) == (answer["type"], answer["is_passing"])
    assert "7" in answer["reason"]
    assert "emotion" == answer["field"]


def test_a_conflict_tells_both_values(page: Page, work: Workshop) -> None:
    """What another board wrote meanwhile stands beside one's own."""
    other = Page(board(work, "journey_map"))
    other.n_sent = 100
    other.change("queue", 1, name="Hall")
    op = {"do": "change", "entry": "queue", "fields": {"name": "Line"}, "base": 1}
    page.board._handle_custom_msg({"type": "write", "id": "d" * 32, "ops": [op]}, [])
    answer = next(one for one in page.answers if one["type"] == "refused")

    assert {"mine": "Line", "theirs": "Hall"}.items() <= answer["conflict"].items()


def test_another_board_hears_of_a_change_at_once(page: Page, work: Workshop) -> None:
    """Two boards in one notebook show the same."""
    other = Page(board(work, "journey_map"))
    page.change("queue", 1, name="Line")

    patches = [one["patch"] for one in other.answers if one["type"] == "patch"]
    assert ["Line"] == [one["cards"]["queue"]["text"] for one in patches]


def test_undo_and_redo_go_back_and_forth(page: Page, work: Workshop) -> None:
    """Step by step; a new change ends what could be done again."""
    page.change("queue", 1, name="One")
    page.change("queue", 2, name="Two")

    assert "Undone" == page.send("undo")["said"]
    assert "One" == work["queue"].name
    assert "Done again" == page.send("redo")["said"]
    assert "Two" == work["queue"].name
    assert "Nothing to redo" == page.send("redo")["said"]
    page.send("undo")
    page.send("undo")
    assert "Queue" == work["queue"].name
    assert "Nothing to undo" == page.send("undo")["said"]
    page.change("queue", 5, name="Three")
    assert "Nothing to redo" == page.send("redo")["said"]


def test_an_undo_that_is_sent_twice_is_done_once(page: Page, work: Workshop) -> None:
    """The answer was lost, not the step before."""
    page.change("queue", 1, name="One")
    page.change("queue", 2, name="Two")
    message = {"type": "undo", "id": "e" * 32}
    page.board._handle_custom_msg(message, [])
    page.board._handle_custom_msg(message, [])

    assert ["Undone", "Undone"] == [
        one["said"] for one in page.answers if one["type"] == "done"
    ][-2:]
    assert "One" == work["queue"].name


@pytest.mark.parametrize("kind", ["undo", "redo"])
def test_an_undo_without_an_id_is_refused(page: Page, kind: str) -> None:
    """Without one it could not be told from another."""
    page.change("queue", 1, name="One")
    page.board._handle_custom_msg({"type": kind, "id": "1"}, [])

    assert "32 hexadecimal digits" in page.answers[-1]["reason"]


def test_undoing_over_somebody_else_is_told(page: Page, work: Workshop) -> None:
    """The conflict is shown, and the step can still be undone later."""
    page.change("queue", 1, name="One")
    work.change("queue", name="Hall")
    answer = page.send("undo")

    assert "refused" == answer["type"]
    assert "Hall" == answer["conflict"]["theirs"]
    assert "Hall" == work["queue"].name


def test_an_opened_entry_is_told_whole_and_kept_up(page: Page, work: Workshop) -> None:
    """The panel shows every field, and what another board changes in it."""
    work.link("queue", "gate", "flows_to")
    page.board._handle_custom_msg({"type": "open", "entry": "queue"}, [])
    opened = page.answers[-1]
    other = Page(board(work, "journey_map"))
    other.change("queue", 1, emotion=-2)
    again = [one for one in page.answers if one["type"] == "entry"][-1]

    assert ("entry", "queue", None) == (
        opened["type"],
        opened["entry"],
        opened["fields"]["emotion"],
    )
    assert [["flows_to", "gate", "Gate"]] == [one[1:4] for one in opened["links"]]
    assert (-2, 2) == (again["fields"]["emotion"], again["version"])
    page.board._handle_custom_msg({"type": "close"}, [])
    page.answers.clear()
    other.change("queue", 2, emotion=-1)
    assert [] == [one for one in page.answers if one["type"] == "entry"]


def test_a_new_column_sends_the_grid_anew(page: Page, work: Workshop) -> None:
    """What moves everything is not told piece by piece."""
    stage = work.entries("stage")[0].id
    op = {
        "do": "add",
        "entry": "shop",
        "kind": "touchpoint",
        "fields": {"stage": stage, "name": "Shop"},
    }
    answer = page.send("write", ops=[op])

    assert "shop" in answer["patch"]["layout"]["cards"]


def test_other_options_give_another_picture(page: Page, work: Workshop) -> None:
    """One persona, one touchpoint; what the layout does not know changes nothing."""
    answer = page.send("options", options={"touchpoint": "queue"})
    assert "gate" not in answer["layout"]["cards"]
    refused = page.send("options", options={"colour": "red"})

    assert ("colour" in refused["why"], False) == (True, refused["is_read_only"])
    assert "gate" not in page.send("hello")["layout"]["cards"]
    assert (
        "gate" in page.send("options", options={"touchpoint": None})["layout"]["cards"]
    )
    assert "queue" in work.document()


def test_messages_that_are_none_are_passed_over(page: Page) -> None:
    """Whatever a page sends, the kernel goes on."""
    for message in ("x", None, 3, {}, {"type": "drop"}, {"type": "options"}):
        page.board._handle_custom_msg(message, [])

    assert [] == page.answers


def test_initials_of_who_added_it_stand_on_a_card(tmp_path: Path) -> None:
    """Others may add to it; the first stays."""
    path = tmp_path / "trip.journey"
    with journeykit.new(path, starter="blank", author="Ann Lee Kim") as work:
        stage = work.entries("stage")[0].id
        work.add("touchpoint", id="queue", stage=stage, name="Queue")
        page = Page(board(work, "journey_map"))
        card = page.send("hello")["layout"]["cards"]["queue"]

        assert ("AL", "AL") == (card["author"], page.board.settings["author"])


def test_a_form_asks_for_every_field_of_its_kind(work: Workshop) -> None:
    """Its references offer what is there, and follow what is added."""
    page = Page(form(work, "touchpoint"))
    names = [one["name"] for one in page.board.kinds["touchpoint"]["fields"]]
    refs = page.board.refs["channel"]
    work.add("channel", id="web", name="Website")
    told = page.change("queue", 1, channel="web")

    assert "form" == page.board.settings["view"]
    assert {"name", "channel", "emotion", "moment_of_truth"} <= set(names)
    assert ["web", "Website"] not in refs
    assert ["web", "Website"] in told["patch"]["refs"]["channel"]


def test_a_kind_that_is_new_here_brings_its_form(work: Workshop) -> None:
    """Whatever can stand on the board can be opened."""
    page = Page(board(work, "wall", kind="persona"))
    answer = page.send("options", options={"kind": "comment"})

    assert "comment" in answer["kinds"]


def test_what_there_is_not_is_named(work: Workshop) -> None:
    """A misspelled layout or kind offers the nearest."""
    with pytest.raises(UnknownNameError, match="journey_map"):
        board(work, "journey_mapp")
    with pytest.raises(UnknownNameError, match="persona"):
        form(work, "personna")


def test_a_workshop_for_reading_says_why_nothing_can_be_changed(tmp_path: Path) -> None:
    """The page is told at once, and a change is refused as passing."""
    path = tmp_path / "trip.journey"
    journeykit.new(path, starter="blank").close()
    with journeykit.open(path, is_read_only=True) as work:
        page = Page(board(work, "journey_map"))
        stage = work.entries("stage")[0]
        answer = page.change(stage.id, 1, name="Before")

        assert page.board.settings["is_read_only"]
        assert ("refused", True) == (answer["type"], answer["is_passing"])


def test_without_a_script_the_board_is_a_table(work: Workshop) -> None:
    """A saved notebook shows the same, and runs nothing that people wrote."""
    work.change("queue", name=HOSTILE)
    bundle, _ = board(work, "journey_map")._repr_mimebundle_()
    html = bundle["text/html"]

    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert "<table>" in html
    assert "Gate" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x" in html
