"""What a step of the workbook is made of: words, minutes, and what it brings along."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["WorkbookStep"]


@dataclass(frozen=True, slots=True)
class WorkbookStep:
    """One step of the workbook, in words.

    Parameters
    ----------
    name
        Its name in code and in the blocks of an agenda.
    number
        Its number, which begins the name of its notebook.
    title, short
        What it is called, and that in a word or two.
    notebook
        File name of its notebook.
    question
        What the team answers here.
    purpose
        What it is for, in two sentences.
    do
        What to do, in order.
    minutes
        How long it takes where the agenda of the workshop says nothing.
    example
        What the airport's team did here.
    layouts, kinds
        Boards of this step, and kinds of entry that it has forms for.
    capabilities
        Which of the numbered capabilities of the method it carries.
    is_counted
        Whether it counts for the progress over the whole workbook.
    follows
        Step of the method that an extra comes after; before the first if empty.
    """

    name: str
    number: int
    title: str
    short: str
    notebook: str
    question: str
    purpose: str
    do: tuple[str, ...]
    minutes: int
    example: str
    layouts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    capabilities: tuple[int, ...] = ()
    is_counted: bool = True
    follows: str = ""
