"""A module that is imported when somebody uses it, not when somebody imports it.

A process that makes reports must not spend a second on a grammar of addresses which
jsonschema imports and hardly anybody asks for. Leaving it out altogether was turned
down for notebooks of others: their jsonschema would take wrong addresses for right.
``importlib.util.LazyLoader`` is no help: jsonschema imports a function from the module,
and that is a use.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

__all__ = ["import_late"]


class _Late(ModuleType):
    """Stands for a module until somebody uses it.

    Parameters
    ----------
    spec
        Where the module is.
    functions
        What of it can be imported without being used.
    """

    def __init__(self, spec: ModuleSpec, functions: tuple[str, ...]) -> None:
        super().__init__(spec.name)
        # What importers and tracebacks look at in every module there is.
        self.__spec__, self.__loader__ = spec, spec.loader
        self.__file__, self.__package__ = spec.origin, spec.name
        self.__path__ = list(spec.submodule_search_locations or ())
        vars(self).update({one: partial(self._call, one) for one in functions})

    def _call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        made: Callable[..., Any] = getattr(self._real(), function)
        return made(*args, **kwargs)

    def _real(self) -> ModuleType:
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        real = import_module(name)
        vars(self).update(vars(real))
        return real

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name != "__all__":
            raise AttributeError(name)
        return getattr(self._real(), name)


def import_late(name: str, *functions: str) -> None:
    """Let a module be imported at once, and read when it is used.

    Parameters
    ----------
    name
        The module. Nothing is done if it is imported already or not installed.
    functions
        Functions of it that importers take from it and may never call.
    """
    if name in sys.modules:
        return
    spec = PathFinder.find_spec(name)
    if spec is not None and spec.origin:
        sys.modules[name] = _Late(spec, functions)
