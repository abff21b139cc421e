"""What the README says works: its commands exist and its examples run."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from source_tree import ROOT

BLOCK = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELL = {"sh", "bash", "shell", "console"}
INLINE = re.compile(r"`((?:make|journeykit) [^`\n]+)`")


def blocks(readme: str, *languages: str) -> list[str]:
    """Return the fenced blocks in these languages."""
    return [text for language, text in BLOCK.findall(readme) if language in languages]


def commands(readme: str) -> list[list[str]]:
    """Return each `make` and `journeykit` command, from blocks and from sentences."""
    lines = [line for b in blocks(readme, *SHELL) for line in b.splitlines()]
    lines = [line.strip().removeprefix("$ ") for line in lines]
    lines += INLINE.findall(BLOCK.sub("", readme))
    split = [shlex.split(line, comments=True) for line in lines]
    return [words for words in split if words[:1] in (["make"], ["journeykit"])]


def command_findings(
    readme: str, makefile: str, known: Mapping[str, set[str]] | None
) -> list[str]:
    """Return the commands that do not exist.

    Parameters
    ----------
    readme, makefile
        Their texts.
    known
        Options of each command of the CLI; None while there is no CLI.
    """
    targets = set(re.findall(r"^([a-z][\w-]*):", makefile, re.MULTILINE))
    found = []
    for words in commands(readme):
        line = " ".join(words)
        if words[0] == "make":
            asked = [w for w in words[1:] if "=" not in w and not w.startswith("-")]
            found += [f"`{line}`: no such target" for w in asked if w not in targets]
        elif known is not None and not words[1].startswith("-"):
            if words[1] not in known:
                found.append(f"`{line}`: no such command")
                continue
            options = [w.split("=")[0] for w in words[2:] if w.startswith("-")]
            unknown = [w for w in options if w not in known[words[1]]]
            found += [f"`{line}`: no such option {w}" for w in unknown]
    return found


def example_findings(readme: str, folder: Path) -> list[str]:
    """Return the words of the first Python example that fails, run in *folder*.

    The blocks are one program from top to bottom, as a reader would type them; blocks
    with ``>>>`` must also print what the README shows.
    """
    plain = [b for b in blocks(readme, "python", "py") if ">>>" not in b]
    shown = [b for b in blocks(readme, "python", "py", "pycon") if ">>>" in b]
    (folder / "examples.py").write_text("\n".join(plain), encoding="utf-8")
    (folder / "shown.txt").write_text("\n\n".join(shown), encoding="utf-8")
    found = []
    for command in (["examples.py"], ["-m", "doctest", "shown.txt"]):
        done = subprocess.run(
            [sys.executable, "-W", "error", *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            found.append((done.stderr or done.stdout).strip())
    return found


def cli_commands() -> dict[str, set[str]] | None:
    """Return the options of each command of `journeykit`; None if there is no CLI."""
    if importlib.util.find_spec("journeykit.cli") is None:
        return None
    import typer.main

    from journeykit.cli import app

    group = typer.main.get_command(app)
    listed: dict[str, set[str]] = {}
    for name, command in getattr(group, "commands", {}).items():
        options = {
            text for p in command.params for text in (*p.opts, *p.secondary_opts)
        }
        listed[name] = options | {"--help"}
    return listed


README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def test_commands_of_the_readme_exist() -> None:
    """Whoever types what the README shows is understood."""
    assert [] == command_findings(README, MAKEFILE, cli_commands())


def test_examples_of_the_readme_run(tmp_path: Path) -> None:
    """The Python of the README runs from top to bottom in an empty folder."""
    assert [] == example_findings(README, tmp_path)


@pytest.mark.parametrize(
    ("readme", "expected"),
    [
        ("```sh\nmake demonstration\n```", ["`make demonstration`: no such target"]),
        ("Run `make dmo` now.", ["`make dmo`: no such target"]),
        ("```bash\n$ journeykit show\n```", ["`journeykit show`: no such command"]),
        (
            "`journeykit demo --into a`",
            ["`journeykit demo --into a`: no such option --into"],
        ),
        ("```sh\nmake demo OUT=a  # all\njourneykit demo --out=a\n```", []),
        ("```python\nmake = 1\n```\nThey make coffee.", []),
    ],
)
def test_planted_command_is_found(readme: str, expected: list[str]) -> None:
    """A command, target or option that does not exist is found."""
    found = command_findings(readme, "demo: a\n\tb\n", {"demo": {"--out", "--help"}})

    assert expected == found


@pytest.mark.parametrize(
    ("readme", "n_findings"),
    [
        ("```python\na = 1\n```\nthen\n```python\nassert a == 1\n```", 0),
        ("```python\nimport no_such_module\n```", 1),
        ("```pycon\n>>> 1 + 1\n2\n```", 0),
        ("```python\n>>> 1 + 1\n3\n```", 1),
        ("```text\nno python at all\n```", 0),
    ],
)
def test_planted_example_is_found(tmp_path: Path, readme: str, n_findings: int) -> None:
    """An example that fails, or shows something else than it says, is found."""
    assert n_findings == len(example_findings(readme, tmp_path))
