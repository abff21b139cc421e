"""What a workshop does with data: bring them, read them again, score them.

It stands apart from :mod:`journeykit.workshop` because it has another subject, the
tables, and grows with every kind of data; a notebook sees one object all the same.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Any

from journeykit.errors import JourneyKitWarning
from journeykit.exchange import imported
from journeykit.exchange.data_sets import data_set as data_set_of
from journeykit.exchange.data_sets import data_sets as data_sets_of
from journeykit.exchange.data_sets import known_data_set
from journeykit.model import DataSet, RecordMapping, SurveyMapping
from journeykit.store import Store
from journeykit.text import clean_fields

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.exchange.records import Records
    from journeykit.exchange.surveys import Survey
    from journeykit.measure.summary import Summary

__all__ = ["WorkshopData", "cleaned_fields"]


class WorkshopData:
    """The data of a workshop; :class:`journeykit.workshop.Workshop` is one."""

    store: Store
    author: str | None

    def import_survey(
        self,
        path: str | PathLike[str] | bytes,
        *,
        data_set: str | None = None,
        mapping: SurveyMapping | None = None,
        title: str = "",
        code_book: str | PathLike[str] | bytes | None = None,
        period: tuple[date, date] | None = None,
        **options: Any,  # Any: what the reader is told about the file
    ) -> Survey:
        """Read the answers of a survey and keep them; return what was read, and how.

        Each wave of a survey is a data set of its own, read by the same mapping.

        Parameters
        ----------
        path
            The file, or its content.
        data_set
            Id of the data set to fill; a new one is made if None. Where it was measured
            already, its scores become those of the new answers in the same step.
        mapping
            What the columns mean; that of the data set if None.
        title
            Title of the data set; the name of the file if it is new and has none.
        code_book
            File of what the codes mean, or its content: its words take the place of
            codes, and say which codes are no answers.
        period
            First and last day on which people answered; if None, what a survey tool
            wrote into the file, or what the data set says.
        **options
            ``encoding``, ``delimiter``, ``header_rows`` and the like, as for
            :func:`journeykit.exchange.surveys.read_survey`.

        Raises
        ------
        InputError, FileProblemError, UnknownNameError
            If the file or the mapping cannot be used; nothing is kept then.
        """
        said = cleaned_fields({"title": title})
        return imported.import_survey(
            self.store,
            path,
            data_set=data_set,
            mapping=mapping,
            code_book=code_book,
            period=period,
            author=self.author,
            title=said["title"],
            **options,
        )[0]

    def import_records(
        self,
        path: str | PathLike[str] | bytes,
        *,
        mapping: RecordMapping | None = None,
        data_set: str | None = None,
        title: str = "",
        **options: Any,  # Any: what the readers are told about the file
    ) -> Records:
        """Read purchases, events, tickets or comments and keep them; return them.

        Parameters
        ----------
        path
            The file, or its content.
        mapping
            What the columns mean, and so what they are; that of the data set if None.
            Nothing is taken without one:
            :func:`journeykit.exchange.record_readers.read_records` proposes it.
        data_set
            Id of the data set to fill; a new one is made if None.
        title
            Title of the data set; the name of the file if it is new and has none.
        **options
            ``timezone``, ``dates``, ``decimal``, ``sheet``, ``encoding`` and the like,
            as for :func:`journeykit.exchange.purchases.read_purchases`.

        Raises
        ------
        InputError, FileProblemError, UnknownNameError, TableError
            If the file or the mapping cannot be used; nothing is kept then.
        """
        said = cleaned_fields({"title": title})
        return imported.import_records(
            self.store,
            path,
            mapping=mapping,
            data_set=data_set,
            title=said["title"],
            author=self.author,
            **options,
        )[0]

    def import_into(self, data_set: str, path: str | PathLike[str]) -> None:
        """Fill a data set that says itself what its columns mean; score a survey."""
        known = known_data_set(self.store.document(), data_set)
        if known is not None and known.records is not None:
            self.import_records(path, data_set=data_set)
        else:
            self.import_survey(path, data_set=data_set)
            self.measure(data_set)

    def data_set(self, data_set: str | None = None, reads: str = "survey") -> DataSet:
        """Return a data set by id; the first of a kind that holds a table if None.

        Parameters
        ----------
        data_set
            Its id.
        reads
            ``survey``, ``purchases``, ``events``, ``tickets`` or ``feedback``.
        """
        return data_set_of(self.store, data_set, reads)

    def data_sets(self, reads: str = "survey") -> tuple[DataSet, ...]:
        """Return the data sets of a kind that hold a table, by their period.

        Those of a survey are its waves.
        """
        return data_sets_of(self.store.document(), reads)

    def survey(self, data_set: str | None = None) -> pd.DataFrame:
        """Return the answers of a data set: a row a respondent, every column text."""
        return imported.answers(self.store, self.data_set(data_set))

    def records(
        self, data_set: str | None = None, reads: str = "purchases"
    ) -> pd.DataFrame:
        """Return purchases, events, tickets or comments as measures take them.

        Parameters
        ----------
        data_set
            Id of the data set; the first of the kind *reads* if None.
        reads
            ``purchases``, ``events``, ``tickets`` or ``feedback``.

        Returns
        -------
        pandas.DataFrame
            The columns of the reader of that kind, such as
            :func:`journeykit.exchange.events.read_events`; names are matched to entries
            as the mapping of the data set says now.
        """
        return imported.records(self.store, self.data_set(data_set, reads))

    def scores(
        self, data_set: str | None = None, *, is_weighted: bool = False
    ) -> pd.DataFrame:
        """Return the scores of every question, for all answers and for each persona.

        Columns are those of :func:`journeykit.measure.scores.score_table`.
        """
        return imported.scores(
            self.store, self.data_set(data_set), is_weighted=is_weighted
        )

    def summary(self, data_set: str) -> Summary:
        """Return everything that is computed of a data set; nothing is kept.

        Of a survey the scores and key drivers; of purchases retention, survival and
        lifetime value; of events counts, ways, funnel and times; of tickets and
        comments themes and counts.

        Parameters
        ----------
        data_set
            Id of the data set.

        Returns
        -------
        Summary
            ``results``, ``tables`` and ``notes``, see
            :mod:`journeykit.measure.purchase_summary` and its like.
        """
        return imported.summary(self.store, self.data_set(data_set))

    def measure_records(self, data_set: str) -> Summary:
        """Compute what records say, keep what is worth it as measurements, return all.

        Parameters
        ----------
        data_set
            Id of a data set of purchases, events, tickets or comments.
        """
        return imported.measure_records(
            self.store, self.data_set(data_set), self.author
        )

    def measure(self, data_set: str | None = None) -> pd.DataFrame:
        """Compute the scores of a survey, keep them as measurements, return them.

        Weighted scores of all answers are kept beside the plain ones where the mapping
        names a column of weights.
        """
        return imported.measure(self.store, self.data_set(data_set), self.author)


def cleaned_fields(fields: Mapping[str, Any]) -> dict[str, Any]:  # Any: of an entry
    """Return fields with clean texts, and say at the caller's line what was taken out.

    The caller is whoever called the method that asks for this.
    """
    clean, said = clean_fields(fields)
    if said:
        warnings.warn(said, JourneyKitWarning, stacklevel=3)
    return clean
