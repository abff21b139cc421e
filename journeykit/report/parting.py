"""What a workshop is parted by: a report each for its personas, stages and the like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from journeykit.errors import InputError, UnknownNameError
from journeykit.model import Journey, Persona, Segment, Stage
from journeykit.report.answer_groups import columns_of, parted_by
from journeykit.workshop import Workshop

__all__ = ["PARAMETER", "WAYS", "Share", "shares_of"]

WAYS = ("persona", "segment", "stage")
"""What a workshop can be parted by, beside the columns of its surveys."""

PARAMETER: Mapping[str, str] = MappingProxyType(
    {"persona": "persona", "segment": "persona", "stage": "stage"}
)
"""The parameter of a template that takes the part; ``persona`` for a column, too."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a workshop that has a report of its own.

    Parameters
    ----------
    name
        Of its files; empty for the whole.
    title
        What people call it; empty for the whole.
    parameters
        Given to the template.
    """

    name: str = ""
    title: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


def shares_of(
    workshop: Workshop, by: str, told: Callable[[str], object] = lambda _: None
) -> tuple[Share, ...]:
    """Return the parts of a workshop, after the whole where that has a report as well.

    Parameters
    ----------
    workshop
        The workshop.
    by
        One of :data:`WAYS`, or a column of its surveys; nothing for the whole alone.
    told
        Hears a sentence where values have no report, since too few gave them.

    Raises
    ------
    UnknownNameError
        If it is neither.
    InputError
        If there is no stage, or no value of the column has answers enough.
    """
    document = workshop.document()
    if not by:
        return (Share(),)
    if by == "persona":
        return (Share(), *(_people(one) for one in document.of(Persona)))
    if by == "segment":
        return (Share(), *(_people(one) for one in document.of(Segment)))
    if by == "stage":
        today = [one.id for one in document.of(Journey) if one.state == "current"]
        stages = [one for one in document.of(Stage) if one.journey in today[:1]]
        if not stages:
            raise InputError(
                "a stage was expected, none is named", workshop.store.where
            )
        return tuple(Share(one.id, one.name, {"stage": one.id}) for one in stages)
    return (Share(), *_answers(workshop, by, told))


def _people(one: Persona | Segment) -> Share:
    return Share(one.id, one.name, {"persona": one.id})


def _answers(
    workshop: Workshop, column: str, told: Callable[[str], object]
) -> list[Share]:
    columns = columns_of(workshop)
    if column not in columns:
        where = workshop.store.where
        ways = (*WAYS, *columns)
        raise UnknownNameError("way to part a workshop", column, ways, where)
    found = parted_by(workshop, column)
    if not found.values:
        raise InputError(
            f"no value of {column!r} has answers enough for a report",
            workshop.store.where,
        )
    if found.hidden:
        noun = "value" if found.hidden == 1 else "values"
        told(
            f"{workshop.case.title}: {found.hidden:,} {noun} of {column} without a "
            "report, for few answers would be told apart"
        )
    return [
        Share(f"{column}-{one}", f"{column} {one}", {"persona": f"{column}={one}"})
        for one in found.values
    ]
