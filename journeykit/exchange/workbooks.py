"""Excel workbooks (XLSX, XLSM): one sheet, taken apart into columns of texts.

Read by calamine in a fifth of openpyxl's time. What a workbook is packed in is looked
at first. It may still lie, or name a cell in the last corner of a sheet so that reading
it takes all memory: so it is only ever read in a child process with limits
(:mod:`journeykit.exchange.parsing_child`).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from journeykit.errors import InputError, UnknownNameError
from journeykit.exchange.arrival import Limits
from journeykit.exchange.readings import Parsed, Source, Told, understood
from journeykit.exchange.rows import Cleaner, Walk, counted
from journeykit.exchange.sheet_cells import CellTexts
from journeykit.exchange.sheet_merges import Merges
from journeykit.exchange.workbook_parts import check_parts, damaged, locked, lost_cells

__all__ = ["parsed_workbook"]

_N_SHOWN = 5


def parsed_workbook(data: bytes, name: str, told: Told, limits: Limits) -> Parsed:
    """Take a workbook apart: sheet, headings, columns, and what must be said.

    Parameters
    ----------
    data
        The content of the file.
    name
        The file, for messages.
    told
        What the user says about it.
    limits
        The budget.

    Raises
    ------
    InputError
        If it is damaged, locked, larger than *limits* allow, or holds no table.
    UnknownNameError
        If there is no such sheet.
    """
    check_parts(data, name, limits)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            sheet, others = _chosen(book, told.sheet, name)
            lost = lost_cells(data, sheet.name)
            return _parsed_sheet(
                sheet, others, lost, name=name, told=told, limits=limits
            )
    except PasswordError as error:
        raise locked(name) from error
    except CalamineError as error:
        raise damaged(name) from error


def _chosen(
    book: CalamineWorkbook, wanted: str | None, name: str
) -> tuple[CalamineSheet, tuple[str, ...]]:
    """Return the sheet to read, and the names of the others."""
    known = [
        sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    # Hidden sheets come last: they are lists for drop-down fields, as a rule.
    known.sort(key=lambda sheet: sheet.visible != SheetVisibleEnum.Visible)
    names = [sheet.name for sheet in known]
    if wanted is None:
        found = _first_table(book, names)
        if found is None:
            raise InputError(
                "a table was expected, but no sheet of this workbook holds one", name
            )
        return found, tuple(one for one in names if one != found.name)
    if wanted not in names:
        raise UnknownNameError("sheet", wanted, names, name)
    sheet = book.get_sheet_by_name(wanted)
    if not sheet.height:
        raise InputError(f"the sheet {wanted!r} is empty", name, "Choose another")
    return sheet, tuple(one for one in names if one != wanted)


def _first_table(book: CalamineWorkbook, names: list[str]) -> CalamineSheet | None:
    """Return the first sheet with a table.

    One or two columns before a longer and wider sheet are a cover ("Exported by").
    """
    narrow: CalamineSheet | None = None
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.height < 2:
            continue
        if sheet.width > 2 and (narrow is None or narrow.height < sheet.height):
            return sheet
        if narrow is None or narrow.width < 2 <= sheet.width:
            narrow = sheet
    return narrow


def _parsed_sheet(
    sheet: CalamineSheet,
    others: tuple[str, ...],
    lost: tuple[int, int],
    *,
    name: str,
    told: Told,
    limits: Limits,
) -> Parsed:
    texts = CellTexts()
    _, first_column = sheet.start or (0, 0)
    merges = Merges(sheet.merged_cell_ranges or [], first_column)
    walk, cleaner = Walk(name, limits, told.skip_rows), Cleaner(None)
    for number, row in enumerate(texts.rows(sheet)):
        cells = merges.filled(number, row)
        is_passed = number < told.skip_rows or (
            not told.skip_rows and merges.is_title(number, row)
        )
        if is_passed or not any(cells):
            walk.take([], cleaner)
            continue
        if merges.first_row is None:
            merges.first_row = number
        walk.take(cells, cleaner)
    notes = [*_notes(others, lost), *merges.notes(), *texts.notes()]
    source = Source(
        said=f"the sheet {sheet.name!r} of a workbook",
        sheet=sheet.name,
        other_sheets=others,
        header_rows=merges.header_rows(),
        notes=tuple(notes),
    )
    return texts.with_whole_times(understood(source, walk, cleaner.done, told, name))


def _notes(others: tuple[str, ...], lost: tuple[int, int]) -> Iterator[str]:
    if others:
        shown = ", ".join(map(repr, others[:_N_SHOWN]))
        more = f" and {len(others) - _N_SHOWN} more" if len(others) > _N_SHOWN else ""
        which = "sheet was" if len(others) == 1 else "sheets were"
        yield f"Other {which} not read: {shown}{more}; sheet= chooses one."
    n_errors, n_hollow = lost
    if n_errors:
        which = "shows" if n_errors == 1 else "show"
        yield f"{counted(n_errors, 'cell')} that {which} an error read as empty."
    if n_hollow:
        which = "was" if n_hollow == 1 else "were"
        yield (
            f"{counted(n_hollow, 'formula')} {which} never computed and read as empty: "
            "open the workbook in a spreadsheet and save it."
        )
