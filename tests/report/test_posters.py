"""Map, COPIS and canvas as posters."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from report_notebooks import HOSTILE, executed
from sample_entries import airport

from journeykit.errors import InputError
from journeykit.model import Document, Journey, Stage, Touchpoint
from journeykit.report import parts
from journeykit.report.canvas_page import CanvasPage
from journeykit.report.copis_page import CopisPage
from journeykit.report.formats import write_formats
from journeykit.report.map_page import map_figure
from journeykit.report.posters import poster_png, posters
from journeykit.text import clean_text

_BAND = parts.band("To the gate", facts={"Owner": "Ann", "Date": "26 Nov 2026"})


def _map(n: int, name: str = "Place") -> parts.Part:
    said = clean_text(name, max_length=200, is_cut=True).text
    touchpoints = [
        Touchpoint(id=f"t{i}", stage="s", name=f"{said} {i}", rank=f"a{i:02}1")
        for i in range(n)
    ]
    stage = Stage(id="s", journey="j", name="On the way")
    return map_figure(Document([Journey(id="j", name="Trip"), stage, *touchpoints]))


def _texts(svg: str) -> str:
    return " ".join("".join(one.itertext()) for one in ET.fromstring(svg).iter())


def test_what_a_report_shows_becomes_a_poster() -> None:
    """Each is a drawing on A1 with its finding above and the workshop below."""
    document = airport()
    shown = [_BAND, map_figure(document), CopisPage(document).flow()]
    made = posters(executed(*shown, CanvasPage(document).canvas()))

    assert {"map"} <= set(made) <= {"map", "copis", "canvas"}
    assert re.search(r'<svg [^>]*width="841mm" height="594mm"', made["map"])
    assert all(
        "To the gate" in _texts(one) and "Ann" in _texts(one) for one in made.values()
    )


@pytest.mark.parametrize("n", [0, 1, 15, 60])
def test_a_poster_holds_its_picture_on_a_sheet_of_an_a_size(n: int) -> None:
    """Whatever the map, the sheet is 1 to the root of 2 and the picture inside it."""
    svg = posters(executed(_map(n)))["map"]
    root = ET.fromstring(svg)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    inner = root.find("{http://www.w3.org/2000/svg}svg")
    box = [float(inner.attrib[name]) for name in ("x", "y", "width", "height")]

    assert 2**0.5 == pytest.approx(max(width, height) / min(width, height), rel=1e-3)
    assert 0 < box[0] and box[0] + box[2] < width
    assert 0 < box[1] and box[1] + box[3] < height


@pytest.mark.parametrize("n", [1, 15])
def test_as_pixels_it_is_at_least_four_thousand_wide(n: int) -> None:
    """A print shop that takes pixels only gets enough of them."""
    png = poster_png(posters(executed(_map(n)))["map"])

    assert 4000 <= Image.open(io.BytesIO(png)).width


def test_only_what_the_report_shows_stands_on_its_posters() -> None:
    """A report without map, COPIS and canvas has none."""
    bare = executed(_BAND, parts.section("Nothing here"))

    assert {} == posters(bare)


def test_a_format_of_which_nothing_comes_is_an_error(tmp_path: Path) -> None:
    """Who asks for posters only is told that there are none; beside others, not."""
    bare: Any = executed(_BAND, parts.section("Nothing here"))
    made = write_formats(bare, tmp_path, "report", ["md", "png"])

    assert ["report.md"] == [path.name for path in made]
    with pytest.raises(InputError, match="to make posters of"):
        write_formats(bare, tmp_path, "report", ["png", "svg"])


def test_files_are_named_after_the_report(tmp_path: Path) -> None:
    """Two reports in one folder do not write over each other's posters."""
    made = write_formats(executed(_map(2)), tmp_path, "smith", ["svg", "png"])

    assert ["smith.map.svg", "smith.map.png"] == [path.name for path in made]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_text(text: str) -> None:
    """No element but shapes and text, no address, whatever a touchpoint is called."""
    svg = posters(executed(parts.band(text), _map(2, text)))["map"]
    tags = {str(one.tag).rpartition("}")[2] for one in ET.fromstring(svg).iter()}
    values = [
        value for one in ET.fromstring(svg).iter() for value in one.attrib.values()
    ]

    assert not tags & {"script", "image", "foreignObject", "a", "use", "style"}
    assert not [one for one in values if "http" in one or "javascript" in one]


def test_the_same_report_gives_the_same_poster() -> None:
    """Its bytes can be compared."""
    assert posters(executed(_map(3))) == posters(executed(_map(3)))
