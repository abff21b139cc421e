"""Pictures for pages: shapes and text only, ids of their own, words for everybody."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pytest
from markupsafe import Markup
from outside_addresses import outside_addresses

from journeykit.errors import InputError
from journeykit.show.svg import checked_svg, spec_svg, svg
from journeykit.show.tokens import light

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

HOSTILE = [
    "<script>alert(1)</script>",
    '<image href="http://example.org/a.png"/>',
    '<a href="javascript:alert(1)"><text>x</text></a>',
    "<foreignObject><p>x</p></foreignObject>",
    "<style>@import 'http://example.org/a.css'</style>",
    '<use href="#a"/>',
    '<rect onclick="alert(1)"/>',
    '<rect style="fill:url(http://example.org/a)"/>',
    '<rect fill="url(http://example.org/a)"/>',
    '<rect fill="u\\72l(http://example.org/a)"/>',
    '<animate attributeName="href" to="javascript:alert(1)"/>',
]


def _spec(name: str = "A", fill: str = "ink") -> dict[str, Any]:
    rows = [{"name": name, "x": 1}]
    mark = {"type": "point", "filled": True, "fill": light(fill), "clip": True}
    return {
        "layer": [
            {"mark": {"type": "text", "color": light("ink")}},
            {"mark": mark},
        ],
        "data": {"values": rows},
        "encoding": {
            "text": {"field": "name", "type": "nominal"},
            "x": {"field": "x", "type": "quantitative"},
        },
    }


@pytest.mark.parametrize("inside", HOSTILE)
def test_refuses_more_than_shapes_and_text(inside: str) -> None:
    """Scripts, links, images, events, styles and outside addresses are refused."""
    with pytest.raises(InputError, match="picture"):
        checked_svg(SVG.format(inside))


def test_refuses_a_doctype() -> None:
    """A document type could define entities, so it is refused unread."""
    with pytest.raises(InputError, match="doctype"):
        checked_svg('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"))


@pytest.mark.parametrize("text", ["", "<p>x</p>", "plain"])
def test_refuses_what_is_no_picture(text: str) -> None:
    """Anything but one svg element is refused."""
    with pytest.raises(InputError):
        checked_svg(text)


def test_keeps_shapes_text_and_own_references() -> None:
    """What charts and maps are made of passes."""
    inside = (
        '<defs><clipPath id="c"><rect width="4" height="4" /></clipPath></defs>'
        '<g clip-path="url(#c)"><text x="1">A &lt; B</text></g>'
    )

    assert Markup(SVG.format(inside)) == checked_svg(SVG.format(inside))


def test_picture_has_its_words_and_nothing_outside() -> None:
    """A drawn picture is an image with title and description, and loads nothing."""
    drawn = spec_svg(_spec(), title="A < B", desc="A: 1.")

    assert "A &lt; B</title>" in drawn
    assert "A: 1.</desc>" in drawn
    assert 'role="img"' in drawn
    assert [] == outside_addresses(str(drawn))


def test_hostile_name_comes_out_as_text() -> None:
    """A name that looks like markup is drawn as it is written."""
    drawn = spec_svg(_spec("<script>alert(1)</script>"), title="t", desc="d")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in drawn
    assert "<script" not in drawn


def test_ids_of_two_pictures_do_not_clash() -> None:
    """Two pictures in one page share no id, not even the same one drawn twice."""
    pictures = [
        spec_svg(_spec("A"), title="t", desc="d"),
        spec_svg(_spec("B"), title="t", desc="d"),
        spec_svg(_spec("B"), title="t", desc="d", key="again"),
    ]
    ids = [
        name for picture in pictures for name in re.findall(r' id="([^"]+)"', picture)
    ]

    assert len(ids) >= 6
    assert len(set(ids)) == len(ids)
    for picture in pictures:
        inner = set(re.findall(r' id="([^"]+)"', picture))
        assert set(re.findall(r"url\(#([^)]+)\)", picture)) <= inner


def test_same_picture_is_drawn_the_same() -> None:
    """Nothing in a picture depends on the clock or on chance."""
    assert spec_svg(_spec(), title="t", desc="d") == spec_svg(
        _spec(), title="t", desc="d"
    )


def test_token_colours_follow_the_page() -> None:
    """A token's colour keeps its value and gets the class that the page moves."""
    drawn = spec_svg(_spec(fill="pain"), title="t", desc="d")

    assert f'fill="{light("pain")}" ' in drawn
    assert "jk-f-pain" in drawn


def test_few_answers_are_hatched() -> None:
    """The hatch role becomes a pattern that stands in the picture."""
    drawn = spec_svg(_spec(fill="hatch"), title="t", desc="d")
    pattern = re.search(r'<pattern id="([^"]+)"', drawn)

    assert pattern
    assert f'fill="url(#{pattern[1]})"' in drawn


def test_chart_without_words_is_refused() -> None:
    """A chart that says nothing to people who do not see it is not drawn."""
    chart = alt.Chart(alt.InlineData(values=[{"x": 1}])).mark_point()

    with pytest.raises(InputError, match="alt text"):
        svg(chart)
