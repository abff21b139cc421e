"""A page with a board and a stand-in for its kernel, and pictures to try it with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from journeykit.show import board_state
from journeykit.show.board import PARTS

__all__ = [
    "board_page",
    "card",
    "many",
    "matrix",
    "module",
    "spec",
    "traits",
    "zone",
]

_STATIC = Path(board_state.__file__).parent / "static"
_HERE = Path(__file__).parent


def module() -> str:
    """Return the board's module as the kernel sends it."""
    return "\n".join(
        (_STATIC / f"{name}.js").read_text(encoding="utf-8") for name in PARTS
    )


def board_page(state: Mapping[str, Any], *, is_light: bool | None = None) -> str:
    """Return a page that shows a board with these traits.

    Parameters
    ----------
    state
        As :func:`traits` makes it.
    is_light
        JupyterLab's theme; None for a page that follows the system.
    """
    css = "\n".join(
        (_STATIC / name).read_text(encoding="utf-8")
        for name in ("tokens.css", "board.css")
    )
    theme = f'data-jp-theme-light="{str(is_light).lower()}"'
    body = "<body>" if is_light is None else f"<body {theme}>"
    told = json.dumps(state).replace("<", "\\u003c")
    ends = "export default { render };"
    script = module().replace(ends, "window.board = { render };")
    stand_in = (_HERE / "stand_in.js").read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        "<title>Board</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{css}\nbody {{ margin: 16px; background: var(--jk-paper); }}</style>"
        f'</head>{body}<main id="here"></main>'
        f'<script type="application/json" id="traits">{told}</script>'
        f'<script type="module">{script}\n{stand_in}\n'
        "window.traits = JSON.parse(document.getElementById('traits').textContent);"
        "window.stopBoard = window.showBoard(window.traits);"
        "window.isReady = true;</script></body></html>"
    )


def card(name: str, text: str, **values: Any) -> dict[str, Any]:
    """Return one card."""
    return {
        "id": name,
        "entry": name,
        "kind": "note",
        "text": text,
        "text_field": "text",
        "detail": "",
        "persona": "",
        "basis": "",
        "tone": "",
        "emotion": None,
        "n_pains": 0,
        "n_votes": 0,
        "marks": [],
        "is_fixed": False,
        "version": 1,
        "author": "",
    } | values


def zone(name: str, title: str, cell: Sequence[int], **values: Any) -> dict[str, Any]:
    """Return one zone; it takes notes and writes its own name into them."""
    return {
        "id": name,
        "title": title,
        "cell": list(cell),
        "cards": [],
        "puts": {"note": {"place": name}},
        "why_not": "",
        "adds": "note",
        "hint": "",
        "example": "",
        "shape": "list",
        "is_titled": True,
        "tone": "",
    } | values


def matrix() -> dict[str, Any]:
    """Return a picture of four zones with three notes, and one that takes none."""
    cards = [card("n1", "First note"), card("n2", "Second note"), card("n3", "Third")]
    return {
        "name": "matrix",
        "title": "Matrix",
        "n_rows": 3,
        "n_columns": 2,
        "foot": "",
        "options": {},
        "zones": [
            zone("a", "Do now", (0, 0, 1, 1), cards=["n1", "n2"]),
            zone("b", "Plan", (0, 1, 1, 1), cards=["n3"]),
            zone("c", "Fill in", (1, 0, 1, 1), hint="What is small?", example="A sign"),
            zone("d", "Leave", (1, 1, 1, 1)),
            zone(
                "e",
                "Numbers",
                (2, 0, 1, 2),
                puts={},
                adds="",
                why_not="Numbers come from the data",
            ),
        ],
        "cards": {one["id"]: one for one in cards},
        "heads": [],
        "ties": [],
        "curves": [],
        "joins": [["note", "note", "relates_to"]],
        "personas": [],
    }


def spec(name: str, title: str, **values: Any) -> dict[str, Any]:
    """Return the description of one field of a form."""
    return {
        "name": name,
        "title": title,
        "help": "",
        "unit": "",
        "input": "line",
        "is_required": False,
        "low": None,
        "high": None,
        "step": None,
        "ends": ["", ""],
        "words": {},
        "choices": [],
        "suggestions": [],
        "refs": [],
        "max_length": 300,
        "default": "",
        "group": "",
    } | values


NOTE = {
    "label": "Note",
    "plural": "Notes",
    "text_field": "text",
    "fields": [
        spec("text", "Words", is_required=True),
        spec("more", "More", input="prose", max_length=2000),
        spec("day", "Until when", input="day", default=None),
        spec(
            "mood", "Mood", input="scale", low=1, high=5, step=1, ends=["low", "high"]
        ),
        spec("size", "Size", input="number", low=0, high=10, unit="m", group="Size"),
    ],
}
"""A kind with one field of most inputs."""


def traits(picture: Mapping[str, Any], **settings: Any) -> dict[str, Any]:
    """Return the traits of a board that shows a picture."""
    return {
        "picture": dict(picture),
        "kinds": {"note": NOTE},
        "refs": {},
        "settings": {
            "workshop": "0123456789abcdef",
            "view": "board",
            "kind": "",
            "is_read_only": False,
            "why_read_only": "",
            "author": "AB",
            "participant": "someone",
            "is_projector": False,
        }
        | settings,
    }


def many(n: int, n_zones: int = 25) -> dict[str, Any]:
    """Return a picture with many cards in equal zones."""
    picture = matrix()
    cards = [card(f"n{i}", f"Note number {i} of many", author="AB") for i in range(n)]
    share = n // n_zones
    side = round(n_zones**0.5)
    picture["zones"] = [
        zone(
            f"z{i}",
            f"Zone {i}",
            (i // side, i % side, 1, 1),
            cards=[one["id"] for one in cards[i * share : (i + 1) * share]],
        )
        for i in range(n_zones)
    ]
    rows = -(-n_zones // side)
    picture |= {"n_rows": rows, "n_columns": side}
    return picture | {"cards": {one["id"]: one for one in cards}}
