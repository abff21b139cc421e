"""What the buttons beside COPIS, canvas, check and plan do: one step each, undoable.

Each act gets the workshop, what was asked after its verb, and what writes a group of
edits and says what was done; it returns what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from journeykit.model import Edit
from journeykit.show.check_panel import CHECK_ACTS
from journeykit.show.copis_lists import COPIS_ACTS
from journeykit.show.guide_canvas_change import CANVAS_ACTS
from journeykit.show.guide_causes import CAUSE_ACTS
from journeykit.show.guide_channels import CHANNEL_ACTS
from journeykit.show.guide_decide import decide
from journeykit.show.guide_excels import mark_excelling
from journeykit.show.guide_experiments import EXPERIMENT_ACTS
from journeykit.show.guide_opportunities import OPPORTUNITY_ACTS
from journeykit.show.guide_pain import PAIN_ACTS
from journeykit.show.guide_people import PEOPLE_ACTS
from journeykit.show.guide_revenue import add_revenue_idea
from journeykit.show.proposals import PROPOSAL_ACTS
from journeykit.workshop import Workshop

__all__ = ["ALIGNMENT_ACTS", "Done"]

Done = Callable[[Sequence[Edit], str], str]
"""Writes edits as one group that every board can undo, and says the words."""

ALIGNMENT_ACTS: Mapping[str, Callable[[Workshop, str, Done], str]] = MappingProxyType(
    {
        **COPIS_ACTS,
        **PROPOSAL_ACTS,
        **CHECK_ACTS,
        **CANVAS_ACTS,
        **CAUSE_ACTS,
        **CHANNEL_ACTS,
        **EXPERIMENT_ACTS,
        **OPPORTUNITY_ACTS,
        **PAIN_ACTS,
        **PEOPLE_ACTS,
        "decide": decide,
        "revenue_idea": add_revenue_idea,
        "excel": mark_excelling,
    }
)
"""By the verb that a button sends."""
