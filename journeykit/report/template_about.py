"""What a report template is, in one sentence: that of the class it is made with."""

from __future__ import annotations

import ast
import re
from importlib.util import find_spec
from pathlib import Path

import nbformat

from journeykit.errors import InputError

__all__ = ["about"]


def about(notebook: Path) -> str:
    """Return the sentence, nothing being run; empty if there is none.

    Raises
    ------
    InputError
        If it is no notebook.
    """
    try:
        book = nbformat.reads(notebook.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InputError(
            "a notebook was expected, this is none", str(notebook)
        ) from error
    for cell in book.cells:
        if cell.cell_type == "code":
            for module, name in _classes(cell.source):
                if said := _summary(module, name):
                    return said
    return ""


def _classes(source: str) -> list[tuple[str, str]]:
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return []
    return [
        (one.module, alias.name)
        for one in statements
        if isinstance(one, ast.ImportFrom) and one.module and not one.level
        for alias in one.names
        if one.module.startswith("journeykit.report.") and alias.name[0].isupper()
    ]


def _summary(module: str, name: str) -> str:
    found = find_spec(module)
    if found is None or found.origin is None:
        return ""
    tree = ast.parse(Path(found.origin).read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            said = ast.get_docstring(node) or ""
            # What follows a semicolon is for programmers.
            first = re.split(r"\n\n|;", said, maxsplit=1)[0]
            return " ".join(first.split()).rstrip(".") + "."
    return ""
