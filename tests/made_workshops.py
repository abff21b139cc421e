"""Small workshops, as many as a test likes, each with its own answers to a survey.

``made_workshops(folder, 24)`` writes 24 ``.journey`` files in well under two seconds:
eight touchpoints, three personas (the last is too small to be shown), one survey with
its measurements, pain points, ideas, actions, a KPI with its observations. That is
enough for the six charts of a report. The measurements are those that
``Workshop.measure`` would make (a test holds them against it); they are computed from
counts here because reading the answers again takes longer than everything else.

Every seventh workshop has no owner, every fifth was last looked at 400 days ago.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from journeykit.exchange.parquet import to_parquet
from journeykit.measure.result import Result
from journeykit.measure.scores import (
    customer_satisfaction_score,
    mean_satisfaction,
    net_promoter_score,
)
from journeykit.model import (
    Action,
    Case,
    Channel,
    DataSet,
    Entry,
    Journey,
    Kpi,
    KpiObservation,
    LaneNote,
    Link,
    Measurement,
    Opportunity,
    PainPoint,
    Persona,
    Stage,
    Stakeholder,
    SurveyMapping,
    Touchpoint,
)
from journeykit.model.edits import add, new_edit_id
from journeykit.model.survey import Condition, Group, Question, Scale
from journeykit.store import keep_table, open_store

__all__ = ["MADE_ON", "N_ANSWERS", "PLACES", "made_workshop", "made_workshops"]

MADE_ON = date(2026, 11, 26)
"""The day that made workshops take for today."""

N_ANSWERS = 160
"""Answers to the survey of a made workshop; four of them are of the last persona."""

PLACES = (
    *("Ghent", "Bern", "Porto", "Turku", "Leeds", "Graz", "Lyon", "Cork", "Malmö"),
    *("Brno", "Padua", "Gdańsk", "Cádiz", "Aarhus", "Basel", "Split", "Utrecht"),
    *("Rouen", "Kraków", "Trento", "Bergen", "Galway", "Namur", "Košice"),
)
_STAGES = {
    "Look": ("Website", "Brochure"),
    "Book": ("Booking page", "Payment"),
    "Stay": ("Arrival desk", "Room", "Breakfast"),
    "Leave": ("Bill",),
}
_TOUCHPOINTS = tuple(name for names in _STAGES.values() for name in names)
_PERSONAS = {"family": "Family", "traveller": "Business traveller", "late": "Latecomer"}
_FEW = 4
_CHANNELS = {"web": "Website", "desk": "Desk", "phone": "Phone"}
_PAINS = (
    ("Waiting at the desk", "long_waits", "arrival-desk"),
    ("Prices are hard to find", "hard_to_reach_information", "website"),
    ("Payment breaks off", "checkout_abandonment", "payment"),
    ("The bill has faults", "after_sales_support", "bill"),
    ("The room is not ready", "long_waits", "room"),
    ("Nobody finds the breakfast", "confusing_navigation", "breakfast"),
)
_RATED = Scale(lowest=1, highest=5, not_answers={"0": "blank"})
_RECOMMENDED = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
_STATUSES = ("done", "doing", "planned")


def made_workshop(
    folder: Path,
    number: int = 1,
    *,
    n_waves: int = 1,
    n_answers: int = N_ANSWERS,
    today: date = MADE_ON,
) -> Path:
    """Write one made workshop and return its file.

    Parameters
    ----------
    folder
        Where; the file is called ``made-0001.journey`` by its number.
    number
        Which one, from 1: the same number is the same workshop.
    n_waves
        How many surveys it has, a year apart; the last one is a little better.
    n_answers
        Answers to each survey.
    today
        The day on which it is made; its dates count from there.
    """
    path = folder / f"made-{number:04d}.journey"
    looked_at = today - timedelta(days=400 if number % 5 == 0 else number % 30)
    clock = datetime.combine(looked_at, time(12), UTC)
    store = open_store(path, is_new=True, now=lambda: clock)
    chance = np.random.default_rng(number)
    entries = list(_map(number, chance, today))
    for wave in range(n_waves):
        day = today - timedelta(days=30 + 365 * (n_waves - 1 - wave))
        data, answers = _survey(wave, day, chance, n_answers, number)
        table = keep_table(
            store,
            to_parquet(answers.astype(str)),
            reading={"notes": []},
            quality={},
            mapping=_mapping().model_dump(mode="json"),
        )
        data = data.model_copy(update={"table": table})
        entries += [data, *_measurements(data, answers)]
    group = new_edit_id()
    store.write([add(one, author=None, group=group) for one in entries])
    store.mark("Review 1")
    store.close()
    return path


def made_workshops(
    folder: Path, n: int, *, n_waves: int = 1, today: date = MADE_ON
) -> list[Path]:
    """Write so many made workshops and return their files, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = range(1, n + 1)
    return [made_workshop(folder, one, n_waves=n_waves, today=today) for one in numbers]


