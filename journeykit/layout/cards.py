"""Cards of a document: what each entry says on a board, and how it looks.

A :class:`Deck` reads the document once; making a card of an entry then costs the same
however many entries there are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import TypeVar

from journeykit.errors import UnknownNameError
from journeykit.layout.card_words import detail_of, marks_of, text_of
from journeykit.layout.map_notes import persona_letters, place_of
from journeykit.layout.zones import Card, Layout
from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.fields import text_field_of
from journeykit.model.findings import Measurement, PainPoint
from journeykit.model.journey import IndividualScore, LaneNote, Link, Touchpoint
from journeykit.model.people import Persona
from journeykit.model.plan import Vote
from journeykit.model.reliability import MIN_ANSWERS

__all__ = ["Deck"]

_E = TypeVar("_E", bound=Entry)

_TONES = {"pain_point": "pain", "opportunity": "opportunity"}
_RESTING = frozenset({"lane_note", "pain_point", "opportunity"})
"""Kinds that always rest on something: without evidence they are assumed."""

_ABOUT_PEOPLE = (LaneNote, PainPoint, Measurement, IndividualScore)


_text_field = cache(text_field_of)


class Deck:
    """Every entry of a document as a card.

    Parameters
    ----------
    document
        The workshop.
    bases
        How sure entries are, by id, as ``check.evidence.entry_bases`` tells; what is
        not in it is assumed. None if that is not to be shown.
    kept
        Fields by kind of which zones keep values: cards say what they hold.
    """

    def __init__(
        self,
        document: Document,
        bases: Mapping[str, str] | None = None,
        kept: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.document = document
        self.bases = bases
        self.kept = kept or {}
        self.letters = persona_letters(document)
        self.language = document.case.language if document.case else "en"
        self._made: dict[str, Card] = {}

    @cached_property
    def _links(self) -> Mapping[str, tuple[Link, ...]]:
        found: dict[str, list[Link]] = {}
        for link in self.document.of(Link):
            found.setdefault(link.relation, []).append(link)
        return {relation: tuple(links) for relation, links in found.items()}

    def links(self, relation: str) -> tuple[Link, ...]:
        """Return the links of a relation, by rank."""
        return self._links.get(relation, ())

    @cached_property
    def _targets(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        found: dict[tuple[str, str], list[str]] = {}
        for relation, links in self._links.items():
            for link in links:
                found.setdefault((relation, link.source), []).append(link.target)
        return {key: tuple(ids) for key, ids in found.items()}

    def targets(self, relation: str, source: str) -> tuple[str, ...]:
        """Return the ids that a relation joins *source* to, by rank."""
        return self._targets.get((relation, source), ())

    @cached_property
    def votes(self) -> Mapping[str, int]:
        """Dots by entry."""
        found: Counter[str] = Counter()
        for vote in self.document.of(Vote):
            found[vote.subject] += vote.weight
        return found

    @cached_property
    def pains(self) -> Mapping[str, int]:
        """How many pain points hurt at a touchpoint or stage, or come from an entry."""
        found: Counter[str] = Counter()
        for pain in self.document.of(PainPoint):
            places = {place_of(pain), *self.targets("pain_at", pain.id)}
            found.update(places - {""})
        causes = {(link.source, link.target) for link in self.links("causes")}
        found.update(source for source, _ in causes)
        return found

    def name(self, entry_id: str | None) -> str:
        """Return the words by which people know an entry; empty if there is none."""
        entry = self.document.get(entry_id)
        return entry.name_for_people if entry else ""

    def letter(self, entry: Entry) -> str:
        """Return the letter of the one persona whom *entry* is about."""
        if isinstance(entry, Persona):
            return self.letters.get(entry.id, "")
        whose = self.whose(entry)
        return self.letters.get(whose[0], "") if len(set(whose)) == 1 else ""

    def whose(self, entry: Entry) -> tuple[str, ...]:
        """Return the personas (and segments) who feel what *entry* says."""
        if not isinstance(entry, _ABOUT_PEOPLE):
            return ()
        own = (entry.persona,) if entry.persona else ()
        if isinstance(entry, PainPoint):
            return own + self.targets("felt_by", entry.id)
        return own

    def is_about(self, entry: Entry, persona: str | None) -> bool:
        """Say whether *entry* is about *persona*, or about nobody in particular."""
        whose = self.whose(entry) if persona else ()
        return not whose or persona in whose

    def card(self, entry: Entry) -> Card:
        """Return the card of an entry."""
        made = self._made.get(entry.id)
        if made is None:
            made = self._made[entry.id] = self._card(entry)
        return made

    def cards(self, entries: Iterable[Entry]) -> tuple[Card, ...]:
        """Return the cards of entries, in their order."""
        return tuple(self.card(entry) for entry in entries)

    def fixed(self, entry: Entry, *, mark: str = "", text: str | None = None) -> Card:
        """Return the card of an entry where it cannot be moved.

        Parameters
        ----------
        mark
            Why, in a word.
        text
            What it says here instead; it is not written on the card then.
        """
        card = self.card(entry)
        marks = (mark, *card.marks) if mark else card.marks
        if text is None:
            return replace(card, is_fixed=True, marks=marks)
        return Card(
            entry.id, entry.id, entry.kind, text, persona=card.persona, is_fixed=True
        )

    def _card(self, entry: Entry) -> Card:
        if isinstance(entry, Measurement):
            return self._number(entry)
        letter = self.letter(entry)
        field = _text_field(entry.kind)
        tone = _TONES.get(entry.kind, "")
        if letter and letter != "+" and not tone:
            tone = f"persona-{letter.lower()}"
        return Card(
            entry.id,
            entry.id,
            entry.kind,
            getattr(entry, field)
            if field
            else text_of(entry, self.name, self.language),
            field,
            detail_of(entry, self.name, self.language),
            letter,
            self._basis(entry),
            tone,
            entry.emotion if isinstance(entry, LaneNote | Touchpoint) else None,
            self.pains.get(entry.id, 0),
            self.votes.get(entry.id, 0),
            marks_of(entry),
            values={
                name: getattr(entry, name) for name in self.kept.get(entry.kind, ())
            },
        )

    def _number(self, entry: Measurement) -> Card:
        """Return the card of a number; that of too few people is not told."""
        case = self.document.case
        fewest = case.min_group if case else MIN_ANSWERS
        if entry.n < fewest:
            bare = entry.model_copy(update={"value": None, "low": None, "high": None})
            text, detail = (
                text_of(bare, self.name, self.language),
                f"fewer than {fewest}",
            )
        else:
            text = text_of(entry, self.name, self.language)
            detail = detail_of(entry, self.name, self.language)
        letter = self.letter(entry)
        return Card(entry.id, entry.id, entry.kind, text, detail=detail, persona=letter)

    def _basis(self, entry: Entry) -> str:
        if self.bases is None:
            return ""
        is_resting = entry.kind in _RESTING or (
            isinstance(entry, Touchpoint) and entry.emotion is not None
        )
        return self.bases.get(entry.id, "assumed" if is_resting else "")

    def finished(self, layout: Layout) -> Layout:
        """Return *layout* with personas, and own ids of cards that stand twice."""
        personas = tuple(
            (one.id, self.letters[one.id], ", ".join((one.name, *marks_of(one))))
            for one in self.document.of(Persona)
        )
        return replace(layout, personas=personas).with_cards_numbered()

    def chosen(self, kind: type[_E], entry_id: str | None) -> _E | None:
        """Return the entry of a kind with this id; None for None.

        Raises
        ------
        UnknownNameError
            If there is no such entry.
        """
        if entry_id is None:
            return None
        entry = self.document.get(entry_id)
        if not isinstance(entry, kind):
            known = [one.id for one in self.document.of(kind)]
            raise UnknownNameError(kind.label.lower(), entry_id, known)
        return entry
