"""What the benchmarks measured, as one table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Figure", "Figures", "table"]

_FIGURES: list[Figure] = []


@dataclass(frozen=True)
class Figure:
    """One measured number beside its goal and what a peer took in the same run."""

    what: str
    goal: float
    measured: float
    unit: str
    is_at_most: bool
    peer: str
    peer_measured: float | None

    @property
    def is_met(self) -> bool:
        """Whether the goal was reached."""
        if self.is_at_most:
            return self.measured <= self.goal
        return self.measured >= self.goal

    @property
    def is_near(self) -> bool:
        """Whether the goal was missed by no more than a half: machines differ."""
        if self.is_at_most:
            return self.measured <= 1.5 * self.goal
        return self.measured >= self.goal / 1.5

    def cells(self) -> tuple[str, ...]:
        """Return the row of the table."""
        sign = "<=" if self.is_at_most else ">="
        if self.peer_measured is None:
            beside, ratio = self.peer, ""
        else:
            beside = f"{self.peer} {self.peer_measured:.4g} {self.unit}"
            ratio = f"{self.measured / self.peer_measured:.2f}"
        return (
            self.what,
            f"{sign} {self.goal:g} {self.unit}",
            f"{self.measured:.4g} {self.unit}",
            "yes" if self.is_met else "NO",
            beside,
            ratio,
        )


class Figures:
    """Takes measured numbers, and fails where a goal is far away."""

    def at_most(
        self, what: str, goal: float, measured: float, unit: str, **peers: float
    ) -> None:
        """Note a number that should be small; the peers are named by keyword."""
        self._note(what, goal, measured, unit, peers, is_at_most=True)

    def at_least(
        self, what: str, goal: float, measured: float, unit: str, **peers: float
    ) -> None:
        """Note a number that should be large; the peers are named by keyword."""
        self._note(what, goal, measured, unit, peers, is_at_most=False)

    def _note(
        self,
        what: str,
        goal: float,
        measured: float,
        unit: str,
        peers: dict[str, float],
        *,
        is_at_most: bool,
    ) -> None:
        sides: list[tuple[str, float | None]] = [
            (name.replace("_", " "), number) for name, number in peers.items()
        ]
        made = [
            Figure(what, goal, measured, unit, is_at_most, peer, number)
            for peer, number in sides or [("", None)]
        ]
        _FIGURES.extend(made)
        assert made[0].is_near, f"{what}: {measured:.4g} {unit}, the goal is {goal:g}"


def table() -> Iterator[str]:
    """Yield the lines of the table of all figures."""
    if not _FIGURES:
        return
    head = ("measured", "goal", "found", "met", "beside it", "ratio")
    rows = [head, *(figure.cells() for figure in _FIGURES)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
