"""Whether a mapping speaks of touchpoints, personas and the like that are there."""

from __future__ import annotations

from journeykit.errors import UnknownNameError
from journeykit.model import Document
from journeykit.model.base import Fragment, references

__all__ = ["check_names"]


def check_names(document: Document, mapping: Fragment) -> None:
    """Refuse a mapping of what the workshop does not have, before anything is kept.

    Parameters
    ----------
    document
        The workshop.
    mapping
        What the columns mean, of a survey or of records.

    Raises
    ------
    UnknownNameError
        With what was named, the nearest id, and all of that kind.

    Examples
    --------
    >>> from journeykit.model.survey import Question, Scale, SurveyMapping
    >>> five = Scale(lowest=1, highest=5)
    >>> asked = Question(column="Q1", asks="satisfaction", scale=five, touchpoint="x")
    >>> check_names(Document(), SurveyMapping(questions=(asked,)))
    Traceback (most recent call last):
    ...
    journeykit.errors.UnknownNameError: the mapping: there is no touchpoint 'x'. \
Known: none.
    """
    for _, target, rule in references(mapping):
        found = document.get(target)
        if found is None or (rule.kinds and found.kind not in rule.kinds):
            kinds = [kind.replace("_", " ") for kind in rule.kinds]
            known = [one.id for one in document if one.kind in rule.kinds]
            raise UnknownNameError(
                " or ".join(filter(None, [", ".join(kinds[:-1]), *kinds[-1:]])),
                target,
                known,
                "the mapping",
            )
