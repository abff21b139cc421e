"""Pain points proposed from events; taken only when a person says yes.

The notebook ``07_pain_points`` shows these parts. What was worse for some days is
proposed with its dates and numbers; whether that hurts, and why, is for people to say.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from journeykit.errors import InputError, UnknownNameError
from journeykit.measure.incidents import find_incidents
from journeykit.model import (
    Document,
    Entry,
    Evidence,
    Link,
    PainPoint,
    Persona,
    new_id,
    rank_between,
)
from journeykit.model.records import EventMapping
from journeykit.report.paths_page import NO_EVENTS, PathsPage
from journeykit.show.guide import Guide
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.show.live import live_of
from journeykit.show.numbers import count
from journeykit.workshop import Workshop

__all__ = ["Proposal", "ProposalsPage"]

_VERB = "take"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pain point that events propose.

    Parameters
    ----------
    key
        Id that its pain point will have: the same events propose the same.
    text
        What was worse, where and for whom.
    touchpoint, persona
        Their ids; None if it is on no touchpoint of the map, or holds for all.
    when
        The days, in words.
    last_day
        The last of them.
    measured
        How much worse, in words.
    n
        Events within these days.
    n_customers
        Customers of these events.
    """

    key: str
    text: str
    touchpoint: str | None
    persona: str | None
    when: str
    last_day: date
    measured: str
    n: int
    n_customers: int


class ProposalsPage:
    """Pain points that the events of a workshop propose.

    Parameters
    ----------
    workshop
        The workshop.
    data_set
        Id of the events; the first of them if empty.

    Raises
    ------
    UnknownNameError
        If there is no such data set.
    """

    def __init__(self, workshop: Workshop, data_set: str = "") -> None:
        self.workshop = workshop
        self.paths = PathsPage(workshop, data_set)

    @cached_property
    def found(self) -> tuple[Proposal, ...]:
        """What is proposed, the surest first."""
        data = self.paths.data
        if data is None:
            return ()
        events = self._named_events()
        mapping = data.records
        scale = None
        if isinstance(mapping, EventMapping) and mapping.rating:
            scale = mapping.rating.scale
        table = find_incidents(events, scale=scale, minimum=self.paths.minimum).found
        return tuple(self._proposal(row, events) for _, row in table.iterrows())

    def _named_events(self) -> pd.DataFrame:
        """Return the events with touchpoints and personas by their names."""
        events = self.paths.named
        if "persona" not in events.columns:
            return events
        names = {one.id: one.name for one in self.paths.document.of(Persona)}
        called = events["persona"].map(names)
        who = called.where(called.notna(), events["persona"])
        return events.assign(persona=who)

    def _proposal(self, row: pd.Series, events: pd.DataFrame) -> Proposal:
        assert self.paths.data is not None
        activity, who = str(row["activity"]), row["persona"]
        persona = None if pd.isna(who) else str(who)
        start, end = pd.Timestamp(row["start"]), pd.Timestamp(row["end"])
        day = events["time"].dt.normalize()
        is_here = (events["activity"] == activity) & day.between(start, end)
        if persona is not None:
            is_here &= events["persona"] == persona
        places = self.paths.touchpoints
        at = places.loc[places["name"] == activity, "touchpoint"]
        personas = self.paths.document.of(Persona)
        known = [one.id for one in personas if one.name == persona]
        told = (self.paths.data.id, row["kind"], activity, persona, str(start))
        digest = hashlib.sha256(repr(told).encode()).hexdigest()[:15]
        what = str(row["what"])
        return Proposal(
            key=f"pain-{digest}",
            text=what[:1].upper() + what[1:],
            touchpoint=str(at.iloc[0]) if len(at) else None,
            persona=known[0] if known else None,
            when=str(row["when"]),
            last_day=end.date(),
            measured=str(row["measured"]),
            n=int(row["n"]),
            n_customers=int(events.loc[is_here, "customer"].nunique()),
        )

    def proposals(self) -> Guide:
        """Return what is proposed, each with a button that takes it over."""
        return Guide(self.workshop, self._tree, "Pain points from data", self._act)

    def _tree(self, document: Document) -> Node:
        title = "Pain points that your events propose"
        if self.paths.data is None:
            return listed(title, node("p", {}, NO_EVENTS))
        if not self.found:
            said = (
                "Nothing stands out: no stretch of days in which ratings were worse, "
                "more people left or waits were longer than chance allows."
            )
            return listed(title, node("p", {}, said))
        rows = [
            node(
                "li",
                {"key": one.key},
                node(
                    "div",
                    {},
                    node("p", {}, node("strong", {}, one.text)),
                    node("p", {"class": "jk-guide-missing"}, _numbers(one)),
                ),
                node("p", {}, "Taken")
                if one.key in document
                else button(f"{_VERB}:{number}", "Take it over", f"Take: {one.text}"),
            )
            for number, one in enumerate(self.found, start=1)
        ]
        intro = (
            "Worse than on other days, and hardly by chance. Whether it hurts, and "
            "why, only you know: nothing is taken before you say yes."
        )
        return listed(title, node("p", {}, intro), node("ul", {}, *rows))

    def _act(self, asked: str) -> str:
        verb, _, number = asked.partition(":")
        if verb != _VERB or not number.isdecimal():
            raise UnknownNameError("thing to do", asked, [_VERB])
        return self.take(int(number))

    def take(self, n: int) -> str:
        """Take over a proposal as a pain point with its evidence, in one step.

        Parameters
        ----------
        n
            Its number in the list, from 1.

        Returns
        -------
        str
            What was done.

        Raises
        ------
        InputError
            If there is no such number.
        """
        if not 1 <= n <= len(self.found):
            raise InputError(f"a number from 1 to {len(self.found)} was expected, {n}")
        one = self.found[n - 1]
        document = self.workshop.document()
        if one.key in document:
            return f"“{one.text}” is among your pain points already."
        receipt = self.workshop.add_all(self._entries(one, document))
        if receipt is not None:
            live = live_of(self.workshop)
            live.done.append(receipt.group)
            live.undone.clear()
        return f"“{one.text}” is a pain point now. Say why it hurts, and rate it."

    def _entries(self, one: Proposal, document: Document) -> list[Entry]:
        data = self.paths.data
        assert data is not None
        pain = PainPoint(
            id=one.key,
            rank=_last(document, PainPoint),
            text=one.text,
            touchpoint=one.touchpoint,
            persona=one.persona,
            moment=one.when,
        )
        evidence = Evidence(
            id=new_id("evidence"),
            rank=_last(document, Evidence),
            text=f"{one.text}, {_numbers(one)}",
            basis="measured",
            source=data.title,
            day=one.last_day,
            n_people=one.n_customers,
            data_set=data.id,
        )
        link = Link(
            id=new_id("link"),
            rank=_last(document, Link),
            source=evidence.id,
            target=pain.id,
            relation="supports",
        )
        return [pain, evidence, link]


def _numbers(one: Proposal) -> str:
    return f"{one.when}: {one.measured} ({count(one.n)} events of these days)."


def _last(document: Document, kind: type[Entry]) -> str:
    """Return a rank behind all others of a kind."""
    there = document.of(kind)
    return rank_between(there[-1].rank if there else None, None)
