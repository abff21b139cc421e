"""The command ``journeykit``: what an analyst does without a notebook.

Exit code 0; 1 when something is wrong with what was examined, or a report failed; 2 for
wrong use. One clear message on stderr, ``--debug`` for the traceback.
"""

from __future__ import annotations

import shlex
import sys
import tempfile
import traceback
import warnings
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

import journeykit
from journeykit.errors import (
    FileProblemError,
    JourneyKitError,
    JourneyKitWarning,
    ReportError,
)

__all__ = ["app", "main"]

app = typer.Typer(
    name="journeykit",
    help="A workshop kit for customer-journey mapping.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# What people typed is printed as it is: [red] and :smile: are no markup.
_out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
_err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
_is_debug = False
# What a survey warns of stands among its sentences too.
_SAID_ANYWAY: Any = {"action": "ignore", "category": JourneyKitWarning}

_Address = Annotated[
    str, typer.Argument(help="Path of a .journey file, or a PostgreSQL URL.")
]


def main() -> None:
    """Run the command; errors become one message and an exit code."""
    try:
        app(standalone_mode=True)
    except (JourneyKitError, OSError) as error:
        if _is_debug:
            _err.print(traceback.format_exc())
        _err.print(f"journeykit: {_in_words(error)}")
        sys.exit(1 if isinstance(error, ReportError) else 2)


def _in_words(error: JourneyKitError | OSError) -> str:
    if isinstance(error, JourneyKitError):
        return str(error)
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}."


def _version(is_asked: bool) -> None:
    if is_asked:
        _out.print(f"journeykit {journeykit.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an error.")
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say which."),
    ] = False,
) -> None:
    global _is_debug  # noqa: PLW0603 - the one switch of this process
    _is_debug = debug
    warnings.showwarning = _say_warning


def _say_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: Any = None,  # Any: the signature of warnings.showwarning
    line: str | None = None,
) -> None:
    if _is_debug or not issubclass(category, JourneyKitWarning):
        text = warnings.formatwarning(message, category, filename, lineno, line)
        print(text, file=file or sys.stderr)
    else:
        _err.print(f"Note: {message}")


