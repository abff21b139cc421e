"""Channels and revenue in the canvas report: what is wanted, offered, thought of."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from journeykit.check.channel_reading import PersonaOffers, preferred_offers
from journeykit.language import say, say_count, word
from journeykit.model import (
    CanvasEntry,
    Channel,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Segment,
    Touchpoint,
)
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.subject_report import SubjectReport, first_names, quotes
from journeykit.show.numbers import count, joined
from journeykit.vocabulary import CANVAS_BLOCKS

__all__ = ["CanvasChannels"]

_IDEAS: Mapping[str, str] = MappingProxyType(
    {
        "subscription": word("Subscription"),
        "loyalty": word("Loyalty programme"),
        "partnership": word("Partnership"),
    }
)
_OF_OPPORTUNITY: Mapping[str, str] = MappingProxyType(
    {
        "subscription": "subscription",
        "loyalty_programme": "loyalty",
        "partnership": "partnership",
    }
)
_ON_JOURNEY = (Touchpoint, Persona, Segment, Channel, PainPoint)


class CanvasChannels(SubjectReport):
    """Channels and ideas for revenue; parameters as for its base."""

    @property
    def entries(self) -> list[CanvasEntry]:
        """The entries of the canvas that a person took."""
        return [one for one in self.of(CanvasEntry) if not one.is_proposed]

    # --- channels ---------------------------------------------------------------------

    def preferred(self) -> Part:
        """Return where each persona finds the preferred channel, and where not."""
        stages, rows = preferred_offers(self.document)
        if not rows or not stages:
            return parts.sentence(
                say(
                    "Which channel people prefer cannot be compared yet: it takes "
                    "personas and stages."
                )
            )
        names = [one.name for one in stages]
        table = pd.DataFrame([_offers(one, names) for one in rows])
        n, total = self.offered_stages()
        title = say("No persona says yet which channel it prefers")
        if total:
            title = say(
                "Personas find the channel that they prefer at {n} of {all} stages",
                n=count(n),
                all=count(total),
            )
        heads = {
            "persona": say("Persona"),
            "prefers": say("Prefers"),
            "with": say("Offered at"),
            "without": say("Not offered at"),
        }
        return parts.ranked_table(
            table,
            heads,
            title=title,
            subtitle=say("A stage counts once for each persona that passes it."),
            is_ranked=False,
        )

    def offered_stages(self) -> tuple[int, int]:
        """Return at how many stages the preferred channel is offered, and of how many.

        A stage counts once for each persona that passes it.
        """
        _, rows = preferred_offers(self.document)
        every = [one for row in rows for one in row.offers if one != "not passed"]
        return sum(one == "offered" for one in every), len(every)

    def offered(self) -> Part:
        """Return each channel that is offered: who prefers it, is it on the canvas."""
        used: dict[str, int] = {}
        for point in self.today_map.of(Touchpoint):
            if point.channel:
                used[point.channel] = used.get(point.channel, 0) + 1
        channels = [one for one in self.of(Channel) if one.id in used]
        if not channels:
            return parts.sentence(
                say("No touchpoint names its channel yet: step 4 of the workbook asks.")
            )
        wanted: dict[str, list[str]] = {}
        for persona in self.of(Persona):
            if persona.preferred_channel:
                wanted.setdefault(persona.preferred_channel, []).append(persona.name)
        on_canvas = self._channels_on_canvas()
        rows = [
            {
                "channel": one.name,
                "n": used[one.id],
                "by": joined(wanted.get(one.id, [])) or say("nobody"),
                "canvas": joined(on_canvas.get(one.id, [])) or say("not on the canvas"),
            }
            for one in sorted(
                channels, key=lambda one: (one.id in wanted, -used[one.id])
            )
        ]
        bare = sum(one.id not in wanted for one in channels)
        title = say_count(
            "{n} of {all} channels that are offered is preferred by nobody",
            "{n} of {all} channels that are offered are preferred by nobody",
            bare,
            all=count(len(channels)),
        )
        heads = {
            "channel": say("Channel"),
            "n": say("Touchpoints"),
            "by": say("Preferred by"),
            "canvas": say("On the canvas as"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, is_ranked=False
        )

    def _channels_on_canvas(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for link in self.of(Link):
            entry = self.document.get(link.source)
            if link.relation != "reaches" or link.is_proposed:
                continue
            if isinstance(entry, CanvasEntry) and entry.block == "channels":
                found.setdefault(link.target, []).append(entry.text)
        return found

    # --- revenue ----------------------------------------------------------------------

    def revenue_ideas(self) -> list[tuple[str, CanvasEntry | Opportunity]]:
        """Return the ideas for revenue with their kind: canvas and opportunities."""
        found: list[tuple[str, CanvasEntry | Opportunity]] = [
            (one.revenue_idea, one) for one in self.entries if one.revenue_idea
        ]
        found += [
            (_OF_OPPORTUNITY[one.opportunity_type], one)
            for one in self.of(Opportunity)
            if one.opportunity_type in _OF_OPPORTUNITY
        ]
        order = list(_IDEAS)
        return sorted(found, key=lambda one: order.index(one[0]))

    def revenue(self) -> Part:
        """Return the ideas for revenue, and what on the journey they use."""
        ideas = self.revenue_ideas()
        if not ideas:
            return parts.sentence(
                say(
                    "There is no idea for revenue yet: step 11 of the workbook asks "
                    "for subscriptions, loyalty programmes and partnerships."
                )
            )
        tied = self._tied()
        rows = [
            {
                "idea": one.text,
                "kind": say(_IDEAS[kind]),
                "where": say("Canvas: {block}", block=say(CANVAS_BLOCKS[one.block]))
                if isinstance(one, CanvasEntry)
                else say("Opportunity"),
                "tied": first_names(quotes(tied.get(one.id, ())))
                or say("not tied to the journey yet"),
            }
            for kind, one in ideas
        ]
        kinds = {kind for kind, _ in ideas}
        none = [say(name) for kind, name in _IDEAS.items() if kind not in kinds]
        heads = {
            "idea": say("Idea"),
            "kind": say("Kind"),
            "where": say("Where it stands"),
            "tied": say("What it uses on the journey"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count("{n} idea for revenue", "{n} ideas for revenue", len(rows)),
            source=say("No idea of the kind: {kinds}.", kinds=joined(none))
            if none
            else "",
            is_ranked=False,
        )

    def _tied(self) -> dict[str, list[str]]:
        found: dict[str, dict[str, None]] = {}
        for link in self.of(Link):
            if link.is_proposed:
                continue
            for one, other in ((link.source, link.target), (link.target, link.source)):
                if isinstance(self.document[other], _ON_JOURNEY):
                    found.setdefault(one, {})[self.name(other)] = None
        return {one: list(names) for one, names in found.items()}


def _offers(one: PersonaOffers, stages: list[str]) -> dict[str, str]:
    if one.channel is None:
        return {
            "persona": one.persona.name,
            "prefers": say("not said yet"),
            "with": NO_VALUE,
            "without": NO_VALUE,
        }
    pairs = list(zip(stages, one.offers, strict=True))
    there = [name for name, offer in pairs if offer == "offered"]
    lacks = [name for name, offer in pairs if offer in ("not offered", "no touchpoint")]
    return {
        "persona": one.persona.name,
        "prefers": one.channel.name,
        "with": joined(there) or say("no stage"),
        "without": joined(lacks) or NO_VALUE,
    }
