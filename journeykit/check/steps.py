"""The steps of the workbook in order, and how one is found.

The words stand in two modules by their place before and after the map; nothing here
knows a notebook but its name.
"""

from __future__ import annotations

from journeykit.check.steps_after_the_map import STEPS_AFTER_THE_MAP
from journeykit.check.steps_to_the_map import STEPS_TO_THE_MAP
from journeykit.check.workbook_step import WorkbookStep
from journeykit.errors import UnknownNameError
from journeykit.model import AgendaBlock, Document

__all__ = [
    "COUNTED_STEPS",
    "STEPS",
    "WorkbookStep",
    "minutes_of",
    "neighbours",
    "step_named",
]

STEPS: tuple[WorkbookStep, ...] = STEPS_TO_THE_MAP + STEPS_AFTER_THE_MAP
"""Every step, in order."""

COUNTED_STEPS: tuple[WorkbookStep, ...] = tuple(one for one in STEPS if one.is_counted)
"""The steps of the method, whose checks make up the progress."""


def step_named(name: str) -> WorkbookStep:
    """Return the step with this name.

    Parameters
    ----------
    name
        Its name, such as ``"personas"``, or that of its notebook.

    Raises
    ------
    UnknownNameError
        If there is no such step; the nearest is offered.

    Examples
    --------
    >>> step_named("personas").notebook
    '03_personas_and_segments.ipynb'
    >>> step_named("03_personas_and_segments").name
    'personas'
    """
    for step in STEPS:
        if name in (step.name, step.notebook, step.notebook.removesuffix(".ipynb")):
            return step
    raise UnknownNameError("step", name, [step.name for step in STEPS])


def neighbours(step: WorkbookStep) -> tuple[WorkbookStep | None, WorkbookStep | None]:
    """Return the step before and the step after; None at an end.

    An extra stands after the step that it follows, else between the welcome and the
    first step of the method.

    Examples
    --------
    >>> [one.name for one in neighbours(step_named("personas")) if one]
    ['stakeholders', 'touchpoints']
    >>> [one.name for one in neighbours(step_named("training")) if one]
    ['welcome', 'objectives']
    >>> [one.name for one in neighbours(step_named("clv")) if one]
    ['channels', 'opportunities']
    """
    if step.follows:
        follows = step_named(step.follows)
        return follows, neighbours(follows)[1]
    if not step.is_counted:
        before = STEPS[0] if step.number else None
        return before, COUNTED_STEPS[0]
    place = COUNTED_STEPS.index(step)
    before = COUNTED_STEPS[place - 1] if place else STEPS[0]
    is_last = place + 1 == len(COUNTED_STEPS)
    return before, None if is_last else COUNTED_STEPS[place + 1]


def minutes_of(document: Document, step: WorkbookStep) -> float:
    """Return how long a step takes: what the agenda gives it, or its own default."""
    planned = [
        block.minutes for block in document.of(AgendaBlock) if block.step == step.name
    ]
    return sum(planned) or step.minutes
