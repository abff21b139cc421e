"""The workbook, run as a participant runs it, by a real kernel in an own folder."""

from __future__ import annotations

import html
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_client.provisioning import KernelProvisionerFactory
from outside_addresses import outside_addresses

import journeykit
from journeykit.check.steps import STEPS, WorkbookStep
from journeykit.model import Question, Scale, SurveyMapping
from journeykit.shipped import folder
from journeykit.store import examine_file
from journeykit.workplace import AUTHOR, TRAINING_FILE, WORKSHOP

WORKBOOK = folder("workbook")
PROVISIONER = "JUPYTER_DEFAULT_PROVISIONER_NAME"
WIDGET = "application/vnd.jupyter.widget-view+json"
ANSWERS = "RESPNUM,NETPRO\n" + "".join(f"{n},{n % 12}\n" for n in range(120))

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no workshop of the machine's own be opened."""
    monkeypatch.delenv(WORKSHOP, raising=False)
    monkeypatch.delenv(AUTHOR, raising=False)


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let real kernels come with their imports done, from one process for all tests."""
    monkeypatch.setenv(PROVISIONER, "journeykit-fork-provisioner")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would read no descriptor
    KernelProvisionerFactory.clear_instance()  # it has read the name once
    yield
    KernelProvisionerFactory.clear_instance()


@pytest.fixture
def ordinary(forked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let kernels be the ones that a participant has."""
    monkeypatch.delenv(PROVISIONER)


@pytest.fixture(scope="session")
def made_resort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the resort's workshop, made once; it is to be copied."""
    path = tmp_path_factory.mktemp("resort") / "resort.journey"
    journeykit.new(path, starter="resort_booking").close()
    return path


def run(name: str, here: Path, **parameters: str) -> list[Any]:
    """Run a notebook of the workbook in a folder, and return its outputs."""
    book = papermill.execute_notebook(
        WORKBOOK / f"{name}.ipynb",
        None,
        parameters=parameters,
        cwd=here,
        progress_bar=False,
        shutdown_kernel="immediate",
    )
    return [one for cell in book.cells for one in cell.get("outputs", [])]


def check(outputs: list[Any]) -> str:
    """Say that nothing failed or was complained about; return what was shown."""
    assert [] == [one for one in outputs if one["output_type"] == "error"]
    assert [] == [one for one in outputs if one.get("name") == "stderr"]
    shown = "".join(one.get("data", {}).get("text/html", "") for one in outputs)
    assert "<script" not in shown
    assert [] == outside_addresses(shown)
    return shown


def blank(path: Path) -> Path:
    """Make a blank workshop."""
    journeykit.new(path, title="Booking a trip").close()
    return path


def code_cells(name: str) -> int:
    """Return how many cells of a notebook show something: all but the settings."""
    book = nbformat.read(WORKBOOK / f"{name}.ipynb", as_version=4)
    return sum(cell.cell_type == "code" for cell in book.cells) - 1


@pytest.mark.parametrize("step", STEPS[1:], ids=lambda step: step.name)
def test_every_notebook_runs_without_a_person(
    step: WorkbookStep, made_resort: Path, tmp_path: Path
) -> None:
    """Run All on the only workshop of the folder: each cell shows words and a widget.

    What is shown is there without a script as well: the guide with its question, the
    boards as tables, the checks.
    """
    mine = Path(shutil.copyfile(made_resort, tmp_path / "resort.journey"))
    name = step.notebook.removesuffix(".ipynb")
    outputs = run(name, tmp_path)
    shown = check(outputs)
    widgets = [one for one in outputs if WIDGET in one.get("data", {})]

    assert len(outputs) == code_cells(name)
    assert len(widgets) >= 3
    assert all("text/html" in one["data"] for one in widgets)
    assert step.question in html.unescape(shown)
    assert (">Done when<" in shown) == (step.name != "training")
    assert examine_file(mine).is_whole
    known = {"resort.journey"} | ({TRAINING_FILE} if step.name == "training" else set())
    assert known == {path.name for path in tmp_path.glob("*.journey")}


@pytest.mark.parametrize("name", ["03_personas_and_segments", "16_facilitator"])
def test_notebook_opens_what_its_settings_name(name: str, tmp_path: Path) -> None:
    """Another file and a name in the settings: that file is shown, by that person."""
    blank(tmp_path / "other.journey")
    path = blank(tmp_path / "trip.journey")
    shown = check(run(name, tmp_path, workshop="trip.journey", author="Ann Lee"))

    assert "The whole workbook" in shown
    with journeykit.open(path, is_read_only=True) as work:
        assert "Ann Lee" in work.store.author_names().values()


