"""The command: what it prints, what it refuses, with which exit code."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import Done, Run, run_in

import journeykit
from journeykit.errors import ReportError
from journeykit.model import from_json
from journeykit.store import examine_file
from journeykit.store.authors import author_id

ANSWERS = "RESPNUM,NETPRO\n" + "".join(f"{n},{n % 12}\n" for n in range(120))
COMMANDS = (
    *("demo", "new", "import", "export", "measure"),
    *("report", "check", "doctor", "backup", "restore", "lab"),
)


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs a command in an empty folder, as from a terminal."""
    return run_in(tmp_path, monkeypatch, capsys)


@pytest.fixture
def trip(tmp_path: Path) -> Path:
    """Return a blank workshop and a file of answers beside it."""
    journeykit.new(tmp_path / "trip.journey", title="Trip").close()
    (tmp_path / "answers.csv").write_text(ANSWERS, encoding="utf-8")
    return tmp_path / "trip.journey"


def declared(path: Path) -> Path:
    """Write what the columns of the answers mean."""
    scale = {"lowest": 0, "highest": 10, "not_answers": {"11": "no answer"}}
    question = {"column": "NETPRO", "asks": "recommend", "scale": scale}
    path.write_text(json.dumps({"questions": [question]}), encoding="utf-8")
    return path


def files(folder: Path) -> set[str]:
    """Return the names of the files in a folder, without locks and seals."""
    return {p.name for p in folder.iterdir() if p.suffix not in (".lock", ".seal")}


def process(folder: Path, *words: object) -> subprocess.CompletedProcess[str]:
    """Run ``python -m journeykit`` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "journeykit", *map(str, words)],
        cwd=folder,
        env=os.environ | {"COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


# --- how it speaks --------------------------------------------------------------------


def test_every_command_has_help(run: Run) -> None:
    """The list and each command's own page say what it does."""
    listed = run("--help")
    assert 0 == listed.code
    for name in COMMANDS:
        assert f" {name} " in listed.out
        page = run(name, "--help")
        assert 0 == page.code
        assert f"journeykit {name}" in page.out
    assert "Usage" in run().out + run().err


def test_version_is_said(run: Run) -> None:
    """As the package has it."""
    assert Done(0, f"journeykit {journeykit.__version__}\n", "") == run("--version")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nwe", "trip.journey"], "No such command 'nwe'"),
        (["new"], "Missing argument"),
        (["new", "x.journey", "--titel", "T"], "No such option"),
        (["new", "x.txt"], "the name of a workshop file ends in .journey"),
        (["new", "no/x.journey"], "there is no such folder"),
        (["new", "trip.journey"], "a file of that name already"),
        (["new", "x.journey", "--starter", "airprot"], "Did you mean 'airport'"),
        (["import", "trap.journey", "answers.csv"], "there is trip.journey"),
        (["import", "trip.journey", "none.csv"], "none.csv"),
        (["import", "trip.journey", "answers.csv", "--mapping", "no.json"], "no.json"),
        (["import", "trip.journey", "answers.csv", "--delimiter", ";;"], "one sign"),
        (["measure", "trip.journey"], "no survey was imported into this workshop"),
        (["measure", "trip.journey", "--data-set", "case"], "is no data set"),
        (["report", "trap.journey"], "there is no such workshop file"),
        (["report", "trip.journey", "--persona", "../x"], "there is no persona"),
        (["report", "trip.journey", "--language", "xx"], "there is no language"),
        (["report", "trip.journey", "--template", "raport"], "journey_report"),
        (["export", "trip.journey", "answers.csv/x.json"], "cannot be written"),
        (["doctor", "trap.journey"], "there is no such file"),
        (["backup", "trip.journey", "answers.csv"], "a file of that name already"),
        (["restore", "none.journey", "trip.journey"], "no such workshop file"),
        (["demo", "--out", "answers.csv"], "answers.csv"),
        (["lab", "--folder", "answers.csv"], "Name another folder"),
        (["export", "answers.csv"], "another program's"),
    ],
)
def test_wrong_use_is_one_message_and_code_2(
    run: Run, trip: Path, words: list[str], said: str
) -> None:
    """It stands on stderr, names what is wrong, and nothing is made or changed."""
    before, here = trip.read_bytes(), files(trip.parent)
    done = run(*words)

    assert 2 == done.code
    assert said in done.err
    assert "Traceback" not in done.err
    assert here == files(trip.parent)
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert 14 == workshop.store.number()
    assert len(before) == len(trip.read_bytes())


