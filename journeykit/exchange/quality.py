"""How good the answers of a survey are, before a score is computed from them.

Nothing is changed here: every cell is put under one heading (counts, is empty, is a
declared code, lies outside the scale, is no number) and the headings are said.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal

import pandas as pd
from pydantic import Field

from journeykit.errors import UnknownNameError
from journeykit.exchange.quality_words import column_sentences, table_sentences
from journeykit.measure.answers import same_value
from journeykit.measure.kano import kano_scale
from journeykit.model.base import Fragment
from journeykit.model.survey import Question, SurveyMapping

__all__ = ["ColumnQuality", "Quality", "check_survey", "question_quality"]

_Role = Literal["question", "weight", "respondent", "comment"]
_N_SHOWN = 20
_N_EXAMPLES = 5


class ColumnQuality(Fragment):
    """What stands in one mapped column.

    Parameters
    ----------
    column
        Its name.
    role
        What the mapping uses it for.
    n_answers
        Cells that count.
    n_missing
        Empty cells.
    not_answers
        Declared code to how often it stands there.
    out_of_range
        Number outside the declared scale (weights: below 0) to how often; the most
        frequent 20.
    not_numbers
        Text that is neither a number nor a declared code to how often; the most
        frequent 20. No score can be computed before these are declared or corrected.
    n_not_answers, n_out_of_range, n_not_numbers
        All of them.
    lowest, highest
        The smallest and largest number that is no declared code; None if there is none.
    wrong_scale
        Why the declared scale looks wrong, in a sentence; empty if it does not.
    meanings
        Declared code to what it means.
    """

    column: str
    role: _Role
    n_answers: int
    n_missing: int
    not_answers: dict[str, int] = Field(default_factory=dict)
    out_of_range: dict[str, int] = Field(default_factory=dict)
    not_numbers: dict[str, int] = Field(default_factory=dict)
    n_not_answers: int = 0
    n_out_of_range: int = 0
    n_not_numbers: int = 0
    lowest: float | None = None
    highest: float | None = None
    wrong_scale: str = ""
    meanings: dict[str, str] = Field(default_factory=dict)


class Quality(Fragment):
    """The quality report of a survey; equal to its JSON (``model_dump_json``).

    Parameters
    ----------
    n_rows, n_columns
        Size of the table.
    columns
        The mapped columns.
    missing
        Column to its number of empty cells, of every column that has any.
    n_duplicate_rows
        Rows that are in all columns like a row above them.
    n_duplicate_respondents
        Rows whose respondent stands in a row above them.
    duplicate_respondents
        The first five of these respondents.
    """

    n_rows: int
    n_columns: int
    columns: tuple[ColumnQuality, ...] = ()
    missing: dict[str, int] = Field(default_factory=dict)
    n_duplicate_rows: int = 0
    n_duplicate_respondents: int = 0
    duplicate_respondents: tuple[str, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether every mapped question and weight can be computed with."""
        return not any(column.n_not_numbers for column in self.columns)

    def sentences(self) -> tuple[str, ...]:
        """Return the report in plain words, most general first."""
        said = list(table_sentences(self))
        for column in self.columns:
            said += column_sentences(column, self.n_rows)
        return tuple(said)

    def frame(self) -> pd.DataFrame:
        """Return the report as a table, one row a mapped column.

        Returns
        -------
        pandas.DataFrame
            Columns ``column``, ``role``, ``n_rows``, ``n_answers``, ``n_missing``,
            ``n_not_answers``, ``n_out_of_range``, ``n_not_numbers``, ``lowest``,
            ``highest``, ``wrong_scale``.
        """
        fields = (
            *("column", "role", "n_answers", "n_missing", "n_not_answers"),
            *("n_out_of_range", "n_not_numbers", "lowest", "highest", "wrong_scale"),
        )
        rows = [
            {field: getattr(column, field) for field in fields}
            for column in self.columns
        ]
        frame = pd.DataFrame(rows, columns=list(fields))
        frame.insert(2, "n_rows", self.n_rows)
        return frame


