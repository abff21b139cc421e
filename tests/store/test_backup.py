"""Backups are whole and checked; restoring keeps what was there."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from stored_workshops import Workshops, change, planting, standing

from journeykit.errors import DamagedFileError, FileProblemError, ReadOnlyError
from journeykit.store import (
    Store,
    back_up,
    examine,
    examine_file,
    keep_table,
    open_store,
    restore,
    stored_table,
)


def filled(store: Store) -> str:
    """Give a workshop one of everything that it can hold; return a table's hash."""
    change(store, "queue", author="ann", name="Line")
    store.undo("ann")
    store.mark("Start", author="ann", reason="Because")
    store.name_author("ann", "Ann Müller")
    return keep_table(store, b"\x00table", reading={}, quality={}, mapping={})


def in_folder(folder: Path, ending: str) -> list[Path]:
    """Return the workshop files of a folder whose names hold *ending*."""
    return sorted(file for file in folder.glob("*.journey") if ending in file.name)


# --- backing up -----------------------------------------------------------------------


def test_backup_holds_everything(workshops: Workshops, tmp_path: Path) -> None:
    """A backup is a workshop of its own, on whatever database the first one lies."""
    store = workshops.new()
    table = filled(store)
    path = back_up(store, tmp_path / "backup.journey")
    copy = open_store(path, is_read_only=True)

    assert standing(store) == standing(copy)
    assert stored_table(store, table) == stored_table(copy, table)
    assert examine(store.backend) == examine_file(path)
    copy.close()


def test_backup_is_one_plain_file(path: Path, tmp_path: Path) -> None:
    """It can be sent by e-mail: nothing beside it is needed but its seal."""
    store = open_store(path)
    back_up(store, tmp_path / "backup.journey")
    store.close()
    names = sorted(p.name for p in tmp_path.iterdir() if "backup" in p.name)

    assert ["backup.journey", "backup.journey.seal"] == names


def test_backup_lies_beside_the_workshop_with_the_time_in_its_name(path: Path) -> None:
    """Who names no target finds it where the workshop is."""
    store = open_store(path)
    made = back_up(store)
    store.close()

    assert path.parent == made.parent
    stamp = made.name.removeprefix("airport.backup-").removesuffix(".journey")
    assert (8, 6) == tuple(len(part) for part in stamp.split("-"))


def test_backup_without_a_place_is_named_workshop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workshop that is no file is backed up to the present folder."""
    monkeypatch.chdir(tmp_path)
    memory = Workshops(None)

    assert "workshop.backup-" in back_up(memory.new()).name
    assert 1 == len(in_folder(tmp_path, "workshop.backup-"))


def test_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    """A backup is not lost to a newer one."""
    taken = tmp_path / "taken.journey"
    taken.write_text("mine")

    with pytest.raises(FileProblemError, match="a file of that name already"):
        back_up(store, taken)
    assert "mine" == taken.read_text()


def test_backup_to_a_missing_folder_is_refused(store: Store, tmp_path: Path) -> None:
    """A folder that is not there is named."""
    with pytest.raises(FileProblemError, match=r"/gone: there is no such folder"):
        back_up(store, tmp_path / "gone" / "b.journey")


def test_backup_of_a_damaged_workshop_is_refused(path: Path, tmp_path: Path) -> None:
    """A copy of damage is no backup, and none is left behind."""
    with planting(path) as raw:
        raw.execute("UPDATE edit SET author = 'forged' WHERE number = 3")
    store = open_store(path)

    with pytest.raises(DamagedFileError, match="edit 3 is not as it was written"):
        back_up(store, tmp_path / "backup.journey")
    store.close()
    assert [] == [file for file in tmp_path.iterdir() if "backup" in file.name]


def test_backup_while_others_write_is_one_moment(
    shared: Workshops, tmp_path: Path
) -> None:
    """Each of several backups of a busy workshop is whole."""
    here = shared.new()
    there = shared.open()
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            change(there, "queue", description=f"Edit {number} " * 50)

    busy = threading.Thread(target=write)
    busy.start()
    try:
        made = [back_up(here, tmp_path / f"b{n}.journey") for n in range(5)]
    finally:
        stop.set()
        busy.join()

    found = [examine_file(one) for one in made]
    assert [()] * 5 == [one.problems for one in found]
    counts = [one.n_edits for one in found]
    assert sorted(counts) == counts
    assert counts[0] < counts[-1]


def test_big_tables_are_copied_one_at_a_time(
    workshops: Workshops, tmp_path: Path
) -> None:
    """Several tables of megabytes come over whole."""
    store = workshops.new()
    kept = [
        keep_table(store, bytes([n]) * 2_000_000, reading={}, quality={}, mapping={})
        for n in range(3)
    ]
    copy = open_store(back_up(store, tmp_path / "b.journey"))

    assert [bytes([n]) * 2_000_000 for n in range(3)] == [
        stored_table(copy, sha256).content for sha256 in kept
    ]
    copy.close()


# --- restoring ------------------------------------------------------------------------


def test_restore_brings_back_what_was_backed_up(
    shared: Workshops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is as in the backup, and what was there since is kept in a copy."""
    monkeypatch.chdir(tmp_path)
    store = shared.new()
    filled(store)
    before = standing(store)
    backup = back_up(store, tmp_path / "b.journey")
    change(store, "queue", name="Too much")
    store.mark("Later")
    after = standing(store)
    store.close()
    kept = restore(backup, str(shared.address))

    restored = shared.open()
    assert before == standing(restored)
    assert () == examine(restored.backend).problems
    assert kept is not None
    copy = open_store(kept, is_read_only=True)
    assert after == standing(copy)
    copy.close()


