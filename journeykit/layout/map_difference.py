"""What becomes different between the map as it is and the map as it should be.

A target map begins as a copy whose entries know what they are copies of
(:data:`COPY_OF` in their extensions), so a touchpoint that was renamed is still the
same one. Where nothing is known, as in a file of another tool, the same name says it.
Comparing names alone was turned down: a new name would read as one gone and one new.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from journeykit.layout.emotion_curve import chosen_journey, emotion_curve_data
from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.journey import Journey, LaneNote, Stage, Touchpoint

__all__ = [
    "COPY_OF",
    "MapDifference",
    "StageChange",
    "TouchpointChange",
    "emotion_text",
    "map_difference",
    "origin_of",
    "with_origin",
]

COPY_OF = "copy_of"
"""Within the extensions of an entry, under ``journeykit``: the id of its original."""

_OURS = "journeykit"
_Place = TypeVar("_Place", Stage, Touchpoint, LaneNote)
_State = Literal["kept", "new", "gone"]
_Notes = Mapping[str | None, Sequence[LaneNote]]


@dataclass(frozen=True, slots=True)
class TouchpointChange:
    """What becomes of one touchpoint.

    Parameters
    ----------
    before, after
        The touchpoint as it is, and as it should be; None where it is not there.
    stage
        Name of its stage: as it should be, or as it is for one that goes.
    felt_before, felt_after
        The emotion there, -2 to +2; None if nobody said.
    moved
        From where it moved, in words; empty if it did not.
    others
        What else is different, each in words.
    """

    before: Touchpoint | None
    after: Touchpoint | None
    stage: str
    felt_before: float | None = None
    felt_after: float | None = None
    moved: str = ""
    others: tuple[str, ...] = ()

    @property
    def state(self) -> _State:
        """Whether it is new, gone, or there on both maps."""
        if self.before is None:
            return "new"
        return "gone" if self.after is None else "kept"

    @property
    def name(self) -> str:
        """What it is called: as it should be, else as it is."""
        one = self.after or self.before
        return one.name if one else ""

    @property
    def step(self) -> float:
        """By how much it feels better; 0 where one of both is not known."""
        if self.felt_before is None or self.felt_after is None:
            return 0
        return self.felt_after - self.felt_before

    @property
    def feels(self) -> str:
        """How the emotion changes, in words; empty if it does not."""
        if self.state != "kept" or self.felt_before == self.felt_after:
            return ""
        said = f"{emotion_text(self.felt_before)} → {emotion_text(self.felt_after)}"
        if not self.step:
            return f"felt {said}"
        return f"feels {'better' if self.step > 0 else 'worse'}: {said}"

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that is different, each in words; empty if nothing is."""
        if self.state != "kept":
            return (self.state,)
        return tuple(one for one in (self.moved, self.feels, *self.others) if one)


@dataclass(frozen=True, slots=True)
class StageChange:
    """A stage on both maps; None where it is not there."""

    before: Stage | None
    after: Stage | None

    @property
    def words(self) -> str:
        """What becomes of it; empty if nothing does."""
        if self.before is None:
            return "new"
        if self.after is None:
            return "gone"
        is_renamed = self.before.name != self.after.name
        return f"was “{self.before.name}”" if is_renamed else ""


@dataclass(frozen=True, slots=True)
class MapDifference:
    """Two maps held against each other.

    Parameters
    ----------
    today, target
        The journeys; None where there is none.
    stages
        In the order of the target; what goes stands where it stood.
    touchpoints
        By stage, in the order of the target; what goes comes after.
    """

    today: Journey | None
    target: Journey | None
    stages: tuple[StageChange, ...] = ()
    touchpoints: tuple[TouchpointChange, ...] = ()

    @property
    def changed(self) -> tuple[TouchpointChange, ...]:
        """The touchpoints at which anything is different."""
        return tuple(one for one in self.touchpoints if one.words)

    @property
    def by_touchpoint(self) -> dict[str, TouchpointChange]:
        """What becomes of each touchpoint, by its id on either map."""
        return {
            point.id: one
            for one in self.touchpoints
            for point in (one.before, one.after)
            if point
        }


