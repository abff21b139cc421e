"""What ``import journeykit`` costs."""

from __future__ import annotations

import subprocess
import sys
from statistics import median

import pytest
from benchmarks.figures import Figures

N_RUNS = 15


def cpu_seconds(code: str) -> float:
    """Return the CPU seconds of a Python process that runs *code*."""
    resource = pytest.importorskip("resource")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def test_import_is_light(figures: Figures) -> None:
    """Importing the package costs little more than starting Python."""
    for code in ("pass", "import journeykit"):  # compiled and in the cache
        cpu_seconds(code)
    pairs = [
        (cpu_seconds("import journeykit"), cpu_seconds("pass")) for _ in range(N_RUNS)
    ]
    bare = median(pair[1] for pair in pairs)

    extra = median(ours - theirs for ours, theirs in pairs)

    figures.at_most(
        "import, CPU over bare Python", 0.15, max(extra, 0), "s", bare_Python=bare
    )
