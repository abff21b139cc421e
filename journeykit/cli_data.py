"""The commands ``journeykit import`` and ``journeykit measure``: what is about data.

Everything is recognised and said first. Without a mapping nothing is kept: a proposal
is written beside the file, for a person to correct.
"""

from __future__ import annotations

import json
import re
import shlex
import warnings
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import journeykit
from journeykit.errors import InputError, JourneyKitWarning, UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.summary import Summary
    from journeykit.model import DataSet, Document, RecordMapping, SurveyMapping
    from journeykit.workshop import Workshop

__all__ = ["OUT", "Address", "as_options", "import_", "measure"]

_FORMATS = ("table", "json")
OUT = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
"""Where a command prints: what people typed stays as it is, [red] is no colour."""

Address = Annotated[
    str, typer.Argument(help="Path of a .journey file, or a PostgreSQL URL.")
]
"""The workshop of a command."""

# What a reader warns of stands among its sentences too.
_SAID_ANYWAY: Any = {"action": "ignore", "category": JourneyKitWarning}
_KINDS = ("survey", "purchases", "events", "tickets", "feedback")
_OF_RECORDS = ("timezone", "dates", "decimal")
_OF_SURVEYS = ("code_book", "period")
_OPTIONS = re.compile(
    r"\b(?P<name>header_rows|skip_rows|keep_personal|code_book|delimiter|encoding|sheet"
    r"|timezone|dates|decimal)=(?P<value>'[^']*'|\"[^\"]*\"|[^\s,;.()]+)?"
)
_NAMES = re.compile(r"\b(header_rows|skip_rows|keep_personal|code_book|data_set)\b")


def as_options(text: str) -> str:
    """Return a message of the package in the words of the command line.

    Examples
    --------
    >>> as_options("read again with skip_rows=3, or say header_rows= and delimiter=.")
    'read again with --skip-rows 3, or say --header-rows and --delimiter.'
    >>> as_options("Columns were left out (keep_personal keeps them).")
    'Columns were left out (--keep-personal keeps them).'
    """

    def option(found: re.Match[str]) -> str:
        name = f"--{found['name'].replace('_', '-')}"
        value = found["value"]
        return name if value in (None, "True") else f"{name} {value}"

    said = _OPTIONS.sub(option, text)
    return _NAMES.sub(lambda found: f"--{found[1].replace('_', '-')}", said)


def import_(
    workshop: Address,
    file: Annotated[
        Path, typer.Argument(help="A table: CSV, TSV, XLSX, Parquet, XES; gzip too.")
    ],
    reads: Annotated[
        str | None,
        typer.Option(help=f"What it holds: {', '.join(_KINDS)}. Guessed if not said."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="JSON file: which column means what.")
    ] = None,
    data_set: Annotated[
        str | None, typer.Option(help="Id of the data set to fill; a new one if none.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of a new data set.")] = "",
    encoding: Annotated[str | None, typer.Option(help="Overrides the finding.")] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="Overrides the finding.")
    ] = None,
    header_rows: Annotated[
        int | None, typer.Option(help="Overrides the finding.")
    ] = None,
    skip_rows: Annotated[
        int | None, typer.Option(help="Rows of title above the headings.")
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook; the first if none.")
    ] = None,
    code_book: Annotated[
        Path | None, typer.Option(help="File of what the codes of a survey mean.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Where the clocks stood: Europe/Berlin.")
    ] = None,
    dates: Annotated[
        str | None, typer.Option(help="Which comes first in 3/4/2026: d/m or m/d.")
    ] = None,
    decimal: Annotated[
        str | None, typer.Option(help="Decimal sign of amounts: '.' or ','.")
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(help="When a survey was answered: 2026-05-01/2026-05-31."),
    ] = None,
    keep_personal: Annotated[
        bool, typer.Option("--keep-personal", help="Keep columns about a person.")
    ] = False,
    author: Annotated[str | None, typer.Option(help="Your name.")] = None,
) -> None:
    """Bring a survey, purchases, events, tickets or comments into a workshop.

    Without a mapping it says what was recognised and proposes one; nothing is kept.
    """
    from journeykit.exchange.mapping_files import read_mapping_file

    _check_choice("--reads", reads, _KINDS)
    _check_choice("--dates", dates, ("d/m", "m/d"))
    _check_choice("--decimal", decimal, (".", ","))
    given: dict[str, Any] = {
        "encoding": encoding,
        "delimiter": delimiter,
        "header_rows": header_rows,
        "skip_rows": skip_rows,
        "sheet": sheet,
        "code_book": code_book,
        "timezone": timezone,
        "dates": dates,
        "decimal": decimal,
        "period": period,
        "keep_personal": keep_personal or None,
    }
    options = {name: value for name, value in given.items() if value is not None}
    with journeykit.open(workshop, author=author) as opened:
        chosen: SurveyMapping | RecordMapping | None
        if mapping is not None:
            chosen = read_mapping_file(mapping, reads or "")
        else:
            chosen = _own_mapping(opened.document(), data_set, reads)
        if chosen is None:
            proposed = _propose(opened, file, reads, options)
            options |= {"mapping": proposed, "data_set": data_set}
            again = ["journeykit", "import", workshop, str(file), *_words(options)]
            OUT.print(f"  {shlex.join(again)}")
            return
        filled = _bring(opened, file, chosen, options, data_set, title)
        OUT.print(f"Kept in {workshop} as data set {filled.id}.")
        if filled.records is None:
            command = ["journeykit", "measure", workshop, "--data-set", filled.id]
            OUT.print(f"Next: {shlex.join(command)}")


