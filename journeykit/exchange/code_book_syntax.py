"""Code books as statistics programs write them: labels in the syntax of SPSS and Stata.

Survey institutes hand out such files beside the data. Nothing in them is run; only
their statements about labels are read, and everything else is passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict

from journeykit.exchange.code_book_text import Coded

__all__ = ["is_syntax", "labels_of_syntax"]

_SAYS = re.compile(
    r"^\s*(?:value\s+labels?\b|la(?:b|bel)?\s+(?:def(?:ine)?|var(?:iable)?)\s+\w+)",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = r"\"[^\"\n]*\"|'[^'\n]*'"
_PAIR = re.compile(rf"(-?\d{{1,9}})\s+({_QUOTED})")
_PAIRS = rf"(?:\s*(?:-?\d{{1,9}}|\.\w?)\s+(?:{_QUOTED}))+"
_NAME = r"[A-Za-z_@][\w.]*"
_NAMES = rf"{_NAME}(?:\s+{_NAME})*"

_DEFINE = re.compile(
    rf"\bla(?:b|bel)?\s+def(?:ine)?\s+({_NAME})({_PAIRS})", re.IGNORECASE
)
_ATTACH = re.compile(
    rf"\bla(?:b|bel)?\s+val(?:ues?)?[ \t]+({_NAME}(?:[ \t]+{_NAME})*)[ \t]+({_NAME})",
    re.IGNORECASE,
)
_STATA_QUESTION = re.compile(
    rf"\bla(?:b|bel)?\s+var(?:iable)?\s+({_NAME})\s+({_QUOTED})", re.IGNORECASE
)
_SPSS = re.compile(
    r"^\s*(value|variable)\s+labels?\b(.*?)(?:\.\s*$|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_SPSS_CODES = re.compile(rf"({_NAMES})({_PAIRS})")
_SPSS_QUESTION = re.compile(rf"({_NAME})\s+({_QUOTED})")


def is_syntax(text: str) -> bool:
    """Say whether a text holds statements about labels."""
    return _SAYS.search(text) is not None


def labels_of_syntax(text: str) -> dict[str, Coded]:
    r"""Return what the statements of a program say of each column.

    Examples
    --------
    >>> labels_of_syntax("VALUE LABELS Q1 Q2 1 'Yes' 2 'No'.")["Q2"].labels
    {'1': 'Yes', '2': 'No'}
    >>> found = labels_of_syntax('label define yn 1 "Yes" 2 "No"\nlabel values q7 yn')
    >>> found["q7"].labels
    {'1': 'Yes', '2': 'No'}
    """
    whole = re.sub(r"\s*///[^\n]*\n", " ", text)
    found: defaultdict[str, Coded] = defaultdict(Coded)
    _read_stata(whole, found)
    _read_spss(whole, found)
    return {
        name: coded for name, coded in found.items() if coded.labels or coded.wording
    }


def _pairs(text: str) -> dict[str, str]:
    return {code: label[1:-1].strip() for code, label in _PAIR.findall(text)}


def _read_stata(text: str, found: defaultdict[str, Coded]) -> None:
    sets: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for name, pairs in _DEFINE.findall(text):
        sets[name].update(_pairs(pairs))
    for names, label_set in _ATTACH.findall(text):
        for name in names.split():
            found[name].labels.update(sets.get(label_set, {}))
    attached = {label_set for _, label_set in _ATTACH.findall(text)}
    for name, labels in sets.items():
        if name not in attached:  # often named like the column itself
            found[name].labels.update(labels)
    for name, question in _STATA_QUESTION.findall(text):
        found[name].wording = question[1:-1].strip()


def _read_spss(text: str, found: defaultdict[str, Coded]) -> None:
    for kind, body in _SPSS.findall(text):
        if kind.lower() == "value":
            for names, pairs in _SPSS_CODES.findall(body):
                for name in names.split():
                    found[name].labels.update(_pairs(pairs))
        else:
            for name, question in _SPSS_QUESTION.findall(body):
                found[name].wording = question[1:-1].strip()
