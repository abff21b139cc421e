"""The relations by which links join entries, and what each may join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

__all__ = ["RELATIONS", "Relation", "RelationRule"]

Relation = Literal[
    "travels",
    "supports",
    "measured_by",
    "pain_at",
    "felt_by",
    "answers",
    "affects",
    "depends_on",
    "causes",
    "addresses",
    "reaches",
    "member_of",
    "flows_to",
    "relates_to",
]


@dataclass(frozen=True, slots=True)
class RelationRule:
    """What a relation joins; an empty set of kinds allows every kind."""

    label: str
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


def _rule(label: str, sources: str = "", targets: str = "") -> RelationRule:
    return RelationRule(label, frozenset(sources.split()), frozenset(targets.split()))


RELATIONS: Mapping[Relation, RelationRule] = MappingProxyType(
    {
        "travels": _rule("travels", "persona segment", "journey"),
        "supports": _rule("is evidence for", "evidence"),
        "measured_by": _rule("is measured by", "objective action opportunity", "kpi"),
        "pain_at": _rule("also hurts at", "pain_point", "touchpoint stage"),
        "felt_by": _rule("is felt by", "pain_point", "persona segment"),
        "answers": _rule(
            "answers", "opportunity action", "pain_point lane_note opportunity"
        ),
        "affects": _rule("affects", "copis_element canvas_entry", "touchpoint"),
        "depends_on": _rule(
            "depends on",
            "copis_element action canvas_entry",
            "copis_element action canvas_entry",
        ),
        "causes": _rule("causes", "copis_element pain_point", "pain_point"),
        "addresses": _rule(
            "addresses", "canvas_entry", "pain_point persona segment lane_note"
        ),
        "reaches": _rule(
            "stands for",
            "canvas_entry copis_element",
            "channel persona segment touchpoint stage",
        ),
        "member_of": _rule("belongs to", "persona", "segment"),
        "flows_to": _rule("goes on to", "touchpoint", "touchpoint"),
        "relates_to": _rule("relates to"),
    }
)
