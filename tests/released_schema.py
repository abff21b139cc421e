"""Make the fixture of the present schema: ``python tests/released_schema.py``.

To be run once for each release that has a new schema; the file is committed and never
made again, so that what people have on their disks is what the tests open.
"""

from __future__ import annotations

from pathlib import Path

from stored_workshops import change, fill, ticking_clock

from journeykit.model.edits import remove
from journeykit.store import (
    Store,
    examine_file,
    forget_author,
    keep_table,
    open_store,
)
from journeykit.store.schema import STEPS

FOLDER = Path(__file__).resolve().parent / "data" / "schemas"


def write_everything(store: Store) -> None:
    """Use all that a workshop can hold: undo, a mark, a table, an erased text."""
    fill(store)
    store.name_author("ann", "Ann Müller")
    store.name_author("bob", "Bob")
    change(store, "queue", author="ann", name="Line", emotion=-2)
    change(store, "queue", author="bob", name="Waiting line")
    store.mark("Start", author="ann", reason="The board agreed")
    store.undo("bob")
    store.write([remove(store.document(), "l1", author="ann")])
    change(store, "parking", author="bob", description="To be erased")
    change(store, "parking", author="ann", description="Dear, and far away")
    change(store, "check-in", author="bob", department="Ground services")
    forget_author(store, "bob")
    table = keep_table(
        store,
        b"column\n1\n2\n",
        reading={"encoding": "utf-8"},
        quality={"n_rows": 2},
        mapping={"questions": []},
    )
    change(store, "case", author="ann", context=f"Table {table[:8]}")


def main() -> None:
    """Write the file, closed and without its seal."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / f"schema_{len(STEPS)}.journey"
    store = open_store(path, is_new=True, now=ticking_clock())
    write_everything(store)
    store.close()
    found = examine_file(path)
    for companion in (".seal", ".lock"):
        path.with_name(path.name + companion).unlink(missing_ok=True)
    print(path.name, found)


if __name__ == "__main__":
    main()
