"""Where a table's headings are, and what they say.

Survey tools write one, two or three heading rows, and three kinds of third row. The
rules of :func:`n_header_rows` gave the right answer on 45 real exports; the answer is
always shown and can be overridden.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

__all__ = [
    "Heading",
    "headings",
    "is_summary",
    "n_header_rows",
    "personal_columns",
    "survey_tool",
]

_Row = Sequence[str]

_CHOICE_WORDS = frozenset({"Response", "Open-Ended Response", "Other (please specify)"})
_LEGACY = re.compile(r"V\d+")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|u|em|strong|font|a|ul|ol|li|h[1-6]|sup|sub)\b[^<>]*>"
    r"|&nbsp;",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s*\d+(?:[.,]\d+)?\s*%\s*")
_IMPORT_ID = re.compile(r"""["']ImportId["']\s*:\s*["']([^"']*)""")
_RESPONDENT_WORDS = (
    "respondent",
    "responseid",
    "collectorid",
    "submissionid",
    "timestamp",
    "submitdate",
    "datesubmitted",
    "networkid",
)
_TOOL_MARKS = (
    ("Qualtrics", {"responseid", "responseset"}),
    ("Qualtrics", {"responseid", "recordeddate"}),
    ("SurveyMonkey", {"collectorid"}),
    ("Alchemer", {"timestarted", "datesubmitted", "status"}),
    ("Typeform", {"startdateutc", "submitdateutc", "networkid"}),
    ("LimeSurvey", {"datesubmitted", "lastpage", "startlanguage"}),
)
_TOOL_FIRSTS = {
    "respondentid": "SurveyMonkey",
    "timestamp": "Google Forms",
    "zeitstempel": "Google Forms",
    "horodateur": "Google Forms",
    "marcatemporal": "Google Forms",
}
_NUMBERED = ("respondentid", "collectorid")
_MAX_NAME = 500

# Headings of the survey tools' own columns about a person, letters and digits only.
_PERSONAL = frozenset(
    {
        "ip",
        "ipaddress",
        "ipaddresses",
        "email",
        "emailaddress",
        "emailadresse",
        "youremail",
        "youremailaddress",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "locationlatitude",
        "locationlongitude",
        "locationaccuracy",
        "firstname",
        "lastname",
        "fullname",
        "surname",
        "yourname",
        "vorname",
        "nachname",
        "phone",
        "phonenumber",
        "telephone",
        "telephonenumber",
        "mobilenumber",
        "telefon",
    }
)
# Personal in a survey, harmless in a list of shops or products.
_PERSONAL_IN_SURVEYS = frozenset({"name", "username"})
_ORDER = re.compile(r"#?[A-Z]{0,4}[-#]?\d{2,12}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


class Heading(NamedTuple):
    """One column: its unique name, the question in full, all heading cells above."""

    name: str
    label: str
    cells: tuple[str, ...]
    is_mended: bool


def _cell(row: _Row, place: int) -> str:
    return row[place] if place < len(row) else ""


def n_header_rows(records: Sequence[_Row]) -> tuple[int, str]:
    """Return how many of the first *records* are headings, and by which sign.

    Parameters
    ----------
    records
        The first records of the table, at least five if it has them; none empty.

    Returns
    -------
    tuple of int and str
        1 to 4, and the reason in words.

    Examples
    --------
    >>> n_header_rows([["id", "Q1"], ["1", "5"]])
    (1, 'one heading row')
    >>> n_header_rows([["Respondent ID", "Rate us"], ["", "Response"], ["7", "5"]])
    (2, 'a second row of choices, as SurveyMonkey writes it')
    """
    for place, row in enumerate(records[1:4], start=1):
        if sum("ImportId" in cell for cell in row) >= 2:
            return place + 1, "a row of ImportId, as Qualtrics writes it"
    first = records[0]
    second = records[1] if len(records) > 1 else ()
    if sum(_LEGACY.fullmatch(cell.strip()) is not None for cell in first) >= 5:
        return 2, "headings V1, V2 ..., as older Qualtrics exports have them"
    numbers = [i for i, cell in enumerate(first) if _key(cell) in _NUMBERED]
    has_numbers = any(_cell(second, i).strip() for i in numbers)
    if second and len(numbers) > 1 and not has_numbers:
        # Every answer has a number of its respondent: without, it is a heading.
        return 2, "a second row of choices, as SurveyMonkey writes it"
    has_choices = any(cell.strip() in _CHOICE_WORDS for cell in second)
    n_empty = sum(not cell.strip() for cell in first)
    if has_choices and (not _cell(second, 0).strip() or n_empty >= 2):
        return 2, "a second row of choices, as SurveyMonkey writes it"
    # Columns without heading or content at the end are an accident, not a cross-tab.
    width = max(
        (i + 1 for row in records for i, cell in enumerate(row) if cell.strip()),
        default=0,
    )
    # Cells that the first row does not even have are none: a comment with commas of its
    # own makes one row longer than the headings.
    n_blank = sum(not cell.strip() for cell in first[:width])
    if len(records) > 2 and width and n_blank >= 0.4 * width:
        return 2, "a first row with many empty cells, as in a cross-tab"
    return 1, "one heading row"


def _plain(text: str) -> str:
    """Return a heading as one line without the tool's markup."""
    return " ".join(_TAG.sub(" ", text).split())


def _choice(text: str) -> str:
    plain = _plain(text)
    return "" if plain in {"Response", "Open-Ended Response"} else plain


def headings(rows: Sequence[_Row], width: int) -> tuple[Heading, ...]:
    """Return name and label of each of *width* columns from the heading *rows*.

    The name is the first row's cell; below a question that is written once over several
    columns it is the question and the choice. The label is the question in full. Empty
    names become ``column 7``, repeated ones get ``.2``.

    Examples
    --------
    >>> rows = [["Use", "", "Use"], ["Train", "Bus", "Response"]]
    >>> [heading.name for heading in headings(rows, 3)]
    ['Use - Train', 'Use - Bus', 'Use']
    >>> headings([["Q1"], ["How was it?"]], 1)[0].label
    'How was it?'
    """
    found: list[Heading] = []
    taken: set[str] = set()
    plain_names = {" ".join(cell.split()) for cell in rows[0]}
    above = ""
    for place in range(width):
        cells = tuple(_cell(row, place) for row in rows)
        code = " ".join(cells[0].split())
        below = cells[1] if len(rows) > 1 else ""
        is_grouped = len(rows) == 2 and _is_over_several(rows[0], place)
        above = code or above
        if is_grouped and above and (code or _choice(below)):
            parts = [part for part in (above, _choice(below)) if part]
            wanted = " - ".join(parts)
            label = _plain(wanted)
        else:
            wanted = code
            label = _choice(below) or _plain(code) or _plain(below)
        wanted = wanted[:_MAX_NAME].strip()
        name = wanted or f"column {place + 1}"
        number = 1
        while name in taken or (number > 1 and name in plain_names):
            number += 1
            name = f"{wanted or f'column {place + 1}'}.{number}"
        taken.add(name)
        found.append(Heading(name, label or name, cells, name != wanted))
    return tuple(found)


def _is_over_several(first: _Row, place: int) -> bool:
    """Say whether the heading at *place* stands over more than one column."""
    if not _cell(first, place).strip():
        return True
    return place + 1 < len(first) and not first[place + 1].strip()


def _key(text: str) -> str:
    return "".join(sign for sign in text.lower() if sign.isalnum())


def _keys(heading: Heading) -> Iterator[str]:
    for cell in heading.cells:
        yield _key(cell)
        for inner in _IMPORT_ID.findall(cell):
            yield _key(inner.removeprefix("panel-"))


def survey_tool(columns: Sequence[Heading]) -> str:
    """Return the survey tool that wrote these headings; empty if unknown."""
    if any("ImportId" in cell for column in columns for cell in column.cells):
        return "Qualtrics"
    first, *others = (key for column in columns for key in _keys(column))
    known = {first, *others}
    for tool, marks in _TOOL_MARKS:
        if marks <= known:
            return tool
    return _TOOL_FIRSTS.get(first, "")


def personal_columns(
    columns: Sequence[Heading], records: Sequence[_Row]
) -> frozenset[int]:
    """Return the places of the columns that name or locate a person.

    Parameters
    ----------
    columns
        The headings; those of survey tools are known, in every heading row.
    records
        The first answers: a column that mostly holds e-mail addresses counts too.
    """
    strong = {
        place
        for place, column in enumerate(columns)
        if not _PERSONAL.isdisjoint(_keys(column)) or _holds_addresses(records, place)
    }
    weak = {
        place
        for place, column in enumerate(columns)
        if not _PERSONAL_IN_SURVEYS.isdisjoint(_keys(column))
        and not _holds_numbers(records, place)
    }
    return frozenset(strong | weak if strong or survey_tool(columns) else strong)


def _holds_numbers(records: Sequence[_Row], place: int) -> bool:
    """Say whether a column called "name" holds the numbers of orders: #1001."""
    cells = [cell.strip() for row in records if (cell := _cell(row, place)).strip()]
    return bool(cells) and all(_ORDER.fullmatch(cell) for cell in cells)


def _holds_addresses(records: Sequence[_Row], place: int) -> bool:
    cells = [cell.strip() for row in records if (cell := _cell(row, place)).strip()]
    n_addresses = sum(
        "@" in cell and _EMAIL.fullmatch(cell) is not None for cell in cells
    )
    return n_addresses > 0 and n_addresses >= 0.5 * len(cells)


def is_summary(header: Sequence[_Row], records: Sequence[_Row]) -> bool:
    """Say whether a table holds counts and shares instead of people's answers.

    Examples
    --------
    >>> is_summary([["Answer Choices", "Responses"]], [["Yes", "52%"], ["No", "48%"]])
    True
    """
    keys = [_key(cell) for row in header for cell in row]
    if any(word in key for key in keys for word in _RESPONDENT_WORDS):
        return False
    is_crosstab = len(header) > 1
    firsts = {_key(cell) for row in (*header, *records) for cell in row[:2]}
    is_marked = "answerchoices" in firsts or {"answered", "skipped"} <= firsts
    cells = [cell for row in records for cell in row if cell.strip()]
    shares = Counter(_PERCENT.fullmatch(cell) is not None for cell in cells)
    return (is_crosstab or is_marked) and shares[True] >= 0.2 * max(1, len(cells))
