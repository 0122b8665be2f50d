"""Which directive is meant."""

from collections.abc import Collection, Sequence

from console.call import Call
from console.database import fetch
from console.failures import ConsoleError, FailedError, RefusedError

PREFIX = "directive/"


async def resolve(call: Call, named: str) -> str:
    """The stream of what was typed: the whole stream id, or number/symbol where the register holds it once.

    Raises ``FailedError`` where several are meant, ``RefusedError`` (not_found) where none is.
    """
    found = (await resolve_all(call, [named]))[named]
    if isinstance(found, ConsoleError):
        raise found
    return found


async def resolve_all(call: Call, names: Collection[str]) -> dict[str, str | ConsoleError]:
    """The stream of each, or why there is none. Raises ``ConsoleError`` where the register cannot be read."""
    tails = {name: _tail(name) for name in names if not name.startswith(PREFIX)}
    bearing: dict[str, list[str]] = {tail: [] for tail in tails.values()}
    # Whole ids need no register, be it away or not.
    for row in await fetch(call, "streams_named", list(bearing)) if bearing else ():
        bearing[row["tail"]].append(row["stream"])
    return {name: _only(name, bearing[tails[name]]) if name in tails else name for name in names}


def number_and_symbol(stream: str) -> str:
    """As the document itself prints it."""
    return stream.rpartition("/")[2].replace("-", "/", 1)


def _only(named: str, found: Sequence[str]) -> str | ConsoleError:
    if not found:
        return RefusedError("not_found", {})
    if len(found) > 1:
        return FailedError("ambiguous_id", named=named, candidates=", ".join(found))
    return found[0]


def _tail(named: str) -> str:
    number, _, symbol = named.strip().partition("/")
    # As ``domain.document.stream_of`` writes it: two digits at least, no further zeros.
    digits = number.strip().lstrip("0").rjust(2, "0")
    return f"{digits}-{symbol.strip()}"
