"""Where the notebooks and templates are that come with the package.

In a clone they are folders beside the package, so that people find and edit them; the
wheel carries copies inside the package. Package resources alone were turned down: a
clone would then need a second copy, or the folders hidden inside ``journeykit/``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from journeykit.errors import FileProblemError

__all__ = ["folder"]

_PACKAGE = Path(__file__).resolve().parent


def folder(name: Literal["workbook", "templates"]) -> Path:
    """Return the folder with the notebooks or the templates.

    Parameters
    ----------
    name
        ``"workbook"`` or ``"templates"``.

    Returns
    -------
    Path
        An existing folder: inside the package if it was installed from a wheel, beside
        the package in a clone. What is in it is not to be changed.

    Raises
    ------
    FileProblemError
        If neither is there: the installation is incomplete.

    Examples
    --------
    >>> folder("templates").name
    'templates'
    """
    carried = _PACKAGE / "_shipped" / name
    if carried.is_dir():
        return carried
    clone = _PACKAGE.parent
    if (clone / "pyproject.toml").is_file() and (clone / name).is_dir():
        return clone / name
    raise FileProblemError(
        str(carried),
        f"the {name} folder of journeykit is neither here nor in {clone}",
        "Install journeykit again, or clone it whole",
    )
