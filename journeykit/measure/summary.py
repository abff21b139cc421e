"""What the measures of one data set say together: single numbers, tables, remarks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from journeykit.measure.result import Result

__all__ = ["Summary"]


@dataclass(frozen=True)
class Summary:
    """Everything that was computed of one data set.

    Parameters
    ----------
    results
        Single numbers by name; the name says what about, the result how it is defined.
    tables
        Tables by name, with the columns of the measure that made them.
    notes
        What a reader must know, in sentences.
    """

    results: Mapping[str, Result] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return the summary as plain JSON values; what is not known is null."""
        results = {}
        for name, result in self.results.items():
            left_out = dict(result.left_out)
            values = {
                key: getattr(result, key)
                for key in ("definition", "value", "low", "high", "n")
            }
            results[name] = {
                **values,
                "left_out": left_out,
                "reliability": result.reliability,
                "note": result.note,
            }
        tables = {
            name: json.loads(
                table.to_json(orient="records", date_format="iso", double_precision=12)
            )
            for name, table in self.tables.items()
        }
        return {"results": results, "tables": tables, "notes": list(self.notes)}
