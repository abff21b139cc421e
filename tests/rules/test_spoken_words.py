"""Words that are said in a language stand in the code whole, as translators read them.

Babel finds literals only, none inside an f-string, and a plural only where both of its
forms stand in the call; a translation that lost a gap would stop a report.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from source_tree import ROOT, modules, plant

SPOKEN = {"say": 1, "say_count": 2, "word": 1}
"""How many of the first arguments are English."""
GAP = re.compile(r"\{(\w+)\}")


def spoken_here(tree: ast.Module) -> set[str]:
    """Return which of the words' functions a module takes from the language."""
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "journeykit.language"
        for alias in node.names
    }


def findings(root: Path) -> list[str]:
    """Return the calls below *root* whose English no translator would find."""
    found = []
    for path, tree in modules(root):
        known = spoken_here(tree)
        inside = {
            call
            for text in ast.walk(tree)
            if isinstance(text, ast.JoinedStr)
            for call in ast.walk(text)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            name = node.func.id
            if name not in SPOKEN or name not in known:
                continue
            for text in node.args[: SPOKEN[name]]:
                is_literal = isinstance(text, ast.Constant)
                # A label that `word` marked elsewhere is said by its name.
                is_made = isinstance(text, ast.JoinedStr | ast.BinOp | ast.Starred)
                is_lost = node in inside and is_literal
                if is_made or is_lost or (name != "say" and not is_literal):
                    place = path.relative_to(root)
                    found.append(f"{place}:{node.lineno}: {name} without a literal")
    return found


def test_words_are_literals() -> None:
    """No sentence is made of pieces, and both forms of a plural stand in the call."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(
    ("call", "n_found"),
    [
        ('say("{n} of 5", n=1)', 0),
        ("say(LABEL)", 0),
        ('say(f"{n} of 5")', 1),
        ('say("of " + name)', 1),
        ('say_count("{n} day", "{n} days", 2)', 0),
        ("say_count(ONE, MANY, 2)", 2),
        ("say_count(*BOTH, 2)", 1),
        ("word(text)", 1),
        ("f\"{say('Ready')}.\"", 1),
        ('f"{say(LABEL)}."', 0),
    ],
)
def test_planted_pieces_are_found(tmp_path: Path, call: str, n_found: int) -> None:
    """The rule sees each way to hide English from a translator."""
    source = f"from journeykit.language import say, say_count, word\n\n{call}\n"
    plant(tmp_path, {"journeykit/a.py": source})

    assert n_found == len(findings(tmp_path))


@pytest.mark.parametrize("language", ["de", "fr", "es", "zh"])
def test_translations_keep_their_gaps(language: str) -> None:
    """What stands in a gap of the English stands somewhere in the translation."""
    path = ROOT / "templates" / "languages" / f"{language}.po"
    with path.open("rb") as file:
        catalogue = read_po(file, language)
    wrong = []
    for message in catalogue:
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        said = message.string
        forms = [said] if isinstance(said, str) else list(said)
        gaps = set(GAP.findall(english[-1]))
        # "One touchpoint" may do without its number.
        free = {"n"} if len(english) > 1 else set()
        for place, form in enumerate(forms):
            there = set(GAP.findall(form))
            # The form for one may lack what the English for one lacks.
            is_for_one = len(forms) > 1 and not place
            must = set(GAP.findall(english[0])) if is_for_one else gaps
            if form and not must - free <= there <= gaps:
                wrong.append(f"{english[0]!r}: {form!r}")

    assert [] == wrong


def test_what_is_said_to_a_database_is_no_message() -> None:
    """A module's own ``say`` marks no words; that of the language does."""
    place = ROOT / ".ci" / "spoken_words.py"
    spec = importlib.util.spec_from_file_location("spoken_words", place)
    assert spec is not None
    assert spec.loader is not None
    spoken = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(spoken)

    def found(source: str) -> list[str]:
        words = spoken.module_words(io.BytesIO(source.encode()), ["say"], (), {})
        return [text for _, _, text, _ in words]

    line = 'say("Ready")\n'

    assert ["Ready"] == found(f"from journeykit.language import day, say\n\n{line}")
    assert [] == found(f"say = database.run\n{line}")
