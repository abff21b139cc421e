"""What may come in as a table, and what is refused with a sentence."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from journeykit.errors import FileProblemError, InputError
from journeykit.exchange.arrival import OWN_FILE, UPLOAD, Limits, bytes_within
from journeykit.exchange.tables import read_table

GOOD = b"id,Q1\n1,5\n2,4\n"


def packed(name: str) -> bytes:
    """Return a ZIP folder with one file in it."""
    folder = io.BytesIO()
    with zipfile.ZipFile(folder, "w") as archive:
        archive.writestr(name, "<workbook/>")
    return folder.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n \n", "the file is empty"),
        (b"\x00" * 4096, "the file is empty"),
        (packed("xl/workbook.xml"), "this workbook is damaged"),
        (packed("xl/workbook.bin"), r"a binary Excel workbook \(XLSB\)"),
        (packed("word/document.xml"), "this is a Word document"),
        (packed("answers.csv"), "this is a packed folder"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "an old Excel workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\x00" * 600
            + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "this is a PDF document"),
        (b"SQLite format 3\x00\x10\x00", "this is a SQLite database"),
        (b"PAR1\x15\x04", "this is a Parquet file"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (b"<!DOCTYPE html>\n<title>Sign in</title>", "this is a web page"),
        (b"\xef\xbb\xbf  <HTML><body>", "this is a web page"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "this is a web page"),
        (b"<?xml version='1.0'?><answers/>", "this is an XML file"),
        (b'{"answers": []}', "this is a JSON file"),
        (b'[{"id": 1}]', "this is a JSON file"),
        (bytes(range(256)) * 40, "no readable text"),
        (b"id,Q1\n", "but there are none"),
        (b",,\n , \n", "there is no text in it"),
    ],
)
def test_what_is_no_table_is_refused_with_its_true_name(
    tmp_path: Path, data: bytes, said: str
) -> None:
    """Whatever its ending says, a file is judged by its content."""
    path = tmp_path / "answers.csv"
    path.write_bytes(data)

    with pytest.raises(InputError, match=said) as caught:
        read_table(path)

    assert str(caught.value).startswith("answers.csv: ")
    with pytest.raises(InputError, match=said):
        read_table(data)


def test_a_folder_a_missing_file_and_a_pipe_are_told_apart(tmp_path: Path) -> None:
    """Each gets its own sentence, and a misspelled name its nearest neighbour."""
    (tmp_path / "answers.csv").write_bytes(GOOD)
    os.mkfifo(tmp_path / "pipe.csv")

    with pytest.raises(FileProblemError, match="this is a folder"):
        read_table(tmp_path)
    with pytest.raises(FileProblemError, match=r"Did you mean 'answers\.csv'\?$"):
        read_table(tmp_path / "anwsers.csv")
    with pytest.raises(FileProblemError, match="Check the folder"):
        read_table(tmp_path / "away" / "answers.csv")
    with pytest.raises(FileProblemError, match="an ordinary file was expected"):
        read_table(str(tmp_path / "pipe.csv"))


def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's reason is passed on in words."""

    def refused(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "answers.csv"
    path.write_bytes(GOOD)
    # Root may read everything, so the refusal itself is put in place of the system.
    monkeypatch.setattr(Path, "read_bytes", refused)

    with pytest.raises(FileProblemError, match=r"cannot be read \(Permission denied\)"):
        read_table(path)
    with pytest.raises(FileProblemError):
        read_table("answers\x00.csv")


def test_a_packed_table_is_unpacked(tmp_path: Path) -> None:
    """Several gzip members in a row are one file."""
    path = tmp_path / "answers.csv.gz"
    path.write_bytes(gzip.compress(GOOD) + gzip.compress(b"3,1\n"))

    table = read_table(path)

    assert ["5", "4", "1"] == table.frame["Q1"].tolist()


def test_a_bomb_is_stopped_before_it_unpacks() -> None:
    """Fifty megabytes of one sign in fifty kilobytes are not unpacked for an upload."""
    bomb = gzip.compress(b"a" * 50_000_000)

    with pytest.raises(InputError, match="grows beyond that"):
        bytes_within(bomb, UPLOAD)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (gzip.compress(GOOD, mtime=0)[:-12], "breaks off before its end"),
        (b"\x1f\x8b\x08\x00" + b"\xff" * 40, "is damaged"),
    ],
)
def test_a_broken_packed_file_is_a_problem_of_the_file(data: bytes, said: str) -> None:
    """Half a download is no short table."""
    with pytest.raises(FileProblemError, match=said):
        read_table(data)


def test_a_file_packed_twice_is_not_followed() -> None:
    """One layer is convenience, two are a trick."""
    with pytest.raises(InputError, match="packed twice"):
        read_table(gzip.compress(gzip.compress(GOOD)))


def test_the_budget_is_checked_before_reading(tmp_path: Path) -> None:
    """Bytes, rows and columns each have their sentence."""
    path = tmp_path / "answers.csv"
    path.write_bytes(GOOD)
    wide = b",".join(b"Q%d" % n for n in range(10_000)) + b"\n" + b"1," * 10_000

    with pytest.raises(InputError, match="at most 10 bytes was expected, this one has"):
        read_table(path, limits=Limits(n_bytes=10))
    with pytest.raises(InputError, match="at most 10 bytes"):
        read_table(GOOD, limits=Limits(n_bytes=10))
    with pytest.raises(
        InputError, match="5,000 columns was expected, row 1 has 10,000"
    ):
        read_table(wide)
    with pytest.raises(InputError, match="512 columns was expected, row 1 has 10,000"):
        read_table(wide, limits=UPLOAD)
    assert 2 == len(read_table(GOOD, limits=Limits(n_rows=2)).frame)
    for n_rows in (3, 7):
        with pytest.raises(InputError, match="at most 2 rows"):
            read_table(b"id\n" + b"1\n" * n_rows, limits=Limits(n_rows=2))


def test_an_analysts_own_file_may_be_larger_than_an_upload() -> None:
    """Both budgets are declared, and differ."""
    assert (500_000_000, 2_000_000, 5_000) == (
        OWN_FILE.n_bytes,
        OWN_FILE.n_rows,
        OWN_FILE.n_columns,
    )
    assert (25_000_000, 100_000_000, 100, 200_000, 512) == (
        UPLOAD.n_bytes,
        UPLOAD.n_unpacked,
        UPLOAD.ratio,
        UPLOAD.n_rows,
        UPLOAD.n_columns,
    )
