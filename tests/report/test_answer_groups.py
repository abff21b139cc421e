"""Reports on those who gave one answer: as if the team had made a segment of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

import journeykit
from journeykit.errors import InputError, UnknownNameError
from journeykit.model import SurveyMapping, to_json
from journeykit.model.survey import Condition, Group, Question, Scale
from journeykit.report.answer_groups import Parting, answer_group, parted_by
from journeykit.report.jobs import jobs_for
from journeykit.report.report_numbers import ReportNumbers
from journeykit.workshop import Workshop

QUESTION = Question(
    column="NETPRO", asks="recommend", scale=Scale(lowest=0, highest=10)
)


def survey(counts: dict[str, int]) -> pd.DataFrame:
    """Return answers, so many for each terminal; the first of them promote it."""
    gates = [gate for gate, n in counts.items() for _ in range(n)]
    first = next(iter(counts))
    scores = ["10" if gate == first else "3" for gate in gates]
    return pd.DataFrame({"GATE": gates, "NETPRO": scores})


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workshop]:
    """Return a workshop whose smallest group to be shown is five."""
    with journeykit.new(tmp_path / "trip.journey", title="Trip") as made:
        made.add("persona", id="ann", name="Ann")
        yield made


def asked(work: Workshop, table: pd.DataFrame, *groups: Group) -> None:
    """Put answers into a workshop."""
    mapping = SurveyMapping(questions=(QUESTION,), groups=groups)
    work.import_survey(table.to_csv(index=False).encode(), mapping=mapping)
    work.measure()


def test_each_value_is_a_group(work: Workshop, tmp_path: Path) -> None:
    """It says what a segment with that rule would say; the workshop is as it was."""
    rule = Group(subject="ann", conditions=(Condition(column="GATE", values=("2",)),))
    asked(work, survey({"1": 20, "2": 10, "3": 6}), rule)
    before = to_json(work.document())
    numbers = ReportNumbers(work, persona="GATE=2")
    known = ReportNumbers(work, persona="ann")
    score = numbers.overall("net_promoter_score")

    assert Parting(("1", "2", "3")) == parted_by(work, "GATE")
    assert ("GATE: 2", -100, 10) == (numbers.persona.name, score.value, score.n)
    assert score.low == known.overall("net_promoter_score").low
    assert before == to_json(work.document())
    data = work.data_sets()[0]
    assert ["3"] * 10 == numbers.answers_to(data, "NETPRO")[0].tolist()


@pytest.mark.parametrize(
    ("counts", "values"),
    [
        ({"1": 20, "2": 5, "3": 6}, ("1", "2", "3")),
        # Two who answered stand alone between everybody and the others: one more goes.
        ({"1": 20, "2": 2, "3": 6}, ("1",)),
        # Seven of two values are nobody in particular.
        ({"1": 20, "2": 3, "3": 4}, ("1",)),
        ({"1": 4, "2": 3}, ()),
        ({"b": 9, "A": 8, "10": 7, "9": 6}, ("9", "10", "A", "b")),
    ],
)
def test_few_answers_have_no_report(
    work: Workshop,
    tmp_path: Path,
    counts: dict[str, int],
    values: tuple[str, ...],
) -> None:
    """Neither their own nor one that gives them away by taking one from another."""
    asked(work, survey(counts))
    found = parted_by(work, "GATE")

    assert values == found.values
    assert len(counts) - len(values) == found.hidden


def test_a_group_that_is_not_there_is_named(work: Workshop, tmp_path: Path) -> None:
    """The nearest column, the values that can be had; not those that are too small."""
    asked(work, survey({"1": 20, "2": 2, "3": 2}))

    with pytest.raises(UnknownNameError, match="GATE"):
        answer_group(work, "GATES=1")
    with pytest.raises(UnknownNameError, match=r"no value of GATE '2'"):
        answer_group(work, "GATE=2")
    with pytest.raises(UnknownNameError, match="persona"):
        ReportNumbers(work, persona="nobody")


def test_reports_of_a_column(work: Workshop, tmp_path: Path) -> None:
    """Everybody first, then each value; what has none is said, by number alone."""
    asked(work, survey({"1": 20, "2/..": 10, "3": 3, "4": 2}))
    said: list[str] = []
    place = str(tmp_path / "trip.journey")
    jobs = jobs_for([place], by="GATE", told=said.append)

    assert [
        ("trip-journey_report", "Trip", None),
        ("trip-journey_report-GATE-1", "Trip: GATE 1", "GATE=1"),
        ("trip-journey_report-GATE-2-..", "Trip: GATE 2/..", "GATE=2/.."),
    ] == [(one.name, one.title, one.parameters.get("persona")) for one in jobs]
    assert [
        "Trip: 2 values of GATE without a report, for few answers would be told apart"
    ] == said
    with pytest.raises(UnknownNameError, match=r"way to part a workshop 'gate'.*GATE"):
        jobs_for([place], by="gate")


def test_column_of_names_parts_nobody(work: Workshop, tmp_path: Path) -> None:
    """A number for each respondent is no group, neither are groups all too small."""
    asked(work, survey({str(one): 1 for one in range(1_001)}))

    with pytest.raises(InputError, match="at most 1,000 values"):
        parted_by(work, "GATE")
