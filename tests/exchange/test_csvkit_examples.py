"""csvkit's example files: each is read rightly, or refused with a sentence."""

from __future__ import annotations

import warnings
import zipfile
from pathlib import Path

import pytest

from journeykit.errors import JourneyKitError, JourneyKitWarning
from journeykit.exchange.code_books import read_code_book
from journeykit.exchange.record_readers import read_records
from journeykit.exchange.surveys import read_survey
from journeykit.exchange.tables import read_table

ARCHIVE = Path(__file__).parents[1] / "data" / "csvkit_examples.zip"
with zipfile.ZipFile(ARCHIVE) as _archive:
    EXAMPLES = {
        name: _archive.read(name) for name in _archive.namelist() if name != "COPYING"
    }


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_an_example_is_read_or_refused_by_every_reader(
    name: str, tmp_path: Path
) -> None:
    """A file that is no table, or not of this kind, gives a sentence and no crash."""
    file = tmp_path / name
    file.write_bytes(EXAMPLES[name])
    is_book = name.endswith((".xls", ".xlsx"))  # a child process for each reading
    kinds = () if is_book else ("purchases", "events", "tickets", "feedback")
    readers = [read_table, lambda path: read_survey(path).proposal()]
    readers += [lambda path, kind=kind: read_records(path, kind) for kind in kinds]
    readers.append(lambda path: read_code_book(path.read_bytes(), ["a"]))
    n_refused = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        for read in readers:
            try:
                read(file)
            except JourneyKitError as error:
                n_refused += 1
                assert len(str(error)) > 20

    assert n_refused <= len(readers)


@pytest.mark.parametrize(
    ("name", "encoding", "columns", "first", "n_rows"),
    [
        ("test_utf16_big.csv", "utf-16-be", ["a", "b", "c"], ["1", "2", "3"], 2),
        ("test_utf16_little.csv", "utf-16-le", ["a", "b", "c"], ["1", "2", "3"], 2),
        ("test_utf8_bom.csv", "utf-8", ["foo", "bar", "baz"], ["1", "2", "3"], 2),
        ("mac_newlines.csv", "utf-8", ["a", "b", "c"], ["1", "2", "3"], 2),
        ("test_skip_lines.csv", "utf-8", ["a", "b", "c"], ["1", "2", "3"], 1),
        ("sniff_limit.csv", "utf-8", ["a", "b", "c"], ["1", "2", "3"], 1),
        ("dummy.tsv", "utf-8", ["a", "b", "c"], ["1", "2", "3"], 1),
        ("test_header_newline.csv", "utf-8", ["start end", "b", "c"], [*"def"], 1),
        ("join_short.csv", "utf-8", ["a", "b", "c", "b2", "c2"], None, 2),
        ("iris.csv", "utf-8", None, ["5.1", "3.5", "1.4", "0.2", "Iris-setosa"], 150),
        ("test_no_leading_zeroes.csv", "utf-8", [*"abc"], ["01", "00.11", "0.1"], 1),
        ("dummy.csv.gz", "utf-8", ["a", "b", "c"], ["1", "2", "3"], 1),
    ],
)
def test_an_example_is_read_rightly(
    name: str,
    encoding: str,
    columns: list[str] | None,
    first: list[str] | None,
    n_rows: int,
    tmp_path: Path,
) -> None:
    """Encoding, line ends, separators, lines above the table, short rows."""
    file = tmp_path / name
    file.write_bytes(EXAMPLES[name])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        found = read_table(file)

    assert encoding == found.reading.encoding
    assert n_rows == len(found.frame)
    assert columns is None or columns == list(found.frame.columns)
    assert first is None or first == found.frame.iloc[0].tolist()


def test_one_lone_sign_is_of_a_western_encoding() -> None:
    """A single copyright sign was taken for Japanese: its signs come in runs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        found = read_table(EXAMPLES["test_latin1.csv"])

    assert "cp1252" == found.reading.encoding
    assert ["4", "5", "\N{COPYRIGHT SIGN}"] == found.frame.iloc[1].tolist()
    assert any("a guess" in note for note in found.reading.notes)
