"""The quality report of a survey in sentences that a team without analysts can use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from journeykit.exchange.rows import counted

if TYPE_CHECKING:
    from journeykit.exchange.quality import ColumnQuality, Quality

__all__ = ["column_sentences", "table_sentences"]

_N_SHOWN = 5


def _few(counts: Mapping[str, int]) -> str:
    shown = [f"{value[:40]} {n:,}" for value, n in list(counts.items())[:_N_SHOWN]]
    return ", ".join(shown) + (" ..." if len(counts) > _N_SHOWN else "")


def table_sentences(quality: Quality) -> Iterator[str]:
    """Yield what is to be said about the table as a whole."""
    rows, columns = counted(quality.n_rows, "row"), counted(quality.n_columns, "column")
    yield f"The table has {rows} and {columns}."
    if quality.n_duplicate_rows:
        n_rows = quality.n_duplicate_rows
        rows = "row is" if n_rows == 1 else "rows are"
        yield f"{n_rows:,} {rows} in every column like one above: imported twice?"
    if quality.n_duplicate_respondents:
        n_rows = quality.n_duplicate_respondents
        rows = "row belongs" if n_rows == 1 else "rows belong"
        shown = ", ".join(quality.duplicate_respondents)
        yield f"{n_rows:,} {rows} to a respondent who answered above ({shown})."
    hollow = [name for name, n in quality.missing.items() if n == quality.n_rows]
    if hollow and quality.n_rows:
        more = len(hollow) - _N_SHOWN
        rest = f" and {more:,} more" if more > 0 else ""
        names = ", ".join(hollow[:_N_SHOWN]) + rest
        columns = "column is" if len(hollow) == 1 else "columns are"
        yield f"{len(hollow):,} {columns} empty: {names}."


def column_sentences(column: ColumnQuality, n_rows: int) -> Iterator[str]:
    """Yield what is to be said about one mapped column of *n_rows* rows."""
    name = column.column
    if column.role == "question":
        counts = "counts" if column.n_answers == 1 else "count"
        left_out = [
            f"{n:,} “{code}”"
            + (f" ({meaning})" if (meaning := _meaning(column, code)) else "")
            for code, n in column.not_answers.items()
        ]
        if column.n_missing:
            left_out.append(f"{column.n_missing:,} empty")
        if column.n_out_of_range:
            left_out.append(f"{column.n_out_of_range:,} outside the scale")
        tail = f"; left out: {', '.join(left_out)}" if left_out else ""
        yield f"{name}: {column.n_answers:,} of {n_rows:,} answers {counts}{tail}."
    elif column.n_missing and column.role != "comment":
        yield f"{name}: {column.n_missing:,} of {n_rows:,} cells are empty."
    if column.wrong_scale:
        yield f"{name}: {column.wrong_scale}"
    elif column.n_out_of_range and column.role == "question":
        yield (
            f"{name}: outside the scale stand {_few(column.out_of_range)}: if "
            "these are codes that are no answers, declare them."
        )
    elif column.n_out_of_range:
        yield f"{name}: weights below 0 stand there ({_few(column.out_of_range)})."
    if column.n_not_numbers:
        is_one = column.n_not_numbers == 1
        what = "weight" if column.role == "weight" else "answer"
        it = "it" if is_one else "them"
        rest = f"correct {it}"
        if what == "answer":
            stands, none = (
                ("it stands", "it is") if is_one else ("each stands", "some are")
            )
            rest = (
                f"say in the scale's answers which number {stands} for, or in "
                f"not_answers that {none} none, or correct {it}"
            )
        yield (
            f"{name}: {column.n_not_numbers:,} {what}{' is' if is_one else 's are'} no "
            f"number{'' if is_one else 's'} ({_few(column.not_numbers)}): {rest}, "
            "else no score can be computed."
        )


def _meaning(column: ColumnQuality, code: str) -> str:
    return column.meanings.get(code, "")
