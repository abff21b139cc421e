"""Experiments as cards: guess, measure, how many customers, result, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from journeykit.check.kpi_status import kpi_values
from journeykit.errors import InputError, UnknownNameError
from journeykit.layout.day_words import day_text
from journeykit.measure.experiment_size import experiment_size, spread_of
from journeykit.measure.sample_size import SampleSize
from journeykit.model import Document, Experiment, Kpi, new_id, rank_between
from journeykit.model.edits import add, change
from journeykit.model.fields import spec_of
from journeykit.show.guide_tree import Node, button, listed, node
from journeykit.show.numbers import count
from journeykit.workshop import Workshop

if TYPE_CHECKING:
    from journeykit.show.alignment_acts import Done

__all__ = ["EXPERIMENT_ACTS", "experiments_tree", "plan_of", "plan_size", "try_again"]


def experiments_tree(document: Document) -> Node:
    """Return a card for each experiment, those that are still open first."""
    found = list(document.of(Experiment))
    if not found:
        said = (
            "There is no experiment yet. Choose an idea, and the smallest trial of it."
        )
        return listed("Experiments", node("p", {}, said))
    found.sort(key=lambda one: one.decision != "open")
    n_open = sum(one.decision == "open" for one in found)
    noun = "experiment" if len(found) == 1 else "experiments"
    return listed(
        "Experiments",
        node(
            "p",
            {},
            node("strong", {}, f"{len(found)} {noun}, {n_open} still open."),
        ),
        *(_card(document, one) for one in found),
    )


def _card(document: Document, one: Experiment) -> Node:
    idea = document[one.opportunity].name_for_people
    decision = dict(spec_of("experiment", "decision").choices)[one.decision]
    return node(
        "details",
        {"key": f"experiment-{one.id}", "open": one.decision == "open"},
        node(
            "summary",
            {"key": f"experiment-{one.id}-summary"},
            idea,
            node("span", {"class": "jk-guide-state"}, decision),
        ),
        node(
            "div",
            {"class": "jk-guide-scroll"},
            node(
                "table",
                {"class": "jk-guide-card"},
                node(
                    "tbody",
                    {},
                    *(
                        node(
                            "tr",
                            {},
                            node("th", {"scope": "row"}, head),
                            node("td", {}, said),
                        )
                        for head, said in _lines(document, one, decision)
                    ),
                ),
            ),
        ),
        _buttons(document, one),
    )


def _lines(
    document: Document, one: Experiment, decision: str
) -> Sequence[tuple[str, Node]]:
    """Return what a card says, line by line."""
    language = document.case.language if document.case else "en"
    before = document.get(one.follows)
    kpi = document.get(one.kpi)
    first, last = (day_text(day, language) for day in (one.start, one.end))
    lines: list[tuple[str, Node]] = []
    if isinstance(before, Experiment):
        lines.append(("It follows", _short(before.hypothesis)))
    lines += [
        ("We expect", one.hypothesis or _missing("Not said yet")),
        ("We see it by", _measure(one, kpi)),
        ("How many customers", _size(document, one)),
        ("When", f"{first or '…'} to {last or '…'}" if first or last else "–"),
        ("What happened", one.result or "–"),
        ("What we do now", decision),
    ]
    return lines


def _measure(one: Experiment, kpi: object) -> Node:
    parts = [one.measure] if one.measure else []
    if isinstance(kpi, Kpi):
        step = (
            "" if one.expected_change is None else f", by {one.expected_change:+g}"
        ).replace("-", "\N{MINUS SIGN}")
        parts.append(f"KPI: {kpi.name}{step}")
    return " · ".join(parts) or _missing("Not said yet")


def _size(document: Document, one: Experiment) -> Node:
    said = (
        f"{count(one.sample_size)} in each of two groups"
        if one.sample_size
        else "Not planned yet"
    )
    try:
        plan = plan_of(document, one)
    except InputError as error:
        return said if one.sample_size else f"{said}: {error}"
    if one.sample_size == plan.n:
        return f"{said}: {plan.text}"
    if one.sample_size and one.sample_size < plan.n:
        return f"{said}. Too few: {count(plan.n)} are needed ({plan.text})"
    return f"{said}. {count(plan.n)} are needed: {plan.text}"


def _buttons(document: Document, one: Experiment) -> Node:
    has_next = any(other.follows == one.id for other in document.of(Experiment))
    is_over = one.decision != "open" or bool(one.result)
    return node(
        "div",
        {"class": "jk-guide-picks"},
        button(f"sample:{one.id}", "How many customers?"),
        button(f"try_again:{one.id}", "Begin the next experiment")
        if is_over and not has_next
        else None,
    )


def _missing(words: str) -> Node:
    return node("strong", {}, words)


def _short(words: str) -> str:
    return words if len(words) <= 140 else f"{words[:139].rstrip()}…"


# --- what the buttons do --------------------------------------------------------------


def plan_of(document: Document, one: Experiment) -> SampleSize:
    """Return how many customers an experiment needs in each of its two groups.

    Raises
    ------
    InputError
        If it names no KPI or change, or the planner cannot use them.
    """
    kpi = document.get(one.kpi)
    if not isinstance(kpi, Kpi) or one.expected_change is None:
        raise InputError(
            "the KPI and the change that you expect are not both given",
            mend="Fill in “Which number should move?” and “By how much?” above",
        )
    values = kpi_values(document, kpi)
    _, value, low, high, n = values[-1] if values else (None, None, None, None, None)
    return experiment_size(
        kpi.measure,
        one.expected_change,
        baseline=kpi.baseline if value is None else value,
        unit=kpi.unit,
        spread=spread_of(low, high, n),
    )


def _experiment(document: Document, name: str) -> Experiment:
    one = document.get(name)
    if not isinstance(one, Experiment):
        known = [each.id for each in document.of(Experiment)]
        raise UnknownNameError("experiment", name, known)
    return one


def plan_size(workshop: Workshop, asked: str, done: Done) -> str:
    """Write how many customers an experiment needs, from its KPI and the change.

    Raises
    ------
    UnknownNameError
        If there is no such experiment.
    InputError
        If it does not say what should move, and by how much.
    """
    document = workshop.document()
    one = _experiment(document, asked)
    plan = plan_of(document, one)
    said = (
        f"{count(plan.n)} customers with the change and as many without: {plan.text}."
    )
    if one.sample_size == plan.n:
        return said
    edit = change(document, one.id, {"sample_size": plan.n}, author=workshop.author)
    return done([edit], said)


def try_again(workshop: Workshop, asked: str, done: Done) -> str:
    """Begin the next experiment on the same idea; it keeps the link to this one.

    Raises
    ------
    UnknownNameError
        If there is no such experiment.
    """
    document = workshop.document()
    one = _experiment(document, asked)
    like = document.of(Experiment)
    made = Experiment(
        id=new_id("experiment"),
        rank=rank_between(like[-1].rank, None),
        opportunity=one.opportunity,
        hypothesis=one.hypothesis,
        measure=one.measure,
        kpi=one.kpi,
        expected_change=one.expected_change,
        follows=one.id,
    )
    return done(
        [add(made, author=workshop.author)],
        "The next experiment is begun with what you expected. Change one thing.",
    )


EXPERIMENT_ACTS: Mapping[str, Callable[[Workshop, str, Done], str]] = MappingProxyType(
    {"sample": plan_size, "try_again": try_again}
)
"""What buttons on experiments do, by their verb."""
