"""What the consistency check and the traceability table cost on a large workshop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time
from typing import Any

import pytest
from benchmarks.figures import Figures
from traced_case import traced_case

from journeykit.check.copis_filling import copis_proposals
from journeykit.check.rules import findings
from journeykit.check.traceability import breaks, traceability
from journeykit.model import Document, entry_from, from_json, to_json
from journeykit.show.check_panel import check_tree
from journeykit.show.traceability_picture import traceability_picture

TODAY = date(2026, 3, 2)


def large_workshop(n: int) -> Document:
    """Return a workshop with about *n* entries, a whole chain a pain point."""
    many = n // 10
    made: list[dict[str, Any]] = [{"kind": "journey", "id": "j", "name": "Trip"}]
    made += [
        {"kind": "stage", "id": f"s{i}", "journey": "j", "name": f"S{i}"}
        for i in range(10)
    ]
    for i in range(many):
        made += [
            {
                **{"kind": "touchpoint", "id": f"t{i}", "stage": f"s{i % 10}"},
                **{
                    "name": f"T{i}",
                    "emotion": i % 5 - 2,
                    "systems": [f"System {i % 20}"],
                },
            },
            {"kind": "objective", "id": f"o{i}", "text": f"O{i}"},
            {"kind": "kpi", "id": f"k{i}", "name": f"K{i}"},
            {
                **{"kind": "pain_point", "id": f"p{i}", "text": f"P{i}"},
                **{"touchpoint": f"t{i}", "severity": i % 5 + 1, "frequency": 3},
            },
            {"kind": "opportunity", "id": f"u{i}", "text": f"U{i}"},
            {"kind": "action", "id": f"a{i}", "text": f"A{i}", "kpi": f"k{i}"},
        ]
        for source, relation, target in (
            ("o", "measured_by", "k"),
            ("u", "answers", "p"),
            ("a", "answers", "u"),
        ):
            ends = {"source": f"{source}{i}", "target": f"{target}{i}"}
            made.append(
                {"kind": "link", "id": f"l{source}{i}", "relation": relation, **ends}
            )
    made += _behind(many)
    return Document(entry_from(one) for one in made)


def _behind(many: int) -> list[dict[str, Any]]:
    """Return COPIS, canvas and channels for so many touchpoints, some not joined."""
    made: list[dict[str, Any]] = []
    for i in range(many // 10):
        block = ("channels", "value_propositions", "customer_segments")[i % 3]
        name = f"Way {i} to us"
        made += [
            {"kind": "channel", "id": f"ch{i}", "name": name},
            {"kind": "canvas_entry", "id": f"b{i}", "block": block, "text": name},
            {"kind": "copis_element", "id": f"c{i}", "role": "process", "text": name},
            {"kind": "persona", "id": f"pe{i}", "name": f"Person {i}"},
        ]
    for i in range(0, many, 2):
        ends = {"source": f"c{i % (many // 10)}", "target": f"t{i}"}
        made.append({"kind": "link", "id": f"lc{i}", "relation": "affects", **ends})
    return made


@pytest.mark.parametrize(
    ("what", "work", "n", "goal"),
    [
        ("check a workshop", lambda one: findings(one, TODAY), 2_000, 500.0),
        (
            "trace a workshop",
            lambda one: (traceability(one), breaks(one)),
            2_000,
            500.0,
        ),
        (
            "show the check of a workshop",
            lambda one: check_tree(one, findings(one, TODAY)),
            2_000,
            700.0,
        ),
        ("propose COPIS", copis_proposals, 2_000, 500.0),
    ],
)
def test_large_workshop_is_read_quickly(
    what: str,
    work: Callable[[Document], object],
    n: int,
    goal: float,
    figures: Figures,
) -> None:
    """Panels do it anew after every edit."""
    took = []
    for _ in range(5):
        document = large_workshop(n)
        start = process_time()
        work(document)
        took.append((process_time() - start) * 1000)
    figures.at_most(f"{what} of {len(document):,} entries", goal, min(took), "ms CPU")


def test_traceability_of_three_hundred_entries_is_drawn_quickly(
    figures: Figures,
) -> None:
    """The picture follows every edit in the notebook."""
    took = []
    for _ in range(5):
        document = traced_case(300)
        start = process_time()
        traceability_picture(document)
        took.append((process_time() - start) * 1000)
    figures.at_most("traceability picture of 300 entries", 1_000.0, min(took), "ms CPU")


def test_two_thousand_entries_are_read_and_checked_in_a_blink(figures: Figures) -> None:
    """A file is read whole each time that somebody opens it."""
    text = to_json(large_workshop(2_000))
    took = []
    for _ in range(5):
        start = process_time()
        from_json(text)
        took.append((process_time() - start) * 1000)
    figures.at_most("2,000 entries read and checked", 50.0, min(took), "ms CPU")