def test_notebook_opens_what_the_command_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The workshop of `journeykit lab FILE` lies elsewhere; its notebooks find it."""
    blank(tmp_path / "trip.journey")
    (tmp_path / "mine").mkdir()
    blank(tmp_path / "mine" / "other.journey")
    monkeypatch.setenv(WORKSHOP, str(tmp_path / "trip.journey"))
    monkeypatch.setenv(AUTHOR, "Ben")
    check(run("08_channels", tmp_path / "mine"))

    with journeykit.open(tmp_path / "trip.journey", is_read_only=True) as work:
        assert ["Ben"] == list(work.store.author_names().values())


def test_several_workshops_are_named_in_the_error(tmp_path: Path) -> None:
    """A notebook that cannot know says which workshops there are, and what to do."""
    for name in ("a", "b"):
        blank(tmp_path / f"{name}.journey")

    with pytest.raises(
        papermill.PapermillExecutionError, match=r"found 2: a\.journey, b\.journey"
    ):
        run("08_channels", tmp_path)


def test_welcome_makes_the_airport_and_runs_again(
    ordinary: None, tmp_path: Path
) -> None:
    """Run All in an empty folder; the second time the same workshop is opened."""
    first = check(run("00_welcome", tmp_path))
    path = tmp_path / "airport.journey"
    with journeykit.open(path, is_read_only=True) as workshop:
        number = workshop.store.number()
    second = check(run("00_welcome", tmp_path))

    assert "39.8" in first
    assert "39.8" in second
    assert examine_file(path).is_whole
    with journeykit.open(path, is_read_only=True) as workshop:
        assert number == workshop.store.number()


def test_welcome_begins_a_workshop_of_ones_own(tmp_path: Path) -> None:
    """With other settings an empty map is made and shown as one."""
    shown = check(run("00_welcome", tmp_path, workshop="trip.journey", starter="empty"))

    assert "Nothing was measured yet" in shown
    assert ["trip.journey"] == [one.name for one in tmp_path.glob("*.journey")]


def test_evidence_shows_the_airports_survey(made_airport: Path, tmp_path: Path) -> None:
    """Recognised, checked, scored: without a setting it is the worked example."""
    shutil.copyfile(made_airport, tmp_path / "airport.journey")
    shown = check(run("05_evidence", tmp_path))

    assert "97 columns, 2,831 rows" in shown
    assert "2,746 of 2,831 answers count" in shown
    assert "39.8" in shown
    assert "The scores are up to date." in shown


def test_evidence_brings_a_survey_once_its_meaning_is_declared(tmp_path: Path) -> None:
    """First a proposal and nothing kept; with the mapping, scores."""
    path = blank(tmp_path / "trip.journey")
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    settings = {"workshop": "trip.journey", "survey_file": "answers.csv"}

    proposed = check(run("05_evidence", tmp_path, **settings))
    with journeykit.open(path, is_read_only=True) as workshop:
        assert () == workshop.entries("data_set")
    scale = Scale(lowest=0, highest=10, not_answers={"11": "no answer"})
    question = Question(column="NETPRO", asks="recommend", scale=scale)
    mapping = SurveyMapping(questions=(question,)).model_dump_json()
    (tmp_path / "answers.csv.mapping.json").write_text(mapping, encoding="utf-8")
    settings["mapping_file"] = "answers.csv.mapping.json"
    kept = check(run("05_evidence", tmp_path, **settings))

    assert "Nothing was kept yet" in proposed
    assert "110 of 120 answers count; left out: 10" in kept
    assert "120 answers are in the workshop, as answers.csv." in kept
    with journeykit.open(path, is_read_only=True) as workshop:
        assert 1 == len(workshop.entries("data_set"))
        assert [110] == [one.n for one in workshop.entries("measurement")]


def test_evidence_without_a_survey_says_where_to_name_one(tmp_path: Path) -> None:
    """An empty workshop stops no notebook."""
    blank(tmp_path / "trip.journey")
    shown = check(run("05_evidence", tmp_path, workshop="trip.journey"))

    assert "Put the path of your file of answers into survey_file" in shown
    assert "was not measured: bring a survey" in shown
