"""What would mend a finding, where the workshop itself says it; a person takes it.

Names that are alike and what already hangs together are read, nothing else: a guess
that a team has to undo costs it more than a link that it draws itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from pydantic import JsonValue

from journeykit.check.rule import Facts, Finding
from journeykit.check.suggest_canvas import CANVAS_PROPOSERS
from journeykit.check.suggest_copis import COPIS_PROPOSERS
from journeykit.check.suggest_names import NEW, Offer, Proposer
from journeykit.check.suggest_plan import PLAN_PROPOSERS
from journeykit.model import Document, Link, entry_from, new_id, rank_between
from journeykit.model.edits import Edit, add, change, new_edit_id
from journeykit.model.kinds import kind_class

__all__ = ["PROPOSERS", "Suggestion", "edits_taking", "suggestions"]

PROPOSERS: Mapping[str, Proposer] = {
    **COPIS_PROPOSERS,
    **CANVAS_PROPOSERS,
    **PLAN_PROPOSERS,
}
"""What proposes, by the id of the rule whose findings it mends."""

_MOST = 3
_ANY_DAY = date(2000, 1, 1)  # no proposer asks for the day


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What would mend a finding.

    Parameters
    ----------
    finding
        The finding.
    offer
        What would be written, and its words.
    """

    finding: Finding
    offer: Offer = field(repr=False)

    @property
    def text(self) -> str:
        """What taking it does, in words."""
        return self.offer.text

    @property
    def key(self) -> str:
        """Its name: rule, entry and what the entry is tied to."""
        return f"{self.finding.rule}:{self.finding.entry or ''}:{self.offer.name}"


def suggestions(document: Document, found: Iterable[Finding]) -> tuple[Suggestion, ...]:
    """Return what would mend these findings, where the workshop itself says it.

    Parameters
    ----------
    document
        The workshop.
    found
        What :func:`journeykit.check.rules.findings` found in it.

    Returns
    -------
    tuple of Suggestion
        In the order of the findings, at most three for each, the likeliest first.

    Examples
    --------
    >>> from journeykit.check.rules import findings
    >>> from journeykit.model import CanvasEntry, Channel, Stage, Touchpoint
    >>> document = Document([
    ...     Channel(id="web", name="Website"),
    ...     CanvasEntry(id="site", block="channels", text="Web site"),
    ... ])
    >>> found = findings(document, date(2026, 3, 2))
    >>> [one.text for one in suggestions(document, found)]
    ['Tie “Web site” on the canvas to the channel “Website”']
    """
    facts = Facts(document, _ANY_DAY)
    made: list[Suggestion] = []
    for finding in found:
        entry = facts.document.get(finding.entry)
        propose = PROPOSERS.get(finding.rule)
        if entry is not None and propose is not None:
            offers = islice(propose(facts, entry), _MOST)
            made += (Suggestion(finding, offer) for offer in offers)
    return tuple(made)


def edits_taking(
    document: Document, suggestion: Suggestion, *, author: str | None = None
) -> list[Edit]:
    """Return the edits of one group that take a suggestion.

    Parameters
    ----------
    document
        The workshop for which it was made.
    suggestion
        What is taken.
    author
        Who takes it.
    """
    group, offer = new_edit_id(), suggestion.offer
    edits: list[Edit] = []
    last: dict[str, str | None] = {}

    def made(values: Mapping[str, JsonValue]) -> str:
        kind = str(values["kind"])
        if kind not in last:
            like = document.of(kind_class(kind))
            last[kind] = like[-1].rank if like else None
        last[kind] = rank_between(last[kind], None)
        entry = entry_from({"id": new_id(kind), "rank": last[kind], **values})
        edits.append(add(entry, author=author, group=group))
        return entry.id

    names = [made(values) for values in offer.adds]
    for entry_id, fields in offer.fields.items():
        edits.append(change(document, entry_id, fields, author=author, group=group))
    for source, relation, target in offer.links:
        ends = {"source": _named(source, names), "target": _named(target, names)}
        known = _proposed(document, ends["source"], relation, ends["target"])
        if known is None:
            made({"kind": "link", "relation": relation, **ends})
        else:
            taken = {"is_proposed": False}
            edits.append(change(document, known, taken, author=author, group=group))
    return edits


def _named(end: str, names: Sequence[str]) -> str:
    return names[int(end.removeprefix(NEW))] if end.startswith(NEW) else end


def _proposed(
    document: Document, source: str, relation: str, target: str
) -> str | None:
    """Return the same link, if it waits for a yes already."""
    if source not in document:
        return None
    for one in document.referrers(source):
        if not isinstance(one, Link) or not one.is_proposed:
            continue
        if (one.source, one.relation, one.target) == (source, relation, target):
            return one.id
    return None
