"""Mappings in files of their own: of surveys and of records."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.mapping_files import RECORD_MAPPINGS, read_mapping_file
from journeykit.model import (
    EventMapping,
    FeedbackMapping,
    PurchaseMapping,
    RecordMapping,
    SurveyMapping,
    TicketMapping,
)

LOG = EventMapping(customer="c", activity="a", time="t", activities={"A": "tp-a"})


@pytest.mark.parametrize(
    "mapping",
    [
        SurveyMapping(weight="WEIGHT"),
        LOG,
        PurchaseMapping(customer="c", time="t", amount="a"),
        TicketMapping(ticket="id", created="at"),
        FeedbackMapping(text=("said",)),
    ],
)
def test_a_mapping_is_read_as_it_was_written(
    tmp_path: Path, mapping: SurveyMapping | RecordMapping
) -> None:
    """What it is of stands in the file; a survey needs no word for it."""
    path = tmp_path / "mapping.json"
    path.write_text(mapping.model_dump_json(indent=1), "utf-8")

    assert mapping == read_mapping_file(path)
    assert {"purchases", "events", "tickets", "feedback"} == set(RECORD_MAPPINGS)


def test_a_survey_may_say_that_it_is_one(tmp_path: Path) -> None:
    """As the other kinds do."""
    path = tmp_path / "mapping.json"
    path.write_text('{"reads": "survey", "weight": "W"}', "utf-8")

    assert SurveyMapping(weight="W") == read_mapping_file(path, "survey")


@pytest.mark.parametrize(
    ("text", "reads", "error", "match"),
    [
        ('{"reads": "sales"}', "", UnknownNameError, r"mapping\.json.*'sales'.*events"),
        (
            LOG.model_dump_json(),
            "survey",
            InputError,
            "of survey columns .* events",
        ),
        ('{"reads": "events"}', "", InputError, "of events was.*customer: field requ"),
        (
            '{"reads": "events", "customer": "c", "activity": "a", "time": "t", '
            '"rating": {"colunm": "r"}}',
            "",
            InputError,
            "rating.colunm: there is no field 'colunm', did you mean 'column'",
        ),
        ('{"reads": 7}', "", UnknownNameError, "no kind of records '7'"),
        ('{"text": ["said"]}', "survey", InputError, "there is no field 'text'"),
    ],
)
def test_a_mapping_of_something_else_is_refused(
    tmp_path: Path, text: str, reads: str, error: type[Exception], match: str
) -> None:
    """With the file, the field and what was expected."""
    path = tmp_path / "mapping.json"
    path.write_text(text, "utf-8")

    with pytest.raises(error, match=match):
        read_mapping_file(path, reads)


def test_what_is_read_may_be_told(tmp_path: Path) -> None:
    """A file without ``reads`` is then of that kind."""
    path = tmp_path / "mapping.json"
    path.write_text('{"text": ["said"]}', "utf-8")

    assert FeedbackMapping(text=("said",)) == read_mapping_file(path, "feedback")
