"""The one object that a notebook opens: a workshop, its entries, its data, its record.

Nothing is saved by hand: each call that changes something is one transaction, and when
it returns, the change is on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from journeykit.check.rules import findings
from journeykit.errors import InputError
from journeykit.exchange.examples import edits_removing_examples
from journeykit.exchange.output_files import write_whole
from journeykit.model import (
    Case,
    Document,
    Entry,
    Link,
    entry_from,
    new_id,
    rank_between,
    to_json,
)
from journeykit.model.edits import add, change, new_edit_id
from journeykit.model.kinds import kind_class
from journeykit.model.removal import edits_removing
from journeykit.store import Mark, Receipt, Store, is_url, open_store
from journeykit.store.authors import author_id
from journeykit.store.beginning import begin_with
from journeykit.store.record import version_like
from journeykit.store.store import utc_now
from journeykit.workshop_data import WorkshopData, cleaned_fields

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.check.rule import Finding

__all__ = ["Workshop", "new", "open"]


def open(
    address: str | PathLike[str],
    *,
    author: str | None = None,
    is_read_only: bool = False,
    starter: str | None = None,
) -> Workshop:
    """Open a workshop.

    Parameters
    ----------
    address
        Path of a ``.journey`` file, or a PostgreSQL URL
        (``postgresql+psycopg://host/database?workshop=name``).
    author
        Who is working: a name, kept apart from the record so that it can be erased.
    is_read_only
        Whether to open it for reading only.
    starter
        Starter to make it of if there is no such file; None to make none.

    Raises
    ------
    FileProblemError
        If there is no such workshop, or the file is another program's or damaged.
    """
    is_file = not is_url(fspath(address))
    if starter is not None and is_file and not Path(address).exists():
        return new(address, starter=starter, author=author)
    return Workshop(open_store(fspath(address), is_read_only=is_read_only), author)


def new(
    address: str | PathLike[str] | None,
    *,
    starter: str = "empty",
    title: str = "",
    author: str | None = None,
) -> Workshop:
    """Make a workshop.

    Parameters
    ----------
    address
        Path of the file to make, ending in ``.journey``; a PostgreSQL URL; or None for
        one in memory, to try something.
    starter
        What to begin with: ``empty``, ``airport`` or another starter.
    title
        Title of the case; that of the starter if empty.
    author
        As for :func:`open`.

    Raises
    ------
    FileProblemError
        If the path is taken or its folder cannot be written.
    UnknownNameError
        If there is no such starter.
    """
    from journeykit.exchange.starters import starter as starter_named

    begin = starter_named(starter, utc_now().astimezone().date())
    # What the starter brings is nobody's; only what is given here has an author.
    with Workshop(open_store(None)) as made:
        made.add_all(begin.document)
        for data_set, file in begin.data:
            made.import_into(data_set, file)
        if title:
            Workshop(made.store, author).change(made.case.id, title=title)
        if begin.data:
            made.mark("start", reason=f"Made from the starter {starter!r}")
        path = None if address is None else fspath(address)
        store = begin_with(made.store.backend, path)
    return Workshop(store, author)


class Workshop(WorkshopData):
    """A workshop that is open.

    Parameters
    ----------
    store
        Where it is kept.
    author
        Name of the person who works, or None. It is kept apart from the record; a
        workshop that is opened for reading only keeps no new one.

    Examples
    --------
    >>> import journeykit
    >>> workshop = journeykit.new(None, title="Resort booking")
    >>> stage = workshop.entries("stage")[0]
    >>> search = workshop.add("touchpoint", stage=stage.id, name="Search")
    >>> search = workshop.change(search, emotion=-1)
    >>> workshop.table("touchpoint")[["name", "emotion"]].to_dict("records")
    [{'name': 'Search', 'emotion': -1}]
    >>> _ = workshop.undo()
    >>> workshop[search.id].emotion is None
    True
    >>> workshop.close()
    """

    def __init__(self, store: Store, author: str | None = None) -> None:
        self.store = store
        try:
            self.author = author_id(store, author)
        except BaseException:
            store.close()
            raise

    def __repr__(self) -> str:
        return f"<Workshop {self.case.title!r} in {self.store.where}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the workshop; everything is saved already."""
        self.store.close()

    # --- reading --------------------------------------------------------------------

    def document(self, at: str | int | None = None) -> Document:
        """Return all entries as they stand, or at a mark or number of the record."""
        return self.store.document(at)

    @property
    def case(self) -> Case:
        """The case header."""
        found = self.document().case
        if found is None:
            raise InputError("the workshop has no case header", where=self.store.where)
        return found

    def __getitem__(self, entry_id: str) -> Any:  # Any: an entry of whatever kind
        return self.document()[entry_id]

    def entries(self, kind: str) -> tuple[Any, ...]:  # Any: entries of this kind
        """Return the entries of a kind, such as ``"touchpoint"``, in their order."""
        return self.document().of(kind_class(kind))

    def table(self, kind: str) -> pd.DataFrame:
        """Return the entries of a kind as a table: a row an entry, a column a field."""
        import pandas as pd

        cls = kind_class(kind)
        columns = [name for name in cls.model_fields if name not in ("kind", "rank")]
        rows = [entry.model_dump() for entry in self.document().of(cls)]
        return pd.DataFrame(rows, columns=columns, dtype=object)

    def findings(self, today: date | None = None) -> tuple[Finding, ...]:
        """Return where the workshop contradicts itself or stops short, worst first.

        Parameters
        ----------
        today
            The day on which it is looked at; today if None.
        """
        day = today or self.store.now().astimezone().date()
        last = max((one.time for one in self.marks()), default=None)
        version = datetime.fromisoformat(last).date() if last else None
        return findings(self.document(), day, last_version=version)

    def marks(self) -> tuple[Mark, ...]:
        """Return the named moments, oldest first."""
        return self.store.marks()

    # --- changing -------------------------------------------------------------------

    def add(self, kind: str, **fields: Any) -> Any:  # Any: an entry of this kind
        """Add an entry after the others of its kind, and return it.

        Raises
        ------
        UnknownNameError
            If there is no such kind or field.
        InputError
            If a value is not what its field expects.
        DanglingReferenceError
            If it points to an entry that is not there.
        """
        cls = kind_class(kind)
        document = self.document()
        like = document.of(cls)
        start = {
            "kind": kind,
            "id": new_id(kind),
            "rank": rank_between(like[-1].rank if like else None, None),
        }
        entry = entry_from(start | cleaned_fields(fields))
        self.store.write([add(entry, author=self.author)])
        return entry

    def add_all(self, entries: Iterable[Entry]) -> Receipt | None:
        """Add many entries in one step; None if there are none."""
        group = new_edit_id()
        edits = [add(entry, author=self.author, group=group) for entry in entries]
        return self.store.write(edits) if edits else None

    def change(
        self, entry: Entry | str, **fields: Any
    ) -> Any:  # Any: the entry's own kind
        """Change fields of an entry, and return it as it is now.

        Parameters
        ----------
        entry
            The entry or its id. An entry object that is older than the workshop is
            merged field by field with what others changed since.

        Raises
        ------
        ConflictError
            If somebody else changed the same field since; both values are named.
        InputError, UnknownNameError
            If a value or field is not what the kind expects.
        """
        document = self.document()
        name = _id_of(entry)
        base = None
        if isinstance(entry, Entry) and entry != document.get(name):
            base = version_like(self.store.history(name), entry)
        edit = change(
            document,
            name,
            cleaned_fields(fields),
            author=self.author,
            base_version=base,
        )
        self.store.write([edit])
        return self[name]

    def remove(self, entry: Entry | str, *, with_links: bool = False) -> Receipt:
        """Remove an entry, on request with the links, votes and the like about it.

        Raises
        ------
        DanglingReferenceError
            If others point to it; they are named.
        """
        edits = edits_removing(
            self.document(), _id_of(entry), author=self.author, with_links=with_links
        )
        return self.store.write(edits)

    def remove_examples(self) -> Receipt | None:
        """Take out what its starter brought as examples, in one step; None if nothing.

        What somebody changed since stays, and so does what it points to.
        """
        edits = edits_removing_examples(self.document(), self.author)
        return self.store.write(edits) if edits else None

    def link(self, source: Entry | str, target: Entry | str, relation: str) -> Link:
        """Join two entries by a relation, and return the link."""
        link: Link = self.add(
            "link", source=_id_of(source), target=_id_of(target), relation=relation
        )
        return link

    def undo(self) -> Receipt | None:
        """Undo the last step of this author; None if there is nothing to undo."""
        return self.store.undo(self.author)

    def mark(self, name: str, *, reason: str = "") -> Mark:
        """Name the present moment, to come back to it."""
        return self.store.mark(name, author=self.author, reason=reason)

    # --- files ----------------------------------------------------------------------

    def export_json(self, path: str | PathLike[str]) -> Path:
        """Write the document as its JSON file, whole or not at all.

        Raises
        ------
        FileProblemError
            If it cannot be written there; what stood there stays.
        """
        target = Path(path)
        write_whole(target, to_json(self.document()))
        return target


def _id_of(entry: Entry | str) -> str:
    return entry.id if isinstance(entry, Entry) else entry