def check_survey(frame: pd.DataFrame, mapping: SurveyMapping) -> Quality:
    """Return what is missing, repeated or off its scale in a survey.

    Parameters
    ----------
    frame
        One row a respondent; texts as :func:`journeykit.exchange.tables.read_table`
        gives them, or numbers.
    mapping
        What the columns mean.

    Returns
    -------
    Quality
        The report; *frame* is not changed.

    Raises
    ------
    UnknownNameError
        If the mapping names a column that is not there; it offers the nearest.

    Examples
    --------
    >>> from journeykit.model.survey import Scale
    >>> frame = pd.DataFrame({"NETPRO": ["9", "11", "", "3"]})
    >>> scale = Scale(lowest=0, highest=10, not_answers={"11": "none"})
    >>> asked = Question(column="NETPRO", asks="recommend", scale=scale)
    >>> check_survey(frame, SurveyMapping(questions=(asked,))).sentences()[-1]
    'NETPRO: 2 of 4 answers count; left out: 1 “11” (none), 1 empty.'
    """
    for column, role in mapping.columns.items():
        if column not in frame.columns:
            raise UnknownNameError(
                "column", column, map(str, frame.columns), f"mapping, {role}"
            )
    missing = {str(name): int(_is_empty(frame[name]).sum()) for name in frame.columns}
    columns = [
        question_quality(frame[asked.column], asked)
        for asked in (*mapping.questions, *_asked_of_needs(mapping))
    ]
    if mapping.weight is not None:
        columns.append(_weight(frame[mapping.weight]))
    texts = [(name, "comment") for name in mapping.comments]
    if mapping.respondent is not None:
        texts.insert(0, (mapping.respondent, "respondent"))
    columns += [
        ColumnQuality(
            column=name,
            role="respondent" if role == "respondent" else "comment",
            n_answers=len(frame) - missing[name],
            n_missing=missing[name],
        )
        for name, role in texts
    ]
    repeated = pd.Series([], dtype="str")
    if mapping.respondent is not None:
        people = frame[mapping.respondent]
        people = people[~_is_empty(people)].astype("str").str.strip()
        repeated = people[people.duplicated()]
    return Quality(
        n_rows=len(frame),
        n_columns=frame.shape[1],
        columns=tuple(columns),
        missing={name: n for name, n in missing.items() if n},
        n_duplicate_rows=int(frame.duplicated().sum()),
        n_duplicate_respondents=len(repeated),
        duplicate_respondents=tuple(repeated.unique()[:_N_EXAMPLES]),
    )


def _asked_of_needs(mapping: SurveyMapping) -> Iterator[Question]:
    """Yield the columns in which needs are rated, but those that are questions too."""
    known = {question.column for question in mapping.questions}
    for need in mapping.needs:
        words = kano_scale(need.kano_answers, need.kano_not_answers)
        for role, column in need.columns.items():
            if column not in known:
                known.add(column)
                is_kano = role in ("functional", "dysfunctional")
                scale = words if is_kano else mapping.scale_of(need, column)
                yield Question(column=column, asks="satisfaction", scale=scale)


def _is_empty(column: pd.Series) -> pd.Series[bool]:
    if pd.api.types.is_string_dtype(column.dtype):
        return column.isna() | (column.astype("str").str.strip() == "")
    return column.isna()


def _counted(column: pd.Series) -> tuple[Counter[float | str], dict[str, str]]:
    """Count the cells of a column by value, and keep how words are written."""
    counts: Counter[float | str] = Counter()
    written: dict[str, str] = {}
    for cell, n in column[~_is_empty(column)].value_counts().items():
        value = same_value(cell)
        counts[value] += int(n)
        if isinstance(value, str):
            written.setdefault(value, str(cell).strip())
    return counts, written


def _most(counts: Mapping[str, int]) -> dict[str, int]:
    return dict(Counter(counts).most_common(_N_SHOWN))


