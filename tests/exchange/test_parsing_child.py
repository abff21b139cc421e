"""Files from other people cost the child, not the program."""

from __future__ import annotations

import gzip
import io
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal
from workbook_files import book, handmade, plain_sheet

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange import parsing_child
from journeykit.exchange.arrival import UPLOAD, Limits
from journeykit.exchange.parsing_child import main, parsed, parsed_apart
from journeykit.exchange.readings import Told
from journeykit.exchange.surveys import read_survey
from journeykit.exchange.tables import read_table, recognise

TEXT = "id;Ort;Email\n007;Zürich\x0b;a@b.org\n008;Köln;c@d.org\n".encode("cp1252")
BOOK = book({"Cover": [["x"]], "Answers": [["id", "Q1"], ["007", 5], ["008", 4]]})
CORNER = plain_sheet(
    '<row r="1"><c r="A1"><v>1</v></c></row>'
    '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
)


@pytest.fixture
def within(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the answer of the child be put in place of the child."""

    class Streams:
        def __init__(self, buffer: io.BytesIO) -> None:
            self.buffer = buffer

    def child(data: bytes, header: object) -> tuple[int, bytes]:
        request = parsing_child._packed(header) + data
        out = io.BytesIO()
        monkeypatch.setattr(sys, "stdin", Streams(io.BytesIO(request)))
        monkeypatch.setattr(sys, "stdout", Streams(out))
        return main(), out.getvalue()

    monkeypatch.child = child  # type: ignore[attr-defined]
    # The limits would stay on the tests' own process.
    monkeypatch.setattr(parsing_child, "_limit_this_process", lambda *_: None)
    return monkeypatch


def test_text_from_others_comes_back_from_the_child_as_it_would_be_here() -> None:
    """Table, labels, notes and what was cleaned, of the same bytes."""
    told = {"encoding": "cp1252", "keep_personal": True}

    here = read_table(TEXT, **told)  # type: ignore[arg-type]
    apart = read_table(TEXT, limits=UPLOAD, **told)  # type: ignore[arg-type]

    assert_frame_equal(here.frame, apart.frame)
    assert here.reading == apart.reading
    assert (here.labels, here.cleaned) == (apart.labels, apart.cleaned)


def test_a_workbook_is_read_as_a_survey_by_the_same_call(tmp_path: Path) -> None:
    """Whatever its name says; packed again by gzip it is read, too."""
    path = tmp_path / "answers.csv"
    path.write_bytes(gzip.compress(BOOK))

    survey = read_survey(path)

    assert {"id": ["007", "008"], "Q1": ["5", "4"]} == survey.frame.to_dict("list")
    assert ("Answers", ("Cover",)) == (
        survey.reading.sheet,
        survey.reading.other_sheets,
    )


def test_errors_come_back_as_themselves() -> None:
    """With their parts, so that whoever catches them can go on."""
    with pytest.raises(UnknownNameError) as caught:
        recognise(BOOK, sheet="Answer")

    assert ("sheet", "Answer", ("Answers", "Cover")[::-1]) == (
        caught.value.what,
        caught.value.name,
        tuple(caught.value.known),
    )


def test_a_cell_in_the_last_corner_of_a_sheet_ends_only_the_child() -> None:
    """Seventeen thousand million cells in half a kilobyte."""
    with pytest.raises(InputError, match=r"more than the 1 GB of memory that it may"):
        read_table(handmade(CORNER), limits=UPLOAD)


def test_a_child_that_works_too_long_is_stopped() -> None:
    """By the processor's time, and one sentence says so."""
    rows = "".join(f"{n},{n}\n" for n in range(2_000_000)).encode()
    limits = Limits(is_apart=True, seconds=1, n_rows=3_000_000)

    start = time.monotonic()
    with pytest.raises(InputError, match="took more than the 1 seconds that it may"):
        parsed_apart(b"a,b\n,\n" + rows, "x.csv", Told(), limits)

    assert time.monotonic() - start < 60


def test_a_child_that_hangs_is_stopped_by_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where the system knows no limits, the clock does."""
    real = subprocess.Popen

    def hanging(command: Sequence[str], **options: object) -> object:
        sleep = "import sys, time; sys.stdin.buffer.read(); time.sleep(60)"
        return real([sys.executable, "-c", sleep], **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", hanging)
    monkeypatch.setattr(parsing_child, "_SLACK", 0.5)

    with pytest.raises(InputError, match="took more than the 1 seconds"):
        parsed_apart(TEXT, "x.csv", Told(), Limits(seconds=1))


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (-signal.SIGXCPU, "took more than the 30 seconds"),
        (-signal.SIGABRT, "more than the 1 GB of memory"),
        (-signal.SIGKILL, "more than the 1 GB of memory"),
        (71, "more than the 1 GB of memory"),
        (-signal.SIGSEGV, "its reader stopped with code -11"),
        (1, "its reader stopped with code 1"),
    ],
)
def test_every_end_of_the_child_has_its_sentence(code: int, said: str) -> None:
    """Nobody sees a code without a word."""
    assert said in str(parsing_child._died(code, "x.csv", UPLOAD))


def test_the_child_answers_a_request(within: pytest.MonkeyPatch) -> None:
    """The same code, in this process."""
    header = {"name": "x", "told": {}, "limits": {}}

    code, answer = within.child(BOOK, header)  # type: ignore[attr-defined]
    found = parsing_child._unpacked(answer)
    refused, fault = within.child(b"", header)  # type: ignore[attr-defined]

    assert (0, 0) == (code, refused)
    assert ["5", "4"] == found.content[1].to_pylist()
    with pytest.raises(InputError, match="x: a table was expected, but there is no"):
        parsing_child._unpacked(fault)


@pytest.mark.parametrize("error", [MemoryError, pa.ArrowMemoryError])
def test_the_child_says_when_memory_ran_out(
    within: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    """Where Python notices it, the child still ends in order."""

    def exhausted(*_: object) -> None:
        raise error

    within.setattr(parsing_child, "parsed_text", exhausted)

    code, _ = within.child(b"a\n1\n", {"name": "x", "told": {}, "limits": {}})  # type: ignore[attr-defined]

    assert 71 == code


def test_an_interruption_takes_the_child_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever stops a notebook leaves no reader behind."""
    children = []
    real = subprocess.Popen

    class Interrupted(real):  # type: ignore[valid-type, misc]
        def communicate(self, *_: object, **__: object) -> tuple[bytes, bytes]:
            children.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Interrupted)

    with pytest.raises(KeyboardInterrupt):
        parsed(BOOK, "x", Told(), UPLOAD)
    assert children[0].poll() is not None
