"""What a step shows of the story that holds together: COPIS, canvas, check and plan."""

from __future__ import annotations

from journeykit.show import guide_map
from journeykit.show.guide import Guide
from journeykit.show.guide_decide import decide_tree
from journeykit.show.proposals import proposals_tree
from journeykit.show.step_lists import StepLists

__all__ = ["StepAlignment"]


class StepAlignment(StepLists):
    """What a step shows of how map, COPIS, canvas and plan agree."""

    # --- proposals ---

    def proposals(self, of: str = "copis") -> Guide:
        """Return what the map suggests for COPIS or the canvas, to take or leave.

        Parameters
        ----------
        of
            ``"copis"`` or ``"canvas"``.

        Raises
        ------
        UnknownNameError
            If that cannot be filled from the map.
        """
        return self._list(lambda document: proposals_tree(document, of), "Proposals")

    def decide(self) -> Guide:
        """Return what the team takes up first, to choose in its own order, and why."""
        return self._list(decide_tree, "What we take up first")

    def roadmap(self) -> Guide:
        """Return the actions in the order of their start."""
        return self._list(guide_map.roadmap_tree, "Roadmap")
