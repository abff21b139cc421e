"""Departments and people beside a board: answers, sign-off, and whom to thank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from journeykit.check.contributions import PARTS, Contribution, contributions
from journeykit.check.departments import (
    Reply,
    SignedOff,
    departments_behind,
    replies,
    sign_offs,
)
from journeykit.errors import UnknownNameError
from journeykit.layout.day_words import day_text
from journeykit.model import (
    DepartmentAnswer,
    DepartmentSignOff,
    Document,
    PainPoint,
    Stakeholder,
    new_id,
    rank_between,
)
from journeykit.model.edits import add, change
from journeykit.model.fields import spec_of
from journeykit.show.guide_plan import table
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.show.numbers import joined
from journeykit.store.traces import began_with, changed_by
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.alignment_acts import Done

__all__ = [
    "PEOPLE_ACTS",
    "answers_tree",
    "contributions_of",
    "contributions_tree",
    "route",
    "sign",
    "sign_offs_tree",
]

_MOST_COLUMNS = 3
_LENGTH = 220
_N_OFFERED = 12


# --- answers of departments -----------------------------------------------------------


def answers_tree(document: Document) -> Node:
    """Return pain points by department: who answered what, and who owes an answer."""
    found = replies(document)
    language = document.case.language if document.case else "en"
    return listed(
        "Answers of the departments",
        node("p", {}, *_owed(found)),
        _matrix(found, language) if found else None,
        _unrouted(document, {one.pain_point.id for one in found}),
    )


def _owed(found: Sequence[Reply]) -> tuple[Node, ...]:
    if not found:
        return ("No pain point has been sent to a department yet.",)
    owed = Counter(one.department for one in found if one.answer is None)
    if not owed:
        return (node("strong", {}, "Every department that was asked has answered."),)
    n = sum(owed.values())
    noun = "answer is" if n == 1 else "answers are"
    who = joined([f"{name} ({n})" for name, n in owed.most_common()])
    return (node("strong", {}, f"{n} {noun} still owed:"), f" {who}.")


def _matrix(found: Sequence[Reply], language: str) -> Node:
    """Return a column for each department; a row for each answer if they are many."""
    names = list(dict.fromkeys(one.department for one in found))
    if len(names) > _MOST_COLUMNS:
        rows: list[Sequence[Node]] = []
        before = ""
        for one in found:
            pain = one.pain_point.text if one.pain_point.id != before else ""
            before = one.pain_point.id
            rows.append((pain, one.department, _answer(one.answer, language)))
        heads = ("Pain point", "Department", "What it says")
        return table(heads, rows, name="jk-guide-pairs")
    cells = {(one.pain_point.id, one.department): one for one in found}
    pains = {one.pain_point.id: one.pain_point for one in found}
    return table(
        ("Pain point", *names),
        [
            (
                pain.text,
                *(
                    _answer(cells[key, name].answer, language)
                    if (key, name) in cells
                    else ""
                    for name in names
                ),
            )
            for key, pain in pains.items()
        ],
        name="jk-guide-answers",
    )


def _answer(answer: DepartmentAnswer | None, language: str) -> Node:
    if answer is None:
        return node("strong", {}, "No answer yet")
    agreement = dict(spec_of("department_answer", "agreement").choices)
    head = agreement.get(answer.agreement or "", "Answered")
    if answer.until:
        head += f", until {day_text(answer.until, language)}"
    text = answer.answer
    if len(text) > _LENGTH:
        text = f"{text[: _LENGTH - 1].rstrip()}…"
    return node(
        "div",
        {},
        node("p", {}, node("strong", {}, head)),
        node("p", {"class": "jk-guide-missing"}, text) if text else None,
    )


def _unrouted(document: Document, routed: set[str]) -> Node | None:
    """Offer to ask the departments that stand behind a pain point's place."""
    rows = []
    for pain in document.of(PainPoint):
        behind = departments_behind(document, pain)
        if pain.id in routed or not behind or pain.status == "resolved":
            continue
        rows.append(
            node(
                "li",
                {},
                node(
                    "div",
                    {},
                    node("p", {}, pain.text),
                    node("p", {"class": "jk-guide-missing"}, ", ".join(behind)),
                ),
                button(f"route:{pain.id}", "Ask them", f"Ask about “{pain.text}”"),
            )
        )
    if not rows:
        return None
    more = len(rows) - _N_OFFERED
    return node(
        "details",
        {"key": "unrouted"},
        node(
            "summary",
            {"key": "unrouted-summary"},
            "Nobody was asked about these",
            node("span", {"class": "jk-guide-state"}, str(len(rows))),
        ),
        node("ul", {"class": "jk-guide-rows"}, *rows[:_N_OFFERED]),
        node("p", {"class": "jk-guide-missing"}, f"And {more} more.")
        if more > 0
        else None,
    )


