"""Which proposals wait for a yes, why each is made, and what taking or leaving writes.

What the map suggests is computed anew each time, so nothing that nobody took lies in
the workshop. What a team leaves is remembered by its id in the extensions of the case
header: an entry of its own for each was turned down, since fifty suggestions that
nobody wants would fill the list of decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from pydantic import JsonValue

from journeykit.check.canvas_filling import canvas_proposals
from journeykit.check.copis_filling import copis_proposals
from journeykit.errors import UnknownNameError
from journeykit.layout.prompts import ROLE_PROMPTS
from journeykit.model import Document, Entry, Link, Touchpoint
from journeykit.model.edits import Edit, add, change, new_edit_id, remove
from journeykit.model.removal import edits_removing
from journeykit.vocabulary import CANVAS_BLOCKS, COPIS

__all__ = ["PROPOSAL_KINDS", "Proposal", "Proposals", "proposals"]


@dataclass(frozen=True, slots=True)
class _Filled:
    """What is filled: the kind of its entries, their place, and what proposes them."""

    kind: str
    place: str
    label: str
    propose: Callable[[Document], tuple[Entry, ...]]


PROPOSAL_KINDS: Mapping[str, _Filled] = MappingProxyType(
    {
        "copis": _Filled("copis_element", "role", "COPIS", copis_proposals),
        "canvas": _Filled("canvas_entry", "block", "the canvas", canvas_proposals),
    }
)
"""What can be filled from the map, by name."""

_OURS, _LEFT = "journeykit", "left_proposals"
_SOURCES: Mapping[str, str] = {
    "touchpoint": "touchpoint",
    "persona": "persona",
    "segment": "segment",
    "channel": "channel",
    "objective": "objective",
    "canvas_entry": "canvas",
    "stage": "stage",
}
_N_NAMED = 3


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry or a link that the map suggests.

    Parameters
    ----------
    entry
        What would stand there.
    place
        Its column or block; empty for a link between what is there already.
    why
        What on the map it comes from.
    is_on_board
        Whether it lies on the board, marked as proposed.
    """

    entry: Entry
    place: str
    why: str
    is_on_board: bool = False


