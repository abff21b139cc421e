"""A module that is imported when somebody uses it."""

from __future__ import annotations

import importlib
import inspect
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from journeykit.report.late_import import import_late


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the name of a package that says when it is read."""
    package = tmp_path / "slow_package"
    package.mkdir()
    (package / "__init__.py").write_text(
        "import sys\n"
        "sys.slow_package_was_read = True\n"
        "from slow_package.rules import *\n"
    )
    (package / "rules.py").write_text(
        "LIMIT = 3\ndef is_valid(text):\n    return len(text) < LIMIT\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    for name in ("slow_package", "slow_package.rules"):
        monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "slow_package_was_read", False, raising=False)
    return "slow_package"


def was_read() -> bool:
    """Say whether the package was read."""
    return bool(sys.slow_package_was_read)  # type: ignore[attr-defined]


def test_module_is_read_when_it_is_used(slow: str) -> None:
    """To import it, to take a function from it and to look at it is no use."""
    import_late(slow, "is_valid")
    module = importlib.import_module(slow)
    function = module.is_valid

    assert find_spec(slow) is not None
    assert "__init__.py" == Path(inspect.getfile(module)).name
    assert not hasattr(module, "__warningregistry__")
    assert not was_read()
    assert function("ab")
    assert not function(text="abc")
    assert was_read()
    assert 3 == importlib.import_module(slow).LIMIT


@pytest.mark.parametrize(
    "code",
    [
        "from slow_package import LIMIT",
        "from slow_package import *",
        "from slow_package.rules import LIMIT",
        "import slow_package; LIMIT = slow_package.LIMIT",
    ],
)
def test_module_is_whole_for_who_uses_it(slow: str, code: str) -> None:
    """Whatever way it is imported, what is in it is there."""
    import_late(slow, "is_valid")
    found: dict[str, object] = {}
    exec(code, found)

    assert 3 == found["LIMIT"]


def test_what_is_not_there_stays_away(slow: str) -> None:
    """A module that is not installed, and a name that a module does not have."""
    import_late("no_such_package_at_all", "is_valid")
    import_late(slow, "is_valid")

    assert "no_such_package_at_all" not in sys.modules
    with pytest.raises(ImportError):
        exec("from slow_package import nothing")


def test_module_that_is_there_stays(slow: str) -> None:
    """What was imported before is not imported again."""
    there = importlib.import_module(slow)
    import_late(slow, "is_valid")

    assert there is sys.modules[slow]
