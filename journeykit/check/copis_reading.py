"""What COPIS says once it is filled: where it hurts, what is done, what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from journeykit.check.as_it_is import as_it_is
from journeykit.check.copis_filling import copis_hits
from journeykit.language import listed, say, say_count
from journeykit.model import (
    CopisElement,
    Document,
    Link,
    PainPoint,
    Stage,
    Stakeholder,
    Touchpoint,
)
from journeykit.vocabulary import COPIS, CopisRole

__all__ = [
    "InformationRow",
    "ServedRow",
    "StrategyRow",
    "copis_information",
    "copis_sentences",
    "copis_served",
    "copis_strategies",
    "copis_titles",
]

_N_NAMED = 4


@dataclass(frozen=True, slots=True)
class StrategyRow:
    """An element that hurts, or for which something is planned.

    Parameters
    ----------
    element
        Id of the element.
    name, column
        What it is called, and its column under the definition in use.
    n_pains
        How many open pain points come from it.
    strategy, response
        What is done about it; ``proactive``, ``reactive``, or empty.
    owner
        By name; empty if nobody owns it.
    """

    element: str
    name: str
    column: str
    n_pains: int
    strategy: str
    response: str
    owner: str


@dataclass(frozen=True, slots=True)
class InformationRow:
    """Information: where it is gathered, what for, and who needs it.

    Parameters
    ----------
    element, name
        Id of the element, and what it is called.
    gathered_at, used_for
        As people wrote it; empty if they did not.
    needed_by, comes_from
        Names of what depends on it, and of what it depends on.
    n_touchpoints
        How many touchpoints it affects.
    """

    element: str
    name: str
    gathered_at: str
    used_for: str
    needed_by: tuple[str, ...]
    comes_from: tuple[str, ...]
    n_touchpoints: int


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A touchpoint, and which parts of COPIS it rests on.

    Parameters
    ----------
    stage, touchpoint
        By name.
    processes, others
        Names of the elements that affect it: processes, and all others.
    n_pains
        How many open pain points hurt there.
    """

    stage: str
    touchpoint: str
    processes: tuple[str, ...]
    others: tuple[str, ...]
    n_pains: int


def copis_served(document: Document) -> tuple[ServedRow, ...]:
    """Return the touchpoints of today in their order, and what each rests on.

    Parameters
    ----------
    document
        The workshop; maps as they should be are left out.
    """
    today = as_it_is(document)
    by: dict[str, dict[str, CopisElement]] = {}
    for link in today.of(Link):
        element = today.get(link.source)
        if link.relation != "affects" or link.is_proposed:
            continue
        if isinstance(element, CopisElement) and not element.is_proposed:
            by.setdefault(link.target, {})[element.id] = element
    pains: Counter[str] = Counter()
    for pain in today.of(PainPoint):
        if pain.touchpoint and pain.status != "resolved":
            pains[pain.touchpoint] += 1
    places = {one.id: (at, one.name) for at, one in enumerate(today.of(Stage))}
    found = sorted(today.of(Touchpoint), key=lambda one: places[one.stage][0])
    rows = []
    for one in found:
        on = tuple(by.get(one.id, {}).values())
        rows.append(
            ServedRow(
                places[one.stage][1],
                one.name,
                tuple(other.text for other in on if other.role == "process"),
                tuple(other.text for other in on if other.role != "process"),
                pains[one.id],
            )
        )
    return tuple(rows)


def copis_titles(document: Document) -> dict[CopisRole, str]:
    """Return what each role is called: by the definition in use, else by another."""
    case = document.case
    titles: dict[CopisRole, str] = {}
    for meaning in (COPIS[case.copis if case else "classic"], *COPIS.values()):
        for role, title in meaning.columns.items():
            titles.setdefault(role, say(title))
    return titles


def copis_strategies(document: Document) -> tuple[StrategyRow, ...]:
    """Return the strategy of each element that has one or that hurts, worst first.

    Parameters
    ----------
    document
        The workshop.
    """
    hits = {one.element: one.n for one in copis_hits(document)}
    titles = copis_titles(document)
    rows = []
    for one in document.of(CopisElement):
        if one.is_proposed or not (one.id in hits or one.strategy or one.response):
            continue
        owner = document.get(one.owner)
        rows.append(
            StrategyRow(
                one.id,
                one.text,
                titles[one.role],
                hits.get(one.id, 0),
                one.strategy,
                one.response or "",
                owner.name if isinstance(owner, Stakeholder) else "",
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.n_pains))


