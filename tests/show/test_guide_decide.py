"""What is taken up first: chosen by click, kept as decisions, undone like the rest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import journeykit
from journeykit.check.team_order import team_order
from journeykit.errors import DanglingReferenceError
from journeykit.model import Decision
from journeykit.show.guide_tree import as_html
from journeykit.workshop import Workshop


@pytest.fixture
def work() -> Iterator[Workshop]:
    """Give a workshop with four rated pain points and one that nobody rated."""
    with journeykit.new(None, title="Bank") as made:
        rated = {"queue": (4, 5), "signs": (4, 4), "price": (3, 3), "leak": (5, 2)}
        for name, (severity, frequency) in rated.items():
            fields = {"severity": severity, "frequency": frequency}
            made.add("pain_point", id=name, text=f"The {name}", **fields)
        made.add("pain_point", id="new", text="The new one")
        yield made


def press(work: Workshop, act: str) -> str:
    """Press a button; return what is said."""
    widget = journeykit.step("pain_points", work).decide()
    widget._handle_custom_msg({"type": "act", "act": act}, [])
    return str(widget.said)


def order(work: Workshop) -> list[str]:
    """Return what was chosen, in order."""
    return [one.pain_point.id for one in team_order(work.document())]


def decision(work: Workshop, subject: str) -> Decision:
    """Return the decision about a pain point."""
    found = [one for one in work.document().of(Decision) if one.subject == subject]
    return found[0]


def shown(work: Workshop) -> str:
    """Return what the notebook shows."""
    tree: Any = journeykit.step("pain_points", work).decide().tree
    return str(as_html(tree))


def test_the_team_chooses_in_its_own_order(work: Workshop) -> None:
    """What goes against the ranking is said, and so is a missing reason."""
    press(work, "decide:take:price")
    press(work, "decide:take:new")
    press(work, "decide:take:queue")
    press(work, f"decide:up:{decision(work, 'queue').id}")
    page = shown(work)

    assert ["price", "queue", "new"] == order(work)
    assert [1, 2, 3] == [one.decision.place for one in team_order(work.document())]
    assert "“The price” and “The new one” rank lower by the ratings." in page
    assert "3 of 3 without a reason" in page


def test_a_reason_is_one_click_and_is_kept(work: Workshop) -> None:
    """It stands with the decision, in words that a report can print."""
    press(work, "decide:take:price")
    said = press(work, f"decide:why:promise:{decision(work, 'price').id}")

    assert "The price: It breaks what we promise." == said
    assert "It breaks what we promise." == decision(work, "price").reason
    assert "Why: It breaks what we promise." in shown(work)


def test_the_first_three_are_taken_at_once(work: Workshop) -> None:
    """By severity x frequency, the more severe first on ties; one step undoes it."""
    press(work, "decide:ranked")
    taken = order(work)
    work.undo()

    assert ["queue", "signs", "leak"] == taken
    assert [] == order(work)


def test_a_choice_is_taken_back(work: Workshop) -> None:
    """The others close up, and it stands among the others again."""
    press(work, "decide:ranked")
    said = press(work, f"decide:out:{decision(work, 'queue').id}")

    assert "The queue: no longer among the first." == said
    assert ["signs", "leak"] == order(work)
    assert [1, 2] == [one.decision.place for one in team_order(work.document())]
    assert "Put at place 3: The queue" in shown(work)


def test_what_is_not_there_is_refused_in_words(work: Workshop) -> None:
    """A choice made twice, a pain point and a reason that are none."""
    press(work, "decide:take:queue")
    own = decision(work, "queue").id

    assert "is chosen already" in press(work, "decide:take:queue")
    assert "pain point" in press(work, "decide:take:nothing")
    assert "reason" in press(work, f"decide:why:because:{own}")
    assert "choice" in press(work, "decide:up:nothing")
    assert "thing to do" in press(work, f"decide:sell:{own}")
    assert ["queue"] == order(work)


def test_a_pain_point_that_goes_takes_its_place_along(work: Workshop) -> None:
    """The others close up; what else was decided about a pain point keeps it."""
    press(work, "decide:ranked")
    work.remove("queue", with_links=True)
    left = order(work)
    work.add("decision", text="We live with it", subject="price")

    assert ["signs", "leak"] == left
    with pytest.raises(DanglingReferenceError, match="We live with it"):
        work.remove("price", with_links=True)


def test_many_pain_points_fold(work: Workshop) -> None:
    """Of thirty the worst stand open, the others one click away."""
    for number in range(26):
        work.add("pain_point", text=f"Pain {number}", severity=1, frequency=1)
    page = shown(work)

    assert "23 more" in page
    assert 31 == page.count("Put at place 1</button>")


def test_an_empty_workshop_says_so() -> None:
    """There is nothing to choose from, and nothing to take over."""
    with journeykit.new(None, title="Bank") as work:
        page = shown(work)
        said = press(work, "decide:ranked")

    assert "There are no pain points to choose from." in page
    assert "rate severity and frequency first" in said