def test_names_are_printed_as_they_were_typed(run: Run) -> None:
    """Square brackets and colons are no commands to the terminal."""
    title = "[red]Trip[/red] [/] :smile: [link=x]"
    done = run("new", "trip.journey", "--title", title)
    (Path("[b]x")).mkdir()

    assert Done(0, f"trip.journey: {title}, 13 entries.\n", "") == done
    assert "[b]x/y.journey: there is no such" in run("doctor", "[b]x/y.journey").err


def test_notes_are_said_on_stderr(run: Run, trip: Path) -> None:
    """A warning is one sentence, without a path of the package."""
    done = run("new", "next.journey", "--title", "Trip\x0b", "--author", "Ann")

    assert 0 == done.code
    assert "Note: title: 1 control sign removed\n" == done.err
    assert "next.journey: Trip, 13 entries.\n" == done.out


def test_debug_shows_the_traceback_and_the_same_code(run: Run) -> None:
    """For whoever mends it."""
    done = run("--debug", "export", "none.journey")

    assert 2 == done.code
    assert "Traceback (most recent call last)" in done.err
    assert done.err.rstrip().endswith("Make it: journeykit new.")


# --- the way of a survey --------------------------------------------------------------


def test_import_without_a_mapping_proposes_and_keeps_nothing(
    run: Run, trip: Path
) -> None:
    """The command that it prints can be copied as it is."""
    Path("answers.csv").rename("my answers.csv")
    with journeykit.open(trip) as workshop:
        before = workshop.document()
    done = run("import", "trip.journey", "my answers.csv", "--delimiter", ",")
    proposed = Path("my answers.csv.mapping.json")

    assert 0 == done.code
    assert 1 == done.out.count("The table has 120 rows and 2 columns.")
    assert "Nothing was kept yet. A proposal: my answers.csv.mapping.json" in done.out
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert before == workshop.document()
    proposed_text = proposed.read_text(encoding="utf-8")
    assert "NETPRO" in proposed_text
    again = shlex.split(done.out.splitlines()[-1])
    assert [
        *("journeykit", "import", "trip.journey", "my answers.csv"),
        *("--delimiter", ",", "--mapping", "my answers.csv.mapping.json"),
    ] == again
    assert 0 == run(*again[1:]).code
    declared(proposed)
    run("import", "trip.journey", "my answers.csv")
    assert declared(Path("same.json")).read_bytes() == proposed.read_bytes()


def test_a_guessed_encoding_is_said_once(run: Run, trip: Path) -> None:
    """Among what was recognised; not as a warning too."""
    Path("de.csv").write_bytes("Nr;Gerät\n1;Händy\n2;Büro\n".encode("cp1252"))

    done = run("import", "trip.journey", "de.csv")

    assert 1 == (done.out + done.err).count("was read as cp1252")


def test_survey_goes_from_file_to_scores(run: Run, trip: Path) -> None:
    """Each command names the next; the second import fills the same data set."""
    mapping = declared(Path("mapping.json"))
    words = ["import", "trip.journey", "answers.csv", "--mapping", mapping]
    kept = run(*words, "--title", "Panel", "--author", "Ann")
    measured = run(*shlex.split(kept.out.splitlines()[-1].removeprefix("Next: "))[1:])
    with journeykit.open(trip, is_read_only=True) as workshop:
        first = workshop.data_set()
        assert author_id(workshop.store, "Ann") is not None
    more = Path("answers.csv").read_text(encoding="utf-8") + "120,9\n"
    Path("answers.csv").write_text(more, encoding="utf-8")
    refilled = run("import", "trip.journey", "answers.csv", "--data-set", first.id)

    assert f"Kept in trip.journey as data set {first.id}." in kept.out
    assert ("Panel", 120) == (first.title, first.n_rows)
    assert "NPS" in measured.out
    assert "all of it (NETPRO)" in measured.out
    assert "110" in measured.out
    assert 0 == refilled.code
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert (121, 111) == (
            workshop.data_set().n_rows,
            workshop.entries("measurement")[0].n,
        )
        assert 1 == len(workshop.entries("data_set"))


