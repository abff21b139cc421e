"""A module is named by its subject and stays within 400 lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from source_tree import ROOT, modules, plant

MOST_LINES = 400
NO_SUBJECT = {"utils", "util", "helpers", "helper", "common", "misc"}


def findings(root: Path) -> list[str]:
    """Return the modules that are too long or whose name says nothing."""
    found = []
    for path, _ in modules(root):
        where = path.relative_to(root)
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        if n_lines > MOST_LINES:
            found.append(f"{where}: {n_lines} lines; name its two subjects and split")
        if path.stem in NO_SUBJECT:
            found.append(f"{where}: a module is named by its subject")
    return found


def test_package_has_short_modules_with_a_subject() -> None:
    """No module of the package is too long, or a drawer for everything."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(("n_lines", "n_findings"), [(400, 0), (401, 1)])
def test_planted_long_module_is_found(
    tmp_path: Path, n_lines: int, n_findings: int
) -> None:
    """400 lines are the most."""
    tree = plant(tmp_path, {"journeykit/text.py": "x = 1\n" * n_lines})

    assert n_findings == len(findings(tree))


def test_planted_drawer_is_found(tmp_path: Path) -> None:
    """A module named ``utils`` has no subject."""
    found = findings(plant(tmp_path, {"journeykit/store/utils.py": ""}))

    assert ["journeykit/store/utils.py: a module is named by its subject"] == found
