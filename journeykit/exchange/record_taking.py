"""Taking the columns of one table by their roles, and gathering what must be said."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Literal

import pandas as pd

from journeykit.errors import InputError, TableError, UnknownNameError
from journeykit.exchange.masking import (
    BY_FORM_ALONE,
    Looks,
    mask_text,
    mask_text_column,
)
from journeykit.exchange.record_columns import (
    Values,
    read_amounts,
    read_flags,
    read_names,
    read_ratings,
)
from journeykit.exchange.record_quality import (
    RecordQuality,
    RoleQuality,
    role_quality,
)
from journeykit.exchange.record_times import Times, read_times, zone_named
from journeykit.exchange.tables import Table
from journeykit.measure.groups import group_mask
from journeykit.model.records import Rating, RecordMapping
from journeykit.model.survey import Group

__all__ = ["Taking"]

_NEEDED = frozenset(
    {"customer", "time", "amount", "quantity", "price", "activity", "ticket", "created"}
)
_N_SHOWN = 5
_N_UNMATCHED = 20
_HOST = "https://example.com"
_A_TIME = "a time was expected in most cells"
_A_NUMBER = "a number was expected in most cells"


class Taking:
    """Takes columns by their roles.

    Parameters
    ----------
    table
        The table as it stands in the file.
    mapping
        Which column has which role.
    is_strict
        Whether to refuse what nobody can read; a look at a proposal is not.

    Raises
    ------
    UnknownNameError
        If a column is not there that cannot be done without.
    InputError
        If the mapping needs a column about a person that is left out.
    """

    def __init__(
        self, table: Table, mapping: RecordMapping, *, is_strict: bool = True
    ) -> None:
        self._table, self._is_strict = table, is_strict
        self._where = table.name
        self._first_row = table.reading.header_rows + 1
        self._said: list[str] = []
        self._roles: list[RoleQuality] = []
        self._masked: Counter[str] = Counter()
        self._looks = Looks()
        self.decided: dict[str, str] = {}
        """Which comes first in dates, and the decimal sign, where the columns told."""
        frame = self._named(table.frame, mapping)
        self._n_all = len(frame)
        if mapping.only:
            rule = Group(subject="only", conditions=mapping.only)
            frame = frame[group_mask(frame, rule)]
            if not len(frame) and is_strict:
                raise InputError(
                    "no row counts, as the rule 'only' of the mapping says", self._where
                )
        self.frame = frame

    # --- columns and their names ----------------------------------------------------

    def _named(self, frame: pd.DataFrame, mapping: RecordMapping) -> pd.DataFrame:
        """Return the table under the names of the mapping; note who is absent."""
        here = list(map(str, frame.columns))
        fresh: dict[str, str] = {}
        absent: set[str] = set()
        for role, column in mapping.columns():
            if column in here or column in fresh.values() or column in absent:
                continue
            others = mapping.renamed.get(column, ())
            declared = [name for name in others if name in here]
            if len(declared) > 1:
                raise InputError(
                    f"one column for {column!r} was expected, the mapping gives it the "
                    f"names {' and '.join(map(repr, declared))}, and both are there",
                    self._where,
                    "Leave one of them out of renamed",
                )
            found = declared or self._alike(column, here, mapping)
            if found:
                fresh[found[0]] = column
                self._said.append(f"{found[0]} was read as {column}.")
                continue
            personal = {column, *others} & set(self._table.reading.personal)
            if personal:
                raise InputError(
                    f"the mapping uses {min(personal)!r} as {role}, but columns about "
                    "a person are left out",
                    self._where,
                    "Use another column, or read with keep_personal=True",
                )
            if role in _NEEDED or role.startswith("rule"):
                raise self._unknown(role, column, here)
            near = get_close_matches(column, here, n=1, cutoff=0.6)
            hint = f" If it is {near[0]!r}, say so in renamed." if near else ""
            self._said.append(f"{role} ({column}) is not in this file.{hint}")
            absent.add(column)
        self.mapping = _without(mapping, absent)
        if mapping.reads == "feedback" and not self.has("text"):
            raise self._unknown("text", str(next(iter(mapping.columns()))[1]), here)
        return frame.rename(columns=fresh) if fresh else frame

    def _unknown(self, role: str, column: str, here: list[str]) -> UnknownNameError:
        place = ", ".join(filter(None, [self._where, f"mapping, {role}"]))
        unread = [name for name in self._table.labels if name not in here]
        return UnknownNameError("column", column, [*here, *unread], place)

    @staticmethod
    def _alike(column: str, here: list[str], mapping: RecordMapping) -> list[str]:
        mapped = {name for _, name in mapping.columns()}
        key = _key(column)
        found = [name for name in here if name not in mapped and _key(name) == key]
        return found if key and len(found) == 1 else []

    def has(self, role: str) -> bool:
        """Say whether the mapping names a column for a role, and it is there."""
        return bool(getattr(self.mapping, role, None))

    def _column(self, role: str) -> tuple[str, pd.Series]:
        name = getattr(self.mapping, role)
        name = name.column if isinstance(name, Rating) else name
        return str(name), self.frame[name]

    # --- values ---------------------------------------------------------------------

    def times(self, role: str) -> pd.Series:
        """Return the times of a role in UTC."""
        name, column = self._column(role)
        read = read_times(
            column,
            timezone=self.mapping.timezone,
            dates=self.mapping.dates,
            first_row=self._first_row,
        )
        if read.dates and not read.is_ambiguous:
            self.decided["dates"] = read.dates
        self._note(role, name, read, _A_TIME, "Say it: dates='d/m' or dates='m/d'")
        return read.values

    def amounts(self, role: str) -> pd.Series:
        """Return the amounts of a role."""
        name, column = self._column(role)
        read = read_amounts(
            column, decimal=self.mapping.decimal, first_row=self._first_row
        )
        if read.decimal:
            self.decided["decimal"] = read.decimal
        self._note(role, name, read, _A_NUMBER, "Say it: decimal='.' or decimal=','")
        return read.values

    def flags(self, role: str, true_values: Iterable[str] = ()) -> pd.Series:
        """Return where a role says yes."""
        name, column = self._column(role)
        read = read_flags(column, true_values=true_values, first_row=self._first_row)
        self._note(role, name, read, "yes or no was expected in most cells", "")
        return read.values

    def ratings(self, role: str = "rating") -> pd.Series:
        """Return the ratings that count on their declared scale."""
        name, column = self._column(role)
        rating: Rating = getattr(self.mapping, role)
        read = read_ratings(
            column,
            rating.scale,
            decimal=self.mapping.decimal,
            first_row=self._first_row,
        )
        self._note(role, name, read, _A_NUMBER, "Say it: decimal='.' or decimal=','")
        return read.values

    def names(self, role: str) -> pd.Series:
        """Return numbers or names of a role; an address becomes a fingerprint."""
        name, column = self._column(role)
        read = read_names(column)
        values = read.values
        is_address = values.str.contains("@", regex=False).fillna(value=False)
        if is_address.any():
            known = {text: _fingerprint(text) for text in values[is_address].unique()}
            values = values.mask(is_address, values.map(known)).astype("str")
            self._said.append(f"{role} ({name}): addresses became fingerprints.")
        self._note(role, name, read, "", "")
        return values

    def labels(self, role: str) -> pd.Series:
        """Return short texts of a role, personal data masked, missing where empty."""
        name, column = self._column(role)
        read = read_names(column)
        counts = read.values.value_counts()
        masked: dict[str, str] = {}
        for text, n in counts.items():
            host = _HOST if str(text).startswith("/") else ""  # a page without its host
            found = mask_text(f"{host}{text}", looks=self._looks)
            if found.counts:
                masked[str(text)] = found.text.removeprefix(host)
                self._masked.update({kind: k * n for kind, k in found.counts.items()})
        self._note(role, name, read, "", "")
        if not masked:
            return read.values
        return read.values.map(lambda text: masked.get(text, text)).astype("str")

    def texts(self, role: str) -> pd.Series:
        """Return what people wrote, masked; several columns are joined."""
        joined: pd.Series | None = None
        for name in getattr(self.mapping, role):
            texts = self.frame[name].astype("str").str.strip()
            texts = texts.mask(texts == "")
            texts, counts = mask_text_column(texts, looks=self._looks)
            self._masked.update(counts)
            self._roles.append(
                RoleQuality(
                    role=role,
                    column=name,
                    n_taken=int(texts.notna().sum()),
                    n_missing=int(texts.isna().sum()),
                )
            )
            both = None if joined is None else joined + "\n" + texts
            joined = texts if both is None else both.fillna(joined).fillna(texts)
        assert joined is not None
        return joined.astype("str")

    def kept(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the canonical table with the columns that rules of groups read.

        Raises
        ------
        InputError
            If such a column has the name of another canonical one.
        """
        own = {role: column for role, column in self.mapping.columns() if role in frame}
        fresh: dict[str, pd.Series] = {}
        for group in self.mapping.groups:
            for condition in group.conditions:
                name = condition.column
                if own.get(name) == name:
                    continue
                if name in frame.columns:
                    raise InputError(
                        f"a rule reads the column {name!r}, which is also the name of "
                        "what another column is mapped to",
                        self._where,
                        "Call the column otherwise in the file",
                    )
                column = self.frame[name]
                if condition.test in ("at_least", "at_most"):
                    fresh[name] = read_amounts(
                        column, decimal=self.mapping.decimal
                    ).values
                else:
                    fresh.setdefault(name, column.astype("str").str.strip())
        return frame.assign(**fresh) if fresh else frame

    # --- what must be said ----------------------------------------------------------

    def _note(
        self, role: str, name: str, read: Values | Times, expected: str, mend: str
    ) -> None:
        """Keep what was found in a column; refuse what cannot be read."""
        found = role_quality(role, name, read)
        self._roles.append(found)
        where = ", ".join(filter(None, [self._where, f"{role} ({name})"]))
        if self._is_strict and read.is_ambiguous:
            raise InputError(read.notes[0].rstrip(".").split(": say")[0], where, mend)
        if self._is_strict and expected and read.n_unreadable > found.n_taken:
            raise TableError(expected, read.unreadable, read.n_unreadable, where)
        self._said += [f"{role} ({name}): {note}" for note in read.notes]

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided about the columns, in sentences."""
        by_form = (BY_FORM_ALONE,) if self._looks.are_used_up else ()
        return (*dict.fromkeys(self._said), *by_form)

    def say(self, sentence: str) -> None:
        """Add a sentence to the notes."""
        self._said.append(sentence)

    def quality(
        self,
        reads: Literal["purchases", "events", "tickets", "feedback"],
        parts: Mapping[str, Any],  # Any: fields of the report
    ) -> RecordQuality:
        """Return the quality report, with the parts that only the reader knows."""
        return RecordQuality(
            reads=reads,
            n_rows=self._n_all,
            n_columns=self._table.reading.n_columns,
            n_other=self._n_all - len(self.frame),
            roles=tuple(self._roles),
            n_duplicate_rows=int(self.frame.duplicated().sum()),
            masked=dict(self._masked),
            **parts,
        )

    def period(self, times: pd.Series) -> dict[str, Any]:  # Any: fields of the report
        """Return the first and the last day, where the clocks stood."""
        if not times.notna().any():
            return {}
        zone = zone_named(self.mapping.timezone)
        ends = (times.min(), times.max())
        first, last = (end.tz_localize("UTC").tz_convert(zone).date() for end in ends)
        return {"period_start": first, "period_end": last}

    @staticmethod
    def customers(names: pd.Series) -> dict[str, int]:
        """Return how many customers there are, and how many rows without one."""
        return {
            "n_customers": int(names.nunique()),
            "n_without_customer": int(names.isna().sum()),
        }

    @staticmethod
    def repeated(ids: pd.Series) -> dict[str, Any]:  # Any: fields of the report
        """Return rows whose id stands in a row above."""
        there = ids.dropna()
        again = there[there.duplicated()]
        shown = tuple(map(str, again.unique()[:_N_SHOWN]))
        return {"n_duplicate_ids": len(again), "duplicate_ids": shown}

    @staticmethod
    def unmatched(
        names: pd.Series, ids: Mapping[str, str]
    ) -> dict[str, Any]:  # Any: as above
        """Return names of the file that are matched to no entry, if any is matched."""
        if not ids:
            return {}
        left = names[~names.isin(list(ids))].dropna().value_counts()
        shown = {str(name): int(n) for name, n in left.head(_N_UNMATCHED).items()}
        return {"unmatched": shown, "n_unmatched": int(left.sum())}


def _key(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _fingerprint(text: str) -> str:
    digest = hashlib.sha256(text.strip().casefold().encode()).hexdigest()
    return f"person-{digest[:12]}"


def _without(mapping: RecordMapping, absent: set[str]) -> RecordMapping:
    """Return the mapping without roles whose columns are not in this file."""
    if not absent:
        return mapping
    fresh: dict[str, object] = {}
    for role in mapping.roles:
        named = getattr(mapping, role)
        column = named.column if isinstance(named, Rating) else named
        if isinstance(column, tuple):
            fresh[role] = tuple(one for one in column if one not in absent)
        elif column in absent:
            fresh[role] = None
    return mapping.model_copy(update=fresh)
