"""Who works: names stand beside the record, never in it, so that they can be erased."""

from __future__ import annotations

from journeykit.model import new_id
from journeykit.store.store import Store
from journeykit.text import clean_text

__all__ = ["author_id"]


def author_id(store: Store, author: str | None) -> str | None:
    """Return the id that stands for an author in the record; a new name gets one.

    Parameters
    ----------
    store
        The workshop. One that is opened for reading only keeps no new name.
    author
        A name, the id of an author who is known here, or None.

    Returns
    -------
    str or None
        None without a name, and for a new one that cannot be kept.
    """
    clean = clean_text(author or "").text.strip()
    known = store.author_names() if clean else {}
    if not clean or clean in known:
        return clean or None
    found = next((key for key, name in known.items() if name == clean), None)
    if found is None and not store.backend.is_read_only:
        found = new_id("author")
        store.name_author(found, clean)
    return found