def test_later_data_set_is_named_as_it_is(run: Run, trip: Path) -> None:
    """The id that is printed is that of the answers that were just brought."""
    mapping = declared(Path("mapping.json"))
    for _ in range(3):
        words = ["import", "trip.journey", "answers.csv", "--mapping", mapping]
        said = run(*words).out
        with journeykit.open(trip, is_read_only=True) as workshop:
            newest = workshop.entries("data_set")[-1].id

        assert f"as data set {newest}." in said


def test_few_answers_are_said_instead_of_a_score(run: Run, trip: Path) -> None:
    """Below five there is no number to read off."""
    Path("few.csv").write_text("RESPNUM,NETPRO\n1,9\n2,10\n", encoding="utf-8")
    mapping = declared(Path("mapping.json"))
    run("import", "trip.journey", "few.csv", "--mapping", mapping)
    done = run("measure", "trip.journey")

    assert "fewer than 5" in done.out
    assert "100" not in done.out


# --- records --------------------------------------------------------------------------

SHOP = "Kunde;Datum;Betrag\n" + "".join(
    f"{n % 7};{n % 28 + 1}.2.2026 10:00;{n},50\n" for n in range(1, 60)
)
LOG = "user_id,event,timestamp\n1,Parking,2026-01-31T09:00Z\n1,Exit,2026-01-31T10:00Z\n"


def test_purchases_go_from_file_to_data_set(run: Run, trip: Path) -> None:
    """Guessed and said, proposed, corrected, kept: the printed command works."""
    Path("shop.csv").write_text(SHOP, encoding="utf-8")
    looked = run("import", "trip.journey", "shop.csv", "--timezone", "Europe/Berlin")
    proposed = json.loads(Path("shop.csv.mapping.json").read_text("utf-8"))
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert 14 == workshop.store.number()
    kept = run(*shlex.split(looked.out.splitlines()[-1])[1:], "--data-set", "shop")

    assert looked.out.startswith("This looks like purchases: it has customers (Kunde)")
    assert "- amount (Betrag): amounts have decimal commas" in looked.out
    assert "Nothing was kept yet. A proposal: shop.csv.mapping.json" in looked.out
    assert ("purchases", "d/m", ",", "Europe/Berlin") == (
        *(proposed["reads"], proposed["dates"], proposed["decimal"]),
        proposed["timezone"],
    )
    assert Done(0, kept.out, "") == kept
    assert "Kept in trip.journey as data set shop." in kept.out
    assert "Next:" not in kept.out
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert (59, 7) == (
            len(workshop.records("shop")),
            workshop.records("shop")["customer"].nunique(),
        )


def test_names_of_events_are_proposed_to_be_touchpoints(run: Run, trip: Path) -> None:
    """Those of the workshop; a person says yes by keeping them in the file."""
    with journeykit.open(trip) as workshop:
        stage = workshop.entries("stage")[0].id
        workshop.add("touchpoint", id="tp-park", stage=stage, name="parking")
    Path("log.csv").write_text(LOG, encoding="utf-8")
    run("import", "trip.journey", "log.csv", "--reads", "events")
    run("import", "trip.journey", "log.csv", "--mapping", "log.csv.mapping.json")

    with journeykit.open(trip, is_read_only=True) as workshop:
        found = workshop.records(reads="events")["touchpoint"]
    assert ["tp-park", None] == [None if one != one else one for one in found]


