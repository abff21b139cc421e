"""Comments from file to table."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from journeykit.errors import InputError
from journeykit.exchange.feedback import read_feedback
from journeykit.exchange.record_proposals import guess_reads
from journeykit.model import FeedbackMapping, Rating, Scale

COMMENTS = (
    b"comment;when;where;stars\n"
    b"The queue at the gate was long, write to ann@example.com;3.4.2026;Gate B;2\n"
    b"Everybody was so kind and quick, thank you all;13.4.2026;Lounge;5\n"
    b";14.4.2026;Gate B;1\n"
    b"Loud music while we waited for hours;15.4.2026;;\n"
)


def none(values: pd.Series) -> list[Any]:
    """Return values with None for what is missing."""
    return [None if pd.isna(one) else one for one in values]


def test_comments_are_recognised() -> None:
    """What people wrote, when, on what, with how many stars."""
    records = read_feedback(COMMENTS)
    proposed = records.proposal({"gate b": "tp-gate"})

    assert "feedback" == guess_reads(records.frame)[0]
    assert isinstance(proposed, FeedbackMapping)
    assert (("comment",), "when") == (proposed.text, proposed.time)
    assert "d/m" == proposed.dates
    assert "Personal data masked in texts: e-mail 1." in records.notes
    assert records.frame["comment"].str.contains("ann@example.com").any()


def test_comments_are_read() -> None:
    """An empty comment stays a row: somebody said nothing, or only gave stars."""
    mapping = FeedbackMapping(
        text=("comment",),
        time="when",
        touchpoint="where",
        rating=Rating(column="stars", scale=Scale(lowest=1, highest=5)),
        touchpoints={"Gate B": "tp-gate"},
    )
    records = read_feedback(COMMENTS, mapping)
    frame = records.frame

    assert ["text", "time", "touchpoint", "rating"] == list(frame)
    assert "The queue at the gate was long, write to [e-mail]" == frame["text"][0]
    assert [False, False, True, False] == frame["text"].isna().tolist()
    assert ["tp-gate", "Lounge", "tp-gate", None] == none(frame["touchpoint"])
    assert [2.0, 5.0, 1.0, None] == none(frame["rating"])
    assert {"Lounge": 1} == records.quality.unmatched


def test_a_rule_may_not_hide_a_canonical_column() -> None:
    """A file whose column is called like what another is mapped to cannot be both."""
    mapping = FeedbackMapping.model_validate(
        {
            "text": ["comment"],
            "time": "when",
            "groups": [
                {"subject": "p", "conditions": [{"column": "text", "values": ["x"]}]}
            ],
        }
    )
    data = b"comment,when,text\nFine,2026-01-01,x\n"

    with pytest.raises(InputError, match="a rule reads the column 'text'"):
        read_feedback(data, mapping)
