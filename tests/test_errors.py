"""Errors say what was expected, what was found, where, and how to mend it."""

from __future__ import annotations

import copy
import pickle

import pytest

from journeykit import errors
from journeykit.errors import (
    BusyError,
    ConflictError,
    DamagedFileError,
    DanglingReferenceError,
    FileProblemError,
    InputError,
    JourneyKitError,
    JourneyKitWarning,
    MissingExtraError,
    ReadOnlyError,
    ReportError,
    TableError,
    UnknownNameError,
)

ONE_OF_EACH: list[tuple[JourneyKitError, str]] = [
    (
        InputError("a number was expected, found 'x'", "survey.csv, row 3", "Mend it"),
        "survey.csv, row 3: a number was expected, found 'x'. Mend it.",
    ),
    (InputError("no answer"), "no answer."),
    (
        UnknownNameError("column", "NETPRO_", ["NETPRO", "WEIGHT"], "survey.csv"),
        "survey.csv: there is no column 'NETPRO_'. Did you mean 'NETPRO'? "
        "Known: NETPRO, WEIGHT.",
    ),
    (
        UnknownNameError("mark", "zzz", []),
        "there is no mark 'zzz'. Known: none.",
    ),
    (
        TableError("answers are 1 to 5", [(2, "9"), (4, "x")], 2, "survey.csv, Q7"),
        "survey.csv, Q7: answers are 1 to 5 (row 2: '9'; row 4: 'x').",
    ),
    (
        TableError("no date", [(n, "?") for n in range(2, 12)], 40),
        "no date (row 2: '?'; row 3: '?'; row 4: '?'; row 5: '?'; row 6: '?' "
        "and 35 more).",
    ),
    (
        ConflictError("pp-1", "severity", 3, 5),
        "severity of pp-1 was changed by somebody else meanwhile: yours is 3, theirs "
        "is 5. Nothing was written; look at both and decide.",
    ),
    (
        ConflictError("pp-1", "*", "removal", {"text": "Wait"}),
        "pp-1 was changed or removed by somebody else meanwhile: yours is 'removal', "
        "theirs is {'text': 'Wait'}. Nothing was written; look at both and decide.",
    ),
    (
        DanglingReferenceError("stage 'Security'", ["touchpoint 'Queue'", "link 'l'"]),
        "stage 'Security' is missing, or would be, but is pointed to by "
        "touchpoint 'Queue', link 'l'. Change or remove those in the same step.",
    ),
    (FileProblemError("a.journey", "it is empty"), "a.journey: it is empty."),
    (
        DamagedFileError("a.journey", "page 3 is not what was written", "Restore it"),
        "a.journey: page 3 is not what was written. Restore it.",
    ),
    (
        ReadOnlyError("a.journey", "it was opened for reading", "Make a copy"),
        "a.journey: it was opened for reading. Make a copy.",
    ),
    (
        BusyError("a.journey", 5.0),
        "a.journey: somebody else has written for 5 seconds. "
        "Nothing was lost; try again.",
    ),
    (
        MissingExtraError("a modelled lifetime value", "clv"),
        "a modelled lifetime value needs the extra 'clv'. "
        "Install it: pip install 'journeykit[clv]'.",
    ),
    (
        # What it says may be a sentence.
        ReportError("out/failed.ipynb", 7, "KeyError", "'nps'."),
        "the report stopped at cell 7: KeyError: 'nps'. "
        "The notebook with the failing cell marked is out/failed.ipynb.",
    ),
]


@pytest.mark.parametrize(("error", "text"), ONE_OF_EACH)
def test_error_says_it_in_one_sentence(error: JourneyKitError, text: str) -> None:
    """The whole text, as a person at the command line reads it."""
    assert text == str(error)


@pytest.mark.parametrize(("error", "text"), ONE_OF_EACH)
def test_error_survives_another_process(error: JourneyKitError, text: str) -> None:
    """Reports run in child processes: class, parts and text arrive there."""
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(error) is type(again)
        assert text == str(again)
        assert vars(error) == vars(again)


def test_every_error_is_tried_here() -> None:
    """A new class gets its sentence and its pickling tested."""
    classes = {
        getattr(errors, name)
        for name in errors.__all__
        if name not in ("JourneyKitError", "JourneyKitWarning", "needed", "warn")
    }

    assert classes == {type(error) for error, _ in ONE_OF_EACH}


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (InputError, ValueError),
        (UnknownNameError, KeyError),
        (TableError, ValueError),
        (ConflictError, RuntimeError),
        (DanglingReferenceError, ValueError),
        (FileProblemError, OSError),
        (DamagedFileError, FileProblemError),
        (ReadOnlyError, PermissionError),
        (BusyError, TimeoutError),
        (ReportError, RuntimeError),
    ],
)
def test_error_is_also_the_builtin_that_fits(
    cls: type[Exception], builtin: type[Exception]
) -> None:
    """Who knows only Python catches it as what it is, or all of them by one base."""
    assert issubclass(cls, builtin)
    assert issubclass(cls, JourneyKitError)


def test_warnings_have_a_base_of_their_own() -> None:
    """A notebook can silence or raise what journeykit warns of, and nothing else."""
    assert issubclass(JourneyKitWarning, UserWarning)
    assert not issubclass(JourneyKitWarning, JourneyKitError)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("touch_point", "touchpoint"), ("Stage", "stage"), ("x", None)],
)
def test_nearest_name_is_offered_if_it_is_near(name: str, nearest: str | None) -> None:
    """A far-off guess would only mislead."""
    error = UnknownNameError("kind", name, ["stage", "touchpoint"])

    assert nearest == error.nearest
    assert ("stage", "touchpoint") == error.known


def test_parts_are_kept_for_programs() -> None:
    """A form shows problem and place in different spots; few rows stand for all."""
    error = TableError("no date", [(n, "?") for n in range(9)], 9, "visits.csv")

    assert ("no date", "visits.csv", 9) == (error.problem, error.where, error.n_rows)
    assert "severity" == InputError("1 to 5, found 9", field="severity").field
    assert "" == InputError("1 to 5, found 9").field
    assert tuple((n, "?") for n in range(5)) == error.rows


def test_missing_package_names_its_extra() -> None:
    """Who lacks a package is told what to install; who has it gets it."""
    assert pickle is errors.needed("pickle", "this test", "clv")
    with pytest.raises(errors.MissingExtraError, match="needs the extra 'clv'"):
        errors.needed("no_such_module", "this test", "clv")
