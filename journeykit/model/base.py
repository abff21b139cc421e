"""What every entry has: an id, a kind, a rank among its like, clean text."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    Strict,
    StringConstraints,
)

from journeykit.errors import InputError
from journeykit.language import word
from journeykit.text import MAX_TEXT, clean_text

__all__ = [
    "ID_PATTERN",
    "AnyId",
    "CanvasEntryId",
    "ChannelId",
    "Code",
    "Count",
    "DataSetId",
    "Day",
    "Emotion",
    "Entry",
    "EntryId",
    "Extensions",
    "Fragment",
    "JourneyId",
    "KpiId",
    "Line",
    "Lines",
    "PainPointId",
    "PersonaId",
    "Prose",
    "Rank",
    "Ref",
    "Score",
    "StageId",
    "StakeholderId",
    "TouchpointId",
    "Word",
    "clean_tree",
    "new_id",
    "rank_between",
    "references",
    "text_fields",
]

ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_RANK_PATTERN = r"^[0-9A-Za-z]*[1-9A-Za-z]$"
_RANK = re.compile(_RANK_PATTERN + r"\Z")
_MAX_RANK = 200
_MAX_LINE = 300
_MAX_LINES = 200
_MAX_NUMBER = 10**300
_MAX_NESTING = 40


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks an id that must belong to an entry of one of these kinds (none: of any)."""

    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _PeoplesText:
    """Marks text that people wrote: it can be erased, and never becomes markup."""


def _clean(value: object) -> object:
    """Clean text before it is checked; the type checks anything else."""
    if not isinstance(value, str) or value.isprintable():  # most text, and quick
        return value
    return clean_text(value, max_length=len(value)).text


def _one_line(value: object) -> object:
    return " ".join(str(_clean(value)).split()) if isinstance(value, str) else value


def _day(value: object) -> object:
    """Refuse numbers, which would pass for seconds since 1970."""
    if isinstance(value, date) or (isinstance(value, str) and "-" in value[1:]):
        return value
    raise ValueError("a day is written as in 2026-03-31")


def clean_tree(value: object, levels: int = _MAX_NESTING) -> object:
    """Return plain JSON with clean texts; what could not be read back is refused.

    Raises
    ------
    ValueError
        If it is nested deeper than *levels*, or a number is longer than 300 digits.
    """
    if isinstance(value, str):
        return _clean(value)
    if isinstance(value, int) and abs(value) >= _MAX_NUMBER:
        raise ValueError("a number of at most 300 digits was expected")
    if not isinstance(value, dict | list | tuple):
        return value
    if not levels:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        return {_clean(k): clean_tree(v, levels - 1) for k, v in value.items()}
    return [clean_tree(item, levels - 1) for item in value]


EntryId = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
AnyId = Annotated[EntryId, Ref()]
CanvasEntryId = Annotated[EntryId, Ref(("canvas_entry",))]
ChannelId = Annotated[EntryId, Ref(("channel",))]
DataSetId = Annotated[EntryId, Ref(("data_set",))]
JourneyId = Annotated[EntryId, Ref(("journey",))]
KpiId = Annotated[EntryId, Ref(("kpi",))]
PainPointId = Annotated[EntryId, Ref(("pain_point",))]
PersonaId = Annotated[EntryId, Ref(("persona",))]
StageId = Annotated[EntryId, Ref(("stage",))]
StakeholderId = Annotated[EntryId, Ref(("stakeholder",))]
TouchpointId = Annotated[EntryId, Ref(("touchpoint",))]
Rank = Annotated[str, StringConstraints(pattern=_RANK_PATTERN, max_length=_MAX_RANK)]
# A constraint stands before the cleaning, which runs first nevertheless: only so does
# its message speak of characters.
Line = Annotated[
    str,
    _PeoplesText(),
    StringConstraints(max_length=_MAX_LINE),
    BeforeValidator(_one_line),
]
"""One line of text that people wrote; line breaks become spaces."""
Prose = Annotated[
    str, _PeoplesText(), StringConstraints(max_length=MAX_TEXT), BeforeValidator(_clean)
]
"""Several lines of text that people wrote."""
Lines = Annotated[tuple[Line, ...], Field(max_length=_MAX_LINES)]
"""Short texts in order."""
Word = Annotated[str, StringConstraints(max_length=64), BeforeValidator(_one_line)]
"""A key of a catalogue, or a workshop's own."""
Code = Annotated[str, StringConstraints(max_length=100), BeforeValidator(_clean)]
"""A value as it stands in a table."""
Extensions = Annotated[dict[str, JsonValue], BeforeValidator(clean_tree)]
"""Plain JSON that this release does not know."""
Count = Annotated[int, Field(ge=0, le=10**15)]
Day = Annotated[date, BeforeValidator(_day)]
Score = Annotated[int, Strict(), Field(ge=1, le=5)]
"""A rating from 1 (lowest) to 5 (highest)."""
Emotion = Annotated[int, Strict(), Field(ge=-2, le=2)]
"""-2 very bad to +2 very good; None is "not asked", which is not neutral."""


