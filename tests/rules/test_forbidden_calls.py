"""Calls that run a stranger's script, open a stranger's pickle or lose an edit."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from source_tree import ROOT, code_cells, dotted_name, modules, notebooks, plant

MARKUP = "people's text as HTML"
STORED_CODE = "runs what is stored"
# Last part of a called or imported name, and why it is forbidden.
BY_LAST_NAME = {
    "HTML": MARKUP,
    "HTMLMath": MARKUP,
    "mark_image": "loads a picture from an address in the data",
    "read_pickle": STORED_CODE,
    "to_pickle": STORED_CODE,
}
BY_FULL_NAME = {
    "eval": "runs text as code",
    "exec": "runs text as code",
    "yaml.load": STORED_CODE,
    "yaml.load_all": STORED_CODE,
    "yaml.unsafe_load": STORED_CODE,
    "yaml.full_load": STORED_CODE,
    "jinja2.Template": "escapes nothing; use an Environment with autoescape",
    "nh3.clean": "its defaults load pictures",
}
MODULES = {"pickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
SWITCHES = {
    "escape": (False, MARKUP),
    "autoescape": (False, MARKUP),
    "allow_pickle": (True, STORED_CODE),
    "sanitize_html": (False, MARKUP),
}
WRITES = {"write", "write_row", "write_column", "write_formula", "write_url"}
CELL_ARGUMENTS = 3
# 98 % of edits failed with it under 30 writers. A bare BEGIN may be a reader's.
DEFERRED = re.compile(r".*\bBEGIN\s+DEFERRED\b", re.DOTALL)
IN_SCRIPT = re.compile(
    r"\.(?:inner|outer)HTML\s*\+?=|insertAdjacentHTML|document\.write|\beval\s*\("
    r"|new\s+Function\s*\(|setHTMLUnsafe|createContextualFragment"
)


def is_inside_the_book(node: ast.Call) -> bool:
    """Return whether a link is written that can lead nowhere but to another sheet."""
    address = node.args[2] if len(node.args) >= CELL_ARGUMENTS else None
    start = address.values[0] if isinstance(address, ast.JoinedStr) else address
    text = start.value if isinstance(start, ast.Constant) else ""
    return str(text).startswith("internal:")


def in_call(node: ast.Call) -> Iterator[str]:
    """Yield why a call is forbidden."""
    name = dotted_name(node.func)
    last = name.split(".")[-1]
    if last in BY_LAST_NAME:
        yield f"{name}: {BY_LAST_NAME[last]}"
    elif name in BY_FULL_NAME:
        yield f"{name}: {BY_FULL_NAME[name]}"
    if last in WRITES and isinstance(node.func, ast.Attribute):
        receiver = dotted_name(node.func.value).lower()
        # `write` guesses formulas and links; a file's `write` takes one argument
        is_cell = "sheet" in receiver or len(node.args) >= CELL_ARGUMENTS
        if is_cell and not is_inside_the_book(node):
            yield f"{name}: use write_string or write_number"
    for keyword in node.keywords:
        forbidden, why = SWITCHES.get(keyword.arg or "", (None, ""))
        if (
            why
            and isinstance(keyword.value, ast.Constant)
            and keyword.value.value is forbidden
        ):
            yield f"{keyword.arg}={forbidden}: {why}"


def in_tree(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and reason of each forbidden call, import or statement of SQL."""
    prose = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from ((node.lineno, why) for why in in_call(node))
        elif isinstance(node, ast.Import | ast.ImportFrom):
            origin = getattr(node, "module", None) or ""
            for alias in node.names:
                full = f"{origin}.{alias.name}".strip(".")
                if full.split(".")[0] in MODULES:
                    yield node.lineno, f"{full}: {STORED_CODE}"
                elif alias.name in BY_LAST_NAME:
                    yield node.lineno, f"{full}: {BY_LAST_NAME[alias.name]}"
                elif full in BY_FULL_NAME:
                    yield node.lineno, f"{full}: {BY_FULL_NAME[full]}"
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in prose
            and DEFERRED.match(node.value.upper())
        ):
            yield node.lineno, "BEGIN DEFERRED: use BEGIN IMMEDIATE"


