"""The command ``journeykit report``: one report, or forty, in each reader's format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from journeykit.errors import InputError

if TYPE_CHECKING:
    from journeykit.report.jobs import Job
    from journeykit.report.outcome import Outcome

__all__ = ["made_report", "report"]

_ERR = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


def report(
    workshops: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORKSHOP",
            help="Workshops, or folders of them.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            metavar="persona|segment|stage|COLUMN",
            help="A report for each of them as well; a column is one of the surveys'.",
        ),
    ] = "",
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            help="html, interactive (html that sorts and opens the map), pdf, letter, "
            "pptx, xlsx, md, svg, png (posters); with commas.",
        ),
    ] = "html",
    persona: Annotated[
        str, typer.Option(help="Id of a persona, or COLUMN=VALUE; all if none.")
    ] = "",
    language: Annotated[str, typer.Option(help="Language of its own words.")] = "",
    template: Annotated[str, typer.Option(help="Template.")] = "journey_report",
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Another parameter of the template; as often as is wanted.",
            show_default=False,
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder.")] = Path("reports"),
    jobs: Annotated[int, typer.Option(min=1, help="How many side by side.")] = 1,
    cluster: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Dask cluster that makes them.")
    ] = "",
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep those whose inputs did not change.")
    ] = False,
    timeout: Annotated[
        int | None,
        typer.Option(min=1, help="Longest time of a report in seconds; else 1800."),
    ] = None,
    memory: Annotated[
        int | None,
        typer.Option(min=256, help="Most memory of a report in MB; else 4096."),
    ] = None,
) -> None:
    """Write reports that need no network: one, or one for each workshop and persona.

    Exit code 1 if a report could not be made; the others are there all the same.
    """
    names, places = _formats(formats), workshops or []
    is_one = len(places) < 2 and not (by or resume or cluster)
    if is_one:
        from journeykit.report.engine_server import begin_early

        begin_early()
    notebook = _notebook(template, places)
    named = {"persona": persona, "language": language}
    given = _given(notebook, settings or [], named, is_on_workshops=bool(places))
    limits: dict[str, float] = {}
    if timeout:
        limits["report_timeout"] = timeout
    if memory:
        limits["memory_limit_mb"] = memory
    if is_one and places and not Path(places[0]).is_dir() and _is_on_one(notebook):
        from journeykit.report.catalogue import report_on

        _print(report_on(places[0], template, given, out, names, limits=limits))
        return
    from journeykit.report.jobs import jobs_for, workshops_in

    made = jobs_for(
        workshops_in(places) if places else (),
        template=template,
        by=by,
        parameters=given,
        formats=names,
        told=_ERR.print,
    )
    if len(made) == 1 and not (made[0].problem or resume or cluster or by):
        _print(_single(made[0], out, limits))
        return
    with _workers(cluster, jobs) as (n_workers, executor):
        _batch(
            made,
            out,
            n_workers=n_workers,
            is_resumed=resume,
            executor=executor,
            limits=limits,
        )


def made_report(workshop: str, out: Path) -> tuple[Path, ...]:
    """Write the journey report and return its files; errors as of ``report_on``."""
    _start()
    from journeykit.report.catalogue import report_on

    return report_on(workshop, "journey_report", {}, out)


def _print(paths: Sequence[Path]) -> None:
    for path in paths:
        OUT.print(str(path))


def _formats(text: str) -> tuple[str, ...]:
    _start()
    from journeykit.report.formats import formats_from

    return formats_from(text)


def _start() -> None:
    from journeykit.report.fast_start import start_fast

    start_fast()


def _notebook(template: str, workshops: Sequence[str]) -> Path:
    from journeykit.report.template_reference import template_at

    return template_at(template, workshops).notebook


def _given(
    template: Path,
    settings: Sequence[str],
    named: Mapping[str, str],
    *,
    is_on_workshops: bool,
) -> dict[str, Any]:
    """Return the parameters of a template as they were typed, by their types."""
    from journeykit.report.parameters import values_from_text

    texts = {name: value for name, value in named.items() if value}
    for said in settings:
        name, sign, value = said.partition("=")
        if not sign or not name:
            raise InputError(f"--set takes NAME=VALUE, found {said!r}")
        name = name.strip()
        if name in texts:
            raise InputError(f"one {name} was expected, two are given")
        if is_on_workshops and name in {"workshop", "workshops"}:
            raise InputError(
                "the workshops are named already", mend=f"Leave out --set {said}"
            )
        texts[name] = value
    return values_from_text(template, texts)


def _is_on_one(template: Path) -> bool:
    """Say whether a template is checked as the journey report is before it runs."""
    from journeykit.report.parameters import parameters_of

    names = {one.name for one in parameters_of(template)}
    return {"workshop", "persona", "language"} <= names


def _single(job: Job, out: Path, limits: Mapping[str, float]) -> tuple[Path, ...]:
    from journeykit.report.company_colours import wearing
    from journeykit.report.run import run_report
    from journeykit.report.template_reference import template_at

    template, page = template_at(job.template), out / f"{job.name}.html"
    with wearing(template.company):
        return run_report(
            template.notebook,
            job.parameters,
            page,
            formats=job.formats,
            limits=limits,
        )


@contextmanager
def _workers(
    address: str, n_jobs: int
) -> Iterator[tuple[int, Callable[[], Executor] | None]]:
    """Yield how many reports are made side by side, and what makes them."""
    if not address:
        yield n_jobs, None
        return
    from journeykit.report.cluster import cluster

    with cluster(address) as found:
        yield max(n_jobs, found.n_workers), found.executor


def _batch(jobs: Sequence[Job], out: Path, **options: Any) -> None:
    """Make reports; *options* are those of ``run_batch``."""
    from journeykit.report.batch import run_batch

    with _progress(len(jobs)) as told:
        batch = run_batch(jobs, out, told=told, **options)
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
