"""Imported answers within a workshop: kept, read again, scored."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

import journeykit
from journeykit.errors import (
    DanglingReferenceError,
    FileProblemError,
    InputError,
    UnknownNameError,
)
from journeykit.exchange.imported import import_survey
from journeykit.model import (
    Condition,
    Group,
    Measurement,
    Question,
    Scale,
    SurveyMapping,
)
from journeykit.store import stored_table
from journeykit.store.schema import DATASET
from journeykit.workshop import Workshop

FIVE = Scale(lowest=1, highest=5, not_answers={"6": "never used"})
ANSWERS = b"RESPNUM,WHO,Q1,Q2,W\n" + b"".join(
    f"{n},{'a' if n % 2 else 'b'},{n % 5 + 1},{n % 6 + 1},{n % 3 + 1}\n".encode()
    for n in range(60)
)


@pytest.fixture
def workshop() -> Workshop:
    """Return a workshop with a touchpoint and a persona."""
    made = journeykit.new(None, author="Ann")
    stage = made.entries("stage")[0].id
    made.add("touchpoint", id="desk", stage=stage, name="Desk")
    made.add("persona", id="a", name="A")
    return made


def mapping(*columns: str, touchpoint: str | None = "desk") -> SurveyMapping:
    """Return a mapping of satisfaction questions."""
    return SurveyMapping(
        questions=tuple(
            Question(column=one, asks="satisfaction", scale=FIVE, touchpoint=touchpoint)
            for one in columns
        )
    )


def n_tables(workshop: Workshop) -> int:
    """Return how many tables the workshop keeps."""
    with workshop.store.backend.reading() as connection:
        return connection.execute(
            select(func.count()).select_from(DATASET)
        ).scalar_one()


def measured(workshop: Workshop) -> dict[tuple[str, str], int]:
    """Return n by definition and column."""
    found: tuple[Measurement, ...] = workshop.entries("measurement")
    return {(one.definition, one.column): one.n for one in found}


def test_new_data_set_says_what_was_imported(
    workshop: Workshop, tmp_path: Path
) -> None:
    """Its title is the file's name, its mapping the one it was checked with."""
    path = tmp_path / "answers.csv"
    path.write_bytes(ANSWERS)
    survey = workshop.import_survey(path, mapping=mapping("Q1"))
    made = workshop.data_set()

    assert ("answers.csv", 60, 5) == (made.title, made.n_rows, made.n_columns)
    assert mapping("Q1") == made.mapping
    assert list(survey.frame["Q1"]) == list(workshop.survey()["Q1"])


def test_later_data_set_stands_behind_the_first(workshop: Workshop) -> None:
    """Without a name the first one with answers is meant, whatever their ids."""
    workshop.import_survey(ANSWERS, data_set="z-first", title="First")
    workshop.import_survey(ANSWERS, data_set="a-second", title="Second")

    assert ["First", "Second"] == [one.title for one in workshop.entries("data_set")]
    assert "First" == workshop.data_set().title
    assert 1 == n_tables(workshop)


def test_import_returns_the_id_that_it_filled(workshop: Workshop) -> None:
    """A new data set gets an id of its own."""
    _, made = import_survey(workshop.store, ANSWERS, title="Answers")

    assert [made] == [one.id for one in workshop.entries("data_set")]


@pytest.mark.parametrize(
    ("data", "options", "error", "match"),
    [
        (b"", {}, InputError, "empty"),
        (b"<html><body>Log in</body></html>", {}, InputError, "page"),
        (ANSWERS, {"mapping": mapping("Q7")}, UnknownNameError, "Q7"),
        (
            ANSWERS,
            {"mapping": mapping("Q1", touchpoint="gate")},
            DanglingReferenceError,
            "gate",
        ),
        (ANSWERS, {"data_set": "case"}, InputError, "no data set, it is a case"),
        (ANSWERS, {"data_set": "My Answers"}, InputError, "id"),
        ("no/such.csv", {}, FileProblemError, "such.csv"),
    ],
)
def test_refused_import_leaves_nothing(
    workshop: Workshop,
    data: bytes | str,
    options: dict[str, object],
    error: type[Exception],
    match: str,
) -> None:
    """Neither an entry nor a table is kept."""
    before = workshop.document()
    with pytest.raises(error, match=match):
        workshop.import_survey(data, **options)

    assert before == workshop.document()
    assert 0 == n_tables(workshop)