def test_columns_that_nobody_found_are_asked_for(run: Run, trip: Path) -> None:
    """The proposal has a question mark, and reading it says which column is missing."""
    Path("log.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    looked = run("import", "trip.journey", "log.csv", "--reads", "purchases")
    kept = run("import", "trip.journey", "log.csv", "--mapping", "log.csv.mapping.json")

    assert "No column was found for customer, time, amount: put it where" in looked.out
    assert 2 == kept.code
    assert "there is no column '?'. Known: a, b." in kept.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reads", "sales"], "--reads is survey or purchases or events"),
        (["--dates", "y"], "--dates is d/m or m/d, not 'y'"),
        (["--decimal", ";"], "--decimal is . or ,, not ';'"),
        (["--reads", "survey", "--timezone", "UTC"], "--timezone is for purchases"),
        (["--reads", "events", "--period", "2026-01-01"], "--period is for a survey"),
        (
            ["--reads", "survey", "--period", "May"],
            "--period is a first and a last day",
        ),
        (["--skip-rows", "-1"], "--skip-rows must be 0 or more"),
        (["--skip-rows", "1"], "say --header-rows and --delimiter"),
        (["--mapping", "m.json", "--reads", "survey"], "this one is of purchases"),
        (["--mapping", "m.json"], "Say it: --dates 'd/m' or --dates 'm/d'"),
    ],
)
def test_options_are_called_as_they_are_on_the_command_line(
    run: Run, trip: Path, words: list[str], said: str
) -> None:
    """Messages of the package speak of keywords; here they speak of options."""
    Path("shop.csv").write_text("who,when,total\n1,3/4/2026,5.50\n", encoding="utf-8")
    mapping = {"reads": "purchases", "customer": "who", "time": "when"}
    Path("m.json").write_text(json.dumps(mapping | {"amount": "total"}), "utf-8")
    done = run("import", "trip.journey", "shop.csv", *words)

    assert 2 == done.code
    assert said in done.err
    assert "=" not in done.err


def test_waves_have_their_period(run: Run, trip: Path) -> None:
    """The same mapping for each, and the days on which people answered."""
    mapping = declared(Path("mapping.json"))
    words = ["import", "trip.journey", "answers.csv", "--mapping", mapping]
    for title, period in (("May", "2026-05-01/2026-05-31"), ("April", "2026-04-30")):
        assert 0 == run(*words, "--title", title, "--period", period).code

    with journeykit.open(trip, is_read_only=True) as workshop:
        waves = workshop.data_sets()
    assert ["April", "May"] == [one.title for one in waves]
    assert "2026-05-31" == str(waves[1].period_end)


def test_a_code_book_says_what_codes_mean(run: Run, trip: Path) -> None:
    """In the proposal and in the answers that are kept."""
    book = "Variable;Code;Label\nNETPRO;11;no answer\nQ2;1;business\nQ2;2;leisure\n"
    Path("codes.csv").write_text(book, encoding="utf-8")
    rows = "".join(f"{n},{n % 12},{n % 2 + 1}\n" for n in range(60))
    Path("coded.csv").write_text(f"RESPNUM,NETPRO,Q2\n{rows}", encoding="utf-8")
    words = ["import", "trip.journey", "coded.csv", "--code-book", "codes.csv"]
    looked = run(*words)
    proposed = json.loads(Path("coded.csv.mapping.json").read_text("utf-8"))
    again = shlex.split(looked.out.splitlines()[-1])
    kept = run(*again[1:], "--data-set", "ds")

    assert "- Code book read as a table" in looked.out
    assert {"11": "no answer"} == proposed["questions"][0]["scale"]["not_answers"]
    assert ("--code-book", "codes.csv") == (*again[4:6],)
    assert "- Labels were put in place of codes in 1 column." in kept.out
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert {"business", "leisure"} == set(workshop.survey("ds")["Q2"])
        assert {str(n) for n in range(12)} == set(workshop.survey("ds")["NETPRO"])


# --- files ----------------------------------------------------------------------------


def test_export_writes_the_document_beside_us(run: Run, trip: Path) -> None:
    """Named after the workshop; read again it is equal."""
    done = run("export", "trip.journey")
    named = run("export", "trip.journey", "out/map.json")
    text = Path("trip.journey.json").read_text(encoding="utf-8")

    assert ("trip.journey.json\n", "out/map.json\n") == (done.out, named.out)
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert workshop.document() == from_json(text)


def test_backup_is_put_back_and_what_was_there_is_kept(run: Run, trip: Path) -> None:
    """Both files are whole afterwards."""
    assert "safe.journey\n" == run("backup", "trip.journey", "safe.journey").out
    with journeykit.open(trip) as workshop:
        workshop.add("persona", name="Ann")
    done = run("restore", "safe.journey", "trip.journey")
    kept = Path(done.out.splitlines()[-1].removeprefix("What was there is kept: "))

    assert "trip.journey is what safe.journey holds." == done.out.splitlines()[0]
    with journeykit.open(trip, is_read_only=True) as workshop:
        assert () == workshop.entries("persona")
    with journeykit.open(kept, is_read_only=True) as workshop:
        assert 1 == len(workshop.entries("persona"))


