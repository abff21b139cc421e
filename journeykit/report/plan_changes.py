"""What was decided, parked, and changed since a marked moment, in a plan's status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from journeykit.language import day, say, say_count, semicolons, word
from journeykit.model import (
    Action,
    Decision,
    Document,
    Entry,
    Experiment,
    Kpi,
    Opportunity,
    PainPoint,
    ParkingLotItem,
    Stage,
    Touchpoint,
)
from journeykit.report import parts
from journeykit.report.kpi_tables import kpi_number
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE
from journeykit.report.plan_tables import PlanTables
from journeykit.report.subject_report import first_names, quotes
from journeykit.store import Mark
from journeykit.vocabulary import ACTION_STATUSES, PAIN_STATUSES

__all__ = ["PlanChanges"]

_MOST_ROWS = 40
_KINDS: Mapping[type[Entry], str] = MappingProxyType(
    {
        Action: word("Action"),
        PainPoint: word("Pain point"),
        Opportunity: word("Opportunity"),
        Experiment: word("Experiment"),
        Kpi: word("KPI"),
        Decision: word("Decision"),
        ParkingLotItem: word("Parking lot"),
        Stage: word("Stage"),
        Touchpoint: word("Touchpoint"),
    }
)
_STATUSES: Mapping[type[Entry], Mapping[str, str]] = MappingProxyType(
    {Action: ACTION_STATUSES, PainPoint: PAIN_STATUSES}
)


_NUMBERS: Mapping[str, str] = MappingProxyType(
    {"baseline": word("baseline {value}"), "target": word("target {value}")}
)
_DAYS: Mapping[str, str] = MappingProxyType(
    {"start": word("begins {day}"), "due": word("due {day}")}
)


class _Change(NamedTuple):
    """One entry that differs: its kind, its name, what became of it."""

    kind: str
    name: str
    what: str


class PlanChanges(PlanTables):
    """Decisions, parking lot, changes; parameters as for its base."""

    since: str = ""
    """Name of the moment to compare with; empty for the last."""

    # --- decisions --------------------------------------------------------------------

    def decisions(self) -> Part:
        """Return what was decided, the latest first."""
        taken = sorted(
            self.of(Decision), key=lambda one: one.day or date.min, reverse=True
        )
        if not taken:
            return parts.sentence(
                say("No decision is noted: step 16 of the workbook keeps them.")
            )
        rows = [
            {
                "decision": one.text,
                "reason": one.reason or say("no reason given"),
                "by": one.decided_by or NO_VALUE,
                "day": one.day,
            }
            for one in taken[:_MOST_ROWS]
        ]
        heads = {
            "decision": say("Decision"),
            "reason": say("Why"),
            "by": say("Decided by"),
            "day": say("On"),
        }
        more = len(taken) - _MOST_ROWS
        rest = say_count(
            "{n} older decision is not shown.",
            "{n} older decisions are not shown.",
            more,
        )
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count("{n} decision", "{n} decisions", len(taken)),
            source=rest if more > 0 else "",
            is_ranked=False,
        )

    def parking_lot(self) -> Part:
        """Return what is parked: what is open first, then what was settled, and how."""
        items = sorted(self.of(ParkingLotItem), key=lambda one: one.is_settled)
        if not items:
            return parts.sentence(say("Nothing is parked."))
        rows = [
            {
                "item": one.text,
                "state": say("Settled") if one.is_settled else say("Open"),
                "outcome": one.outcome or NO_VALUE,
            }
            for one in items
        ]
        n_open = sum(not one.is_settled for one in items)
        title = say_count(
            "{n} thing is parked and open", "{n} things are parked and open", n_open
        )
        if not n_open:
            title = say("Everything that was parked is settled")
        heads = {
            "item": say("Parked"),
            "state": say("State"),
            "outcome": say("What came of it"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows), heads, title=title, is_ranked=False
        )

    # --- changes ----------------------------------------------------------------------

    def changes(self) -> Part:
        """Return what changed since the marked moment, plan and pain points first."""
        marks = self.workshop.marks()
        if not marks:
            return parts.sentence(
                say(
                    "No moment is marked yet, so nothing to compare with: step 14 of "
                    "the workbook marks one."
                )
            )
        known = {one.name: one for one in marks}
        mark = known.get(self.since) if self.since else marks[-1]
        if mark is None:
            return parts.sentence(
                say(
                    "No moment is marked “{name}”. These are: {names}.",
                    name=self.since,
                    names=first_names(quotes(known), 12),
                )
            )
        return self._changes_since(mark)

    def _changes_since(self, mark: Mark) -> Part:
        when = day(datetime.fromisoformat(mark.time).astimezone().date())
        found = list(self._differences(self.workshop.document(mark.name)))
        if not found:
            return parts.sentence(
                say(
                    "Nothing in plan or map changed since “{mark}” of {day}.",
                    mark=mark.name,
                    day=when,
                )
            )
        rows = [one._asdict() for one in found[:_MOST_ROWS]]
        more = len(found) - _MOST_ROWS
        rest = say_count(
            "{n} change more is not shown.", "{n} changes more are not shown.", more
        )
        heads = {
            "name": say("What"),
            "kind": say("Kind"),
            "what": say("What became of it"),
        }
        return parts.ranked_table(
            pd.DataFrame(rows),
            heads,
            title=say_count(
                "{n} entry changed since “{mark}” of {day}",
                "{n} entries changed since “{mark}” of {day}",
                len(found),
                mark=mark.name,
                day=when,
            ),
            source=rest if more > 0 else "",
            is_ranked=False,
        )

    def _differences(self, before: Document) -> Iterator[_Change]:
        for cls, label in _KINDS.items():
            old = {one.id: one for one in before.of(cls)}
            new = {one.id: one for one in self.document.of(cls)}
            for name, one in new.items():
                was = old.get(name)
                if was is None:
                    yield _Change(say(label), one.name_for_people, say("New"))
                elif was != one and (words := list(self._words(was, one))):
                    yield _Change(say(label), one.name_for_people, semicolons(words))
            for name, one in old.items():
                if name not in new:
                    yield _Change(say(label), one.name_for_people, say("Removed"))

    def _words(self, was: Entry, now: Entry) -> Iterator[str]:
        """Yield what is different about an entry, each in words."""
        differ = {
            name
            for name in type(now).model_fields
            if name != "rank" and getattr(was, name) != getattr(now, name)
        }
        labels = _STATUSES.get(type(now), {})
        if "status" in differ and labels:
            first, last = (getattr(one, "status", "") for one in (was, now))
            yield f"{say(labels[first])} → {say(labels[last])}"
            differ -= {"status"}
        for name, words in _DAYS.items():
            if name in differ:
                yield say(words, day=day(getattr(now, name)) or NO_VALUE)
        if "owner" in differ:
            owner = self.name(getattr(now, "owner", None))
            yield say("owner: {name}", name=owner or say("nobody"))
        if isinstance(now, Kpi):
            for name, words in _NUMBERS.items():
                value = getattr(now, name)
                said = NO_VALUE if value is None else kpi_number(now, value)
                if name in differ:
                    yield say(words, value=said)
            differ -= _NUMBERS.keys()
        if isinstance(was, PainPoint) and isinstance(now, PainPoint):
            first, last = (one.priority or NO_VALUE for one in (was, now))
            if first != last:
                yield say("score {before} → {after}", before=first, after=last)
                differ -= {"severity", "frequency"}
        if was.name_for_people != now.name_for_people:
            yield say("was “{name}”", name=was.name_for_people)
            differ -= {"text", "name"}
        rest = differ - {"owner", *_DAYS}
        if rest:
            yield say_count("{n} other detail", "{n} other details", len(rest))
