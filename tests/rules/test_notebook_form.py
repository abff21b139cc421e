"""A notebook tells and shows: it has the agreed order and holds no logic."""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from pathlib import Path
from typing import Any

import pytest
from source_tree import ROOT, code_cells, notebooks, plant

MOST_LINES = 12
NAME = re.compile(r"[0-9]{2}(_[a-z0-9]+)+\.ipynb")
LOGIC = {
    ast.FunctionDef: "def",
    ast.AsyncFunctionDef: "def",
    ast.ClassDef: "class",
    ast.For: "loop",
    ast.AsyncFor: "loop",
    ast.While: "loop",
    ast.Try: "try",
    ast.TryStar: "try",
    ast.Lambda: "lambda",
}
MAGIC = re.compile(r"^\s*[%!?]|^[^#\n]*\?\s*$|get_ipython\s*\(", re.MULTILINE)
INSTALL = re.compile(r"\b(pip|conda|mamba|uv)\b.{0,20}\binstall\b|\bmicropip\b")


def is_parameters(cell: dict[str, Any]) -> bool:
    """Say whether a cell carries the tag by which papermill finds it."""
    return "parameters" in cell.get("metadata", {}).get("tags", [])


def about_code(source: str) -> list[str]:
    """Return what a code cell holds that belongs in the package."""
    found = []
    n_lines = len([line for line in source.splitlines() if line.strip()])
    if n_lines > MOST_LINES:
        found.append(f"{n_lines} lines, more than {MOST_LINES}")
    if MAGIC.search(source):
        return [*found, "holds a magic"]
    if INSTALL.search(source):
        found.append("installs something")
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        return [*found, f"is no Python: {error.msg}"]
    words = {LOGIC[type(node)] for node in ast.walk(tree) if type(node) in LOGIC}
    return found + [f"holds a {word}" for word in sorted(words)]


def about_parameters(source: str) -> list[str]:
    """Return which parameters are not annotated, commented literals."""
    found = []
    commented = {
        token.start[0]
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.AnnAssign) and node.value):
            found.append(f"`{ast.unparse(node)}` is not `name: type = value  # why`")
            continue
        name = ast.unparse(node.target)
        try:
            ast.literal_eval(node.value)
        except ValueError:
            found.append(f"{name} is derived, and would keep its old value")
        if node.end_lineno not in commented:
            found.append(f"{name} has no comment")
    return found


def about_order(notebook: dict[str, Any]) -> list[str]:
    """Return where the order title, parameters, imports and workshop, steps fails."""
    cells = notebook["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    found = []
    if not (
        cells and kinds[0] == "markdown" and "".join(cells[0]["source"])[:2] == "# "
    ):
        found.append("cell 1: a notebook begins with its title")
    for number, kind in enumerate(kinds, start=1):
        if kind == "code" and kinds[max(number - 2, 0)] != "markdown":
            found.append(
                f"cell {number}: no Markdown cell for the participants before it"
            )
    numbers = [number for number, kind in enumerate(kinds, start=1) if kind == "code"]
    if numbers and not is_parameters(cells[numbers[0] - 1]):
        found.append(
            f"cell {numbers[0]}: the first code cell is not the parameters cell"
        )
    for position, (number, source) in enumerate(code_cells(notebook)):
        has_import = re.search(r"^\s*(import|from)\s", source, re.MULTILINE)
        if position == 1 and not (has_import and "journeykit" in source):
            found.append(f"cell {number}: the second code cell opens the workshop")
        if position > 1 and has_import:
            found.append(f"cell {number}: imports stand in the second code cell")
    return found


def findings(root: Path) -> list[str]:
    """Return where notebooks of *root* have not the agreed form."""
    found = []
    for path, notebook in notebooks(root):
        about = []
        parameters = [cell for cell in notebook["cells"] if is_parameters(cell)]
        if len(parameters) != 1:
            about.append(f"{len(parameters)} cells are tagged `parameters`, not one")
        for cell in parameters:
            about += about_parameters("".join(cell["source"]))
        for number, source in code_cells(notebook):
            about += [f"cell {number} {word}" for word in about_code(source)]
        kernel = notebook["metadata"].get("kernelspec", {}).get("name")
        if kernel != "python3":
            about.append(f"the kernel is {kernel}, not python3")
        ids = [cell.get("id") for cell in notebook["cells"]]
        if None in ids or len(set(ids)) != len(ids):
            about.append("a cell has no id of its own")
        # a report notebook is not shown as it is: only the workbook has readers
        if path.is_relative_to(root / "workbook"):
            about += about_order(notebook)
            if not NAME.fullmatch(path.name):
                about.append("is not named like 02_stages_and_touchpoints.ipynb")
        found += [f"{path.relative_to(root)}: {word}" for word in about]
    return found


def test_notebooks_have_the_agreed_form() -> None:
    """Each notebook of the workbook and of the templates follows the rules."""
    assert [] == findings(ROOT)


TITLE = ("markdown", "# Welcome\n\nWhat this is for.")
PARAMETERS = ("parameters", 'stage: str = "buy"  # stage to discuss')
WORDS = ("markdown", "First we open the workshop.")
OPENING = ("code", "import journeykit\nworkshop = journeykit.open(path)")
GOOD = [TITLE, PARAMETERS, WORDS, OPENING, WORDS, ("code", "workshop.document()")]


def notebook_of(cells: list[tuple[str, str]], kernel: str = "python3") -> str:
    """Return a notebook file with these cells; ``parameters`` is a tagged code cell."""
    made = []
    for number, (kind, source) in enumerate(cells):
        tags = {"tags": ["parameters"]} if kind == "parameters" else {}
        cell_type = "markdown" if kind == "markdown" else "code"
        cell = {"id": f"c{number}", "cell_type": cell_type, "metadata": tags}
        made.append({**cell, "source": source.splitlines(keepends=True)})
    metadata = {"kernelspec": {"name": kernel}}
    return json.dumps({"cells": made, "metadata": metadata})


def test_notebook_in_good_form_has_no_findings(tmp_path: Path) -> None:
    """Title, parameters, opening and steps, with words before each code cell."""
    tree = plant(tmp_path, {"workbook/00_welcome.ipynb": notebook_of(GOOD)})

    assert [] == findings(tree)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f():\n    pass", "holds a def"),
        ("class A:\n    pass", "holds a class"),
        ("for a in b:\n    c(a)", "holds a loop"),
        ("while a:\n    b()", "holds a loop"),
        ("try:\n    a()\nexcept OSError:\n    b()", "holds a try"),
        ("a(key=lambda b: b)", "holds a lambda"),
        ("%matplotlib inline", "holds a magic"),
        ("!ls", "holds a magic"),
        ("workshop.add?", "holds a magic"),
        ("get_ipython().system('ls')", "holds a magic"),
        ("# then pip install this", "installs something"),
        ("a()\n" * 13, "13 lines"),
        ("a(", "is no Python"),
        ("import pandas", "imports stand in the second"),
    ],
)
def test_planted_logic_is_found(tmp_path: Path, code: str, expected: str) -> None:
    """What a step may not hold is found, in the cell where it stands."""
    text = notebook_of([*GOOD, WORDS, ("code", code)])

    found = findings(plant(tmp_path, {"workbook/00_welcome.ipynb": text}))

    assert 1 == len(found)
    assert "cell 8" in found[0]
    assert expected in found[0]


