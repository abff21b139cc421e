"""The built wheel does its work without the clone."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from outside_addresses import outside_addresses
from source_tree import ROOT


def run(
    command: list[str | Path], folder: Path, *, is_checked: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run a command in *folder*, as far from this clone as a user would be."""
    private = ("PYTHON", "COV", "COVERAGE", "VIRTUAL_ENV", "PYTEST")
    outside = {k: v for k, v in os.environ.items() if not k.startswith(private)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=outside,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if is_checked and done.returncode != 0:
        pytest.fail(f"{command}: {done.stdout}{done.stderr}")
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this clone."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation"]
    run([*build, "--outdir", folder, ROOT], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel in an empty environment, with the locked versions."""
    folder = tmp_path_factory.mktemp("empty")
    uv: list[str | Path] = [sys.executable, "-m", "uv"]
    run([*uv, "venv", "--python", sys.executable, folder / "venv"], folder)
    python = folder / "venv" / "bin" / "python"
    install = [*uv, "pip", "install", "--python", python, wheel]
    install += ["--constraints", ROOT / ".ci" / "constraints.txt"]
    # what `make` has just installed is in uv's cache: a network is seldom needed
    if run([*install, "--offline"], folder, is_checked=False).returncode != 0:
        run(install, folder)
    return python


def test_wheel_carries_notebooks_and_templates(wheel: Path) -> None:
    """Everything in `workbook/` and `templates/` ships, and nothing of the tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {
        f"journeykit/_shipped/{path.relative_to(ROOT).as_posix()}"
        for part in ("workbook", "templates")
        for path in (ROOT / part).rglob("*")
        if path.is_file() and not {".ipynb_checkpoints", "__pycache__"} & {*path.parts}
    }

    assert set() == expected - names
    assert [] == [name for name in names if name.startswith("tests")]


def test_installed_package_finds_what_it_carries(python: Path, tmp_path: Path) -> None:
    """The templates are found inside the package, from any folder."""
    code = "from journeykit.shipped import folder; print(folder('templates'))"
    found = Path(run([python, "-c", code], tmp_path).stdout.strip())

    assert ("_shipped", "templates") == found.parts[-2:]
    assert python.parents[1] in found.parents


def test_installed_demo_writes_its_report(python: Path, tmp_path: Path) -> None:
    """`journeykit demo` of the wheel ends with a report that needs no network."""
    command = python.with_name("journeykit")

    run([command, "demo", "--out", tmp_path / "reports"], tmp_path)

    pages = sorted((tmp_path / "reports").rglob("*.html"))
    assert pages
    text = pages[0].read_text(encoding="utf-8")
    assert [] == outside_addresses(text)
    for number in ("39.8 (37.2 to 42.4)", "2,746"):
        assert number in text
