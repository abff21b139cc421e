"""Ideas for revenue: by kind, with what on the journey they use, and one line to add.

A form of its own was turned down: it lists every entry of the canvas once more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from journeykit.errors import InputError, UnknownNameError
from journeykit.model import (
    CanvasEntry,
    Channel,
    Document,
    Edit,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    Segment,
    Touchpoint,
    new_id,
    rank_between,
)
from journeykit.model.edits import add
from journeykit.show.guide_tree import Node, listed, node
from journeykit.vocabulary import CANVAS_BLOCKS
from journeykit.workshop import Workshop

__all__ = ["add_revenue_idea", "revenue_tree"]

_Done = Callable[[Sequence[Edit], str], str]
_Idea = Literal["subscription", "loyalty", "partnership"]
_IDEAS: Mapping[_Idea, tuple[str, str, str]] = MappingProxyType(
    {
        "subscription": (
            "Subscription",
            "What would they gladly have all year round?",
            "A care plan by the month",
        ),
        "loyalty": (
            "Loyalty programme",
            "What would bring them back, and be worth it to both?",
            "Every tenth visit is free",
        ),
        "partnership": (
            "Partnership",
            "Who serves the same people just before or after?",
            "A share of what a partner sells",
        ),
    }
)
"""Name, question and example by kind of idea."""

_OF_OPPORTUNITY: Mapping[str, _Idea] = MappingProxyType(
    {
        "subscription": "subscription",
        "loyalty_programme": "loyalty",
        "partnership": "partnership",
    }
)
_JOURNEY = (Touchpoint, Persona, Segment, Channel, PainPoint)


def revenue_tree(document: Document) -> Node:
    """Return the ideas for revenue by their kind, and what on the journey they use.

    Canvas entries marked as an idea count, and opportunities of the same kinds.

    Parameters
    ----------
    document
        The workshop.
    """
    ideas: dict[_Idea, list[CanvasEntry | Opportunity]] = {one: [] for one in _IDEAS}
    for entry in document.of(CanvasEntry):
        if entry.revenue_idea and not entry.is_proposed:
            ideas[entry.revenue_idea].append(entry)
    for opportunity in document.of(Opportunity):
        kind = _OF_OPPORTUNITY.get(opportunity.opportunity_type)
        if kind is not None:
            ideas[kind].append(opportunity)
    tied = _ties(document)
    return listed(
        "Ideas for revenue",
        *(part for kind, found in ideas.items() for part in _kind(kind, found, tied)),
    )


def _kind(
    kind: _Idea,
    ideas: Sequence[CanvasEntry | Opportunity],
    tied: Mapping[str, Sequence[str]],
) -> tuple[Node, ...]:
    name, question, example = _IDEAS[kind]
    key = f"idea-{kind}"
    rows = [_idea(one, tied.get(one.id, ())) for one in ideas]
    return (
        node("p", {}, node("strong", {}, name), f" {question}"),
        node("ul", {"class": "jk-guide-rows"}, *rows) if rows else None,
        node(
            "div",
            {"class": "jk-check-reason"},
            node(
                "input",
                {"key": key, "label": f"{name}: a new idea", "placeholder": example},
            ),
            node(
                "button",
                {
                    "act": f"revenue_idea:{kind}",
                    "key": f"revenue_idea:{kind}",
                    "asks": key,
                    "label": f"Add to {name.lower()}",
                },
                "Add",
            ),
        ),
    )


def _idea(one: CanvasEntry | Opportunity, tied: Sequence[str]) -> Node:
    where = "An opportunity"
    if isinstance(one, CanvasEntry):
        where = f"On the canvas, {CANVAS_BLOCKS[one.block].lower()}"
    names = ", ".join(f"“{name}”" for name in dict.fromkeys(tied))
    said = f"tied to {names}" if names else "not tied to the journey yet"
    return node(
        "li",
        {},
        node(
            "div",
            {},
            node("p", {}, one.text),
            node("p", {"class": "jk-guide-missing"}, f"{where} · {said}"),
        ),
    )


def _ties(document: Document) -> dict[str, list[str]]:
    """Return by entry what of the journey taken links tie it to, by name."""
    found: dict[str, list[str]] = {}
    for link in document.of(Link):
        if link.is_proposed:
            continue
        for one, other in ((link.source, link.target), (link.target, link.source)):
            if isinstance(document[other], _JOURNEY):
                found.setdefault(one, []).append(document[other].name_for_people)
    return found


def add_revenue_idea(workshop: Workshop, asked: str, done: _Done) -> str:
    """Write an idea for revenue on the canvas after the change.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        ``KIND:TEXT``, such as ``subscription:A care plan``.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such kind of idea.
    InputError
        If it says nothing, or cannot be taken.
    """
    name, _, words = asked.partition(":")
    kind = next((one for one in _IDEAS if one == name), None)
    if kind is None:
        raise UnknownNameError("kind of idea", name, _IDEAS)
    if not words.strip():
        raise InputError("an idea in words was expected")
    document = workshop.document()
    ranks = [one.rank for one in document.of(CanvasEntry)]
    made = CanvasEntry(
        id=new_id("canvas_entry"),
        rank=rank_between(max(ranks, default=None), None),
        block="revenue_streams",
        text=words,
        state="after",
        revenue_idea=kind,
    )
    return done(
        [add(made, author=workshop.author)],
        f"“{made.text}” stands on the canvas after the change. Tie it, under “Canvas "
        "entries in full”, to the touchpoints and personas that it is for.",
    )
