"""How the records of a delimited text are separated, and the records themselves."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Generator, Iterator
from threading import Lock

from journeykit.errors import InputError

__all__ = ["DELIMITERS", "Records", "delimiter_of", "newline_of"]

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may separate cells, in the order of preference, with its name."""

_SAMPLE = 200_000
_N_ROWS = 300
_BREAK = re.compile(r'"|\r\n|\r|\n')
_NEWLINES = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
_END = "\x1a\x02\x1a"
# The limit of the csv module is one for the whole process: it is lifted while a table
# is read and put back afterwards, by one reader at a time.
_FIELD_LIMIT = Lock()


def newline_of(text: str) -> str:
    r"""Return how records end, ``CRLF``, ``LF`` or ``CR``; empty if there is one line.

    Line breaks within quoted cells do not count.

    Examples
    --------
    >>> newline_of('a,"b\nc"\r\n')
    'CRLF'
    """
    is_quoted = False
    for found in _BREAK.finditer(text):
        if found[0] == '"':
            is_quoted = not is_quoted
        elif not is_quoted:
            return _NEWLINES[found[0]]
    return ""


def delimiter_of(text: str) -> str:
    r"""Return the delimiter under which the rows of *text* are most alike.

    Examples
    --------
    >>> delimiter_of("a;b\n1,5;2,5\n2,5;3,5\n")
    ';'
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: sample.rfind("\n") + 1] or sample
    scores = {sign: _alikeness(sample, sign) for sign in DELIMITERS}
    best = max(scores.values())
    return next(sign for sign, score in scores.items() if score == best)


def _alikeness(sample: str, delimiter: str) -> float:
    """Return how table-like the sample is under a delimiter, 0 to 1."""
    widths: list[int] = []
    fault = 1.0
    reader = csv.reader(_lines(sample), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            if row:
                widths.append(len(row))
            if len(widths) >= _N_ROWS:
                break
    except csv.Error as error:
        # A cut sample may end in a quoted cell; text behind a closing quotation mark,
        # however, means that this is not the sign that separates cells.
        if "unexpected end" not in str(error) and "field larger" not in str(error):
            fault = 0.3
            widths = [
                len(row)
                for row in csv.reader(
                    sample.split("\n")[:_N_ROWS],
                    delimiter=delimiter,
                    quotechar=None,
                    quoting=csv.QUOTE_NONE,
                )
                if row
            ]
    usual, n_usual = max(
        Counter(width for width in widths if width > 1).items(),
        key=lambda item: (item[1], item[0]),
        default=(1, 0),
    )
    has_heading = widths[:1] != [1]
    return (
        n_usual
        / max(1, len(widths))
        * (1 - 1 / usual)
        * (1.0 if has_heading else 0.6)
        * fault
    )


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of *text* without a second copy of all of it."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start : end + 1]
        start = end + 1
    if start < len(text):
        yield text[start:] + "\n"


class Records:
    r"""Every record of a text, empty ones too.

    Parameters
    ----------
    text
        The table, with LF as its only line break.
    delimiter
        The sign between cells.
    name
        The file, for messages.

    Examples
    --------
    >>> list(Records('a,b\n1,"two\nlines"', ",", "x.csv"))
    [['a', 'b'], ['1', 'two\nlines']]
    """

    def __init__(self, text: str, delimiter: str, name: str) -> None:
        self._text, self._delimiter, self._name = text, delimiter, name
        self.n_read = 0
        """How many characters of the text the records so far take."""

    def __iter__(self) -> Generator[list[str], None, None]:
        """Yield one record after the other.

        Raises
        ------
        InputError
            If a quotation mark is never closed, so that the rest of the file would
            become one cell.
        """
        is_over = False

        def lines() -> Iterator[str]:
            nonlocal is_over
            for line in _lines(self._text):
                self.n_read += len(line)
                yield line
            is_over = True
            yield _END

        with _FIELD_LIMIT:
            before = csv.field_size_limit()
            csv.field_size_limit(max(before, len(self._text) + len(_END) + 1))
            try:
                reader = csv.reader(lines(), delimiter=self._delimiter)
                start = 1
                for row in reader:
                    if is_over:
                        if row == [_END]:
                            return
                        break
                    start = reader.line_num + 1
                    yield row
            finally:
                csv.field_size_limit(before)
        raise InputError(
            f"a quotation mark that opens a cell in line {start:,} is never closed, so "
            "the rest of the file would be one cell",
            self._name,
            'Close it; a quotation mark within a text is written twice ("")',
        )
