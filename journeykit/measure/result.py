"""The one shape in which a measure answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from journeykit.model.reliability import (
    MIN_ANSWERS,
    MIN_STABLE,
    Reliability,
    reliability_of,
)

__all__ = ["MIN_ANSWERS", "MIN_STABLE", "Reliability", "Result"]


@dataclass(frozen=True, slots=True)
class Result:
    """One measured number with all that is needed to trust it.

    Parameters
    ----------
    definition
        Key of the definition in :data:`journeykit.definitions.MEASURES`.
    value, low, high
        The number and the ends of its interval, in the unit of the definition; None
        when not measured or when fewer than the minimum answered.
    n
        Valid answers.
    left_out
        Why answers were left out, and how many: ``{"0 blank": 132}``.
    effective_n
        Kish's effective n when weights were used, else None.
    level
        Coverage of the interval, 0 to 1.
    minimum
        Fewest answers that may be shown.
    note
        What a reader must know beside the number; empty if nothing.
    """

    definition: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    left_out: Mapping[str, int] = field(default_factory=dict)
    effective_n: float | None = None
    level: float = 0.95
    minimum: int = MIN_ANSWERS
    note: str = ""

    def __post_init__(self) -> None:
        """Freeze what was left out, so that a result never changes."""
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    def __reduce__(self) -> tuple[object, ...]:
        """Travel to and from child processes (a mapping proxy cannot)."""
        parts = (self.definition, self.value, self.low, self.high, self.n)
        rest = (self.effective_n, self.level, self.minimum, self.note)
        return (type(self), (*parts, dict(self.left_out), *rest))

    @property
    def n_left_out(self) -> int:
        """How many answers were left out, for whatever reason."""
        return sum(self.left_out.values())

    @property
    def reliability(self) -> Reliability:
        """How far the number may be trusted, by its number of answers."""
        return reliability_of(self.n, self.minimum)
