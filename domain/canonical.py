"""One way to write a JSON value as bytes, so that equal contents have equal digests."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """UTF-8 JSON: keys sorted, no blanks, letters unescaped. Floats that are not numbers are refused (ValueError)."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def digest(content: bytes) -> str:
    """SHA-256, lower case hexadecimal."""
    return hashlib.sha256(content).hexdigest()
