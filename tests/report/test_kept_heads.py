"""Lane heads stay in place: a layer that shows the left end of a picture again."""

from __future__ import annotations

from markupsafe import Markup

from journeykit.report.kept_heads import with_kept_heads

DRAWN = Markup('<svg viewBox="0 0 400 90"><text>A</text></svg>')


def test_layer_points_at_the_shapes_of_the_picture() -> None:
    """The layer has the share of the heads and the name of the picture's shapes."""
    html = with_kept_heads(DRAWN, 80)
    name = html.partition('<g id="')[2].partition('"')[0]

    assert f'<use href="#{name}"/>' in html
    assert 'viewBox="0 0 80 90" style="width: 20%"' in html
    assert 1 == html.count("<text>A</text>")


def test_two_pictures_have_two_names() -> None:
    """A layer never shows the heads of another map in the same notebook."""
    other = Markup('<svg viewBox="0 0 400 90"><text>B</text></svg>')
    names = {
        with_kept_heads(one, 80).partition('<g id="')[2][:11] for one in (DRAWN, other)
    }

    assert 2 == len(names)


def test_picture_without_heads_stays_as_it_is() -> None:
    """Nothing is laid over a picture that has no lane heads, or no size."""
    sizeless = Markup("<svg><text>A</text></svg>")

    assert DRAWN == with_kept_heads(DRAWN, 0)
    assert sizeless == with_kept_heads(sizeless, 80)
