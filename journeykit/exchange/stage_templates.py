"""Stage templates: the stages that textbooks begin with, in the customer's words.

The method's own word for a stage stands in its description: a map is read from the
customer's side, and nobody says of themselves that they are in consideration.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from journeykit.errors import UnknownNameError
from journeykit.model import Stage, rank_between

__all__ = [
    "STAGE_TEMPLATES",
    "StageTemplate",
    "stage_template",
    "stage_template_names",
]


class _Draft(NamedTuple):
    """A stage before it belongs to a journey; *side* is before, at or after buying."""

    key: str
    name: str
    description: str
    side: str = "at"


@dataclass(frozen=True, slots=True)
class StageTemplate:
    """Stages to begin with.

    Parameters
    ----------
    title, summary
        What it is, and when it fits.
    stages
        The drafts, in order.
    """

    title: str
    summary: str
    stages: tuple[_Draft, ...]


_AWARE = _Draft(
    "awareness",
    "Becoming aware",
    "Awareness: something is missing; a first word of us.",
    "before",
)
_WEIGHING = _Draft(
    "consideration",
    "Weighing it up",
    "Consideration: looking around, comparing, asking.",
    "before",
)

STAGE_TEMPLATES: Mapping[str, StageTemplate] = MappingProxyType(
    {
        "awareness-consideration-purchase-post-purchase": StageTemplate(
            "Four stages",
            "Awareness, consideration, purchase, post-purchase: fits most things that "
            "are bought once.",
            (
                _AWARE,
                _WEIGHING,
                _Draft("purchase", "Buying", "Purchase: ordering, paying, signing."),
                _Draft(
                    "post-purchase",
                    "Using it and coming back",
                    "Post-purchase: unpacking, using, needing help, coming again.",
                    "after",
                ),
            ),
        ),
        "awareness-consideration-decision-post-purchase-loyalty": StageTemplate(
            "Five stages",
            "Awareness, consideration, decision, post-purchase, loyalty: fits what "
            "lives from people who stay.",
            (
                _AWARE,
                _WEIGHING,
                _Draft(
                    "decision",
                    "Deciding",
                    "Decision: the last doubts, the order, the payment.",
                ),
                _Draft(
                    "post-purchase",
                    "Using it",
                    "Post-purchase: the first days, daily use, needing help.",
                    "after",
                ),
                _Draft(
                    "loyalty",
                    "Staying and telling others",
                    "Loyalty: buying again, recommending, or leaving.",
                    "after",
                ),
            ),
        ),
        "own": StageTemplate(
            "Your own",
            "Three stages to rename: before, during and after. Add as many as the "
            "journey needs.",
            (
                _Draft("before", "Before", "What leads customers to us.", "before"),
                _Draft("during", "During", "What they come for."),
                _Draft("after", "After", "What stays with them.", "after"),
            ),
        ),
    }
)
"""Every stage template by its key."""


def stage_template_names() -> tuple[str, ...]:
    """Return the keys of the stage templates.

    Examples
    --------
    >>> stage_template_names()[-1]
    'own'
    """
    return tuple(STAGE_TEMPLATES)


def stage_template(
    name: str,
    journey_id: str,
    *,
    after: str | None = None,
    taken: Collection[str] = (),
) -> tuple[Stage, ...]:
    """Return the stages of a template, as entries of a journey.

    Parameters
    ----------
    name
        One of :func:`stage_template_names`; underscores count as dashes.
    journey_id
        The journey that they belong to.
    after
        Rank of the last stage that is there already; None if there is none.
    taken
        Ids, or a document with the ids, that are not free.

    Raises
    ------
    UnknownNameError
        If there is no such template; the nearest is offered.

    Examples
    --------
    >>> [stage.name for stage in stage_template("own", "journey-today")]
    ['Before', 'During', 'After']
    """
    found = STAGE_TEMPLATES.get(name.replace("_", "-"))
    if found is None:
        raise UnknownNameError("stage template", name, STAGE_TEMPLATES)
    stages = []
    rank = after
    for draft in found.stages:
        rank = rank_between(rank, None)
        stages.append(
            Stage(
                id=_free_id(f"stage-{draft.key}", taken),
                rank=rank,
                journey=journey_id,
                name=draft.name,
                description=draft.description,
                is_before_purchase=draft.side == "before",
                is_after_purchase=draft.side == "after",
            )
        )
    return tuple(stages)


def _free_id(wanted: str, taken: Collection[str]) -> str:
    number = 1
    free = wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free