def map_difference(
    document: Document, *, journey: str | None = None, target: str | None = None
) -> MapDifference:
    """Return what becomes different between two maps of a workshop.

    Parameters
    ----------
    document
        The workshop.
    journey
        Id of the journey as it is; None for the first that shows today.
    target
        Id of the journey as it should be; None for the first that is one.

    Raises
    ------
    UnknownNameError
        If there is no such journey.

    Examples
    --------
    >>> document = Document([
    ...     Journey(id="now", name="Trip"),
    ...     Stage(id="s", journey="now", name="Arrive"),
    ...     Touchpoint(id="t", stage="s", name="Parking", emotion=-1),
    ...     Journey(id="then", name="Trip", state="target"),
    ...     Stage(id="s2", journey="then", name="Arrive"),
    ...     Touchpoint(id="t2", stage="s2", name="Parking", emotion=1),
    ... ])
    >>> [one.words for one in map_difference(document).touchpoints]
    [('feels better: −1 → +1',)]
    """
    today, later = _journeys(document, journey, target)
    if today is None or later is None:
        return MapDifference(today, later)
    stages = _pairs(_stages(document, today), _stages(document, later))
    before = [one for old, _ in stages if old for one in _points(document, old)]
    after = [one for _, new in stages if new for one in _points(document, new)]
    points = _pairs(before, after)
    felt = {
        row.touchpoint: row.felt
        for one in (today, later)
        for row in emotion_curve_data(document, journey=one.id)
        if not row.persona
    }
    notes: dict[str | None, list[LaneNote]] = {}
    for note in document.of(LaneNote):
        notes.setdefault(note.touchpoint, []).append(note)
    found: list[TouchpointChange] = []
    for old_stage, new_stage in stages:
        ids = {one.id for one in (old_stage, new_stage) if one}
        here = [
            pair for pair in points if (one := pair[1] or pair[0]) and one.stage in ids
        ]
        stayed = [old.id for old, new in here if old and new and old.stage in ids]
        passed = _out_of_order(stayed, [one.id for one in before])
        for old, new in here:
            found.append(
                TouchpointChange(
                    old,
                    new,
                    _name(new_stage or old_stage),
                    felt.get(old.id) if old else None,
                    felt.get(new.id) if new else None,
                    _moved(document, old, new, ids, passed),
                    _others(document, notes, old, new),
                )
            )
    return MapDifference(
        today, later, tuple(StageChange(*pair) for pair in stages), tuple(found)
    )


def emotion_text(value: float | None) -> str:
    """Return an emotion with its sign; words where nobody said.

    Examples
    --------
    >>> emotion_text(-1), emotion_text(0), emotion_text(1.5), emotion_text(None)
    ('−1', '0', '+1.5', 'not said')
    """
    if value is None:
        return "not said"
    return f"{value:+.3g}".replace("-", "−") if value else "0"


def origin_of(entry: Entry) -> str:
    """Return the id of which an entry is a copy; empty if it is none."""
    ours = entry.extensions.get(_OURS)
    found = ours.get(COPY_OF) if isinstance(ours, dict) else None
    return found if isinstance(found, str) else ""


def with_origin(entry: Entry, original: str) -> Mapping[str, Any]:
    """Return the extensions of an entry that is a copy of another."""
    ours = entry.extensions.get(_OURS)
    known = ours if isinstance(ours, dict) else {}
    return {**entry.extensions, _OURS: {**known, COPY_OF: original}}


def _journeys(
    document: Document, journey: str | None, target: str | None
) -> tuple[Journey | None, Journey | None]:
    """Return the two maps that are held against each other."""
    today = chosen_journey(document, journey)
    if journey is None and today is not None and today.state == "target":
        today = None  # there is a map as it should be, and none as it is
    if target is not None:
        return today, chosen_journey(document, target)
    later = (
        one
        for one in document.of(Journey)
        if one.state == "target" and (today is None or one.id != today.id)
    )
    return today, next(later, None)


