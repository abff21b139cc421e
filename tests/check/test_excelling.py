"""Where the organisation excels: marks, and what emotion and numbers say of them."""

from __future__ import annotations

import pytest

from journeykit.check.excelling import excelling, excelling_sentence
from journeykit.model import Document, Entry, Journey, Measurement, Stage, Touchpoint


def document(*more: Entry, **fields: object) -> Document:
    """Return a map with one touchpoint that has these fields."""
    point = {"id": "t", "stage": "s", "name": "Welcome", **fields}
    return Document(
        [
            Journey(id="now", name="Trip"),
            Stage(id="s", journey="now", name="Arrive"),
            Touchpoint.model_validate(point),
            *more,
        ]
    )


def measured(value: float) -> Measurement:
    """Return a mean satisfaction at the touchpoint."""
    fields = {"value": value, "low": value - 0.1, "high": value + 0.1, "n": 400}
    return Measurement(id="m", definition="mean_satisfaction", subject="t", **fields)


@pytest.mark.parametrize(
    ("fields", "value", "standing"),
    [
        ({"excels": True, "emotion": 2}, 4.3, "borne out"),
        ({"excels": True, "emotion": 1}, 3.96, "borne out"),  # it is shown as +1.0
        ({"excels": True, "emotion": 2}, 3.2, "not borne out"),
        ({"excels": True, "emotion": -1}, 4.6, "not borne out"),
        ({"excels": True, "emotion": 2}, None, "not known"),
        ({"excels": True}, None, "not known"),
        ({"excels": True, "emotion": 1, "satisfaction": 5}, None, "borne out"),
        ({"emotion": 1}, 4.2, "stands out"),
        ({"emotion": 1, "satisfaction": 4}, None, "stands out"),
    ],
)
def test_a_mark_is_held_against_emotion_and_measure(
    fields: dict[str, object], value: float | None, standing: str
) -> None:
    """Felt good and measured good; the team's rating where nobody measured."""
    more = [] if value is None else [measured(value)]

    assert [standing] == [one.standing for one in excelling(document(*more, **fields))]


@pytest.mark.parametrize(
    "fields", [{}, {"emotion": 2}, {"emotion": 0, "satisfaction": 5}]
)
def test_a_peak_alone_is_no_proof(fields: dict[str, object]) -> None:
    """What only feels good, or is only rated good, is not proposed."""
    assert () == excelling(document(**fields))


def test_sentence_names_what_is_sure_and_what_is_not() -> None:
    """Marked and borne out first, then what the numbers doubt, then the proposals."""
    other = {"stage": "s", "excels": True, "emotion": -1}
    more = [
        Touchpoint(id="u", name="Lounge", rank="b", **other),
        Touchpoint(id="v", stage="s", name="Art", rank="c", emotion=1, satisfaction=5),
    ]
    case = document(measured(4.4), *more, excels=True, emotion=2)
    said = excelling_sentence(excelling(case))

    assert (
        "You excel, felt and measured, at Welcome. Marked, but emotion or numbers say "
        "less: Lounge. Good by both and not marked: Art." == said
    )
    assert "Nothing is marked yet" in excelling_sentence(())
    assert "You excel at Welcome." == excelling_sentence(
        excelling(document(excels=True))
    )
