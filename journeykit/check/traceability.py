"""From the objective to the effect on its KPI: one table, and every break in it.

A row runs through objective, KPI, persona, touchpoint, pain point, opportunity, action
and the KPI that the action is to move. What hangs on nothing has a row of its own, so
nothing is ever missing from the table. Proposed links do not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from journeykit.check.as_it_is import as_it_is
from journeykit.language import say, word
from journeykit.model import (
    Action,
    Document,
    Entry,
    Kpi,
    Link,
    Objective,
    Opportunity,
    PainPoint,
)

__all__ = ["COLUMNS", "Break", "TraceRow", "breaks", "traceability"]

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "objective": word("Objective"),
        "kpi": word("KPI"),
        "persona": word("Persona"),
        "touchpoint": word("Touchpoint"),
        "pain_point": word("Pain point"),
        "opportunity": word("Opportunity"),
        "action": word("Action"),
        "effect": word("Effect on"),
    }
)
"""The columns of the table and their heads, in order."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One way through the workshop: ids, None where it breaks off.

    Parameters
    ----------
    effect
        The KPI that the action is to move.
    """

    objective: str | None = None
    kpi: str | None = None
    persona: str | None = None
    touchpoint: str | None = None
    pain_point: str | None = None
    opportunity: str | None = None
    action: str | None = None
    effect: str | None = None


@dataclass(frozen=True, slots=True)
class Break:
    """An entry whose required relation is empty.

    Parameters
    ----------
    entry
        Its id.
    lacks
        What it should be joined to.
    text
        The same as a sentence.
    """

    entry: str
    lacks: str
    text: str


class _Joined:
    """What taken links and fields join, looked up once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.kpis_of: dict[str, list[str]] = {}
        self.objectives_of: dict[str, list[str]] = {}
        self.who: dict[str, list[str]] = {}
        self.where: dict[str, list[str]] = {}
        self.answered_by: dict[str, list[str]] = {}
        self.answers: dict[str, list[str]] = {}
        for link in document.of(Link):
            if link.is_proposed:
                continue
            if link.relation == "measured_by":
                self._both(self.kpis_of, self.objectives_of, link)
            elif link.relation == "answers":
                self._both(self.answers, self.answered_by, link)
            elif link.relation == "felt_by":
                self.who.setdefault(link.source, []).append(link.target)
            elif link.relation == "pain_at":
                self.where.setdefault(link.source, []).append(link.target)
        for pain in document.of(PainPoint):
            for found, name in (
                (self.who, pain.persona),
                (self.where, pain.touchpoint),
            ):
                if name is not None:
                    found.setdefault(pain.id, []).insert(0, name)

    @staticmethod
    def _both(
        forth: dict[str, list[str]], back: dict[str, list[str]], link: Link
    ) -> None:
        forth.setdefault(link.source, []).append(link.target)
        back.setdefault(link.target, []).append(link.source)

    def of(
        self, found: Mapping[str, Sequence[str]], entry: str, *kinds: type[Entry]
    ) -> list[str]:
        """Return what is joined to an entry, of these kinds, each once."""
        names = dict.fromkeys(found.get(entry, ()))
        return [one for one in names if isinstance(self.document[one], kinds)]

    def kpis(self, entry: Entry) -> list[str]:
        """Return the KPIs that an entry is measured by, that of its field first."""
        own = entry.kpi if isinstance(entry, Action) else None
        names = [own] if own else []
        return list(dict.fromkeys([*names, *self.of(self.kpis_of, entry.id, Kpi)]))


def traceability(document: Document) -> tuple[TraceRow, ...]:
    """Return every way from an objective to the effect on its KPI.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Returns
    -------
    tuple of TraceRow
        A row a pain point, opportunity and action; then what no pain point leads to.

    Examples
    --------
    >>> easy = Objective(id="o", text="Easy")
    >>> document = Document([Kpi(id="k", name="Effort"), easy])
    >>> [(row.objective, row.kpi) for row in traceability(document)]
    [('o', None), (None, 'k')]
    """
    document = as_it_is(document)
    joined = _Joined(document)
    rows: list[TraceRow] = []
    for pain in document.of(PainPoint):
        for who in _or_none(joined.of(joined.who, pain.id, Entry)):
            for place in _or_none(joined.of(joined.where, pain.id, Entry)):
                start = {"pain_point": pain.id, "persona": who, "touchpoint": place}
                rows += _answers_to(joined, start, pain.id)
    seen = {row.opportunity for row in rows}
    for opportunity in document.of(Opportunity):
        if opportunity.id not in seen:
            rows += _acted_on(joined, {"opportunity": opportunity.id}, opportunity.id)
    seen = {row.action for row in rows}
    for action in document.of(Action):
        if action.id not in seen:
            rows += _with_effect(joined, {}, action.id)
    rows += _unmoved(joined, rows)
    return tuple(dict.fromkeys(rows))