def findings(root: Path) -> list[str]:
    """Return forbidden calls in the package, the notebooks and the boards' scripts."""
    found = []
    for path, tree in modules(root):
        where = path.relative_to(root)
        found += [f"{where}:{line}: {why}" for line, why in in_tree(tree)]
    for path, notebook in notebooks(root):
        where = path.relative_to(root)
        for number, source in code_cells(notebook):
            lines = in_tree(ast.parse(source))
            found += [f"{where}: cell {number}: {why}" for _, why in lines]
    for part in ("journeykit", "templates"):
        for path in sorted((root / part).rglob("*.js")):
            for match in IN_SCRIPT.finditer(path.read_text(encoding="utf-8")):
                found.append(f"{path.relative_to(root)}: {match[0]}: {MARKUP}")
    return found


def test_package_makes_no_forbidden_call() -> None:
    """None of the known traps is in the package, the notebooks or the boards."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ipywidgets.HTML(note)", "ipywidgets.HTML: people's text"),
        ("widgets.HTMLMath(value=note)", "people's text"),
        ("display(HTML(note))", "HTML: people's text"),
        ("from IPython.display import HTML", "IPython.display.HTML"),
        ("from ipywidgets import HTML as words", "ipywidgets.HTML"),
        ("frame.to_html(escape=False)", "escape=False"),
        ("Environment(autoescape=False)", "autoescape=False"),
        ("jinja2.Template(page)", "jinja2.Template"),
        ("from jinja2 import Template", "jinja2.Template"),
        ("chart.mark_image()", "mark_image"),
        ("yaml.load(text)", "yaml.load: runs"),
        ("from yaml import load", "yaml.load: runs"),
        ("import pickle", "pickle: runs"),
        ("from pickle import loads", "pickle.loads: runs"),
        ("pandas.read_pickle(path)", "read_pickle"),
        ("numpy.load(path, allow_pickle=True)", "allow_pickle=True"),
        ("eval(text)", "eval: runs text"),
        ("exec(text)", "exec: runs text"),
        ("worksheet.write('A1', note)", "use write_string"),
        ("page.write(0, 0, note)", "use write_string"),
        ("self.sheet.write_row(0, 0, notes)", "use write_string"),
        ("execute('begin deferred')", "BEGIN IMMEDIATE"),
        ("SQL = f'BEGIN  DEFERRED {mode}'", "BEGIN IMMEDIATE"),
    ],
)
def test_planted_call_is_found(tmp_path: Path, code: str, expected: str) -> None:
    """Each trap is found, in a module and in a notebook."""
    cell = {"cell_type": "code", "source": [code]}
    notebook = json.dumps({"cells": [cell], "metadata": {}})
    files = {"journeykit/text.py": code, "workbook/00_a.ipynb": notebook}

    found = findings(plant(tmp_path, files))

    assert 2 == len(found)
    assert all(expected in finding for finding in found)


def test_lookalikes_are_allowed(tmp_path: Path) -> None:
    """What is safe has the same words in it."""
    code = '''"""BEGIN DEFERRED failed, so it is not used."""
file.write(text)
worksheet.write_string(0, 0, note)
yaml.safe_load(text)
re.compile(text)
frame.query(text)
execute("BEGIN IMMEDIATE")
element.eval
frame.to_html(escape=True)
'''

    assert [] == findings(plant(tmp_path, {"journeykit/text.py": code}))


@pytest.mark.parametrize(
    "code",
    [
        "card.innerHTML = note",
        "card.insertAdjacentHTML('beforeend', note)",
        "document.write(note)",
        "eval(note)",
        "new Function(note)",
    ],
)
def test_planted_markup_in_a_board_is_found(tmp_path: Path, code: str) -> None:
    """Boards put people's text into the page as text."""
    tree = plant(tmp_path, {"journeykit/show/static/board.js": code})

    assert 1 == len(findings(tree))


@pytest.mark.parametrize(
    ("address", "is_found"),
    [("f\"internal:'{name}'!A1\"", False), ("name", True), ("f'{name}'", True)],
)
def test_links_lead_to_sheets_only(address: str, is_found: bool) -> None:
    """A spreadsheet's link is written by us and stays in the book."""
    tree = ast.parse(f"sheet.write_url(0, 0, {address})")

    assert is_found == bool(list(in_tree(tree)))


def test_board_may_write_text(tmp_path: Path) -> None:
    """``textContent`` and nodes carry words, never markup."""
    code = "card.textContent = note; card.replaceChildren(title)"
    tree = plant(tmp_path, {"journeykit/show/static/board.js": code})

    assert [] == findings(tree)
