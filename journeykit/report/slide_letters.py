"""How wide words are on slides.

Measured in a wide face (DejaVu Sans): whichever face a machine has in place of the one
a slide names, its words then fit.
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["ems", "n_lines"]

_WIDE_FROM = 0x2E80
_GROUPS = (
    (0.30, " \u00a0\u202fijlIJ.,;:'|!\u2019\u2018\u00b7"),
    (0.40, 'ftr()[]/-\u2013"'),
    (0.56, "sczkvxy?\u201c\u201d\u2026"),
    (0.70, "ABCDEFGHKLNOPRSTUVXYZ&"),
    (0.84, "w+\u2212=<>\u00d7QM"),
    (0.99, "mW%@\u2014"),
)
_OTHER = 0.64


class _Ems(dict[str, float]):
    def __missing__(self, sign: str) -> float:
        # A sign of Chinese is as wide as it is high.
        wide = 1.05 if ord(sign) >= _WIDE_FROM else _OTHER
        self[sign] = wide
        return wide


_EMS = _Ems({sign: wide for wide, signs in _GROUPS for sign in signs})


@lru_cache(4_096)
def ems(text: str) -> float:
    """Return how wide a text is, in heights of its letters.

    Examples
    --------
    >>> round(ems("will"), 1), round(ems("mmmm"), 1)
    (1.7, 4.0)
    """
    return sum(map(_EMS.__getitem__, text))


def n_lines(text: str, width_in: float, size: float = 12.0) -> int:
    """Return how many lines a text takes.

    Parameters
    ----------
    text
        The text.
    width_in
        Width of a line in inches, without margins.
    size
        Of its type, in points.

    Examples
    --------
    >>> n_lines("Waits long at security", 2.5), n_lines("Waits long at security", 1.2)
    (1, 2)
    """
    room = max(1.0, width_in * 72 / size)
    space = _EMS[" "]
    lines, used = 1, 0.0
    for word in text.split(" "):
        wide = ems(word)
        if used and used + space + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (space if used else 0.0)
        if used > room:
            lines += int(used // room)
            used %= room
    return lines
