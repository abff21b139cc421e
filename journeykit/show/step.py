"""A step of the workbook in a notebook: its guide, its boards and forms, its checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from journeykit.check.done_when import checks_of
from journeykit.errors import InputError
from journeykit.model import Document
from journeykit.show import guide_map
from journeykit.show.check_here import found_here
from journeykit.show.guide import Guide
from journeykit.show.guide_target import target_journey
from journeykit.show.guide_tree import Node, done_tree, guide_tree
from journeykit.show.step_alignment import StepAlignment
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.board import Board

__all__ = ["Step", "step"]


class Step(StepAlignment):
    """One step of the workbook on a workshop.

    Parameters
    ----------
    name
        Name of the step, such as ``"personas"``.
    workshop
        The workshop that it works on.
    """

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
        workshop, step = self.workshop, self.words

        def words(document: Document) -> Node:
            return done_tree(document, name, found_here(document, workshop, step))

        return Guide(
            workshop,
            words,
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

    def target(self) -> Board | Guide:
        """Return the map as it should be; until it is begun, how to begin it."""
        journey = target_journey(self.workshop.document())
        if journey is None:
            return self._list(guide_map.target_tree, "The target map")
        return self.board("journey_map", journey=journey.id)


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
