"""Bring purchases, step by step: what was recognised, what it means, what is kept.

Nothing is kept before the team has seen how the file was read and what its columns are
taken to mean.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from journeykit.errors import InputError, JourneyKitWarning, UnknownNameError
from journeykit.exchange.mapping_files import read_mapping_file
from journeykit.exchange.output_files import write_whole
from journeykit.exchange.record_proposals import UNKNOWN, unknown_roles
from journeykit.exchange.record_quality import RecordQuality
from journeykit.exchange.record_readers import read_records
from journeykit.exchange.records import Records
from journeykit.language import word
from journeykit.model import DataSet, Document, Persona, Segment, new_id
from journeykit.model.records import PurchaseMapping
from journeykit.report import parts
from journeykit.report.part import Part
from journeykit.store import stored_table
from journeykit.workshop import Workshop

__all__ = ["NO_PURCHASES", "WITH_PURCHASES", "PurchasesPage"]

NO_PURCHASES = word(
    "There are no purchases in this workshop, so nothing can be said about value. "
    "Every other step works without them."
)
"""What is said once, where the numbers would begin."""

WITH_PURCHASES = word("This comes with the purchases.")
"""What is said after that, in place of a number or picture."""

_MEANS = {
    "customer": "who bought",
    "time": "when",
    "amount": "for how much",
    "quantity": "how many pieces",
    "price": "for how much each",
    "invoice": "on which invoice",
    "cancelled": "whether it was cancelled",
    "margin": "what is left after the costs",
}


class PurchasesPage:
    """Purchases on their way into a workshop, or those that are there already.

    Parameters
    ----------
    workshop
        The workshop.
    file
        File of purchases; empty to look at those that the workshop has.
    mapping_file
        JSON file that says what the columns mean; empty to see a proposal.

    Raises
    ------
    InputError, FileProblemError, UnknownNameError
        If the file or the mapping cannot be used, or the mapping names a persona that
        the workshop does not have.
    """

    def __init__(
        self, workshop: Workshop, *, file: str = "", mapping_file: str = ""
    ) -> None:
        self.workshop, self.file = workshop, file
        self.records: Records | None = None
        self.data: DataSet | None = None
        self.mapping: PurchaseMapping | None = None
        if file:
            known = _read_mapping(mapping_file) if mapping_file else None
            self._check_names(known)
            with warnings.catch_warnings(action="ignore", category=JourneyKitWarning):
                self.records = read_records(file, "purchases", known)
            self.mapping = known
        elif held := workshop.data_sets("purchases"):
            self.data = held[0]
            self.mapping = _of_purchases(self.data.records)

    @property
    def document(self) -> Document:
        """The workshop as it stands."""
        return self.workshop.document()

    @property
    def is_proposal(self) -> bool:
        """Whether a file was read whose meaning nobody declared yet."""
        return self.records is not None and self.records.mapping is None

    def _check_names(self, mapping: PurchaseMapping | None) -> None:
        """Refuse a mapping of groups that the workshop does not have."""
        document = self.document
        who = [one.id for one in (*document.of(Persona), *document.of(Segment))]
        for group in mapping.groups if mapping else ():
            if group.subject not in who:
                raise UnknownNameError(
                    "persona or segment", group.subject, who, "the mapping"
                )

    def recognised(self) -> Part:
        """Return how the file was read, in sentences."""
        if self.records is not None:
            return parts.sentences(self.records.reading.notes)
        if self.data is None:
            return parts.section(
                "There are no purchases yet",
                "Put the path of your file into purchases_file in the settings above, "
                "and run all cells again. A list of invoices is enough: who, when, for "
                "how much. Without one this page stays open, and no other step needs "
                "it.",
            )
        table = stored_table(self.workshop.store, self.data.table)
        return parts.sentences(table.reading["notes"])

    def quality(self) -> Part:
        """Return what is missing, cancelled or repeated, in sentences."""
        if self.records is not None:
            return parts.sentences(self.records.quality.sentences())
        if self.data is None:
            return parts.sentence("There are no purchases to look at yet.")
        table = stored_table(self.workshop.store, self.data.table)
        quality = RecordQuality.model_validate(table.quality)
        return parts.sentences(quality.sentences())

    def meaning(self) -> Part:
        """Return what each column is taken to mean."""
        shown = self.mapping if self.records is None else self.records.proposed
        shown = _of_purchases(shown)
        if shown is None:
            return parts.sentence("There are no columns yet.")
        missing = unknown_roles(shown) if self.is_proposal else ()
        title = "As the team declared it"
        if self.is_proposal:
            title = "A proposal: check it"
        if missing:
            title = f"A proposal: no column was found for {', '.join(missing)}"
        money = f"Amounts are in {shown.currency}." if shown.currency else ""
        more = f"Invoices that begin with {shown.cancelled_prefix} were cancelled."
        said = [
            money or "The currency is not said.",
            more if shown.cancelled_prefix else "",
            f"{len(shown.groups)} rules say who belongs to which persona or segment."
            if shown.groups
            else "No rule says who belongs to which persona or segment.",
        ]
        return parts.ranked_table(
            pd.DataFrame([self._row(*pair) for pair in shown.columns()]),
            {"column": "Column", "role": "Means"},
            is_ranked=False,
            title=title,
            subtitle=" ".join(one for one in said if one),
        )

    def _row(self, role: str, column: str) -> dict[str, str]:
        subject = role.removeprefix("rule of ")
        entry = self.document.get(subject) if subject != role else None
        means = f"who belongs to {entry.name_for_people}" if entry else ""
        return {
            "column": "not found" if column == UNKNOWN else column,
            "role": means or _MEANS.get(role, role),
        }

    def take(self) -> Part:
        """Keep the purchases and what they say, once their meaning is declared.

        A proposal is never taken: it is written beside the file, for the team to check.
        """
        if self.records is None and self.data is None:
            return parts.section("Nothing to take over", "There are no purchases yet.")
        if self.records is None and self.data is not None:
            self.workshop.measure_records(self.data.id)
            return parts.section("Measured again", "The numbers are up to date.")
        if self.is_proposal:
            target = Path(f"{self.file}.mapping.json")
            if not target.exists() and self.records is not None:
                proposed = self.records.proposed.model_dump_json(indent=1)
                write_whole(target, f"{proposed}\n")
            return parts.section(
                "Nothing was kept yet",
                f"The proposal is in {target}. Check it, say who belongs to which "
                "persona or segment, set mapping_file to it in the settings above, and "
                "run again.",
            )
        title = Path(self.file).name
        same = [
            one for one in self.workshop.data_sets("purchases") if one.title == title
        ]
        data_set = same[0].id if same else new_id("data_set")
        with warnings.catch_warnings(action="ignore", category=JourneyKitWarning):
            self.workshop.import_records(
                self.file, mapping=self.mapping, title=title, data_set=data_set
            )
        self.data = self.workshop.data_set(data_set)
        self.workshop.measure_records(data_set)
        return parts.section(
            "Kept", f"{self.data.n_rows:,} rows are in the workshop, as {title}."
        )


def _read_mapping(path: str) -> PurchaseMapping:
    found = _of_purchases(read_mapping_file(path, "purchases"))
    if found is None:
        raise InputError("a mapping of purchases was expected", path)
    return found


def _of_purchases(mapping: object) -> PurchaseMapping | None:
    return mapping if isinstance(mapping, PurchaseMapping) else None
