"""The command ``journeykit report``: one report, or forty, in each reader's format."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)

from journeykit.cli_data import OUT
from journeykit.errors import UnknownNameError

if TYPE_CHECKING:
    from journeykit.report.jobs import By, Job
    from journeykit.report.outcome import Outcome

__all__ = ["made_report", "report"]

_ERR = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def report(
    workshops: Annotated[
        list[str],
        typer.Argument(
            metavar="WORKSHOP...",
            help="Workshops, or folders of them.",
            show_default=False,
        ),
    ],
    by: Annotated[
        str, typer.Option(help="A report for each persona or segment as well.")
    ] = "",
    formats: Annotated[
        str,
        typer.Option(
            "--format", help="html, pdf, letter, pptx, xlsx, md; several with commas."
        ),
    ] = "html",
    persona: Annotated[str, typer.Option(help="Id of a persona; all if none.")] = "",
    language: Annotated[str, typer.Option(help="Language of its own words.")] = "",
    template: Annotated[str, typer.Option(help="Template.")] = "journey_report",
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("reports"),
    jobs: Annotated[int, typer.Option(min=1, help="How many side by side.")] = 1,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep those whose inputs did not change.")
    ] = False,
) -> None:
    """Write reports that need no network: one, or one for each workshop and persona.

    Exit code 1 if a report could not be made; the others are there all the same.
    """
    names = _formats(formats)
    if len(workshops) == 1 and not by and not Path(workshops[0]).is_dir():
        for path in made_report(
            workshops[0],
            out,
            persona=persona,
            language=language,
            template=template,
            formats=names,
        ):
            OUT.print(str(path))
        return
    _start()
    from journeykit.report.jobs import BY, jobs_for, workshops_in

    if by and by not in BY:
        raise UnknownNameError("way to part a workshop", by, BY)
    chosen: By = next((one for one in BY if one == by), "")
    given = {"persona": persona, "language": language}
    made = jobs_for(
        workshops_in(workshops),
        template=template,
        by=chosen,
        parameters={key: value for key, value in given.items() if value},
        formats=names,
    )
    _batch(made, out, n_workers=jobs, is_resumed=resume)


def made_report(
    workshop: str,
    out: Path,
    *,
    persona: str = "",
    language: str = "",
    template: str = "journey_report",
    formats: Sequence[str] = ("html",),
) -> tuple[Path, ...]:
    """Write one report and return its files; errors as ``report_on`` raises them."""
    _start()
    from journeykit.report.catalogue import report_on

    parameters = {"persona": persona, "language": language}
    return report_on(workshop, template, parameters, out, formats)


def _formats(text: str) -> tuple[str, ...]:
    _start()
    from journeykit.report.formats import formats_from

    return formats_from(text)


def _start() -> None:
    from journeykit.report.fast_start import start_fast

    start_fast()


def _batch(jobs: Sequence[Job], out: Path, *, n_workers: int, is_resumed: bool) -> None:
    from journeykit.report.batch import run_batch

    with _progress(len(jobs)) as told:
        batch = run_batch(
            jobs, out, n_workers=n_workers, is_resumed=is_resumed, told=told
        )
    n_kept = sum(one.status == "kept" for one in batch.outcomes)
    n_made = len(batch.outcomes) - n_kept - batch.n_failed
    said = f"{n_made:,} made"
    said += f", {n_kept:,} unchanged and kept" if n_kept else ""
    said += f", {batch.n_failed:,} not made" if batch.n_failed else ""
    OUT.print(f"{said}.")
    OUT.print(str(batch.index))
    if batch.n_failed:
        raise typer.Exit(1)


@contextmanager
def _progress(n_jobs: int) -> Iterator[_Told]:
    bar = Progress(
        TextColumn("Reports"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=_ERR,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        yield _Told(bar, n_jobs)


class _Told:
    """Shows each outcome: one line for one that failed, the bar for the rest."""

    def __init__(self, bar: Progress, n_jobs: int) -> None:
        self._bar = bar
        self._task = bar.add_task("reports", total=n_jobs, rate="")

    def __call__(self, outcome: Outcome) -> None:
        if outcome.status == "failed":
            where = f"cell {outcome.cell}: " if outcome.cell else ""
            _ERR.print(f"Not made: {outcome.name}: {where}{outcome.message}")
        task = self._bar.tasks[0]
        rate = f"{task.speed:.1f} a second" if task.speed else ""
        self._bar.update(self._task, advance=1, rate=rate)
