"""In a sync folder a local copy is worked on, and published back whole."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from sample_entries import airport
from stored_workshops import change, fill, planting

from journeykit.errors import FileProblemError, JourneyKitWarning
from journeykit.model import Document
from journeykit.model.edits import remove
from journeykit.store import (
    Store,
    back_up,
    examine_file,
    forget_author,
    forget_entry,
    keep_table,
    open_store,
    restore,
    stored_table,
)
from journeykit.store import working_copy as module
from journeykit.store.working_copy import WorkingCopy

HERE = str(Path(__file__).resolve())
UNSAFE = "where a workshop can be damaged"


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a path in a sync folder, with this machine's own data folder apart."""
    on_machine("here", tmp_path, monkeypatch)
    (tmp_path / "Dropbox").mkdir()
    return tmp_path / "Dropbox" / "airport.journey"


def on_machine(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go on as another machine that has the same folder in step."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / name))
    monkeypatch.setattr("socket.gethostname", lambda: f"{name}.local")


def opened(path: Path, **options: bool) -> Store:
    """Open a workshop in a sync folder, and take the warning for said."""
    with pytest.warns(JourneyKitWarning, match=UNSAFE):
        return open_store(path, **options)


def made(path: Path) -> None:
    """Make a small airport in a sync folder, closed."""
    store = opened(path, is_new=True)
    fill(store)
    store.close()


def content(path: Path) -> Document:
    """Return what a published file holds."""
    store = open_store(path, is_read_only=True)
    try:
        return store.document()
    finally:
        store.close()


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(file.name for file in folder.iterdir())


# --- one machine ----------------------------------------------------------------------


def test_new_workshop_is_published_on_closing(published: Path) -> None:
    """Until then nothing lies in the folder; after it one whole file does."""
    store = opened(published, is_new=True)
    fill(store)

    assert [] == names(published.parent)
    assert not store.where.startswith(str(published.parent))
    store.close()
    assert ["airport.journey"] == names(published.parent)
    assert airport() == content(published)
    assert examine_file(published).is_whole


def test_mark_publishes(published: Path) -> None:
    """At every named moment the others get what stands then."""
    made(published)
    store = opened(published)
    change(store, "queue", name="Line")
    assert "Queue" == content(published)["queue"].name
    store.mark("Lunch")

    assert "Line" == content(published)["queue"].name
    store.close()


def test_mark_and_table_alone_are_published(published: Path) -> None:
    """A name for a moment, and a table, change no entry, but are no less worth."""
    made(published)
    store = opened(published)
    store.mark("Lunch")
    table = keep_table(store, b"table", reading={}, quality={}, mapping={})
    store.close()
    reader = open_store(published, is_read_only=True)

    assert ["Lunch"] == [mark.name for mark in reader.marks()]
    assert b"table" == stored_table(reader, table).content
    reader.close()


def test_warning_names_both_places_and_the_users_line(published: Path) -> None:
    """Whoever opens it knows where the work is, and when it comes back."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store = open_store(published, is_new=True)
    store.close()
    (said,) = caught

    assert HERE == said.filename
    assert str(said.message).startswith(
        f"{published}: the folder 'Dropbox' is kept in step by a sync program, "
        f"{UNSAFE}. You work on a local copy ({store.where}); it is published back on"
    )


def test_warning_of_a_workshop_points_to_the_notebook(published: Path) -> None:
    """Through the object that a notebook opens, it is the notebook's line still."""
    import journeykit

    made(published)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        journeykit.open(published).close()

    assert [HERE] == [said.filename for said in caught]


def test_unpublished_work_is_there_again(published: Path) -> None:
    """A kernel that was killed loses nothing: the local copy goes on."""
    made(published)
    store = opened(published)
    change(store, "queue", name="Line")
    store.backend.close()  # as if the kernel was gone: nothing is published
    assert "Queue" == content(published)["queue"].name
    store = opened(published)

    assert "Line" == store.document()["queue"].name
    store.close()
    assert "Line" == content(published)["queue"].name


def test_nothing_new_is_not_published(published: Path) -> None:
    """Looking changes no file that others have in step."""
    made(published)
    before = published.stat()
    store = opened(published)
    store.document()
    store.close()
    after = published.stat()

    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_erased_text_leaves_the_published_file_too(published: Path) -> None:
    """At once, and even if the entry is gone already."""
    made(published)
    store = opened(published)
    change(store, "queue", author="ann", name="Zyzzyva")
    store.name_author("ann", "Zyzzyva Ann")
    store.mark("Now")
    assert b"Zyzzyva" in published.read_bytes()
    forget_author(store, "ann")
    assert b"Zyzzyva" not in published.read_bytes()
    change(store, "l1", note="Zyzzyva")
    store.write([remove(store.document(), "l1")])
    store.mark("Then")
    forget_entry(store, "l1")

    assert b"Zyzzyva" not in published.read_bytes()
    store.close()
    folder = Path(store.where).parent
    assert [] == [one for one in folder.iterdir() if b"Zyzzyva" in one.read_bytes()]


def test_path_that_is_taken_or_missing_is_refused(published: Path) -> None:
    """As anywhere else, and no local copy is made by a slip."""
    with pytest.raises(FileProblemError, match="no such workshop file"):
        open_store(published)
    made(published)
    with pytest.raises(FileProblemError, match="a file of that name already"):
        open_store(published, is_new=True)
    published.with_name("letter.journey").write_text("Dear Ann")
    with pytest.raises(FileProblemError, match="another program's"):
        open_store(published.with_name("letter.journey"))
    with pytest.raises(FileProblemError, match="there is no such folder"):
        open_store(published.parent / "gone" / "x.journey", is_new=True)


def test_new_workshop_in_the_place_of_a_deleted_one(published: Path) -> None:
    """What the local copy held is kept apart, and the new one is empty."""
    made(published)
    published.unlink()
    store = opened(published, is_new=True)

    assert Document() == store.document()
    store.close()
    assert Document() == content(published)
    kept = list(Path(store.where).parent.glob("airport.earlier-*.journey"))
    assert [airport()] == [content(one) for one in kept]


def test_deleted_file_is_published_again(published: Path) -> None:
    """The local copy is whole; it comes back on closing."""
    made(published)
    published.unlink()
    opened(published).close()

    assert airport() == content(published)


def test_read_only_opening_reads_the_published_file(published: Path) -> None:
    """Looking needs no copy."""
    made(published)
    store = open_store(published, is_read_only=True)

    assert str(published) == store.where
    store.close()


def test_newer_file_is_shown_where_it_lies(published: Path) -> None:
    """What cannot be changed needs no local copy."""
    made(published)
    with planting(published) as raw:
        raw.execute("PRAGMA user_version = 9")
    with pytest.warns(JourneyKitWarning, match="a newer journeykit made it"):
        store = open_store(published)

    assert airport() == store.document()
    assert str(published) == store.where
    store.close()


def test_publishing_that_fails_is_said_and_the_work_is_safe(published: Path) -> None:
    """A drive that went away costs no edit."""
    made(published)
    store = opened(published)
    change(store, "queue", name="Line")
    away = published.parent.rename(published.parent.with_name("away"))
    with pytest.raises(
        FileProblemError, match=r"could not be published.*work is safe in"
    ):
        store.close()
    away.rename(published.parent)
    opened(published).close()

    assert "Line" == content(published)["queue"].name


def test_restore_in_a_sync_folder_is_taken_up(published: Path, tmp_path: Path) -> None:
    """The published file is the backup then, and the local copy follows."""
    made(published)
    store = opened(published)
    backup = back_up(store, tmp_path / "b.journey")
    change(store, "queue", name="Too much")
    store.close()
    kept = restore(backup, published)

    assert kept is not None
    assert "Too much" == content(kept)["queue"].name
    store = opened(published)
    assert airport() == store.document()
    store.close()


# --- two machines ---------------------------------------------------------------------


def test_what_another_machine_published_is_taken_up(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work goes to and fro between two machines, one after the other."""
    made(published)
    for turn, machine in enumerate(("there", "here", "there", "here")):
        on_machine(machine, tmp_path, monkeypatch)
        store = opened(published)
        assert turn + 12 == store.number()
        change(store, "queue", name=f"Turn {turn}")
        store.close()

    assert "Turn 3" == content(published)["queue"].name
    assert ["airport.journey"] == names(published.parent)
    folder = Path(store.where).parent
    assert {"airport.journey"} == {one.name for one in folder.glob("*.journey")}


def test_both_changed_and_both_are_kept(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever closes second finds the own work beside the other's, with a warning."""
    made(published)
    mine = opened(published)
    change(mine, "queue", name="Mine")
    on_machine("there", tmp_path, monkeypatch)
    theirs = opened(published)
    change(theirs, "queue", name="Theirs")
    theirs.close()
    on_machine("here", tmp_path, monkeypatch)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        mine.close()
    (said,) = caught

    assert HERE == said.filename
    beside = published.with_name("airport (from herelocal).journey")
    assert f"Both are kept: yours is {beside}." in str(said.message)
    assert ["Theirs", "Mine"] == [
        content(one)["queue"].name for one in (published, beside)
    ]
    assert ["airport (from herelocal).journey", "airport.journey"] == names(
        published.parent
    )


def test_damaged_published_file_is_not_overwritten(published: Path) -> None:
    """What the sync program left is for people to look at; ours lies beside it."""
    made(published)
    store = opened(published)
    change(store, "queue", name="Line")
    published.write_bytes(published.read_bytes()[:3_000])
    with pytest.warns(JourneyKitWarning, match="Both are kept"):
        store.close()

    assert 3_000 == published.stat().st_size
    (beside,) = published.parent.glob("airport (from *).journey")
    assert "Line" == content(beside)["queue"].name


def test_nothing_of_ours_is_put_over_what_is_newer(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who only looked, while others wrote, publishes nothing."""
    made(published)
    looking = opened(published)
    on_machine("there", tmp_path, monkeypatch)
    store = opened(published)
    change(store, "queue", name="Theirs")
    store.close()
    looking.close()

    assert "Theirs" == content(published)["queue"].name
    assert ["airport.journey"] == names(published.parent)


def test_copy_without_a_note_of_what_was_equal(published: Path) -> None:
    """Where it cannot be told who is ahead, both count as changed."""
    made(published)
    store = opened(published)
    change(store, "queue", name="Line")
    local = Path(store.where)
    local.with_name(local.name + ".base").unlink()

    assert "both changed" == WorkingCopy(published, local).relation()
    with pytest.warns(JourneyKitWarning, match="Both are kept"):
        store.close()


# --- where the copy lies --------------------------------------------------------------


def test_home_on_a_network_drive_is_not_used(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's own folder takes the copy, readable by nobody else."""
    spare = tmp_path / "spare"
    real = module.unsafe_place
    monkeypatch.setattr(
        module,
        "unsafe_place",
        lambda path: "far away" if "here" in path.parts else real(path),
    )
    monkeypatch.setattr(module, "_SPARE", str(spare))
    made(published)
    (folder,) = tmp_path.glob("spare-*")

    assert 0o700 == folder.stat().st_mode & 0o777
    assert not (tmp_path / "here").exists()
    assert airport() == content(published)


def test_no_local_disk_at_all_is_said(
    published: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Better no workshop than one that can be damaged."""
    monkeypatch.setattr(module, "unsafe_place", lambda _: "far away")

    with pytest.raises(FileProblemError, match="Copy it to a local disk"):
        open_store(published, is_new=True)


def test_folder_that_somebody_else_made_is_not_used(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who owns the folder could change what is put there."""
    monkeypatch.setattr("os.getuid", lambda: 12_345)
    monkeypatch.setattr(module, "_SPARE", str(tmp_path / "spare"))

    with pytest.raises(FileProblemError, match="Copy it to a local disk"):
        open_store(published, is_new=True)
