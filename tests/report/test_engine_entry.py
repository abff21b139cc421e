"""papermill and the engine find each other, whichever is imported first."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("first", ["papermill", "journeykit.report.engine"])
def test_engine_is_found_whichever_is_imported_first(first: str) -> None:
    """The name in papermill's registry stands for the engine."""
    code = (
        f"import {first}\n"
        "from papermill.engines import papermill_engines\n"
        "from journeykit.report.engine import WarmEngine\n"
        "entry = papermill_engines.get_engine('journeykit')\n"
        "print(entry.execute_notebook == WarmEngine.execute_notebook)"
    )

    assert (
        "True\n"
        == subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
    )


def test_papermill_alone_does_not_load_the_engine() -> None:
    """Who has journeykit installed pays nothing for it in another's reports."""
    code = "import sys, papermill\nprint('journeykit.report.engine' in sys.modules)"

    assert (
        "False\n"
        == subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
    )
