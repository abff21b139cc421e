"""What the columns of a table mean, kept in a JSON file beside it.

``reads`` in the file says of what: ``purchases``, ``events``, ``tickets`` or
``feedback``; ``survey`` or nothing is a survey. Such a file is written by a proposal,
corrected by a person, and serves every export of the same shop, tool or log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import from_json

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.model.base import Fragment
from journeykit.model.records import (
    EventMapping,
    FeedbackMapping,
    PurchaseMapping,
    RecordMapping,
    TicketMapping,
)
from journeykit.model.survey import SurveyMapping

__all__ = ["RECORD_MAPPINGS", "read_mapping_file"]

RECORD_MAPPINGS: Mapping[str, type[RecordMapping]] = {
    "purchases": PurchaseMapping,
    "events": EventMapping,
    "tickets": TicketMapping,
    "feedback": FeedbackMapping,
}
"""Kind of records to what their columns may mean."""

_MAX_MAPPING = 1_000_000
_MAX_SHOWN = 5


def read_mapping_file(
    path: str | PathLike[str], reads: str = ""
) -> SurveyMapping | RecordMapping:
    """Read what the columns of a table mean from a JSON file.

    Parameters
    ----------
    path
        The file: a JSON object with the fields of
        :class:`journeykit.model.survey.SurveyMapping`, or with ``reads`` and the fields
        of a mapping in :mod:`journeykit.model.records`.
    reads
        What the table holds; what the file says if empty.

    Raises
    ------
    FileProblemError
        If the file cannot be read.
    UnknownNameError
        If there are no records of that kind.
    InputError
        If it is no such object (up to five fields are named, with what was expected),
        or a mapping of something else than *reads*.
    """
    file = Path(fspath(path))
    data = _content(file).removeprefix(b"\xef\xbb\xbf")
    try:
        plain = from_json(data, allow_inf_nan=False)
    except ValueError:  # the model says what is wrong with it
        plain = None
    said = str(plain.get("reads", "")) if isinstance(plain, dict) else ""
    if said not in ("", "survey", *RECORD_MAPPINGS):
        known = ("survey", *RECORD_MAPPINGS)
        raise UnknownNameError("kind of records", said, known, file.name)
    if reads and said and said != reads:
        raise InputError(
            f"a mapping of {_called(reads)} was expected, this one is of "
            f"{_called(said)}",
            file.name,
        )
    kind = reads or said or "survey"
    model = RECORD_MAPPINGS.get(kind)
    if model is None and isinstance(plain, dict) and "reads" in plain:
        data = json.dumps({k: v for k, v in plain.items() if k != "reads"}).encode()
    try:
        return (model or SurveyMapping).model_validate_json(data)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        fields = set(_fields(model or SurveyMapping))
        shown = "; ".join(_fault(fault, fields) for fault in faults[:_MAX_SHOWN])
        more = len(faults) - _MAX_SHOWN
        rest = f"; and {more} more" if more > 0 else ""
        raise InputError(
            f"a mapping of {_called(kind)} was expected: {shown}{rest}", file.name
        ) from error


def _content(file: Path) -> bytes:
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
    return data


def _called(reads: str) -> str:
    return "survey columns" if reads == "survey" else reads


def _fields(part: type[Fragment]) -> Iterator[str]:
    """Yield the fields of a mapping and of its parts, to guess at misspelled ones."""
    for name, about in part.model_fields.items():
        yield name
        inner = [about.annotation]
        while inner:
            kind = inner.pop()
            if isinstance(kind, type) and issubclass(kind, Fragment):
                yield from _fields(kind)
            inner += get_args(kind)


def _fault(
    fault: Mapping[str, Any], fields: set[str]
) -> str:  # Any: a pydantic error's open dictionary
    place = ""
    for step in fault["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    if fault["type"] == "json_invalid":
        return f"the file is no JSON ({fault['ctx']['error']})"
    if fault["type"] == "extra_forbidden":
        name = str(fault["loc"][-1])
        close = get_close_matches(name, sorted(fields), n=1, cutoff=0.5)
        guess = f", did you mean {close[0]!r}?" if close else ""
        return f"{place}: there is no field {name!r}{guess}"
    found = json.dumps(fault["input"], default=str)
    where = f"{place}: " if place else ""
    message = fault["msg"][0].lower() + fault["msg"][1:]
    return f"{where}{message}, found {found[:60]}"
