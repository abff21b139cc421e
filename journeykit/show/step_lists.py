"""The lists of a step that stand beside its boards."""

from __future__ import annotations

from collections.abc import Callable

from journeykit.check.steps import WorkbookStep, step_named
from journeykit.check.training import score_training
from journeykit.exchange.training import training_answers
from journeykit.layout.silent_scores import scale_named
from journeykit.model import Document
from journeykit.show import guide_day, guide_lists, guide_map
from journeykit.show.guide import Guide
from journeykit.show.guide_acts import act
from journeykit.show.guide_difference import difference_tree
from journeykit.show.guide_ratings import ratings_tree
from journeykit.show.guide_scores import silent_scores_tree, spread_tree
from journeykit.show.guide_suggestions import (
    files_here,
    suggestions_tree,
    who_added,
)
from journeykit.show.guide_tree import Node
from journeykit.show.timer import Timer, clock_of
from journeykit.workshop import Workshop

__all__ = ["StepLists"]


class StepLists:
    """What a step shows beside its boards.

    Parameters
    ----------
    name
        Name of the step, such as ``"personas"``.
    workshop
        The workshop that it works on.
    """

    def __init__(self, name: str, workshop: Workshop) -> None:
        self.words: WorkbookStep = step_named(name)
        self.workshop = workshop

    def __repr__(self) -> str:
        return f"<Step {self.words.number}: {self.words.title}>"

    def examples(self) -> Guide:
        """Return what came as an example, with a button that takes it out."""
        return self._list(guide_lists.examples_tree, "Examples")

    def stage_templates(self) -> Guide:
        """Return the stage templates, to begin with one of them."""
        return self._list(guide_lists.stages_tree, "Stage templates")

    def subtle(self) -> Guide:
        """Return the touchpoints that maps forget, channel by channel."""
        return self._list(guide_lists.subtle_tree, "Subtle touchpoints")

    def moments_of_truth(self) -> Guide:
        """Return the moments of truth alone, in the order of the journey."""
        return self._list(guide_map.moments_tree, "Moments of truth")

    def ratings(self) -> Guide:
        """Return what touchpoints were rated on, side by side."""
        return self._list(ratings_tree, "Ratings at a glance")

    def silent_scores(self, scale: str = "emotion") -> Guide:
        """Return one row of buttons a subject: each person sees only their own scores.

        Parameters
        ----------
        scale
            A key of :data:`journeykit.layout.silent_scores.SCORE_SCALES`.

        Raises
        ------
        UnknownNameError
            If there is no such scale.
        """
        who, on = self.workshop.author, scale_named(scale)
        return self._list(
            lambda document: silent_scores_tree(document, on.name, who),
            f"Score alone: {on.title}",
        )

    def spread(self, scale: str = "emotion") -> Guide:
        """Return how far people are apart, folded until the group wants to see it.

        Parameters, errors as for :meth:`silent_scores`.
        """
        on = scale_named(scale)
        return self._list(
            lambda document: spread_tree(document, on.name),
            f"How far we are apart: {on.title}",
        )

    def difference(self) -> Guide:
        """Return what becomes different between the map of today and the target."""
        return self._list(difference_tree, "What becomes different")

    def marks(self) -> Guide:
        """Return the marked moments, with a button that marks this one."""
        workshop = self.workshop
        return self._list(
            lambda _: guide_map.marks_tree(workshop.marks(), workshop.case.language),
            "Marked moments",
        )

    def obstacles(self) -> Guide:
        """Return the common obstacles, each with a question to put to the team."""
        return self._list(guide_lists.obstacles_tree, "Common obstacles")

    def suggestions(self) -> Guide:
        """Return how suggestions from outside come in, and those that are there."""
        workshop = self.workshop
        return self._list(
            lambda document: suggestions_tree(
                document, who_added(workshop), files_here()
            ),
            "Suggestions from outside",
        )

    def agendas(self) -> Guide:
        """Return the agendas that ship, to take one over."""
        return self._list(guide_day.agendas_tree, "Agendas")

    def room(self) -> Guide:
        """Return what lies on the table: rules, roles, exercises, what to do when."""
        return self._list(guide_day.room_tree, "For the room")

    def run_sheet(self, start: str = "09:00") -> Guide:
        """Return the run sheet of the agenda.

        Parameters
        ----------
        start
            When the day begins.

        Raises
        ------
        InputError
            If that is no time of day.
        """
        clock = clock_of(start)
        return self._list(
            lambda document: guide_day.run_sheet_tree(document, clock), "Run sheet"
        )

    def timer(self, start: str = "09:00") -> Timer:
        """Return the timer of the day.

        Parameters
        ----------
        start
            When the day was to begin.

        Raises
        ------
        InputError
            If that is no time of day.
        """
        return Timer(self.workshop, clock_of(start))

    def story(self) -> Guide:
        """Return the story of the training case, to read before it is mapped."""
        return self._list(guide_lists.story_tree, "The story")

    def score(self) -> Guide:
        """Return how the map of the training case compares with the worked one."""
        answers = training_answers()
        return self._list(
            lambda document: guide_lists.training_tree(
                score_training(document, answers)
            ),
            "Your score",
        )

    def _list(self, words: Callable[[Document], Node], name: str) -> Guide:
        workshop = self.workshop
        return Guide(workshop, words, name, lambda asked: act(workshop, asked))
