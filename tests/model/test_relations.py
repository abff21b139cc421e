"""Which entries a link may join, by which relation."""

from __future__ import annotations

import pytest
from sample_entries import one_of_each_kind

from journeykit.errors import InputError
from journeykit.model import KINDS, Link
from journeykit.model.relations import RELATIONS, Relation
from journeykit.vocabulary import choices


def test_every_relation_has_its_rule() -> None:
    """What can be stored can be shown, and is checked."""
    assert choices(Relation) == tuple(RELATIONS)
    assert all(rule.label for rule in RELATIONS.values())


def test_relations_join_kinds_that_there_are() -> None:
    """A misspelled kind in a rule would refuse every link of it."""
    named = {
        kind for rule in RELATIONS.values() for kind in rule.sources | rule.targets
    }

    assert set() == named - KINDS.keys()


@pytest.mark.parametrize("relation", RELATIONS)
def test_link_joins_what_its_rule_allows_and_nothing_else(relation: Relation) -> None:
    """Every kind is tried at either end of every relation."""
    document, rule = one_of_each_kind(), RELATIONS[relation]
    source = min(rule.sources, default="stage")
    target = min(rule.targets, default="stage")
    taken: dict[str, set[str]] = {"source": set(), "target": set()}
    for end, kinds in taken.items():
        for kind in KINDS:
            ends = {"source": f"{source}-0", "target": f"{target}-0", end: f"{kind}-0"}
            try:
                document.with_entries([Link(id="l", relation=relation, **ends)])
            except InputError:
                continue
            kinds.add(kind)

    assert (rule.sources or KINDS.keys()) == taken["source"]
    assert (rule.targets or KINDS.keys()) == taken["target"]
