"""What the workbook claims to carry can be entered and seen in it.

``data/capabilities.csv`` has a row for each way in: the notebook, where in it
(``board:LAYOUT``, ``form:KIND``, ``list:METHOD``, ``report:PART``, ``page:PART``,
``cost:PART``, ``needs:PART`` or ``guide``), the fields that are filled in there, and
the test that shows it.
"""

from __future__ import annotations

import ast
import csv
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from source_tree import ROOT

from journeykit.check.steps import COUNTED_STEPS, STEPS, WorkbookStep
from journeykit.exchange.starters import starter, starter_names
from journeykit.layout.catalogue import layout_named
from journeykit.model import Document
from journeykit.model.fields import fields_of
from journeykit.report.cost_page import CostPage
from journeykit.report.evidence_page import EvidencePage
from journeykit.report.journey_report import JourneyReport
from journeykit.report.lifetime_page import LifetimePage
from journeykit.report.monitor_page import MonitorPage
from journeykit.report.needs_page import NeedsPage
from journeykit.report.paths_page import PathsPage
from journeykit.report.plan_page import PlanPage
from journeykit.report.priority_page import PriorityPage
from journeykit.report.proposals_page import ProposalsPage
from journeykit.report.survey_page import SurveyPage
from journeykit.report.validation_page import ValidationPage
from journeykit.shipped import folder
from journeykit.show.step import Step

ASKED = {
    *(*range(1, 29), *range(40, 56), *range(57, 64), *range(64, 82)),
    *(*range(29, 40), 72, *range(82, 94), 103),
    *(*range(94, 99), *range(105, 110)),
}
"""The numbers that the workbook has to carry."""

PAGES = {
    "05": SurveyPage,
    "07": PriorityPage,
    "09": PriorityPage,
    "13": ValidationPage,
    "17": LifetimePage,
}
"""What ``page`` is in a notebook."""

OWNERS = {
    "cost": CostPage,
    "needs": NeedsPage,
    "evidence": EvidencePage,
    "monitor": MonitorPage,
    "paths": PathsPage,
    "plan": PlanPage,
    "proposals": ProposalsPage,
}
"""What these names are in every notebook."""


class Row(NamedTuple):
    """One way to enter or see a capability."""

    number: str
    capability: str
    notebook: str
    shown: str
    kind: str
    fields: str
    test: str


def _rows() -> list[Row]:
    path = ROOT / "tests" / "data" / "capabilities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [Row(**one) for one in csv.DictReader(file)]


ROWS = _rows()


@cache
def _resort() -> Document:
    return starter("resort_booking", date(2026, 1, 1)).document


@cache
def _step(number: str) -> WorkbookStep:
    return next(one for one in STEPS if one.number == int(number))


@cache
def _calls(number: str) -> tuple[ast.Call, ...]:
    """Return every call in a notebook that is a cell's own line."""
    path = folder("workbook") / _step(number).notebook
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    found: list[ast.Call] = []
    for cell in cells:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            found += [one for one in ast.walk(tree) if isinstance(one, ast.Call)]
    return tuple(found)


def _shown(number: str) -> list[str]:
    """Return what a notebook shows, as the table has it."""
    step, found = _step(number), []
    for call in _calls(number):
        if not isinstance(call.func, ast.Attribute):
            continue
        on, name = ast.unparse(call.func.value), call.func.attr
        given = [ast.literal_eval(one) for one in call.args if _is_text(one)]
        if on == "step" and name == "board":
            layout = given[0] if given else step.layouts[0]
            named = {one.arg: one.value for one in call.keywords}
            kind = named.get("kind")
            tail = f":{ast.literal_eval(kind)}" if kind is not None else ""
            found.append(f"board:{layout}{tail}")
        elif on == "step" and name == "form":
            found.append(f"form:{given[0] if given else step.kinds[0]}")
        elif on == "step":
            found.append("guide" if name == "guide" else f"list:{name}")
        elif on in ("report", "page", *OWNERS):
            found.append(f"{on}:{name}")
    return found


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _asked_in_form(number: str, kind: str) -> set[str]:
    """Return the fields that the forms of a kind ask for in a notebook."""
    asked: set[str] = set()
    for call in _calls(number):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "form":
            given = [ast.literal_eval(one) for one in call.args if _is_text(one)]
            if (given[0] if given else _step(number).kinds[0]) == kind:
                asked |= set(given[1:]) or {one.name for one in fields_of(kind)}
    return asked


def test_every_number_is_there() -> None:
    """The whole list is carried, and each number by a step that says so."""
    carried = {int(row.number) for row in ROWS}
    said = {number for step in STEPS for number in step.capabilities}

    assert set() == ASKED - carried
    assert carried <= said


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number}-{row.shown}")
def test_row_is_true(row: Row) -> None:
    """The notebook shows it, its fields are asked for there, and its test is there."""
    assert row.shown in _shown(row.notebook)
    what, _, name = row.shown.partition(":")
    fields = set(row.fields.split())
    assert bool(fields) == (what in ("board", "form"))
    if what == "form":
        assert name == row.kind
        assert fields <= _asked_in_form(row.notebook, row.kind)
    elif what == "board":
        assert fields <= {one.name for one in fields_of(row.kind)}
        layout, _, kind = name.partition(":")
        options = {"kind": kind} if kind else {}
        zones = layout_named(_resort(), layout, **options).zones
        here = {kind for zone in zones for kind in (*zone.puts, zone.adds)}
        here |= {card.kind for zone in zones for card in zone.cards}
        assert row.kind in here | set(_of_ties(layout))
    else:
        page = PAGES.get(row.notebook)
        owners = {"report": JourneyReport, "page": page, **OWNERS}
        owner = owners.get(what, Step)
        assert callable(getattr(owner, name or what))
    path, _, test = row.test.partition("::")
    names = {
        one.name
        for one in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if isinstance(one, ast.FunctionDef)
    }
    assert test in names


def _of_ties(layout: str) -> list[str]:
    """Return kinds that a board draws as lines between its cards."""
    joins = layout_named(_resort(), layout).joins
    return [one for one in joins.values() if one == "channel_change"]


def test_steps_of_the_method_are_in_order() -> None:
    """Capability 105: the order in which the steps lead through the method."""
    order = [one.name for one in COUNTED_STEPS]
    first = ["objectives", "stakeholders", "personas", "touchpoints", "evidence"]

    assert first == order[:5]
    assert ["journey_map", "pain_points", "channels", "opportunities"] == order[5:9]
    assert "monitor" == order[-1]


def test_worked_examples_of_the_list_are_starters() -> None:
    """Capability 107: a resort's booking, and a shop where carts are abandoned."""
    assert {"resort_booking", "web_shop"} <= set(starter_names())


def test_table_is_read_as_it_is_written() -> None:
    """Each line has as many cells as the head: a comma too many is seen."""
    path = Path(ROOT / "tests" / "data" / "capabilities.csv")
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))

    assert {len(lines[0])} == {len(one) for one in lines}
