"""The order of Vietnamese names. PostgreSQL cannot give it: the embedded one is built without ICU.

Letters as the alphabet has them (a ă â b c d đ e ê … o ô ơ … u ư … y); words that differ only in tones follow
ngang, huyền, hỏi, ngã, sắc, nặng.
"""

import re
import unicodedata
from typing import Final

_TONES: Final = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Combining marks: grave, hook above, tilde, acute, dot below."""
_SHAPES: Final = {"\u0306": 1, "\u0302": 2, "\u031b": 3}
"""Combining marks that make another letter: breve, circumflex, horn."""
_DIGITS: Final = re.compile(r"(\d+)")

Key = tuple[list[tuple[int, str, int]], list[int]]


def name_key(name: str) -> Key:
    """For ``sorted``. Numbers in names count as numbers."""
    letters: list[tuple[int, str, int]] = []
    tones: list[int] = []
    for piece in _DIGITS.split(name.casefold()):
        if piece.isdecimal():
            letters.append((0, "", int(piece)))
            tones.append(0)
            continue
        for mark in unicodedata.normalize("NFD", piece):
            if mark in _TONES and tones:
                tones[-1] = _TONES[mark]
            elif mark in _SHAPES and letters:
                letters[-1] = (*letters[-1][:2], _SHAPES[mark])
            else:
                # "đ" has no decomposition; it stands right behind "d".
                letters.append((1, "d", 1) if mark == "đ" else (1, mark, 0))
                tones.append(0)
    return letters, tones
