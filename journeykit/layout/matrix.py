"""Matrices: entries by two ratings from 1 to 5, in labelled quadrants or in squares.

High is 4 or 5, as with answers of a survey; low is 1 to 3. A drop into a quadrant
writes the middle of each range (2 for low; 4 for high, since ratings are whole), and
leaves a rating that is in the range already. A band of its own for 3 was turned down:
nine fields ask nobody to decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import JsonValue

from journeykit.errors import UnknownNameError
from journeykit.layout.cards import Deck
from journeykit.layout.prompts import KIND_PROMPTS, Prompt
from journeykit.layout.walls import adds_of
from journeykit.layout.zones import Card, Cell, Head, Layout, Zone
from journeykit.model.base import Entry
from journeykit.model.document import Document
from journeykit.model.kinds import kind_class

__all__ = [
    "Axis",
    "impact_effort",
    "importance_performance",
    "matrix",
    "severity_frequency",
    "stakeholder_map",
]

_HIGH = "High is 4 or 5, low is 1 to 3."


@dataclass(frozen=True, slots=True)
class Axis:
    """One rating and the bands in which it is drawn, from low to high.

    Parameters
    ----------
    field
        The rating.
    label
        What it is called.
    bands
        Values of each band.
    names
        What each band is called.
    """

    field: str
    label: str
    bands: tuple[tuple[int, ...], ...] = ((1, 2, 3), (4, 5))
    names: tuple[str, ...] = ()

    def band(self, value: object) -> int | None:
        """Return the place of the band in which *value* lies; None if in none."""
        for place, values in enumerate(self.bands):
            if value in values:
                return place
        return None

    def written(self, place: int) -> int:
        """Return what a drop into a band writes: its middle, a whole number."""
        values = self.bands[place]
        return values[(len(values) - 1) // 2]


_FIVE = tuple((value,) for value in range(1, 6))


def _fine(field: str, label: str) -> Axis:
    names = tuple(f"{label} {value}" for value in range(1, 6))
    return Axis(field, label, _FIVE, names)


def _coarse(field: str, label: str) -> Axis:
    return Axis(field, label, names=(f"Low {label.lower()}", f"High {label.lower()}"))


def _score_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind that are rated from 1 to 5."""
    properties = kind_class(kind).model_json_schema()["properties"]
    return tuple(
        name
        for name, schema in properties.items()
        if any(
            (one.get("minimum"), one.get("maximum")) == (1, 5)
            for one in schema.get("anyOf", ())
        )
    )


def matrix(
    document: Document,
    *,
    bases: Mapping[str, str] | None = None,
    kind: str = "touchpoint",
    x: str = "",
    y: str = "",
    bands: Literal["quadrants", "squares"] = "quadrants",
) -> Layout:
    """Return all entries of a kind by any two of their ratings from 1 to 5.

    Parameters
    ----------
    document, bases
        As for :func:`journeykit.layout.map_board.map_board`.
    kind
        Kind of the entries.
    x, y
        Ratings across and upwards; empty for its first two.
    bands
        Four quadrants, or five by five squares.

    Raises
    ------
    UnknownNameError
        If the kind has no such rating, or *bands* is neither.

    Examples
    --------
    >>> from journeykit.model import Action, Stakeholder
    >>> boss = Stakeholder(id="boss", name="Boss", influence=5, interest=2)
    >>> board = matrix(Document([boss]), kind="stakeholder")
    >>> board.zones_of("boss")
    ('low-high',)
    """
    known = _score_fields(kind)
    free = [name for name in known if name not in (x, y)]
    across = x or (free.pop(1) if not y and len(free) > 1 else free.pop(0))
    upwards = y or free.pop(0)
    for name in (across, upwards):
        if name not in known:
            raise UnknownNameError(f"rating of {kind}", name, known)
    makers = {"quadrants": _coarse, "squares": _fine}
    if bands not in makers:
        raise UnknownNameError("way to draw bands", bands, makers)
    make = makers[bands]
    axes = make(across, _words(across)), make(upwards, _words(upwards))
    title = f"{axes[1].label} and {axes[0].label.lower()}"
    foot = _HIGH if bands == "quadrants" else ""
    return _matrix(document, bases, kind, axes, name="matrix", title=title, foot=foot)


def _words(field: str) -> str:
    return field.replace("_", " ").capitalize()


