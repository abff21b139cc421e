"""The words of forms: stages, channels, touchpoints, and what is noted on them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from journeykit.model.relations import RELATIONS
from journeykit.model.words import (
    BEHIND,
    DEPARTMENTS,
    MORE,
    RATINGS,
    WHERE,
    KindWords,
    asks,
    hidden,
    rates,
)
from journeykit.vocabulary import CHANNELS, EMOTIONS

__all__ = ["JOURNEY_WORDS"]

_EFFECTS = "What it moves"
_STATES = {"current": "As it is today", "target": "As it should be"}
_CHANGES = {
    "channel_change": "On, by another channel",
    "branch": "A branch",
    "loop": "A loop: the same again",
    "return": "Back to an earlier point",
}
_LANES = {
    "goal": "Goal",
    "action": "Action",
    "thought": "Thought",
    "feeling": "Feeling",
    "need": "Need",
    "expectation": "Expectation",
    "motivation": "Motivation",
}
_SCALES = {
    "emotion": "Emotion",
    "satisfaction": "Satisfaction",
    "importance_to_customer": "Importance to the customer",
    "importance_to_organisation": "Importance to the organisation",
    "severity": "Severity",
    "frequency": "Frequency",
    "impact": "Impact",
    "effort": "Effort",
}
_EMOTIONS = {str(value): word for value, word in EMOTIONS.items()}
_PICTURES = {
    "image/png": "Picture (PNG)",
    "image/jpeg": "Photo (JPEG)",
    "image/webp": "Picture (WebP)",
}

JOURNEY_WORDS: Mapping[str, KindWords] = MappingProxyType(
    {
        "journey": KindWords(
            "Journeys",
            {
                "name": asks("Name", "From end to end: “Opening an account”."),
                "state": asks("Which state does it show?", labels=_STATES),
                "description": asks(
                    "What is it about?", "One or two sentences for those who join late."
                ),
            },
        ),
        "stage": KindWords(
            "Stages",
            {
                "journey": asks("Which journey?", "", WHERE),
                "name": asks(
                    "Name",
                    "From the customer’s side: “Finding out”, not “Acquisition”.",
                ),
                "description": asks(
                    "What happens here?", "Where it begins and where it ends."
                ),
                "is_before_purchase": asks(
                    "Before the purchase?", "Such as looking around and comparing."
                ),
                "is_after_purchase": asks(
                    "After the purchase?", "Such as using it, complaining, coming back."
                ),
            },
        ),
        "channel": KindWords(
            "Channels",
            {
                "name": asks(
                    "Name",
                    "A way to meet: “Counter in the branch”.",
                    suggestions=tuple(CHANNELS.values()),
                ),
                "catalogue": asks(
                    "Which kind of channel?",
                    "Gives its icon and its questions.",
                    choices={"": "Another kind", **CHANNELS},
                ),
                "is_online": asks("Online?"),
                "messaging": rates(
                    "Says the same as the other channels?",
                    "says something else",
                    "says the same",
                    "Promises, prices, names.",
                ),
                "branding": rates(
                    "Looks like the other channels?",
                    "looks foreign",
                    "looks the same",
                    "Colours, tone, pictures.",
                ),
                "service_delivery": rates(
                    "Serves as well as the other channels?",
                    "far worse",
                    "just as well",
                    "The same question gets the same answer, as fast.",
                ),
            },
        ),
        "touchpoint": KindWords(
            "Touchpoints",
            {
                "stage": asks("In which stage?", "", WHERE),
                "name": asks(
                    "What happens?",
                    "As the customer would say it: “Wait to be called”.",
                ),
                "channel": asks("Through which channel?", "", WHERE),
                "description": asks(
                    "Tell it in a few words", "What one would see on a photograph."
                ),
                "owner": asks("Who owns it?", "The person who can change it.", WHERE),
                "department": asks(
                    "Which department runs it?",
                    "Such as “Operations”.",
                    WHERE,
                    suggestions=DEPARTMENTS,
                ),
                "is_online": asks("Online?"),
                "moment_of_truth": asks(
                    "A moment of truth?",
                    "Here the customer decides whether to stay: “The result arrives”.",
                ),
                "is_subtle": asks(
                    "Easily forgotten?",
                    "One of those that maps leave out: entrance, queue, parking.",
                ),
                "excels": asks("Do we shine here?", "Where you do better than others."),
                "emotion": rates(
                    "How do customers feel?",
                    "very bad",
                    "very good",
                    "What the team believes; leave empty if nobody was asked.",
                    labels=_EMOTIONS,
                ),
                "emotion_word": asks(
                    "The feeling in a word", "Such as “relieved”.", RATINGS
                ),
                "why_no_pain": asks(
                    "It feels bad, and yet nothing hurts?",
                    "Say why there is no pain point: “A check that everybody accepts”.",
                    RATINGS,
                ),
                "satisfaction": rates(
                    "How satisfied are they?",
                    "very dissatisfied",
                    "very satisfied",
                    "As the team rates it; data are kept apart.",
                ),
                "importance_to_customer": rates(
                    "How much does it matter to customers?",
                    "hardly",
                    "very much",
                    "Would they miss it, or choose by it?",
                ),
                "importance_to_organisation": rates(
                    "How much does it matter to us?",
                    "hardly",
                    "very much",
                    "In money, risk or reputation.",
                ),
                "ease": rates(
                    "How easy is it?",
                    "a struggle",
                    "effortless",
                    "Steps, waiting, forms.",
                ),
                "information": rates(
                    "How good is the information?",
                    "none or wrong",
                    "all I need",
                    "At the right time, in plain words.",
                ),
                "personalisation": rates(
                    "How personal is it?",
                    "one for all",
                    "made for me",
                    "Does it know who is in front of it?",
                ),
                "responsiveness": rates(
                    "How fast does help come?",
                    "nobody answers",
                    "at once",
                    "When something goes wrong.",
                ),
                "bears_on_satisfaction": rates(
                    "How strongly does it move satisfaction?",
                    "not at all",
                    "decides it",
                    "",
                    _EFFECTS,
                ),
                "bears_on_loyalty": rates(
                    "How strongly does it move loyalty?",
                    "not at all",
                    "decides it",
                    "Whether customers come back.",
                    _EFFECTS,
                ),
                "bears_on_clv": rates(
                    "How strongly does it move customer value?",
                    "not at all",
                    "decides it",
                    "What customers spend over the years.",
                    _EFFECTS,
                ),
                "personalisation_idea": asks(
                    "Idea for a personal touch",
                    "Such as “Greet by name, and know what was said last time”.",
                    MORE,
                ),
                "systems": asks(
                    "Which systems does it need?",
                    "One a line: “Booking system”.",
                    BEHIND,
                ),
                "backstage": asks(
                    "What happens out of sight?",
                    "Work that the customer does not see, one a line: “Staff is "
                    "planned by the hour”.",
                    BEHIND,
                ),
                "support_processes": asks(
                    "What does that rest on?",
                    "Processes of others, one a line: “Contract with the call centre”.",
                    BEHIND,
                ),
            },
        ),
        "channel_change": KindWords(
            "Changes of channel",
            {
                "source": asks("From which touchpoint?"),
                "target": asks("To which touchpoint?"),
                "change": asks("What kind of way is it?", labels=_CHANGES),
                "context_kept": asks(
                    "Does the customer go on where they were?",
                    "No, if they must begin again: “Spell your name once more”.",
                ),
                "note": asks("Note", "What gets lost, or what helps."),
            },
        ),
        "lane_note": KindWords(
            "Notes",
            {
                "lane": asks("What is it?", labels=_LANES),
                "text": asks(
                    "What do you note?",
                    "One thought a note: “Did they get my message?”.",
                ),
                "stage": asks(
                    "Over which stage?", "Or choose one touchpoint below.", WHERE
                ),
                "touchpoint": asks("At which touchpoint?", "", WHERE),
                "persona": asks(
                    "Whose is it?", "Leave empty if it is everybody’s.", WHERE
                ),
                "emotion": rates(
                    "How good or bad is the feeling?",
                    "very bad",
                    "very good",
                    "Only for a feeling.",
                    labels=_EMOTIONS,
                ),
            },
        ),
        "individual_score": KindWords(
            "Individual scores",
            {
                "subject": asks("What is rated?"),
                "scale": asks("On which scale?", labels=_SCALES),
                "value": asks("Score", "Emotion from -2 to 2, all others from 1 to 5."),
                "participant": hidden(),
                "persona": asks("As which persona?"),
            },
        ),
        "link": KindWords(
            "Links",
            {
                "source": asks("From what?"),
                "target": asks("To what?"),
                "relation": asks(
                    "How do they hang together?",
                    labels={key: rule.label for key, rule in RELATIONS.items()},
                ),
                "strength": rates(
                    "How strongly?",
                    "weak",
                    "strong",
                    "Leave empty if not rated.",
                    "Basics",
                ),
                "note": asks("Note", "Why you think so."),
            },
        ),
        "attachment": KindWords(
            "Attachments",
            {
                "subject": asks("What does it show?"),
                "name": asks("Name", "Such as “Photo of the wall”."),
                "media_type": hidden(),
                "sha256": hidden("Fingerprint"),
                "n_bytes": hidden("Size"),
                "alt": asks(
                    "What is to be seen?",
                    "For those who cannot see it: “Long queue at two desks”.",
                ),
            },
        ),
    }
)
"""Words by kind; see :mod:`journeykit.model.journey` for what they are about."""