def test_doctor_says_whether_a_workshop_is_whole(run: Run, trip: Path) -> None:
    """A damaged file is code 1, with what is wrong and the way on."""
    whole = run("doctor", "trip.journey")
    raw = bytearray(trip.read_bytes())
    at = raw.rindex(b"Weighing it up")
    raw[at] ^= 1
    trip.write_bytes(raw)
    broken = run("doctor", "trip.journey")

    assert Done(0, "trip.journey is whole: 14 edits, 13 entries.\n", "") == whole
    assert 1 == broken.code
    assert broken.out.startswith("- ")
    assert "journeykit restore BACKUP WORKSHOP" in broken.out


def test_workshop_in_a_database_is_worked_on_like_a_file(
    run: Run, new_postgres_url: str, trip: Path
) -> None:
    """Made, filled, measured, exported, examined, backed up and put back by its URL."""
    url = f"{new_postgres_url}&workshop=trip"
    mapping = declared(Path("mapping.json"))
    codes = [
        run("new", url, "--title", "Shared").code,
        run("import", url, "answers.csv", "--mapping", mapping).code,
        run("measure", url).code,
        run("backup", url, "safe.journey").code,
        run("doctor", url).code,
        run("restore", "safe.journey", url).code,
    ]
    twice = run("new", url)
    exported = Path(run("export", url).out.strip())

    assert [0] * 6 == codes
    assert (2, True) == (twice.code, "there is a workshop already" in twice.err)
    assert exported.name.endswith("-trip.journey.json")
    assert examine_file("safe.journey").is_whole
    with journeykit.open(url, is_read_only=True) as workshop:
        assert "Shared" == workshop.case.title
        assert [110] == [one.n for one in workshop.entries("measurement")]


def test_password_of_a_database_is_not_printed(run: Run) -> None:
    """Messages get copied into tickets."""
    done = run("doctor", "postgresql://ann:secret@127.0.0.1:1/none")
    opened = run("measure", "postgresql://ann:secret@127.0.0.1:1/none")

    assert 1 == done.code
    assert 2 == opened.code
    assert "secret" not in done.out + done.err + opened.out + opened.err


# --- report, demo, lab ----------------------------------------------------------------


