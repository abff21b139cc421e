"""The canvas before and after the change: what stays, what is new, changed, or goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from journeykit.check.rule import alike
from journeykit.language import say
from journeykit.layout.canvas import shown_blocks
from journeykit.model import CanvasEntry, Document
from journeykit.vocabulary import CANVAS_BLOCKS, CanvasBlock

__all__ = ["CanvasChange", "CanvasDifference", "canvas_difference"]

_What = Literal["stays", "changed", "new", "gone"]


@dataclass(frozen=True, slots=True)
class CanvasChange:
    """What becomes of one entry.

    Parameters
    ----------
    before, after
        The entry on either canvas; None where it does not stand.
    what
        ``stays``, ``changed``, ``new`` or ``gone``.
    words
        What changed, each in a few words.
    """

    before: CanvasEntry | None
    after: CanvasEntry | None
    what: _What
    words: tuple[str, ...] = ()

    @property
    def entry(self) -> CanvasEntry:
        """The entry as it is in the end, or as it was if it goes."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change has an entry")
        return found

    @property
    def strength_words(self) -> str:
        """How its strength changed, as in *words*; empty if it did not."""
        return _strength_words(self.before, self.after)

    @property
    def block(self) -> CanvasBlock:
        """Where it stands in the end."""
        return self.entry.block


@dataclass(frozen=True, slots=True)
class CanvasDifference:
    """All changes, in the order of blocks; hidden blocks and proposals are left out.

    Parameters
    ----------
    is_begun
        Whether anything stands on the canvas after the change.
    """

    changes: tuple[CanvasChange, ...]
    is_begun: bool

    def of(self, what: _What) -> tuple[CanvasChange, ...]:
        """Return the changes of one sort."""
        return tuple(one for one in self.changes if one.what == what)


def canvas_difference(document: Document) -> CanvasDifference:
    """Return what becomes different between the canvas before and after the change.

    An entry after the change belongs to the one that it names as replaced, else to one
    before of the same words, in its own block first. Those that stand on both stay.

    Parameters
    ----------
    document
        The workshop.

    Examples
    --------
    >>> desk = CanvasEntry(id="d", block="channels", text="Desk", state="both")
    >>> app = CanvasEntry(id="e", block="channels", text="App", state="after")
    >>> [one.what for one in canvas_difference(Document([desk, app])).changes]
    ['stays', 'new']
    """
    blocks = shown_blocks(document)
    entries = [
        one
        for one in document.of(CanvasEntry)
        if one.block in blocks and not one.is_proposed
    ]
    changes = sorted(_changes(entries), key=lambda one: blocks.index(one.block))
    is_begun = any(one.state != "before" for one in entries)
    return CanvasDifference(tuple(changes), is_begun)


def _changes(entries: list[CanvasEntry]) -> Iterator[CanvasChange]:
    before = {one.id: one for one in entries if one.state != "after"}
    later = [one for one in entries if one.state == "after"]
    pairs = _pairs(before, later)
    replaced = set(pairs.values())
    for one in entries:
        if one.state == "after":
            old = before.get(pairs.get(one.id, ""))
            if old is None:
                yield CanvasChange(None, one, "new")
                continue
            words = tuple(_words(old, one))
            yield CanvasChange(old, one, "changed" if words else "stays", words)
        elif one.id not in replaced:
            stays = one.state == "both"
            yield CanvasChange(
                one, one if stays else None, "stays" if stays else "gone"
            )


def _pairs(before: dict[str, CanvasEntry], later: list[CanvasEntry]) -> dict[str, str]:
    """Return which entry of before each later one continues; each goes on once."""
    pairs: dict[str, str] = {}
    free = dict(before)
    for one in later:
        if one.replaces in free:
            pairs[one.id] = free.pop(one.replaces).id
    ways = (
        lambda one: (one.block, alike(one.text)),
        lambda one: alike(one.text),
    )
    for key in ways:
        known: dict[object, list[CanvasEntry]] = {}
        for old in free.values():
            if old.state == "before":
                known.setdefault(key(old), []).append(old)
        for one in later:
            found = known.get(key(one), [])
            if one.id not in pairs and found:
                pairs[one.id] = free.pop(found.pop(0).id).id
    return pairs


def _words(before: CanvasEntry, after: CanvasEntry) -> Iterator[str]:
    if alike(before.text) != alike(after.text):
        yield say("instead of “{text}”", text=before.text)
    if before.block != after.block:
        block = say(CANVAS_BLOCKS[before.block].lower())
        yield say("moved from {block}", block=block)
    if words := _strength_words(before, after):
        yield words


def _strength_words(before: CanvasEntry | None, after: CanvasEntry | None) -> str:
    if before is None or after is None:
        return ""
    was, now = before.strength, after.strength
    if was == now or not now:
        return ""
    if was:
        return say("strength {before} to {after}", before=was, after=now)
    return say("strength {after}", after=now)
