"""What was wrong with a value, in the words of the form in which it was typed."""

from __future__ import annotations

from pydantic_core import ErrorDetails

from journeykit.model.fields import (
    FieldSpec,
    hidden_fields,
    is_left_out,
    label_of,
    spec_of,
)
from journeykit.model.kinds import KINDS

__all__ = ["expected", "refusal"]

_MANY_KINDS = 3
_ID = (
    "an id is at most 64 lower-case letters, digits, dots, dashes and underscores, "
    "and begins with a letter or digit"
)


def refusal(fault: ErrorDetails, kind: str = "") -> tuple[str, str]:
    """Return the field that is at fault and a sentence about it.

    Parameters
    ----------
    fault
        One fault as pydantic tells it, of an entry or of a list of them.
    kind
        Kind of the entry; of a list it stands in the fault itself.

    Returns
    -------
    tuple of str
        Name of the field, empty if it is about the whole; the sentence without full
        stop. In a list the sentence begins with number and field: ``entry 2.stage:``.
    """
    place = list(fault["loc"])
    before = ""
    if place and isinstance(place[0], int):  # a list: number, kind, field
        kind = str(place[1]) if len(place) > 1 else ""
        before = f"entry {place[0] + 1}"
        place = place[2:]
    name = str(place[0]) if place else ""
    message = fault["msg"].removeprefix("Value error, ")
    if name == "id" and fault["type"] == "string_pattern_mismatch":
        message = _ID
    known = kind in KINDS and name in KINDS[kind].model_fields
    is_typed = known and name not in hidden_fields(kind)
    is_absent = fault["type"] == "missing" and len(place) == 1
    if known and (is_absent or (is_typed and not is_left_out(kind, name))):
        about = f"{before}.{name}: " if before else ""
        return name, about + _sentence(spec_of(kind, name), fault)
    path = ".".join(filter(None, [before, *map(str, place)]))
    if fault["type"] == "value_error" and not name:
        return "", f"{path}: {message}" if path else message
    if fault["type"] == "missing":
        return name, f"{path}: must be filled in"
    return name, f"{path or 'value'}: {message}, found {_shown(fault['input'])}"


def _sentence(spec: FieldSpec, fault: ErrorDetails) -> str:
    kind, found = fault["type"], fault["input"]
    if kind == "missing":
        return f"{spec.title} must be filled in"
    if kind == "string_too_long" and isinstance(found, str):
        longest = fault["ctx"]["max_length"]
        what = "lines of at most" if spec.input == "lines" else "at most"
        return f"{spec.title} takes {what} {longest:,} characters, found {len(found):,}"
    if kind == "too_long" and spec.input == "lines":
        n_lines = fault["ctx"]["actual_length"]
        return f"{spec.title} takes at most {spec.high:g} lines, found {n_lines}"
    wanted = expected(spec)
    if kind == "string_pattern_mismatch" and spec.input == "choice":
        values = [value for value, _ in spec.choices]
        wanted = f"a code such as {_listed(values[:3])}"
    if kind == "finite_number":
        wanted = "a finite number"
    elif kind == "greater_than":
        wanted = f"a number above {fault['ctx']['gt']:g}"
    return f"{spec.title} takes {wanted}, found {_shown(found)}"


def expected(spec: FieldSpec) -> str:
    """Return in words what a field takes.

    Examples
    --------
    >>> expected(spec_of("pain_point", "severity"))
    'a whole number from 1 to 5'
    >>> expected(spec_of("pain_point", "persona"))
    'the id of a persona'
    >>> expected(spec_of("action", "effort_days"))
    'a number of at least 0'
    """
    words = {
        "line": f"one line of text of at most {spec.max_length or 0:,} characters",
        "prose": "text",
        "lines": "a list of short texts",
        "choice": f"one of {_listed([value for value, _ in spec.choices])}",
        "yes": "yes or no",
        "yes_no": "yes or no",
        "day": "a day, written as in 2026-03-31",
        "ref": f"the id of {_one_of_kinds(spec.refs)}",
    }
    if spec.input in words:
        return words[spec.input]
    what = "a number" if spec.input == "number" else "a whole number"
    has_end = spec.high is not None and spec.high < 10**9
    if spec.low is None:
        return f"{what} up to {spec.high:g}" if has_end else what
    if has_end:
        return f"{what} from {spec.low:,g} to {spec.high:,g}"
    return f"{what} of at least {spec.low:g}"


def _one_of_kinds(kinds: tuple[str, ...]) -> str:
    if not 0 < len(kinds) <= _MANY_KINDS:
        return "an entry"
    labels = [label_of(kind) for kind in kinds]
    words = [one if one[1:2].isupper() else one.lower() for one in labels]
    return _listed([f"{'an' if one[0] in 'aeiou' else 'a'} {one}" for one in words])


def _listed(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    try:
        return f"{value!r:.80}"
    except ValueError:  # Python does not write out numbers of thousands of digits
        return "a number of thousands of digits"
