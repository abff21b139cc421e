"""What reading, checking and scoring a survey costs, beside pandas by hand."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pandas as pd
import pytest
from benchmarks.figures import Figures
from benchmarks.survey_reading import write_survey
from workbook_files import book

from journeykit.exchange.arrival import UPLOAD
from journeykit.exchange.masking import mask_text_column
from journeykit.exchange.tables import read_table

SCRIPT = Path(__file__).with_name("survey_reading.py")
SIZES = (10_000, 30_000, 100_000)
N_RUNS = 3


def took(way: str, path: Path) -> tuple[float, float]:
    """Return CPU seconds and peak megabytes of fresh processes, the least of three."""
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, str(SCRIPT), way, str(path)],
                capture_output=True,
                check=True,
            ).stdout
        )
        for _ in range(N_RUNS)
    ]
    return min(run["seconds"] for run in runs), min(run["megabytes"] for run in runs)


@pytest.fixture(scope="module")
def surveys(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return a survey of each size."""
    folder = tmp_path_factory.mktemp("surveys")
    paths = {n_rows: folder / f"survey_{n_rows}.csv" for n_rows in SIZES}
    for n_rows, path in paths.items():
        write_survey(path, n_rows)
    return paths


def test_a_large_survey_is_read_checked_and_scored_in_seconds(
    surveys: dict[int, Path], figures: Figures
) -> None:
    """100 columns, 31 questions, two personas, weights; ten times the rows."""
    ours = {n_rows: took("journeykit", path) for n_rows, path in surveys.items()}
    pandas_seconds, pandas_megabytes = took("pandas", surveys[SIZES[-1]])
    small, large = SIZES[0], SIZES[-1]

    for n_rows, (seconds, _) in ours.items():
        what = f"survey of {n_rows:,} rows x 100 columns"
        figures.at_most(f"{what}, read, checked, scored", 5 * n_rows / large + 0.5,
                        seconds, "s CPU")  # fmt: skip
    figures.at_most(
        f"survey of {large:,} rows, beside pandas without checks and intervals",
        5,
        ours[large][0],
        "s CPU",
        pandas=pandas_seconds,
    )
    figures.at_most(
        f"survey of {large:,} rows, peak memory",
        1_000,
        ours[large][1],
        "MB",
        pandas=pandas_megabytes,
    )
    figures.at_most(
        "ten times the rows of a survey take", 11, ours[large][0] / ours[small][0], "x"
    )


def in_children(act: Callable[[], object]) -> float:
    """Return the CPU seconds of an act and of the processes that it starts."""
    start, before = process_time(), resource.getrusage(resource.RUSAGE_CHILDREN)
    act()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    in_child = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return process_time() - start + in_child


def test_a_child_process_costs_less_than_importing_pandas(figures: Figures) -> None:
    """What an upload and a workbook pay for not being able to end the program."""
    data = book({"A": [["id", "Q1"], [1, 5]]})
    pandas = [sys.executable, "-c", "import pandas"]

    ours = min(
        in_children(lambda: read_table(data, limits=UPLOAD)) for _ in range(N_RUNS)
    )
    theirs = min(
        in_children(lambda: subprocess.run(pandas, check=True)) for _ in range(N_RUNS)
    )

    what = "a small workbook, read in a child"
    figures.at_most(what, max(1.0, theirs), ours, "s CPU", importing_pandas=theirs)


def test_a_hundred_thousand_comments_are_masked_in_seconds(figures: Figures) -> None:
    """One in twenty with something to look at closely."""
    plain = "the queue at security was long and nobody told us why, gate 92 at 12:30"
    odd = (" call 415-555-{:04}", " mail {}@x.org", " order 41555{:05}", " {:08} EUR")
    texts = [f"{plain} {n} minutes" for n in range(95_000)]
    texts += [plain + odd[n % 4].format(n) for n in range(5_000)]
    column = pd.Series(texts, dtype="str")

    start = process_time()
    counts = mask_text_column(column)[1]
    seconds = process_time() - start

    assert {"e-mail": 1_250, "phone": 1_250} == counts
    figures.at_most("100,000 comments masked", 10, seconds, "s CPU")
