"""Pain points by several methods side by side, how firm, and where people differ."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pandas as pd
import pytest

import journeykit
from journeykit.measure.priority import PRIORITY_METHODS
from journeykit.measure.summary import Summary
from journeykit.report.journey_report import JourneyReport
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
    assert "RPN" in shown


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

    assert "Severity × frequency and RPN" in shown
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
    shown = [page.ranking(), page.stability(), page.agreement(), page.side_by_side()]
    shown += [page.ideas_side_by_side(), page.ideas_stability()]

    assert ["Nothing is rated yet" in text(one) for one in shown] == [True] * 6
    assert "Nobody scored alone yet" in text(page.disagreement())
    assert "Nobody has voted yet" in text(page.votes())
    assert "Nothing is rated yet" in text(page.opportunities())


def rows(part: object) -> list[list[str]]:
    """Return the rows of a table, as they are printed."""
    data = part.data  # type: ignore[attr-defined]
    return [
        [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row]
        for row in data["rows"]
    ]


def test_every_method_stands_in_one_table(work: Workshop) -> None:
    """Rank and score by each; what has no data says what it needs."""
    part = PriorityPage(work).side_by_side()
    labels = part.data["labels"]
    said = text(part)

    assert ["Pain point", "Severity × frequency", "RPN"] == labels
    assert ["The queue", "1 (20)", "3 (160)"] in rows(part)
    assert ["The leak", "3 (10)", "1 (400)"] in rows(part)
    assert "RPN: a severity of 5 stands first whatever the product." in said
    assert "2 methods put 2 different pain points first" in said
    assert "Not shown: Opportunity score (needs a survey" in said
    assert "Votes (needs dots" in said


def test_what_the_team_chose_stands_first(work: Workshop) -> None:
    """With its place, in the team's order, whatever the methods say."""
    for place, name in enumerate(("price", "queue"), start=1):
        work.add("decision", text="First", subject=name, place=place)
    part = PriorityPage(work).side_by_side()

    assert "You chose" == part.data["labels"][1]
    assert [["The price", "1"], ["The queue", "2"]] == [
        row[:2] for row in rows(part)[:2]
    ]
    assert "\N{EN DASH}" == rows(part)[2][1]


def test_ideas_rank_the_pain_points_that_they_answer(work: Workshop) -> None:
    """By the best idea of each; a pain point that none answers has no rank."""
    fields = {"impact": "high", "confidence": "high", "effort_months": 1}
    for name, reach, pain in (
        ("a", 10, "signs"),
        ("b", 90, "signs"),
        ("c", 50, "leak"),
    ):
        work.add("opportunity", id=f"o-{name}", text=name, reach=reach, **fields)
        work.link(f"o-{name}", pain, "answers")
    ranks = PriorityPage(work).pain_rankings["rice"].set_index("entry")

    assert {"signs": 180.0, "leak": 100.0} == ranks["value"].dropna().to_dict()
    assert [1, 2] == ranks.loc[["signs", "leak"], "rank"].tolist()


def test_agreement_is_said_on_the_whole(work: Workshop) -> None:
    """In words and as a number, the least alike first."""
    said = text(PriorityPage(work).agreement())

    assert "On the whole the methods’ orders are hardly alike" in said


def test_people_are_named_only_where_the_team_wants_it(work: Workshop) -> None:
    """Who gave the lowest, who the highest, and who is furthest from the others."""
    work.store.name_author("ann", "Ann")
    scores = (("ann", 1), ("bob", 5), ("cyd", 5))
    for who, value in scores:
        score(work, who, "queue", value)
    closed = {"is_voting_closed": True}
    hidden = text(PriorityPage(work, **closed).disagreement())
    shown = text(PriorityPage(work, **closed, are_names_shown=True).disagreement())

    assert "Ann" not in hidden
    assert "1 rating is worth a talk" in hidden
    assert "Lowest by" in shown
    assert "Furthest from the others: Ann" in shown


def test_long_tables_end(work: Workshop) -> None:
    """Of many pain points those that matter are shown, the others are counted."""
    for number in range(26):
        made = work.add("pain_point", text=f"P {number}", severity=1, frequency=1)
        score(work, "ann", made.id, 1)
        score(work, "bob", made.id, 4)
    page = PriorityPage(work, is_voting_closed=True)

    assert 12 == len(rows(page.disagreement()))
    assert "And 14 more, less far apart." in text(page.disagreement())
    assert "more are practically never among the first three" in text(page.stability())
    assert 30 == len(rows(page.side_by_side()))


