"""Imported answers within a workshop: kept, read again, scored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal
from sqlalchemy import func, select

import journeykit
from journeykit.errors import (
    DanglingReferenceError,
    FileProblemError,
    InputError,
    TableError,
    UnknownNameError,
)
from journeykit.exchange.imported import import_survey
from journeykit.model import (
    Condition,
    EventMapping,
    Group,
    Measurement,
    PurchaseMapping,
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
            UnknownNameError,
            "no touchpoint 'gate'",
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


# --- records, and waves ---------------------------------------------------------------

LOG = (
    b"user,event,at\n1,Search,2026-01-31 23:30\n1,Desk,2026-02-01 09:00\n"
    b"2,Search,2026-02-02 10:00\n"
)
EVENTS = EventMapping(customer="user", activity="event", time="at")
SHOP = b"who,when,total\n1,2026-01-31,5.50\n2,2026-02-03,0\n"
PURCHASES = PurchaseMapping(customer="who", time="when", amount="total")


def test_records_are_kept_as_a_data_set(workshop: Workshop, tmp_path: Path) -> None:
    """What it is, how many, from when to when, with reading, quality and hash."""
    path = tmp_path / "log.csv"
    path.write_bytes(LOG)
    records = workshop.import_records(path, mapping=EVENTS, data_set="log")
    made = workshop.data_set("log")
    table = stored_table(workshop.store, made.table)

    assert ("log.csv", "analytics", 3, 3) == (
        *(made.title, made.data_kind, made.n_rows, made.n_columns),
    )
    assert (date(2026, 1, 31), date(2026, 2, 2)) == (made.period_start, made.period_end)
    assert EVENTS == made.records
    assert made.mapping is None
    assert list(records.reading.notes) == table.reading["notes"]
    assert ("events", 2) == (table.quality["reads"], table.quality["n_customers"])
    assert_frame_equal(records.frame, workshop.records("log"))


def test_each_kind_is_found_by_its_name(workshop: Workshop) -> None:
    """A survey, a log and purchases stand beside each other."""
    workshop.import_records(LOG, mapping=EVENTS, title="Log")
    workshop.import_records(SHOP, mapping=PURCHASES, title="Shop")
    with pytest.raises(InputError, match="no survey was imported"):
        workshop.survey()
    workshop.import_survey(ANSWERS, mapping=mapping("Q1"), title="Survey")

    assert "Shop" == workshop.data_set(reads="purchases").title
    assert "purchase_history" == workshop.data_set(reads="purchases").data_kind
    assert [5.5, 0.0] == workshop.records()["amount"].tolist()
    assert 3 == len(workshop.records(reads="events"))
    assert 60 == len(workshop.survey())
    assert 60 == workshop.measure()["n"].max()
    with pytest.raises(InputError, match="no tickets were imported"):
        workshop.records(reads="tickets")


def test_records_and_answers_are_not_mixed_up(workshop: Workshop) -> None:
    """Each says what it holds and how it is read."""
    workshop.import_records(LOG, mapping=EVENTS, data_set="log")
    workshop.import_survey(ANSWERS, mapping=mapping("Q1"), data_set="survey")
    workshop.add("data_set", id="none", title="None", records=EVENTS)

    with pytest.raises(InputError, match="holds events and no survey"):
        workshop.measure("log")
    with pytest.raises(InputError, match="holds no purchases, events"):
        workshop.records("survey")
    with pytest.raises(InputError, match="nothing was imported into 'None'"):
        workshop.records("none")


def test_names_matched_later_need_no_new_import(workshop: Workshop) -> None:
    """The mapping of the data set is an entry like any other, and can be undone."""
    workshop.import_records(LOG, mapping=EVENTS, data_set="log")
    fresh = EVENTS.model_copy(update={"activities": {"Desk": "desk"}})
    workshop.change("log", records=fresh)

    found = workshop.records("log")["touchpoint"]
    assert [None, "desk", None] == [None if one != one else one for one in found]
    with pytest.raises(DanglingReferenceError, match="'answers'"):
        workshop.remove("desk")
    workshop.undo()
    assert "touchpoint" not in workshop.records("log")


@pytest.mark.parametrize(
    ("data", "options", "error", "match"),
    [
        (LOG, {}, InputError, "nothing is taken before somebody said"),
        (LOG, {"mapping": PURCHASES}, UnknownNameError, "no column 'who'"),
        (
            LOG,
            {"mapping": EVENTS.model_copy(update={"activities": {"Desk": "gone"}})},
            UnknownNameError,
            "no touchpoint 'gone'",
        ),
        (LOG, {"mapping": EVENTS, "data_set": "desk"}, InputError, "is no data set"),
        (LOG, {"mapping": EVENTS, "timezone": "Mars"}, InputError, "a time zone such"),
        (b"user,event,at\n1,a,soon\n", {"mapping": EVENTS}, TableError, "a time was"),
    ],
)
def test_refused_records_leave_nothing(
    workshop: Workshop,
    data: bytes,
    options: dict[str, object],
    error: type[Exception],
    match: str,
) -> None:
    """Neither an entry nor a table is kept."""
    before = workshop.document()
    with pytest.raises(error, match=match):
        workshop.import_records(data, **options)  # type: ignore[arg-type]

    assert before == workshop.document()
    assert 0 == n_tables(workshop)


def test_records_can_be_brought_again(workshop: Workshop) -> None:
    """The same data set, its own mapping, the words that a person gave it."""
    said = {"title": "Till", "data_kind": "complaint", "licence": "CC0"}
    workshop.add("data_set", id="shop", **said)
    workshop.import_records(SHOP, mapping=PURCHASES, data_set="shop")
    workshop.import_records(SHOP + b"3,2026-03-01,9\n", data_set="shop")
    made = workshop.data_set("shop")

    assert ("Till", "complaint", "CC0", 3) == (
        *(made.title, made.data_kind, made.licence, made.n_rows),
    )
    assert date(2026, 3, 1) == made.period_end


def test_a_survey_may_take_the_place_of_records(workshop: Workshop) -> None:
    """And the reverse: a data set is one or the other."""
    workshop.import_records(SHOP, mapping=PURCHASES, data_set="ds")
    workshop.import_survey(ANSWERS, mapping=mapping("Q1"), data_set="ds")
    first = workshop.data_set("ds")
    workshop.import_records(SHOP, mapping=PURCHASES, data_set="ds")
    second = workshop.data_set("ds")

    assert (None, "survey") == (first.records, first.data_kind)
    assert (None, PURCHASES) == (second.mapping, second.records)


def test_waves_stand_in_the_order_of_their_periods(workshop: Workshop) -> None:
    """Told, or written into the file by a survey tool; a mapping serves them all."""
    autumn = b"Timestamp,RESPNUM,Q1\n9/13/2025 10:00,1,5\n10/2/2025 9:00,2,4\n"
    spring = (date(2025, 3, 1), date(2025, 3, 31))
    workshop.import_survey(autumn, mapping=mapping("Q1"), title="Autumn")
    workshop.import_survey(
        ANSWERS, mapping=mapping("Q1"), title="Spring", period=spring
    )
    waves = workshop.data_sets()

    assert ["Spring", "Autumn"] == [one.title for one in waves]
    assert (date(2025, 9, 13), date(2025, 10, 2)) == (
        *(waves[1].period_start, waves[1].period_end),
    )
    assert [mapping("Q1"), mapping("Q1")] == [one.mapping for one in waves]
