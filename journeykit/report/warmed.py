"""What every report of ours imports late and uses: imported early where reports fork.

A page imports what it needs when it needs it, so that the command line starts fast. A
warm parent of reports has the time: what it has imported, no report imports again. No
thread is started and nothing is drawn here.
"""

from __future__ import annotations

import sqlite3
from datetime import date

import babel.dates
import babel.numbers
import pyarrow.dataset
import pyarrow.parquet

import journeykit.exchange.parquet
from journeykit.exchange.starters import starter
from journeykit.language import LANGUAGES, day, decimals, say, speaking
from journeykit.report.part import part_names

__all__ = ["MODULES"]

MODULES = (
    sqlite3,
    babel.dates,
    babel.numbers,
    pyarrow.dataset,
    pyarrow.parquet,
    journeykit.exchange.parquet,
)
"""The modules that are imported with this one."""


def _make_once() -> None:
    """Make what each process makes at its first use: templates, words, fields."""
    part_names()
    starter("empty", date(2000, 1, 1))
    for language in LANGUAGES:
        with speaking(language):
            say("Contents")
            day(date(2000, 1, 1))
            decimals(1.5, 1)


_make_once()