def test_ideas_stand_in_one_table_too(work: Workshop) -> None:
    """By effect and effort and RICE; what else could be asked says what it needs."""
    fields = {"impact": "high", "confidence": "high", "effort_months": 1, "reach": 10}
    rated = {"expected_effect": 5, "effort": 1}
    work.add("opportunity", id="o-a", text="More signs", **fields, **rated)
    work.add("opportunity", id="o-b", text="A desk", expected_effect=2, effort=4)
    part = PriorityPage(work).ideas_side_by_side()

    assert ["Idea", "Impact-effort", "RICE"] == part.data["labels"]
    assert [["More signs", "1", "1 (20)"], ["A desk", "2", "–"]] == rows(part)
    assert "Kano (needs a survey that asks both ways" in text(part)
    assert "Importance" not in text(part)


def test_needs_that_customers_rated_rank_what_they_are_about(
    work: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An opportunity score of the pain point itself, else of its touchpoint."""
    stage = work.entries("stage")[0]
    work.add("touchpoint", id="desk", stage=stage.id, name="Desk")
    work.change("queue", touchpoint="desk")
    work.add("opportunity", id="o-a", text="More signs", expected_effect=5, effort=1)
    needs = pd.DataFrame(
        {
            "segment": [None, None, "young", None],
            "entry": ["A", "B", "B", "C"],
            "subject": ["desk", "signs", "signs", "o-a"],
            "value": [12.0, 15.0, 19.0, 11.0],
        }
    )
    kano = pd.DataFrame(
        {"segment": [None], "entry": ["C"], "subject": ["o-a"], "category": ["must_be"]}
    )
    tables = {"opportunity_scores": needs, "kano_classes": kano}
    wave = SimpleNamespace(id="wave")
    monkeypatch.setattr(
        work, "data_sets", lambda reads="survey": [wave] if reads == "survey" else []
    )
    monkeypatch.setattr(work, "summary", lambda _: Summary({}, tables))
    page = PriorityPage(work)
    idea = rows(page.ideas_side_by_side())[0]
    shown = {row[0]: row[3] for row in rows(page.side_by_side())}

    assert {"The signs": "1 (15)", "The queue": "2 (12)"} == {
        name: rank for name, rank in shown.items() if rank != "–"
    }
    assert "Opportunity score" == page.side_by_side().data["labels"][3]
    assert ["More signs", "1 (11)", "1", "Must-be"] == idea


def test_firmness_of_ideas_is_shown_by_each_method(work: Workshop) -> None:
    """A far better idea stays first by effect and effort and by RICE, the rest not."""
    whole = {"impact": "high", "confidence": "high"}
    for name, effect, effort, reach in (("a", 5, 1, 9_000), ("b", 2, 5, 10)):
        rated = {"expected_effect": effect, "effort": effort, "reach": reach}
        fields = {**whole, **rated, "effort_months": effort}
        work.add("opportunity", id=f"o-{name}", text=f"Idea {name}", **fields)
    part = PriorityPage(work).ideas_stability()
    said = text(part)

    assert ["Idea", "Impact-effort", "RICE"] == part.data["labels"][:3]
    assert ["Idea a", "100 %", "100 %", "1 to 1", "agreed only"] == rows(part)[0]
    assert ["Idea b", "0 %", "0 %"] == rows(part)[1][:3]
    assert "1 idea stays first by impact-effort, whatever is varied" in said
    assert "RICE: each estimate and weight a quarter up or down." in said


def test_what_was_measured_is_as_firm_as_its_interval(work: Workshop) -> None:
    """Beside the ratings stands how often the data put it first within their range."""
    measured = pd.DataFrame(
        {
            "entry": ["queue", "signs", "price", "leak"],
            "value": [90.0, 50.0, 20.0, 1.0],
            "low": [80.0, 45.0, 15.0, 0.0],
            "high": [99.0, 55.0, 25.0, 2.0],
            "rank": [1, 2, 3, 4],
        }
    )
    page = PriorityPage(work)
    page.pain_rankings["data_driven"] = measured
    part = page.stability()

    assert ["Severity × frequency", "Data-driven"] == part.data["labels"][1:3]
    assert {"The queue": "100 %", "The leak": "0 %"} == {
        row[0]: row[2] for row in rows(part) if row[0] in ("The queue", "The leak")
    }
    assert "Data-driven: within its interval." in text(part)


def test_report_prints_what_is_taken_up_first_and_why(work: Workshop) -> None:
    """Under the ranking that it follows, or goes against."""
    work.add("decision", text="First", subject="price", place=1, reason="Easy to mend.")
    said = text(JourneyReport(work).pain_points())

    assert "Taken up first: 1 The price (Easy to mend)." in said