def question_quality(column: pd.Series, asked: Question) -> ColumnQuality:
    """Return what stands in the column of one question."""
    scale = asked.scale
    counts, written = _counted(column)
    codes = {same_value(code): code for code in scale.not_answers}
    not_answers = {
        code: counts[value] for value, code in codes.items() if counts[value]
    }
    for word, answer in scale.answers.items():
        counts[answer] += counts.pop(same_value(word), 0)
    counts = +counts
    numbers = {
        value: n
        for value, n in counts.items()
        if not isinstance(value, str) and value not in codes
    }
    outside = {
        value: n
        for value, n in numbers.items()
        if not scale.lowest <= value <= scale.highest
    }
    words = {
        written[value]: n
        for value, n in counts.items()
        if isinstance(value, str) and value not in codes
    }
    n_answers = sum(numbers.values()) - sum(outside.values())
    ends = [value for value in numbers if math.isfinite(value)]
    return ColumnQuality(
        column=asked.column,
        role="question",
        n_answers=n_answers,
        n_missing=int(_is_empty(column).sum()),
        not_answers=not_answers,
        out_of_range=_most({f"{value:g}": n for value, n in outside.items()}),
        not_numbers=_most(words),
        n_not_answers=sum(not_answers.values()),
        n_out_of_range=sum(outside.values()),
        n_not_numbers=sum(words.values()),
        lowest=min(ends, default=None),
        highest=max(ends, default=None),
        wrong_scale=_wrong_scale(asked, numbers, outside),
        meanings={code: scale.not_answers[code] for code in not_answers},
    )


_USUAL_SCALES = ((1, 5), (1, 7), (0, 10), (1, 10), (0, 100))


def _likely(lowest: float, highest: float) -> str:
    """Return the shortest usual scale that holds these answers, as a question."""
    fitting = [
        ends for ends in _USUAL_SCALES if ends[0] <= lowest and highest <= ends[1]
    ]
    return f": was it asked on {fitting[0][0]} to {fitting[0][1]}?" if fitting else "."


def _wrong_scale(
    asked: Question, numbers: Mapping[float, int], outside: Mapping[float, int]
) -> str:
    scale = asked.scale
    declared = f"declared {scale.lowest:g} to {scale.highest:g}"
    n_numbers, n_outside = sum(numbers.values()), sum(outside.values())
    # One or two values outside are rather codes that nobody declared.
    if len(outside) > 2 and n_outside >= 0.05 * n_numbers:
        ends = (min(numbers), max(numbers))
        return (
            f"{declared}, but the answers run from {ends[0]:g} to {ends[1]:g} and "
            f"{n_outside:,} of {n_numbers:,} lie outside{_likely(*ends)}"
        )
    if not outside and n_numbers >= 30:
        highest = max(numbers)
        for usual in (5, 7):
            if highest <= usual and scale.highest >= usual + 2:
                return (
                    f"{declared}, but none of {n_numbers:,} answers is above "
                    f"{highest:g}{_likely(max(1, min(numbers)), highest)}"
                )
    if asked.asks == "recommend" and (scale.lowest, scale.highest) != (0, 10):
        return f"{declared}, but NPS is defined for answers from 0 to 10."
    return ""


def _weight(column: pd.Series) -> ColumnQuality:
    good, below, words = 0, Counter[str](), Counter[str]()
    for cell, n_cells in column[~_is_empty(column)].value_counts().items():
        try:
            value = float(str(cell))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            words[str(cell).strip()] += int(n_cells)
        elif value < 0:
            below[f"{value:g}"] += int(n_cells)
        else:
            good += int(n_cells)
    return ColumnQuality(
        column=str(column.name),
        role="weight",
        n_answers=good,
        n_missing=int(_is_empty(column).sum()),
        out_of_range=_most(below),
        not_numbers=_most(words),
        n_out_of_range=below.total(),
        n_not_numbers=words.total(),
    )
