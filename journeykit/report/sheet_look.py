"""A company's look on sheets: typeface and colour; logo and footer in print."""

from __future__ import annotations

import io
import re
from functools import lru_cache

from xlsxwriter.worksheet import Worksheet

from journeykit.report.company import Company
from journeykit.report.company_colours import worn

__all__ = ["dress_sheet", "sheet_face", "show_logo"]

_FACE = "Arial"
_HIGH_INCHES = 0.32
_ON_SHEET_PX = 44
_MAX_FOOT = 235
"""A footer may have 255 signs, each doubled if it could mean something."""


def sheet_face() -> str:
    """Return the typeface of sheets in the look that is worn now."""
    company = worn()
    return company.family if company and company.family else _FACE


def dress_sheet(sheet: Worksheet) -> None:
    """Put what stands on every page in print on a sheet: numbers, a company's own."""
    company = worn()
    if company is None:
        sheet.set_footer("&L&A&R&P / &N")
        return
    if company.accent:
        sheet.set_tab_color(company.accent)
    # Before a G, the sheet's writer would take even a doubled sign for a picture.
    foot = re.sub(r"&(?=G|\[Picture\])", "& ", company.footer)
    foot = foot[: _MAX_FOOT - foot.count("&")].replace("&", "&&")
    sheet.set_footer(f"&L{foot}&R&P / &N")
    if company.logo is not None:
        # The head holds letters that stand for a picture, and the picture.
        data = io.BytesIO(_printed_logo(company))
        picture = {"image_right": "logo.png", "image_data_right": data}
        sheet.set_header("&R&G", picture)


def show_logo(sheet: Worksheet, column: int) -> None:
    """Show the logo at the top of a sheet, in a column that holds nothing else."""
    company = worn()
    if company is None or company.logo is None:
        return
    data = io.BytesIO(_printed_logo(company))
    scale = _ON_SHEET_PX / (96 * _HIGH_INCHES)
    options = {
        "image_data": data,
        "description": company.name,
        "x_scale": scale,
        "y_scale": scale,
        "x_offset": 12,
        "object_position": 3,
    }
    # Once is enough where it stands on the sheet itself.
    sheet.set_header("")
    sheet.insert_image(0, column, "logo.png", options)


@lru_cache(maxsize=4)
def _printed_logo(company: Company) -> bytes:
    """Return a logo that says how large it is on paper."""
    from PIL import Image

    assert company.logo is not None
    with Image.open(io.BytesIO(company.logo.png), formats=("PNG",)) as picture:
        dots = picture.height / _HIGH_INCHES
        kept = io.BytesIO()
        picture.save(kept, "PNG", dpi=(dots, dots))
    return kept.getvalue()
