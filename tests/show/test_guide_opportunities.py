"""From what hurts to ideas and trials, by a click each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import journeykit
from journeykit.errors import InputError, UnknownNameError
from journeykit.model import Document, Experiment, Opportunity
from journeykit.show.guide_acts import act
from journeykit.show.guide_experiments import experiments_tree
from journeykit.show.guide_opportunities import ideas_tree, unanswered_tree
from journeykit.vocabulary import OPPORTUNITY_TYPES
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Return a small workshop in memory."""
    with journeykit.new(None) as workshop:
        yield workshop


def texts(tree: Any) -> str:
    """Return all texts of a tree."""
    return tree if isinstance(tree, str) else " ".join(texts(one) for one in tree[2:])


def acts(tree: Any) -> list[str]:
    """Return what the buttons of a tree ask for."""
    if isinstance(tree, str):
        return []
    own = [tree[1]["act"]] if tree[0] == "button" else []
    return own + [one for inner in tree[2:] for one in acts(inner)]


def test_pain_point_becomes_an_opportunity_with_its_link(work: Workshop) -> None:
    """In one act, at the same place; it waits no longer, and one undo takes it back."""
    stage = work.entries("stage")[0]
    place = work.add("touchpoint", name="Desk", stage=stage.id)
    mild = work.add("pain_point", text="Dirt", severity=1, frequency=1)
    bad = work.add(
        "pain_point", text="Queue", touchpoint=place.id, severity=5, frequency=4
    )
    before = acts(unanswered_tree(work.document()))
    said = act(work, f"opportunity:{bad.id}")
    idea = work.entries("opportunity")[0]

    assert [f"opportunity:{bad.id}", f"opportunity:{mild.id}"] == before
    assert (
        "“How might we mend “Queue”?” is among your ideas. Now write the answer."
        == (said)
    )
    assert place.id == idea.touchpoint
    assert (bad,) == work.document().linked("answers", source=idea.id)
    assert [f"opportunity:{mild.id}"] == acts(unanswered_tree(work.document()))
    work.undo()
    assert () == work.entries("opportunity")
    assert () == work.entries("link")


def test_unmet_need_becomes_an_opportunity(work: Workshop) -> None:
    """A note keeps its link; a need of a persona is named on the idea."""
    stage = work.entries("stage")[0]
    note = work.add(
        "lane_note", stage=stage.id, lane="need", text="Know the time " * 21
    )
    who = work.add("persona", name="Mia", needs=["A seat", "Quiet"])
    before = acts(unanswered_tree(work.document()))
    act(work, f"opportunity:{note.id}")
    act(work, f"opportunity:{who.id}:1")
    first, second = work.entries("opportunity")

    assert [
        f"opportunity:{note.id}",
        *(f"opportunity:{who.id}:{i}" for i in (0, 1)),
    ] == (before)
    assert (note,) == work.document().linked("answers", source=first.id)
    assert len(first.text) <= 300
    assert first.text.endswith("…”?")
    assert note.text == first.unmet_need
    assert ("How might we meet “Quiet”?", "Quiet") == (second.text, second.unmet_need)
    assert [f"opportunity:{who.id}:0"] == acts(unanswered_tree(work.document()))


def test_what_is_none_is_refused(work: Workshop) -> None:
    """Nothing is written then."""
    who = work.add("persona", name="Mia", needs=["A seat"])
    for asked in ("gone", f"{who.id}:7", who.id):
        with pytest.raises(UnknownNameError):
            act(work, f"opportunity:{asked}")

    assert () == work.entries("opportunity")
    assert "begin in step 6 and 7" in texts(unanswered_tree(Document()))


def test_ideas_that_were_not_chosen_stay_in_sight() -> None:
    """Every kind, by what was decided, with what exceeds expectations."""
    ideas = [
        Opportunity(
            id=f"o{i}",
            text=f"Idea {i}",
            opportunity_type=kind,
            is_chosen=(True, None, False)[i % 3],
            exceeds_expectations=i == 1,
        )
        for i, kind in enumerate(OPPORTUNITY_TYPES)
    ]
    said = texts(ideas_tree(Document(ideas)))

    assert "10 ideas, 10 kinds." in said
    assert "1 would give more than is expected" in said
    assert all(label in said for label in OPPORTUNITY_TYPES.values())
    assert said.index("We go on with these") < said.index("Kept for later")
    assert said.index("Kept for later") < said.index("Idea 2")
    assert "exceeds them" in said
    assert "Nothing yet" in said
    assert "There are no ideas yet." in texts(ideas_tree(Document()))


@pytest.fixture
def trial(work: Workshop) -> Experiment:
    """Return an experiment on an idea that should move a KPI by ten points."""
    kpi = work.add("kpi", name="Find the way", measure="easy_share", baseline=0.5)
    idea = work.add("opportunity", text="Signs")
    made: Experiment = work.add(
        "experiment",
        opportunity=idea.id,
        hypothesis="More find it",
        kpi=kpi.id,
        expected_change=10,
    )
    return made


def test_planner_says_how_many_customers(work: Workshop, trial: Experiment) -> None:
    """It writes the number and says what it rests on; a smaller one is too few."""
    before = texts(experiments_tree(work.document()))
    said = act(work, f"sample:{trial.id}")
    after = texts(experiments_tree(work.document()))
    work.change(trial.id, sample_size=20)
    few = texts(experiments_tree(work.document()))

    assert "Not planned yet. 388 are needed" in before
    assert "388 customers with the change and as many without: 0.5 against 0.6" in said
    assert "388 in each of two groups: 0.5 against 0.6" in after
    assert "20 in each of two groups. Too few: 388 are needed" in few


def test_latest_value_of_the_kpi_is_where_it_begins(
    work: Workshop, trial: Experiment
) -> None:
    """Not the baseline from the year before."""
    work.add("kpi_observation", kpi=trial.kpi, day="2026-03-01", value=0.8)

    assert "0.8 against 0.9" in act(work, f"sample:{trial.id}")


def test_experiment_without_number_says_what_is_missing(work: Workshop) -> None:
    """The card says it, and so does the button."""
    idea = work.add("opportunity", text="Signs")
    one = work.add("experiment", opportunity=idea.id, hypothesis="More find it")
    said = texts(experiments_tree(work.document()))

    assert "Not planned yet: the KPI and the change" in said
    with pytest.raises(InputError, match="not both given"):
        act(work, f"sample:{one.id}")
    with pytest.raises(UnknownNameError):
        act(work, "sample:gone")
    assert "There is no experiment yet." in texts(experiments_tree(Document()))


def test_next_experiment_keeps_what_it_follows(
    work: Workshop, trial: Experiment
) -> None:
    """It begins with the same guess and no result; each has one next at most."""
    running = acts(experiments_tree(work.document()))
    work.change(trial.id, result="No difference", decision="change")
    over = acts(experiments_tree(work.document()))
    act(work, f"try_again:{trial.id}")
    second = work.entries("experiment")[1]
    tree = experiments_tree(work.document())

    assert (trial.id, trial.opportunity, "open", "", None) == (
        second.follows,
        second.opportunity,
        second.decision,
        second.result,
        second.sample_size,
    )
    assert "It follows More find it" in texts(tree)
    assert [f"sample:{trial.id}"] == running
    assert f"try_again:{trial.id}" in over
    assert [f"sample:{second.id}", f"sample:{trial.id}"] == acts(tree)
    assert "2 experiments, 1 still open." in texts(tree)
