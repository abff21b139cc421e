"""Code books as tables: a row a code, a row a column, or a column a code.

The headings decide what is what, in the words that survey tools and statistics offices
use; where no heading names the columns of the survey, the cells do.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pandas as pd

from journeykit.exchange.code_book_text import Coded

__all__ = ["coded_rows", "plain_code"]

# Headings by letters and digits, small; the first role that fits takes the heading.
_ROLES: Mapping[str, frozenset[str]] = {
    "column": frozenset(
        {
            *("column", "columnname", "variable", "variablename", "varname", "var"),
            *("field", "fieldname", "name", "questionid", "qid", "itemid", "item"),
            *("questioncode", "questionnumber", "questionno", "qno", "spalte"),
            *("variablenname", "feld", "merkmal", "colonne", "columna", "variableid"),
        }
    ),
    "code": frozenset(
        {
            *("code", "codes", "value", "values", "answercode", "responsecode", "wert"),
            *(
                "valuecode",
                "categorycode",
                "optioncode",
                "optionid",
                "choiceid",
                "kode",
            ),
            *("auspragung", "ausprägung", "answervalue", "key", "valor", "codigo"),
            *("responsevalue", "numericvalue", "choicevalue", "level"),
        }
    ),
    "label": frozenset(
        {
            *("label", "labels", "valuelabel", "valuelabels", "codelabel", "meaning"),
            *("answer", "answertext", "answerlabel", "response", "responselabel"),
            *("responsetext", "category", "categorylabel", "option", "optiontext"),
            *(
                "choice",
                "choicetext",
                "bedeutung",
                "beschriftung",
                "antwort",
                "libelle",
            ),
            *("libellé", "etiqueta", "wertelabel", "valuemeaning", "codemeaning"),
            *("responseoptions", "answeroptions", "codedescription", "allowedvalues"),
        }
    ),
    "wording": frozenset(
        {
            *("question", "questiontext", "wording", "text", "description", "frage"),
            *("variablelabel", "varlabel", "columnlabel", "fragetext", "beschreibung"),
            *("itemtext", "questionwording", "fieldlabel", "pregunta", "descripcion"),
            *("variabledescription", "columndescription", "title", "intitule"),
        }
    ),
}
_CODE = re.compile(r"-?\d{1,6}(?:\.0+)?")
_PACKED = re.compile(
    r"(?:^|[;|\n,/]|\s)\s*(?P<code>-?\d{1,6}|[A-Za-z])\s*(?:=|:|\s[–-]\s|\)\s)\s*"
    r"(?P<label>.*?)(?=(?:[;|\n,/]|\s)\s*(?:-?\d{1,6}|[A-Za-z])\s*(?:=|:|\s[–-]\s|\)\s)|$)",
    re.DOTALL,
)
_MIN_CODE_HEADINGS = 2


def plain_code(code: str) -> str:
    """Return a code as it stands in a survey: ``1`` for ``1.0`` and ``01`` stays.

    Examples
    --------
    >>> plain_code(" 1.0 "), plain_code("01")
    ('1', '01')
    """
    text = code.strip()
    return text.split(".", maxsplit=1)[0] if _CODE.fullmatch(text) else text


def coded_rows(frame: pd.DataFrame, known: Collection[str] = ()) -> dict[str, Coded]:
    """Return what a table says of each column of a survey; nothing if it does not.

    Parameters
    ----------
    frame
        The code book, every column text.
    known
        Names of the columns of the survey, if there are any.

    Examples
    --------
    >>> frame = pd.DataFrame(
    ...     {"Variable": ["Q1", ""], "Value": ["1", "2"], "Label": ["Good", "Bad"]}
    ... )
    >>> coded_rows(frame)["Q1"].labels
    {'1': 'Good', '2': 'Bad'}
    """
    roles = _roles(frame, known)
    if "column" not in roles:
        return {}
    by_code = {
        plain_code(name): name
        for name in map(str, frame.columns)
        if _CODE.fullmatch(name.strip())
    }
    if len(by_code) < _MIN_CODE_HEADINGS:
        by_code = {}
    if not by_code and not {"code", "label"} & roles.keys():
        return {}
    found: dict[str, Coded] = {}
    name = ""
    for row in frame.to_dict("records"):
        cell = {role: str(row[heading]).strip() for role, heading in roles.items()}
        name = cell["column"] or name
        if not name:
            continue
        coded = found.setdefault(name, Coded())
        coded.wording = coded.wording or cell.get("wording", "")
        for code, heading in by_code.items():
            if str(row[heading]).strip():
                coded.labels.setdefault(code, str(row[heading]).strip())
        _take_code(coded, cell)
    return {one: coded for one, coded in found.items() if coded.labels or coded.wording}


def _take_code(coded: Coded, cell: Mapping[str, str]) -> None:
    code, label = cell.get("code", ""), cell.get("label", "")
    packed = [part for part in (label, code) if len(_pairs(part)) > 1]
    if packed:
        for one, text in _pairs(packed[0]).items():
            coded.labels.setdefault(one, text)
    elif code:
        coded.labels.setdefault(plain_code(code), label)


def _pairs(text: str) -> dict[str, str]:
    """Return code to label of a cell such as ``1=Yes; 2=No``."""
    return {
        plain_code(found["code"]): found["label"].strip(" ;,|/\n")
        for found in _PACKED.finditer(text)
    }


def _key(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _roles(frame: pd.DataFrame, known: Collection[str]) -> dict[str, str]:
    """Return role to heading."""
    headings = list(map(str, frame.columns))
    roles: dict[str, str] = {}
    for role, words in _ROLES.items():
        for heading in headings:
            if _key(heading) in words and heading not in roles.values():
                roles.setdefault(role, heading)
    named = {_key(name) for name in known}

    def n_named(heading: str) -> int:
        return len(named & {_key(cell) for cell in frame[heading].unique()})

    if named:
        best = max(headings, key=n_named)
        n_best = n_named(best)
        told = n_named(roles["column"]) if "column" in roles else 0
        if n_best > told:
            # "Question" may be the number of a question, and "Name" its text.
            before = roles.get("column")
            roles = {role: name for role, name in roles.items() if name != best}
            if before is not None and "wording" not in roles:
                roles["wording"] = before
            roles["column"] = best
    has_codes = "code" in roles and (
        frame[roles["code"]].map(_CODE.fullmatch).map(bool).mean() > 0.5
    )
    if has_codes and "label" not in roles and "wording" in roles:
        # One text beside the codes is their label: the question has none of its own.
        roles["label"] = roles.pop("wording")
    spare = [heading for heading in headings if heading not in roles.values()]
    if len(spare) == 1 and "wording" not in roles and "label" in roles:
        roles["wording"] = spare[0]
    return roles
