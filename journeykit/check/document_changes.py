"""What became different between two moments of a workshop, entry by entry, in words.

The same entry keeps its id, so nothing is guessed here: what is new was added, what is
gone was taken out, and of what stayed each field that people read is compared. What was
measured is not among it: numbers have intervals and are compared as such.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from journeykit.check.as_it_is import as_it_is
from journeykit.language import say
from journeykit.layout.map_difference import emotion_text
from journeykit.model import (
    Document,
    Entry,
    LaneNote,
    Opportunity,
    PainPoint,
    Stage,
    Touchpoint,
)
from journeykit.vocabulary import PAIN_STATUSES

__all__ = ["EntryChange", "document_changes"]

_What = Literal["new", "gone", "changed"]
_KINDS: tuple[type[Entry], ...] = (Stage, Touchpoint, PainPoint, Opportunity)
_ORDER: tuple[_What, ...] = ("new", "changed", "gone")


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of one entry.

    Parameters
    ----------
    kind, entry
        Its kind and id.
    name
        What people call it: now, or then if it is gone.
    what
        ``new``, ``gone`` or ``changed``.
    place
        Where it stands: name of the stage or touchpoint; empty if nowhere.
    words
        What changed, each in a few words; empty for what is new or gone.
    """

    kind: str
    entry: str
    name: str
    what: _What
    place: str = ""
    words: tuple[str, ...] = ()


def document_changes(before: Document, after: Document) -> tuple[EntryChange, ...]:
    """Return what became of stages, touchpoints, pain points and opportunities.

    Parameters
    ----------
    before, after
        The workshop at two moments. Maps as they should be are left out of both.

    Returns
    -------
    tuple of EntryChange
        Kind by kind in the order of the map; new ones, then changed, then gone.

    Examples
    --------
    >>> queue = PainPoint(id="q", text="Long queue", severity=4)
    >>> shorter = queue.model_copy(update={"severity": 2})
    >>> [one.words for one in document_changes(Document([queue]), Document([shorter]))]
    [('severity 4 → 2',)]
    """
    old, new = as_it_is(before), as_it_is(after)
    found: list[EntryChange] = []
    for kind in _KINDS:
        here = list(_of_kind(old, new, kind))
        found += sorted(here, key=lambda one: _ORDER.index(one.what))
    return tuple(found)


def _of_kind(old: Document, new: Document, kind: type[Entry]) -> Iterator[EntryChange]:
    then = {one.id: one for one in old.of(kind)}
    notes = _notes(old, new) if kind is Touchpoint else {}
    for one in new.of(kind):
        was = then.pop(one.id, None)
        if was is None:
            yield _change(new, one, "new")
            continue
        words = (*_words(old, new, was, one), *_noted(notes.get(one.id)))
        if words:
            yield _change(new, one, "changed", words)
    for was in then.values():
        yield _change(old, was, "gone")


def _change(
    document: Document, one: Entry, what: _What, words: tuple[str, ...] = ()
) -> EntryChange:
    where = getattr(one, "touchpoint", None) or getattr(one, "stage", None)
    place = _name(document, where)
    return EntryChange(one.kind, one.id, one.name_for_people, what, place, words)


def _words(old: Document, new: Document, was: Entry, one: Entry) -> tuple[str, ...]:
    """Return what is different about an entry that stayed, in words."""
    said: list[str] = []
    if was.name_for_people != one.name_for_people:
        said.append(say("was “{name}”", name=was.name_for_people))
    if isinstance(was, Touchpoint) and isinstance(one, Touchpoint):
        said += _of_touchpoint(old, new, was, one)
    elif isinstance(was, PainPoint) and isinstance(one, PainPoint):
        said += _of_pain_point(old, new, was, one)
    elif isinstance(was, Opportunity) and isinstance(one, Opportunity):
        said += _of_opportunity(was, one)
    return tuple(said)


def _of_opportunity(was: Opportunity, one: Opportunity) -> Iterator[str]:
    if was.is_chosen != one.is_chosen and one.is_chosen is not None:
        yield say("chosen") if one.is_chosen else say("not chosen")


def _of_touchpoint(
    old: Document, new: Document, was: Touchpoint, one: Touchpoint
) -> Iterator[str]:
    if was.stage != one.stage:
        yield say("moved here from “{stage}”", stage=_name(old, was.stage))
    if was.emotion != one.emotion:
        then, now = emotion_text(was.emotion), emotion_text(one.emotion)
        if was.emotion is None or one.emotion is None:
            yield say("felt: {before} → {after}", before=then, after=now)
        elif one.emotion > was.emotion:
            yield say("feels better: {before} → {after}", before=then, after=now)
        else:
            yield say("feels worse: {before} → {after}", before=then, after=now)
    if was.channel != one.channel:
        yield say(
            "channel: {before} → {after}",
            before=_name(old, was.channel) or say("none"),
            after=_name(new, one.channel) or say("none"),
        )
    if was.owner != one.owner:
        yield _owner(old, new, was.owner, one.owner)
    if was.moment_of_truth != one.moment_of_truth:
        if one.moment_of_truth:
            yield say("now a moment of truth")
        else:
            yield say("no longer a moment of truth")


def _of_pain_point(
    old: Document, new: Document, was: PainPoint, one: PainPoint
) -> Iterator[str]:
    if was.status != one.status:
        yield say(
            "status: {before} → {after}",
            before=say(PAIN_STATUSES[was.status]),
            after=say(PAIN_STATUSES[one.status]),
        )
    if was.severity != one.severity:
        yield say(
            "severity {before} → {after}",
            before=_rated(was.severity),
            after=_rated(one.severity),
        )
    if was.frequency != one.frequency:
        yield say(
            "frequency {before} → {after}",
            before=_rated(was.frequency),
            after=_rated(one.frequency),
        )
    if was.touchpoint != one.touchpoint:
        yield say(
            "moved here from “{touchpoint}”",
            touchpoint=_name(old, was.touchpoint) or say("nowhere"),
        )
    if was.owner != one.owner:
        yield _owner(old, new, was.owner, one.owner)


def _rated(score: int | None) -> str:
    return say("not rated") if score is None else str(score)


def _owner(old: Document, new: Document, was: str | None, now: str | None) -> str:
    return say(
        "owner: {before} → {after}",
        before=_name(old, was) or say("nobody"),
        after=_name(new, now) or say("nobody"),
    )


def _notes(old: Document, new: Document) -> dict[str, Counter[str]]:
    """Return how many notes at each touchpoint are new, gone and changed."""
    then = {one.id: one for one in old.of(LaneNote)}
    found: dict[str, Counter[str]] = {}
    for one in new.of(LaneNote):
        was = then.pop(one.id, None)
        where = one.touchpoint or ""
        if was is None:
            found.setdefault(where, Counter())["new"] += 1
        elif (was.text, was.lane, was.emotion) != (one.text, one.lane, one.emotion):
            found.setdefault(where, Counter())["changed"] += 1
    for gone in then.values():
        found.setdefault(gone.touchpoint or "", Counter())["gone"] += 1
    return found


def _noted(counts: Counter[str] | None) -> tuple[str, ...]:
    if counts is None:
        return ()
    words = say(
        "notes: {new} new, {changed} changed, {gone} gone",
        new=counts["new"],
        changed=counts["changed"],
        gone=counts["gone"],
    )
    return (words,)


def _name(document: Document, entry_id: str | None) -> str:
    entry = document.get(entry_id)
    return entry.name_for_people if entry else ""
