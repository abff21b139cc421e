"""What the reports on one subject of a workshop share: opening, sections, rules.

A report on the COPIS, the canvas, the evidence or the plan is a journey report that
shows other parts. Its sections are named by key here, so that their words stand in
the package, where translators find them, and not in a notebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType
from typing import ClassVar

from journeykit.check.as_it_is import as_it_is
from journeykit.errors import UnknownNameError
from journeykit.language import commas, say, word
from journeykit.model import DataSet, Document, PainPoint
from journeykit.report import parts
from journeykit.report.check_page import CheckPage
from journeykit.report.journey_report import JourneyReport
from journeykit.report.part import Part
from journeykit.show.numbers import count, joined

__all__ = ["SubjectReport", "first_names", "or_say", "quotes", "section_named", "share"]

_N_NAMED = 4


class SubjectReport(JourneyReport):
    """A report on one subject, part by part; parameters as for its base."""

    kind: ClassVar[str] = word("Customer journey report")
    """The line above the title."""

    sections: ClassVar[Mapping[str, tuple[str, str]]] = MappingProxyType({})
    """Heading and sentence of each section by its key, in the order of the page."""

    credited: ClassVar[tuple[str, ...]] = ()
    """Credits of what this report shows, beside those of the data."""

    def band(self) -> Part:
        """Return the opening: workshop, scope, date, version, owner."""
        part = super().band()
        return replace(part, data={**part.data, "kind": say(self.kind)})

    def section(self, name: str) -> Part:
        """Return the heading of a section, with the sentence below it.

        Parameters
        ----------
        name
            Key of :attr:`sections`.

        Raises
        ------
        UnknownNameError
            If the report has no such section.
        """
        return section_named(name, self.sections)

    @cached_property
    def today_map(self) -> Document:
        """The workshop without the maps as they should be."""
        return as_it_is(self.document)

    def open_pains(self) -> list[PainPoint]:
        """Return the pain points of today that are not resolved, worst first."""
        known = [
            one for one in self.today_map.of(PainPoint) if one.status != "resolved"
        ]
        return sorted(
            known, key=lambda one: (-(one.priority or 0), -(one.severity or 0))
        )

    def evidence_term(self) -> tuple[str, str]:
        """Return what assumed, observed and measured mean: term and text."""
        term, text = JourneyReport.definitions(self).data["terms"][-1]
        return term, text

    def credits(self) -> Part:
        """Return the credits of the data, of what is shown, and how it was made."""
        # Of the last line only the journey report knows the words.
        made = JourneyReport.credits(self).data["lines"][-1]
        data = [one.attribution for one in self.of(DataSet) if one.attribution]
        return parts.credits([*data, *map(say, self.credited), made])

    def findings_of(self, rules: Collection[str], agrees: str) -> Part:
        """Return what these rules of the consistency check find, worst first.

        Parameters
        ----------
        rules
            Their ids.
        agrees
            What is said if they find nothing.
        """
        page = CheckPage(self.workshop, self.today)
        page.found = tuple(one for one in page.found if one.rule in rules)
        if not page.found:
            return parts.sentences([agrees])
        part = page.findings()
        asked = say(
            "The rules asked: {rules}. The journey report has all of them.",
            rules=joined(sorted(rules)),
        )
        return replace(part, data={**part.data, "source": asked})


def section_named(name: str, sections: Mapping[str, tuple[str, str]]) -> Part:
    """Return one of a report's headings with its sentence.

    Raises
    ------
    UnknownNameError
        If the report has no such section.
    """
    if name not in sections:
        raise UnknownNameError("section", name, sections)
    heading, text = sections[name]
    return parts.section(say(heading), say(text))


def or_say(part: Part, text: str) -> Part:
    """Return a part, or a sentence in its place if it says nothing by itself.

    In a longer report another part has said so already; here its section would be
    empty.
    """
    is_silent = part.name == "section" and not (
        part.data["heading"] or part.data["text"]
    )
    return parts.sentence(text) if is_silent else part


def share(n: int, total: int) -> str:
    """Return how many of how many, as it is printed large.

    Examples
    --------
    >>> share(3, 12)
    '3 of 12'
    """
    return say("{n} of {all}", n=count(n), all=count(total))


def quotes(names: Iterable[str]) -> list[str]:
    """Return names in quotation marks."""
    return [say("“{name}”", name=name) for name in names]


def first_names(names: Sequence[str], most: int = _N_NAMED) -> str:
    """Return names as a sentence lists them: the first few, and how many more.

    Examples
    --------
    >>> first_names(["Roads", "Signs"]), first_names(["a", "b", "c"], 2)
    ('Roads and Signs', 'a, b and 1 more')
    """
    rest = len(names) - most
    if rest <= 0:
        return joined(list(names))
    return say("{names} and {n} more", names=commas(names[:most]), n=rest)
