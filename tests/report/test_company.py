"""A company's folder: what is taken from it, and what is refused at the door."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from company_folders import (
    ACCENT,
    FACES,
    FOOTER,
    LOGO,
    bomb,
    company_folder,
    png,
)
from PIL import Image

from journeykit.errors import FileProblemError, InputError, UnknownNameError
from journeykit.report.company import company_at
from journeykit.report.company_colours import (
    in_company_colours,
    light_of,
    role_colours,
    wearing,
    worn,
)
from journeykit.report.company_faces import face_from
from journeykit.report.company_logo import logo_from
from journeykit.show.tokens import COLOURS, contrast

_NOISE = bytes(range(255, -1, -1)) * 16


def _svg(inner: str, start: str = "") -> str:
    return (
        f'{start}<svg xmlns="http://www.w3.org/2000/svg" '
        f'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 30 8">'
        f'<rect width="30" height="8"/>{inner}</svg>'
    )


def test_folder_says_how_reports_look(tmp_path: Path) -> None:
    """Name, colours, footer and language are words; logo and typeface are files."""
    company = company_at(company_folder(tmp_path))

    assert "Acme & Sons" == company.name
    assert (FOOTER, "de", ACCENT) == (
        company.footer,
        company.language,
        company.accent,
    )
    assert "Source Sans 3" == company.family
    assert company.faces[0].is_italic
    assert company.logo is not None
    assert 3.75 == pytest.approx(company.logo.shape, abs=0.01)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """Whoever edits the folder sees it in the next report, and no report is kept."""
    place = company_folder(tmp_path)
    before = company_at(place)
    (place / "company.toml").write_text('name = "Acme"', encoding="utf-8")
    after = company_at(place)

    assert ("Acme & Sons", "Acme") == (before.name, after.name)
    assert before.digest != after.digest
    assert ("", "") == (after.accent, after.footer)


@pytest.mark.parametrize(
    ("toml", "error", "match"),
    [
        ("", InputError, "the name of the company was expected"),
        ('name = "A"\ncolour = "#000000"', UnknownNameError, "setting 'colour'"),
        ('name = "A"\naccent = 7', InputError, "text in quotes was expected"),
        ("name = Acme", InputError, "TOML was expected"),
        ('name = "A"\nlanguage = "xx"', UnknownNameError, "no language 'xx'"),
        ('name = "A"\nsecond = "red"', InputError, "a colour such as second"),
        ('name = "A"\naccent = "url(x)"', InputError, "a colour such as accent"),
        (f'name = "{"A" * 81}"', InputError, "80 letters at most"),
        (r'name = "A"' + "\n" + r'footer = "a\nb"', InputError, "one line"),
        (r'name = "A\u0000"', InputError, "one line without control"),
        ('name = "A"\nx = ' + "[" * 5000, InputError, "TOML was expected"),
        ('name = "A"' + "\n" * 70_000, InputError, "a short file was expected"),
    ],
)
def test_words_that_cannot_be_used_are_refused(
    tmp_path: Path, toml: str, error: type[Exception], match: str
) -> None:
    """The error names the file, what was expected, and what was found."""
    place = company_folder(tmp_path)
    (place / "company.toml").write_text(toml, encoding="utf-8")

    with pytest.raises(error, match=match):
        company_at(place)


def test_accent_must_be_readable_and_the_nearest_that_is_is_named(
    tmp_path: Path,
) -> None:
    """Orange numbers on white cannot be read; brown ones can."""
    with pytest.raises(InputError, match=r"1\.8 : 1 where 4\.5 : 1") as caught:
        company_at(company_folder(tmp_path, accent="#ffa500"))
    named = str(caught.value).partition(" is the nearest")[0][-7:]

    assert contrast(named, COLOURS["panel"].light) >= 4.5
    assert contrast(named, "#ffffff") < 6


@pytest.mark.parametrize("accent", ["#0a5c36", "#000000", "#7a0019", "#0000ff"])
def test_accent_is_readable_in_the_dark_too(tmp_path: Path, accent: str) -> None:
    """The company gives one colour; the dark page gets a lighter one of its hue."""
    company = company_at(company_folder(tmp_path, accent=accent))
    dark = role_colours(company)["accent"][1]

    assert contrast(dark, COLOURS["panel"].dark) >= 4.5


def test_pictures_take_the_accent_unless_it_could_mean_pain(tmp_path: Path) -> None:
    """A red company has red headlines, and no chart in which all seems to hurt."""
    ours = f'<rect fill="{COLOURS["accent"].light}"/><text>#174a8c</text>'
    green = company_at(company_folder(tmp_path / "green"))
    red = company_at(company_folder(tmp_path / "red", accent="#c00020"))
    with wearing(green):
        drawn = in_company_colours(ours)
    with wearing(red):
        kept, said = in_company_colours(ours), light_of("accent")

    assert f'<rect fill="{ACCENT}"/><text>#174a8c</text>' == drawn
    assert (ours, "#c00020") == (kept, said)
    assert worn() is None


# --- logos -------------------------------------------------------------------------


def test_logo_of_a_drawing_program_is_cleaned() -> None:
    """Styles become attributes; who made it and with what is left behind."""
    logo = logo_from(LOGO.encode(), "logo.svg")

    assert logo.svg.count('fill="#0A5C36"') == 1
    assert logo.svg.count('fill="#F2B705"') == 1
    assert not any(word in logo.svg for word in ("style", "Ann", "Generator", "class"))
    assert logo.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("svg", "match"),
    [
        (_svg("<script>alert(1)</script>"), "not <script>"),
        (_svg('<rect width="1" height="1" onload="alert(1)"/>'), "may not act"),
        (_svg('<a xlink:href="javascript:alert(1)"><rect/></a>'), "point elsewhere"),
        (_svg('<image href="file:///etc/passwd" width="9" height="9"/>'), "<image>"),
        (_svg('<image xlink:href="http://evil.example/a"/>'), "point elsewhere"),
        (_svg("<foreignObject><b>x</b></foreignObject>"), "not <foreignObject>"),
        (_svg('<use href="#a"/>'), "not <use>"),
        (_svg('<rect fill="url(http://evil.example/a)"/>'), "outside itself"),
        (_svg('<rect style="fill:url(//evil.example)"/>'), "outside itself"),
        (_svg('<set attributeName="x" to="1"/>'), "not <set>"),
        (_svg("", "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>"), "doctype or an entity"),
        (_svg("<g>" * 60 + "</g>" * 60), "simpler picture"),
        (_svg("<g/>" * 4000), "simpler picture"),
        (_svg(f"<text>{'x' * 400_000}</text>"), "300 kB"),
        ("<svg>", "SVG, PNG or JPEG"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'/>", "one <svg>"),
        ("GIF89a", "SVG, PNG or JPEG"),
        (
            '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9"/></svg>',
            "says its size",
        ),
    ],
)
def test_logo_that_could_act_load_or_grow_is_refused(svg: str, match: str) -> None:
    """Nothing in a logo runs or loads, and the way out is named."""
    with pytest.raises(InputError, match=match):
        logo_from(svg.encode(), "logo.svg")


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (bomb(), "million pixels|cannot be read"),
        (png()[:60], "cannot be read"),
        (b"\x89PNG\r\n\x1a\n" + _NOISE[:500], "cannot be read"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, "cannot be read"),
        (png((40, 4)) + b"\0" * 6_000_000, "at most 5 MB"),
        (png((400, 10)), "12 times as wide"),
        (png(colour="#f8f8f8"), "cannot be seen on white"),
        (b"", "SVG, PNG or JPEG"),
    ],
)
def test_picture_that_is_none_or_too_much_is_refused(
    content: bytes, match: str
) -> None:
    """A few bytes do not become gigabytes; a white logo is not printed on white."""
    with pytest.raises(InputError, match=match):
        logo_from(content, "logo.png")


def test_only_pixels_of_a_photo_are_kept() -> None:
    """Neither the place where it was taken nor what hangs behind it is handed on."""
    kept = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (3000, 900), "#0a5c36").save(kept, "JPEG", exif=exif)
    logo = logo_from(kept.getvalue() + b"<script>x</script>", "logo.jpg")

    assert b"home" not in logo.png
    assert b"script" not in logo.png
    assert 480 == Image.open(io.BytesIO(logo.png)).height


# --- fonts, files --------------------------------------------------------------------


def test_font_says_its_family_and_style() -> None:
    """Weight and slant decide where each file is used."""
    found = {
        path.name: face_from(path.read_bytes(), path.name)
        for path in FACES.glob("*.?tf")
    }

    assert {"Source Sans 3", "Noto Sans SC"} == {one.family for one in found.values()}
    assert 600 == found["SourceSans3-Semibold.ttf"].weight
    assert found["SourceSans3-It.ttf"].is_italic


_GOOD = (FACES / "SourceSans3-It.ttf").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ" + _NOISE,
        b"wOF2" + _GOOD[4:],
        b"ttcf" + _GOOD[4:],
        _GOOD[:1000],
        _GOOD[:4] + b"\xff\xff" + _GOOD[6:],
        b"\0\1\0\0" + _NOISE,
        _GOOD.replace(b"OS/2", b"os/2"),
    ],
)
def test_font_that_is_none_is_refused(content: bytes) -> None:
    """Whatever its name says: a program, a web font, a cut one, noise."""
    with pytest.raises(InputError, match=r"this is none|damaged"):
        face_from(content, "Acme.ttf")


def test_font_that_may_not_be_embedded_is_refused() -> None:
    """The licence stands in the font itself, and a report would break it."""
    place = _GOOD.index(b"OS/2")
    start = int.from_bytes(_GOOD[place + 8 : place + 12], "big")
    bad = _GOOD[: start + 8] + b"\x00\x02" + _GOOD[start + 10 :]

    with pytest.raises(InputError, match="forbids putting it into documents"):
        face_from(bad, "Acme.ttf")


def test_two_families_are_refused(tmp_path: Path) -> None:
    """A report has one typeface."""
    place = company_folder(tmp_path)
    other = FACES / "NotoSansSC-Regular.otf"
    (place / "fonts" / other.name).write_bytes(other.read_bytes())

    with pytest.raises(InputError, match="styles of one typeface"):
        company_at(place)


@pytest.mark.parametrize("name", ["logo.svg", "company.toml", "fonts/a.ttf", "fonts"])
def test_link_out_of_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A folder that was sent reads no file of the one who opens it."""
    place = company_folder(tmp_path)
    outside = tmp_path / "private"
    if name == "fonts":
        (place / name).rename(outside)
    else:
        (place / name).unlink(missing_ok=True)
        outside.write_text(LOGO, encoding="utf-8")
    (place / name).symlink_to(outside)

    with pytest.raises(FileProblemError, match="is a link"):
        company_at(place)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a pipe needs Unix")
def test_pipe_does_not_make_it_wait(tmp_path: Path) -> None:
    """What is no file is refused before it is opened."""
    place = company_folder(tmp_path, logo=png())
    (place / "logo.png").unlink()
    os.mkfifo(place / "logo.png")

    with pytest.raises(FileProblemError, match="no file"):
        company_at(place)


def test_what_is_no_font_among_the_fonts_is_refused(tmp_path: Path) -> None:
    """A licence beside them may stay; anything else would be read by others."""
    place = company_folder(tmp_path)
    (place / "fonts" / "OFL.txt").write_text("free", encoding="utf-8")
    company_at(place)
    (place / "fonts" / "a.woff2").write_bytes(b"wOF2")

    with pytest.raises(InputError, match=r"ending in \.ttf or \.otf"):
        company_at(place)


def test_two_logos_are_refused(tmp_path: Path) -> None:
    """Nobody has to guess which one is shown."""
    place = company_folder(tmp_path)
    (place / "logo.png").write_bytes(png())

    with pytest.raises(InputError, match=r"one logo was expected, found logo\.png"):
        company_at(place)
