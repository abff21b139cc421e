"""What a form offers to tie an entry to: evidence to a pain point, an action to a KPI.

Boards draw such links where both ends stand on them. A form shows one entry, so it asks
in words and offers what there is. Every relation of the model on every form was turned
down: most of them are never looked for there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from journeykit.model.relations import Relation

__all__ = ["JOINS", "Join"]


@dataclass(frozen=True, slots=True)
class Join:
    """One way to tie an entry to another.

    Parameters
    ----------
    title
        How a person is asked.
    relation
        What the link says.
    kinds
        Kinds of the other entry.
    is_source
        Whether the entry of the form is the source of the link.
    """

    title: str
    relation: Relation
    kinds: tuple[str, ...]
    is_source: bool = True


_EVIDENCE = Join("What shows it?", "supports", ("evidence",), is_source=False)

JOINS: Mapping[str, tuple[Join, ...]] = MappingProxyType(
    {
        "objective": (
            Join("By which number will you see it?", "measured_by", ("kpi",)),
        ),
        "kpi": (
            Join(
                "What do you see by it?",
                "measured_by",
                ("objective", "action", "opportunity"),
                is_source=False,
            ),
        ),
        "persona": (_EVIDENCE,),
        "touchpoint": (_EVIDENCE,),
        "evidence": (
            Join(
                "What does it show?",
                "supports",
                (
                    *("pain_point", "touchpoint", "lane_note", "opportunity"),
                    *("persona", "segment", "stage"),
                ),
            ),
        ),
        "pain_point": (
            Join("Who else feels it?", "felt_by", ("persona", "segment")),
            Join("Where else does it hurt?", "pain_at", ("touchpoint", "stage")),
            Join("Which other pain does it cause?", "causes", ("pain_point",)),
            _EVIDENCE,
        ),
        "opportunity": (
            Join("What does it answer?", "answers", ("pain_point", "lane_note")),
            _EVIDENCE,
        ),
        "action": (
            Join("What does it answer?", "answers", ("pain_point", "opportunity")),
            Join("What has to come first?", "depends_on", ("action",)),
        ),
        "copis_element": (
            Join("Which touchpoints does it serve?", "affects", ("touchpoint",)),
            Join("What does it need?", "depends_on", ("copis_element",)),
            Join("Which pain points does it cause?", "causes", ("pain_point",)),
        ),
        "canvas_entry": (
            Join(
                "What does it answer?",
                "addresses",
                ("pain_point", "persona", "segment", "lane_note"),
            ),
            Join(
                "Whom or what does it stand for?",
                "reaches",
                ("persona", "segment", "channel", "stage"),
            ),
            Join("Which touchpoints does it bear on?", "affects", ("touchpoint",)),
            Join("What does it need?", "depends_on", ("canvas_entry",)),
        ),
    }
)
"""By kind of the entry that a form shows."""