def copis_information(document: Document) -> tuple[InformationRow, ...]:
    """Return the information: gathered where, used for what, in its order.

    Parameters
    ----------
    document
        The workshop.
    """
    found = [
        one
        for one in document.of(CopisElement)
        if one.role == "information" and not one.is_proposed
    ]
    known = {one.id for one in found}
    needed: dict[str, list[str]] = {}
    sources: dict[str, list[str]] = {}
    touched: dict[str, set[str]] = {}
    for link in document.of(Link):
        if link.is_proposed:
            continue
        if link.relation == "depends_on" and link.target in known:
            name = document[link.source].name_for_people
            needed.setdefault(link.target, []).append(name)
        if link.relation == "depends_on" and link.source in known:
            name = document[link.target].name_for_people
            sources.setdefault(link.source, []).append(name)
        if link.relation == "affects" and link.source in known:
            touched.setdefault(link.source, set()).add(link.target)
    return tuple(
        InformationRow(
            one.id,
            one.text,
            one.gathered_at,
            one.used_for,
            tuple(needed.get(one.id, ())),
            tuple(sources.get(one.id, ())),
            len(touched.get(one.id, ())),
        )
        for one in found
    )


def copis_sentences(document: Document) -> tuple[str, ...]:
    """Return what COPIS shows: each a sentence with its number and its names.

    Parameters
    ----------
    document
        The workshop.

    Examples
    --------
    >>> copis_sentences(Document())
    ()
    """
    elements = [one for one in document.of(CopisElement) if not one.is_proposed]
    if not elements:
        return ()
    return (
        *_hit(document),
        *_marked(elements),
        *_strategies(document),
    )


def _hit(document: Document) -> tuple[str, ...]:
    hits = copis_hits(document)
    traced = {pain for one in hits for pain in one.pain_points}
    open_pains = [one for one in document.of(PainPoint) if one.status != "resolved"]
    rest = [one.text for one in open_pains if one.id not in traced]
    said = []
    if hits:
        n = hits[0].n
        worst = [one.name for one in hits if one.n == n]
        if len(worst) == 1:
            most = say_count(
                "“{name}” is hit most: {n} pain point comes from it.",
                "“{name}” is hit most: {n} pain points come from it.",
                n,
                name=worst[0],
            )
        else:
            most = say_count(
                "Hit most, with {n} pain point each: {names}.",
                "Hit most, with {n} pain points each: {names}.",
                n,
                names=_quoted(worst),
            )
        said.append(most)
    else:
        said.append(say("No pain point is traced to a part of COPIS yet."))
    if rest:
        said.append(
            say_count(
                "{n} of {total} open pain points is not traced yet: {names}.",
                "{n} of {total} open pain points are not traced yet: {names}.",
                len(rest),
                total=len(open_pains),
                names=_quoted(rest),
            )
        )
    return tuple(said)


def _marked(elements: Iterable[CopisElement]) -> tuple[str, ...]:
    """Return a sentence for each of the marks that an element can have."""
    every = list(elements)
    waits = [one.text for one in every if one.is_bottleneck]
    spare = [one.text for one in every if one.is_unnecessary]
    machine = [one.text for one in every if one.is_automation_candidate]
    return (
        say_count(
            "{n} bottleneck: {names}.",
            "{n} bottlenecks: {names}.",
            len(waits),
            names=_quoted(waits),
        )
        if waits
        else say("No bottleneck is marked yet."),
        say_count(
            "{n} step that could be left out: {names}.",
            "{n} steps that could be left out: {names}.",
            len(spare),
            names=_quoted(spare),
        )
        if spare
        else say("Nothing is marked as unnecessary yet."),
        say_count(
            "{n} candidate for automation: {names}.",
            "{n} candidates for automation: {names}.",
            len(machine),
            names=_quoted(machine),
        )
        if machine
        else say("Nothing is marked as a candidate for automation yet."),
    )


def _strategies(document: Document) -> tuple[str, ...]:
    rows = copis_strategies(document)
    hit = [row for row in rows if row.n_pains]
    bare = [row.name for row in hit if not row.strategy]
    n_ahead = sum(row.response == "proactive" for row in rows if row.strategy)
    n_after = sum(row.response == "reactive" for row in rows if row.strategy)
    n = sum(bool(row.strategy) for row in rows)
    said = []
    if n:
        planned = say_count(
            "{n} strategy: {ahead} proactive, {after} reactive.",
            "{n} strategies: {ahead} proactive, {after} reactive.",
            n,
            ahead=n_ahead,
            after=n_after,
        )
        said.append(planned)
    if bare:
        said.append(
            say_count(
                "{n} of {total} parts that hurt has no strategy yet: {names}.",
                "{n} of {total} parts that hurt have no strategy yet: {names}.",
                len(bare),
                total=len(hit),
                names=_quoted(bare),
            )
        )
    return tuple(said)


def _quoted(names: list[str]) -> str:
    shown = [say("“{name}”", name=one) for one in names[:_N_NAMED]]
    if len(names) > _N_NAMED:
        shown.append(say("{n} more", n=len(names) - _N_NAMED))
    return listed(shown)
