"""What is opened, what is refused, and what is said about it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from postgres_server import is_passable
from sample_entries import airport
from stored_workshops import change, fill, planting

from journeykit.errors import (
    DamagedFileError,
    FileProblemError,
    InputError,
    JourneyKitWarning,
    ReadOnlyError,
)
from journeykit.store import Store, back_up, examine, examine_file, is_url, open_store

HERE = str(Path(__file__).resolve())


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Be somebody whom file permissions bind; as root, every file can be written."""
    if os.getuid() != 0:
        yield
        return
    nobody, nogroup = 65534, 65534
    groups = os.getgroups()
    os.setgroups([])
    os.setresgid(nogroup, nogroup, 0)
    os.setresuid(nobody, nobody, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)
        os.setgroups(groups)


@pytest.fixture
def open_folder(path: Path) -> Iterator[Path]:
    """Give a folder with a workshop that everybody can reach and nobody can write."""
    places = [Path(place) for place in (tempfile.gettempdir(), "/tmp", "/var/tmp")]
    place = next(place for place in places if is_passable(place))
    with tempfile.TemporaryDirectory(dir=place) as name:
        folder = Path(name)
        shutil.copy(path, folder / "airport.journey")
        (folder / "airport.journey").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


# --- paths ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("postgresql://ann@host/db", True),
        ("postgresql+psycopg://host/db?workshop=a", True),
        ("airport.journey", False),
        (Path("postgresql/airport.journey"), False),
    ],
)
def test_url_is_told_from_a_path(address: str | Path, expected: bool) -> None:
    """Only PostgreSQL is reached by URL."""
    assert expected is is_url(address)


def test_missing_workshop_is_said_with_what_there_is(path: Path) -> None:
    """The neighbours help to find the slip of the key."""
    with pytest.raises(FileProblemError, match=r"no such.*there is airport\.journey\."):
        open_store(path.with_name("airprot.journey"))
    assert not path.with_name("airprot.journey").exists()


def test_missing_workshop_in_an_empty_folder(tmp_path: Path) -> None:
    """Where nothing is, the way to make one is said."""
    with pytest.raises(FileProblemError, match="Make it: journeykit new"):
        open_store(tmp_path / "airport.journey")
    with pytest.raises(FileProblemError, match="no such workshop file"):
        open_store(tmp_path / "gone" / "airport.journey")
    assert [] == list(tmp_path.iterdir())


def test_taken_path_is_refused(path: Path) -> None:
    """A new workshop never takes the place of another file."""
    before = path.read_bytes()

    with pytest.raises(
        FileProblemError, match=r"of that name already\. Choose another"
    ):
        open_store(path, is_new=True)
    assert before == path.read_bytes()


@pytest.mark.parametrize("name", ["airport.json", "airport", "airport.journey.json"])
def test_wrong_suffix_is_refused(tmp_path: Path, name: str) -> None:
    """A workshop is known by its name."""
    with pytest.raises(InputError, match=r"ends in \.journey, found 'airport"):
        open_store(tmp_path / name, is_new=True)
    assert [] == list(tmp_path.iterdir())


def test_workshop_of_another_suffix_can_be_opened(path: Path) -> None:
    """A mail program may have renamed it; the content counts."""
    renamed = path.rename(path.with_name("airport.journey.bin"))
    store = open_store(renamed)

    assert airport() == store.document()
    store.close()


def test_missing_folder_is_refused(tmp_path: Path) -> None:
    """Folders are not made by a slip."""
    with pytest.raises(FileProblemError, match="there is no such folder"):
        open_store(tmp_path / "gone" / "airport.journey", is_new=True)


@pytest.mark.parametrize(
    "name", ["ä ö.journey", "100%?#x=1&y.journey", "' \" ;.journey"]
)
def test_name_may_hold_any_sign(tmp_path: Path, name: str) -> None:
    """Signs that mean something in addresses are only letters here."""
    store = open_store(tmp_path / name, is_new=True)
    fill(store)
    store.close()

    assert name in {file.name for file in tmp_path.iterdir()}
    assert 12 == examine_file(tmp_path / name).n_entries


# --- other files ----------------------------------------------------------------------


