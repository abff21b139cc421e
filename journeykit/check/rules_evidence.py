"""Rules on evidence (E)."""

from __future__ import annotations

from collections.abc import Iterator

from journeykit.check.rule import Facts, Found, Rule
from journeykit.language import decimals, percent, say, word
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
        said = say(
            "{share} of the cells are measured, {limit} were wanted.",
            share=percent(share),
            limit=percent(limit),
        )
        if bare:
            lacking = say("Without data: {names}.", names=", ".join(bare))
            said = f"{said} {lacking}"
        yield Found(facts.document.case, said)


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
                say(
                    "A number from {n} customers is shown; below {fewest} nobody's "
                    "answer stays private.",
                    n=one.n,
                    fewest=fewest,
                ),
            )


def _signed(number: float, n_digits: int) -> str:
    sign = "−" if number < 0 else "+"
    return f"{sign}{decimals(abs(number), n_digits)}"


def _felt_is_what_is_measured(facts: Facts) -> Iterator[Found]:
    talked = {one.subject for one in facts.decisions}
    for row in emotion_curve_data(facts.document):
        if row.persona or None in (row.felt, row.low, row.high):
            continue
        assert row.felt is not None
        assert row.low is not None
        assert row.high is not None
        if not row.low <= row.felt <= row.high and row.touchpoint not in talked:
            words = word(
                "The team thinks worse of “{name}” ({felt}) than customers do ({low} "
                "to {high})."
            )
            if row.felt > row.high:
                words = word(
                    "The team thinks better of “{name}” ({felt}) than customers do "
                    "({low} to {high})."
                )
            said = say(
                words,
                name=row.name,
                felt=_signed(row.felt, 1),
                low=_signed(row.low, 2),
                high=_signed(row.high, 2),
            )
            yield Found(facts.document[row.touchpoint], said)


def _map_is_the_real_way(facts: Facts) -> Iterator[Found]:
    for one in facts.document.of(Measurement):
        if one.definition != _REACH or one.value is None or one.persona is not None:
            continue
        subject = facts.document.get(one.subject)
        if subject is not None and one.value == 0:
            yield Found(
                subject,
                say(
                    "No customer of {n} in the events was ever seen at “{name}”.",
                    n=decimals(one.n, 0),
                    name=subject.name_for_people,
                ),
            )
        elif subject is None and one.column and one.value >= _FREQUENT:
            yield Found(
                one,
                say(
                    "{share} of {n} customers pass “{name}”, which the map does not "
                    "show.",
                    share=percent(one.value),
                    n=decimals(one.n, 0),
                    name=one.column,
                ),
            )


EVIDENCE_RULES = (
    Rule(
        "E1",
        "warning",
        word("Enough cells are measured"),
        word("Bring data for the touchpoints without any, or lower the case's limit"),
        _enough_is_measured,
    ),
    Rule(
        "E2",
        "error",
        word("No number is shown below the privacy minimum"),
        word("Import the data again, or take the number out"),
        _nothing_small_is_shown,
    ),
    Rule(
        "E3",
        "warning",
        word("What the team feels agrees with what was measured"),
        word(
            "Talk about it; change the emotion, or record as a decision why it stands"
        ),
        _felt_is_what_is_measured,
    ),
    Rule(
        "E4",
        "warning",
        word("The map shows the way that customers take"),
        word("Look at the real paths in step 5, then mend the map"),
        _map_is_the_real_way,
    ),
)
