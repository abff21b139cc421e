"""Imported answers and records within a workshop: kept, read again, scored.

Pandas and the reader are imported when a table is touched: a notebook that only draws
the map does not wait for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journeykit.errors import InputError
from journeykit.exchange.data_sets import keep, known_data_set
from journeykit.exchange.mapping_names import check_names
from journeykit.exchange.measured import measurements, summary_of
from journeykit.model import (
    DataSet,
    Document,
    Edit,
    Measurement,
    RecordMapping,
    SurveyMapping,
)
from journeykit.model.edits import add, change, new_edit_id, remove
from journeykit.store import Store, stored_table
from journeykit.vocabulary import DataKind

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.exchange.records import Records
    from journeykit.exchange.surveys import Survey
    from journeykit.measure.summary import Summary

__all__ = [
    "answers",
    "import_records",
    "import_survey",
    "measure",
    "measure_records",
    "records",
    "scores",
    "summary",
    "survey_measurements",
]


_KINDS: Mapping[str, DataKind] = {
    "survey": "survey",
    "purchases": "purchase_history",
    "events": "analytics",
    "tickets": "support_feedback",
    "feedback": "feedback_form",
}


def import_survey(
    store: Store,
    path: str | PathLike[str] | bytes,
    *,
    data_set: str | None = None,
    title: str = "",
    mapping: SurveyMapping | None = None,
    code_book: str | PathLike[str] | bytes | None = None,
    period: tuple[date, date] | None = None,
    author: str | None = None,
    **overrides: Any,
) -> tuple[Survey, str]:
    """Read the answers of a survey and keep them; return them and their data set's id.

    Parameters
    ----------
    store, path, data_set, title, mapping, code_book, author
        As for :meth:`journeykit.workshop.Workshop.import_survey`.
    period
        First and last day on which people answered; if None, what a survey tool wrote.
    **overrides
        As for :func:`journeykit.exchange.surveys.read_survey`.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        If the file or the mapping cannot be used; nothing is kept then.
    """
    from journeykit.exchange.parquet import to_parquet
    from journeykit.exchange.survey_period import period_of
    from journeykit.exchange.surveys import read_survey

    document = store.document()
    known = known_data_set(document, data_set)
    if mapping is None and known is not None:
        mapping = known.mapping
    if mapping is not None:
        check_names(document, mapping)
    survey = read_survey(path, mapping, **overrides)
    if code_book is not None:
        survey = _labelled(survey, code_book)
    n_rows, n_columns = survey.frame.shape
    fields = {"n_rows": n_rows, "n_columns": n_columns, "mapping": survey.mapping}
    fields |= _named(path, title, known)
    days = period or period_of(survey.frame)
    if days is not None:
        fields |= {"period_start": days[0], "period_end": days[1]}
    if known is not None and known.records is not None:
        fields |= {"records": None, "data_kind": "survey"}

    def scored_anew(entry: DataSet, group: str) -> list[Edit]:
        if not _measurements(document, entry.id):
            return []
        plain = _scored(document, entry, survey.frame, is_weighted=False)
        fresh = survey_measurements(document, entry, survey.frame, plain)
        return _replacing(document, entry.id, fresh, author, group)

    notes = survey.reading.notes + survey.cleaned.notes
    kept = keep(
        store,
        data_set,
        fields,
        to_parquet(survey.frame),
        reading=replace(survey.reading, notes=notes),
        quality=survey.quality,
        author=author,
        more=scored_anew,
    )
    return survey, kept


def _labelled(survey: Survey, code_book: str | PathLike[str] | bytes) -> Survey:
    """Return a survey with the words of its code book in place of codes."""
    from journeykit.exchange.code_books import (
        read_code_book,
        with_code_book,
        with_labels,
    )
    from journeykit.exchange.surveys import check_survey

    book = read_code_book(code_book, list(map(str, survey.frame.columns)))
    whole = with_code_book(survey.mapping, book)
    frame, mapping, said = with_labels(survey.frame, whole, book)
    return replace(
        survey,
        frame=frame,
        mapping=mapping,
        quality=check_survey(frame, mapping),
        reading=replace(survey.reading, notes=survey.reading.notes + book.notes + said),
    )


def import_records(
    store: Store,
    path: str | PathLike[str] | bytes,
    *,
    mapping: RecordMapping | None = None,
    data_set: str | None = None,
    title: str = "",
    author: str | None = None,
    **overrides: Any,
) -> tuple[Records, str]:
    """Read purchases, events, tickets or comments and keep them, with their data set.

    Parameters
    ----------
    store, path, mapping, data_set, title, author
        As for :meth:`journeykit.workshop.Workshop.import_records`.
    **overrides
        As for :func:`journeykit.exchange.purchases.read_purchases`.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError, TableError
        If the file or the mapping cannot be used; nothing is kept then.
    """
    from journeykit.exchange.parquet import to_parquet
    from journeykit.exchange.record_readers import read_records

    known = known_data_set(store.document(), data_set)
    if mapping is None and known is not None:
        mapping = known.records
    if mapping is None:
        raise InputError(
            "nothing is taken before somebody said what the columns mean",
            mend="Look at what they may mean: journeykit import WORKSHOP FILE",
        )
    check_names(store.document(), mapping)
    found = read_records(path, mapping.reads, mapping, **overrides)
    quality = found.quality
    fields: dict[str, Any] = {
        "n_rows": len(found.table),
        "n_columns": found.table.shape[1],
        "records": found.mapping,
        "mapping": None,
        "period_start": quality.period_start,
        "period_end": quality.period_end,
    }
    fields |= _named(path, title, known)
    if known is None or known.data_kind == "survey":
        fields["data_kind"] = _KINDS[mapping.reads]
    kept = keep(
        store,
        data_set,
        fields,
        to_parquet(found.table),
        reading=found.reading,
        quality=quality,
        author=author,
    )
    return found, kept


def _named(
    path: str | PathLike[str] | bytes, title: str, known: DataSet | None
) -> dict[str, Any]:
    if not title and known is not None:
        return {}
    name = "answers" if isinstance(path, bytes) else Path(fspath(path)).name
    return {"title": title or name}


def records(store: Store, data_set: DataSet) -> pd.DataFrame:
    """Return the canonical table of records, names matched as the mapping says now.

    Raises
    ------
    InputError
        If none were imported, or it is a survey.
    """
    from journeykit.exchange.parquet import from_parquet
    from journeykit.exchange.records import with_matches

    if data_set.records is None:
        raise InputError(
            f"{data_set.title!r} holds no purchases, events, tickets or comments",
            mend="The answers of a survey are read with survey()",
        )
    if not data_set.table:
        raise InputError(f"nothing was imported into {data_set.title!r} yet")
    table = from_parquet(stored_table(store, data_set.table).content)
    return with_matches(table, data_set.records)


def answers(store: Store, data_set: DataSet) -> pd.DataFrame:
    """Return the answers of a data set: a row a respondent, every column text.

    Raises
    ------
    InputError
        If none were imported.
    """
    from journeykit.exchange.parquet import from_parquet

    if data_set.records is not None:
        raise InputError(
            f"{data_set.title!r} holds {data_set.records.reads} and no survey",
            mend="They are read with records()",
        )
    if not data_set.table:
        raise InputError(f"no answers were imported into {data_set.title!r} yet")
    return from_parquet(stored_table(store, data_set.table).content)


def scores(
    store: Store, data_set: DataSet, *, is_weighted: bool = False
) -> pd.DataFrame:
    """Return the scores of every question, for all answers and for each persona.

    Columns are those of :func:`journeykit.measure.scores.score_table`.
    """
    table = answers(store, data_set)
    return _scored(store.document(), data_set, table, is_weighted=is_weighted)


def _scored(
    document: Document, data_set: DataSet, table: pd.DataFrame, *, is_weighted: bool
) -> pd.DataFrame:
    from journeykit.measure.scores import score_table

    mapping = data_set.mapping or SurveyMapping()
    if not is_weighted:
        mapping = mapping.model_copy(update={"weight": None})
    if document.case is None:
        return score_table(table, mapping)
    return score_table(table, mapping, minimum=document.case.min_group)


def summary(store: Store, data_set: DataSet) -> Summary:
    """Return everything that is computed of a data set; nothing is kept."""
    held = records if data_set.records is not None else answers
    return summary_of(store.document(), data_set, held(store, data_set))


def measure_records(
    store: Store, data_set: DataSet, author: str | None = None
) -> Summary:
    """Compute what records say, keep the numbers worth it as measurements, return all.

    Measured anew, a number is the same entry with another value.
    """
    found = summary(store, data_set)
    fresh = measurements(data_set, found)
    document = store.document()
    edits = _replacing(document, data_set.id, fresh, author, new_edit_id())
    if edits:
        store.write(edits)
    return found


def measure(store: Store, data_set: DataSet, author: str | None = None) -> pd.DataFrame:
    """Compute the scores of a survey, keep them as measurements, return them.

    Weighted scores of all answers are kept beside the plain ones where the mapping
    names a column of weights.
    """
    document, table = store.document(), answers(store, data_set)
    plain = _scored(document, data_set, table, is_weighted=False)
    fresh = survey_measurements(document, data_set, table, plain)
    edits = _replacing(document, data_set.id, fresh, author, new_edit_id())
    if edits:
        store.write(edits)
    return plain


def survey_measurements(
    document: Document, data_set: DataSet, table: pd.DataFrame, plain: pd.DataFrame
) -> list[Measurement]:
    """Return the measurements of a survey: its answers and their plain scores."""
    rows = [(row, False) for row in _rows(plain)]
    if data_set.mapping is not None and data_set.mapping.weight:
        weighted = _scored(document, data_set, table, is_weighted=True)
        everybody = weighted[weighted["group"].isna()]
        rows += [(row, True) for row in _rows(everybody)]
    return [
        _measurement(data_set, row, place, is_weighted=is_weighted)
        for place, (row, is_weighted) in enumerate(rows, start=1)
    ]


def _measurements(document: Document, data_set: str) -> list[Measurement]:
    return [one for one in document.of(Measurement) if one.data_set == data_set]


def _replacing(
    document: Document,
    data_set: str,
    fresh: list[Measurement],
    author: str | None,
    group: str,
) -> list[Edit]:
    """Return the edits that make the measurements of a data set these."""
    wanted = {one.id: one for one in fresh}
    edits: list[Edit] = []
    for old in _measurements(document, data_set):
        new = wanted.pop(old.id, None)
        if new is None:
            edits.append(remove(document, old.id, author=author, group=group))
        elif new != old:
            before = old.model_dump()
            after = {k: v for k, v in new.model_dump().items() if v != before[k]}
            edits.append(change(document, old.id, after, author=author, group=group))
    return edits + [add(one, author=author, group=group) for one in wanted.values()]


def _rows(scores: pd.DataFrame) -> list[dict[str, Any]]:
    table = scores.astype(object).where(scores.notna(), None)
    return [{str(key): row[key] for key in row} for row in table.to_dict("records")]


def _measurement(
    data_set: DataSet, row: Mapping[str, Any], place: int, *, is_weighted: bool
) -> Measurement:
    """Return the measurement of a row of scores; its id tells what it measures.

    Measurements stand in the order of the mapping: where several questions rate one
    touchpoint, the first is the main one.
    """
    parts = (data_set.id, row["definition"], row["column"], row["group"], is_weighted)
    key = hashlib.sha256(repr(parts).encode()).hexdigest()[:15]
    return Measurement(
        id=f"m-{key}",
        rank=f"{place:06d}V",
        definition=row["definition"],
        subject=row["touchpoint"],
        persona=row["group"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        n=row["n"],
        n_left_out=row["n_left_out"],
        left_out=row["left_out"],
        effective_n=row["effective_n"],
        is_weighted=is_weighted,
        data_set=data_set.id,
        column=row["column"],
        day=data_set.period_end,
    )
