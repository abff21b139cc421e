"""The facilitator's hand-out: clock, sums, the break rule, running late, lists."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pptx
import pytest
from report_notebooks import HOSTILE, cells_of, executed, pdf_texts

import journeykit
from journeykit.errors import (
    FileProblemError,
    InputError,
    JourneyKitError,
    UnknownNameError,
)
from journeykit.exchange.agendas import agenda, agenda_names, shipped_agenda
from journeykit.report.catalogue import report_on, template_named
from journeykit.report.day_papers import group_sizes
from journeykit.report.facilitator_handout import FacilitatorHandout
from journeykit.report.jobs import jobs_for
from journeykit.report.markdown_page import markdown_page
from journeykit.report.page import page_html
from journeykit.report.part import Part
from journeykit.report.print_page import print_pdf
from journeykit.report.run import run_report
from journeykit.report.slides import slides
from journeykit.report.spreadsheet import spreadsheet

NAME = "facilitator_handout"
PUBLISHED = Path(__file__).resolve().parents[1] / "data" / "agendas"


def each(part: Part) -> Iterator[Part]:
    """Yield a part, or those that it holds."""
    held = part.data.get("parts")
    if held is None:
        yield part
        return
    for one in held:
        yield from each(Part(one["part"], one["data"]))


def facts(report: FacilitatorHandout) -> dict[str, str]:
    """Return the facts of the band."""
    return dict(report.band().data["facts"])


def shown(report: FacilitatorHandout) -> list[Part]:
    """Return the parts that the notebook shows, one by one."""
    return [one for _, part in cells_of(NAME, report) for one in each(part)]


def test_half_day_is_told_on_one_look() -> None:
    """Times, groups, the longest stretch of work; the rule on breaks is kept."""
    report = FacilitatorHandout()

    assert {
        "Starts": "09:00",
        "Ends": "13:00",
        "Breaks": "enough",
        "People": "12",
        "Work in": "3 groups of 4",
        "Made for": "5 to 15, in groups of 3 to 5",
    } == facts(report)
    assert [
        ["4 h", "From 09:00 to 13:00, with 3 breaks of 30 min in all."],
        ["3", "3 groups of 4 for 12 people: a facilitator for each at best."],
        [
            "1 h",
            "Longest work without a break, “Goals, thoughts, channels” to “Pain "
            "points”: up to 60 minutes are fine.",
        ],
    ] == report.found().data["sentences"]
    assert "This agenda keeps the rule" in report.break_rule().data["texts"][0]


@pytest.mark.parametrize("name", agenda_names())
def test_tables_sum_up_to_the_agenda(name: str) -> None:
    """Every session of every agenda that ships, to the minute, without a gap."""
    report = FacilitatorHandout(agenda=name)
    tables = [one for one in each(report.at_a_glance()) if one.name == "ranked_table"]
    place = tables[0].data["columns"].index("minutes")
    sums = [sum(row[place] for row in one.data["values"]) for one in tables]
    clocks = [[row[0].split("–") for row in one.data["rows"]] for one in tables]

    assert list(shipped_agenda(name).minutes) == sums
    for day in clocks:
        ends = [end for _, end in day[:-1]]
        assert ends == [start for start, _ in day[1:]]
    assert len(agenda(name)) == len(list(each(report.blocks_in_turn())))


def test_each_session_begins_anew() -> None:
    """Two half days begin at the same time, and every heading says which it is."""
    report = FacilitatorHandout(agenda="two_half_days", start="13:30")
    titles = [one.data.get("title", "") for one in each(report.at_a_glance())]
    headings = [one.data["heading"] for one in each(report.blocks_in_turn())]

    assert ("2", "13:30", "17:30") == tuple(
        facts(report)[name] for name in ("Sessions", "Starts", "Ends")
    )
    assert [
        "Session 1, 13:30 to 17:30: 4 h, breaks 30 min",
        "Session 2, 13:30 to 17:30: 4 h, breaks 30 min",
    ] == titles[1:]
    assert "Session 2, 13:30–13:45: Check-in and recap (15 min)" == headings[15]


def test_sessions_without_a_break_say_so() -> None:
    """An hour needs none."""
    report = FacilitatorHandout(agenda="self_guided", people=4)

    assert (
        "In 6 sessions that begin at 09:00, with no break."
        == (report.found().data["sentences"][0][1])
    )
    assert (
        "Session 6, 09:00 to 10:00: 1 h without a break"
        == (list(each(report.at_a_glance()))[-1].data["title"])
    )


def test_block_has_all_that_is_said_and_done() -> None:
    """Purpose, say, do, output, materials, plan B, with the clock above."""
    first = next(each(FacilitatorHandout().blocks_in_turn()))
    terms = dict(first.data["terms"])

    assert "09:00–09:10 Welcome and rules (10 min)" == first.data["heading"]
    assert [
        "Purpose",
        "Say",
        "Do",
        "What is there afterwards",
        "Materials",
        "Plan B",
    ] == list(terms)
    assert terms["Do"].startswith("3 min: the sponsor says why now, in person.\n3 min:")


def test_published_day_of_480_minutes_is_refused_on_paper() -> None:
    """In the band, among the findings, and with what to do about it."""
    report = FacilitatorHandout(agenda=str(PUBLISHED / "published_480.json"))
    said = report.break_rule().data["texts"]

    assert "refused: too few" == facts(report)["Breaks"]
    assert "2 h" == report.found().data["sentences"][2][0]
    assert "more than 90 minutes are refused" in report.found().data["sentences"][2][1]
    assert said[0].startswith("This agenda is refused: 2 stretches of work")
    assert (
        "From “Feeling” to “Opportunities” it is 120 minutes without a break; more "
        "than 90 is refused. Put a break of 10 minutes before “Opportunities”."
    ) == said[1]
    assert 6 == len(said)


def test_published_day_of_390_minutes_is_tiring_on_paper() -> None:
    """It is warned, not refused; blocks of which nothing is known say so."""
    report = FacilitatorHandout(agenda=str(PUBLISHED / "published_390.json"))
    blocks = list(each(report.blocks_in_turn()))

    assert "tiring" == facts(report)["Breaks"]
    assert 5 == len(report.break_rule().data["texts"])
    assert "Nothing is written down for it yet." == blocks[0].data["text"]


def test_running_late_says_what_goes_and_when_it_ends() -> None:
    """After each real break, a quarter and half an hour late."""
    table = list(each(FacilitatorHandout().late()))[-1].data

    assert ["10:50 Goals, thoughts, channels"] * 2 == [
        row[0] for row in table["rows"][:2]
    ]
    assert ["15 min", "30 min"] * 2 == [row[1] for row in table["rows"]]
    assert ["13:00", "13:00", "12:55", "13:03"] == [row[3] for row in table["rows"]]
    assert "3 min cannot be saved: agree to end at 13:03" in table["rows"][3][2]


def test_workshops_own_agenda_people_and_owner_are_taken() -> None:
    """Without a word of which agenda; those who have a role stand beside it."""
    with journeykit.new(None, title="Trip") as workshop:
        workshop.add("agenda_block", title="Map it", minutes=45)
        workshop.add("stakeholder", name="Ada", role="scribe")
        own = FacilitatorHandout(workshop, people=7)
        chosen = FacilitatorHandout(workshop, agenda="express")
        roles = list(each(own.roles()))[-1].data

    assert ("Trip", "09:45", "2 groups of 3 or 4") == (
        own.band().data["title"],
        facts(own)["Ends"],
        facts(own)["Work in"],
    )
    assert "One block is all there is" in list(each(own.late()))[-1].data["text"]
    assert "Ada" == {row[0]: row[1] for row in roles["rows"]}["Scribe"]
    assert ("Express: one persona, one board", "Trip") == (
        chosen.band().data["title"],
        facts(chosen)["Workshop"],
    )


@pytest.mark.parametrize("people", range(3, 200))
def test_groups_are_of_three_to_five(people: int) -> None:
    """As equal as can be; nobody is left out."""
    sizes = group_sizes(people)

    assert people == sum(sizes)
    assert 3 <= min(sizes)
    assert max(sizes) <= min(5, min(sizes) + 1)


@pytest.mark.parametrize("people", [1, 2])
def test_few_people_are_one_group(people: int) -> None:
    """There is nothing to part."""
    assert (people,) == group_sizes(people)


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"people": 0}, InputError, "1 to 500 people were expected, found 0"),
        ({"people": 501}, InputError, "1 to 500 people"),
        ({"start": "nine"}, InputError, "a start is written as in 09:00, found 'nine'"),
        ({"start": "25:00"}, InputError, "found '25:00'"),
        ({"agenda": "half_dya"}, UnknownNameError, "Did you mean 'half_day'"),
        ({"agenda": "../half_day"}, UnknownNameError, "Known: express"),
        (
            {"agenda": "gone.json"},
            FileProblemError,
            "gone.json: an agenda",
        ),
        ({"agenda": "a\0.json"}, FileProblemError, "an agenda was expected"),
        ({"language": "xx"}, UnknownNameError, "language"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    given: dict[str, Any], error: type[JourneyKitError], words: str
) -> None:
    """Before anything is made."""
    with pytest.raises(error, match=words):
        FacilitatorHandout(**given)


BAD = {
    "deep": b"[" * 100_000,
    "binary": b"\x89PNG\r\n\x1a\n\xff",
    "large": b" " * 1_000_001,
    "many": json.dumps(
        {
            **dict.fromkeys(("title", "summary", "people"), "x"),
            "start": "09:00",
            "minutes": [201],
            "blocks": [{"title": "x", "minutes": 1}] * 201,
        }
    ).encode(),
    "long": json.dumps(
        {
            **dict.fromkeys(("title", "summary", "people"), "x"),
            "start": "09:00",
            "minutes": [1800],
            "blocks": [{"title": "x", "minutes": 600}] * 3,
        }
    ).encode(),
}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("deep", "this is not JSON"),
        ("binary", "this is not text in UTF-8"),
        ("large", "an agenda of up to 1 MB"),
        ("many", "up to 200 blocks"),
        ("long", "sessions of up to 24 hours"),
    ],
)
def test_hostile_agenda_is_refused_by_its_file_name(
    name: str, words: str, tmp_path: Path
) -> None:
    """The folder, which may say who somebody is, is not told."""
    path = tmp_path / f"{name}.json"
    path.write_bytes(BAD[name])

    with pytest.raises(InputError, match=words) as caught:
        FacilitatorHandout(agenda=str(path))
    assert str(tmp_path) not in str(caught.value)
    assert f"{name}.json" in str(caught.value)


def test_hostile_words_of_an_agenda_stay_words(tmp_path: Path) -> None:
    """In every format: nothing of them runs, loads or sets anything."""
    lines = [" ".join(text.split()) or "x" for text in HOSTILE]
    blocks = [
        {
            "title": line,
            "minutes": 5,
            "say": line,
            "do": line,
            "output": line,
            "materials": [line],
        }
        for line in lines
    ]
    whole = {
        **dict.fromkeys(("title", "summary", "people"), lines[0]),
        "start": "09:00",
        "minutes": [5 * len(blocks)],
        "blocks": blocks,
    }
    path = tmp_path / "<b>.json"
    path.write_text(json.dumps(whole), encoding="utf-8")
    book = executed(*shown(FacilitatorHandout(agenda=str(path))))
    html = page_html(book)

    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert "<img src=x" not in html
    assert " <img src=x" not in markdown_page(book)[0]
    assert print_pdf(book).startswith(b"%PDF")
    assert spreadsheet(book)
    assert len(pptx.Presentation(io.BytesIO(slides(book))).slides) > len(lines)


# --- real runs ------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_without_a_workshop(tmp_path: Path) -> None:
    """Its words stand on the page, and pages to write on end the paper."""
    given = {"agenda": "express", "people": 6, "start": "14:00"}
    made = run_report(
        template_named(NAME), given, tmp_path / "day.html", formats=("html", "pdf")
    )
    html = made[0].read_text(encoding="utf-8")
    texts = pdf_texts(made[1].read_bytes())

    assert "2 groups of 3" in html
    assert "14:00–14:05 Welcome and rules (5 min)" in html
    assert "Decision log" in texts[-2]
    assert "Parking lot" in texts[-1]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_notebook_runs_on_a_workshop(made_airport: Path, tmp_path: Path) -> None:
    """Whose name and owner stand in the band."""
    (page,) = report_on(str(made_airport), NAME, {"language": "de"}, tmp_path)

    assert page.name.startswith("airport-facilitator_handout")
    assert 'lang="de"' in page.read_text(encoding="utf-8")


def test_paper_without_a_workshop_is_one_job() -> None:
    """As the command line asks for it."""
    (job,) = jobs_for((), template=NAME, parameters={"people": 8})

    assert (NAME, "", {"people": 8}) == (job.name, job.workshop, dict(job.parameters))


def test_changed_agenda_makes_another_paper(tmp_path: Path) -> None:
    """A batch that is resumed makes it again; wherever the file lies."""
    text = (PUBLISHED / "published_390.json").read_text(encoding="utf-8")
    keys = []
    for place, said in (("a", text), ("b", text), ("b", text.replace("Break", "Tea"))):
        path = tmp_path / f"{place}.json"
        path.write_text(said, encoding="utf-8")
        (job,) = jobs_for((), template=NAME, parameters={"agenda": str(path)})
        keys.append(job.key)

    assert keys[0] == keys[1]
    assert keys[1] != keys[2]
