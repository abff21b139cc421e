"""The look of sheets: how cells are written, and what a company's own look adds."""

from __future__ import annotations

import io
import re
from functools import lru_cache

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from journeykit.language import NBSP, current_language, percent, say
from journeykit.report.company import Company
from journeykit.report.company_colours import light_of, worn

__all__ = ["cell_looks", "day_form", "dress_sheet", "show_logo"]

_FACE = "Arial"
_HIGH_INCHES = 0.32
_ON_SHEET_PX = 44
_MAX_FOOT = 235
"""A footer may have 255 signs, each doubled if it could mean something."""


_LOCALES = {
    "en": ("en_GB", "809"),
    "de": ("de", "407"),
    "fr": ("fr", "40C"),
    "es": ("es", "C0A"),
    "zh": ("zh_Hans", "804"),
}
"""What babel and spreadsheets call the languages."""
_DIGITS = ("", ".0", ".00", ".000")
_GAP = "_w_w"
"""Room at the right of a number, as wide as the indent of its head: an indent of its
own is lost by LibreOffice where only the form of a number is new."""


def cell_looks(book: xlsxwriter.Workbook) -> dict[str, Format]:
    """Return the formats of a book's cells, by what stands in them."""
    company = worn()
    face = company.family if company and company.family else _FACE

    def look(**looks: object) -> Format:
        return book.add_format({"font_name": face, "font_size": 10, **looks})

    def number(form: str) -> Format:
        return look(num_format=f"{form}{_GAP}", valign="top", align="right")

    wrapped = {"text_wrap": True, "valign": "top"}
    inside = {"align": "left", "indent": 1, "valign": "top"}
    head = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
    quiet = light_of("ink-quiet")
    linked = {"font_color": light_of("accent"), "underline": 1}
    yes, no = say("yes"), say("no")
    share = f"0{{0}}{percent(0)[1:]}".replace(NBSP, "\\ ")
    signed = f"+#,##0{{0}}{_GAP};-#,##0{{0}}{_GAP};#,##0{{0}}"
    forms = {"number": "#,##0{0}", "share": share, "signed": signed}
    return {
        "title": look(bold=True, font_size=16),
        "finding": look(bold=True, font_size=13, **wrapped),
        "heading": look(bold=True, font_size=13),
        "quiet": look(font_color=quiet, **wrapped),
        "text": look(**wrapped),
        "bold": look(bold=True, **wrapped),
        "link": look(**linked, **wrapped),
        "back": look(**linked),
        "head_first": look(**head),
        "head": look(align="left", indent=1, **head),
        "head_number": look(align="right", indent=2, **head),
        "cell": look(**{**inside, **wrapped}),
        "whole": number("#,##0"),
        **{
            f"{name}{digits or ''}": number(form.format(_DIGITS[digits]))
            for digits in range(len(_DIGITS))
            for name, form in forms.items()
        },
        "yes_no": look(num_format=f'"{yes}";"{yes}";"{no}"', **inside),
        "day": look(num_format=day_form(), **inside),
    }


def day_form() -> str:
    """Return how a spreadsheet writes days in the language that is spoken.

    Examples
    --------
    >>> day_form()
    '[$-809]d mmm yyyy'
    """
    from babel.dates import get_date_format

    locale, code = _LOCALES[current_language()]
    form = str(get_date_format("medium", locale).pattern).lower().replace("y", "yyyy")
    # A spreadsheet takes what stands in quotes for words.
    return f"[$-{code}]" + re.sub(r"([^dmy .]+)", r'"\1"', form)


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