def _stages(document: Document, journey: Journey) -> list[Stage]:
    return [one for one in document.of(Stage) if one.journey == journey.id]


def _points(document: Document, stage: Stage) -> list[Touchpoint]:
    return [one for one in document.of(Touchpoint) if one.stage == stage.id]


def _pairs(
    before: Sequence[_Place], after: Sequence[_Place]
) -> list[tuple[_Place | None, _Place | None]]:
    """Return what belongs together, in the order of *after*.

    A copy belongs to its original, else to what has its name; what only stood before
    comes behind that which stood before it.
    """
    free = {one.id: one for one in before}
    matched: dict[str, _Place] = {}
    for one in after:
        if origin_of(one) in free:
            matched[one.id] = free.pop(origin_of(one))
    for one in after:
        if one.id not in matched:
            named = [old for old in free.values() if _called(old) == _called(one)]
            if named:
                matched[one.id] = free.pop(named[0].id)
    pairs: list[tuple[_Place | None, _Place | None]] = [
        (matched.get(one.id), one) for one in after
    ]
    previous: str | None = None
    for one in before:
        if one.id in free:
            places = [
                i for i, (old, _) in enumerate(pairs) if old and old.id == previous
            ]
            pairs.insert(places[0] + 1 if places else 0, (one, None))
        previous = one.id
    return pairs


def _called(entry: Entry) -> str:
    return " ".join(entry.name_for_people.split()).casefold()


def _out_of_order(now: Sequence[str], before: Sequence[str]) -> set[str]:
    """Return the fewest ids of *now* that had to move for the others to keep order."""
    place = {name: i for i, name in enumerate(before)}
    tails: list[int] = []
    chains: list[tuple[str, ...]] = []
    for name in now:
        at = bisect_left(tails, place[name])
        chain = (*chains[at - 1], name) if at else (name,)
        tails[at : at + 1] = [place[name]]
        chains[at : at + 1] = [chain]
    return set(now) - set(chains[-1] if chains else ())


def _moved(
    document: Document,
    old: Touchpoint | None,
    new: Touchpoint | None,
    stages: set[str],
    passed: set[str],
) -> str:
    if old is None or new is None:
        return ""
    if old.stage not in stages:
        return f"moved here from “{_name(document.get(old.stage))}”"
    return "moved within its stage" if old.id in passed else ""


def _others(
    document: Document,
    notes: _Notes,
    old: Touchpoint | None,
    new: Touchpoint | None,
) -> tuple[str, ...]:
    """Return what else is different about a touchpoint that stays, in words."""
    if old is None or new is None:
        return ()
    said = [f"was “{old.name}”"] if old.name != new.name else []
    if old.channel != new.channel:
        channels = (_name(document.get(one.channel)) or "none" for one in (old, new))
        said.append("channel: " + " → ".join(channels))
    said += [
        f"{word if getattr(new, field) else f'no longer {word}'}"
        for field, word in _FLAGS.items()
        if getattr(old, field) != getattr(new, field)
    ]
    return (*said, *_noted(notes.get(old.id, ()), notes.get(new.id, ())))


_FLAGS = {"moment_of_truth": "moment of truth", "excels": "excels"}


def _noted(before: Sequence[LaneNote], after: Sequence[LaneNote]) -> tuple[str, ...]:
    """Return how the notes at a touchpoint differ, in words."""
    pairs = _pairs(before, after)
    counts = {
        "new": sum(one is None for one, _ in pairs),
        "gone": sum(one is None for _, one in pairs),
        "changed": sum(
            bool(one and two and (one.text, one.lane) != (two.text, two.lane))
            for one, two in pairs
        ),
    }
    said = ", ".join(f"{n} {word}" for word, n in counts.items() if n)
    return (f"notes: {said}",) if said else ()


def _name(entry: Entry | None) -> str:
    return entry.name_for_people if entry else ""
