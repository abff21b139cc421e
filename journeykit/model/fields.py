"""Forms from the entries' own schema: what to ask a person for each field of a kind.

The types say what a field takes, the words (``words_*``) how a person is asked. Parts
that no single box can hold, such as how the columns of a survey are read, are left out;
they have boards of their own.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from journeykit.model.base import Entry, Ref
from journeykit.model.kinds import KINDS, kind_class
from journeykit.model.words import BASICS, MORE, SHARED, FieldWords, KindWords, title_of
from journeykit.model.words_case import CASE_WORDS
from journeykit.model.words_findings import FINDINGS_WORDS
from journeykit.model.words_journey import JOURNEY_WORDS
from journeykit.model.words_people import PEOPLE_WORDS
from journeykit.model.words_plan import PLAN_WORDS

__all__ = [
    "FieldSpec",
    "Input",
    "fields_of",
    "hidden_fields",
    "is_left_out",
    "label_of",
    "plural_of",
    "spec_of",
    "text_field_of",
    "words_of",
]

Input = Literal[
    "line",
    "prose",
    "lines",
    "choice",
    "scale",
    "yes",
    "yes_no",
    "day",
    "number",
    "count",
    "ref",
]
_LONGEST_LINE = 1_000
_LONGEST_SCALE = 10
_WORDS: Mapping[str, KindWords] = {
    **CASE_WORDS,
    **PEOPLE_WORDS,
    **JOURNEY_WORDS,
    **FINDINGS_WORDS,
    **PLAN_WORDS,
}


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a form shows for one field.

    Parameters
    ----------
    name
        The field of the entry.
    title, help, unit
        Words for the person who fills it in.
    input
        ``line`` and ``prose`` are text, ``lines`` is one text a line, ``choice`` one of
        *choices*, ``scale`` a whole number from *low* to *high*, ``yes`` true or false,
        ``yes_no`` true, false or nothing, ``day`` an ISO date, ``number`` any number,
        ``count`` a whole one, ``ref`` the id of an entry of one of *refs*.
    is_required
        Whether it has to be given. Another one whose default is None may be emptied.
    low, high
        Smallest and largest number; of ``lines`` the most lines stand in *high*.
    step
        Smallest difference; None for any.
    ends, words
        Words at the low and the high end of a scale; what single values are called.
    choices
        Pairs of value and label, in order.
    suggestions
        Texts to begin with.
    max_length
        Most characters; of ``lines`` in each of them.
    default
        What it is when nothing is given, as JSON.
    group
        The heading under which it stands.

    Notes
    -----
    Of a ``line`` with *suggestions*, *words* names the values that are stored under a
    key: a page shows the word, and stores the key when that word is chosen.
    """

    name: str
    title: str
    help: str
    unit: str
    input: Input
    is_required: bool
    low: float | None
    high: float | None
    step: float | None
    ends: tuple[str, str]
    words: Mapping[str, str]
    choices: tuple[tuple[str, str], ...]
    suggestions: tuple[str, ...]
    refs: tuple[str, ...]
    max_length: int | None
    default: str | float | bool | tuple[str, ...] | None
    group: str

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, as the board and the forms take it."""
        return {
            key: [list(one) if isinstance(one, tuple) else one for one in value]
            if isinstance(value, tuple)
            else value
            for key, value in asdict(self).items()
        }


def label_of(kind: str) -> str:
    """Return what a person calls one entry of *kind*.

    Raises
    ------
    UnknownNameError
        If there is no such kind; the nearest is offered.
    """
    return kind_class(kind).label


def plural_of(kind: str) -> str:
    """Return what a person calls several entries of *kind*.

    Raises
    ------
    UnknownNameError
        If there is no such kind; the nearest is offered.

    Examples
    --------
    >>> label_of("evidence"), plural_of("evidence")
    ('Evidence', 'Pieces of evidence')
    """
    kind_class(kind)
    return _WORDS[kind].plural


def text_field_of(kind: str) -> str:
    """Return the field that stands on the card of an entry; empty if there is none.

    Examples
    --------
    >>> text_field_of("persona"), text_field_of("pain_point"), text_field_of("vote")
    ('name', 'text', '')
    """
    fields = kind_class(kind).model_fields
    names = ("name", "title", "text", "hypothesis", "answer")
    return next((name for name in names if name in fields), "")


@cache
def fields_of(kind: str) -> tuple[FieldSpec, ...]:
    """Return what a form asks for an entry of *kind*, in the order of the form.

    The basics come first and what is rarely asked for last; a group stands together.

    Raises
    ------
    UnknownNameError
        If there is no such kind; the nearest is offered.

    Examples
    --------
    >>> severity = {one.name: one for one in fields_of("pain_point")}["severity"]
    >>> severity.title, severity.input, severity.low, severity.high
    ('How bad is it?', 'scale', 1, 5)
    """
    cls = kind_class(kind)
    specs = [
        spec_of(kind, name)
        for name in _in_order(cls)
        if name not in hidden_fields(kind) and not is_left_out(kind, name)
    ]
    between = dict.fromkeys(spec.group for spec in specs)
    groups = list(
        dict.fromkeys([BASICS, *(one for one in between if one != MORE), MORE])
    )
    return tuple(sorted(specs, key=lambda spec: groups.index(spec.group)))


@cache
def hidden_fields(kind: str) -> frozenset[str]:
    """Return the fields of *kind* that no person ever types.

    Examples
    --------
    >>> sorted(hidden_fields("persona"))
    ['extensions', 'id', 'kind', 'rank']
    """
    return frozenset(
        name for name in kind_class(kind).model_fields if words_of(kind, name).is_hidden
    )


def is_left_out(kind: str, name: str) -> bool:
    """Return whether a field is a part with fields of its own, or counts by name.

    Examples
    --------
    >>> is_left_out("data_set", "mapping"), is_left_out("data_set", "title")
    (True, False)
    """
    core, _, _ = _opened(kind_class(kind).model_fields[name])
    return _input(core, ()) is None and not words_of(kind, name).choices


def words_of(kind: str, name: str) -> FieldWords:
    """Return the words of a field of *kind*; the title is never empty."""
    known = _WORDS[kind].fields.get(name) or SHARED.get(name) or FieldWords()
    return known if known.title else replace(known, title=title_of(name))


@cache
def spec_of(kind: str, name: str) -> FieldSpec:
    """Return what a form asks for one field, hidden ones too.

    Parts with fields of their own pass for prose; see :func:`is_left_out`.
    """
    info = kind_class(kind).model_fields[name]
    words = words_of(kind, name)
    core, is_optional, marks = _opened(info)
    inputs: Input = "choice" if words.choices else _input(core, marks) or "prose"
    if inputs == "yes" and is_optional:
        inputs = "yes_no"
    low, high, step = _range(inputs, marks, words.step)
    default = (
        None if info.is_required() else info.get_default(call_default_factory=True)
    )
    return FieldSpec(
        name=name,
        title=words.title,
        help=words.help,
        unit=words.unit,
        input=inputs,
        is_required=info.is_required(),
        low=low,
        high=high,
        step=step,
        ends=words.ends,
        words={} if inputs == "choice" else dict(words.labels),
        choices=_choices(core, words) if inputs == "choice" else (),
        suggestions=words.suggestions,
        refs=_refs(marks) if inputs == "ref" else (),
        max_length=_longest(core, marks)
        if inputs in ("line", "prose", "lines")
        else None,
        default=default,
        group=words.group,
    )


def _in_order(cls: type[Entry]) -> Iterator[str]:
    """Yield the fields: first those with words, in the order of these."""
    known = _WORDS[str(cls.model_fields["kind"].default)].fields
    yield from (name for name in known if name in cls.model_fields)
    yield from (name for name in cls.model_fields if name not in known)


def _opened(info: FieldInfo) -> tuple[Any, bool, tuple[Any, ...]]:
    """Return the bare type of a field, whether it may be None, and its marks."""
    core, is_optional = info.annotation, False
    marks = list(info.metadata)
    while True:
        if get_origin(core) is Annotated:
            core, *more = get_args(core)
            marks += more
        elif get_origin(core) in (Union, types.UnionType):
            parts = [one for one in get_args(core) if one is not types.NoneType]
            is_optional = is_optional or len(parts) < len(get_args(core))
            core = parts[0]
        else:
            return core, is_optional, tuple(_flat(marks))


def _flat(marks: list[Any]) -> Iterator[Any]:
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from _flat(mark.metadata)
        else:
            yield mark


def _input(core: Any, marks: tuple[Any, ...]) -> Input | None:
    """Return how a type is asked for; None for a part with fields of its own."""
    if get_origin(core) is Literal:
        return "choice"
    if get_origin(core) is tuple:
        return "lines" if _line_of(core) is not None else None
    if core is str:
        if any(isinstance(mark, Ref) for mark in marks):
            return "ref"
        return "prose" if (_longest(core, marks) or 0) > _LONGEST_LINE else "line"
    if core is int:
        low, high = _bound(marks, "ge"), _bound(marks, "le")
        is_short = low is not None and high is not None
        return "scale" if is_short and high - low < _LONGEST_SCALE else "count"
    plain: dict[Any, Input] = {bool: "yes", date: "day", float: "number"}
    return plain.get(core)


def _line_of(core: Any) -> tuple[Any, ...] | None:
    """Return the marks of the texts of a tuple; None if it holds something else."""
    item = get_args(core)[0]
    if get_origin(item) is not Annotated or get_args(item)[0] is not str:
        return None
    return tuple(get_args(item)[1:])


def _bound(marks: tuple[Any, ...], name: str) -> Any:
    """Return the limit of that name that one of the marks sets."""
    found = (getattr(mark, name, None) for mark in marks)
    return next((limit for limit in found if limit is not None), None)


def _range(
    inputs: Input, marks: tuple[Any, ...], step: float | None
) -> tuple[float | None, float | None, float | None]:
    """Return smallest and largest number and the smallest difference."""
    if inputs == "lines":
        return None, _bound(marks, "max_length"), None
    if inputs not in ("scale", "count", "number"):
        return None, None, None
    low, high = _bound(marks, "ge"), _bound(marks, "le")
    if inputs != "number":
        return low, high, 1
    above = _bound(marks, "gt")
    if above is not None:
        low = above + (step or 0.01)
    return low, high, step


def _longest(core: Any, marks: tuple[Any, ...]) -> int | None:
    """Return the most characters of a text, or of each text of a tuple."""
    if get_origin(core) is tuple:
        marks = _line_of(core) or ()
    longest: int | None = _bound(marks, "max_length")
    return longest


def _choices(core: Any, words: FieldWords) -> tuple[tuple[str, str], ...]:
    if words.choices:
        return tuple(words.choices.items())
    return tuple(
        (str(value), words.labels.get(str(value)) or title_of(str(value)))
        for value in get_args(core)
    )


def _refs(marks: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the kinds that may be pointed to: all with a name if any may."""
    found = next(mark.kinds for mark in marks if isinstance(mark, Ref))
    return found or tuple(filter(text_field_of, KINDS))
