"""The five steps of COPIS and the five of customer lifetime value, as paths to walk.

Each step says what to do, where, and what is missing by name. They ask what the method
asks in its order; when a notebook is done is said at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from journeykit.check.as_it_is import as_it_is
from journeykit.check.done_check import (
    Check,
    every,
    found,
    joined_from,
    joined_to,
    named,
)
from journeykit.check.done_when_value import clv_done
from journeykit.check.team_order import open_pain_points
from journeykit.errors import UnknownNameError
from journeykit.model.document import Document
from journeykit.model.journey import Link, Stage, Touchpoint
from journeykit.model.people import Persona, Segment
from journeykit.model.plan import CopisElement
from journeykit.vocabulary import COPIS

__all__ = ["PATHS", "GuidedPath", "PathStep", "guided_path"]


_JOINABLE = (CopisElement, Touchpoint, Persona, Segment)


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a path.

    Parameters
    ----------
    number
        Its place, from 1.
    title, do
        What it is called, and what to do.
    step
        Name of the workbook's step where it is done.
    where
        Which part of that notebook.
    checks
        What has to hold before it is done.
    """

    number: int
    title: str
    do: str
    step: str
    where: str
    checks: tuple[Check, ...]

    @property
    def is_done(self) -> bool:
        """Whether all of it holds."""
        return all(one.is_done for one in self.checks)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing, each a sentence; nothing is said twice."""
        return tuple(dict.fromkeys(text for one in self.checks for text in one.missing))


@dataclass(frozen=True, slots=True)
class GuidedPath:
    """A path of five steps."""

    title: str
    steps: tuple[PathStep, ...]

    @property
    def n_done(self) -> int:
        """How many of its steps are done."""
        return sum(one.is_done for one in self.steps)

    @property
    def next_step(self) -> PathStep | None:
        """The first step that is not done; None if all are."""
        return next((one for one in self.steps if not one.is_done), None)


def guided_path(document: Document, name: str) -> GuidedPath:
    """Return a path, and how far the workshop is on it.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.
    name
        ``copis`` or ``clv``.

    Raises
    ------
    UnknownNameError
        If there is no such path.

    Examples
    --------
    >>> path = guided_path(Document(), "copis")
    >>> path.n_done, path.next_step.title
    (0, 'Stages and touchpoints')
    """
    if name not in PATHS:
        raise UnknownNameError("path", name, PATHS)
    return PATHS[name](as_it_is(document))


# --- COPIS ----------------------------------------------------------------------------


def _copis(document: Document) -> GuidedPath:
    meaning = COPIS[document.case.copis if document.case else "classic"]
    elements = tuple(
        one
        for one in document.of(CopisElement)
        if not one.is_proposed and one.role in meaning.columns
    )
    none = "There are no COPIS elements yet"
    filled = {one.role for one in elements}
    bare = [label for role, label in meaning.columns.items() if role not in filled]
    joined = _joined(document)
    causes = joined_to(document, "causes")
    of_pain = joined_from(document, "causes")
    open_ones = {one.id for one in open_pain_points(document)}
    hurting = [
        one
        for one in elements
        if any(other.id in open_ones for other in of_pain.get(one.id, ()))
    ]
    return GuidedPath(
        "The five COPIS steps",
        (
            PathStep(
                1,
                "Stages and touchpoints",
                "Name the stages of the journey, and the touchpoints in each.",
                "touchpoints",
                "the map with its touchpoints",
                _stages(document),
            ),
            PathStep(
                2,
                "Components",
                f"Fill every column: {', '.join(meaning.columns.values())}.",
                "copis",
                "the board, and what the map suggests",
                (found("Every column is filled", not bare, f"Empty: {named(bare)}"),),
            ),
            PathStep(
                3,
                "Interactions",
                "Draw what depends on what, and which touchpoints each part affects.",
                "copis",
                "the board, by lines",
                (
                    every(
                        "Every component is joined to what it works on or for",
                        elements,
                        lambda one: one.id in joined,
                        (
                            "component is joined to nothing",
                            "components are joined to nothing",
                        ),
                        none=none,
                    ),
                ),
            ),
            PathStep(
                4,
                "Pain points",
                "Trace each pain point to the component that causes it.",
                "copis",
                "the board with the pain points",
                (
                    every(
                        "Every open pain point is traced to a component",
                        open_pain_points(document),
                        lambda one: any(
                            isinstance(other, CopisElement)
                            for other in causes.get(one.id, ())
                        ),
                        ("pain point is not traced", "pain points are not traced"),
                        none="There are no open pain points",
                    ),
                ),
            ),
            PathStep(
                5,
                "Strategies",
                "Write for each component that hurts what you do about it, and whether "
                "that prevents or fixes.",
                "copis",
                "the elements in full",
                (
                    every(
                        "Every component that hurts has a strategy",
                        hurting,
                        lambda one: one.strategy and one.response,
                        (
                            "component has no strategy that prevents or fixes",
                            "components have no strategy that prevents or fixes",
                        ),
                        none="No component is known to cause pain yet",
                    ),
                ),
            ),
        ),
    )


def _joined(document: Document) -> set[str]:
    """Return the components that a taken line joins to what they work on or for.

    A customer in COPIS is joined by the persona or segment that it stands for.
    """
    ends: set[str] = set()
    for link in document.of(Link):
        if link.is_proposed:
            continue
        pair = document[link.source], document[link.target]
        if all(isinstance(one, _JOINABLE) for one in pair):
            ends |= {link.source, link.target}
    return ends


# --- customer lifetime value ----------------------------------------------------------


def _clv(document: Document) -> GuidedPath:
    measured, marked, rated, personal, target = clv_done(document)
    return GuidedPath(
        "The five steps of lifetime value",
        (
            PathStep(
                1,
                "Map",
                "Map the journey: value is made or lost on it.",
                "journey_map",
                "the map",
                _stages(document),
            ),
            PathStep(
                2,
                "High-value customers",
                "Bring purchases, see who brings most, and mark whom you can least "
                "afford to lose.",
                "clv",
                "part 2",
                (measured, marked),
            ),
            PathStep(
                3,
                "Processes",
                "Rate how much each touchpoint bears on value, and mend the process "
                "behind those that are hard.",
                "clv",
                "part 3",
                (rated,),
            ),
            PathStep(
                4,
                "Personal touch",
                "Write one idea for each touchpoint that bears most on value.",
                "clv",
                "part 4",
                (personal,),
            ),
            PathStep(
                5,
                "Measure",
                "Set a target for retention or value, and look at it again.",
                "clv",
                "part 5",
                (target,),
            ),
        ),
    )


def _stages(document: Document) -> tuple[Check, ...]:
    lined = {one.stage for one in document.of(Touchpoint)}
    return (
        every(
            "Every stage has a touchpoint",
            document.of(Stage),
            lambda one: one.id in lined,
            ("stage has no touchpoint", "stages have no touchpoint"),
            none="There are no stages yet",
        ),
    )


PATHS: Mapping[str, Callable[[Document], GuidedPath]] = MappingProxyType(
    {"copis": _copis, "clv": _clv}
)
"""Every path by its name."""
