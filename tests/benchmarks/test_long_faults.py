"""The fault tests of the store at full length: 5,000 kills, 5,000 power cuts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from benchmarks.figures import Figures
from store.faults.killed_writers import kill_writers
from store.faults.power_cuts import check_cut, cuts, record

N_KILLS = int(os.environ.get("JOURNEYKIT_KILLS", "5000"))
N_CUTS = int(os.environ.get("JOURNEYKIT_POWER_CUTS", "5000"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are forked")
@pytest.mark.timeout(300 + N_KILLS)
def test_kills(figures: Figures, tmp_path: Path) -> None:
    """No acknowledged edit is lost, none is doubled, and the file opens at once."""
    found = kill_writers(tmp_path, n_kills=N_KILLS, seed=7)

    assert [] == found.failures
    assert [] == found.problems
    print(
        f"\n{found.n_kills} kills in {found.seconds:.0f} s, {found.n_in_transaction} "
        f"within a transaction; {found.n_acknowledged} edits were acknowledged, "
        f"{found.n_repeats} groups sent again and only answered"
    )
    figures.at_least("kills", N_KILLS, found.n_kills, "kills")
    bad = found.n_lost + found.n_doubled + found.n_half + found.n_strange
    figures.at_most("kills, edits lost, doubled or halved", 0, bad, "edits")
    figures.at_most("reopening after a kill", 250, max(found.reopen_ms), "ms")


@pytest.mark.timeout(300 + N_CUTS // 2)
def test_power_cuts(figures: Figures, tmp_path: Path) -> None:
    """Whenever the power goes, everything acknowledged is there and whole."""
    folder = tmp_path / "after"
    folder.mkdir()
    recording = record(tmp_path)

    wrong = [
        check_cut(cut, recording, folder) for cut in cuts(recording, N_CUTS, seed=7)
    ]

    figures.at_least("power cuts, different states", N_CUTS, len(wrong), "states")
    figures.at_most("power cuts, lost or damaged", 0, sum(map(bool, wrong)), "states")
