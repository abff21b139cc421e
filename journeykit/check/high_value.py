"""Which personas and segments are worth more than customers are as a whole.

It is read from the measured lifetime values that a workshop keeps, so that a mark
always has its number. Nobody is marked by this: a person takes the proposal, or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from journeykit.model import Document, Measurement, Persona, Segment

__all__ = ["GroupValue", "group_values", "standing_out"]

_CLV = "clv_to_date"


@dataclass(frozen=True, slots=True)
class GroupValue:
    """What a customer of one persona or segment is worth, beside that of all.

    Parameters
    ----------
    group
        The persona or segment.
    own, of_all
        The measured values to date, of one data set.
    """

    group: Persona | Segment
    own: Measurement
    of_all: Measurement

    @property
    def stands_out(self) -> bool:
        """Whether its whole interval lies above that of all customers."""
        if self.own.low is None or self.of_all.high is None:
            return False
        return self.own.low > self.of_all.high


def group_values(document: Document) -> tuple[GroupValue, ...]:
    """Return the measured value of each persona and segment, the highest first.

    Where several data sets tell it, each is there once.
    """
    found = list(_values(document))
    found.sort(key=lambda one: -(one.own.value or 0.0))
    return tuple(found)


def _values(document: Document) -> Iterator[GroupValue]:
    measured = [one for one in document.of(Measurement) if one.definition == _CLV]
    of_all = {one.data_set: one for one in measured if one.persona is None}
    for one in measured:
        group, whole = document.get(one.persona), of_all.get(one.data_set)
        if whole is not None and isinstance(group, (Persona, Segment)):
            yield GroupValue(group, one, whole)


def standing_out(document: Document) -> tuple[Persona | Segment, ...]:
    """Return the personas and segments whose value lies above that of all customers.

    Examples
    --------
    >>> standing_out(Document())
    ()
    """
    groups = {
        one.group.id: one.group for one in group_values(document) if one.stands_out
    }
    return tuple(groups.values())
