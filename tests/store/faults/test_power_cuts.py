"""Whenever the power goes: what was acknowledged is there, and nothing is damaged."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from store.faults.power_cuts import check_cut, cuts, record

N_CUTS = int(os.environ.get("JOURNEYKIT_POWER_CUTS", "500"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an empty folder for the files after a power cut."""
    made = tmp_path / "after"
    made.mkdir()
    return made


@pytest.mark.slow
@pytest.mark.timeout(300 + N_CUTS // 5)
def test_power_cuts_lose_and_damage_nothing(tmp_path: Path, folder: Path) -> None:
    """Two people work, mark, undo, fold the WAL in, leave and come back."""
    recording = record(tmp_path)
    n_cuts, wrong = 0, []
    for cut in cuts(recording, N_CUTS, seed=2017):
        n_cuts += 1
        found = check_cut(cut, recording, folder)
        if found:
            wrong.append((cut.when, found))

    assert [] == wrong
    assert n_cuts == N_CUTS


def test_a_store_that_does_not_wait_for_the_disk_is_found_out(
    tmp_path: Path, folder: Path
) -> None:
    """The model of the disk is not too kind: without syncs edits are lost."""
    recording = record(tmp_path, is_careless=True)

    lost = [
        said
        for cut in cuts(recording, 60, seed=2017)
        for said in check_cut(cut, recording, folder)
    ]

    assert any("were acknowledged" in said for said in lost)
