"""The canvas report: what changes, each block, promises, channels, revenue."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clean_case import changed, clean_case, without

from journeykit.model import Document
from journeykit.report.canvas_report import CanvasReport
from journeykit.report.part import Part
from journeykit.store import open_store
from journeykit.vocabulary import CANVAS_CREDIT
from journeykit.workshop import Workshop


@contextmanager
def opened(document: Document) -> Iterator[CanvasReport]:
    """Open the report on a document."""
    with Workshop(open_store(None)) as work:
        work.add_all(document)
        yield CanvasReport(work)


def rows_of(part: Part) -> list[list[str]]:
    """Return the rows of a table as they are shown."""
    rows: list[list[str]] = part.data["rows"]
    return rows


def test_what_changes_is_listed_and_what_stays_is_counted() -> None:
    """New first, then changed, then what goes."""
    later = {"kind": "canvas_entry", "state": "after"}
    case = changed(clean_case(), "b-fee", state="both")
    case = changed(case, "new", **later, block="channels", text="Branch")
    case = changed(
        case,
        "fast",
        **later,
        block="value_propositions",
        text="Codes",
        replaces="b-fast",
    )
    with opened(case) as report:
        part = report.difference()

    assert "1 new, 1 changed, 4 to go" == part.data["title"]
    assert "1 entry stays." == part.data["source"]
    assert ["Branch", "Codes"] == [one[0] for one in rows_of(part)[:2]]
    assert ["New", "Changed", "Goes"] == list(
        dict.fromkeys(one[2] for one in rows_of(part))
    )


def test_change_that_is_not_begun_says_where_it_begins() -> None:
    """Instead of a table of all that would go."""
    with opened(clean_case()) as report:
        part = report.difference()

    assert "step 11" in part.data["text"]


def test_entry_says_what_the_journey_does_to_it() -> None:
    """In the team's words; where it wrote none, from the map."""
    case = changed(clean_case(), "b-fast", strength=2, helps="People wait less")
    with opened(case) as report:
        part, found = report.assessment(), report.found().data["sentences"]

    by_name = {one[0]: one[2:] for one in rows_of(part)}
    assert ["2", "People wait less", "“The code never comes”", "—"] == (
        by_name["Codes that arrive"]
    )
    assert ["—", "Compare offers (+1)", "“The code never comes”", "—"] == (
        by_name["Mobile app"]
    )
    assert "5 entries are not assessed yet" == part.data["title"]
    assert "Empty blocks: Customer relationships" in part.data["source"]
    assert "1 of 9" == found[0][0]
    assert "“Value propositions”, strength 2.0 of 5" in found[0][1]


def test_pain_without_a_promise_comes_first() -> None:
    """However little it hurts; it is what the canvas does not speak of."""
    small = {"text": "Small print", "severity": 1, "frequency": 1}
    case = changed(clean_case(), "print", kind="pain_point", **small)
    with opened(case) as report:
        part, found = report.promises(), report.found().data["sentences"]

    assert (
        "No value proposition answers 1 of 2 open pain points" == (part.data["title"])
    )
    assert ["Small print", "The code never comes"] == [one[1] for one in rows_of(part)]
    assert "no promise answers it" == rows_of(part)[0][3]
    assert ("1 of 2", True) == (found[1][0], "Not promised: “Small" in found[1][1])


def test_promise_of_another_block_is_none() -> None:
    """A channel that is tied to a pain point promises nothing."""
    case = without(clean_case(), "b-fast-addresses-lost")
    link = {"kind": "link", "source": "b-app", "target": "lost"}
    with opened(changed(case, "l", relation="addresses", **link)) as report:
        assert {} == report.promised()


def test_stage_without_the_preferred_channel_is_named() -> None:
    """Persona by persona, and the other way round channel by channel."""
    desk = {"kind": "channel", "name": "Desk"}
    case = changed(changed(clean_case(), "desk", **desk), "sign", channel="desk")
    with opened(case) as report:
        wanted, given = report.preferred(), report.offered()

    assert ["Amy", "Mobile app", "Choose", "Use"] == rows_of(wanted)[0]
    assert "at 1 of 2 stages" in wanted.data["title"]
    assert (
        "1 of 2 channels that are offered is preferred by nobody"
        == (given.data["title"])
    )
    assert [
        ["Desk", "1", "nobody", "not on the canvas"],
        ["Mobile app", "1", "Amy", "Mobile app"],
    ] == rows_of(given)


def test_persona_without_a_preference_is_not_counted() -> None:
    """It is asked for instead."""
    with opened(changed(clean_case(), "amy", preferred_channel=None)) as report:
        part = report.preferred()

    assert "No persona says yet which channel it prefers" == part.data["title"]
    assert "not said yet" in rows_of(part)[0]


def test_ideas_for_revenue_come_from_canvas_and_opportunities() -> None:
    """By kind, with what on the journey they use; kinds without an idea are named."""
    idea = {"kind": "canvas_entry", "block": "revenue_streams", "text": "A care plan"}
    case = changed(clean_case(), "care", **idea, revenue_idea="subscription")
    case = changed(case, "push", opportunity_type="partnership")
    with opened(case) as report:
        part = report.revenue()

    assert "2 ideas for revenue" == part.data["title"]
    assert [
        ["A care plan", "Subscription", "Canvas: Revenue streams"],
        ["Send the code by push", "Partnership", "Opportunity"],
    ] == [one[:3] for one in rows_of(part)]
    assert "“The code never comes”" == rows_of(part)[1][3]
    assert "No idea of the kind: Loyalty programme." == part.data["source"]


def test_rules_on_the_canvas_are_asked() -> None:
    """And the canvas is credited."""
    with opened(without(clean_case(), "b-app-reaches-app")) as report:
        part, credits = report.missing(), report.credits().data["lines"]

    assert {"B2"} == {one[-1] for one in rows_of(part)}
    assert CANVAS_CREDIT in credits


def test_clean_case_has_no_objection() -> None:
    """Nothing is listed where nothing is wrong."""
    with opened(clean_case()) as report:
        assert "no rule objects" in report.missing().data["texts"][0]
