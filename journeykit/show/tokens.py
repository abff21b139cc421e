"""The one set of design tokens: colours, sizes, spaces. Nobody types one anywhere else.

Each colour is a role with one value on light ground and one on dark. Python code
(charts, slides, spreadsheets) reads the roles here; pages and boards read
``static/tokens.css``, which is :func:`as_css` written down (a test compares them).

Pictures are drawn with the light values. :func:`as_css` also holds two classes for each
role (``jk-f-ink`` fills, ``jk-s-ink`` strokes), which :func:`journeykit.show.svg.svg`
puts on every shape: so one picture follows the page into the dark, and stays right in a
program that knows no style sheet. Inverting pictures was turned down: it swaps the ends
of the emotion scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = [
    "COLOURS",
    "EMOTION_ROLES",
    "FACE",
    "PERSONA_ROLES",
    "SIZES_PX",
    "SPACES_PX",
    "Colour",
    "as_css",
    "contrast",
    "dark",
    "light",
    "role_of",
]


@dataclass(frozen=True, slots=True)
class Colour:
    """One role: its value on light and on dark ground, and what it is for."""

    light: str
    dark: str
    use: str


COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        "paper": Colour("#ffffff", "#14171c", "ground; text on a filled mark"),
        "panel": Colour("#f4f5f7", "#1c2027", "quiet ground behind a group"),
        "rule": Colour("#dadee4", "#353b45", "hairlines and gridlines"),
        "ink": Colour("#16191f", "#e9ebee", "text, measured marks"),
        "ink-soft": Colour("#454c57", "#bfc5ce", "second text"),
        "ink-quiet": Colour("#626a76", "#98a0ac", "captions, sources, axis labels"),
        "mark-quiet": Colour("#858d99", "#727b88", "marks that may be chance; edges"),
        "accent": Colour("#174a8c", "#8cbaf2", "what can be acted on; the finding"),
        "accent-tint": Colour("#d9e5f5", "#22354f", "ground behind the accent"),
        "hatch": Colour("#c3d0e3", "#2f4058", "few answers: becomes a hatch"),
        "gap": Colour("#e6e2d8", "#3a382f", "shade between felt and measured"),
        "emotion-very-bad": Colour("#a84605", "#ffa55c", "emotion -2"),
        "emotion-bad": Colour("#d0751f", "#c07a3e", "emotion -1"),
        "emotion-neutral": Colour("#e3e6ea", "#3b424d", "emotion 0, with an edge"),
        "emotion-good": Colour("#4f8ac9", "#5083bd", "emotion +1"),
        "emotion-very-good": Colour("#1f5a9c", "#86bbf7", "emotion +2"),
        "pain": Colour("#c4122f", "#ff6f76", "pain points and nothing else"),
        "opportunity": Colour("#0b7a75", "#3fbfb4", "opportunities"),
        "persona-a": Colour("#006d91", "#78c2e6", "persona A"),
        "persona-b": Colour("#845a0f", "#d9af75", "persona B"),
        "persona-c": Colour("#5d55a9", "#b0adff", "persona C"),
        "persona-d": Colour("#1f744f", "#83caa4", "persona D"),
        "persona-e": Colour("#8f4280", "#e69ad5", "persona E"),
        "persona-f": Colour("#556e1c", "#a9c37c", "persona F"),
    }
)
"""Every role by its name."""

EMOTION_ROLES: Mapping[int, str] = MappingProxyType(
    {
        -2: "emotion-very-bad",
        -1: "emotion-bad",
        0: "emotion-neutral",
        1: "emotion-good",
        2: "emotion-very-good",
    }
)
"""The role of each emotion; its word always stands beside it."""

PERSONA_ROLES: Mapping[str, str] = MappingProxyType(
    {letter: f"persona-{letter.lower()}" for letter in "ABCDEF"}
)
"""The role of each persona's letter; more than six personas are grouped."""