@pytest.mark.parametrize(
    ("parameter", "expected"),
    [
        ('stage = "buy"  # stage', "is not `name: type = value"),
        ('stage: str = "buy"', "stage has no comment"),
        ("n: int = 2 * days  # derived", "n is derived"),
        ("import os  # no", "is not `name: type = value"),
    ],
)
def test_planted_parameter_is_found(
    tmp_path: Path, parameter: str, expected: str
) -> None:
    """A parameter is an annotated literal with a comment, and nothing derived."""
    text = notebook_of([TITLE, ("parameters", parameter), *GOOD[2:]])

    found = findings(plant(tmp_path, {"workbook/00_welcome.ipynb": text}))

    assert 1 == len(found)
    assert expected in found[0]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([WORDS, *GOOD[1:]], "begins with its title"),
        ([*GOOD, ("code", "a()")], "cell 7: no Markdown cell"),
        ([TITLE, OPENING, WORDS, PARAMETERS], "is not the parameters cell"),
        ([TITLE, PARAMETERS, WORDS, ("code", "a()")], "opens the workshop"),
        ([*GOOD, WORDS, PARAMETERS], "2 cells are tagged"),
        ([TITLE], "0 cells are tagged"),
    ],
)
def test_planted_disorder_is_found(
    tmp_path: Path, cells: list[tuple[str, str]], expected: str
) -> None:
    """A notebook whose cells stand in another order is found."""
    tree = plant(tmp_path, {"workbook/00_welcome.ipynb": notebook_of(cells)})

    assert [f for f in findings(tree) if expected in f]


def test_planted_name_and_kernel_are_found(tmp_path: Path) -> None:
    """A notebook without number, or made for another kernel, is found."""
    text = notebook_of(GOOD, kernel="ir")

    expected = [
        "workbook/Welcome.ipynb: the kernel is ir, not python3",
        "workbook/Welcome.ipynb: is not named like 02_stages_and_touchpoints.ipynb",
    ]
    assert expected == findings(plant(tmp_path, {"workbook/Welcome.ipynb": text}))


def test_report_notebook_needs_no_words_before_each_cell(tmp_path: Path) -> None:
    """Its cells make a page; what they may hold is the same."""
    cells = [PARAMETERS, OPENING, ("code", "for a in b:\n    c(a)")]

    found = findings(plant(tmp_path, {"templates/report.ipynb": notebook_of(cells)}))

    assert ["templates/report.ipynb: cell 3 holds a loop"] == found