def test_file_of_another_program_is_refused(tmp_path: Path) -> None:
    """A text, a table, another program's database: each is named and left alone."""
    other = tmp_path / "other.journey"
    with closing(sqlite3.connect(other)) as raw:
        raw.execute("CREATE TABLE theirs (x)")
        raw.commit()
    letter = tmp_path / "text.journey"
    letter.write_text("Dear Ann, this is a letter. " * 10)
    before = {file: file.read_bytes() for file in (other, letter)}

    with pytest.raises(FileProblemError, match="this is another program's database"):
        open_store(other)
    with pytest.raises(
        FileProblemError, match="not a workshop file, another program's"
    ):
        open_store(letter)
    with pytest.raises(FileProblemError, match="folder, a workshop file was expected"):
        open_store(tmp_path)
    assert before == {file: file.read_bytes() for file in (other, letter)}
    assert 2 == len(list(tmp_path.iterdir()))


@pytest.mark.parametrize(
    ("n_bytes", "problem"),
    [
        (0, "the file is empty"),
        (7, "the file was cut off"),
        (60, "the file was cut off"),
        (100, "the file was cut off"),
        (9_000, "the file was cut off"),
    ],
)
def test_cut_file_is_refused_with_the_way_out(
    path: Path, n_bytes: int, problem: str
) -> None:
    """What is left of a broken copy is said to be broken, not opened."""
    path.write_bytes(path.read_bytes()[:n_bytes])

    with pytest.raises(DamagedFileError, match=f"{problem}.*last good backup"):
        open_store(path)
    assert n_bytes == len(path.read_bytes())


def test_file_of_zeros_is_refused(path: Path) -> None:
    """What some disks leave after a power cut."""
    path.write_bytes(bytes(path.stat().st_size))

    with pytest.raises(DamagedFileError, match="holds nothing but zeros"):
        open_store(path)


def test_damaged_pages_are_said_when_they_are_met(path: Path) -> None:
    """The message names the file, doctor and the backup."""
    content = bytearray(path.read_bytes())
    page = int.from_bytes(content[16:18])
    content[page:] = b"\xa5" * (len(content) - page)
    path.write_bytes(content)

    with pytest.raises(DamagedFileError, match="'journeykit doctor'"):
        open_store(path).document()


def test_path_that_the_system_refuses_is_said(tmp_path: Path) -> None:
    """A name longer than the system takes is a clear message, no traceback of ours."""
    with pytest.raises(FileProblemError, match="the file cannot be read"):
        open_store(tmp_path / ("x" * 300 + ".journey"))


# --- for reading only -----------------------------------------------------------------


def test_workshop_can_be_opened_for_reading_only(path: Path) -> None:
    """Nothing is changed, by a slip or otherwise, and nothing appears beside it."""
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    store = open_store(path, is_read_only=True)

    assert airport() == store.document()
    for act in (
        lambda: change(store, "queue", name="Line"),
        store.undo,
        lambda: store.mark("Now"),
        lambda: store.name_author("ann", "Ann"),
    ):
        with pytest.raises(
            ReadOnlyError, match="for reading only, nothing was changed"
        ):
            act()
    store.close()
    assert before == {file.name: file.read_bytes() for file in path.parent.iterdir()}


def test_reader_sees_what_others_write(path: Path) -> None:
    """A report may be drawn while the workshop goes on."""
    early = open_store(path, is_read_only=True)
    early.document()
    writer = open_store(path)
    late = open_store(path, is_read_only=True)
    for number in range(3):
        change(writer, "queue", name=f"Line {number}")

        assert f"Line {number}" == early.document()["queue"].name
        assert f"Line {number}" == late.document()["queue"].name
    writer.close()
    early.close()
    assert "Line 2" == late.document()["queue"].name
    late.close()
    assert examine_file(path).is_whole


def test_protected_file_opens_for_reading_with_a_warning(open_folder: Path) -> None:
    """The warning says why, and points to the line of whoever opened it."""
    path = open_folder / "airport.journey"
    with ordinary_user(), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        store = open_store(path)
    (said,) = caught
    assert JourneyKitWarning is said.category
    assert HERE == said.filename
    assert f"{path}: opened for reading only: the file is write-protected." == str(
        said.message
    )
    with ordinary_user():
        assert airport() == store.document()
        with pytest.raises(ReadOnlyError):
            change(store, "queue", name="Line")
        store.close()
    assert ["airport.journey"] == [file.name for file in open_folder.iterdir()]


