"""What a rule of the consistency check is, and what it can ask about a workshop.

A rule is data (its words, severity, next step) and one small pure function, which
yields what it finds. The facts that several rules need are gathered once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal, TypeVar

from journeykit.check.as_it_is import as_it_is
from journeykit.check.evidence import Cell, entry_bases, evidence_of_cells
from journeykit.language import say
from journeykit.model import (
    Case,
    CopisElement,
    Decision,
    Document,
    Entry,
    Journey,
    Link,
    PainPoint,
    Stage,
    Touchpoint,
)
from journeykit.model.relations import Relation
from journeykit.vocabulary import COPIS, Basis, CopisRole

__all__ = ["Facts", "Finding", "Found", "Rule", "Severity", "alike"]

Severity = Literal["error", "warning", "hint"]
_E = TypeVar("_E", bound=Entry)


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says of one entry; None if it is about the whole workshop."""

    entry: Entry | None
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the workshop contradicts itself or stops short.

    Parameters
    ----------
    rule
        Id of the rule, such as ``M4``.
    severity
        ``error``, ``warning`` or ``hint``.
    entry
        Id of the entry it is about; None if it is about the whole workshop.
    text
        One sentence in plain words.
    next_step
        What to do about it.
    """

    rule: str
    severity: Severity
    entry: str | None
    text: str
    next_step: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its words, and the function that finds where it does not hold.

    Parameters
    ----------
    id
        Its stable name, such as ``M4``.
    severity
        How much it matters.
    text
        What has to hold.
    next_step
        What to do where it does not.
    find
        Yields what was found.
    roles
        COPIS roles without which it does not apply.
    """

    id: str
    severity: Severity
    text: str
    next_step: str
    find: Callable[[Facts], Iterator[Found]]
    roles: frozenset[CopisRole] = frozenset()

    def findings(self, facts: Facts) -> Iterator[Finding]:
        """Yield the findings of this rule."""
        if self.roles <= facts.roles:
            for one in self.find(facts):
                entry = None if one.entry is None else one.entry.id
                yield Finding(
                    self.id, self.severity, entry, one.text, say(self.next_step)
                )


@dataclass(frozen=True)
class Facts:
    """A workshop as rules see it: without target maps, with what is joined at hand.

    Parameters
    ----------
    whole
        The document.
    today
        The day on which it is looked at.
    last_version
        When the map was last marked; None if it never was, or nobody knows.
    """

    whole: Document
    today: date
    last_version: date | None = None
    document: Document = field(init=False)

    def __post_init__(self) -> None:
        """Leave out what is only planned."""
        object.__setattr__(self, "document", as_it_is(self.whole))

    @cached_property
    def case(self) -> Case:
        """The header; one with the usual limits if there is none."""
        return self.document.case or Case(id="case", title="Workshop")

    @property
    def roles(self) -> frozenset[CopisRole]:
        """The roles that the chosen definition of COPIS has."""
        return frozenset(COPIS[self.case.copis].columns)

    @cached_property
    def touchpoints(self) -> tuple[Touchpoint, ...]:
        """The touchpoints of today's maps."""
        return self.document.of(Touchpoint)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages of today's maps."""
        return self.document.of(Stage)

    @cached_property
    def journeys(self) -> tuple[Journey, ...]:
        """Today's maps."""
        return self.document.of(Journey)

    @cached_property
    def pain_points(self) -> tuple[PainPoint, ...]:
        """The pain points that are not resolved."""
        return tuple(
            one for one in self.document.of(PainPoint) if one.status != "resolved"
        )

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """What was decided; it settles what a rule would ask about its subject."""
        return self.document.of(Decision)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the map with its evidence."""
        return evidence_of_cells(self.document)

    @cached_property
    def bases(self) -> Mapping[str, Basis]:
        """The best evidence of each entry; an entry not in it has none."""
        return entry_bases(self.document)

    @cached_property
    def _joined(self) -> Mapping[tuple[str, Relation], tuple[str, ...]]:
        found: dict[tuple[str, Relation], list[str]] = {}
        for link in self.document.of(Link):
            if not link.is_proposed:
                found.setdefault((link.source, link.relation), []).append(link.target)
                found.setdefault((link.target, link.relation), []).append(link.source)
        return {key: tuple(names) for key, names in found.items()}

    def joined(
        self, entry: Entry, relations: Iterable[Relation], kind: type[_E]
    ) -> list[_E]:
        """Return the entries of a kind that taken links join to one, at either end."""
        names = [
            name
            for relation in relations
            for name in self._joined.get((entry.id, relation), ())
        ]
        found = (self.document[name] for name in dict.fromkeys(names))
        return [one for one in found if isinstance(one, kind) and not _is_proposed(one)]

    def wanting(
        self,
        entries: Iterable[_E],
        relations: tuple[Relation, ...],
        kinds: tuple[type[Entry], ...],
    ) -> Iterator[_E]:
        """Yield the entries that no taken link joins to one of these kinds."""
        for one in entries:
            if not any(self.joined(one, relations, kind) for kind in kinds):
                yield one

    def copis(self, role: CopisRole) -> list[CopisElement]:
        """Return the taken COPIS elements of a role."""
        return [
            one
            for one in self.document.of(CopisElement)
            if one.role == role and not one.is_proposed
        ]


def _is_proposed(entry: Entry) -> bool:
    return bool(getattr(entry, "is_proposed", False))


def alike(name: str) -> str:
    """Return a name so that two spellings of it compare equal.

    Examples
    --------
    >>> alike("Mobile  App") == alike("mobile app")
    True
    """
    return " ".join(name.casefold().split())
