"""What five aggregates of ten million events cost, beside plain pandas."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.figures import Figures

SCRIPT = Path(__file__).with_name("event_aggregates.py")
SIZES = {"1": 1_000_000, "5": 5_000_000, "10": 10_000_000}
GOALS = {"pandas": (19, 1_900), "duckdb": (7, 850)}


def run(*arguments: str) -> str:
    """Run a step in a process of its own, so that its memory is its own."""
    command = [sys.executable, str(SCRIPT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make a log of each size."""
    pytest.importorskip("resource")
    folder = tmp_path_factory.mktemp("logs")
    paths = {}
    for name, size in SIZES.items():
        paths[name] = str(folder / f"{name}.parquet")
        run("make", str(size), paths[name])
    return paths


@pytest.fixture(scope="module")
def peer(logs: dict[str, str]) -> dict[str, float]:
    """Measure plain pandas on the largest log."""
    return json.loads(run("peer", logs["10"]))


@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_ten_million_events(
    engine: str, logs: dict[str, str], peer: dict[str, float], figures: Figures
) -> None:
    """CPU and memory stay below the goals, and grow in a straight line."""
    pytest.importorskip("duckdb")
    found = {size: json.loads(run(engine, path)) for size, path in logs.items()}
    seconds, megabytes = GOALS[engine]
    largest = found["10"]

    for size in ("1", "5"):
        print(f"{engine}, {size} million events: {found[size]}")
    what = f"5 aggregates of 10 million events, {engine}"
    figures.at_most(
        f"{what}: CPU", seconds, largest["cpu"], "s", plain_pandas=peer["cpu"]
    )
    figures.at_most(
        f"{what}: peak", megabytes, largest["peak"], "MB", plain_pandas=peer["peak"]
    )
    growth = (largest["cpu"] - found["5"]["cpu"]) / (
        found["5"]["cpu"] - found["1"]["cpu"]
    )
    figures.at_most(f"{what}: growth (1.25 is a straight line)", 1.6, growth, "times")
