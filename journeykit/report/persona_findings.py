"""What is found of a persona: three sentences with numbers, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from journeykit.check.channel_reading import preferred_offers
from journeykit.check.team_order import by_ratings, open_pain_points
from journeykit.language import say, say_count
from journeykit.measure.differences import Difference
from journeykit.model import Link, Measurement, PainPoint, Persona, Segment
from journeykit.report import parts
from journeykit.report.evidence_lines import cut
from journeykit.report.part import Part
from journeykit.report.persona_numbers import (
    Compared,
    Standing,
    compared_shares,
    recommendation_difference,
    standings,
)
from journeykit.report.persona_tables import Who, rules_of
from journeykit.report.subject_report import SubjectReport
from journeykit.show.numbers import count, signed, value_text, with_interval

__all__ = ["PersonaFindings"]

_NPS, _CSAT = "net_promoter_score", "customer_satisfaction_score"
_LINE = 140


class PersonaFindings(SubjectReport):
    """The people of a persona report, their numbers and findings."""

    @cached_property
    def only(self) -> Who | None:
        """The one whom the report is about; None for all side by side."""
        return self.persona

    @cached_property
    def people(self) -> tuple[Who, ...]:
        """Those whom the report is about: one, all personas, or all segments."""
        if self.only is not None:
            return (self.only,)
        return self.of(Persona) or self.of(Segment)

    def numbers_of(self, who: Who) -> tuple[Measurement, ...]:
        """Return the plain measurements of one of them."""
        return tuple(
            one for one in self.newest if one.persona == who.id and not one.is_weighted
        )

    def overall_of(self, who: Who, definition: str) -> Any:
        """Return somebody's score of the whole journey; None if not measured."""
        for one in self.numbers_of(who):
            if one.definition == definition and one.subject is None:
                return one
        return None

    @cached_property
    def compared(self) -> dict[str, tuple[Compared, ...]]:
        """Satisfaction against all others, by id of each of the people."""
        everybody = [
            one for one in self.newest if one.persona is None and not one.is_weighted
        ]
        minimum = self.case.min_group
        return {
            who.id: compared_shares(self.numbers_of(who), everybody, minimum)
            for who in self.people
        }

    # --- pain points ------------------------------------------------------------------

    @cached_property
    def _felt(self) -> dict[str, list[str]]:
        """Who feels a pain point, by its id: those that links name."""
        found: dict[str, list[str]] = {}
        for link in self.of(Link):
            if link.relation == "felt_by" and not link.is_proposed:
                found.setdefault(link.source, []).append(link.target)
        for one in self.of(PainPoint):
            if one.persona and one.persona not in found.get(one.id, ()):
                found.setdefault(one.id, []).insert(0, one.persona)
        return found

    def felt_by(self, pain: PainPoint) -> list[str]:
        """Return the names of those who feel it; empty if nobody is named."""
        return [self.name(one) for one in self._felt.get(pain.id, ())]

    @cached_property
    def pains(self) -> tuple[PainPoint, ...]:
        """Open pain points that they feel, or that are everybody's, worst first."""
        every = {
            one.id: one
            for one in (*by_ratings(self.document), *open_pain_points(self.document))
        }
        if self.only is None:
            return tuple(every.values())
        own = self.only.id
        return tuple(
            one
            for one in every.values()
            if not self._felt.get(one.id) or own in self._felt[one.id]
        )

    # --- what was found ---------------------------------------------------------------

    def found(self) -> Part:
        """Return three findings on the one, or on all side by side."""
        given = [*(self._of_one() if self.only else self._of_all())]
        if not given:
            return parts.found(
                [say("Nothing was measured yet: the persona is what the team thinks.")]
            )
        return parts.found(given[:3])

    def _of_one(self) -> Iterator[tuple[str, str]]:
        who = self.people[0]
        score = self.overall_of(who, _NPS)
        if score is not None and score.value is not None:
            yield value_text(score.value, _NPS), self._recommends(who, score)
        rows = self.compared[who.id]
        below = [row for row in rows if row.standing == "lower"]
        if below:
            yield self._differs(who, min(below, key=lambda row: row.difference.value))
        elif rows:
            yield self._least(who)
        for pain in self.pains:
            if pain.priority is not None:
                yield self._hurts(pain)
                break
        yield from self._missed(who)

    def _recommends(self, who: Who, score: Measurement) -> str:
        values = {
            "name": who.name,
            "score": with_interval(
                score.value or 0.0, score.low or 0.0, score.high or 0.0, _NPS
            ),
            "n": count(score.n),
        }
        found = self._recommended.get(who.id)
        if found is None:
            return say("{name}: NPS {score}, n {n}.", **values)
        difference, standing = found
        values["difference"] = say(
            "{value} points ({low} to {high})",
            value=signed(difference.value),
            low=signed(difference.low),
            high=signed(difference.high),
        )
        if standing == "may be chance":
            return say(
                "{name}: NPS {score}, n {n}. Against all others {difference}, which "
                "may be chance.",
                **values,
            )
        return say(
            "{name}: NPS {score}, n {n}. Against all others {difference}, more than "
            "chance.",
            **values,
        )

    @cached_property
    def _recommended(self) -> dict[str, tuple[Difference, Standing]]:
        """How much more each recommends than all others, by id, judged together."""
        found: dict[str, Difference] = {}
        minimum = self.case.min_group
        for who in self.people:
            score = self.overall_of(who, _NPS)
            data = self.data_set_of(score)
            for held, group in rules_of(self.document, who, self._rules):
                if data is not None and held.id == data.id:
                    made = recommendation_difference(
                        self.workshop, data, score.column, group, minimum
                    )
                    found |= {who.id: made} if made else {}
        said = standings(list(found.values()))
        return dict(zip(found, zip(found.values(), said, strict=True), strict=True))

    def _differs(self, who: Who, row: Compared) -> tuple[str, str]:
        own = row.own
        values = {
            "name": who.name,
            "place": self.name(row.subject) or say("The whole journey"),
            "own": with_interval(
                own.value or 0.0, own.low or 0.0, own.high or 0.0, _CSAT
            ),
            "rest": with_interval(row.rest, row.rest_low, row.rest_high, _CSAT),
        }
        if row.difference.value < 0:
            said = say(
                "{place} satisfies {name} less than all others: {own} against {rest}.",
                **values,
            )
        else:
            said = say(
                "{place} satisfies {name} more than all others: {own} against {rest}.",
                **values,
            )
        return value_text(own.value or 0.0, _CSAT), said

    def _least(self, who: Who) -> tuple[str, str]:
        row = min(self.compared[who.id], key=lambda row: row.own.value or 0.0)
        own = row.own
        said = say(
            "{place} satisfies {name} least: {own}, n {n}; no touchpoint is clearly "
            "worse than for all others.",
            name=who.name,
            place=self.name(row.subject) or say("The whole journey"),
            own=with_interval(own.value or 0.0, own.low or 0.0, own.high or 0.0, _CSAT),
            n=count(own.n),
        )
        return value_text(own.value or 0.0, _CSAT), said

    def _hurts(self, pain: PainPoint) -> tuple[str, str]:
        said = say(
            "“{pain}” hurts most: severity {severity} times frequency {frequency}, 25 "
            "at worst.",
            pain=cut(pain.text, _LINE),
            severity=pain.severity,
            frequency=pain.frequency,
        )
        return count(pain.priority or 0), said

    def _missed(self, who: Who) -> Iterator[tuple[str, str]]:
        for one in preferred_offers(self.document)[1]:
            n = sum(offer in ("offered", "not offered") for offer in one.offers)
            if one.persona.id == who.id and one.channel is not None and n:
                missed = sum(offer == "not offered" for offer in one.offers)
                yield (
                    count(missed),
                    say_count(
                        "{name} prefers {channel} and misses it at {missed} of {n} "
                        "stage.",
                        "{name} prefers {channel} and misses it at {missed} of {n} "
                        "stages.",
                        n,
                        name=who.name,
                        channel=one.channel.name,
                        missed=count(missed),
                    ),
                )

    def _of_all(self) -> Iterator[tuple[str, str]]:
        scored = [
            (who, score)
            for who in self.people
            if (score := self.overall_of(who, _NPS)) is not None
            and score.value is not None
        ]
        if scored:
            who, score = min(scored, key=lambda one: one[1].value)
            yield value_text(score.value, _NPS), self._recommends(who, score)
        clear = [
            (who, row)
            for who in self.people
            for row in self.compared[who.id]
            if row.standing != "may be chance" and row.subject is not None
        ]
        if clear:
            yield self._differs(
                *max(clear, key=lambda one: abs(one[1].difference.value))
            )
        felt = {
            who.id: sum(who.id in self._felt.get(one.id, ()) for one in self.pains)
            for who in self.people
        }
        if any(felt.values()):
            most = max(self.people, key=lambda who: felt[who.id])
            yield (
                count(felt[most.id]),
                say_count(
                    "{name} feels most pain points: {felt} of {n} that is open.",
                    "{name} feels most pain points: {felt} of {n} that are open.",
                    len(self.pains),
                    name=most.name,
                    felt=count(felt[most.id]),
                ),
            )
