"""Addresses: the one that mails come from, and whether one can be written to."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final, Literal, Self

_NOT_IN_ADDRESS: Final = r"\s@<>()\[\],;:\\\"\x00-\x20\x7f-\x9f\u2028-\u202e\u2066-\u2069"
_ADDRESS: Final = re.compile(f"[^{_NOT_IN_ADDRESS}]+@[^{_NOT_IN_ADDRESS}]+")


def fault(address: str) -> Literal["no_address", "bad_address"] | None:
    """Why nobody can be reached under it: a key of the catalogue's section ``mail``; None where nothing is wrong.

    One bare address: no name beside it, no second one, no quoted or commented parts.
    """
    if not address:
        return "no_address"
    return None if _ADDRESS.fullmatch(address) else "bad_address"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who mails come from. ``name`` may be empty; ``host`` is ASCII, for Message-IDs."""

    name: str
    address: str
    host: str

    @classmethod
    def of(cls, mail_from: str) -> Self:
        """An address, or a name with one in angle brackets. Raises ValueError."""
        name, address = parseaddr(mail_from)
        if fault(address):
            raise ValueError(f"mail_from: {mail_from!r} is no e-mail address")
        try:
            host = address.rpartition("@")[2].encode("idna").decode()
        except UnicodeError as error:
            raise ValueError(f"mail_from: {mail_from!r} has no valid domain ({error})") from error
        return cls(name, address, host)
