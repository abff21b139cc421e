"""Boxes and lines of the COPIS flow: measured first, so that nothing overlaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from journeykit.language import say, word
from journeykit.layout.copis_flow import CopisFlow, FlowBox, FlowLine
from journeykit.show.drawing import circle, number_text, path, text
from journeykit.show.text_width import text_width, wrapped
from journeykit.show.tokens import SIZES_PX

__all__ = [
    "MARKS",
    "Placed",
    "box_height",
    "draw_box",
    "draw_lines",
    "draw_mark",
    "draw_pain",
    "line_style",
]

_SMALL = SIZES_PX["small"]
_PAD, _LINE, _DOTS_LINE, _SIGN = 8.0, 16.0, 14.0, 15.0
_PAIN_R = 10.0
_DOT, _DOT_STEP, _MOST_DOTS = 2.5, 8.0, 9
_PORT_STEP, _PORT_EDGE = 7.0, 7.0
_WIDEST = 7

MARKS: Mapping[str, tuple[str, str]] = {
    "is_bottleneck": (word("bottleneck"), word("Bottleneck: work waits here")),
    "is_unnecessary": (word("unnecessary"), word("Unnecessary: could be left out")),
    "is_automation_candidate": (word("could be automated"), word("Could be automated")),
}
"""What an element is marked as: the words on its box, and those of the key."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A box or a slot where it is drawn; a slot has no height.

    Parameters
    ----------
    x, y, width, height
        In px.
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half-way down."""
        return self.y + self.height / 2


def _room(box: FlowBox, width: float) -> float:
    return width - 2 * _PAD - (_PAIN_R if box.n_pains else 0)


def _said(box: FlowBox, width: float, n_lines: int) -> tuple[str, ...]:
    room = _room(box, width)
    return wrapped(box.element.text, room, _SMALL, max_lines=n_lines)


def _marks(box: FlowBox, width: float) -> list[tuple[str, tuple[str, ...]]]:
    """Return the marks of an element, and the words of each as lines."""
    room = width - _PAD - _SIGN - 2
    return [
        (name, wrapped(say(words), room, _SMALL, max_lines=2))
        for name, (words, _) in MARKS.items()
        if getattr(box.element, name)
    ]


def box_height(box: FlowBox, width: float, n_lines: int) -> float:
    """Return how tall a box is with its words, marks and dots.

    Parameters
    ----------
    box, width
        The box, and how wide it is.
    n_lines
        Lines of its name at most.
    """
    words = len(_said(box, width, n_lines)) * _LINE
    dots = _DOTS_LINE if box.touchpoints else 0
    marks = sum(len(lines) for _, lines in _marks(box, width)) * _LINE
    return 2 * _PAD - 2 + words + marks + dots


def draw_box(
    picture: ET.Element,
    box: FlowBox,
    place: Placed,
    n_lines: int,
    *,
    is_most_hit: bool = False,
) -> None:
    """Draw a box: its name, marks, a dot for each touchpoint, its pain points."""
    edge = "pain" if box.n_pains else "mark-quiet"
    dash = {"stroke_dasharray": "5 4"} if box.element.is_proposed else {}
    path(
        picture,
        _rounded(place),
        fill="paper" if box.element.is_proposed or is_most_hit else "panel",
        stroke=edge,
        width=2.5 if is_most_hit else 1.5 if box.n_pains else 1,
        **dash,
    )
    x, y = place.x + _PAD, place.y + _PAD - 1
    for words in _said(box, place.width, n_lines):
        text(picture, x, y + 12, words, is_bold=is_most_hit)
        y += _LINE
    for name, lines in _marks(box, place.width):
        draw_mark(picture, name, x + 5, y + 8)
        for words in lines:
            text(picture, x + _SIGN, y + 12, words, role="ink-soft")
            y += _LINE
    if box.touchpoints:
        _touchpoint_dots(picture, len(box.touchpoints), x, y + 8, place.width)
    if box.n_pains:
        draw_pain(picture, place.x + place.width - 5, place.y + 4, box.n_pains)


def _rounded(place: Placed) -> str:
    at, r = number_text, 4.0
    x, y, w, h = place.x, place.y, place.width - 2 * r, place.height - 2 * r
    corner = f"a{at(r)},{at(r)},0,0,1"
    return (
        f"M{at(x + r)},{at(y)}h{at(w)}{corner},{at(r)},{at(r)}"
        f"v{at(h)}{corner},{at(-r)},{at(r)}h{at(-w)}{corner},{at(-r)},{at(-r)}"
        f"v{at(-h)}{corner},{at(r)},{at(-r)}Z"
    )


def draw_pain(picture: ET.Element, x: float, y: float, n: int) -> None:
    """Draw the red dot with its count."""
    said = str(n) if n < 100 else "99+"
    r = max(_PAIN_R, text_width(said, _SMALL, is_bold=True) / 2 + 3)
    circle(picture, x, y, r, fill="pain", stroke="paper", width=1.5)
    text(
        picture, x, y + 4.5, said, role="paper", size=_SMALL, is_bold=True,
        anchor="middle",
    )  # fmt: skip


def _touchpoint_dots(
    picture: ET.Element, n: int, x: float, y: float, width: float
) -> None:
    most = min(_MOST_DOTS, int((width - 2 * _PAD - 28) / _DOT_STEP))
    shown = n if n <= most else most
    for at in range(shown):
        circle(picture, x + _DOT + at * _DOT_STEP, y, _DOT, fill="ink-quiet")
    if n > shown:
        words = f"+{n - shown}"
        text(picture, x + shown * _DOT_STEP + 2, y + 4, words, role="ink-quiet")


def draw_mark(picture: ET.Element, name: str, x: float, y: float) -> None:
    """Draw a mark around a middle: hourglass, cross or turning arrow."""
    at = number_text
    if name == "is_bottleneck":
        wide = f"M{at(x - 4)},{at(y - 5)}h8L{at(x - 4)},{at(y + 5)}h8Z"
        path(picture, wide, fill="ink-soft", stroke="ink-soft")
    elif name == "is_unnecessary":
        cross = f"M{at(x - 4)},{at(y - 4)}l8,8M{at(x + 4)},{at(y - 4)}l-8,8"
        path(picture, cross, stroke="ink-soft", width=2)
    else:
        path(
            picture,
            f"M{at(x + 3.4)},{at(y - 2.8)}A4.5,4.5,0,1,0,{at(x + 4.5)},{at(y + 1)}",
            stroke="ink-soft",
            width=1.8,
        )
        tip = f"M{at(x + 5.5)},{at(y - 5.5)}v5h-5Z"
        path(picture, tip, fill="ink-soft")


# --- lines --------------------------------------------------------------------------


def line_style(weight: int, *, hurts: bool) -> tuple[str, float, str]:
    """Return the role, the width and the opacity of a line; weak ones are thin.

    Examples
    --------
    >>> line_style(0, hurts=False)[1] < line_style(5, hurts=False)[1]
    True
    """
    width = 1.0 + 0.6 * min(weight, _WIDEST)
    if hurts:
        return "pain", width, "0.8"
    return "mark-quiet", width, "0.55" if weight <= 1 else "0.75"


def draw_lines(
    picture: ET.Element,
    flow: CopisFlow,
    placed: Mapping[str, Placed],
    gutter: float,
) -> None:
    """Draw every line both of whose ends are placed, weak ones below, red on top.

    Parameters
    ----------
    picture, flow
        Where, and what.
    placed
        Boxes and slots.
    gutter
        What is free between two columns.
    """
    here = [one for one in flow.lines if one.left in placed and one.right in placed]
    ports = _ports(flow, here, placed)
    last = len(flow.columns) - 1
    for line in sorted(here, key=lambda one: (one.hurts, one.weight)):
        role, width, opacity = line_style(line.weight, hurts=line.hurts)
        if flow.boxes[line.left].column == flow.boxes[line.right].column:
            is_last = flow.boxes[line.left].column == last
            way = _bow(line, placed, ports, gutter, is_last=is_last)
        else:
            way = _way([placed[name] for name in flow.way(line)], line, ports)
        dash = {"stroke_dasharray": "5 4"} if line.is_proposed else {}
        path(picture, way, stroke=role, width=width, stroke_opacity=opacity, **dash)
        if line.target == line.left:
            _arrow(picture, line, placed, ports, role=role)


_Ports = Mapping[tuple[str, str], float]
"""Height at which a line leaves a box, by line and box."""


def _ports(
    flow: CopisFlow, lines: Sequence[FlowLine], placed: Mapping[str, Placed]
) -> _Ports:
    """Return where lines leave boxes, in the order of where they go to."""
    sides: dict[tuple[str, str], list[tuple[float, str]]] = {}
    for line in lines:
        way = flow.way(line)
        is_bow = flow.boxes[line.left].column == flow.boxes[line.right].column
        after, before = placed[way[1]].middle, placed[way[-2]].middle
        sides.setdefault((line.left, "right"), []).append((after, line.id))
        side = "right" if is_bow else "left"
        sides.setdefault((line.right, side), []).append((before, line.id))
    found: dict[tuple[str, str], float] = {}
    for (name, _), many in sides.items():
        place = placed[name]
        room = max(0.0, place.height - 2 * _PORT_EDGE)
        step = min(_PORT_STEP, room / max(1, len(many) - 1))
        first = place.middle - step * (len(many) - 1) / 2
        for at, (_, line_id) in enumerate(sorted(many)):
            found[line_id, name] = first + at * step
    return found


def _way(places: Sequence[Placed], line: FlowLine, ports: _Ports) -> str:
    at = number_text
    x = places[0].x + places[0].width
    y = ports[line.id, line.left]
    said = [f"M{at(x)},{at(y)}"]
    for place in places[1:]:
        is_end = place is places[-1]
        to = ports[line.id, line.right] if is_end else place.middle
        middle = (x + place.x) / 2
        said.append(
            f"C{at(middle)},{at(y)},{at(middle)},{at(to)},{at(place.x)},{at(to)}"
        )
        if not is_end:
            said.append(f"H{at(place.x + place.width)}")
        x, y = place.x + place.width, to
    return "".join(said)


def _bow(
    line: FlowLine,
    placed: Mapping[str, Placed],
    ports: _Ports,
    gutter: float,
    *,
    is_last: bool,
) -> str:
    at = number_text
    place = placed[line.left]
    y, to = ports[line.id, line.left], ports[line.id, line.right]
    x = place.x if is_last else place.x + place.width
    out = min(gutter * 0.6, 18 + abs(to - y) * 0.15) * (-1 if is_last else 1)
    far = at(x + out)
    return f"M{at(x)},{at(y)}C{far},{at(y)},{far},{at(to)},{at(x)},{at(to)}"


def _arrow(
    picture: ET.Element,
    line: FlowLine,
    placed: Mapping[str, Placed],
    ports: _Ports,
    *,
    role: str,
) -> None:
    """Say by a small arrow that what stands left is needed by what stands right."""
    at = number_text
    place = placed[line.left]
    x, y = place.x + place.width, ports[line.id, line.left]
    path(picture, f"M{at(x + 1)},{at(y)}l8,-4v8Z", fill=role)