def _id(name: str) -> str:
    return name.casefold().replace(" ", "-")


def _map(number: int, chance: np.random.Generator, today: date) -> Iterator[Entry]:
    place = PLACES[(number - 1) % len(PLACES)]
    title = f"Hotel {place}" + (f" {number}" if number > len(PLACES) else "")
    owner = None if number % 7 == 0 else "manager"
    review = today + timedelta(days=-90 if number % 5 == 0 else 60)
    yield Case(
        id="case",
        title=title,
        organisation="Hotels of Europe",
        owner=owner,
        review_date=review,
    )
    yield Stakeholder(id="manager", name=f"Manager of {place}", department="Hotel")
    yield Stakeholder(id="digital", name="Head of digital", department="Digital")
    for key, name in _PERSONAS.items():
        yield Persona(id=key, name=name)
    for key, name in _CHANNELS.items():
        yield Channel(id=key, name=name)
    yield Journey(id="visit", name="A visit")
    for place_of, (stage, names) in enumerate(_STAGES.items(), start=1):
        yield Stage(id=_id(stage), journey="visit", name=stage, rank=f"{place_of}V")
        for name in names:
            yield _touchpoint(name, stage, chance)
    yield from _notes(chance)
    for place_of, (text, category, where) in enumerate(_PAINS):
        severity, frequency = (int(one) for one in chance.integers(1, 6, size=2))
        yield PainPoint(
            id=f"pain-{place_of}",
            rank=f"{place_of + 1}V",
            text=text,
            category=category,
            touchpoint=where,
            severity=severity,
            frequency=frequency,
            is_assumption=bool(chance.integers(2)),
            persona=tuple(_PERSONAS)[place_of] if place_of < 2 else None,
            owner="manager" if place_of % 2 else None,
        )
    yield from _plan(chance, today)


def _touchpoint(name: str, stage: str, chance: np.random.Generator) -> Touchpoint:
    place = _TOUCHPOINTS.index(name)
    return Touchpoint(
        id=_id(name),
        stage=_id(stage),
        name=name,
        rank=f"{place + 1}V",
        channel=tuple(_CHANNELS)[place % len(_CHANNELS)],
        emotion=int(chance.integers(-2, 3)),
        importance_to_customer=int(chance.integers(2, 6)),
        importance_to_organisation=int(chance.integers(1, 6)),
        satisfaction=int(chance.integers(1, 6)),
    )


def _notes(chance: np.random.Generator) -> Iterator[Entry]:
    for persona in tuple(_PERSONAS)[:2]:
        for name in _TOUCHPOINTS:
            feeling = int(chance.integers(-2, 3))
            yield LaneNote(
                id=f"feels-{persona}-{_id(name)}",
                lane="feeling",
                text=("awful", "bad", "so so", "good", "great")[feeling + 2],
                touchpoint=_id(name),
                persona=persona,
                emotion=feeling,
            )


