"""The one object that a notebook opens."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import journeykit
from journeykit.errors import (
    ConflictError,
    DanglingReferenceError,
    FileProblemError,
    InputError,
    JourneyKitWarning,
    ReadOnlyError,
    UnknownNameError,
)
from journeykit.exchange import starters
from journeykit.exchange.starters import Starter
from journeykit.model import Case, DataSet, Document, Journey, Stage, from_json
from journeykit.store import examine_file, forget_author
from journeykit.workshop import Workshop


@pytest.fixture
def workshop() -> Workshop:
    """Return a workshop in memory with one stage, nothing else."""
    made = journeykit.new(None, starter="blank", author="Ann")
    for stage in made.entries("stage")[1:]:
        made.remove(stage)
    return made


def files(folder: Path) -> list[str]:
    """Return the names of all files in a folder."""
    return sorted(path.name for path in folder.iterdir())


# --- making and opening ---------------------------------------------------------------


def test_new_workshop_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    """Nothing has to be saved by hand."""
    path = tmp_path / "trip.journey"
    with journeykit.new(path, title="Booking a trip", author="Ann") as made:
        before = made.document()
    with journeykit.open(path) as opened:
        assert "Booking a trip" == opened.case.title
        assert before == opened.document()
        assert f"<Workshop 'Booking a trip' in {path}>" == repr(opened)
        assert ["Ann"] == list(opened.store.author_names().values())
    assert examine_file(path).is_whole


def test_taken_path_is_left_as_it_is(tmp_path: Path) -> None:
    """A file of that name is never overwritten."""
    path = tmp_path / "trip.journey"
    journeykit.new(path, title="First").close()
    before = path.read_bytes()

    with pytest.raises(FileProblemError, match="a file of that name already"):
        journeykit.new(path, title="Second")

    assert before == path.read_bytes()


@pytest.mark.parametrize(
    ("name", "starter", "match"),
    [
        ("trip.txt", "blank", r"ends in \.journey, found 'trip.txt'"),
        ("no/folder/trip.journey", "blank", "there is no such folder"),
        ("trip.journey", "airprot", "Did you mean 'airport'"),
        ("trip.journey", "../blank", "there is no starter"),
    ],
)
def test_refused_beginning_leaves_nothing(
    tmp_path: Path, name: str, starter: str, match: str
) -> None:
    """A wrong name is said before anything is made."""
    with pytest.raises((FileProblemError, InputError, UnknownNameError), match=match):
        journeykit.new(tmp_path / name, starter=starter)

    assert [] == files(tmp_path)


def broken_starter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the starter ``broken`` fail after its entries are there."""
    document = Document([Case(id="case", title="T"), Journey(id="j", name="J")])
    broken = Starter("broken", "", "", document, (("ds", tmp_path / "no.csv"),))
    monkeypatch.setattr(starters, "starter", lambda name, today: broken)


def test_failure_half_way_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks meanwhile, and whatever fails, there is all of it or nothing."""
    broken_starter(tmp_path, monkeypatch)

    with pytest.raises(FileProblemError, match=r"no\.csv"):
        journeykit.new(tmp_path / "trip.journey", starter="broken")

    assert [] == files(tmp_path)


@pytest.mark.filterwarnings("ignore:.*a sync program")
@pytest.mark.parametrize("place", ["plain", "Dropbox"])
def test_failure_while_writing_leaves_no_file_and_no_companion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Neither the lock nor the log stays, and nothing is published to a cloud."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    (tmp_path / place).mkdir()

    def fail(store: object, source: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("journeykit.store.beginning._fill", fail)

    with pytest.raises(OSError, match="No space left"):
        journeykit.new(tmp_path / place / "trip.journey")

    assert [] == files(tmp_path / place)
    assert [] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_folder_in_step_with_a_cloud_sees_only_whole_workshops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workshop that failed half-way is not published; a whole one is on closing."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    with monkeypatch.context() as patched:
        broken_starter(tmp_path, patched)
        with pytest.raises(FileProblemError, match=r"no\.csv"):
            journeykit.new(cloud / "trip.journey", starter="broken")
    assert [] == files(cloud)

    with pytest.warns(JourneyKitWarning, match="a sync program"):
        made = journeykit.new(cloud / "trip.journey", title="Trip")
    made.close()

    with journeykit.open(cloud / "trip.journey", is_read_only=True) as opened:
        assert "Trip" == opened.case.title


def test_open_makes_a_missing_workshop_of_a_starter_only_if_told(
    tmp_path: Path,
) -> None:
    """A misspelled path is no new workshop; with a starter it is one, once."""
    path = tmp_path / "trip.journey"
    with pytest.raises(FileProblemError, match="no such workshop file"):
        journeykit.open(path)
    with journeykit.open(path, starter="blank", author="Ann") as made:
        added = made.add("persona", name="Ann")
    with journeykit.open(path, starter="blank") as opened:
        assert (added,) == opened.entries("persona")


def test_what_a_starter_brings_has_no_author() -> None:
    """Its cards show nobody's initials; the title that was given shows who gave it."""
    with journeykit.new(None, starter="airport", title="Ours", author="Ann") as made:
        steps = {step.edit.author for step in made.store.history(made.case.id)}

        assert {} == made.store.added_by()
        assert {None, made.author} == steps
        assert made.author is not None


