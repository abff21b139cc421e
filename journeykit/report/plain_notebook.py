"""Which notebooks of a company's folder are run: plain ones, and trusted ones.

A template is code, and a folder with a logo may come from anybody. A notebook that only
puts our parts in order (as all of ours do) can do nothing else; every other is run when
Jupyter trusts it on this machine, as it does what was written here or was trusted with
``jupyter trust``. A switch in the folder was turned down: its sender would set it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nbformat

from journeykit.errors import InputError
from journeykit.report import parts
from journeykit.report.parameters import parameters_of
from journeykit.shipped import folder

__all__ = ["check_notebook", "trust", "what_is_not_plain"]

_PARTS = "parts"
_OPEN = "open"


def check_notebook(path: Path) -> None:
    """Refuse a notebook that is neither plain nor trusted here.

    Raises
    ------
    InputError
        If it holds code of its own that nobody on this machine has trusted.
    """
    try:
        book = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise InputError("a notebook was expected, this is none", str(path)) from error
    parameters_of(book)
    own = what_is_not_plain(book)
    if own and not _is_trusted(book):
        raise InputError(
            f"this notebook holds code of its own ({own}), and is not trusted on this "
            "machine",
            str(path),
            f"Read it; if you would run it, trust it: jupyter trust {path}",
        )


def _is_trusted(book: Any) -> bool:
    from nbformat.sign import NotebookNotary

    trusted: bool = NotebookNotary().check_signature(book)  # type: ignore[no-untyped-call]
    return trusted


def trust(book: Any) -> None:
    """Trust a notebook on this machine, as ``jupyter trust`` does."""
    from nbformat.sign import NotebookNotary

    NotebookNotary().sign(book)  # type: ignore[no-untyped-call]


def what_is_not_plain(book: Mapping[str, Any]) -> str:
    """Return the first line of code that does more than show parts; empty if none.

    Plain are the parameters, the imports that our own templates have, one report made
    from a class of ours, and calls of its parts with plain words.
    """
    reports: set[str] = set()
    names = {name for _, name in _own_imports()}
    for cell in book["cells"]:
        tags = cell.get("metadata", {}).get("tags", [])
        if cell["cell_type"] != "code" or "parameters" in tags:
            continue
        try:
            tree = ast.parse(cell["source"])
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return str(cell["source"])[:80].partition("\n")[0]
        for statement in tree.body:
            if not _is_plain(statement, names, reports):
                return ast.unparse(statement)[:80].partition("\n")[0]
    return ""


@cache
def _own_code() -> tuple[ast.Module, ...]:
    """Return the code of our own templates."""
    books = (
        nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        for path in (folder("templates") / "reports").glob("*.ipynb")
    )
    return tuple(
        ast.parse(cell.source)
        for book in books
        for cell in book.cells
        if cell.cell_type == "code"
    )


@cache
def _own_imports() -> frozenset[tuple[str, str]]:
    """Return module and name of all that our own templates import."""
    return frozenset(
        one for tree in _own_code() for line in tree.body for one in _imported(line)
    )


@cache
def _own_pages() -> frozenset[tuple[str, str]]:
    """Return the pages of a report and their parts, as our own templates show them."""
    return frozenset(
        (node.value.attr, node.attr)
        for tree in _own_code()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute)
    )


def _imported(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    match statement:
        case ast.Import(names=names):
            yield from (("", one.asname or one.name) for one in names)
        case ast.ImportFrom(module=module, names=names, level=level):
            yield from (
                (f"{'.' * level}{module}", one.name if not one.asname else one.asname)
                for one in names
            )


def _is_plain(statement: ast.stmt, names: set[str], reports: set[str]) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom():
            return set(_imported(statement)) <= _own_imports() and not any(
                one.asname for one in statement.names
            )
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as value):
            is_report = name not in names and _makes_report(value, names)
            reports |= {name} if is_report else set()
            return is_report
        case ast.Expr(value=ast.Call() as value):
            return _shows_part(value, {_PARTS, *reports})
    return False


def _makes_report(call: ast.Call, names: set[str]) -> bool:
    """Say whether a report is made from a class of ours, of workshops only read."""
    match call.func:
        case ast.Name(id=name) if name in names and name[0].isupper():
            return all(_is_given(one) for one in _arguments(call))
    return False


def _is_given(value: ast.expr) -> bool:
    match value:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="journeykit"), attr=attribute),
            args=[ast.Name()],
            keywords=[ast.keyword(arg="is_read_only", value=ast.Constant(value=True))],
        ):
            return attribute == _OPEN
    return _is_word(value)


def _shows_part(call: ast.Call, owners: set[str]) -> bool:
    """Say whether a part is shown: ``report.map()``, ``parts.section("Words")``."""
    match call.func:
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            known = parts.__all__ if owner == _PARTS else (name,)
            is_plain = owner in owners and name in known and not name.startswith("_")
        case ast.Attribute(
            value=ast.Attribute(value=ast.Name(id=owner), attr=page), attr=name
        ):
            is_plain = owner in owners and (page, name) in _own_pages()
        case ast.Attribute(value=ast.Call() as inner, attr="without_heading"):
            is_plain = _shows_part(inner, owners)
        case _:
            is_plain = False
    return is_plain and all(_is_word(one) for one in _arguments(call))


def _arguments(call: ast.Call) -> list[ast.expr]:
    return [*call.args, *(one.value for one in call.keywords)]


def _is_word(value: ast.expr) -> bool:
    match value:
        case ast.Constant() | ast.Name():
            return True
        case ast.List(elts=values) | ast.Tuple(elts=values):
            return all(_is_word(one) for one in values)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant()):
            return True
        case ast.Call(func=ast.Name(id="say")):
            return all(_is_word(one) for one in _arguments(value))
    return False
