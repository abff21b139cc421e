"""Where a workshop is kept: SQLite or PostgreSQL, the edit record, backups."""

from journeykit.store.backend import Mark, Receipt
from journeykit.store.backup import back_up, examine_file, restore
from journeykit.store.datasets import StoredTable, keep_table, stored_table
from journeykit.store.doctor import Examination, examine
from journeykit.store.erasure import Erasure, forget_author, forget_entry
from journeykit.store.opening import SUFFIX, is_url, open_store
from journeykit.store.record import ERASED, Recorded
from journeykit.store.store import Store

__all__ = [
    "ERASED",
    "SUFFIX",
    "Erasure",
    "Examination",
    "Mark",
    "Receipt",
    "Recorded",
    "Store",
    "StoredTable",
    "back_up",
    "examine",
    "examine_file",
    "forget_author",
    "forget_entry",
    "is_url",
    "keep_table",
    "open_store",
    "restore",
    "stored_table",
]