FACE = '"Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Helvetica, Arial, sans-serif'
"""The system's interface face by its names; ``system-ui`` means DejaVu on many
Linuxes."""

SIZES_PX: Mapping[str, float] = MappingProxyType(
    {
        "small": 12.8,
        "base": 16.0,
        "large": 20.0,
        "title": 25.0,
        "head": 31.25,
        "hero": 39.0625,
    }
)
"""Type sizes, each 1.25 times the one before; 16 px on screens, scaled by the root."""

SPACES_PX: Mapping[str, int] = MappingProxyType(
    {"1": 4, "2": 8, "3": 12, "4": 16, "5": 24, "6": 32, "7": 48, "8": 64, "9": 96}
)
"""Distances on the grid of 4 and 8."""

_ROOT_PX = 16
_JUPYTER = "body[data-jp-theme-light]"
_BY_LIGHT = {colour.light: role for role, colour in COLOURS.items()}


def light(role: str) -> str:
    """Return the colour of *role* on light ground.

    Examples
    --------
    >>> light("ink")
    '#16191f'
    """
    return COLOURS[role].light


def dark(role: str) -> str:
    """Return the colour of *role* on dark ground.

    Examples
    --------
    >>> dark("paper")
    '#14171c'
    """
    return COLOURS[role].dark


def role_of(colour: str) -> str | None:
    """Return the role whose light value is *colour*, or None.

    Examples
    --------
    >>> role_of("#C4122F")
    'pain'
    """
    return _BY_LIGHT.get(colour.lower())


def _luminance(colour: str) -> float:
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours after WCAG 2.2, from 1 to 21.

    Parameters
    ----------
    one, other
        Colours as ``#rrggbb``.

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _rule(selector: str, lines: list[str], indent: str = "") -> str:
    body = "".join(f"{indent}  {line};\n" for line in lines)
    return f"{indent}{selector} {{\n{body}{indent}}}\n"


def as_css() -> str:
    """Return the tokens as a style sheet: what ``static/tokens.css`` holds.

    Every token is a variable ``--jk-…``. Dark values apply when the system asks for
    them and under ``data-jk-theme="dark"``; in JupyterLab its theme decides, whatever
    the system asks for. Print is light.

    Examples
    --------
    >>> "--jk-pain: #c4122f;" in as_css()
    True
    """
    lights = [f"--jk-{role}: {colour.light}" for role, colour in COLOURS.items()]
    darks = [f"--jk-{role}: {colour.dark}" for role, colour in COLOURS.items()]
    sizes = [
        f"--jk-size-{name}: {size / _ROOT_PX:g}rem" for name, size in SIZES_PX.items()
    ]
    spaces = [f"--jk-space-{name}: {space}px" for name, space in SPACES_PX.items()]
    first = [*lights, f"--jk-face: {FACE}", *sizes, *spaces]
    system = _rule(':root:not([data-jk-theme="light"])', darks, "  ")
    is_light = '[data-jk-theme="light"],\nbody[data-jp-theme-light="true"]'
    is_dark = '[data-jk-theme="dark"],\nbody[data-jp-theme-light="false"]'
    shapes = "".join(
        f".jk-f-{role} {{ fill: var(--jk-{role}); }}\n"
        f".jk-s-{role} {{ stroke: var(--jk-{role}); }}\n"
        for role in COLOURS
    )
    return (
        "/* Written from journeykit/show/tokens.py (as_css): change it there. */\n"
        + _rule(":root", first)
        # JupyterLab's own bars and fields follow its theme, not the system.
        + _rule(f":root:not(:has(> {_JUPYTER}))", ["color-scheme: light dark"])
        + f"@media screen and (prefers-color-scheme: dark) {{\n{system}}}\n"
        + f"@media screen {{\n{_rule(is_light, lights)}{_rule(is_dark, darks)}}}\n"
        + shapes
    )
