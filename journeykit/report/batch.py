"""Many reports in one run: side by side, one bad one stops no other, gone on with.

Reports run in worker processes, each with a warm parent of its own (see
:mod:`journeykit.report.engine`). What is handed to a worker is a plain
:class:`~journeykit.report.jobs.Job`, so any executor of ``concurrent.futures`` will do:
the processes of this machine, or a Dask cluster's. An engine for many machines of our
own was turned down for that reason.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from journeykit.errors import FileProblemError
from journeykit.exchange.output_files import PART
from journeykit.report.fast_start import begin_worker
from journeykit.report.index_page import write_index
from journeykit.report.jobs import Job
from journeykit.report.manifest import (
    Journal,
    kept_from,
    outcomes_in,
    write_manifest,
)
from journeykit.report.outcome import Outcome, failed, make_report

__all__ = ["Batch", "run_batch"]

_MAX_TRIES = 2
_AHEAD = 2
_END_SECONDS = 12.0


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch: its outcomes in order, its pages."""

    outcomes: tuple[Outcome, ...]
    index: Path
    manifest: Path

    @property
    def n_failed(self) -> int:
        """How many reports could not be made."""
        return sum(one.status == "failed" for one in self.outcomes)


def run_batch(
    jobs: Sequence[Job],
    folder: Path,
    *,
    n_workers: int = 1,
    is_resumed: bool = False,
    executor: Callable[[], Executor] | None = None,
    cell_seconds: int | None = 300,
    limits: Mapping[str, float] | None = None,
    told: Callable[[Outcome], object] = lambda _: None,
) -> Batch:
    """Make reports.

    Parameters
    ----------
    jobs
        The reports, as :func:`journeykit.report.jobs.jobs_for` gives them.
    folder
        Where to write; made if needed.
    n_workers
        How many to make side by side.
    is_resumed
        Whether a report whose inputs, template and versions are those of an earlier
        batch, and whose files still stand there whole, is kept.
    executor
        Makes what runs the reports; processes of this machine if None.
    cell_seconds
        Longest time of one cell; None for no limit.
    limits
        What each report may take, as :func:`journeykit.report.run.execute_report` has
        them.
    told
        Hears of each outcome as it comes.

    Raises
    ------
    FileProblemError
        If the folder cannot be written, or another batch writes into it.
    """
    with _alone_in(folder):
        before = outcomes_in(folder) if is_resumed else {}
        journal = Journal.at(folder)
        outcomes: dict[str, Outcome] = {}
        is_done = False
        try:
            waiting = []
            for job in jobs:
                kept = kept_from(folder, job, before)
                if kept is None:
                    waiting.append(job)
                else:
                    outcomes[job.name] = kept
                    told(kept)
            make = executor or (lambda: _processes(min(n_workers, len(waiting))))
            options: dict[str, Any] = {"cell_seconds": cell_seconds}
            options |= {"limits": dict(limits)} if limits else {}
            work = partial(make_report if executor else _make_here, **options)
            for outcome in _made(waiting, folder, make, n_workers, work):
                outcomes[outcome.name] = outcome
                journal.add(outcome)
                told(outcome)
            is_done = True
        finally:
            made, is_written = datetime.now(UTC), False
            try:
                manifest = write_manifest(folder, jobs, outcomes, made)
                index = write_index(folder, jobs, outcomes, made)
                is_written = True
            finally:
                journal.close(is_done=is_done and is_written)
    return Batch(tuple(outcomes[job.name] for job in jobs), index, manifest)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / ".journeykit-batch.lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise FileProblemError(
            str(folder), "is being written by another batch"
        ) from error
    except OSError as error:
        raise FileProblemError(
            str(folder), f"cannot be written ({error.strerror})"
        ) from error
    try:
        for left in folder.glob(f"**/{PART}*.part"):
            left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def _processes(n_workers: int) -> Executor:
    return ProcessPoolExecutor(
        max_workers=max(1, n_workers),
        mp_context=get_context("spawn"),
        initializer=begin_worker,
        initargs=(os.getpid(),),
    )


def _made(
    jobs: Sequence[Job],
    folder: Path,
    make: Callable[[], Executor],
    n_workers: int,
    work: Callable[[Job, Path], Outcome],
) -> Iterator[Outcome]:
    """Yield outcomes as they come; a worker that dies costs its report one more try."""
    tries: dict[str, int] = {}
    waiting = list(reversed(jobs))
    while waiting:
        running: dict[Future[Outcome], Job] = {}
        pool = make()
        is_whole = True
        try:
            while (waiting and is_whole) or running:
                while waiting and is_whole and len(running) < n_workers * _AHEAD:
                    job = waiting.pop()
                    try:
                        future = pool.submit(work, job, folder)
                    except BrokenExecutor:
                        waiting.append(job)
                        is_whole = False
                        break
                    running[future] = job
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                # In order: what ends at the same moment is told as it was asked for.
                for future in [one for one in running if one in done]:
                    job = running.pop(future)
                    try:
                        yield future.result()
                    except BrokenExecutor:
                        is_whole = False
                        yield from _again(job, tries, waiting)
                    except Exception as error:  # noqa: BLE001 - it must not end the batch
                        yield failed(job, f"{type(error).__name__}: {error}")
        finally:
            # Taken first: a pool that is shut down does not know them any more.
            processes = dict(getattr(pool, "_processes", None) or {})
            pool.shutdown(wait=False, cancel_futures=True)
            if running:
                _end(tuple(processes.values()))


def _make_here(job: Job, folder: Path, **options: Any) -> Outcome:
    """Make a report in a process of this machine, which ends if it is told to."""
    try:
        return make_report(job, folder, **options)
    except SystemExit:
        # What it had begun is cleared away; else the process would take the next one.
        os._exit(1)


def _end(workers: Sequence[BaseProcess]) -> None:
    """End the workers of a batch that was interrupted: nobody waits for their reports.

    Another interrupt has to wait until they are gone, or they would stay.
    """
    before: Any = None
    with suppress(ValueError):  # not the main thread, which nobody interrupts
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        for worker in workers:
            worker.terminate()
        until = time.monotonic() + _END_SECONDS
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))
            if worker.is_alive():
                worker.kill()
                worker.join()
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


def _again(job: Job, tries: dict[str, int], waiting: list[Job]) -> Iterator[Outcome]:
    tries[job.name] = tries.get(job.name, 0) + 1
    if tries[job.name] < _MAX_TRIES:
        waiting.append(job)
    else:
        yield failed(job, "The process that made it was killed, twice.")
