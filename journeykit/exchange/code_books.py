"""Code books: what the columns of a survey asked, and what its codes say.

A survey with numbers for answers is read wrongly where nobody looks into its code book:
a 6 that means "never used" lifts a mean, an 11 that means "no answer" becomes a
promoter. What a code book says is proposed like everything else, and people decide.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from os import PathLike

import pandas as pd

from journeykit.errors import InputError
from journeykit.exchange.arrival import OWN_FILE, Limits, bytes_within, is_workbook
from journeykit.exchange.code_book_scales import no_answers
from journeykit.exchange.code_book_syntax import is_syntax, labels_of_syntax
from journeykit.exchange.code_book_tables import coded_rows, plain_code
from journeykit.exchange.code_book_text import Coded, coded_columns
from journeykit.exchange.encodings import decoded
from journeykit.exchange.rows import counted
from journeykit.exchange.tables import read_table
from journeykit.measure.answers import same_value
from journeykit.measure.kano import kano_scale
from journeykit.model.survey import Condition, Need, Scale, SurveyMapping
from journeykit.text import clean_text

__all__ = ["CodeBook", "read_code_book", "with_code_book", "with_labels"]

_MAX_WORDING = 300
_MAX_LABEL = 300


@dataclass(frozen=True)
class CodeBook:
    """What a code book says of each column of a survey.

    Parameters
    ----------
    wordings
        Column to its question.
    labels
        Column to code to label; a code of a scale may have none.
    notes
        How it was read, in sentences.
    """

    wordings: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...] = ()

    def label(self, column: str, code: object) -> str:
        """Return what a code says, the code itself if it says nothing.

        Examples
        --------
        >>> book = CodeBook({}, {"Q2": {"1": "Business", "2": "Leisure"}})
        >>> book.label("Q2", 1), book.label("Q2", "7"), book.label("Q9", "x")
        ('Business', '7', 'x')
        """
        wanted = same_value(code)
        for known, text in self.labels.get(column, {}).items():
            if same_value(known) == wanted:
                return text or str(code)
        return str(code)

    def not_answers(self, column: str) -> dict[str, str]:
        """Return the codes of a column that are no answers, with what they mean."""
        return no_answers(self.labels.get(column, {}))

    def of(self, columns: Iterable[str]) -> CodeBook:
        """Return the code book under the names of a survey's columns.

        Names are the same, or the same but for capitals and signs; a slip of a letter
        is mended where it leaves no doubt. What was mended is said in the notes.
        """
        names = list(map(str, columns))
        named = {*self.wordings, *self.labels}
        free = {name for name in named if name not in names}
        renamed: dict[str, str] = {}
        notes: list[str] = []
        for name in names:
            if name in named:
                continue
            alike = [one for one in free if _key(one) == _key(name)]
            close = alike or get_close_matches(name, sorted(free), n=2, cutoff=0.85)
            if len(close) == 1:
                renamed[close[0]] = name
                free.discard(close[0])
                if not alike:
                    notes.append(f"{close[0]} of the code book was taken for {name}.")
        return replace(
            self,
            wordings={renamed.get(k, k): text for k, text in self.wordings.items()},
            labels={renamed.get(k, k): codes for k, codes in self.labels.items()},
            notes=self.notes + tuple(notes),
        )


def read_code_book(
    path_or_bytes: str | PathLike[str] | bytes,
    columns: Collection[str] = (),
    *,
    encoding: str | None = None,
    sheet: str | None = None,
    limits: Limits = OWN_FILE,
) -> CodeBook:
    r"""Read a code book: a table (CSV, XLSX), or text as it comes out of a PDF.

    Parameters
    ----------
    path_or_bytes
        Path of the file, or its content.
    columns
        Names of the columns of the survey. They help to find the columns in a text, and
        names that differ slightly are mended.
    encoding, sheet
        As for :func:`journeykit.exchange.tables.read_table`.
    limits
        The budget.

    Returns
    -------
    CodeBook
        Wordings, labels, and in the notes how many columns they belong to.

    Raises
    ------
    FileProblemError, InputError, UnknownNameError
        As for a table; InputError also if no column with a question or codes is found.

    Examples
    --------
    >>> book = read_code_book(b"Variable;Code;Label\nQ7;5;good\nQ7;6;never used\n")
    >>> book.labels["Q7"], book.not_answers("Q7")
    ({'5': 'good', '6': 'never used'}, {'6': 'never used'})
    """
    data, name = bytes_within(path_or_bytes, limits)
    known = list(map(str, columns))
    text = "" if is_workbook(data) else _text_of(data, name, encoding)
    if is_syntax(text):
        found, how = labels_of_syntax(text), "a program's labels"
    else:
        found, how = _from_table(data, known, encoding, sheet, limits), "a table"
        if not found:
            found, how = coded_columns(text, known), "text"
    if not found:
        raise InputError(
            "a code book was expected: columns such as 'variable', 'code' and 'label', "
            "or text with the name of a column and its codes below it",
            name,
            "Save the code list as a table of variable, code and label",
        )
    book = CodeBook(
        {column: one.wording[:_MAX_WORDING] for column, one in found.items()},
        {
            column: {code: _bare(code, text) for code, text in one.labels.items()}
            for column, one in found.items()
            if one.labels
        },
    )
    book = book.of(known) if known else book
    n_coded = len(book.labels)
    columns_said = counted(len(found), "column")
    notes = [
        f"Code book read as {how}: {columns_said}, {n_coded} of them with codes.",
        *book.notes,
    ]
    missing = [column for column in known if column not in book.wordings]
    if missing:
        shown = ", ".join(missing[:5]) + (" ..." if len(missing) > 5 else "")
        notes.append(f"Not in the code book: {shown}.")
    return replace(book, notes=tuple(notes))


def _text_of(data: bytes, name: str, encoding: str | None) -> str:
    text = decoded(data, name, encoding).text.replace("\f", "\n")
    return clean_text(text, max_length=len(text)).text


def _bare(code: str, label: str) -> str:
    """Return a label without its own code before it, as in ``1: Yes``."""
    rest = label.removeprefix(code).lstrip()
    is_repeated = rest != label and rest[:1] in tuple(":.)=") and len(rest) > 1
    return (rest[1:].strip() if is_repeated else label)[:_MAX_LABEL]


def _key(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _from_table(
    data: bytes,
    known: Collection[str],
    encoding: str | None,
    sheet: str | None,
    limits: Limits,
) -> dict[str, Coded]:
    """Return what the table says; nothing if these bytes are rather a text."""
    try:
        table = read_table(
            data, encoding=encoding, sheet=sheet, keep_personal=True, limits=limits
        )
    except InputError:
        if is_workbook(data):
            raise
        return {}
    return coded_rows(table.frame, known)


def with_code_book(mapping: SurveyMapping, book: CodeBook) -> SurveyMapping:
    """Return a mapping with the wordings and the codes of a code book.

    Parameters
    ----------
    mapping
        What the columns mean. What it says already stays.
    book
        Wordings where a question has none, and codes that are no answers.

    Examples
    --------
    >>> from journeykit.model.survey import Question, Scale
    >>> asked = Question(
    ...     column="Q7", asks="satisfaction", scale=Scale(lowest=1, highest=5)
    ... )
    >>> book = CodeBook({"Q7": "The desk"}, {"Q7": {"5": "good", "6": "never used"}})
    >>> found = with_code_book(SurveyMapping(questions=(asked,)), book).questions[0]
    >>> found.wording, found.scale.not_answers
    ('The desk', {'6': 'never used'})
    """
    questions = []
    for asked in mapping.questions:
        scale = _with_codes(asked.scale, book, (asked.column,))
        wording = asked.wording or book.wordings.get(asked.column, "")
        questions.append(asked.model_copy(update={"scale": scale, "wording": wording}))
    needs = tuple(_need_with_codes(need, mapping, book) for need in mapping.needs)
    fresh = {"questions": tuple(questions), "needs": needs}
    return mapping.model_copy(update=fresh)


def _with_codes(scale: Scale, book: CodeBook, columns: Iterable[str]) -> Scale:
    """Return a scale with the codes of a book that are no answers in these columns."""
    declared = {same_value(code) for code in (*scale.not_answers, *scale.answers)}
    more = {
        code: meaning
        for column in columns
        for code, meaning in book.not_answers(column).items()
        if same_value(code) not in declared
    }
    return scale.model_copy(update={"not_answers": {**scale.not_answers, **more}})


def _need_with_codes(need: Need, mapping: SurveyMapping, book: CodeBook) -> Need:
    """Return a need with the codes that are no answers in any of its columns."""
    rated = [name for name in (need.importance, need.satisfaction) if name]
    both = [name for name in (need.functional, need.dysfunctional) if name]
    fresh: dict[str, object] = {}
    if rated and any(map(book.not_answers, rated)):
        fresh["scale"] = _with_codes(mapping.scale_of(need, rated[-1]), book, rated)
    if both:
        codes = kano_scale(need.kano_answers, need.kano_not_answers)
        whole = _with_codes(codes, book, both).not_answers
        fresh["kano_not_answers"] = whole
    return need.model_copy(update=fresh)


def with_labels(
    frame: pd.DataFrame, mapping: SurveyMapping, book: CodeBook
) -> tuple[pd.DataFrame, SurveyMapping, tuple[str, ...]]:
    """Return answers with labels in place of codes, and the mapping that fits them.

    Parameters
    ----------
    frame
        One row a respondent; it stays as it is.
    mapping
        What the columns mean. Rated questions and needs, weights, respondents and
        comments keep their numbers.
    book
        Labels of the codes.

    Returns
    -------
    tuple of pandas.DataFrame, SurveyMapping and tuple of str
        The answers; the mapping, its rules for personas and segments on labels; what
        was replaced, in sentences. Codes without a label stay.
    """
    kept = {question.column for question in mapping.questions}
    kept |= {name for need in mapping.needs for name in need.columns.values()}
    kept |= {mapping.weight, mapping.respondent, *mapping.comments} - {None}  # type: ignore[arg-type]
    kept |= {
        condition.column
        for group in mapping.groups
        for condition in group.conditions
        if condition.test in ("at_least", "at_most")
    }
    columns = [
        name
        for name in map(str, frame.columns)
        if name not in kept and any(book.labels.get(name, {}).values())
    ]
    fresh = {name: _labelled(frame[name], book) for name in columns}
    groups = tuple(
        group.model_copy(
            update={
                "conditions": tuple(
                    _labelled_condition(one, book) if one.column in fresh else one
                    for one in group.conditions
                )
            }
        )
        for group in mapping.groups
    )
    said = (
        (f"Labels were put in place of codes in {counted(len(fresh), 'column')}.",)
        if fresh
        else ()
    )
    return frame.assign(**fresh), mapping.model_copy(update={"groups": groups}), said


def _labelled(column: pd.Series, book: CodeBook) -> pd.Series:
    name = str(column.name)
    texts = {
        cell: book.label(name, cell) if str(cell).strip() else cell
        for cell in column.dropna().unique()
    }
    return column.map(texts).astype("str")


def _labelled_condition(condition: Condition, book: CodeBook) -> Condition:
    values = tuple(
        book.label(condition.column, plain_code(value)) if value else value
        for value in condition.values
    )
    return condition.model_copy(update={"values": values})
