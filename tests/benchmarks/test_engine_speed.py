"""What many reports cost: a papermill loop, the warm engine, and no notebook at all."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import papermill
import psutil
import pytest
from benchmarks.figures import Figures

from journeykit.report import engine_server

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

N_REPORTS = 24
N_LOOP = 6  # papermill's own loop takes the same for each
N_LONG = 120

PARAMETERS = "number: int = 1  # of the report"
IMPORTS = "import altair as alt\nimport pandas as pd"
TABLE = (
    "table = pd.DataFrame({'touchpoint': [f'touchpoint {n}' for n in range(20)],\n"
    "    'csat': [(n * number) % 10 / 10 for n in range(20)], 'n': range(20)})"
)
CHART = (
    "alt.Chart(table).mark_bar().encode(\n"
    "    alt.X('csat:Q', title='CSAT'), alt.Y('touchpoint:N', sort=None),\n"
    "    alt.Color('n:Q'), alt.Tooltip('csat:Q')).properties(title='Chart {n}')"
)
KEPT = "kept = {}"
FILLED = (
    "display({{'application/vnd.vegalite.v6+json': {{**kept, 'title': 'Chart {n}',\n"
    "    'data': {{'values': table.to_dict('records')}}}}, 'text/plain': 'chart'}},\n"
    "    raw=True)"
)
MORE = ["table.head()", "table.describe()", "print(number, len(table))"]


def kept_specification() -> dict[str, Any]:
    """Return a chart's specification without its data."""
    names: dict[str, Any] = {"number": 1}
    exec(f"{IMPORTS}\n{TABLE}\nchart = {CHART.format(n=1)}", names)
    made: dict[str, Any] = names["chart"].to_dict()
    return {key: one for key, one in made.items() if key not in {"data", "datasets"}}


def report(*, is_kept: bool) -> Any:
    """Return a report notebook with six charts."""
    chart, first = (
        (FILLED, KEPT.format(kept_specification())) if is_kept else (CHART, "")
    )
    sources = [PARAMETERS, IMPORTS, TABLE, *([first] if first else [])]
    sources += [chart.format(n=n) for n in range(6)] + MORE
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def family_seconds(root: psutil.Process) -> float:
    """Return the CPU seconds of a process, its ended children and those that run."""
    total = 0.0
    for one in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = one.cpu_times()
            total += times.user + times.system
            total += times.children_user + times.children_system
    return total


def unique_mb(root: psutil.Process) -> float:
    """Return the memory of a process and those below it, shared pages counted once."""
    total = 0.0
    for one in [root, *root.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess):
            total += one.memory_full_info().pss / 2**20
    return total


@contextlib.contextmanager
def measured(into: dict[str, float], name: str, n_reports: int) -> Iterator[None]:
    """Note CPU seconds a report."""
    own, start = psutil.Process(), time.perf_counter()
    before = family_seconds(own)
    yield
    into[name] = (family_seconds(own) - before) / n_reports
    into[f"{name} wall"] = (time.perf_counter() - start) / n_reports


def loop(book: Any, out: Path, n_reports: int, engine: str | None) -> None:
    """Run a report many times, as people do."""
    for number in range(n_reports):
        papermill.execute_notebook(
            nbformat.from_dict(book),
            out / f"{number}.ipynb",
            {"number": number},
            engine_name=engine,
            progress_bar=False,
        )


def plain_functions(book: Any, out: Path, n_reports: int) -> None:
    """Do what the cells do, without a notebook: the floor."""
    code = [compile(cell.source, "cell", "exec") for cell in book.cells[1:-3]]
    charts = "\n".join(
        f"out.append(({cell.source}).to_dict())"
        for cell in book.cells
        if cell.source.startswith("alt.Chart")
    )
    for number in range(n_reports):
        names: dict[str, Any] = {"number": number, "out": []}
        for cell in code[:2]:
            exec(cell, names)
        exec(charts, names)
        tables = [names["table"].head().to_html(), names["table"].describe().to_html()]
        (out / f"{number}.json").write_text(json.dumps([names["out"], tables]))


def test_reports_cost_little(figures: Figures, tmp_path: Path) -> None:
    """An executed notebook costs a fraction of papermill's, and is the same."""
    written, kept = report(is_kept=False), report(is_kept=True)
    took: dict[str, float] = {}
    jobs: list[tuple[str, int, Callable[..., None]]] = [
        ("loop", N_LOOP, partial(loop, written, engine=None)),
        ("loop_kept", 2, partial(loop, kept, engine=None)),
        ("engine", N_REPORTS, partial(loop, written, engine="journeykit")),
        ("engine_kept", N_REPORTS, partial(loop, kept, engine="journeykit")),
        ("functions", N_REPORTS, partial(plain_functions, written)),
    ]
    loop(written, tmp_path, 1, "journeykit")  # the parent is started once
    for name, n_reports, job in jobs:
        with measured(took, name, n_reports):
            job(out=tmp_path, n_reports=n_reports)

    figures.at_most(
        "executed notebook, kept charts, CPU",
        0.16,
        took["engine_kept"],
        "s",
        papermill=took["loop_kept"],
    )
    figures.at_most(
        "executed notebook, six Altair charts, CPU",
        0.25,
        took["engine"],
        "s",
        papermill=took["loop"],
        functions=took["functions"],
    )
    figures.at_least(
        "papermill loop over engine, CPU",
        20,
        took["loop_kept"] / took["engine_kept"],
        "times",
    )
    print(json.dumps(took, indent=1))


def test_memory_is_flat(figures: Figures, tmp_path: Path) -> None:
    """The parent and this process do not grow with the number of reports."""
    book, own = report(is_kept=True), psutil.Process()
    loop(book, tmp_path, 50, "journeykit")
    first = unique_mb(own)
    loop(book, tmp_path, N_LONG, "journeykit")
    grown = unique_mb(own) / first

    figures.at_most(f"memory after {N_LONG} reports more", 1.1, grown, "times")
    assert engine_server._parent is not None
    assert engine_server._parent.owner == os.getpid()
