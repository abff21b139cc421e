"""The words of forms: the people in the room, the segments and the personas."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.language import word
from journeykit.model.words import DEPARTMENTS, MORE, ROLES, KindWords, asks, rates

__all__ = ["PEOPLE_WORDS"]

_GOALS = "Goals and feelings"
_AGREEMENT = {
    "agrees": word("Agrees"),
    "agrees_with_changes": word("Agrees, with changes"),
    "dissents": word("Does not agree"),
}

PEOPLE_WORDS: Mapping[str, KindWords] = MappingProxyType(
    {
        "stakeholder": KindWords(
            "Stakeholders",
            {
                "name": asks("Name or role", "A person, or a post: “Head of service”."),
                "department": asks(
                    "Department",
                    "Where the person works: “Customer service”.",
                    suggestions=DEPARTMENTS,
                ),
                "role": asks(
                    "Role in the workshop",
                    "What the person does here: “Scribe”.",
                    suggestions=ROLES,
                ),
                "is_frontline": asks(
                    "Talks to customers every week?",
                    "Groups without such people make convincing but wrong maps.",
                ),
                "is_on_team": asks(
                    "On the team?", "Or somebody whom the journey concerns."
                ),
                "influence": rates(
                    "How much can they change?",
                    "little",
                    "a great deal",
                    "Their say over budget, rules or people.",
                ),
                "interest": rates(
                    "How much do they care?",
                    "hardly",
                    "very much",
                    "How far the journey touches their work.",
                ),
                "contact": asks(
                    "Contact",
                    "Only what the team needs: a telephone extension, a desk.",
                    MORE,
                ),
                "days_a_week": asks(
                    "How many days a week for actions?",
                    "The roadmap shows who has promised more: 0.5, 1 or 2.",
                    MORE,
                    unit="days",
                    step=0.5,
                ),
            },
        ),
        "department_sign_off": KindWords(
            "Sign-offs",
            {
                "department": asks(
                    "Which department?",
                    "The one that looked at the map: “Sales”.",
                    suggestions=DEPARTMENTS,
                ),
                "agreement": asks("Does it agree with the map?", labels=_AGREEMENT),
                "reason": asks(
                    "Why?",
                    "Needed where it does not agree: “The refund step is missing”.",
                ),
                "signed_by": asks("Who said so?"),
                "day": asks("When?"),
            },
        ),
        "segment": KindWords(
            "Segments",
            {
                "name": asks("Name", "A part of the customers: “Buys for a company”."),
                "description": asks(
                    "Who belongs to it?",
                    "In a sentence or two, so that two people would sort alike.",
                ),
                "demographic": asks(
                    "Who they are",
                    "Age, place, household; one a line: “25 to 54 years old”.",
                    "What sets them apart",
                ),
                "psychographic": asks(
                    "How they think",
                    "Values and attitudes, one a line: “Time matters most”.",
                    "What sets them apart",
                ),
                "behavioural": asks(
                    "What they do",
                    "Habits, one a line: “Comes three times a year or more”.",
                    "What sets them apart",
                ),
                "share_of_customers": asks(
                    "Share of all customers",
                    "0.25 is every fourth customer.",
                    unit="0 to 1",
                    step=0.01,
                ),
                "is_high_value": asks(
                    "High value?", "Whether they bring far more than most."
                ),
            },
        ),
        "persona": KindWords(
            "Personas",
            {
                "name": asks("Name", "Short and easy to say: “The careful planner”."),
                "summary": asks(
                    "Who is this?",
                    "A few lines, and why this person is on the journey.",
                ),
                "quote": asks(
                    "In their own words",
                    "One sentence that you really heard: “Tell me what comes next”.",
                ),
                "segment": asks("Which segment do they stand for?"),
                "demographics": asks(
                    "Who they are",
                    "Age, work, home; one a line: “35 to 44 years old”.",
                    "Life",
                ),
                "behaviours": asks(
                    "What they do",
                    "Habits on this journey, one a line: “Reads everything twice”.",
                    "Life",
                ),
                "preferences": asks(
                    "What they prefer",
                    "One a line: “A person, not a form”.",
                    "Life",
                ),
                "preferred_channel": asks(
                    "Preferred channel", "How they like to be in touch.", "Life"
                ),
                "needs": asks(
                    "What they need", "One a line: “Know how long it takes”.", _GOALS
                ),
                "motivations": asks(
                    "What drives them",
                    "The why behind it, one a line: “Be home for dinner”.",
                    _GOALS,
                ),
                "desires": asks(
                    "What they wish for",
                    "Beyond the needed, one a line: “A quiet place to work”.",
                    _GOALS,
                ),
                "expectations": asks(
                    "What they take for granted",
                    "One a line: “An answer within a day”.",
                    _GOALS,
                ),
                "goals": asks(
                    "What they want to get done",
                    "One a line: “Have it settled before the weekend”.",
                    _GOALS,
                ),
                "pains": asks(
                    "What hurts them",
                    "One a line: “Queues that nobody explains”.",
                    _GOALS,
                ),
                "is_high_value": asks(
                    "High value?", "Whether such customers bring far more than most."
                ),
            },
        ),
    }
)
"""Words by kind; see :mod:`journeykit.model.people` for what they are about."""
