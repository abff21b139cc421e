"""Errors cross from child processes, so each survives pickling with all its parts."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping

from journeykit import errors

SAMPLES: dict[str, tuple[object, ...]] = {
    "BusyError": ("case.journey", 2.5),
    "ConflictError": ("st-1", "name", "Buy", "Purchase"),
    "DamagedFileError": ("case.journey", "a byte was changed", "Restore a backup"),
    "DanglingReferenceError": ("st-1", ("Check-in", "Security")),
    "FileProblemError": ("case.journey", "it is a folder", "Name a file"),
    "InputError": ("expected 0 to 10, found 11", "row 3", "Leave it out", "score"),
    "JourneyKitError": ("something",),
    "JourneyKitWarning": ("something was left out",),
    "MissingExtraError": ("a modelled lifetime value", "clv"),
    "ReadOnlyError": ("case.journey", "it is open for reading only", "Save a copy"),
    "ReportError": ("report.ipynb", 3, "InputError", "no such persona"),
    "TableError": ("not a number", ((2, "a"), (3, "b")), 7, "answers.csv, q1"),
    "UnknownNameError": ("column", "stge", ("stage", "channel"), "answers.csv"),
}


def dumped(error: BaseException) -> bytes:
    """Return an error as Python itself pickles it, whatever a library has taught it."""
    held = io.BytesIO()
    pickler = pickle.Pickler(held)
    pickler.dispatch_table = {}
    pickler.dump(error)
    return held.getvalue()


def findings(
    classes: Mapping[str, type[BaseException]],
    samples: Mapping[str, tuple[object, ...]],
) -> list[str]:
    """Return what gets lost when an error of each class is pickled and restored."""
    found = []
    for name, error_class in classes.items():
        if name not in samples:
            found.append(f"{name} has no sample in this test")
            continue
        before = error_class(*samples[name])
        try:
            after = pickle.loads(dumped(before))
        except (TypeError, AttributeError, pickle.PicklingError) as problem:
            found.append(f"{name} cannot be restored: {problem}")
            continue
        if type(after) is not error_class:
            found.append(f"{name} comes back as {type(after).__name__}")
        for part, old, new in (
            ("arguments", before.args, after.args),
            ("attributes", vars(before), vars(after)),
            ("text", str(before), str(after)),
        ):
            if old != new:
                found.append(f"{name} loses its {part}: {old!r} became {new!r}")
    return found


class SwallowsArgumentsError(Exception):
    """Planted: the message is passed on, not the parts."""

    def __init__(self, row: int, column: str) -> None:
        super().__init__(f"row {row}, column {column}")


class LosesAttributeError(Exception):
    """Planted: an optional part is not passed on."""

    def __init__(self, row: int, column: str = "") -> None:
        super().__init__(row)
        self.row, self.column = row, column

    def __reduce__(self) -> tuple[object, ...]:
        """Restore from the arguments alone."""
        return (type(self), self.args)

    def __str__(self) -> str:
        return f"row {self.row} {self.column}"


def test_every_error_survives_pickling() -> None:
    """Class, arguments, attributes and text are the same on the other side."""
    offered = {name: getattr(errors, name) for name in errors.__all__}
    classes = {name: it for name, it in offered.items() if isinstance(it, type)}

    assert [] == findings(classes, SAMPLES)


def test_samples_have_no_class_that_is_gone() -> None:
    """A sample without its class would test nothing."""
    assert set() == set(SAMPLES) - set(errors.__all__)


def test_planted_error_that_cannot_be_restored_is_found() -> None:
    """An error that passes on its text only fails in the parent process."""
    planted = {"SwallowsArgumentsError": SwallowsArgumentsError}

    found = findings(planted, {"SwallowsArgumentsError": (3, "stage")})

    assert 1 == len(found)
    assert "cannot be restored" in found[0]


def test_planted_error_that_loses_parts_is_found() -> None:
    """A part that is not passed on is gone, from attributes and text."""
    planted = {"LosesAttributeError": LosesAttributeError}

    found = findings(planted, {"LosesAttributeError": (3, "stage")})

    assert 2 == len(found)
    assert "loses its attributes" in found[0]
    assert "loses its text" in found[1]


def test_new_error_needs_a_sample() -> None:
    """A class that nobody tries is reported."""
    assert ["NewError has no sample in this test"] == findings(
        {"NewError": ValueError}, {}
    )
