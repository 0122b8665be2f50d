"""Signed notes: a text, and below it a line for each key that signed it.

The form is C2SP signed-note (https://c2sp.org/signed-note@v1.0.0), with Ed25519; keys are written as Go's
``golang.org/x/mod/sumdb/note`` writes them. Whoever has a tool for transparency logs can open ours with it.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519: Final = b"\x01"
"""The signature type, before every key."""
MOST_SIGNATURES: Final = 100
"""On one note; Go takes no more, and neither does anybody who has to read them."""
_ID, _KEY = 4, 32
_DASH: Final = "— "
_BLANK: Final = "\n\n"
_PRIVATE: Final = "PRIVATE+KEY+"


class BadNoteError(Exception):
    """Not a note, or not signed by any of the keys."""


class BadKeyError(ValueError):
    """Not a key in the form described above."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What anybody may have. ``id``: four bytes that tell one key of a name from another."""

    name: str
    public: bytes

    @classmethod
    def read(cls, text: str) -> "VerifierKey":
        """The reverse of ``text``. Raises ``BadKeyError``."""
        name, id_, public = _parts(text)
        key = cls(name, public)
        if key.id != id_:
            raise BadKeyError(f"{name}: the key's id is {key.id.hex()}, not {id_.hex()}")
        return key

    @property
    def id(self) -> bytes:
        """First bytes of SHA-256 over name, newline, signature type and public key."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:_ID]

    def text(self) -> str:
        """``<name>+<id, hexadecimal>+<base64 of type and public key>``."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    def signed(self, text: str, signature: bytes) -> bool:
        """Whether this is the key's signature of the text."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What only the record's keeper has. Its text is a secret."""

    name: str
    _seed: bytes = field(repr=False)

    @classmethod
    def generate(cls, name: str) -> "SigningKey":
        """A new key. Raises ``BadKeyError`` where the name has blanks or a plus."""
        if not _good_name(name):
            raise BadKeyError(f"{name!r} cannot be a key's name: it is empty, or has blanks or a plus")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @classmethod
    def read(cls, text: str) -> "SigningKey":
        """The reverse of ``text``; a newline at the end is no matter. Raises ``BadKeyError``."""
        line = text.removesuffix("\n")
        if not line.startswith(_PRIVATE):
            raise BadKeyError("no signing key: it does not begin with " + _PRIVATE)
        name, id_, seed = _parts(line.removeprefix(_PRIVATE))
        key = cls(name, seed)
        if key.verifier().id != id_:
            raise BadKeyError(f"{name}: the key's id is {key.verifier().id.hex()}, not {id_.hex()}")
        return key

    def text(self) -> str:
        """``PRIVATE+KEY+<name>+<id, hexadecimal>+<base64 of type and seed>``."""
        return f"{_PRIVATE}{self.name}+{self.verifier().id.hex()}+{_base64(ED25519 + self._seed)}"

    def verifier(self) -> VerifierKey:
        """The key by which others verify what this one signs."""
        return VerifierKey(self.name, self._private().public_key().public_bytes_raw())

    def signature(self, text: str) -> bytes:
        """Of the text's UTF-8."""
        return self._private().sign(text.encode())

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self._seed)


def sign(text: str, key: SigningKey) -> str:
    """The note. Raises ``BadNoteError`` where the text does not end its last line, or has control characters."""
    if not text.endswith("\n") or _controlled(text):
        raise BadNoteError("a note's text ends with a newline and has no other control characters")
    return f"{text}\n{_DASH}{key.name} {_base64(key.verifier().id + key.signature(text))}\n"


def opened(note: str, keys: Iterable[VerifierKey]) -> str:
    """The note's text, once one of the keys is seen to have signed it.

    Signatures of other keys are passed over, as the form demands; a wrong one of a known key is not.

    Raises:
        BadNoteError: it is no note, a known key's signature is wrong, or no known key signed it.
    """
    text, lines = _split(note)
    known = {(key.name, key.id): key for key in keys}
    verified = False
    for line in lines:
        name, id_, signature = _signature(line)
        key = known.get((name, id_))
        if key is None:
            continue
        if not key.signed(text, signature):
            raise BadNoteError(f"the signature of {name}+{id_.hex()} is wrong")
        verified = True
    if not verified:
        raise BadNoteError("signed by none of the keys")
    return text


def _split(note: str) -> tuple[str, list[str]]:
    if _controlled(note):
        raise BadNoteError("not UTF-8, or with control characters")
    # The last blank line: what comes before may have blank lines, too, and even look like signatures.
    text, blank, signatures = note.rpartition(_BLANK)
    if not blank or not signatures.endswith("\n"):
        raise BadNoteError("no signatures below a blank line")
    lines = signatures.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNoteError(f"more than {MOST_SIGNATURES} signatures")
    return f"{text}\n", lines


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        content = _bytes(encoded)
    except ValueError as error:
        raise BadNoteError(f"no signature line: {line!r}") from error
    if not line.startswith(_DASH) or not _good_name(name) or len(content) <= _ID:
        raise BadNoteError(f"no signature line: {line!r}")
    return name, content[:_ID], content[_ID:]


def _parts(text: str) -> tuple[str, bytes, bytes]:
    """Name, id and the bytes behind the signature type; base64 may hold a plus of its own."""
    name, _, rest = text.partition("+")
    id_, _, encoded = rest.partition("+")
    try:
        content = _bytes(encoded)
        found = bytes.fromhex(id_)
    except ValueError as error:
        raise BadKeyError("no key: <name>+<id>+<base64> is expected") from error
    if not _good_name(name) or len(id_) != 2 * _ID or found.hex() != id_:
        raise BadKeyError("no key: <name>+<id>+<base64> is expected")
    if content[:1] != ED25519 or len(content) != 1 + _KEY:
        raise BadKeyError(f"{name}: no Ed25519 key")
    return name, found, content[1:]


def _good_name(name: str) -> bool:
    return bool(name) and "+" not in name and not any(one.isspace() for one in name) and not _controlled(name)


def _controlled(text: str) -> bool:
    """Whether there are control characters, or halves of surrogate pairs, which are what broken UTF-8 is read as."""
    return any((one < " " and one != "\n") or "\ud800" <= one <= "\udfff" for one in text)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _bytes(encoded: str) -> bytes:
    """Standard base64 in its one right form: what decodes to the same by another spelling is refused (ValueError)."""
    content = base64.b64decode(encoded, validate=True)
    if _base64(content) != encoded:
        raise ValueError("not base64 as it is written")
    return content