def _check_choice(option: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise InputError(f"{option} is {' or '.join(known)}, not {value!r}")


def _words(options: Mapping[str, object]) -> list[str]:
    words: list[str] = []
    for name, value in options.items():
        if value is not None:
            words.append(f"--{name.replace('_', '-')}")
            words += [] if value is True else [str(value)]
    return words


def _own_mapping(
    document: Document, data_set: str | None, reads: str | None
) -> SurveyMapping | RecordMapping | None:
    """Return the mapping that a data set has already, if it is of that kind."""
    from journeykit.model import DataSet

    known = document.get(data_set)
    if not isinstance(known, DataSet):
        return None
    kind = known.records.reads if known.records is not None else "survey"
    return (known.records or known.mapping) if reads in (None, kind) else None


def _fitting(options: Mapping[str, Any], reads: str) -> dict[str, Any]:
    """Return the options of a reader; refuse one that it has no use for."""
    is_survey = reads == "survey"
    wanted = "purchases, events, tickets and comments" if is_survey else "a survey"
    for name in _OF_RECORDS if is_survey else _OF_SURVEYS:
        if name in options:
            raise InputError(
                f"--{name.replace('_', '-')} is for {wanted}, this is read as "
                f"{'a survey' if is_survey else reads}",
                mend="Say --reads, or leave the option out",
            )
    fitting = dict(options)
    if "period" in fitting:
        fitting["period"] = _days(fitting["period"])
    return fitting


def _days(period: str) -> tuple[date, date]:
    first, _, last = period.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise InputError(
            f"--period is a first and a last day, 2026-05-01/2026-05-31, not {period!r}"
        ) from None


def _propose(
    opened: Workshop, file: Path, reads: str | None, options: Mapping[str, Any]
) -> Path:
    """Say what a file holds, write down what its columns may mean, return where."""
    from journeykit.exchange.code_books import read_code_book
    from journeykit.exchange.output_files import write_whole
    from journeykit.exchange.record_proposals import guess_reads, unknown_roles
    from journeykit.exchange.record_readers import read_records
    from journeykit.exchange.record_sources import read_source
    from journeykit.exchange.surveys import read_survey

    foreign = (*_OF_RECORDS, *_OF_SURVEYS)
    of_the_file = {k: v for k, v in options.items() if k not in foreign}
    with warnings.catch_warnings(**_SAID_ANYWAY):
        if reads is None:
            table = read_source(file, **of_the_file)
            reads, why = guess_reads(
                table.frame, tool=table.reading.tool, personal=table.reading.personal
            )
            OUT.print(f"This looks like {reads}: {why}. If not, say --reads.")
        fitting = _fitting(options, reads)
        proposed: SurveyMapping | RecordMapping
        missing: tuple[str, ...] = ()
        if reads == "survey":
            survey = read_survey(file, **of_the_file)
            notes, book = survey.notes, None
            if "code_book" in options:
                columns = list(map(str, survey.frame.columns))
                book = read_code_book(options["code_book"], columns)
                notes += book.notes
            proposed = survey.proposal(book)
        else:
            names = {one.name: one.id for one in opened.entries("touchpoint")}
            records = read_records(file, reads, **fitting)
            notes, proposed = records.notes, records.proposal(names)
            missing = unknown_roles(proposed)
    _say(notes)
    target = file.with_name(f"{file.name}.mapping.json")
    if not target.exists():
        write_whole(target, proposed.model_dump_json(indent=1) + "\n")
    OUT.print(f"\nNothing was kept yet. A proposal: {target}")
    if missing:
        OUT.print(f"No column was found for {', '.join(missing)}: put it where ? is.")
    OUT.print("Check it, name the touchpoints, then:")
    return target


def _bring(
    opened: Workshop,
    file: Path,
    chosen: SurveyMapping | RecordMapping,
    options: dict[str, Any],
    data_set: str | None,
    title: str,
) -> DataSet:
    """Read a file by its mapping, keep it, say what was read, return its data set."""
    from journeykit.model import RecordMapping, new_id

    filled = data_set or new_id("data_set")
    reads = chosen.reads if isinstance(chosen, RecordMapping) else "survey"
    fitting = _fitting(options, reads)
    with warnings.catch_warnings(**_SAID_ANYWAY):
        if isinstance(chosen, RecordMapping):
            notes = opened.import_records(
                file, mapping=chosen, data_set=filled, title=title, **fitting
            ).notes
        else:
            notes = opened.import_survey(
                file, mapping=chosen, data_set=filled, title=title, **fitting
            ).notes
    _say(notes)
    return opened.data_set(filled)


def _say(notes: tuple[str, ...]) -> None:
    for sentence in notes:
        OUT.print(f"- {as_options(sentence)}")


def measure(
    workshop: Address,
    data_set: Annotated[
        str | None, typer.Option(help="Id of the data set; the first if none.")
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table, or json with every table.")
    ] = "table",
) -> None:
    """Compute what a data set says, keep the numbers in the workshop, show them."""
    if format_ not in _FORMATS:
        raise UnknownNameError("format", format_, _FORMATS)
    with journeykit.open(workshop) as opened:
        chosen = _chosen(opened, data_set)
        with warnings.catch_warnings(**_SAID_ANYWAY):
            if chosen.records is None:
                opened.measure(chosen.id)
                summary = opened.summary(chosen.id)
            else:
                summary = opened.measure_records(chosen.id)
        document = opened.document()
    if format_ == "json":
        about = {"workshop": workshop, "data_set": chosen.id, "title": chosen.title}
        reads = chosen.records.reads if chosen.records else "survey"
        plain = {**about, "reads": reads, **summary.plain()}
        typer.echo(json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False))
        return
    if chosen.records is None:
        _print_scores(document, summary.tables["scores"])
    else:
        _print_summary(summary)
    _say(summary.notes)


