"""Every command, one file each: what it needs, who may, what it yields, what its events change.

A file put into this folder is found; nothing else has to be told of it.
"""

from functools import reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import Annotated, Any, Final, get_args

from pydantic import Field, TypeAdapter

from domain.command import Command


def concrete(base: type[Any]) -> list[type[Any]]:
    """The domain's classes under ``base`` that have a type of their own, by name of the module."""
    found: list[type[Any]] = []
    for child in base.__subclasses__():
        if child.__module__.startswith("domain.") and get_args(child.model_fields["type"].annotation):
            found.append(child)
        found += concrete(child)
    return sorted(found, key=lambda one: (one.__module__, one.__name__))


for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

COMMANDS: Final[dict[str, type[Command]]] = {
    get_args(one.model_fields["type"].annotation)[0]: one for one in concrete(Command)
}
_ANY: Any = reduce(or_, COMMANDS.values())
ADAPTER: Final[TypeAdapter[Command]] = TypeAdapter(Annotated[_ANY, Field(discriminator="type")])
"""Reads one command from JSON."""
