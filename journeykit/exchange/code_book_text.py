"""Code books as text, often out of a PDF: columns, their questions, codes and labels.

There is no format, only habits: the name of a column begins a line; its question stands
beside it or below; codes stand at the start of a line, a sign or some space before
their labels, sometimes in several columns of the page; a few names in a row share the
codes below them. Lines are told apart by these habits and by where they stand on the
page, and a line that is none of them is left out rather than taken for a label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Coded", "coded_columns"]

_NAME = r"[A-Za-z][A-Za-z0-9_.$]*[A-Za-z0-9_$]|[A-Za-z]"
_START = re.compile(
    rf"\s*({_NAME})(?:\s*([-–—]|\bto\b)(?:\s*({_NAME}))?)?(?=[\s:.)(]|$)"
)
# A name that is not in the table: capitals, or a few letters and digits.
_LOOKS_NAMED = re.compile(r"[A-Z][A-Z0-9_]{2,}|[A-Z]+_?\d\w*|[a-z]{1,3}_?\d\w*")
_OPTION = re.compile(
    r"(?P<code>-?\d{1,4}|-?\d{1,4}(?:\s?[,/&]\s?-?\d{1,4})+(?=\s{2}|\s*[=:])"
    r"|[A-Z](?=\s{2}|\s*[=:.)]\s))"
    r"(?:(?:\s*[=:.)–—-]\s+|\s*=|\s+)(?P<label>\S.*)?)?$"
)
_SAYS_NAME = re.compile(
    r"\s*(?:variable|var|column|field|item|question|spalte|frage)(?: name)?\s*[:#]\s*"
    rf"(?=(?:{_NAME})(?:\s|$))",
    re.IGNORECASE,
)
_SAYS_WORDING = re.compile(
    r"\s*(?:(?:variable |question )?(?:label|text|wording)|question|description|frage)"
    r"\s*:\s*(?=\S)",
    re.IGNORECASE,
)
_SAYS_CODES = re.compile(
    r"\s*(?:values?|codes?|value labels|answers|options|werte|antworten)\s*:?$",
    re.IGNORECASE,
)
_GAP = re.compile(r"\s{3,}\S")
_NEXT = re.compile(r"\s{2,}(?=-?\d{1,4}(?:\s*[=:.)–—-])?\s+[^\s\d])")
_PIECE = re.compile(r"\S+(?:\s\S+)*")
_REMARK = re.compile(r"[(\[].*[)\]]$")
_ENDS = re.compile(r"(.*?)(\d+)$")
_QUOTES = "\"“”„' "
_N_REPEATED = 3
_LONG = 0.6
_MAX_INDENT = 8
_MAX_RANGE = 200
_ALIGNED = 3


@dataclass
class Coded:
    """What a code book says of one column: its question, and code to label."""

    wording: str = ""
    labels: dict[str, str] = field(default_factory=dict)


class _Option(NamedTuple):
    """A code and its label, and where both begin; without a code it is a rest."""

    code: str
    label: str
    start: int
    place: int


@dataclass
class _Block:
    """Names that stand together, and what is said of all of them."""

    lead: str
    wordings: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)


def coded_columns(text: str, known: Collection[str] = ()) -> dict[str, Coded]:
    r"""Return what a text says of each column.

    Parameters
    ----------
    text
        The code book, its line breaks LF.
    known
        Names of the columns of the survey, if there are any: these begin a line however
        they look.

    Examples
    --------
    >>> text = "Q1  How was it?\n    1  Good\n    2  Bad\n"
    >>> coded_columns(text)["Q1"]
    Coded(wording='How was it?', labels={'1': 'Good', '2': 'Bad'})
    """
    lines = [
        line.expandtabs().rstrip() for line in text.replace("\f", "\n").split("\n")
    ]
    running = _running_heads(lines)
    lengths = sorted(map(len, filter(None, lines))) or [0]
    long = _LONG * lengths[int(0.95 * (len(lengths) - 1))]
    reader = _Reader(frozenset(known))
    for line in lines:
        if " ".join(line.split()) not in running:
            reader.take(line)
            reader.was_long = len(line) >= long
    return reader.coded()


def _running_heads(lines: list[str]) -> set[str]:
    """Return the lines that a page repeats: titles with several words, and no code."""
    counts = Counter(" ".join(line.split()) for line in lines)
    return {
        line
        for line, n in counts.items()
        if n >= _N_REPEATED and len(line.split()) >= 4 and not _OPTION.match(line)
    }


class _Reader:
    """Takes the lines of a code book one by one."""

    def __init__(self, known: frozenset[str]) -> None:
        self._known = known
        self._blocks: list[_Block] = []
        self._before = "blank"
        self._names: list[str] = []
        self._open_range = ""
        self._lead: list[str] = []
        self._places: list[tuple[int, int, str]] = []
        self._code_places: list[int] = []
        self.was_long = False
        """Whether the line before ran to the margin, so that it may go on."""

    def take(self, line: str) -> None:
        """Take the next line."""
        if not line.strip():
            self._before, self._lead = "blank", []
            return
        said = _SAYS_NAME.match(line)
        if said and len(line[said.end() :].split("  ", maxsplit=1)[0].split()) == 1:
            line = " " * _MAX_INDENT + line[said.end() :]
        else:
            said = None
        name = self._name(line, is_said=said is not None)
        if name is not None:
            self._take_name(line, name)
        elif _SAYS_CODES.match(line):
            return
        elif self._blocks and (wording := _SAYS_WORDING.match(line)):
            self._add_wording(line[wording.end() :])
            self._before = "wording"
        elif self._blocks and (options := self._options(line)):
            self._take_options(options)
        elif not line.lstrip().startswith("#"):
            self._take_text(line)

    def _name(self, line: str, *, is_said: bool) -> re.Match[str] | None:
        found = _START.match(line)
        if found is None or len(line) - len(line.lstrip()) > _MAX_INDENT:
            return None
        rest = line[found.end(1) :]
        is_apart = not rest or rest.startswith("  ") or found[2] is not None
        is_apart = is_apart or rest[0] in ":.)" or any(map(str.isdigit, found[1]))
        if is_said or found[1] in self._known:
            return found
        return found if is_apart and _LOOKS_NAMED.fullmatch(found[1]) else None

    def _take_name(self, line: str, found: re.Match[str]) -> None:
        first, last = found[1], found[3] or ""
        is_range = last != "" and _stem(first) == _stem(last)
        end = found.end() if is_range or found[2] is None else found.end(2)
        names = _between(first, last) if is_range else [first]
        if self._open_range and _stem(self._open_range) == _stem(first):
            names = _between(self._open_range, first)
        self._open_range = first if found[2] is not None and not is_range else ""
        is_new = self._before not in ("name", "wording") or not self._blocks
        if is_new or self._blocks[-1].labels:
            self._blocks.append(_Block(" ".join(self._lead)))
            self._code_places = []
        block = self._blocks[-1]
        self._names, self._lead, self._places = names, [], []
        for one in names:
            block.wordings.setdefault(one, [])
        self._before = "name"
        rest = line[end:]
        body = rest.lstrip(" :.)-–—")
        place = len(line) - len(body)
        options = self._options(" " * place + body) if body else []
        if options and rest.startswith("  "):
            self._take_options(options)
        elif body:
            self._add_wording(body)

    def _add_wording(self, text: str) -> None:
        if not _REMARK.fullmatch(text):
            for name in self._names:
                self._blocks[-1].wordings[name].append(text)

    def _options(self, line: str) -> list[_Option]:
        """Return the options of a line; nothing if it is text."""
        start = len(line) - len(line.lstrip())
        starts = [start, *(found.end() for found in _NEXT.finditer(line, start))]
        found = self._split(line, starts)
        if not found[0].label and len(found) > 1:  # 1   18 - 24: one code and its label
            found = self._split(line, starts[:1])
        if found[0].code:
            return [] if self._is_rest(found) else found
        # Text before a code stands below a label of the line above, if that had some.
        is_wrapped = len(found) > 1 and len(self._places) > 1
        return found if is_wrapped else []

    @staticmethod
    def _split(line: str, starts: list[int]) -> list[_Option]:
        found = []
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            option = _OPTION.match(line[start:end].rstrip())
            if option is None:
                found.append(_Option("", line[start:end].strip(), start, start))
                continue
            text = option["label"] or ""
            place = start + (option.end() - len(text) if text else option.end())
            gap = _GAP.search(text)
            label = text[: gap.start()] if gap else text
            found.append(_Option(option["code"], label.strip(_QUOTES), start, place))
            if gap:
                rest = place + gap.end() - 1
                found.append(_Option("", text[gap.end() - 1 :], rest, rest))
        return found

    def _is_rest(self, found: list[_Option]) -> bool:
        """Say whether a number is the second line of a label: it stands below it."""
        first = found[0].start
        return (
            len(found) == 1
            and self.was_long
            and first in {place for _, place, _ in self._places}
            and first not in self._code_places
        )

    def _take_options(self, options: list[_Option]) -> None:
        labels = self._blocks[-1].labels
        places: list[tuple[int, int, str]] = []
        for option in options:
            if not option.code:
                self._add_below(option.label, option.place, is_wrapped=True)
                continue
            for code in re.split(r"\s?[,/&]\s?", option.code):
                if not labels.get(code):
                    labels[code] = option.label
                places.append((option.start, option.place, code))
            self._code_places.append(option.start)
        # Where a line has fewer columns than the one above, those keep their labels.
        starts = [option.start for option in options]
        kept = [
            above
            for above in self._places
            if len(options) > 1
            and all(abs(above[0] - one) > _ALIGNED for one in starts)
        ]
        self._places = [*places, *kept]
        self._before, self._lead = "option", []

    def _add_below(self, text: str, place: int, *, is_wrapped: bool) -> bool:
        """Add text to the label above it; say whether there is one.

        Text right below a code belongs to its label only if the line above was full.
        """
        near = [
            (abs(label - place), code)
            for start, label, code in self._places
            if start + (not is_wrapped) <= place <= label + _ALIGNED
        ]
        if near:
            labels = self._blocks[-1].labels
            code = min(near)[1]
            labels[code] = f"{labels[code]} {text}".strip()
        return bool(near)

    def _take_text(self, line: str) -> None:
        text = line.strip()
        if self._before in ("name", "wording"):
            self._add_wording(text)
            self._before = "wording"
        elif self._before in ("option", "rest") and self._goes_on(line):
            self._before = "rest"
        else:
            self._before = "text"
            self._lead.append(text)

    def _goes_on(self, line: str) -> bool:
        """Add what stands below labels to them; say whether anything did."""
        pieces = list(_PIECE.finditer(line))
        is_taken = [
            self._add_below(piece[0], piece.start(), is_wrapped=self.was_long)
            for piece in pieces
        ]
        return any(is_taken)

    def coded(self) -> dict[str, Coded]:
        """Return what was read, column by column."""
        found: dict[str, Coded] = {}
        for block in self._blocks:
            for name, parts in block.wordings.items():
                coded = found.setdefault(name, Coded())
                own = " ".join(parts)
                is_led = len(block.wordings) > 1 or not own
                lead = block.lead if is_led else ""
                coded.wording = coded.wording or _joined(lead, own)
                coded.labels = coded.labels or dict(block.labels)
        return {
            name: coded
            for name, coded in found.items()
            if coded.labels or coded.wording
        }


def _joined(lead: str, own: str) -> str:
    if not lead or not own:
        return own or lead
    sign = "" if lead[-1] in ":?!.…" else ":"
    return f"{lead}{sign} {own}"


def _stem(name: str) -> str:
    found = _ENDS.fullmatch(name)
    return found[1] if found else ""


def _between(first: str, last: str) -> list[str]:
    """Return every name from *first* to *last*, ``Q8COM1`` to ``Q8COM5``."""
    start, end = _ENDS.fullmatch(first), _ENDS.fullmatch(last)
    if start is None or end is None or not 0 < int(end[2]) - int(start[2]) < _MAX_RANGE:
        return list(dict.fromkeys([first, last]))
    return [f"{start[1]}{n}" for n in range(int(start[2]), int(end[2]) + 1)]
