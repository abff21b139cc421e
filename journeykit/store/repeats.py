"""A group that is sent again is answered, not doubled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from journeykit.errors import InputError
from journeykit.model import Edit
from journeykit.model.base import text_fields
from journeykit.model.kinds import kind_class
from journeykit.store.backend import Receipt
from journeykit.store.chain import compact
from journeykit.store.record import Recorded, read_record
from journeykit.store.schema import EDIT

__all__ = ["repeat_of"]

_IDS_AT_ONCE = 500  # a query takes a limited number of values
# Built once: making a statement costs as much CPU as running it.
_MET = (
    select(EDIT.c.number)
    .where(
        or_(
            EDIT.c.edit_group == bindparam("one"),
            EDIT.c.id.in_(bindparam("ids", expanding=True)),
        )
    )
    .limit(1)
)


def repeat_of(connection: Connection, edits: Sequence[Edit]) -> Receipt | None:
    """Return the answer to a group that was written before; None if it is new."""
    group, ids = edits[0].group, [edit.id for edit in edits]
    if len(set(ids)) == len(ids) <= _IDS_AT_ONCE:
        met = connection.execute(_MET, {"one": group, "ids": ids}).first()
        if met is None:
            return None
    known = list(read_record(connection, EDIT.c.edit_group == group))
    if known:
        is_same = len(known) == len(edits) and all(map(_is_same, known, edits))
        if not is_same:
            raise InputError(
                f"group {group} was written before with other content; "
                "what is sent again must be the same"
            )
        return Receipt(group, tuple(step.number for step in known), True)
    if len(set(ids)) < len(ids):
        raise InputError("two edits of the group have the same id")
    for start in range(0, len(ids), _IDS_AT_ONCE):
        some = EDIT.c.id.in_(ids[start : start + _IDS_AT_ONCE])
        taken = connection.execute(select(EDIT.c.id).where(some)).scalar()
        if taken is not None:
            raise InputError(f"edit {taken} was written before in another group")
    return None


def _is_same(step: Recorded, edit: Edit) -> bool:
    """Return whether an edit is the one that was written, but for erased text."""
    erased = text_fields(kind_class(edit.kind)) if step.is_erased else ()

    def parts(one: Edit) -> dict[str, Any]:
        patch = {n: None if n in erased else v for n, v in one.patch.items()}
        return one.model_dump(exclude={"patch"}) | {"patch": compact(patch)}

    return parts(step.edit) == parts(edit)
