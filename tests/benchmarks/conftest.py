"""Benchmarks run only when asked for; what they measured is shown as one table."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.figures import Figures, table

HERE = Path(__file__).parent


@pytest.fixture
def figures() -> Figures:
    """Return what takes the measured numbers."""
    return Figures()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the benchmarks out of every run that does not name them."""
    asked = (Path(str(arg).split("::")[0]).resolve() for arg in config.args)
    if any(path == HERE or HERE in path.parents for path in asked):
        return None
    return True


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show all figures."""
    for line in table():
        terminalreporter.write_line(line)