def _plan(chance: np.random.Generator, today: date) -> Iterator[Entry]:
    for place in range(3):
        yield Opportunity(
            id=f"idea-{place}",
            text=f"Mend it: {_PAINS[place][0].lower()}",
            touchpoint=_PAINS[place][2],
            expected_effect=int(chance.integers(1, 6)),
            effort=int(chance.integers(1, 6)),
        )
        yield Link(
            id=f"answers-{place}",
            source=f"idea-{place}",
            target=f"pain-{place}",
            relation="answers",
        )
        days = int(chance.integers(-60, 120))
        yield Action(
            id=f"action-{place}",
            text=f"See to it: {_PAINS[place][0].lower()}",
            owner=("manager", "digital", None)[place],
            status=_STATUSES[int(chance.integers(3))],
            start=today + timedelta(days=days - 60),
            due=today + timedelta(days=days),
            kpi="recommend",
        )
    yield Kpi(
        id="recommend",
        name="Guests who recommend us",
        measure="net_promoter_score",
        baseline=20,
        target=40,
        owner="manager",
    )
    for place in range(4):
        yield KpiObservation(
            id=f"seen-{place}",
            kpi="recommend",
            day=today - timedelta(days=365 - 110 * place),
            value=float(chance.integers(10, 45)),
            n=N_ANSWERS,
        )


@cache
def _mapping() -> SurveyMapping:
    rated = tuple(
        Question(column=_id(name), asks="satisfaction", scale=_RATED, touchpoint=key)
        for name in _TOUCHPOINTS
        for key in [_id(name)]
    )
    liked = Question(column="recommend", asks="recommend", scale=_RECOMMENDED)
    groups = tuple(
        Group(subject=key, conditions=(Condition(column="guest", values=(key,)),))
        for key in _PERSONAS
    )
    return SurveyMapping(questions=(*rated, liked), groups=groups)


def _survey(
    wave: int, day: date, chance: np.random.Generator, n: int, number: int
) -> tuple[DataSet, pd.DataFrame]:
    """Return a data set and its answers; a hotel is better or worse as a whole."""
    columns: dict[str, object] = {
        "guest": ["late"] * _FEW
        # Some are of no persona, so that nobody can work the few latecomers out.
        + [
            "family" if one < 0.55 else "traveller" if one < 0.88 else "other"
            for one in chance.random(n - _FEW)
        ]
    }
    lift = 0.03 * (number % 7) + 0.1 * wave
    for place, name in enumerate(_TOUCHPOINTS):
        good = min(0.35 + 0.06 * place + lift, 0.95)
        shares = [0.03, 0.4 * (1 - good), 0.6 * (1 - good), 0.5 * good, 0.5 * good]
        odds = np.array([shares[0], shares[1] / 2, shares[1] / 2, *shares[2:]])
        columns[_id(name)] = chance.choice(6, size=n, p=odds / odds.sum())
    happy = chance.binomial(10, min(0.72 + lift / 2, 0.95), size=n)
    columns["recommend"] = np.where(chance.random(n) < 0.02, 11, happy)
    data = DataSet(
        id=f"survey-{wave + 1}",
        title=f"Guest survey {day.year}",
        source="Made for tests",
        period_start=day - timedelta(days=20),
        period_end=day,
        n_rows=n,
        n_columns=len(columns),
        mapping=_mapping(),
    )
    return data, pd.DataFrame(columns)


def _measurements(data: DataSet, answers: pd.DataFrame) -> Iterator[Measurement]:
    guests = answers["guest"].to_numpy()
    place = 0
    for question in _mapping().questions:
        given = answers[question.column].to_numpy()
        for group in (None, *_PERSONAS):
            chosen = given if group is None else given[guests == group]
            for result in _results(question, np.bincount(chosen)):
                place += 1
                yield _measurement(data, question, group, result, place)


def _results(question: Question, counts: np.ndarray) -> tuple[Result, ...]:
    seen = {code: int(n) for code, n in enumerate(counts) if n}
    if question.asks == "recommend":
        return (net_promoter_score(seen, question.scale),)
    return (
        customer_satisfaction_score(seen, question.scale),
        mean_satisfaction(seen, question.scale),
    )


def _measurement(
    data: DataSet, question: Question, group: str | None, result: Result, place: int
) -> Measurement:
    parts = (data.id, result.definition, question.column, group, False)
    return Measurement(
        id=f"m-{hashlib.sha256(repr(parts).encode()).hexdigest()[:15]}",
        rank=f"{place:06d}V",
        definition=result.definition,
        subject=question.touchpoint,
        persona=group,
        value=result.value,
        low=result.low,
        high=result.high,
        n=result.n,
        n_left_out=result.n_left_out,
        left_out=dict(result.left_out),
        data_set=data.id,
        column=question.column,
        day=data.period_end,
    )
