"""Files in and out: tables, surveys, documents and the formats of other tools."""

from __future__ import annotations

__all__: list[str] = []
