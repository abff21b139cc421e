"""Reports on those who gave one answer: ``TERMINAL=3`` in the place of a persona.

A team that has written no rule for a segment can part a survey by any of its columns.
Such a group is measured while the report is made and kept nowhere: writing a segment
into the workshop for each terminal was turned down, a report must not change what it
reports on.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.imported import survey_measurements
from journeykit.measure.answers import same_value
from journeykit.measure.scores import score_table
from journeykit.model import DataSet, Document, Measurement, Segment, SurveyMapping
from journeykit.model.reliability import MIN_ANSWERS
from journeykit.model.survey import Condition, Group

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.workshop import Workshop

__all__ = [
    "AnswerGroup",
    "Parting",
    "answer_group",
    "columns_of",
    "is_answer_group",
    "parted_by",
]

_SIGN = "="
_MAX_VALUES = 1_000


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """Those who gave one answer.

    Parameters
    ----------
    segment
        Stands for a segment of the workshop, and is none of it.
    rule
        Who belongs to it.
    measurements
        What they said.
    """

    segment: Segment
    rule: Group
    measurements: tuple[Measurement, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """The values of a column that a report can be made on.

    Parameters
    ----------
    values
        As they stand in the data, in order.
    hidden
        How many values have too few answers, or would give such a one away.
    """

    values: tuple[str, ...]
    hidden: int = 0


def is_answer_group(named: str) -> bool:
    """Say whether a name means those who gave one answer; ids hold no such sign.

    Examples
    --------
    >>> is_answer_group("TERMINAL=3"), is_answer_group("ann")
    (True, False)
    """
    return _SIGN in named


def _surveys(workshop: Workshop) -> Iterator[tuple[DataSet, pd.DataFrame]]:
    for data in workshop.document().of(DataSet):
        if data.records is None and data.table:
            yield data, workshop.survey(data.id)


def columns_of(workshop: Workshop) -> tuple[str, ...]:
    """Return the columns of a workshop's surveys, each once."""
    found: dict[str, None] = {}
    for _, table in _surveys(workshop):
        found |= dict.fromkeys(str(column) for column in table.columns)
    return tuple(found)


def _minimum(document: Document) -> int:
    return document.case.min_group if document.case else MIN_ANSWERS


def parted_by(workshop: Workshop, column: str) -> Parting:
    """Return the values of a column that a report can be made on.

    A value that fewer than the workshop's smallest group gave has none. Where those
    together are fewer, the next value has none either: its number of answers and that
    of everybody would say what the few answered.

    Parameters
    ----------
    workshop
        The workshop.
    column
        A column of its surveys.

    Raises
    ------
    UnknownNameError
        If no survey has it; the nearest is offered.
    InputError
        If it has so many values that it parts nobody.
    """
    counts: Counter[float | str] = Counter()
    written: dict[float | str, str] = {}
    is_known = False
    for _, table in _surveys(workshop):
        if column not in table.columns:
            continue
        is_known = True
        filled = table[column].dropna()
        for value, n in filled.value_counts(sort=False).items():
            text = str(value).strip()
            if text:
                key = same_value(value)
                counts[key] += int(n)
                written.setdefault(key, text)
    if not is_known:
        where = workshop.store.where
        raise UnknownNameError("column", column, columns_of(workshop), where)
    if len(counts) > _MAX_VALUES:
        raise InputError(
            f"a column with at most {_MAX_VALUES:,} values was expected, "
            f"{column!r} has {len(counts):,}",
        )
    shown = _large_enough(counts, _minimum(workshop.document()))
    ordered = sorted(shown, key=lambda key: (isinstance(key, str), key))
    return Parting(
        tuple(written[key] for key in ordered), hidden=len(counts) - len(shown)
    )


def _large_enough(counts: Mapping[float | str, int], minimum: int) -> list[float | str]:
    shown = sorted((key for key in counts if counts[key] >= minimum), key=counts.get)  # type: ignore[arg-type]
    n_hidden = sum(n for n in counts.values() if n < minimum)
    while shown and 0 < n_hidden < minimum:
        n_hidden += counts[shown.pop(0)]
    return shown


def answer_group(workshop: Workshop, named: str) -> AnswerGroup:
    """Return those who gave one answer, and what they said.

    Parameters
    ----------
    workshop
        The workshop.
    named
        Column and value, such as ``TERMINAL=3``.

    Raises
    ------
    UnknownNameError
        If no survey has that column, or none of its groups that is large enough that
        value.
    """
    column, _, wanted = named.partition(_SIGN)
    values = parted_by(workshop, column).values
    value = next((one for one in values if same_value(one) == same_value(wanted)), None)
    if value is None:
        raise UnknownNameError(f"value of {column}", wanted, values)
    name = f"{column}: {value}"
    id_ = f"answers-{hashlib.sha256(name.encode()).hexdigest()[:15]}"
    rule = Group(subject=id_, conditions=(Condition(column=column, values=(value,)),))
    document = workshop.document()
    found: list[Measurement] = []
    for data, table in _surveys(workshop):
        if column not in table.columns or data.mapping is None:
            continue
        mapping: SurveyMapping = data.mapping.model_copy(
            update={"groups": (rule,), "weight": None}
        )
        own = data.model_copy(update={"mapping": mapping})
        scores = score_table(table, mapping, minimum=_minimum(document))
        said = survey_measurements(document, own, table, scores)
        found += (one for one in said if one.persona == id_)
    return AnswerGroup(Segment(id=id_, name=name), rule, tuple(found))