def _or_none(names: list[str]) -> Sequence[str | None]:
    return names or [None]


def _answers_to(
    joined: _Joined, start: Mapping[str, str | None], pain: str
) -> Iterator[TraceRow]:
    opportunities = joined.of(joined.answered_by, pain, Opportunity)
    for opportunity in opportunities:
        yield from _acted_on(joined, {**start, "opportunity": opportunity}, opportunity)
    direct = joined.of(joined.answered_by, pain, Action)
    for action in direct:
        yield from _with_effect(joined, start, action)
    if not opportunities and not direct:
        yield TraceRow(**start)


def _acted_on(
    joined: _Joined, start: Mapping[str, str | None], opportunity: str
) -> Iterator[TraceRow]:
    actions = joined.of(joined.answered_by, opportunity, Action)
    for action in actions:
        yield from _with_effect(joined, start, action)
    if not actions:
        yield TraceRow(**start)


def _with_effect(
    joined: _Joined, start: Mapping[str, str | None], action: str
) -> Iterator[TraceRow]:
    row = {**start, "action": action}
    kpis = joined.kpis(joined.document[action])
    for kpi in kpis:
        for objective in _or_none(joined.of(joined.objectives_of, kpi, Objective)):
            yield TraceRow(**row, objective=objective, kpi=kpi, effect=kpi)
    if not kpis:
        yield TraceRow(**row)


def _unmoved(joined: _Joined, rows: Iterable[TraceRow]) -> Iterator[TraceRow]:
    """Yield the objectives and KPIs that no action is to move."""
    pairs = {(row.objective, row.kpi) for row in rows}
    for objective in joined.document.of(Objective):
        kpis = joined.of(joined.kpis_of, objective.id, Kpi)
        for kpi in kpis:
            if (objective.id, kpi) not in pairs:
                yield TraceRow(objective=objective.id, kpi=kpi)
        if not kpis:
            yield TraceRow(objective=objective.id)
    known = {kpi for _, kpi in pairs}
    for one in joined.document.of(Kpi):
        objectives = joined.of(joined.objectives_of, one.id, Objective)
        if one.id not in known and not objectives:
            yield TraceRow(kpi=one.id)


def _required(
    joined: _Joined,
) -> Iterator[tuple[Sequence[Entry], str, str, Callable[[Entry], object]]]:
    """Yield which entries must be joined to what, in words, and how to see it."""
    document = joined.document
    yield (
        document.of(Objective),
        word("KPI"),
        word("The objective “{name}” is joined to no KPI."),
        lambda one: joined.of(joined.kpis_of, one.id, Kpi),
    )
    yield (
        document.of(Kpi),
        word("objective"),
        word("The KPI “{name}” is joined to no objective."),
        lambda one: joined.of(joined.objectives_of, one.id, Objective),
    )
    pains = [one for one in document.of(PainPoint) if one.status != "resolved"]
    yield (
        pains,
        word("persona"),
        word("The pain point “{name}” is joined to no persona."),
        lambda one: joined.who.get(one.id),
    )
    yield (
        pains,
        word("touchpoint"),
        word("The pain point “{name}” is joined to no touchpoint."),
        lambda one: joined.where.get(one.id),
    )
    yield (
        pains,
        word("opportunity or action"),
        word("The pain point “{name}” is joined to no opportunity or action."),
        lambda one: joined.of(joined.answered_by, one.id, Opportunity, Action),
    )
    yield (
        document.of(Opportunity),
        word("pain point or unmet need"),
        word("The opportunity “{name}” is joined to no pain point or unmet need."),
        lambda one: getattr(one, "unmet_need", "") or joined.answers.get(one.id),
    )
    yield (
        [one for one in document.of(Opportunity) if one.is_chosen],
        word("action"),
        word("The opportunity “{name}” is joined to no action."),
        lambda one: joined.of(joined.answered_by, one.id, Action),
    )
    actions = [one for one in document.of(Action) if one.status != "dropped"]
    yield (
        actions,
        word("pain point or opportunity"),
        word("The action “{name}” is joined to no pain point or opportunity."),
        lambda one: joined.answers.get(one.id),
    )
    yield (
        actions,
        word("KPI"),
        word("The action “{name}” is joined to no KPI."),
        joined.kpis,
    )


def breaks(document: Document) -> tuple[Break, ...]:
    """Return every entry whose required relation is empty, one row each.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.

    Examples
    --------
    >>> [one.text for one in breaks(Document([Objective(id="o", text="Easy")]))]
    ['The objective “Easy” is joined to no KPI.']
    """
    joined = _Joined(as_it_is(document))
    found = []
    for entries, lacks, words, is_joined in _required(joined):
        for one in entries:
            if not is_joined(one):
                text = say(words, name=one.name_for_people)
                found.append(Break(one.id, lacks, text))
    return tuple(found)
