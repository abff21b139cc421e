"""The words of forms: COPIS, the canvas, the plan, and what happens in the room."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.model.words import (
    DEPARTMENTS,
    MORE,
    RATINGS,
    KindWords,
    asks,
    hidden,
    rates,
)
from journeykit.model.words_findings import RESPONSES
from journeykit.vocabulary import ACTION_STATUSES, ACTION_TYPES, CANVAS_BLOCKS

__all__ = ["PLAN_WORDS", "STEPS"]

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "welcome": "Welcome",
        "objectives": "Objectives and scope",
        "stakeholders": "Team and stakeholders",
        "personas": "Personas and segments",
        "touchpoints": "Touchpoints and channels",
        "evidence": "Evidence",
        "journey_map": "The journey map",
        "pain_points": "Pain points",
        "channels": "Channels: consistency and changes",
        "opportunities": "Opportunities and experiments",
        "copis": "COPIS",
        "canvas": "Business Model Canvas",
        "action_plan": "Action plan and roadmap",
        "validation": "Validation and sign-off",
        "monitor": "Monitor and review",
        "training": "Training case",
        "facilitator": "For the facilitator",
        "clv": "Customer lifetime value",
    }
)
"""The steps of the method, which an agenda block may serve."""

_ROLES = {
    "customer": "Customer",
    "objective": "Objective",
    "process": "Process or operation",
    "output": "Output, product or service",
    "information": "Information or input",
    "systems": "System",
    "supplier": "Supplier",
}
_BLOCK_KINDS = {
    "work": "Work",
    "break": "Break",
    "lunch": "Lunch",
    "opening": "Opening",
    "closing": "Closing",
}
_IDEAS = {
    "subscription": "Subscription",
    "loyalty": "Loyalty programme",
    "partnership": "Partnership",
}
_COMMENT_KINDS = {
    "remark": "Remark",
    "suggestion": "Suggestion",
    "market_note": "Market note",
    "validation": "Validation by customers",
}
_VERDICTS = {
    "confirmed": "Confirmed",
    "contradicted": "Contradicted",
    "not_asked": "Not asked",
}
_STRATEGY = "What we do about it"
_ASSESSMENT = "Against the journey"
_RUN = "Run sheet"

PLAN_WORDS: Mapping[str, KindWords] = MappingProxyType(
    {
        "copis_element": KindWords(
            "COPIS elements",
            {
                "role": asks("What is it?", labels=_ROLES),
                "text": asks("Name", "Short: “Staff planning”."),
                "description": asks(
                    "What does it do?", "A sentence for those who do not know it."
                ),
                "owner": asks("Who owns it?"),
                "strategy": asks(
                    "What shall we do about it?",
                    "Such as “Plan by the hour, not by the day”.",
                    _STRATEGY,
                ),
                "response": asks(
                    "Prevent it or fix it?", "", _STRATEGY, labels=RESPONSES
                ),
                "is_bottleneck": asks(
                    "A bottleneck?", "Everything waits for it.", _STRATEGY
                ),
                "is_unnecessary": asks(
                    "Could it go?", "Nobody would miss it.", _STRATEGY
                ),
                "is_automation_candidate": asks(
                    "Could a machine do it?", "The same every time.", _STRATEGY
                ),
                "gathered_at": asks(
                    "Where is it gathered?",
                    "For information only: “In the first call”.",
                    "Information",
                ),
                "used_for": asks(
                    "What is it used for?",
                    "For information only: “Planning of staff”.",
                    "Information",
                ),
            },
        ),
        "canvas_entry": KindWords(
            "Canvas entries",
            {
                "block": asks("In which block?", labels=CANVAS_BLOCKS),
                "text": asks(
                    "What stands there?", "One thought a note: “Same-day answer”."
                ),
                "state": asks(
                    "Today or after the change?",
                    labels={
                        "before": "Today",
                        "after": "After the change",
                        "both": "Both: it stays",
                    },
                ),
                "replaces": asks(
                    "Instead of which entry of today?",
                    "For an entry after the change: so that one sees what it changes.",
                    MORE,
                ),
                "helps": asks(
                    "How does it help the journey?",
                    "At which point, and whom.",
                    _ASSESSMENT,
                ),
                "hurts": asks(
                    "How does it hurt the journey?",
                    "At which point, and whom.",
                    _ASSESSMENT,
                ),
                "improve": asks(
                    "What would make it better?", "Begin with a verb.", _ASSESSMENT
                ),
                "strength": rates(
                    "How strong is it?", "weak", "strong", "", _ASSESSMENT
                ),
                "revenue_idea": asks(
                    "An idea for revenue?",
                    "Leave empty if it is none.",
                    MORE,
                    labels=_IDEAS,
                ),
            },
        ),
        "action": KindWords(
            "Actions",
            {
                "text": asks(
                    "What is to be done?",
                    "So that one can see when it is done: “Put prices on the form”.",
                ),
                "action_type": asks("What kind of action?", labels=ACTION_TYPES),
                "status": asks("Where does it stand?", labels=ACTION_STATUSES),
                "owner": asks("Who does it?", "One person, who is in the room."),
                "start": asks("From when?", "", "Time and work"),
                "due": asks("By when?", "", "Time and work"),
                "effort_days": asks(
                    "How much work?",
                    "For everybody together: 2.5.",
                    "Time and work",
                    unit="days",
                    step=0.5,
                ),
                "priority": rates(
                    "How urgent is it?", "can wait", "first of all", "", RATINGS
                ),
                "kpi": asks(
                    "Which KPI should move?", "So that you see if it worked.", MORE
                ),
                "expected_effect": asks(
                    "What will change?", "Such as “Four minutes less to wait”.", MORE
                ),
                "achieved_effect": asks(
                    "What did change?", "Once it is done, in the same unit.", MORE
                ),
                "note": asks("Note", "", MORE),
            },
        ),
        "vote": KindWords(
            "Votes",
            {
                "subject": asks("What do you vote for?"),
                "participant": hidden(),
                "round": hidden("Round of voting"),
                "weight": rates("How many dots?", "one", "ten", group="Basics"),
            },
        ),
        "agenda_block": KindWords(
            "Agenda blocks",
            {
                "title": asks("Title", "What the room sees: “Emotion in silence”."),
                "minutes": asks(
                    "How long?", "Breaks count too: 15.", unit="minutes", step=0.5
                ),
                "block_kind": asks("What kind of block?", labels=_BLOCK_KINDS),
                "step": asks(
                    "Which step does it serve?",
                    "Its notebook shows this time.",
                    choices={"": "None", **STEPS},
                ),
                "purpose": asks(
                    "What is it for?", "One sentence that ends in a result.", _RUN
                ),
                "say": asks(
                    "Say", "Your first words: “Five minutes, alone, no talk”.", _RUN
                ),
                "do": asks("Do", "Step by step, with minutes.", _RUN),
                "output": asks("Output", "What lies on the table afterwards.", _RUN),
                "materials": asks("Materials", "One a line: “Red dots”.", _RUN),
                "plan_b": asks(
                    "Plan B", "What to drop or shorten if time runs out.", _RUN
                ),
            },
        ),
        "parking_lot_item": KindWords(
            "Parking-lot items",
            {
                "text": asks(
                    "What is parked?", "Worth keeping, not for now: “Prices at night”."
                ),
                "is_settled": asks("Settled?"),
                "outcome": asks(
                    "What came of it?", "Such as “Sales looks at it in May”."
                ),
            },
        ),
        "rule_off": KindWords(
            "Rules switched off",
            {
                "rule": asks("Which rule?", "Its letter and number, such as M6."),
                "reason": asks(
                    "Why does it not apply to you?", "The report prints it."
                ),
            },
        ),
        "decision": KindWords(
            "Decisions",
            {
                "text": asks(
                    "What was decided?",
                    "In one sentence: “New customers come first”.",
                ),
                "reason": asks("Why?", "So that it need not be argued again."),
                "decided_by": asks("By whom?", "A person, or “all, by vote”."),
                "day": asks("When?"),
                "subject": asks("About what?", "If it is about one entry."),
                "place": asks(
                    "Its place in your order",
                    "Only if you chose what comes first: 1 is the first.",
                ),
            },
        ),
        "comment": KindWords(
            "Comments",
            {
                "subject": asks("On what?", "Leave empty for the map as a whole."),
                "text": asks("What would you say?", "One thought a comment."),
                "comment_kind": asks("What kind of comment?", labels=_COMMENT_KINDS),
                "department": asks(
                    "From which department?",
                    "Of a suggestion or a remark.",
                    suggestions=DEPARTMENTS,
                ),
                "verdict": asks(
                    "What did customers say?",
                    "When the map was shown to them.",
                    "Validation",
                    labels=_VERDICTS,
                ),
                "n_people": asks("How many of them?", "", "Validation", unit="people"),
                "day": asks("When?", "", MORE),
                "effect": asks(
                    "What does it change on the map?",
                    "Such as “A stage is missing”.",
                    MORE,
                ),
            },
        ),
    }
)
"""Words by kind; see :mod:`journeykit.model.plan` for what they are about."""
