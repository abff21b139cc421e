"""From what hurts to ideas and trials: one click each, and nothing that is let go lost.

A pain point or an unmet need becomes an opportunity with its link in one step. Ideas
that were not chosen stay in sight, and an experiment leads to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from journeykit.check.as_it_is import as_it_is
from journeykit.errors import UnknownNameError
from journeykit.model import (
    Document,
    LaneNote,
    Link,
    Opportunity,
    PainPoint,
    Persona,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, new_edit_id
from journeykit.show.guide_plan import table
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.vocabulary import OPPORTUNITY_TYPES
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.alignment_acts import Done

__all__ = ["OPPORTUNITY_ACTS", "ideas_tree", "make_opportunity", "unanswered_tree"]

_N_OFFERED = 10
_LONGEST = 300
_UNMET = ("need", "expectation")


# --- what waits for an idea -----------------------------------------------------------


def unanswered_tree(document: Document) -> Node:
    """Return pain points and unmet needs that no idea answers, each with a button."""
    today = as_it_is(document)
    answered = _answered(document)
    pains = [
        one
        for one in today.of(PainPoint)
        if one.id not in answered and one.status != "resolved"
    ]
    pains.sort(key=lambda one: (-(one.priority or 0), -(one.severity or 0)))
    notes = [
        one
        for one in today.of(LaneNote)
        if one.lane in _UNMET and one.id not in answered
    ]
    needs = _needs_of_personas(today)
    if not (pains or notes or needs):
        said = "Every pain point and every noted need has an idea. Well done."
        if not today.of(PainPoint):
            said = "There are no pain points and needs yet: begin in step 6 and 7."
        return listed("What waits for an idea", node("p", {}, said))
    n = len(pains)
    lead = f"{n} {'pain point has' if n == 1 else 'pain points have'} no idea yet."
    return listed(
        "What waits for an idea",
        node("p", {}, node("strong", {}, lead if n else "Every pain point has one.")),
        _rows(
            [(f"opportunity:{one.id}", one.text, _place(today, one)) for one in pains]
        ),
        _needs(
            [(f"opportunity:{one.id}", one.text, _over(today, one)) for one in notes]
            + [
                (f"opportunity:{who.id}:{at}", need, who.name)
                for who, at, need in needs
            ]
        ),
    )


def _answered(document: Document) -> set[str]:
    return {
        link.target
        for link in document.of(Link)
        if link.relation == "answers"
        and not link.is_proposed
        and isinstance(document.get(link.source), Opportunity)
    }


def _needs_of_personas(document: Document) -> list[tuple[Persona, int, str]]:
    """Return needs on personas that stand on no opportunity, word for word."""
    met = {one.unmet_need.casefold() for one in document.of(Opportunity)}
    return [
        (who, at, need)
        for who in document.of(Persona)
        for at, need in enumerate(who.needs)
        if need and need.casefold() not in met
    ]


def _place(document: Document, pain: PainPoint) -> str:
    where = document.get(pain.touchpoint) or document.get(pain.stage)
    rated = f"severity × frequency {pain.priority}" if pain.priority else "not rated"
    return f"{where.name_for_people} · {rated}" if where else rated


def _over(document: Document, note: LaneNote) -> str:
    where = document.get(note.touchpoint) or document.get(note.stage)
    return where.name_for_people if where else ""


def _rows(rows: Sequence[tuple[str, str, str]]) -> Node | None:
    if not rows:
        return None
    more = len(rows) - _N_OFFERED
    shown = [
        node(
            "li",
            {},
            node(
                "div",
                {},
                node("p", {}, text),
                node("p", {"class": "jk-guide-missing"}, where) if where else None,
            ),
            button(act, "Turn into an opportunity", f"Turn into one: {text}"),
        )
        for act, text, where in rows[:_N_OFFERED]
    ]
    if more > 0:
        shown.append(node("li", {}, node("p", {}, f"And {more} more after these.")))
    return node("ul", {"class": "jk-guide-rows"}, *shown)


def _needs(rows: Sequence[tuple[str, str, str]]) -> Node | None:
    if not rows:
        return None
    return node(
        "details",
        {"key": "unmet"},
        node(
            "summary",
            {"key": "unmet-summary"},
            "Needs that no idea meets",
            node("span", {"class": "jk-guide-state"}, str(len(rows))),
        ),
        _rows(rows),
    )


def make_opportunity(workshop: Workshop, asked: str, done: Done) -> str:
    """Turn a pain point or a need into an opportunity, with what it answers.

    Parameters
    ----------
    workshop
        The workshop.
    asked
        Id of the pain point or note; ``PERSONA:NUMBER`` for a need of a persona.
    done
        Writes the edits.

    Raises
    ------
    UnknownNameError
        If there is no such pain point or need.
    """
    document = workshop.document()
    name, _, number = asked.partition(":")
    source = document.get(name)
    like = document.of(Opportunity)
    made = Opportunity(
        id=new_id("opportunity"),
        rank=rank_between(like[-1].rank if like else None, None),
        text=_question("mend", ""),
    )
    if isinstance(source, PainPoint):
        given = {"stage": source.stage, "touchpoint": source.touchpoint}
        given |= {"text": _question("mend", source.text)}
    elif isinstance(source, LaneNote) and source.lane in _UNMET:
        given = {"stage": source.stage, "touchpoint": source.touchpoint}
        given |= {"text": _question("meet", source.text)}
        given |= {"unmet_need": _cut(source.text, _LONGEST)}
    elif isinstance(source, Persona) and number.isdigit():
        needs = dict(enumerate(source.needs))
        if int(number) not in needs:
            raise UnknownNameError("need", number, map(str, needs))
        need = needs[int(number)]
        given = {"text": _question("meet", need), "unmet_need": need}
    else:
        raise UnknownNameError("pain point or need", name, ())
    made = made.model_copy(update=given)
    group, author = new_edit_id(), workshop.author
    edits = [add(made, author=author, group=group)]
    if not isinstance(source, Persona):
        links = document.of(Link)
        link = Link(
            id=new_id("link"),
            rank=rank_between(links[-1].rank if links else None, None),
            source=made.id,
            target=source.id,
            relation="answers",
        )
        edits.append(add(link, author=author, group=group))
    return done(edits, f"“{made.text}” is among your ideas. Now write the answer.")


def _question(verb: str, words: str) -> str:
    start = f"How might we {verb} “"
    return f"{start}{_cut(words, _LONGEST - len(start) - 2)}”?"


def _cut(words: str, longest: int) -> str:
    one_line = " ".join(words.split())
    return one_line if len(one_line) <= longest else f"{one_line[: longest - 1]}…"


# --- all ideas ------------------------------------------------------------------------


def ideas_tree(document: Document) -> Node:
    """Return all ideas by what was decided; those that were let go stay in sight."""
    ideas = document.of(Opportunity)
    if not ideas:
        said = "There are no ideas yet. Turn a pain point into one above."
        return listed("All ideas", node("p", {}, said))
    delight = sum(one.exceeds_expectations for one in ideas)
    groups = (
        ("We go on with these", [one for one in ideas if one.is_chosen]),
        ("Not decided yet", [one for one in ideas if one.is_chosen is None]),
        ("Kept for later", [one for one in ideas if one.is_chosen is False]),
    )
    noun = "idea" if len(ideas) == 1 else "ideas"
    lead = f"{len(ideas)} {noun}, {len({one.opportunity_type for one in ideas})} kinds"
    targets: dict[str, list[str]] = {}
    for link in document.of(Link):
        if link.relation == "answers" and not link.is_proposed:
            targets.setdefault(link.source, []).append(link.target)
    return listed(
        "All ideas",
        node(
            "p",
            {},
            node("strong", {}, f"{lead}."),
            f" {delight} would give more than is expected, the others what is missing.",
        ),
        *(
            node(
                "details",
                {"key": f"ideas-{at}", "open": at == 0 or len(ideas) <= _N_OFFERED},
                node(
                    "summary",
                    {"key": f"ideas-{at}-summary"},
                    title,
                    node("span", {"class": "jk-guide-state"}, str(len(own))),
                ),
                table(
                    (
                        "Idea",
                        "Kind",
                        "What it answers",
                        "Expectations",
                        "Effect",
                        "Effort",
                    ),
                    [_idea_row(document, one, targets.get(one.id, ())) for one in own],
                    name="jk-guide-ideas",
                ),
            )
            for at, (title, own) in enumerate(groups)
            if own
        ),
    )


def _idea_row(
    document: Document, one: Opportunity, answers: Sequence[str]
) -> Sequence[Node]:
    answered = [document[name].name_for_people for name in answers]
    if one.unmet_need and one.unmet_need not in answered:
        answered.append(one.unmet_need)
    return (
        one.text,
        OPPORTUNITY_TYPES[one.opportunity_type],
        "; ".join(answered) or node("strong", {}, "Nothing yet"),
        "exceeds them" if one.exceeds_expectations else "meets them",
        str(one.expected_effect or "–"),
        str(one.effort or "–"),
    )


OPPORTUNITY_ACTS: Mapping[str, Callable[[Workshop, str, Done], str]] = MappingProxyType(
    {"opportunity": make_opportunity}
)
"""What buttons beside ideas do, by their verb."""
