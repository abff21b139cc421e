"""Running a report with a real kernel: a whole page, or the notebook that failed."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
import pytest

from journeykit.errors import (
    FileProblemError,
    InputError,
    ReportError,
    UnknownNameError,
)
from journeykit.report.fast_start import start_fast
from journeykit.report.run import run_report, write_whole

GOOD = [
    "from journeykit.report import parts",
    "import sys",
    "parts.band(title, facts={'Slow': str('rfc3987_syntax.utils' in sys.modules)})",
]


def _notebook(folder: Path, sources: list[str]) -> Path:
    first = nbformat.v4.new_code_cell('title: str = "A"  # title of the page')
    first.metadata["tags"] = ["parameters"]
    cells = [first, *[nbformat.v4.new_code_cell(source) for source in sources]]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    path = folder / "report.ipynb"
    nbformat.write(book, path)
    return path


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_run_writes_one_page_with_its_parameters(tmp_path: Path) -> None:
    """The value given reaches the page; nothing else is left in the folder."""
    notebook = _notebook(tmp_path, GOOD)
    before = notebook.read_bytes()
    (page,) = run_report(
        notebook, {"title": "Airport <1>"}, tmp_path / "out" / "a.html"
    )

    html = page.read_text(encoding="utf-8")
    assert "<h1>Airport &lt;1&gt;</h1>" in html
    assert "<dd>False</dd>" in html  # the slow import was left out
    assert [page] == list((tmp_path / "out").iterdir())
    assert before == notebook.read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_failing_cell_leaves_the_notebook_marked(tmp_path: Path) -> None:
    """The error names the cell as the notebook counts; the old page stays."""
    notebook = _notebook(tmp_path, ["1 + 1", "1 / 0", "print('never')"])
    out = tmp_path / "a.html"
    out.write_text("the old page")

    with pytest.raises(ReportError, match="cell 3: ZeroDivisionError") as caught:
        run_report(notebook, {"title": "x"}, out)

    failed = nbformat.read(caught.value.notebook, as_version=4)
    assert str(tmp_path / "a.failed.ipynb") == caught.value.notebook
    assert "exception" in failed.cells[0].source.lower()
    assert "papermill-error-cell" in "".join(cell.source for cell in failed.cells[1:])
    assert "the old page" == out.read_text()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_endless_cell_is_ended(tmp_path: Path) -> None:
    """A cell that takes too long ends the report, with the cell named."""
    notebook = _notebook(tmp_path, ["while True: pass"])

    with pytest.raises(ReportError, match="cell 2") as caught:
        run_report(notebook, {}, tmp_path / "a.html", cell_seconds=1)

    assert Path(caught.value.notebook).exists()
    assert not (tmp_path / "a.html").exists()


def test_wrong_parameters_run_nothing(tmp_path: Path) -> None:
    """A misspelled name or a wrong type is refused before a kernel starts."""
    notebook = _notebook(tmp_path, ["open('ran', 'w')"])

    with pytest.raises(UnknownNameError, match="Did you mean 'title'"):
        run_report(notebook, {"titel": "x"}, tmp_path / "a.html")
    with pytest.raises(InputError, match="title must be str"):
        run_report(notebook, {"title": 7}, tmp_path / "a.html")
    assert [notebook] == list(tmp_path.iterdir())


def test_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """Where it cannot be written, what stood there stays and nothing is left over."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "inside").touch()

    with pytest.raises(FileProblemError, match="cannot be written"):
        write_whole(tmp_path / "folder", "text")
    assert [tmp_path / "folder"] == list(tmp_path.iterdir())


def test_lone_surrogate_leaves_no_half_file(tmp_path: Path) -> None:
    """A text that is no UTF-8 leaves nothing beside."""
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "a.html", "\ud800")
    assert [] == list(tmp_path.iterdir())


def test_fast_start_leaves_out_one_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the grammar of addresses is left out, and only if not yet there."""
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    start_fast()

    assert sys.modules["rfc3987_syntax"] is None
    monkeypatch.delitem(sys.modules, "rfc3987_syntax")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_failed_notebook_holds_no_password(tmp_path: Path) -> None:
    """A notebook kept for others names a workshop's address without its password."""
    notebook = _notebook(tmp_path, ["1 / 0"])

    with pytest.raises(ReportError, match="ZeroDivisionError"):
        run_report(
            notebook, {"title": "postgresql://ann:s3cret@host/db"}, tmp_path / "a.html"
        )

    kept = (tmp_path / "a.failed.ipynb").read_text(encoding="utf-8")
    assert "s3cret" not in kept
    assert "postgresql://ann:***@host/db" in kept
