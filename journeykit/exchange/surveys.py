"""A survey from file to table, with its mapping and its quality report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import pandas as pd
from pydantic import ValidationError

from journeykit.errors import FileProblemError, InputError
from journeykit.exchange.decimal_commas import with_decimal_points
from journeykit.exchange.proposals import propose_mapping
from journeykit.exchange.quality import (
    ColumnQuality,
    Quality,
    check_survey,
    mapped_columns,
)
from journeykit.exchange.tables import (
    OWN_FILE,
    Cleaning,
    Limits,
    Reading,
    read_table,
)
from journeykit.model.survey import (
    Condition,
    Group,
    Question,
    Scale,
    SurveyMapping,
)

__all__ = [
    "ColumnQuality",
    "Quality",
    "Survey",
    "check_survey",
    "propose_mapping",
    "read_mapping",
    "read_survey",
]

_MAX_MAPPING = 1_000_000
_MAX_SHOWN = 5
_FIELDS = tuple(
    field
    for part in (SurveyMapping, Question, Scale, Group, Condition)
    for field in part.model_fields
)


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
        What the columns mean; empty if nobody said it yet.
    quality
        What is missing, repeated or off its scale.
    labels
        Column to the question in full.
    cleaned
        What was taken out of the cells.
    """

    frame: pd.DataFrame
    reading: Reading
    mapping: SurveyMapping
    quality: Quality
    labels: Mapping[str, str]
    cleaned: Cleaning

    @property
    def notes(self) -> tuple[str, ...]:
        """Everything that must be said about this survey, in sentences."""
        return self.reading.notes + self.cleaned.notes + self.quality.sentences()

    def proposal(self) -> SurveyMapping:
        """Return what the columns may mean; nothing is applied."""
        return propose_mapping(self.frame, self.labels)


def read_survey(
    path_or_bytes: str | PathLike[str] | bytes,
    mapping: SurveyMapping | None = None,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_rows: int | None = None,
    skip_rows: int = 0,
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
        missing and repeated; :meth:`Survey.proposal` proposes a mapping.
    encoding, delimiter, header_rows, skip_rows, keep_personal, limits
        As for :func:`journeykit.exchange.tables.read_table`.

    Returns
    -------
    Survey
        Table, reading, mapping, quality report.

    Raises
    ------
    FileProblemError, InputError
        As :func:`journeykit.exchange.tables.read_table`; InputError also if the mapping
        needs a column about a person that is left out.
    UnknownNameError
        If the mapping names a column that is not there.

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
        keep_personal=keep_personal,
        limits=limits,
    )
    known = mapping if mapping is not None else SurveyMapping()
    for column, role in mapped_columns(known):
        if column not in table.frame.columns and column in table.reading.personal:
            raise InputError(
                f"the mapping uses {column!r} as {role}, but columns about a person "
                "are left out",
                mend="Use another column, or read with keep_personal=True",
            )
    numbers = [
        column
        for column, role in mapped_columns(known)
        if role not in {"respondent", "comment"} and column in table.frame.columns
    ]
    frame, notes = with_decimal_points(table.frame, numbers, table.reading.delimiter)
    return Survey(
        frame,
        replace(table.reading, notes=table.reading.notes + notes),
        known,
        check_survey(frame, known),
        table.labels,
        table.cleaned,
    )


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
    """
    file = Path(fspath(path))
    try:
        with file.open("rb") as stream:
            data = stream.read(_MAX_MAPPING + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        reason = getattr(error, "strerror", None) or str(error)
        raise FileProblemError(
            str(file), f"the mapping cannot be read ({reason})", "Check the path"
        ) from error
    if len(data) > _MAX_MAPPING:
        raise InputError(
            f"a mapping of at most {_MAX_MAPPING:,} bytes was expected", file.name
        )
    try:
        return SurveyMapping.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        shown = "; ".join(_fault(fault) for fault in faults[:_MAX_SHOWN])
        more = len(faults) - _MAX_SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        raise InputError(
            f"a mapping of survey columns was expected: {shown}{rest}", file.name
        ) from error


def _fault(fault: Mapping[str, Any]) -> str:  # Any: a pydantic error's open dictionary
    place = ""
    for step in fault["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    if fault["type"] == "json_invalid":
        return f"the file is no JSON ({fault['ctx']['error']})"
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        close = get_close_matches(name, _FIELDS, n=1, cutoff=0.5)
        guess = f", did you mean {close[0]!r}?" if close else ""
        return f"{place}: there is no field {name!r}{guess}"
    found = json.dumps(fault["input"], default=str)
    where = f"{place}: " if place else ""
    message = fault["msg"][0].lower() + fault["msg"][1:]
    return f"{where}{message}, found {found[:60]}"
