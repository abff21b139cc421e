"""Tables to Parquet bytes and back: how the workshop keeps what was imported."""

from __future__ import annotations

from io import BytesIO

import pandas as pd

__all__ = ["from_parquet", "to_parquet"]


def to_parquet(frame: pd.DataFrame) -> bytes:
    """Return *frame* as Parquet.

    Examples
    --------
    >>> frame = pd.DataFrame({"Q1": ["5", ""]})
    >>> from_parquet(to_parquet(frame)).equals(frame)
    True
    """
    buffer = BytesIO()
    frame.to_parquet(buffer, index=False, compression="zstd")
    return buffer.getvalue()


def from_parquet(content: bytes) -> pd.DataFrame:
    """Return the table of Parquet bytes that :func:`to_parquet` made."""
    return pd.read_parquet(BytesIO(content))
