"""What a step shows of the story that holds together: COPIS, canvas, check and plan."""

from __future__ import annotations

from journeykit.show import guide_map
from journeykit.show.guide import Guide
from journeykit.show.step_lists import StepLists

__all__ = ["StepAlignment"]


class StepAlignment(StepLists):
    """What a step shows of how map, COPIS, canvas and plan agree."""

    def roadmap(self) -> Guide:
        """Return the actions in the order of their start."""
        return self._list(guide_map.roadmap_tree, "Roadmap")
