"""What the team chose to take up first, whatever the ranking says."""

from __future__ import annotations

from journeykit.check.done_when_plan import top_pain_points
from journeykit.check.team_order import by_ratings, team_order
from journeykit.model import Decision, Document, PainPoint

QUEUE = PainPoint(id="queue", text="The queue", severity=5, frequency=5)
SIGNS = PainPoint(id="signs", text="The signs", severity=3, frequency=4)
PRICE = PainPoint(id="price", text="The price", severity=4, frequency=3)
LOST = PainPoint(id="lost", text="Never rated")


def pick(subject: str, place: int | None, reason: str = "") -> Decision:
    """Return the decision that something stands at a place."""
    own = f"d-{subject}-{place or 0}"
    return Decision(
        id=own, text="It goes first", subject=subject, place=place, reason=reason
    )


def test_the_team_decides_against_the_ranking() -> None:
    """What was chosen comes first, even what nobody rated; the rest by its ratings."""
    document = Document(
        [QUEUE, SIGNS, PRICE, LOST, pick("lost", 2), pick("signs", 1, "Quick")]
    )

    assert ["Quick", ""] == [one.reason for one in team_order(document)]
    assert [QUEUE, PRICE, SIGNS] == list(by_ratings(document))
    assert [SIGNS, LOST, QUEUE] == list(top_pain_points(document))
    assert (PRICE,) == top_pain_points(document, 4)[3:]


def test_without_a_choice_the_ratings_rank() -> None:
    """Severity comes first on ties; what nobody rated is not among the worst."""
    document = Document([QUEUE, SIGNS, PRICE, LOST])

    assert (QUEUE, PRICE, SIGNS) == top_pain_points(document)


def test_other_decisions_are_no_choice() -> None:
    """A decision about a pain point without a place says nothing of the order."""
    document = Document([QUEUE, SIGNS, pick("signs", None)])

    assert () == team_order(document)
    assert (QUEUE, SIGNS) == top_pain_points(document)


def test_places_close_up_when_something_is_resolved() -> None:
    """Two who chose at once stand in the order of their cards, and nothing twice."""
    done = QUEUE.model_copy(update={"status": "resolved"})
    again = pick("signs", 7)
    picks = [pick("queue", 1), pick("signs", 2), pick("price", 2), again]
    order = team_order(Document([done, SIGNS, PRICE, *picks]))

    assert [(1, "price"), (2, "signs")] == [
        (one.place, one.pain_point.id) for one in order
    ]