def impact_effort(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return opportunities by expected effect and effort.

    Examples
    --------
    >>> from journeykit.model import Opportunity
    >>> idea = Opportunity(id="o", text="Signs", expected_effect=5, effort=1)
    >>> board = impact_effort(Document([idea]))
    >>> board.zone(*board.zones_of("o")).title
    'Quick wins'
    """
    return _matrix(
        document,
        bases,
        "opportunity",
        (
            _coarse("effort", "Effort"),
            Axis("expected_effect", "Effect", names=("Small effect", "Large effect")),
        ),
        name="impact_effort",
        title="Impact and effort",
        names={
            (0, 1): ("Quick wins", "Much for little: begin here"),
            (1, 1): ("Big bets", "Worth it, but plan them well"),
            (0, 0): ("Fill-ins", "Small and easy: when there is time"),
            (1, 0): ("Time sinks", "Much work for little: rather not"),
        },
        foot="Large is 4 or 5, small is 1 to 3.",
    )


def importance_performance(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return touchpoints by importance to customers and the team's satisfaction."""
    return _matrix(
        document,
        bases,
        "touchpoint",
        (
            _coarse("satisfaction", "Satisfaction"),
            _coarse("importance_to_customer", "Importance"),
        ),
        name="importance_performance",
        title="Importance and performance",
        names={
            (0, 1): ("Concentrate here", "It matters, and it does not work yet"),
            (1, 1): ("Keep up the good work", "It matters, and it works"),
            (0, 0): ("Low priority", "Weak, but few mind"),
            (1, 0): ("Perhaps too much", "Good where few mind"),
        },
        foot=f"{_HIGH} As the team rates them; what was measured stands on the map.",
    )


def severity_frequency(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return pain points by severity and frequency, square by square."""
    layout = _matrix(
        document,
        bases,
        "pain_point",
        (_fine("frequency", "Frequency"), _fine("severity", "Severity")),
        name="severity_frequency",
        title="Severity and frequency",
        foot="Their product ranks pain points; on ties the more severe comes first.",
    )
    return replace(layout, zones=tuple(map(_toned, layout.zones)))


def _toned(zone: Zone) -> Zone:
    """Return a square with the ground of pain where the product is 16 or more."""
    values = zone.puts["pain_point"]
    severity, frequency = values["severity"], values["frequency"]
    if isinstance(severity, int) and isinstance(frequency, int):
        return replace(zone, tone="pain" if severity * frequency >= 16 else "")
    return zone


def stakeholder_map(
    document: Document, *, bases: Mapping[str, str] | None = None
) -> Layout:
    """Return stakeholders by influence and interest."""
    return _matrix(
        document,
        bases,
        "stakeholder",
        (_coarse("interest", "Interest"), _coarse("influence", "Influence")),
        name="stakeholder_map",
        title="Influence and interest",
        names={
            (0, 1): ("Keep satisfied", "Much say, little interest"),
            (1, 1): ("Work closely with", "Much say, much interest"),
            (0, 0): ("Keep an eye on", "Little say, little interest"),
            (1, 0): ("Keep informed", "Little say, much interest"),
        },
        foot=_HIGH,
    )


_Names = Mapping[tuple[int, int], tuple[str, str]]
"""Name and hint of quadrants, by place across and upwards."""


def _matrix(
    document: Document,
    bases: Mapping[str, str] | None,
    kind: str,
    axes: tuple[Axis, Axis],
    *,
    name: str,
    title: str,
    names: _Names | None = None,
    foot: str = "",
) -> Layout:
    x, y = axes
    deck = Deck(document, bases, {kind: (x.field, y.field)})
    cards: dict[tuple[int, int] | None, list[Card]] = {}
    for entry in document.of(kind_class(kind)):
        card = _with_scores(deck.card(entry), entry, x, y)
        cards.setdefault(_place(entry, x, y), []).append(card)
    n_x, n_y = len(x.bands), len(y.bands)
    adds = adds_of(document, kind)
    zones = [
        _square(
            kind,
            axes,
            (across, up),
            cards=tuple(cards.get((across, up), ())),
            words=(names or {}).get((across, up)),
            adds=adds,
        )
        for up in reversed(range(n_y))
        for across in range(n_x)
    ]
    prompt = KIND_PROMPTS.get(kind, Prompt("Nothing here yet"))
    hint = prompt.hint if adds else f"All rated: {_called(x)} and {_called(y)}"
    tray = Zone(
        "tray",
        "Not placed yet",
        Cell(n_y + 1, 0, 1, n_x + 1),
        tuple(cards.get(None, ())),
        {kind: {x.field: None, y.field: None}},
        adds=adds,
        hint=hint,
        example=prompt.example if adds else "",
        shape="wall",
    )
    zones.append(tray)
    heads = tuple(_heads(x, y))
    layout = Layout(name, title, n_y + 2, n_x + 1, tuple(zones), heads, foot=foot)
    return deck.finished(layout)


def _called(axis: Axis) -> str:
    return axis.label.lower()


def _place(entry: Entry, x: Axis, y: Axis) -> tuple[int, int] | None:
    across = x.band(getattr(entry, x.field))
    up = y.band(getattr(entry, y.field))
    return None if across is None or up is None else (across, up)


def _with_scores(card: Card, entry: Entry, x: Axis, y: Axis) -> Card:
    scores = [
        f"{_called(axis)} {getattr(entry, axis.field)}"
        for axis in (y, x)
        if getattr(entry, axis.field) is not None
    ]
    return replace(card, detail=", ".join(scores) or card.detail)


def _square(
    kind: str,
    axes: tuple[Axis, Axis],
    place: tuple[int, int],
    *,
    cards: tuple[Card, ...],
    words: tuple[str, str] | None,
    adds: str,
) -> Zone:
    x, y = axes
    across, up = place
    ends = ("low", "high") if len(x.bands) == 2 else ()
    name = (
        f"{ends[across]}-{ends[up]}" if ends else f"{x.bands[across][0]}-{up + 1}"
    )  # across, then upwards
    values: dict[str, JsonValue] = {
        x.field: x.written(across),
        y.field: y.written(up),
    }
    title = words[0] if words else f"{y.names[up]}, {x.names[across].lower()}"
    return Zone(
        name,
        title,
        Cell(len(y.bands) - 1 - up, 1 + across),
        cards,
        {kind: values},
        keeps={kind: {x.field: x.bands[across], y.field: y.bands[up]}},
        adds=adds,
        hint=words[1] if words else title,
        shape="wall",
        is_titled=words is not None or len(x.bands) == 2,
    )


def _heads(x: Axis, y: Axis) -> Iterator[Head]:
    n_y = len(y.bands)
    for up, words in enumerate(y.names):
        yield Head(words, Cell(n_y - 1 - up, 0), "axis")
    for across, words in enumerate(x.names):
        yield Head(words, Cell(n_y, 1 + across), "axis")
