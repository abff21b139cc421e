"""Rules on evidence (E)."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.check.rule import Facts, Found, Rule
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.model import (
    KpiObservation,
    Measurement,
)

__all__ = ["EVIDENCE_RULES"]

_FREQUENT = 0.05
_REACH = "reach_rate"


def _enough_is_measured(facts: Facts) -> Iterator[Found]:
    if not facts.cells:
        return
    share = sum(cell.basis == "measured" for cell in facts.cells) / len(facts.cells)
    limit = facts.case.min_measured_share
    if share < limit:
        sure = {cell.touchpoint for cell in facts.cells if cell.basis != "assumed"}
        bare = [one.name for one in facts.touchpoints if one.id not in sure]
        tail = f" Without data: {', '.join(bare)}." if bare else ""
        yield Found(
            facts.document.case,
            f"{share:.0%} of the cells are measured, {limit:.0%} were wanted.{tail}",
        )


def _nothing_small_is_shown(facts: Facts) -> Iterator[Found]:
    fewest = facts.case.min_group
    numbers: list[Measurement | KpiObservation] = [
        *facts.document.of(Measurement),
        *facts.document.of(KpiObservation),
    ]
    for one in numbers:
        if one.value is not None and one.n is not None and 0 < one.n < fewest:
            yield Found(
                one,
                f"A number from {one.n} customers is shown; below {fewest} nobody's "
                "answer stays private.",
            )


def _signed(number: float, n_digits: int) -> str:
    return f"{number:+.{n_digits}f}".replace("-", "−")


def _felt_is_what_is_measured(facts: Facts) -> Iterator[Found]:
    talked = {one.subject for one in facts.decisions}
    for row in emotion_curve_data(facts.document):
        if row.persona or None in (row.felt, row.low, row.high):
            continue
        assert row.felt is not None
        assert row.low is not None
        assert row.high is not None
        if not row.low <= row.felt <= row.high and row.touchpoint not in talked:
            than = "better" if row.felt > row.high else "worse"
            yield Found(
                facts.document[row.touchpoint],
                f"The team thinks {than} of “{row.name}” ({_signed(row.felt, 1)}) than "
                f"customers do ({_signed(row.low, 2)} to {_signed(row.high, 2)}).",
            )


def _map_is_the_real_way(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Measurement):
        if one.definition != _REACH or one.value is None or one.persona is not None:
            continue
        subject = facts.document.get(one.subject)
        if subject is not None and one.value == 0:
            yield Found(
                subject,
                f"No customer of {one.n:,} in the events was ever seen at "
                f"“{subject.name_for_people}”.",
            )
        elif subject is None and one.column and one.value >= _FREQUENT:
            yield Found(
                one,
                f"{one.value:.0%} of {one.n:,} customers pass “{one.column}”, which "
                "the map does not show.",
            )


EVIDENCE_RULES = (
    Rule(
        "E1",
        "warning",
        "Enough cells are measured",
        "Bring data for the touchpoints without any, or lower the case's limit",
        _enough_is_measured,
    ),
    Rule(
        "E2",
        "error",
        "No number is shown below the privacy minimum",
        "Import the data again, or take the number out",
        _nothing_small_is_shown,
    ),
    Rule(
        "E3",
        "warning",
        "What the team feels agrees with what was measured",
        "Talk about it; change the emotion, or record as a decision why it stands",
        _felt_is_what_is_measured,
    ),
    Rule(
        "E4",
        "warning",
        "The map shows the way that customers take",
        "Look at the real paths in step 5, then mend the map",
        _map_is_the_real_way,
    ),
)