def test_file_in_a_protected_folder_opens_for_reading(open_folder: Path) -> None:
    """A file that could be written is of no use where nothing can stand beside it."""
    path = open_folder / "airport.journey"
    path.chmod(0o666)

    with (
        ordinary_user(),
        pytest.warns(JourneyKitWarning, match="folder cannot be writ"),
    ):
        store = open_store(path)
    with ordinary_user():
        assert airport() == store.document()
        with pytest.raises(FileProblemError, match="this folder cannot be written"):
            open_store(open_folder / "new.journey", is_new=True)
        store.close()


def test_secret_file_is_said(open_folder: Path) -> None:
    """Without the right to read there is nothing to be opened."""
    path = open_folder / "airport.journey"
    path.chmod(0o000)
    with ordinary_user(), pytest.raises(FileProblemError, match="Permission denied"):
        open_store(path)
    path.chmod(0o444)
    open_folder.chmod(0o700)
    if os.getuid() == 0:
        with (
            ordinary_user(),
            pytest.raises(FileProblemError, match="Permission denied"),
        ):
            open_store(path)


def test_reader_without_rights_sees_a_workshop_that_is_open(open_folder: Path) -> None:
    """A colleague who may only read looks on while it is worked on."""
    path = open_folder / "airport.journey"
    open_folder.chmod(0o755)
    path.chmod(0o644)
    if os.getuid() != 0:
        pytest.skip("needs a second account")
    writer = open_store(path)
    change(writer, "queue", name="Line")
    with ordinary_user(), pytest.warns(JourneyKitWarning, match="write-protected"):
        reader = open_store(path)
    with ordinary_user():
        assert "Line" == reader.document()["queue"].name
    change(writer, "queue", name="Queue again")
    with ordinary_user():
        assert "Queue again" == reader.document()["queue"].name
        reader.close()
    writer.close()


def test_copy_of_an_open_workshop_in_a_protected_folder(open_folder: Path) -> None:
    """A file that was copied without its log is shown as far as it goes."""
    path = open_folder / "airport.journey"
    open_folder.chmod(0o755)
    with planting(path) as raw:
        raw.execute("PRAGMA journal_mode = WAL")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    open_folder.chmod(0o555)
    if os.getuid() != 0:
        path.chmod(0o444)

    with ordinary_user():
        store = open_store(path, is_read_only=True)
        assert airport() == store.document()
        store.close()


# --- warnings point to the user's line ------------------------------------------------


def test_warning_of_a_newer_file_points_here(path: Path) -> None:
    """Whoever opened it sees the own line, not one of the package."""
    with planting(path) as raw:
        raw.execute("PRAGMA user_version = 9")
    for act in (open_store, lambda address: __import__("journeykit").open(address)):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            act(path).close()

        assert [HERE] == [said.filename for said in caught]
        assert re.search(r"newer journeykit made it \(schema 9", str(caught[0].message))


def test_failed_opening_gives_the_file_back(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that could not be opened is not held on to."""
    from journeykit.store import opening

    def fail(*_: object) -> None:
        raise RuntimeError("planted")

    with monkeypatch.context() as patch:
        patch.setattr(opening, "_bring_up_to_date", fail)
        with pytest.raises(RuntimeError, match="planted"):
            open_store(path)
    store: Store = open_store(path)
    assert () == examine(store.backend).problems
    back_up(store)
    store.close()
    assert not path.with_name(path.name + "-wal").exists()


def test_longest_name_can_be_read(tmp_path: Path) -> None:
    """A companion whose name would be too long for the disk is not there."""
    with closing(open_store(tmp_path / "short.journey", is_new=True)) as store:
        fill(store)
    long = (tmp_path / "short.journey").rename(tmp_path / f"{'x' * 240}.journey")

    with closing(open_store(long, is_read_only=True)) as store:
        assert store.document()
