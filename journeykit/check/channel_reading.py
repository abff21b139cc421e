"""What a team's ratings and changes of channel say: worst cells, lost context, offers.

Each is read from the document alone; the boards of the channels, the lists beside them
and the report say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.check.done_check import joined_from, named
from journeykit.check.done_when_map import used_channels
from journeykit.language import word
from journeykit.model.document import Document
from journeykit.model.journey import (
    Channel,
    ChannelChange,
    Journey,
    Link,
    Stage,
    Touchpoint,
)
from journeykit.model.people import Persona

__all__ = [
    "CRITERIA",
    "ChangeRead",
    "Consistency",
    "Context",
    "Offer",
    "PersonaOffers",
    "changes_read",
    "changes_sentence",
    "consistency",
    "offers_sentence",
    "preferred_offers",
    "unrecorded_changes",
]

CRITERIA: Mapping[str, str] = MappingProxyType(
    {
        "messaging": word("Messaging"),
        "branding": word("Branding"),
        "service_delivery": word("Service"),
    }
)
"""Criterion of consistency to its name."""

_MIDDLE = 3
"""A lowest score above the middle is no news."""
_N_NAMED = 4


# --- one voice? -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consistency:
    """The matrix of channels and criteria.

    Parameters
    ----------
    channels
        The channels that a touchpoint uses or somebody rated; all of them if none.
    worst
        Channel id and criterion of the cells with the lowest score, if that is no
        higher than the middle.
    missing
        Channel id and criterion of the cells that nobody rated.
    """

    channels: tuple[Channel, ...]
    worst: tuple[tuple[str, str], ...]
    missing: tuple[tuple[str, str], ...]

    @property
    def lowest(self) -> int | None:
        """The lowest score; None if nothing is rated."""
        given = [
            score
            for one in self.channels
            for field in CRITERIA
            if (score := getattr(one, field)) is not None
        ]
        return min(given, default=None)

    def sentence(self) -> str:
        """Return the finding in one sentence: the worst cells, ties with them."""
        if not self.channels:
            return "There are no channels yet."
        if self.lowest is None:
            return "Nobody has rated a channel yet."
        if not self.worst:
            return (
                f"No cell is worse than {self.lowest} of 5: the channels speak with "
                "one voice."
            )
        names = {one.id: one.name for one in self.channels}
        by_criterion: dict[str, list[str]] = {}
        for channel, field in self.worst:
            by_criterion.setdefault(field, []).append(names[channel])
        said = [
            f"{CRITERIA[field].lower()} of {named(by_criterion[field])}"
            for field in CRITERIA
            if field in by_criterion
        ]
        return f"Lowest, {self.lowest} of 5: {'; '.join(said)}."

    def missing_sentence(self) -> str:
        """Return which cells nobody rated, by name; empty if there is none."""
        names = {one.id: one.name for one in self.channels}
        by_channel: dict[str, list[str]] = {}
        for channel, field in self.missing:
            by_channel.setdefault(channel, []).append(CRITERIA[field].lower())
        said = [
            names[channel]
            if len(fields) == len(CRITERIA)
            else f"{names[channel]} on {' and '.join(fields)}"
            for channel, fields in by_channel.items()
        ]
        return f"Not rated yet: {named(said)}." if said else ""


def consistency(document: Document) -> Consistency:
    """Return the matrix of channels and criteria, with its worst cells.

    Examples
    --------
    >>> web = Channel(id="web", name="Web site", messaging=4, branding=2)
    >>> found = consistency(Document([web]))
    >>> found.sentence(), found.missing_sentence()
    ('Lowest, 2 of 5: branding of Web site.', 'Not rated yet: Web site on service.')
    """
    today = as_it_is(document)
    used = {one.id for one in used_channels(today)}
    rated = [
        one
        for one in today.of(Channel)
        if one.id in used or any(getattr(one, field) for field in CRITERIA)
    ]
    channels = tuple(rated) or today.of(Channel)
    cells = [
        (one.id, field, getattr(one, field)) for one in channels for field in CRITERIA
    ]
    given = [score for _, _, score in cells if score is not None]
    lowest = min(given, default=0)
    return Consistency(
        channels,
        tuple(
            (channel, field)
            for channel, field, score in cells
            if score is not None and score == lowest <= _MIDDLE
        ),
        tuple((channel, field) for channel, field, score in cells if score is None),
    )


# --- from one channel to the next -----------------------------------------------------

Context = Literal["lost", "unknown", "kept"]


@dataclass(frozen=True, slots=True)
class ChangeRead:
    """One change of channel, in words."""

    change: ChannelChange
    source: Touchpoint
    target: Touchpoint
    channels: str
    context: Context

    @property
    def name(self) -> str:
        """From where to where."""
        return f"{self.source.name} → {self.target.name}"


def changes_read(document: Document) -> tuple[ChangeRead, ...]:
    """Return the changes of channel: lost context first, then what nobody asked."""
    today = as_it_is(document)
    found = []
    for one in today.of(ChannelChange):
        source, target = today.get(one.source), today.get(one.target)
        if isinstance(source, Touchpoint) and isinstance(target, Touchpoint):
            ends = [_channel(today, end) for end in (source, target)]
            words = " → ".join(ends) if ends[0] != ends[1] else f"stays on {ends[0]}"
            found.append(ChangeRead(one, source, target, words, _context(one)))
    order = ("lost", "unknown", "kept")
    return tuple(sorted(found, key=lambda one: order.index(one.context)))


def changes_sentence(changes: Sequence[ChangeRead]) -> str:
    """Return at how many changes customers begin again, and where nobody asked."""
    n = len(changes)
    if not n:
        return (
            "No change of channel is recorded yet: where do customers go on elsewhere?"
        )
    lost = [one.name for one in changes if one.context == "lost"]
    open_ones = sum(one.context == "unknown" for one in changes)
    what = "change" if n == 1 else "changes"
    said = f"Customers begin again at {len(lost)} of {n} {what}"
    said = f"{said}: {'; '.join(lost[:_N_NAMED])}." if lost else f"{said}."
    if len(lost) > _N_NAMED:
        said = f"{said[:-1]} and {len(lost) - _N_NAMED} more."
    if open_ones:
        said += f" Nobody asked at {open_ones}."
    return said


def unrecorded_changes(document: Document) -> tuple[tuple[Touchpoint, Touchpoint], ...]:
    """Return neighbours on the map whose channels differ, and no way joins them."""
    today = as_it_is(document)
    known = {(one.source, one.target) for one in today.of(ChannelChange)}
    known |= {
        (one.source, one.target) for one in today.of(Link) if one.relation == "flows_to"
    }
    stages = {one.id: place for place, one in enumerate(today.of(Stage))}
    journeys = {one.id: one.journey for one in today.of(Stage)}
    points = sorted(today.of(Touchpoint), key=lambda one: stages[one.stage])
    found = []
    for one, other in pairwise(points):
        is_one_map = journeys[one.stage] == journeys[other.stage]
        is_change = one.channel and other.channel and one.channel != other.channel
        if is_one_map and is_change and (one.id, other.id) not in known:
            found.append((one, other))
    return tuple(found)


def _context(change: ChannelChange) -> Context:
    if change.context_kept is None:
        return "unknown"
    return "kept" if change.context_kept else "lost"


def _channel(document: Document, touchpoint: Touchpoint) -> str:
    channel = document.get(touchpoint.channel)
    return channel.name if isinstance(channel, Channel) else "no channel named"


# --- what people prefer, and what they are offered ------------------------------------

Offer = Literal["offered", "not offered", "no touchpoint", "not passed"]


@dataclass(frozen=True, slots=True)
class PersonaOffers:
    """Whether a persona's preferred channel is offered, stage by stage.

    Parameters
    ----------
    channel
        The preferred channel; None if nobody recorded a preference.
    offers
        One for each stage of :func:`preferred_offers`; empty without a preference.
    """

    persona: Persona
    channel: Channel | None
    offers: tuple[Offer, ...]


def preferred_offers(
    document: Document,
) -> tuple[tuple[Stage, ...], tuple[PersonaOffers, ...]]:
    """Return the stages of today's maps, and for each persona what is offered there.

    A persona passes the stages of the maps that it travels, all maps if none is named:
    so does rule O2.
    """
    today = as_it_is(document)
    stages = today.of(Stage)
    offered: dict[str, set[str | None]] = {}
    for point in today.of(Touchpoint):
        offered.setdefault(point.stage, set()).add(point.channel)
    travels = joined_from(today, "travels")
    rows = []
    for persona in today.of(Persona):
        channel = today.get(persona.preferred_channel)
        if not isinstance(channel, Channel):
            rows.append(PersonaOffers(persona, None, ()))
            continue
        maps = {
            one.id for one in travels.get(persona.id, ()) if isinstance(one, Journey)
        }
        offers = tuple(
            _offer(stage, channel, offered.get(stage.id, set()), maps)
            for stage in stages
        )
        rows.append(PersonaOffers(persona, channel, offers))
    return stages, tuple(rows)


def _offer(
    stage: Stage, channel: Channel, here: set[str | None], maps: set[str]
) -> Offer:
    if maps and stage.journey not in maps:
        return "not passed"
    if not here:
        return "no touchpoint"
    return "offered" if channel.id in here else "not offered"


def offers_sentence(rows: Sequence[PersonaOffers]) -> str:
    """Return who is worst served on the channel that they prefer, in one sentence."""
    if not rows:
        return "There are no personas yet."
    asked = [one for one in rows if one.channel is not None]
    silent = [one.persona.name for one in rows if one.channel is None]
    said = ""
    if asked:
        worst = max(asked, key=_n_without)
        n, of = _n_without(worst), sum(one != "not passed" for one in worst.offers)
        name = worst.channel.name if worst.channel else ""
        said = "Everybody finds the preferred channel at every stage."
        if n:
            said = (
                f"{worst.persona.name} prefers {name} and does not find it at {n} of "
                f"{of} stages."
            )
    if silent:
        said += f" No preference recorded: {named(silent)}."
    return said.strip()


def _n_without(one: PersonaOffers) -> int:
    return sum(offer in ("not offered", "no touchpoint") for offer in one.offers)