def test_authors_stand_in_the_record_by_id_only(tmp_path: Path) -> None:
    """Also a name that looks like an id can be erased to the last byte."""
    path = tmp_path / "trip.journey"
    with journeykit.new(path, author="  marieluise ") as made:
        assert made.author is not None
        first = made.author
        assert first.startswith("a-")
        added = made.add("persona", name="P")
        assert first == made.store.history(added.id)[0].edit.author
    with journeykit.open(path, author="marieluise") as again:
        assert first == again.author
    with journeykit.open(path, author=first) as by_id:
        assert first == by_id.author
        forget_author(by_id.store, first)
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())

    assert b"marieluise" not in everything


def test_workshop_without_a_name_has_no_author() -> None:
    """A blank name is none."""
    with journeykit.new(None, author=" ") as made:
        assert made.author is None


def test_reading_only_changes_nothing(tmp_path: Path) -> None:
    """A new author's name is not kept, and no edit is taken."""
    path = tmp_path / "trip.journey"
    journeykit.new(path, author="Ann").close()
    before = path.read_bytes()
    with journeykit.open(path, is_read_only=True, author="Ben") as opened:
        assert opened.author is None
        with pytest.raises(ReadOnlyError):
            opened.add("persona", name="P")
    with journeykit.open(path, is_read_only=True, author="Ann") as opened:
        assert opened.author is not None

    assert before == path.read_bytes()


def test_reader_sees_what_others_write_meanwhile(tmp_path: Path) -> None:
    """A report may be written while the team goes on."""
    path = tmp_path / "trip.journey"
    with journeykit.new(path) as writer:
        first = writer.add("persona", name="First")
        with journeykit.open(path, is_read_only=True) as reader:
            assert (first,) == reader.entries("persona")
            second = writer.add("persona", name="Second")
            assert (first, second) == reader.entries("persona")


def test_team_on_several_hosts_shares_one_workshop(new_postgres_url: str) -> None:
    """A PostgreSQL workshop is made once, opened by all, and holds its tables."""
    url = f"{new_postgres_url}&workshop=trip"
    with journeykit.new(url, title="Trip", author="Ann") as made:
        made.import_survey(b"RESPNUM,NPS\n1,9\n2,3\n", title="Answers")
        with journeykit.open(url) as other:
            assert made.document() == other.document()
            assert ["9", "3"] == list(other.survey()["NPS"])
    with pytest.raises(InputError, match="there is a workshop already"):
        journeykit.new(url, title="Another")
    with journeykit.open(url, is_read_only=True) as still:
        assert "Trip" == still.case.title
    assert examine_file(url).is_whole


