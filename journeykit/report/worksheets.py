"""A sheet to write on: a question, an example in quiet type, ruled lines.

It is a part of a page like those in :mod:`journeykit.report.parts`; on paper and on
slides it has a page of its own, so that it can be handed out.
"""

from __future__ import annotations

from journeykit.errors import InputError
from journeykit.report.part import Part

__all__ = ["MOST_LINES", "worksheet"]

MOST_LINES = 24
"""Lines, 9 mm apart, that a page of paper holds below a heading and a question."""


def worksheet(heading: str, text: str, *, example: str = "", lines: int = 18) -> Part:
    """Return a sheet to write on.

    Parameters
    ----------
    heading
        What it is for.
    text
        The question, or what is to be written down.
    example
        An example, said to be one.
    lines
        How many ruled lines follow.

    Raises
    ------
    InputError
        If that are more lines than a page holds, or none.

    Examples
    --------
    >>> worksheet("Pain points", "What hurts here?", lines=12).data["lines"]
    12
    """
    if not 1 <= lines <= MOST_LINES:
        raise InputError(f"1 to {MOST_LINES} lines were expected, found {lines}")
    data = {"heading": heading, "text": text, "example": example, "lines": lines}
    return Part("worksheet", data)
