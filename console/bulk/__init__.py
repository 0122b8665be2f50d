"""Verbs for many directives or assignments at once: one file for each, named like the type of its command."""

from collections.abc import Callable
from dataclasses import dataclass
from inspect import Parameter

from console.call import Call
from console.fields import Given
from console.verb import Verb


@dataclass(frozen=True, slots=True)
class Bulk:
    """``parameters``: what the verb takes in addition. ``wanted``: whether the call means many. ``run`` does it."""

    parameters: tuple[Parameter, ...]
    wanted: Callable[[Given], bool]
    run: Callable[[Verb, Call, Given], None]
