"""A step of the workbook in a notebook: its guide, its boards and forms, its checks.

What stands around a board is a small widget of its own, so that it follows the workshop
while people work and still shows, as plain HTML, where no script runs. ipywidgets of
labels and boxes were turned down: a page of them takes seconds, and none survives a
conversion.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from journeykit.check.done_when import checks_of
from journeykit.check.steps import WorkbookStep, step_named
from journeykit.check.training import score_training
from journeykit.errors import InputError, JourneyKitError
from journeykit.exchange.training import training_answers
from journeykit.layout.silent_scores import scale_named
from journeykit.model import Document
from journeykit.show import guide_day, guide_lists, guide_map
from journeykit.show.guide_acts import act
from journeykit.show.guide_difference import difference_tree
from journeykit.show.guide_ratings import ratings_tree
from journeykit.show.guide_scores import silent_scores_tree, spread_tree
from journeykit.show.guide_suggestions import (
    files_here,
    suggestions_tree,
    who_added,
)
from journeykit.show.guide_target import target_journey
from journeykit.show.guide_tree import Node, as_html, done_tree, guide_tree
from journeykit.show.live import live_of
from journeykit.show.timer import Timer, clock_of
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.board import Board

__all__ = ["Guide", "Step", "step"]

_SOON_SECONDS = 0.15


@cache
def _sheet(*names: str) -> str:
    static = files("journeykit.show") / "static"
    return "\n".join((static / name).read_text(encoding="utf-8") for name in names)


class Guide(anywidget.AnyWidget):
    """Words that follow a workshop.

    Parameters
    ----------
    workshop
        The workshop.
    words
        From the document to the tree of what is shown.
    name
        What it is called where nothing can be drawn.
    act
        Does what a button asks for, and says what was done; None if there is no button.
    is_first
        Whether it opens a notebook, which stays at it while it runs.
    """

    _esm = _sheet("guide.js")
    _css = _sheet("tokens.css", "guide.css")
    tree: Any = traitlets.List().tag(sync=True)  # a Node
    said = traitlets.Unicode().tag(sync=True)
    is_first = traitlets.Bool().tag(sync=True)

    def __init__(
        self,
        workshop: Workshop,
        words: Callable[[Document], Node],
        name: str,
        act: Callable[[str], str] | None = None,
        *,
        is_first: bool = False,
    ) -> None:
        self._words, self._name, self._act = words, name, act
        self._live = live_of(workshop)
        self._newest, self._is_waiting = workshop.document(), False
        super().__init__(tree=words(self._newest), is_first=is_first)
        self._live.watch(self._follow)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"<{self._name}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:  # Any: as ipywidgets has it
        """Show the words, and as plain HTML where no script runs."""
        bundle, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        html = str(as_html(self.tree))
        return {**bundle, "text/html": html, "text/plain": repr(self)}, metadata

    def _follow(self, document: Document) -> None:
        """Show what is new, a moment later: many drops in a row are drawn once."""
        self._newest = document
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self._show()
            return
        if not self._is_waiting:
            self._is_waiting = True
            loop.call_later(_SOON_SECONDS, self._show)

    def _show(self) -> None:
        self._is_waiting = False
        tree = self._words(self._newest)
        if tree != self.tree:
            self.tree = tree

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        """Do what a button asks for; whatever comes of it is said."""
        asked = message.get("act") if isinstance(message, dict) else None
        if self._act is None or not isinstance(asked, str):
            return
        try:
            said = self._act(asked)
        except JourneyKitError as error:
            said = str(error)
        self.said = ""  # so that the same words are said again
        self.said = said
        self._live.refresh()
        self._show()  # a mark is no change of the document


class Step:
    """One step of the workbook on a workshop.

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

    def guide(self) -> Guide:
        """Return what stands above the board: what it is for, what to do, how far."""
        name = self.words.name
        return Guide(
            self.workshop,
            lambda document: guide_tree(document, name),
            f"Guide: {self.words.title}",
            is_first=True,
        )

    def done(self) -> Guide:
        """Return what stands below: what is missing by name, and where to go on."""
        name = self.words.name
        checks = checks_of(self.workshop.document(), name)
        said = f"{sum(one.is_done for one in checks)} of {len(checks)} done"
        return Guide(
            self.workshop,
            lambda document: done_tree(document, name),
            f"Done when: {said}" if checks else "Where to go on",
        )

    def board(
        self,
        layout: str | None = None,
        **options: Any,  # Any: what the layout takes
    ) -> Board:
        """Return a board of this step.

        Parameters
        ----------
        layout
            Its layout; the first of the step if None.
        **options
            What the layout takes, such as ``persona="p-1"``.

        Raises
        ------
        InputError
            If the step has no board of its own and none is named.
        UnknownNameError
            If there is no such layout or option.
        """
        from journeykit.show.board import board

        chosen = layout or next(iter(self.words.layouts), None)
        if chosen is None:
            raise InputError(
                f"the step {self.words.name!r} has no board of its own",
                mend="Name one, such as board('journey_map')",
            )
        return board(self.workshop, chosen, **options)

    def form(self, kind: str | None = None, *only: str) -> Board:
        """Return a form of this step.

        Parameters
        ----------
        kind
            Kind of the entries to fill in; the first of the step if None.
        *only
            The fields to ask for, beside those that are needed; all if none is named.

        Raises
        ------
        UnknownNameError
            If there is no such kind or field.
        """
        from journeykit.show.board import form

        return form(self.workshop, kind or self.words.kinds[0], *only)

    # --- lists beside the boards ------------------------------------------------------

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

    def target(self) -> Board | Guide:
        """Return the map as it should be; until it is begun, how to begin it."""
        journey = target_journey(self.workshop.document())
        if journey is None:
            return self._list(guide_map.target_tree, "The target map")
        return self.board("journey_map", journey=journey.id)

    def difference(self) -> Guide:
        """Return what becomes different between the map of today and the target."""
        return self._list(difference_tree, "What becomes different")

    def roadmap(self) -> Guide:
        """Return the actions in the order of their start."""
        return self._list(guide_map.roadmap_tree, "Roadmap")

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


def step(name: str, workshop: Workshop) -> Step:
    """Return a step of the workbook, to show its guide, its boards and its checks.

    Parameters
    ----------
    name
        Name of the step, such as ``"personas"``.
    workshop
        The workshop that it works on.

    Raises
    ------
    UnknownNameError
        If there is no such step; the nearest is offered.

    Examples
    --------
    >>> import journeykit
    >>> with journeykit.new(None) as workshop:
    ...     journeykit.step("personas", workshop)
    <Step 3: Personas and segments>
    """
    return Step(name, workshop)