def test_restore_is_seen_by_an_open_connection(
    shared: Workshops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has it open sees the backup at once, and writes on from there."""
    monkeypatch.chdir(tmp_path)
    here = shared.new()
    there = shared.open()
    backup = back_up(here, tmp_path / "b.journey")
    old = here.document()
    change(here, "queue", name="Too much")
    assert "Too much" == there.document()["queue"].name
    restore(backup, str(shared.address))

    assert old == there.document() == here.document()
    change(there, "queue", name="Line")
    assert "Line" == here.document()["queue"].name
    assert 13 == here.number()
    assert () == examine(here.backend).problems


def test_restore_of_a_longer_record_is_seen_too(
    shared: Workshops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record of the backup may go another way from the same beginning."""
    monkeypatch.chdir(tmp_path)
    here = shared.new()
    backup_start = back_up(here, tmp_path / "start.journey")
    for name in ("A", "B", "C"):
        change(here, "queue", name=name)
    backup_long = back_up(here, tmp_path / "long.journey")
    restore(backup_start, str(shared.address))
    change(here, "parking", name="Another way")
    there = shared.open()
    assert "Another way" == there.document()["parking"].name
    restore(backup_long, str(shared.address))

    assert ("C", "Parking") == (
        there.document()["queue"].name,
        there.document()["parking"].name,
    )
    assert there.document() == here.document()


def test_restore_makes_a_missing_workshop(path: Path, tmp_path: Path) -> None:
    """Nothing was there, so no copy is kept."""
    target = tmp_path / "new.journey"

    assert restore(path, target) is None
    assert examine_file(path) == examine_file(target)


@pytest.mark.parametrize(
    "fault", ["empty", "cut", "zeros", "noise", "forged", "header"]
)
def test_restore_over_a_damaged_workshop(
    path: Path, tmp_path: Path, fault: str
) -> None:
    """However broken it is, it is moved aside as it was, and the backup is in place."""
    backup = tmp_path / "b.journey"
    shutil.copy(path, backup)
    content = path.read_bytes()
    damaged = {
        "empty": b"",
        "cut": content[: len(content) // 2],
        "zeros": bytes(len(content)),
        "noise": b"\xa5" * 5_000,
        "header": content[:60] + b"\xff" * 20 + content[80:],
        "forged": content,
    }[fault]
    path.write_bytes(damaged)
    if fault == "forged":
        with planting(path) as raw:
            raw.execute("DELETE FROM edit WHERE number = 5")
        damaged = path.read_bytes()
    assert not examine_file(path).is_whole
    kept = restore(backup, path)

    assert kept is not None
    assert damaged == kept.read_bytes()
    assert () == examine_file(path).problems
    assert 12 == examine_file(path).n_edits


def test_damaged_backup_is_refused_and_the_workshop_untouched(
    path: Path, tmp_path: Path
) -> None:
    """Nothing good is given up for something bad."""
    backup = tmp_path / "b.journey"
    shutil.copy(path, backup)
    with planting(backup) as raw:
        raw.execute("UPDATE entry SET body = replace(body, 'Queue', 'Quere')")
    before = path.read_bytes()

    with pytest.raises(
        DamagedFileError, match=r"not whole: entry 'queue'.*Take another"
    ):
        restore(backup, path)
    with pytest.raises(
        DamagedFileError,
        match=r"^\S+none.journey: [^/]*no such workshop file\. [^/]*[^.]\. Take",
    ):
        restore(tmp_path / "none.journey", path)
    assert before == path.read_bytes()
    assert [] == in_folder(tmp_path, "before-restore")


def test_restore_never_replaces_what_is_no_workshop(path: Path, tmp_path: Path) -> None:
    """A slip of the hand does not cost a thesis, nor a folder."""
    thesis = tmp_path / "thesis.docx"
    thesis.write_text("My thesis")
    folder = tmp_path / "folder.journey"
    folder.mkdir()

    with pytest.raises(FileProblemError, match="another program's"):
        restore(path, thesis)
    with pytest.raises(FileProblemError, match="this is a folder"):
        restore(path, folder)
    assert "My thesis" == thesis.read_text()
    assert folder.is_dir()


def test_restore_over_another_database(path: Path, tmp_path: Path) -> None:
    """Another program's database of our suffix is moved aside, unharmed."""
    other = tmp_path / "other.journey"
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE theirs (x)")
        raw.commit()
    kept = restore(path, other)

    assert kept is not None
    with closing(sqlite3.connect(kept)) as raw:
        assert [("theirs",)] == raw.execute("SELECT name FROM sqlite_master").fetchall()
    assert examine_file(other).is_whole


def test_failing_restore_leaves_the_workshop(
    shared: Workshops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A restore that breaks off in the middle is as if it had never begun."""
    from journeykit.store import backup as module

    monkeypatch.chdir(tmp_path)
    store = shared.new()
    backup = back_up(store, tmp_path / "b.journey")
    change(store, "queue", name="Stays")
    real, calls = module._copy_tables, []

    def fail_at_second(*connections: object) -> None:
        calls.append(connections)
        real(*connections)  # type: ignore[arg-type]
        if len(calls) == 2:
            raise RuntimeError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(module, "_copy_tables", fail_at_second)
        with pytest.raises(RuntimeError, match="planted"):
            restore(backup, str(shared.address))

    assert "Stays" == store.document()["queue"].name
    assert () == examine(store.backend).problems


def test_failing_backup_leaves_no_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a backup is not to be found under any name."""
    from journeykit.store import backup as module

    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    folder = tmp_path / "backups"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(module, "_copy_tables", fail)
        with pytest.raises(RuntimeError, match="planted"):
            back_up(store, folder / "b.journey")

    assert [] == list(folder.iterdir())


def test_restore_while_a_process_is_writing(path: Path, tmp_path: Path) -> None:
    """A writer in another process goes on after the restore, on the restored record."""
    backup = tmp_path / "b.journey"
    shutil.copy(path, backup)
    code = (
        "import sys\n"
        "from journeykit.store import open_store\n"
        "from journeykit.model.edits import change\n"
        "store = open_store(sys.argv[1])\n"
        "print('open', flush=True)\n"
        "for line in sys.stdin:\n"
        "    fields = {'name': line.strip()}\n"
        "    store.write([change(store.document(), 'queue', fields)])\n"
        "    print(store.number(), flush=True)\n"
        "store.close()\n"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", code, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdin is not None
    assert writer.stdout is not None

    def ask(line: str) -> str:
        assert writer.stdin is not None
        assert writer.stdout is not None
        writer.stdin.write(line + "\n")
        writer.stdin.flush()
        return writer.stdout.readline().strip()

    assert "open" == writer.stdout.readline().strip()
    numbers = [ask("One"), ask("Two")]
    restore(backup, path)
    numbers.append(ask("Three"))
    writer.communicate()

    assert ["13", "14", "13"] == numbers
    found = examine_file(path)
    assert ((), 13) == (found.problems, found.n_edits)


def test_restore_to_a_read_only_workshop_is_refused(path: Path, tmp_path: Path) -> None:
    """A store that may only read gives nothing up."""
    store = open_store(path, is_read_only=True)

    with pytest.raises(ReadOnlyError, match="open for reading only"):
        change(store, "queue", name="Line")
    store.close()
