"""What the rules read: modules, notebooks and pages of a tree, as syntax or text."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

__all__ = [
    "ROOT",
    "code_cells",
    "dotted_name",
    "module_name",
    "modules",
    "notebooks",
    "plant",
]

ROOT = Path(__file__).resolve().parents[1]
"""The clone that is tested."""


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Yield each module of the package below *root*, with its syntax tree."""
    for path in sorted((root / "journeykit").rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"), str(path))


def module_name(path: Path, root: Path) -> str:
    """Return the dotted name of a module of the package."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def dotted_name(node: ast.AST) -> str:
    """Return ``a.b.c`` for names and attributes, and ``""`` for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted_name(node.value)
        return f"{left}.{node.attr}" if left else node.attr
    return ""


def notebooks(root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield each notebook of the workbook and the templates, parsed."""
    for part in ("workbook", "templates"):
        for path in sorted((root / part).rglob("*.ipynb")):
            if ".ipynb_checkpoints" not in path.parts:
                yield path, json.loads(path.read_text(encoding="utf-8"))


def code_cells(notebook: dict[str, Any]) -> list[tuple[int, str]]:
    """Return number and source of each code cell, numbered from 1 among all cells."""
    return [
        (number, "".join(cell["source"]))
        for number, cell in enumerate(notebook["cells"], start=1)
        if cell["cell_type"] == "code"
    ]


def plant(root: Path, files: dict[str, str]) -> Path:
    """Write *files* below *root*, as a small tree to try a rule on."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
