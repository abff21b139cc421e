"""Pictures speak the reader's language: every fixed word, every number, every day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from chart_cases import CHART_OPTIONS, CSAT, plain
from clean_case import TODAY, changed, clean_case
from other_words import speak_otherwise
from traced_case import traced_case
from way_chart_cases import WAY_OPTIONS

from journeykit.check.copis_reading import copis_sentences
from journeykit.check.pain_life import pain_lives
from journeykit.check.rules import findings
from journeykit.language import speaking
from journeykit.layout.journey_map import journey_map
from journeykit.model import Document
from journeykit.show.alignment_picture import alignment_picture
from journeykit.show.canvas_picture import canvas_picture
from journeykit.show.charts import CHARTS, picture
from journeykit.show.copis_picture import copis_picture
from journeykit.show.map_picture import journey_map_picture, journey_map_pictures
from journeykit.show.map_tables import map_table
from journeykit.show.numbers import count, interval, joined, signed, value_text
from journeykit.show.pain_life import pain_life_picture
from journeykit.show.roadmap_picture import roadmap_picture
from journeykit.show.traceability_picture import traceability_picture

_SCORES = pd.DataFrame(
    [
        ("Gate", 0.4, 0.35, 0.45, 1200, "enough"),
        ("Desk", 0.6, 0.5, 0.7, 20, "few answers"),
        ("Wing", None, None, None, 3, "fewer than minimum"),
        ("Roof", None, None, None, 0, "not measured"),
    ],
    columns=["name", "value", "low", "high", "n", "reliability"],
)
_GAPS = pd.DataFrame(
    [("Gate", 1.0, -0.5, -0.7, -0.2, 1200), ("Desk", None, 0.2, 0.0, 0.4, 30)],
    columns=["name", "felt", "measured", "low", "high", "n"],
)
_OPTIONS: dict[str, dict[str, Any]] = {
    **CHART_OPTIONS,
    **WAY_OPTIONS,
    "scores_by_touchpoint": {"scores": _SCORES, "definition": CSAT},
    "felt_against_measured": {"scores": _GAPS},
    "promoter_bar": {"promoters": 500, "passives": 1300, "detractors": 200},
}
_OURS = {"enough", "few answers", "fewer than minimum", "not measured", "Team"}
"""Cells of tables that are no words of people."""


def _texts(picture: str) -> list[str]:
    """Return every text of a picture, its title and its description."""
    root = ET.fromstring(picture)
    return [text for element in root.iter() for text in (element.text,) if text]


def _english(said: Iterable[str], given: object) -> set[str]:
    """Return words in Latin letters that nobody typed; a line may cut a name."""
    typed = {part for one in _typed(given) for part in re.findall(r"[A-Za-z]+", one)}
    words = set(re.findall(r"[A-Za-z]{2,}", " ".join(said)))
    return {word for word in words if not any(one.startswith(word) for one in typed)}


def _typed(given: object) -> Iterator[str]:
    """Yield the texts that people typed, as deep as they lie."""
    if isinstance(given, str):
        yield from () if given in _OURS else (given,)
    elif isinstance(given, pd.DataFrame):
        yield from _typed(given.to_numpy().tolist())
    elif isinstance(given, dict):
        yield from _typed(list(given.values()))
    elif isinstance(given, list | tuple):
        for one in given:
            yield from _typed(one)
    elif is_dataclass(given) and not isinstance(given, type):
        yield from _typed(asdict(given))


@pytest.mark.parametrize("name", sorted(CHARTS))
def test_a_chart_says_nothing_in_english(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Titles, notes, heads, axes and alt texts of every chart stand in a catalogue."""
    with speaking(speak_otherwise(monkeypatch)):
        drawn = picture(name, **_OPTIONS[name])
    said = [*_texts(str(drawn.wide)), *_texts(str(drawn.narrow))]
    said += asdict(drawn.words).values()

    assert set() == _english(said, _OPTIONS[name])


def _documents() -> Iterator[Document]:
    case = clean_case()
    yield from (case, clean_case("needs"), traced_case(3), Document())
    late = next(one.id for one in case if one.kind == "action")
    yield changed(case, late, due=date(2025, 3, 3), status="planned")


def _pictures(document: Document) -> Iterator[str]:
    yield str(journey_map_picture(document))
    yield str(journey_map_picture(document, width_px=342))
    yield from map(str, journey_map_pictures(document))
    yield str(copis_picture(document))
    yield str(canvas_picture(document))
    yield str(canvas_picture(document, state="after"))
    yield str(alignment_picture(document))
    yield str(roadmap_picture(document, TODAY))
    yield str(traceability_picture(document))
    yield str(pain_life_picture(pain_lives(document, {}, TODAY), TODAY))


def test_a_picture_says_nothing_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Map, COPIS, canvas, heat map, roadmap, traces and lives of pain points."""
    language = speak_otherwise(monkeypatch)
    for document in _documents():
        with speaking(language):
            said = [text for one in _pictures(document) for text in _texts(one)]

        assert set() == _english(said, [one.model_dump() for one in document])


def test_findings_say_nothing_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check, the reading of COPIS and the table of the map have their words."""
    language = speak_otherwise(monkeypatch)
    for document in _documents():
        with speaking(language):
            layout = journey_map(document, None, None)
            said = [*copis_sentences(document), *map_table(layout).to_numpy().ravel()]
            for one in findings(document, date(2027, 3, 1)):
                said += [one.text, one.next_step]

        assert set() == _english(said, [one.model_dump() for one in document])


def test_numbers_follow_the_language() -> None:
    """Signs of thousands, decimals and percent; what lies between two numbers."""
    with speaking("de"):
        german = [
            plain(value_text(0.7099, CSAT)),
            value_text(1234.56, "mean_satisfaction"),
            count(2746),
            signed(-1.25),
            signed(1234.5),
            joined(["Gate", "Desk", "Wing"]),
        ]
    with speaking("zh"):
        chinese = [value_text(0.7099, CSAT), joined(["Gate", "Desk", "Wing"])]

    assert ["71 %", "1.234,56", "2.746", "−1,2", "+1.234,5", "Gate, Desk und Wing"] == (
        german
    )
    assert ["71%", "Gate、Desk和Wing"] == chinese
    assert "−1.2 to 3.4" == interval(-1.2, 3.4, "net_promoter_score")


def test_axes_are_written_in_the_language() -> None:
    """An axis of Vega's own has a comma, too, and no language stays behind."""
    scores = _SCORES.assign(value=[4.1, 4.4, None, None], low=4.05, high=4.45)
    options = {"scores": scores, "definition": "mean_satisfaction"}
    english = picture("scores_by_touchpoint", **options).wide
    with speaking("de"):
        german = picture("scores_by_touchpoint", **options).wide
    again = picture("scores_by_touchpoint", **options).wide

    assert english == again
    assert "4.2" in _texts(str(english))
    assert "4,2" in _texts(str(german))
    assert "4.2" not in _texts(str(german))


def test_months_are_named_in_the_language() -> None:
    """Days of the roadmap follow the report's language, else that of the workshop."""
    document = clean_case()
    case = document.case
    assert case is not None
    french = changed(document, case.id, language="fr")
    with speaking("de"):
        german = " ".join(_texts(str(roadmap_picture(french, TODAY))))
    of_the_workshop = " ".join(_texts(str(roadmap_picture(french, TODAY))))

    assert "Heute, 02.03.2026" in german
    assert "Today, 2 mars 2026" in of_the_workshop
