"""What a step shows of the story that holds together: COPIS, canvas, check and plan."""

from __future__ import annotations

from datetime import date

from journeykit.show import copis_lists, guide_pain, guide_people, guide_plan
from journeykit.show.alignment_rows import State
from journeykit.show.check_panel import check_tree
from journeykit.show.guide import Guide
from journeykit.show.guide_canvas import (
    alignment_tree,
    assessment_tree,
    blocks_tree,
)
from journeykit.show.guide_canvas_change import (
    canvas_difference_tree,
    canvas_picture_tree,
    poster_tree,
)
from journeykit.show.guide_causes import causes_tree
from journeykit.show.guide_channels import (
    changes_tree,
    consistency_tree,
    preferred_channels_tree,
)
from journeykit.show.guide_decide import decide_tree
from journeykit.show.guide_excels import excels_tree
from journeykit.show.guide_experiments import experiments_tree
from journeykit.show.guide_opportunities import ideas_tree, unanswered_tree
from journeykit.show.guide_path import path_tree
from journeykit.show.guide_revenue import revenue_tree
from journeykit.show.guide_trace import trace_tree
from journeykit.show.pain_life import lives_of
from journeykit.show.proposals import proposals_tree
from journeykit.show.step_lists import StepLists

__all__ = ["StepAlignment"]

_ON_CANVAS = ("B1", "B2", "B3", "B4", "O2")
"""Rules about the canvas, and about the channels that customers prefer."""


