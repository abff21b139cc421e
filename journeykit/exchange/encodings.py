"""From bytes to text: the file's own mark, then UTF-8, then a guess that is shown.

Guessers cannot be trusted alone: on three real survey exports one said cp1250,
hp_roman8 and cp1252 where two were Mac Roman. So a guess is marked as one, comes with
words as they read under it, and gives way to an encoding that the user names.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from journeykit.errors import InputError, UnknownNameError

__all__ = ["Decoded", "decoded"]

_MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COMMON = ("utf-8", "cp1252", "mac_roman", "cp1250", "latin-1", "shift_jis", "utf-16")
# Encodings that tables are really saved in, the most usual first: of guesses that are
# equally good the first is taken, and no exotic one is ever offered.
_LIKELY = [
    *("cp1252", "mac_roman", "cp1250", "cp1251", "cp932", "gb18030", "big5", "cp949"),
    *(
        "euc_jp",
        "cp1253",
        "cp1254",
        "cp1257",
        "cp1255",
        "cp1256",
        "iso8859_2",
        "koi8_r",
    ),
]
_WIDE_SIGNS = ("cp932", "gb18030", "big5", "cp949", "euc_jp")
_HIGH = re.compile(rb"[\x80-\xff]")
_NOT_CP1252 = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_SAMPLE = 200_000
_CONTROLS = bytes({*range(32), 127} - {9, 10, 13})
_WORD = re.compile(r"\w*[^\x00-\x7f]+\w*")
_MEND = "Name the right one with encoding=, such as 'cp1252' or 'mac_roman'"


class Decoded(NamedTuple):
    """Text, how it was read, and what must be said about that."""

    text: str
    encoding: str
    bom: str
    is_guess: bool
    notes: tuple[str, ...]


def decoded(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """Return the text of *data*: by its mark, as UTF-8, or by a guess that is said.

    Parameters
    ----------
    data
        The content of the file.
    name
        The file, for messages.
    encoding
        What the user says it is; overrides everything else.

    Raises
    ------
    UnknownNameError
        If there is no such *encoding*.
    InputError
        If the bytes are not of this encoding, or are no text at all.

    Examples
    --------
    >>> decoded("Zürich".encode(), "answers.csv").encoding
    'utf-8'
    >>> decoded("Zürich; Köln; Genève".encode("cp1252"), "answers.csv").is_guess
    True
    """
    mark, marked = next(
        ((mark, known) for mark, known in _MARKS if data.startswith(mark)), (b"", "")
    )
    if encoding is not None:
        return _as_told(data, mark, marked, encoding, name)
    if marked:
        body = data[len(mark) :]
        text, notes = _tolerant(body, marked)
        return Decoded(text, marked, marked, False, notes)
    wide = _wide(data)
    if wide:
        text, notes = _tolerant(data, wide)
        note = f"The file has no mark of its encoding and was read as {wide}: a guess."
        return Decoded(text, wide, "", True, (note, *notes))
    _refuse_binary(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "", False, ())
    except UnicodeDecodeError:
        return _guessed(data)


def _as_told(
    data: bytes, mark: bytes, marked: str, encoding: str, name: str
) -> Decoded:
    try:
        info = codecs.lookup(encoding)
        b"x".decode(
            encoding, "ignore"
        )  # refuses codecs that make no text, such as base64
    except (LookupError, ValueError):
        raise UnknownNameError("encoding", encoding, _COMMON, name) from None
    is_same = bool(marked) and info.name.startswith(marked[:6])
    body = data[len(mark) :] if is_same else data
    known = marked if is_same else info.name
    try:
        text = body.decode(known)
    except UnicodeDecodeError as error:
        raise InputError(
            f"text in the encoding {encoding!r} was expected, but byte "
            f"{error.start + 1:,} does not fit it",
            name,
            "Leave encoding out to see what the file looks like",
        ) from error
    return Decoded(text, known, marked if is_same else "", False, ())


def _tolerant(body: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Decode what its mark declares; what does not fit becomes U+FFFD and is said."""
    try:
        return body.decode(encoding, "surrogatepass"), ()
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
        return text, (_replaced(text, encoding),)


def _replaced(text: str, encoding: str) -> str:
    n_bad = text.count("�")
    places = "place does" if n_bad == 1 else "places do"
    return f"{n_bad:,} {places} not fit {encoding} and show as �."


def _wide(data: bytes) -> str:
    """Return UTF-16 if every second byte is NUL, as in Latin text without a mark."""
    sample = data[: _SAMPLE // 2 * 2]
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > 0.6 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.6 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return ""


def _refuse_binary(data: bytes, name: str) -> None:
    sample = data[:_SAMPLE]
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    # A cut sample may end within a sign: its last bytes are not judged.
    text = sample[:-4] if len(data) > _SAMPLE else sample
    try:
        text.decode("utf-8", "surrogatepass")
        allowed = 0.3
    except UnicodeDecodeError:
        allowed = 0.1 if len(sample) < 1_000 else 0.05  # few bytes prove little
    if n_controls > allowed * len(sample):
        raise InputError(
            "a table of text was expected, but the file holds no readable text",
            name,
            "Export the table again as CSV (UTF-8)",
        )


def _guessed(data: bytes) -> Decoded:
    """Read text that is not strict UTF-8, and say so."""
    try:  # some databases write half characters; clean_text takes them out and counts
        return Decoded(data.decode("utf-8", "surrogatepass"), "utf-8", "", False, ())
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    n_bad = text.count("�")
    n_good = len(text) - len(text.encode("ascii", "ignore")) - n_bad
    if n_bad * 20 <= n_good:
        note = (
            f"The file was read as utf-8: a guess. {_replaced(text, 'utf-8')} {_MEND}."
        )
        return Decoded(text, "utf-8", "", True, (note,))
    encoding = _best_guess(data)
    text = data.decode(encoding, "replace")
    words = list(dict.fromkeys(_WORD.findall(text[: _SAMPLE * 5])))[:5]
    shown = f" It reads {', '.join(map(repr, words))}." if words else ""
    return Decoded(
        text,
        encoding,
        "",
        True,
        (
            f"The file is not UTF-8 and was read as {encoding}: a guess."
            f"{shown} {_MEND}.",
        ),
    )


def _best_guess(data: bytes) -> str:
    """Ask the guesser about the lines that are not plain ASCII."""
    lines: list[bytes] = []
    size = 0
    for line in data.replace(b"\r", b"\n").split(b"\n"):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > _SAMPLE:
                break
    sample = b"\n".join(lines)[: 2 * _SAMPLE]
    if (
        len(_HIGH.findall(sample)) == 1
        and sample.translate(None, _NOT_CP1252) == sample
    ):
        return "cp1252"  # one sign proves nothing
    likely = _LIKELY
    if _PAIR.search(sample) is None:  # lone signs: signs of two bytes come in runs
        likely = [name for name in _LIKELY if name not in _WIDE_SIGNS]
    found = from_bytes(sample, cp_isolation=likely, threshold=0.5)
    if not found:
        return "cp1252"
    clearest = min(match.chaos for match in found)
    good = [match for match in found if match.chaos <= clearest + 0.01]
    fluent = max(match.coherence for match in good)
    names = {
        name
        for match in good
        if match.coherence >= fluent - 0.05
        for name in (match.encoding, *match.could_be_from_charset)
    }
    return next((name for name in _LIKELY if name in names), "cp1252")