def test_demo_builds_reports_and_names_the_next_command(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an empty folder, and a second time without loss."""
    first = process(tmp_path, "demo")
    path = tmp_path / "reports" / "airport.journey"
    page = tmp_path / "reports" / "airport-journey_report.html"

    assert (0, "") == (first.returncode, first.stderr)
    assert {"reports"} == files(tmp_path)
    assert {path.name, page.name} == files(tmp_path / "reports")
    assert "NPS 39.84 [37.18, 42.41], n 2,746; left out: 84 " in first.stdout
    assert "Next: journeykit lab" in first.stdout
    assert "39.8 (37.2 to 42.4)" in page.read_text(encoding="utf-8")
    with journeykit.open(path) as workshop:
        workshop.add("persona", name="Ann")
    without_a_kernel(monkeypatch)
    assert "nothing is lost" in run("demo").out
    with journeykit.open(path, is_read_only=True) as workshop:
        assert "Ann" == workshop.entries("persona")[-1].name


def without_a_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a report be its path alone; running one is tested in ``report/test_run``."""

    def page(
        notebook: object, parameters: object, out: Path, **options: object
    ) -> tuple[Path, ...]:
        return (out,)

    # It leaves a mark in this process, which is not the command's own.
    monkeypatch.setattr("journeykit.report.fast_start.start_fast", lambda: None)
    monkeypatch.setattr("journeykit.report.catalogue.run_report", page)


def test_report_prints_its_page(
    run: Run, trip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is, or with code 1 which cell failed and where the notebook is."""

    def fail(
        notebook: object, parameters: object, out: Path, **options: object
    ) -> tuple[Path, ...]:
        raise ReportError(f"{out}.failed.ipynb", 7, "ValueError", "no data")

    without_a_kernel(monkeypatch)
    done = run("report", "trip.journey", "--out", "r")
    monkeypatch.setattr("journeykit.report.catalogue.run_report", fail)
    failed = run("report", "trip.journey")

    assert Done(0, f"{Path('r', 'trip-journey_report.html')}\n", "") == done
    assert 1 == failed.code
    assert "stopped at cell 7: ValueError: no data" in failed.err


def test_report_takes_settings_and_limits(
    run: Run, trip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A value is read by its parameter's type; a wrong one is named before a run."""
    seen: list[dict[str, object]] = []

    def page(
        notebook: object, parameters: dict[str, object], out: Path, **options: object
    ) -> tuple[Path, ...]:
        seen.append({**parameters, **options})
        return (out,)

    without_a_kernel(monkeypatch)
    monkeypatch.setattr("journeykit.report.catalogue.run_report", page)
    done = run("report", "trip.journey", "--set", "language=en", "--timeout", "60")
    wrong = run("report", "trip.journey", "--set", "languag=en")
    bare = run("report", "trip.journey", "--set", "language")
    none = run("report")
    twice = run("report", "trip.journey", "--set", "language=en", "--language", "de")
    other = run("report", "trip.journey", "--set", "workshop=other.journey")

    assert (2, 2) == (twice.code, other.code)
    assert "one language was expected, two are given" in twice.err
    assert "Leave out --set workshop=other.journey" in other.err
    assert 0 == done.code
    assert "en" == seen[0]["language"]
    assert {"report_timeout": 60} == seen[0]["limits"]
    assert (2, 2, 2) == (wrong.code, bare.code, none.code)
    assert "no parameter 'languag'" in wrong.err
    assert "--set takes NAME=VALUE, found 'language'" in bare.err
    assert "a workshop was expected" in none.err


def test_lab_lays_the_workbook_out_and_starts_jupyterlab(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other options are handed on, and its exit code is ours."""
    seen: list[str] = []

    def run_lab(arguments: tuple[str, ...], environment: dict[str, str]) -> int:
        seen.extend(arguments)
        assert {} == environment
        return 3

    monkeypatch.setattr("journeykit.lab.run_lab", run_lab)
    done = run("lab", "--folder", "mine", "--no-browser", "--port=9999")

    assert 3 == done.code
    assert "mine: your copy of the workbook" in done.out
    assert ["--no-browser", "--port=9999"] == seen[-2:]
    assert (tmp_path / "mine" / "00_welcome.ipynb").exists()
    settings = next(one for one in seen if "app_settings_dir" in one).partition("=")[2]
    assert not Path(settings).exists()


def test_lab_opens_a_workshop_that_it_makes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is made once, the notebooks lie beside it, the kernels are told."""
    seen: list[tuple[list[str], dict[str, str]]] = []

    def run_lab(arguments: tuple[str, ...], environment: dict[str, str]) -> int:
        seen.append((list(arguments), environment))
        return 0

    monkeypatch.setattr("journeykit.lab.run_lab", run_lab)
    first = run("lab", "team.journey", "--author", "Ann", "--port", "9999")
    with journeykit.open(tmp_path / "team.journey") as opened:
        opened.change(opened.case.id, title="Ours")
    second = run("lab", "team.journey", "--starter", "airport")

    assert "team.journey: made from the starter empty." in first.out
    assert "made" not in second.out
    with journeykit.open(tmp_path / "team.journey") as opened:
        assert "Ours" == opened.case.title
    arguments, environment = seen[0]
    assert ["--port", "9999"] == arguments[-2:]
    assert (tmp_path / "team_workbook" / "00_welcome.ipynb").exists()
    assert environment == {
        "JOURNEYKIT_WORKSHOP": str(tmp_path / "team.journey"),
        "JOURNEYKIT_AUTHOR": "Ann",
    }
    assert {"JOURNEYKIT_WORKSHOP"} == set(seen[1][1])


def test_lab_refuses_a_name_that_is_no_workshop(run: Run, tmp_path: Path) -> None:
    """Nothing is made by a slip; the right command is said."""
    failed = run("lab", "team")

    assert 2 == failed.code
    assert "journeykit lab team.journey" in failed.err
    assert [] == list(tmp_path.glob("team*"))


def test_processes_end_with_their_codes(trip: Path) -> None:
    """Zero, one for a finding, two for wrong use; messages on stderr alone."""
    raw = bytearray(trip.read_bytes())
    raw[raw.rindex(b"Weighing it up")] ^= 1
    (trip.parent / "bad.journey").write_bytes(raw)
    whole = process(trip.parent, "doctor", "trip.journey")
    found = process(trip.parent, "doctor", "bad.journey")
    wrong = process(trip.parent, "new", "trip.journey")

    assert (0, "") == (whole.returncode, whole.stderr)
    assert 1 == found.returncode
    assert (2, "") == (wrong.returncode, wrong.stdout)
    assert (
        "journeykit: trip.journey: there is a file of that name already. "
        "Choose another name.\n"
    ) == wrong.stderr


def test_purchases_are_measured_with_their_known_answers(run: Run, trip: Path) -> None:
    """The retail year from file to JSON; its numbers are kept in the workshop."""
    file = Path(__file__).parent / "data" / "online_retail_ii_2009_2010_invoices.csv.gz"
    here = trip.parent / file.name
    here.write_bytes(file.read_bytes())
    mapping = trip.parent / f"{file.name}.mapping.json"
    run("import", trip, here)
    run("import", trip, here, "--mapping", mapping, "--data-set", "sales")
    done = run("measure", trip, "--data-set", "sales", "--format", "json")
    plain = json.loads(done.out)
    with journeykit.open(trip) as work:
        kept = {one.definition: one for one in work.entries("measurement")}

    assert (0, "purchases") == (done.code, plain["reads"])
    assert (2818, 4312) == (
        round(plain["results"]["repeat_purchase_rate"]["value"] * 4312),
        plain["results"]["repeat_purchase_rate"]["n"],
    )
    assert 0.598 == round(plain["results"]["revenue_concentration"]["value"], 3)
    assert 4312 == kept["repeat_purchase_rate"].n
    assert "Repeat purchase rate" in run("measure", trip, "--data-set", "sales").out


def test_survey_is_measured_as_json(run: Run, trip: Path) -> None:
    """Every table of it, nothing else on the standard output."""
    run("import", trip, "answers.csv", "--mapping", declared(trip.parent / "m.json"))
    plain = json.loads(run("measure", trip, "--format", "json").out)

    assert "net_promoter_score" == plain["tables"]["scores"][0]["definition"]
    assert 2 == run("measure", trip, "--format", "xml").code


def test_check_says_what_contradicts_itself(run: Run, trip: Path) -> None:
    """Errors give exit code 1; what was switched off is said with its reason."""
    with journeykit.open(trip) as work:
        kpi = work.add("kpi", name="Waiting time")
        work.add("rule_off", rule="K1", reason="Objectives come later")
    done = run("check", trip)
    plain = json.loads(run("check", trip, "--format", "json").out)

    assert 1 == done.code
    assert "Error K2: The definition of a KPI is declared" in done.out
    assert "    - Nobody says how “Waiting time” is computed." in done.out
    assert "Switched off K1" in done.out
    assert kpi.id in {one["entry"] for one in plain["findings"]}
    assert {"K1": "Objectives come later"} == plain["switched_off"]
    assert 1 == plain["counts"]["error"]
    assert 80 >= max(len(line) for line in done.out.splitlines())
    assert [] == [line for line in done.out.splitlines() if line != line.rstrip()]


def test_check_offers_what_would_mend(run: Run, trip: Path) -> None:
    """Under its finding, as a question; in JSON beside it."""
    with journeykit.open(trip) as work:
        work.add("channel", name="Website")
        work.add("canvas_entry", block="channels", text="Web site")
    done = run("check", trip)
    plain = json.loads(run("check", trip, "--format", "json").out)
    offer = "Tie “Web site” on the canvas to the channel “Website”"

    assert 0 == done.code
    assert f"      ? {offer}?" in done.out
    assert [offer] in [one["suggestions"] for one in plain["findings"]]
    assert 2 == run("check", trip, "--format", "xml").code


def test_check_of_a_workshop_without_errors_ends_well(run: Run, trip: Path) -> None:
    """Warnings and hints alone are no failure."""
    done = run("check", trip)

    assert 0 == done.code
    assert done.out.rstrip().endswith("hints.")
