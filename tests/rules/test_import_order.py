"""A part of the package imports only parts that stand above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_tree import ROOT, dotted_name, module_name, modules, plant

# From the top. Parts on one line know each other only where they are joined by "&".
ORDER = (
    ("errors & vocabulary & definitions & text & shipped & language",),
    ("model",),
    ("layout",),
    ("measure", "check"),
    ("store",),
    ("exchange",),
    # workshop_data: its tables; workplace: which workshop a notebook opens
    ("workshop & workshop_data & workplace",),
    ("show",),
    ("report",),
    ("live",),
    # lab: the command of that name
    (
        "cli & cli_data & cli_report & cli_check & cli_template & lab"
        " & __main__ & __init__",
    ),
)
GROUPS = {
    part: (level, group)
    for level, groups in enumerate(ORDER)
    for group in groups
    for part in group.split(" & ")
}

# These compute; they know no notebook, picture, database or file.
PURE = ("model", "layout", "measure", "check")
IMPURE_PACKAGES = {
    *("IPython", "altair", "anywidget", "ipykernel", "ipywidgets", "jinja2"),
    *("jupyter_client", "jupyter_server", "jupyterlab", "nbconvert", "nbformat"),
    *("papermill", "tornado", "typer", "rich", "vl_convert"),
    *("sqlalchemy", "sqlite3", "apsw", "psycopg", "duckdb"),
    *("pathlib", "os", "io", "shutil", "tempfile", "glob", "filelock"),
    *("socket", "urllib", "http", "subprocess"),
}


def part_of(name: str) -> str:
    """Return the part that a module belongs to: ``journeykit.store.chain`` is store."""
    return name.split(".")[1] if "." in name else "__init__"


def imported(
    tree: ast.Module, importer: str, *, is_package: bool
) -> Iterator[tuple[int, str]]:
    """Yield line and name of each module that is imported, inside functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = node.module or ""
            if node.level:
                package = importer.split(".")
                above = node.level - (1 if is_package else 0)
                package = package[: len(package) - above]
                origin = ".".join([*package, *filter(None, [node.module])])
            if origin == "journeykit":
                # `from journeykit import text` is the module, another name the package
                for alias in node.names:
                    known = f".{alias.name}" if alias.name in GROUPS else ""
                    yield node.lineno, f"journeykit{known}"
            else:
                yield node.lineno, origin
        elif isinstance(node, ast.Call) and node.args:
            called = dotted_name(node.func).split(".")[-1]
            first = node.args[0]
            if called in {"import_module", "__import__"} and isinstance(
                first, ast.Constant
            ):
                yield node.lineno, str(first.value)


def findings(root: Path) -> list[str]:
    """Return each import that the drawing of the house forbids."""
    found = []
    for path, tree in modules(root):
        name = module_name(path, root)
        part = part_of(name)
        where = path.relative_to(root)
        if part not in GROUPS:
            found.append(f"{where}: {part} is not in the drawing of the house")
            continue
        is_package = path.name == "__init__.py"
        for line, target in imported(tree, name, is_package=is_package):
            package = target.split(".")[0]
            if part in PURE and package in IMPURE_PACKAGES:
                found.append(f"{where}:{line}: {part} is pure, but imports {package}")
            if package != "journeykit" or part_of(target) == part:
                continue
            other = part_of(target)
            if other not in GROUPS:
                found.append(f"{where}:{line}: {target} is not in the house")
                continue
            (level, group), (level_of_other, group_of_other) = (
                GROUPS[part],
                GROUPS[other],
            )
            if group != group_of_other and level_of_other >= level:
                found.append(
                    f"{where}:{line}: {part} imports {target}, which does not stand "
                    "above it"
                )
    return found


def test_package_keeps_the_order() -> None:
    """Every import of the package points upwards."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(
    ("file", "line", "expected"),
    [
        ("model/a.py", "from journeykit.store import b", "model imports"),
        ("model/a.py", "import journeykit.show.b", "model imports"),
        ("measure/a.py", "from journeykit.check.b import c", "measure imports"),
        ("check/a.py", "from journeykit.measure.b import c", "check imports"),
        # a function may import late, but not from below
        ("store/a.py", "def f():\n    from journeykit.report import b", "store imp"),
        ("text.py", "if TYPE_CHECKING:\n    from journeykit import model", "text im"),
        ("layout/a.py", "from ..measure import b", "layout imports"),
        ("layout/__init__.py", "from ..measure import b", "layout imports"),
        ("store/a.py", "from .. import cli", "store imports"),
        ("store/a.py", "from journeykit import open", "store imports journeykit,"),
        ("store/a.py", "import_module('journeykit.live.page')", "store imports"),
        ("measure/a.py", "import sqlite3", "is pure"),
        ("model/a.py", "def f():\n    from pathlib import Path", "is pure"),
        ("helpers.py", "", "helpers is not in the drawing"),
        ("cli.py", "import journeykit.utils", "journeykit.utils is not in the house"),
    ],
)
def test_planted_import_is_found(
    tmp_path: Path, file: str, line: str, expected: str
) -> None:
    """An import against the order is found, however it is written."""
    found = findings(plant(tmp_path, {f"journeykit/{file}": line}))

    assert 1 == len(found)
    assert expected in found[0]


def test_imports_from_above_are_allowed(tmp_path: Path) -> None:
    """Neighbours of one part, parts above, and the outside world are fine."""
    files = {
        "__init__.py": "def open():\n    from journeykit.workshop import b",
        "text.py": "from journeykit.errors import b",
        "store/a.py": "from .b import c\nfrom journeykit import text\nimport sqlite3",
        "cli.py": "import journeykit",
        "live/a.py": "from ..report import b",
    }
    tree = plant(tmp_path, {f"journeykit/{k}": v for k, v in files.items()})

    assert [] == findings(tree)