def test_failure_half_way_leaves_no_workshop_in_a_database(
    new_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next try begins from nothing."""
    with monkeypatch.context() as patched:
        broken_starter(tmp_path, patched)
        with pytest.raises(FileProblemError, match=r"no\.csv"):
            journeykit.new(new_postgres_url, starter="broken")
    with journeykit.new(new_postgres_url, title="Trip") as made:
        assert "Trip" == made.case.title


# --- entries --------------------------------------------------------------------------


def test_added_entries_stand_in_order(workshop: Workshop) -> None:
    """Each comes after the others of its kind."""
    names = ["Zoe", "Ann", "Mia"]
    for name in names:
        workshop.add("persona", name=name)

    assert names == [one.name for one in workshop.entries("persona")]


def test_table_has_a_row_an_entry(workshop: Workshop) -> None:
    """Columns are the fields; what is missing is None, not NaN."""
    first = workshop.entries("stage")[0]
    workshop.add("touchpoint", stage=first.id, name="Search", emotion=-1)
    workshop.add("touchpoint", stage=first.id, name="Book")
    expected = pd.DataFrame(
        {"name": ["Search", "Book"], "emotion": [-1, None]}, dtype=object
    )

    assert_frame_equal(expected, workshop.table("touchpoint")[["name", "emotion"]])
    assert [] == workshop.table("persona").to_dict("records")
    assert "name" in workshop.table("persona").columns


def test_unknown_words_are_refused_with_the_nearest(workshop: Workshop) -> None:
    """A misspelled kind or field is no new one."""
    n_edits = workshop.store.number()
    with pytest.raises(UnknownNameError, match="Did you mean 'persona'"):
        workshop.add("persone", name="Ann")
    with pytest.raises(UnknownNameError, match="Did you mean 'name'"):
        workshop.add("persona", nam="Ann")
    with pytest.raises(UnknownNameError, match="Did you mean 'touchpoint'"):
        workshop.table("touchpoints")
    with pytest.raises(InputError, match="How do customers feel"):
        workshop.add("touchpoint", stage=workshop.entries("stage")[0].id, emotion=7)
    with pytest.raises(DanglingReferenceError, match="nowhere"):
        workshop.add("touchpoint", stage="nowhere", name="Search")

    assert n_edits == workshop.store.number()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Queue\x0b"}, "name: 1 control sign removed"),
        ({"name": "Q", "goals": ["a\x00b", "\ud800"]}, "goals: 1 control sign removed"),
        ({"name": "Q", "extensions": {"x": "a\x0b"}}, "extensions: 1 control sign"),
    ],
)
def test_text_that_was_cleaned_is_said_at_the_callers_line(
    workshop: Workshop, fields: dict[str, object], said: str
) -> None:
    """Nothing disappears from what people typed without a word."""
    with pytest.warns(JourneyKitWarning, match=said) as caught:
        workshop.add("persona", **fields)

    assert __file__ == caught[0].filename


def test_old_entry_is_merged_with_what_others_changed(workshop: Workshop) -> None:
    """Another field is merged; the same field is a conflict that names both values."""
    seen = workshop.add("persona", name="Ann")
    workshop.change(seen.id, name="Anna")
    merged = workshop.change(seen, summary="Travels a lot")

    assert ("Anna", "Travels a lot") == (merged.name, merged.summary)
    with pytest.raises(ConflictError, match=r"yours is 'Annie', theirs is 'Anna'"):
        workshop.change(seen, name="Annie")
    assert "Anna" == workshop[seen.id].name


def test_removing_what_others_point_to_is_refused(workshop: Workshop) -> None:
    """Links go with it on request; another entry never does."""
    stage = workshop.entries("stage")[0]
    one = workshop.add("touchpoint", stage=stage.id, name="One")
    two = workshop.add("touchpoint", stage=stage.id, name="Two")
    link = workshop.link(one, two.id, "flows_to")

    with pytest.raises(DanglingReferenceError, match="Two"):
        workshop.remove(two)
    with pytest.raises(DanglingReferenceError, match="One"):
        workshop.remove(stage, with_links=True)
    workshop.remove(two, with_links=True)

    assert link.id not in workshop.document()
    assert (one,) == workshop.entries("touchpoint")
    workshop.undo()
    assert (one, two) == workshop.entries("touchpoint")
    assert link.id in workshop.document()


def test_undo_takes_back_steps_one_after_the_other(workshop: Workshop) -> None:
    """Each call undoes one step of this author; then there is nothing left."""
    with journeykit.new(None, author="Ann") as own:
        own.add("persona", name="Ann")
        own.add_all([Stage(id="s", journey=own.entries("journey")[0].id, name="S")])
        own.undo()
        assert "s" not in own.document()
        own.undo()
        assert () == own.entries("persona")
        assert own.add_all([]) is None


def test_mark_is_a_moment_to_look_back_to(workshop: Workshop) -> None:
    """The document of a mark is the one of then."""
    before = workshop.document()
    mark = workshop.mark("before lunch", reason="first draft")
    workshop.add("persona", name="Ann")

    assert (mark,) == workshop.marks()
    assert ("first draft", workshop.author) == (mark.reason, mark.author)
    assert before == workshop.document("before lunch")
    with pytest.raises(UnknownNameError, match="Did you mean 'before lunch'"):
        workshop.document("before lunhc")


def test_workshop_without_a_case_header_says_so() -> None:
    """The header may be removed by hand; the message names the workshop."""
    with journeykit.new(None) as made:
        made.remove("case")
        with pytest.raises(InputError, match="in memory: the workshop has no case"):
            made.case  # noqa: B018 - it raises


# --- files ----------------------------------------------------------------------------


def test_exported_json_is_the_same_document(airport_file: Path, tmp_path: Path) -> None:
    """Written and read, nothing is added or lost."""
    with journeykit.open(airport_file, is_read_only=True) as workshop:
        path = workshop.export_json(tmp_path / "out" / "airport.journey.json")

        assert workshop.document() == from_json(path.read_text(encoding="utf-8"))
        assert ["airport.journey.json"] == files(tmp_path / "out")


def test_failed_export_leaves_what_was_there(
    workshop: Workshop, tmp_path: Path
) -> None:
    """A folder of that name is no file to write."""
    (tmp_path / "map.json").mkdir()
    with pytest.raises(FileProblemError, match="cannot be written"):
        workshop.export_json(tmp_path / "map.json")

    assert ["map.json"] == files(tmp_path)


def test_workshop_can_be_sent_by_mail(airport_file: Path, tmp_path: Path) -> None:
    """A closed workshop is one plain file: the copy alone holds entries and answers."""
    with journeykit.open(airport_file) as workshop:
        workshop.add("persona", name="Ann")
    (tmp_path / "mail").mkdir()
    sent = Path(shutil.copyfile(airport_file, tmp_path / "mail" / "sent.journey"))
    with journeykit.open(sent) as opened:
        assert 2_831 == len(opened.survey())
        assert "Ann" == opened.entries("persona")[-1].name


# --- data -----------------------------------------------------------------------------


def test_airport_scores_are_the_published_ones(airport_file: Path) -> None:
    """NPS of all answers, and who is left out."""
    with journeykit.open(airport_file, is_read_only=True) as workshop:
        scores = workshop.scores()
        is_nps = scores["definition"] == "net_promoter_score"
        whole = scores[is_nps & scores["group"].isna()].iloc[0]
        kept = next(
            one
            for one in workshop.entries("measurement")
            if one.definition == "net_promoter_score"
            and one.persona is None
            and not one.is_weighted
        )

    assert (39.84, 37.18, 42.41) == tuple(
        round(whole[name], 2) for name in ("value", "low", "high")
    )
    assert (2_746, 85) == (whole["n"], whole["n_left_out"])
    assert (whole["value"], 2_746, {"11 no answer": 84, "empty": 1}) == (
        kept.value,
        kept.n,
        kept.left_out,
    )


def test_measuring_again_changes_nothing(airport_file: Path) -> None:
    """The same answers give the same measurements: no edit is recorded."""
    with journeykit.open(airport_file) as workshop:
        number = workshop.store.number()
        workshop.measure()

        assert number == workshop.store.number()


def test_workshop_without_answers_says_how_to_bring_them(workshop: Workshop) -> None:
    """A data set that is only described has no scores."""
    described = workshop.add("data_set", title="Panel")
    with pytest.raises(InputError, match="no survey was imported into this workshop"):
        workshop.scores()
    with pytest.raises(InputError, match="no answers were imported into 'Panel'"):
        workshop.survey(described.id)
    with pytest.raises(InputError, match="is no data set, it is a case"):
        workshop.measure("case")
    assert isinstance(workshop.data_set(described.id), DataSet)


def test_two_processes_write_into_one_workshop(tmp_path: Path) -> None:
    """What another process adds is there without reopening."""
    path = tmp_path / "trip.journey"
    code = (
        "import sys, journeykit\n"
        "with journeykit.open(sys.argv[1], author='Ben') as w:\n"
        "    w.add('persona', name='Ben')\n"
    )
    with journeykit.new(path) as workshop:
        own = workshop.add("persona", name="Ann")
        subprocess.run([sys.executable, "-c", code, path], check=True, env=os.environ)
        others = [one.name for one in workshop.entries("persona")]
        workshop.undo()

        assert ["Ann", "Ben"] == others
        assert own.id not in workshop.document()
        assert ["Ben"] == [one.name for one in workshop.entries("persona")]


def test_examples_go_in_one_step_and_come_back(tmp_path: Path) -> None:
    """The skeleton of a starter stays; a second time there is nothing to take out."""
    with journeykit.new(tmp_path / "trip.journey", starter="resort_booking") as work:
        before = work.document()
        receipt = work.remove_examples()

        assert receipt is not None
        assert () == work.entries("pain_point")
        assert () != work.entries("touchpoint")
        assert work.remove_examples() is None
        work.undo()
        assert before == work.document()