@app.command()
def demo(
    out: Annotated[
        Path, typer.Option(help="Folder for the workshop and its report.")
    ] = Path("reports"),
) -> None:
    """Build the airport workshop from real answers and write its report."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "airport.journey"
    is_there = path.exists()
    if is_there:
        _out.print(f"{path} is there already: it is measured again, nothing is lost.")
    else:
        _out.print("Building the airport workshop from 2,831 questionnaires ...")
    with journeykit.open(path, starter="airport") as workshop:
        if is_there:
            workshop.measure()
        _summary(workshop)
    page = _report(str(path), out, persona="", language="", template="journey_report")
    _out.print("\nOpen in a browser; it needs no network:")
    _out.print(f"  {page}")
    _out.print("The workshop, to go on with:")
    _out.print(f"  {path}")
    _out.print("Next: journeykit lab")


def _summary(workshop: journeykit.Workshop) -> None:
    from journeykit.report.report_numbers import ReportNumbers

    numbers = ReportNumbers(workshop)
    score = numbers.overall("net_promoter_score")
    if score is not None and score.value is not None:
        said = f"{score.value:.2f} [{score.low:.2f}, {score.high:.2f}]"
        left = ", ".join(f'{n} "{why}"' for why, n in score.left_out.items())
        _out.print(f"\nNPS {said}, n {score.n:,}; left out: {left or 'none'}")
    rated = numbers.satisfaction_table.dropna(subset=["value"])
    table = Table("Lowest satisfaction", "CSAT", "95 % interval", "n", box=None)
    for one in rated.sort_values("value", kind="stable").head(3).to_dict("records"):
        table.add_row(
            one["name"],
            f"{one['value']:.1%}",
            f"{one['low']:.1%} to {one['high']:.1%}",
            f"{one['n']:,}",
        )
    _out.print(table)


@app.command()
def new(
    path: _Address,
    starter: Annotated[str, typer.Option(help="Such as empty or airport.")] = "empty",
    title: Annotated[str, typer.Option(help="Title of the workshop.")] = "",
    author: Annotated[str | None, typer.Option(help="Your name.")] = None,
) -> None:
    """Make a workshop."""
    with journeykit.new(path, starter=starter, title=title, author=author) as workshop:
        n = len(workshop.document())
        _out.print(f"{path}: {workshop.case.title}, {n} entries.")


@app.command(name="import")
def import_(
    workshop: _Address,
    file: Annotated[Path, typer.Argument(help="A table of answers: CSV, TSV, gzip.")],
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
    author: Annotated[str | None, typer.Option(help="Your name.")] = None,
) -> None:
    """Bring a survey into a workshop, or propose what its columns mean."""
    from journeykit.exchange.output_files import write_whole
    from journeykit.exchange.surveys import read_mapping, read_survey
    from journeykit.model import new_id

    options: dict[str, Any] = {
        "encoding": encoding,
        "delimiter": delimiter,
        "header_rows": header_rows,
    }
    with journeykit.open(workshop, author=author) as opened:
        known = opened.document().get(data_set)
        chosen = read_mapping(mapping) if mapping else getattr(known, "mapping", None)
        if chosen is None:
            with warnings.catch_warnings(**_SAID_ANYWAY):
                survey = read_survey(file, **options)
            proposed = file.with_name(f"{file.name}.mapping.json")
            if not proposed.exists():
                text = survey.proposal().model_dump_json(indent=1)
                write_whole(proposed, text + "\n")
            _say(survey)
            _out.print(f"\nNothing was kept yet. A proposal: {proposed}")
            _out.print("Check it, name the touchpoints, then:")
            again = ["journeykit", "import", workshop, str(file)]
            given = {**options, "mapping": proposed, "data_set": data_set}
            for name, value in given.items():
                if value is not None:
                    again += [f"--{name.replace('_', '-')}", str(value)]
            _out.print(f"  {shlex.join(again)}")
            return
        filled = data_set or new_id("data_set")
        with warnings.catch_warnings(**_SAID_ANYWAY):
            survey = opened.import_survey(
                file, data_set=filled, title=title, mapping=chosen, **options
            )
        _say(survey)
        _out.print(f"Kept in {workshop} as data set {filled}.")
        command = ["journeykit", "measure", workshop, "--data-set", filled]
        _out.print(f"Next: {shlex.join(command)}")


def _say(survey: Any) -> None:  # Any: exchange is imported when it is needed
    for sentence in survey.notes:
        _out.print(f"- {sentence}")


@app.command()
def export(
    workshop: _Address,
    file: Annotated[
        Path | None, typer.Argument(help="The .journey.json file to write.")
    ] = None,
) -> None:
    """Write the workshop as JSON."""
    from journeykit.exchange.output_files import stem_of

    name = f"{stem_of(workshop)}.journey.json"
    with journeykit.open(workshop, is_read_only=True) as opened:
        target = opened.export_json(file or Path(name))
    _out.print(str(target))


@app.command()
def measure(
    workshop: _Address,
    data_set: Annotated[
        str | None, typer.Option(help="Id of the data set; the first if none.")
    ] = None,
) -> None:
    """Compute the scores of a survey, keep them in the workshop, show them."""
    from journeykit.definitions import MEASURES
    from journeykit.show.numbers import value_text

    with journeykit.open(workshop) as opened:
        scores = opened.measure(data_set)
        document = opened.document()
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
    _out.print(table)


@app.command()
def report(
    workshop: _Address,
    persona: Annotated[str, typer.Option(help="Id of a persona; all if none.")] = "",
    language: Annotated[str, typer.Option(help="Language of its own words.")] = "",
    template: Annotated[str, typer.Option(help="Template.")] = "journey_report",
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("reports"),
) -> None:
    """Write a report: one HTML file that needs no network."""
    page = _report(workshop, out, persona=persona, language=language, template=template)
    _out.print(str(page))


def _report(
    workshop: str, out: Path, *, persona: str, language: str, template: str
) -> Path:
    from journeykit.report.run import start_fast

    start_fast()
    from journeykit.report.catalogue import report_on

    parameters = {"persona": persona, "language": language}
    return report_on(workshop, template, parameters, out)


@app.command()
def doctor(workshop: _Address) -> None:
    """Examine a workshop: everything must be there, as it was written."""
    from journeykit.store import examine_file, is_url

    if not is_url(workshop) and not Path(workshop).exists():
        raise FileProblemError(workshop, "there is no such file", "Check the path")
    found = examine_file(workshop)
    for problem in found.problems:
        _out.print(f"- {problem}")
    if found.is_whole:
        erased = f", {found.n_erased} erased on purpose" if found.n_erased else ""
        _out.print(
            f"{workshop} is whole: {found.n_edits:,} edits{erased}, "
            f"{found.n_entries:,} entries.",
            markup=False,
        )
        return
    _out.print("Restore the last good backup: journeykit restore BACKUP WORKSHOP")
    raise typer.Exit(1)


@app.command()
def backup(
    workshop: _Address,
    target: Annotated[
        Path | None, typer.Argument(help="The file to write; beside it if none.")
    ] = None,
) -> None:
    """Write a verified backup; others may go on working meanwhile."""
    from journeykit.store import back_up

    with journeykit.open(workshop) as opened:
        _out.print(str(back_up(opened.store, target)))


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(help="The backup.")],
    workshop: _Address,
) -> None:
    """Put a backup in the place of a workshop; what was there is kept."""
    from journeykit.store import restore as put_back

    kept = put_back(backup, workshop)
    _out.print(f"{workshop} is what {backup} holds.")
    if kept is not None:
        _out.print(f"What was there is kept: {kept}")


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    options_metavar="[FILE.journey] [OPTIONS]",
)
def lab(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Option(help="Where your copy of the workbook lies; named after FILE."),
    ] = None,
    starter: Annotated[
        str, typer.Option(help="What FILE begins with if there is none yet.")
    ] = "empty",
    author: Annotated[str, typer.Option(help="Your name.")] = "",
) -> None:
    """Open JupyterLab on your copy of the workbook; other options go to JupyterLab.

    With FILE every notebook works on that workshop, which is made if it is missing.
    """
    from journeykit.lab import (
        lab_arguments,
        lab_environment,
        lab_folder,
        lay_out,
        make_missing,
        run_lab,
        workshop_among,
    )

    workshop, others = workshop_among(context.args)
    if workshop and make_missing(workshop, starter, author):
        _out.print(f"{workshop}: made from the starter {starter}.")
    folder = folder or lab_folder(workshop)
    copied = lay_out(folder)
    if copied:
        _out.print(f"{folder}: your copy of the workbook, {len(copied)} notebooks new.")
    with tempfile.TemporaryDirectory(prefix="journeykit-lab-") as settings:
        arguments = (*lab_arguments(folder, Path(settings)), *others)
        code = run_lab(arguments, lab_environment(workshop, author))
    sys.exit(code)
