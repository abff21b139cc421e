"""A persona or segment on some pages, or all personas side by side.

The notebook ``templates/reports/persona_report.ipynb`` shows these parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from journeykit.check.channel_reading import PersonaOffers, preferred_offers
from journeykit.definitions import NPS_CREDIT
from journeykit.language import say, say_count, word
from journeykit.layout.emotion_curve import emotion_curve_data
from journeykit.model import Evidence, LaneNote, Persona, Segment, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.curve_figure import curve_figure
from journeykit.report.evidence_lines import cut, evidence_of, shortlist
from journeykit.report.part import Part
from journeykit.report.persona_comparison import PersonaComparison
from journeykit.report.persona_tables import (
    MOST_COLUMNS,
    identity_lines,
    need_lines,
    side_by_side,
)
from journeykit.report.persona_worth import worth
from journeykit.report.report_numbers import source_of
from journeykit.show.numbers import count, joined, signed

__all__ = ["PersonaReport"]

_OFFERS = {
    "offered": word("finds it"),
    "not offered": word("does not find it"),
    "no touchpoint": word("no touchpoint"),
    "not passed": word("does not pass"),
}
_MOST_ROWS = 12


class PersonaReport(PersonaComparison):
    """Who a persona is, what they go through, and how they differ.

    Parameters as for its base; without a persona all of them stand side by side.
    """

    kind: ClassVar[str] = word("Persona report")
    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType(
        {
            "who": (word("Who this is"), ""),
            "needs": (word("What they need and expect"), ""),
            "journey": (word("Their journey"), ""),
            "channels": (
                word("Channels"),
                word("What they prefer, beside what they are offered at each stage."),
            ),
            "hurts": (word("Where it hurts them"), ""),
            "others": (
                word("Against all others"),
                word("What they answered, beside what everybody else did."),
            ),
        }
    )
    credited: ClassVar[tuple[str, ...]] = (NPS_CREDIT,)

    def band(self) -> Part:
        """Return the opening, which names whom the report is about."""
        part = super().band()
        if self.only is None:
            return part
        kind = say("Persona report: {name}", name=self.only.name)
        return replace(part, data={**part.data, "kind": kind})

    def _missing(self) -> Part | None:
        """Return what to say where there is nobody to tell of."""
        if self.people:
            return None
        return parts.sentence(
            say(
                "There is no persona yet: that is step 3, personas and segments "
                "(notebook 03_personas_and_segments)."
            )
        )

    # --- who this is ------------------------------------------------------------------

    def who(self) -> Part:
        """Return who this is: in their words, in short, segment, what they do."""
        nobody = self._missing()
        if nobody is not None:
            return nobody
        lines = [identity_lines(self.document, one) for one in self.people]
        if not any(lines):
            return parts.sentence(
                say("Nobody is described yet: that is step 3, personas and segments.")
            )
        return side_by_side(self.people, lines)

    def counted(self) -> Part:
        """Return which answers count as theirs, and what they are worth."""
        if not self.people:
            return parts.NOTHING  # said once, above
        return worth(self.workshop, self.people, self._rules)

    def needs(self) -> Part:
        """Return what they need, expect, wish for."""
        nobody = self._missing()
        if nobody is not None:
            return nobody
        lines = [need_lines(self.document, one) for one in self.people]
        if not any(lines):
            return parts.sentence(
                say("No needs or expectations were noted yet: that is step 3.")
            )
        return side_by_side(self.people, lines)

    # --- their journey ----------------------------------------------------------------

    def curve(self) -> Part:
        """Return the emotion along the journey, beside what was measured."""
        who = self.only.id if isinstance(self.only, Persona) else None
        rows = emotion_curve_data(self.document, who)
        if isinstance(self.only, Segment):
            rows = tuple(row for row in rows if not row.persona)
        if not any(row.felt is not None or row.measured is not None for row in rows):
            return parts.sentence(
                say("No emotion was placed on the map yet: that is step 6.")
            )
        source = source_of(self.any_data_set(), {})
        if isinstance(self.only, Persona) and not all(row.is_own for row in rows):
            own = sum(row.is_own for row in rows)
            source = say(
                "At {n} of {all} touchpoints their own feeling was noted; at the "
                "others the team’s stands. {source}",
                n=count(own),
                all=count(len(rows)),
                source=source,
            )
        elif isinstance(self.only, Segment):
            source = say(
                "Feelings are noted for personas: this is the team’s curve, of all "
                "customers. {source}",
                source=source,
            )
        return curve_figure(self.document, rows, source=source.strip())

    def feelings(self) -> Part:
        """Return what they feel where, the worst first."""
        ids = {one.id for one in self.people}
        notes = [
            one
            for one in self.of(LaneNote)
            if one.persona in ids and one.emotion is not None
        ]
        if not notes:
            return parts.sentence(
                say("No feeling of theirs was noted on the map yet: that is step 6.")
            )
        notes.sort(key=lambda one: one.emotion or 0)
        worst = notes[0]
        rows = [
            {
                "who": self.name(one.persona),
                "where": self.place(one),
                "felt": signed(one.emotion or 0, 0),
                "text": one.text,
            }
            for one in notes
        ]
        labels = {
            "text": say("Feeling"),
            "felt": say("Emotion"),
            "where": say("Where"),
            "who": say("Who"),
        }
        if self.only is not None:
            del labels["who"]
        return parts.ranked_table(
            pd.DataFrame(rows),
            labels,
            title=say(
                "{place}: {name} feels worst, {felt}",
                place=rows[0]["where"],
                name=self.name(worst.persona),
                felt=rows[0]["felt"],
            ),
            subtitle=say("From −2 (very bad) to +2 (very good), as the team noted it."),
            is_ranked=False,
        )

    def channels(self) -> Part:
        """Return at which stages they find the channel that they prefer."""
        ids = {one.id for one in self.people}
        stages, offers = preferred_offers(self.document)
        told = [one for one in offers if one.persona.id in ids and one.channel]
        if not stages or not told:
            return parts.sentence(
                say(
                    "No preferred channel is noted: it stands with the persona, step 3 "
                    "(personas and segments)."
                )
            )
        shown = told[:MOST_COLUMNS]
        here = {stage.id: self._channels_at(stage) for stage in stages}
        prefers = {
            "stage": say("Prefers"),
            "offered": "",
            **{one.persona.id: one.channel.name for one in shown if one.channel},
        }
        rows = [
            {
                "stage": stage.name,
                "offered": joined(shortlist(here[stage.id], 4)) or say("none"),
                **{one.persona.id: say(_OFFERS[one.offers[at]]) for one in shown},
            }
            for at, stage in enumerate(stages)
        ]
        table = pd.DataFrame([prefers, *rows])
        labels = {"stage": say("Stage"), "offered": say("Channels there")}
        labels |= {one.persona.id: one.persona.name for one in shown}
        return parts.ranked_table(
            table, labels, title=self._offer_finding(told), is_ranked=False
        )

    def _channels_at(self, stage: Stage) -> list[str]:
        names = [
            self.name(one.channel)
            for one in self.of(Touchpoint)
            if one.stage == stage.id and one.channel
        ]
        return list(dict.fromkeys(names))

    def _offer_finding(self, told: list[PersonaOffers]) -> str:
        def missed(one: PersonaOffers) -> int:
            return sum(offer == "not offered" for offer in one.offers)

        worst = max(told, key=missed)
        channel = worst.channel.name if worst.channel else ""
        n = sum(offer in ("offered", "not offered") for offer in worst.offers)
        if not missed(worst):
            return say("The preferred channel is there at every stage")
        return say_count(
            "{name} prefers {channel} and misses it at {missed} of {n} stage",
            "{name} prefers {channel} and misses it at {missed} of {n} stages",
            n,
            name=worst.persona.name,
            channel=channel,
            missed=count(missed(worst)),
        )

    # --- where it hurts ---------------------------------------------------------------

    def pain_points(self) -> Part:
        """Return what hurts them, worst first, and who else feels it."""
        nobody = self._missing()
        if nobody is not None:
            return nobody
        pains = self.pains
        if not pains:
            return parts.sentence(
                say("No pain point was recorded yet: that is step 7, pain points.")
            )
        table = pd.DataFrame(
            {
                "score": one.priority,
                "pain": one.text,
                "where": self.place(one),
                "who": joined(self.felt_by(one)) or say("everybody"),
                "effect": one.effect,
            }
            for one in pains
        )
        table["score"] = table["score"].astype("Int64")
        return parts.ranked_table(
            table,
            {
                "score": say("Score"),
                "pain": say("Pain point"),
                "where": say("Where"),
                "who": say("Felt by"),
                "effect": say("What it leads to"),
            },
            title=say("“{pain}” hurts most", pain=pains[0].text),
            subtitle=say("Severity times frequency, 1 to 5 each; as the team rated."),
            dot="score",
        )

    def voices(self) -> Part:
        """Return the evidence and quotes behind persona and pain points."""
        subjects = [one.id for one in (*self.people, *self.pains)]
        found = {
            one.id: (one, subject)
            for subject in subjects
            for one in evidence_of(self.document, subject)
        }
        minimum = self.case.min_group
        told = [
            (one, subject)
            for one, subject in found.values()
            if one.n_people is None or one.n_people >= minimum
        ]
        if not told:
            return parts.sentence(
                say(
                    "Nothing stands behind persona and pain points yet: interviews, "
                    "tickets and quotes are noted in step 5, evidence."
                )
            )
        rows = [
            {
                "text": one.text,
                "about": cut(self.name(subject), 80),
                "basis": self._basis(one),
                "source": one.source,
            }
            for one, subject in told[:_MOST_ROWS]
        ]
        table = pd.DataFrame(rows)
        left = len(told) - len(rows)
        return parts.ranked_table(
            table,
            {
                "text": say("What was said or seen"),
                "about": say("Stands behind"),
                "basis": say("Basis"),
                "source": say("Source"),
            },
            title=say_count(
                "{n} observation stands behind it",
                "{n} observations stand behind it",
                len(told),
            ),
            source=say("{n} more stand in the workshop.", n=count(left))
            if left > 0
            else "",
            is_ranked=False,
        )

    def _basis(self, one: Evidence) -> str:
        words = {
            "measured": say("measured"),
            "observed": say("observed"),
            "assumed": say("assumed"),
        }
        if one.n_people is None:
            return words[one.basis]
        return say_count(
            "{basis}, {n} person",
            "{basis}, {n} people",
            one.n_people,
            basis=words[one.basis],
        )
