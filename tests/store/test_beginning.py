"""A workshop is begun with all of another, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from stored_workshops import Workshops, change, standing

from journeykit.errors import FileProblemError, InputError
from journeykit.store import beginning as module
from journeykit.store import examine, keep_table, open_store
from journeykit.store.beginning import begin_with


def filled() -> Workshops:
    """Return a workshop in memory that holds something in every table."""
    memory = Workshops(None)
    store = memory.new()
    change(store, "queue", author="ann", name="Line")
    store.undo("ann")
    store.mark("Start")
    store.name_author("ann", "Ann")
    keep_table(store, b"table", reading={}, quality={}, mapping={})
    return memory


def test_workshop_begins_with_all_of_another(workshops: Workshops) -> None:
    """The record, the marks, the names and the tables are the other's, and go on."""
    memory = filled()
    source = memory._opened[0]
    address = None if workshops.address is None else str(workshops.address)
    store = workshops._keep(begin_with(source.backend, address))

    assert standing(source) == standing(store)
    change(store, "queue", name="Goes on")
    assert () == examine(store.backend).problems
    memory.close()


def test_taken_path_is_left_alone(tmp_path: Path) -> None:
    """What lies there already is not touched."""
    memory = filled()
    taken = tmp_path / "taken.journey"
    taken.write_text("mine")

    with pytest.raises(FileProblemError, match="a file of that name already"):
        begin_with(memory._opened[0].backend, str(taken))
    assert "mine" == taken.read_text()
    memory.close()


def test_workshop_that_was_begun_is_not_replaced(postgres_url: str) -> None:
    """A URL at which people work already stays theirs."""
    memory = filled()
    shared = Workshops(f"{postgres_url}&workshop=begun")
    before = standing(shared.new())

    with pytest.raises(InputError, match="there is a workshop already"):
        begin_with(memory._opened[0].backend, str(shared.address))
    assert before == standing(shared.open())
    shared.close()
    memory.close()


def test_beginning_that_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a workshop is not to be found, nor anything that belonged to it."""
    memory = filled()

    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(module, "insert", fail)
        for address in (str(tmp_path / "new.journey"), None):
            with pytest.raises(RuntimeError, match="planted"):
                begin_with(memory._opened[0].backend, address)

    assert [] == list(tmp_path.iterdir())
    open_store(tmp_path / "new.journey", is_new=True).close()
    memory.close()
