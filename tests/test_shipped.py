"""Finding the notebooks and templates that come with the package."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeykit import shipped
from journeykit.errors import FileProblemError


def package_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the package lie in *folder*, and return its own folder."""
    package = folder / "journeykit"
    package.mkdir()
    monkeypatch.setattr(shipped, "_PACKAGE", package)
    return package


@pytest.mark.skipif(
    "site-packages" in str(shipped.__file__), reason="installed from a wheel"
)
def test_clone_uses_the_folders_beside_the_package() -> None:
    """In this clone the workbook is the one that people edit."""
    clone = Path(__file__).resolve().parents[1]

    assert clone / "workbook" == shipped.folder("workbook")
    assert clone / "templates" == shipped.folder("templates")


def test_wheel_uses_the_folders_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copies in the wheel win, even if a folder of that name lies beside it."""
    package = package_in(tmp_path, monkeypatch)
    (package / "_shipped" / "workbook").mkdir(parents=True)
    (tmp_path / "workbook").mkdir()
    (tmp_path / "pyproject.toml").touch()

    assert package / "_shipped" / "workbook" == shipped.folder("workbook")


def test_folder_beside_an_installed_package_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stranger's ``templates`` in site-packages is no template of ours."""
    package_in(tmp_path, monkeypatch)
    (tmp_path / "templates").mkdir()

    with pytest.raises(FileProblemError, match="the templates folder of journeykit"):
        shipped.folder("templates")


def test_incomplete_installation_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package without its folders names the place and the remedy."""
    package_in(tmp_path, monkeypatch)

    with pytest.raises(FileProblemError, match="Install journeykit again"):
        shipped.folder("workbook")