class StepAlignment(StepLists):
    """What a step shows of how map, COPIS, canvas and plan agree."""

    # --- canvas ---

    def alignment(self, state: State = "before") -> Guide:
        """Return stage by block as a heat map, and what is behind each cell.

        Parameters
        ----------
        state
            Which canvas: ``"before"`` or ``"after"`` the change.
        """
        return self._list(lambda one: alignment_tree(one, state), "Journey and canvas")

    def assessment(self, state: State = "before") -> Guide:
        """Return each block of the canvas held against the journey.

        Parameters
        ----------
        state
            Which canvas: ``"before"`` or ``"after"`` the change.
        """
        return self._list(lambda one: assessment_tree(one, state), "Block by block")

    def blocks(self) -> Guide:
        """Return the blocks of the canvas, each with a button that hides it."""
        return self._list(blocks_tree, "Which blocks you use")

    def canvas_difference(self) -> Guide:
        """Return what becomes different between the canvas of today and of then."""
        return self._list(canvas_difference_tree, "What becomes different")

    def canvas_picture(self, state: State = "before") -> Guide:
        """Return the canvas as a picture with its list, to look at and to print.

        Parameters
        ----------
        state
            Which canvas: ``"before"`` or ``"after"`` the change.
        """
        return self._list(
            lambda one: canvas_picture_tree(one, state), "The canvas as a picture"
        )

    def canvas_poster(self) -> Guide:
        """Return buttons that write the canvas as a poster, beside the notebook."""
        return self._list(poster_tree, "To print")

    def canvas_check(self) -> Guide:
        """Return what the check finds about the canvas, and what would mend it."""
        workshop = self.workshop
        return self._list(
            lambda document: check_tree(
                document,
                [one for one in workshop.findings() if one.rule in _ON_CANVAS],
                agrees="The canvas holds together, and agrees with the map.",
            ),
            "The canvas, checked",
        )

    def revenue_ideas(self) -> Guide:
        """Return ideas for revenue, and what on the journey they are tied to."""
        return self._list(revenue_tree, "Ideas for revenue")

    # --- COPIS ---

    def definition(self) -> Guide:
        """Return the four meanings of COPIS, to switch between without any loss."""
        return self._list(copis_lists.definition_tree, "Meaning of COPIS")

    def served(self) -> Guide:
        """Return stages and touchpoints, and which part of COPIS each rests on."""
        return self._list(copis_lists.served_tree, "Stages and touchpoints")

    def flow(self) -> Guide:
        """Return COPIS as a flow picture, and what it says."""
        return self._list(copis_lists.flow_tree, "COPIS as a flow")

    def strategies(self) -> Guide:
        """Return the strategy of each part of COPIS that hurts, worst first."""
        return self._list(copis_lists.strategies_tree, "Strategies")

    def information(self) -> Guide:
        """Return what information is gathered where, and what it is used for."""
        return self._list(copis_lists.information_tree, "Information")

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

    def traceability(self) -> Guide:
        """Return the way from each objective to its effect, and where it breaks off."""
        return self._list(trace_tree, "From objective to effect")

    # --- check ---

    def check(self) -> Guide:
        """Return where the parts of the workshop disagree, and what would mend it."""
        workshop = self.workshop
        return self._list(
            lambda document: check_tree(document, workshop.findings()), "The check"
        )

    def roadmap(self) -> Guide:
        """Return the actions in time, by owner, and what cannot hold."""
        return self._list(
            lambda document: guide_plan.roadmap_tree(document, self._today()), "Roadmap"
        )

    def effort(self) -> Guide:
        """Return the work by what it answers, against the time that there is."""
        return self._list(
            lambda document: guide_plan.effort_tree(document, self._today()),
            "Where the time goes",
        )

    def implementation(self) -> Guide:
        """Return how far the actions are, by type, and the training of staff."""
        return self._list(
            lambda document: guide_plan.implementation_tree(document, self._today()),
            "How far we are",
        )

    def effects(self) -> Guide:
        """Return what each action was to move, and what came of it."""
        return self._list(guide_plan.effects_tree, "What it moved")

    def pain_life(self) -> Guide:
        """Return what became of each pain point, since when, and what to set right."""
        workshop = self.workshop
        return self._list(
            lambda document: guide_pain.pain_life_tree(
                document, lives_of(workshop, document), self._today()
            ),
            "Pain points over time",
        )

    def answers(self) -> Guide:
        """Return what departments say to the pain points that were sent to them."""
        return self._list(guide_people.answers_tree, "Answers of the departments")

    def sign_offs(self) -> Guide:
        """Return each department with its word on the map, and who owes one."""
        return self._list(guide_people.sign_offs_tree, "Sign-off")

    def contributions(self) -> Guide:
        """Return whom to thank, and for what."""
        workshop = self.workshop
        return self._list(
            lambda document: guide_people.contributions_tree(
                guide_people.contributions_of(workshop, document)
            ),
            "Thank you",
        )

    def unanswered(self) -> Guide:
        """Return what waits for an idea, to turn it into an opportunity."""
        return self._list(unanswered_tree, "What waits for an idea")

    def ideas(self) -> Guide:
        """Return all ideas by what was decided, those kept for later too."""
        return self._list(ideas_tree, "All ideas")

    def experiments(self) -> Guide:
        """Return the experiments as cards, with how many customers each needs."""
        return self._list(experiments_tree, "Experiments")

    def _today(self) -> date:
        """Return the day by the clock of the workshop."""
        return self.workshop.store.now().astimezone().date()

    def causes(self) -> Guide:
        """Return why it hurts: cause, prevent or fix, friction, bottlenecks."""
        return self._list(causes_tree, "Why it hurts")

    # --- channels ---

    def consistency(self) -> Guide:
        """Return the matrix of channels and criteria, its worst cells marked."""
        return self._list(consistency_tree, "Consistency at a glance")

    def changes(self) -> Guide:
        """Return the changes of channel by what becomes of the context."""
        return self._list(changes_tree, "Changes of channel")

    def excels(self) -> Guide:
        """Return where the organisation excels: marked, borne out, standing out."""
        return self._list(excels_tree, "Where we excel")

    def preferred_channels(self) -> Guide:
        """Return each persona's preferred channel against what each stage offers."""
        return self._list(preferred_channels_tree, "Preferred channels")

    # --- paths ---

    def path(self, name: str) -> Guide:
        """Return a path of five steps: what to do, where, and what is missing.

        Parameters
        ----------
        name
            ``"copis"`` or ``"clv"``.

        Raises
        ------
        UnknownNameError
            If there is no such path.
        """
        here = self.words.name
        return self._list(lambda document: path_tree(document, name, here), "The path")
