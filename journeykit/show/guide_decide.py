"""What is taken up first: the team chooses from the ranking, and says why.

The ranking is shown and never taken over by itself. A reason is one click, since a form
that nobody fills in keeps no reason at all; the form of decisions takes a longer one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from journeykit.check.as_it_is import as_it_is
from journeykit.check.team_order import (
    TeamPick,
    by_ratings,
    open_pain_points,
    team_order,
)
from journeykit.errors import InputError, UnknownNameError
from journeykit.model import Decision, Document, Edit, PainPoint, new_id, rank_between
from journeykit.model.edits import add, change, new_edit_id, remove
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.store.store import utc_now
from journeykit.workshop import Workshop

__all__ = ["REASONS", "decide", "decide_tree"]

_Done = Callable[[Sequence[Edit], str], str]

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "worst": ("Hurts most", "It hurts most where it happens."),
        "many": ("Hits many", "It hits the most customers."),
        "soon": ("Mended soon", "We can mend it soon."),
        "promise": ("Breaks a promise", "It breaks what we promise."),
        "others": ("Others depend on it", "Other pain points depend on it."),
    }
)
"""Reasons that are one click: what the button says, and what is kept."""

_TOP = 3
_N_OPEN = 8
_MOST_SIGNS = 180


# --- what the buttons do --------------------------------------------------------------


def decide(workshop: Workshop, asked: str, done: _Done) -> str:
    """Change what the team takes up first, in one step that can be undone.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``take:PAIN``; ``ranked``, which takes the first three by their ratings;
        ``up:DECISION``, ``down:DECISION``, ``out:DECISION``;
        ``why:REASON:DECISION``.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError, InputError
        If there is no such pain point, choice, reason or thing to do.
    """
    document = workshop.document()
    verb, _, rest = asked.partition(":")
    if verb == "take":
        return _take(workshop, document, [rest], done)
    if verb == "ranked":
        known = {one.pain_point.id for one in team_order(document)}
        first = [one.id for one in by_ratings(as_it_is(document))[:_TOP]]
        return _take(
            workshop, document, [one for one in first if one not in known], done
        )
    reason, _, own = rest.rpartition(":")
    picks = {one.decision.id: one for one in team_order(document)}
    if own not in picks:
        raise UnknownNameError("choice", own, picks)
    pick = picks[own]
    if verb == "why":
        return _say_why(workshop, document, pick, reason, done)
    if verb not in ("up", "down", "out"):
        raise UnknownNameError("thing to do", verb, ("take", "up", "down", "out"))
    order, at = [one.decision for one in picks.values()], pick.place - 1
    group, edits = new_edit_id(), []
    order.remove(pick.decision)
    name = pick.pain_point.name_for_people
    said = f"{name}: no longer among the first."
    if verb == "out":
        edits = [remove(document, own, author=workshop.author, group=group)]
    else:
        to = min(max(at + (-1 if verb == "up" else 1), 0), len(order))
        order.insert(to, pick.decision)
        said = f"{name}: place {to + 1}."
    edits += _placed(document, order, workshop.author, group)
    return done(edits, said) if edits else f"{name} stays where it is."


def _take(
    workshop: Workshop, document: Document, wanted: Sequence[str], done: _Done
) -> str:
    """Put pain points at the end of the order."""
    pains = {one.id: one for one in open_pain_points(document)}
    picks = team_order(document)
    known = {one.pain_point.id for one in picks}
    for one in wanted:
        if one not in pains:
            raise UnknownNameError("pain point", one, pains)
        if one in known:
            raise InputError(f"{pains[one].name_for_people} is chosen already")
    if not wanted:
        return "There is nothing to take over: rate severity and frequency first."
    group, author = new_edit_id(), workshop.author
    # The rank of a decision says nothing of the order, its place does.
    others = document.of(Decision)
    last = others[-1].rank if others else None
    edits = list(_placed(document, [one.decision for one in picks], author, group))
    for place, one in enumerate(wanted, start=len(picks) + 1):
        last = rank_between(last, None)
        made = Decision(
            id=new_id("decision"),
            rank=last,
            text=f"We take up first: {_short(pains[one].name_for_people)}",
            subject=one,
            place=place,
            day=utc_now().date(),
        )
        edits.append(add(made, author=author, group=group))
    names = ", ".join(pains[one].name_for_people for one in wanted)
    return done(edits, f"Chosen: {names}. Say why.")


def _say_why(
    workshop: Workshop, document: Document, pick: TeamPick, reason: str, done: _Done
) -> str:
    if reason not in REASONS:
        raise UnknownNameError("reason", reason, REASONS)
    _, words = REASONS[reason]
    fields = {"reason": words}
    edit = change(document, pick.decision.id, fields, author=workshop.author)
    return done([edit], f"{pick.pain_point.name_for_people}: {words}")


def _placed(
    document: Document, order: Sequence[Decision], author: str | None, group: str
) -> list[Edit]:
    """Return the edits that give each choice its place in this order."""
    return [
        change(document, one.id, {"place": place}, author=author, group=group)
        for place, one in enumerate(order, start=1)
        if one.place != place
    ]


def _short(words: str) -> str:
    return words if len(words) <= _MOST_SIGNS else f"{words[: _MOST_SIGNS - 1]}…"


# --- what is shown --------------------------------------------------------------------


def decide_tree(document: Document) -> Node:
    """Return what the team chose, in its order, and what it can still choose from."""
    today = as_it_is(document)
    picks = team_order(today)
    rated = by_ratings(today)
    ranks = {one.id: place for place, one in enumerate(rated, start=1)}
    chosen = {one.pain_point.id for one in picks}
    left = [one for one in rated if one.id not in chosen]
    left += [
        one
        for one in open_pain_points(today)
        if one.id not in ranks and one.id not in chosen
    ]
    label = "What we take up first"
    if not picks and not left:
        return listed(label, node("p", {}, "There are no pain points to choose from."))
    return listed(
        label,
        node("p", {}, _said(picks, ranks)),
        node(
            "ul",
            {"class": "jk-guide-rows"},
            *(_picked(one, ranks, len(picks)) for one in picks),
        )
        if picks
        else None,
        button("decide:ranked", "Take the first three by their ratings")
        if not picks and ranks
        else None,
        *_to_choose(left, len(picks)),
    )


def _said(picks: Sequence[TeamPick], ranks: Mapping[str, int]) -> str:
    """Return how the choice stands to the ranking, and where a reason is missing."""
    if not picks:
        return (
            "Nothing is chosen yet. Three are enough to begin with; the order is "
            "yours, not that of the numbers."
        )
    n = len(picks)
    against = [
        f"“{one.pain_point.name_for_people}”"
        for one in picks
        if ranks.get(one.pain_point.id, n + 1) > max(n, _TOP)
    ]
    silent = sum(not one.reason for one in picks)
    said = f"You chose {n}."
    if against:
        verb = "ranks" if len(against) == 1 else "rank"
        said += f" {' and '.join(against[:2])} {verb} lower by the ratings."
    if silent:
        said += f" {silent} of {n} without a reason: next year somebody will ask."
    return said


def _picked(one: TeamPick, ranks: Mapping[str, int], n: int) -> Node:
    name, own = one.pain_point.name_for_people, one.decision.id
    about = _rated(one.pain_point, ranks.get(one.pain_point.id))
    why: list[Node] = []
    if one.reason:
        why = [node("p", {}, f"Why: {one.reason}")]
    else:
        chips = (
            button(f"decide:why:{key}:{own}", words, f"{words}: {name}")
            for key, (words, _) in REASONS.items()
        )
        why = [
            node(
                "p",
                {"class": "jk-guide-missing"},
                "Why? One click, or your own words in the form below.",
            ),
            node(
                "div",
                {"class": "jk-guide-chips", "role": "group", "label": f"Why {name}?"},
                *chips,
            ),
        ]
    return node(
        "li",
        {"class": "jk-guide-picked"},
        node("span", {"class": "jk-guide-place", "hidden": "true"}, str(one.place)),
        node(
            "div",
            {"class": "jk-guide-what"},
            node("p", {}, node("strong", {}, name)),
            node("p", {"class": "jk-guide-missing"}, about),
            *why,
        ),
        node(
            "div",
            {"class": "jk-guide-picks", "role": "group", "label": name},
            button(f"decide:up:{own}", "↑", f"Earlier: {name}")
            if one.place > 1
            else None,
            button(f"decide:down:{own}", "↓", f"Later: {name}")
            if one.place < n
            else None,
            button(f"decide:out:{own}", "Take out", f"Take out: {name}"),
        ),
    )


def _to_choose(left: Sequence[PainPoint], n: int) -> list[Node]:
    if not left:
        return []
    words = f"Put at place {n + 1}"
    rows = [
        node(
            "li",
            {},
            node(
                "p",
                {},
                node("strong", {}, one.name_for_people),
                f" · {_rated(one, None)}",
            ),
            button(f"decide:take:{one.id}", words, f"{words}: {one.name_for_people}"),
        )
        for one in left
    ]
    said = (
        "Choose from, worst first by severity × frequency" if n == 0 else "The others"
    )
    shown = [
        node("p", {}, node("strong", {}, said)),
        node("ul", {"class": "jk-guide-rows"}, *rows[:_N_OPEN]),
    ]
    if rows[_N_OPEN:]:
        shown.append(
            node(
                "details",
                {"key": "decide-more"},
                node(
                    "summary",
                    {"key": "decide-more-summary"},
                    f"{len(rows) - _N_OPEN} more",
                ),
                node("ul", {"class": "jk-guide-rows"}, *rows[_N_OPEN:]),
            )
        )
    return shown


def _rated(one: PainPoint, rank: int | None) -> str:
    if one.priority is None:
        return "not rated yet"
    place = f", rank {rank} by the ratings" if rank else ""
    return (
        f"severity {one.severity} × frequency {one.frequency} = {one.priority}{place}"
    )
