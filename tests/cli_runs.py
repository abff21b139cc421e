"""The command as it is run in a test: what it prints, and with which exit code."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from journeykit import cli
from journeykit.cli_data import OUT

__all__ = ["Done", "Run", "run_in"]


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


def run_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Return what runs a command in a folder, as from a terminal."""
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "200")
    # Where COLUMNS is set already, it is as wide as that from its import on.
    monkeypatch.setattr(OUT, "_width", 200)
    monkeypatch.setattr(cli, "_is_debug", False)

    def start(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["journeykit", *map(str, words)])
        capsys.readouterr()
        code: object = 0
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            try:
                cli.main()
            except SystemExit as end:
                code = end.code or 0
        assert isinstance(code, int)
        return Done(code, *capsys.readouterr())

    return start
