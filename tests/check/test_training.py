"""The training case: a team's map against its known answers."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from journeykit.check.training import TrainingAnswer, TrainingScore, score_training
from journeykit.exchange.starters import starter
from journeykit.exchange.training import training_answers
from journeykit.model import (
    Document,
    Journey,
    LaneNote,
    PainPoint,
    Stage,
    Touchpoint,
    entry_from,
)

MAP: dict[str, dict[str, Any]] = {
    one["id"]: one
    for one in (
        {"kind": "journey", "id": "j", "name": "A trip"},
        {"kind": "stage", "id": "s", "journey": "j", "name": "Booking"},
        {"kind": "touchpoint", "id": "form", "stage": "s", "name": "The form"},
        {"kind": "touchpoint", "id": "mail", "stage": "s", "name": "The e-mail"},
        {
            "kind": "lane_note",
            "id": "card",
            "lane": "need",
            "stage": "s",
            "text": "Is it booked?",
        },
        {"kind": "pain_point", "id": "gone", "stage": "s", "text": "All is gone"},
        {"kind": "pain_point", "id": "app", "stage": "s", "text": "We need an app"},
    )
}
ANSWERS = (
    TrainingAnswer("card", "Is it booked?", "lane", ("thought",), "Her own words."),
    TrainingAnswer("card", "Is it booked?", "touchpoint", ("form", "mail")),
    TrainingAnswer("gone", "All is gone", "is_pain_point", (True,)),
    TrainingAnswer("app", "We need an app", "is_pain_point", (False,), "A remedy."),
    TrainingAnswer("form", "The form", "emotion", (-2, -1)),
    TrainingAnswer("", "Moments of truth", "moments_of_truth", ("form",)),
)
SORTED: dict[str, dict[str, Any]] = {
    "card": {"lane": "thought", "touchpoint": "mail"},
    "form": {"emotion": -1, "moment_of_truth": True},
}


def scored(
    changes: dict[str, dict[str, Any]], without: tuple[str, ...] = ()
) -> TrainingScore:
    """Return the score of the small map after changes by id."""
    entries = [
        entry_from({**fields, **changes.get(name, {})})
        for name, fields in MAP.items()
        if name not in without
    ]
    return score_training(Document(entries), ANSWERS)


@cache
def training() -> Document:
    """Return the training case as it ships."""
    return starter("training", date(2026, 1, 15)).document


def solved() -> Document:
    """Return the training case with every card where it belongs."""
    answers = training_answers()
    put: dict[str, dict[str, Any]] = {}
    drop: list[str] = []
    for one in answers:
        if one.asks == "moments_of_truth":
            for name in one.accepts:
                put.setdefault(str(name), {})["moment_of_truth"] = True
        elif one.accepts == (False,):
            drop.append(one.card)
        elif one.asks != "is_pain_point":
            put.setdefault(one.card, {})[one.asks] = one.accepts[0]
    changed = [
        entry_from({**training()[name].model_dump(), **fields})
        for name, fields in put.items()
    ]
    return training().with_entries(changed, drop)


def test_untouched_training_case_has_a_known_low_score() -> None:
    """Three cards stand rightly among the pain points, everything else is open."""
    score = score_training(training(), training_answers())

    assert (3, 45) == (score.n_right, score.n_asked)
    assert {
        "lane": (0, 14),
        "touchpoint": (0, 17),
        "is_pain_point": (3, 5),
        "emotion": (0, 8),
        "moments_of_truth": (0, 1),
    } == score.by_question
    assert () == score.added


def test_sorted_training_case_has_the_full_score() -> None:
    """With every card where it belongs nothing is wrong and nothing missing."""
    score = score_training(solved(), training_answers())

    assert (45, 45) == (score.n_right, score.n_asked)
    assert () == score.wrong + score.missing


def test_one_card_in_the_wrong_place_is_named() -> None:
    """What the team said stands beside what is right, and why."""
    wrong = entry_from({**solved()["card-tricked"].model_dump(), "lane": "thought"})
    score = score_training(solved().with_entries([wrong]), training_answers())

    assert (44, 45) == (score.n_right, score.n_asked)
    assert [
        (
            "Tricked",
            "Thoughts",
            "Feelings",
            "A feeling is a state, not a sentence.",
        )
    ] == [(one.name, one.said, one.expected, one.why) for one in score.wrong]


def test_each_answer_is_about_a_card_of_the_case_and_gives_a_reason() -> None:
    """Answers and cards fit, words too, and the story tells what is asked."""
    answers = training_answers()
    cards = [*training().of(LaneNote), *training().of(PainPoint)]
    story = training().case
    placed = [
        name
        for one in answers
        if one.asks in ("touchpoint", "moments_of_truth")
        for name in one.accepts
    ]

    assert {one.id for one in cards} == {
        one.card for one in answers if one.card.startswith("card-")
    }
    assert {one.id for one in training().of(Touchpoint)} == {
        one.card for one in answers if one.asks == "emotion"
    }
    assert set(placed) <= {one.id for one in training().of(Touchpoint)}
    assert [] == [
        one.name
        for one in answers
        if not one.why
        or (one.card and training()[one.card].name_for_people != one.name)
    ]
    assert 16 <= len(cards) <= 20
    assert story is not None
    assert 200 <= len(story.context.split()) <= 350


def test_small_map_in_order_is_right() -> None:
    """Any accepted answer counts, and a card that is no pain point is gone."""
    score = scored(SORTED, without=("app",))

    assert (6, 6) == (score.n_right, score.n_asked)


def test_card_that_is_none_is_wrong_while_it_stays() -> None:
    """A remedy among the pain points is said to be there."""
    score = scored(SORTED)

    assert [("We need an app", "a pain point", "no pain point", "A remedy.")] == [
        (one.name, one.said, one.expected, one.why) for one in score.wrong
    ]


def test_cards_that_are_gone_are_missing_and_not_wrong() -> None:
    """What was removed is named by its words, and counts as asked."""
    score = scored(SORTED, without=("card", "gone"))

    assert 6 == score.n_asked
    assert ["Is it booked?", "Is it booked?", "All is gone"] == [
        one.name for one in score.missing
    ]
    assert {"nothing"} == {one.said for one in score.missing}
    assert {"The form or The e-mail"} == {
        one.expected for one in score.missing if one.asks == "touchpoint"
    }


def test_touchpoint_that_is_gone_is_named_by_its_id() -> None:
    """Expected touchpoints need not be there any more."""
    moved = {"card": {"touchpoint": "mail"}}
    score = scored(moved, without=("form",))

    assert [("card", True), ("form", False)] == [
        (one.card, one.is_right)
        for one in score.results
        if one.asks in ("touchpoint", "emotion")
    ]
    assert "form" == score.results[-1].expected


def test_one_mark_too_many_is_no_full_set_of_moments_of_truth() -> None:
    """Marking every touchpoint does not win the point."""
    score = scored({**SORTED, "mail": {"moment_of_truth": True}}, without=("app",))

    assert [("The form and The e-mail", "The form")] == [
        (one.said, one.expected) for one in score.wrong
    ]


def test_emotions_are_said_in_words() -> None:
    """Numbers stand behind the words, and neutral has no sign."""
    score = scored({"form": {"emotion": 0}})
    said = next(one for one in score.results if one.asks == "emotion")

    assert "neutral (0)" == said.said
    assert "very bad (-2) or bad (-1)" == said.expected


def test_own_cards_of_the_team_are_counted_apart() -> None:
    """A card that no answer is about neither helps nor hurts."""
    own = LaneNote(id="own", lane="goal", text="Rest", stage="s")
    entries = [entry_from(fields) for fields in MAP.values()]
    score = score_training(Document([*entries, own]), ANSWERS)

    assert ("own",) == score.added
    assert 6 == score.n_asked


@given(st.sets(st.sampled_from([one.id for one in training()])))
def test_any_part_of_the_case_may_be_gone(gone: set[str]) -> None:
    """Whatever was removed, every question is answered with right, wrong or missing."""
    left: list[Any] = [
        one
        for one in training()
        if one.id not in gone and isinstance(one, Journey | Stage | Touchpoint)
    ]
    stages = {one.id for one in left if isinstance(one, Stage)}
    if "journey-today" in gone:
        left, stages = [], set()
    left = [
        one.model_copy(update={"channel": None}) if isinstance(one, Touchpoint) else one
        for one in left
        if not isinstance(one, Touchpoint) or one.stage in stages
    ]
    score = score_training(Document(left), training_answers())

    assert 45 == score.n_asked == len(score.results)
    assert 2 >= score.n_right
    assert score.n_asked == score.n_right + len(score.wrong) + len(score.missing)
