"""The words of the field fit together: every stored key has one label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest

from journeykit import vocabulary
from journeykit.definitions import MEASURES
from journeykit.model import Case, Kpi, Measurement
from journeykit.vocabulary import (
    ACTION_STATUSES,
    ACTION_TYPES,
    BASES,
    CANVAS_BLOCKS,
    COPIS,
    DATA_KINDS,
    EMOTIONS,
    LANES,
    OPPORTUNITY_TYPES,
    PAIN_STATUSES,
    ActionStatus,
    ActionType,
    Basis,
    CanvasBlock,
    CopisDefinition,
    CopisRole,
    DataKind,
    Lane,
    OpportunityType,
    PainStatus,
    choices,
)


@pytest.mark.parametrize(
    ("literal", "labels"),
    [
        (Basis, BASES),
        (Lane, LANES),
        (DataKind, DATA_KINDS),
        (PainStatus, PAIN_STATUSES),
        (OpportunityType, OPPORTUNITY_TYPES),
        (ActionType, ACTION_TYPES),
        (ActionStatus, ACTION_STATUSES),
        (CopisDefinition, COPIS),
        (CanvasBlock, CANVAS_BLOCKS),
    ],
)
def test_every_stored_word_has_its_label(
    literal: object, labels: Mapping[str, object]
) -> None:
    """Same words, same order: a list to choose from shows all and no other."""
    assert choices(literal) == tuple(labels)


def test_emotions_run_from_very_bad_to_very_good() -> None:
    """Five steps around neutral; none means that nobody asked."""
    assert [-2, -1, 0, 1, 2] == list(EMOTIONS)
    assert ("very bad", "neutral", "very good") == (
        EMOTIONS[-2],
        EMOTIONS[0],
        EMOTIONS[2],
    )


def test_canvas_has_the_nine_blocks_of_osterwalder() -> None:
    """Own block names would not be understood elsewhere."""
    assert [
        "Customer segments",
        "Value propositions",
        "Channels",
        "Customer relationships",
        "Revenue streams",
        "Key resources",
        "Key activities",
        "Key partnerships",
        "Cost structure",
    ] == list(CANVAS_BLOCKS.values())


def test_classic_copis_is_sipoc_from_the_customers_side() -> None:
    """The columns stand in the order in which the letters are read."""
    assert ["Customer", "Output", "Process", "Input", "Supplier"] == list(
        COPIS["classic"].columns.values()
    )
    assert "classic" == Case(id="c", title="").copis


@pytest.mark.parametrize("definition", COPIS)
def test_copis_has_five_columns_named_as_its_label_says(
    definition: CopisDefinition,
) -> None:
    """Each of the four meanings shows five of the seven roles, once."""
    meaning = COPIS[definition]
    named = meaning.label.removesuffix(" (Six Sigma)").split(", ")

    assert named == list(meaning.columns.values())
    assert 5 == len(meaning.columns.keys() & set(choices(CopisRole)))
    assert meaning.glossary.endswith(".")


def test_every_copis_role_is_shown_by_some_definition() -> None:
    """An element of a role that no diagram shows could never be seen again."""
    shown = {role for meaning in COPIS.values() for role in meaning.columns}

    assert set(choices(CopisRole)) == shown


def test_measures_say_what_they_are() -> None:
    """Label, range, text and interval are printed wherever the number is."""
    for key, measure in MEASURES.items():
        assert measure.lowest < measure.highest
        assert measure.text.endswith(".")
        assert all((measure.label, measure.short, measure.interval))
        assert key == Measurement(id="m", definition=key).definition
        assert key == Kpi(id="k", name="", measure=key).measure


@pytest.mark.parametrize(
    ("key", "unit", "lowest", "highest"),
    [
        ("net_promoter_score", "points", -100, 100),
        ("customer_satisfaction_score", "share", 0, 1),
        ("customer_effort_score", "mean", 1, 7),
        ("felt_minus_measured", "mean", -4, 4),
    ],
)
def test_measures_have_the_units_of_the_definitions(
    key: str, unit: str, lowest: float, highest: float
) -> None:
    """NPS is points from -100 to 100, CSAT a share from 0 to 1."""
    measure = MEASURES[key]

    assert (unit, lowest, highest) == (measure.unit, measure.lowest, measure.highest)


def test_catalogues_cannot_be_changed() -> None:
    """A workshop adds its own channels as entries, never to the shared words."""
    names = [name for name in vocabulary.__all__ if name.isupper()]
    catalogues = [getattr(vocabulary, name) for name in names]

    for catalogue in catalogues:
        assert isinstance(catalogue, str) or not hasattr(catalogue, "__setitem__")


def test_choices_follow_the_order_of_the_type() -> None:
    """What is read from the types is what the types say."""
    assert get_args(Lane) == choices(Lane)
    assert "objectives" == choices(Lane)[0]
