"""Imported answers within a workshop: kept, read again, scored.

Pandas and the reader are imported when a table is touched: a notebook that only draws
the map does not wait for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_jsonable_python

from journeykit.errors import InputError
from journeykit.model import (
    DataSet,
    Document,
    Edit,
    Measurement,
    SurveyMapping,
    apply,
    entry_from,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, change, new_edit_id, remove
from journeykit.store import Store, keep_table, stored_table

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.exchange.surveys import Survey

__all__ = ["answers", "data_set", "import_survey", "measure", "scores"]


def data_set(store: Store, entry_id: str | None = None) -> DataSet:
    """Return a data set by id; the first one with answers if None.

    Raises
    ------
    InputError
        If it is no data set, or there is none with answers.
    """
    document = store.document()
    if entry_id is not None:
        found = document[entry_id]
        if isinstance(found, DataSet):
            return found
        raise InputError(f"{entry_id!r} is no data set, it is a {found.kind}")
    filled = [one for one in document.of(DataSet) if one.table]
    if not filled:
        raise InputError(
            "no survey was imported into this workshop yet",
            where=store.where,
            mend="Bring one: journeykit import WORKSHOP FILE",
        )
    return filled[0]


def import_survey(
    store: Store,
    path: str | PathLike[str] | bytes,
    *,
    data_set: str | None = None,
    title: str = "",
    mapping: SurveyMapping | None = None,
    author: str | None = None,
    **overrides: Any,
) -> tuple[Survey, str]:
    """Read the answers of a survey and keep them; return them and their data set's id.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        If the file or the mapping cannot be used; nothing is kept then.
    """
    from journeykit.exchange.parquet import to_parquet
    from journeykit.exchange.surveys import read_survey

    document = store.document()
    known = _known(document, data_set)
    if mapping is None and known is not None:
        mapping = known.mapping
    survey = read_survey(path, mapping, **overrides)
    n_rows, n_columns = survey.frame.shape
    fields = {"n_rows": n_rows, "n_columns": n_columns, "mapping": survey.mapping}
    if title or known is None:
        name = "answers" if isinstance(path, bytes) else Path(fspath(path)).name
        fields["title"] = title or name
    entry = entry_from(_blank(document, data_set, known) | fields)
    assert isinstance(entry, DataSet)
    group = new_edit_id()
    more: list[Edit] = []
    if known is not None and _measurements(document, known.id):
        plain = _scored(document, entry, survey.frame, is_weighted=False)
        fresh = _fresh(document, entry, survey.frame, plain)
        more = _replacing(document, known.id, fresh, author, group)

    def edits(table: str) -> list[Edit]:
        if known is None:
            whole = entry.model_copy(update={"table": table})
            return [add(whole, author=author, group=group)]
        given = {**fields, "table": table}
        one = change(document, known.id, given, author=author, group=group)
        return [one, *more]

    content = to_parquet(survey.frame)
    # What the document would refuse is refused before a table is kept for it.
    apply(document, edits(hashlib.sha256(content).hexdigest()))
    notes = survey.reading.notes + survey.cleaned.notes
    table = keep_table(
        store,
        content,
        reading=to_jsonable_python(replace(survey.reading, notes=notes)),
        quality=to_jsonable_python(survey.quality),
        mapping=survey.mapping.model_dump(mode="json"),
    )
    store.write(edits(table))
    return survey, entry.id


def _known(document: Document, data_set: str | None) -> DataSet | None:
    found = document.get(data_set)
    if found is None or isinstance(found, DataSet):
        return found
    raise InputError(f"{data_set!r} is no data set, it is a {found.kind}")


def _blank(
    document: Document, data_set: str | None, known: DataSet | None
) -> dict[str, Any]:
    """Return the fields of the data set to fill; a new one stands after the others."""
    if known is not None:
        return known.model_dump()
    others = document.of(DataSet)
    return {
        "kind": "data_set",
        "id": data_set or new_id("data_set"),
        "rank": rank_between(others[-1].rank if others else None, None),
    }


def answers(store: Store, data_set: DataSet) -> pd.DataFrame:
    """Return the answers of a data set: a row a respondent, every column text.

    Raises
    ------
    InputError
        If none were imported.
    """
    from journeykit.exchange.parquet import from_parquet

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


def measure(store: Store, data_set: DataSet, author: str | None = None) -> pd.DataFrame:
    """Compute the scores of a data set, keep them as measurements, return them.

    Weighted scores of all answers are kept beside the plain ones where the mapping
    names a column of weights.
    """
    document, table = store.document(), answers(store, data_set)
    plain = _scored(document, data_set, table, is_weighted=False)
    fresh = _fresh(document, data_set, table, plain)
    edits = _replacing(document, data_set.id, fresh, author, new_edit_id())
    if edits:
        store.write(edits)
    return plain


def _fresh(
    document: Document, data_set: DataSet, table: pd.DataFrame, plain: pd.DataFrame
) -> list[Measurement]:
    """Return the measurements of a data set whose answers are *table*."""
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
