"""Why it hurts: cause, prevent or fix, friction, bottleneck, unnecessary step.

What the process behind a touchpoint does to customers stands beside the pain point, so
that a team sees in one list which causes it knows and which it only treats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from journeykit.check.as_it_is import as_it_is
from journeykit.check.done_check import joined_to, named
from journeykit.check.team_order import by_ratings, open_pain_points
from journeykit.errors import UnknownNameError
from journeykit.model import CopisElement, Document, Edit, Entry, PainPoint
from journeykit.model.edits import change
from journeykit.show.guide_tree import Node, listed, node
from journeykit.workshop import Workshop

__all__ = ["CAUSE_ACTS", "causes_tree", "mark_friction", "respond"]

_Done = Callable[[Sequence[Edit], str], str]
_RESPONSES = {"proactive": "Prevent", "reactive": "Fix"}
_N_OPEN = 10


# --- what the buttons do --------------------------------------------------------------


def respond(workshop: Workshop, asked: str, done: _Done) -> str:
    """Note whether a pain point is prevented or fixed; again takes it back.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``proactive:PAIN`` or ``reactive:PAIN``.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such pain point or response.
    """
    response, _, own = asked.partition(":")
    pain = _pain(workshop.document(), own)
    if response not in _RESPONSES:
        raise UnknownNameError("response", response, _RESPONSES)
    is_back = pain.response == response
    fields = {"response": None if is_back else response}
    edit = change(workshop.document(), own, fields, author=workshop.author)
    said = "taken back" if is_back else f"{_RESPONSES[response].lower()} it"
    return done([edit], f"{pain.name_for_people}: {said}.")


def mark_friction(workshop: Workshop, asked: str, done: _Done) -> str:
    """Mark that the process itself rubs here, or take the mark back.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        Id of the pain point.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such pain point.
    """
    document = workshop.document()
    pain = _pain(document, asked)
    fields = {"is_process_friction": not pain.is_process_friction}
    edit = change(document, asked, fields, author=workshop.author)
    said = "no friction of the process" if pain.is_process_friction else "friction"
    return done([edit], f"{pain.name_for_people}: {said}.")


CAUSE_ACTS: Mapping[str, Callable[[Workshop, str, _Done], str]] = MappingProxyType(
    {"respond": respond, "friction": mark_friction}
)
"""By the verb that a button sends."""


def _pain(document: Document, own: str) -> PainPoint:
    pains = {one.id: one for one in document.of(PainPoint)}
    if own not in pains:
        raise UnknownNameError("pain point", own, pains)
    return pains[own]


# --- what is shown --------------------------------------------------------------------


def causes_tree(document: Document) -> Node:
    """Return the open pain points, worst first, each with its cause and response."""
    today = as_it_is(document)
    ranked = {one.id: one for one in (*by_ratings(today), *open_pain_points(today))}
    pains = list(ranked.values())
    label = "Why it hurts"
    if not pains:
        return listed(label, node("p", {}, "There are no open pain points yet."))
    behind = joined_to(today, "causes")
    rows = [_row(one, behind.get(one.id, [])) for one in pains]
    shown: list[Node] = [
        node("p", {}, _said(pains)),
        node("ul", {"class": "jk-guide-rows"}, *rows[:_N_OPEN]),
    ]
    if rows[_N_OPEN:]:
        more = f"{len(rows) - _N_OPEN} more"
        shown.append(
            node(
                "details",
                {"key": "causes-more"},
                node("summary", {"key": "causes-more-summary"}, more),
                node("ul", {"class": "jk-guide-rows"}, *rows[_N_OPEN:]),
            )
        )
    work = _of_the_work(today)
    if work:
        shown.append(node("p", {}, work))
    return listed(label, *shown)


def _said(pains: Sequence[PainPoint]) -> str:
    """Return how many causes are known, and how many are prevented."""
    n = len(pains)
    known = sum(bool(one.cause.strip()) for one in pains)
    prevented = sum(one.response == "proactive" for one in pains)
    fixed = sum(one.response == "reactive" for one in pains)
    open_ones = n - prevented - fixed
    left = f", {open_ones} undecided" if open_ones else ""
    return (
        f"{known} of {n} have a cause. {prevented} you prevent, {fixed} you fix when "
        f"it happens{left}."
    )


def _row(one: PainPoint, behind: Sequence[Entry]) -> Node:
    name = one.name_for_people
    cause = one.cause.strip()
    parts = [other for other in behind if isinstance(other, CopisElement)]
    return node(
        "li",
        {"class": "jk-guide-picked"},
        node(
            "div",
            {"class": "jk-guide-what"},
            node("p", {}, node("strong", {}, name)),
            node("p", {}, f"Because: {cause}")
            if cause
            else node("p", {"class": "jk-guide-missing"}, "No cause yet: ask why."),
            node(
                "p",
                {"class": "jk-guide-missing"},
                f"Comes from {named(map(_part, parts))}.",
            )
            if parts
            else None,
        ),
        node(
            "div",
            {"class": "jk-guide-picks", "role": "group", "label": name},
            *(
                _pick(f"respond:{key}:{one.id}", words, name, is_on=one.response == key)
                for key, words in _RESPONSES.items()
            ),
            _pick(
                f"friction:{one.id}",
                "Friction",
                name,
                is_on=one.is_process_friction,
            ),
        ),
    )


def _pick(act: str, words: str, name: str, *, is_on: bool) -> Node:
    facts = {"act": act, "key": act, "label": f"{words}: {name}"}
    return node("button", {**facts, "current": "true" if is_on else None}, words)


def _part(one: CopisElement) -> str:
    marks = [
        words
        for field, words in (
            ("is_bottleneck", "bottleneck"),
            ("is_unnecessary", "unnecessary step"),
        )
        if getattr(one, field)
    ]
    return f"{one.text} ({' and '.join(marks)})" if marks else one.text


def _of_the_work(document: Document) -> str:
    """Return bottlenecks and unnecessary steps of the work behind, by name."""
    elements = [one for one in document.of(CopisElement) if not one.is_proposed]
    said = []
    for field, words in (
        ("is_bottleneck", "Bottlenecks"),
        ("is_unnecessary", "Unnecessary steps"),
    ):
        names = [one.text for one in elements if getattr(one, field)]
        if names:
            said.append(f"{words} in COPIS: {named(names)}.")
    return " ".join(said)
