"""Strict parameters: a closed list of names and types, and plain values only."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import nbformat
import pytest

from journeykit.errors import InputError, UnknownNameError
from journeykit.report.parameters import (
    Parameter,
    check_parameters,
    parameters_of,
    values_from_text,
)

SOURCE = """
workshop: str = "demo.journey"  # path or URL of the workshop
n_rows: int = 5  # rows to show
level: float = 0.95
is_short: bool = False  # leave the numbers out
persona: str | None = None  # whose journey; none for all
stages: list[str] = []  # only these
names: dict[str, int] = {}
kind: Literal["nps", "csat"] = "nps"
"""


def _book(source: str = SOURCE, *, n_tagged: int = 1) -> Any:
    cells = [nbformat.v4.new_markdown_cell("# Title")]
    for _ in range(n_tagged):
        cell = nbformat.v4.new_code_cell(source.strip())
        cell.metadata["tags"] = ["parameters"]
        cells.append(cell)
    return nbformat.v4.new_notebook(cells=cells)


def test_reads_name_type_default_and_help() -> None:
    """What the tagged cell declares is read without running it."""
    first, *_, last = parameters_of(_book())

    assert first == Parameter(
        "workshop", "str", "demo.journey", "path or URL of the workshop"
    )
    assert last == Parameter("kind", "Literal['nps', 'csat']", "nps", "")


def test_notebook_without_parameters_has_none() -> None:
    """A notebook without a tagged cell takes nothing."""
    assert () == parameters_of(_book(n_tagged=0))


def test_reads_a_file(tmp_path: Path) -> None:
    """A path is read as the notebook that stands there."""
    path = tmp_path / "a.ipynb"
    nbformat.write(_book("a: int = 1"), path)

    assert (Parameter("a", "int", 1, ""),) == parameters_of(path)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a = 1", "annotated literals"),
        ("a: int", "annotated literals"),
        ("import os", "annotated literals"),
        ("a: int = len('x')", "a literal was expected"),
        ("a: set[str] = set()", "a type of str"),
        ("a: object = 1", "a type of str"),
        ("a: int = 'x'", "declared as int"),
        ("a: int = True", "declared as int"),
        ("a: int = (", "cannot be read"),
    ],
)
def test_refuses_a_cell_of_anything_but_annotated_literals(
    source: str, words: str
) -> None:
    """Code in the parameters cell keeps its old value after injection."""
    with pytest.raises(InputError, match=words):
        parameters_of(_book(source))


def test_refuses_two_tagged_cells() -> None:
    """Two cells tagged parameters would make it a guess which one counts."""
    with pytest.raises(InputError, match="one cell tagged"):
        parameters_of(_book(n_tagged=2))


@pytest.mark.parametrize("text", ["", "{}", "no notebook"])
def test_refuses_what_is_no_notebook(tmp_path: Path, text: str) -> None:
    """A file that is none is refused by name, as is a missing one."""
    path = tmp_path / "a.ipynb"
    path.write_text(text)

    with pytest.raises(InputError, match=r"a\.ipynb"):
        parameters_of(path)
    with pytest.raises(InputError, match="No such file"):
        parameters_of(tmp_path / "none.ipynb")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("workshop", "007"),
        ("n_rows", -3),
        ("level", 1),
        ("level", 0.5),
        ("is_short", True),
        ("persona", None),
        ("persona", "leisure"),
        ("stages", ["a", "b"]),
        ("names", {"a": 1}),
        ("kind", "csat"),
    ],
)
def test_takes_what_is_declared(name: str, value: object) -> None:
    """A value of the declared type passes as it is."""
    assert {name: value} == check_parameters(_book(), {name: value})


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("workshop", 7, "workshop must be str"),
        ("n_rows", "7", "n_rows must be int"),
        ("n_rows", True, "n_rows must be int"),
        ("n_rows", 1.5, "n_rows must be int"),
        ("is_short", 1, "is_short must be bool"),
        ("persona", 1, r"persona must be str \| None"),
        ("stages", "a", r"stages must be list\[str\]"),
        ("stages", [1], r"stages must be list\[str\]"),
        ("names", {"a": "b"}, "names must be"),
        ("kind", "ces", "kind must be Literal"),
        ("level", float("nan"), "level must be text, a number"),
        ("level", float("inf"), "level must be text, a number"),
        ("stages", ("a",), "a list instead of a tuple"),
        ("names", {1: 1}, "text as keys"),
        ("workshop", b"x", "found bytes"),
        ("workshop", Path("x"), "found PosixPath|found WindowsPath"),
        ("workshop", dt.date(2025, 1, 1), "found date"),
        ("stages", {"a"}, "found set"),
        ("workshop", "a\x0bb", "control characters"),
        ("workshop", "\ud800", "control characters"),
        ("stages", ["\x00"], "control characters"),
        ("names", {"\x00": 1}, "control characters"),
    ],
)
def test_refuses_any_other_value(name: str, value: object, words: str) -> None:
    """A wrong type, or what JSON cannot say, is refused before anything runs."""
    with pytest.raises(InputError, match=words):
        check_parameters(_book(), {name: value})


def test_unknown_name_offers_the_nearest() -> None:
    """A misspelled name is refused, where papermill runs on with the default."""
    with pytest.raises(UnknownNameError, match="Did you mean 'persona'"):
        check_parameters(_book(), {"person": "x"})


def test_result_is_made_anew() -> None:
    """The caller's own lists are not handed on."""
    stages = ["a"]
    checked = check_parameters(_book(), {"stages": stages})

    assert stages is not checked["stages"]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("workshop", "007", "007"),
        ("n_rows", "7", 7),
        ("level", "0.9", 0.9),
        ("is_short", "true", True),
        ("stages", '["a"]', ["a"]),
        ("persona", "null", "null"),
        ("kind", "csat", "csat"),
    ],
)
def test_typed_text_is_read_by_the_declared_type(
    name: str, text: str, value: object
) -> None:
    """007 stays text where text is declared; 7 becomes a number where one is."""
    assert {name: value} == values_from_text(_book(), {name: text})


def test_typed_text_of_the_wrong_type_is_refused() -> None:
    """What cannot be read as the declared type is refused, not guessed."""
    with pytest.raises(InputError, match="n_rows must be int"):
        values_from_text(_book(), {"n_rows": "many"})
    with pytest.raises(UnknownNameError):
        values_from_text(_book(), {"rows": "7"})
