"""The registry of kinds: adding one is its class and one line here."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Discriminator, TypeAdapter, ValidationError

from journeykit.errors import InputError, UnknownNameError
from journeykit.model import findings, journey, people, plan
from journeykit.model.base import Entry

__all__ = [
    "KINDS",
    "adapter",
    "body",
    "entry_from",
    "kind_class",
    "read_entries",
    "said",
]

_CLASSES: tuple[type[Entry], ...] = (
    people.Case,
    people.Objective,
    people.Kpi,
    people.KpiObservation,
    people.Stakeholder,
    people.DepartmentSignOff,
    people.Segment,
    people.Persona,
    journey.Journey,
    journey.Stage,
    journey.Channel,
    journey.Touchpoint,
    journey.ChannelChange,
    journey.LaneNote,
    journey.IndividualScore,
    journey.Link,
    journey.Attachment,
    findings.DataSet,
    findings.Evidence,
    findings.Measurement,
    findings.PainPoint,
    findings.PainPointStatus,
    findings.DepartmentAnswer,
    findings.Opportunity,
    findings.Experiment,
    plan.CopisElement,
    plan.CanvasEntry,
    plan.Action,
    plan.Vote,
    plan.AgendaBlock,
    plan.ParkingLotItem,
    plan.RuleOff,
    plan.Decision,
    plan.Comment,
)

KINDS = MappingProxyType(
    {str(cls.model_fields["kind"].default): cls for cls in _CLASSES}
)
"""Every kind of entry and its class."""

_MAX_SHOWN_FAULTS = 5


def kind_class(kind: str) -> type[Entry]:
    """Return the class of *kind*, or say which kinds there are.

    Raises
    ------
    UnknownNameError
        If there is no such kind; the nearest is offered.
    """
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownNameError("kind of entry", kind, KINDS) from None


def said(error: ValidationError, label: str, kind: str = "") -> InputError:
    """Return what pydantic found, in the words of the person who typed it.

    Parameters
    ----------
    error
        What it found.
    label
        What was read, for the message.
    kind
        Kind of the entry; empty if *error* says it, or if it is no entry.
    """
    from journeykit.model.refusals import refusal  # words are read once they are needed

    faults = [refusal(one, kind) for one in error.errors()[:_MAX_SHOWN_FAULTS]]
    more = error.error_count() - len(faults)
    rest = f"; and {more} more" if more > 0 else ""
    sentences = "; ".join(sentence for _, sentence in faults)
    return InputError(sentences + rest, where=label, field=faults[0][0])


def entry_from(values: dict[str, Any]) -> Entry:
    """Return the entry that *values* describe (``kind`` and ``id`` among them).

    Raises
    ------
    UnknownNameError
        If the kind or a field is not known.
    InputError
        If a value is not what its field expects.
    """
    cls = kind_class(str(values.get("kind", "")))
    unknown = next((str(name) for name in values if name not in cls.model_fields), None)
    if unknown is not None:
        raise UnknownNameError(
            f"field of {cls.label.lower()}", unknown, cls.model_fields
        )
    try:
        return cls.model_validate(values)
    except ValidationError as error:
        label = f"{cls.label} {values.get('id', '')}".strip()
        raise said(error, label, str(values["kind"])) from error


def body(entry: Entry) -> dict[str, Any]:
    """Return *entry* as plain JSON; fields at their default are left out.

    Defaults never change within a schema version, so nothing is lost by that.
    """
    plain = entry.model_dump(mode="json", exclude_defaults=True)
    return {"kind": entry.kind, "id": entry.id} | plain


@cache
def adapter() -> TypeAdapter[list[Entry]]:
    """Return what reads, and describes, a list of entries of every kind."""
    union: Any = _CLASSES[0]
    for cls in _CLASSES[1:]:
        union |= cls
    return TypeAdapter(list[Annotated[union, Discriminator("kind")]])


def read_entries(entries: list[Any] | bytes | str) -> list[Entry]:
    """Return many entries at once, from plain values or from a JSON list.

    Raises
    ------
    InputError
        If one of them is not what its kind expects.
    """
    try:
        if isinstance(entries, list):
            return adapter().validate_python(entries)
        return adapter().validate_json(entries)
    except ValidationError as error:
        raise said(error, "entries") from error
