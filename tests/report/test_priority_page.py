"""Pain points by several methods side by side, how firm, and where people differ."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import journeykit
from journeykit.measure.priority import PRIORITY_METHODS
from journeykit.report.priority_page import PriorityPage
from journeykit.workshop import Workshop

# Severity, frequency, detection: by the product queue leads, by the risk number leak.
PAINS = {
    "queue": (4, 5, 1),
    "signs": (4, 4, 2),
    "price": (3, 3, 2),
    "leak": (5, 2, 5),
}


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a workshop with four rated pain points."""
    with journeykit.new(None, title="Bank") as made:
        for name, (severity, frequency, detection) in PAINS.items():
            made.add(
                "pain_point",
                id=name,
                text=f"The {name}",
                severity=severity,
                frequency=frequency,
                detection=detection,
            )
        yield made


@pytest.fixture
def bare() -> Iterator[Workshop]:
    """Give a workshop in which nothing is rated."""
    with journeykit.new(None, title="Bank") as made:
        made.add("pain_point", id="queue", text="The queue")
        yield made


def score(work: Workshop, who: str, subject: str, value: int) -> None:
    """Score the severity of a pain point alone."""
    fields = {"scale": "severity", "value": value, "participant": who}
    work.add("individual_score", subject=subject, **fields)


def text(part: object) -> str:
    """Return what a part shows."""
    html = str(part.__html__()) if hasattr(part, "__html__") else ""
    return html.replace("\N{NO-BREAK SPACE}", " ")


def test_methods_stand_side_by_side(work: Workshop) -> None:
    """A leak that nobody notices is first by the risk number, last but one else."""
    page = PriorityPage(work)
    ranks = {
        method: dict(zip(table["entry"], table["rank"], strict=True))
        for method, table in page.pain_rankings.items()
    }
    shown = text(page.ranking())

    assert 1 == ranks["severity_frequency"]["queue"]
    assert 3 == ranks["severity_frequency"]["leak"]
    assert 1 == ranks["risk_priority_number"]["leak"]
    assert "<svg" in shown
    assert "Risk priority number" in shown


def test_every_method_says_its_formula_and_caution(work: Workshop) -> None:
    """And what it still needs, or what was done to its ratings."""
    shown = text(PriorityPage(work).methods())

    assert len(PRIORITY_METHODS) == shown.count("<dt")
    assert "AIAG-VDA replaced the number in 2019" in shown
    assert "Your ratings of 1 to 5 are doubled." in shown
    assert "Not shown: it needs purchases and events" in shown


def test_firmness_is_shown_for_each_pain_point(work: Workshop) -> None:
    """Queue and signs stay; the price does not get there."""
    shown = text(PriorityPage(work).stability())

    assert "stay among the first three, whatever is varied" in shown
    assert "agreed only" in shown


def test_agreement_is_said_in_words(work: Workshop) -> None:
    """The two orders have little in common."""
    shown = text(PriorityPage(work).agreement())

    assert "Severity x frequency and Risk priority number (RPN)" in shown
    assert "hardly alike" in shown


def test_people_who_differ_are_counted_and_not_named(work: Workshop) -> None:
    """One says 1, another 5: worth a talk, and nobody is put on the spot."""
    score(work, "ann", "queue", 1)
    score(work, "bob", "queue", 5)
    score(work, "ann", "signs", 4)
    shown = text(PriorityPage(work, is_voting_closed=True).disagreement())

    assert "2 people have scored" in text(PriorityPage(work).disagreement())
    assert "1 rating is worth a talk" in shown
    assert "1 to 5" in shown
    assert "ann" not in shown
    assert "The signs" not in shown


def test_votes_are_hidden_until_voting_is_closed(work: Workshop) -> None:
    """Neither as a list nor as a method."""
    work.add("vote", subject="price", participant="ann")
    open_page = PriorityPage(work)
    closed = PriorityPage(work, is_voting_closed=True)

    assert "1 person has voted" in text(open_page.votes())
    assert "price" not in text(open_page.votes())
    assert "votes" not in open_page.pain_rankings
    assert "“The price” has most dots" in text(closed.votes())
    assert "votes" in closed.pain_rankings


def test_opportunities_are_ranked_by_effect_and_effort(work: Workshop) -> None:
    """A large effect for little effort is first; RICE joins when it is estimated."""
    ideas = {"desk": (5, 5), "sign": (5, 1)}
    for name, (effect, effort) in ideas.items():
        fields = {"expected_effect": effect, "effort": effort}
        work.add("opportunity", id=f"o-{name}", text=f"A {name}", **fields)
    alone = text(PriorityPage(work).opportunities())
    work.change("o-desk", reach=900)
    work.change("o-desk", impact="high")
    work.change("o-desk", confidence="high")
    work.change("o-desk", effort_months=2)

    assert "“A sign” comes first by impact-effort" in alone
    assert "Quick wins" in alone
    assert "RICE" in text(PriorityPage(work).opportunities())


def test_workshop_without_ratings_says_what_to_do(bare: Workshop) -> None:
    """A sentence in place of each part."""
    page = PriorityPage(bare)
    shown = [page.ranking(), page.stability(), page.agreement()]

    assert ["Nothing is rated yet" in text(one) for one in shown] == [True] * 3
    assert "Nobody scored alone yet" in text(page.disagreement())
    assert "Nobody has voted yet" in text(page.votes())
    assert "Nothing is rated yet" in text(page.opportunities())
