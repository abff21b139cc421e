"""The public names of a module are those in its ``__all__``, no more and no fewer."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest
from source_tree import ROOT, modules, plant


def bound_names(statements: Iterable[ast.stmt]) -> tuple[set[str], set[str]]:
    """Return the names that a module defines itself, and those that it imports."""
    defined: set[str] = set()
    imported: set[str] = set()
    for node in statements:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not any(map(_registers, node.decorator_list)):
                defined.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                inside = ast.walk(target)
                defined |= {n.id for n in inside if _is_new_name(n)}
        elif isinstance(node, ast.Import | ast.ImportFrom):
            imported |= {a.asname or a.name.split(".")[0] for a in node.names}
        elif isinstance(node, ast.If | ast.Try | ast.With):
            blocks = [node.body, getattr(node, "orelse", [])]
            blocks += [handler.body for handler in getattr(node, "handlers", [])]
            for block in blocks:
                inner_defined, inner_imported = bound_names(block)
                defined |= inner_defined
                imported |= inner_imported
    return defined, imported


def _registers(decorator: ast.expr) -> bool:
    """Say whether a decorator makes a function a command, which nobody imports."""
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(called, ast.Attribute) and called.attr in {"command", "callback"}


def _is_new_name(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def declared_names(tree: ast.Module) -> list[str] | None:
    """Return what stands in ``__all__``, or None if the module has none."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "__all__" for t in targets):
                return [str(name) for name in ast.literal_eval(node.value)]
    return None


def findings(root: Path) -> list[str]:
    """Return what is public but not declared, and what is declared but not there."""
    found = []
    for path, tree in modules(root):
        where = path.relative_to(root)
        defined, imported = bound_names(tree.body)
        public = {name for name in defined if not name.startswith("_")}
        declared = declared_names(tree)
        if declared is None:
            if path.name not in {"__init__.py", "__main__.py"} or public:
                found.append(f"{where}: has no __all__")
            continue
        found += [
            f"{where}: {name} is public but not in __all__"
            for name in sorted(public - set(declared))
        ]
        # what is imported may be handed on by naming it, or when asked for (PEP 562)
        if "__getattr__" not in defined:
            found += [
                f"{where}: {name} is in __all__ but not there"
                for name in sorted(set(declared) - defined - imported)
            ]
        if len(declared) != len(set(declared)):
            found.append(f"{where}: a name stands twice in __all__")
    return found


def test_package_declares_its_names() -> None:
    """Each module of the package says what it offers."""
    assert [] == findings(ROOT)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("def f(): ...", "has no __all__"),
        ("__all__ = []\ndef f(): ...", "f is public"),
        ("__all__ = []\nclass Persona: ...", "Persona is public"),
        ("__all__ = []\nMOST = 3", "MOST is public"),
        ("__all__ = []\nMOST: int = 3", "MOST is public"),
        ("__all__ = []\nif True:\n    LOW, _high = 1, 2", "LOW is public"),
        ("__all__ = []\ntry: ...\nexcept OSError:\n    MOST = 3", "MOST is public"),
        ("__all__ = ['gone']", "gone is in __all__ but not there"),
        ("import a.b as c\n__all__ = ['a']", "a is in __all__ but not there"),
        ("A = 1\n__all__ = ['A', 'A']", "twice"),
    ],
)
def test_planted_name_is_found(tmp_path: Path, code: str, expected: str) -> None:
    """A name that is public in one place only is found."""
    found = findings(plant(tmp_path, {"journeykit/text.py": code}))

    assert 1 == len(found)
    assert expected in found[0]


def test_private_names_and_reexports_are_allowed(tmp_path: Path) -> None:
    """An underscore keeps a name inside; what is imported may be handed on."""
    tree = plant(
        tmp_path,
        {
            "journeykit/__init__.py": "from a import b\n__all__ = ['b']",
            "journeykit/text.py": "import re\n__all__ = ['f']\n_A = 1\ndef f(): ...",
            "journeykit/errors.py": "from a import b, c\n__all__ = ['b']",
            "journeykit/__main__.py": "import journeykit",
            "journeykit/cli.py": "__all__ = []\n@_app.command()\ndef demo(): ...",
            "journeykit/live/__init__.py": (
                "__all__ = ['late']\ndef __getattr__(name): ..."
            ),
        },
    )

    assert [] == findings(tree)
