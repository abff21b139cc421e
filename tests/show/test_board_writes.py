"""What a page sends becomes edits: once, in order, and never over somebody else's."""

from __future__ import annotations

from typing import Any

import pytest

import journeykit
from journeykit.errors import (
    BusyError,
    ConflictError,
    DanglingReferenceError,
    InputError,
    ReadOnlyError,
    UnknownNameError,
)
from journeykit.model import Document
from journeykit.show.board_writes import answer_to, write
from journeykit.workshop import Workshop

CLIENT = "a" * 12
OTHER = "b" * 12


def group(number: int, client: str = CLIENT) -> str:
    """Return the id of a message of a page."""
    return f"{client}{number:020x}"


@pytest.fixture
def work() -> Any:
    """Give a small workshop in memory: one stage, three touchpoints."""
    made = journeykit.new(None, starter="blank")
    stage = made.entries("stage")[0].id
    for name in ("queue", "check-in", "gate"):
        made.add("touchpoint", id=name, stage=stage, name=name.title())
    yield made
    made.close()


def send(
    work: Workshop, number: int, *ops: dict[str, Any], client: str = CLIENT
) -> Any:
    """Send operations as a page does."""
    message = {"type": "write", "id": group(number, client), "ops": list(ops)}
    return write(work.store, message, work.author)


def changed(entry: str, base: int, **fields: Any) -> dict[str, Any]:
    """Return an operation that changes fields."""
    return {"do": "change", "entry": entry, "fields": fields, "base": base}


def names(work: Workshop) -> list[str]:
    """Return the touchpoints in their order."""
    return [one.id for one in work.entries("touchpoint")]


def test_a_message_sent_twice_is_written_once(work: Workshop) -> None:
    """After a broken line the page sends again; the second answer is the first's."""
    op = {
        "do": "add",
        "entry": "ln-1",
        "kind": "lane_note",
        "fields": {"lane": "thought", "text": "Long!", "touchpoint": "queue"},
        "after": None,
        "before": None,
    }
    first, _ = send(work, 1, op)
    second, _ = send(work, 1, op)

    assert (first.numbers, False) == (second.numbers, first.is_repeat)
    assert second.is_repeat
    assert 1 == len(work.entries("lane_note"))


def test_a_place_between_two_is_a_rank(work: Workshop) -> None:
    """Only the one that moved is changed."""
    send(work, 1, {**changed("gate", 1), "after": "queue", "before": "check-in"})

    assert ["queue", "gate", "check-in"] == names(work)
    assert 1 == work.document().version("queue").number


def test_equal_ranks_are_told_apart_when_something_moves(work: Workshop) -> None:
    """Files written by hand may give all the same rank; the order asked for holds."""
    for name in names(work):
        work.change(name, rank="V")
    send(work, 1, {**changed("queue", 2), "after": "check-in", "before": "gate"})

    assert ["check-in", "queue", "gate"] == names(work)


def test_a_page_does_not_conflict_with_itself(work: Workshop) -> None:
    """It sends the next change before the answer to the last one is back."""
    send(work, 1, changed("queue", 1, name="Line"))
    send(work, 2, changed("queue", 1, name="Long line"))

    assert "Long line" == work["queue"].name


def test_two_pages_that_write_one_field_are_told(work: Workshop) -> None:
    """Nothing is overwritten, and the answer names both values."""
    send(work, 1, changed("queue", 1, name="Line"), client=OTHER)
    with pytest.raises(ConflictError) as caught:
        send(work, 1, changed("queue", 1, name="Waiting"))
    told = answer_to(caught.value, work.document())

    assert "Line" == work["queue"].name
    assert ("Waiting", "Line", 2) == tuple(
        told["conflict"][one] for one in ("mine", "theirs", "version")
    )
    assert not told["is_passing"]
    send(work, 2, changed("queue", 2, name="Waiting"))
    assert "Waiting" == work["queue"].name


def test_two_pages_that_write_two_fields_are_merged(work: Workshop) -> None:
    """One renames, the other says how it feels."""
    send(work, 1, changed("queue", 1, name="Line"), client=OTHER)
    send(work, 1, changed("queue", 1, emotion=-2))

    assert ("Line", -2) == (work["queue"].name, work["queue"].emotion)


def test_own_change_is_no_excuse_to_overwrite_anothers(work: Workshop) -> None:
    """Between two changes of one page somebody else wrote the same field."""
    send(work, 1, changed("queue", 1, name="Line"))
    send(work, 1, changed("queue", 2, name="Hall"), client=OTHER)

    with pytest.raises(ConflictError, match="Hall"):
        send(work, 2, changed("queue", 1, name="Long line"))