def _chosen(opened: Workshop, data_set: str | None) -> DataSet:
    """Return the data set to measure: a survey if there is one, else whatever is."""
    if data_set is not None or opened.data_sets():
        return opened.data_set(data_set)
    for reads in ("purchases", "events", "tickets", "feedback"):
        if opened.data_sets(reads):
            return opened.data_set(None, reads)
    return opened.data_set()


def _print_summary(summary: Summary) -> None:
    """Print single numbers as a table, and name the tables behind them."""
    from journeykit.definitions import MEASURES
    from journeykit.show.numbers import value_text

    table = Table("Measure", "Value", "Low", "High", "n", box=None)
    for name, result in summary.results.items():
        ends = (result.value, result.low, result.high)
        texts = [
            "" if one is None else value_text(one, result.definition) for one in ends
        ]
        if result.value is None:
            texts[0] = result.note or result.reliability
        is_alike = name == result.definition
        label = MEASURES[result.definition].label if is_alike else _spelt(name)
        if name == "median_survival":
            label = f"{label}, days"
        table.add_row(label, *texts, f"{result.n:,}")
    if table.row_count:
        OUT.print(table)
    for name, frame in summary.tables.items():
        OUT.print(f"{_spelt(name)}: {len(frame):,} rows (--format json)")


def _spelt(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _print_scores(document: Document, scores: pd.DataFrame) -> None:
    from journeykit.definitions import MEASURES
    from journeykit.show.numbers import value_text

    case = document.case
    words = {"fewer than minimum": f"fewer than {case.min_group if case else 5}"}
    table = Table("Measure", "Of", "Among", "Value", "Low", "High", "n", box=None)
    for row in scores.to_dict("records"):
        subject = document.get(row["touchpoint"])
        group = document.get(row["group"])
        is_shown = row["reliability"] in ("enough", "few answers")
        numbers = [
            value_text(row[name], row["definition"]) if is_shown else ""
            for name in ("value", "low", "high")
        ]
        if not is_shown:
            numbers[0] = words.get(row["reliability"], row["reliability"])
        table.add_row(
            MEASURES[row["definition"]].short,
            subject.name_for_people if subject else f"all of it ({row['column']})",
            group.name_for_people if group else "all",
            *numbers,
            f"{row['n']:,}" if is_shown else "",
        )
    OUT.print(table)
