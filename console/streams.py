"""Which directive is meant."""

from console.call import Call
from console.database import fetch
from console.failures import FailedError, RefusedError

PREFIX = "directive/"


async def resolve(call: Call, named: str) -> str:
    """The stream of what was typed: the whole stream id, or number/symbol where the register holds it once.

    Raises ``FailedError`` where several are meant, ``RefusedError`` (not_found) where none is.
    """
    if named.startswith(PREFIX):
        return named
    found = [row["stream"] for row in await fetch(call, "streams_named", _tail(named))]
    if not found:
        raise RefusedError("not_found", {})
    if len(found) > 1:
        raise FailedError("ambiguous_id", named=named, candidates=", ".join(found))
    return str(found[0])


def number_and_symbol(stream: str) -> str:
    """As the document itself prints it."""
    return stream.rpartition("/")[2].replace("-", "/", 1)


def _tail(named: str) -> str:
    number, _, symbol = named.strip().partition("/")
    # As ``domain.document.stream_of`` writes it: two digits at least, no further zeros.
    digits = number.strip().lstrip("0").rjust(2, "0")
    return f"{digits}-{symbol.strip()}"
