"""The five COPIS steps and the five CLV steps, walked one after the other."""

from __future__ import annotations

import pytest
from clean_case import clean_case, without

from journeykit.check.guided_paths import PATHS, guided_path
from journeykit.check.steps import step_named
from journeykit.errors import UnknownNameError
from journeykit.model import (
    Case,
    CopisElement,
    Document,
    Entry,
    Journey,
    Link,
    PainPoint,
    Persona,
    Stage,
    Touchpoint,
)

COLUMNS = ("customer", "output", "process", "information", "supplier")
MAP: tuple[Entry, ...] = (
    Case(id="case", title="Bank"),
    Journey(id="now", name="Buy"),
    Stage(id="s", journey="now", name="Look"),
    Touchpoint(id="t", stage="s", name="Site"),
    PainPoint(id="slow", text="It is slow"),
)


def copis(*more: Entry, **fields: str) -> Document:
    """Return a map with one element in each column, each of which serves the site."""
    elements = [
        CopisElement(id=role, role=role, text=role.capitalize(), **fields)
        for role in COLUMNS
    ]
    lines = [
        Link(id=f"l-{role}", source=role, target="t", relation="affects")
        for role in COLUMNS
    ]
    return Document([*MAP, *elements, *lines, *more])


def done(document: Document, name: str = "copis") -> list[bool]:
    """Return which of the five steps are done."""
    return [one.is_done for one in guided_path(document, name).steps]


def test_each_path_has_five_steps_in_order() -> None:
    """Capabilities 71 and 72: each says what to do and in which notebook."""
    paths = {name: guided_path(Document(), name) for name in PATHS}

    assert ["Stages and touchpoints", "Components", "Interactions"] == [
        one.title for one in paths["copis"].steps[:3]
    ]
    assert ["Pain points", "Strategies"] == [
        one.title for one in paths["copis"].steps[3:]
    ]
    assert [
        "Map",
        "High-value customers",
        "Processes",
        "Personal touch",
        "Measure",
    ] == [one.title for one in paths["clv"].steps]
    for path in paths.values():
        assert [1, 2, 3, 4, 5] == [one.number for one in path.steps]
        assert all(one.do and step_named(one.step).notebook for one in path.steps)


def test_copis_path_is_walked_step_by_step() -> None:
    """Map, columns, lines, causes, strategies: each makes its own step done."""
    cause = Link(id="c", source="process", target="slow", relation="causes")
    strategy = {"strategy": "Measure it daily", "response": "proactive"}

    assert [False] * 5 == done(Document())
    assert [True, False, False, False, False] == done(Document(MAP))
    assert [True, True, True, False, False] == done(copis())
    assert [True, True, True, True, False] == done(copis(cause))
    assert [True] * 5 == done(copis(cause, **strategy))
    assert guided_path(copis(cause, **strategy), "copis").next_step is None


def test_what_is_missing_is_named() -> None:
    """The column, the component, the pain point, by name."""
    lonely = CopisElement(id="extra", role="process", text="Archive")
    steps = guided_path(copis(lonely), "copis").steps
    bare = guided_path(Document(MAP), "copis").steps

    assert ("1 component is joined to nothing: Archive",) == steps[2].missing
    assert ("1 pain point is not traced: It is slow",) == steps[3].missing
    assert bare[1].missing[0].startswith("Empty: Customer, Output, Process")


def test_a_customer_is_joined_by_the_persona_it_stands_for() -> None:
    """A line to a persona counts; the same line to a pain point does not."""
    amy = Persona(id="amy", name="Amy")
    more = CopisElement(id="more", role="customer", text="Savers")
    line = Link(id="l", source="more", target="amy", relation="reaches")

    assert guided_path(copis(amy, more, line), "copis").steps[2].is_done
    assert not guided_path(copis(amy, more), "copis").steps[2].is_done


def test_what_is_proposed_or_resolved_does_not_count() -> None:
    """A proposal fills no column; a pain point that is gone needs no cause."""
    proposed = CopisElement(id="p", role="customer", text="All", is_proposed=True)
    gone = MAP[-1].model_copy(update={"status": "resolved"})
    steps = guided_path(Document([*MAP[:-1], gone, proposed]), "copis").steps

    assert "Customer" in steps[1].missing[0]
    assert ("There are no open pain points",) == steps[3].missing


def test_clv_path_follows_the_checks_of_its_step() -> None:
    """The map is there; what nobody rated, marked or set is missing by name."""
    case = clean_case()
    path = guided_path(case, "clv")
    bare = guided_path(without(case, "sign"), "clv")

    assert [True, False] == done(case, "clv")[:2]
    assert "High-value customers" == getattr(path.next_step, "title", "")
    assert any("not rated" in one for one in path.steps[2].missing)
    assert any("Use" in one for one in bare.steps[0].missing)


def test_an_unknown_path_is_refused() -> None:
    """The nearest is offered."""
    with pytest.raises(UnknownNameError, match="copis"):
        guided_path(Document(), "copi")
