"""Encodings: the file's own mark, strict UTF-8, a guess that is shown, an override."""

from __future__ import annotations

import codecs

import pytest

from journeykit.errors import InputError, JourneyKitWarning, UnknownNameError
from journeykit.exchange.encodings import decoded
from journeykit.exchange.tables import read_table, recognise

GERMAN = "id;Ort\n1;Zürich am Flughafen\n2;Köln, Gebäude 3\n3;Ärger über Gepäck\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_the_mark_of_a_file_is_believed(mark: bytes, encoding: str) -> None:
    """A byte-order mark is no guess, and no part of the first heading."""
    table = read_table(mark + GERMAN.encode(encoding))

    assert (encoding, encoding, False) == (
        table.reading.encoding,
        table.reading.bom,
        table.reading.is_guess,
    )
    assert ["id", "Ort"] == list(table.frame)
    assert "Zürich am Flughafen" == table.frame["Ort"][0]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp1250", "shift_jis"])
def test_a_guess_is_shown_with_words_and_never_silent(encoding: str) -> None:
    """What is not UTF-8 is read by a guess; the note shows how it reads."""
    text = {
        "cp1250": "id;uwaga\n1;Zażółć gęślą jaźń\n2;kolejka była za długa\n",
        "shift_jis": "id;感想\n1;待ち時間が長すぎました\n2;とても良かったです\n",
    }.get(encoding, GERMAN)

    with pytest.warns(JourneyKitWarning, match="a guess") as caught:
        table = read_table(text.encode(encoding))

    column = table.frame.columns[1]
    assert text.split("\n")[1].split(";")[1] == table.frame[column][0]
    assert table.reading.is_guess
    assert "It reads '" in table.notes[1]
    assert __file__ == caught[0].filename  # the user's own line


def test_an_encoding_that_is_named_overrides_the_guess() -> None:
    """The user's word is taken without a warning."""
    data = "id,Ort\n1,café\n".encode("mac_roman")

    table = read_table(data, encoding="mac_roman")

    assert "café" == table.frame["Ort"][0]
    assert ("mac-roman", False) == (table.reading.encoding, table.reading.is_guess)


def test_an_encoding_that_is_named_wrongly_is_refused() -> None:
    """Unknown names get the nearest one, wrong ones the byte that does not fit."""
    with pytest.raises(UnknownNameError, match="Did you mean 'cp1252'"):
        recognise(b"id,Q1\n1,5\n", encoding="cp12522")
    with pytest.raises(UnknownNameError):
        recognise(b"id,Q1\n1,5\n", encoding="base64")
    with pytest.raises(InputError, match="byte 11 does not fit it"):
        recognise(b"id,Ort\n1,Z\xfcrich\n", encoding="utf-8")


def test_a_named_encoding_does_not_leave_the_mark_in_the_heading() -> None:
    """UTF-8 with a mark is still UTF-8 when the user says so; cp1252 is another."""
    data = codecs.BOM_UTF8 + b"id,Q1\n1,5\n"

    assert ["id", "Q1"] == list(read_table(data, encoding="utf8").frame)
    assert "ï»¿id" == next(iter(read_table(data, encoding="cp1252").frame))


def test_text_of_two_bytes_a_sign_is_seen_without_a_mark() -> None:
    """Latin text in UTF-16 has NUL in every second byte; the guess is said."""
    for encoding in ("utf-16-le", "utf-16-be"):
        reading = recognise("id,Q1\n1,fine\n2,fair\n".encode(encoding))

        assert (encoding, "", True) == (
            reading.encoding,
            reading.bom,
            reading.is_guess,
        )


def test_few_faulty_bytes_do_not_turn_all_of_utf8_into_signs_of_another_age() -> None:
    """One stray byte among many good signs is shown as such, and counted."""
    data = ("id,Ort\n" + "1,Zürich Köln Ärger Übermut\n" * 10).encode()

    found = decoded(data + b"2,caf\xe9\n", "answers.csv")

    assert ("utf-8", True) == (found.encoding, found.is_guess)
    assert "1 place does not fit utf-8" in found.notes[0]


def test_a_marked_file_that_breaks_its_word_is_read_and_said() -> None:
    """Half a sign at the end of a cut file becomes U+FFFD, with a note."""
    data = codecs.BOM_UTF16_LE + "id,Q1\n1,5".encode("utf-16-le") + b"\x41"

    found = decoded(data, "answers.csv")

    assert found.text.endswith("5�")
    assert ("1 place does not fit utf-16-le and show as �.",) == found.notes


def test_a_large_file_is_judged_by_its_beginning() -> None:
    """The first 200 kB decide whether it is text; a sign cut in two is no fault."""
    data = ("id,Ort\n" + "1,Zürich\n" * 40_000).encode()

    assert "utf-8" == decoded(data, "answers.csv").encoding
    assert "utf-8" == decoded(b"x" + data, "answers.csv").encoding
    with pytest.warns(JourneyKitWarning, match="cp1252"):
        table = read_table(("id,Ort\n" + "1,Zürich am See\n" * 40_000).encode("cp1252"))
    assert 40_000 == table.reading.n_records


def test_a_single_word_is_not_taken_for_another_script() -> None:
    """Four bytes are two signs of UTF-16, or of a dozen encodings nobody uses."""
    assert "café" == decoded("café".encode("cp1252"), "answers.csv").text


def test_bytes_that_no_usual_encoding_explains_are_still_read() -> None:
    """Where every guess fails the most usual one is taken, and said."""
    with pytest.warns(JourneyKitWarning, match="cp1252"):
        read_table(b"id,Q1\n1,\x81\x8d\n2,\x8f\n")
