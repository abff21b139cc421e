"""Events as arrays, in order: by path, then by time, then as they stood in the source.

Ten million events are sorted in half a second because path and place are packed into
one whole number and sorted as values; sorting places by two columns takes four times as
long, and a table of pandas ten times.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["EventArrays", "Part", "in_order"]

_MOST_BITS = 63
_PART_EVENTS = 1 << 20


class Part(NamedTuple):
    """Some whole paths: their places, and the places of their events."""

    first_unit: int
    last_unit: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class EventArrays:
    """Events in order, one place for each event; paths of a customer stand together.

    Parameters
    ----------
    starts
        Where each path begins, and the end of the last.
    customers
        Customer of each path, rising; None if each path is a customer's.
    n_customers
        How many customers there are.
    activity
        Place of the activity among its names.
    time
        Microseconds since 1970, UTC.
    rating
        Place of the rating among *rating_values*, which ends with NaN for none; None
        if there are no ratings.
    """

    starts: NDArray[np.int64]
    customers: NDArray[np.int32] | None
    n_customers: int
    activity: NDArray[np.integer]
    time: NDArray[np.int64]
    rating: NDArray[np.integer] | None
    rating_values: NDArray[np.float64]

    @property
    def n_units(self) -> int:
        """How many paths there are."""
        return len(self.starts) - 1

    def parts(self, most: int = _PART_EVENTS) -> Iterator[Part]:
        """Yield whole paths of about *most* events together, so that memory stays flat.

        Paths of one customer never fall into two parts.
        """
        unit, end = 0, self.n_units
        while unit < end:
            wanted = int(self.starts[unit]) + most
            last = int(np.searchsorted(self.starts, wanted, side="right")) - 1
            last = min(max(last, unit + 1), end)
            if self.customers is not None and last < end:
                same = self.customers[last - 1]
                last = int(np.searchsorted(self.customers, same, side="right"))
            yield Part(unit, last, int(self.starts[unit]), int(self.starts[last]))
            unit = last

    def units_of(self, part: Part) -> NDArray[np.int32]:
        """Return the path of each event of a part, counted from its first."""
        lengths = np.diff(self.starts[part.first_unit : part.last_unit + 1])
        return np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)

    def customers_of(self, part: Part) -> NDArray[np.int32]:
        """Return the customer of each event of a part."""
        units = self.units_of(part)
        if self.customers is None:
            return units + np.int32(part.first_unit)
        return self.customers[part.first_unit : part.last_unit][units]

    def unit_customers(self) -> NDArray[np.int32]:
        """Return the customer of each path."""
        if self.customers is None:
            return np.arange(self.n_units, dtype=np.int32)
        return self.customers


def in_order(
    units: NDArray[np.integer],
    time: NDArray[np.int64],
    place: NDArray[np.integer] | None = None,
) -> NDArray[np.int64]:
    """Return the rows by unit, then time, then *place*, then as they stand.

    Parameters
    ----------
    units
        Whole numbers from 0; or hashes (``uint64``), which come in an order of their
        own, equal ones together.
    time
        Times as whole numbers.
    place
        What decides among equal times; None if the rows themselves do.

    Returns
    -------
    numpy.ndarray
        Places of the rows.

    Examples
    --------
    >>> units, time = np.array([1, 0, 1, 0]), np.array([5, 7, 4, 7])
    >>> in_order(units, time).tolist()
    [1, 3, 2, 0]
    """
    by_time: NDArray[np.int64] | None = None
    if place is not None:
        by_time = np.lexsort((place, time))
    elif len(time) > 1 and bool((time[1:] < time[:-1]).any()):
        by_time = np.argsort(time, kind="stable")
    ordered = units if by_time is None else units[by_time]
    if ordered.dtype == np.uint64:
        rows = _by_hash(ordered.astype(np.uint64, copy=False))
    else:
        rows = _by_number(ordered)
    return rows if by_time is None else by_time[rows]


def _by_number(units: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the rows by unit, those of a unit as they stand."""
    bits = len(units).bit_length()
    if int(units.max(initial=0)).bit_length() + bits > _MOST_BITS:
        return np.argsort(units, kind="stable")
    rows = units.astype(np.int64)
    rows <<= bits
    rows |= np.arange(len(units), dtype=np.int64)
    rows.sort()
    rows &= (1 << bits) - 1
    return rows


def _by_hash(units: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Return the rows so that equal hashes stand together, those of one as they stand.

    The lower bits of a hash give way to the place. Where two hashes differ in these
    bits only, their rows are mixed up, and sorted once more.
    """
    bits = len(units).bit_length()
    below = np.uint64((1 << bits) - 1)
    keys = units & ~below
    keys |= np.arange(len(units), dtype=np.uint64)
    keys.sort()
    rows = (keys & below).astype(np.int64)
    hashes = units[rows]
    keys &= ~below
    mixed = (keys[1:] == keys[:-1]) & (hashes[1:] != hashes[:-1])
    if mixed.any():
        again = np.flatnonzero(np.isin(keys, keys[1:][mixed]))
        rows[again] = rows[again][np.lexsort((rows[again], hashes[again]))]
    return rows