def test_what_only_speaks_of_an_entry_goes_with_it(work: Workshop) -> None:
    """Votes and links go and come back in one step; a note has to be dealt with."""
    work.add("vote", subject="queue", participant="ann")
    link = work.link("queue", "gate", "flows_to")
    work.add("comment", subject=link.id, text="Really?")
    receipt, _ = send(work, 1, {"do": "remove", "entry": "queue", "base": 1})

    assert ["check-in", "gate"] == names(work)
    assert 4 == len(receipt.numbers)
    work.store.undo(group=receipt.group)
    assert "queue" in work.document()
    assert link.id in work.document()
    work.add("lane_note", lane="goal", text="Be quick", touchpoint="queue")
    with pytest.raises(DanglingReferenceError, match="Be quick"):
        send(work, 2, {"do": "remove", "entry": "queue", "base": 3})


def test_several_lines_are_one_step(work: Workshop) -> None:
    """Three pasted cards are added whole, and undone as one."""
    ops = [
        {
            "do": "add",
            "entry": f"t-{n}",
            "kind": "touchpoint",
            "fields": {"stage": work["queue"].stage, "name": f"New {n}"},
            "after": "gate" if n == 0 else f"t-{n - 1}",
        }
        for n in range(3)
    ]
    receipt, _ = send(work, 1, *ops)

    assert ["queue", "check-in", "gate", "t-0", "t-1", "t-2"] == names(work)
    work.store.undo(group=receipt.group)
    assert ["queue", "check-in", "gate"] == names(work)


@pytest.mark.parametrize(("author", "who"), [(None, "somebody"), ("ann", "ann")])
def test_a_silent_score_belongs_to_whoever_works_here(
    work: Workshop, author: str | None, who: str
) -> None:
    """A page asks what is rated and how, not who rates."""
    fields = {"subject": "queue", "scale": "emotion", "value": -2}
    op = {"do": "add", "entry": "is-1", "kind": "individual_score", "fields": fields}
    write(work.store, {"id": group(1), "ops": [op]}, author)

    assert (who, -2) == (work["is-1"].participant, work["is-1"].value)


def test_what_was_cleaned_is_said(work: Workshop) -> None:
    """A vertical tab from a slide never reaches the record, and the person hears it."""
    _, words = send(work, 1, changed("queue", 1, name="Queue\x0bat the gate"))

    assert "Queueat the gate" == work["queue"].name
    assert "1 control sign removed" in words


@pytest.mark.parametrize(
    ("op", "error", "words"),
    [
        ({"do": "change", "entry": "none", "fields": {"a": 1}}, InputError, "no entry"),
        (changed("queue", 1, colour="red"), UnknownNameError, "colour"),
        (changed("queue", 1, emotion=9), InputError, "9"),
        (changed("queue", 1), InputError, "nothing was changed"),
        (changed("queue", 1, id="x"), InputError, "never changes"),
        ({"do": "drop", "entry": "queue"}, InputError, "do"),
        ({"do": "add", "entry": "../x", "kind": "stage"}, InputError, "entry"),
        ({"do": "add", "entry": "x", "kind": "stag"}, UnknownNameError, "stage"),
        ({"do": "add", "entry": "x", "kind": "stage"}, InputError, "journey"),
        (changed("queue", 1, name="a" * 301), InputError, "300"),
    ],
)
def test_what_cannot_be_used_is_refused_whole(
    work: Workshop, op: dict[str, Any], error: type[Exception], words: str
) -> None:
    """One bad operation in a group, and nothing of it is written."""
    before = work.document()
    with pytest.raises(error, match=words):
        send(work, 1, changed("gate", 1, name="Gates"), op)

    assert before == work.document()


@pytest.mark.parametrize("message", [{}, {"id": 3, "ops": []}, {"id": group(1)}])
def test_a_message_that_is_none_is_refused(
    work: Workshop, message: dict[str, Any]
) -> None:
    """Whatever arrives is checked before anything else."""
    with pytest.raises(InputError, match="message of the board"):
        write(work.store, message, None)


@pytest.mark.parametrize(
    ("error", "is_passing"),
    [
        (BusyError("x.journey", 5), True),
        (ReadOnlyError("x.journey", "the folder cannot be written"), True),
        (InputError("no"), False),
    ],
)
def test_a_full_disk_is_waited_out_and_a_wrong_value_is_not(
    error: Any, is_passing: bool
) -> None:
    """Only what may go well later is sent again."""
    assert is_passing == answer_to(error, Document())["is_passing"]