class Fragment(BaseModel):
    """A frozen part of an entry."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Entry(Fragment):
    """A small typed thing that a workshop holds; the base of every kind.

    Parameters
    ----------
    id
        Its name for ever: lower-case letters, digits, ``. _ -``, at most 64.
    rank
        Its place among its like: texts that sort as the entries stand.
    extensions
        What a newer or foreign file knew about it and this release does not. A copy of
        what was given; like every field it is changed by an edit, never in place.
    """

    kind: str
    id: EntryId
    rank: Rank = "V"
    extensions: Extensions = Field(default_factory=dict)

    label: ClassVar[str] = word("Entry")
    """What a person calls this kind."""

    @property
    def name_for_people(self) -> str:
        """The words by which a person knows this entry."""
        for field in ("name", "title", "text", "question", "hypothesis"):
            words = getattr(self, field, None)
            if isinstance(words, str) and words:
                return words
        return self.id


def new_id(kind: str) -> str:
    """Return a fresh id for an entry of *kind*: its initials and 60 random bits.

    Examples
    --------
    >>> new_id("pain_point").startswith("pp-")
    True
    """
    initials = "".join(word[0] for word in kind.split("_"))
    return f"{initials}-{secrets.randbits(60):015x}"


def rank_between(before: str | None, after: str | None) -> str:
    """Return a rank that sorts after *before* and before *after*.

    Parameters
    ----------
    before, after
        Ranks of the neighbours; None for an open end.

    Raises
    ------
    InputError
        If *before* does not sort before *after*, one of them is no rank, or there were
        so many between the same two that the rank would be longer than 200 signs.

    Notes
    -----
    At an open end ranks are counted on, so that thousands appended stay short; between
    two neighbours the middle is taken, which costs one sign for about six insertions.

    Examples
    --------
    >>> rank_between(None, None)
    'V'
    >>> rank_between("V", None) > "V"
    True
    >>> "V" < rank_between("V", "W") < "W"
    True
    """
    for rank in (before, after):
        if rank is not None and not _RANK.match(rank):
            raise InputError(
                f"a rank is letters and digits without 0 at the end, found {rank!r}"
            )
    if before is not None and after is not None and before >= after:
        raise InputError(f"a rank below {after!r} was expected, found {before!r}")
    if before is not None and after is None:
        made = _counted(before, "z", 1)
    elif before is None and after is not None:
        made = _counted(after, "0", -1)
    else:
        made = _middle(before or "", after)
    if len(made) > _MAX_RANK:
        raise InputError(
            f"no rank of {_MAX_RANK} signs lies between {before!r:.20} and "
            f"{after!r:.20}",
            mend="Give the entries around it new ranks",
        )
    return made


def _counted(rank: str, end: str, step: int) -> str:
    """Return the next rank towards an open end, whose digit is *end*.

    The nearer the end, the more digits count: 62 ** (n + 2) behind n digits of *end*.
    """
    start = len(rank) - len(rank.lstrip(end))
    width = start + 2
    number = 0
    for place in range(start, start + width):
        number *= len(_DIGITS)
        number += _DIGITS.index(rank[place]) if place < len(rank) else 0
    number += step
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return rank[:start] + digits.rstrip("0")


def _middle(low: str, high: str | None) -> str:
    digits = ""
    place = 0
    while True:
        left = _DIGITS.index(low[place]) if place < len(low) else 0
        if high is None:
            right = len(_DIGITS)
        else:
            right = _DIGITS.index(high[place]) if place < len(high) else 0
        middle = (left + right) // 2
        if middle > left:
            return digits + _DIGITS[middle]
        digits += _DIGITS[left]
        if high is not None and left < right:
            high = None  # already below the upper neighbour: the rest is free
        place += 1


def _markers(annotation: Any, metadata: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the markers of a field, however deep in unions and tuples they stand."""
    yield from metadata
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        yield from _markers(inner, tuple(marks))
    elif get_origin(annotation) is not Literal:
        for part in get_args(annotation):
            yield from _markers(part, ())


def _fragments(annotation: Any) -> Iterator[type[Fragment]]:
    if isinstance(annotation, type) and issubclass(annotation, Fragment):
        yield annotation
    for part in get_args(annotation):
        yield from _fragments(part)


@cache
def _reference_fields(cls: type[Fragment]) -> tuple[tuple[str, Ref | None], ...]:
    """Return the fields of *cls* that hold ids, or fragments that hold ids (None)."""
    found: list[tuple[str, Ref | None]] = []
    for name, info in cls.model_fields.items():
        marks = _markers(info.annotation, tuple(info.metadata))
        ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
        if ref is not None:
            found.append((name, ref))
        elif any(map(_reference_fields, _fragments(info.annotation))):
            found.append((name, None))
    return tuple(found)


@cache
def text_fields(cls: type[Fragment]) -> frozenset[str]:
    """Return the fields of *cls* that hold text which people wrote.

    Extensions count whole; fragments and counts by name do not.
    """
    return frozenset(
        name
        for name, info in cls.model_fields.items()
        if name == "extensions"
        or (
            get_origin(info.annotation) is not dict
            and not any(True for _ in _fragments(info.annotation))
            and any(
                isinstance(mark, _PeoplesText)
                for mark in _markers(info.annotation, tuple(info.metadata))
            )
        )
    )


def references(entry: Fragment) -> Iterator[tuple[str, str, Ref]]:
    """Yield field, id and allowed kinds of everything that *entry* points to."""
    for name, ref in _reference_fields(type(entry)):
        value = getattr(entry, name)
        if isinstance(value, dict):  # what stands in a file, to the entry that it is
            value = tuple(value.values())
        for item in value if isinstance(value, tuple) else (value,):
            if item is None:
                continue
            if ref is None:
                for inner, target, rule in references(item):
                    yield f"{name}.{inner}", target, rule
            else:
                yield name, item, ref
