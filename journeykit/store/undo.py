"""What undoes a step: the edits that bring back what stood before it.

A step and its undoing cancel each other. So several steps can be undone in a row, and
only what somebody changed since, and did not take back, is a conflict. Undoing an
undoing brings the step back: redo needs nothing of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, not_, select

from journeykit.errors import ConflictError
from journeykit.model import Document, Edit
from journeykit.model.edits import undoing
from journeykit.model.kinds import body
from journeykit.store.chain import compact
from journeykit.store.record import Replay, read_record
from journeykit.store.schema import EDIT

__all__ = ["Undoing", "edits_undoing", "last_group"]

_NOTHING = compact({"plain": {}, "written": []})


class Undoing(NamedTuple):
    """An edit that undoes another, and the edits that hold the texts it brings back."""

    edit: Edit
    sources: Mapping[str, int]


def _cancelled(connection: Connection) -> set[str]:
    """Return the groups that were undone, and not brought back by undoing that."""
    query = select(EDIT.c.edit_group, EDIT.c.undoes).where(EDIT.c.undoes.is_not(None))
    found: set[str] = set()
    for row in connection.execute(query.order_by(EDIT.c.number.desc())):
        if row.edit_group not in found:
            found.add(row.undoes)
    return found


def last_group(connection: Connection, author: str | None) -> str | None:
    """Return the last group of an author that neither undoes nor was undone.

    Edits that change nothing do not count: erasing leaves such edits behind.
    """
    mine = EDIT.c.author == author if author else EDIT.c.author.is_(None)
    nothing = and_(EDIT.c.verb == "change", EDIT.c.patch == _NOTHING)
    query = (
        select(EDIT.c.edit_group)
        .where(mine, EDIT.c.undoes.is_(None), not_(nothing))
        .group_by(EDIT.c.edit_group)
        .order_by(func.max(EDIT.c.number).desc())
    )
    cancelled = _cancelled(connection)
    groups = connection.execute(query).scalars()
    return next((group for group in groups if group not in cancelled), None)


def edits_undoing(
    connection: Connection, group: str, document: Document, made: str
) -> list[Undoing]:
    """Return the edits that undo a group, last first; *made* is their own group.

    Raises
    ------
    ConflictError
        If somebody changed the same field since.
    """
    entries = select(EDIT.c.entry).where(EDIT.c.edit_group == group)
    cancelled = _cancelled(connection)
    replay = Replay()
    done: list[Undoing] = []
    since: dict[str, set[str]] = {}
    for step in read_record(connection, EDIT.c.entry.in_(entries)):
        edit = step.edit
        if edit.group == group:
            now = document.version(edit.entry).number
            back = undoing(replay.entry(edit.entry), edit, now, made)
            held = replay.sources.get(edit.entry, {})
            sources = {name: held[name] for name in back.patch if name in held}
            done.insert(0, Undoing(back, sources))
        elif done and step.undoes is None and edit.group not in cancelled:
            changed = edit.patch if edit.verb == "change" else ("*",)
            since.setdefault(edit.entry, set()).update(changed)
        replay.take(step)
    _check(document, [undone.edit for undone in done], since)
    return done


def _check(
    document: Document, edits: list[Edit], since: Mapping[str, set[str]]
) -> None:
    """Refuse to take back what somebody else changed since."""
    last = {
        (edit.entry, name): mine for edit in edits for name, mine in edit.patch.items()
    }
    for edit in edits:
        standing = document.get(edit.entry)
        changed = since.get(edit.entry, set())
        if standing is None or not changed:
            continue
        if edit.verb == "remove":
            raise ConflictError(edit.entry, "*", "removal", body(standing))
        if edit.verb == "add":
            raise ConflictError(edit.entry, "*", edit.patch, body(standing))
        plain = standing.model_dump(mode="json")
        for name in edit.patch:
            mine = last[edit.entry, name]
            if plain.get(name) != mine and changed & {name, "*"}:
                raise ConflictError(edit.entry, name, mine, plain.get(name))
