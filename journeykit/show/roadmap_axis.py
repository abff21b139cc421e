"""The time axis of the roadmap: from days to pixels, and where to write months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from journeykit.language import short_day
from journeykit.show.text_width import text_width
from journeykit.show.tokens import SIZES_PX

__all__ = ["Axis", "Tick"]

_SMALL = SIZES_PX["small"]
_DAY = timedelta(days=1)
_FEW_WEEKS = 70
_FEW_MONTHS = 640
_GAP = 10.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis: a line, and words if there is room for them."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from left to right.

    Parameters
    ----------
    first, last
        The days at its ends.
    left, right
        Where these stand, in px.
    language
        In which months are named.
    """

    first: date
    last: date
    left: float
    right: float
    language: str = "en"

    def x(self, day: date) -> float:
        """Return where a day begins; what is beyond the ends stands at them."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def after(self, day: date) -> float:
        """Return where a day ends."""
        return self.x(day + _DAY if day < date.max else day)

    def ticks(self) -> tuple[Tick, ...]:
        """Return lines at weeks, months or quarters, as many as can be named.

        Examples
        --------
        >>> axis = Axis(date(2026, 3, 2), date(2026, 6, 1), 0, 600)
        >>> [tick.words for tick in axis.ticks()]
        ['Apr 2026', 'May', '']
        """
        days = (self.last - self.first).days
        if days <= _FEW_WEEKS:
            begins = self._weeks()
        else:
            begins = self._months(1 if days <= _FEW_MONTHS else 3)
        found: list[Tick] = []
        free = self.left
        said: int | None = None
        for day in begins:
            words = self._words(day, said, is_week=days <= _FEW_WEEKS)
            x = self.x(day)
            width = text_width(words, _SMALL)
            fits = x >= free and x + 4 + width <= self.right + 4
            found.append(Tick(x, words if fits else ""))
            if fits:
                free, said = x + 4 + width + _GAP, day.year
        return tuple(found)

    def _words(self, day: date, said: int | None, *, is_week: bool) -> str:
        parts = "MMMd" if is_week else "MMM"
        if said != day.year:
            parts = f"y{parts}"
        return short_day(day, parts, self.language)

    def _weeks(self) -> Iterator[date]:
        day = self.first
        while day <= self.last:
            yield day
            day += 7 * _DAY

    def _months(self, step: int) -> Iterator[date]:
        day = date(self.first.year, self.first.month, 1)
        while day <= self.last:
            if day >= self.first and (day.month - 1) % step == 0:
                yield day
            day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
