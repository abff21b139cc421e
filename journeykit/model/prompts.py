"""What a team is reminded of: touchpoints that maps forget, obstacles, pain examples.

Prompts are questions and suggestions, no entries: nothing of them is kept until
somebody takes one over.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

__all__ = [
    "OBSTACLES",
    "PAIN_EXAMPLES",
    "SUBTLE_TOUCHPOINTS",
    "Obstacle",
    "subtle_touchpoints",
]


def _prompts(**prompts: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(prompts)


SUBTLE_TOUCHPOINTS: Mapping[str, tuple[str, ...]] = _prompts(
    website=(
        "The result in a search engine: title, snippet, stars",
        "Home page on a phone, with a slow connection",
        "Cookie banner",
        "Search on the site, and a search without results",
        "Product page: pictures, sizes, delivery time",
        "Cart, and what changes there",
        "Contact form, and what happens after sending",
        "Sign-in, and a forgotten password",
        "Error messages in forms",
        "Page not found (404)",
        "Terms, privacy and returns pages",
    ),
    social_media=(
        "Profile text, picture and opening hours",
        "Comments by others below a post",
        "The answer to a direct message, and how long it takes",
        "Reviews, and the replies to them",
        "Photos and tags by customers",
        "An advertisement after the purchase",
    ),
    service_call=(
        "Finding the number",
        "The menu: how many choices, which words",
        "Hold music and the announced waiting time",
        "Giving name and number once more",
        "Transfer to somebody else",
        "The promised call-back",
        "Voicemail outside opening hours",
        "How the call ends: what happens next",
        "The survey after the call",
    ),
    email=(
        "Sender's name and address",
        "Subject line, and the first words of the preview",
        "Confirmation right after an order",
        "An answer to a no-reply address",
        "Attachments on a phone",
        "Out-of-office reply",
        "Reminder: how often, how soon",
        "Unsubscribe, and what follows",
        "In the spam folder",
    ),
    sms=(
        "Number or name of the sender",
        "A link that does not look like ours",
        "Time of day at which it arrives",
        "An answer to a number that nobody reads",
        "One-time code that comes late",
    ),
    in_app_message=(
        "The moment at which it interrupts",
        "What happens after closing it",
        "Where to find it again",
        "Several messages at once",
        "A message about what was done long ago",
    ),
    physical_store=(
        "The way there, and the address on the map",
        "Parking, bicycle stands, the next stop",
        "Entrance: door, steps, opening hours",
        "First look: smell, light, noise, temperature",
        "Windows and displays",
        "Signs and labels inside",
        "The queue, and knowing how long it takes",
        "Asking somebody who is busy",
        "Fitting room or waiting area",
        "Checkout, receipt and bag",
        "Toilets",
        "Way out, and the goodbye",
    ),
    mobile_app=(
        "Page in the app store: rating, pictures",
        "First start, before anything is set up",
        "Permission dialogs: place, camera, notices",
        "Empty state: nothing there yet",
        "Sign-in after an update",
        "Push notice on the lock screen",
        "No network",
        "Loading: how long, what is shown",
        "Deleting the account",
    ),
    sign=(
        "The first sign, seen from far off",
        "A sign where the way divides",
        "Screen that is off, or behind the times",
        "Handwritten notice on a door",
        "Words that only staff understand",
        "Legible from a wheelchair, without glasses, in another language",
    ),
    post=(
        "Envelope: who writes, does it look like a bill",
        "First sentence: what is wanted of me",
        "Form to fill in and send back",
        "The parcel: opening, filling, label for returns",
        "Delivery notice when nobody was at home",
        "A letter that crosses with an e-mail",
    ),
    partner=(
        "Listing on a comparison site or marketplace",
        "What a dealer or agent says about us",
        "Courier at the door",
        "Payment provider's page, and its refusal",
        "Workshop, installer or laboratory on our behalf",
        "Who helps when both say that it is the other",
    ),
)
"""Touchpoints that maps forget, by key of the catalogue of channels."""


def subtle_touchpoints(catalogue: str) -> tuple[str, ...]:
    """Return the prompts for a channel; none for a channel of a workshop's own.

    Parameters
    ----------
    catalogue
        Key in :data:`journeykit.vocabulary.CHANNELS`, or empty.

    Examples
    --------
    >>> subtle_touchpoints("service_call")[2]
    'Hold music and the announced waiting time'
    """
    return SUBTLE_TOUCHPOINTS.get(catalogue, ())


class Obstacle(NamedTuple):
    """What stands in the way of good maps, and what to ask about it.

    Parameters
    ----------
    key
        Its name in records.
    obstacle
        What goes wrong.
    prompt
        The question to put to the team.
    mend
        What to do if the answer is no.
    """

    key: str
    obstacle: str
    prompt: str
    mend: str


OBSTACLES: tuple[Obstacle, ...] = (
    Obstacle(
        "weak_knowledge",
        "Little is known of what customers really do",
        "Who in this room spoke with a customer this week, and what did they say?",
        "Invite somebody from the front line, and call three customers before the day.",
    ),
    Obstacle(
        "unaligned_stakeholders",
        "Departments want different things",
        "Would marketing, sales, service and product name the same first problem?",
        "Let each write it down in silence, then compare before the mapping begins.",
    ),
    Obstacle(
        "poor_data",
        "Data are missing, old, or nobody trusts them",
        "Which three numbers do we have about this journey, and how old are they?",
        "Mark what is assumed, and plan one small survey for the weakest stage.",
    ),
    Obstacle(
        "inside_view",
        "The map shows our process instead of the customer's journey",
        "Does each stage begin with something that the customer does?",
        "Rename every stage so that a customer could say it.",
    ),
    Obstacle(
        "no_owner",
        "Nobody keeps the map after the workshop",
        "Who will change the map in three months, and is that person here?",
        "Name the owner and the next review before anything else is decided.",
    ),
    Obstacle(
        "too_wide",
        "Too many personas, journeys and steps at once",
        "Could we tell this journey in five minutes?",
        "Take one persona and at most fifteen touchpoints; keep the rest for later.",
    ),
    Obstacle(
        "loud_voices",
        "The loudest or the most senior voice decides",
        "Has everybody written before anybody spoke?",
        "Score and vote in silence, and show the spread before talking.",
    ),
    Obstacle(
        "straight_line",
        "The journey is drawn as a straight line",
        "Where do customers go back, give up, or change the channel?",
        "Draw one loop and one change of channel for each persona.",
    ),
    Obstacle(
        "solutions_first",
        "Solutions are discussed before the problem is understood",
        "Can we say what hurts without naming a remedy?",
        "Put remedies in the parking lot until the pain points are ranked.",
    ),
    Obstacle(
        "no_follow_up",
        "The map is admired, and nothing happens",
        "Which of our last workshop's actions were done?",
        "Close with three actions, each with a name, a day and a KPI.",
    ),
    Obstacle(
        "no_budget",
        "There is neither time nor money for changes",
        "What could we change next week, without asking anybody?",
        "Choose one action of that size, and estimate the value at stake for the rest.",
    ),
)
"""Common obstacles, each with a question to put to the team."""

PAIN_EXAMPLES: Mapping[str, tuple[str, ...]] = _prompts(
    confusing_navigation=(
        "Cannot tell which of two menu entries leads to the invoice",
        "Walks past the entrance because the sign faces the car park",
    ),
    long_waits=(
        "Hears “your call is important to us” for twelve minutes",
        "Waits three weeks for an appointment, and is not told why",
    ),
    hard_to_reach_information=(
        "Learns the price of delivery only in the last step",
        "Finds the opening hours in a picture of last year's poster",
    ),
    checkout_abandonment=(
        "Gives up the order when an account is asked for",
        "Leaves because the one card that works here is not accepted",
    ),
    after_sales_support=(
        "Explains the fault anew to each of three people",
        "Pays the return parcel and waits a month for the refund",
    ),
)
"""What a pain point of each category may sound like: from the customer's side."""