@dataclass(frozen=True)
class Proposals:
    """What a workshop suggests for COPIS or the canvas.

    Parameters
    ----------
    document
        The workshop.
    of
        A key of :data:`PROPOSAL_KINDS`.
    """

    document: Document
    of: str

    @property
    def _filled(self) -> _Filled:
        return PROPOSAL_KINDS[self.of]

    @cached_property
    def _new(self) -> tuple[Entry, ...]:
        """What the map suggests and nobody left, entries before links."""
        left = self.left
        made = self._filled.propose(self.document)
        gone = left | {
            one.id
            for one in made
            if isinstance(one, Link) and left & {one.source, one.target}
        }
        return tuple(one for one in made if one.id not in gone)

    @cached_property
    def _there(self) -> tuple[Entry, ...]:
        """What lies in the workshop, marked as proposed."""
        kind = self._filled.kind
        marked = [one for one in self.document if getattr(one, "is_proposed", False)]
        own = [one for one in marked if one.kind == kind]
        links = [
            one
            for one in marked
            if isinstance(one, Link) and kind in self._kinds_joined(one)
        ]
        return (*own, *links)

    def _kinds_joined(self, link: Link) -> set[str]:
        ends = (self.document.get(link.source), self.document.get(link.target))
        return {one.kind for one in ends if one is not None}

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {one.id: one for one in (*self._new, *self._there)}

    @property
    def left(self) -> frozenset[str]:
        """Ids of what a person left."""
        case = self.document.case
        ours = case.extensions.get(_OURS) if case else None
        known = ours.get(_LEFT) if isinstance(ours, dict) else None
        return frozenset(map(str, known)) if isinstance(known, list) else frozenset()

    @cached_property
    def n_left(self) -> int:
        """How many of these a person left, links not counted."""
        made = self._filled.propose(self.document)
        return sum(one.id in self.left for one in made if not isinstance(one, Link))

    @cached_property
    def entries(self) -> tuple[Proposal, ...]:
        """Proposed entries, by column or block in their order."""
        links: dict[str, list[str]] = {}
        for one in (*self.document.of(Link), *self._new):
            if isinstance(one, Link):
                links.setdefault(one.source, []).append(one.target)
        order = list(CANVAS_BLOCKS if self.of == "canvas" else self._columns())
        found = [
            Proposal(one, self._place(one), self._why(one, links), one in self._there)
            for one in self._by_id.values()
            if not isinstance(one, Link)
        ]
        return tuple(sorted(found, key=lambda one: order.index(one.place)))

    @cached_property
    def links(self) -> tuple[Proposal, ...]:
        """Proposed links between entries that stand already."""
        return tuple(
            Proposal(one, "", "", one in self._there)
            for one in self._by_id.values()
            if isinstance(one, Link)
            and all(self._is_firm(name, ()) for name in (one.source, one.target))
        )

    def titles(self) -> Mapping[str, str]:
        """Return the title of each column or block, in order."""
        return CANVAS_BLOCKS if self.of == "canvas" else self._columns()

    def _columns(self) -> dict[str, str]:
        case = self.document.case
        columns = COPIS[case.copis if case else "classic"].columns
        titles: dict[str, str] = {str(role): title for role, title in columns.items()}
        rest: dict[str, str] = {
            role: f"Waiting: {role}" for role in ROLE_PROMPTS if role not in titles
        }
        return titles | rest

    def _place(self, entry: Entry) -> str:
        return str(getattr(entry, self._filled.place))

    def _why(self, entry: Entry, links: Mapping[str, list[str]]) -> str:
        named: dict[str, list[str]] = {}
        for name in links.get(entry.id, ()) if self._place(entry) == "output" else ():
            found = self.document.get(name)
            if isinstance(found, Touchpoint) and found.name == entry.name_for_people:
                stage = self.document[found.stage].name_for_people
                return f"The touchpoint that matters most in “{stage}”"
        for name in dict.fromkeys(links.get(entry.id, ())):
            found = self.document.get(name)
            if found is not None and found.kind in _SOURCES:
                names = named.setdefault(_SOURCES[found.kind], [])
                names.append(found.name_for_people)
        said = []
        for kind, names in named.items():
            more = len(names) - _N_NAMED
            rest = f" and {more} more" if more > 0 else ""
            plural = "s" if len(names) > 1 else ""
            said.append(f"{kind}{plural} {', '.join(names[:_N_NAMED])}{rest}")
        if said:
            return f"From {'; '.join(said)}"
        gathered = getattr(entry, "gathered_at", "")
        return f"From data: {gathered}" if gathered else "From what the workshop holds"

    def _is_firm(self, name: str, chosen: Collection[str]) -> bool:
        if name in chosen:
            return True
        known = self.document.get(name)
        return known is not None and not getattr(known, "is_proposed", False)

    # --- what a button does -----------------------------------------------------------

    def chosen(self, which: str) -> tuple[str, ...]:
        """Return the ids that a button names.

        Parameters
        ----------
        which
            ``@`` for everything, ``@PLACE`` for a column or block, ``@links`` for the
            links between what is there, else an id.

        Raises
        ------
        UnknownNameError
            If nothing like that is proposed any more.
        """
        if which == "@links":
            return tuple(one.entry.id for one in self.links)
        if which.startswith("@"):
            place = which[1:]
            return tuple(
                one.entry.id for one in self.entries if place in ("", one.place)
            )
        if which not in self._by_id:
            raise UnknownNameError("proposal", which, self._by_id)
        return (which,)

    def edits_taking(
        self, chosen: Collection[str], author: str | None = None
    ) -> tuple[Edit, ...]:
        """Return the edits, one group, by which a person takes proposals.

        Links come along as soon as both their ends are taken.
        """
        return self._edits(chosen, author, is_proposed=False)

    def edits_laying(
        self, chosen: Collection[str], author: str | None = None
    ) -> tuple[Edit, ...]:
        """Return the edits, one group, that lay proposals on the board as proposed."""
        there = {one.id for one in self._there}
        wanted = [name for name in chosen if name not in there]
        return self._edits(wanted, author, is_proposed=True)

    def _edits(
        self, chosen: Collection[str], author: str | None, *, is_proposed: bool
    ) -> tuple[Edit, ...]:
        wanted = dict.fromkeys(chosen)
        for one in self._by_id.values():
            if isinstance(one, Link):
                ends = {one.source, one.target}
                stand = self._stands if is_proposed else self._is_firm
                if ends & set(chosen) and all(stand(end, wanted) for end in ends):
                    wanted[one.id] = None
        new = {one.id for one in self._new}
        group = new_edit_id()
        edits: list[Edit] = []
        for name in wanted:
            values: dict[str, Any] = {"is_proposed": is_proposed}
            if name in new:
                made = self._by_id[name].model_copy(update=values)
                edits.append(add(made, author=author, group=group))
            elif not is_proposed:
                edits.append(
                    change(self.document, name, values, author=author, group=group)
                )
        return tuple(edits)

    def _stands(self, name: str, chosen: Collection[str]) -> bool:
        return name in chosen or name in self.document

    def edits_leaving(
        self, chosen: Collection[str], author: str | None = None
    ) -> tuple[Edit, ...]:
        """Return the edits, one group, by which a person leaves proposals.

        What lies on the board goes from it with its links. What was left is not
        proposed again, until :meth:`edits_bringing_back`.
        """
        group = new_edit_id()
        there = {one.id for one in self._there}
        gone = dict.fromkeys(
            edit.entry
            for name in chosen
            if name in there
            for edit in edits_removing(self.document, name)
        )
        edits = [
            remove(self.document, name, author=author, group=group) for name in gone
        ]
        return (*self._kept(self.left | set(chosen), author, group), *edits)

    def edits_bringing_back(self, author: str | None = None) -> tuple[Edit, ...]:
        """Return the edit by which everything that was left is proposed again."""
        made = {one.id for one in self._filled.propose(self.document)}
        return self._kept(self.left - made, author, new_edit_id())

    def _kept(
        self, left: Collection[str], author: str | None, group: str
    ) -> tuple[Edit, ...]:
        case = self.document.case
        if case is None:
            return ()
        known = case.extensions.get(_OURS)
        ours = dict(known) if isinstance(known, dict) else {}
        kept: dict[str, JsonValue] = {**ours, _LEFT: [*sorted(left)]}
        fields = {"extensions": {**case.extensions, _OURS: kept}}
        edit = change(self.document, case.id, fields, author=author, group=group)
        return (edit,)


def proposals(document: Document, of: str = "copis") -> Proposals:
    """Return what the map suggests for COPIS or the canvas.

    Parameters
    ----------
    document
        The workshop.
    of
        A key of :data:`PROPOSAL_KINDS`.

    Raises
    ------
    UnknownNameError
        If that cannot be filled from the map.

    Examples
    --------
    >>> from journeykit.model import Persona
    >>> found = proposals(Document([Persona(id="amy", name="Amy")]), "canvas")
    >>> [(one.entry.name_for_people, one.place, one.why) for one in found.entries]
    [('Amy', 'customer_segments', 'From persona Amy')]
    """
    if of not in PROPOSAL_KINDS:
        raise UnknownNameError("kind of proposals", of, PROPOSAL_KINDS)
    return Proposals(document, of)
