"""Workshops that have hardly begun: every report says what is missing, and where."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from report_notebooks import given, page_of

import journeykit
from journeykit.report.template_reference import template_names
from journeykit.workshop import Workshop

_OF_A_DAY = {"facilitator_handout", "participant_sheets"}
TEMPLATES = [name for name in template_names() if name not in _OF_A_DAY]
"""Reports on what a workshop holds; the papers of its day need nothing of it."""


def _no_stage(work: Workshop) -> None:
    for kind in ("stage", "journey"):
        for one in work.entries(kind):
            work.remove(one.id)


def one_entry(work: Workshop) -> None:
    """Leave one pain point, and no stage that it could belong to."""
    _no_stage(work)
    work.add("pain_point", text="Nobody tells me which gate")


def no_stages(work: Workshop) -> None:
    """Leave people, pain, ideas and a plan, and no map."""
    _no_stage(work)
    work.add("persona", name="Maria")
    work.add("pain_point", text="Waiting takes long", severity=4, frequency=3)
    work.add("opportunity", text="Show the waiting time", expected_effect=4, effort=2)
    work.add("action", text="Put up a sign")
    work.add("kpi", name="Waiting time")
    work.add("canvas_entry", block="channels", text="Web shop")
    work.add("copis_element", role="process", text="Boarding")


def one_persona(work: Workshop) -> None:
    """Leave one persona and touchpoints of which nothing is known."""
    work.add("persona", name="Maria")
    for stage in work.entries("stage")[:2]:
        work.add("touchpoint", name=f"Desk of {stage.name}", stage=stage.id)


def nothing(work: Workshop) -> None:
    """Leave it as it was made."""


@pytest.mark.parametrize("make", [nothing, one_entry, no_stages, one_persona])
@pytest.mark.parametrize("template", TEMPLATES)
def test_report_says_what_is_missing_and_where_to_add_it(
    template: str, make: Callable[[Workshop], None], tmp_path: Path
) -> None:
    """No heading stands alone, no sentence stands twice in a row, a step is named."""
    path = tmp_path / "sparse.journey"
    with journeykit.new(path, title="Trip") as work:
        make(work)
    page = page_of(template, **given(template, path))

    blocks = [one for one in page.split("\n\n") if one.strip()]
    pairs = list(zip(blocks, [*blocks[1:], "# end"], strict=True))
    bare = [
        one
        for one, other in pairs
        if re.match(r"##+ ", one) and other.startswith(("# ", "## "))
    ]
    assert [] == bare
    assert [] == [one for one, other in pairs if one == other]
    assert re.search(r"(?i)\bsteps? \d|journeykit (import|mark)", page)
    assert not re.search(
        r"\b(nan|NaN|NaT)\b|[ (]None[ ).,]*\||Traceback|\b0 of 0\b", page
    )


@pytest.mark.parametrize("template", ["journey_report", "stage_deep_dive"])
def test_two_hundred_touchpoints_without_data_are_counted(
    template: str, tmp_path: Path
) -> None:
    """Nobody reads two hundred names: some are named, the others a number."""
    path = tmp_path / "large.journey"
    with journeykit.new(path, title="Trip") as work:
        (stage, *_) = work.entries("stage")
        for number in range(200):
            work.add("touchpoint", name=f"Place {number}", stage=stage.id)
    page = page_of(template, **given(template, path))

    (missing,) = [one for one in page.split("\n\n") if one.startswith("**Not measured")]
    assert missing.endswith("176 more.")
