"""Who contributed what, so that each can be thanked.

People stand in the order of their names: a ranking would thank whoever typed for the
group. What the workshop began with is nobody's; what was taken out again does not
count. A name that was erased is not shown, and its work is counted with that of others
who gave none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from journeykit.check.rule import alike
from journeykit.model import Document, Stakeholder

__all__ = ["PARTS", "Contribution", "contributions"]

PARTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "map": (
        "On the map",
        frozenset(
            {
                *("journey", "stage", "touchpoint", "lane_note", "channel"),
                *("channel_change", "persona", "segment", "attachment"),
            }
        ),
    ),
    "pain": ("Pain points", frozenset({"pain_point", "pain_point_status"})),
    "ideas": ("Ideas and trials", frozenset({"opportunity", "experiment"})),
    "evidence": (
        "Evidence",
        frozenset({"evidence", "data_set", "measurement", "kpi", "kpi_observation"}),
    ),
    "scores": ("Scores and votes", frozenset({"individual_score", "vote"})),
    "comments": (
        "Comments and answers",
        frozenset({"comment", "department_answer", "department_sign_off"}),
    ),
    "plan": (
        "Plan and business",
        frozenset(
            {
                *("action", "decision", "objective", "copis_element", "canvas_entry"),
                *("agenda_block", "parking_lot_item", "stakeholder"),
            }
        ),
    ),
}
"""What people add, by what it is for: its head, and its kinds."""

_PART_OF = {kind: part for part, (_, kinds) in PARTS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person gave.

    Parameters
    ----------
    name
        Empty for all who are not named, together.
    department
        Where the person works, if a stakeholder of that name says so.
    added
        Entries that stand, by a key of :data:`PARTS`.
    n_changed
        Entries of others that the person worked on.
    n_people
        How many people; of the nameless, those whom the record tells apart.
    """

    name: str
    department: str = ""
    added: Mapping[str, int] = field(default_factory=dict)
    n_changed: int = 0
    n_people: int = 1

    @property
    def n(self) -> int:
        """All that was given."""
        return sum(self.added.values()) + self.n_changed


def contributions(
    document: Document,
    added_by: Mapping[str, str],
    changed_by: Mapping[str, Collection[str]],
    names: Mapping[str, str],
    began_with: Collection[str] = (),
) -> tuple[Contribution, ...]:
    """Return what each person gave, by name; the nameless last, together.

    Parameters
    ----------
    document
        The workshop as it stands.
    added_by
        Author by the id of an entry.
    changed_by
        Entries that an author changed.
    names
        Name by author, where there is one.
    began_with
        Entries that came with the starter.
    """
    added: dict[str, Counter[str]] = {}
    for entry, author in added_by.items():
        one = document.get(entry)
        if one is None or entry in began_with or one.kind not in _PART_OF:
            continue
        added.setdefault(author, Counter())[_PART_OF[one.kind]] += 1
    worked = {
        author: sum(
            one in document and added_by.get(one) != author and one != author
            for one in entries
        )
        for author, entries in changed_by.items()
    }
    authors = {*added, *(author for author, n in worked.items() if n)}
    departments = {alike(one.name): one.department for one in document.of(Stakeholder)}
    found = [
        Contribution(
            names[author],
            departments.get(alike(names[author]), ""),
            dict(added.get(author, ())),
            worked.get(author, 0),
        )
        for author in authors
        if author in names
    ]
    found.sort(key=lambda one: (alike(one.name), one.n))
    nameless = [author for author in authors if author not in names]
    if nameless:
        together: Counter[str] = Counter()
        for author in nameless:
            together += added.get(author, Counter())
        n_changed = sum(worked.get(author, 0) for author in nameless)
        found.append(Contribution("", "", dict(together), n_changed, len(nameless)))
    return tuple(found)
