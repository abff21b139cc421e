"""Two connections to one file do whatever comes to mind; a model in memory knows best.

The model keeps the fields of a handful of notes, a version of each field, and the steps
in their order. It is written apart from the package, and much plainer: whatever the two
connections show has to be what it holds.
"""

from __future__ import annotations

import copy
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from journeykit.errors import ConflictError, InputError
from journeykit.model import Edit, Persona
from journeykit.model.edits import new_edit_id
from journeykit.store import Store, back_up, examine, open_store, restore

NAMES = st.sampled_from(["a", "b", "c"])
TEXTS = st.sampled_from(["", "x", "y", "ä<b>", "long" * 50])
FIELDS = st.sampled_from(["name", "quote", "summary"])
AUTHORS = st.sampled_from(["ann", "bob", None])
SEATS = st.integers(0, 1)
# Disks are tested elsewhere; here the number of steps counts, so none is waited for.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


@dataclass
class Step:
    """A step of the model: who, and of each note what stood before and after."""

    author: str | None
    edits: list[Edit]
    before: dict[str, dict[str, str] | None]
    undoes: Step | None = None
    is_undone: bool = False


@dataclass
class Model:
    """What a workshop has to hold."""

    notes: dict[str, dict[str, str]] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    changed: dict[tuple[str, str], int] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    marks: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    n_edits: int = 0

    def allows(self, edit: Edit) -> bool:
        """Return whether an edit fits to what stands."""
        note = self.notes.get(edit.entry)
        if edit.verb == "add":
            return note is None
        if note is None:
            return False
        if edit.verb == "remove":
            return edit.base_version == self.versions[edit.entry]
        return all(
            self.changed.get((edit.entry, name), 0) <= edit.base_version
            or note[name] == text
            for name, text in edit.patch.items()
        )

    def take(self, author: str | None, edits: list[Edit], undoes: Step | None) -> None:
        """Do a step that is allowed."""
        before = {edit.entry: copy.copy(self.notes.get(edit.entry)) for edit in edits}
        self.steps.append(Step(author, edits, before, undoes))
        for edit in edits:
            self.n_edits += 1
            version = self.versions.get(edit.entry, 0) + 1
            self.versions[edit.entry] = version
            if edit.verb == "remove":
                del self.notes[edit.entry]
                continue
            fresh = dict.fromkeys(("name", "quote", "summary"), "")
            note = fresh if edit.verb == "add" else self.notes[edit.entry]
            self.notes[edit.entry] = {**note, **edit.patch}  # type: ignore[dict-item]
            for name in fresh if edit.verb == "add" else edit.patch:
                self.changed[edit.entry, name] = version

    def last_step(self, author: str | None) -> Step | None:
        """Return what an author would undo."""
        mine = [
            step
            for step in self.steps
            if step.author == author and not step.undoes and not step.is_undone
        ]
        return mine[-1] if mine else None

    def clash(self, step: Step) -> bool:
        """Return whether somebody stands in the way of undoing a step."""
        later = self.steps[self.steps.index(step) + 1 :]
        others = [one for one in later if not one.undoes and not one.is_undone]
        for name, then in step.before.items():
            since = [edit for one in others for edit in one.edits if edit.entry == name]
            now = self.notes.get(name)
            if (now is None) != self._is_gone_after(step, name):
                return True
            if now is None or not since:
                continue
            if then is None:
                return True
            touched = {edit.entry: edit.patch for edit in step.edits}[name]
            for key in touched:
                changed = any(one.verb != "change" or key in one.patch for one in since)
                if changed and now[key] != then[key]:
                    return True
        return False

    def _is_gone_after(self, step: Step, name: str) -> bool:
        return next(one for one in step.edits if one.entry == name).verb == "remove"

    def undo(self, step: Step) -> None:
        """Take a step back that nobody stands in the way of."""
        edits = []
        for edit in reversed(step.edits):
            then = step.before[edit.entry]
            common: dict[str, Any] = {"entry": edit.entry, "kind": "persona"}
            if edit.verb == "add":
                edits.append(Edit(verb="remove", **common))
            elif then is None or edit.verb == "remove":
                edits.append(Edit(verb="add", patch=dict(then or {}), **common))
            else:
                patch = {name: then[name] for name in edit.patch}
                edits.append(Edit(verb="change", patch=patch, **common))
        self.take(step.author, edits, step)
        step.is_undone = True