def test_second_import_replaces_answers_and_scores_in_one_step(
    workshop: Workshop,
) -> None:
    """Scores never speak of answers that are gone; one undo brings both back."""
    workshop.import_survey(ANSWERS, data_set="ds", mapping=mapping("Q1", "Q2"))
    workshop.measure("ds")
    first = workshop.document()
    assert {60, 50} == set(measured(workshop).values())
    number = workshop.store.number()

    half = b"\n".join(ANSWERS.splitlines()[:31])
    workshop.import_survey(half, data_set="ds", mapping=mapping("Q1"))
    groups = {one.edit.group for one in workshop.store.changes_since(number)}

    assert 1 == len(groups)
    assert {("customer_satisfaction_score", "Q1"), ("mean_satisfaction", "Q1")} == set(
        measured(workshop)
    )
    assert {30} == set(measured(workshop).values())
    assert 30 == workshop.data_set("ds").n_rows
    workshop.undo()
    assert first == workshop.document()
    assert 60 == len(workshop.survey("ds"))


def test_same_file_again_changes_no_score(workshop: Workshop) -> None:
    """What is the same is not recorded as new."""
    workshop.import_survey(ANSWERS, data_set="ds", mapping=mapping("Q1"))
    workshop.measure("ds")
    before = workshop.document()
    workshop.import_survey(ANSWERS, data_set="ds")

    assert before == workshop.document()
    assert 1 == n_tables(workshop)


def test_mapping_of_the_data_set_is_used_again(workshop: Workshop) -> None:
    """New answers of the same survey need no mapping."""
    workshop.import_survey(ANSWERS, data_set="ds", mapping=mapping("Q1"))
    survey = workshop.import_survey(ANSWERS + b"99,a,5,5,1\n", data_set="ds")

    assert mapping("Q1") == survey.mapping == workshop.data_set("ds").mapping
    assert 61 == workshop.data_set("ds").n_rows


def test_undo_takes_an_import_back(workshop: Workshop) -> None:
    """The data set goes; a table without one does not disturb."""
    before = workshop.document()
    workshop.import_survey(ANSWERS, mapping=mapping("Q1"))
    workshop.undo()

    assert before == workshop.document()
    with pytest.raises(InputError, match="no survey was imported"):
        workshop.survey()


def test_what_was_cleaned_is_kept_with_the_table(workshop: Workshop) -> None:
    """How the file was read can be looked up later."""
    workshop.import_survey(b"id,note\n1,a\x0bb\n2,c\n", data_set="ds")
    table = stored_table(workshop.store, workshop.data_set("ds").table)

    assert "Removed from the texts: 1 control sign." in table.reading["notes"]
    assert ["ab", "c"] == list(workshop.survey("ds")["note"])


def test_groups_and_weights_have_scores_of_their_own(workshop: Workshop) -> None:
    """Each persona is measured; weighted scores of all stand beside the plain ones."""
    condition = Condition(column="WHO", values=("a",))
    whole = mapping("Q1").model_copy(
        update={
            "groups": (Group(subject="a", conditions=(condition,)),),
            "weight": "W",
        }
    )
    workshop.import_survey(ANSWERS, data_set="ds", mapping=whole)
    plain = workshop.measure("ds")
    found: tuple[Measurement, ...] = workshop.entries("measurement")
    csat = {
        (one.persona, one.is_weighted): (one.n, one.effective_n)
        for one in found
        if one.definition == "customer_satisfaction_score"
    }

    assert {(None, False): 60, ("a", False): 30, (None, True): 60} == {
        key: n for key, (n, _) in csat.items()
    }
    assert 51.4 == round(csat[None, True][1] or 0, 1)
    assert not plain.duplicated(["definition", "column", "group"]).any()
    weighted = workshop.scores("ds", is_weighted=True)
    assert len(plain) == len(weighted)


def test_smallest_group_is_that_of_the_case(workshop: Workshop) -> None:
    """The case says below how many answers a number is withheld."""
    workshop.import_survey(ANSWERS[:200], data_set="ds", mapping=mapping("Q1"))
    n = int(workshop.scores("ds")["n"].iloc[0])
    workshop.change(workshop.case, min_group=n + 1)

    assert workshop.scores("ds")["value"].isna().all()
    workshop.measure("ds")
    assert {None} == {one.value for one in workshop.entries("measurement")}
