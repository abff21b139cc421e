"""Nothing lies about that is not in the drawing of the house."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from source_tree import ROOT, plant

TOP = {
    *("CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
    *("journeykit", "templates", "tests", "workbook"),
}
PACKAGE = {
    *("errors.py", "vocabulary.py", "definitions.py", "text.py", "shipped.py"),
    "language.py",
    *("model", "layout", "measure", "check", "store", "exchange"),
    *("workshop.py", "workshop_data.py", "workplace.py"),
    *("show", "report", "live"),
    *("cli.py", "cli_data.py", "cli_report.py", "cli_check.py"),
    *("cli_template.py", "lab.py"),
    *("__main__.py", "__init__.py", "py.typed"),
}


def kept_files(root: Path) -> list[str]:
    """Return the files that git keeps, or all files if this is no git folder."""
    if (root / ".git").exists():
        command = ["git", "-C", str(root), "ls-files", "-z"]
        listed = subprocess.run(command, capture_output=True, text=True, check=True)
        return [name for name in listed.stdout.split("\0") if name]
    files = (path for path in root.rglob("*") if path.is_file())
    return [path.relative_to(root).as_posix() for path in files]


def findings(root: Path) -> list[str]:
    """Return top-level and package entries that are not in the layout."""
    entries = set()
    for name in kept_files(root):
        top, *rest = name.split("/")
        if not top.startswith(".") and top not in TOP:
            entries.add(top)
        if top == "journeykit" and rest and rest[0] not in PACKAGE:
            entries.add(f"journeykit/{rest[0]}")
    return [f"{entry} is not in the layout" for entry in sorted(entries)]


@pytest.mark.skipif(
    not (ROOT / ".git").exists(), reason="only git knows which files are kept"
)
def test_repository_follows_the_layout() -> None:
    """Each entry of the repository and of the package is one of those drawn."""
    assert [] == findings(ROOT)


def test_planted_entries_are_found(tmp_path: Path) -> None:
    """A folder that nobody drew is found, at the top and in the package."""
    names = ("scripts/a.py", "journeykit/widgets/a.py", ".ci/run", "README.md")
    tree = plant(tmp_path, dict.fromkeys(names, ""))

    expected = [
        "journeykit/widgets is not in the layout",
        "scripts is not in the layout",
    ]
    assert expected == findings(tree)
