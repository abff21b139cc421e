"""Folders of a company, made as the company or its enemy makes one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PIL import Image
from pptx import Presentation

from journeykit.shipped import folder

ACCENT, SECOND = "#0a5c36", "#f2b705"
FOOTER = "Confidential. © Acme & Sons"
LOGO = """<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: a drawing program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">
<svg version="1.1" xmlns="http://www.w3.org/2000/svg" x="0px" y="0px"
 viewBox="0 0 300 80" xml:space="preserve">
<style type="text/css">.st0{fill:#0A5C36;} .st1{fill:#F2B705}</style>
<metadata>made by Ann</metadata>
<circle class="st0" cx="40" cy="40" r="36"/>
<path style="fill:#F2B705;stroke:none" d="M40 10 L62 60 L18 60 Z"/>
</svg>"""
FACES = folder("templates") / "fonts"


def company_folder(
    home: Path,
    *,
    accent: str = ACCENT,
    logo: str | bytes = LOGO,
    font: str = "SourceSans3-It.ttf",
    toml: str = "",
) -> Path:
    """Return a folder with a name, two colours, a logo, a typeface and a footer."""
    place = home / "templates" / "acme"
    (place / "fonts").mkdir(parents=True)
    said = f'name = "Acme & Sons"\nfooter = "{FOOTER}"\nlanguage = "de"\n'
    said += f'accent = "{accent}"\nsecond = "{SECOND}"\n'
    (place / "company.toml").write_text(toml or said, encoding="utf-8")
    if isinstance(logo, str):
        (place / "logo.svg").write_text(logo, encoding="utf-8")
    else:
        (place / "logo.png").write_bytes(logo)
    if font:
        (place / "fonts" / font).write_bytes((FACES / font).read_bytes())
    return place


def png(size: tuple[int, int] = (300, 80), colour: str = "#0a5c36") -> bytes:
    """Return a picture of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", size, colour).save(kept, "PNG")
    return kept.getvalue()


def bomb() -> bytes:
    """Return a PNG of a few bytes that says it is 50,000 pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return (
            struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))
        )

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 10_000)
    begin = b"\x89PNG\r\n\x1a\n"
    return begin + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def master(*, width: float = 13.333, height: float = 7.5) -> bytes:
    """Return a company's own master, with its name on every slide."""
    from pptx.util import Inches

    made = Presentation()
    made.slide_width, made.slide_height = Inches(width), Inches(height)
    made.slides.add_slide(made.slide_layouts[0]).shapes.title.text = "An old slide"
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def with_part(content: bytes, name: str, text: bytes) -> bytes:
    """Return an archive with one more part, or with another text of it."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, text)
    return made.getvalue()
