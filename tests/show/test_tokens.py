"""The tokens: one set for Python and CSS, readable in both modes by everybody."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations, pairwise

import pytest

from journeykit.show.tokens import (
    COLOURS,
    EMOTION_ROLES,
    PERSONA_ROLES,
    SIZES_PX,
    SPACES_PX,
    as_css,
    contrast,
    dark,
    light,
)

TEXTS = ("ink", "ink-soft", "ink-quiet", "accent", "pain", "opportunity")
MARKS = ("mark-quiet", "emotion-very-bad", "emotion-bad", "emotion-good")

# Machado, Oliveira and Fernandes 2009, severity 1, linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def _linear(colour: str) -> list[float]:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


def _lab(rgb: list[float]) -> list[float]:
    """Return OKLab coordinates of linear RGB, times 100."""
    red, green, blue = (max(0.0, part) for part in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    mid = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return [
        100 * (0.2104542553 * long + 0.7936177850 * mid - 0.0040720468 * short),
        100 * (1.9779984951 * long - 2.4285922050 * mid + 0.4505937099 * short),
        100 * (0.0259040371 * long + 0.7827717662 * mid - 0.8086757660 * short),
    ]


def _distance(one: str, other: str, kind: str) -> float:
    seen = []
    for colour in (one, other):
        rgb = _linear(colour)
        rows = BLINDNESS[kind]
        mixed = [sum(f * p for f, p in zip(row, rgb, strict=True)) for row in rows]
        seen.append(_lab(mixed))
    return sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5


def test_style_sheet_says_the_same_as_python() -> None:
    """The committed style sheet is what the Python tokens give, sign by sign."""
    sheet = files("journeykit.show") / "static" / "tokens.css"

    assert as_css() == sheet.read_text(encoding="utf-8")


@pytest.mark.parametrize("value", [light, dark], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("role", [*TEXTS, *PERSONA_ROLES.values()])
def test_text_can_be_read(role: str, ground: str, value: object) -> None:
    """Every colour that text has stands out 4.5 to 1 from both grounds."""
    assert callable(value)
    assert contrast(value(role), value(ground)) >= 4.5


@pytest.mark.parametrize("value", [light, dark], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "panel"])
@pytest.mark.parametrize("role", [*MARKS, "emotion-very-good"])
def test_mark_can_be_seen(role: str, ground: str, value: object) -> None:
    """Every mark stands out 3 to 1; the neutral emotion has an edge that does."""
    assert callable(value)
    assert contrast(value(role), value(ground)) >= 3


@pytest.mark.parametrize("value", [light, dark], ids=["light", "dark"])
@pytest.mark.parametrize("kind", BLINDNESS)
def test_emotions_differ_for_colour_blind_people(kind: str, value: object) -> None:
    """No two of the five emotions look alike with any kind of colour blindness."""
    assert callable(value)
    pairs = combinations(EMOTION_ROLES.values(), 2)
    nearest = min(_distance(value(one), value(other), kind) for one, other in pairs)

    assert nearest >= 8


@pytest.mark.parametrize("value", [light, dark], ids=["light", "dark"])
def test_personas_weigh_the_same(value: object) -> None:
    """No persona shouts: their hues differ little in contrast to the ground."""
    assert callable(value)
    weights = [contrast(value(role), value("paper")) for role in PERSONA_ROLES.values()]

    assert max(weights) / min(weights) <= 1.25


def test_roles_differ_in_light() -> None:
    """A picture's colour leads back to exactly one role."""
    lights = [colour.light for colour in COLOURS.values()]

    assert len(set(lights)) == len(lights)


def test_pain_is_red_and_nothing_else_is() -> None:
    """No other role comes near the red of pain."""
    pain = _lab(_linear(light("pain")))
    for role in COLOURS:
        if role != "pain":
            other = _lab(_linear(light(role)))
            distance = (
                sum((a - b) ** 2 for a, b in zip(pain, other, strict=True)) ** 0.5
            )
            assert distance >= 8, role


def test_scale_of_type_and_grid() -> None:
    """Sizes grow by 1.25 from 16 px; distances lie on the grid of 4."""
    sizes = list(SIZES_PX.values())

    assert SIZES_PX["base"] == 16
    assert [1.25] * (len(sizes) - 1) == [
        pytest.approx(b / a) for a, b in pairwise(sizes)
    ]
    assert {0} == {space % 4 for space in SPACES_PX.values()}