class TwoConnections(RuleBasedStateMachine):
    """Edits, stale bases, groups, re-sends, undo, marks, backup and restore."""

    sent = Bundle("sent")
    backups = Bundle("backups")

    @initialize()
    def begin(self) -> None:
        """Open one new file twice."""
        self.folder = Path(tempfile.mkdtemp(dir=MEMORY))
        self.path = self.folder / "notes.journey"
        self.stores = [open_store(self.path, is_new=True)]
        self.stores.append(open_store(self.path))
        self.model = Model()
        self.n_backups = 0

    def teardown(self) -> None:
        """Close whatever is open, examine what is left, clear up."""
        if hasattr(self, "stores"):
            for store in self.stores:
                store.close()
            shutil.rmtree(self.folder)

    def edit(self, verb: str, name: str, patch: dict[str, str], base: int) -> Edit:
        """Return an edit of a note."""
        return Edit(
            verb=verb,  # type: ignore[arg-type]
            entry=name,
            kind="persona",
            patch=patch,  # type: ignore[arg-type]
            base_version=base,
        )

    def write(self, store: Store, author: str | None, edits: list[Edit]) -> list[Edit]:
        """Write a group, and expect what the model expects."""
        group = new_edit_id()
        update = {"group": group, "author": author}
        edits = [edit.model_copy(update=update) for edit in edits]
        if all(map(self.model.allows, edits)):
            receipt = store.write(edits)
            first = self.model.n_edits + 1
            assert tuple(range(first, first + len(edits))) == receipt.numbers
            assert not receipt.is_repeat
            self.model.take(author, edits, None)
        else:
            with pytest.raises(ConflictError):
                store.write(edits)
        return edits

    @rule(target=sent, seat=SEATS, author=AUTHORS, name=NAMES, text=TEXTS)
    def add(self, seat: int, author: str | None, name: str, text: str) -> list[Edit]:
        """Add a note, which may be there already."""
        edit = self.edit("add", name, {"name": text, "quote": text}, 0)
        return self.write(self.stores[seat], author, [edit])

    @rule(
        target=sent,
        seat=SEATS,
        author=AUTHORS,
        name=NAMES,
        patch=st.dictionaries(FIELDS, TEXTS, min_size=1, max_size=2),
        behind=st.integers(0, 2),
    )
    def change(
        self,
        seat: int,
        author: str | None,
        name: str,
        patch: dict[str, str],
        behind: int,
    ) -> list[Edit]:
        """Change fields of a note, seen just now or some versions ago."""
        base = max(self.model.versions.get(name, 0) - behind, 0)
        return self.write(
            self.stores[seat], author, [self.edit("change", name, patch, base)]
        )

    @rule(target=sent, seat=SEATS, author=AUTHORS, name=NAMES, behind=st.integers(0, 1))
    def remove(
        self, seat: int, author: str | None, name: str, behind: int
    ) -> list[Edit]:
        """Remove a note, seen just now or before its last change."""
        base = max(self.model.versions.get(name, 0) - behind, 0)
        return self.write(
            self.stores[seat], author, [self.edit("remove", name, {}, base)]
        )

    @rule(target=sent, seat=SEATS, author=AUTHORS, text=TEXTS, stale=st.booleans())
    def change_all(
        self, seat: int, author: str | None, text: str, stale: bool
    ) -> list[Edit]:
        """Change all notes in one step; if one is out of date, none is changed."""
        edits = [
            self.edit("change", name, {"summary": text}, self.model.versions[name])
            for name in sorted(self.model.notes)
        ] or [self.edit("add", "a", {"name": text}, 0)]
        if stale:
            edits[-1] = edits[-1].model_copy(update={"base_version": 0})
        return self.write(self.stores[seat], author, edits)

    @rule(seat=SEATS, edits=sent)
    def send_again(self, seat: int, edits: list[Edit]) -> None:
        """Send a group once more: it is answered if it stands, else tried as if new."""
        known = [step for step in self.model.steps if step.edits == edits]
        if known:
            receipt = self.stores[seat].write(edits)
            assert receipt.is_repeat
            assert edits[0].group == receipt.group
        elif all(map(self.model.allows, edits)):
            try:
                self.stores[seat].write(edits)
            except InputError as error:  # a version that a restore made unknown
                assert "is not known here" in str(error)
                return
            self.model.take(edits[0].author, edits, None)
        else:
            with pytest.raises((ConflictError, InputError)):
                self.stores[seat].write(edits)

    @rule(seat=SEATS, author=AUTHORS)
    def undo(self, seat: int, author: str | None) -> None:
        """Undo an author's last step, unless somebody stands in the way."""
        step = self.model.last_step(author)
        if step is None:
            assert self.stores[seat].undo(author) is None
        elif self.model.clash(step):
            with pytest.raises(ConflictError):
                self.stores[seat].undo(author)
        else:
            assert self.stores[seat].undo(author) is not None
            self.model.undo(step)

    @rule(seat=SEATS, name=NAMES)
    def mark(self, seat: int, name: str) -> None:
        """Name the present moment, unless the name is taken."""
        if name in self.model.marks:
            with pytest.raises(InputError):
                self.stores[seat].mark(name)
        else:
            self.stores[seat].mark(name)
            self.model.marks[name] = copy.deepcopy(self.model.notes)

    @rule(target=backups, seat=SEATS)
    def back_up(self, seat: int) -> tuple[Path, Model]:
        """Keep what stands now."""
        self.n_backups += 1
        path = back_up(self.stores[seat], self.folder / f"b{self.n_backups}.journey")
        return path, copy.deepcopy(self.model)

    @rule(backup=consumes(backups))
    def restore(self, backup: tuple[Path, Model]) -> None:
        """Go back to what was kept, while both connections are open."""
        path, model = backup
        restore(path, self.path)
        self.model = copy.deepcopy(model)

    @rule(seat=SEATS)
    def reopen(self, seat: int) -> None:
        """Close one of the connections, and open it again."""
        self.stores[seat].close()
        self.stores[seat] = open_store(self.path)

    @invariant()
    def both_show_what_the_model_holds(self) -> None:
        """Every field, every version, every mark, on both connections."""
        if not hasattr(self, "stores"):
            return
        for store in self.stores:
            document = store.document()
            assert self.model.notes == {
                one.id: {"name": one.name, "quote": one.quote, "summary": one.summary}
                for one in document.of(Persona)
            }
            assert self.model.versions == {
                name: document.version(name).number for name in self.model.versions
            }
            assert self.model.n_edits == store.number()
        for name, notes in self.model.marks.items():
            assert set(notes) == {one.id for one in self.stores[0].document(name)}
        found = examine(self.stores[0].backend)
        assert ((), self.model.n_edits) == (found.problems, found.n_edits)


TestTwoConnections = TwoConnections.TestCase
TestTwoConnections.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    suppress_health_check=list(HealthCheck),
)
