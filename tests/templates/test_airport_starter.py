"""The airport case: its texts say what its answers say."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
from datetime import date
from functools import cache
from typing import Any

import pandas as pd

from journeykit.exchange.starters import starter
from journeykit.measure.groups import group_mask
from journeykit.measure.scores import score_table
from journeykit.model import (
    Action,
    CopisElement,
    DataSet,
    Decision,
    Document,
    Evidence,
    Kpi,
    Link,
    Objective,
    PainPoint,
    PainPointStatus,
    Persona,
    Segment,
    SurveyMapping,
    Touchpoint,
)
from journeykit.shipped import folder

TODAY = date(2026, 1, 15)
AIRPORT = folder("templates") / "starters" / "airport"
SURVEY_SHA256 = "171423b74247f1c0144a93104ef19265975be6a78c6665a7319d8efbc7d1493e"
NOT_ASKED = {"tp-plan-online", "tp-check-in", "tp-baggage-claim"}
N_RESPONDENTS = 2_831
MEMBERS = {
    "persona-business": 782,
    "persona-leisure": 1_175,
    "persona-family": 602,
    "persona-connecting": 576,
    "segment-work": 782,
    "segment-private": 1_884,
    "segment-first-time": 599,
    "segment-frequent": 390,
}
FACTS = {
    "are 25 to 54 years old": ("Q19AGE", "345"),
    "are 55 or older": ("Q19AGE", "67"),
    "bought in an airport shop": ("Q4STORE", "1"),
    "bought something to eat or drink": ("Q4FOOD", "1"),
    "came by Uber, Lyft or a similar service": ("Q3GETTO1", "5"),
    "checked bags": ("Q4BAGS", "1"),
    "did not go through security here": ("Q11TSAPRE", "4"),
    "flew out of here for the first time": ("Q5FIRSTTIME", "2"),
    "flew out of here three times or more in a year": ("Q5TIMESFLOWN", "3456"),
    "live in the Bay Area": ("Q16LIVE", "1"),
    "ran into a problem": ("Q15PROBLEM", "1"),
    "travel on holiday": ("Q2PURP1", "2"),
    "used the PreCheck line": ("Q11TSAPRE", "1"),
    "used the free Wi-Fi": ("Q4WIFI", "1"),
    "were dropped off": ("Q3GETTO1", "2"),
}
NO_ANSWERS = {"Q19AGE": ["", "0", "8"]}  # 8: don't know or refused
COUNTED = re.compile(r"comments (?P<columns>Q\d+COM), codes? (?P<codes>\d+(?:, \d+)*)$")
ASKED = re.compile(r"question (?P<column>Q\d+\w+), codes? (?P<codes>\d+(?:, \d+)*)$")
SHARE = re.compile(
    r"(?P<share>\d+)% (?P<what>.+) "
    r"\((?P<part>[\d,]+) of (?P<all>[\d,]+)\)"
)


@cache
def airport() -> Document:
    """Return the airport workshop as it is made today."""
    return starter("airport", TODAY).document


@cache
def survey() -> pd.DataFrame:
    """Return the answers that ship with the airport workshop, cells as text."""
    raw = gzip.decompress((AIRPORT / "sfo_2017_survey.csv.gz").read_bytes())
    return pd.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False)


def mapping() -> SurveyMapping:
    """Return how the columns of the airport survey are read."""
    found = airport().of(DataSet)[0].mapping
    assert found is not None
    return found


def wrote(columns: str, codes: list[str]) -> pd.Series:
    """Return which respondents have one of these comment codes."""
    cells = survey().filter(regex=rf"^{columns}\d$")
    return cells.isin(codes).any(axis=1)


def those_behind(evidence: Evidence) -> pd.Series:
    """Return which respondents an evidence counts, after its source."""
    found = COUNTED.search(evidence.source)
    assert found is not None, evidence.source
    return wrote(found["columns"], found["codes"].split(", "))


def dated_fields(value: Any, field: str = "") -> set[str]:
    """Return the fields that hold a day, relative or not."""
    if isinstance(value, dict):
        found = [dated_fields(one, name) for name, one in value.items()]
        return set().union(*found)
    if isinstance(value, list):
        return set().union(*(dated_fields(one, field) for one in value))
    is_day = isinstance(value, str) and re.fullmatch(
        r"today([+-]\d+)?|\d{4}-\d\d-\d\d", value
    )
    return {field} if is_day else set()


def test_dates_of_the_airport_follow_the_day_of_creation() -> None:
    """Only fields that hold a day have a day, and plans move with today."""
    raw = json.loads((AIRPORT / "airport.journey.json").read_text("utf-8"))

    assert {
        *("day", "due", "end", "period_end", "period_start"),
        *("review_date", "start", "target_date", "until"),
    } == dated_fields(raw)
    assert airport().case is not None
    assert date(2026, 4, 15) == airport().case.review_date
    assert date(2017, 5, 1) == airport().of(DataSet)[0].period_start
    assert date(2017, 5, 31) == airport().of(DataSet)[0].period_end


def test_survey_is_the_published_file() -> None:
    """The packed answers unpack to the published file, byte for byte, every time."""
    packed = (AIRPORT / "sfo_2017_survey.csv.gz").read_bytes()
    without_name_and_time = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"

    assert SURVEY_SHA256 == hashlib.sha256(gzip.decompress(packed)).hexdigest()
    assert packed.startswith(without_name_and_time)
    assert (N_RESPONDENTS, 97) == survey().shape


def test_survey_says_where_it_comes_from() -> None:
    """Licence and source stand beside the file and in the workshop itself."""
    beside = (AIRPORT / "ATTRIBUTION.md").read_text("utf-8")
    data_set = airport().of(DataSet)[0]

    assert "Public Domain Dedication and License (PDDL 1.0)" == data_set.licence
    for text in (beside, data_set.attribution):
        assert "City and County of San Francisco, DataSF" in text
        assert "PDDL 1.0" in text
    assert SURVEY_SHA256 in beside
    assert [("ds-sfo-2017", AIRPORT / "sfo_2017_survey.csv.gz")] == list(
        starter("airport", TODAY).data
    )


def test_mapped_columns_are_in_the_survey() -> None:
    """Every question, rule, weight and respondent number has its column."""
    read = mapping()
    used = {one.column for one in read.questions} | {"WEIGHT", "RESPNUM"}
    used |= {one.column for group in read.groups for one in group.conditions}

    assert set() == used - set(survey().columns)
    assert ("WEIGHT", "RESPNUM") == (read.weight, read.respondent)
    assert survey()["RESPNUM"].is_unique


def test_every_touchpoint_is_asked_about_but_those_declared() -> None:
    """Twelve touchpoints have a question, three honestly have none."""
    asked = {one.touchpoint for one in mapping().questions} - {None}
    known = {one.id for one in airport().of(Touchpoint)}

    assert 15 == len(known)
    assert NOT_ASKED == known - asked
    assert ["NETPRO", "Q7ALL"] == [
        one.column for one in mapping().questions if one.touchpoint is None
    ]


def test_scores_match_the_published_figures() -> None:
    """Read with the declared codes, the survey gives the known NPS and CSAT."""
    plain = mapping().model_copy(update={"weight": None, "groups": ()})
    scores = score_table(survey(), plain)
    nps = scores.iloc[0]
    csat = scores[scores["definition"] == "customer_satisfaction_score"]
    first = csat.drop_duplicates("touchpoint").set_index("column")

    assert 39.84 == round(nps["value"], 2)
    assert (37.18, 42.41) == (round(nps["low"], 2), round(nps["high"], 2))
    assert (2_746, 85) == (nps["n"], nps["n_left_out"])
    assert {"11 no answer": 84, "empty": 1} == nps["left_out"]
    assert {
        "Q7ALL": (0.821, 2_688),
        "Q13GETRATE": (0.771, 2_319),
        "Q7PARK": (0.666, 1_271),
        "Q14PASSTHRU": (0.820, 2_407),
        "Q14FIND": (0.854, 2_683),
        "Q7FOOD": (0.557, 2_421),
        "Q7STORE": (0.560, 2_374),
        "Q7WIFI": (0.746, 2_142),
        "Q7ART": (0.716, 2_284),
        "Q9RESTROOM": (0.778, 2_653),
        "Q9BOARDING": (0.874, 2_762),
        "Q7INFODOWN": (0.675, 1_710),
        "Q7AIRTRAIN": (0.780, 1_450),
    } == {
        column: (round(row["value"], 3), row["n"]) for column, row in first.iterrows()
    }


def test_rules_select_personas_and_segments() -> None:
    """Each rule on real columns selects exactly as many as counted, at least 100."""
    sizes = {
        group.subject: int(group_mask(survey(), group).sum())
        for group in mapping().groups
    }

    assert MEMBERS == sizes
    assert min(sizes.values()) >= 100
    assert set(sizes) == {
        one.id for one in (*airport().of(Persona), *airport().of(Segment))
    }


def test_personas_and_segments_quote_their_size() -> None:
    """Sizes and shares in the texts are those of the survey."""
    for one in (*airport().of(Persona), *airport().of(Segment)):
        text = one.summary if isinstance(one, Persona) else one.description

        assert f"{MEMBERS[one.id]:,} of 2,831 respondents" in text
        if isinstance(one, Segment):
            assert round(MEMBERS[one.id] / N_RESPONDENTS, 3) == one.share_of_customers


def test_facts_about_personas_are_counted() -> None:
    """Each share that a persona quotes equals the one counted in the survey."""
    groups = {group.subject: group for group in mapping().groups}
    quoted = [
        (one.id, text)
        for one in airport().of(Persona)
        for text in (*one.demographics, *one.behaviours)
    ]

    for persona, text in quoted:
        found = SHARE.fullmatch(text)
        assert found is not None, text
        column, codes = FACTS[found["what"]]
        cells = survey().loc[group_mask(survey(), groups[persona]), column]
        answers = cells[~cells.isin(NO_ANSWERS.get(column, ["", "0"]))]
        part = int(answers.isin(list(codes)).sum())
        expected = f"{100 * part / len(answers):.0f}% {found['what']} "
        expected += f"({part:,} of {len(answers):,})"

        assert expected == text
    assert 24 <= len(quoted)


def test_what_is_said_of_personas_holds() -> None:
    """The pains of personas and the reason to begin with one are in the answers."""
    scores = score_table(survey(), mapping().model_copy(update={"weight": None}))
    of_personas = scores[
        scores["group"].str.startswith("persona-", na=False)
        & scores["definition"].isin(["mean_satisfaction", "net_promoter_score"])
    ]
    means = of_personas.pivot_table(index="column", columns="group", values="value")
    lowest = means.idxmin(axis="columns")

    assert {
        "NETPRO": "persona-connecting",
        "Q14FIND": "persona-connecting",
        "Q14PASSTHRU": "persona-connecting",
        "Q7PARK": "persona-business",
        "Q7RENTAL": "persona-business",
    } == {
        column: lowest[column]
        for column in ("NETPRO", "Q14FIND", "Q14PASSTHRU", "Q7PARK", "Q7RENTAL")
    }
    assert {"Q7FOOD", "Q7STORE"} == set(means["persona-leisure"].nsmallest(2).index)


def test_counts_of_comments_are_those_of_the_survey() -> None:
    """Each observed evidence says how many wrote it, and so many did."""
    observed = [one for one in airport().of(Evidence) if one.basis == "observed"]

    for one in observed:
        n = int(those_behind(one).sum())

        assert n == one.n_people
        assert one.text.startswith(f"{n} respondents ")
        assert "ds-sfo-2017" == one.data_set
    assert 20 <= len(observed)


def test_nothing_is_called_measured_that_the_survey_does_not_count() -> None:
    """Measured evidence says how many did it, of those who answered, and so it was."""
    measured = [one for one in airport().of(Evidence) if one.basis == "measured"]

    for one in measured:
        found = ASKED.search(one.source)
        assert found is not None, one.source
        cells = survey()[found["column"]]
        answers = cells[~cells.isin(["", "0"])]
        n = int(answers.isin(found["codes"].split(", ")).sum())

        assert one.text.startswith(f"{n:,} of {len(answers):,} who answered ")
        assert (len(answers), "ds-sfo-2017") == (one.n_people, one.data_set)
    assert 7 == len(measured)
    assert [] == [one.id for one in airport().of(Kpi) if one.baseline is not None]


def test_team_says_why_its_view_differs_from_the_answers() -> None:
    """What a decision counts is counted in the evidence it speaks of."""
    felt = [one for one in airport().of(Decision) if one.id.startswith("decision-felt")]
    counts = [one.text for one in airport().of(Evidence)]

    assert 10 == len(felt)
    for one in felt:
        for n in re.findall(r"\b\d+\b", one.reason):
            assert any(text.startswith(f"{n} respondents") for text in counts)


def test_every_evidence_supports_something() -> None:
    """No evidence hangs in the air."""
    links = [one for one in airport().of(Link) if one.relation == "supports"]

    assert {one.id for one in airport().of(Evidence)} == {one.source for one in links}


def test_pain_points_rest_on_evidence_or_say_that_they_do_not() -> None:
    """Each names touchpoint, persona and owner; frequency follows the comments."""
    for one in airport().of(PainPoint):
        behind = [
            entry
            for entry in airport().linked("supports", target=one.id)
            if isinstance(entry, Evidence) and entry.basis == "observed"
        ]

        assert one.touchpoint
        assert one.persona
        assert one.owner
        assert one.is_assumption == (not behind)
        if behind:
            n = int(
                pd.concat([those_behind(e) for e in behind], axis=1).any(axis=1).sum()
            )
            band = 1 + sum(n >= limit for limit in (20, 50, 80, 120))
            assert band == one.frequency


def test_worst_pain_points_come_with_their_remedies() -> None:
    """The first three have an action in full, the first five a value proposition."""
    ranked = sorted(
        airport().of(PainPoint),
        key=lambda one: (-(one.priority or 0), -(one.severity or 0)),
    )
    worst = [one.id for one in ranked]

    assert ["pain-lost", "pain-food"] == worst[:2]
    assert {"pain-seats", "pain-power", "pain-queue"} == set(worst[2:5])
    for pain in worst[:5]:  # places three to five are equal
        actions = [
            entry
            for entry in airport().linked("answers", target=pain)
            if isinstance(entry, Action)
        ]
        assert actions
        assert all(a.owner and a.due and a.kpi and a.expected_effect for a in actions)
        assert airport().linked("addresses", target=pain)
    for pain in worst:
        causes = airport().linked("causes", target=pain)
        assert any(isinstance(entry, CopisElement) for entry in causes)


def test_status_of_a_pain_point_is_its_last_recorded_one() -> None:
    """History and present do not contradict each other."""
    last: dict[str, str] = {}
    for one in sorted(airport().of(PainPointStatus), key=lambda one: one.day):
        last[one.pain_point] = one.status

    for one in airport().of(PainPoint):
        assert last.get(one.id, "open") == one.status


def test_objectives_and_kpis_belong_together() -> None:
    """Each objective has a KPI with target and definition, and the reverse."""
    links = [one for one in airport().of(Link) if one.relation == "measured_by"]

    assert {one.id for one in airport().of(Objective)} == {one.source for one in links}
    assert {one.id for one in airport().of(Kpi)} == {one.target for one in links}
    for kpi in airport().of(Kpi):
        assert kpi.target is not None
        assert "higher is better" in kpi.definition
