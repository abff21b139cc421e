"""What would mend findings on objectives, KPIs and opportunities (K, A)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TypeVar

from journeykit.check.rule import Facts
from journeykit.check.suggest_names import Offer, Proposer, by_words, words_of
from journeykit.model import (
    Entry,
    Kpi,
    Objective,
    Opportunity,
    Touchpoint,
)

__all__ = ["PLAN_PROPOSERS"]

_E = TypeVar("_E", bound=Entry)


def _its_number(facts: Facts, one: Entry) -> Iterator[Offer]:
    """Offer the KPI of an objective, or the objective of a KPI."""
    kpis = facts.document.of(Kpi)
    objectives = facts.document.of(Objective)
    if isinstance(one, Objective):
        if facts.joined(one, ("measured_by",), Kpi):
            return  # it has one without a target: nobody but the team knows that
        aimed = [kpi for kpi in kpis if kpi.target is not None]
        bare = list(facts.wanting(aimed, ("measured_by",), (Objective,)))
        for kpi in _likely(one.text, aimed, bare):
            yield Offer(
                f"Measure “{one.text}” by the KPI “{kpi.name}”",
                kpi.id,
                ((one.id, "measured_by", kpi.id),),
            )
    elif isinstance(one, Kpi):
        free = list(facts.wanting(objectives, ("measured_by",), (Kpi,)))
        for objective in _likely(one.name, objectives, free):
            yield Offer(
                f"Measure the objective “{objective.text}” by “{one.name}”",
                objective.id,
                ((objective.id, "measured_by", one.id),),
            )


def _likely(name: str, others: Sequence[_E], bare: Sequence[_E]) -> list[_E]:
    """Return what shares words with a name; else the only one that has no other."""
    near = by_words(name, others)
    alone = bare if len(bare) == 1 else others if len(others) == 1 else ()
    return list({one.id: one for one in (*near, *alone)}.values())


def _its_pain(facts: Facts, one: Entry) -> Iterator[Offer]:
    """Offer the pain points where an opportunity is, and those it speaks of."""
    if not isinstance(one, Opportunity):
        return
    place = facts.document.get(one.touchpoint)
    stage = place.stage if isinstance(place, Touchpoint) else one.stage
    telling = words_of(one.text)
    scored = []
    for pain in facts.pain_points:
        where = facts.document.get(pain.touchpoint)
        its_stage = where.stage if isinstance(where, Touchpoint) else pain.stage
        score = 2 * len(telling & words_of(pain.text))
        score += 4 * (one.touchpoint is not None and one.touchpoint == pain.touchpoint)
        score += stage is not None and stage == its_stage
        if score:
            scored.append(((score, pain.priority or 0), pain))
    for _, pain in sorted(scored, key=lambda pair: pair[0], reverse=True):
        yield Offer(
            f"Let “{one.text}” answer “{pain.text}”",
            pain.id,
            ((one.id, "answers", pain.id),),
        )


PLAN_PROPOSERS: Mapping[str, Proposer] = MappingProxyType(
    {"A3": _its_pain, "K1": _its_number}
)
"""By the id of their rule."""
