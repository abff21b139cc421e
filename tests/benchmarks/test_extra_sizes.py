"""What each extra adds to the disk, beyond what everybody installs anyway."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from benchmarks.figures import Figures
from packaging.requirements import Requirement
from source_tree import ROOT

LOCK = ROOT / ".ci/constraints.txt"
MEGABYTE = 1_000_000


def uv(*arguments: str) -> str:
    """Return what uv prints; without a way to an index the test is skipped."""
    command = [sys.executable, "-m", "uv", "--quiet", "pip", *arguments]
    done = subprocess.run(
        command, check=False, cwd=ROOT, capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"packages cannot be installed here: {done.stderr.strip()[:200]}")
    return done.stdout


def locked(*extras: str) -> dict[str, str]:
    """Return the packages of an installation on this machine, with their versions."""
    options = [option for extra in extras for option in ("--extra", extra)]
    text = uv(
        *("compile", "pyproject.toml", "-c", str(LOCK), "--python", sys.executable),
        *("--no-header", "--no-annotate", *options),
    )
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {Requirement(line).name: line for line in lines}


def size_of(folder: Path) -> int:
    """Return the bytes of all files below *folder*."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("extra", "goal", "brings"),
    [("clv", 115, "scipy"), ("text", 160, "scikit-learn"), ("duckdb", 70, "duckdb")],
)
def test_extra_stays_small(
    extra: str, goal: float, brings: str, tmp_path: Path, figures: Figures
) -> None:
    """Only packages that the default installation lacks are counted."""
    usual = locked()
    added = [line for name, line in locked(extra).items() if name not in usual]

    assert any(line.startswith(f"{brings}==") for line in added)
    uv(
        *("install", "--no-deps", "--target", str(tmp_path)),
        *("--python", sys.executable, *added),
    )
    measured = size_of(tmp_path) / MEGABYTE

    figures.at_most(f"extra {extra}, {len(added)} packages", goal, measured, "MB")
    # the limit itself is hard: sizes do not depend on how busy the machine is
    assert measured <= goal
