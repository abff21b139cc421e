"""Parameters of a report notebook, read strictly: papermill itself takes anything.

papermill runs on with a misspelled name and the default, and lets names, tuples and
bytes become code. Here the cell tagged ``parameters`` is parsed (nothing is run), names
and types are closed, and values are what JSON can say. Asking papermill for the
parameters was turned down: it reads lines by a pattern, knows types only as text and
refuses nothing.
"""

from __future__ import annotations

import ast
import io
import json
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from journeykit.errors import InputError, UnknownNameError
from journeykit.text import clean_text

__all__ = ["Parameter", "check_parameters", "parameters_of", "values_from_text"]

_PLAIN = {"str", "int", "float", "bool", "None"}
_EXAMPLE = 'stage: str = "purchase"  # stage to discuss'


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a report notebook.

    Parameters
    ----------
    name
        As it is given.
    type
        As the notebook declares it: ``str``, ``int``, ``float``, ``bool``, ``list[…]``,
        ``dict[str, …]``, ``Literal[…]``, and any of them or ``None`` joined by ``|``.
    default
        Its value in the notebook.
    help
        The comment behind it.
    """

    name: str
    type: str
    default: Any
    help: str


def _notebook(notebook: str | Path | Mapping[str, Any]) -> tuple[Any, str]:
    if isinstance(notebook, Mapping):
        return notebook, "the notebook"
    path = Path(notebook)
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"a notebook was expected ({error.strerror})", str(path)
        ) from error
    try:
        return nbformat.reads(text, as_version=4), path.name  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError) as error:
        raise InputError("a notebook was expected, this is none", str(path)) from error


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {
        token.start[0]: token.string.lstrip("#").strip()
        for token in tokens
        if token.type == tokenize.COMMENT
    }


def _check_type(node: ast.expr, where: str) -> None:
    match node:
        case ast.Name(id=name) if name in _PLAIN:
            return
        case ast.Constant(value=None):
            return
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            _check_type(left, where)
            _check_type(right, where)
            return
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            _check_type(inner, where)
            return
        case ast.Subscript(
            value=ast.Name(id="dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), inner])
        ):
            _check_type(inner, where)
            return
        case ast.Subscript(value=ast.Name(id="Literal")):
            return
    raise InputError(
        "a type of str, int, float, bool, None, list[...], dict[str, ...] or "
        f"Literal[...] was expected, found {ast.unparse(node)}",
        where,
    )


def _choices(node: ast.expr) -> list[Any]:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    return [ast.literal_eval(part) for part in parts]


def _is_plain(value: Any, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "bool"
    types = {"str": str, "int": int, "float": int | float, "None": type(None)}
    return kind in types and isinstance(value, types[kind])


def _fits(value: Any, node: ast.expr) -> bool:
    is_fit = False
    match node:
        case ast.Constant(value=None):
            is_fit = value is None
        case ast.Name(id=name):
            is_fit = _is_plain(value, name)
        case ast.BinOp(left=left, right=right):
            is_fit = _fits(value, left) or _fits(value, right)
        case ast.Subscript(value=ast.Name(id="list"), slice=inner):
            is_fit = isinstance(value, list) and all(_fits(one, inner) for one in value)
        case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, inner])):
            is_fit = isinstance(value, dict) and all(
                _fits(one, inner) for one in value.values()
            )
        case ast.Subscript(slice=inner):
            is_fit = any(
                value == choice and type(value) is type(choice)
                for choice in _choices(inner)
            )
    return is_fit


def _read(statement: ast.stmt, comments: Mapping[int, str], where: str) -> Parameter:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=kind, value=ast.expr()):
            value = statement.value
        case _:
            raise InputError(
                f"annotated literals were expected in the parameters cell, such as "
                f"{_EXAMPLE}; found {ast.unparse(statement)[:80]!r}",
                where,
            )
    _check_type(kind, where)
    assert value is not None
    try:
        default = ast.literal_eval(value)
    except ValueError as error:
        raise InputError(
            f"a literal was expected for {name}, found {ast.unparse(value)[:80]!r}",
            where,
            "A value computed here keeps its old value when the parameter is given",
        ) from error
    if not _fits(default, kind):
        raise InputError(
            f"{name} is declared as {ast.unparse(kind)} but its default is {default!r}",
            where,
        )
    help_text = comments.get(statement.end_lineno or statement.lineno, "")
    return Parameter(name, ast.unparse(kind), default, help_text)


def parameters_of(notebook: str | Path | Mapping[str, Any]) -> tuple[Parameter, ...]:
    """Return the parameters that a report notebook declares. Nothing in it is run.

    Parameters
    ----------
    notebook
        Path of the notebook, or the notebook itself.

    Returns
    -------
    tuple of Parameter
        In the order of the cell tagged ``parameters``; empty without such a cell.

    Raises
    ------
    InputError
        If it is no notebook, if two cells are tagged, or if the cell holds anything but
        annotated literals.

    Examples
    --------
    >>> cell = nbformat.v4.new_code_cell('persona: str = "all"  # whose journey')
    >>> cell.metadata["tags"] = ["parameters"]
    >>> parameters_of(nbformat.v4.new_notebook(cells=[cell]))
    (Parameter(name='persona', type='str', default='all', help='whose journey'),)
    """
    book, where = _notebook(notebook)
    tagged = [
        (number, cell)
        for number, cell in enumerate(book["cells"], start=1)
        if cell["cell_type"] == "code"
        and "parameters" in cell.get("metadata", {}).get("tags", [])
    ]
    if not tagged:
        return ()
    if len(tagged) > 1:
        raise InputError("one cell tagged parameters was expected, found more", where)
    number, cell = tagged[0]
    place = f"{where}, cell {number}"
    source = cell["source"]
    try:
        tree, comments = ast.parse(source), _comments(source)
    except (SyntaxError, tokenize.TokenError) as error:
        raise InputError(
            f"the parameters cell cannot be read ({error})", place
        ) from error
    return tuple(_read(statement, comments, place) for statement in tree.body)


def _plain(name: str, value: Any, where: str) -> Any:
    try:
        text = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{name} must be text, a number, true, false, none, a list or a dict of "
            f"these; found {type(value).__name__} ({error})",
            where,
        ) from error
    plain = json.loads(text)
    if plain != value:
        raise InputError(
            f"{name} would change on its way into the notebook: a list instead of a "
            "tuple and text as keys were expected",
            where,
        )
    return plain


def _check_texts(name: str, value: Any, where: str) -> None:
    match value:
        case str():
            if clean_text(value).n_removed:
                raise InputError(f"{name} holds control characters", where)
        case list():
            for item in value:
                _check_texts(name, item, where)
        case dict():
            for key, item in value.items():
                _check_texts(name, key, where)
                _check_texts(name, item, where)


def check_parameters(
    notebook: str | Path | Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Return *values* as plain data if the notebook takes them as they are.

    Parameters
    ----------
    notebook
        Path of the notebook, or the notebook itself.
    values
        What is to be given, by name. What is left out keeps its default.

    Returns
    -------
    dict
        The same values, made of str, int, float, bool, None, list and dict only.

    Raises
    ------
    UnknownNameError
        If the notebook has no such parameter.
    InputError
        If a value has another type than declared, or is nothing that JSON can say
        (NaN, tuple, bytes, path, date).
    """
    declared = {parameter.name: parameter for parameter in parameters_of(notebook)}
    where = "the notebook" if isinstance(notebook, Mapping) else Path(notebook).name
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in declared:
            raise UnknownNameError("parameter", name, declared, where)
        plain = _plain(name, value, where)
        kind = declared[name].type
        if not _fits(plain, ast.parse(kind, mode="eval").body):
            raise InputError(f"{name} must be {kind}, found {value!r}", where)
        _check_texts(name, plain, where)
        checked[name] = plain
    return checked


def values_from_text(
    notebook: str | Path | Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return values typed as text (on a command line), each by its declared type.

    Parameters
    ----------
    notebook
        Path of the notebook, or the notebook itself.
    texts
        Names and what was typed. Where the parameter may be text, the text is kept as
        it is (``007`` stays ``007``); otherwise it is read as JSON.

    Returns
    -------
    dict
        As :func:`check_parameters` gives it.

    Raises
    ------
    UnknownNameError, InputError
        As :func:`check_parameters` does.
    """
    declared = {parameter.name: parameter for parameter in parameters_of(notebook)}
    values: dict[str, Any] = {}
    for name, text in texts.items():
        kind = declared[name].type if name in declared else "str"
        if _fits(text, ast.parse(kind, mode="eval").body):
            values[name] = text
            continue
        try:
            values[name] = json.loads(text)
        except ValueError as error:
            raise InputError(f"{name} must be {kind}, found {text!r}") from error
    return check_parameters(notebook, values)
