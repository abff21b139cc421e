"""Reports on a Dask cluster: a real scheduler and two workers, one killed midway."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import psutil
import pytest
from dask_cluster import DaskCluster, dask_cluster
from made_workshops import made_workshops

from journeykit.errors import FileProblemError, InputError
from journeykit.report.batch import run_batch
from journeykit.report.cluster import cluster
from journeykit.report.jobs import jobs_for, workshops_in
from journeykit.report.outcome import Outcome

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.skipif(sys.platform == "win32", reason="a worker is killed by signal"),
]
N_REPORTS = 6


@pytest.fixture
def dask(tmp_path: Path, n_workers: int) -> Iterator[DaskCluster]:
    """Return a cluster of so many workers."""
    folder = tmp_path / "dask"
    folder.mkdir()
    with dask_cluster(folder, n_workers) as made:
        yield made


@pytest.mark.parametrize("n_workers", [2])
def test_killed_worker_costs_no_report(dask: DaskCluster, tmp_path: Path) -> None:
    """Every report arrives, once; what the dead worker had started is gone."""
    made_workshops(tmp_path / "made", N_REPORTS)
    out, left, told = tmp_path / "out", [], []

    def watch(outcome: Outcome) -> None:
        told.append(outcome.name)
        if len(told) == 2:
            left.extend(dask.kill_a_worker())

    with cluster(dask.address) as found:
        batch = run_batch(
            jobs_for(workshops_in([str(tmp_path / "made")])),
            out,
            n_workers=found.n_workers,
            executor=found.executor,
            told=watch,
        )
    until = time.monotonic() + 60
    while any(map(_runs, left)) and time.monotonic() < until:
        time.sleep(0.1)

    assert left
    assert ["made"] * N_REPORTS == [one.status for one in batch.outcomes]
    assert N_REPORTS == len(set(told)) == len(told)
    assert N_REPORTS == len(list(out.glob("made-*.html")))
    assert not [one for one in out.rglob("*") if one.name.endswith(".part")]
    assert not [one for one in left if _runs(one)]


def _runs(one: psutil.Process) -> bool:
    return one.is_running() and one.status() != psutil.STATUS_ZOMBIE


@pytest.mark.parametrize("n_workers", [1])
def test_cluster_without_workers_ends_the_batch(
    dask: DaskCluster, tmp_path: Path
) -> None:
    """Dask would wait for ever; what was made before is on record."""
    made_workshops(tmp_path / "made", 3)
    jobs = jobs_for(workshops_in([str(tmp_path / "made")]))
    out = tmp_path / "out"

    def end_all(outcome: Outcome) -> None:
        for one in dask.workers:
            one.kill()

    with cluster(dask.address, patience_seconds=4) as found:
        with pytest.raises(FileProblemError, match="has no worker"):
            run_batch(jobs, out, n_workers=1, executor=found.executor, told=end_all)
    threads = partial(ThreadPoolExecutor, 1)
    again = run_batch(jobs, out, executor=threads, is_resumed=True)

    assert [] == [one.message for one in again.outcomes if one.message]
    assert {"kept", "made"} == {one.status for one in again.outcomes}


def test_nobody_at_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said within seconds; a machine without Dask says how to get it."""
    monkeypatch.setattr("journeykit.report.cluster._CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match="the address of a cluster was expected"):
        with cluster("nonsense"):
            pass
    with pytest.raises(FileProblemError, match="does not answer as a cluster"):
        with cluster("tcp://127.0.0.1:9"):
            pass
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match=r"journeykit\[cluster\]"):
        with cluster("tcp://127.0.0.1:9"):
            pass
