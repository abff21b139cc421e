"""A company's colours, where they can be read; and what they change.

A company's accent takes the place of ours wherever ours is words, lines or marks. What
means something keeps its colour: pain is one red, emotion runs from orange to blue. So
an accent that could be taken for one of these dresses the page, but not the pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from journeykit.errors import InputError
from journeykit.show.tokens import COLOURS, contrast

if TYPE_CHECKING:
    from journeykit.report.company import Company

__all__ = [
    "checked_accent",
    "checked_colour",
    "colour_named",
    "in_company_colours",
    "is_kept_from_pictures",
    "light_of",
    "role_colours",
    "wearing",
    "worn",
]

_LEAST = 4.5
_WHITE = "#ffffff"
_OWN = ("pain", "emotion-very-bad", "emotion-bad", "opportunity")
_NEAR = 60.0
"""How near two colours are taken for one, weighted as the eye does."""

_worn: ContextVar[Company | None] = ContextVar("worn", default=None)


def worn() -> Company | None:
    """Return the company whose look the reports written now have; None for ours."""
    return _worn.get()


@contextmanager
def wearing(company: Company | None) -> Iterator[None]:
    """Write reports in a company's look for a while."""
    before = _worn.set(company)
    try:
        yield
    finally:
        _worn.reset(before)


def checked_colour(text: str, key: str, where: str) -> str:
    """Return a colour as ``#rrggbb``; empty if *text* is.

    Raises
    ------
    InputError
        If it is no colour.

    Examples
    --------
    >>> checked_colour("#0A5", "accent", "")
    '#00aa55'
    """
    if not text:
        return ""
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", text):
        text = "#" + "".join(2 * one for one in text[1:])
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", text):
        raise InputError(
            f'a colour such as {key} = "#174a8c" was expected, found {text!r}', where
        )
    return text.lower()


def colour_named(text: str) -> str:
    """Return a colour that was named or written out as ``#rrggbb``; empty if none is.

    Raises
    ------
    InputError
        If it is no colour.

    Examples
    --------
    >>> colour_named("navy")
    '#000080'
    """
    from PIL import ImageColor

    if not text:
        return ""
    try:
        red, green, blue = ImageColor.getrgb(text.strip())[:3]
    except ValueError as error:
        raise InputError(
            f'a colour such as "#174a8c" or navy was expected, found {text!r}'
        ) from error
    return f"#{red:02x}{green:02x}{blue:02x}"


def checked_accent(text: str, where: str) -> str:
    """Return an accent that can be read on white and on a grey panel.

    Raises
    ------
    InputError
        If it is no colour, or its contrast is below 4.5 : 1; the nearest that would do
        is named.
    """
    accent = checked_colour(text, "accent", where)
    if not accent or _is_read(accent):
        return accent
    darker = next(
        mixed
        for mixed in (_mixed(accent, "#000000", share / 50) for share in range(51))
        if _is_read(mixed)
    )
    raise InputError(
        f"accent {accent} cannot be read on paper: its contrast is "
        f"{_least(accent):.1f} : 1 where {_LEAST} : 1 is needed",
        where,
        f"{darker} is the nearest that will do; the lighter one may be the second "
        "colour",
    )


def _least(colour: str) -> float:
    grounds = (_WHITE, COLOURS["panel"].light)
    return min(contrast(colour, ground) for ground in grounds)


def _is_read(colour: str) -> bool:
    return _least(colour) >= _LEAST


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _mixed(one: str, other: str, share: float) -> str:
    """Return a colour with so much of another in it."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    mixed = (round(a + (b - a) * share) for a, b in pairs)
    return "#" + "".join(f"{part:02x}" for part in mixed)


def role_colours(company: Company | None) -> Mapping[str, tuple[str, str]]:
    """Return the roles that a company fills: light and dark value of each.

    Examples
    --------
    >>> dict(role_colours(None))
    {}
    """
    if company is None or not company.accent:
        return {}
    accent, paper = company.accent, COLOURS["paper"].dark
    ground = COLOURS["panel"].dark
    lighter = next(
        mixed
        for mixed in (_mixed(accent, _WHITE, share / 50) for share in range(51))
        if contrast(mixed, ground) >= 1.4 * _LEAST
    )
    tints = (_mixed(accent, _WHITE, 0.84), _mixed(lighter, paper, 0.75))
    return {"accent": (accent, lighter), "accent-tint": tints}


def light_of(role: str) -> str:
    """Return the colour of a role on paper in the look that is worn now.

    Examples
    --------
    >>> light_of("accent")
    '#174a8c'
    """
    own = role_colours(worn()).get(role)
    return own[0] if own else COLOURS[role].light


def is_kept_from_pictures(company: Company) -> bool:
    """Say whether an accent could be taken for a colour that means something."""
    return any(_distance(company.accent, COLOURS[role].light) < _NEAR for role in _OWN)


def _distance(one: str, other: str) -> float:
    """Return how far apart two colours look, by the cheap formula with the mean red."""
    (red, green, blue), (red2, green2, blue2) = _parts(one), _parts(other)
    mean = (red + red2) / 2
    squares = (
        (2 + mean / 256) * (red - red2) ** 2
        + 4 * (green - green2) ** 2
        + (2 + (255 - mean) / 256) * (blue - blue2) ** 2
    )
    return float(squares**0.5)


def in_company_colours(svg: str) -> str:
    """Return a picture in the colours of the look that is worn now.

    Examples
    --------
    >>> in_company_colours('<rect fill="#174a8c"/>')
    '<rect fill="#174a8c"/>'
    """
    company = worn()
    own = role_colours(company)
    if company is None or not own or is_kept_from_pictures(company):
        return svg
    values = {COLOURS[role].light: colours[0] for role, colours in own.items()}
    pattern = rf'((?:fill|stroke)=")({"|".join(values)})(?=")'
    return re.sub(
        pattern, lambda found: found[1] + values[found[2].lower()], svg, flags=re.I
    )
