"""What a report page is made of: each a function that gives a part.

A new part is one function here and one template in ``templates/pages/parts``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from journeykit.errors import InputError, UnknownNameError
from journeykit.language import say, word
from journeykit.report.part import Part
from journeykit.report.part_tables import NO_VALUE, table_data
from journeykit.show.numbers import count, typeset, value_text

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.show.charts import Picture

__all__ = [
    "NOTHING",
    "band",
    "credits",
    "definitions",
    "evidence",
    "figure",
    "found",
    "left_out",
    "ranked_table",
    "section",
    "sentence",
    "sentences",
    "together",
]

_SHARE = "customer_satisfaction_score"  # written as a share is
_BASES = {
    "measured": (word("measured"), word("computed from data")),
    "observed": (word("observed"), word("interview, quote, ticket or visit")),
    "assumed": (word("assumed"), word("we think so")),
}


def band(
    title: str,
    *,
    kind: str | None = None,
    scope: str = "",
    facts: Mapping[str, str] | None = None,
    language: str = "en",
) -> Part:
    """Return the band that opens a report.

    Parameters
    ----------
    title
        The workshop.
    kind
        The line above it; that of a journey report if None.
    scope
        One sentence: from where to where, for whom.
    facts
        Persona, date, version, owner and the like, in order; empty ones are left out.
    language
        Language of the page, such as ``en``.
    """
    facts = facts or {}
    data = {
        "title": title,
        "kind": say("Customer journey report") if kind is None else kind,
        "scope": scope,
        "facts": [[key, text] for key, text in facts.items() if text],
        "language": language,
        # For the properties of a file, whatever the page calls them.
        "owner": facts.get(say("Owner"), ""),
        "organisation": facts.get(say("Organisation"), ""),
    }
    return Part("band", data)


def section(heading: str, text: str = "") -> Part:
    """Return a heading with a sentence below it; what follows belongs to it."""
    return Part("section", {"heading": heading, "text": text})


def sentence(text: str) -> Part:
    """Return one sentence in place of a picture or table that has nothing to show."""
    return Part("section", {"heading": "", "text": text})


NOTHING = sentence("")  # stands where a report has nothing to say


def together(some: Iterable[Part]) -> Part:
    """Return several parts as one, in order, for a cell whose number of parts varies.

    Every format shows them as if each had a cell of its own.
    """
    held = [{"part": one.name, "data": dict(one.data)} for one in some]
    return Part("together", {"parts": held})


def found(
    sentences: Sequence[str | tuple[str, str]], *, heading: str | None = None
) -> Part:
    """Return what was found: three sentences, each with its number.

    Parameters
    ----------
    sentences
        Each a sentence, or a pair of the number to print large and the sentence.
    heading
        Heading of the part; "What we found" if None.
    """
    heading = say("What we found") if heading is None else heading
    pairs = [["", one] if isinstance(one, str) else list(one) for one in sentences]
    return Part("found", {"heading": heading, "sentences": pairs})


def sentences(
    texts: Iterable[str],
    *,
    heading: str = "",
    folded: Iterable[str] = (),
    more: str = "",
) -> Part:
    """Return a list of sentences; *folded* ones are shown on a click on *more*."""
    lists = {"texts": list(texts), "folded": list(folded)}
    return Part("sentences", {"heading": heading, "title": more, **lists})


def evidence(
    *,
    assumed: int,
    observed: int,
    measured: int,
    without_data: Sequence[str] = (),
    heading: str | None = None,
) -> Part:
    """Return the shares of assumed, observed and measured, and what has no data.

    Parameters
    ----------
    assumed, observed, measured
        Cells of the journey (a touchpoint with an emotion, goal, action, thought or
        pain point) by what they rest on.
    without_data
        Names of the touchpoints that were not measured.
    heading
        Heading of the part; "How sure we are" if None.

    Raises
    ------
    InputError
        If a count is negative.
    """
    counts = {"measured": measured, "observed": observed, "assumed": assumed}
    if min(counts.values()) < 0:
        raise InputError("counts of 0 or more were expected")
    total = sum(counts.values())
    said = {basis: say(_BASES[basis][0]) for basis in counts}
    pieces = [
        {
            "basis": basis,
            "label": said[basis],
            "name": said[basis][:1].upper() + said[basis][1:],
            "of_all": say("{n} of {total}", n=count(n), total=count(total))
            if total
            else say("nothing yet"),
            "share": 100 * n / total if total else 0,
            "percent": value_text(n / total, _SHARE) if total else NO_VALUE,
            "meaning": say(_BASES[basis][1]),
        }
        for basis, n in counts.items()
    ]
    heading = say("How sure we are") if heading is None else heading
    data = {"heading": heading, "pieces": pieces, "total": total}
    return Part("evidence", {**data, "without_data": list(without_data)})


def figure(
    picture: Picture,
    *,
    is_wide: bool = False,
    heads_px: float = 0.0,
    named: Mapping[str, str] | None = None,
) -> Part:
    """Return a picture with its words, and its numbers one click away.

    Parameters
    ----------
    picture
        As :func:`journeykit.show.charts.picture` makes it.
    is_wide
        Whether it takes the width of the page (a map) or of the text.
    heads_px
        Width of its lane heads, which stay in place where the picture is scrolled.
    named
        Columns of its numbers that hold something else than they say, with labels.

    Raises
    ------
    InputError
        If the picture is plain text and no markup.
    """
    drawn = [picture.wide, *picture.printed, *picture.slides]
    drawn += [one for one in (picture.narrow, picture.poster) if one]
    if not all(isinstance(one, Markup) for one in drawn):
        raise InputError(
            "a picture as markup was expected, found plain text",
            mend="Pass it through journeykit.show.svg.checked_svg",
        )
    words = picture.words
    # "said" is the row in words, for who does not see the picture; ids have names.
    hidden = ["said", *(["entry"] if "name" in picture.twin.columns else [])]
    twin = table_data(picture.twin.drop(columns=hidden, errors="ignore"))
    labels = zip(twin["columns"], twin["labels"], strict=True)
    twin["labels"] = [(named or {}).get(column, label) for column, label in labels]
    data = {
        "title": words.title,
        "subtitle": words.subtitle,
        "source": words.source,
        "wide": str(picture.wide),
        "printed": [str(one) for one in picture.printed],
        "narrow": str(picture.narrow or ""),
        "slides": [str(one) for one in picture.slides],
        "poster": str(picture.poster or ""),
        "is_wide": is_wide,
        "heads_px": heads_px,
        "chart": picture.chart,
        "sheets": list(picture.sheets),
        "twin": {**twin, "unit": picture.unit},
    }
    return Part("figure", data)


def ranked_table(
    table: pd.DataFrame,
    columns: Mapping[str, str],
    *,
    title: str = "",
    subtitle: str = "",
    source: str = "",
    dot: str = "",
    is_ranked: bool = True,
) -> Part:
    """Return a table in the order of its rows, numbered from 1.

    Parameters
    ----------
    table
        Already in order.
    columns
        The columns to show, in order, with their labels.
    title, subtitle, source
        The finding; what it is ranked by; where it is from.
    dot
        Column whose number stands in the red dot of a pain point; empty for none.
    is_ranked
        Whether the order means something, so that rows are numbered.

    Raises
    ------
    UnknownNameError
        If the table has no such column.
    """
    for column in [*columns, *([dot] if dot else [])]:
        if column not in table.columns:
            raise UnknownNameError("column", column, map(str, table.columns))
    data = table_data(table, columns)
    dots = [column == dot for column in columns]
    words = {"title": title, "subtitle": subtitle, "source": source}
    return Part("ranked_table", {**data, **words, "dots": dots, "is_ranked": is_ranked})


def definitions(terms: Mapping[str, str], *, heading: str | None = None) -> Part:
    """Return definitions, each term with its text."""
    heading = say("What the numbers mean") if heading is None else heading
    pairs = [[term, typeset(text)] for term, text in terms.items()]
    return Part("definitions", {"heading": heading, "terms": pairs})


def left_out(
    rows: Iterable[tuple[str, str, int]], *, heading: str | None = None
) -> Part:
    """Return what was left out.

    Parameters
    ----------
    rows
        From where (a question), why (``0 blank``), how many answers.
    heading
        Heading of the part; "What was left out, and why" if None.
    """
    heading = say("What was left out, and why") if heading is None else heading
    return Part("left_out", {"heading": heading, "rows": [list(row) for row in rows]})


def credits(lines: Sequence[str]) -> Part:
    """Return the small print at the end: attributions, licences, how it was made."""
    return Part("credits", {"lines": list(lines)})
