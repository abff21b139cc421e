"""What the consistency check and the traceability table cost on a large workshop."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time

import pytest
from benchmarks.figures import Figures

from journeykit.check.copis_filling import copis_proposals
from journeykit.check.rules import findings
from journeykit.check.traceability import breaks, traceability
from journeykit.model import Document, entry_from

TODAY = date(2026, 3, 2)


def large_workshop(n: int) -> Document:
    """Return a workshop with about *n* entries, a whole chain a pain point."""
    many = n // 10
    made = [{"kind": "journey", "id": "j", "name": "Trip"}]
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
    return Document(entry_from(one) for one in made)


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
