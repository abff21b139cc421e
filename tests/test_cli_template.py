"""The command ``journeykit template``: what it lists, shows, makes and refuses."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from cli_runs import Run, run_in
from company_folders import LOGO, master

from journeykit.report.template_reference import template_names


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs the command in an empty folder, as from a terminal."""
    return partial(run_in(tmp_path, monkeypatch, capsys), "template")


# --- list -----------------------------------------------------------------------------


def test_list_has_every_report_with_what_it_is(run: Run) -> None:
    """One line each, and how to go on: nothing is a company's own yet."""
    done = run("list")

    assert 0 == done.code
    lines = {line.split()[0]: line for line in done.out.splitlines() if line.strip()}
    for name in template_names():
        assert 20 < len(lines[name].removeprefix(name).strip() + name)
    assert "What changed between two moments of a workshop." in done.out
    assert "journeykit template show NAME" in done.out
    assert "Your own, in templates/: journeykit template new NAME" in done.out


def test_list_has_the_folders_of_companies(run: Run) -> None:
    """By the name that a report takes; where there are two reports, both."""
    run("new", "acme")
    run("new", "bolt", "--from", "portfolio")
    one = Path("templates/bolt/portfolio.ipynb")
    one.with_name("summary.ipynb").write_bytes(one.read_bytes())
    done = run("list")

    assert 0 == done.code
    assert "acme: in templates/acme" in done.out
    assert "any other in its look: acme/NAME" in done.out
    assert "bolt/portfolio" in done.out
    assert "bolt/summary" in done.out
    assert "acme/journey_report" not in done.out
    assert "Your own" not in done.out


# --- show -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", template_names())
def test_show_has_every_parameter_with_its_help(run: Run, name: str) -> None:
    """Name, type, default and what it is, of each of our reports."""
    done = run("show", name)

    assert 0 == done.code
    assert f"{name}.ipynb" in done.out
    rows = done.out[done.out.index("Parameter") :].splitlines()[1:]
    assert any(row.split()[:2] == ["language", "str"] for row in rows)
    assert all(len(row.split()) >= 4 for row in rows if row.strip())
    assert "Look" not in done.out


def test_show_says_how_a_companys_reports_look(run: Run, tmp_path: Path) -> None:
    """What it gave, and whose the rest is."""
    logo = tmp_path / "brand.svg"
    logo.write_text(LOGO, encoding="utf-8")
    slides = tmp_path / "brand.pptx"
    slides.write_bytes(master())
    given = ("--logo", str(logo), "--accent", "#174a8c", "--language", "fr")
    run("new", "acme", *given, "--footer", "For [bold]us[/]", "--master", str(slides))
    done = run("show", "acme")

    assert 0 == done.code
    for said in (
        *("Look: templates/acme", "Company: Acme", "Logo: yes", "Accent: #174a8c"),
        *("Second colour: ours", "Typeface: ours", "Language: fr"),
        *("Footer: For [bold]us[/]", "Master of slides: its own"),
    ):
        assert said in done.out


def test_show_of_an_unknown_report_offers_the_nearest(run: Run) -> None:
    """On the error stream, with exit code 2 and no trace-back."""
    done = run("show", "wave_chnge")

    assert (2, "") == (done.code, done.out)
    assert "wave_change" in done.err
    assert "Traceback" not in done.err


# --- new ------------------------------------------------------------------------------


def test_new_says_what_to_do_with_the_folder(run: Run) -> None:
    """The files are there, and the commands it names are those that work."""
    done = run("new", "acme", "--from", "wave_change")

    assert 0 == done.code
    assert {"company.toml", "wave_change.ipynb"} == {
        one.name for one in Path("templates/acme").iterdir()
    }
    assert "templates/acme: a notebook to arrange, company.toml to fill in" in done.out
    assert "journeykit report FILE.journey --template acme" in done.out
    assert 0 == run("show", "acme").code
    assert 0 == run("show", "acme/persona_report").code


def test_new_elsewhere_is_named_by_its_place(run: Run) -> None:
    """A report asks for it by the path that was printed."""
    done = run("new", "acme", "--out", "brand")

    assert 0 == done.code
    assert "--template brand/acme" in done.out
    assert 0 == run("show", "brand/acme").code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["journey_report"], "is a template of journeykit"),
        (["../acme"], "a name of letters, digits"),
        (["acme", "--accent", "#ffffff"], "cannot be read on paper"),
        (["acme", "--accent", "blurple"], "blurple"),
        (["acme", "--language", "fi"], "fi"),
        (["acme", "--logo", "missing.svg"], "missing.svg"),
        (["acme", "--font", "logo.woff"], ".ttf"),
        (["acme", "--from", "waves"], "wave_change"),
        (["acme", "--master", "missing.pptx"], "missing.pptx"),
    ],
)
def test_new_refuses_what_it_cannot_use(
    run: Run, arguments: list[str], said: str
) -> None:
    """It names what was given, and leaves no folder behind."""
    done = run("new", *arguments)

    assert (2, "") == (done.code, done.out)
    assert said in done.err
    assert not Path("templates/acme").exists()


def test_new_changes_no_folder_that_is_there(run: Run) -> None:
    """Nobody's changes are lost by making it again."""
    run("new", "acme")
    settings = Path("templates/acme/company.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + "# mine\n", "utf-8")
    done = run("new", "acme")

    assert 2 == done.code
    assert "is there already" in done.err
    assert settings.read_text(encoding="utf-8").endswith("# mine\n")
