"""The words of forms: data, evidence, measurements, pain points, opportunities."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.definitions import MEASURES
from journeykit.language import word
from journeykit.model.words import (
    BEHIND,
    DEPARTMENTS,
    MORE,
    WHERE,
    KindWords,
    asks,
    hidden,
    rates,
)
from journeykit.vocabulary import (
    BASES,
    DATA_KINDS,
    OPPORTUNITY_TYPES,
    PAIN_CATEGORIES,
    PAIN_STATUSES,
)

__all__ = ["FINDINGS_WORDS", "RESPONSES"]

RESPONSES = {"proactive": "Prevent it", "reactive": "Fix it when it happens"}
"""What is done about a pain point or a part of COPIS."""

_PERIOD = "Period and licence"
_RICE = "Reach, impact, confidence, effort"
_OUTCOME = "What came of it"
_DECISIONS = {
    "open": "Still open",
    "adopt": "Do it everywhere",
    "change": "Change it and try again",
    "drop": "Drop it",
}
_AGREEMENTS = {
    "agrees": word("Agrees"),
    "in_part": word("In part"),
    "disagrees": word("Does not agree"),
}

FINDINGS_WORDS: Mapping[str, KindWords] = MappingProxyType(
    {
        "data_set": KindWords(
            "Data sets",
            {
                "title": asks("Title", "Such as “Customer survey, May”."),
                "data_kind": asks("What kind of data?", labels=DATA_KINDS),
                "source": asks(
                    "Where does it come from?", "A team, a system, an address."
                ),
                "note": asks(
                    "What should a reader know?",
                    "How people were asked, who is missing.",
                ),
                "period_start": asks("First day", "", _PERIOD),
                "period_end": asks("Last day", "", _PERIOD),
                "licence": asks("Licence", "Such as “CC BY 4.0”.", _PERIOD),
                "attribution": asks(
                    "Line to print in reports", "What the licence asks for.", _PERIOD
                ),
                "table": hidden("Fingerprint of the table"),
                "n_rows": hidden(),
                "n_columns": hidden(),
                "mapping": hidden("How its columns are read"),
                "records": hidden("How its records are read"),
            },
        ),
        "evidence": KindWords(
            "Pieces of evidence",
            {
                "text": asks(
                    "What do we know?",
                    "A quote, a count, something seen: “Four of six asked the same”.",
                ),
                "basis": asks("How sure is it?", labels=BASES),
                "source": asks("From where?", "Such as “Interviews in May”."),
                "day": asks("From when?"),
                "n_people": asks(
                    "How many people stand behind it?",
                    "Customers, not answers: 6.",
                    unit="people",
                ),
                "data_set": asks("From which data?", "If it was imported."),
            },
        ),
        "measurement": KindWords(
            "Measurements",
            {
                "definition": asks(
                    "Which measure?",
                    choices={key: one.label for key, one in MEASURES.items()},
                ),
                "subject": asks(
                    "What was measured?", "Leave empty for the whole journey."
                ),
                "persona": asks(
                    "Whose answers count?", "Leave empty for all customers."
                ),
                "value": asks("Value", "Leave empty if too few answered."),
                "low": asks("Lower end of the interval"),
                "high": asks("Upper end of the interval"),
                "n": asks("How many answers?", unit="answers"),
                "day": asks("When?"),
                "data_set": asks("From which data?", "", MORE),
                "n_left_out": hidden("Answers left out"),
                "left_out": hidden("Why answers were left out"),
                "effective_n": hidden("Effective number of answers"),
                "is_weighted": hidden("Weighted"),
                "column": hidden("Column of the answers"),
            },
        ),
        "pain_point": KindWords(
            "Pain points",
            {
                "text": asks(
                    "What hurts?",
                    "What happens, not the cure: “Nobody says how long it takes”.",
                ),
                "stage": asks("In which stage?", "", WHERE),
                "touchpoint": asks("At which touchpoint?", "", WHERE),
                "persona": asks(
                    "Who feels this?", "Leave empty if it is everybody.", WHERE
                ),
                "moment": asks("When exactly?", "Such as “After the form is sent”."),
                "effect": asks(
                    "What does it do to them?", "Such as “They call again, or give up”."
                ),
                "category": asks(
                    "Which kind of pain?",
                    "Choose one, or write your own.",
                    labels=PAIN_CATEGORIES,
                    suggestions=tuple(PAIN_CATEGORIES.values()),
                ),
                "severity": rates(
                    "How bad is it?",
                    "a nuisance",
                    "they leave us",
                    "For those whom it happens to.",
                ),
                "frequency": rates(
                    "How often does it happen?",
                    "hardly ever",
                    "nearly always",
                    "Of all who come by here.",
                ),
                "detection": rates(
                    "How late do we notice?",
                    "at once",
                    "never",
                    "For the risk priority number; leave empty if you do not use it.",
                ),
                "response": asks("Prevent it or fix it?", "", MORE, labels=RESPONSES),
                "status": asks("Where does it stand?", "", MORE, labels=PAIN_STATUSES),
                "is_assumption": asks(
                    "Only a guess so far?", "Until somebody has seen or asked.", MORE
                ),
                "cause": asks(
                    "Why does it happen?",
                    "Ask why until it is about us: “Two teams keep two lists”.",
                    BEHIND,
                ),
                "is_process_friction": asks(
                    "Does our own process cause it?",
                    "A bottleneck, a needless step, a form too many.",
                    BEHIND,
                ),
                "owner": asks("Who owns it?", "The person who will see to it.", WHERE),
                "departments": asks(
                    "Which departments must answer?",
                    "One a line. Each of them owes an answer: see “Answers”.",
                    BEHIND,
                    suggestions=DEPARTMENTS,
                ),
            },
        ),
        "pain_point_status": KindWords(
            "Status of pain points",
            {
                "pain_point": asks("Which pain point?"),
                "status": asks("Where does it stand?", labels=PAIN_STATUSES),
                "day": asks("Since when?"),
                "note": asks("Note", "What was done: “A second person at busy hours”."),
            },
        ),
        "department_answer": KindWords(
            "Answers of departments",
            {
                "pain_point": asks("To which pain point?"),
                "department": asks(
                    "Which department answers?",
                    "Such as “Operations”.",
                    suggestions=DEPARTMENTS,
                ),
                "agreement": asks(
                    "Does it agree that this is its to mend?", labels=_AGREEMENTS
                ),
                "answer": asks(
                    "What does it say?", "What it will do, or why it cannot."
                ),
                "until": asks("Until when?", "The day by which it will be done."),
                "day": asks("When did it answer?"),
                "answered_by": asks("Who said so?"),
            },
        ),
        "opportunity": KindWords(
            "Opportunities",
            {
                "text": asks(
                    "What could we do?",
                    "Begin with a verb: “Say how long the answer takes”.",
                ),
                "opportunity_type": asks(
                    "What kind of idea is it?", labels=OPPORTUNITY_TYPES
                ),
                "stage": asks("In which stage?", "", WHERE),
                "touchpoint": asks("At which touchpoint?", "", WHERE),
                "unmet_need": asks(
                    "Which need does it meet?", "Such as “Know how much time is left”."
                ),
                "expected_effect": rates(
                    "How much would customers gain?",
                    "hardly anything",
                    "a great deal",
                    "On their satisfaction.",
                ),
                "effort": rates(
                    "How much work is it?",
                    "an afternoon",
                    "a year",
                    "For everybody who would take part.",
                ),
                "reach": asks(
                    "How many customers in a quarter?", "Whom it would touch.", _RICE
                ),
                "impact": asks(
                    "How much for each of them?",
                    "RICE counts massive as 3, then 2, 1, 0.5 and minimal as 0.25.",
                    _RICE,
                ),
                "confidence": asks(
                    "How sure are we?",
                    "RICE counts high as 1, medium as 0.8, low as 0.5.",
                    _RICE,
                ),
                "effort_months": asks("How many person-months?", "", _RICE),
                "is_chosen": asks(
                    "Do we go on with it?",
                    "Ideas that are not chosen are kept.",
                    _OUTCOME,
                ),
                "exceeds_expectations": asks(
                    "Would it delight?",
                    "Or only give what is expected anyway.",
                    _OUTCOME,
                ),
                "owner": asks("Who takes it on?", "", WHERE),
                "tags": asks("Tags", "Words to find it by, one a line.", MORE),
            },
        ),
        "experiment": KindWords(
            "Experiments",
            {
                "opportunity": asks("What is tried?"),
                "hypothesis": asks(
                    "What do we expect?",
                    "“If we say how long it takes, fewer people call again.”",
                ),
                "measure": asks(
                    "How shall we see it?",
                    "What is counted: “Calls that ask again”.",
                ),
                "kpi": asks("Which number should move?", "A KPI of step 1."),
                "expected_change": asks(
                    "By how much?",
                    "In the unit of the KPI, points for a share in per cent: 5.",
                    step=0.5,
                ),
                "sample_size": asks(
                    "How many customers?",
                    "In each group. “How many customers?” below reckons it.",
                ),
                "start": asks("First day"),
                "end": asks("Last day"),
                "result": asks("What happened?", "Numbers if there are any.", _OUTCOME),
                "decision": asks("What do we do now?", "", _OUTCOME, labels=_DECISIONS),
                "follows": asks(
                    "Which experiment led to it?", "Empty if it is the first.", MORE
                ),
            },
        ),
    }
)
"""Words by kind; see :mod:`journeykit.model.findings` for what they are about."""