def route(workshop: Workshop, asked: str, done: Done) -> str:
    """Route a pain point to the departments behind its place and owners."""
    document = workshop.document()
    pain = document[asked]
    if not isinstance(pain, PainPoint):
        return "Only a pain point is sent to departments."
    behind = departments_behind(document, pain)
    if not behind:
        return "Nobody knows yet whose it is: give it a touchpoint or an owner."
    names = tuple(dict.fromkeys((*pain.departments, *behind)))
    edit = change(document, asked, {"departments": names}, author=workshop.author)
    noun = "an answer" if len(behind) == 1 else "one answer each"
    return done([edit], f"“{pain.text}” now waits for {noun}: {joined(list(behind))}.")


# --- sign-off -------------------------------------------------------------------------


def sign_offs_tree(document: Document) -> Node:
    """Return each department with its word on the map, those that owe one first."""
    found = sign_offs(document)
    if not found:
        said = "No department is on the team yet: add people in step 2."
        return listed("Sign-off", node("p", {}, said))
    return listed(
        "Sign-off",
        node("p", {}, node("strong", {}, _signed(found))),
        table(
            ("Department", "Its word", "Reason", "Signed by", "When"),
            [_signed_row(document, one) for one in found],
        ),
    )


def _signed(found: Sequence[SignedOff]) -> str:
    counts = Counter(
        one.sign_off.agreement if one.sign_off else "owed" for one in found
    )
    noun = "department" if len(found) == 1 else "departments"
    words = {
        "agrees": ("agrees", "agree"),
        "agrees_with_changes": ("agrees with changes", "agree with changes"),
        "dissents": ("does not agree", "do not agree"),
        "owed": ("has not said yet", "have not said yet"),
    }
    parts = [
        f"{counts[key]} {one if counts[key] == 1 else many}"
        for key, (one, many) in words.items()
        if counts[key]
    ]
    return f"{len(found)} {noun}: {', '.join(parts)}."


def _signed_row(document: Document, one: SignedOff) -> Sequence[Node]:
    word = one.sign_off
    if word is None:
        name = one.department
        agree = button(f"agrees:{name}", "It agrees", f"{name} agrees with the map")
        return (name, node("strong", {}, "Not yet"), agree, "", "")
    language = document.case.language if document.case else "en"
    labels = dict(spec_of("department_sign_off", "agreement").choices)
    who = document.get(word.signed_by)
    return (
        one.department,
        labels.get(word.agreement, word.agreement),
        word.reason or "–",
        who.name if isinstance(who, Stakeholder) else "–",
        day_text(word.day, language) or "–",
    )


def sign(workshop: Workshop, asked: str, done: Done) -> str:
    """Note that a department agrees with the map, today; a dissent needs its reason.

    Raises
    ------
    UnknownNameError
        If no such department owes its word.
    """
    document = workshop.document()
    owed = [one.department for one in sign_offs(document) if one.sign_off is None]
    if asked not in owed:
        raise UnknownNameError("department that has not signed yet", asked, owed)
    like = document.of(DepartmentSignOff)
    made = DepartmentSignOff(
        id=new_id("department_sign_off"),
        rank=rank_between(like[-1].rank if like else None, None),
        department=asked,
        agreement="agrees",
        day=workshop.store.now().astimezone().date(),
    )
    said = f"{asked} agrees with the map. Say who signed in the form above."
    return done([add(made, author=workshop.author)], said)


# --- whom to thank --------------------------------------------------------------------


def contributions_of(
    workshop: Workshop, document: Document
) -> tuple[Contribution, ...]:
    """Return what each person gave to a workshop."""
    store = workshop.store
    made = [one.number for one in workshop.marks() if one.name == "start"]
    return contributions(
        document,
        store.added_by(),
        changed_by(store, min(made, default=0)),  # its data came with the starter
        store.author_names(),
        began_with(store),
    )


def contributions_tree(given: Sequence[Contribution]) -> Node:
    """Return whom to thank, and for what; by name, since this is no race."""
    named = [one for one in given if one.name]
    if not given:
        said = (
            "Nothing was added yet. Write your name into “author” in the settings of "
            "a notebook, so that people can thank you."
        )
        return listed("Thank you", node("p", {}, said))
    shown = [part for part in PARTS if any(one.added.get(part) for one in given)]
    rows = [_given_row(one, shown) for one in given]
    heads = [PARTS[part][0] for part in shown]
    thanks = "Thank you"
    if named:
        thanks += f", {joined([one.name for one in named])}"
    return listed(
        "Thank you",
        node("p", {}, node("strong", {}, f"{thanks}.")),
        table(("Who", "Department", *heads, "Worked on others’ cards"), rows),
        node(
            "p",
            {"class": "jk-guide-missing"},
            "In the order of names. What came with the example is not counted.",
        ),
    )


def _given_row(one: Contribution, parts: Sequence[str]) -> Sequence[Node]:
    name = one.name
    if not name:
        name = "Without a name"
        name += f" ({one.n_people} people)" if one.n_people > 1 else ""
    numbers = [*(one.added.get(part, 0) for part in parts), one.n_changed]
    return (name, one.department or "–", *(str(n) if n else "–" for n in numbers))


PEOPLE_ACTS: Mapping[str, Callable[[Workshop, str, Done], str]] = MappingProxyType(
    {"agrees": sign, "route": route}
)
"""What buttons beside departments do, by their verb."""
