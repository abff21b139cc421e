"""Makes workbooks for tests: good ones by openpyxl, faulty ones part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

__all__ = ["book", "changed", "handmade", "plain_sheet"]

_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
    'formats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" Content'
    'Type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"'
    "/></Types>"
)
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/'
    f'package/2006/relationships"><Relationship Id="rId1" Type="{_R}/%s" Target="%s"/>'
    "</Relationships>"
)


def book(
    sheets: Mapping[str, Sequence[Sequence[object]]],
    merged: Mapping[str, Sequence[str]] | None = None,
    hidden: Sequence[str] = (),
    *,
    is_1904: bool = False,
) -> bytes:
    """Return a workbook: name of a sheet to its rows, and to its merged blocks."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    if is_1904:
        made.epoch = datetime.combine(CALENDAR_MAC_1904, datetime.min.time())
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for block in (merged or {}).get(name, ()):
            sheet.merge_cells(block)
        if name in hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def plain_sheet(rows: str) -> str:
    """Return the part of a sheet with these rows of XML."""
    return f'<worksheet xmlns="{_S}"><sheetData>{rows}</sheetData></worksheet>'


def handmade(sheet: str, **parts: str) -> bytes:
    """Return a workbook of one sheet whose XML is given, and more parts by name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("[Content_Types].xml", _TYPES)
        folder.writestr("_rels/.rels", _RELS % ("officeDocument", "xl/workbook.xml"))
        folder.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="Answers" '
            'sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        rels = _RELS % ("worksheet", "worksheets/sheet1.xml")
        folder.writestr("xl/_rels/workbook.xml.rels", rels)
        folder.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in parts.items():
            folder.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


def changed(data: bytes, part: str, content: bytes | None) -> bytes:
    """Return a workbook with one part replaced, or left out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as before,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
            elif content is not None:
                after.writestr(name, content)
    return out.getvalue()
