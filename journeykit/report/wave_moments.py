"""The two moments that a report of change holds against each other.

A moment is a survey with the map as it was then. Whoever names a survey gets the last
named moment (mark) before its successor came in; whoever names a mark gets the newest
survey that the workshop held then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from journeykit.errors import UnknownNameError
from journeykit.exchange.data_sets import data_sets
from journeykit.model import DataSet, Document
from journeykit.store import Mark
from journeykit.workshop import Workshop

__all__ = ["Moment", "moments_of"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One of the two moments.

    Parameters
    ----------
    name
        What the page calls it.
    survey
        Its survey; None if there was none.
    document
        The workshop as it stood then; None if nobody named a moment of that time.
    mark
        The named moment that *document* is of; empty for now.
    day
        Of the mark, else the last day of the survey; None for now.
    """

    name: str
    survey: DataSet | None
    document: Document | None
    mark: str = ""
    day: date | None = None


def moments_of(
    workshop: Workshop, before: str = "", after: str = ""
) -> tuple[Moment | None, Moment]:
    """Return the moment before (None if there is none) and the moment after.

    Parameters
    ----------
    workshop
        The workshop.
    before, after
        Id or title of a survey, or name of a mark; empty for the last but one and the
        last survey, or for the last mark and now where there is only one survey.

    Raises
    ------
    UnknownNameError
        If there is no such survey or mark.
    """
    surveys = workshop.data_sets("survey")
    marks = workshop.marks()
    now = workshop.document()
    later = _named(workshop, after, surveys, marks) if after else None
    if later is None:
        later = Moment("", surveys[-1] if surveys else None, now)
    if before:
        return _before(_named(workshop, before, surveys, marks), later, workshop), later
    known = later.survey
    earlier = [one for one in surveys if known is None or _place(one) < _place(known)]
    if earlier:
        return _before(Moment("", earlier[-1], None), later, workshop), later
    past = [one for one in marks if one.name != later.mark]
    if not past:
        return None, later
    return _at_mark(workshop, past[-1]), later


def _place(survey: DataSet) -> tuple[str, str, str]:
    return str(survey.period_start or ""), survey.rank, survey.id


def _named(
    workshop: Workshop, name: str, surveys: tuple[DataSet, ...], marks: tuple[Mark, ...]
) -> Moment:
    for one in surveys:
        if name in (one.id, one.title):
            is_last = one.id == surveys[-1].id
            return Moment("", one, workshop.document() if is_last else None)
    for mark in reversed(marks):
        if mark.name == name:
            return _at_mark(workshop, mark)
    known = [*(one.id for one in surveys), *(one.name for one in marks)]
    raise UnknownNameError("survey or mark", name, known, workshop.store.where)


def _at_mark(workshop: Workshop, mark: Mark) -> Moment:
    document = workshop.document(mark.name)
    held = data_sets(document, "survey")
    day = datetime.fromisoformat(mark.time).date()
    return Moment(mark.name, held[-1] if held else None, document, mark.name, day)


def _before(found: Moment, later: Moment, workshop: Workshop) -> Moment:
    """Return a moment with the map of the last mark before the later survey."""
    if found.document is not None or later.survey is None:
        return found
    for mark in reversed(workshop.marks()):
        if mark.name == later.mark:
            continue
        document = workshop.document(mark.name)
        there = document.get(later.survey.id)
        has_later = isinstance(there, DataSet) and bool(there.table)
        if not has_later:
            day = datetime.fromisoformat(mark.time).date()
            return Moment(found.name, found.survey, document, mark.name, day)
    return found
