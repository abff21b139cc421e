"""What a field is called when a person is asked for it: the form of the words.

The words themselves stand by subject in ``words_people``, ``words_journey``,
``words_findings`` and ``words_plan``; :mod:`journeykit.model.fields` joins them to the
types. Words in the classes themselves were turned down: a class would be half prose,
and its order of reading is not that of a form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

__all__ = [
    "BASICS",
    "BEHIND",
    "DEPARTMENTS",
    "MORE",
    "RATINGS",
    "ROLES",
    "SHARED",
    "WHERE",
    "FieldWords",
    "KindWords",
    "asks",
    "hidden",
    "rates",
    "title_of",
]

BASICS = "Basics"
WHERE = "Where and who"
RATINGS = "Ratings"
BEHIND = "Behind the scenes"
MORE = "More"

DEPARTMENTS = ("Marketing", "Sales", "Customer service", "Product", "Operations")
"""Starting list of departments; a workshop may add its own."""

ROLES = (
    "Facilitator",
    "Co-facilitator",
    "Scribe",
    "Decider",
    "Timekeeper",
    "Customer voice",
    "Journey owner",
    "Participant",
    "From the front line",
)
"""Roles in a workshop; a workshop may add its own."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What a person reads about one field.

    Parameters
    ----------
    title
        A question or a noun; empty for one made of the field's name.
    help
        One short sentence, with an example.
    unit
        What a number counts.
    ends
        Words at the low and the high end of a scale.
    group
        Under which heading of the form it stands.
    labels
        What a stored value is called.
    choices
        Closed list for a field that would take any text: value and label.
    suggestions
        Texts to begin with; others are welcome.
    step
        Smallest difference between two numbers; None for any.
    is_hidden
        Whether no person ever types it.
    """

    title: str = ""
    help: str = ""
    unit: str = ""
    ends: tuple[str, str] = ("", "")
    group: str = BASICS
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[str, ...] = ()
    step: float | None = None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class KindWords:
    """What a person reads about one kind of entry: its plural, its fields."""

    plural: str
    fields: Mapping[str, FieldWords]


def asks(
    title: str,
    help: str = "",
    group: str = BASICS,
    *,
    unit: str = "",
    labels: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
    suggestions: tuple[str, ...] = (),
    step: float | None = None,
) -> FieldWords:
    """Return the words of a field that a person fills in."""
    return FieldWords(
        title,
        help,
        unit,
        group=group,
        labels=labels or {},
        choices=choices or {},
        suggestions=suggestions,
        step=step,
    )


def rates(
    title: str,
    low: str,
    high: str,
    help: str = "",
    group: str = RATINGS,
    *,
    labels: Mapping[str, str] | None = None,
) -> FieldWords:
    """Return the words of a scale, with those at its low and its high end."""
    return FieldWords(title, help, ends=(low, high), group=group, labels=labels or {})


def hidden(title: str = "") -> FieldWords:
    """Return the words of a field that no person types."""
    return FieldWords(title, is_hidden=True)


SHARED: Mapping[str, FieldWords] = MappingProxyType(
    {
        "kind": hidden(),
        "id": hidden(),
        "rank": hidden(),
        "extensions": hidden(),
        "is_proposed": hidden("Proposed by the machine"),
    }
)
"""Fields that mean the same wherever they stand; a kind may say it otherwise."""


def title_of(name: str) -> str:
    """Return a title made of the name of a field.

    Examples
    --------
    >>> title_of("bears_on_loyalty"), title_of("is_subtle"), title_of("n_people")
    ('Bears on loyalty', 'Subtle', 'Number of people')
    """
    words = name.replace("_", " ")
    words = words.removeprefix("is ").removeprefix("has ")
    if words.startswith("n "):
        words = "number of " + words[2:]
    return words[:1].upper() + words[1:]
