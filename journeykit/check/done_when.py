"""When a step is done, and how far the whole workbook is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from journeykit.check import (
    done_when_map,
    done_when_people,
    done_when_plan,
    done_when_value,
)
from journeykit.check.as_it_is import as_it_is
from journeykit.check.done_check import Check
from journeykit.check.steps import COUNTED_STEPS, step_named
from journeykit.model import Document

__all__ = [
    "CHECKS",
    "Check",
    "Progress",
    "State",
    "StepProgress",
    "checks_of",
    "progress_of",
]

CHECKS: Mapping[str, Callable[[Document], tuple[Check, ...]]] = MappingProxyType(
    {
        "welcome": done_when_people.welcome_done,
        "objectives": done_when_people.objectives_done,
        "stakeholders": done_when_people.stakeholders_done,
        "personas": done_when_people.personas_done,
        "touchpoints": done_when_map.touchpoints_done,
        "evidence": done_when_map.evidence_done,
        "journey_map": done_when_map.journey_map_done,
        "pain_points": done_when_map.pain_points_done,
        "channels": done_when_map.channels_done,
        "opportunities": done_when_plan.opportunities_done,
        "copis": done_when_plan.copis_done,
        "canvas": done_when_plan.canvas_done,
        "action_plan": done_when_plan.action_plan_done,
        "validation": done_when_plan.validation_done,
        "monitor": done_when_plan.monitor_done,
        "facilitator": done_when_plan.facilitator_done,
        "clv": done_when_value.clv_done,
    }
)
"""The checks of each step; the training case is scored, not checked."""

State = Literal["not begun", "begun", "done"]


@dataclass(frozen=True, slots=True)
class StepProgress:
    """How far one step is.

    Parameters
    ----------
    name
        Name of the step.
    n_done, n_checks
        How many of its checks hold.
    """

    name: str
    n_done: int
    n_checks: int

    @property
    def share(self) -> float:
        """Share of its checks that hold, 0 to 1; 0 if it has none."""
        return self.n_done / self.n_checks if self.n_checks else 0.0

    @property
    def state(self) -> State:
        """Return what it is called: not begun, begun or done."""
        if not self.n_done:
            return "not begun"
        return "done" if self.n_done == self.n_checks else "begun"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the workbook is: its counted steps in order."""

    steps: tuple[StepProgress, ...]

    @property
    def n_done(self) -> int:
        """Checks that hold, over all steps."""
        return sum(one.n_done for one in self.steps)

    @property
    def n_checks(self) -> int:
        """All checks, over all steps."""
        return sum(one.n_checks for one in self.steps)

    @property
    def share(self) -> float:
        """Share of all checks that hold, 0 to 1."""
        return self.n_done / self.n_checks if self.n_checks else 0.0


def checks_of(document: Document, name: str) -> tuple[Check, ...]:
    """Return the checks of a step, in order; none for a step that has none.

    Raises
    ------
    UnknownNameError
        If there is no such step.

    Examples
    --------
    >>> checks_of(Document(), "personas")[0].missing
    ('There are no personas yet',)
    """
    known = CHECKS.get(step_named(name).name)
    return known(as_it_is(document)) if known else ()


def progress_of(document: Document) -> Progress:
    """Return how far each counted step is.

    Examples
    --------
    >>> progress_of(Document()).share
    0.0
    """
    steps, today = [], as_it_is(document)
    for step in COUNTED_STEPS:
        checks = CHECKS[step.name](today)
        n_done = sum(one.is_done for one in checks)
        steps.append(StepProgress(step.name, n_done, len(checks)))
    return Progress(tuple(steps))
