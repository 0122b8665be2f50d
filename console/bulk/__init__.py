"""Verbs for many directives or assignments at once: one file for each, named like the type of its command."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter
from typing import Any

from console.call import Call
from console.verb import Verb

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bulk:
    """``parameters``: what the verb takes in addition. ``wanted``: whether the call means many. ``run`` does it."""

    parameters: tuple[Parameter, ...]
    wanted: Callable[[Given], bool]
    run: Callable[[Verb, Call, Given], None]
