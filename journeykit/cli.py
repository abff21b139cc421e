"""The command ``journeykit``: what an analyst does without a notebook.

Exit code 0; 1 when something is wrong with what was examined, or a report failed; 2 for
wrong use. One clear message on stderr, ``--debug`` for the traceback.
"""

from __future__ import annotations

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
from journeykit.cli_data import OUT, Address, as_options, import_, measure
from journeykit.cli_report import made_report, report
from journeykit.cli_template import template
from journeykit.errors import (
    FileProblemError,
    JourneyKitError,
    JourneyKitWarning,
    ReportError,
    UnknownNameError,
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
_err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
_is_debug = False


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
        return as_options(str(error))
    place = f"{error.filename}: " if error.filename else ""
    return f"{place}{error.strerror or error}."


def _version(is_asked: bool) -> None:
    if is_asked:
        OUT.print(f"journeykit {journeykit.__version__}")
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
        _err.print(f"Note: {as_options(str(message))}")


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
        OUT.print(f"{path} is there already: it is measured again, nothing is lost.")
    else:
        OUT.print("Building the airport workshop from 2,831 questionnaires ...")
    with journeykit.open(path, starter="airport") as workshop:
        if is_there:
            workshop.measure()
        _summary(workshop)
    (page,) = made_report(str(path), out)
    OUT.print("\nOpen in a browser; it needs no network:")
    OUT.print(f"  {page}")
    OUT.print("The workshop, to go on with:")
    OUT.print(f"  {path}")
    OUT.print("Next: journeykit lab")


def _summary(workshop: journeykit.Workshop) -> None:
    from journeykit.report.report_numbers import ReportNumbers

    numbers = ReportNumbers(workshop)
    score = numbers.overall("net_promoter_score")
    if score is not None and score.value is not None:
        said = f"{score.value:.2f} [{score.low:.2f}, {score.high:.2f}]"
        left = ", ".join(f'{n} "{why}"' for why, n in score.left_out.items())
        OUT.print(f"\nNPS {said}, n {score.n:,}; left out: {left or 'none'}")
    rated = numbers.satisfaction_table.dropna(subset=["value"])
    table = Table("Lowest satisfaction", "CSAT", "95 % interval", "n", box=None)
    for one in rated.sort_values("value", kind="stable").head(3).to_dict("records"):
        table.add_row(
            one["name"],
            f"{one['value']:.1%}",
            f"{one['low']:.1%} to {one['high']:.1%}",
            f"{one['n']:,}",
        )
    OUT.print(table)


@app.command()
def new(
    path: Address,
    starter: Annotated[str, typer.Option(help="Such as empty or airport.")] = "empty",
    title: Annotated[str, typer.Option(help="Title of the workshop.")] = "",
    author: Annotated[str | None, typer.Option(help="Your name.")] = None,
) -> None:
    """Make a workshop."""
    with journeykit.new(path, starter=starter, title=title, author=author) as workshop:
        n = len(workshop.document())
        OUT.print(f"{path}: {workshop.case.title}, {n} entries.")


app.command(name="import")(import_)


@app.command()
def export(
    workshop: Address,
    file: Annotated[
        Path | None, typer.Argument(help="The .journey.json file to write.")
    ] = None,
) -> None:
    """Write the workshop as JSON."""
    from journeykit.exchange.output_files import stem_of

    name = f"{stem_of(workshop)}.journey.json"
    with journeykit.open(workshop, is_read_only=True) as opened:
        target = opened.export_json(file or Path(name))
    OUT.print(str(target))


app.command()(measure)


app.command()(report)

app.add_typer(template, name="template")


@app.command()
def check(
    workshop: Address,
    format_: Annotated[str, typer.Option("--format", help="text or json.")] = "text",
) -> None:
    """Say where a workshop contradicts itself; exit code 1 if there are errors."""
    from journeykit.cli_check import check_json, print_check

    if format_ not in ("text", "json"):
        raise UnknownNameError("format", format_, ("text", "json"))
    with journeykit.open(workshop, is_read_only=True) as opened:
        found = opened.findings()
        document = opened.document()
    if format_ == "json":
        typer.echo(check_json(document, found))
    else:
        print_check(document, found, OUT)
    if any(one.severity == "error" for one in found):
        raise typer.Exit(1)


@app.command()
def doctor(workshop: Address) -> None:
    """Examine a workshop: everything must be there, as it was written."""
    from journeykit.store import examine_file, is_url

    if not is_url(workshop) and not Path(workshop).exists():
        raise FileProblemError(workshop, "there is no such file", "Check the path")
    found = examine_file(workshop)
    for problem in found.problems:
        OUT.print(f"- {problem}")
    if found.is_whole:
        erased = f", {found.n_erased} erased on purpose" if found.n_erased else ""
        OUT.print(
            f"{workshop} is whole: {found.n_edits:,} edits{erased}, "
            f"{found.n_entries:,} entries.",
            markup=False,
        )
        return
    OUT.print("Restore the last good backup: journeykit restore BACKUP WORKSHOP")
    raise typer.Exit(1)


@app.command()
def backup(
    workshop: Address,
    target: Annotated[
        Path | None, typer.Argument(help="The file to write; beside it if none.")
    ] = None,
) -> None:
    """Write a verified backup; others may go on working meanwhile."""
    from journeykit.store import back_up

    with journeykit.open(workshop) as opened:
        OUT.print(str(back_up(opened.store, target)))


@app.command()
def restore(
    backup: Annotated[Path, typer.Argument(help="The backup.")],
    workshop: Address,
) -> None:
    """Put a backup in the place of a workshop; what was there is kept."""
    from journeykit.store import restore as put_back

    kept = put_back(backup, workshop)
    OUT.print(f"{workshop} is what {backup} holds.")
    if kept is not None:
        OUT.print(f"What was there is kept: {kept}")


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
        OUT.print(f"{workshop}: made from the starter {starter}.")
    folder = folder or lab_folder(workshop)
    copied = lay_out(folder)
    if copied:
        OUT.print(f"{folder}: your copy of the workbook, {len(copied)} notebooks new.")
    with tempfile.TemporaryDirectory(prefix="journeykit-lab-") as settings:
        arguments = (*lab_arguments(folder, Path(settings)), *others)
        code = run_lab(arguments, lab_environment(workshop, author))
    sys.exit(code)
