"""What the data sets of a workshop say, and the numbers of them that are worth keeping.

A number is kept as a measurement, whose id tells what it measures: measured anew, it is
the same entry with another value.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from journeykit.model import DataSet, Document, Journey, Measurement, Stage, Touchpoint
from journeykit.model.records import (
    EventMapping,
    FeedbackMapping,
    PurchaseMapping,
    TicketMapping,
)
from journeykit.model.reliability import MIN_ANSWERS
from journeykit.model.survey import SurveyMapping

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.result import Result
    from journeykit.measure.summary import Summary
    from journeykit.model.codebook import Codebook

__all__ = ["measurements", "summary_of"]

_KEPT_RESULTS = (
    *("repeat_purchase_rate", "retention_rate", "churn_rate", "clv_to_date"),
    *("clv_with_retention", "clv_modelled", "conversion_rate"),
)


def summary_of(document: Document, data_set: DataSet, table: pd.DataFrame) -> Summary:
    """Return everything that is computed of a data set.

    Parameters
    ----------
    document
        The workshop: its map gives the order of touchpoints, its header the minimum.
    data_set
        The data set; its mapping says what it holds.
    table
        Its rows, as the reader of that kind gives them.
    """
    case = document.case
    minimum = case.min_group if case else MIN_ANSWERS
    mapping = data_set.records
    if isinstance(mapping, PurchaseMapping):
        from journeykit.measure.purchase_summary import purchase_summary

        return purchase_summary(table, mapping.groups, minimum=minimum)
    if isinstance(mapping, EventMapping):
        from journeykit.measure.event_summary import event_summary

        order, stages = _map_order(document)
        scale = mapping.rating.scale if mapping.rating else None
        return event_summary(table, order, stages=stages, scale=scale, minimum=minimum)
    if isinstance(mapping, (FeedbackMapping, TicketMapping)):
        from journeykit.measure.comment_summary import feedback_summary, ticket_summary

        codebook = mapping.codebook or _starter(document)
        if isinstance(mapping, TicketMapping):
            return ticket_summary(table, codebook, minimum=minimum)
        stage_of = {one.id: one.stage for one in document.of(Touchpoint)}
        return feedback_summary(table, codebook, stage_of=stage_of, minimum=minimum)
    from journeykit.measure.survey_summary import survey_summary

    asked = data_set.mapping or SurveyMapping()
    return survey_summary(table, asked, minimum=minimum)


def _starter(document: Document) -> Codebook:
    from journeykit.measure.feedback_starter import STARTER_LANGUAGES, starter_codebook

    language = (document.case.language if document.case else "en").split("-")[0]
    return starter_codebook(language if language in STARTER_LANGUAGES else "en")


def _map_order(document: Document) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return id to name of the first map's touchpoints, and those of each stage."""
    today = [one.id for one in document.of(Journey) if one.state == "current"][:1]
    stages = [one.id for one in document.of(Stage) if one.journey in today]
    there: dict[str, list[str]] = {stage: [] for stage in stages}
    for touchpoint in document.of(Touchpoint):
        if touchpoint.stage in there:
            there[touchpoint.stage].append(touchpoint.id)
    names = {one.id: one.name for one in document.of(Touchpoint)}
    return {one: names[one] for stage in stages for one in there[stage]}, there


def measurements(data_set: DataSet, summary: Summary) -> list[Measurement]:
    """Return the numbers of a data set of records that are worth keeping.

    Of purchases: the rates and values, and the value of each persona and segment; of
    events: conversion, drop-off and reach of touchpoints, and how they are rated.
    Surveys are scored by :func:`journeykit.exchange.imported.measure`.
    """
    rows: list[_Row] = [
        (_row(result), "", None, None)
        for name, result in summary.results.items()
        if name in _KEPT_RESULTS
    ]
    rows += list(_table_rows(summary.tables))
    return [
        _measurement(data_set, place, parts)
        for place, parts in enumerate(rows, start=1)
    ]


_Row = tuple[Mapping[str, Any], str, str | None, str | None]


def _row(result: Result) -> dict[str, Any]:
    keys = ("definition", "value", "low", "high", "n", "n_left_out")
    found = {key: getattr(result, key) for key in keys}
    return {**found, "left_out": dict(result.left_out)}


def _table_rows(tables: Mapping[str, pd.DataFrame]) -> Iterator[_Row]:
    """Yield row, column, subject and persona of what tables hold of the map."""
    for row in _records(tables, "clv_by_group"):
        if row["group"] is not None:
            yield {**row, "definition": "clv_to_date"}, "", None, row["group"]
    for row in _records(tables, "funnel"):
        if row["definition"] == "drop_off_rate" and row["group"] is None:
            yield row, "", row["step"], None
    for row in _records(tables, "touchpoint_satisfaction"):
        if row["group"] is None:
            yield row, "", row["activity"], None
    for row in _records(tables, "reach"):
        known = {**row, "definition": "reach_rate"}
        yield known, row["activity"] or "", row["touchpoint"], None


def _records(tables: Mapping[str, pd.DataFrame], name: str) -> list[dict[str, Any]]:
    if name not in tables:
        return []
    table = tables[name].astype(object)
    plain = table.where(table.notna(), None)
    return [
        {str(key): value for key, value in row.items()}
        for row in plain.to_dict("records")
    ]


def _measurement(data_set: DataSet, place: int, parts_of: _Row) -> Measurement:
    row, column, subject, persona = parts_of
    parts = (data_set.id, row["definition"], column, subject, persona)
    key = hashlib.sha256(repr(parts).encode()).hexdigest()[:15]
    left_out = row.get("left_out") or {}
    return Measurement(
        id=f"m-{key}",
        rank=f"{place:06d}V",
        definition=row["definition"],
        subject=subject,
        persona=persona,
        value=row["value"],
        low=row["low"],
        high=row["high"],
        n=int(row["n"] or 0),
        n_left_out=int(row.get("n_left_out") or 0),
        left_out=dict(left_out),
        data_set=data_set.id,
        column=column,
        day=data_set.period_end,
    )
