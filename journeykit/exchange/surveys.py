"""A survey from file to table, with its mapping and its quality report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from os import PathLike

import pandas as pd

from journeykit.errors import InputError
from journeykit.exchange.code_books import CodeBook
from journeykit.exchange.decimal_commas import with_decimal_points
from journeykit.exchange.mapping_files import read_mapping_file
from journeykit.exchange.masking import (
    BY_FORM_ALONE,
    Looks,
    free_texts,
    mask_text_column,
    masking_note,
)
from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.quality import ColumnQuality, Quality, check_survey
from journeykit.exchange.survey_waves import (
    check_scales,
    named_as_mapped,
    on_its_scales,
)
from journeykit.exchange.tables import (
    OWN_FILE,
    Cleaning,
    Limits,
    Reading,
    Table,
    read_table,
)
from journeykit.model.survey import SurveyMapping

__all__ = [
    "ColumnQuality",
    "Quality",
    "Survey",
    "check_survey",
    "propose_mapping",
    "read_mapping",
    "read_survey",
]


@dataclass(frozen=True, eq=False)
class Survey:
    """A survey as it was read.

    Parameters
    ----------
    frame
        One row a respondent; every column text, an empty cell is ``""``.
    reading
        How the file was understood.
    mapping
        What the columns mean in this wave; empty if nobody said it yet.
    quality
        What is missing, repeated or off its scale.
    labels
        Column to the question in full.
    cleaned
        What was taken out of the cells.
    masked
        Column of free text to how many e-mail addresses, telephone numbers and the like
        were masked in it, by kind.
    """

    frame: pd.DataFrame
    reading: Reading
    mapping: SurveyMapping
    quality: Quality
    labels: Mapping[str, str]
    cleaned: Cleaning
    masked: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything that must be said about this survey, in sentences."""
        return self.reading.notes + self.cleaned.notes + self.quality.sentences()

    def proposal(self, code_book: CodeBook | None = None) -> SurveyMapping:
        """Return what the columns may mean; nothing is applied.

        Parameters
        ----------
        code_book
            What the codes of the columns say, if there is one.
        """
        return propose_mapping(self.frame, self.labels, code_book=code_book)


def read_survey(
    path_or_bytes: str | PathLike[str] | bytes,
    mapping: SurveyMapping | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    skip_rows: int = 0,
    sheet: str | None = None,
    keep_personal: bool = False,
    limits: Limits = OWN_FILE,
) -> Survey:
    r"""Read the answers of a survey and check them against what they should be.

    Parameters
    ----------
    path_or_bytes
        Path of the file, or its content.
    mapping
        What the columns mean. Without one the table is read and checked for what is
        missing and repeated; :meth:`Survey.proposal` proposes a mapping. A question
        that this wave did not ask is an empty column, "not measured", and said.
    encoding, delimiter, header_rows, skip_rows, sheet, keep_personal, limits
        As for :func:`journeykit.exchange.tables.read_table`.

    Returns
    -------
    Survey
        Table, reading, mapping, quality report.

    Raises
    ------
    FileProblemError, InputError
        As :func:`journeykit.exchange.tables.read_table`; InputError also if the mapping
        needs a column about a person that is left out, or a question was answered on
        another scale than the mapping declares.
    UnknownNameError
        If none of the mapping's questions is there, or another column without any.

    Examples
    --------
    >>> survey = read_survey(b"RESPNUM,NETPRO\n1,9\n2,11\n3,10\n")
    >>> survey.proposal().questions[0].column
    'NETPRO'
    >>> survey.quality.sentences()
    ('The table has 3 rows and 2 columns.',)
    """
    table = read_table(
        path_or_bytes,
        encoding=encoding,
        delimiter=delimiter,
        header_rows=header_rows,
        skip_rows=skip_rows,
        sheet=sheet,
        keep_personal=keep_personal,
        limits=limits,
    )
    known = mapping if mapping is not None else SurveyMapping()
    _refuse_left_out(table, known)
    wave = named_as_mapped(table.frame, table.labels, known)
    roles = wave.mapping.columns
    numbers = [
        name for name, role in roles.items() if role not in {"respondent", "comment"}
    ]
    frame, commas = with_decimal_points(wave.frame, numbers, table.reading.delimiter)
    here, scales = on_its_scales(frame, wave.mapping)
    texts = [name for name in here.comments if name not in table.reading.personal]
    texts += free_texts(frame, leaving={*roles, *table.reading.personal})
    looks = Looks()
    frame, masked = _without_personal_data(frame, texts, looks)
    masks = tuple(masking_note(name, counts) for name, counts in masked.items())
    masks += (BY_FORM_ALONE,) if looks.are_used_up else ()
    notes = table.reading.notes + wave.notes + commas + scales + masks
    quality = check_survey(frame, here)
    check_scales(quality.columns, table.name)
    return Survey(
        frame,
        replace(table.reading, notes=notes),
        here,
        quality,
        wave.labels,
        table.cleaned,
        masked,
    )


def _refuse_left_out(table: Table, mapping: SurveyMapping) -> None:
    """Refuse a mapping on a column that was there, but was left out on purpose."""
    for column, role in mapping.columns.items():
        names = {column, *mapping.renamed.get(column, ())}
        left_out = names.intersection(table.reading.personal)
        if left_out and names.isdisjoint(table.frame.columns):
            raise InputError(
                f"the mapping uses {min(left_out)!r} as {role}, but columns about a "
                "person are left out",
                mend="Use another column, or read with keep_personal=True",
            )


def _without_personal_data(
    frame: pd.DataFrame, names: Iterable[str], looks: Looks
) -> tuple[pd.DataFrame, dict[str, dict[str, int]]]:
    """Return the table with its texts masked, and column to what was found there."""
    fresh: dict[str, pd.Series[str]] = {}
    found: dict[str, dict[str, int]] = {}
    for name in dict.fromkeys(names):
        column, counts = mask_text_column(frame[name], looks=looks)
        if counts:
            fresh[name], found[name] = column, counts
    return (frame.assign(**fresh) if fresh else frame), found


def read_mapping(path: str | PathLike[str]) -> SurveyMapping:
    """Read what the columns of a survey mean from a JSON file.

    Parameters
    ----------
    path
        The file: a JSON object with the fields of
        :class:`journeykit.model.survey.SurveyMapping`.

    Raises
    ------
    FileProblemError
        If the file cannot be read.
    InputError
        If it is no such object; up to five fields are named, with what was expected.
    UnknownNameError
        If it says that it reads something that nobody knows.
    """
    found = read_mapping_file(path, "survey")
    assert isinstance(found, SurveyMapping)
    return found
